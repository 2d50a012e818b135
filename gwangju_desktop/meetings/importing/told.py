"""The rows of a register put together to meetings: one row an item, or one row a meeting."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from db.vocab import DrawnKind, Outcome
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import tidy, writable
from gwangju_desktop.meetings import numbers
from gwangju_desktop.meetings.importing import times, values
from gwangju_desktop.meetings.importing.fields import COUNTS, FIELDS, OF_ITEM, OF_MEETING
from gwangju_desktop.meetings.importing.model import Item, Options, Refusal, Sitting
from gwangju_desktop.meetings.importing.values import Number, When
from gwangju_desktop.members.importing import values as members
from gwangju_desktop.members.importing.known import Bodies
from gwangju_desktop.members.importing.reading import Source
from gwangju_desktop.members.importing.values import fold
from gwangju_desktop.sheets.model import Remark, remark
from gwangju_desktop.text import N_, Msg

_NO_BODY = N_("There is no body “{name}”.")
_MANY_BODIES = N_("Several bodies are called “{name}”.")
_WHICH_BODY = N_("The row names no body.")
_WHICH_MEETING = N_("The row names no meeting, and none stands above it.")
_NO_DAY = N_("The day of the meeting is missing.")
_AHEAD = N_("{day:full} lies ahead: plan that meeting instead of importing it.")
_OTHER_YEAR = N_("The number names the year {year}, the meeting was in {held}.")
_SAME_NUMBER = N_("Line {line} gives the same number to the meeting of {day:full}.")
_OTHERWISE = N_("Line {line} says something else of the same meeting: {field}.")
_NO_TITLE = N_("The item has no title.")
_TWICE = N_("Line {line} already has this item of the meeting.")
_MORE_THAN_ENROLLED = N_("{present} were present, but only {enrolled} were enrolled.")
_MORE_VOTES = N_("{cast} votes are counted, but only {most} were there.")
_NOT_HELD = N_("The meeting was not held: nothing can have been decided on “{title}”.")
_WITHOUT_SITTING = (Outcome.DEFERRED, Outcome.WITHDRAWN)
# What names a meeting; a row without any of it goes on with the meeting above.
_NAMES = ("body", "number", "day", "title")
_PROSE = {key for key, field in FIELDS.items() if field.read is members.text}


@dataclass(slots=True)
class Entry:
    """One row of the file: what it says of each field, and the first thing wrong with it."""

    line: int
    told: dict[str, Any] = field(default_factory=dict)
    wrong: Refusal | None = None

    def refuse(self, message: Msg, column: str = "", **said: Any) -> None:
        """Note what is wrong, unless something was before."""
        if self.wrong is None:
            self.wrong = Refusal(self.line, remark(message, **said), column)

    @property
    def name(self) -> str:
        """What the row is listed by: its item, else its meeting."""
        number = self.told.get("number")
        return str(
            self.told.get("item_title")
            or self.told.get("title")
            or (number.text if isinstance(number, Number) else "")
        )


def entries(source: Source, mapping: Sequence[str]) -> list[Entry]:
    """Read every row; a cell that cannot be read is the row's refusal."""
    names = dict(zip(mapping, source.titles, strict=True))
    return [_entry(line, cells, mapping, names) for line, cells in source.rows]


def _entry(
    line: int, cells: Sequence[str], mapping: Sequence[str], names: Mapping[str, str]
) -> Entry:
    entry = Entry(line)
    raw = {key: cell for key, cell in zip(mapping, cells, strict=True) if key and cell.strip()}
    for key, cell in raw.items():
        try:
            text = tidy({key: cell}, FIELDS)[key] if key in _PROSE else writable(cell)
            if text:
                entry.told[key] = FIELDS[key].read(text)
        except UserError as error:
            if entry.wrong is None:
                why = Remark(error.message, dict(error.values))
                entry.wrong = Refusal(line, why, names[key])
    return entry


