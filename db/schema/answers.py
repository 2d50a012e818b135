"""What was answered: answers brought in by the file, ballots typed, totals, tags and findings."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from sqlalchemy import Column, Float, ForeignKey, LargeBinary, String, Table, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, Recorded, id_column
from db.schema import polls  # noqa: F401 - its rows point there
from db.types import Json

# The answers of one file to one question, known by what they are. They are in no journal, so that
# erasing them leaves nothing; the batch that names them is its one row there.
poll_column = Table(
    "poll_column",
    Base.metadata,
    Column("sha256", String(64), primary_key=True),
    Column("data", LargeBinary, nullable=False),
    info={
        "journal": "raw answers, named by a batch; erased for good when their time is over",
        "search": "codes, not words",
    },
)


class PollBatch(Recorded):
    """Answers that came with one file: `taken` of its `rows` respondents.

    `columns` names, by question's id, the column that holds its answers; "weight" those of the
    file's own weights. `facts` says how the file was read.
    """

    __tablename__ = "poll_batch"
    __searched__: ClassVar[tuple[str, ...]] = ("file_name",)

    id: Mapped[int] = id_column()
    wave_id: Mapped[int] = mapped_column(
        ForeignKey("poll_wave.id", ondelete="RESTRICT"), index=True
    )
    file_name: Mapped[str]
    sha256: Mapped[str] = mapped_column(String(64))
    at: Mapped[dt.datetime]
    rows: Mapped[int]
    taken: Mapped[int]
    columns: Mapped[Any] = mapped_column(Json)
    facts: Mapped[Any] = mapped_column(Json, nullable=True)


class PollBallot(Recorded):
    """One paper ballot, typed: by question's id the code, list of codes, number or text given."""

    __tablename__ = "poll_ballot"
    __table_args__ = (UniqueConstraint("wave_id", "serial"), {"sqlite_autoincrement": True})
    __searched__: ClassVar[str] = "codes, not words"

    id: Mapped[int] = id_column()
    wave_id: Mapped[int] = mapped_column(
        ForeignKey("poll_wave.id", ondelete="RESTRICT"), index=True
    )
    serial: Mapped[int]
    at: Mapped[dt.datetime]
    answers: Mapped[Any] = mapped_column(Json)


class PollTotal(Recorded):
    """One total of a question in a wave: published elsewhere, or counted when it was closed.

    `measure` is asked, answered, blank, missing, votes, count, first or mean; `option_id` is empty
    for those of the question, `part_id` for those of all its parts.
    """

    __tablename__ = "poll_total"
    __searched__: ClassVar[str] = "numbers, found through the question"

    id: Mapped[int] = id_column()
    wave_question_id: Mapped[int] = mapped_column(
        ForeignKey("wave_question.id", ondelete="RESTRICT"), index=True
    )
    part_id: Mapped[int | None] = mapped_column(
        ForeignKey("poll_part.id", ondelete="RESTRICT"), index=True
    )
    option_id: Mapped[int | None] = mapped_column(
        ForeignKey("poll_option.id", ondelete="RESTRICT"), index=True
    )
    measure: Mapped[str]
    value: Mapped[float] = mapped_column(Float)


class PollTag(Recorded):
    """A word open answers are sorted under."""

    __tablename__ = "poll_tag"
    __table_args__ = (UniqueConstraint("wave_question_id", "name"), {"sqlite_autoincrement": True})
    __searched__: ClassVar[tuple[str, ...]] = ("name",)

    id: Mapped[int] = id_column()
    wave_question_id: Mapped[int] = mapped_column(
        ForeignKey("wave_question.id", ondelete="RESTRICT"), index=True
    )
    position: Mapped[int]
    name: Mapped[str]


class PollTagging(Recorded):
    """One open answer under one tag: a row of a batch, or a ballot."""

    __tablename__ = "poll_tagging"
    __searched__: ClassVar[str] = "a mark, found through the tag"

    id: Mapped[int] = id_column()
    tag_id: Mapped[int] = mapped_column(ForeignKey("poll_tag.id", ondelete="RESTRICT"), index=True)
    batch_id: Mapped[int | None] = mapped_column(
        ForeignKey("poll_batch.id", ondelete="RESTRICT"), index=True
    )
    row: Mapped[int | None]
    ballot_id: Mapped[int | None] = mapped_column(
        ForeignKey("poll_ballot.id", ondelete="RESTRICT"), index=True
    )


class PollFinding(Recorded):
    """What a poll says to policy (시사점): a question, an option of it, and a sentence.

    `count`, `votes` and `answered` are the figures the sentence stands on, as they were then.
    """

    __tablename__ = "poll_finding"
    __searched__: ClassVar[tuple[str, ...]] = ("sentence",)

    id: Mapped[int] = id_column()
    wave_question_id: Mapped[int] = mapped_column(
        ForeignKey("wave_question.id", ondelete="RESTRICT"), index=True
    )
    part_id: Mapped[int | None] = mapped_column(
        ForeignKey("poll_part.id", ondelete="RESTRICT"), index=True
    )
    option_id: Mapped[int | None] = mapped_column(
        ForeignKey("poll_option.id", ondelete="RESTRICT"), index=True
    )
    position: Mapped[int]
    found_on: Mapped[dt.date]
    sentence: Mapped[str]
    count: Mapped[float | None] = mapped_column(Float)
    votes: Mapped[float | None] = mapped_column(Float)
    answered: Mapped[float | None] = mapped_column(Float)
