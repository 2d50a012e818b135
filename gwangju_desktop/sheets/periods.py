"""Periods as spreadsheets write them, whole or in parts."""

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange
from functools import lru_cache
from typing import NamedTuple

from gwangju_desktop.sheets.cells import split_status, tidy

GRAINS = ("none", "year", "quarter", "month", "day", "hour")

# Ends the name of an hour that stands a second time when summer time ends.
FOLD = "*"
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
# Two-digit years from here on are of the last century.
_LAST_CENTURY = 60


class Period(NamedTuple):
    """A period whose parts may be unknown; parts of title, row and column are merged.

    `hour` runs 1 to 24 where the publisher writes the hour's end, and 24 stays in its day.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    hour: int | None = None
    quarter: int | None = None
    status: str | None = None

    def merge(self, other: Period) -> Period | None:
        """Return both together, or None when they contradict each other."""
        if other == NOTHING:
            return self
        if self == NOTHING:
            return other
        parts = []
        for mine, theirs in zip(self, other, strict=True):
            if mine is not None and theirs is not None and mine != theirs:
                return None
            parts.append(theirs if mine is None else mine)
        return Period(*parts)  # type: ignore[arg-type]

    @property
    def code(self) -> str | None:
        """The period's name, 2024, 2024-Q1, 2024-01, 2024-01-31 or 2024-01-31T24, if whole."""
        if self.year is None:
            return None
        if self.day is not None and self.month is None:
            return None
        if self.hour is not None and self.day is None:
            return None
        code = f"{self.year:04d}"
        if self.quarter is not None and self.month is None:
            return f"{code}-Q{self.quarter}"
        if self.month is not None:
            code += f"-{self.month:02d}"
        if self.day is not None:
            code += f"-{self.day:02d}"
        if self.hour is not None:
            code += f"T{self.hour:02d}"
        return code

    @property
    def grain(self) -> str:
        """The finest part that is known: one of GRAINS."""
        known = (self.year, self.quarter, self.month, self.day, self.hour)
        for name, part in zip(reversed(GRAINS), reversed(known), strict=False):
            if part is not None:
                return name
        return "none"

    def finer(self, other: Period) -> bool:
        """Say whether this period is a part of a longer one."""
        return GRAINS.index(self.grain) > GRAINS.index(other.grain)


NOTHING = Period()

_MONTHS = {
    name: place + 1
    for place, name in enumerate(
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
    )
}
# Each letter names the part that the group in its place holds; capital Y is a two-digit year.
_FORMS = [
    (re.compile(form, re.IGNORECASE | re.ASCII), parts)
    for form, parts in (
        (
            r"'?(\d{4})[.\-/]? ?년? ?(\d{1,2})[.\-/]? ?월? ?(\d{1,2})[.일]?"
            r"(?:[ T]+(\d{1,2})(?::\d{2}(?::\d{2}(?:\.0+)?)?|시))?",
            "ymdh",
        ),
        (r"(\d{4})(\d{2})(\d{2})(\d{2})?", "ymdh"),
        (r"(\d{4}) ?(?:년|[.\-/]) ?(\d{1,2}) ?[월.]?(?:분)?", "ym"),
        (r"(\d{4})(\d{2})", "ym"),
        (r"'?(\d{2}) ?년 ?(\d{1,2}) ?월", "Ym"),
        (r"'(\d{2})[.\-/] ?(\d{1,2})\.?", "Ym"),
        (r"(\d{4}) ?(?:년|[.\-/])? ?(?:q|제?)?([1-4]) ?(?:/4)? ?분기", "yq"),
        (r"(\d{4})[ \-.]?q([1-4])", "yq"),
        (r"제?([1-4])(?:/4)? ?분기", "q"),
        (r"'?(\d{4}) ?(?:년도?|\.)?", "y"),
        (r"'(\d{2})년?", "Y"),
        (r"(\d{1,2}) ?[월月](?:분)?", "m"),
        (r"h?(\d{1,2}) ?(?:시|h|:00)", "h"),
        (r"(\d{1,2}) ?일", "d"),
    )
]
_WHOLE_DATE = re.compile(r"\d{4}[.\-/년월 ]+\d{1,2}[.\-/년월 ]+\d{1,2}|\d{8}|\d{10}", re.ASCII)
_ENGLISH = re.compile(
    r"(?:(\d{4})[ \-.])?([a-z]{3})[a-z]*\.?(?:[ \-]('?\d{2}|\d{4}))?", re.IGNORECASE | re.ASCII
)
_RANGE_OR_STAMP = re.compile(r"~|∼|[-–]\s*'?\d{2,4}\s*년?\)?$|다운|조회|작성|갱신")
_MONTH_ALONE = re.compile(r"\d{4}[-.]\d{1,2}", re.ASCII)
_IN_TITLES = re.compile(
    r"(?<!\d)(?:19|20)\d{2}\s*(?:년|[.\-/])\s*\d{1,2}\s*(?:월|(?![\d.\-/]))"
    r"|(?<!\d)(?:19|20)\d{2}\s*년(?!\s*\d)"
    r"|^(?:19|20)\d{2}(?:\d{2})?$"
    r"|(?<!\d)(?:19|20)\d{2}년도"
)
_NAME_YEAR_MONTH = re.compile(r"(?<!\d)((?:19|20)\d{2})[-_. ]?(0[1-9]|1[0-2])(?!\d)")
_NAME_SHORT_MONTH = re.compile(r"(?<!\d)(\d{2})(0[1-9]|1[0-2])(?!\d)")
_NAME_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)")
_NAME_SHORT_YEAR = re.compile(r"(?<!\d)(\d{2})(?!\d)")


