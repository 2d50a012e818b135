"""Proposals in figures: how many came, were decided in time, were adopted, and from where."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QStackedWidget

from db.vocab import CheckKind
from gwangju_desktop import clock
from gwangju_desktop.proposals import checks, listing
from gwangju_desktop.proposals import statistics as figures
from ui import theme
from ui.models.rows import Cell, Column, Group, RowTable, Table
from ui.proposals.charts import MARK, SHARES, MonthBars, PartBars, of
from ui.text import C_, N_, NN_, Msg, day, say
from ui.widgets.forms import Choice
from ui.widgets.lists import RowList
from ui.widgets.page import Page, State
from ui.widgets.painted import Segment, legend
from ui.widgets.parts import Button, Label, column, frame, row, rule, scrolled

SETTLE_MS = 300
ALL_YEARS = 0
# The name of a part of a year, and its first and last month.
PARTS: dict[str, tuple[Msg, int, int]] = {
    "": (C_("period", "Whole year"), 1, 12),
    "-1": (C_("period", "First half"), 1, 6),
    "-2": (C_("period", "Second half"), 7, 12),
    **{
        f"-Q{n}": (
            (
                C_("period", "First quarter"),
                C_("period", "Second quarter"),
                C_("period", "Third quarter"),
                C_("period", "Fourth quarter"),
            )[n - 1],
            3 * n - 2,
            3 * n,
        )
        for n in (1, 2, 3, 4)
    },
}
NARROW = 900
WATCHED = ("proposal", "proposal_reply", "proposal_step", "proposal_check", "proposal_field")
WATCHED_TOO = ("setting", "proposal_supplement", "proposal_opinion")


@dataclass(frozen=True, slots=True)
class Found:
    """What the pane reads: the years there are, the figures, and the checks that are due."""

    years: list[int]
    figures: figures.Statistics | None
    due: list[checks.Due]


def everything(read, *, year: int | None, part: str, today: dt.date) -> Found:
    """Read the figures of a year or a part of it; None takes the latest year there is."""
    years = listing.years(read)
    if year is None:
        year = years[0] if years else today.year
    span = figures.span(read)
    if year == ALL_YEARS:
        begins, ends = span or (today, today)
    else:
        begins, ends = period(year, part)
    counted = figures.statistics(read, begins=begins, ends=ends, today=today) if span else None
    return Found(years, counted, checks.due(read, today))


def period(year: int, part: str) -> tuple[dt.date, dt.date]:
    """Return the first and the last day of a year or a part of it."""
    _name, first, last = PARTS[part]
    return dt.date(year, first, 1), dt.date(year, last, calendar.monthrange(year, last)[1])


def name_of(part) -> str:
    """Name a part as the table does; one that is not for publication is marked."""
    label = day(dt.date.fromisoformat(f"{part.code}-01"), "month") if _month(part) else part.label
    return say(label) + (f" {MARK}" if part.hidden else "")


def _month(part) -> bool:
    return len(part.code) == 7 and part.code[4] == "-"


FIGURES = Table(
    columns=(
        Column("label", C_("proposal figures", "Group"), cell=lambda p: Cell(name_of(p))),
        Column(
            "received",
            C_("proposal figures", "Received"),
            76,
            "right",
            cell=lambda p: Cell(f"{p.received:,}"),
        ),
        Column(
            "on_time",
            C_("proposal figures", "Decided in time"),
            150,
            "right",
            cell=lambda p: Cell(of(p.on_time, p.due)),
        ),
        Column(
            "adopted",
            C_("proposal figures", "Adopted"),
            150,
            "right",
            cell=lambda p: Cell(of(p.adopted, p.decided)),
        ),
        Column(
            "open",
            C_("proposal figures", "Open"),
            84,
            "right",
            cell=lambda p: Cell(f"{p.open:,}"),
        ),
    )
)


class Figure:
    """One figure of the whole: large, with its name above and what it is a share of below."""

    def __init__(self, name: Msg) -> None:
        self.number, self.base = Label("", "figm"), Label("", "cap", wrap=True)
        self.widget = column(Label(name, "capb"), self.number, self.base, None, gap=2)

    def show(self, number: str, message: Msg, **values) -> None:
        """Show a figure, and in words what it is a share of."""
        self.number.say(number)
        self.base.say(message, **values)


class StatisticsPage(Page):
    """The figures of a time, as pictures or as a table, and the regular checks that are due."""

    def __init__(self, desk) -> None:
        super().__init__(desk)
        self.found: Found | None = None
        self.meta = Label("", "sec", elide=True)
        self.year = Choice([(None, "")], C_("period", "Year"), None, 104)
        self.part = Choice([(key, PARTS[key][0]) for key in PARTS], C_("period", "Period"), "", 112)
        self.view = Segment((C_("mix", "Bars"), C_("mix", "Table")), 0, N_("View"))
        self.copy = Button("", "ghost", "copy", name=N_("Copy table"), slot=self.on_copy)
        self.print_button = Button(N_("Report…"), icon="printer", slot=self.on_print)
        self.received = Figure(C_("proposal figures", "Received"))
        self.on_time = Figure(C_("proposal figures", "Decided in time"))
        self.adopted = Figure(C_("proposal figures", "Adopted"))
        self.replied = Figure(C_("proposal figures", "Replied"))
        self.open_ones = Figure(C_("proposal figures", "Open"))
        self.months = MonthBars()
        self.bars = {name: PartBars() for name in figures.BREAKDOWNS if name != figures.MONTH}
        self.table_view = RowList(RowTable(FIGURES), C_("pane", "Statistics"), height=30)
        self.note = Label("", "cap", wrap=True)
        self.check = Label("", "secb", elide=True)
        self.check_show = Button(N_("Show its figures"), "ghost", slot=self.on_check_show)
        self.check_done = Button(N_("Record as made"), icon="check", slot=self.on_check)
        self._lay_out()
        self.year.activated.connect(self.look)
        self.part.activated.connect(self.look)
        self.view.chosen.connect(self.on_view)
        self.settle = QTimer(self)
        self.settle.setSingleShot(True)
        self.settle.setInterval(SETTLE_MS)
        self.settle.timeout.connect(self.look)
        desk.changed.connect(self.on_changed)
        self.look()

    def _lay_out(self) -> None:
        inside = frame("page")
        colours = legend(*((ink, Label(words, "cap")) for ink, words in SHARES))
        cards = [self._card(name, bars) for name, bars in self.bars.items()]
        self.left = column(*cards[::2], None, gap=18)
        self.right = column(*cards[1::2], None, gap=18)
        self.pair = row((self.left, 1), (self.right, 1), gap=32)
        column(
            row(Label(figures.BREAKDOWNS[figures.MONTH], "h3"), None, colours, gap=12),
            self.months,
            rule(),
            self.pair,
            None,
            margins=(28, 12, 28, 12),
            gap=10,
            into=inside,
        )
        empty = State(
            "chart-bar",
            N_("Nothing to count yet"),
            N_("Proposals that were received are counted here."),
        )
        self.stack = QStackedWidget()
        self.stack.addWidget(scrolled(inside))
        self.stack.addWidget(row(self.table_view, margins=(20, 8, 16, 8)))
        self.stack.addWidget(empty)
        tiles = (self.received, self.on_time, self.adopted, self.replied, self.open_ones)
        self.tiles = row(*((tile.widget, 1) for tile in tiles), margins=(28, 6, 28, 10), gap=20)
        self.check_row = row(
            (self.check, 1),
            self.check_show,
            self.writing(self.check_done),
            margins=(28, 6, 24, 6),
            gap=6,
        )
        self.check_row.hide()
        column(
            row(
                Label(N_("Proposals in figures"), "h2"),
                (self.meta, 1),
                self.year,
                self.part,
                self.view,
                self.copy,
                self.print_button,
                margins=(28, 12, 24, 4),
                gap=8,
            ),
            self.tiles,
            rule(),
            self.check_row,
            (self.stack, 1),
            rule(),
            row((self.note, 1), margins=(28, 6, 24, 6)),
            gap=0,
            into=self,
        )

    @staticmethod
    def _card(name: str, bars: PartBars):
        return column(Label(figures.BREAKDOWNS[name], "h3"), bars, gap=6)

    def fold(self) -> None:
        """Stand the breakdowns below each other where there is no room beside."""
        super().fold()
        narrow = self.window().width() < theme.px(NARROW)
        self.pair.layout().setDirection(
            self.pair.layout().Direction.TopToBottom
            if narrow
            else self.pair.layout().Direction.LeftToRight
        )

    def changeEvent(self, event) -> None:
        if event.type() == event.Type.LanguageChange and hasattr(self, "settle"):
            # Names of fields and districts are data in two languages: they are read anew.
            self.settle.start()
        super().changeEvent(event)

    @property
    def settled(self) -> bool:
        return not self.settle.isActive()

    def panes(self) -> list:
        return [self.table_view] if self.stack.currentIndex() == 1 else [self.year]

    def open(self, id: int | None = None, table: str = "") -> None:
        """Show the time of a regular check (due.check_key)."""
        if id is None:
            return
        year, quarter = divmod(id, 10)
        self.show_period(year, f"-Q{quarter}" if quarter else "")

    def show_period(self, year: int, part: str) -> None:
        """Show the figures of a year or a part of it."""
        if year not in [value for value, _message in self.year.options]:
            self.year.show_options([*self.year.options, (year, str(year))], year)
        self.year.choose(year)
        self.part.choose(part)
        self.look()

    # --- what is shown
    def look(self, *_ignored) -> None:
        """Count anew."""
        self.desk.read(
            everything,
            then=self.on_found,
            year=self.year.value(),
            part=self.part.value() or "",
            today=clock.today(),
        )

    def on_found(self, found: Found) -> None:
        self.found = found
        self._offer(found.years)
        self.part.setEnabled(self.year.value() != ALL_YEARS)
        self._show_check(found.due)
        counted = found.figures
        self.tiles.setVisible(counted is not None)
        self.copy.why_not("" if counted else N_("There is nothing to copy."))
        if counted is None:
            self.meta.say("")
            self.note.say("")
        else:
            self._show_figures(counted)
        self.on_view(self.view.current())

    def _offer(self, years: list[int]) -> None:
        """Offer the years there are; what is chosen stays chosen."""
        chosen = self.year.value()
        known = [year for year, _message in self.year.options if year]
        offered = sorted({*years, *([chosen] if chosen in known and chosen else [])}, reverse=True)
        options = [(year, say(C_("period", "{year}"), year=year)) for year in offered]
        options.append((ALL_YEARS, C_("period", "All years")))
        if options != self.year.options:
            self.year.show_options(options, options[0][0] if chosen is None else chosen)

    def _show_figures(self, counted) -> None:
        words = N_("Received {begins:full} – {ends:full}, as of {on:full}")
        self.meta.say(words, begins=counted.begins, ends=counted.ends, on=counted.as_of)
        gone = counted.received - counted.decided - counted.open
        self.received.show(
            f"{counted.received:,}",
            N_("{decided} decided · {open} open · {gone} ended otherwise"),
            decided=counted.decided,
            open=counted.open,
            gone=gone,
        )
        self.on_time.show(
            share(counted.on_time, counted.due),
            N_("{n} of {base} decided or overdue"),
            n=counted.on_time,
            base=counted.due,
        )
        self.adopted.show(
            share(counted.adopted, counted.decided),
            N_("{n} of {base} decided, in part included"),
            n=counted.adopted,
            base=counted.decided,
        )
        days = counted.reply_days
        self.replied.show(
            share(counted.replied, counted.decided),
            N_("{n} of {base} decided · {days:.1f} days on average")
            if days is not None
            else N_("{n} of {base} decided"),
            n=counted.replied,
            base=counted.decided,
            days=days or 0.0,
        )
        self.open_ones.show(
            f"{counted.open:,}",
            NN_("{n} of the undecided is overdue", "{n} of the undecided are overdue"),
            n=counted.over,
        )
        self.months.show_parts(counted.breakdowns[figures.MONTH])
        for name, bars in self.bars.items():
            bars.show_parts(counted.breakdowns[name], counted.received)
        self.table_view.model().show(self._lines())
        words = figures.ON_TIME_BASE
        small = N_(
            "{mark} fewer than {least}, or would give such a group away: not for publication."
        )
        told = [say(N_("In time:")), say(words), say(N_("Drafts are not counted."))]
        if counted.any_hidden:
            told.append(say(small, mark=MARK, least=counted.least))
        self.note.say(" ".join(told))

    def _lines(self) -> list:
        counted = self.found.figures
        rows: list = []
        for name, parts in counted.breakdowns.items():
            rows += [Group(figures.BREAKDOWNS[name], len(parts)), *parts]
        return rows

    def _show_check(self, due: list[checks.Due]) -> None:
        self.check_row.setVisible(bool(due))
        if not due:
            return
        first = due[0]
        quarter = first.kind == CheckKind.QUARTER
        words = (
            N_("Quarterly check {quarter}Q {year}: due on {due:full}")
            if quarter
            else N_("Yearly report {year}: due on {due:full}")
        )
        told = say(words, quarter=first.quarter, year=first.year, due=first.due_on)
        if len(due) > 1:
            told = " · ".join((told, say(N_("{n} more are due"), n=len(due) - 1)))
        self.check.say(told)
        self.check.ink("bad" if first.due_on < clock.today() else "warn")

    # --- what a person does
    def on_view(self, n: int) -> None:
        there = self.found is not None and self.found.figures is not None
        self.stack.setCurrentIndex(n if there else 2)

    def on_changed(self, changes) -> None:
        if changes.touches(*WATCHED, *WATCHED_TOO):
            self.settle.start()

    def on_check_show(self) -> None:
        """Show the figures the check in front is about."""
        if self.found is not None and self.found.due:
            first = self.found.due[0]
            self.show_period(first.year, f"-Q{first.quarter}" if first.quarter else "")

    def on_check(self) -> None:
        """Record that the check in front was made today."""
        if self.found is None or not self.found.due or self.desk.read_only:
            return
        first = self.found.due[0]
        self.desk.do(checks.made, kind=first.kind, year=first.year, quarter=first.quarter)

    def on_print(self) -> None:
        """Show the report on the time that is chosen."""
        from ui.documents.dialog import DocumentsDialog

        year = self.year.value()
        if year == ALL_YEARS or year is None:
            year = clock.today().year if self.found is None else (self.found.years or [0])[0]
        asked = f"{year or clock.today().year}{self.part.value() or ''}"
        DocumentsDialog(self.window(), self.desk, "proposal-statistics", None, period=asked).open()

    def on_copy(self) -> None:
        """Put the table on the clipboard as a spreadsheet reads it."""
        if self.found is None or self.found.figures is None:
            return
        heads = [say(column.title) for column in FIGURES.columns]
        lines = [[self.meta.text()], heads]
        for line in self._lines():
            if isinstance(line, Group):
                lines.append([say(line.title)])
            else:
                lines.append([column.cell(line).text for column in FIGURES.columns])
        told = "\n".join("\t".join(cell.replace("\t", " ") for cell in line) for line in lines)
        QApplication.clipboard().setText(told + "\n")
        self.toast(N_("Table copied."))


def share(n: int, base: int) -> str:
    """Say a share in percent with one decimal; a dash where there is no base."""
    return f"{n / base:.1%}" if base else "–"


PANE = StatisticsPage
