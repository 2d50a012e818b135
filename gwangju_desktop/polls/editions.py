"""Editions of a question: kept, changed before the first answer, succeeded after it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.schema.polls import (
    PollOption,
    PollPart,
    PollQuestion,
    PollTarget,
    PollWave,
    WaveQuestion,
)
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import change
from gwangju_desktop.meetings.rules import GAP
from gwangju_desktop.polls import locks
from gwangju_desktop.polls.drafts import (
    FIELDS,
    OPTION_FIELDS,
    PART_FIELDS,
    SUBSTANCE,
    Draft,
    evened,
)
from gwangju_desktop.text import N_


def draft_of(read: Session, row: PollQuestion) -> Draft:
    """Return a question that is kept, as it would be drawn up anew."""
    return Draft(
        {name: getattr(row, name) for name in FIELDS},
        tuple(_dict(option, OPTION_FIELDS) for option in _options(read, row.id)),
        tuple(_dict(part, PART_FIELDS) for part in _parts(read, row.id)),
    )


def differs(before: Draft, after: Draft) -> bool:
    """Say whether something else is asked, or something else may be chosen."""
    return _substance(before) != _substance(after)


def new(tx: Session, poll_id: int, edition: int, drawn: Draft) -> PollQuestion:
    """Keep a question as an edition of its code, with its options and parts."""
    row = PollQuestion(poll_id=poll_id, edition=edition, **drawn.fields)
    tx.add(row)
    tx.flush()
    for n, option in enumerate(drawn.options, 1):
        tx.add(PollOption(question_id=row.id, position=n * GAP, **option))
    for n, part in enumerate(drawn.parts, 1):
        tx.add(PollPart(question_id=row.id, position=n * GAP, **part))
    tx.flush()
    return row


def write(tx: Session, row: PollQuestion, drawn: Draft) -> None:
    """Change a question where it stands; refuse to drop an option that something names."""
    codes = {option["code"] for option in drawn.options}
    waves = select(WaveQuestion.wave_id).where(WaveQuestion.question_id == row.id)
    for wave_id in tx.scalars(waves).all():
        _refuse_lost(tx, wave_id, row, codes)
    change(row, drawn.fields)
    _replace(tx, row.id, PollOption, _options(tx, row.id), drawn.options)
    _replace(tx, row.id, PollPart, _parts(tx, row.id), drawn.parts)


def succeed(tx: Session, row: PollQuestion, drawn: Draft) -> int:
    """Keep the next edition of a question; waves that nobody answered take it. Returns its id."""
    last = tx.scalar(
        select(func.max(PollQuestion.edition)).where(
            PollQuestion.poll_id == row.poll_id, PollQuestion.code == row.code
        )
    )
    later = new(tx, row.poll_id, (last or 0) + 1, drawn)
    waves = select(PollWave.id).where(PollWave.poll_id == row.poll_id)
    answered = locks.answered_in(tx, row.poll_id)
    for wave_id in tx.scalars(waves).all():
        if wave_id not in answered:
            _take(tx, wave_id, row, later)
    return later.id


def latest(read: Session, question_id: int) -> int:
    """Return the latest edition of a question."""
    row = read.get_one(PollQuestion, question_id)
    query = (
        select(PollQuestion.id)
        .where(PollQuestion.poll_id == row.poll_id, PollQuestion.code == row.code)
        .order_by(PollQuestion.edition.desc())
    )
    return read.scalars(query).first() or question_id


def erase(tx: Session, row: PollQuestion) -> None:
    """Remove a question with its options and parts; nothing may name them."""
    for one in (*_options(tx, row.id), *_parts(tx, row.id)):
        tx.delete(one)
    tx.flush()
    tx.delete(row)
    tx.flush()


def match(read: Session, old_id: int, new_id: int) -> dict[int, int]:
    """Return by option of one edition that of another with the same code, where it has one."""
    codes = {option.code: option.id for option in _options(read, new_id)}
    return {
        option.id: codes[option.code] for option in _options(read, old_id) if option.code in codes
    }


def still(read: Session, question_id: int, codes: Sequence[str]) -> list[str]:
    """Return those of the codes that a question has."""
    known = {option.code for option in _options(read, question_id)}
    return [code for code in codes if code in known]


def _take(tx: Session, wave_id: int, row: PollQuestion, later: PollQuestion) -> None:
    """Let a wave ask another edition, with its conditions and targets."""
    _refuse_lost(tx, wave_id, row, {option.code for option in _options(tx, later.id)})
    known = match(tx, row.id, later.id)
    asked = select(WaveQuestion).where(WaveQuestion.wave_id == wave_id)
    for place in tx.scalars(asked).all():
        if place.question_id == row.id:
            place.question_id = later.id
        if place.ask_if_id == row.id:
            place.ask_if_id = later.id
    targets = select(PollTarget).where(
        PollTarget.wave_id == wave_id, PollTarget.option_id.in_(known)
    )
    for target in tx.scalars(targets).all():
        target.option_id = known[target.option_id]
    tx.flush()


def _refuse_lost(tx: Session, wave_id: int, row: PollQuestion, codes: set[str]) -> None:
    """Refuse that an option goes by which a wave says who is asked, or how it is weighted."""
    conditions = select(WaveQuestion.ask_if).where(
        WaveQuestion.wave_id == wave_id, WaveQuestion.ask_if_id == row.id
    )
    named = {code for ask_if in tx.scalars(conditions) for code in ask_if or ()}
    named |= set(
        tx.scalars(
            select(PollOption.code)
            .join(PollTarget, PollTarget.option_id == PollOption.id)
            .where(PollTarget.wave_id == wave_id, PollOption.question_id == row.id)
        )
    )
    if lost := sorted(named - codes):
        raise UserError(
            N_("“{wave}” needs the option {codes} of the question “{code}”."),
            hint=N_("Change its conditions and target shares first."),
            wave=tx.get_one(PollWave, wave_id).label,
            codes=", ".join(lost),
            code=row.code,
        )


def _replace(
    tx: Session,
    question_id: int,
    entity: type[PollOption] | type[PollPart],
    kept: Sequence[PollOption] | Sequence[PollPart],
    given: Sequence[Mapping[str, Any]],
) -> None:
    """Let what is kept be what is given; rows with the same code stay the same rows."""
    known = {one.code: one for one in kept}
    codes = {one["code"] for one in given}
    for one in kept:
        if one.code not in codes:
            tx.delete(one)
    tx.flush()
    for n, values in enumerate(given, 1):
        fields = {**values, "position": n * GAP}
        if values["code"] in known:
            change(known[values["code"]], fields)
        else:
            tx.add(entity(question_id=question_id, **fields))
    tx.flush()


def _substance(drawn: Draft) -> tuple[Any, ...]:
    """Return what was before the eyes of who answered, spaces evened out."""
    fields = {name: drawn.fields[name] for name in SUBSTANCE} | {
        "wording": evened(drawn.fields["wording"])
    }
    options = [(o["code"], evened(o["label"]), o["role"], o["value"]) for o in drawn.options]
    parts = [(p["code"], evened(p["label"])) for p in drawn.parts]
    return fields, options, parts


def _dict(row: PollOption | PollPart, names: Sequence[str]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}


def _options(read: Session, question_id: int) -> Sequence[PollOption]:
    query = select(PollOption).where(PollOption.question_id == question_id)
    return read.scalars(query.order_by(PollOption.position, PollOption.id)).all()


def _parts(read: Session, question_id: int) -> Sequence[PollPart]:
    query = select(PollPart).where(PollPart.question_id == question_id)
    return read.scalars(query.order_by(PollPart.position, PollPart.id)).all()
