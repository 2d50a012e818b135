"""What taking a register over would add, fill in, leave and refuse, without touching anything."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from db.schema.members import Body
from db.vocab import DrawnKind, MeetingState, Outcome
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.meetings import numbers
from gwangju_desktop.meetings.importing import columns, values
from gwangju_desktop.meetings.importing.fields import COUNTS, FIELDS
from gwangju_desktop.meetings.importing.known import Known, minute, pair
from gwangju_desktop.meetings.importing.model import (
    Fill,
    Held,
    HeldItem,
    Item,
    Options,
    Plan,
    Refusal,
    Sitting,
)
from gwangju_desktop.meetings.importing.told import Entry, Sittings, entries
from gwangju_desktop.members.importing.model import SKIP, Change, Choice, Kind, Row
from gwangju_desktop.members.importing.people import LEAVE_OUT
from gwangju_desktop.members.importing.reading import Source
from gwangju_desktop.members.importing.values import fold
from gwangju_desktop.members.rules import named
from gwangju_desktop.sheets.model import Remark, remark
from gwangju_desktop.text import N_, NN_, language, say, words

_LEFT_OUT = remark(N_("Left out by you."))
_WITH_IT = N_("Line {line} of the same meeting is refused.")
_DRAWN = N_("The number was given to a meeting that is no longer here.")
_ITEM_DRAWN = N_("The item number was given to “{title}”.")
_NOT_OVER = N_("{meeting} is not over here: it is gone on with in its own place.")
_DIFFERS = N_("{meeting} is held here otherwise: {what}.")
_NOT_THERE = N_("{meeting} is held here without this item, and its sheet is closed.")
_TIMELESS = NN_(
    "{n} meeting names no time; it stands at 0:00.",
    "{n} meetings name no time; they stand at 0:00.",
)
_WAITING = NN_(
    "{n} deferred item is not taken up again: it comes on the next agenda of its body.",
    "{n} deferred items are not taken up again: they come on the next agenda of their body.",
)
_FOREVER = N_("What is taken over counts as held and cannot be undone.")
FROM_FILE = Choice("file", remark(N_("Take what the file says")))
# What may still be filled in once a meeting is over and its minutes are not yet drafted; who came,
# what was decided and every count are sealed.
_MENDED = ("place", "presiding", "secretary")
_FILLED = (*_MENDED, "reason")
_ITEM_FILLED = ("presenter", "submitter", "remark")
_MOST_NAMED = 3


def plan(
    read: Session,
    *,
    source: Source,
    mapping: Sequence[str],
    options: Options | None = None,
    choices: Mapping[int, str] | None = None,
) -> Plan:
    """Say what becomes of every row; `choices` settle conflicts by line.

    Raises UserError when no column holds the days, or the body named is not there.
    """
    options, choices = options or Options(), choices or {}
    columns.check(source, mapping)
    if options.body_id is not None and read.get(Body, options.body_id) is None:
        raise UserError(N_("There is no body {id}."), id=options.body_id)
    rows = entries(source, mapping)
    sittings = Sittings(read, options)
    sittings.put_together(rows)
    known = Known(read, {sitting.body_id for sitting in sittings.all})
    made = Plan(remarks=list(source.remarks))
    made.ignored = tuple(
        title
        for title, key in zip(source.titles, mapping, strict=True)
        if not key or (key == "body" and options.body_id is not None)
    )
    judge = _Judge(read, known, choices, made, sittings)
    by_line: dict[int, Row] = {}
    for sitting in sittings.all:
        for row in judge.rows(sitting):
            by_line[row.line] = row
    for entry in sittings.lost:
        by_line.setdefault(entry.line, _lost(entry))
    made.rows = [by_line[line] for line in dict.fromkeys(entry.line for entry in rows)]
    _say_of_all(made, judge)
    return made


def _lost(entry: Entry) -> Row:
    assert entry.wrong is not None
    where = str(entry.told.get("body", ""))
    return Row(entry.line, "refused", entry.name, where, entry.wrong.why, entry.wrong.column)


def _say_of_all(made: Plan, judge: _Judge) -> None:
    if not made.new:
        return
    made.remarks.append(remark(_FOREVER))
    timeless = sum(sitting.facts.get("start") is None for sitting in made.new)
    if timeless:
        made.remarks.append(remark(_TIMELESS, n=timeless))
    waiting = judge.waiting()
    if waiting:
        made.remarks.append(remark(_WAITING, n=waiting))


class _Judge:
    """Say of each meeting whether it is new, held already, or cannot be."""

    def __init__(
        self,
        read: Session,
        known: Known,
        choices: Mapping[int, str],
        made: Plan,
        sittings: Sittings,
    ) -> None:
        self.read, self.known, self.choices, self.made = read, known, choices, made
        self.bodies = sittings.bodies.names
        self.forms: dict[tuple[int, dt.date], str] = {}
        self.numbers: dict[tuple[int, int, int], str] = {}

    def rows(self, sitting: Sitting) -> list[Row]:
        """Return the rows of a meeting, and put what it does into the plan."""
        held = None if sitting.refusals else self.known.find(sitting)
        if held is not None:
            return self._compared(sitting, held)
        if not sitting.refusals:
            self._check_numbers(sitting)
        if sitting.refusals:
            return self._refused(sitting)
        self.made.new.append(sitting)
        by_line = {item.line for item in sitting.items}
        found = []
        for line in sitting.lines:
            adds = ("meeting",) if line == sitting.lines[0] else ()
            if line in by_line:
                adds = (*adds, "item")
            if any(self._has_counts(item) for item in sitting.items if item.line == line):
                adds = (*adds, "vote")
            kind: Kind = "add" if adds else "same"
            found.append(Row(line, kind, self._name(sitting, line), self._where(sitting)))
            found[-1].adds = adds
        return found

    def waiting(self) -> int:
        """Count the deferred items no later meeting of the file or the office goes on with."""
        later = [
            (sitting.body_id, sitting.day, item.facts)
            for sitting in self.made.new
            for item in sitting.items
        ]
        later += [
            (held.body_id, held.facts["day"], item.facts)
            for held in self.known.all
            for item in held.items
        ]
        return sum(
            not any(
                body == sitting.body_id and day > sitting.day and same_matter(facts, item.facts)
                for body, day, facts in later
            )
            for sitting in self.made.new
            for item in sitting.items
            if item.facts.get("outcome") == Outcome.DEFERRED
        )

    # --- a new meeting

    def _check_numbers(self, sitting: Sitting) -> None:
        if sitting.facts.get("number") is not None and self.known.meeting_drawn(sitting):
            sitting.refusals.append(Refusal(sitting.lines[0], remark(_DRAWN)))
        for item in sitting.items:
            key = self.item_key(sitting, item)
            if key is None:
                continue
            subject = self.known.drawn.get((key[0], DrawnKind.ITEM.value, *key[1:]))
            other = self.numbers.get(key)
            if subject is not None:
                other = self.known.item_titles.get(subject, "–")
            if other is not None and fold(other) != fold(item.facts["item_title"]):
                why = remark(_ITEM_DRAWN, title=other)
                sitting.refusals.append(Refusal(item.line, why))
            self.numbers.setdefault(key, item.facts["item_title"])

    def item_key(self, sitting: Sitting, item: Item) -> tuple[int, int, int] | None:
        """Return body, year and number an item's number stands for; None for one it does not."""
        key = (sitting.body_id, sitting.day)
        if key not in self.forms:
            self.forms[key] = numbers.form_of(self.read, *_form_args(sitting))
        return number_key(self.forms[key], sitting, item)

    def _refused(self, sitting: Sitting) -> list[Row]:
        """Refuse a meeting whole: half of it would stand there as if it were all."""
        own = {refusal.line: refusal for refusal in reversed(sitting.refusals)}
        first = sitting.refusals[0].line
        found = []
        for line in sitting.lines:
            refusal = own.get(line) or Refusal(line, remark(_WITH_IT, line=first))
            name, where = self._name(sitting, line), self._where(sitting)
            found.append(Row(line, "refused", name, where, refusal.why, refusal.column))
        return found

    # --- a meeting held already

    def _compared(self, sitting: Sitting, held: Held) -> list[Row]:
        taken: set[int] = set()
        return [self._line(sitting, held, line, taken) for line in sitting.lines]

    def _line(self, sitting: Sitting, held: Held, line: int, taken: set[int]) -> Row:
        choice = self.choices.get(line, "")
        row = Row(line, "same", self._name(sitting, line), self._where(sitting))
        row.chosen = choice
        if choice == SKIP:
            row.kind, row.why, row.choices = "refused", _LEFT_OUT, (LEAVE_OUT,)
            return row
        title = held.facts["title"]
        state = MeetingState(held.state)
        if not (state.over or state.dropped):
            return _conflict(row, remark(_NOT_OVER, meeting=title))
        fills: list[Fill] = []
        changes: list[Change] = []
        differing: list[str] = []
        mendable = state == MeetingState.CLOSED
        if line == sitting.lines[0]:
            told = {key: _plain(key, value) for key, value in sitting.facts.items()}
            allowed = (_FILLED, _MENDED) if mendable else ((), ())
            if not _compare(told, held.facts, allowed, choice, changes, differing):
                mendable = False
            fills.append(Fill(held.id, None, _values(changes)))
        for item in sitting.items:
            if item.line != line:
                continue
            other = pair(held.items, item.facts, taken)
            if other is None:
                return _conflict(row, remark(_NOT_THERE, meeting=title))
            taken.add(other.id)
            mendable = self._compare_item(held, item, other, fills, changes, differing, mendable)
        if differing:
            named = "; ".join(differing[:_MOST_NAMED]) + (" …" if differing[_MOST_NAMED:] else "")
            ways = (FROM_FILE,) if mendable else ()
            return _conflict(row, remark(_DIFFERS, meeting=title, what=named), ways)
        if choice:
            row.choices = (FROM_FILE, LEAVE_OUT)
        if changes:
            row.kind, row.changes = "change", tuple(changes)
            self.made.fills.extend(fill for fill in fills if fill.values)
        return row

    @staticmethod
    def _compare_item(
        held: Held,
        item: Item,
        other: HeldItem,
        fills: list[Fill],
        changes: list[Change],
        differing: list[str],
        mendable: bool,
    ) -> bool:
        told = {key: _plain(key, value) for key, value in item.facts.items()}
        filled = _ITEM_FILLED if held.state == MeetingState.CLOSED else ()
        own: list[Change] = []
        mends = _compare(told, other.facts, (filled, ()), "", own, differing)
        fills.append(Fill(held.id, other.id, _values(own)))
        changes.extend(own)
        return mendable and mends

    # --- how rows are listed

    def _name(self, sitting: Sitting, line: int) -> str:
        named = [item.facts["item_title"] for item in sitting.items if item.line == line]
        return str(named[0]) if len(named) == 1 else sitting.title

    def _where(self, sitting: Sitting) -> str:
        return f"{named(*self.bodies[sitting.body_id])} · {words().day(sitting.day, 'full')}"

    @staticmethod
    def _has_counts(item: Item) -> bool:
        return any(key in item.facts for key in COUNTS)


