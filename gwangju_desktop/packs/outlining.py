"""What can be done to the outline of a pack; the first change writes all its parts."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.meetings import Meeting
from db.schema.packs import PackPart, PackPlan
from db.store import usecase
from db.vocab import Disclosure, Dividers, PartKind, Sides
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import change, found, required, tidy, writable
from gwangju_desktop.meetings import agenda, papers
from gwangju_desktop.meetings.guards import changeable
from gwangju_desktop.meetings.rules import GAP, place_between
from gwangju_desktop.packs.outline import (
    ADDED,
    BACK,
    behind,
    placed,
    printed_items,
    stored_rows,
    top,
    usual,
)
from gwangju_desktop.text import N_

PART_FIELDS = ("title", "item_id", "figure", "disclosure", "ground")
NO_PART = N_("There is no part {id} in a pack.")
NO_GROUND = N_("What is not public needs the ground it is withheld on.")


@usecase("Choose part of the pack")
def include_part(tx: Session, *, meeting_id: int, key: str, included: bool) -> None:
    """Take a part into the pack or leave it out; an item takes its papers along."""
    changeable(tx, meeting_id)
    if key.startswith("paper-"):
        raise UserError(
            N_("A paper goes with its item."),
            hint=N_("Leave the item out, or take the paper off the item."),
        )
    row = _row(_written(tx, meeting_id), key)
    change(row, {"included": included})


@usecase("Move part of the pack")
def move_part(tx: Session, *, meeting_id: int, key: str, by: int) -> None:
    """Move a part so many places up (`by` negative) or down; at the end it stays.

    An item is moved on the agenda, past the next item that has a sheet; a paper within its item, a
    figure or an appendix behind an item among those behind it.
    """
    changeable(tx, meeting_id)
    for _ in range(abs(by)):
        _move_one(tx, meeting_id, key, 1 if by > 0 else -1)


def _move_one(tx: Session, meeting_id: int, key: str, by: int) -> None:
    kind, _, id = key.partition("-")
    if kind == "paper":
        papers.move_paper(tx, id=_number(id), by=by)
        return
    if kind == PartKind.ITEM:
        _move_item(tx, meeting_id, _number(id), by)
        return
    rows = _written(tx, meeting_id)
    row = _row(rows, key)
    items = printed_items(tx, meeting_id)
    if behind(row, items):
        peers = [one for one in rows if behind(one, items) and one.item_id == row.item_id]
    else:
        peers = [one for one in top(rows, items) if isinstance(one, PackPart)]
    to = peers.index(row) + by
    if 0 <= to < len(peers):
        _swap(tx, row, peers[to])


@usecase("Add figure to the pack")
def add_figure(
    tx: Session,
    *,
    meeting_id: int,
    figure: dict[str, Any],
    title: str = "",
    item_id: int | None = None,
    disclosure: str = Disclosure.PUBLIC.value,
    ground: str = "",
) -> int:
    """Add a figure behind an item or behind all of them; `figure` says what it shows (packs.figures)."""
    changeable(tx, meeting_id)
    return _add(
        tx,
        meeting_id,
        PartKind.FIGURE,
        title=title,
        figure=figure,
        item_id=item_id,
        disclosure=disclosure,
        ground=ground,
    )


@usecase("Add appendix to the pack")
def add_appendix(
    tx: Session,
    *,
    meeting_id: int,
    sha256: str,
    name: str,
    bytes: int,
    clean: str | None = None,
    pages: int = 0,
    trouble: str | None = None,
    facts: Any = None,
    title: str = "",
    item_id: int | None = None,
    disclosure: str = Disclosure.PUBLIC.value,
    ground: str = "",
) -> int:
    """Add a file that is in the store already; the title defaults to the file's name.

    The other values are what its intake found (gwangju_desktop.packs.papers.take_in).
    """
    changeable(tx, meeting_id)
    name = writable(name)
    file = papers.stored(tx, sha256, name, bytes, clean, pages, trouble, facts)
    return _add(
        tx,
        meeting_id,
        PartKind.APPENDIX,
        title=required(title or PurePath(name).stem, N_("An appendix needs a title.")),
        file_id=file.id,
        item_id=item_id,
        disclosure=disclosure,
        ground=ground,
    )


@usecase("Edit part of the pack")
def edit_part(tx: Session, *, id: int, **values: Any) -> int:
    """Change a figure or an appendix: its title, what it shows, its item, who may read it."""
    row = found(tx, PackPart, id, NO_PART)
    changeable(tx, row.meeting_id)
    fields = tidy(values, PART_FIELDS)
    kind = PartKind(row.kind)
    if kind not in ADDED or ("figure" in fields and kind != PartKind.FIGURE):
        raise TypeError(f"{kind} is not edited so")
    if kind == PartKind.APPENDIX and "title" in fields:
        required(fields["title"], N_("An appendix needs a title."))
    change(row, fields)
    _check(tx, row)
    return id


@usecase("Remove part of the pack")
def remove_part(tx: Session, *, id: int) -> None:
    """Take a figure or an appendix out of the pack; a file stays in the store."""
    row = found(tx, PackPart, id, NO_PART)
    changeable(tx, row.meeting_id)
    if row.kind not in ADDED:
        raise UserError(N_("This part belongs to every pack."), hint=N_("Leave it out instead."))
    tx.delete(row)


@usecase("Change how the pack is put together")
def set_plan(
    tx: Session,
    *,
    meeting_id: int,
    sides: str | None = None,
    dividers: str | None = None,
    abbreviations: str | None = None,
) -> None:
    """Set where parts begin, where dividers stand, and the abbreviations, a line "AB: meaning" each."""
    changeable(tx, meeting_id)
    plan = tx.scalars(select(PackPlan).where(PackPlan.meeting_id == meeting_id)).first()
    if plan is None:
        plan = PackPlan(
            meeting_id=meeting_id,
            sides=Sides.RIGHT_HAND.value,
            dividers=Dividers.NONE.value,
            abbreviations="",
        )
        tx.add(plan)
    if sides is not None:
        change(plan, {"sides": Sides(sides).value})
    if dividers is not None:
        change(plan, {"dividers": Dividers(dividers).value})
    if abbreviations is not None:
        change(plan, tidy({"abbreviations": abbreviations}, ("abbreviations",)))


def _written(tx: Session, meeting_id: int) -> list[PackPart]:
    """Return the rows of all parts in their order; parts without one get it."""
    rows = stored_rows(tx, meeting_id)
    items = printed_items(tx, meeting_id)
    order = placed(rows or usual(tx, tx.get_one(Meeting, meeting_id), items), items)
    if rows and all(isinstance(row, PackPart) for row in order):
        return rows
    there: list[PackPart] = []
    for row in order:
        if isinstance(row, PackPart):
            there.append(row)
            continue
        own = PackPart(
            meeting_id=meeting_id,
            position=0,
            kind=row.kind,
            item_id=row.item_id,
            included=row.included,
        )
        there.append(own)
    # Items that print nothing now keep their row, and its place does not matter.
    there += [row for row in rows if row not in there]
    _number_all(tx, there)
    return there


def _number_all(tx: Session, rows: Sequence[PackPart]) -> None:
    """Give rows positions with whole gaps in this order.

    Stored ones are parked first: two rows may not pass through one position.
    """
    for row in rows:
        if row.id is not None:
            row.position = -row.id
    tx.flush()
    for at, row in enumerate(rows, 1):
        row.position = at * GAP
        tx.add(row)
    tx.flush()


def _row(rows: Sequence[PackPart], key: str) -> PackPart:
    """Return the row of a part; raise UserError when the pack has none of this key."""
    kind, _, id = key.partition("-")
    for row in rows:
        if row.kind != kind:
            continue
        if kind == PartKind.ITEM and id == str(row.item_id):
            return row
        if kind in ADDED and id == str(row.id):
            return row
        if kind != PartKind.ITEM and kind not in ADDED and not id:
            return row
    raise UserError(
        N_("The pack has no part “{key}”."),
        hint=N_("It may have been taken away meanwhile."),
        key=key,
    )


def _number(id: str) -> int:
    return int(id) if id.isascii() and id.isdigit() else 0


def _move_item(tx: Session, meeting_id: int, item_id: int, by: int) -> None:
    """Move an item on the agenda past the next one that has a sheet, steps between them included."""
    printed = printed_items(tx, meeting_id)
    if item_id not in printed:
        raise UserError(
            N_("The pack has no part “{key}”."),
            hint=N_("It may have been taken away meanwhile."),
            key=f"item-{item_id}",
        )
    to = printed.index(item_id) + by
    if not 0 <= to < len(printed):
        return
    everything = [item.id for item in agenda.of_meeting(tx, meeting_id)]
    agenda.move_item(tx, id=item_id, by=everything.index(printed[to]) - everything.index(item_id))


def _swap(tx: Session, row: PackPart, other: PackPart) -> None:
    """Exchange two places; one row is parked, for two may not share a position within a flush."""
    mine, its = row.position, other.position
    row.position = -row.id
    tx.flush()
    other.position = mine
    tx.flush()
    row.position = its
    tx.flush()


def _add(tx: Session, meeting_id: int, kind: PartKind, **values: Any) -> int:
    rows = _written(tx, meeting_id)
    fields = tidy(values, (*PART_FIELDS, "file_id"))
    fields["disclosure"] = Disclosure(fields["disclosure"]).value
    at = next((n for n, row in enumerate(rows) if row.kind in BACK), len(rows))
    free = place_between([row.position for row in rows], at)
    if free is None:
        _number_all(tx, rows)
        free = place_between([row.position for row in rows], at)
    assert free is not None
    row = PackPart(meeting_id=meeting_id, kind=kind.value, position=free, included=True, **fields)
    tx.add(row)
    tx.flush()
    _check(tx, row)
    return row.id


def _check(tx: Session, row: PackPart) -> None:
    """Refuse a part without a ground for being closed, or behind an item of another meeting."""
    row.disclosure = Disclosure(row.disclosure).value
    if row.disclosure == Disclosure.MEMBERS:
        required(row.ground, NO_GROUND)
    items = [item.id for item in agenda.of_meeting(tx, row.meeting_id)]
    if row.item_id is not None and row.item_id not in items:
        raise UserError(N_("The item it belongs to is not on this agenda."))
