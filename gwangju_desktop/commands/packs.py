"""`pack`: bind a meeting's pack."""

from __future__ import annotations

import argparse

from gwangju_desktop import text
from gwangju_desktop.commands import output
from gwangju_desktop.commands.records import record_id
from gwangju_desktop.text import N_, say


def pack(asked: argparse.Namespace) -> int:
    """Bind one meeting's pack and print its facts."""
    from gwangju_desktop.packs.usecases import bind_pack

    with output.office(asked) as store:
        facts = bind_pack(
            store,
            meeting_id=record_id(asked.meeting),
            target=asked.output,
            language=text.language(),
            progress=output.progress_line,
        )
    if asked.json:
        warnings = [str(warning) for warning in facts.warnings]
        output.document({**output.plain(facts), "warnings": warnings})
    else:
        output.line(say(N_("{file}: {n} pages."), file=asked.output, n=facts.pages))
        for warning in facts.warnings:
            output.line(f"  {warning}")
    return 0
