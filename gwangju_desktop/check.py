"""Is the office whole: file, references, journal, index, papers."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from db import integrity, journal, search
from db.errors import Damaged
from db.schema.papers import StoredFile
from db.store import Store
from gwangju_desktop.text import N_, Msg


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it should be: `what` a msgid, `where` the place."""

    what: Msg
    where: str


def check(store: Store) -> list[Finding]:
    """Return everything found wrong; an empty list is a whole office."""
    findings: list[Finding] = []
    with store.reading() as read:
        connection = read.connection()
        broken = integrity.faults(connection)
        findings += [Finding(N_("The file is damaged"), fault) for fault in broken]
        findings += [
            Finding(N_("The journal was changed outside the program"), fault)
            for fault in journal.verify(connection)
        ]
        findings += [
            Finding(N_("The search index differs from the records"), fault)
            for fault in search.differences(connection)
        ]
        files = read.execute(select(StoredFile.name, StoredFile.sha256, StoredFile.clean)).all()
    for name, original, clean in files:
        for digest in filter(None, (original, clean)):
            try:
                store.papers.path(digest)
            except FileNotFoundError:
                findings.append(Finding(N_("A paper's file is missing"), name))
            except Damaged:
                findings.append(Finding(N_("A paper's file was changed"), name))
    return findings
