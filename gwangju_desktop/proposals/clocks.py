"""The one clock of a proposal: until when it must be decided, and which days do not count.

The day of receipt is not counted. The span ends on the same day of a later month, or on its last
day; every day of a pause pushes the end on by one, however many pauses cover that day. A last day
on which nobody works moves to the next working day. What is counted never depends on today.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.handling import ProposalOpinion, ProposalStep, ProposalSupplement
from db.schema.proposals import Proposal, ProposalCall
from db.vocab import ProposalRuleKey, ProposalState, ProposalStepKind
from gwangju_desktop.forms import change
from gwangju_desktop.meetings import holidays
from gwangju_desktop.proposals import profile_rows
from gwangju_desktop.proposals.profile_rows import Profile, Whole
from gwangju_desktop.proposals.spans import Span

S = ProposalState
K = ProposalRuleKey

DAY = dt.timedelta(days=1)
# A run of days off is never longer: Seollal with weekend and substitute days is nine.
_LONGEST_REST = 31
# The clock has not begun: voices are gathered first.
GATHERING = frozenset({S.DRAFT, S.SUPPORT, S.DEBATE})
# The proposer waits for a decision and its reply; in all others nobody counts days.
RUNNING = frozenset(
    {
        S.RECEIVED,
        S.SUPPLEMENT,
        S.REVIEW,
        S.OPINION,
        S.TABLED,
        S.ADOPTED,
        S.PARTLY,
        S.NOT_ADOPTED,
        S.DEFERRED,
        S.RE_EXAM,
    }
)
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Pause:
    """Days that do not count, both ends included: a supplement or an opinion was awaited."""

    kind: str
    from_on: dt.date
    until_on: dt.date


@dataclass(frozen=True, slots=True)
class Clock:
    """The time to decide one proposal.

    `base_on` is the last day without pauses, `counted_on` with them, `due_on` moved on to a
    working day. `excluded_days` are the days of pauses that pushed it on.
    """

    begins_on: dt.date
    base_on: dt.date
    counted_on: dt.date
    due_on: dt.date
    excluded_days: int
    pauses: tuple[Pause, ...]

    def stopped(self, today: dt.date) -> bool:
        """Say whether a day lies in a pause."""
        return any(pause.from_on <= today <= pause.until_on for pause in self.pauses)

    def left(self, today: dt.date) -> int:
        """Return the days until the last one; below zero it is over."""
        return (self.due_on - today).days

    def day(self, today: dt.date) -> int:
        """Return the how manieth counted day a day is (12일째); the day of receipt is 0."""
        if today <= self.begins_on:
            return 0
        lost = sum(
            (min(last, today) - first).days + 1
            for first, last in _merged(self.begins_on, self.pauses)
            if first <= today
        )
        return (today - self.begins_on).days - lost


def count(
    begins_on: dt.date,
    span: Span,
    pauses: Iterable[Pause] = (),
    *,
    ends: str = "both",
    off: Callable[[dt.date], bool] | None = None,
) -> Clock:
    """Count one clock.

    `ends` says which ends of a pause are not counted (rule PAUSE_DAYS), `off` whether nobody works
    on a day; without it the last day is not moved.
    """
    kept = tuple(trimmed for pause in pauses if (trimmed := _trim(pause, ends)) is not None)
    base_on = span.after(begins_on)
    rest = (base_on - begins_on).days
    at, excluded = begins_on, 0
    for first, last in _merged(begins_on, kept):
        between = (first - at).days - 1
        if rest <= between:
            break
        rest -= between
        excluded += (last - first).days + 1
        at = last
    counted_on = at + dt.timedelta(days=rest)
    due_on = shifted(counted_on, off) if off is not None else counted_on
    return Clock(begins_on, base_on, counted_on, due_on, excluded, kept)


def shifted(day: dt.date, off: Callable[[dt.date], bool]) -> dt.date:
    """Return a day, or the next one on which somebody works."""
    for n in range(_LONGEST_REST):
        there = day + n * DAY
        if not off(there):
            return there
    return day


def _trim(pause: Pause, ends: str) -> Pause | None:
    """Return the days of a pause that do not count, None when none is left."""
    first = pause.from_on + (DAY if ends in ("last", "between") else dt.timedelta())
    last = pause.until_on - (DAY if ends in ("first", "between") else dt.timedelta())
    return Pause(pause.kind, first, last) if first <= last else None


def _merged(begins_on: dt.date, pauses: Sequence[Pause]) -> list[tuple[dt.date, dt.date]]:
    """Return the runs of days after `begins_on` that pauses cover, each day once, in order."""
    runs: list[tuple[dt.date, dt.date]] = []
    for pause in sorted(pauses, key=lambda p: (p.from_on, p.until_on)):
        first, last = max(pause.from_on, begins_on + DAY), pause.until_on
        if last < first:
            continue
        if runs and first <= runs[-1][1] + DAY:
            runs[-1] = (runs[-1][0], max(runs[-1][1], last))
        else:
            runs.append((first, last))
    return runs


@dataclass(frozen=True, slots=True)
class Round:
    """One examination: the first, or one begun anew by a re-examination or after a deferral.

    `begins_on` is the day from which its time runs, `quick` that it follows a debate.
    """

    number: int
    begins_on: dt.date
    quick: bool = False


class Counting:
    """What counting needs besides the proposals, read once and kept for many of them."""

    def __init__(self, read: Session) -> None:
        self._read = read
        self._wholes: dict[int, Whole] = {}
        self._profiles: dict[tuple[int, dt.date], Profile] = {}
        self._ends: dict[int, dt.date] = {}
        self._named: dict[int, dict[dt.date, holidays.DayOff]] = {}

    def profile(self, profile_id: int, day: dt.date) -> Profile:
        """Return a profile as it is on a day."""
        key = (profile_id, day)
        if key not in self._profiles:
            if profile_id not in self._wholes:
                self._wholes[profile_id] = profile_rows.load(self._read, profile_id)
            self._profiles[key] = self._wholes[profile_id].on(day)
        return self._profiles[key]

    def call_ends(self, call_id: int) -> dt.date:
        """Return the last day of a call."""
        if call_id not in self._ends:
            query = select(ProposalCall.ends_on).where(ProposalCall.id == call_id)
            self._ends[call_id] = self._read.execute(query).scalar_one()
        return self._ends[call_id]

    def off(self, day: dt.date) -> bool:
        """Say whether nobody works on a day, by the law and the office's own calendar."""
        if day.year not in self._named:
            first, last = dt.date(day.year, 1, 1), dt.date(day.year, 12, 31)
            self._named[day.year] = holidays.days(self._read, first=first, last=last)
        return bool(holidays.why_off(self._named[day.year], day))

    def due(
        self, profile_id: int, state: str, received_on: dt.date, call_id: int | None = None
    ) -> dt.date | None:
        """Return the last day for one just taken in, as `renew` would keep it."""
        if state not in RUNNING:
            return None
        begins_on = self._first_day(received_on, call_id)
        clock = self.clock(self.profile(profile_id, received_on), Round(1, begins_on), ())
        return clock.due_on if clock else None

    def clock(self, profile: Profile, round: Round, pauses: Iterable[Pause]) -> Clock | None:
        """Count one round; None where the profile sets no time."""
        span = profile.value(K.REVIEW_WITHIN) if round.quick else None
        span = span or profile.value(K.DECISION_WITHIN)
        if span is None:
            return None
        return count(
            round.begins_on,
            span,
            pauses,
            ends=profile.value(K.PAUSE_DAYS) or "both",
            off=self.off if profile.value(K.HOLIDAY_SHIFT) else None,
        )

    def shifted(self, profile: Profile, day: dt.date) -> dt.date:
        """Return a last day, moved on to a working day where the profile does so."""
        return shifted(day, self.off) if profile.value(K.HOLIDAY_SHIFT) else day

    def round(self, proposal: Any, moves: Sequence[Any]) -> Round | None:
        """Return the round a proposal is in; None while its voices are still gathered."""
        number, begins_on, quick = 1, None, False
        gathered = proposal.state in GATHERING
        for move in moves:
            gathers = move.from_state in (S.SUPPORT, S.DEBATE)
            if gathers and move.to_state in RUNNING:
                begins_on = move.on_day
                quick = move.from_state == S.DEBATE and move.to_state == S.REVIEW
            elif anew(move.from_state, move.to_state):
                number, begins_on, quick = number + 1, move.on_day, False
            gathered = gathered or gathers
        if begins_on is None:
            if gathered:
                return None
            begins_on = self._first_day(proposal.received_on, proposal.call_id)
        return Round(number, begins_on, quick)

    def _first_day(self, received_on: dt.date, call_id: int | None) -> dt.date:
        if call_id is None:
            return received_on
        return max(received_on, self.call_ends(call_id))


