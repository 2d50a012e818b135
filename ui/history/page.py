"""The history: what was done in the office, of all of it or of one record, and what can be taken back."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFileDialog

from gwangju_desktop.errors import Cancelled, UserError
from gwangju_desktop.history import anchors, details, entries, images, labels, reverting, telling
from gwangju_desktop.history.entries import Filters
from ui import alerts, theme
from ui.history.chain_card import (
    CHECKING,
    FILES,
    ChainCard,
    check_chain,
    compare,
    compare_file,
    look,
)
from ui.history.entry_card import EntryCard
from ui.history.rows import TABLE, HistoryList, HistoryRows
from ui.text import C_, N_, NN_, Msg, say
from ui.widgets.forms import Choice, DateField, Field
from ui.widgets.page import Hollow, Page, State, header
from ui.widgets.parts import Button, Label, column, row, rule

WIDTH, SEARCH = 440, 220
FIRST, MORE = 500, 2_000  # entries listed at first, and when somebody comes near their end
NEAR = 40
SETTLE_MS = 60  # several changes at once are one look
ANY = ""
ACTS = (
    (ANY, C_("history", "Every act")),
    ("added", telling.ACTS[images.ADDED]),
    ("changed", telling.ACTS[images.CHANGED]),
    ("deleted", telling.ACTS[images.DELETED]),
    ("undo", telling.KINDS["undo"]),
    ("redo", telling.KINDS["redo"]),
    ("erase", telling.KINDS["erase"]),
    ("migrate", telling.KINDS["migrate"]),
)
OF_ROWS = ("added", "changed", "deleted")


class HistoryPage(Page):
    """Entries by day at the left, one entry at the right, the state of the chain below."""

    def __init__(self, desk) -> None:
        super().__init__(desk)
        self.record: tuple[str, int] | None = None
        self.called = ""
        self.wanted_entry: int | None = None
        self.limit = FIRST
        self.work = None
        self.model = self.table(HistoryRows(TABLE, desk))
        self.list = HistoryList(self.model)
        self.search = Field(N_("Find in the history"), search=True)
        self.area = Choice(self._areas(), C_("history", "Kind of record"), ANY, width=136)
        self.act = Choice(ACTS, C_("history", "Act"), ANY, width=112)
        self.who = Choice([(ANY, C_("history", "Everybody"))], C_("history", "Who"), ANY, width=116)
        self.since = DateField(C_("history", "First day"), None, 106)
        self.until = DateField(C_("history", "Last day"), None, 106)
        self.of_record = Button("", icon="x", slot=self.on_all)
        self.meta = Label("", "sec", elide=True)
        self.wrong = Label("", "cap", "bad", wrap=True)
        self.card, self.chain = EntryCard(self), ChainCard(self)
        self._lay_out()
        self.card.frame.hide()
        self.settle = QTimer(self)
        self.settle.setSingleShot(True)
        self.settle.setInterval(SETTLE_MS)
        self.settle.timeout.connect(self.on_settled)
        self.search.typing.connect(self.ask)
        for choice in (self.area, self.act, self.who):
            choice.currentIndexChanged.connect(self.ask)
        for box in (self.since, self.until):
            box.editingFinished.connect(self.ask)
        self.list.previewed.connect(self.on_previewed)
        self.list.peeked.connect(self.on_peek)
        self.list.opened.connect(self.on_go)
        self.list.verticalScrollBar().valueChanged.connect(self.on_scrolled)
        self.model.arrived.connect(self.on_arrived)
        desk.changed.connect(self.on_changed)
        self.ask()
        self.look()

    def _areas(self) -> list:
        known = labels.load()
        areas = [(area, Msg(known.area_said(area))) for area in known.areas]
        return [(ANY, C_("history", "Every record")), *areas]

    def _lay_out(self) -> None:
        self.empty = State("history", N_("Nothing was written yet"), "")
        self.wrong_row = row((self.wrong, 1), margins=(28, 0, 24, 8))
        self.wrong_row.hide()
        self.chip_row = row(self.of_record, None, margins=(28, 0, 24, 8))
        self.chip_row.hide()
        tools = row(
            self.area,
            self.act,
            self.who,
            self.since,
            Label("~", "cap"),
            self.until,
            None,
            margins=(28, 0, 24, 8),
            gap=8,
        )
        left = column(
            header(Label(C_("history", "History"), "title"), self.meta, self.search),
            self.chip_row,
            tools,
            self.wrong_row,
            rule(),
            (row(Hollow(self.list, self.empty), margins=(20, 0, 16, 0)), 1),
            row((self.chain.frame, 1), margins=(28, 8, 24, 12)),
            gap=0,
        )
        row((left, 1), self.dock(self.card.frame), gap=0, into=self)
        self.dress()

    def dress(self) -> None:
        self.card.frame.setFixedWidth(theme.px(WIDTH))
        self.search.setFixedWidth(theme.px(SEARCH))

    def changeEvent(self, event) -> None:
        if hasattr(self, "settle"):
            if event.type() == event.Type.StyleChange:
                self.dress()
            elif event.type() == event.Type.LanguageChange:
                self.area.show_options(self._areas(), self.area.value())
                self.settle.start()
                self.look()
                self.card.call()
        super().changeEvent(event)

    @property
    def settled(self) -> bool:
        return not self.settle.isActive()

    def panes(self) -> list:
        return [self.list, self.card.changes, self.search]

    def inspects(self) -> bool:
        return self.model.rowCount() > 0

    def open(self, id: int | None = None, table: str = "") -> None:
        """Show the history of a record with what belongs to it, or one entry (`change_log`)."""
        if id is None:
            return
        if table == "change_log":
            self.wanted_entry = id
            self.clear_filters()
        elif table in labels.load().tables:
            self.show_record(table, id)

    def show_record(self, table: str, id: int) -> None:
        """Show what was done to one record and to what belongs to it; a chip tells so."""
        self.record = (table, id)
        self.clear_filters()
        self.desk.read(details.record_said, then=self.on_named, table=table, id=id)

    def on_named(self, called: str) -> None:
        """Name the record in the chip that takes the filter away."""
        if self.record is not None:
            self.of_record.say(N_("Only {record}"), record=called)
            self.chip_row.show()

    def clear_filters(self) -> None:
        """Take away every filter but that of a record, and ask."""
        self.limit = FIRST
        for widget in (self.search, self.since, self.until):
            widget.clear()
        for choice in (self.area, self.act, self.who):
            choice.blockSignals(True)
            choice.setCurrentIndex(0)
            choice.blockSignals(False)
        self.chip_row.setVisible(self.record is not None and bool(self.of_record.text()))
        self.list.clearSelection()
        self.list.setCurrentIndex(self.model.index(-1, -1))
        self.ask()

    # --- what is shown
    def filters(self, words: str | None = None) -> Filters:
        """Return what the list is narrowed to; raise UserError when a day is none."""
        act = str(self.act.value() or "")
        return Filters(
            kind=act if act and act not in OF_ROWS else ("do" if act else None),
            act=act if act in OF_ROWS else None,
            who=self.who.value() or None,
            area=self.area.value() or None,
            record=self.record,
            since=self.since.value(),
            until=self.until.value(),
            words=self.search.text() if words is None else words,
        )

    def ask(self, typed=None) -> None:
        """Ask for the entries that the filters leave; `typed` is what the search box says."""
        try:
            filters = self.filters(typed if isinstance(typed, str) else None)
        except UserError as error:
            self.wrong.say(str(error))
            self.wrong_row.show()
            return
        self.wrong_row.hide()
        narrow = filters != entries.EVERY
        self.empty.title.say(N_("No such change") if narrow else N_("Nothing was written yet"))
        self.empty.hint.say(
            N_("Choose other days, another act or another person.")
            if narrow
            else N_("Whatever is entered, changed or deleted in the office is told here.")
        )
        self.model.ask(filters=filters, limit=self.limit)

    def look(self) -> None:
        """Ask who wrote, since when, and what was noted outside."""
        self.desk.read(entries.people, then=self.on_people)
        self.desk.read(entries.span, then=self.on_span)
        self.desk.read(look, then=self.on_verdict, office=self.chain.office)

    # --- slots
    def on_people(self, names: list[str]) -> None:
        everybody = [(ANY, C_("history", "Everybody"))]
        office = say(C_("history", "The office"))
        told = [(name, office if name == telling.NOBODY else name) for name in names]
        self.who.show_options([*everybody, *told], self.who.value())

    def on_span(self, span: tuple) -> None:
        count, first = span
        if first is None:
            self.meta.say("")
        else:
            message = NN_("{n:,} entry since {day:full}", "{n:,} entries since {day:full}")
            self.meta.say(message, n=count, day=first.date())

    def on_verdict(self, verdict) -> None:
        self.chain.show_verdict(verdict)

    def on_changed(self, _changes) -> None:
        self.settle.start()

    def on_settled(self) -> None:
        """Tell the entries anew, with what came; what is chosen and where one reads stays."""
        self.model.forget()
        self.ask()
        self.desk.read(entries.span, then=self.on_span)
        self.desk.read(entries.people, then=self.on_people)
        if self.list.current() is not None:
            self.on_previewed(self.list.current())

    def on_arrived(self) -> None:
        if not self.narrow:
            self.card.frame.setVisible(self.inspects())
        wanted, self.wanted_entry = self.wanted_entry, None
        if wanted is not None and self.model.place(wanted) >= 0:
            self.list.choose(wanted)
        elif self.inspects():
            self.list.choose_first()

    def on_scrolled(self, _value: int) -> None:
        """List more before the end is reached."""
        known = len(self.model.order)
        bottom = self.list.rowAt(self.list.viewport().height() - 1)
        entries_listed = sum(1 for id in self.model.order if id > 0)
        if (bottom < 0 or bottom > known - NEAR) and entries_listed >= self.limit:
            self.limit += MORE
            self.ask()

    def on_previewed(self, id) -> None:
        if id is not None and id > 0:
            self.desk.read(details.entry, then=self.on_entry, number=id)
            self.moved.emit(id, "change_log")

    def on_entry(self, entry) -> None:
        if entry is not None and entry.line.id == self.list.current():
            self.card.show_entry(entry)

    def on_go(self, _id=None) -> None:
        """Go to the record that the entry is about."""
        entry = self.card.entry
        if entry is not None and entry.place is not None:
            self.go(entry.place.page, entry.place.id, entry.place.table)

    def on_only(self) -> None:
        """Show only what was done to the record of the entry."""
        if self.card.entry is not None and self.card.entry.line.table:
            line = self.card.entry.line
            self.show_record(line.table, line.record)

    def on_all(self) -> None:
        """Show the history of the whole office again."""
        self.record = None
        self.of_record.say("")
        self.chip_row.hide()
        self.clear_filters()

    def on_find(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    # --- taking back
    def on_revert(self) -> None:
        """Take the entry back; Ctrl+Z does it again."""
        if self.card.entry is None or self.desk.read_only:
            return
        self.card.wrong.hide()
        self.reverted = self.card.entry.line.id
        self.desk.undo(self.reverted, otherwise=self.on_refused)

    def on_refused(self, error: Exception) -> None:
        """Ask why it could not be taken back: which record, and what came since."""
        self.desk.read(reverting.refusal, then=self.on_told, number=self.reverted, error=error)

    def on_told(self, why: str) -> None:
        self.card.refuse(why)

    # --- the chain
    def on_check(self) -> None:
        """Go through the whole chain."""
        if self.work is None:
            self.work = self.desk.work(
                check_chain,
                title=CHECKING,
                then=self.on_checked,
                otherwise=self.on_unchecked,
                office=self.chain.office,
                folders=self.chain.folders,
            )
            self.chain.checking.setEnabled(False)

    def on_checked(self, verdict) -> None:
        self._rest()
        self.chain.show_verdict(verdict)

    def on_unchecked(self, error: Exception) -> None:
        self._rest()
        if not isinstance(error, Cancelled):
            alerts.tell(error)

    def _rest(self) -> None:
        self.work = None
        self.chain.checking.setEnabled(True)

    def on_compare(self) -> None:
        """Compare with a review copy or a backup that lies elsewhere."""
        name, _filter = QFileDialog.getOpenFileName(
            self, say(N_("Compare with a file")), "", say(FILES, pattern="*.gwsnap *.gwbak")
        )
        if name:
            self.compare(Path(name))

    def compare(self, path: Path) -> None:
        """Compare with what a file noted."""
        self.desk.read(compare_file, then=self.on_verdict, path=path)

    def on_mark(self) -> None:
        """Compare with the mark that printed minutes bear."""
        try:
            noted = anchors.of_paper(self.chain.mark.text())
        except UserError as error:
            alerts.tell(error)
            return
        self.desk.read(compare, then=self.on_verdict, noted=noted)


PAGE = HistoryPage
