"""The roll: who sits in a body on a day, and one member or the body beside it."""

from __future__ import annotations

from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QStackedWidget

from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.members import bodies, filters, listing, queries
from gwangju_desktop.members.rules import named
from ui import theme
from ui.members.body_brief import BodyCard
from ui.members.cards import width
from ui.members.columns import MEMBERS, ColumnsPopup
from ui.members.dialogs import AddMemberDialog
from ui.members.filterbar import FilterBar
from ui.members.member_card import MemberCard
from ui.members.rolllist import RollList, RollModel
from ui.members.several import SHEETS, SeveralBar
from ui.members.strip import RatioStrip
from ui.members.timeline import DaySlider
from ui.members.tree import EVERYBODY, BodyTree
from ui.text import C_, N_, words
from ui.widgets.forms import Choice, DateField, Field
from ui.widgets.page import Hollow, Page, State, header
from ui.widgets.parts import Align, Button, Icon, Label, column, frame, row, rule

TREE = 196  # px of the tree at 100 % text size
SLIDER_FROM = 780  # the tools' width under which the day is only typed
SETTLED = 150  # ms a dragged day stands still before counts are asked for


class RollPage(Page):
    """The bodies, the roll of one of them, and the member or the body at the right."""

    room = None

    def __init__(self, desk) -> None:
        super().__init__(desk)
        self.body_id: int | None = None
        self.on = clock.today()
        self.nodes: list = []
        self.saved: list = []
        self._wanted: int | None = None
        self._settled = False
        self.model = self.table(RollModel(desk))
        self.list = RollList(self.model)
        self.tree = BodyTree()
        self.body = Choice((), N_("Body"), width=200)
        self.day = DateField(N_("Members on"), self.on, 112)
        self.slider = DaySlider(N_("Members on"))
        self.search = Field(N_("Find name or affiliation"), search=True)
        self.about = Button("", icon="building-2", name=N_("Show body"), slot=self.on_body_card)
        self.sift = Button("", icon="sliders-horizontal", name=N_("Filter"), slot=self.on_sift)
        self.columns = Button("", icon="table", name=N_("Columns"), slot=self.on_columns)
        self.heading, self.meta = Label("", "h2"), Label("", "sec", elide=True)
        self.foot = Label("", "cap", elide=True)
        self.card, self.body_card = MemberCard(self), BodyCard(self)
        self.side = QStackedWidget()
        self.side.addWidget(self.card)
        self.side.addWidget(self.body_card)
        self.sifting, self.several = FilterBar(self), SeveralBar(self)
        self.ratios = RatioStrip(desk)
        self.still = QTimer(self)
        self.still.setSingleShot(True)
        self.still.setInterval(SETTLED)
        self._lay_out()
        self._connect()
        desk.read(listing.span, then=self.on_span)
        desk.read(filters.filters, then=self.on_filters)
        desk.read(bodies.tree, then=self.on_bodies, on=self.on)

    def _lay_out(self) -> None:
        self.print = Button(N_("Print roll"), icon="printer", slot=self.on_print)
        self.export = Button(C_("import", "Export"), icon="download", slot=self.on_export)
        self.import_ = self.writing(
            Button(C_("import", "Import"), icon="upload", slot=self.on_import)
        )
        add = self.writing(Button(N_("Add member"), "primary", "plus", slot=self.on_add))
        self.first_body = self.writing(
            Button(N_("Add body"), icon="building-2", slot=self.on_add_body)
        )
        self.empty = State(
            "users",
            N_("No bodies yet"),
            N_("Add the first body, then its members."),
            self.first_body,
        )
        self.hollow = Hollow(self.list, self.empty)
        self.no_day = Label("", "cap", "bad", wrap=True)
        self.wrong_day = row(
            Icon("circle-alert", "bad", 14), (self.no_day, 1), margins=(28, 0, 24, 8), gap=6
        )
        self.wrong_day.hide()
        self.sifting.hide()
        tools = row(
            self.body,
            self.about,
            (Label(N_("Members on"), "cap"), Align.AlignVCenter),
            self.day,
            (self.slider, 4),
            None,
            (self.search, 3),
            self.sift,
            self.columns,
            margins=(28, 0, 24, 8),
        )
        self.judged = row((self.ratios, 1), margins=(28, 6, 24, 6))
        self.left_pane = frame("leftpane")
        column((self.tree, 1), margins=(8, 6, 4, 6), into=self.left_pane)
        self.hint = Label(N_("Space previews · F2 edits the cell"), "cap")
        self.plain_foot = row((self.foot, 1), (self.hint, Align.AlignRight), margins=(28, 6, 24, 8))
        left = column(
            header(
                self.heading,
                self.meta,
                self.import_,
                self.export,
                self.print,
                add,
                margins=(28, 12, 24, 10),
            ),
            tools,
            self.wrong_day,
            self.sifting,
            rule(),
            self.judged,
            rule(),
            (
                row(self.left_pane, (row(self.hollow, margins=(12, 0, 12, 0)), 1), gap=0),
                1,
            ),
            rule(),
            self.plain_foot,
            self.several,
            gap=0,
        )
        row((left, 1), self.dock(self.side), gap=0, into=self)
        self.print.setVisible(find_spec(SHEETS) is not None)
        self.dress()

    def _connect(self) -> None:
        self.body.currentIndexChanged.connect(self.on_body)
        self.tree.chosen.connect(self.on_branch)
        self.day.editingFinished.connect(self.on_day)
        self.slider.valueChanged.connect(self.on_slid)
        self.still.timeout.connect(self.on_still)
        self.search.typing.connect(self.on_typing)
        self.sifting.changed.connect(self.on_sifted)
        self.list.previewed.connect(self.on_previewed)
        self.list.opened.connect(self.on_opened)
        self.list.peeked.connect(self.on_peek)
        self.list.picked.connect(self.on_picked)
        self.list.pasted.connect(self.on_pasted)
        self.model.arrived.connect(self.on_arrived)
        self.desk.changed.connect(self.on_changed)

    def dress(self) -> None:
        self.side.setFixedWidth(width())
        self.left_pane.setFixedWidth(theme.px(TREE))

    def changeEvent(self, event) -> None:
        if event.type() == event.Type.StyleChange and hasattr(self, "side"):
            self.dress()
        elif event.type() == event.Type.LanguageChange:
            self.on_bodies(self.nodes)
            if not self.wrong_day.isHidden():
                self.on_day()
        super().changeEvent(event)

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Fold the tree into the choice, and the slider into the field, where room is short."""
        room = self.width() - (0 if self.narrow else width())
        self.left_pane.setVisible(not self.narrow)
        self.body.setVisible(self.narrow)
        self.slider.setVisible(room >= theme.px(SLIDER_FROM if not self.narrow else 900))

    def inspects(self) -> bool:
        return bool(self.nodes)

    def panes(self) -> list:
        return [self.list, self.side.currentWidget(), self.tree, self.search]

    def open(self, id: int | None = None, table: str = "") -> None:
        """Show a person, or the roll of a body."""
        if id is None:
            return
        if table == "body":
            self.show_body(id)
            self.side.setCurrentWidget(self.body_card)
            return
        self._wanted = id
        self.search.clear()
        self.side.setCurrentWidget(self.card)
        self.card.open(id)
        if self.model.place(id) >= 0:
            self.on_arrived()
        else:
            self.sifting.put({})
            self.show_body(EVERYBODY)

    # --- what is shown
    def body_options(self) -> list[tuple[int, str]]:
        """Return the bodies as options of a choice."""
        return [(node.id, named(node.short_ko, node.short_en)) for node in self.nodes]

    def show_body(self, id: int) -> None:
        """Show the roll of a body; EVERYBODY is all there are."""
        was, self.body_id = self.body_id, id or None
        self.body.blockSignals(True)
        self.body.choose(id)
        self.body.blockSignals(False)
        self.tree.mark(id)
        self.sifting.show_filter(None)
        if self.model.sort_key in ("name", "precedence") or was is None:
            self.model.sort_key = "precedence" if self.body_id else "name"
            self.model.descending = False
        self.ask()

    @property
    def past(self) -> bool:
        """Say whether the roll is of another day than today."""
        return self.on != clock.today()

    def seat(self) -> dict:
        """Return the conditions on a seat the list is asked with."""
        seat = self.sifting.asked()
        if self.body_id or self.past or seat:
            seat["on"] = self.on
        if self.body_id:
            seat["body_id"] = self.body_id
        return seat

    def query(self) -> dict:
        """Return what the list is asked with, as a saved filter keeps it."""
        query = {**self.sifting.asked(), "words": self.search.value()}
        if self.body_id:
            query["body_id"] = self.body_id
        if self.past:
            query["on"] = self.on.isoformat()
        return {key: value for key, value in query.items() if value}

    def ask(self) -> None:
        """Ask for the roll of the body, day and filter chosen."""
        self.model.table = replace(MEMBERS, sort="precedence" if self.body_id else "name")
        self._say_empty()
        self.model.ask(words=self.search.text(), **self.seat())
        self.about.setVisible(bool(self.body_id))
        self.judged.setVisible(bool(self.body_id))
        self.print.setEnabled(bool(self.body_id))
        self._ask_counts()

    def _ask_counts(self) -> None:
        if self.body_id:
            self.desk.read(queries.body, then=self.on_detail, id=self.body_id, on=self.on)
            self.body_card.open(self.body_id)
            self.ratios.show_body(self.body_id, self.on)
        else:
            self.heading.say(C_("members", "Everybody"))
            message = N_("Everybody, with or without a seat")
            self.meta.say(N_("Who sat on {day:full}") if self.past else message, day=self.on)
            self._say_listed()

    def _say_listed(self) -> None:
        self.foot.say(N_("{n} listed"), n=len(self.model.order))

    # --- slots
    def on_span(self, span) -> None:
        first, last = span
        today = clock.today()
        last = min(max(last or today, today), today.replace(year=today.year + 3, day=1))
        self.slider.span(first or today, last, today)
        self.slider.show_day(self.on)

    def on_filters(self, saved) -> None:
        self.saved = saved
        self.on_bodies(self.nodes)

    def on_bodies(self, nodes) -> None:
        self.nodes = nodes
        self._say_empty()
        if not self.narrow:
            self.side.setVisible(self.inspects())
        self.tree.show_nodes(nodes, self.saved, self.on)
        options = [(EVERYBODY, C_("members", "Everybody"))]
        for node in nodes:
            name = named(node.short_ko, node.short_en)
            options.append((node.id, f"{'　' * node.depth}{name} {node.members}"))
        options += [(-kept.id, kept.name) for kept in self.saved]
        self.body.show_options(options, self.body_id or EVERYBODY)
        if not self._settled and nodes:
            self._settled = True
            self.show_body(nodes[0].id if self._wanted is None else EVERYBODY)
        elif not nodes:
            self.ask()
        else:
            self.tree.mark(-self.sifting.kept.id if self.sifting.kept else self.body_id or 0)
            self.ask()

    def _say_empty(self, typed: str = "") -> None:
        """Say why there may be nobody to show."""
        self.first_body.setVisible(not self.nodes and not self.desk.read_only)
        if (typed or self.search.text()).strip() or self.sifting.asked():
            self.empty.title.say(N_("Nobody found"))
            self.empty.hint.say(N_("Try part of a name or an affiliation, or another body."))
        elif not self.nodes:
            self.empty.title.say(N_("No bodies yet"))
            self.empty.hint.say(N_("Add the first body, then its members."))
        else:
            self.empty.title.say(N_("Nobody on that day"))
            self.empty.hint.say(N_("Choose another body or day, or add the first member."))

    def on_detail(self, body) -> None:
        if body.id != self.body_id:
            return
        self.heading.say(named(body.name_ko, body.name_en))
        term = body.term
        if term is None:
            self.meta.say(body.ordinance)
        else:
            days = words().days(term.starts_on, term.ends_on)
            self.meta.say(N_("Term {n} · {days}"), n=term.number, days=days)
        values = {"n": body.members, "x": body.ex_officio, "a": body.appointed}
        if body.vacant is None:
            self.foot.say(N_("{n} members · ex officio {x} · appointed {a}"), **values)
        else:
            message = N_("{n} members · ex officio {x} · appointed {a} · vacant {v}")
            self.foot.say(message, v=body.vacant, **values)

    def on_changed(self, changes) -> None:
        if changes.touches("body", "membership", "term"):
            self.desk.read(bodies.tree, then=self.on_bodies, on=self.on)
            self.desk.read(listing.fields, then=self.sifting.on_fields)
        if changes.touches("saved_filter"):
            self.sifting.show_filter(None)
            self.desk.read(filters.filters, then=self.on_filters)

    def on_arrived(self) -> None:
        if self._wanted is not None and self.model.place(self._wanted) >= 0:
            self.list.choose(self._wanted)
            self._wanted = None
        elif self._wanted is None:
            self.list.choose_first()
        if not self.body_id:
            self._say_listed()

    def on_previewed(self, id) -> None:
        self.side.setCurrentWidget(self.card)
        self.card.open(id)
        self.moved.emit(id, "person")

    def on_picked(self) -> None:
        rows = [row for _n, row in self.list.members()] if self._several() else []
        self.several.show_chosen(rows)
        self.plain_foot.setVisible(len(rows) < 2)

    def _several(self) -> bool:
        ranges = self.list.selectionModel().selection()
        return sum(found.height() for found in ranges) > 1

    def on_opened(self, _id) -> None:
        self.on_edit()

    def on_body(self, _index) -> None:
        self.on_branch(self.body.value() or EVERYBODY)

    def on_branch(self, id) -> None:
        """Show a body, everybody, or what a saved filter asks for."""
        if id >= 0:
            self.show_body(id)
            return
        kept = next((kept for kept in self.saved if kept.id == -id), None)
        if kept is not None:
            self.apply(kept)

    def apply(self, kept) -> None:
        """Show what a saved filter asks for; a body that is gone is left out."""
        query = kept.query
        day = query.get("on")
        self.on = type(self.on).fromisoformat(day) if day else clock.today()
        self.day.show_date(self.on)
        self.slider.show_day(self.on)
        self.search.blockSignals(True)
        self.search.setText(query.get("words", ""))
        self.search.blockSignals(False)
        self.sifting.put(query)
        self.sifting.show()
        known = {node.id for node in self.nodes}
        self.show_body(query["body_id"] if query.get("body_id") in known else EVERYBODY)
        self.sifting.show_filter(kept)
        self.tree.mark(-kept.id)

    def on_sift(self) -> None:
        self.sifting.setVisible(not self.sifting.isVisible())

    def on_sifted(self) -> None:
        self.ask()

    def on_columns(self) -> None:
        popup = ColumnsPopup(self)
        popup.changed.connect(self.list.fit_columns)
        popup.open_under(self.columns)

    def _say_day(self, wrong: str) -> None:
        """Say under the field what is wrong with the day."""
        self.no_day.say(wrong)
        self.wrong_day.setVisible(bool(wrong))
        self.day.setAccessibleDescription(wrong)
        self.day.setProperty("wrong", bool(wrong))
        self.day.style().polish(self.day)

    def on_day(self) -> None:
        try:
            chosen = self.day.value() or clock.today()
        except UserError as error:
            self._say_day(str(error))
            return
        self._say_day("")
        self.day.show_date(chosen)
        if chosen != self.on:
            self.on = chosen
            self.slider.show_day(chosen)
            self.desk.read(bodies.tree, then=self.on_bodies, on=self.on)

    def on_slid(self, _value) -> None:
        """Show who sat on the day under the hand; counts follow when it stands still."""
        self.on = self.slider.day()
        self._say_day("")
        self.day.show_date(self.on)
        self.model.ask(words=self.search.text(), **self.seat())
        self.still.start()

    def on_still(self) -> None:
        self.desk.read(bodies.tree, then=self.on_bodies, on=self.on)

    def on_typing(self, typed: str) -> None:
        self._say_empty(typed)
        self.model.ask(words=typed, **self.seat())

    def on_find(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def on_body_card(self) -> None:
        if self.body_id:
            self.side.setCurrentWidget(self.body_card)
            if self.narrow:
                self.on_peek()

    # --- what changes something
    def on_edit(self) -> None:
        if not self.desk.read_only:
            self.card.on_edit()

    def on_rename(self) -> None:
        if not self.desk.read_only:
            self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.list.edit_current()

    def on_add(self) -> None:
        if not self.nodes:
            self.on_add_body()
            return
        dialog = AddMemberDialog(self.window(), self.desk, self.body_options(), self.body_id)
        dialog.accepted.connect(self.on_added)
        dialog.open()

    def on_added(self) -> None:
        self._wanted = self.sender().value
        self.on_arrived()

    def on_add_body(self) -> None:
        self.room.show_pane("bodies").on_add_body()

    def on_print(self) -> None:
        from ui.members.papers import PapersDialog

        if self.body_id:
            PapersDialog(
                self.window(), self.desk, "roster", body_id=self.body_id, on=self.on
            ).open()

    def on_import(self) -> None:
        self._import(None, None)

    def on_pasted(self, text: str) -> None:
        if text.strip():
            self._import(None, text)

    def take(self, paths: list[Path]) -> None:
        if paths:
            self._import(paths[0], None)

    def _import(self, path: Path | None, text: str | None) -> None:
        if not self.desk.read_only:
            from ui.members.importing import ImportDialog

            ImportDialog(self.window(), self.desk, self.body_id, path, text).open()

    def on_export(self) -> None:
        from ui.members.exporting import ExportDialog

        ExportDialog(
            self.window(), self.desk, self.body_options(), self.body_id, self.on, self.toast
        ).open()


PANE = RollPage
