"""Waves side by side: only where wording, options, base and mode agree; else a break that says why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.polls import Poll, PollQuestion, WaveQuestion
from db.vocab import WaveState
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import found
from gwangju_desktop.polls import cadence
from gwangju_desktop.polls.differing import REVERSED, Condition, Side, differences
from gwangju_desktop.polls.question_rows import QuestionRow, questions_of
from gwangju_desktop.polls.table import Said, Table
from gwangju_desktop.polls.wave_rows import WaveRow, waves
from gwangju_desktop.text import N_

VOTES, RESPONDENTS = "votes", "respondents"

_RUNNING = N_("“{wave}” is in the field: it has no point yet.")
_SEASONS = N_(
    "The waves fall in different months; the same month comes again after {months} months."
)
NO_POLL = N_("There is no series of polls {id}.")


@dataclass(frozen=True, slots=True)
class Point:
    """One closed wave of a trend.

    `n` people answered (None where totals were published without). `shares` are percentages by
    option code on the trend's basis, None where unknown; `mean` is a scale's or a number's.
    `provisional` until the wave is published.
    """

    wave_id: int
    wave_question_id: int
    label: str
    month: str
    day: dt.date | None
    k: int | None
    n: int | None
    votes: int | None
    shares: Mapping[str, float | None]
    mean: float | None
    provisional: bool


@dataclass(frozen=True, slots=True)
class Break:
    """No line is drawn from the point `after` (its place) to the next one, and why.

    `reversed` tells a scale whose codes run the other way.
    """

    after: int
    reasons: tuple[Said, ...]
    reversed: bool = False

    def __str__(self) -> str:
        return " ".join(str(reason) for reason in self.reasons)


@dataclass(frozen=True, slots=True)
class Trend:
    """A question over the closed waves that asked it, earliest first.

    `options` are code and label, those of the latest wave first; what is no answer is not among
    them. Between two points there is a line unless `breaks` has one there.
    """

    basis: str
    points: tuple[Point, ...] = ()
    breaks: tuple[Break, ...] = ()
    options: tuple[tuple[str, str], ...] = ()
    notes: tuple[Said, ...] = ()


def trend(
    read: Session, poll_id: int, code: str, basis: str = VOTES, part: str | None = None
) -> Trend:
    """Return how a question's shares moved from wave to wave, of all votes or of respondents.

    `part` is a row of a grid or a place of a ranking. A wave in the field has no point, nor has
    one without figures for the question.
    """
    return trends(read, poll_id, code, part)[basis]


def trends(read: Session, poll_id: int, code: str, part: str | None = None) -> dict[str, Trend]:
    """Return the trend on each basis, votes and respondents, counted once."""
    poll = found(read, Poll, poll_id, NO_POLL)
    asked = {place.wave_id: place for place in _places(read, poll_id, code)}
    editions = questions_of(read, {id for place in asked.values() for id in _named(place)})
    those = [wave for wave in waves(read, poll_id) if wave.id in asked]
    counted: list[tuple[WaveRow, int, Table]] = []
    sides = []
    for wave in those:
        place = asked[wave.id]
        table = _table(read, wave, place.id, part)
        if table is not None:
            counted.append((wave, place.id, table))
            sides.append(_side(wave, place, editions))
    breaks = []
    for n in range(1, len(sides)):
        if reasons := tuple(differences(sides[n - 1], sides[n])):
            turned = any(reason.message is REVERSED for reason in reasons)
            breaks.append(Break(n - 1, reasons, turned))
    options = _options([table for _, _, table in counted])
    notes = tuple(_notes(those, [wave for wave, _, _ in counted], poll.every_months))
    return {
        basis: Trend(
            basis,
            tuple(_point(wave, id, table, basis) for wave, id, table in counted),
            tuple(breaks),
            options,
            notes,
        )
        for basis in (VOTES, RESPONDENTS)
    }


def _places(read: Session, poll_id: int, code: str) -> list[WaveQuestion]:
    query = (
        select(WaveQuestion)
        .join(PollQuestion, PollQuestion.id == WaveQuestion.question_id)
        .where(PollQuestion.poll_id == poll_id, PollQuestion.code == code)
    )
    return list(read.scalars(query))


def _named(place: WaveQuestion) -> list[int]:
    """Return the question a place is of, and the one on which it depends who is asked."""
    return [id for id in (place.question_id, place.ask_if_id) if id is not None]


def _options(tables: list[Table]) -> tuple[tuple[str, str], ...]:
    """Return the options of all tables by code, those of the latest first, in its words."""
    shown = [[share for share in table.options if not share.missing] for table in tables]
    labels = {share.code: share.label for shares in shown for share in shares}
    order = dict.fromkeys(share.code for shares in (*shown[-1:], *shown) for share in shares)
    return tuple((code, labels[code]) for code in order)


def _table(read: Session, wave: WaveRow, wave_question_id: int, part: str | None) -> Table | None:
    if not wave.counted:
        return None
    # Counting loads numpy; only figures need it.
    from gwangju_desktop.polls import answers

    try:
        return answers.table(read, wave_question_id, part=part)
    except UserError:
        # Nobody entered figures for this question of the wave, or its answers are gone.
        return None


def _point(wave: WaveRow, wave_question_id: int, table: Table, basis: str) -> Point:
    counted = table.counted
    return Point(
        wave.id,
        wave_question_id,
        wave.label,
        wave.month,
        wave.day,
        wave.k,
        None if counted.answered is None else int(counted.answered),
        int(counted.votes),
        {
            share.code: share.pct_votes if basis == VOTES else share.pct_respondents
            for share in table.options
            if not share.missing
        },
        table.mean,
        wave.state != WaveState.PUBLISHED,
    )


def _notes(those: list[WaveRow], counted: list[WaveRow], months: int) -> list[Said]:
    notes = [
        Said(_RUNNING, {"wave": wave.label}) for wave in those if wave.state == WaveState.FIELDING
    ]
    seasons = {wave.day.month for wave in counted if wave.day is not None}
    if len(seasons) > 1:
        notes.append(Said(_SEASONS, {"months": cadence.season_months(months)}))
    return notes


def _side(wave: WaveRow, place: WaveQuestion, editions: Mapping[int, QuestionRow]) -> Side:
    row = editions[place.question_id]
    condition = None
    if place.ask_if_id is not None:
        sifting = editions[place.ask_if_id]
        condition = Condition(sifting.code, sifting.wording_hash, frozenset(place.ask_if or ()))
    return Side(row.stored, row.wording_hash, condition, wave.population, wave.mode)
