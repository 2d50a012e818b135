"""Every document of the office: its name, what it is about, its formats, how it is composed.

`compose` is the one door to all of them; `gwangju_desktop.documents.writers` writes what it returns.
"""

from __future__ import annotations

import datetime as dt
import importlib
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from gwangju_desktop.catalogue.entry import (
    ABOUT,
    CONTACTS,
    DRAWN,
    PERIOD,
    PROSE,
    TABLES,
    WHOLE,
    About,
    Entry,
)
from gwangju_desktop.catalogue.of_commitments import OF_COMMITMENTS
from gwangju_desktop.catalogue.of_energy import OF_ENERGY
from gwangju_desktop.catalogue.of_polls import OF_POLLS
from gwangju_desktop.catalogue.of_proposals import OF_PROPOSALS
from gwangju_desktop.documents import paper_settings
from gwangju_desktop.documents.composed import Composed
from gwangju_desktop.errors import UserError
from gwangju_desktop.text import C_, N_, Msg

__all__ = [
    "ABOUT",
    "CONTACTS",
    "DRAWN",
    "ENTRIES",
    "PERIOD",
    "PROSE",
    "TABLES",
    "WHOLE",
    "About",
    "DocumentRow",
    "Entry",
    "Fitting",
    "compose",
    "documents",
    "entry",
    "of_meeting",
    "of_proposal",
    "refuse_format",
]

_HERE = "gwangju_desktop.catalogue"
_ALL = (
    Entry(
        "plan",
        C_("document", "Plan of a meeting"),
        About.MEETING,
        TABLES,
        f"{_HERE}.plan:plan",
    ),
    Entry(
        "notice",
        C_("document", "Notice of meeting"),
        About.MEETING,
        PROSE,
        f"{_HERE}.notice:notice",
        outgoing=True,
        options=("signatory",),
    ),
    Entry(
        "data-request",
        C_("document", "Request for papers"),
        About.MEETING,
        PROSE,
        f"{_HERE}.letters:data_request",
        outgoing=True,
        options=("recipient", "due", "signatory"),
    ),
    Entry(
        "observers",
        C_("document", "Notice to spectators"),
        About.MEETING,
        PROSE,
        f"{_HERE}.letters:observers",
        outgoing=True,
        options=("seats", "due"),
    ),
    Entry(
        "agenda",
        C_("document", "Order of business"),
        About.MEETING,
        TABLES,
        f"{_HERE}.sheets:agenda",
    ),
    Entry(
        "attendance",
        C_("document", "Attendance sheet"),
        About.MEETING,
        TABLES,
        f"{_HERE}.sheets:attendance",
    ),
    Entry(
        "scenario",
        C_("document", "Script of the meeting"),
        About.MEETING,
        PROSE,
        f"{_HERE}.scenario:scenario",
    ),
    Entry(
        "record-sheets",
        C_("document", "Decision record sheets"),
        About.MEETING,
        PROSE,
        f"{_HERE}.sheets:record_sheets",
    ),
    Entry(
        "ballots",
        C_("document", "Ballot sheets"),
        About.MEETING,
        PROSE,
        f"{_HERE}.existing:ballots",
    ),
    Entry(
        "report",
        C_("document", "Report of the meeting"),
        About.MEETING,
        PROSE,
        f"{_HERE}.report:report",
    ),
    Entry(
        "minutes",
        C_("document", "Minutes"),
        About.MEETING,
        PROSE,
        f"{_HERE}.existing:minutes",
    ),
    Entry(
        "actions",
        C_("document", "List of actions"),
        About.MEETING,
        TABLES,
        f"{_HERE}.existing:actions",
    ),
    Entry(
        "payment",
        C_("document", "Payment sheet for attendance allowances"),
        About.MEETING,
        TABLES,
        f"{_HERE}.existing:payment",
    ),
    Entry(
        "excerpt",
        C_("document", "Decision sheet"),
        About.ITEM,
        PROSE,
        f"{_HERE}.existing:excerpt",
    ),
    Entry(
        "comparison",
        C_("document", "Original beside amendment"),
        About.ITEM,
        PROSE,
        f"{_HERE}.existing:comparison",
    ),
    Entry(
        "roster",
        C_("document", "Member list"),
        About.BODY,
        TABLES,
        f"{_HERE}.existing:roster",
        options=("on", "membership_ids", CONTACTS),
    ),
    Entry(
        "seating",
        C_("document", "Seating plan"),
        About.BODY,
        DRAWN,
        f"{_HERE}.existing:seating",
        options=("on", "membership_ids", "layout"),
    ),
    Entry(
        "plates",
        C_("document", "Name plates"),
        About.BODY,
        DRAWN,
        f"{_HERE}.existing:plates",
        options=("on", "membership_ids"),
    ),
    Entry(
        "request",
        C_("document", "Request for recommendation"),
        About.BODY,
        PROSE,
        f"{_HERE}.existing:request",
        outgoing=True,
        options=("on", "recipient", "field", "people", "due", "signatory"),
    ),
    Entry(
        "consent",
        C_("document", "Consent form"),
        About.MEMBERSHIP,
        PROSE,
        f"{_HERE}.existing:consent",
        options=("on", "membership_ids"),
    ),
    Entry(
        "letter",
        C_("document", "Letter of appointment"),
        About.MEMBERSHIP,
        DRAWN,
        f"{_HERE}.existing:letter",
        options=("on", "membership_ids", "signatory"),
    ),
    Entry(
        "appointment-notice",
        C_("document", "Notice of appointment"),
        About.MEMBERSHIP,
        PROSE,
        f"{_HERE}.letters:appointment_notice",
        outgoing=True,
        options=("membership_ids", "signatory"),
    ),
    Entry(
        "register",
        C_("document", "Register of decisions"),
        About.OFFICE,
        TABLES,
        f"{_HERE}.existing:register",
        options=(PERIOD, "search"),
    ),
    Entry(
        "all-actions",
        C_("document", "List of actions"),
        About.OFFICE,
        TABLES,
        f"{_HERE}.existing:all_actions",
        options=("state", "department", "overdue", "unfinished"),
    ),
    Entry(
        "half-year",
        C_("document", "How the committees run"),
        About.OFFICE,
        TABLES,
        f"{_HERE}.halfyear:half_year",
        options=(PERIOD,),
    ),
    Entry(
        "post",
        C_("document", "Handover of the post"),
        About.OFFICE,
        PROSE,
        f"{_HERE}.post:post",
        options=("by", "to", "witness", "kept", "remarks"),
    ),
    *OF_PROPOSALS,
    *OF_POLLS,
    *OF_COMMITMENTS,
    *OF_ENERGY,
)
ENTRIES: dict[str, Entry] = {entry.name: entry for entry in _ALL}


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """One document in the list of them; `about` says what its id is, `formats` its files."""

    name: str
    label: Msg
    about: Msg
    formats: tuple[str, ...]
    outgoing: bool


