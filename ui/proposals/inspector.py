"""One proposal beside the list: what it says, until when, what happened, and the reply."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtWidgets import QFrame, QWidget

from db.vocab import ProposalState
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.proposals import clocks, queries, similar, steps, tabling
from gwangju_desktop.proposals.rows import SOON_DAYS
from gwangju_desktop.proposals.words import CHANNELS, CONSENTS
from gwangju_desktop.threads import lines as thread_lines
from gwangju_desktop.threads import walk
from ui import theme
from ui.history.link import HistoryButton
from ui.proposals.chips import ChipButton
from ui.proposals.deeds import Deeds
from ui.proposals.files import FilesBox
from ui.proposals.footbar import FootBar
from ui.proposals.menus import MoreMenu, TwinsMenu
from ui.proposals.reading import Reading
from ui.proposals.replybox import ReplyBox
from ui.proposals.timeline import Timeline
from ui.proposals.track import Track
from ui.proposals.waiting import Waiting
from ui.text import C_, N_, NN_, language, say, words
from ui.widgets.painted import Chip
from ui.widgets.parts import Button, Label, column, frame, row, rule, scrolled

WIDTH, WIDER, WIDE_WINDOW = 468, 608, 1600  # px
LOW, HIGH = 800, 960  # px of the window under or over which less or more of the history stands open
ALIKE_MS = 300  # look-alikes are asked for once one stays on a proposal
S = ProposalState
# Where a reply makes sense: from the review on, and as long as there is something to read.
ANSWERABLE = frozenset(
    {S.REVIEW, S.OPINION, S.TABLED, S.ADOPTED, S.PARTLY, S.NOT_ADOPTED, S.DEFERRED, S.RE_EXAM}
)
TABLED = frozenset({S.TABLED, S.DEFERRED})  # the committee may have decided on these
WATCHED = (
    "proposal",
    "proposer",
    "outside_number",
    "proposal_file",
    "proposal_step",
    "proposal_supplement",
    "proposal_opinion",
    "proposal_note",
    "proposal_board",
    "proposal_score",
    "proposal_reply",
    "proposal_notice",
    "proposal_distinct",
    "thread_link",
    "agenda_item",
    "profile_state",
    "profile_move",
    "profile_rule",
)


def look(read, *, id, today):
    """Return the proposal, its clock though it may have ended, history, steps ahead and thread."""
    whole = walk.thread(read, table="proposal", id=id, today=today)
    linked = thread_lines.said(whole.nodes, words()) if len(whole.nodes) > 1 else ""
    one = queries.detail(read, id=id)
    items = [node.id for node in whole.nodes if node.kind == "item"] if one.state in TABLED else []
    decided = (tabling.decided(read, item_id) for item_id in items)
    return (
        one,
        next((told for told in decided if told is not None), None),
        clocks.counted(read, id),
        queries.timeline(read, id=id),
        steps.ahead(read, id),
        linked,
    )


def alike(read, *, id, title, text):
    """Return the id asked about with the proposals that look like it."""
    return id, similar.similar(read, title=title, text=text, exclude=id)


class Inspector(Deeds, QFrame):
    """What is known of one proposal, and all that can be done with it."""

    arrived = Signal()

    def __init__(self, page) -> None:
        super().__init__()
        self.setObjectName("inspector")
        self.page, self.desk = page, page.desk
        self.id: int | None = None
        self.record = None
        self.clock = self.told = None
        self.ahead: list = []
        self.events: list = []
        self.all_events = False
        self.number = Label("", "cap", elide=True)
        self.up = Button(
            "", "ghost", "chevron-up", name=N_("Previous proposal"), slot=self.on_previous
        )
        self.down = Button("", "ghost", "chevron-down", name=N_("Next proposal"), slot=self.on_next)
        self.more = Button("", "ghost", "ellipsis", name=C_("proposal", "More"), slot=self.on_more)
        self.menu, self.twins_menu = MoreMenu(self), TwinsMenu(self)
        self.title = Label("", "h2", wrap=True)
        self.state, self.due, self.consent = Chip(), Chip(), Chip()
        self.alike = ChipButton("link", self.on_alike)
        self.twins: list = []
        self.reading = Reading()
        self.facts = Label("", "cap", wrap=True)
        self.clock_note = Label("", "cap", elide=True)
        self.track = Track()
        self.delay = page.writing(Button(N_("Notice of a delay"), "link", slot=self.on_delay))
        self.history_note = Label("", "cap")
        self.all = Button(N_("All {n}"), "link", slot=self.on_all, n=0)
        self.timeline = Timeline()
        self.thread = Label("", "sec", wrap=True)
        self.to_thread = Button(C_("thread", "Show"), "link", slot=self.on_thread)
        self.reply = ReplyBox(self)
        self.waiting, self.files = Waiting(self), FilesBox(self)
        self.foot = FootBar(self)
        self.wait = QTimer(self, singleShot=True, interval=ALIKE_MS)
        self.wait.timeout.connect(self.on_wait)
        self._lay_out()
        self.desk.changed.connect(self.on_changed)
        self.hide()

    def _lay_out(self) -> None:
        tools = (self.up, self.down, HistoryButton(), self.more)
        head = row(self.number, None, *tools, gap=2, margins=(20, 8, 14, 0))
        head.layout().setStretch(0, 1)
        self.clock_part = column(
            rule(),
            row(Label(N_("Time to decide"), "h3"), (self.clock_note, 1), self.delay),
            self.track,
            gap=8,
        )
        self.thread_part = column(
            rule(),
            row(Label(C_("pane", "Thread"), "h3"), None, self.to_thread),
            self.thread,
            gap=4,
        )
        self.reply_part = column(rule(), (self.reply, 1), gap=10)
        inside = frame("inset")
        column(
            self.title,
            row(self.state, self.due, self.consent, self.alike, None, gap=6),
            self.reading,
            self.facts,
            self.waiting,
            self.files,
            2,
            self.clock_part,
            2,
            rule(),
            row(Label(N_("History of handling"), "h3"), self.history_note, None, self.all),
            self.timeline,
            self.thread_part,
            (self.reply_part, 1),
            margins=(20, 6, 20, 12),
            gap=8,
            into=inside,
        )
        # Where no reply is written yet, what is above it stays at the top.
        inside.layout().addStretch(0)
        self.pane = scrolled(inside)
        self.pane.setAccessibleName(say(C_("proposal", "Proposal")))
        column(head, (self.pane, 1), rule(), self.foot, gap=0, into=self)
        self.dress()

    # --- what the page uses
    def dress(self) -> None:
        wide = self.window().width() >= theme.px(WIDE_WINDOW)
        self.setFixedWidth(theme.px(WIDER if wide else WIDTH))

    def fit(self) -> None:
        """Take the width and the lines of history the window has room for."""
        self.dress()
        self._show_history()

    @property
    def settled(self) -> bool:
        """Say whether nothing is waited for."""
        return not self.wait.isActive()

    def writing(self, *widgets: QWidget):
        """Remove what writes where the office is read-only."""
        return self.page.writing(*widgets)

    def stops(self) -> list[QWidget]:
        """Return where F6 stops: the reply, and the buttons below."""
        return [self.reply.edit.text, *self.foot.stops()]

    def enter(self) -> None:
        """Go on into the proposal: to the reply, else to the first button below."""
        if self.reply_part.isVisible():
            self.pane.ensureWidgetVisible(self.reply)
            self.reply.edit.setFocus()
        else:
            stops = [one for one in self.foot.stops() if one.isVisible()]
            (stops or [self.more])[0].setFocus()

    def open(self, id: int) -> None:
        """Show the proposal `id`."""
        if id != self.id:
            self.id, self.all_events = id, False
            self.reply.leave()
            self.alike.say("")
        self.ask()

    def clear(self) -> None:
        """Show nothing: no proposal is left."""
        self.id = self.record = None
        self.reply.leave()
        self.hide()

    def ask(self) -> None:
        """Read the proposal anew."""
        self.desk.read(
            look, then=self.on_seen, otherwise=self.on_gone, id=self.id, today=clock.today()
        )

    # --- what is shown
    def on_seen(self, seen) -> None:
        record, self.told, self.clock, events, ahead, linked = seen
        if record.id != self.id:
            return
        fresh = self.record is None or (self.record.id, self.record.title, self.record.text) != (
            record.id,
            record.title,
            record.text,
        )
        self.record, self.events, self.ahead = record, events, ahead
        self.renew(linked)
        if fresh:
            self.wait.start()
        self.arrived.emit()

    def on_gone(self, error) -> None:
        """It was taken back: show nothing of it."""
        if not isinstance(error, UserError):
            from ui import alerts

            alerts.tell(error)
        self.clear()

    def renew(self, linked: str) -> None:
        """Write what is known into the labels."""
        one, today = self.record, clock.today()
        self.number.say(one.number or C_("proposal", "Draft"))
        self.title.say(one.title)
        self.state.say(one.state_name, "acc")
        self._show_due(one, today)
        self.consent.say(CONSENTS[one.consent], "neu")
        self.reading.show_text(one.text)
        self.facts.say(self._facts(one))
        self.waiting.show_proposal(one, self.told)
        self.files.show_files(one.id, one.files)
        self.files.setVisible(bool(one.files))
        self._show_clock(one, today)
        self._show_history()
        self.thread.say(linked)
        self.thread_part.setVisible(bool(linked))
        self.to_thread.setVisible(self.has_threads)
        answerable = one.state in ANSWERABLE or one.reply is not None
        self.reply_part.setVisible(answerable)
        if answerable:
            self.reply.show_proposal(one)
        else:
            self.reply.leave()
        self.foot.show_proposal(one, self.ahead, answerable)

    def _show_due(self, one, today) -> None:
        left = one.days(today)
        if left is None:
            self.due.say("")
        elif left < 0:
            self.due.say(NN_("{n} day overdue", "{n} days overdue"), "bad", "circle-alert", n=-left)
        elif self.clock is not None and self.clock.stopped(today):
            self.due.say(N_("Clock stopped"), "neu", "clock")
        else:
            tone = "warn" if left <= SOON_DAYS else "neu"
            self.due.say(N_("Due D-{n}"), tone, "clock", n=left)

    def _facts(self, one) -> str:
        """Return in one line whence it came, from whom, its other numbers and what it is about."""
        who = ""
        if one.anonymous:
            who = say(N_("Anonymous"))
        elif one.proposers:
            first = max(one.proposers, key=lambda proposer: proposer.share)
            more = len(one.proposers) - 1
            who = first.name or say(N_("Name erased"))
            if more:
                who = say(N_("{name} and {n} more"), name=who, n=more)
        english = language() == "en"
        parts = [
            say(CHANNELS[one.channel]),
            who,
            one.department,
            (one.field_en if english else "") or one.field_ko,
            (one.district_en if english else "") or one.district_ko,
            *(f"{number.system} {number.number}" for number in one.outside),
        ]
        if one.supports:
            parts.append(say(NN_("{n:,} support", "{n:,} supports"), n=one.supports))
        if one.comments:
            parts.append(say(NN_("{n:,} comment", "{n:,} comments"), n=one.comments))
        if one.files:
            parts.append(say(NN_("{n} file", "{n} files"), n=len(one.files)))
        if one.kept.kept_until is not None:
            parts.append(say(N_("Kept until {day:full}"), day=one.kept.kept_until))
        elif one.kept.followed_until is not None:
            parts.append(say(N_("Followed until {day:full}"), day=one.kept.followed_until))
        return " · ".join(filter(None, parts))

    def _show_clock(self, one, today) -> None:
        counted = self.clock
        self.clock_part.setVisible(counted is not None)
        if counted is None:
            return
        reply = one.reply
        ended = None
        if one.due_on is None:
            ended = (reply.sent_on if reply else None) or one.decided_on or one.since_on
        self.track.show_clock(counted, today, ended)
        lost = counted.excluded_days
        message = NN_("{n} day not counted", "{n} days not counted")
        self.clock_note.say(message if lost else "", n=lost)
        self.delay.setVisible(not self.desk.read_only and one.due_on is not None)

    def _show_history(self) -> None:
        height = self.window().height()
        most = 2 if height < theme.px(LOW) else 4 if height < theme.px(HIGH) else 6
        if self.all_events or len(self.events) <= most + 1:
            most = 0
        self.timeline.show_events(self.events, most)
        folded = self.timeline.folded
        self.history_note.say(N_("latest {n}") if folded else "", n=most)
        self.all.setVisible(bool(folded) or self.all_events)
        self.all.say(
            C_("history", "Fewer") if self.all_events else N_("All {n}"), n=len(self.events)
        )

    # --- look-alikes
    def on_wait(self) -> None:
        if self.record is not None:
            self.desk.read(
                alike,
                then=self.on_found,
                id=self.record.id,
                title=self.record.title,
                text=self.record.text,
            )

    def on_found(self, found) -> None:
        id, twins = found
        if self.record is None or id != self.record.id:
            return
        self.twins = list(twins)
        self.alike.say(N_("Alike {n}") if self.twins else "", n=len(self.twins))

    def on_alike(self) -> None:
        self.twins_menu.open_below(self.alike)

    # --- slots
    def on_changed(self, changes) -> None:
        if self.id is not None and changes.touches(*WATCHED):
            self.ask()

    def on_previous(self) -> None:
        self.page.on_step(-1)

    def on_next(self) -> None:
        self.page.on_step(1)

    def on_more(self) -> None:
        if self.record is not None:
            self.menu.open_below(self.more)

    def on_all(self) -> None:
        self.all_events = not self.all_events
        self._show_history()

    def changeEvent(self, event: QEvent) -> None:
        kind = event.type()
        if kind == QEvent.Type.LanguageChange and hasattr(self, "pane"):
            self.pane.setAccessibleName(say(C_("proposal", "Proposal")))
            if self.record is not None:
                QTimer.singleShot(0, self, self.ask)
        elif kind == QEvent.Type.StyleChange and hasattr(self, "pane"):
            self.dress()
        super().changeEvent(event)
