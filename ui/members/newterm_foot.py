"""The foot of a new term: the counts, what still hinders, and what follows an appointment."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from ui.documents.dialog import DocumentsDialog
from ui.members.newterm_rows import notice
from ui.text import N_
from ui.widgets.painted import Chip
from ui.widgets.parts import Button, Label, column, row


class Foot(QWidget):
    """One line of counts with a chip; over it, once everybody is appointed, the next steps."""

    def __init__(self, page) -> None:
        super().__init__()
        self.page, self.plan = page, None
        self.letters = Button(N_("Letters of appointment…"), icon="printer", slot=self.on_letters)
        self.notice = Button(N_("Copy notice text"), icon="copy", slot=self.on_notice)
        self.next = Button(N_("Open the new term"), icon="plus", slot=page.on_next)
        self.counts, self.state = Label("", "cap", elide=True), Chip()
        self.after = row(
            self.letters, self.notice, None, page.writing(self.next), margins=(28, 6, 24, 6)
        )
        self.after.hide()
        column(
            self.after,
            row((self.counts, 1), self.state, margins=(28, 6, 24, 8)),
            gap=0,
            into=self,
        )

    def show_plan(self, plan, hindrance: str) -> None:
        """Show a preparation; `hindrance` is what is in the way of appointing, "" for nothing."""
        self.plan = plan
        self.after.setVisible(plan.term.done)
        if plan.term.done:
            self.next.say(N_("Open term {n}"), n=plan.term.number + 1)
            self.state.say(N_("Appointed"), "ok", "check")
        elif hindrance:
            self.state.say(hindrance, "warn", "circle-alert")
        else:
            self.state.say(N_("Ready to appoint"), "ok", "check")
        self.counts.say(
            N_(
                "{n} appointed seats · reappointed {renewed} · chosen {chosen} · still free {free}"
                " · not decided {open}"
            ),
            n=len(plan.seats),
            renewed=len(plan.renewed),
            chosen=len(plan.chosen),
            free=max(0, plan.free),
            open=plan.open,
        )

    def on_letters(self) -> None:
        """Show the letters of those just appointed."""
        DocumentsDialog(
            self.window(),
            self.page.desk,
            "letter",
            self.page.body_id,
            on=self.plan.appointed_on,
            membership_ids=list(self.plan.appointed),
        ).open()

    def on_notice(self) -> None:
        """Copy the notice of the appointment, as it is sent by messenger."""
        QGuiApplication.clipboard().setText(notice(self.plan))
        self.page.toast(N_("The notice text was copied."))