def documents() -> list[DocumentRow]:
    """List every document, in the order in which a meeting needs them."""
    return [
        DocumentRow(one.name, one.label, ABOUT[one.about], one.formats, one.outgoing)
        for one in _ALL
    ]


def entry(name: str) -> Entry:
    """Return a document's entry; raises UserError for a name there is none of."""
    if name not in ENTRIES:
        raise UserError(
            N_("There is no document “{kind}”."),
            hint=N_("Choose one of {known}."),
            kind=name,
            known=", ".join(ENTRIES),
        )
    return ENTRIES[name]


def compose(
    read: Session,
    name: str,
    *,
    id: int | None,
    language: str = "ko",
    files_read: bool = False,
    **options: Any,
) -> Composed:
    """Compose a document about a record; `id` None is the whole office where that can be asked.

    `options` are those its entry names; others are our bug. Raises UserError when there is no such
    document or record, nothing to print, or where it stands on evidence that is not what it was:
    `files_read` says that whoever asks has read the files again just now (`proving.demand`).
    """
    one = entry(name)
    unknown = set(options) - set(one.options)
    if unknown:
        raise TypeError(f"{name} takes no {sorted(unknown)}")
    if id is None and one.about not in WHOLE:
        raise TypeError(f"{name} is about a record")
    if id is not None and one.about is About.PERIOD:
        raise UserError(
            N_("“{document}” is about a period, not a record."),
            hint=N_("Ask for it of a month or a year: 2021-03, 2021."),
            document=one.label,
        )
    if id is not None and one.about is About.PROPOSALS:
        raise UserError(
            N_("“{document}” is about all proposals, not one."),
            hint=N_("Ask for it of the whole office."),
            document=one.label,
        )
    if one.proved and id is not None and not files_read:
        from gwangju_desktop.catalogue import proving

        proving.refuse_known(read, one, id)
    module, function = one.made_by.split(":")
    made: Composed = getattr(importlib.import_module(module), function)(
        read, id=id, language=language, **options
    )
    return paper_settings.dressed(read, made)


def refuse_format(name: str, suffix: str) -> None:
    """Raise UserError where a document is not written in the format of a suffix (".xlsx")."""
    one = entry(name)
    if suffix.lower().lstrip(".") not in one.formats:
        raise UserError(
            N_("“{document}” is not written as “{suffix}”."),
            hint=N_("Choose one of {known}."),
            document=one.label,
            suffix=suffix,
            known=", ".join(one.formats),
        )


@dataclass(frozen=True, slots=True)
class Fitting:
    """A document of a meeting as it can be made now; `why_not` says why it cannot."""

    entry: Entry
    id: int
    options: dict[str, Any]
    why_not: Msg | None = None


def of_proposal(read: Session, *, proposal_id: int) -> list[Fitting]:
    """List the documents of a proposal; raises UserError for a draft, which has none."""
    from gwangju_desktop.catalogue import proposal_fitting
    from gwangju_desktop.catalogue.proposal_facts import facts

    data = facts(read, id=proposal_id)
    return [
        Fitting(one, proposal_id, {}, proposal_fitting.why_not(data, one.name))
        for one in _ALL
        if one.about is About.PROPOSAL
    ]


def of_meeting(read: Session, *, meeting_id: int) -> list[Fitting]:
    """List the documents of a meeting, those of its body for its day included."""
    from gwangju_desktop.catalogue import fitting
    from gwangju_desktop.meetings import queries

    meeting = queries.meeting(read, id=meeting_id)
    day: dt.date = meeting.starts_at.date()
    found = [
        Fitting(one, meeting_id, {}, fitting.why_not(read, one.name, meeting))
        for one in _ALL
        if one.about is About.MEETING
    ]
    found += [
        Fitting(ENTRIES[name], meeting.body_id, {"on": day})
        for name in ("roster", "seating", "plates")
    ]
    return found
