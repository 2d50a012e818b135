"""The dialog that shows a document of decisions as it will be printed, saves and prints it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QStackedWidget, QWidget

from gwangju_desktop.errors import Cancelled
from gwangju_desktop.meetings.documents.making import write
from gwangju_desktop.meetings.documents.press import KINDS
from gwangju_desktop.packs.saving import file_name
from ui import alerts, theme
from ui.packs.output import Output
from ui.packs.pictures import Workshop
from ui.text import N_, language, say
from ui.widgets.forms import Choice, Dialog
from ui.widgets.page import State
from ui.widgets.pages_view import PagesView
from ui.widgets.parts import Button, Label, row

SIZE = (760, 680)
LANGUAGES = (("ko", N_("Korean")), ("en", N_("English")))


@dataclass(frozen=True, slots=True)
class Facts:
    """How long the document is."""

    pages: int


@dataclass(frozen=True, slots=True)
class Printed:
    """A made document in the workshop, or why there is none."""

    file: Path
    facts: Facts | None
    name: str = ""
    missing: tuple[str, ...] = ()
    error: Exception | None = None


def printed(work, *, file: Path, asked: dict) -> Printed:
    """Make a document into a file of the workshop; a job for `desk.work`."""
    try:
        with work.reading() as read:
            made = write(read, file, **asked)
    except Exception as error:
        return Printed(file, None, error=error)
    return Printed(file, Facts(made.document.pages), made.name, made.document.missing)


class SheetsDialog(Dialog):
    """One document in either language; `about` says of what (item_id, meeting_id, year …)."""

    def __init__(self, parent: QWidget, desk, kind: str, **about: object) -> None:
        self.desk, self.kind, self.about = desk, kind, about
        self.bound: Printed | None = None
        self.making: Path | None = None
        self.workshop = Workshop()
        self.spoken = Choice(LANGUAGES, N_("Language"), language())
        self.view = PagesView()
        self.facts = Label("", "cap", elide=True)
        self.meta = self.facts
        self.trouble = State("circle-alert", N_("The document could not be made"), "", ink="bad")
        self.stack = QStackedWidget()
        self.stack.addWidget(self.view)
        self.stack.addWidget(self.trouble)
        self.print_button = Button(N_("Print…"), icon="printer", slot=self.on_print)
        self.print_button.setAutoDefault(False)
        super().__init__(
            parent,
            KINDS[kind],
            row(Label(N_("Language"), "secb"), self.spoken, None, gap=8),
            (self.stack, 1),
            self.facts,
            button=N_("Save PDF…"),
            icon="file-down",
        )
        self.buttons.layout().insertWidget(1, self.print_button)
        self.resize(theme.px(SIZE[0]), theme.px(SIZE[1]))
        self.output = Output(self)
        self.spoken.currentIndexChanged.connect(self.look)
        self.destroyed.connect(self.workshop.close)
        self.workshop.drawn.connect(self.on_drawn)
        self.view.wanted.connect(self.on_wanted)
        self.look()

    def look(self, _n: int = 0) -> None:
        """Make the document anew and show it."""
        self.making = self.workshop.new_file()
        asked = {"kind": self.kind, "language": self.spoken.value(), **self.about}
        self.desk.work(
            printed,
            title=N_("Making the document"),
            then=self.on_made,
            file=self.making,
            asked=asked,
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
        self._enable("")

    def _say_trouble(self, error: Exception) -> None:
        """Say why there is no document; nothing can be saved then."""
        sentence = alerts.sentence(error)
        if sentence is None:
            if not isinstance(error, Cancelled):
                alerts.tell(error)
            sentence = say(N_("The program failed; the details are in the log."))
        self.trouble.hint.say(sentence)
        self.stack.setCurrentWidget(self.trouble)
        self.facts.say("")
        self._enable(sentence)

    def _enable(self, reason: str) -> None:
        self.print_button.why_not(reason)
        self.button.why_not(reason)

    # --- pages
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

    # --- out of the house
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
            self.output.ask_for(file_name(self.bound.name), N_("Save document as PDF"))

    def on_print(self) -> None:
        """Show the print preview."""
        if self.bound is not None:
            self.output.preview()
