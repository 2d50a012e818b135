"""What is written in a register's cell: moments, numbers, outcomes as secretaries write them."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from db.vocab import ItemKind, MeetingKind, MeetingState, Outcome, VoteMethod
from gwangju_desktop.errors import UserError
from gwangju_desktop.meetings import words as meetings
from gwangju_desktop.members.importing.values import fold
from gwangju_desktop.text import C_, LANGUAGES, N_, Msg, words

_NO_MOMENT = N_("“{value}” is no date or time.")
_HOW = N_("Write it as 2022-03-17 14:00.")
_DATE = re.compile(
    r"(?:(\d{4})|['’](\d{2}))\s*[-./년]\s*(\d{1,2})\s*[-./월]\s*(\d{1,2})(?:\s*[.일])?"
    r"|(?<!\d)(\d{4})(\d{2})(\d{2})(?!\d)"
)
_TIME = re.compile(
    r"(오전|오후|am|pm)?\s*(\d{1,2})\s*(?::\s*(\d{2})(?::(\d{2})(?:\.\d+)?)?|시(?:\s*(\d{1,2})\s*분)?)"
    r"\s*(am|pm)?"
)
_WEEKDAY = re.compile(r"\((?:[월화수목금토일]|mon|tue|wed|thu|fri|sat|sun)(?:요일)?\)")
_REST = re.compile(r"[\s~\-–—t,]*(?:부터)?[\s~\-–—,]*(?:까지)?\s*")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_EXCEL = dt.datetime(1899, 12, 30)
_FIRST_DAY = re.compile(r"^(?:1899-12-3[01]|1900-01-0[01])[ t]")
_YEARS = range(1950, 2200)
# Larger numbers are those of another book (bills of an assembly), not of one body's own.
_MOST_DIGITS = 6


@dataclass(frozen=True, slots=True)
class When:
    """What a cell says of time: a day, the first and the last clock time, the last one's own day."""

    day: dt.date | None = None
    first: dt.time | None = None
    last: dt.time | None = None
    last_day: dt.date | None = None


def when(value: str) -> When:
    """Read a day, a time, or a range of times with or without days; raises UserError."""
    written = unicodedata.normalize("NFKC", value).strip().casefold()
    # A spreadsheet may hand a time out with the day its count begins on.
    written = _FIRST_DAY.sub("", written)
    serial = _serial(written)
    if serial is not None:
        return serial
    days = [_day(found, value) for found in _DATE.finditer(written)]
    left = _WEEKDAY.sub(" ", _DATE.sub(" ", written))
    times = [_time(found, value) for found in _TIME.finditer(left)]
    left = _TIME.sub(" ", left)
    if not (days or times) or len(days) > 2 or len(times) > 2 or not _REST.fullmatch(left):
        raise UserError(_NO_MOMENT, hint=_HOW, value=value)
    if any(days[n] > days[n + 1] for n in range(len(days) - 1)):
        raise UserError(_NO_MOMENT, hint=_HOW, value=value)
    return When(
        days[0] if days else None,
        times[0] if times else None,
        times[1] if len(times) > 1 else None,
        days[1] if len(days) > 1 else None,
    )


def _serial(written: str) -> When | None:
    """Read a spreadsheet's own number for a day, a time or both."""
    if not _NUMBER.fullmatch(written):
        return None
    number = float(written)
    if number < 1 and "." in written:
        return When(first=(_EXCEL + dt.timedelta(seconds=round(number * 86_400))).time())
    if 20_000 < number < 100_000:
        moment = _EXCEL + dt.timedelta(days=int(number), seconds=round(number % 1 * 86_400))
        return When(moment.date(), moment.time() if number % 1 else None)
    return None


def _day(found: re.Match[str], value: str) -> dt.date:
    year, short, month, day, *packed = found.groups()
    if packed[0]:
        year, month, day = packed
    number = int(year) if year else 2000 + int(short)
    try:
        if number not in _YEARS:
            raise ValueError(number)
        return dt.date(number, int(month), int(day))
    except ValueError:
        raise UserError(_NO_MOMENT, hint=_HOW, value=value) from None


