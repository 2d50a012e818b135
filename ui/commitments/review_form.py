"""The official form of a round: each question with what the monitors answered, read only.

The other side of it is the form in English, field by field, to be copied into the official page.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from db.vocab import AnswerOrigin
from gwangju_desktop.commitments.words import ORIGINS
from gwangju_desktop.evidence import queries as evidence
from gwangju_desktop.members.rules import named
from gwangju_desktop.reviews import answering, queries
from ui.commitments.review_comments import comment_row
from ui.commitments.review_forms import CommentDialog, PublishedDialog
from ui.text import C_, N_, NN_, day, say
from ui.widgets.forms import Choice
from ui.widgets.painted import Chip, Segment
from ui.widgets.parts import Button, Icon, Label, column, frame, row, rule, scrolled

JOINT = C_("review", "Joint answer")
NOBODY = C_("review", "Monitoring body")
SIDES = (C_("review", "Answers"), C_("review", "In English, to copy"))
ANSWERS, ENGLISH = range(2)
MANY = 6  # commitments above which the form shows one of them at a time
TONES = {AnswerOrigin.SIGNED: "ok", AnswerOrigin.PUBLISHED: "info", AnswerOrigin.SHEET: "warn"}


def whole_of(read, *, id: int):
    """Return a round whole, the best files by (question, commitment), the plan's publications."""
    whole = queries.review(read, id)
    best: dict[tuple[str, int | None], object] = {}
    for question, subject in asked(whole):
        about = subject.id if subject else None
        if question.evidence:
            best[question.key, about] = evidence.best(
                read,
                form=whole.row.kind,
                question=question.key,
                commitment_id=about,
                plan_id=whole.row.plan_id,
            )
    return whole, best, queries.publications(read, whole.row.plan_id)


def asked(whole) -> list:
    """Return each question with the commitment it is asked of, those of the plan first."""
    if whole.form is None:
        return []
    found = [(one, None) for one in whole.form.of_plan()]
    for subject in whole.subjects:
        found += [(one, subject) for one in whole.form.of_commitment()]
    return found


def who(answer) -> str:
    """Say whose answer it is."""
    if answer.joint:
        names = ", ".join(person.name for person in answer.agreed)
        return say(N_("Joint answer of {names}"), names=names)
    return answer.person.name if answer.person else say(NOBODY)


def differing(answers) -> bool:
    """Say whether monitors gave different answers and no joint one."""
    values = {answer.value for answer in answers if answer.value}
    return len(values) > 1 and not any(answer.joint for answer in answers)


def size(count: int) -> str:
    """Write a number of bytes as megabytes."""
    return say(C_("review", "{n:.1f} MB"), n=count / 1_000_000)


class Block(QWidget):
    """One question: the answers as they came, what departments say, what may be done."""

    def __init__(self, face, question, subject) -> None:
        super().__init__()
        self.face, self.question, self.subject = face, question, subject
        page, about = face.page, subject.id if subject else None
        whole = face.whole
        parts: list = [Label(question.text.said(), "secb", wrap=True)]
        if not question.read:
            parts.append(
                Label(
                    N_("Wording not read in the official form; compare it before it is sent."),
                    "cap",
                    "warn",
                    wrap=True,
                )
            )
        answers = whole.answers_to(question.key, about)
        if differing(answers):
            words = N_("The monitors differ: each answer stands, none is chosen.")
            parts.append(Label(words, "cap", "warn", wrap=True))
        for answer in answers:
            parts.append(self._answer(answer))
        if not answers:
            parts.append(Label(N_("Not answered yet."), "sec", "text2"))
        for comment in whole.comments_on(question.key, about):
            parts.append(comment_row(page, comment, self.heading))
        self.comment = Button(
            C_("review", "Add comment"), "link", "message-square-text", slot=self.on_comment
        )
        self.transcribe = Button(
            C_("review", "Transcribe a published answer"), "link", "pencil", slot=self.on_published
        )
        page.writing(self.comment, self.transcribe)
        signed = any(one.origin == AnswerOrigin.SIGNED for one in answers)
        self.transcribe.setVisible(not signed and not page.desk.read_only)
        parts.append(row(self.comment, self.transcribe, None, gap=14))
        column(*parts, gap=6, margins=(0, 4, 0, 10), into=self)

    @property
    def heading(self) -> str:
        """Return what the question is called in a form about it."""
        about = f"{self.subject.code} · " if self.subject else ""
        return about + self.question.text.said()

    def _answer(self, answer) -> QWidget:
        box = frame("card")
        value = self.question.label(answer.value) if answer.value else ""
        head = row(
            Icon("lock", "text2"),
            Label(value or say(C_("review", "In words")), "secb").shrink(),
            (Label(f"{who(answer)} · {day(answer.answered_on, 'full')}", "cap", elide=True), 1),
            Chip(ORIGINS[answer.origin], TONES.get(answer.origin, "neu")),
            gap=8,
        )
        if answer.origin == AnswerOrigin.PUBLISHED:
            drop = Button("", "ghost", "trash-2", name=N_("Take the transcribed answer back"))
            drop.clicked.connect(AnswerDeed(self, answer, drop).on_drop)
            self.face.page.writing(drop)
            head.layout().addWidget(drop)
        parts: list = [head]
        for text in (answer.explanation, answer.explanation_en):
            if text:
                parts.append(Label(text, "sec", wrap=True))
        if answer.source:
            parts.append(Label(answer.source, "cap", wrap=True))
        for one in answer.evidence:
            title = named(one.title, one.title_en)
            parts.append(Label(f"{title} · SHA-256 {one.sha256[:12]}…", "cap", wrap=True))
        column(*parts, gap=4, margins=(12, 8, 12, 10), into=box)
        return box

    def on_comment(self) -> None:
        """Say what a department holds of the question."""
        CommentDialog(
            self.window(),
            self.face.page.desk,
            self.face.whole.row.id,
            self.heading,
            question=self.question.key,
            commitment_id=self.subject.id if self.subject else None,
        ).open()

    def on_published(self) -> None:
        """Transcribe what a published report says."""
        PublishedDialog(
            self.window(),
            self.face.page.desk,
            self.face.whole,
            self.question,
            self.subject.id if self.subject else None,
        ).open()


