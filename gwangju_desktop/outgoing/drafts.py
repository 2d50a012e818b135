"""A draft for the city's own document system: the text to paste and the files to attach.

What goes with a letter: its own enclosed parts, and the documents of the catalogue it names.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from db.files import atomic_write
from gwangju_desktop.catalogue.entries import compose
from gwangju_desktop.catalogue.existing import blank_consent
from gwangju_desktop.documents import paper_settings, writers
from gwangju_desktop.documents.composed import Composed
from gwangju_desktop.documents.plain import plain
from gwangju_desktop.errors import UserError
from gwangju_desktop.packs.saving import file_name
from gwangju_desktop.text import N_, words

# "Order of business, one copy." is enclosed as the order of business.
_COPIES = re.compile(r"[,\s]*(?:각?\s*\d+\s*부|one copy|\d+ cop(?:y|ies))\s*\.?\s*$")


@dataclass(frozen=True, slots=True)
class Draft:
    """The text of a document, and what is attached to it as documents of their own.

    `reply` is what a letter answers to a citizen's proposal, without the letter round it.
    """

    composed: Composed
    text: str
    enclosed: tuple[Composed, ...]
    reply: str = ""


def draft(
    read: Session, name: str, *, id: int | None, language: str = "ko", **options: Any
) -> Draft:
    """Return the draft of a document; raises UserError as composing it does."""
    composed = compose(read, name, id=id, language=language, **options)
    enclosed = parts_enclosed(composed)
    if len(composed.attachments) > len(composed.parts) - 1:
        enclosed += _named(read, name, id, language, options)
    reply = _reply(read, name, id, language)
    return Draft(composed, plain(composed), tuple(enclosed), reply)


def _reply(read: Session, name: str, id: int | None, language: str) -> str:
    """Return the reply a letter tells of, nothing where it tells of none."""
    if name not in ("proposal-result", "proposal-re-exam") or id is None:
        return ""
    # Tables of proposals load when the first of them is wanted.
    from gwangju_desktop.catalogue.proposal_results import reply_text

    try:
        return reply_text(read, id=id, language=language, again=name == "proposal-re-exam")
    except UserError:
        # A re-examination that has only begun: its letter says so, and there is no reply yet.
        return ""


def _named(
    read: Session, name: str, id: int | None, language: str, options: Mapping[str, Any]
) -> list[Composed]:
    """Return the documents of their own that a letter names among what it encloses."""
    if name == "notice":
        # Only that of a written resolution names ballot sheets.
        return [compose(read, "ballots", id=id, language=language)]
    if name == "appointment-notice":
        shared = ("membership_ids", "signatory")
        given = {key: value for key, value in options.items() if key in shared}
        return [compose(read, "letter", id=id, language=language, **given)]
    if name == "request" and id is not None:
        made = blank_consent(read, id=id, language=language)
        return [paper_settings.dressed(read, made)]
    return []


def parts_enclosed(composed: Composed) -> list[Composed]:
    """Return the parts behind a letter as documents of their own; any other is enclosed whole."""
    if not composed.body:
        return [composed]
    titles = [_COPIES.sub("", one).strip() for one in composed.attachments]
    say = words(composed.language)
    numbered = N_("Attachment {n}")
    made = []
    for n, part in enumerate(composed.parts[1:], 1):
        title = titles[n - 1] if n <= len(titles) else composed.title
        made.append(
            replace(
                composed,
                title=title,
                name=f"{composed.name} {say(numbered, n=n)} {title}",
                parts=(part,),
                body=(),
                letterhead=(),
                attachments=(),
            )
        )
    return made


def save(enclosed: Sequence[Composed], folder: Path, *, suffix: str = "pdf") -> list[Path]:
    """Write attachments into a folder and return their files; no name is used twice.

    One drawn by hand is a PDF whatever was asked. Raises UserError when the folder is not there.
    """
    if not folder.is_dir():
        raise UserError(
            N_("The folder {folder} is not there."),
            hint=N_("Choose another folder."),
            folder=folder,
        )
    files: list[Path] = []
    for one in enclosed:
        form = suffix.lstrip(".") if suffix.lstrip(".") in writers.formats(one) else "pdf"
        path = _free(folder, one.name, form, files)
        with atomic_write(path) as out:
            out.write(writers.write(one, form))
        files.append(path)
    return files


def _free(folder: Path, name: str, form: str, taken: Sequence[Path]) -> Path:
    path, n = folder / file_name(name, suffix=f".{form}"), 1
    while path in taken:
        n += 1
        path = folder / file_name(f"{name} ({n})", suffix=f".{form}")
    return path