def _time(found: re.Match[str], value: str) -> dt.time:
    half, hour_said, minute, second, minute_said, after = found.groups()
    hour = int(hour_said)
    part = half or after or ""
    if part in ("오후", "pm") and hour < 12:
        hour += 12
    elif part in ("오전", "am") and hour == 12:
        hour = 0
    try:
        # 24:00 is midnight; the day it belongs to follows from the beginning.
        return dt.time(0 if hour == 24 else hour, int(minute or minute_said or 0), int(second or 0))
    except ValueError:
        raise UserError(_NO_MOMENT, hint=_HOW, value=value) from None


def count(value: str) -> int:
    """Read a count of people or votes, with or without words around it (26명); raises UserError."""
    written = unicodedata.normalize("NFKC", value)
    found = re.findall(r"[-−]?\d+", written)
    if len(found) != 1 or not found[0].isdecimal() or len(found[0]) > 4 or "." in written:
        raise UserError(N_("“{value}” is no count."), hint=N_("Write a whole number."), value=value)
    return int(found[0])


@dataclass(frozen=True, slots=True)
class Number:
    """A number as written, the year it names (None for none) and the number itself."""

    text: str
    year: int | None
    number: int


def number(value: str) -> Number:
    """Read the number of a meeting (제5회, 2022년 제3차, 5); raises UserError for none."""
    found = numbered(value)
    if found is None:
        raise UserError(
            N_("“{value}” is no number of a meeting."),
            hint=N_("Write it as 5, 제5회 or 2022-5."),
            value=value,
        )
    return found


def numbered(value: str) -> Number | None:
    """Return the number in a text, with the year before it; None where there is no such number."""
    found = re.findall(r"\d+", unicodedata.normalize("NFKC", value))
    year = None
    if len(found) == 2 and len(found[0]) == 4 and int(found[0]) in _YEARS:
        year = int(found.pop(0))
    if len(found) != 1 or len(found[0]) > _MOST_DIGITS or int(found[0]) < 1:
        return None
    return Number(value, year, int(found[0]))


def openness(value: str) -> bool:
    """Read whether a sitting was open; raises UserError."""
    known = {fold(way): said for said, ways in _OPENNESS.items() for way in ways}
    found = known.get(fold(value))
    if found is None:
        raise UserError(N_("“{value}” is neither open nor closed."), value=value)
    return found


_OPENNESS = {
    True: ("공개", "공개회의", "예", "o", "open", "public", "yes"),
    False: ("비공개", "비공개회의", "아니오", "아니요", "x", "closed", "no"),
}
OPEN, CLOSED = C_("register", "open"), C_("register", "closed")


