"""Bind a meeting's pack from the office to a file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from db.store import Store
from gwangju_desktop.errors import UserError
from gwangju_desktop.packs.model import PackFacts
from gwangju_desktop.packs.pack import Progress, write_pack
from gwangju_desktop.packs.queries import pack_data
from gwangju_desktop.text import N_


def bind_pack(
    store: Store,
    *,
    meeting_id: int,
    target: Path,
    language: str = "ko",
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> PackFacts:
    """Write a meeting's pack; an old file is replaced whole. The office is only read.

    Raises UserError for an unknown meeting or a folder that is not there, Cancelled, Full,
    ReadOnly.
    """
    if not target.parent.is_dir():
        raise UserError(
            N_("The folder {folder} is not there."),
            hint=N_("Choose another folder for the pack."),
            folder=target.parent,
        )
    with store.reading() as read:
        data = pack_data(read, store.papers, meeting_id=meeting_id, language=language)
    return write_pack(data, target, language=language, progress=progress, cancelled=cancelled)
