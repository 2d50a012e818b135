"""A line of the notes read as an action: what is to be done, by whom, by when."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from gwangju_desktop.forms import writable

_LEAD = re.compile(
    r"^\s*(?:[-*+•○□]\s+)?(?:\[[ xX]?\]\s*)?(?:\d{1,2}:\d{2}\s+)?(?:조치(?:사항)?\s*[:：)]\s*)?"
)
_DAY = (
    r"(?:(?P<y>\d{4})\s*[.\-/년]\s*)?(?P<m>\d{1,2})\s*[.\-/월]\s*(?P<d>\d{1,2})\s*(?:[.일](?!\d))?"
)
# "~ 4. 8.", "기한: 2022. 4. 8.", "4월 8일까지", "due 2022-04-08".
_DUE = re.compile(
    rf"(?:(?:~|기한\s*[:：]?|\bdue\b\s*:?)\s*{_DAY}(?:\s*까지)?"
    rf"|{_DAY.replace('<y>', '<y2>').replace('<m>', '<m2>').replace('<d>', '<d2>')}\s*까지)",
    re.IGNORECASE,
)
# "담당: 에너지산업과", "@에너지산업과" and the same in brackets.
_WHO = re.compile(
    r"(?:담당\s*(?:부서)?\s*[:：]\s*|@)(?P<who>[^\s,，;()（）/·~]+(?:과|국|실|팀|단|구|관|회)?)"
)
_REST = re.compile(r"[(（\[]\s*[,，;·/]*\s*[)）\]]|\s+[,，;/·]\s*$|[,，;]\s*$")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What a line seems to ask for; the department is empty and the day None where it says none."""

    text: str
    department: str
    due_on: dt.date | None


def read_line(line: str, day: dt.date) -> Suggestion:
    """Read one line of notes; a day without a year is the first such day from `day` on.

    The words are kept but for the mark at the beginning and what was understood as department
    and day: nobody has to type them again.
    """
    text = _LEAD.sub("", writable(line).split("\n")[0], count=1)
    due: dt.date | None = None
    found = _DUE.search(text)
    if found is not None:
        parts = found.groupdict()
        due = _day(
            parts["y"] or parts["y2"], parts["m"] or parts["m2"], parts["d"] or parts["d2"], day
        )
        if due is not None:
            text = text[: found.start()] + text[found.end() :]
    department = ""
    who = _WHO.search(text)
    if who is not None:
        department = who["who"]
        text = text[: who.start()] + text[who.end() :]
    return Suggestion(_clean(text), department, due)


def _clean(text: str) -> str:
    before = ""
    while text != before:
        before = text
        text = _REST.sub("", re.sub(r"\s{2,}", " ", text)).strip(" -–·/")
    return text


def _day(year: str | None, month: str, number: str, after: dt.date) -> dt.date | None:
    years = [int(year)] if year else [after.year, after.year + 1]
    for one in years:
        try:
            found = dt.date(one, int(month), int(number))
        except ValueError:
            continue
        if year or found >= after:
            return found
    return None
