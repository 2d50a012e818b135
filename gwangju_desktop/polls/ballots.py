"""Paper ballots typed one by one, each checked against the questionnaire before it is kept."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.schema.answers import PollBallot, PollTagging
from db.schema.polls import PollWave, WaveQuestion
from db.store import usecase
from db.vocab import PollSource, QuestionKind, WaveState
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import change, found, writable
from gwangju_desktop.members import barred
from gwangju_desktop.polls import loaded
from gwangju_desktop.polls.locks import answered
from gwangju_desktop.polls.model import Question
from gwangju_desktop.polls.table import Said
from gwangju_desktop.polls.wave_rows import NO_WAVE
from gwangju_desktop.text import N_, Msg

NO_BALLOT = N_("There is no ballot {id}.")
# By question's id: a code; codes (several choices, or a ranking in order of place, None where a
# place is empty); a grid's code by part; a number; a text.
Given = Mapping[int, Any]
# By question's id: the question before it and the options there after which it is put.
Conditions = Mapping[int, tuple[int, frozenset[str]]]


@dataclass(frozen=True, slots=True)
class BallotRow:
    """One typed ballot; `answers` by question's id as `Given` says."""

    id: int
    serial: int
    at: dt.datetime
    answers: dict[int, Any]


@dataclass(frozen=True, slots=True)
class Fault:
    """What cannot be so on a ballot, and at which question."""

    question_id: int
    said: Said


def check_ballot(
    questions: Mapping[int, Question], answers: Given, conditions: Conditions | None = None
) -> tuple[Fault, ...]:
    """Say what cannot be so on a ballot: at most one fault a question, in the questions' order."""
    faults = []
    conditions = conditions or {}
    for id, question in questions.items():
        raw = answers.get(id)
        said = _shape(question, raw)
        given = None if said else _tidied(question, raw)
        if said is None and given is None:
            continue
        said = said or _fault(question, given)
        if said is None and id in conditions:
            said = _unasked(question, conditions[id], questions, answers)
        if said is not None:
            faults.append(Fault(id, said))
    faults += [
        Fault(id, Said(N_("The questionnaire has no question {id}."), {"id": id}))
        for id in answers
        if id not in questions
    ]
    return tuple(faults)


@usecase("Enter a ballot")
def add_ballot(tx: Session, *, wave_id: int, answers: Given) -> int:
    """Keep one paper ballot of a wave in the field; what is not answered is blank."""
    wave = found(tx, PollWave, wave_id, NO_WAVE)
    _refuse_state(wave)
    kept = _checked(tx, wave_id, answers)
    _refuse_totals(tx, wave)
    last = tx.execute(
        select(func.max(PollBallot.serial)).where(PollBallot.wave_id == wave_id)
    ).scalar()
    row = PollBallot(wave_id=wave_id, serial=(last or 0) + 1, at=clock.now(), answers=kept)
    tx.add(row)
    tx.flush()
    return row.id


@usecase("Correct a ballot")
def edit_ballot(tx: Session, *, id: int, answers: Given) -> int:
    """Change what a ballot says."""
    row = found(tx, PollBallot, id, NO_BALLOT)
    _refuse_state(tx.get_one(PollWave, row.wave_id))
    change(row, {"answers": _checked(tx, row.wave_id, answers)})
    return id


@usecase("Remove a ballot")
def remove_ballot(tx: Session, *, id: int) -> int:
    """Take a ballot away, with the tags of its open answers; its number stays free."""
    row = found(tx, PollBallot, id, NO_BALLOT)
    _refuse_state(tx.get_one(PollWave, row.wave_id))
    for tagging in tx.scalars(select(PollTagging).where(PollTagging.ballot_id == id)):
        tx.delete(tagging)
    tx.flush()
    tx.delete(row)
    return row.wave_id


def ballots(read: Session, wave_id: int) -> list[BallotRow]:
    """Return the ballots typed for a wave, in the order they were typed."""
    rows = read.execute(
        select(PollBallot.id, PollBallot.serial, PollBallot.at, PollBallot.answers)
        .where(PollBallot.wave_id == wave_id)
        .order_by(PollBallot.serial)
    ).all()
    return [
        BallotRow(row.id, row.serial, row.at, {int(id): value for id, value in row.answers.items()})
        for row in rows
    ]


def _refuse_state(wave: PollWave) -> None:
    if wave.state == WaveState.FIELDING:
        return
    hints: dict[str, Msg] = {
        WaveState.PLANNED: N_("Begin the wave first."),
        WaveState.CLOSED: N_("Reopen the wave first."),
        WaveState.PUBLISHED: N_("Its figures were published and stay as they are."),
    }
    raise UserError(
        N_("Ballots are entered while a wave is in the field; “{wave}” is not."),
        hint=hints[wave.state],
        wave=wave.label,
    )


def _refuse_totals(tx: Session, wave: PollWave) -> None:
    if wave.source != PollSource.TOTALS:
        return
    if answered(tx, [wave.id]):
        raise UserError(
            N_("“{wave}” holds published totals; answers cannot be added to them."),
            hint=N_("Remove the totals first."),
            wave=wave.label,
        )
    wave.source, wave.respondents = PollSource.ANSWERS.value, None


