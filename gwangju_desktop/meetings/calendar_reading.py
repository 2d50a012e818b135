"""iCalendar files read to plain events: times on the office's clock, recurrence laid out.

Files are read in a child, because they may be hostile, swell or hang. People named in a file,
alarms, to-dos and descriptions are not taken over.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.meetings import recurrence
from gwangju_desktop.meetings.calendar_lines import (
    BODY_MARK,
    KIND_MARK,
    TITLE_MARK,
    Block,
    blocks,
)
from gwangju_desktop.meetings.rules import LONGEST
from gwangju_desktop.sheets import text as sheet_text
from gwangju_desktop.sheets.model import Book, Remark, remark
from gwangju_desktop.sheets.reading import in_child, refused
from gwangju_desktop.text import N_, NN_, Msg, Plural

SUFFIXES = (".ics", ".ical", ".ifb", ".icalendar")
MAX_BYTES = 10 << 20
MOST_EVENTS = 2_000
MOST_TIMES = 200  # meetings of one recurring event
USUAL_MINUTES = 120
PEOPLE = ("ATTENDEE", "ORGANIZER", "CONTACT")


@dataclass(frozen=True, slots=True)
class Event:
    """One event: the line it begins on, its times as (identifier, start), what is known of it.

    `why` says why it cannot be a meeting; `notes` what was read otherwise than written.
    """

    line: int
    title: str
    times: tuple[tuple[str, dt.datetime], ...] = ()
    minutes: int = USUAL_MINUTES
    place: str = ""
    kind: str = ""
    bodies: tuple[str, ...] = ()
    cancelled: bool = False
    why: Remark | None = None
    column: str = ""
    notes: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """A calendar as it was read."""

    name: str
    encoding: str
    events: tuple[Event, ...]
    remarks: tuple[Remark, ...] = ()


def read(path: Path, *, cancelled: Callable[[], bool] | None = None) -> Source:
    """Read a calendar in a child.

    Raises UserError in one sentence naming the file and line, Cancelled when `cancelled()` turns
    true.
    """
    path = Path(path)
    told = in_child("calendar.read", path, {}, cancelled)
    return Source(
        path.name,
        told["encoding"],
        tuple(_event(one) for one in told["events"]),
        tuple(_remark(one) for one in told["remarks"]),
    )


def read_task(asked: dict[str, Any]) -> dict[str, Any]:
    """Read a file: the child's side of `read`."""
    path = Path(asked["path"])
    try:
        source = understand(path)
    except UserError as error:
        return refused(error)
    return {
        "encoding": source.encoding,
        "events": [_told(event) for event in source.events],
        "remarks": [_said(one) for one in source.remarks],
    }


def understand(path: Path) -> Source:
    """Read a calendar here and now."""
    if path.stat().st_size > MAX_BYTES:
        raise UserError(
            N_("{file} is larger than {limit} MB."),
            hint=N_("Export a shorter time."),
            file=path.name,
            limit=MAX_BYTES >> 20,
        )
    book = Book(path.name, "")
    text = sheet_text.decode(book, path.read_bytes()).removeprefix("\ufeff")
    found = blocks(path.name, text)
    places = [block for block in found if block.name == "VEVENT"]
    if not places:
        raise UserError(
            N_("{file} holds no event."),
            hint=N_("There is nothing in it that could be a meeting."),
            file=path.name,
        )
    if len(places) > MOST_EVENTS:
        raise UserError(
            N_("{file} holds {n:,} events; at most {most:,} are read at once."),
            hint=N_("Export a shorter time."),
            file=path.name,
            n=len(places),
            most=MOST_EVENTS,
        )
    components = _components(path.name, text)
    events = [
        _understood(component, place) for component, place in zip(components, places, strict=True)
    ]
    return Source(path.name, book.encoding, tuple(_overridden(events)), tuple(_left_out(found)))


def _components(file: str, text: str) -> list[Any]:
    """Return the library's events in the order of the file."""
    from icalendar import Component

    try:
        roots = Component.from_ical(text, multiple=True)
    except (ValueError, KeyError, IndexError, TypeError, RecursionError) as error:
        raise UserError(
            N_("{file} cannot be read as a calendar: {why}."),
            hint=N_("Export the calendar anew."),
            file=file,
            why=" ".join(str(error).split())[:120],
        ) from error
    return [event for root in roots for event in root.walk("VEVENT")]


