"""Which sheets of a workbook are read."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from gwangju_desktop.sheets.facts import Understanding
from ui.text import N_, Msg
from ui.widgets.fields import Check
from ui.widgets.parts import Button, Label, column, row

SHOWN = 8


class Sheets(QWidget):
    """A box for each sheet; one that cannot be read says why."""

    chosen = Signal(object)  # the names of the sheets to read

    def __init__(self) -> None:
        super().__init__()
        self.boxes: list[Check] = []
        self.told: list[QWidget] = []
        self.again = Button(N_("Read only these sheets"), slot=self.on_again)
        self.foot = row(self.again, None)
        self.lines = column(gap=4)
        column(self.lines, self.foot, gap=6, into=self)
        self.foot.hide()

    def show_sheets(self, found: Understanding) -> None:
        """Show the sheets of a workbook, those that were read ticked."""
        for told in self.told:
            self.lines.layout().removeWidget(told)
            told.hide()
            told.deleteLater()
        self.boxes, self.told = [], []
        for sheet in found.sheet_choice[:SHOWN]:
            box = Check(Msg(sheet.name), sheet.name in found.sheets)
            box.setProperty("sheet", sheet.name)
            box.setEnabled(sheet.readable)
            why = Label(str(sheet.why) if sheet.why else "", "cap", elide=True)
            line = row(box, (why, 1))
            self.boxes.append(box)
            self.told.append(line)
            self.lines.layout().addWidget(line)
            box.toggled.connect(self.on_toggled)
        self.read = set(found.sheets)
        self.foot.hide()

    def ticked(self) -> list[str]:
        """Return the names that are ticked."""
        return [box.property("sheet") for box in self.boxes if box.isChecked()]

    # --- slots

    def on_toggled(self, _on: bool) -> None:
        """Offer to read again once other sheets are ticked."""
        ticked = self.ticked()
        self.foot.setVisible(bool(ticked) and set(ticked) != self.read)

    def on_again(self) -> None:
        """Read only what is ticked."""
        self.chosen.emit(tuple(self.ticked()))
