"""What can be done to documents that go out: noted when made, numbered once they were approved.

The official record lives in the city's own document system; the program only knows its numbers.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.meetings import AgendaItem, Meeting
from db.schema.members import Body, Membership
from db.schema.packs import Outgoing
from db.store import usecase
from db.vocab import Release
from gwangju_desktop import clock
from gwangju_desktop.catalogue.entries import About, entry
from gwangju_desktop.catalogue.filed import usual
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import change, found, required, tidy
from gwangju_desktop.text import N_

NO_OUTGOING = N_("There is no outgoing document {id}.")
NO_NUMBER = N_("A dispatched document needs its number (문서번호).")
NO_GROUND = N_("What is not wholly public needs its ground.")


@usecase("Note the outgoing document")
def register(
    tx: Session,
    *,
    kind: str,
    about_id: int | None,
    title: str,
    recipient: str = "",
    made_on: dt.date | None = None,
    release: str | None = None,
    ground: str = "",
) -> int:
    """Note that a document of the catalogue was made to go out; return its row.

    One that waits for its number is noted anew, not twice. `title` and `recipient` hold no
    person's name; `release` None is as usual for the document. Raises UserError for a document or
    a record there is none of.
    """
    subject = about_id or 0
    body_id, meeting_id = _whose(tx, kind, subject)
    fields = {
        **tidy({"title": title, "recipient": recipient}, ("title", "recipient")),
        **(_released(release, ground) if release else _usual(kind)),
    }
    required(fields["title"], N_("An outgoing document needs its title."))
    day = made_on or clock.today()
    waiting = tx.scalars(
        select(Outgoing)
        .where(
            Outgoing.kind == kind,
            Outgoing.about_id == subject,
            Outgoing.number == "",
            Outgoing.dropped.is_(False),
        )
        .order_by(Outgoing.id.desc())
    ).first()
    if waiting is not None:
        change(waiting, {**fields, "made_on": day})
        return waiting.id
    row = Outgoing(
        kind=kind,
        about_id=subject,
        body_id=body_id,
        meeting_id=meeting_id,
        made_on=day,
        **fields,
    )
    tx.add(row)
    tx.flush()
    return row.id


@usecase("Fill the document number")
def fill(
    tx: Session,
    *,
    id: int,
    number: str,
    dispatched_on: dt.date,
    release: str | None = None,
    ground: str | None = None,
) -> int:
    """Write the number and the day a document went out under; `release` None leaves how public it is.

    Raises UserError without a number, for a day ahead, or for one that was dropped.
    """
    row = found(tx, Outgoing, id, NO_OUTGOING)
    values = _dispatched(row, number, dispatched_on)
    if release is not None:
        values |= _released(release, row.ground if ground is None else ground)
    change(row, values)
    return id


@usecase("Fill document numbers")
def fill_many(tx: Session, *, filled: Sequence[Mapping[str, Any]]) -> int:
    """Write numbers and days of several documents in one step; return how many.

    Each mapping holds `id`, `number` and `dispatched_on`. Raises as `fill` does; then none is written.
    """
    for one in filled:
        row = found(tx, Outgoing, one["id"], NO_OUTGOING)
        change(row, _dispatched(row, one["number"], one["dispatched_on"]))
    return len(filled)


@usecase("Take the document number back")
def clear(tx: Session, *, id: int) -> int:
    """Take number and day away: the document waits again."""
    change(found(tx, Outgoing, id, NO_OUTGOING), {"number": "", "dispatched_on": None})
    return id


@usecase("Set how public the document is")
def set_release(tx: Session, *, ids: Sequence[int], release: str, ground: str = "") -> None:
    """Say how much of documents is public (공개구분); raises UserError without a ground it needs."""
    values = _released(release, ground)
    for id in ids:
        change(found(tx, Outgoing, id, NO_OUTGOING), values)


@usecase("Drop the outgoing document")
def drop(tx: Session, *, ids: Sequence[int]) -> None:
    """Note that documents are not dispatched (시행 안 함); raises UserError for one that was."""
    for id in ids:
        row = found(tx, Outgoing, id, NO_OUTGOING)
        if row.dispatched_on is not None:
            raise UserError(
                N_("“{title}” was dispatched as {number}."),
                hint=N_("Take its number back first."),
                title=row.title,
                number=row.number,
            )
        change(row, {"dropped": True})


@usecase("Let the document wait again")
def restore(tx: Session, *, ids: Sequence[int]) -> None:
    """Let documents that were dropped wait for their numbers again."""
    for id in ids:
        change(found(tx, Outgoing, id, NO_OUTGOING), {"dropped": False})


def _dispatched(row: Outgoing, number: str, dispatched_on: dt.date) -> dict[str, Any]:
    if row.dropped:
        raise UserError(
            N_("“{title}” is noted as not dispatched."),
            hint=N_("Let it wait again first."),
            title=row.title,
        )
    text = required(tidy({"number": number}, ("number",))["number"], NO_NUMBER)
    if dispatched_on > clock.today():
        raise UserError(
            N_("{day:full} lies ahead: enter the day on which it was dispatched."),
            day=dispatched_on,
        )
    return {"number": text, "dispatched_on": dispatched_on}


def _released(release: str, ground: str) -> dict[str, Any]:
    """Return how public a document is; what is wholly public has no ground."""
    how = Release(release)
    text = tidy({"ground": ground}, ("ground",))["ground"]
    if how == Release.PUBLIC:
        text = ""
    else:
        required(text, NO_GROUND)
    return {"release": how.value, "ground": text}


def _usual(kind: str) -> dict[str, Any]:
    return dict(zip(("release", "ground"), usual(entry(kind).personal), strict=True))


def _whose(tx: Session, kind: str, id: int) -> tuple[int | None, int | None]:
    """Return the body and the meeting of the record a document is about."""
    about = entry(kind).about
    if about is About.PROPOSALS:
        return None, None
    if about is About.PROPOSAL:
        # Their tables load when the first of them is wanted.
        from gwangju_desktop.proposals.receipt import proposal_of

        proposal_of(tx, id)
        return None, None
    if about is About.OFFICE:
        return (found(tx, Body, id, N_("There is no body {id}.")).id if id else None), None
    if about is About.BODY:
        return found(tx, Body, id, N_("There is no body {id}.")).id, None
    if about is About.MEMBERSHIP:
        seat = found(tx, Membership, id, N_("There is no membership {id}."))
        return seat.body_id, None
    if about is About.ITEM:
        item = found(tx, AgendaItem, id, N_("There is no agenda item {id}."))
        id = item.meeting_id
    meeting = found(tx, Meeting, id, N_("There is no meeting {id}."))
    return meeting.body_id, meeting.id
