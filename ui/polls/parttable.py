"""A grid's rows: how each divides among the options, as bars and as a table."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from gwangju_desktop.polls.table import PartShares, Table, missing
from ui.models.rows import Cell
from ui.polls.crosstable import CrossRow, CrossTable
from ui.polls.shown import number, percent
from ui.polls.stacked import Bar, StackedBars
from ui.text import C_, say
from ui.widgets.parts import column, row

MEAN = "mean"


class PartTable(QWidget):
    """The rows of a grid."""

    def __init__(self) -> None:
        super().__init__()
        self.bars = StackedBars()
        self.table = CrossTable(C_("poll", "Rows of the question"))
        column(row((self.bars, 1), margins=(8, 0, 0, 0)), self.table, gap=10, into=self)

    def show_table(self, table: Table) -> None:
        """Show the rows of a grid; of each row both percentages are the same."""
        options = [
            (option.code, option.label) for option in table.question.options if not missing(option)
        ]
        self.bars.show_bars([_bar(part) for part in table.parts], options)
        means = any(part.mean is not None for part in table.parts)
        columns = [*options, *([(MEAN, say(C_("poll table", "Mean")))] if means else [])]
        rows = [_row(n, part) for n, part in enumerate(table.parts)]
        self.table.show_rows(C_("poll table", "Row"), columns, rows)


def _bar(part: PartShares) -> Bar:
    shares = {s.code: s.pct_votes for s in part.options if not s.missing}
    n = part.base.answered
    figure = say(C_("poll bars", "n={n}"), n=number(n)) if n is not None else ""
    return Bar(part.part.label, figure, shares)


def _row(n: int, part: PartShares) -> CrossRow:
    cells = {
        share.code: Cell(percent(share.pct_votes), number(share.count), role="strong")
        for share in part.options
    }
    if part.mean is not None:
        cells[MEAN] = Cell(f"{part.mean:.2f}", role="secb")
    base = part.base.answered
    sub = say(C_("poll bars", "n={n}"), n=number(base)) if base is not None else ""
    return CrossRow(n, part.part.label, sub, cells)
