"""The links people make on the thread, where no column says that one led to the other."""

from __future__ import annotations

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from db.schema.proposals import Proposal
from db.schema.threads import ThreadLink
from db.store import usecase
from db.vocab import ProposalState
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import found, tidy
from gwangju_desktop.text import N_
from gwangju_desktop.threads.model import Key
from gwangju_desktop.threads.nouns import BY_KEY, noun_of
from gwangju_desktop.threads.walk import edges_of, ends_of

NO_LINK = N_("There is no link {id}.")
Record = tuple[str, int]


@usecase("Link records")
def link(tx: Session, *, before: Record, after: Record, note: str = "") -> int:
    """Say that one record led to another; each is (table or kind, id). Returns the link.

    Raises UserError for a record linked with itself, for a pair that hangs together already, for
    one that would lead back to where it came from, and for kinds that are never linked so.
    """
    first, second = _key(tx, before), _key(tx, after)
    from_column, to_column = BY_KEY[first.kind].links_from, BY_KEY[second.kind].links_to
    if from_column is None or to_column is None:
        kind = first.kind if from_column is None else second.kind
        raise UserError(
            N_("A record of the kind “{kind}” is not linked by hand on that side."),
            hint=N_("Link the record it belongs to."),
            kind=BY_KEY[kind].label,
        )
    if first == second:
        raise UserError(N_("A record cannot lead to itself."))
    if any(edge.after == second for edge in edges_of(tx, [first], forward=True)):
        raise UserError(N_("These two are linked already."))
    if leads_to(tx, second, first):
        raise UserError(
            N_("The thread would run in a circle: the second led to the first already."),
            hint=N_("Link them the other way round."),
        )
    values = {from_column.key: first.id, to_column.key: second.id}
    row = ThreadLink(**values, **tidy({"note": note}, ("note",)))
    tx.add(row)
    tx.flush()
    return row.id


@usecase("Remove link")
def unlink(tx: Session, *, link_id: int) -> None:
    """Take a link away; the records stay."""
    tx.delete(found(tx, ThreadLink, link_id, NO_LINK))


def leads_to(read: Session, first: Key, second: Key) -> bool:
    """Say whether the thread runs from one node to another."""
    seen, frontier = {first}, [first]
    while frontier and second not in seen:
        ends = (edge.after for edge in edges_of(read, frontier, forward=True))
        frontier = [key for key in dict.fromkeys(ends) if key not in seen]
        seen.update(frontier)
    return second in seen


def start_of(read: Session, link_id: int) -> Key | None:
    """Return the node a link begins at, None when there is no such link."""
    query = select(ThreadLink.__table__).where(ThreadLink.id == link_id)
    row = read.execute(query).mappings().first()
    return None if row is None else ends_of(row)[0]


def forget(tx: Session, table: str, id: int) -> None:
    """Take away every link of a record that is being deleted."""
    noun = noun_of(table)
    columns = [column for column in (noun.links_from, noun.links_to) if column is not None]
    held = select(ThreadLink).where(or_(*(column == id for column in columns)))
    for row in tx.scalars(held).all():
        tx.delete(row)
    tx.flush()


def pass_on(tx: Session, item_id: int, copy_id: int) -> None:
    """Let the thread of an item run on to the one that stands for it at another meeting."""
    held = select(ThreadLink.id).where(
        or_(ThreadLink.to_item_id == item_id, ThreadLink.from_item_id == item_id)
    )
    if tx.scalar(held.limit(1)) is not None:
        tx.add(ThreadLink(from_item_id=item_id, to_item_id=copy_id))
        tx.flush()


def tabled_on(read: Session, item_id: int) -> list[str]:
    """Return the numbers of the proposals that wait for what is decided on an item."""
    query = (
        select(Proposal.number)
        .join(ThreadLink, ThreadLink.from_proposal_id == Proposal.id)
        .where(ThreadLink.to_item_id == item_id, Proposal.state == ProposalState.TABLED.value)
        .order_by(Proposal.id)
    )
    return [number or "" for number in read.scalars(query)]


def _key(tx: Session, record: Record) -> Key:
    """Return the node of a record; a decision is linked as its item."""
    noun = noun_of(record[0])
    id = int(record[1])
    if noun.key == "decision":
        noun = BY_KEY["item"]
    if not _exists(tx, noun.key, id):
        raise UserError(noun.missing, id=id)
    return Key(noun.key, id)


def _exists(tx: Session, kind: str, id: int) -> bool:
    from db import schema

    table = schema.table(BY_KEY[kind].table)
    return tx.execute(select(table.c.id).where(table.c.id == id)).first() is not None
