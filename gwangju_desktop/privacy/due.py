"""What personal data is to go, and when (개인정보 보호법 제21조): a list that leads to the erasing.

Periods are data (resources/retention.toml) or settings of the office; nothing goes by itself.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

import resources
from db.schema.members import Membership, Person
from db.schema.proposals import Proposal, Proposer
from gwangju_desktop import settings
from gwangju_desktop.polls import retention as answers
from gwangju_desktop.polls.cadence import wave_day
from gwangju_desktop.proposals import clocks
from gwangju_desktop.proposals import retention as proposals
from gwangju_desktop.text import C_, Msg

FORMER, PROPOSER, ANSWERS = "former", "proposer", "answers"
KINDS: dict[str, Msg] = {
    FORMER: C_("privacy", "Contact data of a former member"),
    PROPOSER: C_("privacy", "Contact data of a proposer"),
    ANSWERS: C_("privacy", "Raw answers of a poll"),
}
AHEAD = 30  # days before its day that something is listed


@dataclass(frozen=True, slots=True)
class Kind:
    """One line of the retention table; `setting` holds the months where the office decides them."""

    key: str
    since: dt.date
    setting: str
    source: str
    unverified: bool

    @property
    def title(self) -> Msg:
        """Return what it is called."""
        return KINDS[self.key]


@dataclass(frozen=True, slots=True)
class Due:
    """Something that is to go on `due_on`; `days` from today are negative where that is past.

    `table` and `id` are the record under which it is erased, `ended_on` the day its purpose ended.
    """

    kind: str
    table: str
    id: int
    name: str
    ended_on: dt.date
    due_on: dt.date
    days: int


@cache
def table() -> tuple[Kind, ...]:
    """Return the retention table."""
    lines = tomllib.loads(resources.path("retention.toml").read_text(encoding="utf-8"))["kind"]
    return tuple(
        Kind(
            line["key"],
            line["from"],
            line.get("setting", ""),
            line["source"],
            line.get("unverified", False),
        )
        for line in lines
    )


def due(read: Session, *, today: dt.date, ahead: int = AHEAD) -> list[Due]:
    """Return what is to go until so many days from today, the longest overdue first."""
    last = today + dt.timedelta(days=ahead)
    found = [*_former(read, today), *_proposers(read, today), *_answers(read, today)]
    found = [one for one in found if one.due_on <= last]
    return sorted(found, key=lambda one: (one.due_on, one.kind, one.id))


def _former(read: Session, today: dt.date) -> Iterator[Due]:
    months = int(settings.value(read, settings.FORMER_MONTHS))
    ends = func.max(func.coalesce(Membership.ends_on, dt.date.max))
    rows = read.execute(
        select(Person.id, Person.name, ends)
        .join(Membership, Membership.person_id == Person.id)
        .where(
            Person.erased_on.is_(None),
            Person.merged_into_id.is_(None),
            or_(Person.phone != "", Person.email != ""),
        )
        .group_by(Person.id, Person.name)
        .having(ends < today)
    ).all()
    for id, name, ended in rows:
        yield _due(FORMER, "person", id, name, ended, wave_day(ended, 1, months), today)


def _proposers(read: Session, today: dt.date) -> Iterator[Due]:
    named = or_(
        Proposer.name != "", Proposer.phone != "", Proposer.email != "", Proposer.address != ""
    )
    held = select(Proposer.id).where(Proposer.proposal_id == Proposal.id, named).exists()
    keep = clocks.Counting(read)
    for one in read.scalars(select(Proposal).where(held)).all():
        if proposals.closed_on(one) is None:
            continue
        told = proposals.reckon(one, keep.profile(one.profile_id, one.received_on))
        if told.closed_on is not None and told.kept_until is not None:
            after = told.kept_until + dt.timedelta(days=1)
            title = " ".join(filter(None, (one.number, one.title)))
            yield _due(PROPOSER, "proposal", one.id, title, told.closed_on, after, today)


def _answers(read: Session, today: dt.date) -> Iterator[Due]:
    for one in answers.due(read, today):
        name = f"{one.poll} {one.label}"
        yield _due(ANSWERS, "poll_wave", one.wave_id, name, one.closed_on, one.due_on, today)


def _due(
    kind: str, table: str, id: int, name: str, ended: dt.date, day: dt.date, today: dt.date
) -> Due:
    return Due(kind, table, id, name, ended, day, (day - today).days)