# Meetings that came to an end, as a register has them; the minutes' states are no part of it.
HELD = MeetingState.CLOSED
STATES: dict[str, Msg] = {
    HELD: C_("register", "Held"),
    MeetingState.NO_QUORUM: meetings.STATES[MeetingState.NO_QUORUM],
    MeetingState.POSTPONED: meetings.STATES[MeetingState.POSTPONED],
    MeetingState.CANCELLED: meetings.STATES[MeetingState.CANCELLED],
}
_WAYS: dict[str, tuple[Mapping[str, Msg], dict[str, tuple[str, ...]]]] = {
    "kind": (
        meetings.MEETING_KINDS,
        {
            MeetingKind.REGULAR: ("정기", "정기회", "정례회", "정기회의", "regular"),
            MeetingKind.EXTRAORDINARY: ("임시", "임시회", "임시회의", "수시", "extraordinary"),
            MeetingKind.WRITTEN: ("서면", "서면심의", "서면결의", "서면의결", "written"),
        },
    ),
    "state": (
        STATES,
        {
            HELD: ("개최", "개최됨", "폐회", "산회", "완료", "종료", "held", "done"),
            MeetingState.NO_QUORUM: ("유회", "성원 미달", "no quorum"),
            MeetingState.POSTPONED: ("연기", "순연", "postponed"),
            MeetingState.CANCELLED: ("취소", "cancelled", "canceled"),
        },
    ),
    "item_kind": (
        meetings.ITEM_KINDS,
        {
            ItemKind.DELIBERATION: (
                *("심의", "의결", "심의의결", "심의안건", "의결안건", "심의의결안건"),
                *("안건", "deliberation"),
            ),
            ItemKind.REPORT: ("보고", "보고안건", "보고사항", "report"),
            ItemKind.DISCUSSION: ("토의", "토론", "논의", "협의", "토의안건", "discussion"),
            ItemKind.ADVICE: ("자문", "자문안건", "advice"),
            ItemKind.PROCEDURE: ("순서", "의식", "procedure"),
            ItemKind.HEADING: ("제목", "heading"),
            ItemKind.OTHER: ("기타", "기타안건", "other"),
        },
    ),
    "outcome": (
        meetings.OUTCOMES,
        {
            Outcome.AS_PROPOSED: (
                *("원안의결", "원안가결", "원안통과", "원안대로의결", "원안대로가결", "원안"),
                *("가결", "의결", "통과", "adopted", "carried", "approved"),
            ),
            Outcome.AMENDED: ("수정의결", "수정가결", "수정통과", "수정", "amended"),
            Outcome.CONDITIONAL: (
                *("조건부의결", "조건부가결", "조건부통과", "조건부승인", "조건부", "conditional"),
            ),
            Outcome.DEFERRED: ("보류", "심의보류", "계속심의", "계속심사", "deferred"),
            Outcome.REJECTED: ("부결", "부결됨", "rejected"),
            Outcome.RETURNED: ("반려", "returned"),
            Outcome.WITHDRAWN: ("철회", "withdrawn"),
            Outcome.NOTED: ("보고", "접수", "보고접수", "보고완료", "noted"),
        },
    ),
    "method": (
        meetings.VOTE_METHODS,
        {
            VoteMethod.NO_OBJECTION: (
                *("이의없음", "이의유무", "만장일치", "전원찬성", "no objection", "unanimous"),
            ),
            VoteMethod.CONSENSUS: ("합의", "consensus"),
            VoteMethod.SHOW_OF_HANDS: ("거수", "거수표결", "show of hands"),
            VoteMethod.ROLL_CALL: ("기명", "기명투표", "호명", "roll call"),
            VoteMethod.SECRET: ("무기명", "무기명투표", "비밀투표", "secret"),
            VoteMethod.WRITTEN: ("서면", "서면표결", "written"),
        },
    ),
}
SPOKEN = frozenset(_WAYS)


def kind(value: str) -> str:
    """Read how a meeting was called; raises UserError."""
    return _word(value, "kind")


def state(value: str) -> str:
    """Read whether a meeting was held; raises UserError."""
    return _word(value, "state")


def item_kind(value: str) -> str:
    """Read what was asked of the body; raises UserError."""
    return _word(value, "item_kind")


def outcome(value: str) -> str:
    """Read what became of an item; raises UserError."""
    return _word(value, "outcome")


def method(value: str) -> str:
    """Read how a vote was taken; raises UserError."""
    return _word(value, "method")


def spoken(field: str, code: str, language: str) -> str:
    """Return a code as a register says it; what is read back is the same code."""
    return words(language)(_WAYS[field][0][code])


def _word(value: str, field: str) -> str:
    known = _known(field)
    # A remark in brackets, (만장일치), says nothing of the code.
    for way in (value, re.sub(r"\(.*?\)", "", unicodedata.normalize("NFKC", value))):
        if fold(way) in known:
            return known[fold(way)]
    say = words()
    raise UserError(
        N_("“{value}” is not known here."),
        hint=N_("Known are: {known}."),
        value=value,
        known=", ".join(say(_WAYS[field][0][code]) for code in _WAYS[field][1]),
    )


@lru_cache
def _known(field: str) -> dict[str, str]:
    shown, ways = _WAYS[field]
    found: dict[str, str] = {}
    for code, others in ways.items():
        said = [words(language)(shown[code]) for language in LANGUAGES]
        found.update((fold(way), str(code)) for way in (*said, *others, code))
    return found
