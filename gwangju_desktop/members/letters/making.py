"""One way to every document of a roll: what it is called, and how it is made."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from db.files import atomic_write
from gwangju_desktop.documents import writers
from gwangju_desktop.documents.composed import Composed
from gwangju_desktop.errors import UserError
from gwangju_desktop.members.letters.certificate import certificate
from gwangju_desktop.members.letters.forms import consent, request
from gwangju_desktop.members.letters.model import gather
from gwangju_desktop.members.letters.plates import plates
from gwangju_desktop.members.letters.roster import roster
from gwangju_desktop.members.letters.seating import seating
from gwangju_desktop.text import N_

# What a document may be told besides whom it is about.
OPTIONS: Mapping[str, tuple[str, ...]] = {
    "roster": ("contacts",),
    "letter": ("signatory",),
    "request": ("recipient", "field", "people", "due", "signatory"),
    "consent": ("blank",),
    "plates": (),
    "seating": ("layout",),
}


_MAKERS: Mapping[str, Callable[..., Composed]] = {
    "roster": roster,
    "letter": certificate,
    "request": request,
    "consent": consent,
    "plates": plates,
    "seating": seating,
}


def compose(
    read: Session,
    *,
    kind: str,
    body_id: int,
    on: dt.date,
    membership_ids: Sequence[int] | None = None,
    language: str = "ko",
    options: Mapping[str, Any] | None = None,
) -> Composed:
    """Compose one document of a body for a day; raises UserError when nobody is on it.

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
    return _MAKERS[kind](data, language=language, **chosen)


def write(read: Session, target: Path, **asked: Any) -> Composed:
    """Write a document as `compose` says it to `target`, whole or not at all, as its suffix says."""
    made = compose(read, **asked)
    data = writers.write(made, target.suffix or "pdf")
    with atomic_write(target) as out:
        out.write(data)
    return made
