"""Which sheets of a workbook are read."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from gwangju_desktop.sheets.facts import SheetChoice, Understanding
from ui.text import N_, Msg
from ui.widgets.fields import Check
from ui.widgets.parts import Button, Label, column, row

SHOWN, BESIDE = 24, 5


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
        boxes = [(sheet, self._box(sheet, found)) for sheet in found.sheet_choice[:SHOWN]]
        fine = [box for sheet, box in boxes if not sheet.why]
        lines = [row(*fine[n : n + BESIDE], None, gap=16) for n in range(0, len(fine), BESIDE)]
        lines += [
            row(box, (Label(str(sheet.why), "cap", elide=True), 1))
            for sheet, box in boxes
            if sheet.why
        ]
        for line in lines:
            self.told.append(line)
            self.lines.layout().addWidget(line)
        self.read = set(found.sheets)
        self.foot.hide()

    def _box(self, sheet: SheetChoice, found: Understanding) -> Check:
        box = Check(Msg(sheet.name), sheet.name in found.sheets)
        box.setProperty("sheet", sheet.name)
        box.setEnabled(sheet.readable)
        box.toggled.connect(self.on_toggled)
        self.boxes.append(box)
        return box

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
