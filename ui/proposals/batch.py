"""Replies to several proposals at once: written, sent, published; what was refused says why."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget, QWidget

from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.proposals import replies, replying, templates
from ui import theme
from ui.models.rows import Cell, Column, RowTable, Table
from ui.text import C_, N_, NN_, say
from ui.widgets.forms import Choice, DateField, Dialog, Field, Labelled, Lines, beside
from ui.widgets.lists import RowList
from ui.widgets.painted import Segment
from ui.widgets.parts import Label, column, row, scrolled

WRITE, SEND, PUBLISH = range(3)
BUTTONS = (
    NN_("Write {n} reply", "Write {n} replies"),
    NN_("Record {n} as sent", "Record {n} as sent"),
    NN_("Publish {n} reply", "Publish {n} replies"),
)
HEIGHT = 210  # px of the list and of the reasons
NO_TEMPLATE = C_("reply", "No template")

READY = Table(
    columns=(
        Column(
            "title",
            C_("reply", "Proposal"),
            cell=lambda one: Cell(one.title, one.why or one.number or "", role="secb"),
        ),
        Column(
            "why",
            C_("reply", "Ready"),
            96,
            cell=lambda one: Cell(
                chip=say(C_("reply", "Left out") if one.why else C_("reply", "Ready")),
                tone="warn" if one.why else "ok",
            ),
        ),
    )
)


class Reasons(QWidget):
    """A field for the reasons of each proposal, below one another."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[int, Field] = {}
        self.locked: list = []
        self.box = column(gap=8, into=self)

    def show_written(self, rows) -> None:
        """Make a field for each reply that is not sent."""
        for one in rows:
            if one.sent:
                continue
            words = " · ".join(filter(None, (one.number, one.title)))
            field = Field(C_("reply", "Reasons"), words)
            field.setText(one.reasons.replace("\n", " "))
            field.setCursorPosition(0)
            title = Label(words, "secb", elide=True)
            self.layout().addWidget(column(title, field, gap=3))
            self.fields[one.id] = field
        self.layout().addStretch(1)

    def put(self, text: str) -> None:
        """Put a text where nobody wrote reasons yet."""
        for field in self.fields.values():
            if not field.value():
                field.setText(text)
                field.setCursorPosition(0)

    def value(self) -> dict[int, str]:
        """Return the reasons of each."""
        return {id: field.value() for id, field in self.fields.items()}


