"""`calendar` and `import calendar`: meetings out to other calendars, and in from them."""

from __future__ import annotations

import argparse
from typing import Any

from gwangju_desktop.commands import output
from gwangju_desktop.commands.records import record_id
from gwangju_desktop.text import C_, N_, Msg, say

_KINDS: dict[str, tuple[Msg, str]] = {
    "refused": (C_("import", "refused"), "refused"),
    "add": (C_("import", "added"), "added"),
    "change": (C_("import", "changed"), "changed"),
    "same": (C_("import", "unchanged"), "unchanged"),
}


def calendar(asked: argparse.Namespace) -> int:
    """Write the meetings to an iCalendar file."""
    from gwangju_desktop.meetings import calendars

    body_id = record_id(asked.body) if asked.body is not None else None
    # Identifiers are kept where that is possible; a copy that is only read has them all the same.
    with output.office(asked, write=True) as store:
        with store.reading() as read:
            lacking = calendars.without_uid(read, body_id=body_id)
        if lacking and store.why_read_only is None:
            store.run(calendars.give_uids, body_id=body_id)
        with store.reading() as read:
            made = calendars.calendar(read, body_id=body_id)
        calendars.write(asked.output, made)
    if asked.json:
        output.document({"file": str(asked.output), "meetings": made.meetings})
    else:
        told = N_("{file}: {n:,} meetings")
        output.line(say(told, file=asked.output.name, n=made.meetings))
    return 0


def import_calendar(asked: argparse.Namespace) -> int:
    """Take a calendar in, or only say what that would do."""
    from gwangju_desktop.meetings import calendar_intake, calendar_reading

    body_id = record_id(asked.body) if asked.body is not None else None
    with output.office(asked, write=not asked.dry_run) as store:
        source = calendar_reading.read(asked.file)
        with store.reading() as read:
            made = calendar_intake.plan(read, source=source, body_id=body_id)
        refused = made.plan.counts["refused"] == len(made.plan.rows)
        take = bool(made.acts) and not asked.dry_run
        if take:
            store.run(calendar_intake.import_calendar, source=source, body_id=body_id)
    told = _document(source, made.plan) | {"imported": take}
    if asked.json:
        output.document(told)
    else:
        _say(told)
    if refused:
        raise calendar_intake.refusal(source, made)
    return 0


def _document(source: Any, plan: Any) -> dict[str, Any]:
    lists: dict[str, list[dict[str, Any]]] = {name: [] for _word, name in _KINDS.values()}
    for row in plan.rows:
        lists[_KINDS[row.kind][1]].append(_row(row))
    return {
        "file": source.name,
        "encoding": source.encoding,
        "events": len(plan.rows),
        "remarks": [str(one) for one in plan.remarks],
        "counts": {name: len(rows) for name, rows in lists.items()},
        **lists,
    }


def _row(row: Any) -> dict[str, Any]:
    told: dict[str, Any] = {"line": row.line, "title": row.name, "body": row.where}
    if row.why is not None:
        told["told"] = str(row.why)
    if row.changes:
        told["changes"] = [
            {"field": one.field, "old": one.old, "new": one.new} for one in row.changes
        ]
    return told


def _say(told: dict[str, Any]) -> None:
    counts = [f"{say(word)} {told['counts'][name]:,}" for word, name in _KINDS.values()]
    output.line(f"{told['file']}: {' · '.join(counts)}")
    for remark in told["remarks"]:
        output.line(f"  {remark}")
    for word, name in _KINDS.values():
        for row in told[name]:
            changes = ", ".join(
                f"{one['field']}: {one['old']} → {one['new']}" for one in row.get("changes", ())
            )
            what = " · ".join(part for part in (row["title"], row.get("told"), changes) if part)
            line = say(N_("Line {line}: {what}"), line=row["line"], what=what)
            output.line(f"  {say(word)} · {line}")
