"""The table that is the chart: each option with its bar, and both percentages beside each other."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from db.vocab import QuestionKind
from gwangju_desktop.polls.table import Share, Table
from ui import theme
from ui.models.rows import Cell, Column, RowTable
from ui.models.rows import Table as Declared
from ui.polls.shown import number, percent
from ui.text import C_, say
from ui.widgets.cells import PADDING, RowDelegate
from ui.widgets.lists import RowList

VOTES, RESPONDENTS = "votes", "respondents"
ROW, BAR = 50, 10  # px at 100 % text size
LEAD = 0.86  # of the width, what the longest bar may take
FIRST, INTERVAL = 1, 5


@dataclass(frozen=True, slots=True)
class Line:
    """One option as a row: `rank` 0 leads; `most` is the share the longest bar stands for."""

    id: int
    share: Share
    basis: str
    rank: int
    most: float

    @property
    def value(self) -> float | None:
        """The percentage that is emphasised."""
        votes = self.basis == VOTES
        return self.share.pct_votes if votes else self.share.pct_respondents


@dataclass(frozen=True, slots=True)
class BarCell(Cell):
    """Words over a bar: `part` of the width, `low` and `high` its interval, as parts too."""

    part: float = 0.0
    low: float | None = None
    high: float | None = None
    leads: bool = False


def _option(line: Line) -> Cell:
    share, value = line.share, line.value
    leads = line.rank == 0 and not share.missing
    if share.missing or value is None:
        return BarCell(share.label, role="sec", ink="text3", part=-1.0)
    low = high = None
    if line.basis == RESPONDENTS and share.low is not None and share.high is not None:
        low, high = share.low / line.most, share.high / line.most
    part = value / line.most
    return BarCell(share.label, role="secb" if leads else "sec", part=part, low=low, high=high)


def _figure(line: Line, basis: str) -> Cell:
    value = line.share.pct_votes if basis == VOTES else line.share.pct_respondents
    if line.share.missing:
        return Cell("–", ink="text3")
    role = "sec" if basis != line.basis else "h2" if line.rank == 0 else "strong"
    return Cell(percent(value), role=role)


def _interval(line: Line) -> Cell:
    share = line.share
    if share.low is None or share.high is None:
        return Cell()
    return Cell(f"{share.low:.1f}–{share.high:.1f}%")


SHARES = Declared(
    (
        Column("option", C_("poll table", "Option"), sort="option", cell=_option),
        Column(
            "first",
            C_("poll table", "First choice"),
            84,
            "right",
            sort="first",
            cell=lambda line: Cell(
                number(line.share.first) if line.share.first is not None else ""
            ),
        ),
        Column(
            "count",
            C_("poll table", "Responses"),
            84,
            "right",
            sort="count",
            cell=lambda line: Cell(number(line.share.count)),
        ),
        Column(
            VOTES,
            C_("poll table", "% of responses"),
            112,
            "right",
            sort=VOTES,
            cell=lambda line: _figure(line, VOTES),
        ),
        Column(
            RESPONDENTS,
            C_("poll table", "% of respondents"),
            126,
            "right",
            sort=RESPONDENTS,
            cell=lambda line: _figure(line, RESPONDENTS),
        ),
        Column("interval", C_("poll", "95% interval"), 108, "right", cell=_interval, wide=True),
    ),
    sort="option",
)


class ShareDelegate(RowDelegate):
    """Draw an option's words over its bar."""

    def _cell(self, q: QPainter, area: QRectF, cell: Cell, align: str, chosen: bool) -> None:
        if not isinstance(cell, BarCell):
            super()._cell(q, area, cell, align, chosen)
            return
        words = QRectF(area)
        if cell.part >= 0:
            words.setHeight(area.height() * 0.62)
        super()._cell(q, words, Cell(cell.text, role=cell.role, ink=cell.ink), align, chosen)
        if cell.part < 0:
            return
        room = (area.width() - 2 * PADDING) * LEAD
        top = area.top() + area.height() * 0.60
        bar = QRectF(area.left() + PADDING, top, room * cell.part, theme.px(BAR))
        q.setPen(Qt.PenStyle.NoPen)
        q.setBrush(theme.color("acc" if cell.role == "secb" else "dGrey"))
        if bar.width() >= 1:
            q.drawRoundedRect(bar, 2, 2)
        if cell.low is not None and cell.high is not None:
            self._whisker(q, bar, room, cell.low, cell.high)

    @staticmethod
    def _whisker(q: QPainter, bar: QRectF, room: float, low: float, high: float) -> None:
        """Draw the interval right under its bar, where it hides nothing of it."""
        y, tick = bar.bottom() + theme.px(4), theme.px(2.5)
        left, right = bar.left() + room * low, bar.left() + room * min(high, 1 / LEAD)
        q.setPen(QPen(theme.color("text2"), 1.3))
        q.drawLine(QPointF(left, y), QPointF(right, y))
        for x in (left, right):
            q.drawLine(QPointF(x, y - tick), QPointF(x, y + tick))