class Sittings:
    """Put rows together to meetings of known bodies."""

    def __init__(self, read: Session, options: Options) -> None:
        self.read, self.options = read, options
        self.bodies = Bodies(read)
        self.all: list[Sitting] = []
        self.of_line: dict[int, Sitting] = {}
        self.lost: list[Entry] = []
        self._by_key: dict[tuple[object, ...], Sitting] = {}
        self._forms: dict[tuple[int, dt.date], str] = {}
        self._last: Sitting | None = None
        self._said: dict[tuple[int, str], int] = {}
        self._refused: Entry | None = None

    def put_together(self, rows: Sequence[Entry]) -> None:
        """Give every row its meeting; rows that name none that can be are in `lost`."""
        for entry in rows:
            sitting = self._sitting(entry)
            if sitting is None:
                self.lost.append(entry)
                continue
            self._last = sitting
            self.of_line[entry.line] = sitting
            if entry.line not in sitting.lines:
                sitting.lines.append(entry.line)
            self._take_facts(sitting, entry)
            self._take_item(sitting, entry)
            if entry.wrong is not None:
                sitting.refusals.append(entry.wrong)
        for sitting in self.all:
            _settle(sitting)
            _check_counts(sitting)

    # --- whose row it is

    def _sitting(self, entry: Entry) -> Sitting | None:
        if not any(key in entry.told for key in _NAMES):
            if self._refused is not None:
                entry.wrong = entry.wrong or _again(self._refused, entry.line)
                return None
            if self._last is None:
                entry.refuse(_WHICH_MEETING)
            return self._last
        self._refused = None
        body_id = self._body(entry)
        sitting = None if body_id is None else self._named(entry, body_id)
        if sitting is None:
            self._refused = entry
        return sitting

    def _named(self, entry: Entry, body_id: int) -> Sitting | None:
        number: Number | None = entry.told.get("number")
        said: When | None = entry.told.get("day")
        day = None if said is None else said.day
        last = self._last if self._last and self._last.body_id == body_id else None
        if day is None:
            if last is not None and self._goes_on(last, entry):
                return last
            entry.refuse(_NO_DAY)
            return None
        if day > clock.today():
            entry.refuse(_AHEAD, day=day)
            return None
        if number is None:
            if last is not None and last.day == day and self._goes_on(last, entry):
                return last
            return self._one(("day", body_id, day, *_moment_and_title(entry)), body_id, day)
        form = self._form(body_id, day)
        year = numbers.year_of(form, day)
        if number.year is not None and number.year != day.year:
            entry.refuse(_OTHER_YEAR, year=number.year, held=day.year)
        sitting = self._one(("number", body_id, year, number.number), body_id, day)
        sitting.number_year = year
        if sitting.day != day:
            entry.refuse(_SAME_NUMBER, line=sitting.lines[0], day=sitting.day)
            again = remark(_SAME_NUMBER, line=entry.line, day=day)
            sitting.refusals.append(Refusal(sitting.lines[0], again))
        return sitting

    def _goes_on(self, last: Sitting, entry: Entry) -> bool:
        """Say whether a row that does not name everything goes on with the meeting above."""
        number: Number | None = entry.told.get("number")
        title = entry.told.get("title")
        start: When | None = entry.told.get("start")
        told = last.facts
        return (
            (number is None or number.number == told.get("number"))
            and (title is None or fold(title) == fold(told.get("title", "")))
            and (start is None or start == told.get("start"))
        )

    def _one(self, key: tuple[object, ...], body_id: int, day: dt.date) -> Sitting:
        if key not in self._by_key:
            self._by_key[key] = Sitting(body_id, day)
            self.all.append(self._by_key[key])
        return self._by_key[key]

    def _body(self, entry: Entry) -> int | None:
        if self.options.body_id is not None:
            return self.options.body_id
        name = entry.told.get("body", "")
        if not name:
            if self._last is not None:
                return self._last.body_id
            entry.refuse(_WHICH_BODY)
            return None
        found = self.bodies.called(name)
        if len(found) == 1:
            return next(iter(found))
        entry.refuse(_MANY_BODIES if found else _NO_BODY, name=name)
        return None

    def _form(self, body_id: int, day: dt.date) -> str:
        key = (body_id, day)
        if key not in self._forms:
            self._forms[key] = numbers.form_of(self.read, body_id, DrawnKind.MEETING, day)
        return self._forms[key]

    # --- what it says

    def _take_facts(self, sitting: Sitting, entry: Entry) -> None:
        for key in OF_MEETING:
            if key == "body" or key not in entry.told:
                continue
            value = entry.told[key]
            if isinstance(value, Number):
                value = value.number
            first = sitting.facts.setdefault(key, value)
            self._said.setdefault((id(sitting), key), entry.line)
            if first != value and not _same_day(key, first, value):
                line = self._said[id(sitting), key]
                entry.refuse(_OTHERWISE, line=line, field=FIELDS[key].title)

    def _take_item(self, sitting: Sitting, entry: Entry) -> None:
        facts = {key: entry.told[key] for key in OF_ITEM if key in entry.told}
        if not facts:
            return
        if "item_title" not in facts:
            # A remark on a meeting without an agenda stands in its only row.
            if facts.keys() <= {"remark"}:
                sitting.facts.setdefault("reason", facts["remark"])
                return
            entry.refuse(_NO_TITLE)
            return
        item = Item(entry.line, facts)
        for other in sitting.items:
            if _same_item(other.facts, facts):
                entry.refuse(_TWICE, line=other.line)
                return
        sitting.items.append(item)