def _checked(tx: Session, wave_id: int, answers: Given) -> dict[str, Any]:
    """Return a ballot as it is kept; raise UserError for its first fault, or for an empty one."""
    places = tx.execute(
        select(WaveQuestion.question_id, WaveQuestion.ask_if_id, WaveQuestion.ask_if)
        .where(WaveQuestion.wave_id == wave_id)
        .order_by(WaveQuestion.position)
    ).all()
    held = loaded.questions(tx, [row.question_id for row in places])
    questions = {row.question_id: held[row.question_id] for row in places}
    conditions = {
        row.question_id: (row.ask_if_id, frozenset(row.ask_if or ()))
        for row in places
        if row.ask_if_id in questions
    }
    for fault in check_ballot(questions, answers, conditions):
        raise UserError(fault.said.message, hint=N_("Look at the ballot."), **fault.said.values)
    kept = {}
    for id, given in answers.items():
        value = _tidied(questions[id], given)
        if isinstance(value, str) and questions[id].kind is QuestionKind.OPEN:
            barred.refuse({"text": value})
        if value is not None:
            kept[str(id)] = value
    return kept


def _tidied(question: Question, given: Any) -> Any:
    """Return what was given as it is kept, None where it is blank."""
    if given is None or given in ("", [], {}, ()):
        return None
    match question.kind:
        case QuestionKind.MULTIPLE:
            return list(given)
        case QuestionKind.RANKING:
            places = list(given)
            while places and not places[-1]:
                places.pop()
            return [code or None for code in places] or None
        case QuestionKind.GRID:
            return {part: code for part, code in given.items() if code} or None
        case QuestionKind.NUMBER:
            return given
        case _:
            return writable(str(given)) or None


def _shape(question: Question, given: Any) -> Said | None:
    """Say how an answer is to be given where it is given in another way."""
    if given is None or given in ("", [], {}, ()):
        return None
    said = None
    match question.kind:
        case QuestionKind.NUMBER:
            pass
        case QuestionKind.GRID:
            if not isinstance(given, Mapping) or not _all_codes(given.values()):
                said = N_("“{question}”: one option is given for each row, by its code.")
        case QuestionKind.MULTIPLE | QuestionKind.RANKING:
            if not isinstance(given, (list, tuple)) or not _all_codes(given):
                said = N_("“{question}”: options are given as a list of their codes.")
        case QuestionKind.OPEN:
            if not isinstance(given, str):
                said = N_("“{question}”: the answer is a text.")
        case _:
            if not isinstance(given, str):
                said = N_("“{question}”: one option is given, by its code.")
    title = question.title or question.wording or question.code
    return None if said is None else Said(said, {"question": title})


def _all_codes(given: Iterable[Any]) -> bool:
    return all(code is None or isinstance(code, str) for code in given)


def _fault(question: Question, given: Any) -> Said | None:
    title = question.title or question.wording or question.code
    match question.kind:
        case QuestionKind.OPEN:
            return None
        case QuestionKind.NUMBER:
            return _number(question, given, title)
        case QuestionKind.MULTIPLE:
            most = question.max_choices
            if most and len(given) > most:
                return Said(
                    N_("“{question}”: {n} choices are more than the {most} allowed."),
                    {"question": title, "n": len(given), "most": most},
                )
            return _codes(question, given, title)
        case QuestionKind.RANKING:
            if len(given) > len(question.parts):
                return Said(
                    N_("“{question}”: {n} places are more than the {most} there are."),
                    {"question": title, "n": len(given), "most": len(question.parts)},
                )
            return _codes(question, [code for code in given if code is not None], title)
        case QuestionKind.GRID:
            rows = {part.code for part in question.parts}
            for part, code in given.items():
                if part not in rows:
                    return _strange(title, part)
                said = _codes(question, [code], title)
                if said is not None:
                    return said
            return None
        case _:
            return _codes(question, [given], title)


def _codes(question: Question, given: Iterable[Any], title: str) -> Said | None:
    """Say which code is no option, or was given twice."""
    options = {option.code: option.label for option in question.options}
    met = set()
    for code in given:
        if code not in options:
            return _strange(title, code)
        if code in met:
            return Said(
                N_("“{question}”: “{option}” was given twice."),
                {"question": title, "option": options[code]},
            )
        met.add(code)
    return None


def _strange(title: str, code: object) -> Said:
    return Said(N_("“{question}” has no option “{code}”."), {"question": title, "code": code})


def _number(question: Question, given: Any, title: str) -> Said | None:
    if isinstance(given, bool) or not isinstance(given, (int, float)) or not math.isfinite(given):
        return Said(
            N_("“{question}”: “{value}” is no number."), {"question": title, "value": given}
        )
    low, high = question.low, question.high
    if (low is not None and given < low) or (high is not None and given > high):
        return Said(
            N_("“{question}”: {value:g} is not between {low} and {high}."),
            {
                "question": title,
                "value": given,
                "low": "…" if low is None else f"{low:g}",
                "high": "…" if high is None else f"{high:g}",
            },
        )
    return None


def _unasked(
    question: Question,
    condition: tuple[int, frozenset[str]],
    questions: Mapping[int, Question],
    answers: Given,
) -> Said | None:
    """Say that a question was answered by somebody it was not put to."""
    before, codes = condition
    given = answers.get(before)
    if isinstance(given, Mapping):
        chosen = set(given.values())
    elif isinstance(given, str):
        chosen = {given}
    else:
        chosen = set(given or ())
    if chosen & codes:
        return None
    earlier = questions[before]
    return Said(
        N_("“{question}” is not put to who answered “{before}” so."),
        {
            "question": question.title or question.wording or question.code,
            "before": earlier.title or earlier.wording or earlier.code,
        },
    )
