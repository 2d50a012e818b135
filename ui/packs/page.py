"""Meeting packs: choose a meeting, see its pack as it will be printed, print it, save it.

The pack is bound in the background, anew whenever something it says changed.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QEvent, QStandardPaths, Qt, QTimer
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget

from gwangju_desktop import clock
from gwangju_desktop.errors import Cancelled, UserError
from gwangju_desktop.meetings import queries
from gwangju_desktop.members.rules import named
from gwangju_desktop.packs.checks import Check, checks, known
from gwangju_desktop.packs.model import PackFacts
from gwangju_desktop.packs.saving import file_name, save_copy
from gwangju_desktop.packs.usecases import bind_pack
from ui import alerts, theme
from ui.packs.facts import Facts
from ui.packs.outline import Outline
from ui.packs.pictures import Workshop
from ui.packs.printing import PrintPreview, pages_done, print_out, sheets
from ui.settings import kept
from ui.text import C_, N_, language, say
from ui.widgets.forms import Field
from ui.widgets.page import Page, State, header
from ui.widgets.pages_view import PagesView
from ui.widgets.painted import Chip, Segment
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
FOLDER = "packs/folder"


@dataclass(frozen=True, slots=True)
class Bound:
    """A pack on the disk, and what to say about it."""

    file: Path
    facts: PackFacts
    size: int
    made: dt.datetime
    checks: tuple[Check, ...]


@dataclass(frozen=True, slots=True)
class Unbound:
    """Why there is no pack in that file."""

    file: Path
    error: Exception


def choices(read, *, today: dt.date) -> tuple[list, int | None]:
    """Return every meeting and the one a person most likely wants."""
    return queries.meetings(read), queries.next_meeting_id(read, today=today)


def bind(work, *, meeting_id: int, file: Path, spoken: str) -> Bound | Unbound:
    """Bind a meeting's pack; a job for `desk.work`."""

    def progress(done: int, of: int) -> None:
        work.progress(done, of, pages_done(done, of))

    try:
        facts = bind_pack(
            work.store,
            meeting_id=meeting_id,
            target=file,
            language=spoken,
            progress=progress,
            cancelled=work.cancelled,
        )
        with work.reading() as read:
            told = known(read, meeting_id=meeting_id)
        size = file.stat().st_size
    except Exception as error:
        return Unbound(file, error)
    return Bound(file, facts, size, dt.datetime.now(clock.KST), checks(facts, told))


