"""Make a new office of what a damaged file still gives; the damaged one is only read."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from db import migrate
from db.engine import file_url, open_engines, permit
from db.errors import Damaged, ReadOnly, TooNew, TooOld
from db.faults import translated
from db.files import blaming, mark, patiently, sync_folder
from db.lock import OfficeLock, refuse_network
from db.papers import Papers
from db.salvage import chain, images, references, rows
from db.salvage.tally import Journal, Salvage, TableReport
from db.salvage.wreck import Wreck
from db.store import Store
from gwangju_desktop import check
from gwangju_desktop.backups import form, verifying
from gwangju_desktop.check import Finding
from gwangju_desktop.energy import rollup, rules
from gwangju_desktop.errors import UserError
from gwangju_desktop.steps import Progress, Watch
from gwangju_desktop.text import N_, say

SALVAGED = N_("Salvaged from a damaged file")
LOST = N_("Lost in a damaged file")
READING = N_("Reading what can be read")
MENDING = N_("Putting the office together")
PAPERS = N_("Bringing papers and evidence back")
CHECKING = N_("Checking the salvaged office")


@dataclass(frozen=True, slots=True)
class Salvaged:
    """An office made of a damaged one: what became of every table, of the journal and of the papers.

    `missing` are names of papers whose files are gone or not themselves, `findings` what `check`
    says of the new office.
    """

    path: Path
    source: Path
    tables: tuple[TableReport, ...]
    journal: Journal
    papers: int
    missing: tuple[str, ...]
    findings: tuple[Finding, ...]

    def total(self, what: str) -> int:
        """Return the rows of all tables of one kind: read, mended, lost, left_out or emptied."""
        return sum(getattr(table, what) for table in self.tables)

    @property
    def touched(self) -> tuple[TableReport, ...]:
        """Return the tables that were not whole."""
        return tuple(table for table in self.tables if not table.whole)

    def as_json(self) -> dict[str, Any]:
        """Return what `backup salvage` prints."""
        return {
            "file": str(self.path),
            "source": str(self.source),
            "tables": [asdict(table) for table in self.tables],
            "journal": asdict(self.journal),
            "papers": self.papers,
            "missing": list(self.missing),
            "problems": [
                {"what": say(found.what), "where": found.where} for found in self.findings
            ],
        }


def place_for(path: Path) -> Path:
    """Return where the salvaged office of a damaged one is laid: a name that is not there yet."""
    stem = path.name.removesuffix(_ENDING)
    made, n = path.with_name(f"{stem}-salvaged{_ENDING}"), 1
    while made.exists() or made.with_name(f"{made.name}.files").exists():
        n += 1
        made = path.with_name(f"{stem}-salvaged-{n}{_ENDING}")
    return made


_ENDING = ".gwoffice"


def salvage(
    path: Path,
    target: Path | None = None,
    *,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Salvaged:
    """Make a new office, `target` or `NAME-salvaged.gwoffice`, of what can still be read of `path`.

    Nothing of the damaged office is changed. Rows that are gone are taken from the journal where it
    holds them, papers that are not themselves from the office's own backups. Raises FileExistsError
    for a target that is there, Damaged when not even the names of the tables can be read, TooOld
    and TooNew for an office of another revision, Locked while somebody has it open, Cancelled.
    """
    made = target or place_for(path)
    refuse_network(made)
    papers = made.with_name(f"{made.name}.files")
    for there in (made, papers):
        if there.exists():
            raise FileExistsError(str(there))
    if not path.is_file():
        raise FileNotFoundError(str(path))
    if not made.parent.is_dir():
        raise FileNotFoundError(str(made.parent))
    watch = Watch(progress, cancelled)
    with _held(path):
        with blaming(made):
            workshop = Path(tempfile.mkdtemp(prefix=f"{mark(made)}-", dir=made.parent))
        try:
            done = _salvage(path, workshop / made.name, watch)
            made_papers = workshop / papers.name
            if made_papers.exists():
                patiently(lambda: made_papers.rename(papers))
            # Last, so that an office is never there without its papers.
            patiently(lambda: (workshop / made.name).rename(made))
            sync_folder(made.parent)
        finally:
            shutil.rmtree(workshop, ignore_errors=True)
    salvaged, brought, missing, findings = done
    return Salvaged(
        made, path, tuple(salvaged.report()), salvaged.journal, brought, missing, findings
    )


@contextlib.contextmanager
def _held(path: Path) -> Iterator[None]:
    """Keep others from writing into the damaged office meanwhile; it stays marked as unclean."""
    lock = OfficeLock(path, "salvage")
    with contextlib.suppress(ReadOnly):
        lock.take()
    try:
        yield
    finally:
        lock.release(clean=False)


def _salvage(
    path: Path, made: Path, watch: Watch
) -> tuple[Salvage, int, tuple[str, ...], tuple[Finding, ...]]:
    with translated(str(path)):
        salvaged = _put_together(path, made, watch)
    with Store.open(made, locked=False) as store:
        rollup.settle_quietly(store)
        brought = _bring(path, Papers.beside(made), watch)
        watch.begin(1, CHECKING)
        findings = tuple(check.check(store))
    missing = tuple(found.where for found in findings if found.what in check.PAPERS)
    return salvaged, brought, missing, findings


def _put_together(path: Path, made: Path, watch: Watch) -> Salvage:
    watch.begin(1, READING)
    # Rows come table by table, and what they refer to may come later or never.
    office = open_engines(file_url(made), foreign_keys=0)
    try:
        migrate.create(office)
        with Wreck(path, made.parent, _donors(path, made)) as wreck:
            revision = rows.revision(wreck)
            if revision is not None and revision.isdigit() and revision != migrate.head():
                raise (TooNew if revision > migrate.head() else TooOld)(revision)
            with office.writing() as connection, permit(connection):
                salvaged = rows.carry_over(connection, wreck, _CAN_BE)
                watch.begin(1, MENDING)
                images.mend(connection, salvaged)
                if not any(table.read or table.mended for table in salvaged.report()):
                    raise Damaged(str(path))
                # Its place holders first: images of an entry that is gone refer to it.
                chain.mend(connection, salvaged, str(LOST))
                references.settle(connection, salvaged)
                chain.sign(connection, salvaged, str(SALVAGED))
                rows.make_again(connection)
    finally:
        office.dispose()
    return salvaged


def _is_period(value: Any) -> bool:
    try:
        return bool(rules.last_day(value))
    except (TypeError, ValueError, LookupError, OverflowError):
        return False


# Readings are not in the journal: a flipped bit shows by a day that is none.
_CAN_BE = {"reading.period": _is_period, "reading_revision.period": _is_period}


def _donors(path: Path, made: Path) -> Iterator[Path]:
    """Yield files whose tables lie where the damaged one's may: its backups, then a new office."""
    for backup in form.listed(form.beside(path)):
        with (
            contextlib.suppress(UserError, verifying.Wrong, OSError),
            verifying.unpacked(backup) as (_manifest, database),
        ):
            yield database
    yield made


def _bring(path: Path, papers: Papers, watch: Watch) -> int:
    """Copy the papers that are themselves, from the office or else from its backups; count them."""
    beside = path.with_name(f"{path.name}.files")
    backups = form.beside(path) / form.FILES
    named = {
        place.name: place
        # The office's own last: where both are there it is asked first.
        for folder in (backups, beside)
        for place in folder.glob("[0-9a-f][0-9a-f]/*")
        if form.is_digest(place.name)
    }
    brought = 0
    watch.begin(len(named), PAPERS)
    for digest, place in sorted(named.items()):
        watch.on(1)
        for source in dict.fromkeys((place, backups / digest[:2] / digest)):
            if _is_itself(source, digest):
                papers.put_large(source)
                brought += 1
                break
    return brought


def _is_itself(source: Path, digest: str) -> bool:
    with contextlib.suppress(OSError):
        return verifying.digest_of(source) == digest
    return False
