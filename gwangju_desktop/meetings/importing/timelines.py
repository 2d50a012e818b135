"""Timelines an assembly's video minutes publish: JSON objects in the cells of a CSV file.

Each object is one sitting with its agenda (angun) and its recording (movieList), whose chapters say
at what clock time which items were taken up and decided.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator
from typing import Any

from gwangju_desktop.errors import UserError
from gwangju_desktop.sheets.model import Book
from gwangju_desktop.text import N_

FORM = "timeline"
COLUMNS = (
    *("title", "body", "day", "start", "end"),
    *("label", "item_title", "begun", "ended", "outcome"),
)
_BODY = re.compile(r"제\s*\d+\s*차\s+([^\s,][^,]*)")
_CHAPTER = re.compile(
    r"의사일정\s*제(\d+)항(?:\s*~\s*제(\d+)항)?\s*(?:\S*\s)?(상정|의결|가결|부결|보류)"
)
_LABEL = re.compile(r"^\s*\d+\.\s*")
_DAY = dt.timedelta(days=1)


def are(book: Book) -> bool:
    """Say whether a file is such a list: one column whose first cell is a sitting in JSON."""
    rows = book.sheets[0].rows if len(book.sheets) == 1 else []
    if book.form != "csv" or not rows or any(len(row) != 1 for row in rows):
        return False
    first = rows[0][0]
    return isinstance(first, str) and first.lstrip().startswith("{") and '"confDate"' in first


def rows_of(book: Book) -> dict[str, Any]:
    """Return the sittings as a child's answer: one row an item, all of a record on its line.

    Raises UserError for a record that is no JSON.
    """
    cells: list[list[str]] = [list(COLUMNS)]
    lines = [0]
    for line, row in enumerate(book.sheets[0].rows, 1):
        for told in _rows(_record(book.name, line, row[0])):
            cells.append([told.get(column, "") for column in COLUMNS])
            lines.append(line)
    return {
        "form": FORM,
        "encoding": book.encoding,
        "cells": cells,
        "lines": lines,
        "head": 0,
        "remarks": [],
    }


def _record(name: str, line: int, cell: object) -> dict[str, Any]:
    try:
        found = json.loads(str(cell))
    except (json.JSONDecodeError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise UserError(
            N_("{file} is damaged: line {line} is no JSON."),
            hint=N_("Get it anew from where it came."),
            file=name,
            line=line,
        )
    return found


def _rows(record: dict[str, Any]) -> Iterator[dict[str, str]]:
    title = _text(record, "confTitle")
    body = _BODY.search(title)
    movies = _objects(record, "movieList")
    start = _text(record, "confOpenTime")
    meeting = {
        "title": title,
        "body": body[1] if body else _text(record, "commName"),
        "day": _text(record, "confDate"),
        "start": start,
        "end": _end(movies),
    }
    items = _objects(record, "angun")
    if not items:
        yield meeting
    begun, done = _chapters(movies)
    for n, item in enumerate(items, 1):
        decided = done.get(n)
        yield {
            **meeting,
            "label": str(n),
            "item_title": _LABEL.sub("", _text(item, "billname")),
            "begun": begun.get(n, ""),
            "ended": decided[0] if decided else "",
            "outcome": decided[1] if decided else "",
        }


def _chapters(movies: list[dict[str, Any]]) -> tuple[dict[int, str], dict[int, tuple[str, str]]]:
    """Return when items were taken up, and when and how they were decided, by their number."""
    begun: dict[int, str] = {}
    done: dict[int, tuple[str, str]] = {}
    for movie in movies:
        for chapter in _objects(movie, "subList"):
            at = _text(chapter, "realTime")
            for first, last, what in _CHAPTER.findall(_text(chapter, "movieTitle")):
                for n in range(int(first), min(int(last or first), 999) + 1):
                    if what == "상정":
                        begun.setdefault(n, at)
                    else:
                        done[n] = (at, what)
    return begun, done


def _end(movies: list[dict[str, Any]]) -> str:
    """Return the clock time at which the last recording ends."""
    if not movies:
        return ""
    try:
        start, length = (_clock(_text(movies[-1], key)) for key in ("realTime", "playTime"))
    except ValueError:
        return ""
    seconds = int(((start + length) % _DAY).total_seconds())
    return f"{seconds // 3600:02}:{seconds % 3600 // 60:02}:{seconds % 60:02}"


def _clock(text: str) -> dt.timedelta:
    hours, minutes, seconds = (int(part) for part in text.split(":"))
    return dt.timedelta(hours=hours, minutes=minutes, seconds=seconds)


def _objects(record: dict[str, Any], key: str) -> list[dict[str, Any]]:
    held = record.get(key)
    return [one for one in held if isinstance(one, dict)] if isinstance(held, list) else []


def _text(record: dict[str, Any], key: str) -> str:
    held = record.get(key)
    return " ".join(held.split()) if isinstance(held, str) else ""
