"""How waves, bases and shares are written on the screens of polls."""

from __future__ import annotations

from gwangju_desktop.polls.cells import HIDDEN
from gwangju_desktop.text import words
from ui.text import C_, say


def wave_title(wave) -> str:
    """Name a wave by its label, by its number where it has none."""
    return wave.label or say(C_("poll wave", "Wave {n}"), n=wave.position)


def wave_span(wave) -> str:
    """Say from when to when a wave is in the field; the planned day before that is known."""
    if wave.from_on or wave.until_on:
        return words().days(wave.from_on, wave.until_on)
    return words().day(wave.planned_on, "full") if wave.planned_on else ""


def numbered(place, question) -> str:
    """Name a question with the number it has in the questionnaire in front."""
    ids = [one.wave_question_id for one in place.asked]
    title = question.title or question.code
    known = place.question_id in ids
    return f"{ids.index(place.question_id) + 1}  {title}" if known else title


def percent(value: float | None) -> str:
    """Write a percentage with one decimal; a dash where there is no base."""
    return "–" if value is None else f"{value:.1f}%"


def number(value: float | None) -> str:
    """Write a count; one decimal where weights make it no whole number, * where it is hidden."""
    if value is None:
        return HIDDEN
    whole = abs(value - round(value)) < 1e-9
    return f"{value:,.0f}" if whole else f"{value:,.1f}"
