"""Questions as they are read: the bank of a series, and the questionnaire of a wave."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from db.schema.polls import PollOption, PollPart, PollQuestion, PollWave, WaveQuestion
from db.vocab import OptionRole, QuestionKind, WaveState
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import MEANWHILE
from gwangju_desktop.members.rules import named
from gwangju_desktop.polls import locks
from gwangju_desktop.polls.drafts import evened
from gwangju_desktop.polls.model import Option, Part, Question
from gwangju_desktop.text import N_

NO_QUESTION = N_("There is no question {id}.")
NO_WAVE_QUESTION = N_("There is no question {id} in a questionnaire.")


@dataclass(frozen=True, slots=True)
class OptionRow:
    """One option as it is kept, in both languages."""

    id: int
    code: str
    label: str
    label_en: str
    role: OptionRole
    value: float | None


@dataclass(frozen=True, slots=True)
class PartRow:
    """One row of a grid or place of a ranking as it is kept, in both languages."""

    id: int
    code: str
    label: str
    label_en: str


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """One edition of a question as it is kept, in both languages.

    `latest` tells that there is no later edition; `locked` that answers to this one are in;
    `waves` are those that ask it, the earliest first.
    """

    id: int
    poll_id: int
    code: str
    edition: int
    kind: QuestionKind
    title: str
    title_en: str
    wording: str
    wording_en: str
    wording_hash: str
    max_choices: int | None
    low: float | None
    high: float | None
    attribute: bool
    sensitive: bool
    options: tuple[OptionRow, ...]
    parts: tuple[PartRow, ...]
    latest: bool
    locked: bool
    waves: tuple[int, ...]

    @property
    def question(self) -> Question:
        """Return what is tabulated, in the current language where that is known."""
        return self._model(named)

    @property
    def stored(self) -> Question:
        """Return what is tabulated, in the words it was asked in (Korean)."""
        return self._model(_korean)

    def _model(self, words: Any) -> Question:
        return Question(
            self.code,
            self.kind,
            words(self.title, self.title_en),
            words(self.wording, self.wording_en),
            tuple(
                Option(o.code, words(o.label, o.label_en), o.role, o.value) for o in self.options
            ),
            tuple(Part(p.code, words(p.label, p.label_en)) for p in self.parts),
            self.max_choices,
            self.low,
            self.high,
        )


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as one wave asks it.

    It is put to those who chose one of the codes `ask_if` at the question `ask_if_id`, whose code
    is `ask_if_code`; to all where that is None. `option_ids` and `part_ids` name rows by code.
    `locked` says that answers are in and the questionnaire stays as it is.
    """

    wave_question_id: int
    wave_id: int
    position: int
    question: Question
    question_id: int
    edition: int
    title_en: str
    attribute: bool
    sensitive: bool
    ask_if_id: int | None
    ask_if_code: str
    ask_if: tuple[str, ...]
    locked: bool
    option_ids: Mapping[str, int] = field(default_factory=dict)
    part_ids: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Hit:
    """A question found by words: as a wave asks it, and which of its parts was meant, if one."""

    asked: Asked
    part: str | None = None


def bank(read: Session, poll_id: int) -> list[QuestionRow]:
    """Return all questions of a series, every edition, in order of coming."""
    query = select(PollQuestion).where(PollQuestion.poll_id == poll_id).order_by(PollQuestion.id)
    return _rows(read, query, locks.answered_in(read, poll_id))


def questions_of(read: Session, ids: Iterable[int]) -> dict[int, QuestionRow]:
    """Return questions by id; those there are not are left out."""
    wanted = list(ids)
    query = select(PollQuestion).where(PollQuestion.id.in_(wanted))
    waves = select(WaveQuestion.wave_id).where(WaveQuestion.question_id.in_(wanted))
    answered = locks.answered(read, read.scalars(waves).all())
    return {row.id: row for row in _rows(read, query, answered)}


def question_row(read: Session, question_id: int) -> QuestionRow:
    """Return one question; raise UserError when there is none."""
    row = questions_of(read, [question_id]).get(question_id)
    if row is None:
        raise UserError(NO_QUESTION, hint=MEANWHILE, id=question_id)
    return row


def question_of(read: Session, question_id: int) -> Question:
    """Return a question as it is tabulated; raise UserError when there is none."""
    return question_row(read, question_id).question


def questionnaire(read: Session, wave_id: int) -> list[Asked]:
    """Return what a wave asks, in order."""
    query = select(WaveQuestion).where(WaveQuestion.wave_id == wave_id)
    return _asked(read, query)


def asked_one(read: Session, wave_question_id: int) -> Asked:
    """Return one question as its wave asks it; raise UserError when there is none."""
    found = _asked(read, select(WaveQuestion).where(WaveQuestion.id == wave_question_id))
    if not found:
        raise UserError(NO_WAVE_QUESTION, hint=MEANWHILE, id=wave_question_id)
    return found[0]


def find(read: Session, poll_id: int, text: str, wave_id: int | None = None) -> Hit:
    """Return the question a text names by its code, the code of a part, its title or wording.

    Without `wave_id` in the latest wave that asks it and has begun. Raises UserError for none and
    for several.
    """
    waves = [wave_id] if wave_id is not None else _begun(read, poll_id)
    for wave in waves:
        hits = _hits(questionnaire(read, wave), text)
        if len(hits) == 1:
            return hits[0]
        if hits:
            raise UserError(
                N_("“{text}” may be one of several questions: {codes}."),
                hint=N_("Name it by its code."),
                text=text,
                codes=", ".join(hit.part or hit.asked.question.code for hit in hits),
            )
    raise UserError(
        N_("No wave asks the question “{text}”."),
        hint=N_("Name it by its code, as the questionnaire lists it."),
        text=text,
    )


