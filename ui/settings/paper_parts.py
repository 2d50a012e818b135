"""What the form of documents asks of the office: its form, a page in a form, a logo."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from pathlib import Path

from db.files import atomic_write
from gwangju_desktop import clock, settings
from gwangju_desktop.documents import paper_settings, picture
from gwangju_desktop.documents.paper_settings import Form
from gwangju_desktop.documents.press import press
from gwangju_desktop.documents.specimen import specimen
from gwangju_desktop.meetings.documents.issuer import issued
from gwangju_desktop.text import words


@dataclass(frozen=True, slots=True)
class Kept:
    """The form as the office keeps it, with the picture of its letterhead."""

    form: Form
    png: bytes | None


@dataclass(frozen=True, slots=True)
class Shown:
    """A page made in a form."""

    file: Path
    pages: int


def kept(read) -> Kept:
    """Read the form of the office."""
    form = paper_settings.of_office(read)
    return Kept(form, paper_settings.logo(read) if form.logo else None)


def show(work, *, file: Path, form: Form, png: bytes | None, language: str) -> Shown:
    """Make a sample page in a form; a job for `desk.work`."""
    today = clock.today()
    with work.reading() as read:
        about = issued(read, body_id=None, on=today)
        city = settings.names(read, today)[language][1]
    composed = specimen(about, words(language), city)
    made = press(paper_settings.worn(composed, form, png))
    with atomic_write(file) as out:
        out.write(made.data)
    return Shown(file, made.pages)


def take(work, *, path: Path) -> bytes:
    """Read a logo from a file; a job for `desk.work`."""
    return picture.chosen(path)


def carried(png: bytes | None) -> str:
    """Return a picture as the use case takes it."""
    return base64.b64encode(png).decode() if png else ""
