"""What an office has decided, as a file another office can take: never ids, secrets or keys."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from db.files import atomic_write, blaming
from db.store import usecase
from gwangju_desktop import VERSION, settings
from gwangju_desktop.errors import UserError
from gwangju_desktop.settings import DECLARED, PERIODIC
from gwangju_desktop.text import N_, Msg

FORMAT = "gwangju-desktop/settings/1"
MOST_BYTES = 1024 * 1024
# The day of a sample is nobody else's; what has no kind is set by its form or by the program.
TAKEN = tuple(
    key for key, one in DECLARED.items() if one.kind and not one.secret and key != settings.TODAY
)
NO_PROFILE = N_("{file} is no file of settings.")
_HINT = N_("Take one that “Save settings” wrote.")


@dataclass(frozen=True, slots=True)
class Change:
    """What a file would change: a setting, its value here and there."""

    key: str
    label: Msg
    here: Any
    there: Any


def save(read: Session, target: Path) -> int:
    """Write the settings of an office to a file; return how many."""
    held = {key: value for key, value in settings.values(read).items() if key in TAKEN}
    told = {
        "format": FORMAT,
        "program": VERSION,
        "settings": held,
        "dated": [
            {
                "key": one.key,
                "value": one.value,
                "from": one.valid_from.isoformat(),
                "until": one.valid_to.isoformat() if one.valid_to else None,
                "source": one.source,
            }
            for one in settings.periods(read)
        ],
    }
    with atomic_write(target) as file:
        file.write(json.dumps(told, ensure_ascii=False, indent=1).encode() + b"\n")
    return len(held)


def load(path: Path) -> dict[str, Any]:
    """Read a file of settings; raises UserError for what is none, naming what is wrong in it."""
    with blaming(path), path.open("rb") as file:
        held = file.read(MOST_BYTES + 1)
    try:
        told = json.loads(held.decode("utf-8-sig")) if len(held) <= MOST_BYTES else None
    except (ValueError, RecursionError):
        told = None
    if not isinstance(told, dict) or told.get("format") != FORMAT:
        raise UserError(NO_PROFILE, hint=_HINT, file=path.name)
    values = told.get("settings")
    if not isinstance(values, dict):
        raise UserError(NO_PROFILE, hint=_HINT, file=path.name)
    known = {key: _checked(key, values[key]) for key in TAKEN if key in values}
    return {"settings": known, "dated": [_period(one, path) for one in told.get("dated") or ()]}


def changes(read: Session, profile: Mapping[str, Any]) -> list[Change]:
    """Return what a file would change here, in the order settings are declared."""
    held = settings.values(read)
    found = [
        Change(key, DECLARED[key].label, held[key], value)
        for key, value in profile["settings"].items()
        if held[key] != value
    ]
    known = {(one.key, one.valid_from, one.value) for one in settings.periods(read)}
    found += [
        Change(one["key"], DECLARED[one["key"]].label, None, f"{one['value']} ({one['from']} ~)")
        for one in profile["dated"]
        if (one["key"], one["from"], one["value"]) not in known
    ]
    return found


@usecase("Take over settings")
def take(tx: Session, *, profile: Mapping[str, Any]) -> int:
    """Set what a file says, dated values too, in one step; return how many settings changed."""
    done = settings.change_settings(tx, values=profile["settings"])
    for one in sorted(profile["dated"], key=lambda one: one["from"]):
        if settings.value_on(tx, one["key"], one["from"]) != one["value"]:
            done += settings.change_from(
                tx,
                values={one["key"]: one["value"]},
                valid_from=one["from"],
                source=one["source"],
            )
    return done


def _checked(key: str, value: Any) -> Any:
    """Return a value as it may be set; raises UserError as for one that is typed."""
    if value is None:
        return DECLARED[key].default
    return settings.typed(key, str(value))


def _period(one: Any, path: Path) -> dict[str, Any]:
    try:
        period = {
            "key": str(one["key"]),
            "value": str(one["value"]),
            "from": dt.date.fromisoformat(one["from"]),
            "source": str(one["source"]),
        }
    except (KeyError, TypeError, ValueError):
        raise UserError(NO_PROFILE, hint=_HINT, file=path.name) from None
    if period["key"] not in PERIODIC:
        raise UserError(NO_PROFILE, hint=_HINT, file=path.name)
    return period
