"""Status and completed share of commitments from the milestones of a copy."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from gwangju_desktop.commitments import status
from gwangju_desktop.commitments.status import Facts, Step
from gwangju_desktop.snapshots.reworking.rows import Found, Rows, Worked, day, part, said
from gwangju_desktop.text import C_, LANGUAGES, words

_COUNTING = C_("recompute", "{n} milestones that were not cancelled.")
_DONE = C_("recompute", "{done} of {n} milestones are completed.")
_SHARE = C_("recompute", "{done} of a weight of {whole} × 100 = {share} %, rounded down.")


def rework(rows: Rows, on: dt.date) -> Found:
    """Return every figure of commitments by its key; `on` is the day they are of."""
    found: Found = {}
    for row in rows.of("commitment"):
        found.update(_commitment(rows, row, on))
    return found


def _commitment(rows: Rows, row: dict[str, Any], on: dt.date) -> Iterator[tuple[str, Worked]]:
    key = f"commitment:{row['id']}"
    held = rows.by("milestone", "commitment_id", row["id"])
    steps = [
        Step(
            n,
            one["state"],
            one["weight"],
            day(one["due_on"]),
            day(one["started_on"]),
            day(one["completed_on"]),
        )
        for n, one in enumerate(held)
    ]
    parts = [part("milestone", one, one["title"], "state", "due_on", "weight") for one in held]
    facts = Facts(row["starts"], row["ends"], day(row["completed_on"]), steps)
    found = status.computed(facts, on)
    ko, en = (words(language)(found.why.message, **found.why.values) for language in LANGUAGES)
    own = part("commitment", row, row["title"], "starts", "ends", "completed_on")
    yield f"{key}:status", Worked(found.code, (ko, en), [own, *parts])
    counting = [step for step in steps if step.counts]
    done = sum(step.done for step in counting)
    yield f"{key}:milestones", Worked(len(counting), said(_COUNTING, n=len(counting)), parts)
    yield f"{key}:completed", Worked(done, said(_DONE, done=done, n=len(counting)), parts)
    reached, whole = status.weights(steps)
    if whole:
        share = reached * 100 // whole
        told = said(_SHARE, done=reached, whole=whole, share=share)
        yield f"{key}:share", Worked(share, told, parts)
