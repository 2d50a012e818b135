"""The minutes as they will be printed: looked at, saved as PDF, printed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QStackedWidget, QWidget

from gwangju_desktop.errors import Cancelled
from gwangju_desktop.meetings.documents.minutes import write
from gwangju_desktop.packs.saving import file_name
from ui import alerts, theme
from ui.packs.output import Output
from ui.packs.pictures import Workshop
from ui.text import N_, language, say
from ui.widgets.forms import Choice, Dialog, Labelled
from ui.widgets.page import State
from ui.widgets.pages_view import PagesView
from ui.widgets.parts import Button, Label, column, row

SIZE = (820, 660)
LANGUAGES = (("ko", N_("Korean")), ("en", N_("English")))


@dataclass(frozen=True, slots=True)
class Facts:
    """How long the document is."""

    pages: int


@dataclass(frozen=True, slots=True)
class Printed:
    """Made minutes in the workshop, or why there are none."""

    file: Path
    facts: Facts | None
    name: str = ""
    missing: tuple[str, ...] = ()
    error: Exception | None = None


def printed(work, *, file: Path, meeting_id: int, spoken: str) -> Printed:
    """Make the minutes into a file of the workshop; a job for `desk.work`."""
    try:
        with work.reading() as read:
            made = write(read, file, meeting_id=meeting_id, language=spoken)
    except Exception as error:
        return Printed(file, None, error=error)
    return Printed(file, Facts(made.document.pages), made.name, made.document.missing)


class MinutesPages(Dialog):
    """The pages of the minutes beside nothing: save or print them."""

    def __init__(self, parent: QWidget, desk, meeting_id: int) -> None:
        self.desk, self.meeting_id = desk, meeting_id
        self.bound: Printed | None = None
        self.making: Path | None = None
        self.workshop = Workshop()
        self.spoken = Labelled(
            N_("Language of the labels"),
            Choice(LANGUAGES, N_("Language of the labels"), language(), 150),
        )
        self.view, self.facts = PagesView(), Label("", "cap", elide=True)
        self.trouble = State("circle-alert", N_("The document could not be made"), "", ink="bad")
        self.stack = QStackedWidget()
        self.stack.addWidget(self.view)
        self.stack.addWidget(self.trouble)
        self.meta = self.facts
        self.print_button = Button(N_("Print…"), icon="printer", slot=self.on_print)
        self.print_button.setAutoDefault(False)
        super().__init__(
            parent,
            N_("Print the minutes"),
            row(self.spoken, None),
            (column((self.stack, 1), self.facts, gap=6), 1),
            button=N_("Save PDF…"),
            icon="file-down",
        )
        self.buttons.layout().insertWidget(1, self.print_button)
        self.resize(theme.px(SIZE[0]), theme.px(SIZE[1]))
        self.output = Output(self)
        self.destroyed.connect(self.workshop.close)
        self.workshop.drawn.connect(self.on_drawn)
        self.view.wanted.connect(self.on_wanted)
        self.spoken.field.currentIndexChanged.connect(self.look)
        self.look()

    def look(self, _n: int = 0) -> None:
        """Make the document anew and show it."""
        self.making = self.workshop.new_file()
        self.desk.work(
            printed,
            title=N_("Making the document"),
            then=self.on_made,
            file=self.making,
            meeting_id=self.meeting_id,
            spoken=self.spoken.value(),
        )

    def on_made(self, made: Printed) -> None:
        if made.file != self.making:
            self.workshop.drop(made.file)
            return
        self.making = None
        if made.error is not None:
            self._say_trouble(made.error)
            return
        if self.bound is not None:
            self.workshop.drop(self.bound.file)
        self.bound = made
        self.stack.setCurrentWidget(self.view)
        self.view.show_document(made.facts.pages)
        if made.missing:
            self.facts.say(
                N_("These characters have no shape in the typeface: {characters}"),
                characters=" ".join(made.missing),
            )
        else:
            self.facts.say(N_("{n} pages · A4"), n=made.facts.pages)

    def _say_trouble(self, error: Exception) -> None:
        sentence = alerts.sentence(error)
        if sentence is None:
            if not isinstance(error, Cancelled):
                alerts.tell(error)
            sentence = say(N_("The program failed; the details are in the log."))
        self.trouble.hint.say(sentence)
        self.stack.setCurrentWidget(self.trouble)
        self.print_button.why_not(sentence)
        self.button.why_not(sentence)

    def on_wanted(self, wishes: list) -> None:
        if self.bound is not None:
            self.workshop.want(self.bound.file, wishes)

    def on_drawn(self, drawn) -> None:
        if self.bound is not None and drawn.file == self.bound.file:
            self.view.put(drawn.page, drawn.picture)

    @property
    def settled(self) -> bool:
        """Say whether the document is made and every page in view is drawn."""
        return self.making is None and not self.view.settle.isActive() and self.workshop.idle

    def when_true(self, act, *values) -> None:
        """Do `act` with the document that is shown."""
        if self.bound is not None:
            act(*values)

    def toast(self, message, **values) -> None:
        """Say that it is done where the person looks next."""
        self.facts.say(message, **values)

    def confirm(self) -> None:
        """Ask where to save."""
        if self.bound is not None:
            title = say(N_("Minutes"))
            self.output.ask_for(file_name(f"{self.bound.name} {title}"), N_("Save minutes as PDF"))

    def on_print(self) -> None:
        if self.bound is not None:
            self.output.preview()
