"""`backup salvage FILE [TO]`: a new office of what a damaged one still gives, told table by table."""

from __future__ import annotations

import argparse

from gwangju_desktop.commands import output
from gwangju_desktop.text import N_, NN_, say

COLUMNS = ("table", "read", "mended", "lost", "left_out", "emptied")


def salvage(asked: argparse.Namespace) -> int:
    """Salvage an office; 0 when the new one is whole, 1 when `check` finds something in it."""
    from gwangju_desktop.salvage.salvaging import salvage

    done = salvage(asked.file, asked.target, progress=output.progress_line)
    if asked.json:
        output.document(done.as_json())
        return 1 if done.findings else 0
    output.table(
        COLUMNS, [[getattr(table, column) for column in COLUMNS] for table in done.touched]
    )
    output.line(
        say(
            N_(
                "{file} holds {kept:,} records: {read:,} as they were read, {mended:,} from the"
                " journal. {lost:,} are lost, {left_out:,} named a record that is gone."
            ),
            file=done.path,
            kept=done.total("read") + done.total("mended"),
            read=done.total("read"),
            mended=done.total("mended"),
            lost=done.total("lost"),
            left_out=done.total("left_out"),
        )
    )
    if done.journal.lost:
        message = NN_(
            "{n} entry of the journal is lost; the chain was made anew from entry {entry} on.",
            "{n} entries of the journal are lost; the chain was made anew from entry {entry} on.",
        )
        output.line(say(message, n=done.journal.lost, entry=done.journal.chained_from))
    for name in done.missing:
        output.line(say(N_("The file of the paper “{name}” is gone."), name=name))
    for found in done.findings:
        output.line(f"{say(found.what)}: {found.where}")
    return 1 if done.findings else 0