class ShareTable(RowList):
    """The options of one question; the switch of the basis moves emphasis and bars, no number."""

    def __init__(self) -> None:
        self.table: Table | None = None
        self.basis = VOTES
        self.extra = {FIRST: False, INTERVAL: False}
        super().__init__(RowTable(SHARES), C_("poll pane", "Results"), height=ROW, fit=True)
        self.setItemDelegate(ShareDelegate(self))
        self._hide_extra()

    def show_table(self, table: Table, basis: str) -> None:
        """Show a table with one of the two bases emphasised."""
        again = self.table is not None and self.table.question.code == table.question.code
        self.table, self.basis = table, basis
        model = self.model()
        if not again:
            scale = table.question.kind is QuestionKind.SCALE
            model.sort_key, model.descending = ("option", False) if scale else (basis, True)
        elif model.sort_key in (VOTES, RESPONDENTS):
            model.sort_key = basis
        self.extra = {
            FIRST: any(share.first is not None for share in table.options),
            INTERVAL: any(share.low is not None for share in table.options),
        }
        self._fill()
        self._hide_extra()

    def _fill(self) -> None:
        model = self.model()
        shares = list(enumerate(self.table.options))
        values = [(_value(share, self.basis) or 0.0) for _n, share in shares]
        most = max(
            max(values, default=1.0),
            max((share.high or 0.0 for _n, share in shares if self.basis == RESPONDENTS), default=0)
            * LEAD,
        )
        ranked = sorted(range(len(shares)), key=lambda n: -values[n])
        ranks = {n: rank for rank, n in enumerate(ranked)}
        given = [pair for pair in shares if not pair[1].missing]
        missing = [pair for pair in shares if pair[1].missing]
        if model.sort_key != "option":
            given.sort(key=lambda pair: _value(pair[1], model.sort_key) or 0.0, reverse=True)
            if not model.descending:
                given.reverse()
        elif model.descending:
            given.reverse()
        lines = [
            Line(n, share, self.basis, ranks[n], most or 1.0) for n, share in (*given, *missing)
        ]
        model.show(lines)
        self.setAccessibleDescription(self.sentence())

    def lines(self) -> list[Line]:
        """Return the rows in the order shown."""
        model = self.model()
        return [model.row(n) for n in range(model.rowCount())]

    def sentence(self) -> str:
        """Say every option with its number and both percentages."""
        words = C_("poll", "{option}: {n}, {votes} of responses, {respondents} of respondents")
        return "; ".join(
            say(
                words,
                option=line.share.label,
                n=number(line.share.count),
                votes=percent(line.share.pct_votes),
                respondents=percent(line.share.pct_respondents),
            )
            for line in self.lines()
        )

    def on_header(self, section: int) -> None:
        """Sort by a column: numbers begin with the most, options as they were asked."""
        model = self.model()
        key = model.columns[section].sort
        if not key or self.table is None:
            return
        if model.sort_key == key:
            model.descending = not model.descending
        else:
            model.sort_key, model.descending = key, key != "option"
        self._fill()
        self.horizontalHeader().viewport().update()

    def _hide_extra(self) -> None:
        """Show first choices and intervals only where there are any."""
        self.setColumnHidden(FIRST, not self.extra[FIRST])
        if not self.extra[INTERVAL]:
            self.setColumnHidden(INTERVAL, True)

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        self._hide_extra()


def _value(share: Share, key: str) -> float | None:
    match key:
        case "votes":
            return share.pct_votes
        case "respondents":
            return share.pct_respondents
        case "first":
            return share.first
    return share.count
