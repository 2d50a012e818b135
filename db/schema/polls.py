"""Opinion polls: a series, its waves, and the bank of questions they draw on."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from sqlalchemy import Float, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Recorded, id_column
from db.types import Json
from db.vocab import HolidayShift, OptionRole, PollMode, PollSource, Sampling, WaveState


class Poll(Recorded):
    """A series of waves; the day of wave k is the anchor's plus k times `every_months` months.

    A count of a group below `small_cell` is shown nowhere. Raw answers are kept `keep_months`
    months from the day a wave was closed.
    """

    __tablename__ = "poll"
    __searched__: ClassVar[tuple[str, ...]] = ("name", "name_en", "purpose", "commissioner")

    id: Mapped[int] = id_column()
    name: Mapped[str]
    name_en: Mapped[str] = mapped_column(default="")
    purpose: Mapped[str] = mapped_column(default="")
    commissioner: Mapped[str] = mapped_column(default="")
    population: Mapped[str] = mapped_column(default="")
    population_size: Mapped[int | None]
    anchor_on: Mapped[dt.date | None]
    every_months: Mapped[int] = mapped_column(default=5)
    shift: Mapped[str] = mapped_column(default=HolidayShift.NONE.value)
    small_cell: Mapped[int] = mapped_column(default=5)
    keep_months: Mapped[int | None]
    retired_on: Mapped[dt.date | None]


class PollWave(Recorded):
    """One round of a series: when, who, how, and where its figures come from.

    `k` is its place in the cadence (None for one outside it, as a baseline before the anchor).
    `published` names where totals that were counted elsewhere were published. `respondents` is
    how many took part, known once it is closed. What is empty here is the series'.
    """

    __tablename__ = "poll_wave"
    __table_args__ = (UniqueConstraint("poll_id", "position"), {"sqlite_autoincrement": True})
    __searched__: ClassVar[tuple[str, ...]] = ("label", "published", "note")

    id: Mapped[int] = id_column()
    poll_id: Mapped[int] = mapped_column(ForeignKey("poll.id", ondelete="RESTRICT"), index=True)
    position: Mapped[int]
    k: Mapped[int | None]
    label: Mapped[str]
    planned_on: Mapped[dt.date | None]
    from_on: Mapped[dt.date | None]
    until_on: Mapped[dt.date | None]
    state: Mapped[str] = mapped_column(default=WaveState.PLANNED.value)
    source: Mapped[str] = mapped_column(default=PollSource.ANSWERS.value)
    published: Mapped[str] = mapped_column(default="")
    mode: Mapped[str] = mapped_column(default=PollMode.PAPER.value)
    sampling: Mapped[str] = mapped_column(default=Sampling.CONVENIENCE.value)
    population: Mapped[str] = mapped_column(default="")
    population_size: Mapped[int | None]
    frame: Mapped[str] = mapped_column(default="")
    commissioner: Mapped[str] = mapped_column(default="")
    conductor: Mapped[str] = mapped_column(default="")
    invited: Mapped[int | None]
    respondents: Mapped[int | None]
    weighted: Mapped[bool] = mapped_column(default=False)
    note: Mapped[str] = mapped_column(default="")
    closed_on: Mapped[dt.date | None]
    published_on: Mapped[dt.date | None]
    erased_on: Mapped[dt.date | None]


class PollQuestion(Recorded):
    """One edition of a question; another wording after the first answer is another edition.

    `wording_hash` is of the wording with its spaces evened out. By an `attribute` (sex, age band)
    tables are split. What is `sensitive` (political opinion, health) needs a consent of its own
    (개인정보 보호법 제23조).
    """

    __tablename__ = "poll_question"
    __table_args__ = (
        UniqueConstraint("poll_id", "code", "edition"),
        {"sqlite_autoincrement": True},
    )
    __searched__: ClassVar[tuple[str, ...]] = ("code", "title", "wording")

    id: Mapped[int] = id_column()
    poll_id: Mapped[int] = mapped_column(ForeignKey("poll.id", ondelete="RESTRICT"), index=True)
    code: Mapped[str]
    edition: Mapped[int] = mapped_column(default=1)
    kind: Mapped[str]
    title: Mapped[str] = mapped_column(default="")
    title_en: Mapped[str] = mapped_column(default="")
    wording: Mapped[str] = mapped_column(default="")
    wording_en: Mapped[str] = mapped_column(default="")
    wording_hash: Mapped[str] = mapped_column(default="")
    max_choices: Mapped[int | None]
    low: Mapped[float | None] = mapped_column(Float)
    high: Mapped[float | None] = mapped_column(Float)
    attribute: Mapped[bool] = mapped_column(default=False)
    sensitive: Mapped[bool] = mapped_column(default=False)


class PollOption(Recorded):
    """One thing to choose; its code stays the same from wave to wave, `value` is a scale's point."""

    __tablename__ = "poll_option"
    __table_args__ = (UniqueConstraint("question_id", "code"), {"sqlite_autoincrement": True})
    __searched__: ClassVar[tuple[str, ...]] = ("label",)

    id: Mapped[int] = id_column()
    question_id: Mapped[int] = mapped_column(
        ForeignKey("poll_question.id", ondelete="RESTRICT"), index=True
    )
    position: Mapped[int]
    code: Mapped[str]
    label: Mapped[str]
    label_en: Mapped[str] = mapped_column(default="")
    role: Mapped[str] = mapped_column(default=OptionRole.NORMAL.value)
    value: Mapped[float | None] = mapped_column(Float)


