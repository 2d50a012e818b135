"""`export progress | english` and `import progress | english`: an action plan's sheets (.xlsx)."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from gwangju_desktop.commands import output
from gwangju_desktop.commands.evidence import plan_of
from gwangju_desktop.commitments import roundtrip, sheet_file
from gwangju_desktop.commitments.words import SHEETS
from gwangju_desktop.errors import UserError
from gwangju_desktop.text import N_, say

SUFFIX = ".xlsx"


class _Sheet(NamedTuple):
    """How a sheet is made and taken in."""

    make: Callable[..., Any]
    take: Callable[..., Any]


_SHEETS = {
    "progress": _Sheet(roundtrip.export_progress, roundtrip.import_progress),
    "english": _Sheet(roundtrip.export_english, roundtrip.import_english),
}


def export_sheet(asked: argparse.Namespace) -> int:
    """Write the milestones with their progress, or the texts without English, as a workbook."""
    path: Path = asked.file
    if path.suffix.lower() != SUFFIX:
        raise UserError(
            N_("A sheet of an action plan is written as .xlsx, not “{suffix}”."),
            hint=N_("Give the file a name that ends in .xlsx."),
            suffix=path.suffix,
        )
    with output.office(asked) as store, store.reading() as read:
        rows = _SHEETS[asked.what].make(read, plan_of(read, asked.plan).id)
    sheet_file.write(path, say(SHEETS[asked.what]), rows)
    if asked.json:
        output.document({"file": str(path), "rows": len(rows) - 1})
    else:
        output.line(say(N_("{file}: {rows:,} rows"), file=path.name, rows=len(rows) - 1))
    return 0


def import_sheet(asked: argparse.Namespace) -> int:
    """Take a sheet that was filled in, all of it or nothing."""
    with output.office(asked, write=True) as store:
        with store.reading() as read:
            plan_id = plan_of(read, asked.plan).id
        done = store.run(
            _SHEETS[asked.what].take, plan_id=plan_id, rows=sheet_file.read(asked.file)
        ).value
    if asked.json:
        output.document(done)
    else:
        told = N_("{file}: {rows:,} rows read, {changed:,} changed")
        if "notes" in done:
            told = N_("{file}: {rows:,} rows read, {changed:,} changed, {notes:,} notes added")
        output.line(say(told, file=asked.file.name, **done))
    return 0
