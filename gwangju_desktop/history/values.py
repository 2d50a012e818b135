"""A value of a journalled row as people see it: days, words for codes, records by their names."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from typing import Any

from gwangju_desktop import clock, settings, text
from gwangju_desktop.history import images, labels, words
from gwangju_desktop.history.images import Image
from gwangju_desktop.history.naming import Names
from gwangju_desktop.text import C_, N_, say

NOTHING = "–"
MASK = "••••"


def said(names: Names, table: str, column: str, image: Image | None) -> str:
    """Return what a row's column held, NOTHING where it held nothing, MASK where that is secret."""
    held = None if image is None else image.get(column)
    if held is None or held in ("", [], {}):
        return NOTHING
    if labels.load().masked(table, column) or _secret(table, column, image):
        return MASK
    return _said(names, table, column, held)


def is_text(table: str, column: str, held: Any) -> bool:
    """Say whether a value is a text somebody wrote, of which single words are compared."""
    plain = isinstance(held, str) and (table, column) not in words.meanings()
    return plain and not labels.load().masked(table, column)


def _said(names: Names, table: str, column: str, held: Any) -> str:
    if isinstance(held, bool):
        return say(C_("value", "Yes") if held else C_("value", "No"))
    if isinstance(held, dt.datetime):
        return text.words().day(clock.local(held), "when")
    if isinstance(held, dt.date):
        return text.words().day(held, "full")
    if isinstance(held, bytes):
        return say(N_("{n:,} bytes"), n=len(held))
    meant = words.meanings().get((table, column), {})
    if isinstance(held, str):
        return say(meant[held]) if held in meant else held
    if isinstance(held, int):
        led = images.referred(table, column)
        if not led:
            return str(held)
        return names.called(led, held) or say(N_("No. {id}"), id=held)
    if isinstance(held, Decimal):
        return format(held, "f")
    if isinstance(held, list) and all(isinstance(one, (str, int)) for one in held):
        return ", ".join(str(one) for one in held)
    return json.dumps(held, ensure_ascii=False, default=str)


def _secret(table: str, column: str, image: Image | None) -> bool:
    if table not in ("setting", "setting_period") or column != "value" or image is None:
        return False
    declared = settings.DECLARED.get(str(image.get("key")))
    return declared is None or declared.secret