def anew(before: str | None, after: str | None) -> bool:
    """Say whether a move begins a new round: a re-examination, or a deferred one taken up again."""
    return after == S.RE_EXAM or (before == S.REPLIED and after == S.REVIEW)


def several(
    read: Session, ids: Iterable[int], *, running: bool = True, keep: Counting | None = None
) -> dict[int, Clock]:
    """Return the clocks of proposals by id; those without one are left out.

    With `running` false also of those answered or gone: how it was counted then.
    """
    counting = keep or Counting(read)
    clocks: dict[int, Clock] = {}
    wanted = list(ids)
    for at in range(0, len(wanted), _AT_ONCE):
        clocks |= _some(read, wanted[at : at + _AT_ONCE], running, counting)
    return clocks


def of(read: Session, proposal_id: int) -> Clock | None:
    """Return a proposal's clock; None for a draft and once it is answered or gone."""
    return several(read, [proposal_id]).get(proposal_id)


def counted(read: Session, proposal_id: int) -> Clock | None:
    """Return the clock of a proposal whatever became of it; None where none ever began."""
    return several(read, [proposal_id], running=False).get(proposal_id)


def round_of(read: Session, proposal_id: int) -> int:
    """Return the number of the round a proposal is in: replies, boards and scores go by it."""
    moves = select(ProposalStep.from_state, ProposalStep.to_state).where(
        ProposalStep.proposal_id == proposal_id, ProposalStep.kind == ProposalStepKind.MOVE.value
    )
    return 1 + sum(anew(before, after) for before, after in read.execute(moves).all())


