"""One meeting: its state, its tabs, and beside the agenda what belongs to the item in front.

A tab is a module with `TAB`, a widget made with `(view)`; a block of the side a module with
`BLOCK`. Both are shown as soon as their module is there. A tab has `show_meeting(meeting)` and
`panes()`, a block `show_item(item, meeting)`; either may have `refresh(changes)`.
"""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from db.vocab import Adjournment, MeetingKind, MeetingState
from gwangju_desktop import clock
from gwangju_desktop.meetings import agenda, queries, series
from gwangju_desktop.meetings.words import ADJOURNMENTS, STATES
from gwangju_desktop.members.rules import named
from ui import theme
from ui.history.link import HistoryButton
from ui.meetings.dialogs import MeetingDialog
from ui.meetings.item_dialog import ItemDialog
from ui.meetings.running import SittingChip
from ui.meetings.side import Side
from ui.meetings.steps import StepsBar
from ui.meetings.strip import QuorumStrip
from ui.text import C_, N_, Msg, say
from ui.widgets.forms import Choice
from ui.widgets.page import header
from ui.widgets.painted import Chip, Tabs
from ui.widgets.parts import Button, Label, column, row, rule

STATE_TONES = {
    MeetingState.PLANNED: "acc",
    MeetingState.NOTICED: "acc",
    MeetingState.DISTRIBUTED: "acc",
    MeetingState.OPENED: "ok",
    MeetingState.CLOSED: "warn",
    MeetingState.DRAFTED: "warn",
    MeetingState.CONFIRMED: "neu",
    MeetingState.PUBLISHED: "neu",
    MeetingState.NO_QUORUM: "bad",
    MeetingState.POSTPONED: "neu",
    MeetingState.CANCELLED: "neu",
}
PATH_FROM = 960  # px of the page from which the steps stand beside the title
WATCHED = (
    *("meeting", "agenda_item", "attendance", "membership", "paper", "body", "body_rule"),
    *("stored_file", "awaited_paper", "item_opinion"),
    *("sitting_break", "movement", "guest", "meeting_step", "recusal", "amendment", "vote"),
    *("ballot", "nominee", "note", "minutes", "minutes_answer", "action", "action_evidence"),
    *("outgoing", "thread_link", "proposal"),
)


class Part(NamedTuple):
    """One tab; `only` is the kind of meeting it is for, `not_for` one that has no such thing."""

    key: str
    title: Msg
    module: str
    only: str = ""
    not_for: str = ""


TABS = (
    Part("agenda", C_("tab", "Proceedings"), "ui.meetings.agenda"),
    Part("replies", C_("tab", "Replies"), "ui.meetings.replies", not_for=MeetingKind.WRITTEN),
    Part("attendance", C_("tab", "Attendance"), "ui.meetings.attendance", "", MeetingKind.WRITTEN),
    Part("written", C_("tab", "Written resolution"), "ui.meetings.written", MeetingKind.WRITTEN),
    Part("minutes", C_("tab", "Minutes"), "ui.meetings.minutes"),
    Part("actions", C_("tab", "Actions"), "ui.meetings.tasks"),
    Part("payments", C_("tab", "Allowances"), "ui.meetings.payments", "", MeetingKind.WRITTEN),
    Part("documents", C_("tab", "Documents"), "ui.meetings.documents"),
    Part("history", C_("tab", "History"), "ui.meetings.history"),
)


