"""A table of scores one types in: criteria down, assessors across, the mean beside them."""

from __future__ import annotations

from fractions import Fraction

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import QGridLayout, QWidget

from gwangju_desktop.errors import UserError
from gwangju_desktop.proposals import grading
from ui import theme
from ui.text import C_, N_, say
from ui.widgets.forms import Field, NumberField, begin_at
from ui.widgets.parts import Align, Button, Label

NAME, WEIGHT, FIRST = 0, 1, 2  # columns; assessors from the third on
WIDTH = 96
MOVES = {Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0)}


class ScoreField(NumberField):
    """One score; a block of cells copied in a spreadsheet is pasted from here on."""

    def __init__(self, table: ScoreTable, at: tuple[int, int], value: int | None) -> None:
        super().__init__("", value, high=table.most, width=WIDTH)
        self.table, self.at = table, at
        self.textChanged.connect(table.on_typed)

    def keyPressEvent(self, event) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            text = QGuiApplication.clipboard().text().rstrip("\n")
            if "\t" in text or "\n" in text:
                self.table.paste(self.at, text)
                return
        if event.key() in MOVES:
            down, across = MOVES[event.key()]
            self.table.focus(self.at[0] + down, self.at[1] + across)
            return
        super().keyPressEvent(event)


class ScoreTable(QWidget):
    """Criteria and assessors; `changed` whenever something is typed."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.criteria: list = []
        self.most = 5
        self.names: list[Field] = []
        self.removes: list[Button] = []
        self.scores: list[list[ScoreField]] = []  # one list an assessor
        self.means: list[Label] = []
        self.box = QGridLayout(self)
        self.box.setContentsMargins(0, 0, 0, 0)
        self.box.setHorizontalSpacing(8)
        self.box.setVerticalSpacing(6)

    def show_grid(self, grid) -> None:
        """Show what was given; one empty column where nobody assessed yet."""
        self.criteria, self.most = [one.criterion for one in grid.criteria], grid.most
        self.box.addWidget(Label(N_("Criterion"), "capb"), 0, NAME)
        self.box.addWidget(Label(N_("Weight"), "capb"), 0, WEIGHT, Align.AlignRight)
        for n, criterion in enumerate(self.criteria, 1):
            name = Label(criterion.name, "sec")
            name.setMinimumWidth(theme.px(150))
            self.box.addWidget(name, n, NAME)
            self.box.addWidget(Label(f"{criterion.weight}%", "cap"), n, WEIGHT, Align.AlignRight)
        for one in grid.assessors:
            self.add(one.name, one.scores)
        if not self.names:
            self.add(say(N_("Assessor {n}"), n=1))
        self.box.setColumnStretch(NAME, 1)

    def add(self, name: str, scores=None) -> None:
        """Add an assessor at the right."""
        scores = scores or {}
        n = len(self.names)
        column = FIRST + n
        field = Field("", N_("Assessor"), width=WIDTH)
        field.setText(name)
        field.setCursorPosition(0)
        field.textChanged.connect(self.on_typed)
        self.box.addWidget(field, 0, column)
        self.names.append(field)
        cells = []
        for place, criterion in enumerate(self.criteria):
            cell = ScoreField(self, (place, n), scores.get(criterion.id))
            cell.named(
                N_("{criterion}, {assessor}"), criterion=criterion.name, assessor=name or str(n + 1)
            )
            self.box.addWidget(cell, place + 1, column)
            cells.append(cell)
        self.scores.append(cells)
        self._means(column + 1)
        self.changed.emit()

    def _means(self, column: int) -> None:
        """Put the means right of the last assessor."""
        if not self.means:
            self.means = [
                Label(C_("score", "Mean"), "capb", align=Align.AlignRight),
                *(Label("", "secb", align=Align.AlignRight) for _one in self.criteria),
            ]
        for n, label in enumerate(self.means):
            label.setMinimumWidth(theme.px(56))
            self.box.addWidget(label, n, column)

    def focus(self, n: int, assessor: int) -> None:
        """Go to a score, if there is one there."""
        if 0 <= assessor < len(self.scores) and 0 <= n < len(self.criteria):
            begin_at(self.scores[assessor][n])
            self.scores[assessor][n].selectAll()

    def paste(self, at: tuple[int, int], text: str) -> None:
        """Put a block of cells down from a place on, adding assessors where it is wider."""
        for down, line in enumerate(text.splitlines()):
            for across, typed in enumerate(line.split("\t")):
                n, assessor = at[0] + down, at[1] + across
                if n >= len(self.criteria):
                    continue
                while assessor >= len(self.names):
                    self.add(say(N_("Assessor {n}"), n=len(self.names) + 1))
                self.scores[assessor][n].setText(typed.strip())
        self.changed.emit()

    def on_typed(self, _text: str = "") -> None:
        self.changed.emit()

    def given(self) -> list[tuple[str, dict[int, int | None]]]:
        """Return each assessor's scores; raises UserError for what is no score or no name."""
        found = []
        for field, cells in zip(self.names, self.scores, strict=True):
            scores = {
                criterion.id: cell.value()
                for criterion, cell in zip(self.criteria, cells, strict=True)
            }
            name = field.value()
            if not name and any(score is not None for score in scores.values()):
                raise UserError(grading.NO_ASSESSOR)
            if name:
                found.append((name, scores))
        names = [name for name, _scores in found]
        if len(set(names)) < len(names):
            raise UserError(N_("Two assessors have the same name."))
        return found

    def weigh(self):
        """Show the mean of each criterion as typed; return the weighted mean out of 100 or None."""
        means = []
        for n, criterion in enumerate(self.criteria):
            typed = []
            for cells in self.scores:
                try:
                    score = cells[n].value()
                except UserError:
                    continue
                typed += [] if score is None else [score]
            mean: Fraction | None = grading.mean(typed)
            self.means[n + 1].say("–" if mean is None else f"{float(mean):.1f}")
            means.append((criterion.weight, mean))
        return grading.total(means, self.most)