def begins(read: Session, proposal: Proposal, keep: Counting) -> dt.date:
    """Return the day from which a proposal's time runs; that of receipt before it begins."""
    moves = (
        select(ProposalStep.from_state, ProposalStep.to_state, ProposalStep.on_day)
        .where(
            ProposalStep.proposal_id == proposal.id,
            ProposalStep.kind == ProposalStepKind.MOVE.value,
        )
        .order_by(ProposalStep.id)
    )
    round = keep.round(proposal, read.execute(moves).all())
    return round.begins_on if round else proposal.received_on


def renew(tx: Session, proposal: Proposal) -> None:
    """Bring a proposal's kept last day up to what its rows now say."""
    tx.flush()
    clock = of(tx, proposal.id)
    change(proposal, {"due_on": clock.due_on if clock else None})


def renew_all(tx: Session, ids: Iterable[int]) -> None:
    """Bring the kept last day of many proposals up to date: a rule, a call or a holiday changed."""
    tx.flush()
    wanted = list(ids)
    clocks = several(tx, wanted)
    for at in range(0, len(wanted), _AT_ONCE):
        some = wanted[at : at + _AT_ONCE]
        for proposal in tx.scalars(select(Proposal).where(Proposal.id.in_(some))):
            clock = clocks.get(proposal.id)
            change(proposal, {"due_on": clock.due_on if clock else None})
    tx.flush()


def _some(read: Session, ids: list[int], running: bool, keep: Counting) -> dict[int, Clock]:
    proposals = read.execute(
        select(
            Proposal.id,
            Proposal.profile_id,
            Proposal.state,
            Proposal.received_on,
            Proposal.call_id,
        ).where(Proposal.id.in_(ids))
    ).all()
    moves = _by_proposal(
        read,
        select(
            ProposalStep.proposal_id,
            ProposalStep.from_state,
            ProposalStep.to_state,
            ProposalStep.on_day,
        )
        .where(ProposalStep.proposal_id.in_(ids), ProposalStep.kind == ProposalStepKind.MOVE.value)
        .order_by(ProposalStep.id),
    )
    asked = _by_proposal(
        read,
        select(ProposalSupplement.__table__).where(
            ProposalSupplement.proposal_id.in_(ids), ProposalSupplement.pauses.is_(True)
        ),
    )
    opinions = _by_proposal(
        read,
        select(ProposalOpinion.__table__).where(
            ProposalOpinion.proposal_id.in_(ids), ProposalOpinion.told_on.is_not(None)
        ),
    )
    clocks = {}
    for proposal in proposals:
        if proposal.state == S.DRAFT or (running and proposal.state not in RUNNING):
            continue
        round = keep.round(proposal, moves[proposal.id])
        if round is None:
            continue
        profile = keep.profile(proposal.profile_id, proposal.received_on)
        late = profile.value(K.PAUSE_UNTIL) == "reply"
        pauses = [_asked(row, late) for row in asked[proposal.id]]
        pauses += [_awaited(row, late) for row in opinions[proposal.id]]
        clock = keep.clock(profile, round, pauses)
        if clock is not None:
            clocks[proposal.id] = clock
    return clocks


def _by_proposal(read: Session, query: Any) -> dict[int, list[Any]]:
    rows: dict[int, list[Any]] = defaultdict(list)
    for row in read.execute(query).all():
        rows[row.proposal_id].append(row)
    return rows


def _asked(row: Any, late: bool) -> Pause:
    """Return the pause of a supplement; with `late` an answer after its day still ends it."""
    until = row.came_on or row.until_on
    return Pause("supplement", row.asked_on, until if late else min(until, row.until_on))


def _awaited(row: Any, late: bool) -> Pause:
    """Return the pause of an opinion of which the proposer was told."""
    ended = [day for day in (row.answered_on, row.withdrawn_on) if day is not None]
    until = min(ended) if ended else row.due_on
    first = max(row.asked_on, row.told_on)
    return Pause("opinion", first, until if late else min(until, row.due_on))


def day_changed(tx: Session, day: dt.date) -> None:
    """Bring the last days around a day up to date: it became a day off, or a working day."""
    near = select(Proposal.id).where(
        Proposal.due_on.between(day - _LONGEST_REST * DAY, day + _LONGEST_REST * DAY)
    )
    tx.flush()
    renew_all(tx, tx.scalars(near).all())