class MeetingView(QWidget):
    """A meeting in front of its list; `item_chosen(id)` when another item comes in front."""

    item_chosen = Signal(object)

    def __init__(self, page) -> None:
        super().__init__()
        self.page, self.desk = page, page.desk
        self.meeting = None
        self.meeting_id: int | None = None
        self.item_id: int | None = None
        self._wanted_item: int | None = None
        self.parts = [part for part in TABS if find_spec(part.module) is not None]
        self.built: dict[str, QWidget] = {}
        self._head()
        self.stack = QStackedWidget()
        self.side = Side(self)
        self.strip = QuorumStrip(self)
        self.agenda = self.tab("agenda")
        top = header(
            self.title,
            self.meta,
            HistoryButton(),
            self.copy,
            self.edit,
            self.report,
            self.pack,
            self.bar.more,
            self.bar.next,
            chips=(self.state, self.bar.path),
            margins=(0, 18, 24, 12),
        )
        column(
            row(self.back, (top, 1), gap=0),
            row((self.tabs, 1), self.short, self.notice, self.left, margins=(28, 0, 24, 0), gap=8),
            rule(),
            self.strip,
            (row((self.stack, 1), page.dock(self.side), gap=0), 1),
            gap=0,
            into=self,
        )
        agenda = self.agenda
        agenda.list.previewed.connect(self.on_item_chosen)
        agenda.list.opened.connect(self.on_edit_item)
        agenda.list.peeked.connect(page.on_peek)
        agenda.model.arrived.connect(self.on_arrived)

    def _head(self) -> None:
        self.title, self.meta = Label("", "title"), Label("", "sec", elide=True)
        self.state, self.left, self.notice = SittingChip(), Chip(), Chip()
        self.back = Button(
            "", "ghost", "chevron-left", name=N_("List of meetings"), slot=self.page.on_list
        )
        self.back.setFixedWidth(28)  # the title stands on the page's margin
        self.edit = Button(N_("Edit meeting"), slot=self.on_edit)
        self.pack = Button(N_("Show the pack"), icon="book-open", slot=self.on_pack)
        self.report = Button(C_("step", "Report"), icon="file-text", slot=self.on_report)
        self.copy = Button(
            "",
            "ghost",
            "message-square-text",
            name=N_("Copy the notice"),
            slot=self.page.on_copy_notice,
        )
        self.bar = StepsBar(self)
        self.writing(self.edit)
        self.tabs = Tabs([part.title for part in self.parts])
        self.short = Choice(enumerate(part.title for part in self.parts), N_("Part of the meeting"))
        self.tabs.chosen.connect(self.on_tab)
        self.short.activated.connect(self.on_tab)

    # --- what tabs and blocks use
    def table(self, model):
        """Keep a model awake only while the page is on screen; return it."""
        return self.page.table(model)

    def writing(self, *widgets: QWidget):
        """Remove what writes where the office is read-only; return the one or all of them."""
        return self.page.writing(*widgets)

    def tab(self, key: str) -> QWidget:
        """Return a tab, importing and building it the first time."""
        if key not in self.built:
            module = next(part.module for part in self.parts if part.key == key)
            tab = import_module(module).TAB(self)
            self.built[key] = tab
            self.stack.addWidget(tab)
            if self.meeting is not None:
                tab.show_meeting(self.meeting)
        return self.built[key]

    @property
    def front(self) -> QWidget:
        """Return the tab that is shown."""
        return self.stack.currentWidget()

    def shown(self) -> list[str]:
        """Return the keys of the tabs this meeting has."""
        tabs = zip(self.parts, self.tabs.parts, strict=True)
        return [part.key for part, tab in tabs if not tab.isHidden()]

    def show_tab(self, key: str) -> QWidget:
        """Show a tab and return it."""
        tab = self.tab(key)
        self.stack.setCurrentWidget(tab)
        n = [part.key for part in self.parts].index(key)
        self.tabs.choose(n)
        self.short.setCurrentIndex(n)
        self.bar.fit()
        return tab

    def deed(self, name: str):
        """Return what a command does: here, in the tab in front, in a block, in another tab."""

        def run() -> None:
            for owner in (self, self.front, *self.side.blocks, *self.built.values()):
                if name in dir(type(owner)):
                    if owner in self.built.values():
                        self.show_tab(next(key for key, tab in self.built.items() if tab is owner))
                    getattr(owner, name)()
                    return
            for part in self.parts:
                if part.key not in self.built and name in dir(import_module(part.module).TAB):
                    getattr(self.show_tab(part.key), name)()
                    return

        return run

    def panes(self) -> list:
        """Return the stops of F6."""
        tabs = self.tabs if self.tabs.isVisible() else self.short
        return [*self.front.panes(), self.side, tabs]

    def want_item(self, id: int) -> None:
        """Choose an item as soon as its meeting's agenda is there."""
        self._wanted_item = id

    # --- what is shown
    def concerned(self, changes) -> bool:
        """Take note of changes; say whether the meeting has to be read anew."""
        if not changes.touches(*WATCHED):
            return False
        if self.item_id is not None:
            self.side.open(self.item_id)
        for part in (*self.built.values(), *self.side.blocks):
            if hasattr(part, "refresh"):
                part.refresh(changes)
        return True

    def open(self, id: int) -> None:
        """Put a meeting in front."""
        if id != self.meeting_id:
            self.meeting_id, self.item_id, self.meeting = id, None, None
            self.agenda.list.clearSelection()
            self.side.clear()
            self.agenda.model.ask(meeting_id=id)
            self.agenda.papers.model().show(())
        elif self._wanted_item is not None:
            self.on_arrived()
        self.look()

    def look(self) -> None:
        """Read the meeting anew."""
        if self.meeting_id is not None:
            self.desk.read(
                self._whole, then=self.on_meeting, otherwise=self.on_gone, id=self.meeting_id
            )

    @staticmethod
    def _whole(read, *, id: int):
        return queries.meeting(read, id=id), queries.agenda(read, meeting_id=id)

    def on_meeting(self, whole) -> None:
        """Show a MeetingDetail and its agenda."""
        meeting, steps = whole
        if meeting.id != self.meeting_id:
            return
        self.meeting = meeting
        self.title.say(meeting.title)
        # Written replies come together in no place and at no hour.
        written = meeting.kind == MeetingKind.WRITTEN
        self.meta.say(
            N_("{body} · {starts:long}")
            if written
            else N_("{body} · {starts:when}–{ends:time} · {place}"),
            body=named(meeting.body_ko, meeting.body_en),
            starts=meeting.starts_at,
            ends=meeting.ends_at,
            place=meeting.place or say(N_("place not set")),
        )
        state = MeetingState(meeting.state)
        adjourned = state == MeetingState.CLOSED and meeting.adjournment == Adjournment.ADJOURNED
        words = ADJOURNMENTS[Adjournment.ADJOURNED] if adjourned else STATES[state]
        self.state.show_state(meeting, words, STATE_TONES[state])
        self._show_deadlines(meeting)
        self._show_parts(meeting)
        writing = not self.desk.read_only
        self.edit.setVisible(writing and (state.ahead or state == MeetingState.OPENED))
        self.copy.setVisible(state.ahead)
        # On the day itself, before the minutes: one page of what was decided.
        self.report.setVisible(state == MeetingState.CLOSED)
        self.bar.show_meeting(meeting)
        self.agenda.show_agenda(meeting, steps)
        for tab in self.built.values():
            tab.show_meeting(meeting)
        self.side.show_meeting(meeting)
        self.strip.show_meeting(meeting)

    def _show_parts(self, meeting) -> None:
        for n, part in enumerate(self.parts):
            fits = part.only in ("", meeting.kind) and part.not_for != meeting.kind
            self.tabs.parts[n].setVisible(fits)
            self.short.view().setRowHidden(n, not fits)
            if not fits and self.built.get(part.key) is self.front:
                self.show_tab("agenda")
        self.fit()

    def _show_deadlines(self, meeting) -> None:
        left = (meeting.starts_at.date() - clock.today()).days
        ahead = MeetingState(meeting.state).ahead
        message = N_("D-{n}") if left else C_("meeting", "Today")
        self.left.say(message if ahead and left >= 0 else "", "acc", n=left)
        if not ahead or meeting.kind == MeetingKind.WRITTEN:
            self.notice.say("")
            return
        if meeting.state == MeetingState.PLANNED:
            message, due = N_("Notice due {day:short}"), meeting.notice_due
        elif meeting.state == MeetingState.NOTICED:
            message, due = N_("Papers due {day:short}"), meeting.materials_due
        else:
            message = N_("Papers sent {day:short}")
            self.notice.say(message, "ok", "check", day=meeting.distributed_on)
            return
        tone = "bad" if due < clock.today() else "warn"
        self.notice.say(message, tone, "clock", day=due)

    def on_gone(self, _error) -> None:
        """The meeting in front was deleted or taken back."""
        self.meeting = self.meeting_id = None
        self.page.on_list()

    def on_item(self, item) -> None:
        """An ItemDetail has come: show its papers."""
        if item.id == self.item_id:
            self.agenda.show_item(item)

    def on_arrived(self) -> None:
        listed = self.agenda.list
        if self._wanted_item is not None and self.agenda.model.place(self._wanted_item) >= 0:
            listed.choose(self._wanted_item)
            self._wanted_item = None
        elif self._wanted_item is None:
            listed.choose_first()

    # --- what a person does
    def on_tab(self, n: int) -> None:
        self.show_tab(self.parts[n].key)

    def on_attendance(self) -> None:
        tab = self.show_tab("attendance")
        tab.panes()[0].setFocus()

    def on_item_chosen(self, id) -> None:
        self.item_id = id
        self.side.open(id)
        self.item_chosen.emit(id)

    def on_edit(self) -> None:
        if self.meeting:
            options = [(self.meeting.body_id, named(self.meeting.body_ko, self.meeting.body_en))]
            MeetingDialog(self.window(), self.desk, options, self.meeting).open()

    def on_step(self) -> None:
        """Open the form of the next step."""
        self.bar.on_next()

    def on_steps(self) -> None:
        """Show every step that may follow."""
        self.bar.on_more()

    def on_end_series(self) -> None:
        """Delete what is still in preparation of the meeting's series, from this one on."""
        if self.meeting is not None and not self.desk.read_only:
            self.desk.do(series.end_series, meeting_id=self.meeting.id)

    def on_report(self) -> None:
        """Show the report of the meeting that has just closed."""
        if self.meeting is not None:
            self.tab("documents").on_report()

    def on_documents(self) -> None:
        """Show the documents of the meeting."""
        self.show_tab("documents").panes()[0].setFocus()

    def on_pack(self) -> None:
        if self.meeting_id is not None:
            self.page.go("packs", self.meeting_id, "meeting")

    def on_add_item(self) -> None:
        if self.meeting is None or self.desk.read_only:
            return
        dialog = ItemDialog(self.window(), self.desk, self.meeting)
        dialog.accepted.connect(self.on_item_made)
        dialog.open()

    def on_item_made(self) -> None:
        self._wanted_item = self.sender().value
        self.on_arrived()

    def on_edit_item(self, _id=None) -> None:
        item = self.side.item
        if item and self.meeting and not self.desk.read_only:
            ItemDialog(self.window(), self.desk, self.meeting, item).open()

    def on_delete(self) -> None:
        """Delete the paper, the item or what else of the tab in front the cursor stands on."""
        if self.agenda.papers.hasFocus() and self.agenda.papers.current() is not None:
            self.agenda.box.on_delete()
        elif self.agenda.list.hasFocus() and self.agenda.list.current() is not None:
            self.desk.do(agenda.delete_item, id=self.agenda.list.current())
        elif hasattr(self.front, "on_delete"):
            self.front.on_delete()

    def on_attach(self) -> None:
        self.agenda.box.on_attach()

    def take(self, paths: list[Path]) -> None:
        """Attach files to the current item."""
        self.agenda.box.take(paths)

    def on_next(self) -> None:
        self._step(1)

    def on_previous(self) -> None:
        self._step(-1)

    def _step(self, by: int) -> None:
        n = self.agenda.list.currentIndex().row() + by
        if 0 <= n < self.agenda.model.rowCount():
            self.agenda.list.choose(self.agenda.model.order[n])

    # --- room for the tabs
    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Turn the tabs into a choice where there is no room for them."""
        chips = [chip for chip in (self.notice, self.left) if not chip.isHidden()]
        taken = sum(chip.minimumWidth() + theme.px(8) for chip in chips)
        room = self.width() - theme.px(60) - taken
        shown = [part for part in self.tabs.parts if not part.isHidden()]
        wanted = sum(part.sizeHint().width() + theme.px(20) for part in shown)
        self.short.setVisible(wanted > room)
        self.tabs.setVisible(wanted <= room)
        # Tabs stand on the rule below them, a choice does not touch it.
        line = self.short.parentWidget().layout()
        line.setContentsMargins(28, 0, 24, 6 if wanted > room else 0)
        # The name of the meeting comes before the dots of its steps.
        self.bar.path.setVisible(self.width() >= theme.px(PATH_FROM))
