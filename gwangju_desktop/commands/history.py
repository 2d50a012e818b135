"""The history: printed in sentences, verified with what was noted outside, one entry taken back."""

from __future__ import annotations

import argparse
from pathlib import Path

from db.errors import Damaged
from gwangju_desktop import faults
from gwangju_desktop.commands import output
from gwangju_desktop.errors import UserError
from gwangju_desktop.history import anchors, chain, entries, labels, reverting, telling
from gwangju_desktop.text import N_, say

AT_ONCE = 500  # entries told with the same questions to the database


def history(asked: argparse.Namespace) -> int:
    """Print the journal, verify it, or take one entry back."""
    if asked.act == "revert":
        return _revert(asked)
    if asked.number is not None:
        raise UserError(N_("Say what to do with entry {number}: revert."), number=asked.number)
    if asked.verify:
        return _verify(asked)
    filters = entries.Filters(
        kind=asked.kind,
        who=asked.who,
        since=output.day(asked.since),
        until=output.day(asked.until),
        record=_record(asked.record) if asked.record else None,
        words=asked.words,
    )
    told: list[entries.Line] = []
    with output.office(asked) as store, store.reading() as read:
        found = entries.ids(read, filters, asked.limit)[::-1]
        for start in range(0, len(found), AT_ONCE):
            told += entries.lines(read, found[start : start + AT_ONCE])
    if asked.json:
        output.document(told)
        return 0
    output.table(
        ("id", "at", "kind", "what", "rows"),
        [
            (
                row.id,
                f"{row.at:%Y-%m-%d %H:%M}" if row.at else "",
                say(telling.kind_said(row.kind)),
                row.sentence,
                row.rows,
            )
            for row in told
        ],
    )
    return 0


def _record(text: str) -> entries.Record:
    table, _, id = text.partition("/")
    if table not in labels.load().tables or not id.isdecimal():
        raise UserError(
            N_("“{record}” is no record."),
            hint=N_("Name its table and number: meeting/3 for instance."),
            record=text,
        )
    return table, int(id)


def _verify(asked: argparse.Namespace) -> int:
    """Verify the journal; a file too damaged to read is a problem found, and not an empty page."""
    noted = [_noted(one) for one in asked.noted]
    try:
        with output.office(asked) as store, store.reading() as read:
            place = None if store.shared else Path(store.office.place)
            verdict = chain.check(read, [*anchors.gather(read, place), *noted])
    except Damaged as error:
        problem = str(faults.sentence(error))
        verdict = chain.Verdict(0, None, True, [problem])
    if asked.json:
        output.document(
            {
                "ok": verdict.whole,
                "entries": verdict.entries,
                "problems": verdict.problems,
                "agrees": [
                    {"kind": one.kind, "name": str(one), "entry": one.entry, "hash": one.hash}
                    for one in verdict.agrees
                ],
            }
        )
    elif not verdict.whole:
        for problem in verdict.problems:
            output.line(problem)
    else:
        output.line(verdict.said)
        output.line(verdict.agreeing)
    return 0 if verdict.whole else 1


def _noted(text: str) -> anchors.Anchor:
    path = Path(text)
    return anchors.of_file(path) if path.is_file() else anchors.of_paper(text)


def _revert(asked: argparse.Namespace) -> int:
    if asked.number is None:
        raise UserError(N_("Say which entry to take back: history revert 12 for instance."))
    with output.office(asked, write=True) as store:
        changes = reverting.revert(store, asked.number)
    if asked.json:
        output.document({"entry": changes.id, "reverted": asked.number, "rows": len(changes.rows)})
    else:
        output.line(
            say(
                N_("Entry {number} was taken back; that is entry {entry}."),
                number=asked.number,
                entry=changes.id,
            )
        )
    return 0
