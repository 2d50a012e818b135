"""The office as a whole: new, check."""

from __future__ import annotations

import argparse

from db.errors import Damaged
from gwangju_desktop import check as checking
from gwangju_desktop import offices
from gwangju_desktop.commands import output
from gwangju_desktop.papers import texts
from gwangju_desktop.text import N_, say


def new(asked: argparse.Namespace) -> int:
    """Make a new office."""
    place = offices.new_office(asked.file, sample=asked.sample, progress=asked.progress)
    if asked.json:
        output.document({"office": place, "sample": asked.sample})
    else:
        output.line(say(N_("{file} is ready."), file=place))
    return 0


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
