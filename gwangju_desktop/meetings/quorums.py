"""Who counts at a meeting: the body's rule on its day, those enrolled, those present."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from db.schema.meetings import Attendance
from db.schema.members import Membership
from db.vocab import BodyRuleKey, CountMode, MeetingState, Presence, Reply, TieRule
from gwangju_desktop.meetings import rules
from gwangju_desktop.members import profiles


@dataclass(frozen=True, slots=True)
class Quorum:
    """How a meeting stands against its opening rule.

    `enrolled` are the voting members in office on the day; `present` are marked present, nobody
    before the meeting opens; `expected` said they come; `rule` is a sentence.
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
    held = profiles.in_force(read, body_id, day)
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
class Count:
    """How those enrolled answered and came."""

    enrolled: int
    coming: int
    not_coming: int
    present: int
    left: int
    absent: int

    @property
    def silent(self) -> int:
        """Count those who have not answered."""
        return self.enrolled - self.coming - self.not_coming


def count(read: Session, meeting_id: int, enrolled: set[int]) -> Count:
    """Count the replies and marks of those enrolled."""
    marks = read.execute(
        select(Attendance.membership_id, Attendance.reply, Attendance.presence).where(
            Attendance.meeting_id == meeting_id
        )
    ).all()
    voting = [row for row in marks if row.membership_id in enrolled]
    return Count(
        len(enrolled),
        _tally((row.reply for row in voting), Reply.COMING),
        _tally((row.reply for row in voting), Reply.NOT_COMING),
        _tally((row.presence for row in voting), Presence.PRESENT),
        _tally((row.presence for row in voting), Presence.LEFT),
        _tally((row.presence for row in voting), Presence.ABSENT),
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
    if state == MeetingState.PLANNED:
        enrolled = enrolled_ids(read, body_id, day)
    else:
        enrolled = _on_the_sheet(read, meeting_id)
    counted = count(read, meeting_id, enrolled)
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


def _on_the_sheet(read: Session, meeting_id: int) -> set[int]:
    found = read.scalars(
        select(Membership.id)
        .join(Attendance, Attendance.membership_id == Membership.id)
        .where(Attendance.meeting_id == meeting_id, Membership.voting.is_(True))
    )
    return set(found.all())
