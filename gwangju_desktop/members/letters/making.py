"""One way to every document of a roll: what it is called, and how it is made."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from db.files import atomic_write
from gwangju_desktop.errors import UserError
from gwangju_desktop.members.letters.certificate import certificate
from gwangju_desktop.members.letters.forms import consent, request
from gwangju_desktop.members.letters.model import RollData, gather
from gwangju_desktop.members.letters.plates import plates
from gwangju_desktop.members.letters.press import Document
from gwangju_desktop.members.letters.roster import roster
from gwangju_desktop.members.letters.seating import seating
from gwangju_desktop.text import N_

# What a document may be told besides whom it is about.
OPTIONS: Mapping[str, tuple[str, ...]] = {
    "roster": ("contacts",),
    "letter": ("signatory",),
    "request": ("recipient", "field", "people", "due", "signatory"),
    "consent": (),
    "plates": (),
    "seating": ("layout",),
}


@dataclass(frozen=True, slots=True)
class Made:
    """A finished document, its name, and whose contacts stand on it."""

    document: Document
    name: str
    people: tuple[int, ...]


def _request(data: RollData, language: str, options: Mapping[str, Any]) -> Document:
    return request(data, language=language, **{"recipient": "", **options})


def _consent(data: RollData, language: str, _options: Mapping[str, Any]) -> Document:
    return consent(data, seats=data.seats, language=language)


_MAKERS: Mapping[str, Callable[[RollData, str, Mapping[str, Any]], Document]] = {
    "roster": lambda data, language, _: roster(data, language=language),
    "letter": lambda data, language, options: certificate(data, language=language, **options),
    "request": _request,
    "consent": _consent,
    "plates": lambda data, language, _: plates(data, language=language),
    "seating": lambda data, language, options: seating(data, language=language, **options),
}


def make(
    read: Session,
    *,
    kind: str,
    body_id: int,
    on: dt.date,
    membership_ids: Sequence[int] | None = None,
    language: str = "ko",
    options: Mapping[str, Any] | None = None,
) -> Made:
    """Make one document of a body for a day; raises UserError when nobody is on it.

    `options` are those OPTIONS names for the kind. Contacts stand on a roster only where
    `contacts` is true; who hands the file out then writes the access record for `people`.
    """
    if kind not in OPTIONS:
        raise UserError(
            N_("There is no document “{kind}”."),
            hint=N_("Choose one of {known}."),
            kind=kind,
            known=", ".join(OPTIONS),
        )
    chosen = {name: value for name, value in (options or {}).items() if name in OPTIONS[kind]}
    contacts = bool(chosen.pop("contacts", False))
    data = gather(read, body_id=body_id, on=on, membership_ids=membership_ids, contacts=contacts)
    document = _MAKERS[kind](data, language, chosen)
    people = tuple(seat.person_id for seat in data.seats) if contacts else ()
    return Made(document, f"{on:%Y-%m-%d} {document.title}", people)


def write(read: Session, target: Path, **asked: Any) -> Made:
    """Make a document as `make` does and write it to `target`, whole or not at all."""
    made = make(read, **asked)
    with atomic_write(target) as out:
        out.write(made.document.data)
    return made
