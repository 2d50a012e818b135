"""What the documents dialog asks of the office: a document composed and pressed, its files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from db.files import atomic_write
from gwangju_desktop.documents import writers
from gwangju_desktop.documents.composed import Composed
from gwangju_desktop.documents.press import press
from gwangju_desktop.errors import UserError
from gwangju_desktop.text import N_
from ui.documents import kinds


@dataclass(frozen=True, slots=True)
class Made:
    """A document as it was composed and its pages in a file of the workshop, or why there is none.

    `missing` are characters the type has no shape for.
    """

    file: Path
    composed: Composed | None = None
    pages: int = 0
    missing: tuple[str, ...] = ()
    error: Exception | None = None

    @property
    def facts(self) -> Made:
        """Return what is known of the file, as the printing of packs asks for it."""
        return self


def make(work, *, file: Path, asked: dict) -> Made:
    """Make a document into a file of the workshop; a job for `desk.work`."""
    try:
        with work.reading() as read:
            composed = kinds.compose(read, **asked)
        work.progress(1, 2)
        document = press(composed)
        with atomic_write(file) as out:
            out.write(document.data)
    except Exception as error:
        return Made(file, error=error)
    return Made(file, composed, document.pages, document.missing)


def save(work, *, composed: Composed, target: Path) -> Path:
    """Write a document to `target` in the format of its suffix; a job for `desk.work`.

    Raises UserError when the folder is not there or the document has no such format.
    """
    return save_all(work, composed=composed, targets=(target,))[0]


def save_all(work, *, composed: Composed, targets: Sequence[Path]) -> list[Path]:
    """Write a document in several formats; a job for `desk.work`. Raises as `save` does."""
    for n, target in enumerate(targets):
        work.progress(n, len(targets), target.name)
        if not target.parent.is_dir():
            raise UserError(
                N_("The folder {folder} is not there."),
                hint=N_("Choose another folder."),
                folder=target.parent,
            )
        data = writers.write(composed, target.suffix)
        with atomic_write(target) as out:
            out.write(data)
    return list(targets)
