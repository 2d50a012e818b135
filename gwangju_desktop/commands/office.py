"""The office as a whole: new, history, check."""

from __future__ import annotations

import argparse

from db.errors import Damaged
from gwangju_desktop import check as checking
from gwangju_desktop import faults, offices
from gwangju_desktop import history as done
from gwangju_desktop.commands import output
from gwangju_desktop.papers import texts
from gwangju_desktop.text import N_, Msg, say


def new(asked: argparse.Namespace) -> int:
    """Make a new office."""
    place = offices.new_office(asked.file, sample=asked.sample, progress=asked.progress)
    if asked.json:
        output.document({"office": place, "sample": asked.sample})
    else:
        output.line(say(N_("{file} is ready."), file=place))
    return 0


def history(asked: argparse.Namespace) -> int:
    """Print the journal, or verify it."""
    if asked.verify:
        return _verify(asked)
    with output.office(asked) as store, store.reading() as read:
        entries = done.entries(
            read, limit=asked.limit, kind=asked.kind, who=asked.who, since=output.day(asked.since)
        )
    if asked.json:
        output.document(entries)
        return 0
    output.table(
        ("id", "at", "kind", "what", "rows"),
        [(row.id, row.at, row.kind, say(Msg(row.label)), row.rows) for row in entries],
    )
    return 0


def _verify(asked: argparse.Namespace) -> int:
    """Verify the journal; a file too damaged to read is a problem found, and not an empty page."""
    head = 0
    try:
        with output.office(asked) as store, store.reading() as read:
            head = store.head()
            problems = done.verify(read)
    except Damaged as error:
        problems = [str(faults.sentence(error))]
    if asked.json:
        output.document({"ok": not problems, "entries": head, "problems": problems})
    elif problems:
        for problem in problems:
            output.line(problem)
    else:
        output.line(say(N_("The journal is whole: {n} entries."), n=head))
    return 1 if problems else 0


def check(asked: argparse.Namespace) -> int:
    """Check the office and print what is wrong, be it so damaged that it does not open."""
    try:
        with output.office(asked, write=asked.repair) as store:
            if asked.repair:
                held = store.reindex()
                output.aside(say(N_("The search index was built anew: {n:,} records."), n=held))
                if read := texts.read_files(store):
                    output.aside(say(N_("The words of {n:,} files were read."), n=read))
            findings = checking.check(store)
    except Damaged as error:
        findings = [checking.damage(error)]
    if asked.json:
        problems = [{"what": say(found.what), "where": found.where} for found in findings]
        output.document({"ok": not findings, "problems": problems})
    elif findings:
        for found in findings:
            output.line(f"{say(found.what)}: {found.where}")
    else:
        output.line(say(N_("The office is whole.")))
    return 1 if findings else 0
