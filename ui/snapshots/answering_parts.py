"""The parts of a form that is answered: a question, a remark, what the copy says, another's word."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from gwangju_desktop.commitments.words import MILESTONES, STATUSES
from gwangju_desktop.members.rules import named
from gwangju_desktop.reviews import drafts
from ui.snapshots.answering_forms import CommentDialog, FindingDialog
from ui.snapshots.facts import when
from ui.text import C_, N_, NN_, say
from ui.widgets.forms import Check, Choice, Lines
from ui.widgets.parts import Align, Button, Icon, Label, column, frame, row

CLOSED = C_("review", "Evidence that is not public, SHA-256 {hash}…")
NONE_CHOSEN = C_("review", "(no answer)")
FEW = 4  # pieces of evidence that are all shown under a question


class Question(QWidget):
    """One question: its answer, words in both languages, the evidence it rests on."""

    def __init__(self, face, question, fact, evidence, others) -> None:
        super().__init__()
        self.face, self.question, self.fact = face, question, fact
        code = fact.code if fact else ""
        given = drafts.answer_to(face.draft, question.key, code)
        label = question.text.said()
        options = [
            ("", say(NONE_CHOSEN)),
            *((one.code, one.label.said()) for one in question.answers),
        ]
        self.value = Choice(options, C_("review", "Answer"), given.value)
        self.value.setVisible(len(options) > 1)
        self.words = Lines(C_("review", "Explanation"), given.explanation, 60)
        self.words.setPlaceholderText(say(C_("review", "Explanation")))
        self.words_en = Lines(C_("review", "Explanation in English"), given.explanation_en, 60)
        self.words_en.setPlaceholderText(say(C_("review", "Explanation in English")))
        self.cited = []
        for one in evidence if question.evidence else ():
            if one.sha256:
                title = named(one.title, one.title_en) or say(CLOSED, hash=one.sha256[:12])
                words = " · ".join(filter(None, (title, one.obtained_on and when(one.obtained_on))))
                ticked = one.sha256 in given.evidence
                check = Check(C_("review", "{title}"), ticked, title=words)
                check.toggled.connect(self.on_changed)
                check.setVisible(ticked or len(evidence) <= FEW)
                self.cited.append((check, one.sha256))
        self.fold = Button("", "link", "paperclip", slot=self.on_unfold)
        self.fold.say(C_("review", "Cite evidence ({n})"), n=len(self.cited))
        self.fold.setVisible(any(check.isHidden() for check, _sha in self.cited))
        column(
            Label(label, "secb", wrap=True),
            row(self.value, None),
            row((self.words, 1), (self.words_en, 1), gap=10),
            *([Label(C_("review", "Evidence the answer rests on"), "cap")] if self.cited else ()),
            *(check for check, _sha in self.cited),
            row(self.fold, None),
            *(word_of(other, question, code) for other in others if said_to(other, question, code)),
            gap=6,
            margins=(0, 4, 0, 10),
            into=self,
        )
        self.value.currentIndexChanged.connect(self.on_changed)
        self.words.textChanged.connect(self.on_changed)
        self.words_en.textChanged.connect(self.on_changed)

    def on_unfold(self) -> None:
        """Show every piece of evidence that may be cited."""
        for check, _sha in self.cited:
            check.show()
        self.fold.hide()
        self.cited[0][0].setFocus()

    def on_changed(self, *_ignored) -> None:
        """Keep what was answered."""
        self.face.answered(
            drafts.Answer(
                self.question.key,
                value=self.value.value() or "",
                explanation=self.words.value(),
                explanation_en=self.words_en.value(),
                commitment=self.fact.code if self.fact else "",
                evidence=tuple(sha for check, sha in self.cited if check.value()),
            )
        )


class Remark(QWidget):
    """One comment or finding of the draft, with what changes it."""

    def __init__(self, face, one, kind: str) -> None:
        super().__init__()
        self.face, self.one, self.kind = face, one, kind
        icon = "lightbulb" if kind == "findings" else "message-square-text"
        under = named(getattr(one, "recommendation", ""), getattr(one, "recommendation_en", ""))
        about = one.commitment
        if getattr(one, "milestone", None) is not None:
            about += say(C_("review", " milestone {n}"), n=one.milestone)
        row(
            (Icon(icon, "text2"), Align.AlignTop),
            (
                column(
                    Label(about or say(C_("review", "The plan as a whole")), "cap"),
                    Label(named(one.text, one.text_en), "sec", wrap=True),
                    *([Label(under, "sec", "text2", wrap=True)] if under else []),
                    gap=2,
                ),
                1,
            ),
            Button("", "ghost", "pencil", name=N_("Change"), slot=self.on_edit),
            Button("", "ghost", "trash-2", name=N_("Remove"), slot=self.on_drop),
            gap=8,
            into=self,
        )

    def on_edit(self) -> None:
        """Change what was said."""
        form = FindingDialog if self.kind == "findings" else CommentDialog
        dialog = form(self.window(), self.face.facts(), self.one)
        dialog.accepted.connect(self.on_edited)
        dialog.open()

    def on_edited(self) -> None:
        self.face.put_remark(self.kind, self.one, self.sender().value)

    def on_drop(self) -> None:
        """Take it out of the draft."""
        self.face.put_remark(self.kind, self.one, None)


def facts_card(fact) -> QWidget:
    """Return what the copy says of a commitment, to be read over its questions."""
    box = frame("card")
    status = STATUSES.get(fact.own_status)
    told = [say(N_("The office’s own status: {status}"), status=status)] if status else []
    lines = []
    for step in fact.milestones:
        state = MILESTONES.get(step.state)
        words = [f"{step.number}. {named(step.title, step.title_en)}"]
        if state:
            words.append(say(state))
        on = step.completed_on or step.due_on
        words.append(when(on) if on else "")
        lines.append(" · ".join(filter(None, words)))
    public = [one for one in fact.evidence if one.title]
    files = NN_("{n} piece of evidence in the copy", "{n} pieces of evidence in the copy")
    told.append(say(files, n=len(public)))
    hidden = len(fact.evidence) - len(public)
    if hidden:
        words = NN_("{n} more is not public", "{n} more are not public")
        told.append(say(words, n=hidden))
    column(
        Label(f"{fact.code} {named(fact.title, fact.title_en)}", "h3", wrap=True),
        Label(" · ".join(told), "cap", wrap=True),
        *(Label(line, "sec", wrap=True) for line in lines),
        gap=3,
        margins=(14, 10, 14, 12),
        into=box,
    )
    return box


def said_to(other, question, code: str) -> bool:
    """Say whether another monitor's file answers a question."""
    return drafts.answer_to(other.written, question.key, code) in other.written.answers


def word_of(other, question, code: str) -> QWidget:
    """Return what another monitor answered, to be read only."""
    answer = drafts.answer_to(other.written, question.key, code)
    value = question.label(answer.value) if answer.value else say(C_("review", "In words"))
    box = frame("card")
    name = Label(f"{other.written.monitor} · {other.fingerprint[:9]}…", "cap", elide=True)
    texts = [text for text in (answer.explanation, answer.explanation_en) if text]
    column(
        row(Icon("lock", "text2"), Label(value, "secb"), (name, 1), gap=8),
        *(Label(text, "sec", wrap=True) for text in texts),
        gap=4,
        margins=(12, 8, 12, 10),
        into=box,
    )
    return box
