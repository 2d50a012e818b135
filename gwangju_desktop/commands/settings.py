"""`settings list | get | set | export | import`: what the office has decided for itself."""

from __future__ import annotations

import argparse
import json
from typing import Any

from gwangju_desktop import settings as declared
from gwangju_desktop import settings_profile
from gwangju_desktop.commands import output
from gwangju_desktop.errors import UserError
from gwangju_desktop.text import say


def settings(asked: argparse.Namespace) -> int:
    """Carry out one of the acts."""
    if asked.act == "set":
        value = declared.typed(asked.key, asked.value)
        with output.office(asked, write=True) as store:
            store.run(declared.change_setting, key=asked.key, value=value)
        if asked.json:
            output.document({"key": asked.key, "value": value})
        return 0
    if asked.act in ("export", "import"):
        return _profile(asked)
    with output.office(asked) as store, store.reading() as read:
        held = declared.values(read)
    if asked.act == "get":
        if asked.key not in held:
            raise UserError(declared.NO_SETTING, key=asked.key)
        if asked.json:
            output.document({"key": asked.key, "value": held[asked.key]})
        else:
            output.line(_said(held[asked.key]))
        return 0
    rows = [
        {
            "key": key,
            "value": value,
            "default": declared.DECLARED[key].default,
            "means": say(declared.DECLARED[key].label),
        }
        for key, value in held.items()
    ]
    if asked.json:
        output.document(rows)
    else:
        output.table(
            ("key", "value", "means"), [[r["key"], _said(r["value"]), r["means"]] for r in rows]
        )
    return 0


def _profile(asked: argparse.Namespace) -> int:
    """Save the settings to a file, or take those of one over."""
    if asked.act == "export":
        with output.office(asked) as store, store.reading() as read:
            count = settings_profile.save(read, asked.file)
        if asked.json:
            output.document({"file": str(asked.file), "settings": count})
        return 0
    profile = settings_profile.load(asked.file)
    with output.office(asked, write=not asked.dry_run) as store:
        with store.reading() as read:
            changes = settings_profile.changes(read, profile)
        if not asked.dry_run:
            store.run(settings_profile.take, profile=profile)
    rows = [{"key": one.key, "before": one.here, "after": one.there} for one in changes]
    if asked.json:
        output.document(rows)
    else:
        output.table(
            ("key", "before", "after"),
            [[row["key"], _said(row["before"]), _said(row["after"])] for row in rows],
        )
    return 0


def _said(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
