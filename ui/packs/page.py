"""Meeting packs: put one together, see it as it will be printed, send it out, print it, save it.

The pack is bound in the background, anew whenever something it says changed (making), its parts are
put together at the left (putting), it goes out from the right (sending, output).
"""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from db.vocab import Edition
from gwangju_desktop import clock
from gwangju_desktop.errors import Cancelled
from gwangju_desktop.members.rules import named
from ui import alerts, theme
from ui.packs.binding import Asked, Bound, choices
from ui.packs.dropping import DropHint, dropped
from ui.packs.facts import Facts
from ui.packs.history import issue_title
from ui.packs.leafing import Leafing
from ui.packs.making import Maker
from ui.packs.middle import Middle
from ui.packs.offer import Offer
from ui.packs.outline import Outline
from ui.packs.output import Output
from ui.packs.pictures import Workshop
from ui.packs.putting import Putting
from ui.packs.reader import Reader
from ui.packs.sending import TABLES as SENT
from ui.packs.sending import Sending
from ui.text import N_, language
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
    "pack_plan",
    "pack_part",
    "awaited_paper",
    "item_opinion",
    "action",
    "minutes",
)
WIDE = 1600  # logical width from which two pages are shown side by side


class PacksPage(Page):
    """Outline at the left, the bound pages in the middle, what to look at on the right."""

    def __init__(self, desk) -> None:
        super().__init__(desk)
        self.workshop = Workshop()
        # The page's end is the one moment that always comes: room cleared, window closed.
        self.destroyed.connect(self.workshop.close)
        self.meeting_id: int | None = None
        self.spoken = ""  # the pack's language where a person chose one
        self.maker = Maker(desk, self.workshop, self)
        self.maker.made.connect(self.on_made)
        self.maker.unmade.connect(self.on_unmade)
        self.maker.slow.connect(self.on_slow)
        self._build()
        self._connect()
        desk.changed.connect(self.on_changed)
        self.look()

    # --- building
    def _build(self) -> None:
        self.meta = Label("", "sec", elide=True)
        self.state = Chip()
        self.peek_button = Button(
            "", "default", "info", name=N_("Facts and findings"), slot=self.on_peek
        )
        self.save_button = Button(N_("Save PDF"), icon="file-down", slot=self.on_save)
        self.print_button = Button(N_("Print…"), icon="printer", slot=self.on_print)
        self.issue_button = Button(N_("Issue the pack…"), "primary", slot=self.on_next)
        self.writing(self.issue_button)
        top = header(
            Label(N_("Meeting packs"), "title"),
            self.meta,
            self.peek_button,
            self.save_button,
            self.print_button,
            self.issue_button,
            chips=(self.state,),
        )
        self.outline, self.reader, self.facts = Outline(), Reader(), Facts()
        self.view, self.output = self.reader.view, Output(self)
        self.offer = Offer()
        self.putting, self.leafing, self.sending = Putting(self), Leafing(self), Sending(self)
        self.offer.taken.connect(self.sending.on_distribute)
        self.offer.shown.connect(self.output.on_open_folder)
        self.middle = Middle(self.reader)
        self.middle.again.connect(self.on_again)
        self.body = row(self.outline, (self.middle, 1), self.dock(self.facts), gap=0)
        self.none = State(
            "book-open",
            N_("There is no meeting to make a pack for"),
            N_("Plan a meeting and its agenda; the pack then appears here by itself."),
            Button(N_("To the meetings"), "primary", "calendar-days", slot=self.on_meetings),
        )
        self.hint = DropHint(self.outline)
        self.setAcceptDrops(True)
        self.whole = QStackedWidget()
        self.whole.addWidget(self.body)
        self.whole.addWidget(column(self.none, None))
        column(top, rule(), self.offer, (self.whole, 1), gap=0, into=self)

    def _connect(self) -> None:
        self.outline.chose.connect(self.on_chose)
        self.facts.mended.connect(self.on_mend)
        self.facts.spoken.connect(self.on_spoken)
        self.facts.chosen.connect(self.on_edition)
        self.facts.speak(self.language())

    # --- what a page says of itself
    def open(self, id: int | None = None, table: str = "") -> None:
        """Show the pack of a meeting."""
        if id is not None and table in ("", "meeting", "pack"):
            self.show_meeting(id)

    def panes(self) -> list[QWidget]:
        return [self.outline.list, self.view, self.facts.edition]

    @property
    def bound(self) -> Bound | None:
        """Return the pack that is shown."""
        return self.maker.bound

    @property
    def settled(self) -> bool:
        """Say whether the pack is bound and every page in view is drawn."""
        return not self.maker.busy and not self.view.settle.isActive() and self.workshop.idle

    def language(self) -> str:
        """Return the pack's language: the one chosen, else the one spoken."""
        return self.spoken or language()

    def when_true(self, act, *values) -> None:
        """Do `act` with the pack as the office is now: at once, or when it has been bound."""
        self.maker.when_true(act, *values)

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
        if id == self.meeting_id and (self.bound is not None or self.maker.work is not None):
            return
        self._let_go()
        self.meeting_id = id
        if self.outline.meetings:
            self.outline.show_meetings(self.outline.meetings[::-1], id)
        self._say_meeting()
        self.moved.emit(id, "meeting")
        self.putting.read()
        self.sending.read()
        self.ask()

    def _let_go(self) -> None:
        """Forget the pack that is shown."""
        self.maker.forget()
        self.meeting_id = None
        self.putting.forget()
        self.sending.forget()
        self.offer.hide()
        self.facts.choose(Edition.MEMBERS)
        self.facts.show_nothing()
        self.reader.show_document(())
        self.middle.show_pages()
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

    # --- the pack
    def ask(self) -> None:
        """Bind what the right pane says of the meeting in front."""
        if self.meeting_id is not None:
            edition, issue = self.facts.edition.value(), self.sending.shown
            self.maker.ask(Asked(self.meeting_id, self.language(), edition, issue))

    def on_slow(self) -> None:
        """Say that the pack is being made, once that takes long enough to be asked about."""
        if self.bound is None:
            self.middle.show_busy()
        else:
            self.state.say(N_("Taking in changes"), "neu", "clock")

    def on_made(self, bound: Bound) -> None:
        """Show the pack."""
        facts = bound.facts
        self._say_shown()
        self.outline.show_total(facts.frozen.total or facts.pages)
        # Nobody mends the pack of a meeting that is over.
        checks = () if self.putting.sealed else bound.checks
        self.facts.show_pack(facts, bound.size, bound.made, checks)
        self.middle.show_pages()
        self.reader.show_document(bound.labels, facts.frozen.total)
        self.view.ask()  # at once: nobody scrolls a pack that came just now
        self.putting.renew()
        self.sending.compare()

    def on_unmade(self, error: Exception) -> None:
        """Say why there is no pack; one that was there before stays."""
        if self.bound is None:
            self.state.say("")
            self.middle.show_error(error)
            return
        self._say_shown()
        if self.maker.stale:
            self.state.say(N_("Not up to date: F5 makes it anew"), "warn", "triangle-alert")
        if not isinstance(error, Cancelled):
            alerts.tell(error)

    def _say_shown(self) -> None:
        """Let all choices say what is really in front."""
        bound = self.bound
        self.facts.choose(bound.asked.edition)
        self.facts.speak(bound.asked.language)
        self.sending.mark(bound.asked.issue_id)
        if bound.issue is None:
            self.state.say(N_("Draft"), "neu")
        else:
            self.state.say(issue_title(bound.issue), "ok", "check")

    # --- commands
    def on_save(self) -> None:
        """Ask where to save the pack."""
        self.when_true(self.output.ask_where)

    def on_print(self) -> None:
        """Show the sheets, then the printer's dialog."""
        self.when_true(self.output.preview)

    def on_next(self) -> None:
        """Send out what is to go out next: the pack, a supplement, a revision."""
        self.sending.on_next()

    def on_issue(self) -> None:
        """Issue the pack as it is now."""
        self.sending.on_issue()

    def on_supplement(self) -> None:
        """Send out what came after the pack."""
        self.sending.on_supplement()

    def on_revise(self) -> None:
        """Send out what changed after the pack."""
        self.sending.on_revise()

    def on_add_figure(self) -> None:
        """Add a figure to the pack."""
        self.putting.on_add("figure")

    def on_add_appendix(self) -> None:
        """Add an appendix to the pack."""
        self.putting.on_add("appendix")

    def on_next_part(self) -> None:
        """Go to the next part."""
        self.outline.step(1)

    def on_previous_part(self) -> None:
        """Go to the part before."""
        self.outline.step(-1)

    def on_again(self) -> None:
        """Bind anew."""
        self.maker.bind()

    def on_page(self) -> None:
        """Type the page to go to."""
        self.reader.ask_page()

    def on_larger(self) -> None:
        self.reader.on_larger()

    def on_smaller(self) -> None:
        self.reader.on_smaller()

    def on_fit(self) -> None:
        self.reader.on_fit()

    # --- what happens
    def on_meetings(self) -> None:
        self.go("meetings")

    def on_mend(self, id: int, table: str) -> None:
        """Go to the record a finding is about."""
        self.putting.mend(id, table)

    def on_chose(self, id) -> None:
        if id is not None:
            self.show_meeting(id)

    def on_spoken(self, spoken: str) -> None:
        """Bind in another language; from now on the pack keeps it."""
        self.spoken = spoken
        self.ask()

    def on_edition(self, _edition) -> None:
        self.ask()

    def on_changed(self, changes) -> None:
        if changes.touches(*SENT, "meeting"):
            self.sending.read()
        if not changes.touches(*TABLES):
            return
        if changes.touches("meeting", "body"):
            self.look()
        if self.meeting_id is not None:
            self.putting.read()
            self.maker.mark_stale()

    # --- events
    def dragEnterEvent(self, event) -> None:
        if self.putting.changeable and dropped(event.mimeData()):
            event.acceptProposedAction()
            self.hint.show()

    def dragLeaveEvent(self, _event) -> None:
        self.hint.hide()

    def dropEvent(self, event) -> None:
        self.hint.hide()
        event.acceptProposedAction()
        self.putting.take(dropped(event.mimeData()))

    def showEvent(self, event) -> None:
        super().showEvent(event)
        self.maker.show(True)

    def hideEvent(self, event) -> None:
        super().hideEvent(event)
        self.maker.show(False)

    def fold(self) -> None:
        super().fold()
        self.outline.fold(self.window().width())
        self.peek_button.setVisible(self.narrow)
        self.reader.widen(self.window().width() >= theme.px(WIDE))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._say_meeting()
            self.putting.renew()
            self.sending.renew()
            if not self.spoken:
                self.facts.speak(self.language())
                self.ask()


PAGE = PacksPage
