"""`import members` and `export members`."""

from __future__ import annotations

import argparse
import datetime as dt
from typing import Any

from gwangju_desktop.commands import output
from gwangju_desktop.commands.output import UsageError
from gwangju_desktop.commands.records import day, record_id
from gwangju_desktop.errors import UserError
from gwangju_desktop.text import C_, N_, NN_, say

# Kinds of rows as the document and the lines call them.
_LISTS = {
    "refused": (C_("import", "refused"), "refused"),
    "conflict": (C_("import", "in conflict"), "conflicts"),
    "add": (C_("import", "added"), "added"),
    "change": (C_("import", "changed"), "changed"),
    "same": (C_("import", "unchanged"), "unchanged"),
}
HELD_BACK = NN_(
    "{n:,} of {of:,} rows is refused or in conflict.",
    "{n:,} of {of:,} rows are refused or in conflict.",
)


def import_members(asked: argparse.Namespace) -> int:
    """Take a list of members in, or only say what that would do."""
    from gwangju_desktop.members.importing import apply, mapping, preview, reading
    from gwangju_desktop.members.importing.model import Options

    given = dict(pair(one) for one in asked.map)
    options = Options(
        body_id=record_id(asked.body) if asked.body is not None else None,
        starts_on=day(asked.start),
        new_bodies=asked.new_bodies,
        same_name=asked.same_name,
    )
    with output.office(asked, write=not asked.dry_run) as store:
        source = reading.read(asked.file)
        with store.reading() as read:
            mapped = mapping.said(source, mapping.remembered(read, source=source), given)
            plan = preview.plan(read, source=source, mapping=mapped, options=options)
        take = not asked.dry_run and (asked.skip_refused or not plan.held_back)
        if take:
            store.run(
                apply.import_members,
                source=source,
                mapping=mapped,
                options=options,
                skip=asked.skip_refused,
            )
    told = planned(source, mapped, plan) | {"imported": take}
    if asked.json:
        output.document(told)
    else:
        tell(told)
    if plan.held_back and not asked.skip_refused:
        hint = N_("Correct them, or add --skip-refused to import the others.")
        raise UserError(HELD_BACK, hint=hint, n=plan.held_back, of=len(plan.rows))
    return 0


def export_members(asked: argparse.Namespace) -> int:
    """Write the roll to a file; contacts leave a record of who took them and why."""
    from db.vocab import Access
    from gwangju_desktop.members import access, exporting

    exporting.check(asked.file, contacts=asked.with_contacts, reason=asked.reason)
    with output.office(asked, write=asked.with_contacts) as store:
        with store.reading() as read:
            made = exporting.roll(
                read,
                body_id=record_id(asked.body) if asked.body is not None else None,
                on=day(asked.on),
                contacts=asked.with_contacts,
            )
        if asked.with_contacts:
            store.run(
                access.record_access,
                action=Access.EXPORT.value,
                fields=list(exporting.CONTACTS),
                people=made.people,
                reason=asked.reason,
            )
        exporting.write(asked.file, made)
    if asked.json:
        document = {"file": str(asked.file), "rows": len(made.rows), "people": len(made.people)}
        output.document(document | {"contacts": made.contacts})
    else:
        told = N_("{file}: {people:,} people, {rows:,} rows")
        output.line(say(told, file=asked.file.name, people=len(made.people), rows=len(made.rows)))
    return 0


def pair(said: str) -> tuple[str, str]:
    """Split COLUMN=FIELD; raise UsageError for anything else."""
    column, mark, field = said.rpartition("=")
    if not mark or not column:
        raise UsageError(say(N_("“{said}” is not COLUMN=FIELD."), said=said))
    return column.strip(), field.strip()


def planned(source: Any, mapped: tuple[str, ...], plan: Any) -> dict[str, Any]:
    """Return what an import would do, the same for a dry run and the import itself."""
    columns = {title: key for title, key in zip(source.titles, mapped, strict=True) if key}
    lists: dict[str, list[dict[str, Any]]] = {name: [] for _word, name in _LISTS.values()}
    for row in plan.rows:
        lists[_LISTS[row.kind][1]].append(_row(row))
    return {
        "file": source.name,
        "form": source.form,
        "encoding": source.encoding,
        "rows": len(plan.rows),
        "titles": source.head is not None,
        "mapping": columns,
        "ignored": list(plan.ignored),
        "remarks": [str(one) for one in plan.remarks],
        "counts": {_LISTS[kind][1]: n for kind, n in plan.counts.items()},
        **{name: rows for name, rows in lists.items() if name != "unchanged"},
    }


def _row(row: Any) -> dict[str, Any]:
    told: dict[str, Any] = {"line": row.line, "name": row.name, "where": row.where}
    if row.why is not None:
        told["reason"] = str(row.why)
        told["column"] = row.column or None
    if row.kind == "change":
        told["changes"] = [
            {"field": one.field, "old": _plain(one.old), "new": _plain(one.new)}
            for one in row.changes
        ]
    return told


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value


def tell(told: dict[str, Any]) -> None:
    """Print what an import would do, for a person."""
    counts = [f"{say(word)} {told['counts'][name]:,}" for word, name in _LISTS.values()]
    output.line(f"{told['file']}: {' · '.join(counts)}")
    if told["ignored"]:
        output.line("  " + say(N_("Ignored columns: {names}"), names=", ".join(told["ignored"])))
    for remark in told["remarks"]:
        output.line(f"  {remark}")
    for row in told["changed"]:
        changes = ", ".join(
            f"{one['field']}: {one['old']} → {one['new']}" for one in row["changes"]
        )
        output.line("  " + say(N_("Line {line}: {what}"), line=row["line"], what=changes))
    for row in told["conflicts"] + told["refused"]:
        column = f"[{row['column']}] " if row["column"] else ""
        what = f"{row['name']} · {column}{row['reason']}"
        output.line("  " + say(N_("Line {line}: {what}"), line=row["line"], what=what))