def save(work, *, workshop: Workshop, file: Path, target: Path) -> Path:
    """Save a lent pack; a job for `desk.work`."""
    with workshop.lent(file):
        return save_copy(file, target)


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
        self._chose_view = False
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
        self.outline, self.facts, self.view = Outline(), Facts(), PagesView()
        self.outline.picked.connect(self.on_picked)
        self.outline.chose.connect(self.on_chose)
        self.outline.list.paged.connect(self.view.scroll)
        self.outline.list.peeked.connect(self.on_peek)
        self.facts.wanted.connect(self.on_picked)
        self.facts.spoken.connect(self.on_spoken)
        self.facts.speak(self.language())
        self.view.turned.connect(self.on_turned)
        self.view.wanted.connect(self.on_wanted_pages)
        self.middle = QStackedWidget()
        shown = column(self._tools(), (self.view, 1), gap=0)
        self.middle.addWidget(shown)
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

    def _tools(self) -> QWidget:
        """Return the row over the pages."""
        self.back_button = Button(
            "", "ghost", "chevron-left", name=N_("Previous page"), slot=self.on_back
        )
        self.next_button = Button(
            "", "ghost", "chevron-right", name=N_("Next page"), slot=self.on_next
        )
        self.page = Field("", N_("Go to page"), role="secb", width=52)
        self.page.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.page.returnPressed.connect(self.on_typed)
        self.page.editingFinished.connect(self.on_left)
        self.of = Label("", "sec")
        self.two = Segment(
            (C_("pages", "Single"), C_("pages", "Double")), 0, N_("Pages side by side")
        )
        self.two.chosen.connect(self.on_two)
        self.smaller = Button("", "ghost", "zoom-out", name=N_("Zoom out"), slot=self.on_smaller)
        self.larger = Button("", "ghost", "zoom-in", name=N_("Zoom in"), slot=self.on_larger)
        self.fit_button = Button(N_("Fit page"), "ghost", slot=self.on_fit)
        return row(
            self.back_button,
            self.page,
            self.of,
            self.next_button,
            None,
            self.two,
            4,
            self.smaller,
            self.fit_button,
            self.larger,
            margins=(12, 7, 12, 7),
            gap=4,
        )

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
        if id == self.meeting_id and self.bound is not None:
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
        self.pending.clear()
        if self.bound is not None:
            self.workshop.drop(self.bound.file)
        self.meeting_id, self.bound, self.stale = None, None, False
        self.outline.show_facts(None)
        self.facts.show_nothing()
        self.view.front = 1
        self.view.show_document(0)
        self.page.clear()
        self.of.say("")
        self.back_button.setEnabled(False)
        self.next_button.setEnabled(False)
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
        self.view.show_document(bound.facts.pages)
        self.on_turned(self.view.front)
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

    # --- saving
    def on_save(self) -> None:
        """Ask where to save the pack."""
        meeting = self.outline.meeting()
        if meeting is None:
            return
        name = file_name(
            f"{meeting.starts_at:%Y-%m-%d}",
            named(meeting.body_ko, meeting.body_en),
            meeting.title,
            say(C_("pack", "Meeting pack")),
        )
        documents = QStandardPaths.StandardLocation.DocumentsLocation
        folder = kept.text(FOLDER, QStandardPaths.writableLocation(documents))
        dialog = QFileDialog(self.window(), say(N_("Save pack as PDF")), folder)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(say(N_("PDF documents ({pattern})"), pattern="*.pdf"))
        dialog.setDefaultSuffix("pdf")
        dialog.selectFile(name)
        dialog.fileSelected.connect(self.on_save_to)
        dialog.open()

    def on_save_to(self, name: str) -> None:
        kept.keep(FOLDER, str(Path(name).parent))
        self.when_true(self.save_to, Path(name))

    def save_to(self, target: Path) -> None:
        """Save the bound pack."""
        self.desk.work(
            save,
            title=N_("Saving the PDF"),
            then=self.on_saved,
            workshop=self.workshop,
            file=self.workshop.lend(self.bound.file),
            target=target,
        )

    def on_saved(self, target: Path) -> None:
        self.toast(C_("pack", "Saved: {name}"), name=target.name)

    # --- printing
    def on_print(self) -> None:
        """Show the sheets, then the printer's dialog."""
        self.when_true(self.preview_print)

    def preview_print(self) -> None:
        """Draw the pages for the print preview."""
        self.desk.work(
            sheets,
            title=N_("Preparing the print preview"),
            then=self.on_sheets,
            workshop=self.workshop,
            file=self.workshop.lend(self.bound.file),
            count=self.bound.facts.pages,
        )

    def on_sheets(self, pictures: list) -> None:
        if self.bound is None or not self.isVisible():
            return
        dialog = PrintPreview(self.window(), self.meta.text(), pictures)
        dialog.ordered.connect(self.on_ordered)
        dialog.open()

    def on_ordered(self, printer, order) -> None:
        """Print what the dialog ordered."""
        if self.bound is None:
            return
        self.desk.work(
            print_out,
            title=N_("Printing the pack"),
            then=self.on_printed,
            otherwise=self.on_unprinted,
            workshop=self.workshop,
            file=self.workshop.lend(self.bound.file),
            printer=printer,
            order=order,
        )

    def on_printed(self, target: Path | None) -> None:
        if target is None:
            self.toast(N_("The pack was sent to the printer."))
        else:
            self.toast(C_("pack", "Saved: {name}"), name=target.name)

    def on_unprinted(self, error: Exception) -> None:
        if isinstance(error, Cancelled):
            self.toast(N_("Printing was stopped."))
        else:
            alerts.tell(error)

    # --- pages
    def on_wanted_pages(self, wishes: list) -> None:
        if self.bound is not None:
            self.workshop.want(self.bound.file, wishes)

    def on_drawn(self, drawn) -> None:
        if self.bound is not None and drawn.file == self.bound.file:
            self.view.put(drawn.page, drawn.picture)

    def on_undrawn(self, undrawn) -> None:
        """Say once for each pack that a page cannot be shown; saving still works."""
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

    def on_turned(self, page: int) -> None:
        count = self.view.count
        if not self.page.hasFocus() or not self.page.isModified():
            self.page.setText(str(page))
        self.of.say(N_("/ {count} pages"), count=count)
        self.back_button.setEnabled(page > 1)
        self.next_button.setEnabled(page < count)
        self.outline.follow(page)

    def on_back(self) -> None:
        self.view.step(-1)

    def on_next(self) -> None:
        self.view.step(1)

    def on_page(self) -> None:
        """Type the page to go to."""
        self.page.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.page.selectAll()

    def on_typed(self) -> None:
        typed = self.page.value()
        if typed.isdecimal() and 1 <= int(typed) <= self.view.count:
            self.view.go(int(typed))
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)
        self.on_left()

    def on_left(self) -> None:
        """A number that is no page gives way to the page in front."""
        self.page.setText(str(self.view.front))

    def on_larger(self) -> None:
        self.view.zoom_by(1)

    def on_smaller(self) -> None:
        self.view.zoom_by(-1)

    def on_fit(self) -> None:
        self.view.fit()

    def on_two(self, n: int) -> None:
        self._chose_view = True
        self.view.set_double(n == 1)

    # --- what happens
    def on_again(self) -> None:
        """Bind anew."""
        self.bind()

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
        wide = self.window().width() >= theme.px(WIDE)
        if not self._chose_view and wide != self.view.double:
            self.two.choose(1 if wide else 0)
            self.view.set_double(wide)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._say_meeting()
            if not self.spoken:
                self.facts.speak(self.language())
                self.mark_stale()


PAGE = PacksPage
