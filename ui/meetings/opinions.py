"""What departments say of an item, a line each, as part of the item's form."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from db.vocab import Stance
from gwangju_desktop.meetings.words import STANCES
from ui.text import C_, N_
from ui.widgets.forms import Choice, Field
from ui.widgets.parts import Button, column, row


class OpinionLine(QWidget):
    """One department: its name, its stance, what it says."""

    def __init__(self, box, office: str = "", stance: str = "", text: str = "") -> None:
        super().__init__()
        self.box = box
        self.office = Field(N_("Department asked"), N_("Department asked"))
        self.stance = Choice(STANCES.items(), N_("Stance"), stance or Stance.AGREES.value)
        self.text = Field(N_("What it says"), N_("What it says"))
        self.office.setText(office)
        self.text.setText(text)
        self.office.setCursorPosition(0)
        self.text.setCursorPosition(0)
        self.remove = Button("", "ghost", "x", name=N_("Remove opinion"), slot=self.on_remove)
        row((self.office, 2), (self.stance, 1), (self.text, 3), self.remove, gap=6, into=self)

    def value(self) -> dict[str, str]:
        """Return the line as the use case takes it."""
        return {
            "office": self.office.value(),
            "stance": self.stance.value(),
            "text": self.text.value(),
        }

    def on_remove(self) -> None:
        self.box.drop(self)


class OpinionLines(QWidget):
    """The lines of an item, and a button for one more."""

    def __init__(self, opinions=()) -> None:
        super().__init__()
        self.lines: list[OpinionLine] = []
        self.rows = column(gap=6)
        self.add = Button(
            C_("button", "Add a department that was asked"), "link", "plus", slot=self.on_add
        )
        column(self.rows, row(self.add, None), gap=4, into=self)
        for one in opinions:
            self._put(OpinionLine(self, one.office, one.stance, one.text))

    def value(self) -> list[dict[str, str]]:
        """Return the lines in their order; those nobody wrote in are none."""
        found = [line.value() for line in self.lines]
        return [one for one in found if one["office"] or one["text"]]

    def on_add(self) -> None:
        line = OpinionLine(self)
        self._put(line)
        line.office.setFocus()
        self._fit()

    def drop(self, line: OpinionLine) -> None:
        """Take a line away."""
        self.lines.remove(line)
        line.hide()
        line.deleteLater()
        self._fit()

    def _put(self, line: OpinionLine) -> None:
        self.lines.append(line)
        self.rows.layout().addWidget(line)

    def _fit(self) -> None:
        self.window().adjustSize()
