"""The office's own status, the completion the program suggests, and the burn-up. Pure.

The suggestion is for reference: the official scale has no numbers, and only the monitors rate.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from db.vocab import Completion, MilestoneState, OwnStatus
from gwangju_desktop.commitments.months import first_day, last_day
from gwangju_desktop.commitments.rules import Limits
from gwangju_desktop.polls.table import Said
from gwangju_desktop.text import C_, NN_, Msg

_CANCELLED = MilestoneState.CANCELLED.value
_COMPLETED = MilestoneState.COMPLETED.value
_ENDED = (_CANCELLED, _COMPLETED)

DONE_ON = C_("status why", "Completed on {day:full}.")
ALL_DONE = C_("status why", "All {n} milestones are completed.")
NO_FACTS = C_("status why", "It has neither milestones nor dates.")
OVERDUE = C_("status why", "Past their day: {late} of {n} milestones, the first since {day:full}.")
PAST_END = C_("status why", "Its last day {day:full} is past, and it is not completed.")
BEFORE_START = C_("status why", "It begins on {day:full}, and nothing was begun.")
NOTHING_LATE = C_("status why", "Completed: {done} of {n} milestones; none is past its day.")
RUNNING = C_("status why", "It has no milestones, and its last day is not past.")

NO_MILESTONES = C_("suggestion", "There are no milestones to weigh.")
NONE_DONE = C_("suggestion", "No milestone is completed.")
NO_FILES = C_("suggestion", "Milestones are completed, but no evidence file says so.")
SOME_DONE = C_("suggestion", "{share} % of the weight is completed.")
UNPROVED = C_(
    "suggestion", "{share} % of the weight is completed; milestones without evidence: {n}."
)
LEFT_OUT = NN_(
    "{n} evidence file is broken and does not count.",
    "{n} evidence files are broken and do not count.",
)
PROVED = C_("suggestion", "{share} % of the weight is completed, each milestone with evidence.")


class Step(NamedTuple):
    """What counts of one milestone; a tuple, because a list of commitments makes thousands."""

    id: int
    state: str
    weight: int = 1
    due_on: dt.date | None = None
    started_on: dt.date | None = None
    completed_on: dt.date | None = None
    delay_cause: str = ""

    @property
    def counts(self) -> bool:
        """Say whether it was not cancelled."""
        return self.state != _CANCELLED

    @property
    def done(self) -> bool:
        """Say whether it was completed."""
        return self.state == _COMPLETED

    def late(self, today: dt.date) -> bool:
        """Say whether its day is past and it is not completed."""
        due = self.due_on
        return due is not None and due < today and self.state not in _ENDED


@dataclass(frozen=True, slots=True)
class Facts:
    """What counts of one commitment; `starts` and `ends` are months."""

    starts: int | None
    ends: int | None
    completed_on: dt.date | None
    milestones: Sequence[Step]


@dataclass(frozen=True, slots=True)
class Status:
    """A status (OwnStatus) and why it is so."""

    code: str
    why: Said


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A completion (Completion) for reference, "" where nothing can be said.

    `lacking` are the milestones without evidence that stand in the way; `share` is the per cent
    of the weight that is completed, rounded down; `broken` files were left out of the evidence.
    """

    code: str
    why: Said
    lacking: tuple[int, ...] = ()
    share: int = 0
    broken: int = 0

    def reason(self) -> str:
        """Say why it is so, and which evidence does not count."""
        left_out = Said(LEFT_OUT, {"n": self.broken})
        return f"{self.why} {left_out}" if self.broken else str(self.why)


@dataclass(frozen=True, slots=True)
class BurnPoint:
    """Shares of the weight by the end of a day, 0 to 1; `done` is None for days to come."""

    day: dt.date
    planned: float
    done: float | None


def computed(facts: Facts, today: dt.date) -> Status:
    """Work out the status of a commitment on a day."""
    counting = [step for step in facts.milestones if step.counts]
    done = sum(step.done for step in counting)
    if facts.completed_on is not None:
        return _status(OwnStatus.DONE, DONE_ON, day=facts.completed_on)
    if counting and done == len(counting):
        return _status(OwnStatus.DONE, ALL_DONE, n=done)
    if not counting and facts.starts is None and facts.ends is None:
        return _status(OwnStatus.UNKNOWN, NO_FACTS)
    late = [step.due_on for step in counting if step.late(today) and step.due_on]
    if late:
        return _status(OwnStatus.LATE, OVERDUE, n=len(counting), late=len(late), day=min(late))
    if facts.ends is not None and last_day(facts.ends) < today:
        return _status(OwnStatus.LATE, PAST_END, day=last_day(facts.ends))
    begun = any(step.started_on or step.state != MilestoneState.NOT_STARTED for step in counting)
    if facts.starts is not None and today < first_day(facts.starts) and not begun:
        return _status(OwnStatus.NOT_STARTED, BEFORE_START, day=first_day(facts.starts))
    if not counting:
        return _status(OwnStatus.ON_TIME, RUNNING)
    return _status(OwnStatus.ON_TIME, NOTHING_LATE, n=len(counting), done=done)


