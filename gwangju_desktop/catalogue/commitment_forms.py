"""The official forms filled in: the inception report of a plan, the end report of a commitment.

Question, answers to tick, explanation and the files picked for the upload, as the monitors gave
them; what nobody answered stays a blank to fill by hand.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from sqlalchemy.orm import Session

from db.schema.commitments import Commitment
from db.vocab import ReviewKind, ReviewState
from gwangju_desktop.catalogue import commitment_facts as told
from gwangju_desktop.catalogue import frame
from gwangju_desktop.catalogue.commitment_facts import PlanFacts
from gwangju_desktop.catalogue.commitment_language import named
from gwangju_desktop.catalogue.commitment_report import THEME
from gwangju_desktop.catalogue.heading import city
from gwangju_desktop.commitments import listing
from gwangju_desktop.commitments.rows import CommitmentWhole
from gwangju_desktop.commitments.words import ORIGINS
from gwangju_desktop.documents.blocks import Block, Box, Para, Space, para
from gwangju_desktop.documents.blocks import words as spread
from gwangju_desktop.documents.composed import Composed
from gwangju_desktop.documents.figures import NoteLines
from gwangju_desktop.documents.styles import MM
from gwangju_desktop.evidence import queries as shelves
from gwangju_desktop.evidence.rows import PickRow
from gwangju_desktop.reviews import forms, monitors
from gwangju_desktop.reviews import queries as rounds
from gwangju_desktop.reviews.forms import Form, Question
from gwangju_desktop.reviews.rows import AnswerRow, ReviewWhole, Somebody
from gwangju_desktop.text import C_, N_, Msg, language, say, speaking, words

INCEPTION = C_("document", "Inception report (official form)")
CLOSING = C_("document", "End-of-commitment report (official form)")
EVALUATOR = C_("official form", "Evaluator")
EMAIL = C_("official form", "E-mail")
MEMBER = C_("official form", "Member")
PLAN = C_("official form", "Action plan")
SUBMITTED = C_("official form", "Plan submitted")
TITLE = C_("official form", "Commitment")
EXPLANATION = C_("official form", "Explanation: {text}")
EVIDENCE = C_("official form", "Evidence")
UNREAD = N_("* Not read in the official form; compare the wording before it is sent.")
_TICKED, _FREE = "■", "□"
_FIXED = "\u00a0"
# Answers of so few characters stand side by side.
_SHORT, _LINES = 24, 2
_HANDED_IN = (ReviewState.SUBMITTED.value, ReviewState.CLOSED.value)


def inception(read: Session, *, id: int, language: str = "ko") -> Composed:
    """Return the inception form of a plan, filled in as far as it was answered."""
    with speaking(language):
        data = told.gathered(read, id, public=True)
        made = _latest(read, ReviewKind.INCEPTION, data, None)
        form = forms.form(ReviewKind.INCEPTION.value)
        filled = _Filled(read, form, made)
        blocks = [
            *_head(read, data, form, made),
            *filled.asked(form.of_plan(), None),
        ]
        for number, whole in enumerate(data.commitments):
            blocks += filled.asked(form.of_commitment(), whole, first=number == 0)
        return _document(data, form, INCEPTION, data.title, blocks, language)


def closing(read: Session, *, id: int, language: str = "ko") -> Composed:
    """Return the end-of-commitment form of a commitment, filled in as far as it was answered."""
    with speaking(language):
        number = listing.commitment_id(read, id)
        plan_id = read.get_one(Commitment, number).plan_id
        data = told.gathered(read, plan_id, public=True)
        whole = next(one for one in data.commitments if one.row.id == number)
        made = _latest(read, ReviewKind.CLOSING, data, number)
        form = forms.form(ReviewKind.CLOSING.value)
        title = named(whole.row.title, whole.row.title_en)
        blocks = [
            *_head(read, data, form, made, whole),
            *_Filled(read, form, made).asked(form.of_commitment(), whole, named_=False),
        ]
        called = f"{whole.row.code} {title}"
        return _document(data, form, CLOSING, called, blocks, language)


def _document(
    data: PlanFacts, form: Form, head: Msg, of: str, blocks: Sequence[Block], language: str
) -> Composed:
    whole = say(N_("{document}, {period}"), document=form.title.said(), period=of)
    name = f"{data.today:%Y-%m-%d} {whole}"
    # A form of the partnership is no document of a Korean office: it has no 끝.
    return Composed(
        whole,
        name,
        data.about,
        language,
        (tuple(blocks),),
        head=say(head),
        theme=THEME,
        closes=False,
    )


def _latest(
    read: Session, kind: ReviewKind, data: PlanFacts, commitment_id: int | None
) -> ReviewWhole | None:
    """Return the round the form is filled in from: the last one handed in, else the last one."""
    rows = [
        row
        for row in rounds.reviews(read, plan_id=data.plan.id)
        if row.kind == kind and row.commitment_id in (None, commitment_id)
    ]
    handed_in = [row for row in rows if row.state in _HANDED_IN]
    chosen = handed_in or rows
    return rounds.review(read, chosen[-1].id) if chosen else None


def _head(
    read: Session,
    data: PlanFacts,
    form: Form,
    made: ReviewWhole | None,
    whole: CommitmentWhole | None = None,
) -> list[Block]:
    """Return the head of a form: who evaluates which plan of whom, and what the commitment is."""
    spoken, plan = words(), data.plan
    seats = monitors.monitors(read, plan.id, data.today)
    rows: list[tuple[Msg, str]] = [
        (EVALUATOR, ", ".join(_name(seat.person) for seat in seats) or _blank()),
        (EMAIL, _blank()),
        (MEMBER, city(read, data.about, spoken)),
        (PLAN, f"{data.title} ({plan.code})"),
        (SUBMITTED, spoken.day(plan.submitted_on, "full") if plan.submitted_on else _blank()),
    ]
    if whole is not None:
        texts = {one.section: one for one in whole.texts}
        rows.append((TITLE, f"{whole.row.code} {named(whole.row.title, whole.row.title_en)}"))
        rows.append((C_("official form", "Period"), told.months(whole.row)))
        for section in ("action", "problem"):
            one = texts[section]
            rows.append((one.label, named(one.text, one.text_en) or _blank()))
    if made is not None and made.row.submitted_on is not None:
        day = spoken.day(made.row.submitted_on, "full")
        rows.append((C_("official form", "Report submitted"), day))
    return [
        *frame.head(data.about.name(spoken), form.title.said()),
        frame.facts(rows, spoken, row=6.5, whole=True),
        para(say(C_("official form", "Form: {source}"), source=form.source), "note"),
        *([para(say(UNREAD), "note")] if any(not one.read for one in form.questions) else []),
    ]


def _blank() -> str:
    return "_" * 30


def _name(person: Somebody) -> str:
    said = person.latin if person.latin and language() == "en" else person.name
    mark = say(C_("official form", "fictional"))
    return f"{said} ({mark})" if person.fictional else said


class _Filled:
    """The questions of a form with what was answered in one round."""

    def __init__(self, read: Session, form: Form, made: ReviewWhole | None) -> None:
        self.read, self.form, self.made = read, form, made

    def asked(
        self,
        questions: Iterable[Question],
        whole: CommitmentWhole | None,
        *,
        first: bool = True,
        named_: bool = True,
    ) -> list[Block]:
        """Return questions in their sections; of a commitment under its title where `named_`."""
        blocks: list[Block] = []
        for section, group in groupby(questions, lambda one: one.section.said()):
            if first:
                blocks.append(frame.heading(section))
            if whole is not None and named_:
                title = f"{whole.row.code} {named(whole.row.title, whole.row.title_en)}"
                blocks.append(para(title, "h3", keep=True))
            for question in group:
                blocks += self._question(question, whole)
        return blocks

    def _question(self, question: Question, whole: CommitmentWhole | None) -> list[Block]:
        commitment_id = whole.row.id if whole else None
        text = question.text.said() + ("" if question.read else f"{_FIXED}*")
        blocks: list[Block] = [Space(2 * MM), para(text, "strong", keep=True)]
        answers = self.made.answers_to(question.key, commitment_id) if self.made else ()
        for answer in answers:
            blocks += self._answer(question, answer)
        if not answers:
            blocks += _ticks(question, "")
            blocks.append(NoteLines(_LINES))
        if question.evidence:
            blocks += self._evidence(question, commitment_id)
        return blocks

    def _answer(self, question: Question, answer: AnswerRow) -> list[Block]:
        blocks = _ticks(question, answer.value)
        explanation = named(answer.explanation, answer.explanation_en)
        if explanation:
            blocks.append(para(say(EXPLANATION, text=explanation)))
        blocks.append(para(_who(answer), "note"))
        return blocks

    def _evidence(self, question: Question, commitment_id: int | None) -> list[Block]:
        """Return the files picked for the upload; their rule is at most so many of so much."""
        plan_id = self.made.row.plan_id if self.made else None
        best = shelves.best(
            self.read,
            form=self.form.kind,
            question=question.key,
            commitment_id=commitment_id,
            plan_id=plan_id,
        )
        if not best.picked:
            return []
        lines: list[Block] = [para(say(EVIDENCE), "strong")]
        lines += [
            Para(spread(_file(one)), "small", f"{number}.", 1)
            for number, one in enumerate(best.picked, 1)
        ]
        return [Box(tuple(lines))]


def _ticks(question: Question, value: str) -> list[Block]:
    """Return the answers with the given one ticked; long ones on a line each."""
    if not question.answers:
        return []
    said = [
        f"{_TICKED if one.code == value else _FREE} {one.label.said()}" for one in question.answers
    ]
    if max(map(len, said)) <= _SHORT:
        # A box stays with its answer, and apart from the next one.
        together = [one.replace(" ", _FIXED) for one in said]
        return [para(f" {_FIXED}{_FIXED} ".join(together), keep=True)]
    return [para(line, keep=True) for line in said]


def _who(answer: AnswerRow) -> str:
    """Return who answered when, and how it came; a joint answer names who agreed."""
    people = answer.agreed or ((answer.person,) if answer.person else ())
    parts = [", ".join(_name(one) for one in people)]
    if answer.joint:
        parts.append(say(told.JOINT))
    parts += [
        words().day(answer.answered_on, "full"),
        say(ORIGINS[answer.origin]),
        named(answer.source),
    ]
    return " · ".join(filter(None, parts))


def _file(one: PickRow) -> str:
    title = told.marked(named(one.title, one.title_en), one.sample)
    claim = named(one.claim, one.claim_en)
    return f"{title} – {claim}\n{one.name} · {told.size(one.bytes)} · SHA-256 {one.sha256}"
