"""The reply and its reasons: written beside the history, kept while typed, sent and published apart."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from db.vocab import ProposalState
from gwangju_desktop.proposals import replies, reply_drafts
from ui import alerts, theme
from ui.meetings.writing import Offer, Verbs, Writing
from ui.proposals.days import near
from ui.proposals.watching import Flagged
from ui.text import C_, N_, say
from ui.widgets.painted import Chip
from ui.widgets.parts import Button, Label, column, row

TEXT, REASONS = 84, 48  # px at 100 % text size
VERBS = Verbs(reply_drafts.keep, reply_drafts.record, reply_drafts.forget, reply_drafts.written)


class PlainText(QPlainTextEdit):
    """Plain paragraphs; `typed` tells what a person changed, not what was shown."""

    typed = Signal()

    def __init__(self, name: str, hint: str, height: int) -> None:
        super().__init__()
        self._name, self._hint, self._height = name, hint, height
        self.setTabChangesFocus(True)
        self.dress()
        self.speak()
        self.textChanged.connect(self.on_changed)

    def dress(self) -> None:
        self.setFont(theme.font("sec"))
        self.setMinimumHeight(theme.px(self._height))

    def speak(self) -> None:
        self.setAccessibleName(say(self._name))
        self.setPlaceholderText(say(self._hint))

    def sizeHint(self) -> QSize:
        """Ask for no more than the least: the room that is left is shared out."""
        return QSize(super().sizeHint().width(), self.minimumHeight())

    def show_text(self, text: str) -> None:
        """Show another text; its own undo begins anew."""
        if text != self.toPlainText():
            self.setPlainText(text)
        self.document().setModified(False)

    def on_changed(self) -> None:
        if self.document().isModified():
            self.typed.emit()

    def changeEvent(self, event) -> None:
        if event.type() == QEvent.Type.StyleChange:
            self.dress()
        elif event.type() == QEvent.Type.LanguageChange:
            self.speak()
        super().changeEvent(event)


class ReplyText(QWidget):
    """Text over reasons, kept as one."""

    typed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.text = PlainText(C_("proposal", "Reply"), N_("What is answered to the proposer"), TEXT)
        self.reasons = PlainText(
            C_("reply", "Reasons"),
            N_("Why it was decided so; a reply without reasons is not sent"),
            REASONS,
        )
        self.reasons.setMaximumHeight(theme.px(REASONS * 2))
        self.heading = Label(C_("reply", "Reasons"), "capb")
        column((self.text, 2), self.heading, (self.reasons, 1), gap=6, into=self)
        self.text.typed.connect(self.typed)
        self.reasons.typed.connect(self.typed)

    def toPlainText(self) -> str:
        """Return text and reasons as one."""
        return reply_drafts.joined(self.text.toPlainText(), self.reasons.toPlainText())

    def show_text(self, whole: str) -> None:
        """Show text and reasons of one text."""
        text, reasons = reply_drafts.parted(whole)
        self.text.show_text(text)
        self.reasons.show_text(reasons)

    def setReadOnly(self, locked: bool) -> None:
        self.text.setReadOnly(locked)
        self.reasons.setReadOnly(locked)

    def setFocus(self, reason=Qt.FocusReason.OtherFocusReason) -> None:
        self.text.setFocus(reason)

    def put(self, text: str, reasons: str) -> None:
        """Put what a template holds in the place of what is written; Ctrl+Z takes it back."""
        for edit, words in ((self.text, text), (self.reasons, reasons)):
            if not words:
                continue
            edit.selectAll()
            edit.insertPlainText(words)
        self.text.setFocus()


class ReplyBox(QWidget):
    """Reply and reasons of the proposal in front."""

    def __init__(self, view) -> None:
        super().__init__()
        self.view, self.desk = view, view.desk
        self.proposal = None
        self.shown: int | None = None
        self.locked = False
        self.edit = ReplyText()
        self.writing = Writing(self, self.desk, self.edit, VERBS)
        self.flagged = [Flagged(self.desk, edit) for edit in (self.edit.text, self.edit.reasons)]
        self.templates = view.writing(
            Button(C_("reply", "Templates"), "link", "file-text", slot=self.on_templates)
        )
        self.heading = Label(N_("Write the reply"), "h3")
        self.sent, self.published = Chip(), Chip()
        self.send = view.writing(Button(C_("reply", "Send…"), "link", slot=self.on_send))
        self.publish = view.writing(Button(C_("reply", "Publish"), "link", slot=self.on_publish))
        self.doubt = Offer(self.on_mask, self.on_confirm)
        self.out = row(self.sent, self.published, None, self.send, self.publish, gap=6)
        column(
            row(self.heading, (self.writing.saved, 1), self.templates, gap=8),
            self.writing.offer,
            (self.edit, 1),
            *self.flagged,
            self.writing.wrong,
            self.doubt,
            self.out,
            gap=8,
            into=self,
        )
        self._then = None
        self.writing.safe.connect(self.on_safe)

    # --- what is shown
    def show_proposal(self, proposal) -> None:
        """Show the reply of a ProposalDetail."""
        if self.shown is not None and self.shown != proposal.id:
            self.writing.leave()
            self.shown = self._then = None
            self.doubt.hide()
            self.edit.setReadOnly(True)
        self.proposal = proposal
        self._say_out()
        self.desk.read(reply_drafts.written, then=self.on_written, id=proposal.id)

    def on_written(self, found) -> None:
        if self.proposal is None or found.proposal_id != self.proposal.id:
            return
        fresh = self.shown != found.proposal_id or self.locked != found.locked
        if fresh or self.writing.may_follow(found.version):
            self.shown, self.locked = found.proposal_id, found.locked
            writes = not self.desk.read_only and not found.locked
            self.writing.show(found, {"id": found.proposal_id}, writes)
            self.templates.setVisible(writes)

    def leave(self) -> None:
        """Record what was typed and show nothing."""
        self.writing.leave()
        self.doubt.hide()
        self.shown = self.proposal = self._then = None

    def _say_out(self) -> None:
        """Say what of the reply is out, and offer the next step of it."""
        reply, writes = self.proposal.reply, not self.desk.read_only
        sent = reply is not None and reply.sent_on is not None
        published = reply is not None and reply.published_on is not None
        self.heading.say(C_("proposal", "Reply") if sent else N_("Write the reply"))
        self.sent.say(
            C_("reply", "Sent {day}") if sent else "",
            "ok",
            "check",
            day=near(reply.sent_on) if sent else "",
        )
        self.published.say(
            C_("reply", "Published {day}") if published else "",
            "ok",
            "eye",
            day=near(reply.published_on) if published else "",
        )
        ready = any(one.to_state == ProposalState.REPLIED for one in self.view.ahead)
        self.send.setVisible(writes and not sent and ready)
        self.publish.setVisible(writes and sent)
        self.publish.say(C_("reply", "Unpublish") if published else C_("reply", "Publish"))
        self.out.setVisible(sent or (writes and ready))

    def hideEvent(self, event) -> None:
        super().hideEvent(event)
        self.writing.record()

    # --- what a person does
    def on_templates(self) -> None:
        """Offer templates under the button."""
        from ui.proposals.templates import TemplatePopup

        self.popup = TemplatePopup(self, self.proposal)
        self.popup.chosen.connect(self.on_template)
        self.popup.open()

    def on_template(self, text: str, reasons: str) -> None:
        self.edit.put(text, reasons)

    def when_safe(self, act) -> None:
        """Do something once what is typed is recorded."""
        if self.writing.unsaved:
            self._then = act
            self.writing.record()
        else:
            act()

    def on_safe(self) -> None:
        then, self._then = self._then, None
        if then is not None:
            then()

    def on_send(self) -> None:
        """Record what is written, then ask how it is sent."""
        self.when_safe(self._send)

    def _send(self) -> None:
        self.view.step(ProposalState.REPLIED)

    def on_publish(self) -> None:
        """Publish the reply that was sent, or take it back from the public."""
        if self.proposal.reply.published_on is not None:
            self.desk.do(replies.unpublish, id=self.proposal.id)
        else:
            self._publish()

    def _publish(self, **more: bool) -> None:
        self.doubt.hide()
        self.desk.do(replies.publish_reply, otherwise=self.on_doubt, id=self.proposal.id, **more)

    def on_doubt(self, error: Exception) -> None:
        """Ask about personal numbers where there are any; else say why it is not published."""
        self.refused = error
        self.desk.read(replies.flagged, then=self.on_numbers, id=self.proposal.id)

    def on_numbers(self, found) -> None:
        sentence = alerts.sentence(self.refused)
        if found and sentence is not None:
            self.doubt.ask(sentence, N_("Mask and publish"), N_("Publish as it is"))
            QTimer.singleShot(0, self, self.on_asked)
        else:
            alerts.tell(self.refused)

    def on_asked(self) -> None:
        """Bring the question into view, once it is laid out."""
        self.view.pane.ensureWidgetVisible(self.doubt)

    def on_mask(self) -> None:
        self._publish(mask=True)

    def on_confirm(self) -> None:
        self._publish(confirmed=True)
