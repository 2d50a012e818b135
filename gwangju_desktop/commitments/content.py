"""What a commitment promises, as an adjustment keeps it, and what differs between two of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from db.promised import promise
from gwangju_desktop.commitments import template
from gwangju_desktop.commitments.months import month_text
from gwangju_desktop.commitments.rows import Change
from gwangju_desktop.commitments.words import ROLES, VALUES
from gwangju_desktop.text import C_, Msg, say, words

__all__ = ["compare", "promise"]
FIELDS: dict[str, Msg] = {
    "title": C_("promise", "Title"),
    "starts": C_("promise", "Begins in"),
    "ends": C_("promise", "Ends in"),
    "policy_area": C_("promise", "Policy area"),
    "sector": C_("promise", "Sector"),
    "open_values": C_("promise", "Open-government values"),
}
STEP_FIELDS: dict[str, Msg] = {
    "title": C_("promise", "Milestone {n}: title"),
    "output": C_("promise", "Milestone {n}: output"),
    "starts_on": C_("promise", "Milestone {n}: planned start"),
    "due_on": C_("promise", "Milestone {n}: planned end"),
    "weight": C_("promise", "Milestone {n}: weight"),
}
ADDED = C_("promise", "Milestone {n} added")
REMOVED = C_("promise", "Milestone {n} removed")
CANCELLED = C_("promise", "Milestone {n} cancelled")
TAKEN_UP = C_("promise", "Milestone {n} taken up again")
ORDER = C_("promise", "Order of the milestones")
INSTITUTIONS = C_("promise", "Institutions")


def compare(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """List what differs between two promises, in the order of the template."""
    return [
        *_fields(before, after),
        *_texts(before["texts"], after["texts"]),
        *_institutions(before, after),
        *_milestones(before["milestones"], after["milestones"]),
    ]


def _fields(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Change]:
    for name, label in FIELDS.items():
        if before[name] != after[name]:
            yield Change(label, _shown(name, before[name]), _shown(name, after[name]), {})


def _shown(name: str, value: Any) -> str:
    if name in ("starts", "ends"):
        return month_text(value)
    if name == "open_values":
        return ", ".join(say(VALUES[word]) for word in value.split(",") if word)
    return str(value)


def _texts(before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[Change]:
    for section in template.sections("commitment"):
        old, new = before.get(section.key, ""), after.get(section.key, "")
        if old != new:
            yield Change(section.label, old, new, {})


def _institutions(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Change]:
    if before["institutions"] != after["institutions"]:
        old, new = (
            ", ".join(
                f"{row['name']} ({say(ROLES[row['role']])})" for row in promised["institutions"]
            )
            for promised in (before, after)
        )
        yield Change(INSTITUTIONS, old, new, {})


def _milestones(before: list[dict[str, Any]], after: list[dict[str, Any]]) -> Iterator[Change]:
    old = {step["id"]: step for step in before}
    new = {step["id"]: step for step in after}
    for id, step in old.items():
        now = new.get(id)
        n = {"n": step["number"]}
        if now is None:
            yield Change(REMOVED, step["title"], "", n)
            continue
        for name, label in STEP_FIELDS.items():
            if step[name] != now[name]:
                yield Change(label, _told(name, step[name]), _told(name, now[name]), n)
        if now["cancelled"] != step["cancelled"]:
            label = CANCELLED if now["cancelled"] else TAKEN_UP
            yield Change(label, step["title"], now["title"], n)
    for id, step in new.items():
        if id not in old:
            yield Change(ADDED, "", step["title"], {"n": step["number"]})
    kept = [id for id in old if id in new]
    if kept != [id for id in new if id in old]:
        numbers = [
            ", ".join(str(row["number"]) for row in rows) for rows in (old.values(), new.values())
        ]
        yield Change(ORDER, numbers[0], numbers[1], {})


def _told(name: str, value: Any) -> str:
    if name in ("starts_on", "due_on"):
        return words().day(dt.date.fromisoformat(value), "full") if value else ""
    return str(value)
