"""The dialog that makes a roll's documents: what, for whom, how; the pages beside it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QStackedWidget, QWidget

from db.vocab import Access, Layout
from gwangju_desktop.errors import Cancelled, UserError
from gwangju_desktop.members.access import record_access
from gwangju_desktop.members.letters.making import OPTIONS, write
from gwangju_desktop.members.letters.press import KINDS
from gwangju_desktop.packs.saving import file_name
from ui import alerts, theme
from ui.packs.output import Output
from ui.packs.pictures import Workshop
from ui.text import C_, N_, language, say
from ui.widgets.forms import Check, Choice, DateField, Dialog, Field, Labelled, NumberField
from ui.widgets.page import State
from ui.widgets.pages_view import PagesView
from ui.widgets.parts import Button, Label, column, row, scrolled

SETTLE_MS = 250
SIZE = (1000, 660)
LEFT = 300
LANGUAGES = (("ko", N_("Korean")), ("en", N_("English")))
LAYOUTS = (
    (Layout.U_SHAPE.value, C_("layout", "U")),
    (Layout.ROWS.value, C_("layout", "Rows")),
    (Layout.OVAL.value, C_("layout", "Oval")),
)


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
    people: tuple[int, ...] = ()
    missing: tuple[str, ...] = ()
    error: Exception | None = None


def printed(work, *, file: Path, asked: dict) -> Printed:
    """Make a document into a file of the workshop; a job for `desk.work`."""
    try:
        with work.reading() as read:
            made = write(read, file, **asked)
    except Exception as error:
        return Printed(file, None, error=error)
    return Printed(file, Facts(made.document.pages), made.name, made.people, made.document.missing)


class PapersDialog(Dialog):
    """Choose a document, see it as it will be printed, save or print it."""

    def __init__(
        self,
        parent: QWidget,
        desk,
        kind: str,
        *,
        body_id: int,
        on: dt.date,
        membership_ids: list[int] | None = None,
    ) -> None:
        self.desk, self.body_id, self.membership_ids = desk, body_id, membership_ids
        self.bound: Printed | None = None
        self.making: Path | None = None
        self.workshop = Workshop()
        self.kind = Labelled(N_("Document"), Choice(KINDS.items(), N_("Document"), kind))
        whole = (("all", C_("document", "Everybody in the order of precedence")),)
        chosen = (("chosen", C_("document", "The chosen ones only")),)
        self.people = Labelled(
            N_("People"),
            Choice(
                (*chosen, *whole) if membership_ids else whole,
                N_("People"),
                "chosen" if membership_ids else "all",
            ),
        )
        self.day = Labelled(N_("On the day"), DateField(N_("On the day"), on, 0))
        self.spoken = Labelled(N_("Language"), Choice(LANGUAGES, N_("Language"), language()))
        self.signatory = Labelled(N_("Signed by"), Field(), N_("Empty: the mayor, or the office."))
        self.recipient = Labelled(C_("letter", "To"), Field())
        self.field = Labelled(N_("Field of the seat"), Field())
        self.count = Labelled(C_("request", "How many"), NumberField(N_("How many"), 1))
        self.due = Labelled(N_("Answer until"), DateField(N_("Answer until"), None, 0))
        self.shape = Labelled(N_("Layout of the room"), Choice(LAYOUTS, N_("Layout of the room")))
        self.contacts = Check(N_("With phone and e-mail"))
        self.recorded = Label(N_("This is written to the access record."), "cap", wrap=True)
        self.options = {
            "signatory": self.signatory,
            "recipient": self.recipient,
            "field": self.field,
            "people": self.count,
            "due": self.due,
            "layout": self.shape,
            "contacts": self.contacts,
        }
        self.view = PagesView()
        self.facts = Label("", "cap", elide=True)
        self.trouble = State("circle-alert", N_("The document could not be made"), "", ink="bad")
        self.stack = QStackedWidget()
        self.stack.addWidget(self.view)
        self.stack.addWidget(self.trouble)
        self.meta = self.facts
        left = scrolled(
            column(
                self.kind,
                self.people,
                self.day,
                self.spoken,
                *self.options.values(),
                self.recorded,
                None,
                gap=12,
            )
        )
        left.setFixedWidth(theme.px(LEFT))
        self.print_button = Button(N_("Print…"), icon="printer", slot=self.on_print)
        self.print_button.setAutoDefault(False)
        right = column((self.stack, 1), self.facts, gap=6)
        super().__init__(
            parent,
            N_("Documents of the roll"),
            row(left, (right, 1), gap=16),
            button=N_("Save PDF…"),
            icon="file-down",
        )
        self.buttons.layout().insertWidget(1, self.print_button)
        self.resize(theme.px(SIZE[0]), theme.px(SIZE[1]))
        self.output = Output(self)
        self.settle = QTimer(self)
        self.settle.setSingleShot(True)
        self.settle.setInterval(SETTLE_MS)
        self.settle.timeout.connect(self.look)
        self.destroyed.connect(self.workshop.close)
        self.workshop.drawn.connect(self.on_drawn)
        self.view.wanted.connect(self.on_wanted)
        self._listen()
        self.on_kind()

    def _listen(self) -> None:
        for choice in (self.kind, self.people, self.spoken, self.shape):
            choice.field.currentIndexChanged.connect(self.on_kind)
        for field in (self.signatory, self.recipient, self.field, self.count):
            field.field.textChanged.connect(self.on_changed)
        for field in (self.day, self.due):
            field.field.editingFinished.connect(self.on_changed)
        self.contacts.toggled.connect(self.on_changed)

    # --- what is asked
    def asked(self) -> dict:
        """Return what the form asks for; raises UserError where a field is wrong."""
        kind = self.kind.value()
        on = self.day.value()
        if on is None:
            raise UserError(N_("The day is needed."))
        options = {name: self.options[name].value() for name in OPTIONS[kind]}
        if kind == "request":
            options["people"] = int(options["people"] or 1)
        chosen = self.people.value() == "chosen"
        return {
            "kind": kind,
            "body_id": self.body_id,
            "on": on,
            "membership_ids": self.membership_ids if chosen else None,
            "language": self.spoken.value(),
            "options": options,
        }

    def on_kind(self, _index: int = 0) -> None:
        """Show the options of the document chosen."""
        kind = self.kind.value()
        for name, widget in self.options.items():
            widget.setVisible(name in OPTIONS[kind])
        self.recorded.setVisible("contacts" in OPTIONS[kind])
        self.on_changed()

    def on_changed(self, *_ignored) -> None:
        self.settle.start()

    def look(self) -> None:
        """Make the document anew and show it."""
        self.settle.stop()
        try:
            asked = self.asked()
        except UserError as error:
            self._say_trouble(str(error))
            return
        self.making = self.workshop.new_file()
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
            self._say_trouble(alerts.sentence(made.error), made.error)
            return
        if self.bound is not None:
            self.workshop.drop(self.bound.file)
        self.bound = made
        self.stack.setCurrentWidget(self.view)
        self.view.show_document(made.facts.pages)
        self._say_facts(made)
        self._enable("")

    def _say_facts(self, made: Printed) -> None:
        if made.missing:
            shown = " ".join(made.missing)
            self.facts.say(
                N_("These characters have no shape in the typeface: {characters}"),
                characters=shown,
            )
        else:
            self.facts.say(N_("{n} pages · A4"), n=made.facts.pages)

    def _say_trouble(self, sentence: str | None, error: Exception | None = None) -> None:
        """Say why there is no document; nothing can be saved then."""
        if sentence is None:
            if error is not None and not isinstance(error, Cancelled):
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
        waiting = self.settle.isActive() or self.view.settle.isActive()
        return self.making is None and not waiting and self.workshop.idle

    # --- out of the house
    def when_true(self, act, *values) -> None:
        """Do `act` with the document that is shown."""
        if self.bound is not None:
            self._record(Access.EXPORT)
            act(*values)

    def toast(self, message, **values) -> None:
        """Say that it is done where the person looks next."""
        self.facts.say(message, **values)

    def confirm(self) -> None:
        """Ask where to save."""
        if self.bound is not None:
            self.output.ask_for(file_name(self.bound.name), N_("Save document as PDF"))

    def on_print(self) -> None:
        if self.bound is not None:
            self._record(Access.PRINT)
            self.output.preview()

    def _record(self, action: Access) -> None:
        """Write down that contacts left the office on this document."""
        if self.bound is None or not self.bound.people:
            return
        self.desk.do(
            record_access,
            action=action.value,
            fields=["phone", "email"],
            people=list(self.bound.people),
            reason=say(KINDS["roster"]),
        )
