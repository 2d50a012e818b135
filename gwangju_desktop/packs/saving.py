"""A bound pack saved where a person wants it."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from db.files import replacing
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.text import N_

if TYPE_CHECKING:
    from db.papers import Papers
    from gwangju_desktop.packs.issues import FileRow

_FORBIDDEN = str.maketrans(dict.fromkeys('\\/:*?"<>|\n\r\t', " "))
_LONGEST = 120
# Letters of a body's or a meeting's name in the name of a pack; Linux takes 255 bytes, and Hangul
# has three a letter.
_NAMED = 22


def save_copy(source: Path, target: Path) -> Path:
    """Copy a finished file to `target`, whole or not at all; an old file is replaced.

    Raises UserError when the folder is not there, Full or ReadOnly.
    """
    refuse_missing(target.parent)
    with replacing(target) as temporary:
        shutil.copyfile(source, temporary)
    return target


def save_kept(papers: Papers, file: FileRow, target: Path) -> Path:
    """Save an issued pack from the office's store; an old file is replaced.

    Raises UserError when the folder or the kept file is not there, Damaged, Full or ReadOnly.
    """
    try:
        source = papers.path(file.sha256)
    except FileNotFoundError as error:
        raise UserError(
            N_("{name} is no longer in the office's file store."), name=file.name
        ) from error
    return save_copy(source, target)


def save_into(papers: Papers, file: FileRow, folder: Path) -> Path:
    """Save an issued pack under its own name into a folder; raises as `save_kept` does."""
    return save_kept(papers, file, folder / file.name)


def refuse_missing(folder: Path) -> None:
    """Raise UserError when a folder to save into is not there."""
    if not folder.is_dir():
        raise UserError(
            N_("The folder {folder} is not there."),
            hint=N_("Choose another folder for the pack."),
            folder=folder,
        )


def file_name(*words: str, suffix: str = ".pdf") -> str:
    """Return a file name of these words that Windows takes too."""
    name = " ".join(" ".join(words).translate(_FORBIDDEN).split())
    return name[:_LONGEST].rstrip(". ") + suffix


def pack_name(body: str, meeting: str, what: str, at: dt.datetime) -> str:
    """Return the name of a pack's file: body, meeting, what it is, day and time it was made.

    The words are joined by "_", so that files of one body and meeting stand together in a folder.
    """
    parts = [
        file_name(word[:_NAMED], suffix="").replace("_", " ") for word in (body, meeting, what)
    ]
    moment = clock.local(at)
    return "_".join([*parts, f"{moment:%Y%m%d}", f"{moment:%H%M}"]) + ".pdf"