class AnswerDeed(QObject):
    """What the button beside one transcribed answer does; it lives as long as its button."""

    def __init__(self, block: Block, answer, button: Button) -> None:
        super().__init__(button)
        self.block, self.answer = block, answer

    def on_drop(self) -> None:
        self.block.face.page.desk.do(answering.withdraw_published_answer, id=self.answer.id)


class EnglishField(QWidget):
    """One field of the official form in English, with what it takes to copy it over."""

    def __init__(self, face, question, subject, best) -> None:
        super().__init__()
        self.face, self.question, self.subject = face, question, subject
        answers = face.whole.answers_to(question.key, subject.id if subject else None)
        # A joint answer is the field; where the monitors differ none of theirs is chosen.
        shown = answers[:1] if answers and answers[0].joint else answers
        self.copies: list[tuple[Button, str]] = []
        parts: list = [Label(question.text.en, "secb", wrap=True)]
        for answer in shown:
            parts += self._answer(question, answer, several=len(shown) > 1)
        if not shown:
            copy = Button(C_("review", "Copy"), icon="copy")
            copy.setEnabled(False)
            self.copies.append((copy, ""))
            parts.append(row(Label(N_("Not answered yet."), "sec", "text2"), copy, None, gap=10))
        if best is not None:
            parts += self._files(best)
        column(*parts, gap=4, margins=(0, 4, 0, 10), into=self)

    @property
    def text(self) -> str:
        """Return the text of the field, of the first answer where there are several."""
        return self.copies[0][1]

    @property
    def copy(self) -> Button:
        """Return the button that copies the field."""
        return self.copies[0][0]

    def _answer(self, question, answer, *, several: bool) -> list:
        told = [question.label(answer.value, "en")] if answer.value else []
        told.append(answer.explanation_en)
        text = "\n".join(filter(None, told))
        copy = Button(C_("review", "Copy"), icon="copy", slot=self.on_copy)
        copy.setEnabled(bool(text))
        self.copies.append((copy, text))
        parts: list = [Label(who(answer), "cap")] if several else []
        if text:
            parts.append(Label(text, "sec", wrap=True))
        if answer.explanation and not answer.explanation_en:
            parts.append(Label(N_("The explanation has no English yet."), "cap", "warn", wrap=True))
        count = NN_("{n:,} character", "{n:,} characters")
        parts.append(row(Label(count, "cap", n=len(text)), copy, None, gap=10))
        return parts

    def _files(self, best) -> list:
        picked = [one for one in best.rows if one.picked is not None]
        if not picked:
            sentence = N_("No file is picked for this question; pick up to {n} on the shelf.")
            return [Label(sentence, "cap", wrap=True, n=best.files)]
        return [
            Label(f"{n}. {one.name} · {size(one.bytes)}", "cap", wrap=True)
            for n, one in enumerate(picked, 1)
        ]

    def on_copy(self) -> None:
        """Put the field's text on the clipboard."""
        text = next(text for button, text in self.copies if button is self.sender())
        QGuiApplication.clipboard().setText(text)
        self.face.page.toast(N_("Copied: {n:,} characters."), n=len(text))


