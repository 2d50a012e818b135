"""An office copied whole from a file to a server, or back: records, journal, papers, settings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from db import journal, rights, transfer
from db.errors import Damaged, Forbidden, HandedOver, Locked
from db.store import Store
from gwangju_desktop import offices
from gwangju_desktop.errors import UserError
from gwangju_desktop.steps import Progress, Watch
from gwangju_desktop.text import N_

ROWS = N_("Copying the records")
PAPERS = N_("Copying papers and evidence")
COMPARING = N_("Comparing the copy")


@dataclass(frozen=True, slots=True)
class Copied:
    """What was copied: rows and digest by table (db/transfer.py), and files.

    `missing` are files that were gone or changed in the office copied; `breaks` what is wrong with
    the journal there, which the copy has with it.
    """

    place: str
    tables: dict[str, transfer.Content]
    files: int
    entries: int
    missing: list[str] = field(default_factory=list)
    breaks: list[journal.Break] = field(default_factory=list)

    @property
    def rows(self) -> int:
        """Count the records of all tables."""
        return sum(held.rows for held in self.tables.values())


def copy_office(
    source: str | Path,
    target: str | Path,
    *,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Copied:
    """Copy an office to a place where there is none yet, compared with it table by table.

    The copy appears whole or not at all, and holds what was there at one moment. Raises Locked for
    a file that is open for writing elsewhere, HandedOver for one that waits for its return,
    Forbidden for a login that does not see everything, FileExistsError, Cancelled, UserError, and
    the faults of db.errors.
    """
    with offices.opened(source) as store:
        if store.away is not None:
            raise HandedOver(store.away)
        if store.why_read_only:
            raise Locked(store.why_read_only)
        return copy_open(store, target, progress=progress, cancelled=cancelled)


def copy_open(
    source: Store,
    target: str | Path,
    *,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Copied:
    """Copy an open office, as `copy_office`; on a server others may go on writing meanwhile."""
    watch = Watch(progress, cancelled)
    with offices.making(target) as made:
        with source.reading() as read:
            connection = read.connection()
            if rights.signed_in(connection).role not in ("", rights.SECRETARY):
                # It would be a copy without contacts, and equal to what this login sees.
                raise Forbidden(source.office.place)
            transfer.steadily(connection)
            tables = transfer.plain_tables()
            total = sum(transfer.counts(connection, tables).values())
            watch.begin(total, ROWS)
            try:
                there = transfer.copy_all(connection, made.office, watch.on)
            except transfer.Unfit as error:
                raise UserError(
                    N_("{column} of record {key} in “{table}” cannot be kept on a server."),
                    hint=N_("Correct the text in the office and copy again."),
                    column=error.column,
                    key=", ".join(map(str, error.key)),
                    table=error.table,
                ) from error
            digests = source.papers.digests()
        missing = _copy_papers(source, made, digests, watch)
        watch.begin(total, COMPARING)
        with made.reading() as read:
            here = transfer.contents(read.connection(), watch.on)
            breaks = journal.verify(read.connection())
        differing = transfer.differing(there, here)
        if differing or made.papers.digests() != sorted(set(digests) - set(missing)):
            raise UserError(
                N_("The copy is not equal to the office ({tables}), so nothing was kept of it."),
                tables=", ".join(differing) or "file_part",
            )
        place = made.office.place if made.shared else str(target)
    return Copied(
        place, here, len(digests) - len(missing), here["change_log"].rows, missing, breaks
    )


def _copy_papers(source: Store, made: Store, digests: list[str], watch: Watch) -> list[str]:
    """Copy every file, checked on the way; return those that are not themselves any more."""
    watch.begin(len(digests), PAPERS)
    missing = []
    for digest in digests:
        try:
            made.papers.put_large(source.papers.path(digest))
        except (FileNotFoundError, Damaged):
            missing.append(digest)
        watch.on(1)
    return missing