def _form_args(sitting: Sitting) -> tuple[int, str, dt.date]:
    return sitting.body_id, DrawnKind.ITEM.value, sitting.day


def number_key(form: str, sitting: Sitting, item: Item) -> tuple[int, int, int] | None:
    """Return body, counting year and number of an item's number; None for none of this body's."""
    said = values.numbered(item.facts.get("item_number", ""))
    if said is None:
        return None
    year = numbers.year_of(form, sitting.day)
    return sitting.body_id, (said.year or year) if year else 0, said.number


def same_matter(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Say whether two items are about the same: by number where both have one, else by title."""
    first, second = one.get("item_number"), other.get("item_number")
    if first and second:
        return fold(first) == fold(second)
    return fold(str(one.get("item_title", ""))) == fold(str(other.get("item_title", "")))


def _plain(key: str, value: Any) -> Any:
    """Return a value as the office's own is compared: without seconds."""
    if isinstance(value, dt.datetime):
        return minute(clock.local(value))
    if isinstance(value, dt.time):
        return value.replace(second=0)
    return value


def _compare(
    told: Mapping[str, Any],
    held: Mapping[str, Any],
    allowed: tuple[tuple[str, ...], tuple[str, ...]],
    choice: str,
    changes: list[Change],
    differing: list[str],
) -> bool:
    """Sort what differs into changes and conflicts; say whether the file may win all of these."""
    fills, mends = allowed
    all_mend = True
    for key, value in told.items():
        old = held.get(key)
        if value is None or value == old or (value == "" and old is None):
            continue
        blank = old is None or old == ""
        if (blank and key in fills) or (choice == FROM_FILE.key and key in mends):
            changes.append(Change(key, old, value))
            continue
        all_mend = all_mend and key in mends
        differing.append(
            f"{say(FIELDS[key].title)} {shown(key, old) or '–'} → {shown(key, value) or '–'}"
        )
    return all_mend


def _values(changes: Sequence[Change]) -> dict[str, Any]:
    return {change.field: change.new for change in changes}


def _conflict(row: Row, why: Remark, ways: tuple[Choice, ...] = ()) -> Row:
    row.kind, row.why, row.choices = "conflict", why, (*ways, LEAVE_OUT)
    return row


def shown(key: str, value: Any) -> str:
    """Return a fact in words of the current language."""
    if value is None or value == "":
        return ""
    if key in values.SPOKEN:
        return values.spoken(key, value, language())
    if key == "public":
        return say(values.OPEN if value else values.CLOSED)
    if isinstance(value, dt.datetime):
        return words().day(value, "when")
    if isinstance(value, dt.date):
        return words().day(value, "full")
    if isinstance(value, dt.time):
        return f"{value:%H:%M}"
    return str(value)
