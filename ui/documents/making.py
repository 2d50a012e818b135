"""What the documents dialog asks of the office: a document composed and pressed, its files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from db.files import atomic_write
from gwangju_desktop.catalogue import entries, proving
from gwangju_desktop.documents import writers
from gwangju_desktop.documents.composed import Composed
from gwangju_desktop.documents.plain import plain
from gwangju_desktop.documents.press import press
from gwangju_desktop.errors import UserError
from gwangju_desktop.outgoing import drafts
from gwangju_desktop.outgoing.drafts import Draft, parts_enclosed
from gwangju_desktop.text import N_
from ui.documents import kinds


@dataclass(frozen=True, slots=True)
class Made:
    """A document as it was composed and its pages in a file of the workshop, or why there is none.

    `missing` are characters the type has no shape for.
    """

    file: Path
    composed: Composed | None = None
    asked: kinds.Asked | None = None
    pages: int = 0
    missing: tuple[str, ...] = ()
    error: Exception | None = None


def make(work, *, file: Path, asked: dict) -> Made:
    """Make a document into a file of the workshop; a job for `desk.work`."""
    try:
        with work.reading() as read:
            wanted = kinds.asked(read, **asked)
        if wanted.id is not None:
            proving.demand(
                work,
                entries.entry(wanted.name),
                wanted.id,
                write=work.store.why_read_only is None,
                progress=work.progress,
                cancelled=work.cancelled,
            )
        with work.reading() as read:
            composed = kinds.compose(read, wanted, files_read=True)
        work.progress(1, 2)
        document = press(composed)
        with atomic_write(file) as out:
            out.write(document.data)
    except Exception as error:
        return Made(file, error=error)
    return Made(file, composed, wanted, document.pages, document.missing)


def draft(work, *, made: Made) -> Draft:
    """Return the draft of a document that was made; a job for `desk.work`."""
    wanted = made.asked
    if wanted.name == "register":
        return Draft(made.composed, plain(made.composed), tuple(parts_enclosed(made.composed)))
    with work.reading() as read:
        return drafts.draft(
            read, wanted.name, id=wanted.id, language=wanted.language, **wanted.options
        )


def enclose(work, *, draft: Draft, folder: Path, suffix: str) -> list[Path]:
    """Write what a draft encloses into a folder; a job for `desk.work`."""
    return drafts.save(draft.enclosed, folder, suffix=suffix)


def save(work, *, composed: Composed, target: Path) -> list[Path]:
    """Write a document in the format of its file's suffix; a job for `desk.work`.

    Raises UserError when the folder is not there or the document has no such format.
    """
    if not target.parent.is_dir():
        raise UserError(
            N_("The folder {folder} is not there."),
            hint=N_("Choose another folder."),
            folder=target.parent,
        )
    data = writers.write(composed, target.suffix)
    with atomic_write(target) as out:
        out.write(data)
    return [target]