def _left_out(found: Iterable[Block]) -> Iterable[Remark]:
    """Say what of a file is not taken over."""
    names = Counter(block.name for block in found)
    words: dict[str, Plural] = {
        "VTODO": NN_("{n} to-do is left out.", "{n} to-dos are left out."),
        "VJOURNAL": NN_("{n} journal entry is left out.", "{n} journal entries are left out."),
        "VFREEBUSY": NN_("{n} free/busy time is left out.", "{n} free/busy times are left out."),
        "VALARM": NN_("{n} alarm is left out.", "{n} alarms are left out."),
    }
    for name, message in words.items():
        if names[name]:
            yield remark(message, n=names[name])
    if any(name in block.properties for block in found for name in PEOPLE):
        yield remark(N_("People named in the file are not taken over."))


class _Refused(Exception):
    """Why an event cannot be a meeting, and the property it is about."""

    def __init__(self, about: str, message: Msg, /, **values: Any) -> None:
        super().__init__(message)
        self.name, self.why = about, remark(message, **values)


def _understood(event: Any, block: Block) -> Event:
    title = " ".join(str(_plain(event, TITLE_MARK) or _plain(event, "SUMMARY")).split())
    try:
        return _read_event(event, block, title)
    except _Refused as refusal:
        return Event(block.where(refusal.name), title, why=refusal.why, column=refusal.name)
    except UserError as error:
        why = remark(error.message, **error.values)
        return Event(block.where("RRULE"), title, why=why, column="RRULE")


def _read_event(event: Any, block: Block, title: str) -> Event:
    for name, why in event.errors:
        raise _Refused(str(name), N_("“{name}” cannot be read: {why}."), name=name, why=str(why))
    notes: list[Remark] = []
    start = _moment(event, "DTSTART")
    if start is None:
        raise _Refused("DTSTART", N_("It has no start."))
    if start.tzinfo is None:
        notes.append(remark(N_("Its time has no zone and is taken for Korean time.")))
    minutes = _minutes(event, start, notes)
    uid = str(_plain(event, "UID")).strip()
    if not uid:
        # The same event read again must find the meeting it made.
        uid = hashlib.sha256(f"{title}\n{start.isoformat()}".encode()).hexdigest()[:32]
    starts = _times(event, start, notes)
    override = _moment(event, "RECURRENCE-ID")
    comes_again = event.get("RRULE") is not None or event.get("RDATE") is not None
    if override is not None:
        times = [(_key(uid, _local(override)), _local(start))]
    elif comes_again:
        times = [(_key(uid, moment), moment) for moment in starts]
    else:
        times = [(uid, _local(start))]
    if not times:
        raise _Refused("RRULE", N_("All dates of the recurrence are taken out again."))
    kind = str(_plain(event, KIND_MARK)).lower()
    return Event(
        line=block.line,
        title=title,
        times=tuple(times),
        minutes=minutes,
        place=" ".join(str(_plain(event, "LOCATION")).split()),
        kind=kind,
        bodies=tuple(_bodies(event)),
        cancelled=str(_plain(event, "STATUS")).upper() == "CANCELLED",
        notes=tuple(notes),
    )


def _overridden(events: Sequence[Event]) -> Iterable[Event]:
    """Let single occurrences that stand for themselves take the place of those of their series.

    An event with an identifier that stood before it is refused.
    """
    single = {key for event in events if len(event.times) == 1 for key, _start in event.times}
    seen: dict[str, int] = {}
    for event in events:
        keys = [key for key, _start in event.times]
        if len(keys) > 1:
            kept = tuple(pair for pair in event.times if pair[0] not in single)
            event = replace(event, times=kept)
            keys = [key for key, _start in kept]
        before = next((seen[key] for key in keys if key in seen), None)
        if before is not None:
            why = remark(N_("Line {line} has the same identifier (UID)."), line=before)
            yield Event(event.line, event.title, why=why, column="UID")
            continue
        seen.update((key, event.line) for key in keys)
        yield event


def _key(uid: str, moment: dt.datetime) -> str:
    """Name one occurrence of a series by the moment its rule has it at."""
    return f"{uid}#{moment:%Y%m%dT%H%M}"


def _plain(event: Any, name: str) -> Any:
    held = event.get(name)
    if isinstance(held, list):
        held = held[0] if held else None
    return "" if held is None else held


def _moment(event: Any, name: str) -> dt.datetime | None:
    """Return a moment: aware, or naive where the file gives no zone."""
    held = event.get(name)
    if held is None:
        return None
    if isinstance(held, list):
        raise _Refused(name, N_("“{name}” stands there more than once."), name=name)
    value = held.dt
    if not isinstance(value, dt.datetime):
        message = N_("It takes the whole day {day:full}, without a time.")
        raise _Refused(name, message, day=value)
    zone = held.params.get("TZID")
    if value.tzinfo is None and zone is not None:
        raise _Refused(name, N_("The time zone “{zone}” is not known."), zone=str(zone))
    return value


