"""`import meetings` and `export meetings`: the register of what was held."""

from __future__ import annotations

import argparse

from gwangju_desktop.commands import members, output
from gwangju_desktop.commands.records import record_id
from gwangju_desktop.errors import UserError
from gwangju_desktop.text import N_, say


def import_meetings(asked: argparse.Namespace) -> int:
    """Take a meeting register over, or only say what that would do."""
    from gwangju_desktop.meetings.importing import apply, columns, preview, reading
    from gwangju_desktop.meetings.importing.model import Options

    given = dict(members.pair(one) for one in asked.map)
    options = Options(body_id=record_id(asked.body) if asked.body is not None else None)
    with output.office(asked, write=not asked.dry_run) as store:
        source = reading.read(asked.file)
        with store.reading() as read:
            mapped = columns.said(source, columns.remembered(read, source=source), given)
            plan = preview.plan(read, source=source, mapping=mapped, options=options)
        take = not asked.dry_run and (asked.skip_refused or not plan.held_back)
        if take:
            store.run(
                apply.import_meetings,
                source=source,
                mapping=mapped,
                options=options,
                skip=asked.skip_refused,
            )
    told = members.planned(source, mapped, plan) | {"meetings": len(plan.new), "imported": take}
    if asked.json:
        output.document(told)
    else:
        members.tell(told)
    if plan.held_back and not asked.skip_refused:
        hint = N_("Correct them, or add --skip-refused to import the others.")
        raise UserError(members.HELD_BACK, hint=hint, n=plan.held_back, of=len(plan.rows))
    return 0


def export_meetings(asked: argparse.Namespace) -> int:
    """Write the register of the meetings that are over to a file."""
    from gwangju_desktop.meetings import exporting

    exporting.check(asked.file)
    body_id = record_id(asked.body) if asked.body is not None else None
    with output.office(asked) as store:
        with store.reading() as read:
            made = exporting.register(read, body_id=body_id)
        exporting.write(asked.file, made)
    if asked.json:
        output.document(
            {"file": str(asked.file), "meetings": made.meetings, "rows": len(made.rows)}
        )
    else:
        told = N_("{file}: {meetings:,} meetings, {rows:,} rows")
        named = asked.file.name
        output.line(say(told, file=named, meetings=made.meetings, rows=len(made.rows)))
    return 0
