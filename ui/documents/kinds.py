"""Which documents fit the record in front, and how one is composed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gwangju_desktop import clock
from gwangju_desktop.catalogue import entries
from gwangju_desktop.catalogue.entries import About, Entry
from gwangju_desktop.documents.composed import Composed
from gwangju_desktop.meetings.documents import making
from gwangju_desktop.members.letters.model import gather
from gwangju_desktop.outgoing.queries import OutgoingRow

# Those of a body and of its members are asked for in the same places.
OF_ROLL = (About.BODY, About.MEMBERSHIP)
# Not all of theirs can be made at any time.
IN_STEPS = (About.MEETING, About.PROPOSAL)


def fitting(name: str) -> list[Entry]:
    """Return the documents that fit the record `name` is about, in the order of the catalogue."""
    about = entries.entry(name).about
    if about is About.OFFICE:
        return [entries.entry(name)]
    alike = OF_ROLL if about in OF_ROLL else (about,)
    return [one for one in entries.ENTRIES.values() if one.about in alike]


def possible(read, *, about: About, id: int) -> set[str]:
    """Return which documents of a meeting or a proposal can be made now."""
    if about is About.PROPOSAL:
        found = entries.of_proposal(read, proposal_id=id)
    else:
        found = entries.of_meeting(read, meeting_id=id)
    return {one.entry.name for one in found if one.why_not is None}


@dataclass(frozen=True, slots=True)
class Asked:
    """A document asked for in the catalogue's own terms."""

    name: str
    id: int | None
    language: str
    options: dict[str, Any]


def asked(
    read, *, name: str, id: int | None, language: str, options: Mapping[str, object]
) -> Asked:
    """Return what is asked of the catalogue.

    `id` of a document of the roll is the body, whoever of it is meant; options left empty are left
    to the document.
    """
    one = entries.entry(name)
    filled = {key: value for key, value in options.items() if value not in (None, "")}
    fitting = {key: value for key, value in filled.items() if key in one.options}
    if one.about is About.MEMBERSHIP:
        chosen = fitting.get("membership_ids") or everybody(read, id, options.get("on"))
        id = chosen[0]
        if "membership_ids" in one.options:
            fitting["membership_ids"] = chosen
    return Asked(name, id, language, fitting)


def compose(read, wanted: Asked, *, files_read: bool = False) -> Composed:
    """Compose a document; `files_read` as `entries.compose` takes it."""
    if wanted.name == "register" and "period" not in wanted.options:
        # A list that is not narrowed to a year is printed as it stands.
        return making.register_of(read, wanted.language, body_id=wanted.id, **wanted.options)
    return entries.compose(
        read,
        wanted.name,
        id=wanted.id,
        language=wanted.language,
        files_read=files_read,
        **wanted.options,
    )


def everybody(read, body_id: int, on: object = None) -> list[int]:
    """Return the memberships of a body on a day, in the order of precedence."""
    day = on if isinstance(on, dt.date) else clock.today()
    return [seat.membership_id for seat in gather(read, body_id=body_id, on=day).seats]


def of_row(row: OutgoingRow) -> tuple[str, int | None, dict[str, Any]]:
    """Return name, id and options under which the dialog shows an outgoing document."""
    about = entries.entry(row.kind).about
    if about is About.MEMBERSHIP:
        return row.kind, row.body_id, {"membership_ids": [row.about_id]}
    return row.kind, row.about_id or None, {}
