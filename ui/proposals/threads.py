"""The threads of proposals, items, actions and indicators; above them how far voices reached."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QTimer

from gwangju_desktop import clock
from gwangju_desktop.threads import choosing, links
from gwangju_desktop.threads.coverage import coverage
from gwangju_desktop.threads.nouns import NOUNS, noun_of
from ui import theme
from ui.models.rows import Cell, Column, RowTable, Table
from ui.text import C_, N_, words
from ui.threads.linking import SHOWN, TYPING_MS, found_sub
from ui.threads.reach import ReachStrip
from ui.threads.view import TABLES, ThreadView
from ui.widgets.forms import Choice, Field
from ui.widgets.lists import RowList
from ui.widgets.page import Hollow, Page, State
from ui.widgets.parts import Button, Label, column, frame, row, rule

PREFIX = "thread."
TWO_PANES = 1000  # px of the page from which list and thread stand beside each other
LIST = 330
THIS, LAST, YEAR = "this", "last", "year"
PERIODS = (
    (THIS, C_("period", "This year")),
    (LAST, C_("period", "Last year")),
    (YEAR, C_("period", "Last 12 months")),
)


def _end(node) -> Cell:
    end = node.open_end
    if end is None or end.tone == "neu":
        return Cell("")
    return Cell("", icon="circle-alert" if end.tone == "bad" else "triangle-alert", ink=end.tone)


RECORDS = Table(
    name="thread_records",
    columns=(
        Column(
            "title",
            N_("Record"),
            cell=lambda node: Cell(node.title.split("\n")[0], found_sub(node)),
        ),
        Column("end", C_("thread", "Open"), 44, cell=_end),
    ),
)


def period(which: str, today: dt.date) -> tuple[dt.date, dt.date]:
    """Return the first and last day of a choice of PERIODS."""
    if which == LAST:
        return dt.date(today.year - 1, 1, 1), dt.date(today.year - 1, 12, 31)
    if which == YEAR:
        return today - dt.timedelta(days=364), today
    return dt.date(today.year, 1, 1), today


class ThreadsPane(Page):
    """A list of records, and the thread of the one in front."""

    def __init__(self, desk) -> None:
        super().__init__(desk)
        self.wanted_id: int | None = None
        self.dirty = False
        self._head()
        self._list()
        self.view = ThreadView(self)
        self.view.opened.connect(self.on_record)
        self.view.gone.connect(self.on_gone)
        self.nothing = State(
            "milestone",
            N_("No record is chosen"),
            N_("Choose a record to see what it came from and what it led to."),
        )
        self.back = Button(N_("List of records"), "ghost", "chevron-left", slot=self.on_list)
        self.right = column(
            row(self.back, None, margins=(0, 0, 0, 0)),
            (self.view, 1),
            (self.nothing, 1),
            gap=2,
            margins=(12, 10, 16, 8),
        )
        self.alone = False
        self.edge = frame("vline")
        column(
            self.top,
            rule(),
            (row(self.left, self.edge, (self.right, 1), gap=0), 1),
            gap=0,
            into=self,
        )
        self.view.hide()
        self.wait = QTimer(self, singleShot=True, interval=TYPING_MS)
        self.wait.timeout.connect(self.look)
        self.words.typing.connect(self.on_typing)
        self.kind.currentIndexChanged.connect(self.on_kind)
        desk.changed.connect(self.on_changed)
        self.look()
        self.ask_coverage()

    def _head(self) -> None:
        self.base = Label("", "sec", elide=True)
        self.period = Choice(PERIODS, C_("thread", "Period"), THIS)
        self.reach = ReachStrip()
        self.period.currentIndexChanged.connect(self.ask_coverage)
        self.top = column(
            row(Label(N_("How far proposals reached"), "h2"), (self.base, 1), self.period, gap=10),
            self.reach,
            gap=2,
            margins=(28, 10, 24, 4),
        )

    def _list(self) -> None:
        kinds = [noun for noun in NOUNS if noun.key in choosing.LINKED]
        self.kind = Choice([(n.key, n.label) for n in kinds], C_("thread", "Kind"), "proposal", 118)
        self.words = Field(N_("Find by words or number"), N_("Find records"), search=True)
        self.list = RowList(RowTable(RECORDS), N_("Records found"), height=48, header=False)
        self.list.previewed.connect(self.on_previewed)
        self.list.opened.connect(self.on_opened)
        self.hollow = Hollow(
            self.list,
            State("search", N_("Nothing found"), N_("Choose another kind, or other words.")),
        )
        self.left = column(
            row(self.kind, (self.words, 99), None, margins=(8, 0, 0, 0), gap=6),
            (self.hollow, 1),
            gap=6,
            margins=(20, 10, 8, 8),
        )

    # --- what the room asks
    def panes(self) -> list:
        return [part for part in (self.list, self.view.list, self.words) if part.isVisibleTo(self)]

    @property
    def settled(self) -> bool:
        return not self.wait.isActive()

    def open(self, id: int | None = None, table: str = "") -> None:
        """Show the thread of a record: of a kind ("thread.item"), a table, or of a link."""
        if id is None:
            return
        if table == "thread_link":
            self.desk.read(links.start_of, then=self.on_link, link_id=id)
            return
        kind = noun_of(table.removeprefix(PREFIX) or "proposal").key
        self.show_thread(kind, id)

    def on_link(self, key) -> None:
        if key is not None:
            self.show_thread(key.kind, key.id)

    def show_thread(self, kind: str, id: int) -> None:
        """Put the thread of a record in front."""
        self.alone = True
        self.nothing.hide()
        self.view.open(kind, id)
        self.fit()
        self.moved.emit(id, PREFIX + kind)
        listed = self.kind.value() == kind
        if listed and self.list.current() != id and self.list.model().place(id) >= 0:
            self.list.choose(id)
        elif not listed or self.list.current() != id:
            self.list.clearSelection()

    # --- the list
    def on_typing(self, _typed: str) -> None:
        self.wait.start()

    def on_kind(self) -> None:
        self.look()

    def look(self) -> None:
        """Ask for the records that hold the words, else for the latest."""
        self.desk.read(
            choosing.candidates,
            then=self.on_found,
            words=self.words.text(),
            tables=(self.kind.value(),),
            today=clock.today(),
            limit=SHOWN,
        )

    def on_found(self, found) -> None:
        self.list.model().show(found)
        if self.view.key is None and self.two_panes() and found:
            self.list.choose_first()

    def on_previewed(self, id) -> None:
        if self.two_panes() and id is not None and self.view.key != (self.kind.value(), id):
            self.show_thread(self.kind.value(), id)

    def on_opened(self, id) -> None:
        self.show_thread(self.kind.value(), id)
        self.view.list.setFocus()

    # --- the thread
    def on_record(self, node) -> None:
        """Go to a record of the thread."""
        page, id, table = node.record
        self.go(page, id, table)

    def on_gone(self) -> None:
        self.view.hide()
        self.nothing.show()
        self.on_list()

    def on_list(self) -> None:
        """Go back to the list, where there is no room for both."""
        self.alone = False
        self.fit()
        self.list.setFocus()

    # --- the figures
    def ask_coverage(self) -> None:
        """Count how far the proposals of the period reached."""
        begins, ends = period(self.period.value(), clock.today())
        self.desk.read(coverage, then=self.on_coverage, begins=begins, ends=ends)

    def on_coverage(self, found) -> None:
        self.reach.show_coverage(found)
        self._say_base()

    def _say_base(self) -> None:
        held = self.reach.coverage
        if held is not None:
            days = words().days(held.begins, held.ends)
            self.base.say(N_("{days}, {n:,} proposals received"), days=days, n=held.base)

    # --- what changes
    def on_changed(self, changes) -> None:
        if not changes.touches(*TABLES):
            return
        if not self.isVisible():
            self.dirty = True
            return
        self.view.concerned(changes)
        self.look()
        self.ask_coverage()

    def showEvent(self, event) -> None:
        super().showEvent(event)
        if self.dirty:
            self.dirty = False
            self.view.look()
            self.look()
            self.ask_coverage()

    def two_panes(self) -> bool:
        """Say whether list and thread stand beside each other."""
        return self.width() >= theme.px(TWO_PANES)

    def fit(self) -> None:
        """Show list and thread, or one of them."""
        both = self.two_panes()
        self.left.setVisible(both or not self.alone)
        self.right.setVisible(both or self.alone)
        self.edge.setVisible(both)
        self.back.setVisible(not both)
        self.top.setVisible(both or not self.alone)
        wide = theme.px(LIST)
        self.left.setMinimumWidth(wide if both else 0)
        self.left.setMaximumWidth(wide if both else 16_777_215)
        self.left.layout().setContentsMargins(20, 10, 8 if both else 20, 8)

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        self.fit()

    def changeEvent(self, event) -> None:
        super().changeEvent(event)
        if event.type() == event.Type.StyleChange:
            QTimer.singleShot(0, self, self.fit)
        elif event.type() == event.Type.LanguageChange:
            self._say_base()
            self.look()


PANE = ThreadsPane
