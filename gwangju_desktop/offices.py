"""Making and opening offices."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from db.files import blaming, mark, patiently, sync_folder
from db.store import Store
from gwangju_desktop import clock, settings, text
from gwangju_desktop.errors import UserError
from gwangju_desktop.text import N_

SUFFIX = ".gwoffice"
Progress = Callable[[int, int], None]


def open_office(where: str | Path, *, write: bool = True, who: str = "office") -> Store:
    """Open an office file or server and let the office's day rule the clock.

    `who` writes, in the journal; a server with logins of its own says so itself.
    Raises the faults of db.errors, FileNotFoundError, and UserError for a server of another kind.
    """
    _refuse_other_servers(where)
    store = Store.open(where, write=write, who=who)
    try:
        with store.reading() as read:
            day = settings.value(read, settings.TODAY)
        clock.fix(dt.date.fromisoformat(day) if day else None)
    except BaseException:
        store.close()
        raise
    return store


def _refuse_other_servers(where: str | Path) -> None:
    """Raise UserError for an address that is neither a file nor PostgreSQL; it may hold a password."""
    if isinstance(where, str) and "://" in where and not where.startswith("postgresql"):
        raise UserError(
            N_("{where} is no address of an office server."),
            hint=N_("It begins with postgresql+psycopg://."),
            where=where.partition("://")[0] + "://…",
        )


@contextlib.contextmanager
def opened(where: str | Path, *, write: bool = True) -> Iterator[Store]:
    """Open an office for the length of a block."""
    store = open_office(where, write=write)
    try:
        yield store
    finally:
        store.close()


def new_office(
    where: str | Path,
    *,
    sample: bool = False,
    progress: Progress | None = None,
    names: Mapping[str, str] | None = None,
) -> str:
    """Make a new office, empty or the sample, and return its place without a server's password.

    `names` are settings of its own from the beginning: what office and city are called.
    Refuses an existing file with FileExistsError. Raises UserError for a server of another kind.
    """
    try:
        with making(where) as store:
            _fill(store, sample, progress, names or {})
            place = store.office.place
    finally:
        clock.fix(None)
    return place if _is_server(where) else str(where)


@contextlib.contextmanager
def making(where: str | Path) -> Iterator[Store]:
    """Yield a new office without any content, whole at its place when the block has ended.

    It appears whole or not at all, on a server as one transaction; the server's database must be
    empty. Raises FileExistsError, and UserError for a server of another kind.
    """
    _refuse_other_servers(where)
    if _is_server(where):
        with Store.making(str(where)) as store:
            yield store
        return
    target = Path(where)
    papers = target.with_name(target.name + ".files")
    _refuse_existing(target, papers)
    if not target.parent.is_dir():
        raise FileNotFoundError(str(target.parent))
    _refuse_long(target)
    with blaming(target):
        workshop = Path(tempfile.mkdtemp(prefix=f"{mark(target)}-", dir=target.parent))
    try:
        made = workshop / target.name
        with blaming(target), Store.create(made, locked=False) as store:
            yield store
        # Somebody may have made one of that name while this one was filled.
        _refuse_existing(target, papers)
        made_papers = made.with_name(made.name + ".files")
        if made_papers.exists():
            patiently(lambda: made_papers.rename(papers))
        # Last, so that an office is never there without its papers.
        patiently(lambda: made.rename(target))
        sync_folder(target.parent)
    finally:
        shutil.rmtree(workshop, ignore_errors=True)


def _is_server(where: str | Path) -> bool:
    return isinstance(where, str) and where.startswith("postgresql")


def _refuse_existing(*places: Path) -> None:
    for place in places:
        if place.exists():
            raise FileExistsError(str(place))


def _refuse_long(target: Path) -> None:
    """Raise UserError where the system has no room for the names that will stand beside the file."""
    if os.name == "nt":
        long = len(str(target.absolute())) + len(_LONGEST_BESIDE) > _WINDOWS_PATH
    else:
        long = len(os.fsencode(target.name)) + len(_JOURNAL) > _POSIX_NAME
    if long:
        raise UserError(
            N_("The name {file} is too long."),
            hint=N_("Choose a shorter name, or a folder nearer to the drive."),
            file=target,
        )


# What SQLite lays beside an office while it writes, and the longest path of a paper.
_JOURNAL = "-journal"
_LONGEST_BESIDE = f".files/ab/{'0' * 64}"
# Bytes of one name; characters of a whole path, the final zero counted.
_POSIX_NAME = 255
_WINDOWS_PATH = 259


def _fill(store: Store, sample: bool, progress: Progress | None, names: Mapping[str, str]) -> None:
    from gwangju_desktop.energy import catalogue
    from gwangju_desktop.proposals import profile_edits

    store.run(catalogue.set_up)
    store.run(profile_edits.set_up)
    if names:
        store.run(settings.name_office, values=names)
    # The last, because it is a barrier: undoing in a new office takes none of this away.
    store.run(settings.set_up)
    if sample:
        from gwangju_desktop import sample as sample_office

        # Its texts are Korean whatever language asks for it: files, answers and letters refer to them.
        with text.speaking("ko"):
            sample_office.fill(store, progress=progress)
