"""Meeting packs: choose a meeting, see its pack as it will be printed, print it, save it.

The pack is bound in the background, anew whenever something it says changed.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtWidgets import QStackedWidget, QWidget

from gwangju_desktop import clock
from gwangju_desktop.errors import Cancelled, UserError
from gwangju_desktop.members.rules import named
from ui import alerts, theme
from ui.packs.binding import Bound, Unbound, bind, choices
from ui.packs.facts import Facts
from ui.packs.outline import Outline
from ui.packs.output import Output
from ui.packs.pictures import Workshop
from ui.packs.reader import Reader
from ui.text import N_, language, say
from ui.widgets.page import Page, State, header
from ui.widgets.painted import Chip
from ui.widgets.parts import Button, Label, column, row, rule

# What a pack says comes from these tables.
TABLES = (
    "meeting",
    "agenda_item",
    "paper",
    "stored_file",
    "attendance",
    "membership",
    "person",
    "organisation",
    "body",
    "body_rule",
    "setting",
)
SETTLE_MS = 300  # several changes at once are one binding
PATIENCE_MS = 400  # a binding shorter than this says nothing of itself
WIDE = 1600  # logical width from which two pages are shown side by side


class PacksPage(Page):
    """Outline at the left, the bound pages in the middle, what to look at on the right."""

    def __init__(self, desk) -> None:
        super().__init__(desk)
        self.workshop = Workshop()
        # The page's end is the one moment that always comes: room cleared, window closed.
        self.destroyed.connect(self.workshop.close)
        self.workshop.drawn.connect(self.on_drawn)
        self.workshop.undrawn.connect(self.on_undrawn)
        self.meeting_id: int | None = None
        self.spoken = ""  # the pack's language where a person chose one
        self.bound: Bound | None = None
        self.work = None  # the binding that runs, and the file it makes
        self.making: Path | None = None
        self.stale = False
        self.pending: list = []  # what waits for the pack to be true again
        self._told_undrawn: Path | None = None
        self._build()
        self.settle = QTimer(self)
        self.settle.setSingleShot(True)
        self.settle.setInterval(SETTLE_MS)
        self.settle.timeout.connect(self.bind)
        self.patience = QTimer(self)
        self.patience.setSingleShot(True)
        self.patience.setInterval(PATIENCE_MS)
        self.patience.timeout.connect(self.on_patience)
        desk.changed.connect(self.on_changed)
        self.look()

    # --- building
    def _build(self) -> None:
        self.meta = Label("", "sec", elide=True)
        self.state = Chip()
        self.peek_button = Button(
            "", "default", "info", name=N_("Facts and findings"), slot=self.on_peek
        )
        self.print_button = Button(N_("Print…"), icon="printer", slot=self.on_print)
        self.save_button = Button(N_("Save PDF"), "primary", "file-down", slot=self.on_save)
        top = header(
            Label(N_("Meeting packs"), "title"),
            self.meta,
            self.peek_button,
            self.print_button,
            self.save_button,
            chips=(self.state,),
        )
        self.outline, self.reader, self.facts = Outline(), Reader(), Facts()
        self.view, self.output = self.reader.view, Output(self)
        self.outline.picked.connect(self.on_picked)
        self.outline.chose.connect(self.on_chose)
        self.outline.list.paged.connect(self.view.scroll)
        self.outline.list.peeked.connect(self.on_peek)
        self.facts.wanted.connect(self.on_picked)
        self.facts.spoken.connect(self.on_spoken)
        self.facts.speak(self.language())
        self.reader.turned.connect(self.outline.follow)
        self.view.wanted.connect(self.on_wanted_pages)
        self.middle = QStackedWidget()
        self.middle.addWidget(self.reader)
        self._add_states()
        self.body = row(self.outline, (self.middle, 1), self.dock(self.facts), gap=0)
        self.none = State(
            "book-open",
            N_("There is no meeting to make a pack for"),
            N_("Plan a meeting and its agenda; the pack then appears here by itself."),
            Button(N_("To the meetings"), "primary", "calendar-days", slot=self.on_meetings),
        )
        self.whole = QStackedWidget()
        self.whole.addWidget(self.body)
        self.whole.addWidget(column(self.none, None))
        column(top, rule(), (self.whole, 1), gap=0, into=self)

    def _add_states(self) -> None:
        """Add what stands in the place of pages while there are none."""
        stop = Button(N_("Make pack anew"), "primary", slot=self.on_again)
        again = Button(N_("Try again"), "primary", slot=self.on_again)
        self.busy = State(
            "clock",
            N_("The pack is being made"),
            N_("It appears here as it will be printed. Other pages can be used meanwhile."),
        )
        self.stopped = State(
            "circle-dashed",
            N_("The pack was not finished"),
            N_("It was stopped. Nothing was saved."),
            stop,
        )
        self.failed = State("circle-alert", N_("The pack could not be made"), "", again, ink="bad")
        for state in (self.busy, self.stopped, self.failed):
            self.middle.addWidget(state)

    # --- what a page says of itself
    def open(self, id: int | None = None, table: str = "") -> None:
        """Show the pack of a meeting."""
        if id is not None and table in ("", "meeting"):
            self.show_meeting(id)

    def panes(self) -> list[QWidget]:
        return [self.outline.list, self.view, self.facts.language]

    @property
    def settled(self) -> bool:
        """Say whether the pack is bound and every page in view is drawn."""
        binding = self.work is not None or self.settle.isActive()
        return not binding and not self.view.settle.isActive() and self.workshop.idle

    def language(self) -> str:
        """Return the pack's language: the one chosen, else the one spoken."""
        return self.spoken or language()

    # --- which meeting
    def look(self) -> None:
        """Ask for the meetings."""
        self.desk.read(choices, then=self.on_choices, today=clock.today())

    def on_choices(self, found) -> None:
        """Offer the meetings; show the next one unless one is shown."""
        meetings, likely = found
        ids = {meeting.id for meeting in meetings}
        chosen = self.meeting_id if self.meeting_id in ids else likely
        self.outline.show_meetings(meetings, chosen)
        self.whole.setCurrentIndex(0 if ids else 1)
        for button in (self.print_button, self.save_button):
            button.why_not("" if ids else N_("There is no meeting to make a pack for"))
        if chosen is None:
            self._let_go()
            self.meta.say("")
        elif chosen != self.meeting_id:
            self.show_meeting(chosen)
        else:
            self._say_meeting()

    def show_meeting(self, id: int) -> None:
        """Show the pack of that meeting."""
        if id == self.meeting_id and (self.bound is not None or self.work is not None):
            return
        self._let_go()
        self.meeting_id = id
        if self.outline.meetings:
            self.outline.show_meetings(self.outline.meetings[::-1], id)
        self._say_meeting()
        self.moved.emit(id, "meeting")
        self.mark_stale()

    def _let_go(self) -> None:
        """Forget the pack that is shown."""
        self._stop()
        self.settle.stop()
        self.pending.clear()
        if self.bound is not None:
            self.workshop.drop(self.bound.file)
        self.meeting_id, self.bound, self.stale = None, None, False
        self.outline.show_facts(None)
        self.facts.show_nothing()
        self.reader.show_document(0)
        self.middle.setCurrentIndex(0)
        self.state.say("")

    def _say_meeting(self) -> None:
        meeting = self.outline.meeting()
        if meeting is None:
            return
        self.meta.say(
            N_("{body} {title} · {starts:when} · {place}")
            if meeting.place
            else N_("{body} {title} · {starts:when}"),
            body=named(meeting.body_ko, meeting.body_en),
            title=meeting.title,
            starts=meeting.starts_at,
            place=meeting.place,
        )

    # --- binding
    def mark_stale(self) -> None:
        """Bind anew, soon; off screen when the page is shown again."""
        self.stale = True
        if self.isVisible():
            self.settle.start()

    def bind(self) -> None:
        """Bind the meeting's pack in the background; a binding that runs is overtaken."""
        if self.meeting_id is None:
            return
        self._stop()
        self.settle.stop()
        self.stale = False
        self.patience.start()
        self.making = self.workshop.new_file()
        self.work = self.desk.work(
            bind,
            title=N_("Making the pack"),
            then=self.on_bound,
            meeting_id=self.meeting_id,
            file=self.making,
            spoken=self.language(),
        )

    def on_patience(self) -> None:
        """Say that the pack is being made, once that takes long enough to be asked about."""
        if self.work is None:
            return
        if self.bound is None:
            self.middle.setCurrentWidget(self.busy)
        else:
            self.state.say(N_("Taking in changes"), "neu", "clock")

    def _stop(self) -> None:
        self.patience.stop()
        if self.work is not None:
            self.work.cancel()
        self.work, self.making = None, None

    def on_bound(self, bound: Bound | Unbound) -> None:
        """Show the pack, unless a newer one is being made."""
        if bound.file != self.making:
            self.workshop.drop(bound.file)
            return
        self.patience.stop()
        self.work, self.making = None, None
        self.state.say("")
        if isinstance(bound, Unbound):
            self._say_unbound(bound.error)
            return
        if self.bound is not None:
            self.workshop.drop(self.bound.file)
        self.bound = bound
        self.outline.show_facts(bound.facts)
        self.facts.show_pack(bound.facts, bound.size, bound.made, bound.checks)
        self.middle.setCurrentIndex(0)
        self.reader.show_document(bound.facts.pages)
        waiting, self.pending = self.pending, []
        for act, values in waiting:
            act(*values)

    def _say_unbound(self, error: Exception) -> None:
        """Say why there is no pack; one that was there before stays."""
        self.pending.clear()
        stopped, told = isinstance(error, Cancelled), alerts.sentence(error)
        if self.bound is not None:
            self.stale = True
            self.state.say(N_("Not up to date: F5 makes it anew"), "warn", "triangle-alert")
            if not stopped:
                alerts.tell(error)
            return
        if told is None:
            alerts.tell(error)
            told = say(N_("The program failed; the details are in the log."))
        self.failed.hint.say(told)
        self.middle.setCurrentWidget(self.stopped if stopped else self.failed)

    def when_true(self, act, *values) -> None:
        """Do `act` with the pack as the office is now: at once, or when it has been bound."""
        if self.meeting_id is None:
            return
        if self.bound is not None and self.work is None and not self.stale:
            act(*values)
            return
        self.pending.append((act, values))
        if self.work is None or self.stale:
            self.bind()

    # --- commands
    def on_save(self) -> None:
        """Ask where to save the pack."""
        meeting = self.outline.meeting()
        if meeting is not None:
            self.output.ask_where(meeting)

    def on_print(self) -> None:
        """Show the sheets, then the printer's dialog."""
        self.when_true(self.output.preview)

    def on_again(self) -> None:
        """Bind anew."""
        self.bind()

    def on_page(self) -> None:
        """Type the page to go to."""
        self.reader.ask_page()

    def on_larger(self) -> None:
        self.reader.on_larger()

    def on_smaller(self) -> None:
        self.reader.on_smaller()

    def on_fit(self) -> None:
        self.reader.on_fit()

    # --- pages
    def on_wanted_pages(self, wishes: list) -> None:
        if self.bound is not None:
            self.workshop.want(self.bound.file, wishes)

    def on_drawn(self, drawn) -> None:
        if self.bound is not None and drawn.file == self.bound.file:
            self.view.put(drawn.page, drawn.picture)

    def on_undrawn(self, undrawn) -> None:
        """Say once for each pack that a page cannot be shown; saving still works."""
        if self.bound is None or undrawn.file != self.bound.file:
            return  # of a pack that is no longer shown
        if self._told_undrawn == undrawn.file:
            return
        self._told_undrawn = undrawn.file
        alerts.tell(
            UserError(
                N_("Page {page} cannot be drawn."),
                hint=N_("Make the pack anew and try again."),
                page=undrawn.pages[0] + 1,
            )
        )

    def on_picked(self, page: int) -> None:
        self.view.go(page)

    # --- what happens
    def on_meetings(self) -> None:
        self.go("meetings")

    def on_chose(self, id) -> None:
        if id is not None:
            self.show_meeting(id)

    def on_spoken(self, spoken: str) -> None:
        """Bind in another language; from now on the pack keeps it."""
        self.spoken = spoken
        self.mark_stale()

    def on_changed(self, changes) -> None:
        if not changes.touches(*TABLES):
            return
        if changes.touches("meeting", "body"):
            self.look()
        if self.meeting_id is not None:
            self.mark_stale()

    # --- events
    def showEvent(self, event) -> None:
        super().showEvent(event)
        if self.stale:
            self.settle.start()

    def fold(self) -> None:
        super().fold()
        self.outline.fold(self.window().width())
        self.peek_button.setVisible(self.narrow)
        self.reader.widen(self.window().width() >= theme.px(WIDE))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._say_meeting()
            if not self.spoken:
                self.facts.speak(self.language())
                self.mark_stale()


PAGE = PacksPage
