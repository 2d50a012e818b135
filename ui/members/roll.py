"""The roll: who sits in a body on a day, and one member or the body beside it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget

from gwangju_desktop.members import bodies, filters, listing, queries
from gwangju_desktop.members.rules import named
from ui import theme
from ui.members.body_brief import BodyCard
from ui.members.cards import width
from ui.members.columns import MEMBERS
from ui.members.dialogs import AddMemberDialog
from ui.members.member_card import MemberCard
from ui.members.rolllist import RollList, RollModel
from ui.members.rolltools import RollTools
from ui.members.several import SeveralBar
from ui.members.strip import RatioStrip
from ui.members.tree import EVERYBODY, BodyTree
from ui.text import C_, N_, words
from ui.widgets.page import Hollow, Page, State, header
from ui.widgets.parts import Align, Button, Label, column, frame, row, rule

TREE = 196  # px of the tree at 100 % text size


class RollPage(Page):
    """The bodies, the roll of one of them, and the member or the body at the right."""

    room = None

    def __init__(self, desk) -> None:
        super().__init__(desk)
        self.nodes: list = []
        self.saved: list = []
        self._wanted: int | None = None
        self._settled = False
        self.model = self.table(RollModel(desk))
        self.list = RollList(self.model)
        self.tree = BodyTree()
        self.heading, self.meta = Label("", "h2"), Label("", "sec", elide=True)
        self.foot = Label("", "cap", elide=True)
        self.card, self.body_card = MemberCard(self), BodyCard(self)
        self.side = QStackedWidget()
        self.side.addWidget(self.card)
        self.side.addWidget(self.body_card)
        self.tools, self.several = RollTools(self), SeveralBar(self)
        self.ratios = RatioStrip(desk)
        self._lay_out()
        self._connect()
        desk.read(listing.span, then=self.tools.on_span)
        desk.read(filters.filters, then=self.on_filters)
        self.on_dated()

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
        self.judged = row((self.ratios, 1), margins=(28, 6, 24, 6))
        self.left_pane = frame("leftpane")
        column((self.tree, 1), margins=(8, 6, 4, 6), into=self.left_pane)
        self.hint = self.writing(Label(N_("Space previews · F2 edits the cell"), "cap"))
        self.plain_foot = row((self.foot, 1), (self.hint, Align.AlignRight), margins=(28, 6, 24, 8))
        lists = row(self.left_pane, (row(self.hollow, margins=(12, 0, 12, 0)), 1), gap=0)
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
            self.tools,
            rule(),
            self.judged,
            rule(),
            (lists, 1),
            rule(),
            self.plain_foot,
            self.several,
            gap=0,
        )
        row((left, 1), self.dock(self.side), gap=0, into=self)
        self.dress()

    def _connect(self) -> None:
        self.tree.chosen.connect(self.on_branch)
        self.tools.branched.connect(self.on_branch)
        self.tools.dated.connect(self.on_dated)
        self.tools.slid.connect(self.on_slid)
        self.tools.typed.connect(self.on_typing)
        self.tools.sifted.connect(self.ask)
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
        super().changeEvent(event)

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Fold the tree into the choice, and the slider into the field, where room is short."""
        room = self.width() - (0 if self.narrow else width())
        self.left_pane.setVisible(not self.narrow)
        self.tools.fit(room, self.narrow)

    def inspects(self) -> bool:
        return bool(self.nodes)

    def panes(self) -> list:
        return [self.list, self.side.currentWidget(), self.tree, self.tools.search]

    def open(self, id: int | None = None, table: str = "") -> None:
        """Show a person, or the roll of a body."""
        if id is None:
            return
        if table == "body":
            self.show_body(id)
            self.side.setCurrentWidget(self.body_card)
            return
        self._wanted = id
        self.tools.search.clear()
        self.side.setCurrentWidget(self.card)
        self.card.open(id)
        if self.model.place(id) >= 0:
            self.on_arrived()
        else:
            self.tools.sifting.put({})
            self.show_body(EVERYBODY)

    # --- what is shown
    @property
    def body_id(self) -> int | None:
        """Return the body in front, None for everybody."""
        return self.tools.body_id

    @property
    def on(self) -> dt.date:
        """Return the day the roll is of."""
        return self.tools.on

    def body_options(self) -> list[tuple[int, str]]:
        """Return the bodies as options of a choice."""
        return [(node.id, named(node.short_ko, node.short_en)) for node in self.nodes]

    def show_body(self, id: int) -> None:
        """Show the roll of a body; EVERYBODY is all there are."""
        was = self.body_id
        self.tools.show_body(id)
        self.tree.mark(id)
        if self.model.sort_key in ("name", "precedence") or was is None:
            self.model.sort_key = "precedence" if self.body_id else "name"
            self.model.descending = False
        self.ask()

    def ask(self) -> None:
        """Ask for the roll of the body, day and filter chosen."""
        self.model.table = replace(MEMBERS, sort="precedence" if self.body_id else "name")
        self._say_empty()
        self.model.ask(**self.tools.asked())
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
            self.meta.say(N_("Who sat on {day:full}") if self.tools.past else message, day=self.on)
            self._say_listed()

    def _say_listed(self) -> None:
        self.foot.say(N_("{n} listed"), n=len(self.model.order))

    # --- slots
    def on_filters(self, saved) -> None:
        self.saved = saved
        self.on_bodies(self.nodes)

    def on_bodies(self, nodes) -> None:
        self.nodes = nodes
        self._say_empty()
        if not self.narrow:
            self.side.setVisible(self.inspects())
        self.tree.show_nodes(nodes, self.saved, self.on)
        self.tools.offer(nodes, self.saved)
        if not self._settled and nodes:
            self._settled = True
            self.show_body(nodes[0].id if self._wanted is None else EVERYBODY)
        elif not nodes:
            self.ask()
        else:
            kept = self.tools.sifting.kept
            self.tree.mark(-kept.id if kept else self.body_id or EVERYBODY)
            self.ask()

    def _say_empty(self, typed: str = "") -> None:
        """Say why there may be nobody to show."""
        self.first_body.setVisible(not self.nodes and not self.desk.read_only)
        if self.tools.narrows(typed):
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
            self.on_dated()
            self.desk.read(listing.fields, then=self.tools.sifting.on_fields)
        if changes.touches("saved_filter"):
            self.tools.sifting.show_filter(None)
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
        ranges = self.list.selectionModel().selection()
        several = sum(found.height() for found in ranges) > 1
        rows = [row for _n, row in self.list.members()] if several else []
        self.several.show_chosen(rows)
        self.plain_foot.setVisible(len(rows) < 2)

    def on_opened(self, _id) -> None:
        self.on_edit()

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
        self.tools.put(query)
        known = {node.id for node in self.nodes}
        self.show_body(query["body_id"] if query.get("body_id") in known else EVERYBODY)
        self.tools.sifting.show_filter(kept)
        self.tree.mark(-kept.id)

    def on_sift(self) -> None:
        self.tools.on_sift()

    def on_columns(self) -> None:
        self.tools.on_columns()

    def on_find(self) -> None:
        self.tools.on_find()

    def on_dated(self) -> None:
        self.desk.read(bodies.tree, then=self.on_bodies, on=self.on)

    def on_slid(self) -> None:
        self.model.ask(**self.tools.asked())

    def on_typing(self, typed: str) -> None:
        self._say_empty(typed)
        self.model.ask(**self.tools.asked(typed))

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
        from ui.documents.dialog import DocumentsDialog

        if self.body_id:
            DocumentsDialog(self.window(), self.desk, "roster", self.body_id, on=self.on).open()

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
