"""Taking a proposal in: one line by keyboard, and all else below it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import QWidget

from db.vocab import ProposalChannel
from gwangju_desktop.errors import UserError
from gwangju_desktop.proposals import correcting, offered, queries, usecases
from gwangju_desktop.proposals.words import CHANNELS
from ui.members.pickers import Completing
from ui.proposals.entry_more import More
from ui.proposals.inputs import Picked
from ui.proposals.watching import Alike
from ui.text import C_, N_, say
from ui.widgets.forms import (
    Dialog,
    Field,
    Labelled,
    Prose,
)
from ui.widgets.parts import Button, Icon, KeyCap, Label, column, row, rule

NO_TITLE = N_("A title or a text is needed.")
WIDTH = 760


class TitleField(Field):
    """A title; a message of several lines that is pasted goes on to the text."""

    message = Signal(str, str)  # first line, all of it

    def keyPressEvent(self, event) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            pasted = QGuiApplication.clipboard().text().strip()
            first, _, rest = pasted.partition("\n")
            if rest.strip():
                self.message.emit(first.strip(), pasted)
                return
        super().keyPressEvent(event)


class DepartmentField(Completing):
    """The department in charge; Tab opens what stands below."""

    further = Signal()

    def focusNextPrevChild(self, forward: bool) -> bool:
        if forward:
            self.further.emit()
        return super().focusNextPrevChild(forward)


class EntryForm(QWidget):
    """The line (title, channel, department) and, opened by Tab, all else."""

    looked = Signal(int)  # somebody wants to see a proposal that looks alike
    opened = Signal()

    def __init__(self, desk, known=None, proposers=()) -> None:
        super().__init__()
        self.desk = desk
        self.title = Labelled(N_("Title"), TitleField())
        channel = known.channel if known else ProposalChannel.WEB.value
        self.channel = Labelled(
            N_("Channel"), Picked(CHANNELS.items(), N_("Channel"), channel, 132)
        )
        self.department = Labelled(
            N_("Department in charge"), DepartmentField("", N_("Department in charge"), width=150)
        )
        if known:
            self.title.field.setText(known.title)
            self.title.field.setCursorPosition(0)
            self.department.field.setText(known.department)
        self.who = Labelled(
            N_("Proposer"), Field(N_("Empty: anonymous"), N_("Proposer"), width=150)
        )
        self.alike = Alike(desk, known.id if known else None)
        self.alike.wanted.connect(self.looked)
        self.more = More(desk, known, proposers)
        column(
            row((self.title, 1), self.who, self.channel, self.department, gap=12),
            self.alike,
            self.more,
            gap=12,
            into=self,
        )
        if known is None:
            self.more.hide()
        else:
            self.who.hide()
        self.title.field.typing.connect(self.on_typing)
        self.title.field.message.connect(self.on_message)
        self.more.text.field.textChanged.connect(self.on_text)
        self.department.field.further.connect(self.open_more)
        desk.read(offered.offered, then=self.on_offered)

    def on_offered(self, found) -> None:
        self.department.field.show_known(list(found.departments))
        self.more.offer(found)

    def on_typing(self, title: str) -> None:
        self.title.right()
        self.alike.typed(title, self.more.text.value())

    def on_text(self) -> None:
        self.alike.typed(self.title.field.text(), self.more.text.value())

    def on_message(self, first: str, whole: str) -> None:
        """Take a message that was pasted: its first line is the title, all of it the text."""
        self.title.field.setText(first[: usecases.LONGEST_TITLE])
        self.open_more()
        self.more.text.field.setPlainText(whole)

    def open_more(self) -> None:
        """Show what stands below the line."""
        if self.more.isHidden():
            self.more.proposers.field.lines[0].name.setText(self.who.field.text())
            self.who.hide()
            self.more.show()
            self.opened.emit()

    def people(self) -> list[dict]:
        """Return who proposed."""
        if not self.more.isHidden():
            return self.more.people()
        name = self.who.value()
        return [{"name": name}] if name else []

    def values(self) -> dict:
        """Return what is entered as `register` takes it; raises UserError with the field marked."""
        title = self.title.value()
        if not title and not self.more.text.value():
            self.title.wrong(say(NO_TITLE))
            raise UserError(NO_TITLE)
        values = self.more.values()
        if self.more.isHidden():
            values["anonymous"] = not self.who.value()
        return {
            "title": title,
            "channel": self.channel.value(),
            "department": self.department.value(),
            **values,
        }

    def clear(self) -> None:
        """Begin the next one; channel and department stay."""
        self.title.field.clear()
        self.who.field.clear()
        self.more.clear()
        self.alike.typed("", "")
        self.title.field.setFocus()


class EntryDialog(Dialog):
    """Take proposals in, one after the other: Enter saves and clears, Esc ends."""

    def __init__(self, view) -> None:
        self.view, self.desk, self.sent = view, view.desk, ""
        self.form = EntryForm(self.desk)
        self.mark = Icon("circle-check", "ok", 14)
        self.last = Label("", "cap", "text2", elide=True)
        self.said = row(self.mark, (self.last, 1), gap=6)
        self.said.hide()
        self.keys = row(
            KeyCap("Enter"),
            Label(N_("saves and begins the next"), "cap"),
            8,
            KeyCap("Tab"),
            Label(N_("after the department: text, proposers, numbers"), "cap"),
            None,
            gap=6,
        )
        self.draft = Button(N_("Keep as draft"), "link", slot=self.on_draft)
        super().__init__(
            view.window(),
            N_("Register proposals"),
            self.form,
            self.keys,
            self.said,
            button=C_("button", "Register"),
            width=WIDTH,
        )
        self.buttons.layout().insertWidget(0, self.draft)
        self.draft.hide()
        self.cancel_button.say(N_("Close"))
        self.form.opened.connect(self.on_opened)
        self.form.looked.connect(self.on_look)
        self.form.title.field.setFocus()

    def on_opened(self) -> None:
        self.keys.hide()
        self.draft.show()
        self.adjustSize()

    def on_look(self, id: int) -> None:
        """Show the proposal that looks alike; what was typed waits in its form."""
        LookDialog(self, self.desk, id).open()

    def on_draft(self) -> None:
        self.refusal_row.hide()
        try:
            self.save(draft=True)
        except UserError as error:
            self.on_refused(error)

    def confirm(self) -> None:
        self.save(draft=False)

    def save(self, *, draft: bool) -> None:
        """Register what is entered."""
        values = self.form.values()
        people, outside = self.form.people(), self.form.more.outside.value()
        self.button.setEnabled(False)
        self.sent = values["title"] or values["text"].partition("\n")[0]
        self.desk.do(
            usecases.register,
            then=self.on_registered,
            otherwise=self.on_refused,
            proposers=people,
            outside=outside,
            draft=draft,
            **values,
        )

    def on_registered(self, id: int) -> None:
        """Clear for the next one, and say the number of this one."""
        self.value = id
        self.button.setEnabled(True)
        self.form.clear()
        self.last.say(N_("Registered: {title}"), title=self.sent)
        self.said.show()
        self.desk.read(queries.detail, then=self.on_detail, id=id)
        self.view.open(id, "proposal")
        self.adjustSize()

    def on_detail(self, one) -> None:
        if one.number:
            self.last.say(N_("Registered as {number}: {title}"), number=one.number, title=one.title)
        else:
            self.last.say(N_("Kept as draft: {title}"), title=one.title)


class EditDialog(Dialog):
    """Correct a proposal; its words as they came leave a line in its history."""

    edits = ("proposal", "proposal")

    def __init__(self, view, proposal, proposers) -> None:
        self.desk, self.proposal = view.desk, proposal
        self.form = EntryForm(self.desk, proposal, proposers)
        self.received = proposal.number is not None
        super().__init__(
            view.window(),
            N_("Edit proposal {number}") if self.received else N_("Edit draft"),
            self.form,
            width=WIDTH,
            number=proposal.number or "",
        )
        if self.received:
            # It has its own step, which stays in the history.
            self.form.department.field.setReadOnly(True)
            self.form.department.field.setToolTip(
                say(N_("Another department is assigned by a step of its own."))
            )
        self.form.title.field.setFocus()

    def confirm(self) -> None:
        values = self.form.values()
        if self.received:
            values.pop("department")
        self.desk.do(
            correcting.correct,
            then=self.on_accepted,
            otherwise=self.on_refused,
            id=self.proposal.id,
            values={**values, **self.form.more.counts()},
            proposers=self.form.people(),
            outside=self.form.more.outside.value(),
        )


class LookDialog(Dialog):
    """Read a proposal that looks alike without leaving the form."""

    def __init__(self, parent, desk, id: int) -> None:
        self.head = Label("", "strong", wrap=True)
        self.about = Label("", "cap", wrap=True)
        self.text = Prose(N_("Text"), read_only=True)
        self.text.setMinimumHeight(180)
        super().__init__(
            parent,
            N_("A proposal that looks alike"),
            self.head,
            self.about,
            rule(),
            self.text,
            button=N_("Close"),
            width=560,
        )
        self.cancel_button.hide()
        desk.read(queries.detail, then=self.on_detail, otherwise=self.on_refused, id=id)

    def on_detail(self, one) -> None:
        self.head.say(one.title)
        known = (one.number, one.state_name, one.department)
        self.about.say(" · ".join(filter(None, known)))
        self.text.show_text(one.text)
        self.adjustSize()


def edit(view, proposal) -> None:
    """Open the form of a proposal that is known already."""
    _Opening(view, proposal)


class _Opening(QWidget):
    """Waits for the contacts, which only the form may show, and opens it."""

    def __init__(self, view, proposal) -> None:
        super().__init__(view)
        self.view, self.proposal = view, proposal
        self.hide()
        view.desk.read(offered.entered, then=self.on_entered, id=proposal.id)

    def on_entered(self, proposers) -> None:
        EditDialog(self.view, self.proposal, proposers).open()
        self.deleteLater()