def _again(refused: Entry, line: int) -> Refusal:
    assert refused.wrong is not None
    return Refusal(line, refused.wrong.why, refused.wrong.column)


def _same_day(key: str, first: object, value: object) -> bool:
    """Say whether a row only leaves the time of the day out."""
    return (
        key == "day"
        and isinstance(first, When)
        and isinstance(value, When)
        and (value.day, value.first) == (first.day, None)
    )


def _moment_and_title(entry: Entry) -> tuple[object, ...]:
    day, start = entry.told["day"], entry.told.get("start")
    return (start.first if start else day.first, fold(entry.told.get("title", "")))


def _same_item(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Say whether two rows tell of one item; a title alone, a break's say, may come twice."""
    number = one.get("item_number")
    return one == other or (number is not None and number == other.get("item_number"))


def _settle(sitting: Sitting) -> None:
    """Turn what was said of times into moments; an impossible one refuses the meeting."""
    facts = sitting.facts
    try:
        start, end = times.of_meeting(sitting.day, facts)
    except times.Wrong as wrong:
        sitting.refusals.append(Refusal(sitting.lines[0], wrong.why))
        return
    facts.update({"day": sitting.day, "start": start, "end": end})
    for item in sitting.items:
        try:
            times.of_item(sitting.day, start, end, item.facts)
        except times.Wrong as wrong:
            sitting.refusals.append(Refusal(item.line, wrong.why))


def _check_counts(sitting: Sitting) -> None:
    """Refuse more present than enrolled, and more votes than there were people."""
    enrolled, present = sitting.facts.get("enrolled"), sitting.facts.get("present")
    if enrolled is not None and present is not None and present > enrolled:
        why = remark(_MORE_THAN_ENROLLED, present=present, enrolled=enrolled)
        sitting.refusals.append(Refusal(sitting.lines[0], why, ""))
    dropped = sitting.facts.get("state", values.HELD) != values.HELD
    most = present if present is not None else enrolled
    for item in sitting.items:
        cast = sum(item.facts.get(key, 0) for key in COUNTS)
        if dropped and (cast or item.facts.get("outcome") not in (None, *_WITHOUT_SITTING)):
            why = remark(_NOT_HELD, title=item.facts["item_title"])
            sitting.refusals.append(Refusal(item.line, why))
        if most is not None and cast > most:
            why = remark(_MORE_VOTES, cast=cast, most=most)
            sitting.refusals.append(Refusal(item.line, why))
