"""How plans, commitments and milestones are written on screen."""

from __future__ import annotations

import datetime as dt
import re

from db.vocab import Completion, MilestoneState, OwnStatus
from gwangju_desktop.commitments.words import COMPLETIONS, MILESTONES, STATUSES
from gwangju_desktop.members.rules import named
from ui.models.rows import Cell
from ui.text import C_, NN_, say, words

YEARS = re.compile(r"(\d{4}) – (\d{4})")
OVERDUE = NN_("{n} day overdue", "{n} days overdue")

STATUS_TONES = {
    OwnStatus.ON_TIME: "acc",
    OwnStatus.LATE: "bad",
    OwnStatus.DONE: "ok",
    OwnStatus.POSTPONED: "warn",
    OwnStatus.STOPPED: "warn",
}
MILESTONE_TONES = {
    MilestoneState.IN_PROGRESS: "acc",
    MilestoneState.COMPLETED: "ok",
}
COMPLETION_TONES = {
    Completion.NO_EVIDENCE: "warn",
    Completion.COMPLETE: "ok",
    Completion.SUBSTANTIAL: "acc",
}
ICONS = {
    OwnStatus.LATE: "clock",
    OwnStatus.DONE: "circle-check",
    OwnStatus.ON_TIME: "circle-dot",
}


def title(row) -> str:
    """Return the title in the language shown; years like 2021 – 2022 stay on one line."""
    return YEARS.sub("\\1\u00a0–\u00a0\\2", named(row.title, row.title_en))


def span(first: dt.date | None, last: dt.date | None) -> str:
    """Write two days, either of which may be unknown."""
    return words().days(first, last) if first or last else "–"


def status(code: str) -> str:
    """Name an own status."""
    return say(STATUSES[code])


def completion(code: str) -> str:
    """Name a completion of the official scale."""
    return say(COMPLETIONS[code])


def state(code: str) -> str:
    """Name how far a milestone is."""
    return say(MILESTONES[code])


def share(done: int, weight: int) -> int:
    """Return the per cent of a weight that is done, rounded down."""
    return done * 100 // weight if weight else 0


def proofs(one, *, lacks: bool = False) -> Cell:
    """Return how many whole evidence files there are, and how many broken ones do not count."""
    if one.broken:
        sub = say(C_("evidence files", "{n} broken"), n=one.broken)
        return Cell(f"{one.evidence}", sub, role="sec", ink="bad")
    return Cell(f"{one.evidence}", role="sec", ink="warn" if lacks else "")


def until(on: dt.date, today: dt.date) -> str:
    """Say how far off a day is: D-12, or by how many days it is past."""
    left = (on - today).days
    if left < 0:
        return say(OVERDUE, n=-left)
    return say(C_("deadline", "D-{n}"), n=left) if left else say(C_("deadline", "D-day"))


def tone(code: str) -> str:
    """Return the tone of an own status."""
    return STATUS_TONES.get(code, "neu")
