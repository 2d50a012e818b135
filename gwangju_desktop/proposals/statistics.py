"""Proposals in figures: received, decided on time, adopted, open; the one count of all of them.

The screen, the printed report and whoever else tells figures of proposals ask here, so that no two
of them count differently. Every share comes with what it is a share of.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import func, select, union
from sqlalchemy.orm import Session

from db.schema.handling import (
    ProposalOpinion,
    ProposalReply,
    ProposalStep,
    ProposalSupplement,
)
from db.schema.proposals import Proposal
from db.vocab import ProposalState, ProposalStepKind
from gwangju_desktop import clock, settings
from gwangju_desktop.members import inclusion
from gwangju_desktop.members.rules import named
from gwangju_desktop.proposals import clocks, listing, words
from gwangju_desktop.text import C_, N_, Msg

S = ProposalState
MONTH, CHANNEL, FIELD, DISTRICT, SECTOR = "month", "channel", "field", "district", "sector"
BREAKDOWNS: dict[str, Msg] = {
    MONTH: C_("proposal figures", "By month of receipt"),
    CHANNEL: C_("proposal figures", "By channel"),
    FIELD: C_("proposal figures", "By field"),
    DISTRICT: C_("proposal figures", "By district"),
    SECTOR: C_("proposal figures", "By sector"),
}
# What these say is said of people; a month or a subject of few proposals gives nobody away.
OF_PEOPLE = (DISTRICT, SECTOR)
OPEN, ANSWERED = "open", "answered"
ADOPTED = (S.ADOPTED.value, S.PARTLY.value)
DECIDED = (*ADOPTED, S.NOT_ADOPTED.value)
_UNDECIDED = frozenset(
    {
        S.SUPPORT,
        S.RECEIVED,
        S.SUPPLEMENT,
        S.DEBATE,
        S.REVIEW,
        S.OPINION,
        S.TABLED,
        S.DEFERRED,
        S.RE_EXAM,
    }
)
_GONE = (S.TRANSFERRED, S.CIVIL_PETITION, S.CLOSED, S.MERGED, S.WITHDRAWN)
# What became of all that were received: each is one of these, and only one.
OUTCOMES: dict[str, Msg] = {
    OPEN: C_("proposal figures", "Open"),
    S.ADOPTED.value: words.STATES[S.ADOPTED],
    S.PARTLY.value: words.STATES[S.PARTLY],
    S.NOT_ADOPTED.value: words.STATES[S.NOT_ADOPTED],
    ANSWERED: C_("proposal figures", "Answered without a decision"),
    **{state.value: words.STATES[state] for state in _GONE},
}
NONE = C_("proposal figures", "Not entered")
# The bases of the shares, as they are printed beside them.
ON_TIME_BASE = N_(
    "Of those decided or overdue: decided by the last day, days of pauses not counted."
)
ADOPTED_BASE = N_("Of those decided: adopted, whole or in part.")
REPLIED_BASE = N_("Of those decided: a reply with reasons was sent.")
_AT_ONCE = 2_000


@dataclass(frozen=True, slots=True)
class Part:
    """One group: its code and name, and its figures.

    `due` are those decided and those over due, `on_time` of them were decided by the last day.
    `hidden` says that the group is too small to be published, or would give such a one away.
    """

    code: str
    label: Msg | str
    received: int
    decided: int
    adopted: int
    due: int
    on_time: int
    open: int
    hidden: bool


@dataclass(frozen=True, slots=True)
class Statistics:
    """What became of the proposals received in a time, both days in it, as of a day.

    Drafts are not counted. `outcomes` counts each of them once; `due`, `on_time` and `adopted` are
    those of `Part`. `replied` of the decided were sent a reply, on the average `reply_days` after
    receipt (None without any). Groups of people below `least` are hidden where this is published.
    """

    begins: dt.date
    ends: dt.date
    as_of: dt.date
    received: int
    decided: int
    adopted: int
    due: int
    on_time: int
    open: int
    over: int
    replied: int
    reply_days: float | None
    least: int
    outcomes: Mapping[str, int]
    breakdowns: Mapping[str, tuple[Part, ...]]

    @property
    def any_hidden(self) -> bool:
        """Say whether a group is too small to be published."""
        return any(part.hidden for parts in self.breakdowns.values() for part in parts)


@dataclass(slots=True)
class _Tally:
    received: int = 0
    decided: int = 0
    adopted: int = 0
    due: int = 0
    on_time: int = 0
    open: int = 0

    def add(self, outcome: str, over: bool, on_time: bool) -> None:
        decided = outcome in DECIDED
        self.received += 1
        self.decided += decided
        self.adopted += outcome in ADOPTED
        self.due += decided or over
        self.on_time += on_time
        self.open += outcome == OPEN


def statistics(
    read: Session, *, begins: dt.date, ends: dt.date, today: dt.date | None = None
) -> Statistics:
    """Count the proposals received from one day to another, as they stand `today`."""
    as_of = today or clock.today()
    least = int(settings.value(read, settings.SMALL_CELL))
    rows = _rows(read, begins, ends)
    last_days = _last_days(read, rows)
    whole = _Tally()
    outcomes = dict.fromkeys(OUTCOMES, 0)
    groups: dict[str, dict[str, _Tally]] = {name: {} for name in BREAKDOWNS}
    over_due = 0
    for row in rows:
        outcome = outcome_of(row.state, row.adoption)
        outcomes[outcome] += 1
        over = row.due_on is not None and row.due_on < as_of and outcome not in DECIDED
        over_due += over
        last = last_days.get(row.id)
        on_time = outcome in DECIDED and last is not None and row.decided_on <= last
        whole.add(outcome, over, on_time)
        for name, code in (
            (MONTH, f"{row.received_on:%Y-%m}"),
            (CHANNEL, row.channel),
            (FIELD, row.field),
            (DISTRICT, row.district),
            (SECTOR, row.sector),
        ):
            groups[name].setdefault(code, _Tally()).add(outcome, over, on_time)
    replied, days = _replies(read, rows)
    return Statistics(
        begins,
        ends,
        as_of,
        whole.received,
        whole.decided,
        whole.adopted,
        whole.due,
        whole.on_time,
        whole.open,
        over_due,
        replied,
        days,
        least,
        outcomes,
        {name: _parts(read, name, tallies, least) for name, tallies in groups.items()},
    )


def outcome_of(state: str, adoption: str | None) -> str:
    """Return which of OUTCOMES became of a proposal."""
    if state in _GONE:
        return str(state)
    if state in _UNDECIDED:
        return OPEN
    if adoption in DECIDED:
        return str(adoption)
    return OPEN if adoption == S.DEFERRED else ANSWERED


def span(read: Session) -> tuple[dt.date, dt.date] | None:
    """Return the first and the last day a proposal was received; None when there is none."""
    row = read.execute(
        select(func.min(Proposal.received_on), func.max(Proposal.received_on)).where(
            Proposal.state != S.DRAFT.value
        )
    ).one()
    return None if row[0] is None else (row[0], row[1])


def _rows(read: Session, begins: dt.date, ends: dt.date) -> Sequence[Any]:
    query = select(
        Proposal.id,
        Proposal.profile_id,
        Proposal.call_id,
        Proposal.state,
        Proposal.adoption,
        Proposal.received_on,
        Proposal.decided_on,
        Proposal.due_on,
        Proposal.channel,
        Proposal.field,
        Proposal.district,
        Proposal.sector,
    ).where(Proposal.received_on.between(begins, ends), Proposal.state != S.DRAFT.value)
    return read.execute(query).all()


def _last_days(read: Session, rows: Sequence[Any]) -> dict[int, dt.date]:
    """Return the last day each decided proposal could be decided on; one without a clock has none.

    Most were never paused nor examined again: their last day is that of all received on the day.
    """
    decided = [
        row
        for row in rows
        if row.decided_on is not None and outcome_of(row.state, row.adoption) in DECIDED
    ]
    if not decided:
        return {}
    keep = clocks.Counting(read)
    own = set(read.scalars(_counted_alone()).all())
    alone = [row.id for row in decided if row.id in own]
    found = {
        id: one.due_on for id, one in clocks.several(read, alone, running=False, keep=keep).items()
    }
    alike: dict[tuple[int, dt.date, int | None], dt.date | None] = {}
    for row in decided:
        if row.id in own:
            continue
        key = row.profile_id, row.received_on, row.call_id
        if key not in alike:
            alike[key] = keep.due(row.profile_id, S.RECEIVED, row.received_on, row.call_id)
        if (last := alike[key]) is not None:
            found[row.id] = last
    return found


@lru_cache
def _counted_alone() -> Any:
    """Select the proposals whose clock was paused, or began anew or later than at receipt."""
    anew = (
        (ProposalStep.to_state == S.RE_EXAM.value)
        | (ProposalStep.from_state == S.REPLIED.value) & (ProposalStep.to_state == S.REVIEW.value)
        | ProposalStep.from_state.in_([state.value for state in clocks.GATHERING])
    )
    moved = ProposalStep.kind == ProposalStepKind.MOVE.value
    return union(
        select(ProposalStep.proposal_id).where(moved, anew),
        select(ProposalOpinion.proposal_id).where(ProposalOpinion.told_on.is_not(None)),
        select(ProposalSupplement.proposal_id).where(ProposalSupplement.pauses.is_(True)),
    )


def _replies(read: Session, rows: Sequence[Any]) -> tuple[int, float | None]:
    """Count the decided that got a reply, and return after how many days on the average."""
    received = {
        row.id: row.received_on for row in rows if outcome_of(row.state, row.adoption) in DECIDED
    }
    ids, days = list(received), []
    for at in range(0, len(ids), _AT_ONCE):
        query = (
            select(ProposalReply.proposal_id, func.min(ProposalReply.sent_on).label("sent_on"))
            .where(
                ProposalReply.proposal_id.in_(ids[at : at + _AT_ONCE]),
                ProposalReply.sent_on.is_not(None),
            )
            .group_by(ProposalReply.proposal_id)
        )
        days += [
            (row.sent_on - received[row.proposal_id]).days for row in read.execute(query).all()
        ]
    return len(days), sum(days) / len(days) if days else None


def _parts(read: Session, name: str, tallies: Mapping[str, _Tally], least: int) -> tuple[Part, ...]:
    codes = _months(tallies) if name == MONTH else _ordered(read, name, tallies)
    labels = _labels(read, name)
    counts = [tallies.get(code, _Tally()) for code in codes]
    there = [tally.received for tally in counts if tally.received]
    shown = iter(inclusion.hide(there, least if name in OF_PEOPLE else 0).counts)
    return tuple(
        Part(
            code,
            labels.get(code, code or NONE),
            tally.received,
            tally.decided,
            tally.adopted,
            tally.due,
            tally.on_time,
            tally.open,
            bool(tally.received) and next(shown) is None,
        )
        for code, tally in zip(codes, counts, strict=True)
    )


def _months(codes: Iterable[str]) -> list[str]:
    """Return every month from the first to the last, those without a proposal too."""
    found = sorted(codes)
    if not found:
        return []
    months = []
    year, month = map(int, found[0].split("-"))
    while f"{year:04}-{month:02}" <= found[-1]:
        months.append(f"{year:04}-{month:02}")
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return months


def _ordered(read: Session, name: str, tallies: Mapping[str, _Tally]) -> list[str]:
    """Return codes in the order of their list, those of no list after it, "" at the end."""
    known = list(_labels(read, name))
    places = {code: n for n, code in enumerate(known)}
    return sorted(tallies, key=lambda code: (code == "", places.get(code, len(known)), code))


def _labels(read: Session, name: str) -> Mapping[str, Msg | str]:
    if name == CHANNEL:
        return words.CHANNELS
    if name == SECTOR:
        return inclusion.SECTORS
    if name == FIELD:
        return {code: named(*both) for code, both in listing.field_names(read).items()}
    if name == DISTRICT:
        return {code: named(*both) for code, both in listing.district_names(read).items()}
    return {}
