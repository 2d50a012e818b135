"""What an import of members changes, in words."""

from __future__ import annotations

import datetime as dt

from gwangju_desktop.members.importing import values
from gwangju_desktop.members.importing.fields import FIELDS
from gwangju_desktop.members.importing.model import Change
from gwangju_desktop.text import language
from ui.text import C_, N_, Msg, day, say

ADDS: dict[str, Msg] = {
    "person": C_("import", "person"),
    "seat": C_("import", "seat in the body"),
    "affiliation": C_("import", "affiliation"),
    "organisation": C_("import", "organisation"),
    "post": C_("import", "post"),
}


def change_words(change: Change) -> str:
    """Say a change: the field, what was held, what would be."""
    old, new = (_value(change.field, value) for value in (change.old, change.new))
    told = N_("{field}: {old} → {new}")
    return say(told, field=FIELDS[change.field].title, old=old or "–", new=new or "–")


def _value(field: str, value: object) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, dt.date):
        return day(value, "full")
    if isinstance(value, bool):
        return say(C_("import", "yes") if value else C_("import", "no"))
    if isinstance(value, tuple):
        return ", ".join(str(one) for one in value)
    if field in values.SPOKEN:
        return values.spoken(field, str(value), language())
    return str(value)
