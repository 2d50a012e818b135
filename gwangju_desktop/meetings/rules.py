"""Arithmetic of meetings: quorum and majority, clock times, deadlines, the order of items.

Whole numbers only: a share is a pair of integers, so that half of 51 is never 25.5.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from db.vocab import CountBase, CountMode, ItemKind, MeetingKind, TieRule
from gwangju_desktop.text import N_, Msg, say

GAP = 1024


@dataclass(frozen=True, slots=True)
class Share:
    """A part of `base`: more than `num`/`den` of it (과반수), or at least that."""

    num: int = 1
    den: int = 2
    more: bool = True
    base: CountBase = CountBase.ENROLLED

    def of(self, count: int) -> int:
        """Return the smallest whole number that reaches this share of `count`."""
        if self.more:
            return count * self.num // self.den + 1
        return -(-count * self.num // self.den)

    def text(self) -> str:
        """Write the share as a body's rule keeps it."""
        return f"{'>' if self.more else '>='} {self.num}/{self.den} {self.base}"


@dataclass(frozen=True, slots=True)
class Rule:
    """How a body opens, decides and calls; the defaults are 각종위원회 조례 and common practice."""

    source: str = ""
    opens: Share = Share()
    decides: Share = Share(base=CountBase.PRESENT)
    tie: TieRule = TieRule.REJECTED
    notice_days: int = 7
    material_days: int = 3
    count_mode: CountMode = CountMode.LENIENT
    recused_present: bool = False


def quorum(rule: Rule, enrolled: int) -> int:
    """Return how many must attend for the meeting to open (의사정족수); an empty body cannot."""
    return max(1, rule.opens.of(enrolled))


def opening_sentence(rule: Rule) -> str:
    """Say the opening rule in words, in the current language."""
    share = rule.opens
    if (share.num, share.den, share.more) == (1, 2, True):
        return say(N_("Opens with more than half of the enrolled members present"))
    if share.more:
        message = N_("Opens with more than {num}/{den} of the enrolled members present")
    else:
        message = N_("Opens with at least {num}/{den} of the enrolled members present")
    return say(message, num=share.num, den=share.den)


def majority(rule: Rule, *, enrolled: int, present: int, votes: int) -> int:
    """Return how many must be in favour for an item to carry (의결정족수).

    `present` are those present for this item: recused members are not in it, abstaining ones are.
    `votes` are those in favour and against together.
    """
    base = {
        CountBase.ENROLLED: enrolled,
        CountBase.PRESENT: present,
        CountBase.VOTES: votes,
    }[rule.decides.base]
    return max(1, rule.decides.of(base))


def carries(
    rule: Rule,
    *,
    enrolled: int,
    present: int,
    in_favour: int,
    against: int,
    chair_in_favour: bool = False,
) -> bool:
    """Say whether an item carries.

    An even vote is lost unless the body's rule lets the chair cast (가부동수).
    """
    votes = in_favour + against
    if rule.tie == TieRule.CHAIR_CASTS and votes and in_favour == against:
        return chair_in_favour
    return in_favour >= majority(rule, enrolled=enrolled, present=present, votes=votes)


@dataclass(frozen=True, slots=True)
class Slot:
    """When an item starts and ends on the office's clock; `late` says it ends past the end."""

    starts: dt.datetime
    ends: dt.datetime
    late: bool


@dataclass(frozen=True, slots=True)
class Timetable:
    """The clock times of an order of business; `spare` minutes are negative when it overruns."""

    slots: tuple[Slot, ...]
    used: int
    planned: int

    @property
    def spare(self) -> int:
        """Return the minutes left over, negative when the items take longer than planned."""
        return self.planned - self.used


def timetable(starts: dt.datetime, planned: int, minutes: Iterable[int]) -> Timetable:
    """Lay items of so many minutes one after the other from the start of a meeting."""
    at, end = starts, starts + dt.timedelta(minutes=planned)
    slots = []
    for length in minutes:
        until = at + dt.timedelta(minutes=length)
        slots.append(Slot(at, until, until > end))
        at = until
    return Timetable(tuple(slots), int((at - starts).total_seconds()) // 60, planned)


def days_before(day: dt.date, days: int, mode: CountMode) -> dt.date:
    """Return the last day that lies `days` before a meeting, counted as the body counts."""
    return day - dt.timedelta(days=days + (1 if mode == CountMode.STRICT else 0))


def notice_due(rule: Rule, held: dt.date) -> dt.date:
    """Return the last day to call a meeting (각종위원회 조례 제9조제1항: seven days before)."""
    return days_before(held, rule.notice_days, rule.count_mode)


def materials_due(rule: Rule, held: dt.date) -> dt.date:
    """Return the last day to send the papers (각종위원회 조례 제9조제1항: three days before)."""
    return days_before(held, rule.material_days, rule.count_mode)


def numbers(kinds: Iterable[str]) -> list[int | None]:
    """Number items in their order; procedures are steps of the order and have no number."""
    given: list[int | None] = []
    last = 0
    for kind in kinds:
        if kind == ItemKind.PROCEDURE:
            given.append(None)
        else:
            last += 1
            given.append(last)
    return given


def place_between(positions: Sequence[int], at: int) -> int | None:
    """Return a free position for a row to stand at index `at` among `positions`, in order.

    None when the gap there is used up and all have to be spread anew.
    """
    low = positions[at - 1] if at else 0
    high = positions[at] if at < len(positions) else low + 2 * GAP
    middle = (low + high) // 2
    return middle if low < middle < high else None


TITLES: dict[str, Msg] = {
    MeetingKind.REGULAR: N_("Regular meeting no. {n}"),
    MeetingKind.EXTRAORDINARY: N_("Extraordinary meeting no. {n}"),
}


def proposed_title(kind: str, number: int) -> str:
    """Return the usual title of a meeting, in the current language."""
    return say(TITLES[kind], n=number)
