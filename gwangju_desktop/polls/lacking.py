"""What the readers of a wave's figures would miss."""

from __future__ import annotations

from sqlalchemy.orm import Session

from gwangju_desktop.polls.question_rows import questionnaire
from gwangju_desktop.polls.table import Said
from gwangju_desktop.polls.wave_rows import wave_row
from gwangju_desktop.text import C_


def lacking(read: Session, wave_id: int) -> list[Said]:
    """Name what must be known before a wave is published; empty when nothing is missing."""
    wave = wave_row(read, wave_id)
    missing = []
    if not wave.commissioner:
        missing.append(Said(C_("lacking", "who commissioned it")))
    if wave.from_on is None or wave.until_on is None:
        missing.append(Said(C_("lacking", "the days of the fieldwork")))
    if not wave.population:
        missing.append(Said(C_("lacking", "the population")))
    if not wave.mode:
        missing.append(Said(C_("lacking", "the mode")))
    if not wave.sampling:
        missing.append(Said(C_("lacking", "the sampling")))
    asked = questionnaire(read, wave_id)
    if not asked:
        missing.append(Said(C_("lacking", "the questionnaire")))
    wordless = [one.question.code for one in asked if not one.question.wording]
    if wordless:
        missing.append(
            Said(C_("lacking", "the wording of {codes}"), {"codes": ", ".join(wordless)})
        )
    return missing
