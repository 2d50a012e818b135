"""`privacy due | consents | log | export`: personal data that is to go, and what is held."""

from __future__ import annotations

import argparse

from gwangju_desktop import clock
from gwangju_desktop.commands import output
from gwangju_desktop.commands.records import record_id
from gwangju_desktop.members import access
from gwangju_desktop.privacy import consents, due, subject
from gwangju_desktop.text import say


def privacy(asked: argparse.Namespace) -> int:
    """Carry out one of the acts."""
    return {"due": _due, "consents": _consents, "log": _log, "export": _export}[asked.act](asked)


def _due(asked: argparse.Namespace) -> int:
    with output.office(asked) as store, store.reading() as read:
        found = due.due(read, today=clock.today())
    if asked.json:
        output.document(found)
        return 0
    output.table(
        ("due_on", "days", "what", "id", "name"),
        [(one.due_on, one.days, say(due.KINDS[one.kind]), one.id, one.name) for one in found],
    )
    return 0


def _consents(asked: argparse.Namespace) -> int:
    with output.office(asked) as store, store.reading() as read:
        known = consents.overview(read)
    if asked.json:
        output.document(known)
        return 0
    output.table(
        ("field", "purpose", "given", "withdrawn", "since"),
        [
            (access.fields_said([one.field]), one.purpose, one.given, one.withdrawn, one.first)
            for one in known.agreed
        ],
    )
    return 0


def _log(asked: argparse.Namespace) -> int:
    since = output.day(asked.since)
    with output.office(asked) as store, store.reading() as read:
        rows = access.record_rows(read, ids=access.record_ids(read, since=since))
    if asked.json:
        output.document(rows)
        return 0
    output.table(
        ("at", "who", "act", "people", "data"),
        [
            (
                f"{clock.local(row.at):%Y-%m-%d %H:%M}",
                row.who,
                say(access.ACTIONS[row.action]),
                row.count,
                access.fields_said(row.fields),
            )
            for row in rows
        ],
    )
    return 0


def _export(asked: argparse.Namespace) -> int:
    id = record_id(asked.id)
    with output.office(asked, write=True) as store:
        held = subject.export(store, id=id, path=asked.file, reason=asked.reason)
    if asked.json:
        output.document(
            {"file": str(asked.file), "people": list(held.people), "records": held.rows}
        )
    else:
        output.line(str(asked.file))
    return 0
