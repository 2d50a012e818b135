"""Why the days and the vote of a row may not be: what `memberships` refuses, told of a whole file."""

from __future__ import annotations

import datetime as dt
from typing import Any

from gwangju_desktop.members import rules
from gwangju_desktop.members.importing.known import HeldSeat, Known
from gwangju_desktop.members.memberships import GOES_WITH_POST
from gwangju_desktop.members.seatrules import GONE, ON_THE_SHEET, VOTE_COUNTED
from gwangju_desktop.text import Msg

Refusal = tuple[Msg, dict[str, Any]]


def of_body(known: Known, body: int | str, end: dt.date | None) -> Refusal | None:
    """Refuse a seat that outlives its body."""
    last = known.gone.get(body) if isinstance(body, int) else None
    if last is None or (end is not None and end <= last):
        return None
    assert isinstance(body, int)
    return GONE, {"body": rules.named(*known.body_names[body]), "day": last}


def of_held(
    known: Known, held: HeldSeat, differing: dict[str, Any], start: dt.date, end: dt.date | None
) -> Refusal | None:
    """Refuse what a held meeting contradicts, and other days for a seat that goes with a post."""
    for meeting, day in held.sat:
        if not rules.in_office(start, end, day):
            return ON_THE_SHEET, {"meeting": meeting, "day": day}
        if "voting" in differing:
            return VOTE_COUNTED, {"meeting": meeting, "day": day}
    if held.goes_with and differing.keys() & {"starts_on", "ends_on"}:
        return GOES_WITH_POST, {"post": held.goes_with}
    return of_body(known, held.body_id, end) if "ends_on" in differing else None
