"""The forms in which a profile's rules are written, and what they say in words.

A value is kept as text, so that it is read as it stands in a table: a span "1 month" or "15 days",
a threshold "50 within 30 days", a number format "{YYYY}-{n:03}", "yes" or "no", a word. An empty
span or threshold means that there is none.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from db.vocab import ProposalRuleKey
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.text import C_, N_, NN_, Msg, say, words

K = ProposalRuleKey
_SPAN = re.compile(r"([1-9]\d{0,2}) (day|week|month|year)s?")
_THRESHOLD = re.compile(r"([1-9]\d{0,5}) within ([1-9]\d{0,2} [a-z]+)")
_REPEATS = re.compile(r"([1-9]\d?) times, (\d\d?) notices?")
_DAY_OF_YEAR = re.compile(r"(\d\d)-(\d\d)")
_PLACES = re.compile(r"\{(?:n(?::0?\d)?|YYYY|YY)\}")
_NUMBER = re.compile(r"\{n(?::0?\d)?\}")
BAD_VALUE = N_("“{value}” is no value for this rule of a profile.")
UNITS: dict[str, Msg] = {
    "day": NN_("{n} day", "{n} days"),
    "week": NN_("{n} week", "{n} weeks"),
    "month": NN_("{n} month", "{n} months"),
    "year": NN_("{n} year", "{n} years"),
}
PAUSE_DAYS: dict[str, Msg] = {
    "both": C_("pause", "the day of sending and the day of arrival are not counted"),
    "first": C_("pause", "the day of arrival is counted"),
    "last": C_("pause", "the day of sending is counted"),
    "between": C_("pause", "only the days between are not counted"),
}
PAUSE_UNTIL: dict[str, Msg] = {
    "reply_or_due": C_("pause", "until the answer came, at most until it was due"),
    "reply": C_("pause", "until the answer came"),
}


@dataclass(frozen=True, slots=True)
class Span:
    """A length of time: so many days, weeks, months or years."""

    n: int
    unit: str

    def after(self, day: dt.date) -> dt.date:
        """Return the last day of the span that begins with the day after `day`.

        Months and years end on the same day of the month, or on its last where there is none.
        """
        if self.unit in ("day", "week"):
            return day + dt.timedelta(days=self.n * (7 if self.unit == "week" else 1))
        months = day.year * 12 + day.month - 1 + self.n * (12 if self.unit == "year" else 1)
        year, month = divmod(months, 12)
        last = calendar.monthrange(year, month + 1)[1]
        return dt.date(year, month + 1, min(day.day, last))

    def __str__(self) -> str:
        return say(UNITS[self.unit], n=self.n)


@dataclass(frozen=True, slots=True)
class Threshold:
    """So many voices, to be reached within a span."""

    n: int
    span: Span

    def __str__(self) -> str:
        return say(N_("{count:,} within {span}"), count=self.n, span=str(self.span))


@dataclass(frozen=True, slots=True)
class Repeats:
    """How often the same content came, and how often its result was told, before it is closed."""

    times: int
    notices: int

    def __str__(self) -> str:
        return say(N_("{times} repeats, {notices} notices"), times=self.times, notices=self.notices)


def read_span(text: str) -> Span | None:
    """Read a span; empty is none. Raises UserError for a text that is none."""
    if not text:
        return None
    found = _SPAN.fullmatch(text)
    if found is None:
        raise UserError(BAD_VALUE, hint=N_("Write it as “1 month” or “15 days”."), value=text)
    return Span(int(found[1]), found[2])


def read_threshold(text: str) -> Threshold | None:
    """Read a threshold; empty is none."""
    if not text:
        return None
    found = _THRESHOLD.fullmatch(text)
    span = _SPAN.fullmatch(found[2]) if found else None
    if found is None or span is None:
        raise UserError(BAD_VALUE, hint=N_("Write it as “50 within 30 days”."), value=text)
    return Threshold(int(found[1]), Span(int(span[1]), span[2]))


def read_repeats(text: str) -> Repeats | None:
    """Read how many repeats and notices closing takes; empty is none."""
    if not text:
        return None
    found = _REPEATS.fullmatch(text)
    if found is None:
        raise UserError(BAD_VALUE, hint=N_("Write it as “3 times, 2 notices”."), value=text)
    return Repeats(int(found[1]), int(found[2]))


def read_day_of_year(text: str) -> tuple[int, int] | None:
    """Read a day of the year as (month, day); empty is none."""
    if not text:
        return None
    found = _DAY_OF_YEAR.fullmatch(text)
    try:
        if found is None:
            raise ValueError
        dt.date(2001, int(found[1]), int(found[2]))
    except ValueError:
        raise UserError(BAD_VALUE, hint=N_("Write it as “01-31”."), value=text) from None
    return int(found[1]), int(found[2])


def read_fraction(text: str) -> tuple[int, int] | None:
    """Read a share of at most the whole; empty is none."""
    if not text:
        return None
    found = re.fullmatch(r"(\d{1,3})/(\d{1,3})", text)
    if found is None or not int(found[2]) or int(found[1]) > int(found[2]):
        raise UserError(BAD_VALUE, hint=N_("Write it as “1/2”."), value=text)
    return int(found[1]), int(found[2])


def read_flag(text: str) -> bool:
    """Read yes or no."""
    return _one_of(("yes", "no"), text) == "yes"


def read_most(text: str) -> int:
    """Read the most points a criterion takes."""
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 100):
        raise UserError(BAD_VALUE, hint=N_("Write a number from 1 to 100."), value=text)
    return int(text)


def read_format(text: str) -> str:
    """Read a number format; it must hold the running number, `{n}` or `{n:03}`."""
    if not _NUMBER.search(text) or set("{}") & set(_PLACES.sub("", text)):
        raise UserError(
            BAD_VALUE,
            hint=N_("Write it with YYYY and n:03 in curly brackets, like (YYYY)-(n:03)."),
            value=text,
        )
    return text


def read_pause_days(text: str) -> str:
    """Read which ends of a pause are not counted."""
    return _one_of(PAUSE_DAYS, text)


def read_pause_until(text: str) -> str:
    """Read how long a pause lasts."""
    return _one_of(PAUSE_UNTIL, text)


def _one_of(words: Any, text: str) -> str:
    if text not in words:
        raise UserError(
            BAD_VALUE, hint=N_("Choose one of {known}."), value=text, known=", ".join(words)
        )
    return text


@dataclass(frozen=True, slots=True)
class Declared:
    """One rule a profile may have: what it is called, and how its text is read."""

    label: Msg
    read: Callable[[str], Any]
    words: dict[str, Msg] | None = None


YES_NO: dict[str, Msg] = {"yes": C_("profile rule", "yes"), "no": C_("profile rule", "no")}
RULES: dict[str, Declared] = {
    K.NUMBER: Declared(C_("profile rule", "Number of a proposal"), read_format),
    K.DECISION_WITHIN: Declared(C_("profile rule", "Decision within"), read_span),
    K.REVIEW_WITHIN: Declared(C_("profile rule", "Review after the debate within"), read_span),
    K.HOLIDAY_SHIFT: Declared(
        C_("profile rule", "A last day off moves to the next working day"), read_flag, YES_NO
    ),
    K.SUPPLEMENT_WITHIN: Declared(C_("profile rule", "Supplement asked within"), read_span),
    K.OPINION_WITHIN: Declared(C_("profile rule", "Opinion of a department within"), read_span),
    K.PAUSE_DAYS: Declared(C_("profile rule", "Ends of a pause"), read_pause_days, PAUSE_DAYS),
    K.PAUSE_UNTIL: Declared(C_("profile rule", "A pause lasts"), read_pause_until, PAUSE_UNTIL),
    K.RE_EXAM_WITHIN: Declared(C_("profile rule", "Re-examination asked within"), read_span),
    K.SAME_CONTENT_WITHIN: Declared(
        C_("profile rule", "Re-examination if the same was implemented within"), read_span
    ),
    K.REPEATS: Declared(C_("profile rule", "Closing of repeats"), read_repeats),
    K.FOLLOW_UP: Declared(C_("profile rule", "Adopted proposals are followed for"), read_span),
    K.KEEP_NOT_ADOPTED: Declared(
        C_("profile rule", "Proposals not adopted are kept for"), read_span
    ),
    K.EFFECT_AFTER: Declared(C_("profile rule", "Effect measured after"), read_span),
    K.SUPPORT: Declared(C_("profile rule", "Support for a debate"), read_threshold),
    K.DEBATE: Declared(C_("profile rule", "Participants for a review"), read_threshold),
    K.BOARD_CITIZENS: Declared(C_("profile rule", "Citizens on the review board"), read_fraction),
    K.SCORE_MOST: Declared(C_("profile rule", "Most points of a criterion"), read_most),
    K.QUARTER_CHECK: Declared(C_("profile rule", "Quarterly check"), read_flag, YES_NO),
    K.YEAR_REPORT: Declared(C_("profile rule", "Yearly report by"), read_day_of_year),
}


def _place(place: re.Match[str]) -> str:
    """Fill a place of a number format as the first number of this year has it."""
    year = str(clock.today().year)
    held = place[0].strip("{n:}")
    return year[-len(held) :] if held.startswith("Y") else f"{1:0{held or 1}}"


def said(rule: str, value: str) -> str:
    """Say a rule's value in the current language: 1개월, 30일 안에 50; "" is said as none."""
    declared = RULES[rule]
    if declared.words is not None:
        return say(declared.words[value])
    if not value:
        return say(C_("profile rule", "none"))
    read = declared.read(value)
    if rule == K.YEAR_REPORT:
        return words().day(dt.date(2001, *read))
    if rule == K.NUMBER:
        return say(N_("such as {number}"), number=_PLACES.sub(_place, read))
    if rule == K.BOARD_CITIZENS:
        return say(N_("at least {num}/{den}"), num=read[0], den=read[1])
    return str(read)
