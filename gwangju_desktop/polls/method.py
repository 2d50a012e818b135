"""How a wave was made: what stands beside its figures on screen and on paper, always."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.polls import PollOption, PollQuestion, PollTarget
from db.vocab import PollSource, Sampling, WaveState
from gwangju_desktop.errors import UserError
from gwangju_desktop.members.rules import named
from gwangju_desktop.polls import words
from gwangju_desktop.polls.wave_rows import WaveRow, wave_row
from gwangju_desktop.text import C_, NN_, Msg, say
from gwangju_desktop.text import words as spoken

FIELDWORK = C_("method", "Fieldwork")
MODE = C_("method", "Mode")
POPULATION = C_("method", "Population")
SAMPLING = C_("method", "Sampling")
FRAME = C_("method", "Sampling frame")
COMMISSIONED = C_("method", "Commissioned by")
CONDUCTED = C_("method", "Conducted by")
RESPONDENTS = C_("method", "Respondents")
WEIGHTING = C_("method", "Weighting")
ERROR = C_("method", "Margin of error")
SOURCE = C_("method", "Source")

_UNKNOWN = C_("method", "Not known")
_PEOPLE = NN_("{n:,} person", "{n:,} people")
_SIZED = C_("method", "{who} ({n:,} people)")
_RATE = C_("method", "{n:,} of {invited:,} invited ({rate:.1f}%)")
_SO_FAR = C_("method", "{n:,} so far, still in the field")
_NO_WEIGHTS = C_("method", "None")
_WEIGHTS = C_("method", "Weights of the file of answers")
_TARGETS = C_("method", "Raked to {attributes}")
_TARGETS_FROM = C_("method", "Raked to {attributes} ({source})")
_AFTER_CLOSING = C_("method", "Stated once the wave is closed")


def method_box(read: Session, wave_id: int) -> tuple[tuple[Msg, str], ...]:
    """Return the lines (label, text) that stand beside every figure of a wave.

    What readers must be told and nobody entered reads as not known; frame, conductor and source
    are left out where they are empty.
    """
    wave = wave_row(read, wave_id)
    lines = [
        (FIELDWORK, _days(wave.from_on, wave.until_on)),
        (MODE, say(words.MODES[wave.mode])),
        (POPULATION, _population(wave)),
        (SAMPLING, say(words.SAMPLINGS[wave.sampling])),
        (FRAME, wave.frame),
        (COMMISSIONED, wave.commissioner or say(_UNKNOWN)),
        (CONDUCTED, wave.conductor),
        (RESPONDENTS, _respondents(wave)),
        (WEIGHTING, _weighting(read, wave)),
        (ERROR, _error(read, wave)),
        (SOURCE, wave.published if wave.source == PollSource.TOTALS else ""),
    ]
    return tuple((label, text) for label, text in lines if text)


def _days(begin: dt.date | None, until: dt.date | None) -> str:
    if begin is None and until is None:
        return say(_UNKNOWN)
    if begin == until:
        return spoken().day(begin, "full")
    return spoken().days(begin, until)


def _population(wave: WaveRow) -> str:
    if not wave.population:
        return say(_UNKNOWN)
    if wave.population_size is None:
        return wave.population
    return say(_SIZED, who=wave.population, n=wave.population_size)


def _respondents(wave: WaveRow) -> str:
    if wave.state == WaveState.FIELDING:
        return say(_SO_FAR, n=wave.responses)
    if not wave.counted or (wave.source == PollSource.TOTALS and wave.respondents is None):
        return say(_UNKNOWN)
    if wave.rate is not None:
        return say(_RATE, n=wave.responses, invited=wave.invited, rate=wave.rate)
    return say(_PEOPLE, n=wave.responses)


def _weighting(read: Session, wave: WaveRow) -> str:
    if not wave.weighted:
        return say(_NO_WEIGHTS)
    targets = read.execute(
        select(PollQuestion.title, PollQuestion.title_en, PollQuestion.code, PollTarget.source)
        .join(PollOption, PollOption.question_id == PollQuestion.id)
        .join(PollTarget, PollTarget.option_id == PollOption.id)
        .where(PollTarget.wave_id == wave.id)
        .order_by(PollTarget.id)
    ).all()
    if not targets:
        return say(_WEIGHTS)
    attributes = dict.fromkeys(named(row.title, row.title_en) or row.code for row in targets)
    sources = dict.fromkeys(row.source for row in targets if row.source)
    return say(
        _TARGETS_FROM if sources else _TARGETS,
        attributes="·".join(attributes),
        source=", ".join(sources),
    )


def _error(read: Session, wave: WaveRow) -> str:
    if wave.sampling == Sampling.PROBABILITY and not wave.counted:
        return say(_AFTER_CLOSING)
    # What is said of the error is said in one place, which loads numpy.
    from gwangju_desktop.polls import notes

    worth = _worth(read, wave)
    if worth is None:
        return say(notes.NO_WEIGHTS if wave.erased_on else _UNKNOWN)
    said = notes.error(worth, Sampling(wave.sampling), wave.population_size)
    return " ".join(str(one) for one in said) or say(_UNKNOWN)


def _worth(read: Session, wave: WaveRow) -> float | None:
    """Return how many respondents the answers are worth; with weights fewer than took part.

    None where that cannot be known: the weights went with the answers.
    """
    if wave.sampling != Sampling.PROBABILITY or not wave.weighted:
        return wave.responses
    from gwangju_desktop.polls import answers

    try:
        weighting = answers.weighting(read, wave.id)
    except UserError:
        # What is wrong with the targets is said where figures are asked for.
        return None
    return None if weighting is None else weighting.n_eff
