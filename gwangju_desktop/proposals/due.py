"""What is due of proposals: replies, opinions, supplements, reviews, promises, re-examinations."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import Date, Select, bindparam, func, select
from sqlalchemy.orm import Session

from db.schema.handling import ProposalOpinion, ProposalReply, ProposalSupplement
from db.schema.proposals import Proposal
from db.vocab import CheckKind, ProposalRuleKey, ProposalState
from gwangju_desktop.proposals import checks, clocks
from gwangju_desktop.proposals.spans import Span
from gwangju_desktop.text import C_, Msg

AHEAD_DAYS = 7
# Of one kind so many are named, and the others counted: the first page is no list of proposals.
NAMED = 5
# A reply sent longer ago is asked about no more: a profile gives days, not years.
_LONGEST_DAYS = 366
# When nobody says how long a re-examination may be asked for.
_NO_SPAN = Span(0, "day")

REPLY = C_("proposal due", "Reply: {title}")
REPLIES = C_("proposal due", "Reply: {title} and {n} more")
RE_EXAM = C_("proposal due", "Re-examination: {title}")
RE_EXAMS = C_("proposal due", "Re-examination: {title} and {n} more")
OPINION = C_("proposal due", "Opinion of {department}: {title}")
OPINIONS = C_("proposal due", "Opinion of {department}: {title} and {n} more")
SUPPLEMENT = C_("proposal due", "Supplement awaited: {title}")
SUPPLEMENTS = C_("proposal due", "Supplements awaited: {title} and {n} more")
REVIEW = C_("proposal due", "Deferred, review again: {title}")
REVIEWS = C_("proposal due", "Deferred, review again: {title} and {n} more")
PLAN = C_("proposal due", "Implementation as notified: {title}")
PLANS = C_("proposal due", "Implementation as notified: {title} and {n} more")
EFFECT = C_("proposal due", "Measure the effect: {title}")
EFFECTS = C_("proposal due", "Measure the effect: {title} and {n} more")
LAST_DAY = C_("proposal due", "Last day to ask for a re-examination: {title}")
LAST_DAYS = C_("proposal due", "Last day to ask for a re-examination: {title} and {n} more")

QUARTER = C_("proposal due", "Quarterly check of proposals: {quarter}Q {year}")
QUARTERS = C_("proposal due", "Quarterly check of proposals: {quarter}Q {year} and {n} more")
REPORT = C_("proposal due", "Yearly report on proposals: {year}")
REPORTS = C_("proposal due", "Yearly report on proposals: {year} and {n} more")


@dataclass(frozen=True, slots=True)
class DueRow:
    """Something of one proposal that is due, or of several of one kind.

    `title` is shown with `values`; `table` and `id` are the record to open.
    """

    title: Msg
    values: dict[str, object]
    department: str
    due: dt.date
    table: str
    id: int


def listed(read: Session, *, today: dt.date) -> list[DueRow]:
    """List what is over due or due within a week, each kind by its day."""
    until = today + dt.timedelta(days=AHEAD_DAYS)
    rows: list[DueRow] = []
    for alone, several, table, query in _kinds():
        found = read.execute(query.limit(NAMED + 1), {"until": until}).all()
        rows += _told(found[:NAMED], alone, table)
        if len(found) > NAMED:
            count = select(func.count()).select_from(query.order_by(None).subquery())
            left = (read.scalar(count, {"until": until}) or 0) - NAMED
            rows += _told(found[NAMED:], several if left > 1 else alone, table, left - 1)
    rows += _effects(read, until)
    rows += _last_days(read, today, until)
    rows += _checks(read, today)
    return rows


def check_key(year: int, quarter: int) -> int:
    """Return the number by which the time of a check is opened; `quarter` is 0 for a year."""
    return year * 10 + quarter


def _checks(read: Session, today: dt.date) -> Iterator[DueRow]:
    """Yield the regular checks that are due, those of one kind as one line."""
    waiting: dict[str, list[checks.Due]] = {}
    for one in checks.due(read, today):
        waiting.setdefault(one.kind, []).append(one)
    for kind, alone, several in (
        (CheckKind.QUARTER, QUARTER, QUARTERS),
        (CheckKind.YEAR, REPORT, REPORTS),
    ):
        for first in waiting.get(kind, ())[:1]:
            left = len(waiting[kind]) - 1
            yield DueRow(
                several if left else alone,
                {"year": first.year, "quarter": first.quarter, "n": left},
                "",
                first.due_on,
                "proposal_check",
                check_key(first.year, first.quarter),
            )


def _told(found: Any, title: Msg, table: str, more: int = 0) -> Iterator[DueRow]:
    for row in found:
        values: dict[str, object] = {"title": row.title, "department": row.department, "n": more}
        yield DueRow(title, values, row.department, row.due, table, row.id)


@lru_cache
def _kinds() -> tuple[tuple[Msg, Msg, str, Select[Any]], ...]:
    until: Any = bindparam("until", type_=Date)
    named = (Proposal.id, Proposal.title, Proposal.department)

    def of(day: Any, *conditions: Any) -> Select[Any]:
        query = select(*named, day.label("due")).where(day <= until, *conditions)
        return query.order_by(day, Proposal.id)

    again = Proposal.state == ProposalState.RE_EXAM.value
    waiting: Any = (
        select(
            ProposalOpinion.id,
            Proposal.title,
            ProposalOpinion.department,
            ProposalOpinion.due_on.label("due"),
        )
        .join(Proposal, Proposal.id == ProposalOpinion.proposal_id)
        .where(
            ProposalOpinion.due_on <= until,
            ProposalOpinion.answered_on.is_(None),
            ProposalOpinion.withdrawn_on.is_(None),
        )
        .order_by(ProposalOpinion.due_on, ProposalOpinion.id)
    )
    supplements: Any = (
        select(*named, ProposalSupplement.until_on.label("due"))
        .join(ProposalSupplement, ProposalSupplement.proposal_id == Proposal.id)
        .where(
            Proposal.state == ProposalState.SUPPLEMENT.value,
            ProposalSupplement.until_on <= until,
            ProposalSupplement.came_on.is_(None),
        )
        .order_by(ProposalSupplement.until_on, ProposalSupplement.id)
    )
    replied = Proposal.state == ProposalState.REPLIED.value
    # A reply that tells of a deferral ends nothing: the day of the next look stays.
    deferred = (Proposal.state == ProposalState.DEFERRED.value) | (
        replied & (Proposal.adoption == ProposalState.DEFERRED.value)
    )
    promised = (ProposalState.ADOPTED.value, ProposalState.PARTLY.value)
    begun = Proposal.state.in_((ProposalState.IMPLEMENTING.value, ProposalState.DELAYED.value)) | (
        replied & Proposal.adoption.in_(promised)
    )
    return (
        (REPLY, REPLIES, "proposal", of(Proposal.due_on, ~again)),
        (RE_EXAM, RE_EXAMS, "proposal", of(Proposal.due_on, again)),
        (OPINION, OPINIONS, "proposal_opinion", waiting),
        (SUPPLEMENT, SUPPLEMENTS, "proposal", supplements),
        (REVIEW, REVIEWS, "proposal", of(Proposal.review_on, deferred)),
        (PLAN, PLANS, "proposal", of(Proposal.planned_on, begun)),
    )


def _effects(read: Session, until: dt.date) -> Iterator[DueRow]:
    """Yield the effects that are to be measured so long after they began (국민 제안 규정)."""
    query = select(
        Proposal.id,
        Proposal.title,
        Proposal.department,
        Proposal.profile_id,
        Proposal.received_on,
        Proposal.effect_from,
    ).where(Proposal.effect_from.is_not(None), Proposal.effect_measured_on.is_(None))
    found = read.execute(query).all()
    last = _Last(read, ProposalRuleKey.EFFECT_AFTER)
    yield from _by_span(found, "effect_from", last.of, None, until, EFFECT)


def _last_days(read: Session, today: dt.date, until: dt.date) -> Iterator[DueRow]:
    """Yield the last days on which a re-examination may still be asked for, while they are ahead."""
    query = (
        select(
            Proposal.id,
            Proposal.title,
            Proposal.department,
            Proposal.profile_id,
            Proposal.received_on,
            ProposalReply.sent_on,
        )
        .join(ProposalReply, ProposalReply.proposal_id == Proposal.id)
        .where(
            Proposal.adoption == ProposalState.NOT_ADOPTED.value,
            Proposal.state == ProposalState.REPLIED.value,
            ProposalReply.round == 1,
            ProposalReply.sent_on >= today - dt.timedelta(days=_LONGEST_DAYS),
        )
    )
    found = read.execute(query).all()
    last = _Last(read, ProposalRuleKey.RE_EXAM_WITHIN)
    yield from _by_span(found, "sent_on", last.working, today, until, LAST_DAY)


class _Last:
    """The day a rule's time ends on, by the profile as it was on the day of receipt."""

    def __init__(self, read: Session, rule: ProposalRuleKey) -> None:
        self.rule = rule
        self.counting = clocks.Counting(read)
        self.spans: dict[tuple[int, dt.date], Span] = {}

    def of(self, profile_id: int, received_on: dt.date, since: dt.date) -> dt.date:
        """Return the last day counted from a day."""
        key = profile_id, received_on
        if key not in self.spans:
            held = self.counting.profile(*key).value(self.rule)
            self.spans[key] = held if isinstance(held, Span) else _NO_SPAN
        return self.spans[key].after(since)

    def working(self, profile_id: int, received_on: dt.date, since: dt.date) -> dt.date:
        """Return the last day, moved on to a working day where the profile does so."""
        profile = self.counting.profile(profile_id, received_on)
        return self.counting.shifted(profile, self.of(profile_id, received_on, since))


def _by_span(
    found: Any,
    since: str,
    last: Callable[[int, dt.date, dt.date], dt.date],
    first: dt.date | None,
    until: dt.date,
    title: Msg,
) -> Iterator[DueRow]:
    rows = []
    for row in found:
        due = last(row.profile_id, row.received_on, getattr(row, since))
        if (first is None or first <= due) and due <= until:
            values: dict[str, object] = {"title": row.title}
            rows.append(DueRow(title, values, row.department, due, "proposal", row.id))
    rows.sort(key=lambda row: (row.due, row.id))
    yield from rows[:NAMED]
    if len(rows) > NAMED:
        first_left, left = rows[NAMED], len(rows) - NAMED - 1
        several = {EFFECT: EFFECTS, LAST_DAY: LAST_DAYS}[title] if left else title
        values = {**first_left.values, "n": left}
        yield DueRow(
            several, values, first_left.department, first_left.due, "proposal", first_left.id
        )
