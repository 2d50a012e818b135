"""Bodies and members as `list` and `show` tell of them: with verdicts, without contact data.

Phone numbers and addresses are not printed: that would need an access record (접속기록), which a
command that only reads cannot write.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy.orm import Session

from db.vocab import BodyRuleKey
from gwangju_desktop.commands import output
from gwangju_desktop.members import checks, queries, tallies
from gwangju_desktop.members.verdict import Verdict

CONTACT = ("phone", "email")


def without_contact(row: Any) -> dict[str, Any]:
    """Return a row as an object without what reaches the person."""
    told: dict[str, Any] = output.plain(row)
    return {name: value for name, value in told.items() if name not in CONTACT}


def body(read: Session, *, id: int, on: dt.date) -> dict[str, Any]:
    """Return a body with its counts, its verdicts and its rules in force on a day."""
    told: dict[str, Any] = output.plain(queries.body(read, id=id, on=on))
    found = checks.verdicts(read, body_id=id, on=on)
    held = {verdict.rule: verdict for verdict in found}
    seats = held[checks.SEATS].value
    return {
        **told,
        "on": on,
        "enrolled": seats["enrolled"],
        "voting": seats["voting"],
        "gender": _gender(held.get(BodyRuleKey.GENDER_MOST), told["balance"]),
        "youth": _youth(held.get(BodyRuleKey.YOUTH_LEAST), tallies.tally(read, id, on)),
        "terms_ending": [
            {"id": one.id, "name": one.name, "ends_on": one.ends_on, "days": one.days}
            for one in held[checks.TERMS_ENDING].value["people"]
        ],
        "verdicts": [_verdict(verdict) for verdict in found],
    }


def _gender(verdict: Verdict | None, counted: dict[str, Any]) -> dict[str, Any]:
    """Return the sexes of the appointed; without a rule there is no limit and nothing to keep."""
    return {
        "female": counted["women"],
        "male": counted["men"],
        "unknown": counted["unknown"],
        "limit": None if verdict is None else verdict.limit,
        "ok": True if verdict is None else verdict.ok,
    }


def _youth(verdict: Verdict | None, counted: tallies.Tally) -> dict[str, Any]:
    return {
        "count": counted.youth,
        "unknown": counted.youth_unknown,
        "least": 0 if verdict is None else verdict.value["least"],
        "limit": None if verdict is None else verdict.limit,
        "ok": True if verdict is None else verdict.ok,
    }


def _verdict(verdict: Verdict) -> dict[str, Any]:
    return {
        "rule": verdict.rule,
        "ok": verdict.ok,
        "value": verdict.value,
        "limit": verdict.limit,
        "source": verdict.source,
        "unverified": verdict.unverified,
        "since": verdict.since,
        "sentence": verdict.sentence,
    }


def member(read: Session, *, id: int) -> dict[str, Any]:
    """Return a person with names, seats and their terms, posts held and affiliations."""
    return without_contact(queries.member(read, id=id))
