"""Every document in one dialog: chosen, looked at, saved, printed, copied as a draft, sent out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QWidget

from db.vocab import Access
from gwangju_desktop.documents import writers
from gwangju_desktop.errors import Cancelled, UserError
from gwangju_desktop.members.access import record_access
from ui import alerts, theme
from ui.documents import kinds
from ui.documents.dispatch import Dispatch
from ui.documents.draft import DraftDialog
from ui.documents.making import Made, draft, make
from ui.documents.options import CHOSEN, EVERYBODY, Options
from ui.documents.output import Output
from ui.documents.preview import Preview
from ui.settings import kept
from ui.text import C_, N_, NN_, language, say
from ui.widgets.forms import Choice, Dialog, Labelled
from ui.widgets.parts import Button, column, row, scrolled

SETTLE_MS = 120
SIZE, LARGEST, SHARE = (1080, 720), (1480, 1000), 0.86  # px, of the window
LEFT, NARROWEST = 280, 120
FORMAT = "documents/format"
LANGUAGES = (("ko", N_("Korean")), ("en", N_("English")))


class DocumentsDialog(Dialog):
    """One of the documents that fit a record: seen as it will be printed, and on its way out.

    `id` is the record it is about; `given` are options the caller knows already (the members
    chosen, the day, what a list is narrowed to).
    """

    def __init__(
        self, parent: QWidget, desk, name: str, id: int | None = None, **given: object
    ) -> None:
        self.desk, self.about_id, self.given = desk, id, given
        self.bound: Made | None = None
        self.making: Path | None = None
        self._then: Callable[[], None] | None = None
        self.fitting = {kind.name: kind for kind in kinds.fitting(name)}
        self.kind = Labelled(N_("Document"), Choice(self._kinds(), N_("Document"), name))
        self.people = Labelled(N_("People"), Choice(self._people(), N_("People")))
        self.people.setVisible(bool(given.get("membership_ids")))
        self.options = Options(given)
        self.spoken = Labelled(N_("Language"), Choice(LANGUAGES, N_("Language"), language()))
        self.preview = Preview()
        self.workshop, self.facts = self.preview.workshop, self.preview.told
        self.format = Choice([("pdf", "PDF")], C_("document", "Format"))
        self.print_button = Button(N_("Print…"), icon="printer", slot=self.on_print)
        self.draft_button = Button(N_("Copy draft…"), icon="copy", slot=self.on_draft)
        self.dispatch = Dispatch(self)
        left = scrolled(column(self.kind, self.spoken, self.people, self.options, None, gap=12))
        left.setFixedWidth(theme.px(LEFT))
        super().__init__(
            parent,
            N_("Make a document"),
            (row(left, (self.preview, 1), gap=16), 1),
            button=N_("Save…"),
            icon="file-down",
        )
        for choice in (self.kind.field, self.people.field):
            # The longest name must not widen the column.
            choice.setMinimumWidth(theme.px(NARROWEST))
        self._lay_out_foot()
        self._take_size(parent.window())
        self.output = Output(self)
        self.settle = QTimer(self)
        self.settle.setSingleShot(True)
        self.settle.setInterval(SETTLE_MS)
        self.settle.timeout.connect(self.look)
        self._listen()
        self.on_kind()
        about = self.fitting[name].about
        if about in kinds.IN_STEPS:
            desk.read(kinds.possible, then=self.on_possible, about=about, id=id)

    def _kinds(self, names: set[str] | None = None) -> list:
        """Return the documents to choose from, of `names` where only some can be made."""
        fitting = self.fitting.values()
        return [(one.name, one.label) for one in fitting if names is None or one.name in names]

    def on_possible(self, names: set[str]) -> None:
        """Offer only what can be made now, and the one that was asked for."""
        now = self.kind.value()
        self.kind.field.show_options(self._kinds({*names, now}), now)

    def _people(self) -> list:
        everybody = (EVERYBODY, C_("document", "Everybody in the order of precedence"))
        if not self.given.get("membership_ids"):
            return [everybody]
        return [(CHOSEN, C_("document", "The chosen ones only")), everybody]

    def _take_size(self, window: QWidget) -> None:
        """Leave a large window room for large pages."""
        sides = zip(SIZE, LARGEST, (window.width(), window.height()), strict=True)
        wide, high = (
            max(theme.px(least), min(theme.px(most), round(room * SHARE)))
            for least, most, room in sides
        )
        self.resize(wide, high)

    def _lay_out_foot(self) -> None:
        self.cancel_button.say(C_("dialog", "Close"))
        foot = self.buttons.layout()
        foot.insertWidget(0, self.draft_button)
        foot.insertWidget(1, self.dispatch)
        foot.insertWidget(3, self.print_button)
        foot.insertWidget(5, self.format)
        for button in (self.draft_button, self.print_button):
            button.setAutoDefault(False)

    def _listen(self) -> None:
        for choice in (self.kind, self.people, self.spoken):
            choice.field.currentIndexChanged.connect(self.on_kind)
        self.options.changed.connect(self.on_changed)
        self.format.activated.connect(self.on_format)

    # --- what is asked
    def asked(self) -> dict:
        """Return what the form asks for; raises UserError where a field is wrong."""
        kind = self.fitting[self.kind.value()]
        options = {**self.given, **self.options.values()}
        if self.people.value() == EVERYBODY:
            options.pop("membership_ids", None)
        return {
            "name": kind.name,
            "id": self.about_id,
            "language": self.spoken.value(),
            "options": options,
        }

    def on_kind(self, _index: int = 0) -> None:
        """Show what the document chosen may be told."""
        kind = self.fitting[self.kind.value()]
        self.options.show_for(kind.options)
        self.on_changed()

    def on_changed(self) -> None:
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
            make,
            title=N_("Making the document"),
            then=self.on_made,
            file=self.making,
            asked=asked,
        )

    def on_made(self, made: Made) -> None:
        if made.file != self.making:
            self.workshop.drop(made.file)
            return
        self.making = None
        if made.error is not None:
            self._say_trouble(alerts.sentence(made.error), made.error)
            return
        self.bound = made
        self.preview.show_file(made.file, made.pages)
        self._say_facts(made)
        self._offer(made)
        self.dispatch.look(made.asked, self.fitting[made.asked.name].outgoing)
        self.draft_button.setVisible(made.composed.drawn is None)
        self._enable("")
        then, self._then = self._then, None
        if then is not None:
            then()

    def when_made(self, act: Callable[[], None]) -> None:
        """Do something with the document the form asks for, as soon as it is made."""
        if self.settle.isActive():
            self.look()
        if self.making is not None:
            self._then = act
        elif self.bound is not None:
            act()

    def _say_facts(self, made: Made) -> None:
        if made.missing:
            self.facts.say(
                N_("These characters have no shape in the typeface: {characters}"),
                characters=" ".join(made.missing),
            )
        else:
            self.facts.say(NN_("{n} page · A4", "{n} pages · A4"), n=made.pages)

    def _offer(self, made: Made) -> None:
        """Offer the formats the document has, the one chosen before first."""
        kind = self.fitting[made.asked.name]
        offered = [one for one in kind.formats if one in writers.formats(made.composed)]
        options = [(suffix, suffix.upper()) for suffix in offered]
        if options != self.format.options:
            self.format.show_options(options, kept.text(FORMAT, "pdf"))
        self.format.setVisible(len(options) > 1)

    def on_format(self, _n: int) -> None:
        """Remember the format: the next document is offered in it first."""
        kept.keep(FORMAT, self.format.value())

    def _say_trouble(self, sentence: str | None, error: Exception | None = None) -> None:
        """Say why there is no document; nothing can be saved then."""
        if sentence is None:
            if error is not None and not isinstance(error, Cancelled):
                alerts.tell(error)
            sentence = say(N_("The program failed; the details are in the log."))
        self.bound = self._then = None
        self.preview.show_trouble(sentence)
        self.dispatch.look(None, False)
        self._enable(sentence)

    def _enable(self, reason: str) -> None:
        for button in (self.print_button, self.draft_button, self.dispatch.button, self.button):
            button.why_not(reason)

    @property
    def settled(self) -> bool:
        """Say whether the document is made and every page in view is drawn."""
        return self.making is None and not self.settle.isActive() and self.preview.settled

    def keyPressEvent(self, event) -> None:
        if event.matches(QKeySequence.StandardKey.Save):
            self.button.click()
        elif event.matches(QKeySequence.StandardKey.Print):
            self.print_button.click()
        else:
            super().keyPressEvent(event)

    # --- out of the house
    def toast(self, message, **values) -> None:
        """Say that it is done where the person looks next."""
        self.facts.say(message, **values)

    def confirm(self) -> None:
        """Ask where to save."""
        self.output.open_button.hide()
        self.when_made(self._save)

    def _save(self) -> None:
        self.output.ask_for(self.bound.composed, self.format.value())

    def on_print(self) -> None:
        """Show the print preview."""
        self.when_made(self.output.preview)

    def on_draft(self) -> None:
        """Show the text of the draft and what is enclosed."""
        self.when_made(self._draft)

    def _draft(self) -> None:
        self.desk.work(
            draft,
            title=N_("Copy draft"),
            then=self.on_drafted,
            otherwise=self.on_refused,
            made=self.bound,
        )

    def on_drafted(self, drafted) -> None:
        """Show a Draft."""
        DraftDialog(self, drafted, self.format.value(), self.output).open()

    def record(self, action: Access) -> None:
        """Write down that contacts left the office on this document."""
        if self.bound is None or not self.bound.composed.people:
            return
        self.desk.do(
            record_access,
            action=action.value,
            fields=["phone", "email"],
            people=list(self.bound.composed.people),
            reason=say(self.fitting[self.kind.value()].label),
        )