class BatchDialog(Dialog):
    """What is done to the replies of several proposals, one thing after the other."""

    def __init__(self, view, proposals) -> None:
        self.view, self.desk = view, view.desk
        self.ids = [one.id for one in proposals]
        self.rows: list = []
        self.known: list = []
        self.deeds = Segment(
            (C_("batch", "Write"), C_("batch", "Send"), C_("batch", "Publish")),
            WRITE,
            N_("What is done"),
        )
        self.pages = QStackedWidget()
        self.pages.addWidget(self._writing())
        self.pages.addWidget(self._sending())
        self.pages.addWidget(self._publishing())
        self.outcome = Label("", "sec", "ok", wrap=True)
        self.outcome.hide()
        super().__init__(
            view.window(),
            NN_("Reply to {n} proposal", "Reply to {n} proposals"),
            row(self.deeds, None),
            self.pages,
            self.outcome,
            button=N_("Write the replies"),
            width=640,
            n=len(self.ids),
        )
        self.cancel_button.say(N_("Close"))
        self.deeds.chosen.connect(self.on_deed)
        self.template.field.currentIndexChanged.connect(self.on_template)
        self.day.field.typing.connect(self.on_day)
        self.desk.read(replying.written, then=self.on_written, ids=self.ids)
        self.desk.read(templates.templates, then=self.on_templates)
        self.on_deed(WRITE)
        self.text.field.setFocus()

    def _writing(self) -> QWidget:
        self.template = Labelled(
            C_("reply", "Template"), Choice([(None, NO_TEMPLATE)], C_("reply", "Template"))
        )
        self.text = Labelled(
            C_("reply", "Text for all"), Lines(C_("reply", "Text for all"), "", 110)
        )
        self.reasons = Reasons()
        self.pane = scrolled(self.reasons)
        self.pane.setMinimumHeight(theme.px(HEIGHT))
        return column(
            self.template,
            self.text,
            Label(N_("Reasons of each"), "secb"),
            (self.pane, 1),
            gap=8,
        )

    def _sending(self) -> QWidget:
        self.day = Labelled(N_("Sent on"), DateField(N_("Sent on"), clock.today(), 0))
        self.how = Labelled(N_("Sent by"), Field(N_("E.g. letter, e-mail, messenger.")))
        self.sending = RowTable(READY)
        self.send_list = RowList(self.sending, N_("Replies to send"), height=48)
        self.send_list.setMinimumHeight(theme.px(HEIGHT))
        return column(
            beside(self.day, self.how),
            (self.send_list, 1),
            Label(N_("This step leaves the office and is not undone."), "cap", wrap=True),
            gap=8,
        )

    def _publishing(self) -> QWidget:
        self.publishing = RowTable(READY)
        self.publish_list = RowList(self.publishing, N_("Replies to publish"), height=48)
        self.publish_list.setMinimumHeight(theme.px(HEIGHT))
        return column((self.publish_list, 1))

    # --- what is known
    def on_written(self, rows) -> None:
        self.reasons.show_written(rows)
        same = {one.text for one in rows if not one.sent}
        if len(same) == 1 and not self.text.value():
            self.text.field.setPlainText(same.pop())
        self.count()
        self.adjustSize()

    def on_templates(self, rows) -> None:
        self.known = list(rows)
        named = [(n, one.name) for n, one in enumerate(self.known)]
        self.template.field.show_options([(None, NO_TEMPLATE), *named])

    def on_ready(self, rows) -> None:
        self.rows = list(rows)
        self.sending.show(self.rows)
        self.count()

    def on_publishable(self, rows) -> None:
        self.rows = list(rows)
        self.publishing.show(self.rows)
        self.count()

    def count(self) -> None:
        """Say on the button how many it is."""
        deed = self.deeds.current()
        n = len(self.reasons.fields)
        if deed != WRITE:
            n = sum(not one.why for one in self.rows)
        self.button.say(BUTTONS[deed], n=n)
        self.button.why_not("" if n else N_("None of them is ready for this."))

    # --- what a person does
    def on_deed(self, n: int) -> None:
        self.refusal_row.hide()
        self.pages.setCurrentIndex(n)
        self.rows = []
        self.ask()
        self.count()

    def ask(self) -> None:
        """Read which are ready."""
        deed = self.deeds.current()
        if deed == SEND:
            try:
                on_day = self.day.field.value()
            except UserError:
                return
            self.desk.read(
                replies.ready,
                then=self.on_ready,
                otherwise=self.on_refused,
                ids=self.ids,
                on_day=on_day,
            )
        elif deed == PUBLISH:
            self.desk.read(replies.publishable, then=self.on_publishable, ids=self.ids)

    def on_day(self, _typed: str) -> None:
        self.ask()

    def on_template(self, _n: int) -> None:
        n = self.template.value()
        if n is not None:
            self.text.field.setPlainText(self.known[n].text)
            self.reasons.put(self.known[n].reasons)

    def confirm(self) -> None:
        deed = self.deeds.current()
        answers = {"then": self.on_done, "otherwise": self.on_refused}
        self.outcome.hide()
        if deed == WRITE:
            if not self.text.value():
                message = N_("The text is needed.")
                self.text.wrong(say(message))
                raise UserError(message)
            self.desk.do(
                replying.write_replies,
                text=self.text.value(),
                reasons=self.reasons.value(),
                **answers,
            )
        elif deed == SEND:
            self.desk.do(
                replies.send_replies,
                ids=self.ids,
                on_day=self.day.value(),
                how=self.how.value(),
                **answers,
            )
        else:
            self.desk.do(replies.publish_replies, ids=self.ids, **answers)

    def on_done(self, value) -> None:
        """Say what became of them, and look at them anew."""
        self.value = value
        if isinstance(value, dict):
            done, refused = (len(ids) for ids in value.values())
            self.outcome.say(
                N_("Done: {done}. Left out: {refused}; the list says why."),
                done=done,
                refused=refused,
            )
        else:
            self.outcome.say(
                NN_("{n} reply was written.", "{n} replies were written."), n=len(value)
            )
        self.outcome.show()
        self.ask()
        self.adjustSize()
