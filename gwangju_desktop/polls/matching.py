"""The questions of a file and those of a series: found by code, or made."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db import many
from db.schema.polls import PollOption, PollPart, PollQuestion, PollWave, WaveQuestion
from db.vocab import OptionRole
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import writable
from gwangju_desktop.meetings.rules import GAP
from gwangju_desktop.polls import loaded
from gwangju_desktop.polls.drafts import evened, wording_hash
from gwangju_desktop.polls.model import Option, Part, Question
from gwangju_desktop.polls.reading.model import Reading
from gwangju_desktop.polls.tally import ONE_CHOICE
from gwangju_desktop.text import N_, Msg


def questions(tx: Session, wave: PollWave, reading: Reading) -> list[int]:
    """Return the id of each of a reading's questions, made and put into the wave where missing.

    A question the wave asks must agree with the file; one that another wave asked in other words,
    or with other options, gets a new edition. Raises UserError for one that does not agree.
    """
    given = tuple(clean(question) for question in reading.questions)
    asked = _asked(tx, wave)
    bank = _bank(tx, wave.poll_id)
    held = loaded.questions(
        tx, [*asked.values(), *(id for id, _edition in bank.values())], language="ko"
    )
    ids: list[int | None] = []
    to_make: list[tuple[int, Question]] = []
    for question in given:
        if question.code in asked:
            id = asked[question.code]
            _refuse_other(held[id], question, wave)
            ids.append(id)
            continue
        id, edition = bank.get(question.code, (0, 0))
        if id and _same(held[id], question):
            ids.append(id)
        else:
            ids.append(None)
            to_make.append((edition + 1, _inherited(held[id], question) if id else question))
    made = iter(_make(tx, wave.poll_id, to_make, set(reading.attributes)))
    every = [next(made) if id is None else id for id in ids]
    _put(tx, wave.id, [id for id in every if id not in set(asked.values())])
    return every


def clean(question: Question) -> Question:
    """Return a question with its texts as they are kept."""
    options = tuple(
        Option(writable(o.code), writable(o.label) or writable(o.code), o.role, o.value)
        for o in question.options
    )
    parts = tuple(Part(writable(p.code), writable(p.label)) for p in question.parts)
    code = writable(question.code)
    return replace(
        question,
        code=code,
        title=writable(question.title),
        wording=writable(question.wording) or code,
        options=options,
        parts=parts,
    )


def _asked(tx: Session, wave: PollWave) -> dict[str, int]:
    rows = tx.execute(
        select(PollQuestion.code, PollQuestion.id)
        .join(WaveQuestion, WaveQuestion.question_id == PollQuestion.id)
        .where(WaveQuestion.wave_id == wave.id)
    )
    return {row.code: row.id for row in rows}


def _bank(tx: Session, poll_id: int) -> dict[str, tuple[int, int]]:
    """Return the latest edition of each code of a series: its id and number."""
    rows = tx.execute(
        select(PollQuestion.code, PollQuestion.id, PollQuestion.edition)
        .where(PollQuestion.poll_id == poll_id)
        .order_by(PollQuestion.edition)
    )
    return {row.code: (row.id, row.edition) for row in rows}


def _refuse_other(kept: Question, given: Question, wave: PollWave) -> None:
    """Raise UserError where the wave's question cannot hold the file's answers."""
    if not _kinds_agree(kept, given):
        raise _differs(N_("The question “{code}” of “{wave}” is of another kind."), given, wave)
    strange = _strange(kept.options, given.options)
    if strange is None:
        strange = _strange(kept.parts, given.parts)
    if strange is not None:
        raise _differs(
            N_("The question “{code}” of “{wave}” has no option “{option}” as the file has it."),
            given,
            wave,
            strange,
        )


def _differs(message: Msg, given: Question, wave: PollWave, option: str = "") -> UserError:
    return UserError(
        message,
        hint=N_("Correct how its column is read, or import the file as another wave."),
        code=given.code,
        wave=wave.label,
        option=option,
    )


def _same(kept: Question, given: Question) -> bool:
    """Say whether a question of the bank is the file's, which need not show every option."""
    points = {option.code: option.value for option in kept.options}
    return (
        _kinds_agree(kept, given)
        and given.max_choices in (None, kept.max_choices)
        and all(o.value in (None, points.get(o.code)) for o in given.options)
        and _worded_alike(kept, given)
        and _strange(kept.options, given.options) is None
        and _strange(kept.parts, given.parts) is None
        and [p.code for p in kept.parts] == [p.code for p in given.parts]
    )