@lru_cache(1 << 18)
def period(cell: object, bare: bool = True) -> Period | None:
    """Return the period a cell names, or None.

    Without `bare`, four or six digits that carry no date sign are no period: they may be values.
    """
    if isinstance(cell, dt.datetime):
        hour = cell.hour if cell.hour or cell.minute else None
        return Period(cell.year, cell.month, cell.day, hour)
    if isinstance(cell, dt.date):
        return Period(cell.year, cell.month, cell.day)
    if isinstance(cell, float) and not cell.is_integer():
        # 2021.1 as a number may be January or October.
        return None
    text = tidy(cell)
    if not text or len(text) > 24 or (not bare and text.isdigit()):
        return None
    shorter, status = split_status(text)
    if len(shorter) >= 4:
        text = shorter
    else:
        status = None
    if word := _ENGLISH.fullmatch(text):
        return _english(word)
    for form, parts in _FORMS:
        hit = form.fullmatch(text)
        if hit is None or (parts == "ymdh" and not _WHOLE_DATE.match(text)):
            continue
        found = _checked(dict(zip(parts, hit.groups(), strict=True)), status)
        if found:
            return found
    return None


def titled(texts: list[str]) -> Period:
    """Return the one period that titles and sheet name agree on; ranges and stamps are none."""
    whole = NOTHING
    for text in texts:
        if _RANGE_OR_STAMP.search(text) and not _MONTH_ALONE.fullmatch(text.strip()):
            continue
        for hit in _IN_TITLES.findall(text):
            found = period(hit.strip())
            if found is None:
                continue
            merged = whole.merge(found._replace(status=None))
            if merged is None:
                return NOTHING
            whole = merged
    return whole


def proposals(stem: str, grain: str) -> list[str]:
    """Return the periods a file's name may mean, for a question and never for an answer.

    2002.xlsx is February 2020 to the power company and a year to everybody else.
    """
    found = [f"{year}-{month}" for year, month in _NAME_YEAR_MONTH.findall(stem)]
    if grain == "month":
        found += [f"20{year}-{month}" for year, month in _NAME_SHORT_MONTH.findall(stem)]
    else:
        found += _NAME_YEAR.findall(stem)
        found += [f"20{year}" for year in _NAME_SHORT_YEAR.findall(stem)]
    return list(dict.fromkeys(found))


def _english(word: re.Match[str]) -> Period | None:
    month = _MONTHS.get(word[2].casefold())
    if month is None:
        return None
    year = (word[1] or word[3] or "").lstrip("'")
    if not year:
        return Period(month=month)
    return Period(int(year) + (2000 if len(year) == 2 else 0), month)


def _checked(groups: dict[str, str | None], status: str | None) -> Period | None:
    parts = {name: int(text) for name, text in groups.items() if text is not None}
    if "Y" in parts:
        parts["y"] = parts["Y"] + (1900 if parts["Y"] >= _LAST_CENTURY else 2000)
    limits = {"y": (_FIRST_YEAR, _LAST_YEAR), "m": (1, 12), "d": (1, 31), "h": (0, 24)}
    for name, (low, high) in limits.items():
        if name in parts and not low <= parts[name] <= high:
            return None
    if {"y", "m", "d"} <= parts.keys() and parts["d"] > monthrange(parts["y"], parts["m"])[1]:
        # 29 February of an ordinary year.
        return None
    get = parts.get
    return Period(get("y"), get("m"), get("d"), get("h"), get("q"), status)
