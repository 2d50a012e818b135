"""`import proposals`: take a list of proposals in, or only say what that would do."""

from __future__ import annotations

import argparse
from typing import Any

from gwangju_desktop.commands import members, output
from gwangju_desktop.commands.output import UsageError
from gwangju_desktop.commands.records import day
from gwangju_desktop.errors import UserError
from gwangju_desktop.text import C_, N_, NN_, say

_LISTS = {
    "refused": (C_("import", "refused"), "refused"),
    "alike": (C_("import", "look-alikes"), "alike"),
    "flagged": (C_("import", "with personal numbers"), "flagged"),
    "add": (C_("import", "added"), "added"),
    "change": (C_("import", "changed"), "changed"),
    "same": (C_("import", "unchanged"), "unchanged"),
}
_HELD_BACK = NN_("{n:,} of {of:,} rows is refused.", "{n:,} of {of:,} rows are refused.")
_SHOWN = 20


def import_proposals(asked: argparse.Namespace) -> int:
    """Take a list of proposals in; look-alikes go in too and are named."""
    from gwangju_desktop.proposals.importing import apply, columns, preview, reading
    from gwangju_desktop.proposals.importing.model import Options

    given = dict(members.pair(one) for one in asked.map)
    options = Options(
        system=asked.system or "",
        states=_states(asked.state),
        received_on=day(asked.received),
        untitled=not asked.titles_only,
    )
    with output.office(asked, write=not asked.dry_run) as store:
        source = reading.read(asked.file)
        with store.reading() as read:
            mapped = columns.said(source, columns.remembered(read, source=source), given)
            plan = preview.plan(read, source=source, mapping=mapped, options=options)
        take = not asked.dry_run and (asked.skip_refused or not plan.held_back)
        made: list[int] = []
        if take:
            done = store.run(
                apply.import_proposals,
                source=source,
                mapping=mapped,
                options=options,
                skip=asked.skip_refused,
            )
            made = done.value["proposals"]
    told = _planned(source, mapped, plan) | {"imported": take, "proposals": made}
    if asked.json:
        output.document(told)
    else:
        _tell(told)
    if plan.held_back and not asked.skip_refused:
        hint = N_("Correct them, or add --skip-refused to import the others.")
        raise UserError(_HELD_BACK, hint=hint, n=plan.held_back, of=len(plan.rows))
    return 0


def _states(given: list[str]) -> dict[str, str]:
    """Return the states words of the other system stand for; raise UsageError for another state."""
    from gwangju_desktop.proposals.importing.preview import STATES

    found = dict(members.pair(one) for one in given)
    for state in found.values():
        if state not in STATES:
            raise UsageError(
                say(
                    N_("“{state}” is no state of proposals; there are: {states}."),
                    state=state,
                    states=", ".join(STATES),
                )
            )
    return found


def _planned(source: Any, mapped: tuple[str, ...], plan: Any) -> dict[str, Any]:
    columns = {title: key for title, key in zip(source.titles, mapped, strict=True) if key}
    lists: dict[str, list[dict[str, Any]]] = {name: [] for _word, name in _LISTS.values()}
    for row in plan.rows:
        lists[_LISTS[row.kind][1]].append(
            {
                "line": row.line,
                "title": row.name,
                "reason": str(row.why) if row.why is not None else None,
                "column": row.column or None,
            }
        )
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
        **{name: rows for name, rows in lists.items() if name not in ("added", "unchanged")},
    }


def _tell(told: dict[str, Any]) -> None:
    counts = [f"{say(word)} {told['counts'][name]:,}" for word, name in _LISTS.values()]
    output.line(f"{told['file']}: {' · '.join(counts)}")
    if told["ignored"]:
        output.line("  " + say(N_("Ignored columns: {names}"), names=", ".join(told["ignored"])))
    for remark in told["remarks"]:
        output.line(f"  {remark}")
    for name in ("refused", "alike", "flagged"):
        for row in told[name][:_SHOWN]:
            where = say(N_("Line {line:,}"), line=row["line"])
            column = f"[{row['column']}] " if row["column"] else ""
            output.line(f"  {where}: {row['title'][:40]} – {column}{row['reason']}")
        if len(told[name]) > _SHOWN:
            output.line("  " + say(N_("… and {n:,} more"), n=len(told[name]) - _SHOWN))
