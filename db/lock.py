"""The office lock, held by the operating system, and the refusal of network shares."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import platform
from pathlib import Path

from filelock import FileLock, Timeout

from db.errors import Locked, OnNetwork
from db.files import blaming, mark, sweep

NETWORK_KINDS = {
    "nfs",
    "nfs4",
    "cifs",
    "smb3",
    "smbfs",
    "afs",
    "9p",
    "fuse.sshfs",
    "davfs",
    "ncpfs",
}


class OfficeLock:
    """One writer for one office file; the system releases it when the program dies."""

    def __init__(self, office: Path, who: str) -> None:
        self._office = office
        self._lock = FileLock(office.with_name(office.name + ".lock"), thread_local=False)
        # Windows locks the lock file against reading, so who holds it is written beside it.
        self._note = office.with_name(office.name + ".open")
        self._who = who
        # Whoever held it before did not give it back: killed, or the power went.
        self.unclean = False

    def take(self) -> None:
        """Take the lock or raise Locked, which says who has the office open since when.

        What a killed program left half written of this office is swept away. Raises ReadOnly,
        naming the office, where no lock can be laid beside it.
        """
        try:
            with blaming(self._office):
                self._lock.acquire(timeout=0)
        except Timeout:
            raise Locked(self.holder()) from None
        # So is a journal that nobody finished, wherever this copy of the office was left so.
        journal = self._office.with_name(f"{self._office.name}-journal")
        self.unclean = self._note.exists() or journal.exists()
        self._sweep()
        since = f"{dt.datetime.now():%Y-%m-%d %H:%M}"
        note = {"who": self._who, "pc": platform.node(), "since": since, "pid": os.getpid()}
        with contextlib.suppress(OSError):
            self._note.write_text(json.dumps(note), encoding="utf-8")

    def _sweep(self) -> None:
        sweep(self._office.parent, mark(self._office))
        # Folders of papers are many: looked through only after a program that did not end well.
        if self.unclean:
            with contextlib.suppress(OSError):
                for folder in self._office.with_name(f"{self._office.name}.files").iterdir():
                    sweep(folder, ".writing-")

    def holder(self) -> str:
        """Return who holds the lock, as `who · pc · since`, as far as the note tells."""
        try:
            note = json.loads(self._note.read_text(encoding="utf-8"))
            return f"{note['who']} · {note['pc']} · {note['since']}"
        except (OSError, ValueError, KeyError, TypeError):
            return "?"

    def release(self, *, clean: bool = True) -> None:
        """Give the lock back; do nothing when it is not held.

        What is not `clean` is found unclean again: an office that was not looked through.
        """
        if self._lock.is_locked:
            if clean:
                with contextlib.suppress(OSError):
                    self._note.unlink(missing_ok=True)
            self._lock.release()


def refuse_network(office: Path, mounts: str | None = None) -> None:
    """Raise OnNetwork when the file would lie on a share, where SQLite's locks do not hold.

    `mounts` is the text of /proc/mounts, for tests.
    """
    place = office.resolve().parent
    if os.name == "nt":
        if _windows_remote(str(place)):
            raise OnNetwork(str(office))
        return
    if mounts is None:
        table = Path("/proc/mounts")
        if not table.exists():
            return
        mounts = table.read_text(encoding="utf-8", errors="replace")
    best, kind = "", ""
    for line in mounts.splitlines():
        parts = line.split()
        if len(parts) < 3:
            continue
        point = parts[1].replace("\\040", " ")
        if (str(place) + "/").startswith(point.rstrip("/") + "/") and len(point) >= len(best):
            best, kind = point, parts[2]
    if kind in NETWORK_KINDS:
        raise OnNetwork(str(office))


def _windows_remote(place: str) -> bool:
    """Say whether a Windows path is a UNC path or lies on a mapped drive."""
    if place.startswith("\\\\"):
        return True
    import ctypes

    remote = 4
    root = place[:3]
    kernel = getattr(ctypes, "windll").kernel32  # noqa: B009
    return bool(kernel.GetDriveTypeW(root) == remote)
