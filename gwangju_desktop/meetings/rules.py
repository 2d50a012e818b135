"""Arithmetic of meetings: quorum and majority, clock times, deadlines, the order of items.

Whole numbers only: a share is a pair of integers, so that half of 51 is never 25.5.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from db.vocab import CountBase, CountMode, ItemKind, MeetingKind, TieRule
from gwangju_desktop.text import LANGUAGES, N_, Msg, Words, say, words

GAP = 1024
# A sitting longer than a day or an item longer than a sitting is a slip of the finger (minutes).
LONGEST = 24 * 60


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


@dataclass(frozen=True, slots=True)
class Line:
    """What the label of an agenda item follows from; lines stand in the order of business."""

    id: int
    kind: str
    parent_id: int | None = None
    label: str = ""


# Items nested in an item are told apart as in any Korean document: 가, 나, 다 …
LETTERS = "가나다라마바사아자차카타파하"


def numbered(kind: str) -> bool:
    """Say whether items of a kind are counted; procedures and headings are not."""
    return kind not in (ItemKind.PROCEDURE, ItemKind.HEADING)


def labels(lines: Sequence[Line]) -> dict[int, str]:
    """Label items in their order: "1", "2", and "2-가" for what is nested in item 2.

    What stands under a heading is counted through. Procedures and headings have an empty label.
    """
    given: dict[int, str] = {}
    nested: dict[int, int] = {}
    last = 0
    for line in lines:
        above = given.get(line.parent_id or 0, "")
        if not numbered(line.kind):
            given[line.id] = ""
        elif above and line.parent_id is not None:
            place = nested.get(line.parent_id, 0)
            nested[line.parent_id] = place + 1
            given[line.id] = f"{above}-{_letter(place)}"
        else:
            last += 1
            given[line.id] = str(last)
    return given


def late_label(lines: Sequence[Line], id: int) -> str:
    """Label an item that came after the others had theirs: "3-1" behind item 3, "6" at the end."""
    at = next(n for n, line in enumerate(lines) if line.id == id)
    line = lines[at]
    if not numbered(line.kind):
        return ""
    given = {other.id: other.label for other in lines if other.label and other.id != id}
    above = given.get(line.parent_id or 0, "")
    if above:
        used = {label for label in given.values() if label.startswith(f"{above}-")}
        place = 0
        while f"{above}-{_letter(place)}" in used:
            place += 1
        return f"{above}-{_letter(place)}"
    whole = [(n, *_whole(given[other.id])) for n, other in enumerate(lines) if other.id in given]
    before = [number for n, number, _part in whole if n < at]
    behind = any(n > at for n, _number, _part in whole)
    if not before or not behind:
        return str(max((number for _n, number, _part in whole), default=0) + 1)
    base = before[-1]
    return f"{base}-{max(part for _n, number, part in whole if number == base) + 1}"


def _letter(place: int) -> str:
    return LETTERS[place] if place < len(LETTERS) else str(place + 1)


def _whole(label: str) -> tuple[int, int]:
    """Split "3-1" into 3 and 1; letters of nested items are no part."""
    number, _, part = label.partition("-")
    return int(number), int(part) if part.isdigit() else 0


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
    MeetingKind.WRITTEN: N_("Written resolution no. {n}"),
}
PLAIN_TITLES: dict[str, Msg] = {
    MeetingKind.REGULAR: N_("Regular meeting"),
    MeetingKind.EXTRAORDINARY: N_("Extraordinary meeting"),
    MeetingKind.WRITTEN: N_("Written resolution"),
}
# The format whose number needs no more words than the titles above hold themselves.
USUAL_NUMBER = "제{n}회"


def proposed_title(kind: str, number: int | None = None, text: str = "") -> str:
    """Return the usual title of a meeting in the current language, without a number if it has none.

    `text` is the number as the body writes it, where that is not 제n회 ("2022년 제3차").
    """
    if number is None:
        return say(PLAIN_TITLES[kind])
    if text and text != USUAL_NUMBER.replace("{n}", str(number)):
        return f"{text} {say(PLAIN_TITLES[kind])}"
    return say(TITLES[kind], n=number)


def spoken_title(title: str, say: Words) -> str:
    """Return a meeting's title; the usual Korean one is said in the language of `say`."""
    korean = words("ko")
    found = re.search(r"\d{1,9}", title)
    for kind in TITLES:
        if found and korean(TITLES[kind], n=int(found[0])) == title:
            return say(TITLES[kind], n=int(found[0]))
        if korean(PLAIN_TITLES[kind]) == title:
            return say(PLAIN_TITLES[kind])
    return title


def plain_titles(kind: str) -> set[str]:
    """Return the titles without a number that a meeting may have been given, in every language."""
    return {words(code)(PLAIN_TITLES[kind]) for code in LANGUAGES}