class PollPart(Recorded):
    """A row of a grid, or a place of a ranking."""

    __tablename__ = "poll_part"
    __table_args__ = (UniqueConstraint("question_id", "code"), {"sqlite_autoincrement": True})
    __searched__: ClassVar[tuple[str, ...]] = ("label",)

    id: Mapped[int] = id_column()
    question_id: Mapped[int] = mapped_column(
        ForeignKey("poll_question.id", ondelete="RESTRICT"), index=True
    )
    position: Mapped[int]
    code: Mapped[str]
    label: Mapped[str]
    label_en: Mapped[str] = mapped_column(default="")


class WaveQuestion(Recorded):
    """A question as a wave asks it: its place, and of whom.

    It is put to those who chose one of `ask_if` (option codes) at `ask_if_id`; to all where that
    is empty.
    """

    __tablename__ = "wave_question"
    __table_args__ = (UniqueConstraint("wave_id", "question_id"), {"sqlite_autoincrement": True})
    __searched__: ClassVar[str] = "a place in a questionnaire, found through the question"

    id: Mapped[int] = id_column()
    wave_id: Mapped[int] = mapped_column(
        ForeignKey("poll_wave.id", ondelete="RESTRICT"), index=True
    )
    question_id: Mapped[int] = mapped_column(
        ForeignKey("poll_question.id", ondelete="RESTRICT"), index=True
    )
    position: Mapped[int]
    ask_if_id: Mapped[int | None] = mapped_column(
        ForeignKey("poll_question.id", ondelete="RESTRICT"), index=True
    )
    ask_if: Mapped[Any] = mapped_column(Json, nullable=True)


class PollTarget(Recorded):
    """The share of one group in the population, 0 to 1, that a wave's weights are to reach."""

    __tablename__ = "poll_target"
    __table_args__ = (UniqueConstraint("wave_id", "option_id"), {"sqlite_autoincrement": True})
    __searched__: ClassVar[str] = "a number, found through the wave"

    id: Mapped[int] = id_column()
    wave_id: Mapped[int] = mapped_column(
        ForeignKey("poll_wave.id", ondelete="RESTRICT"), index=True
    )
    option_id: Mapped[int] = mapped_column(
        ForeignKey("poll_option.id", ondelete="RESTRICT"), index=True
    )
    share: Mapped[float] = mapped_column(Float)
    source: Mapped[str] = mapped_column(default="")
