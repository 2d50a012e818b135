"""The page that plays a recording in the person's browser, made in their own private folder."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

from db.files import atomic_write
from gwangju_desktop.meetings import recording
from gwangju_desktop.meetings.notes import MARK
from gwangju_desktop.paths import person_folder
from ui.text import N_

FOLDER = "recordings"


def listen(work, *, meeting_id: int, mark: str = "") -> Path:
    """Write the page of a meeting's recording and return its path; a job for `desk.work`.

    A browser knows a sound by its ending, which files in the store have none of: the recording
    lies beside the page under its own, until the next one is played.
    """
    with work.reading() as read:
        held = recording.of_meeting(read, meeting_id=meeting_id)
    folder = person_folder() / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    media = folder / "none"
    if held is not None:
        media = folder / f"{held.sha256[:16]}{Path(held.name).suffix.casefold()}"
        for old in folder.iterdir():
            if old != media:
                old.unlink(missing_ok=True)
        if not media.exists() or media.stat().st_size != held.bytes:
            kept = work.store.papers.path(held.sha256)
            with kept.open("rb") as source, atomic_write(media, private=True) as copy:
                shutil.copyfileobj(source, copy, 1024 * 1024)
    jump = _second(mark, held.starts_at.time()) if held is not None else 0
    with work.reading() as read:
        page = recording.page(read, meeting_id=meeting_id, media=media.as_uri(), jump=jump)
    target = folder / f"{meeting_id}.html"
    with atomic_write(target, private=True) as out:
        out.write(page.encode())
    return target


def _second(mark: str, starts: dt.time) -> int:
    found = MARK.fullmatch(mark)
    if found is None:
        return 0
    at = dt.time(int(found[1]), int(found[2]), int(found[3] or 0))
    return recording.second_of(at, starts) or 0


def take_recording(work, *, meeting_id: int, path: Path, starts_at: dt.datetime) -> None:
    """Take a recording into the office and attach it; a job for `desk.work`."""
    size = path.stat().st_size
    recording.refuse(path.name, size)
    work.progress(0, 1, path.name)
    digest = work.store.papers.put(path)
    work.run(
        recording.attach,
        meeting_id=meeting_id,
        sha256=digest,
        name=path.name,
        bytes=size,
        starts_at=starts_at,
    )


class Player(QObject):
    """Opens the page of a recording in the person's browser."""

    def __init__(self, owner, desk) -> None:
        super().__init__(owner)
        self.desk = desk

    def play(self, meeting_id: int, mark: str = "") -> None:
        """Play a meeting's recording from a time mark."""
        self.desk.work(
            listen,
            title=N_("Preparing the recording"),
            then=self.on_page,
            meeting_id=meeting_id,
            mark=mark,
        )

    def on_page(self, path: Path) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
