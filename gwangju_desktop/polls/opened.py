"""Open answers: listed without their respondents, and sorted under tags."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db import columns as raw
from db.schema.answers import PollBallot, PollBatch, PollTag, PollTagging
from db.schema.polls import PollWave, WaveQuestion
from db.store import usecase
from db.vocab import QuestionKind
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import MEANWHILE, change, found, required, tidy
from gwangju_desktop.meetings.rules import GAP
from gwangju_desktop.polls import columns, loaded
from gwangju_desktop.polls.answers import NO_QUESTION, refuse_early
from gwangju_desktop.text import N_

NO_TAG = N_("There is no tag {id}.")
_NO_NAME = N_("A tag needs a name.")


@dataclass(frozen=True, slots=True)
class OpenAnswer:
    """One open answer; `key` finds it again, `tags` are ids in the order of the tags."""

    key: str
    text: str
    tags: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class TagRow:
    """One tag and how many answers stand under it."""

    id: int
    name: str
    n: int


def answers(read: Session, wave_question_id: int) -> list[OpenAnswer]:
    """Return the open answers to a question of a wave that is closed, files before ballots.

    Empty once they were erased. Raises UserError for a wave that is not closed and for a question
    that is not open.
    """
    place = _place(read, wave_question_id)
    wave = read.get_one(PollWave, place.wave_id)
    refuse_early(wave)
    tags = _tags_by_key(read, wave_question_id)
    return [
        OpenAnswer(key, text, tuple(tags.get(key, ()))) for key, text in _texts(read, place).items()
    ]


def tags(read: Session, wave_question_id: int) -> list[TagRow]:
    """Return the tags of a question in a wave, in their order."""
    rows = read.execute(
        select(PollTag.id, PollTag.name, func.count(PollTagging.id))
        .outerjoin(PollTagging, PollTagging.tag_id == PollTag.id)
        .where(PollTag.wave_question_id == wave_question_id)
        .group_by(PollTag.id, PollTag.name, PollTag.position)
        .order_by(PollTag.position)
    ).all()
    return [TagRow(id, name, n) for id, name, n in rows]


@usecase("Add a tag")
def add_tag(tx: Session, *, wave_question_id: int, name: str) -> int:
    """Make a tag for the open answers to a question; UserError for one there is already."""
    _place(tx, wave_question_id)
    name = _name(tx, wave_question_id, name, None)
    last = tx.execute(
        select(func.max(PollTag.position)).where(PollTag.wave_question_id == wave_question_id)
    ).scalar()
    row = PollTag(wave_question_id=wave_question_id, position=(last or 0) + GAP, name=name)
    tx.add(row)
    tx.flush()
    return row.id


@usecase("Rename a tag")
def rename_tag(tx: Session, *, id: int, name: str) -> int:
    """Call a tag otherwise."""
    row = found(tx, PollTag, id, NO_TAG)
    change(row, {"name": _name(tx, row.wave_question_id, name, id)})
    return id


@usecase("Remove a tag")
def remove_tag(tx: Session, *, id: int) -> int:
    """Take a tag off all answers and away; return the question's id in the wave."""
    row = found(tx, PollTag, id, NO_TAG)
    for tagging in tx.scalars(select(PollTagging).where(PollTagging.tag_id == id)).all():
        tx.delete(tagging)
    tx.flush()
    tx.delete(row)
    return row.wave_question_id


@usecase("Tag answers")
def tag(tx: Session, *, id: int, keys: Iterable[str]) -> int:
    """Put answers under a tag; return how many were not under it yet."""
    row = found(tx, PollTag, id, NO_TAG)
    texts = _texts(tx, _place(tx, row.wave_question_id))
    held = set(_taggings(tx, id))
    wanted = dict.fromkeys(key for key in keys if key not in held)
    for key in wanted:
        if key not in texts:
            raise UserError(N_("The answer is not there any more."), hint=MEANWHILE)
        tx.add(_tagging(id, key))
    return len(wanted)


@usecase("Untag answers")
def untag(tx: Session, *, id: int, keys: Iterable[str]) -> int:
    """Take a tag off answers; return how many had it."""
    found(tx, PollTag, id, NO_TAG)
    held = _taggings(tx, id)
    gone = [held[key] for key in dict.fromkeys(keys) if key in held]
    for tagging in gone:
        tx.delete(tagging)
    return len(gone)


def _place(read: Session, wave_question_id: int) -> WaveQuestion:
    place = found(read, WaveQuestion, wave_question_id, NO_QUESTION)
    question = loaded.questions(read, [place.question_id])[place.question_id]
    if question.kind is not QuestionKind.OPEN:
        raise UserError(
            N_("“{question}” is not answered in one’s own words."),
            hint=N_("Choose an open question."),
            question=question.title or question.wording or question.code,
        )
    return place


def _texts(read: Session, place: WaveQuestion) -> dict[str, str]:
    """Return what was written, by key; blank answers are left out."""
    name = str(place.question_id)
    question = loaded.questions(read, [place.question_id])[place.question_id]
    batches = read.execute(
        select(PollBatch.id, PollBatch.columns)
        .where(PollBatch.wave_id == place.wave_id)
        .order_by(PollBatch.id)
    ).all()
    data = raw.get(read, [row.columns[name] for row in batches if name in row.columns])
    texts: dict[str, str] = {}
    for row in batches:
        held = data.get(row.columns.get(name, ""))
        if held is not None:
            written = columns.decode(held, question).chosen.tolist()
            texts |= {f"b{row.id}:{n}": text for n, text in enumerate(written) if text}
    ballots = read.execute(
        select(PollBallot.id, PollBallot.answers)
        .where(PollBallot.wave_id == place.wave_id)
        .order_by(PollBallot.serial)
    )
    texts |= {f"p{row.id}": row.answers[name] for row in ballots if row.answers.get(name)}
    return texts


def _tagging(tag_id: int, key: str) -> PollTagging:
    if key.startswith("p"):
        return PollTagging(tag_id=tag_id, ballot_id=int(key[1:]))
    batch, _, row = key[1:].partition(":")
    return PollTagging(tag_id=tag_id, batch_id=int(batch), row=int(row))


def _key(row: PollTagging) -> str:
    return f"p{row.ballot_id}" if row.ballot_id is not None else f"b{row.batch_id}:{row.row}"


def _taggings(read: Session, tag_id: int) -> dict[str, PollTagging]:
    rows = read.scalars(select(PollTagging).where(PollTagging.tag_id == tag_id))
    return {_key(row): row for row in rows}


def _tags_by_key(read: Session, wave_question_id: int) -> dict[str, list[int]]:
    rows = read.scalars(
        select(PollTagging)
        .join(PollTag, PollTag.id == PollTagging.tag_id)
        .where(PollTag.wave_question_id == wave_question_id)
        .order_by(PollTag.position)
    )
    told: dict[str, list[int]] = {}
    for row in rows:
        told.setdefault(_key(row), []).append(row.tag_id)
    return told


def _name(tx: Session, wave_question_id: int, name: str, own: int | None) -> str:
    kept = required(str(tidy({"name": name}, ("name",))["name"]), _NO_NAME)
    same = tx.scalars(
        select(PollTag.id).where(
            PollTag.wave_question_id == wave_question_id, PollTag.name == kept, PollTag.id != own
        )
    ).first()
    if same is not None:
        raise UserError(N_("There is a tag “{name}” already."), name=kept)
    return kept