def lacks_cause(code: str, cause: str, milestones: Sequence[Step], today: dt.date) -> bool:
    """Say whether a commitment is late by what was worked out, and nobody wrote why.

    A cause with each milestone that is late is cause enough.
    """
    if code != OwnStatus.LATE or cause:
        return False
    late = [step for step in milestones if step.late(today)]
    return not late or any(not step.delay_cause for step in late)


def suggestion(
    milestones: Sequence[Step],
    evidence_per_milestone: Mapping[int, int],
    any_evidence: bool,
    limits: Limits,
) -> Suggestion:
    """Suggest a completion from the weights, for reference alone.

    `evidence_per_milestone` counts claims by milestone; `any_evidence` says whether any file was
    filed for the commitment at all. Whole numbers only: half of the weight is half.
    """
    counting = [step for step in milestones if step.counts]
    if not counting:
        return Suggestion("", Said(NO_MILESTONES))
    if not any(step.done for step in counting):
        return _suggested(Completion.NOT_STARTED, NONE_DONE)
    done, whole = weights(counting)
    share = done * 100 // whole
    lacking = tuple(
        step.id for step in counting if step.done and not evidence_per_milestone.get(step.id)
    )
    if not any_evidence and not any(evidence_per_milestone.get(step.id) for step in counting):
        return _suggested(Completion.NO_EVIDENCE, NO_FILES, lacking, share)
    if done * 100 < limits.limited_below * whole:
        return _suggested(Completion.LIMITED, SOME_DONE, lacking, share)
    if done * 100 < limits.complete_from * whole:
        return _suggested(Completion.SUBSTANTIAL, SOME_DONE, lacking, share)
    unproved = tuple(step.id for step in counting if not evidence_per_milestone.get(step.id))
    if unproved:
        return _suggested(Completion.SUBSTANTIAL, UNPROVED, unproved, share)
    return _suggested(Completion.COMPLETE, PROVED, (), share)


def weights(milestones: Sequence[Step]) -> tuple[int, int]:
    """Return the completed and the whole weight of the milestones that were not cancelled.

    Milestones that all weigh nothing count one each.
    """
    counting = [step for step in milestones if step.counts]
    whole = sum(step.weight for step in counting)
    if not whole:
        return sum(step.done for step in counting), len(counting)
    return sum(step.weight for step in counting if step.done), whole


def burnup(
    milestones: Sequence[Step], first: dt.date, last: dt.date, *, today: dt.date | None = None
) -> list[BurnPoint]:
    """Return the planned and the completed share of the weight on every day one of them changes.

    A milestone without a day is planned for `last`. `done` is None after `today`.
    """
    counting = [step for step in milestones if step.counts]
    _done, whole = weights(counting)
    if not whole or last < first:
        return []
    level = 0 if any(step.weight for step in counting) else 1
    planned = [(step.due_on or last, step.weight or level) for step in counting]
    finished = [
        (step.completed_on, step.weight or level)
        for step in counting
        if step.done and step.completed_on
    ]
    days = {first, last} | {day for day, _weight in (*planned, *finished)}
    if today is not None:
        days.add(today)
    return [
        BurnPoint(
            day,
            sum(weight for due, weight in planned if due <= day) / whole,
            None
            if today is not None and day > today
            else sum(weight for when, weight in finished if when <= day) / whole,
        )
        for day in sorted(days)
        if first <= day <= last
    ]


def _status(code: OwnStatus, message: Msg, **values: object) -> Status:
    return Status(code.value, Said(message, values))


def _suggested(
    code: Completion, message: Msg, lacking: tuple[int, ...] = (), share: int = 0
) -> Suggestion:
    values: dict[str, object] = {"share": share, "n": len(lacking)}
    return Suggestion(code.value, Said(message, values), lacking, share)
