"""Regular looks at all proposals: one each quarter, and the yearly report to the ministry.

국민 제안 규정 asks for a check every quarter and a report by 31 January. A check of a quarter is due
by its last day; both are rules of the standard profile.
"""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.schema.handling import ProposalCheck
from db.schema.proposals import Proposal
from db.store import usecase
from db.vocab import CheckKind, ProposalRuleKey
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import found, tidy
from gwangju_desktop.proposals import profiles, receipt
from gwangju_desktop.text import N_

NO_CHECK = N_("There is no check {id}.")
QUARTERS = (1, 2, 3, 4)
# A check is spoken of so many days ahead, and given up after so many.
AHEAD = dt.timedelta(days=31)
BEHIND = dt.timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Due:
    """A check or report that is to be made; `quarter` is 0 for a year."""

    kind: str
    year: int
    quarter: int
    due_on: dt.date


@dataclass(frozen=True, slots=True)
class CheckRow:
    """A check or report that was made."""

    id: int
    kind: str
    year: int
    quarter: int
    made_on: dt.date
    note: str


def due(read: Session, today: dt.date) -> list[Due]:
    """List what is to be made, the earliest first: from a month before its day until a year after.

    Nothing is due for a time before the first proposal came.
    """
    first = read.scalar(select(func.min(Proposal.received_on)).where(Proposal.number.is_not(None)))
    if first is None:
        return []
    profile = profiles.of(read, profiles.standard(read), today)
    quarterly = bool(profile.value(ProposalRuleKey.QUARTER_CHECK))
    report = profile.value(ProposalRuleKey.YEAR_REPORT)
    made = {(row.kind, row.year, row.quarter) for row in checks(read)}
    wanted: list[Due] = []
    for year in range(max(first.year, today.year - 2), today.year + 1):
        if quarterly:
            wanted += [
                Due(CheckKind.QUARTER.value, year, quarter, last_day(year, quarter))
                for quarter in QUARTERS
                if last_day(year, quarter) >= first
            ]
        if report is not None:
            day = dt.date(year + 1, *report)
            wanted.append(Due(CheckKind.YEAR.value, year, 0, day))
    return sorted(
        (
            one
            for one in wanted
            if (one.kind, one.year, one.quarter) not in made
            and one.due_on - AHEAD <= today <= one.due_on + BEHIND
        ),
        key=lambda one: (one.due_on, one.kind),
    )


def checks(read: Session) -> list[CheckRow]:
    """List the checks and reports that were made, the newest time first."""
    names = list(CheckRow.__dataclass_fields__)
    table = ProposalCheck.__table__
    rows = read.execute(
        select(*(table.c[name] for name in names)).order_by(
            table.c.year.desc(), table.c.quarter.desc(), table.c.kind
        )
    ).all()
    return [CheckRow(*row) for row in rows]


@usecase("Record a regular check")
def made(
    tx: Session,
    *,
    kind: str,
    year: int,
    quarter: int = 0,
    made_on: dt.date | None = None,
    note: str = "",
) -> int:
    """Record that a quarterly check or yearly report was made; once for each time."""
    which = CheckKind(kind)
    if (which == CheckKind.QUARTER) != (quarter in QUARTERS) or not 2000 <= year <= 2100:
        raise UserError(N_("{year}/{quarter} is no time of a check."), year=year, quarter=quarter)
    day = receipt.past(made_on or clock.today())
    begun = dt.date(year, 3 * (quarter or 1) - 2, 1)
    if day < begun:
        raise UserError(
            N_("A check made on {day:full} cannot be on a time that begins on {begun:full}."),
            day=day,
            begun=begun,
        )
    same = tx.scalar(
        select(ProposalCheck.made_on).where(
            ProposalCheck.kind == which.value,
            ProposalCheck.year == year,
            ProposalCheck.quarter == quarter,
        )
    )
    if same is not None:
        raise UserError(N_("This check was made on {day:full} already."), day=same)
    row = ProposalCheck(
        kind=which.value,
        year=year,
        quarter=quarter,
        made_on=day,
        note=tidy({"note": note}, ("note",))["note"],
    )
    tx.add(row)
    tx.flush()
    return row.id


@usecase("Remove a regular check")
def remove_check(tx: Session, *, check_id: int) -> None:
    """Take back a check that was recorded by mistake."""
    tx.delete(found(tx, ProposalCheck, check_id, NO_CHECK))


def last_day(year: int, quarter: int) -> dt.date:
    """Return the last day of a quarter."""
    month = 3 * quarter
    return dt.date(year, month, calendar.monthrange(year, month)[1])
