"""The bank of questions of a series, and the questionnaire of each wave.

What was asked is locked with the first answer: a change then makes another edition of the same
code, and waves that nobody answered yet take it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.schema.answers import PollFinding, PollTag
from db.schema.polls import (
    Poll,
    PollOption,
    PollQuestion,
    PollTarget,
    PollWave,
    WaveQuestion,
)
from db.store import usecase
from db.vocab import WaveState
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import change, found, tidy
from gwangju_desktop.meetings.rules import GAP
from gwangju_desktop.polls import editions, locks
from gwangju_desktop.polls.drafts import FIELDS, WITH_OPTIONS, draft
from gwangju_desktop.polls.question_rows import (
    NO_QUESTION,
    NO_WAVE_QUESTION,
    Asked,
    Hit,
    OptionRow,
    PartRow,
    QuestionRow,
    asked_one,
    bank,
    find,
    question_of,
    question_row,
    questionnaire,
)
from gwangju_desktop.text import N_

__all__ = [
    "Asked",
    "Hit",
    "OptionRow",
    "PartRow",
    "QuestionRow",
    "add_question",
    "asked_one",
    "bank",
    "edit_question",
    "find",
    "move",
    "place",
    "put_in_wave",
    "question_of",
    "question_row",
    "questionnaire",
    "remove_question",
    "set_condition",
    "take_out",
]

NO_POLL = N_("There is no series of polls {id}.")
NO_WAVE = N_("There is no wave {id}.")


@usecase("Add question")
def add_question(
    tx: Session,
    *,
    poll_id: int,
    code: str,
    kind: str,
    title: str = "",
    wording: str = "",
    options: Sequence[Mapping[str, Any]] = (),
    parts: Sequence[Mapping[str, Any]] = (),
    **fields: Any,
) -> int:
    """Add a question to the bank of a series; return its id.

    `options` are dicts of code, label, label_en, role, value; `parts` (rows of a grid, places of
    a ranking) of code, label, label_en. `fields` are max_choices, low, high, title_en,
    wording_en, attribute, sensitive. Raises UserError for a code that is taken and for what the
    kind of question does not allow.
    """
    found(tx, Poll, poll_id, NO_POLL)
    given = {"code": code, "kind": kind, "title": title, "wording": wording, **fields}
    drawn = draft(given, options, parts)
    _refuse_code(tx, poll_id, drawn.fields["code"])
    row = editions.new(tx, poll_id, 1, drawn)
    return row.id


@usecase("Edit question")
def edit_question(
    tx: Session,
    *,
    id: int,
    options: Sequence[Mapping[str, Any]] | None = None,
    parts: Sequence[Mapping[str, Any]] | None = None,
    **fields: Any,
) -> int:
    """Change a question; return its id, which is another one where this made another edition.

    What is left out stays; `options` and `parts` are given whole, and known by their codes.
    Raises UserError as `add_question`, for another code after the first answer, and where an
    option goes that a condition or a target names.
    """
    row = found(tx, PollQuestion, id, NO_QUESTION)
    given = tidy(fields, FIELDS)
    before = editions.draft_of(tx, row)
    drawn = draft(
        before.fields | given,
        before.options if options is None else options,
        before.parts if parts is None else parts,
    )
    code = drawn.fields["code"]
    locked = locks.question_locked(tx, id)
    if code != row.code:
        _refuse_new_code(tx, row, code, locked)
    if locked and editions.differs(before, drawn):
        return editions.succeed(tx, row, drawn)
    editions.write(tx, row, drawn)
    return id


@usecase("Remove question")
def remove_question(tx: Session, *, id: int) -> None:
    """Take a question out of the bank; raise UserError for one that a wave asks."""
    row = found(tx, PollQuestion, id, NO_QUESTION)
    labels = tx.scalars(
        select(PollWave.label)
        .join(WaveQuestion, WaveQuestion.wave_id == PollWave.id)
        .where(WaveQuestion.question_id == id)
        .order_by(PollWave.position)
    ).all()
    if labels:
        raise UserError(
            N_("The question “{code}” is asked in {waves}; it stays."),
            hint=N_("Take it out of these questionnaires first."),
            code=row.code,
            waves=", ".join(labels),
        )
    editions.erase(tx, row)


@usecase("Put questions in the questionnaire")
def put_in_wave(tx: Session, *, wave_id: int, question_ids: Sequence[int]) -> list[int]:
    """Add questions at the end of a wave's questionnaire; those it asks already stay.

    Returns their ids in the questionnaire. Raises UserError once answers are in, for a question
    of another series, and for another edition of one that is asked.
    """
    wave = found(tx, PollWave, wave_id, NO_WAVE)
    locks.refuse_answered(tx, wave)
    return [place(tx, wave_id=wave_id, question_id=id) for id in question_ids]


def place(tx: Session, *, wave_id: int, question_id: int) -> int:
    """Put a question at the end of a questionnaire whether or not answers are in; return its id.

    For files of answers that bring questions along; refused as in `put_in_wave` otherwise.
    """
    wave = found(tx, PollWave, wave_id, NO_WAVE)
    question = found(tx, PollQuestion, question_id, NO_QUESTION)
    if question.poll_id != wave.poll_id:
        raise UserError(
            N_("The question “{code}” belongs to another series."),
            hint=N_("Add it to the bank of this one."),
            code=question.code,
        )
    asked = tx.execute(
        select(WaveQuestion.id, WaveQuestion.question_id, PollQuestion.edition)
        .join(PollQuestion, PollQuestion.id == WaveQuestion.question_id)
        .where(WaveQuestion.wave_id == wave_id, PollQuestion.code == question.code)
    ).first()
    if asked is not None:
        if asked.question_id == question_id:
            return int(asked.id)
        raise UserError(
            N_("“{wave}” asks edition {edition} of the question “{code}” already."),
            hint=N_("Take that one out first."),
            wave=wave.label,
            edition=asked.edition,
            code=question.code,
        )
    last = tx.scalar(select(func.max(WaveQuestion.position)).where(WaveQuestion.wave_id == wave_id))
    row = WaveQuestion(wave_id=wave_id, question_id=question_id, position=(last or 0) + GAP)
    tx.add(row)
    tx.flush()
    return row.id


@usecase("Take question out of the questionnaire")
def take_out(tx: Session, *, wave_question_id: int) -> None:
    """Take a question out of a questionnaire; it stays in the bank.

    Raises UserError once answers are in, and where another question or the wave's weights need it.
    """
    row, wave = _place_of(tx, wave_question_id)
    locks.refuse_answered(tx, wave)
    code = tx.get_one(PollQuestion, row.question_id).code
    needing = tx.scalars(
        select(PollQuestion.code)
        .join(WaveQuestion, WaveQuestion.question_id == PollQuestion.id)
        .where(WaveQuestion.wave_id == wave.id, WaveQuestion.ask_if_id == row.question_id)
        .order_by(WaveQuestion.position)
    ).all()
    if needing:
        raise UserError(
            N_("Who is asked {codes} depends on the question “{code}”."),
            hint=N_("Remove that condition first."),
            codes=", ".join(needing),
            code=code,
        )
    targets = (
        select(PollTarget.id)
        .join(PollOption, PollOption.id == PollTarget.option_id)
        .where(PollTarget.wave_id == wave.id, PollOption.question_id == row.question_id)
    )
    if tx.scalars(targets).first() is not None:
        raise UserError(
            N_("The wave is to be weighted by the question “{code}”."),
            hint=N_("Remove its target shares first."),
            code=code,
        )
    remove_places(tx, [row])


def remove_places(tx: Session, rows: Iterable[WaveQuestion]) -> None:
    """Remove questions from questionnaires with what hangs on them; refuse where findings do."""
    for row in rows:
        finding = select(PollFinding.id).where(PollFinding.wave_question_id == row.id)
        if tx.scalars(finding).first() is not None:
            raise UserError(
                N_("A finding stands on the question “{code}”."),
                hint=N_("Remove the finding first."),
                code=tx.get_one(PollQuestion, row.question_id).code,
            )
        for tag in tx.scalars(select(PollTag).where(PollTag.wave_question_id == row.id)):
            tx.delete(tag)
        tx.flush()
        tx.delete(row)
    tx.flush()


@usecase("Move question")
def move(tx: Session, *, wave_question_id: int, position: int) -> int:
    """Move a question to a place of the questionnaire, counted from 0; return its id.

    Raises UserError once answers are in, and where a question would come before the one on which
    it depends who is asked.
    """
    row, wave = _place_of(tx, wave_question_id)
    locks.refuse_answered(tx, wave)
    rows = [one for one in _places(tx, wave.id) if one.id != row.id]
    at = max(0, min(position, len(rows)))
    rows.insert(at, row)
    _refuse_before(tx, rows)
    # Places need not differ while rows are moved; only those that change are written.
    last = 0
    for one in rows:
        if one.position <= last or one is row:
            one.position = last + GAP
        last = one.position
    return wave_question_id


@usecase("Set who is asked")
def set_condition(
    tx: Session, *, wave_question_id: int, ask_if_id: int | None, codes: Sequence[str] = ()
) -> int:
    """Put a question only to those who chose one of `codes` at an earlier one; None = to all.

    It tells who was asked, so it may still be said of answers that came with a file, until the
    wave is closed. Raises UserError after that, for a question that is not asked before this one,
    and for codes it does not have.
    """
    row, wave = _place_of(tx, wave_question_id)
    if wave.state not in (WaveState.PLANNED, WaveState.FIELDING):
        raise UserError(
            N_("“{wave}” is closed: who was asked stays as it was counted."),
            hint=N_("Reopen the wave first."),
            wave=wave.label,
        )
    if ask_if_id is None:
        change(row, {"ask_if_id": None, "ask_if": None})
        return wave_question_id
    rows = _places(tx, wave.id)
    before = [one.question_id for one in rows[: rows.index(row)]]
    sifting = found(tx, PollQuestion, ask_if_id, NO_QUESTION)
    if ask_if_id not in before or sifting.kind not in WITH_OPTIONS:
        raise UserError(
            N_("Who is asked may depend on an earlier question with options only."),
            hint=N_("Move the questions, or choose another one."),
        )
    known = tx.scalars(
        select(PollOption.code)
        .where(PollOption.question_id == ask_if_id)
        .order_by(PollOption.position)
    ).all()
    unknown = sorted(set(codes) - set(known))
    if unknown or not codes:
        raise UserError(
            N_("The question “{code}” has no option {codes}.")
            if unknown
            else N_("Of the question “{code}” no option was chosen."),
            hint=N_("Choose those whose answers lead here."),
            code=sifting.code,
            codes=", ".join(unknown),
        )
    change(row, {"ask_if_id": ask_if_id, "ask_if": [c for c in known if c in set(codes)]})
    return wave_question_id


def _place_of(tx: Session, wave_question_id: int) -> tuple[WaveQuestion, PollWave]:
    row = found(tx, WaveQuestion, wave_question_id, NO_WAVE_QUESTION)
    return row, tx.get_one(PollWave, row.wave_id)


def _places(tx: Session, wave_id: int) -> list[WaveQuestion]:
    query = select(WaveQuestion).where(WaveQuestion.wave_id == wave_id)
    return list(tx.scalars(query.order_by(WaveQuestion.position, WaveQuestion.id)))


def _refuse_before(tx: Session, rows: Sequence[WaveQuestion]) -> None:
    seen: set[int] = set()
    for row in rows:
        if row.ask_if_id is not None and row.ask_if_id not in seen:
            raise UserError(
                N_("The question “{code}” must come after the one on which it depends."),
                hint=N_("Remove the condition or choose another place."),
                code=tx.get_one(PollQuestion, row.question_id).code,
            )
        seen.add(row.question_id)


def _refuse_code(tx: Session, poll_id: int, code: str) -> None:
    query = select(PollQuestion.id).where(
        PollQuestion.poll_id == poll_id, PollQuestion.code == code
    )
    if tx.scalars(query).first() is not None:
        raise UserError(
            N_("The series has a question “{code}” already."),
            hint=N_("Choose another code, or edit that question."),
            code=code,
        )


def _refuse_new_code(tx: Session, row: PollQuestion, code: str, locked: bool) -> None:
    others = select(PollQuestion.id).where(
        PollQuestion.poll_id == row.poll_id,
        PollQuestion.code == row.code,
        PollQuestion.id != row.id,
    )
    if locked or tx.scalars(others).first() is not None:
        raise UserError(
            N_("The question “{code}” keeps its code from wave to wave."),
            hint=N_("Add a question of its own for what is asked anew."),
            code=row.code,
        )
    _refuse_code(tx, row.poll_id, code)