def _worded_alike(kept: Question, given: Question) -> bool:
    return _is_bare(given) or wording_hash(kept.wording) == wording_hash(given.wording)


def _is_bare(question: Question) -> bool:
    """Say whether a file has a code alone and does not say how the question was worded."""
    return question.wording in ("", question.code)


def _inherited(kept: Question, given: Question) -> Question:
    """Return a question with what an earlier edition knows of it and of the options both have."""
    known = {option.code: option for option in kept.options}
    options = []
    for option in given.options:
        before = known.get(option.code)
        if before is None or _strange((before,), (option,)) is not None:
            options.append(option)
            continue
        role = before.role if option.role is OptionRole.NORMAL else option.role
        value = before.value if option.value is None else option.value
        options.append(Option(option.code, before.label, role, value))
    return replace(
        given,
        title=given.title or kept.title,
        wording=kept.wording if _is_bare(given) else given.wording,
        options=tuple(options),
    )


def _kinds_agree(kept: Question, given: Question) -> bool:
    return kept.kind is given.kind or {kept.kind, given.kind} <= ONE_CHOICE


def _strange(
    kept: tuple[Option, ...] | tuple[Part, ...], given: tuple[Option, ...] | tuple[Part, ...]
) -> str | None:
    """Return the words of the first that is not among those kept, or means something else there.

    A file without a codebook gives codes alone, which agree with any words.
    """
    labels = {one.code: one.label for one in kept}
    for one in given:
        if one.code not in labels:
            return one.label or one.code
        bare = not one.label or one.label == one.code
        if not bare and evened(one.label) != evened(labels[one.code]):
            return one.label
    return None


def _make(
    tx: Session, poll_id: int, drawn: list[tuple[int, Question]], attributes: set[str]
) -> list[int]:
    """Make questions with their options and parts; return their ids."""
    ids = many.add(
        tx,
        PollQuestion,
        [
            {
                "poll_id": poll_id,
                "code": question.code,
                "edition": edition,
                "kind": question.kind.value,
                "title": question.title,
                "wording": question.wording,
                "wording_hash": wording_hash(question.wording),
                "max_choices": question.max_choices,
                "low": question.low,
                "high": question.high,
                "attribute": question.code in attributes,
            }
            for edition, question in drawn
        ],
    )
    options: list[dict[str, Any]] = []
    parts: list[dict[str, Any]] = []
    for id, (_edition, question) in zip(ids, drawn, strict=True):
        for n, option in enumerate(question.options, 1):
            row = {"question_id": id, "position": n * GAP, "code": option.code}
            row |= {"label": option.label, "role": option.role.value, "value": option.value}
            options.append(row)
        for n, part in enumerate(question.parts, 1):
            row = {"question_id": id, "position": n * GAP, "code": part.code, "label": part.label}
            parts.append(row)
    many.add(tx, PollOption, options)
    many.add(tx, PollPart, parts)
    return ids


def _put(tx: Session, wave_id: int, ids: list[int]) -> None:
    """Put questions at the end of a wave's questionnaire."""
    last = tx.execute(
        select(func.max(WaveQuestion.position)).where(WaveQuestion.wave_id == wave_id)
    ).scalar()
    many.add(
        tx,
        WaveQuestion,
        [
            {"wave_id": wave_id, "question_id": id, "position": (last or 0) + n * GAP}
            for n, id in enumerate(ids, 1)
        ],
    )