class FormFace(QWidget):
    """The official form of the round in front."""

    def __init__(self, page) -> None:
        super().__init__()
        self.page, self.whole, self.best = page, None, {}
        self.sides = Segment(SIDES, name=C_("review", "Side of the form"))
        self.sides.chosen.connect(self.on_side)
        self.about = Choice([(None, "")], C_("review", "Commitment"), None, 240)
        self.about.activated.connect(self.on_side)
        self.about.hide()
        self.later = QTimer(self, singleShot=True, interval=0)
        self.later.timeout.connect(self.lay)
        self.hint = Label(
            N_("Only the monitors answer; departments add comments."), "cap", wrap=True
        )
        self.inside = QWidget()
        self.scroller = scrolled(self.inside)
        self.blocks: list[QWidget] = []
        column(
            row(self.sides, self.about, (self.hint, 1), margins=(20, 8, 24, 4), gap=12),
            (self.scroller, 1),
            gap=0,
            into=self,
        )
        self.setFocusProxy(self.scroller)

    def show_whole(self, whole, best) -> None:
        """Show the form of a round."""
        same = self.whole is not None and self.whole.row.id == whole.row.id
        at = self.scroller.verticalScrollBar().value() if same else 0
        self.whole, self.best = whole, best
        self.offer()
        focused = self._focused()
        self.lay()
        self._focus(focused)
        self.scroller.verticalScrollBar().setValue(at)

    def on_side(self, _n: int) -> None:
        self.lay()
        self.scroller.verticalScrollBar().setValue(0)

    def offer(self) -> None:
        """Offer the commitments of a long plan one by one."""
        form, subjects = self.whole.form, self.whole.subjects
        many = form is not None and len(subjects) > MANY
        self.about.setVisible(many)
        if not many:
            return
        options = [(one.id, f"{one.code} {named(one.title, one.title_en)}") for one in subjects]
        if form.of_plan():
            options.insert(0, (None, say(C_("review", "The plan as a whole"))))
        self.about.show_options(options, self.about.value())

    def asked(self) -> list:
        """Return the questions to be laid out, each with its commitment."""
        found = asked(self.whole)
        if len(self.whole.subjects) <= MANY:
            return found
        chosen = self.about.value()
        return [pair for pair in found if (pair[1].id if pair[1] else None) == chosen]

    def _focused(self) -> tuple | None:
        """Return the place of the button that has the focus, in words that outlive it."""
        holder = self.window().focusWidget()
        for block in self.blocks:
            if isinstance(holder, Button) and block.isAncestorOf(holder):
                about = block.subject.id if block.subject else None
                return block.question.key, about, holder.text() or holder.accessibleName()
        return None

    def _focus(self, place: tuple | None) -> None:
        """Give the focus back to the button that stands where the one before stood."""
        for block in self.blocks if place else []:
            about = block.subject.id if block.subject else None
            if (block.question.key, about) == place[:2]:
                found = block.findChildren(Button)
                same = [b for b in found if (b.text() or b.accessibleName()) == place[2]]
                (same or found or [self.scroller])[0].setFocus()

    def lay(self) -> None:
        """Lay the questions of the chosen side under each other."""
        self.blocks = []
        parts: list = []
        if self.whole is None or self.whole.form is None:
            self._put([])
            return
        english = self.sides.current() == ENGLISH
        heading = None
        for question, subject in self.asked():
            above = (subject.id if subject else None, question.section.en)
            if above != heading:
                parts += self._heading(question, subject, english, first=heading is None)
                heading = above
            if english:
                key = (question.key, subject.id if subject else None)
                block = EnglishField(self, question, subject, self.best.get(key))
            else:
                block = Block(self, question, subject)
            self.blocks.append(block)
            parts.append(block)
        self._put(parts)

    def _heading(self, question, subject, english: bool, *, first: bool) -> list:
        section = question.section.en if english else question.section.said()
        words = section
        if subject is not None:
            title = subject.title_en if english else named(subject.title, subject.title_en)
            words = f"{section} · {subject.code} {title or subject.title}"
        lead: list = [] if first else [rule(), 6]
        return [*lead, Label(words, "h3", wrap=True)]

    def _put(self, parts: list) -> None:
        inside = column(*parts, None, gap=4, margins=(20, 6, 24, 20))
        # The area deletes what it showed before.
        self.scroller.setWidget(inside)
        self.inside = inside

    def changeEvent(self, event) -> None:
        super().changeEvent(event)
        if event.type() == event.Type.LanguageChange and self.whole is not None:
            self.later.start()  # widgets may not go while they hear of the change
