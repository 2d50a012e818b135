"""A bound pack saved where a person wants it."""

from __future__ import annotations

import shutil
from pathlib import Path

from db.files import replacing
from gwangju_desktop.errors import UserError
from gwangju_desktop.text import N_

_FORBIDDEN = str.maketrans(dict.fromkeys('\\/:*?"<>|\n\r\t', " "))
_LONGEST = 120


def save_copy(source: Path, target: Path) -> Path:
    """Copy a finished file to `target`, whole or not at all; an old file is replaced.

    Raises UserError when the folder is not there, Full or ReadOnly.
    """
    if not target.parent.is_dir():
        raise UserError(
            N_("The folder {folder} is not there."),
            hint=N_("Choose another folder for the pack."),
            folder=target.parent,
        )
    with replacing(target) as temporary:
        shutil.copyfile(source, temporary)
    return target


def file_name(*words: str, suffix: str = ".pdf") -> str:
    """Return a file name of these words that Windows takes too."""
    name = " ".join(" ".join(words).translate(_FORBIDDEN).split())
    return name[:_LONGEST].rstrip(". ") + suffix