def _local(moment: dt.datetime) -> dt.datetime:
    """Return a moment on the office's clock; one without a zone is taken for its time."""
    if moment.tzinfo is None:
        return moment.replace(tzinfo=clock.KST)
    return moment.astimezone(clock.KST)


def _minutes(event: Any, start: dt.datetime, notes: list[Remark]) -> int:
    end = _moment(event, "DTEND")
    if end is not None:
        length = _local(end) - _local(start)
        name = "DTEND"
    elif event.get("DURATION") is not None:
        length = event.get("DURATION").dt
        name = "DURATION"
    else:
        notes.append(remark(N_("It has no end and is taken for {n} minutes."), n=USUAL_MINUTES))
        return USUAL_MINUTES
    minutes = int(length.total_seconds() // 60)
    if minutes < 1:
        raise _Refused(name, N_("It ends before it begins."))
    if minutes > LONGEST:
        raise _Refused(name, N_("It takes more than a day."))
    return minutes


def _times(event: Any, start: dt.datetime, notes: list[Remark]) -> list[dt.datetime]:
    """Lay a recurring event out: its rule, added dates, without the dates taken out."""
    zone = start.tzinfo
    first = start.replace(tzinfo=None)
    moments = [first]
    rule = event.get("RRULE")
    if isinstance(rule, list):
        raise _Refused("RRULE", N_("“{name}” stands there more than once."), name="RRULE")
    if rule is not None:
        text = rule.to_ical().decode()
        moments, whole = recurrence.expand(text, first, MOST_TIMES, zone)
        if not whole:
            message = N_("It goes on without end: the first {n} are taken.")
            notes.append(remark(message, n=len(moments)))
    moments += [moment for moment in _dates(event, "RDATE", zone) if moment not in moments]
    out = set(_dates(event, "EXDATE", zone))
    left = sorted(moment for moment in moments if moment not in out)[:MOST_TIMES]
    return [_local(moment.replace(tzinfo=zone)) for moment in left]


def _dates(event: Any, name: str, zone: dt.tzinfo | None) -> list[dt.datetime]:
    """Return the dates of EXDATE or RDATE on the wall clock of the event's start."""
    held = event.get(name)
    if held is None:
        return []
    found = []
    for dates in held if isinstance(held, list) else [held]:
        for one in dates.dts:
            value = one.dt[0] if isinstance(one.dt, tuple) else one.dt
            if not isinstance(value, dt.datetime):
                raise _Refused(name, N_("“{name}” names no dates."), name=name)
            if value.tzinfo is not None and zone is not None:
                value = value.astimezone(zone)
            found.append(value.replace(tzinfo=None))
    return found


def _bodies(event: Any) -> Iterable[str]:
    """Return what may be the name of the body: our own mark, categories."""
    marked = str(_plain(event, BODY_MARK)).strip()
    if marked:
        yield marked
    held = event.get("CATEGORIES")
    for one in held if isinstance(held, list) else [held]:
        if one is not None:
            yield from (str(word).strip() for word in one.cats)


def _said(one: Remark | None) -> Any:
    if one is None:
        return None
    many = one.message.many if isinstance(one.message, Plural) else ""
    values = {
        name: {"date": value.isoformat()} if isinstance(value, dt.date) else value
        for name, value in one.values.items()
    }
    return {"message": str(one.message), "many": many, "values": values}


def _remark(told: Any) -> Remark:
    values = {
        name: dt.date.fromisoformat(value["date"]) if isinstance(value, dict) else value
        for name, value in told["values"].items()
    }
    if told["many"]:
        return Remark(Plural(told["message"], told["many"]), values)
    return Remark(Msg(told["message"]), values)


def _told(event: Event) -> dict[str, Any]:
    return {
        "line": event.line,
        "title": event.title,
        "times": [(key, moment.isoformat()) for key, moment in event.times],
        "minutes": event.minutes,
        "place": event.place,
        "kind": event.kind,
        "bodies": event.bodies,
        "cancelled": event.cancelled,
        "why": _said(event.why),
        "column": event.column,
        "notes": [_said(note) for note in event.notes],
    }


def _event(told: dict[str, Any]) -> Event:
    return Event(
        line=told["line"],
        title=told["title"],
        times=tuple((key, dt.datetime.fromisoformat(moment)) for key, moment in told["times"]),
        minutes=told["minutes"],
        place=told["place"],
        kind=told["kind"],
        bodies=tuple(told["bodies"]),
        cancelled=told["cancelled"],
        why=_remark(told["why"]) if told["why"] else None,
        column=told["column"],
        notes=tuple(_remark(note) for note in told["notes"]),
    )
