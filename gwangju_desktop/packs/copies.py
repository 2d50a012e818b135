"""Numbered copies of an issue, one for each seat, and what was printed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.members import Membership, Person
from db.schema.packs import PackCopy, PackIssue, PrintRun
from db.store import usecase
from db.vocab import Edition
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import found, writable
from gwangju_desktop.meetings import queries
from gwangju_desktop.meetings.guards import changeable, meeting_of
from gwangju_desktop.packs.model import Copy
from gwangju_desktop.text import N_

# More copies than this are a slip of the finger.
MOST = 999
NO_ISSUE = N_("There is no issued pack {id}.")


@dataclass(frozen=True, slots=True)
class CopyRow:
    """A numbered copy; without a membership it is one to spare."""

    number: int
    membership_id: int | None
    name: str

    @property
    def copy(self) -> Copy:
        """Return what stands on the cover."""
        return Copy(self.number, self.name)


@dataclass(frozen=True, slots=True)
class PrintRow:
    """One printing; `issue_id` is None for a draft, `printed_at` on the office's clock."""

    id: int
    meeting_id: int
    issue_id: int | None
    edition: str
    pages: str
    copies: int
    duplex: bool
    printer: str
    printed_at: dt.datetime


@usecase("Number the copies")
def number_copies(tx: Session, *, issue_id: int, spare: int = 0) -> int:
    """Give every seat at the meeting a numbered copy, in order of precedence, and `spare` more.

    Numbers once given stay with who has them; who came on the roll since gets the next one. Returns
    how many copies there are.
    """
    issue = found(tx, PackIssue, issue_id, NO_ISSUE)
    changeable(tx, issue.meeting_id)
    if not 0 <= spare <= MOST:
        raise UserError(
            N_("{n} is no number of spare copies."),
            hint=N_("Enter a number from 0 to {most}."),
            n=spare,
            most=MOST,
        )
    rows = list(tx.scalars(select(PackCopy).where(PackCopy.issue_id == issue_id)))
    last = max((row.number for row in rows), default=0)
    there = {row.membership_id for row in rows}
    seats = [row.membership_id for row in queries.attendance(tx, meeting_id=issue.meeting_id)]
    missing: list[int | None] = [seat for seat in seats if seat not in there]
    free = sum(row.membership_id is None for row in rows)
    missing += [None] * max(0, spare - free)
    for number, seat in enumerate(missing, last + 1):
        tx.add(PackCopy(issue_id=issue_id, number=number, membership_id=seat))
    # The last ones to spare go again when fewer are wanted.
    for row in sorted(rows, key=lambda row: row.number, reverse=True):
        if free <= spare or row.membership_id is not None or row.number != last:
            break
        tx.delete(row)
        free, last = free - 1, last - 1
    tx.flush()
    return len(list(tx.scalars(select(PackCopy.id).where(PackCopy.issue_id == issue_id))))


def copies(read: Session, *, issue_id: int) -> list[CopyRow]:
    """List the numbered copies of an issue and who gets them."""
    rows = read.execute(
        select(PackCopy.number, PackCopy.membership_id, Person.name)
        .outerjoin(Membership, Membership.id == PackCopy.membership_id)
        .outerjoin(Person, Person.id == Membership.person_id)
        .where(PackCopy.issue_id == issue_id)
        .order_by(PackCopy.number)
    )
    return [CopyRow(row.number, row.membership_id, row.name or "") for row in rows]


@usecase("Note a printing", aside=True)
def note_printing(
    tx: Session,
    *,
    meeting_id: int,
    pages: str,
    copies: int = 1,
    duplex: bool = False,
    printer: str = "",
    issue_id: int | None = None,
    edition: str = Edition.MEMBERS.value,
    at: dt.datetime | None = None,
) -> int:
    """Note what was sent to a printer: which pages ("1-24"), how often, on which."""
    meeting_of(tx, meeting_id)
    if issue_id is not None:
        issue = found(tx, PackIssue, issue_id, NO_ISSUE)
        assert issue.meeting_id == meeting_id
    row = PrintRun(
        meeting_id=meeting_id,
        issue_id=issue_id,
        edition=Edition(edition).value,
        pages=writable(pages),
        copies=max(1, copies),
        duplex=duplex,
        printer=writable(printer),
        printed_at=at or clock.now(),
    )
    tx.add(row)
    tx.flush()
    return row.id


def print_runs(read: Session, *, meeting_id: int) -> list[PrintRow]:
    """List what was printed for a meeting, the latest first."""
    rows = read.scalars(
        select(PrintRun).where(PrintRun.meeting_id == meeting_id).order_by(PrintRun.id.desc())
    )
    return [
        PrintRow(
            row.id,
            row.meeting_id,
            row.issue_id,
            row.edition,
            row.pages,
            row.copies,
            row.duplex,
            row.printer,
            clock.local(row.printed_at),
        )
        for row in rows
    ]
