"""The trend of a question: as a chart or as a table, and why it breaks where it does."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget, QWidget

from gwangju_desktop.polls.table import Table
from ui.models.rows import Cell
from ui.polls.crosstable import CrossRow, CrossTable
from ui.polls.sharetable import RESPONDENTS, VOTES
from ui.polls.shown import number
from ui.polls.trend import Mark, Moved, TrendChart
from ui.text import C_, N_, Msg, say
from ui.widgets.chart_scale import moment_of
from ui.widgets.painted import Segment
from ui.widgets.parts import Align, Icon, Label, column, row

MEAN = ""  # the line of a number's mean, which is of no option
BLED = (8, 0, 0, 0)  # tables begin further left, so that a chosen row stands out of the text
UNITS: dict[str, Msg] = {
    VOTES: C_("poll table", "% of responses"),
    RESPONDENTS: C_("poll table", "% of respondents"),
}
BREAK = C_("poll trend", "Between {before} and {after}: {reasons}")


class TrendBox(QWidget):
    """The trend under its head; hidden where there is nothing to compare."""

    def __init__(self) -> None:
        super().__init__()
        self.title = Label(C_("poll", "From wave to wave"), "h2")
        self.unit = Label("", "cap")
        self.hollow = Label("", "cap")
        self.notes = Label("", "cap", wrap=True)
        self.view = Segment((C_("mix", "Chart"), C_("mix", "Table")), 0, N_("View"))
        self.chart = TrendChart()
        self.table = CrossTable(C_("poll", "From wave to wave"))
        self.single = Label("", "sec", wrap=True)
        self.reasons = Label("", "cap", "warn", wrap=True)
        self.reasons_row = row(
            (Icon("triangle-alert", "warn", 14), Align.AlignTop), (self.reasons, 1), gap=6
        )
        self.stack = QStackedWidget()
        self.stack.addWidget(row((self.chart, 1), margins=BLED))
        self.stack.addWidget(column(self.table, None, gap=0))
        head = row(self.title, self.unit, None, self.hollow, self.view, gap=10, margins=BLED)
        column(
            head,
            self.stack,
            column(self.single, self.reasons_row, self.notes, margins=BLED, gap=6),
            gap=6,
            into=self,
        )
        self.view.chosen.connect(self.on_view)

    def show_trend(self, trend, table: Table, basis: str, led) -> None:
        """Show a trend on a basis; the options `led` have lines in inks of their own."""
        self.setVisible(trend is not None)
        if trend is None:
            return
        means = not table.options
        moved = drawn(trend, means)
        self.unit.say(C_("poll table", "Mean") if means else UNITS[basis])
        several = len(moved.marks) > 1
        hollow = several and any(mark.provisional for mark in moved.marks)
        self.hollow.say(C_("poll trend", "hollow: not published yet") if hollow else "")
        self.stack.setVisible(several)
        self.view.setVisible(several)
        self.single.setVisible(not several)
        self.single.say(N_("There is no other wave to compare with yet."))
        self.reasons_row.setVisible(bool(moved.breaks))
        self.reasons.say("\n".join(moved.breaks.values()))
        self.notes.setVisible(bool(trend.notes))
        self.notes.say(" ".join(str(note) for note in trend.notes))
        if several:
            self.chart.show_trend(moved, led or ((MEAN,) if means else ()))
            self._show_table(moved)

    def _show_table(self, moved: Moved) -> None:
        columns = [(str(n), mark.label) for n, mark in enumerate(moved.marks)]
        rows = [
            CrossRow(
                n,
                label,
                cells={
                    str(at): Cell(moved.written(mark.shares[code]), role="strong")
                    for at, mark in enumerate(moved.marks)
                    if mark.shares.get(code) is not None
                },
            )
            for n, (code, label) in enumerate(moved.options)
        ]
        base = CrossRow(
            -1,
            say(C_("poll table", "Respondents (n)")),
            cells={
                str(at): Cell(number(mark.n) if mark.n else "–", mark.month)
                for at, mark in enumerate(moved.marks)
            },
            strong=True,
        )
        self.table.show_rows(C_("poll table", "Option"), columns, [base, *rows])

    def on_view(self, n: int) -> None:
        """Show the chart or the same as a table."""
        self.stack.setCurrentIndex(n)
        self.stack.setFixedHeight(self.stack.currentWidget().sizeHint().height())


def drawn(trend, means: bool) -> Moved:
    """Return a trend as the chart draws it."""
    marks = tuple(
        Mark(
            point.label,
            point.month,
            point.n,
            moment_of(point.day) if point.day else None,
            {MEAN: point.mean} if means else dict(point.shares),
            point.provisional,
        )
        for point in trend.points
    )
    breaks = {
        broken.after: say(
            BREAK,
            before=marks[broken.after].label,
            after=marks[broken.after + 1].label,
            reasons=str(broken),
        )
        for broken in trend.breaks
    }
    options = trend.options
    if means:
        options = ((MEAN, say(C_("poll table", "Mean"))),)
    return Moved(marks, breaks, options, "" if means else "%")
