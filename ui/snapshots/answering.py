"""A monitor answers the official forms on a review copy; the draft lies in the monitor's folder."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QStackedWidget, QWidget

from db.vocab import ReviewKind
from gwangju_desktop.commitments.words import REVIEWS
from gwangju_desktop.errors import UserError
from gwangju_desktop.members.rules import named
from gwangju_desktop.reviews import copies, drafts, forms, own_key
from ui.snapshots.answering_deeds import AnsweringDeeds
from ui.snapshots.answering_parts import Question, Remark, facts_card
from ui.text import C_, N_, say
from ui.widgets.forms import Choice
from ui.widgets.page import State
from ui.widgets.parts import Button, Label, column, row, rule, scrolled

SAVE_MS = 2000
MANY = 6  # commitments above which one of them is answered at a time


class Answering(AnsweringDeeds, QWidget):
    """The official forms of the plans in a copy, to be answered, signed and sent back."""

    def __init__(self, page) -> None:
        super().__init__()
        self.page = page
        self.copy = self.draft = None
        self.unsaved: dict[tuple, object] = {}
        self.subject: tuple[str, str, str] | None = None
        self.questions: list[Question] = []
        self.remarks: list[Remark] = []
        self.save_later = QTimer(self, singleShot=True, interval=SAVE_MS)
        self.save_later.timeout.connect(self.save)
        self.what = Choice([(None, "")], C_("review", "Form"))
        self.what.activated.connect(self.on_what)
        self.part = Choice([(None, "")], C_("review", "Commitment"), None, 300)
        self.part.activated.connect(self.on_part)
        self.part.hide()
        self.others: list = []
        self.later = QTimer(self, singleShot=True, interval=0)
        self.later.timeout.connect(self.lay)
        self.saved = Label("", "cap", elide=True)
        self.key = Label("", "cap", wrap=True)
        self.beside = Button(
            C_("review", "Lay another’s answers beside"), icon="users", slot=self.on_beside
        )
        self.older = Button("", "link", "history", slot=self.on_older)
        self.write = Button(
            C_("review", "Questions as a sheet"), icon="file-spreadsheet", slot=self.on_write
        )
        self.read = Button(C_("review", "Read a sheet"), icon="upload", slot=self.on_read)
        self.sign = Button(
            C_("review", "Sign and save"), "primary", "shield-check", slot=self.on_sign
        )
        self.scroller = scrolled(QWidget())
        tools = column(
            row((self.what, 1), self.sign, gap=8),
            row(self.beside, self.write, self.read, None, gap=8),
            row(self.part, self.older, None, gap=12),
            row(self.key, (self.saved, 1), gap=16),
            gap=6,
            margins=(8, 8, 16, 8),
        )
        there = column(tools, rule(), (self.scroller, 1), gap=0)
        self.nothing = State(
            "target",
            N_("This copy holds no action plan"),
            N_(
                "The official forms are answered on a copy that holds the plan and its commitments."
            ),
        )
        self.faces = QStackedWidget()
        self.faces.addWidget(there)
        self.faces.addWidget(self.nothing)
        column(self.faces, gap=0, into=self)
        self.setFocusProxy(self.what)

    # --- what is answered
    def show_view(self, view) -> None:
        """Begin, or go on, with the answers to a copy."""
        self.save()
        self.subject = None
        self.say_key()
        try:
            self.copy = copies.facts_of(view)
        except UserError:
            self.copy = None
        options = self._subjects()
        self.faces.setCurrentIndex(0 if options else 1)
        if not options:
            self.draft = None
            return
        begun = {(one.form, one.commitment, one.plan) for one in drafts.listed(self.copy.snapshot)}
        first = next((subject for subject, _words in options if subject in begun), options[0][0])
        self.what.show_options(options, first)
        self.show_subject(first)

    def _subjects(self) -> list:
        if self.copy is None:
            return []
        found = []
        for plan in self.copy.plans:
            words = f"{say(REVIEWS[ReviewKind.INCEPTION])} · {named(plan.title, plan.title_en)}"
            found.append(((ReviewKind.INCEPTION.value, "", plan.code), words))
            for one in plan.commitments:
                title = named(one.title, one.title_en)
                words = f"{say(REVIEWS[ReviewKind.CLOSING])} · {one.code} {title}"
                found.append(((ReviewKind.CLOSING.value, one.code, plan.code), words))
        return found

    def show_subject(self, subject) -> None:
        """Show a form with what was answered so far."""
        self.save()
        self.subject = subject
        kind, commitment, plan = subject
        kept = self.unsaved.get(subject)
        if kept is not None and kept.snapshot == self.copy.snapshot:
            self.draft = kept
        else:
            self.draft = drafts.begun(self.copy, kind, commitment, plan)
        self.others = [one for one in self.others if self._fits(one)]
        self.offer()
        self.lay()
        self.scroller.verticalScrollBar().setValue(0)
        self.say_saved()

    def offer(self) -> None:
        """Offer the commitments of a long plan one by one, and the answers to an older copy."""
        facts = self.facts()
        self.part.setVisible(len(facts) > MANY)
        if len(facts) > MANY:
            options = [(one.code, f"{one.code} {named(one.title, one.title_en)}") for one in facts]
            options.insert(0, ("", say(C_("review", "The plan as a whole"))))
            self.part.show_options(options, self.part.value())
        found = None if self.said_something() else drafts.elsewhere(self.draft)
        self.older.setVisible(found is not None)
        if found is not None:
            words = C_("review", "Take over your answers to review copy no. {n}")
            self.older.say(words, n=found.sequence)

    def said_something(self) -> bool:
        """Say whether anything was answered or remarked so far."""
        draft = self.draft
        return bool(draft.answers or draft.comments or draft.findings)

    def facts(self) -> list:
        """Return the commitments the form in front is about."""
        _kind, commitment, plan = self.subject
        found = self.copy.plan(plan)
        return [one for one in found.commitments if commitment in ("", one.code)]

    def lay(self) -> None:
        """Lay the questions, comments and findings under each other."""
        if self.draft is None:
            return
        form = forms.form(self.subject[0])
        self.questions, self.remarks = [], []
        parts: list = []
        facts = self.facts()
        alone = self.part.value() if len(facts) > MANY else None
        if form.of_plan() and not alone:
            plan = self.copy.plan(self.subject[2])
            parts.append(Label(named(plan.title, plan.title_en), "h3", wrap=True))
        for question in form.of_plan() if not alone else ():
            parts.append(self._question(question, None))
        for fact in [one for one in facts if alone in (None, one.code)]:
            parts += [rule(), facts_card(fact)] if parts else [facts_card(fact)]
            for question in form.of_commitment():
                parts.append(self._question(question, fact))
        parts += [rule(), Label(C_("review", "Comments and findings"), "h3")]
        for kind in ("comments", "findings"):
            for one in getattr(self.draft, kind):
                remark = Remark(self, one, kind)
                self.remarks.append(remark)
                parts.append(remark)
        parts.append(
            row(
                Button(
                    C_("review", "Add comment"),
                    icon="message-square-text",
                    slot=self.on_comment,
                ),
                Button(C_("review", "Add finding"), icon="lightbulb", slot=self.on_finding),
                None,
                gap=8,
            )
        )
        at = self.scroller.verticalScrollBar().value()
        self.scroller.setWidget(column(*parts, None, gap=6, margins=(8, 8, 16, 20)))
        self.scroller.verticalScrollBar().setValue(at)

    def _question(self, question, fact) -> Question:
        evidence = (fact or self.copy.plan(self.subject[2])).evidence
        made = Question(self, question, fact, evidence, self.others)
        self.questions.append(made)
        return made

    # --- the draft
    def answered(self, answer) -> None:
        """Take an answer into the draft and save it soon."""
        self.draft = drafts.with_answer(self.draft, answer)
        self.save_later.start()
        self.saved.say(C_("review", "not saved yet"))
        self.older.hide()

    def put_remark(self, kind: str, old, new) -> None:
        """Put a comment or finding in another's place, at the end, or take it away."""
        held = list(getattr(self.draft, kind))
        if old is None:
            held.append(new)
        elif new is None:
            held.remove(old)
        else:
            held[held.index(old)] = new
        self.draft = replace(self.draft, **{kind: tuple(held)})
        self.save()
        # The button that was clicked goes with the old rows: not while it is being clicked.
        self.later.start()

    def save(self) -> None:
        """Save the draft into the monitor's own folder."""
        self.save_later.stop()
        if self.draft is None:
            return
        try:
            # Also when everything was taken back: the earlier answers do not return.
            if self.said_something() or drafts.saved_at(self.draft) is not None:
                drafts.save(self.draft)
        except OSError as error:
            self.saved.ink("bad").say(N_("Not saved: {reason}"), reason=error.strerror or error)
            self.unsaved[self.subject] = self.draft  # until the folder can be written again
            return
        self.unsaved.pop(self.subject, None)
        self.saved.ink("text2")
        self.say_saved()

    def say_key(self) -> None:
        """Show the fingerprint of the monitor's own key, which the office compares by voice."""
        try:
            own = own_key.own()
        except UserError:
            own = None  # said by the form that signs
        self.key.setVisible(own is not None)
        if own is not None:
            self.key.say(N_("Fingerprint of your key: {words}"), words=own.fingerprint)

    def say_saved(self) -> None:
        """Say when the draft was saved."""
        at = drafts.saved_at(self.draft)
        if at is None:
            self.saved.say(N_("Answers are saved on this PC while you type."))
        else:
            self.saved.say(N_("Saved on this PC at {at:when}"), at=at)

    # --- slots
    def on_what(self, n: int) -> None:
        """Show the form a person chose."""
        self.show_subject(self.what.options[n][0])

    def on_part(self, _n: int) -> None:
        """Show the questions of the commitment a person chose."""
        self.lay()
        self.scroller.verticalScrollBar().setValue(0)

    def on_older(self) -> None:
        """Go on with the answers to an older copy."""
        found = drafts.elsewhere(self.draft)
        if found is not None:
            self.draft = drafts.carried(self.draft, found)
            self.save()
        self.offer()
        self.lay()

    def hideEvent(self, event) -> None:
        """Save what is not saved yet when the face is left."""
        if self.save_later.isActive():
            self.save()
        super().hideEvent(event)

    def changeEvent(self, event) -> None:
        super().changeEvent(event)
        if event.type() == event.Type.LanguageChange and self.draft is not None:
            self.what.show_options(self._subjects(), self.subject)
            self.offer()
            self.say_key()
            self.later.start()  # widgets may not go while they hear of the change
