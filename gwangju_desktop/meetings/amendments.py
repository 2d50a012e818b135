"""Amendments (수정안): moved and seconded, voted on before the item, printed beside the original."""

from __future__ import annotations

import datetime as dt
import difflib
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from db.schema.decisions import Amendment, Vote
from db.schema.meetings import AgendaItem, Attendance
from db.schema.members import Person
from db.store import usecase
from db.vocab import AmendmentState, ItemState, Verdict, VoteSubject
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import change, found, required, tidy
from gwangju_desktop.meetings import guards, movements, votes
from gwangju_desktop.text import N_

NO_AMENDMENT = N_("There is no amendment {id}.")


@dataclass(frozen=True, slots=True)
class AmendmentRow:
    """One amendment; `mover` and `seconder` are names as the sheet has them."""

    id: int
    item_id: int
    position: int
    original: str
    text: str
    state: str
    mover_id: int | None
    mover: str
    seconder_id: int | None
    seconder: str


@usecase("Move an amendment")
def move_amendment(
    tx: Session,
    *,
    item_id: int,
    text: str,
    mover_id: int,
    seconder_id: int | None = None,
) -> int:
    """Put a changed wording forward; the mover and the seconder are two seats in the room."""
    item, meeting = guards.item_of(tx, item_id)
    guards.sitting(tx, meeting.id)
    if item.state in (ItemState.DECIDED, ItemState.WITHDRAWN):
        raise UserError(
            N_("“{title}” takes no amendment any more."),
            hint=N_("Take the decision back first."),
            title=item.title,
        )
    wording = required(
        tidy({"text": text}, ("text",))["text"], N_("Write the text as it would be amended.")
    )
    if wording == item.request:
        raise UserError(
            N_("The amendment says the same as the original."), hint=N_("Change the text.")
        )
    _check_movers(tx, item, mover_id, seconder_id)
    last = tx.scalar(select(func.max(Amendment.position)).where(Amendment.item_id == item_id))
    made = Amendment(
        item_id=item_id,
        position=(last or 0) + 1,
        mover_id=mover_id,
        seconder_id=seconder_id,
        original=item.request,
        text=wording,
    )
    tx.add(made)
    tx.flush()
    return made.id


@usecase("Withdraw the amendment")
def withdraw_amendment(tx: Session, *, id: int) -> int:
    """Note that an amendment was withdrawn before it was voted on."""
    amendment = _proposed(tx, id)
    amendment.state = AmendmentState.WITHDRAWN.value
    return id


@usecase("Vote on the amendment")
def vote_on_amendment(
    tx: Session,
    *,
    id: int,
    yes: int | None = None,
    no: int = 0,
    abstain: int = 0,
    invalid: int = 0,
    method: str = "show_of_hands",
    chair_in_favour: bool | None = None,
    at: dt.datetime | None = None,
) -> int:
    """Vote on an amendment; without counts nobody objected. Carried, it is the text put to the vote.

    Returns the vote.
    """
    amendment = _proposed(tx, id)
    if amendment.seconder_id is None:
        raise UserError(
            N_("The amendment has not been seconded."), hint=N_("Enter who seconds it.")
        )
    item, _meeting = guards.item_of(tx, amendment.item_id)
    if yes is None:
        yes, method = votes.entitled(tx, item.id, at), "no_objection"
    vote_id = votes.record_vote(
        tx,
        item_id=item.id,
        yes=yes,
        no=no,
        abstain=abstain,
        invalid=invalid,
        method=method,
        subject=VoteSubject.AMENDMENT.value,
        amendment_id=id,
        chair_in_favour=chair_in_favour,
        at=at,
    )
    carried = tx.get_one(Vote, vote_id).result == Verdict.CARRIED
    amendment.state = (AmendmentState.CARRIED if carried else AmendmentState.LOST).value
    tx.flush()
    return vote_id


@usecase("Second the amendment")
def second_amendment(tx: Session, *, id: int, seconder_id: int) -> int:
    """Note who seconds an amendment."""
    amendment = _proposed(tx, id)
    item = tx.get_one(AgendaItem, amendment.item_id)
    assert amendment.mover_id is not None
    _check_movers(tx, item, amendment.mover_id, seconder_id)
    change(amendment, {"seconder_id": seconder_id})
    return id


def of_item(read: Session, *, item_id: int) -> list[AmendmentRow]:
    """List the amendments of an item in the order they were moved."""
    first, second = aliased(Attendance), aliased(Attendance)
    one, two = aliased(Person), aliased(Person)
    found_ = read.execute(
        select(
            Amendment.id,
            Amendment.item_id,
            Amendment.position,
            Amendment.original,
            Amendment.text,
            Amendment.state,
            Amendment.mover_id,
            func.coalesce(first.recorded_name, one.name, ""),
            Amendment.seconder_id,
            func.coalesce(second.recorded_name, two.name, ""),
        )
        .outerjoin(first, first.id == Amendment.mover_id)
        .outerjoin(one, one.id == first.person_id)
        .outerjoin(second, second.id == Amendment.seconder_id)
        .outerjoin(two, two.id == second.person_id)
        .where(Amendment.item_id == item_id)
        .order_by(Amendment.position)
    )
    return [AmendmentRow(*tuple(row)) for row in found_.all()]


def changes(original: str, amended: str) -> list[tuple[str, str]]:
    """Return the pieces of two wordings by word: ("same" | "gone" | "new", text), in order.

    Spaces stay with the word before them, so that the pieces of each side join to its text.
    """
    before, after = _words(original), _words(amended)
    pieces: list[tuple[str, str]] = []
    for tag, a, b, c, d in difflib.SequenceMatcher(None, before, after, False).get_opcodes():
        if tag == "equal":
            pieces.append(("same", "".join(before[a:b])))
            continue
        if a < b:
            pieces.append(("gone", "".join(before[a:b])))
        if c < d:
            pieces.append(("new", "".join(after[c:d])))
    return pieces


def _words(text: str) -> list[str]:
    words: list[str] = []
    start = 0
    for n in range(1, len(text)):
        if text[n - 1].isspace() and not text[n].isspace():
            words.append(text[start:n])
            start = n
    if text:
        words.append(text[start:])
    return words


def _proposed(tx: Session, id: int) -> Amendment:
    amendment = found(tx, Amendment, id, NO_AMENDMENT)
    _item, meeting = guards.item_of(tx, amendment.item_id)
    guards.sitting(tx, meeting.id)
    if amendment.state != AmendmentState.PROPOSED:
        raise UserError(N_("This amendment has been dealt with."), hint=N_("Move another one."))
    return amendment


def _check_movers(tx: Session, item: AgendaItem, mover_id: int, seconder_id: int | None) -> None:
    for seat_id in filter(None, (mover_id, seconder_id)):
        seat = found(tx, Attendance, seat_id, movements.NO_SEAT)
        if seat.meeting_id != item.meeting_id:
            raise ValueError("a seat of another meeting")
    if mover_id == seconder_id:
        raise UserError(
            N_("Who moves an amendment cannot second it."), hint=N_("Choose another member.")
        )
