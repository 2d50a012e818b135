"""Who counts at a meeting: the body's rule on its day, those enrolled, those present."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from db.schema.meetings import Attendance, Meeting
from db.schema.members import Membership
from db.vocab import AHEAD, BodyRuleKey, CountMode, Deputies, Presence, Reply, TieRule
from gwangju_desktop.meetings import rules
from gwangju_desktop.members import profiles

# Who said that somebody comes to the seat.
COMING = (Reply.COMING, Reply.SUBSTITUTE)


@dataclass(frozen=True, slots=True)
class Quorum:
    """How a meeting stands against its opening rule.

    `enrolled` are the voting members in office on the day; `present` are marked present and
    count, see Seat; `expected` said they come; `rule` is a sentence.
    """

    enrolled: int
    present: int
    expected: int
    required: int
    met: bool
    rule: str


def rule_on(read: Session, body_id: int, day: dt.date) -> rules.Rule:
    """Return the rule a body has on a day; the usual one where none is entered.

    A body whose rule sets no days has none to keep: a notice on the day itself is in time.
    """
    return rule_of(profiles.in_force(read, body_id, day))


def rule_of(held: profiles.Profile) -> rules.Rule:
    """Return a body's rules of one day as meetings take them. Pure."""
    return rules.Rule(
        source=held.source(BodyRuleKey.QUORUM),
        opens=held.value(BodyRuleKey.QUORUM),
        decides=held.value(BodyRuleKey.DECISION),
        tie=TieRule(held.value(BodyRuleKey.TIE)),
        notice_days=held.value(BodyRuleKey.NOTICE_DAYS) or 0,
        material_days=held.value(BodyRuleKey.MATERIAL_DAYS) or 0,
        count_mode=CountMode(held.value(BodyRuleKey.COUNT_MODE)),
        recused_present=held.value(BodyRuleKey.RECUSED_PRESENT),
    )


def enrolled_ids(read: Session, body_id: int, day: dt.date) -> set[int]:
    """Return the ids of the voting memberships of a body that hold on a day (재적위원)."""
    found = read.scalars(
        select(Membership.id).where(
            Membership.body_id == body_id,
            Membership.voting.is_(True),
            Membership.starts_on <= day,
            or_(Membership.ends_on.is_(None), Membership.ends_on >= day),
        )
    )
    return set(found.all())


@dataclass(frozen=True, slots=True)
class Seat:
    """A seat on the sheet: the attendance's id, what was said and marked, whether it counts.

    `counts` says that whoever holds the seat counts for quorum and majority: not where it has no
    vote, and not where a substitute comes whom the body's rule gives none (domain 2.5).
    """

    id: int
    membership_id: int
    reply: str
    presence: str
    voting: bool
    counts: bool


def seats(read: Session, *, meeting_id: int, body_id: int, day: dt.date) -> list[Seat]:
    """List the seats of a meeting's sheet by their ids."""
    deputies = profiles.in_force(read, body_id, day).value(BodyRuleKey.DEPUTIES)
    found = read.execute(
        select(
            Attendance.id,
            Attendance.membership_id,
            Attendance.reply,
            Attendance.presence,
            Membership.voting,
        )
        .join(Membership, Membership.id == Attendance.membership_id)
        .where(Attendance.meeting_id == meeting_id)
        .order_by(Attendance.id)
    )
    return [
        Seat(
            row.id,
            row.membership_id,
            row.reply,
            row.presence,
            row.voting,
            counts(row.voting, row.reply, deputies),
        )
        for row in found.all()
    ]


def counts(voting: bool, reply: str, deputies: str) -> bool:
    """Say whether whoever holds a seat counts for quorum and majority. Pure."""
    return voting and (reply != Reply.SUBSTITUTE or deputies == Deputies.VOTE)


@dataclass(frozen=True, slots=True)
class Count:
    """How those enrolled answered and came; `coming` counts substitutes where they may vote."""

    enrolled: int
    coming: int
    not_coming: int
    present: int
    left: int
    absent: int
    substitutes: int

    @property
    def silent(self) -> int:
        """Count those who have not answered."""
        return self.enrolled - self.coming - self.not_coming - self.substitutes


def count(held: Iterable[Seat], enrolled: int) -> Count:
    """Count the replies and marks of the voting seats among `held`.

    `substitutes` are those who come but do not count.
    """
    voting = [seat for seat in held if seat.voting]
    counting = [seat for seat in voting if seat.counts]
    return Count(
        enrolled=enrolled,
        coming=sum(seat.reply in COMING for seat in counting),
        not_coming=_tally((seat.reply for seat in voting), Reply.NOT_COMING),
        present=_tally((seat.presence for seat in counting), Presence.PRESENT),
        left=_tally((seat.presence for seat in voting), Presence.LEFT),
        absent=_tally((seat.presence for seat in voting), Presence.ABSENT),
        substitutes=sum(seat.reply == Reply.SUBSTITUTE and not seat.counts for seat in voting),
    )


def _tally(values: Iterable[str], wanted: str) -> int:
    return sum(value == wanted for value in values)


def of_meeting(
    read: Session, *, meeting_id: int, body_id: int, day: dt.date, state: str
) -> tuple[Quorum, Count, rules.Rule]:
    """Work out a meeting's quorum from the body's rule and memberships on its day.

    Once opened, those on its sheet are the enrolled: later changes of memberships leave it alone.
    """
    rule = rule_on(read, body_id, day)
    held = seats(read, meeting_id=meeting_id, body_id=body_id, day=day)
    if state in AHEAD:
        enrolled = len(enrolled_ids(read, body_id, day))
    else:
        enrolled = sum(seat.voting for seat in held)
    counted = count(held, enrolled)
    if not held and state not in AHEAD:
        counted = _announced(read, meeting_id)
    required = rules.quorum(rule, counted.enrolled)
    quorum = Quorum(
        enrolled=counted.enrolled,
        present=counted.present,
        expected=counted.coming,
        required=required,
        met=counted.present >= required,
        rule=rules.opening_sentence(rule),
    )
    return quorum, counted, rule


def _announced(read: Session, meeting_id: int) -> Count:
    """Return the counts kept of a meeting without a sheet, one taken over from a register."""
    meeting = read.get_one(Meeting, meeting_id)
    enrolled, present = meeting.enrolled_at_opening or 0, meeting.present_at_opening or 0
    absent = max(0, enrolled - present)
    return Count(enrolled, 0, 0, present, 0, absent, 0)
