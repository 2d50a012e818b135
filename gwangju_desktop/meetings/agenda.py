"""What can be done to the order of business, before the notice, after it and in the room."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.meetings import AgendaItem, Meeting
from db.schema.sittings import Break
from db.store import usecase
from db.vocab import (
    DrawnKind,
    ItemKind,
    ItemState,
    Listing,
    MeetingState,
    Outcome,
    Standing,
)
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import change, required, tidy, writable
from gwangju_desktop.meetings import numbers, places, remains, rules
from gwangju_desktop.meetings import opinions as given
from gwangju_desktop.meetings.guards import changeable, check_minutes, item_of, moment, sitting
from gwangju_desktop.text import N_

ITEM_FIELDS = (
    "kind",
    "title",
    "presenter",
    "minutes",
    "request",
    "reason",
    "contents",
    "reference",
    "basis",
    "budget",
    "standing",
    "parent_id",
    "listing_reason",
    "restricted",
    "restricted_ground",
    "open_title",
    "submitter",
    "submitted_on",
)
NO_TITLE = N_("An agenda item needs a title.")


def frozen(meeting: Meeting) -> bool:
    """Say whether the agenda went out with the notice: its labels stay from then on."""
    return meeting.state != MeetingState.PLANNED


@usecase("Add agenda item")
def add_item(
    tx: Session,
    *,
    meeting_id: int,
    title: str,
    kind: str = ItemKind.DELIBERATION.value,
    after_id: int | None = None,
    opinions: Sequence[Mapping[str, str]] = (),
    **values: Any,
) -> int:
    """Add an item, at the end or right after `after_id`; `opinions` as opinions.write_all has them.

    Once the agenda went out it is a late item, in a sitting one laid on the table; either needs
    a `listing_reason` and takes a label that leaves the others alone ("3-1").
    """
    meeting = changeable(tx, meeting_id)
    fields = tidy({"title": title, "kind": ItemKind(kind).value, **values}, ITEM_FIELDS)
    required(fields["title"], NO_TITLE)
    check_minutes(fields.get("minutes", 1))
    if frozen(meeting):
        fields["listing"] = (
            Listing.TABLED if meeting.state == MeetingState.OPENED else Listing.LATE
        ).value
        required(
            fields.get("listing_reason", ""),
            N_("The agenda has gone out: say why this item comes late."),
        )
    item = AgendaItem(meeting_id=meeting.id, position=0, **fields)
    item.position = place_after(tx, meeting.id, after_id)
    tx.add(item)
    tx.flush()
    _check(tx, item)
    given.write_all(tx, item.id, opinions)
    if frozen(meeting):
        label_late(tx, item)
    return item.id


@usecase("Edit agenda item")
def edit_item(
    tx: Session, *, id: int, opinions: Sequence[Mapping[str, str]] | None = None, **values: Any
) -> int:
    """Change an item of a meeting that is not closed; `opinions` None leaves those it has."""
    item, meeting = item_of(tx, id)
    fields = tidy(values, ITEM_FIELDS)
    if "title" in fields:
        required(fields["title"], NO_TITLE)
    if "kind" in fields:
        fields["kind"] = ItemKind(fields["kind"]).value
        if item.label and not rules.numbered(fields["kind"]):
            raise UserError(
                N_("Item {label} has its number and stays an item."),
                hint=N_("Withdraw it and add another."),
                label=item.label,
            )
    check_minutes(fields.get("minutes", 1))
    change(item, fields)
    _check(tx, item)
    if opinions is not None:
        given.write_all(tx, item.id, opinions)
    if frozen(meeting) and not item.label:
        tx.flush()
        label_late(tx, item)
    return id


@usecase("Delete agenda item")
def delete_item(tx: Session, *, id: int) -> None:
    """Delete an item with its papers before the agenda went out; the files stay in the store."""
    item, meeting = item_of(tx, id)
    if frozen(meeting) and (item.label or item.number):
        raise UserError(
            N_("The agenda has gone out: “{title}” keeps its number."),
            hint=N_("Withdraw the item instead, with a reason."),
            title=item.title,
        )
    if item.number:
        raise UserError(
            N_("“{title}” goes on with item {number} and cannot be deleted."),
            hint=N_("Withdraw the item instead, with a reason."),
            title=item.title,
            number=item.number,
        )
    for child in tx.scalars(select(AgendaItem).where(AgendaItem.parent_id == id)).all():
        child.parent_id = item.parent_id
    remains.clear_item(tx, item)
    tx.delete(item)


@usecase("Move agenda item")
def move_item(tx: Session, *, id: int, by: int) -> int:
    """Move an item up (negative) or down by so many places, at most to the end."""
    item, _meeting = item_of(tx, id)
    others = _positions(tx, item.meeting_id)
    at = others.index(item.position)
    others.pop(at)
    to = max(0, min(len(others), at + by))
    if to == at:
        return id
    free = rules.place_between(others, to)
    if free is None:
        places.spread(tx, of_meeting(tx, item.meeting_id))
        return move_item(tx, id=id, by=by)
    item.position = free
    return id


@usecase("Withdraw agenda item")
def withdraw_item(tx: Session, *, id: int, reason: str) -> int:
    """Take an item off the agenda; it stays there, struck out, with its number (철회)."""
    item, _meeting = item_of(tx, id)
    if item.state == ItemState.DECIDED:
        raise UserError(N_("“{title}” has been decided already."), title=item.title)
    why = required(reason, N_("A withdrawal needs its reason."))
    change(
        item,
        {
            "state": ItemState.WITHDRAWN.value,
            "outcome": Outcome.WITHDRAWN.value,
            "remark": why,
        },
    )
    return id


@usecase("Bring back agenda item")
def restore_item(tx: Session, *, id: int) -> int:
    """Put a withdrawn item back on the agenda."""
    item, _meeting = item_of(tx, id)
    if item.state != ItemState.WITHDRAWN:
        raise UserError(N_("“{title}” has not been withdrawn."), title=item.title)
    state = ItemState.TAKEN_UP if item.begun_at else ItemState.PENDING
    change(item, {"state": state.value, "outcome": None, "remark": ""})
    return id


def record_outcome(
    tx: Session,
    *,
    id: int,
    outcome: str,
    resolution: str = "",
    remark: str = "",
    at: dt.datetime | None = None,
) -> int:
    """Write what became of an item, as the chair said it; the verbs of deciding end here."""
    item, meeting = item_of(tx, id)
    sitting(tx, meeting.id)
    if outcome == Outcome.WITHDRAWN:
        return int(withdraw_item(tx, id=id, reason=remark))
    when = moment(meeting, at)
    change(
        item,
        {
            "state": ItemState.DECIDED.value,
            "outcome": Outcome(outcome).value,
            "resolution": writable(resolution),
            "remark": writable(remark),
            "decided_at": when,
            "begun_at": item.begun_at or when,
        },
    )
    return id


@usecase("Take up agenda item")
def take_up(tx: Session, *, id: int, at: dt.datetime | None = None) -> int:
    """Begin with an item (상정); the one that was running ends at the same moment."""
    item, meeting = item_of(tx, id)
    sitting(tx, meeting.id)
    when = moment(meeting, at)
    if item.state == ItemState.WITHDRAWN:
        raise UserError(N_("“{title}” was withdrawn."), title=item.title)
    _refuse_in_a_break(tx, meeting)
    for other in running(tx, meeting.id):
        if other.id != id:
            other.ended_at = max(when, other.begun_at or when)
    fields: dict[str, Any] = {"ended_at": None}
    if item.begun_at is None:
        fields["begun_at"] = when
    if item.state == ItemState.PENDING:
        fields["state"] = ItemState.TAKEN_UP.value
    change(item, fields)
    return id


@usecase("End agenda item")
def end_item(tx: Session, *, id: int, at: dt.datetime | None = None) -> int:
    """Note when an item was done with."""
    item, meeting = item_of(tx, id)
    when = moment(meeting, at)
    if item.begun_at is None:
        raise UserError(N_("“{title}” has not been taken up."), title=item.title)
    if when < item.begun_at:
        raise UserError(
            N_("The item was taken up at {begun:time}: it cannot end before."),
            begun=clock.local(item.begun_at),
        )
    change(item, {"ended_at": when})
    return id


def running(tx: Session, meeting_id: int) -> Sequence[AgendaItem]:
    """Return the items taken up and not yet ended."""
    return tx.scalars(
        select(AgendaItem)
        .where(
            AgendaItem.meeting_id == meeting_id,
            AgendaItem.begun_at.is_not(None),
            AgendaItem.ended_at.is_(None),
        )
        .order_by(AgendaItem.position)
    ).all()


def of_meeting(tx: Session, meeting_id: int) -> Sequence[AgendaItem]:
    """Return the items of a meeting in their order."""
    return tx.scalars(
        select(AgendaItem).where(AgendaItem.meeting_id == meeting_id).order_by(AgendaItem.position)
    ).all()


def freeze(tx: Session, meeting: Meeting) -> None:
    """Write the labels the agenda went out with."""
    items = of_meeting(tx, meeting.id)
    given = rules.labels([rules.Line(i.id, i.kind, i.parent_id) for i in items])
    for item in items:
        change(item, {"label": given[item.id]})


def thaw(tx: Session, meeting: Meeting) -> None:
    """Take the labels back with the notice; items are on the agenda as any other again."""
    for item in of_meeting(tx, meeting.id):
        change(item, {"label": "", "listing": Listing.NORMAL.value})


def label_late(tx: Session, item: AgendaItem) -> None:
    """Give an item that came after the notice a label between those given out."""
    items = of_meeting(tx, item.meeting_id)
    lines = [rules.Line(i.id, i.kind, i.parent_id, i.label) for i in items]
    change(item, {"label": rules.late_label(lines, item.id)})


def draw_numbers(tx: Session, meeting: Meeting) -> None:
    """Draw the item numbers (의안번호) of those that have none yet."""
    day = clock.local(meeting.starts_at).date()
    for item in of_meeting(tx, meeting.id):
        if not item.number and rules.numbered(item.kind) and not item.standing:
            item.number = numbers.draw(tx, meeting.body_id, DrawnKind.ITEM, day, item.id).text
    tx.flush()


def undecided(tx: Session, meeting_id: int) -> list[AgendaItem]:
    """Return the items that ask for something the body has not given.

    A report or a discussion is done with once it was taken up.
    """
    return [item for item in of_meeting(tx, meeting_id) if is_undecided(item)]


def untake(item: AgendaItem) -> None:
    """Let an item be as if it had not been taken up."""
    if item.state == ItemState.TAKEN_UP:
        item.state = ItemState.PENDING.value
    change(item, {"begun_at": None, "ended_at": None})


def is_undecided(item: AgendaItem) -> bool:
    """Say whether an item still waits for the body."""
    if not rules.numbered(item.kind) or item.standing:
        return False
    if item.state == ItemState.TAKEN_UP:
        return item.kind in (ItemKind.DELIBERATION, ItemKind.ADVICE)
    return item.state == ItemState.PENDING


def note_reports(tx: Session, meeting_id: int) -> None:
    """Note what was only reported or talked about as done with (보고접수) at the closing."""
    for item in of_meeting(tx, meeting_id):
        if item.state == ItemState.TAKEN_UP and not is_undecided(item):
            outcome = Outcome.NOTED.value if item.kind == ItemKind.REPORT else None
            change(item, {"state": ItemState.DECIDED.value, "outcome": outcome})


def place_after(tx: Session, meeting_id: int, after_id: int | None) -> int:
    """Return a free position at the end, or right after an item and what is nested in it."""
    items = of_meeting(tx, meeting_id)
    at = len(items)
    if after_id is not None:
        family = [n for n, item in enumerate(items) if after_id in (item.id, item.parent_id)]
        at = family[-1] + 1 if family else at
    return _free(tx, meeting_id, at)


def _free(tx: Session, meeting_id: int, at: int) -> int:
    free = rules.place_between(_positions(tx, meeting_id), at)
    if free is None:
        places.spread(tx, of_meeting(tx, meeting_id))
        return _free(tx, meeting_id, at)
    return free


def _check(tx: Session, item: AgendaItem) -> None:
    """Refuse an item that hides nothing behind nothing, or is nested in itself."""
    if item.restricted:
        required(
            item.restricted_ground or "",
            N_("A restricted item needs the ground it is withheld on."),
        )
        required(item.open_title or "", N_("A restricted item needs a title for the public."))
    if item.standing:
        item.standing = Standing(item.standing).value
    if item.parent_id is None:
        return
    parent = tx.get(AgendaItem, item.parent_id)
    if parent is None or parent.meeting_id != item.meeting_id or parent.id == item.id:
        raise UserError(N_("The item it belongs to is not on this agenda."))
    if parent.parent_id is not None or _has_children(tx, item):
        raise UserError(
            N_("Items are nested one level deep."),
            hint=N_("Let it belong to the item above."),
        )


def _has_children(tx: Session, item: AgendaItem) -> bool:
    query = select(AgendaItem.id).where(AgendaItem.parent_id == item.id).limit(1)
    return tx.scalar(query) is not None


def _refuse_in_a_break(tx: Session, meeting: Meeting) -> None:
    resting = select(Break.id).where(Break.meeting_id == meeting.id, Break.ends_at.is_(None))
    if tx.scalar(resting.limit(1)) is not None:
        raise UserError(
            N_("{meeting} is in recess."),
            hint=N_("Resume the sitting first."),
            meeting=meeting.title,
        )


def _positions(tx: Session, meeting_id: int) -> list[int]:
    found_positions = tx.scalars(
        select(AgendaItem.position)
        .where(AgendaItem.meeting_id == meeting_id)
        .order_by(AgendaItem.position)
    )
    return list(found_positions.all())