def _begun(read: Session, poll_id: int) -> list[int]:
    """Return the waves of a series that have begun, the latest first."""
    query = (
        select(PollWave.id)
        .where(PollWave.poll_id == poll_id, PollWave.state != WaveState.PLANNED.value)
        .order_by(PollWave.position.desc())
    )
    return list(read.scalars(query))


def _hits(asked: Iterable[Asked], text: str) -> list[Hit]:
    """Return what a text names, by the first way that finds anything."""
    known = list(asked)
    wanted = evened(text)
    folded = wanted.casefold()
    parts = [Hit(one, part.code) for one in known for part in one.question.parts]
    for fold in (str, str.casefold):
        same = fold(wanted)
        found = [Hit(one) for one in known if fold(one.question.code) == same]
        found = found or [hit for hit in parts if hit.part and fold(hit.part) == same]
        if found:
            return found
    if not folded:
        return []
    words = [
        (Hit(one), [evened(w).casefold() for w in (one.question.title, one.question.wording)])
        for one in known
    ]
    whole = [hit for hit, texts in words if folded in texts]
    return whole or [hit for hit, texts in words if any(folded in text for text in texts)]


def _korean(korean: str, _english: str) -> str:
    return korean


def _rows(read: Session, query: Select[PollQuestion], answered: set[int]) -> list[QuestionRow]:
    kept = list(read.scalars(query))
    ids = [row.id for row in kept]
    options, parts, waves = _options(read, ids), _parts(read, ids), _waves(read, ids)
    latest = _latest(read, {row.poll_id for row in kept})
    return [
        QuestionRow(
            row.id,
            row.poll_id,
            row.code,
            row.edition,
            QuestionKind(row.kind),
            row.title,
            row.title_en,
            row.wording,
            row.wording_en,
            row.wording_hash,
            row.max_choices,
            row.low,
            row.high,
            row.attribute,
            row.sensitive,
            options.get(row.id, ()),
            parts.get(row.id, ()),
            latest[row.poll_id, row.code] == row.edition,
            not answered.isdisjoint(waves.get(row.id, ())),
            waves.get(row.id, ()),
        )
        for row in kept
    ]


def _options(read: Session, ids: list[int]) -> dict[int, tuple[OptionRow, ...]]:
    found: dict[int, tuple[OptionRow, ...]] = {}
    query = (
        select(PollOption)
        .where(PollOption.question_id.in_(ids))
        .order_by(PollOption.position, PollOption.id)
    )
    for row in read.scalars(query):
        one = OptionRow(row.id, row.code, row.label, row.label_en, OptionRole(row.role), row.value)
        found[row.question_id] = (*found.get(row.question_id, ()), one)
    return found


def _parts(read: Session, ids: list[int]) -> dict[int, tuple[PartRow, ...]]:
    found: dict[int, tuple[PartRow, ...]] = {}
    query = (
        select(PollPart)
        .where(PollPart.question_id.in_(ids))
        .order_by(PollPart.position, PollPart.id)
    )
    for row in read.scalars(query):
        one = PartRow(row.id, row.code, row.label, row.label_en)
        found[row.question_id] = (*found.get(row.question_id, ()), one)
    return found


def _waves(read: Session, ids: list[int]) -> dict[int, tuple[int, ...]]:
    found: dict[int, tuple[int, ...]] = {}
    query = (
        select(WaveQuestion.question_id, WaveQuestion.wave_id)
        .join(PollWave, PollWave.id == WaveQuestion.wave_id)
        .where(WaveQuestion.question_id.in_(ids))
        .order_by(PollWave.position)
    )
    for question_id, wave_id in read.execute(query):
        found[question_id] = (*found.get(question_id, ()), wave_id)
    return found


def _latest(read: Session, poll_ids: set[int]) -> dict[tuple[int, str], int]:
    query = (
        select(PollQuestion.poll_id, PollQuestion.code, func.max(PollQuestion.edition))
        .where(PollQuestion.poll_id.in_(poll_ids))
        .group_by(PollQuestion.poll_id, PollQuestion.code)
    )
    return {(poll_id, code): edition for poll_id, code, edition in read.execute(query)}


def _asked(read: Session, query: Select[WaveQuestion]) -> list[Asked]:
    kept = list(read.scalars(query.order_by(WaveQuestion.position, WaveQuestion.id)))
    ids = {row.question_id for row in kept}
    answered = locks.answered(read, {row.wave_id for row in kept})
    questions = {
        row.id: row
        for row in _rows(read, select(PollQuestion).where(PollQuestion.id.in_(ids)), answered)
    }
    sifting = {row.ask_if_id for row in kept if row.ask_if_id is not None}
    sifted_by = select(PollQuestion.id, PollQuestion.code).where(PollQuestion.id.in_(sifting))
    codes = {row.id: row.code for row in read.execute(sifted_by)}
    made = []
    for row in kept:
        question = questions[row.question_id]
        made.append(
            Asked(
                row.id,
                row.wave_id,
                row.position,
                question.question,
                question.id,
                question.edition,
                question.title_en,
                question.attribute,
                question.sensitive,
                row.ask_if_id,
                codes[row.ask_if_id] if row.ask_if_id is not None else "",
                tuple(row.ask_if or ()),
                row.wave_id in answered,
                {option.code: option.id for option in question.options},
                {part.code: part.id for part in question.parts},
            )
        )
    return made
