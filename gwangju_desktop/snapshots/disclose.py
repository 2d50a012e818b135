"""Read the office through the disclosure policy: what goes out, and what must not be found in it."""

from __future__ import annotations

import datetime as dt
import itertools
import json
import operator
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from db import schema
from db.vocab import FindKind
from gwangju_desktop import clock, settings
from gwangju_desktop.snapshots import derived, passing, poll_cells, reviewing, scanning, vocabulary
from gwangju_desktop.snapshots import policy as policies
from gwangju_desktop.snapshots.columns import Columns
from gwangju_desktop.snapshots.explaining import codebook, referred, type_of, withheld
from gwangju_desktop.snapshots.passing import Known, Passing
from gwangju_desktop.snapshots.policy import ColumnPolicy, Policy, TablePolicy
from gwangju_desktop.snapshots.reviewing import Decisions, Find, Reviewer
from gwangju_desktop.snapshots.scanning import Hidden
from gwangju_desktop.snapshots.shapes import CODEBOOK, META, WITHHELD, WORDS
from gwangju_desktop.snapshots.sqlite_file import Row, Shape, Value

BASE = schema.Base
schema.everything()


@dataclass(slots=True)
class Disclosed:
    """The tables of a snapshot in order, and the texts that may stand nowhere in it.

    `sought` maps each such text to the table.column it is from; `let_out` the ones that somebody
    decided to show in one place: elsewhere they are sought in the texts by `blanked`, which maps a
    text that goes out to the same text without what was decided. `masked` counts what review hid,
    `finds` is all it found. `polls` are the releases of waves that go out with it.
    """

    tables: list[tuple[Shape, list[Row]]]
    sought: dict[str, str]
    masked: int
    let_out: dict[str, str]
    blanked: dict[str, str]
    finds: list[Find]
    polls: poll_cells.Given

    @property
    def rows(self) -> dict[str, int]:
        """Return the number of rows of each table."""
        return {shape.name: len(rows) for shape, rows in self.tables}

    def withhold(self, lines: Iterable[Row]) -> None:
        """Add lines to the list of what was withheld."""
        next(rows for shape, rows in self.tables if shape is WITHHELD).extend(lines)


def columns_of_all_tables() -> dict[str, list[str]]:
    """Return every mapped column by table, to hold against the policy."""
    tables = BASE.metadata.tables.values()
    return {table.name: [column.name for column in table.columns] for table in tables}


@dataclass(frozen=True, slots=True)
class Fetched:
    """One table as it was read: the rows, with the columns that are shown or sought."""

    policy: TablePolicy
    rows: Columns


@dataclass(slots=True)
class _Raw:
    """One table as rules see it."""

    policy: TablePolicy
    table: Table
    rows: Columns


@dataclass(slots=True)
class _Findings:
    """What the first pass over the rows collects for the second."""

    rules: Passing
    disclosed: set[str] = field(default_factory=set)
    sought: dict[str, str] = field(default_factory=dict)
    hidden: dict[str, FindKind] = field(default_factory=dict)
    left_out: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Office:
    """What was read of the office: its tables, what each derived table gathered, what was decided.

    `known` is what the rules must know that goes into no copy.
    """

    tables: list[Fetched]
    gathered: dict[str, Any]
    decided: Decisions
    known: Known
    polls: poll_cells.Before


def fetch(read: Session, policy: Policy) -> Office:
    """Read what the policy needs, all of it in this one transaction; raises PolicyGap.

    Nothing else is done here: a reader that stays keeps the office from saving.
    """
    policy.check(columns_of_all_tables())
    found = []
    for entry in policy.tables.values():
        names = tuple(c.name for c in entry.columns if c.action != "omit")
        if names:
            table = BASE.metadata.tables[entry.name]
            query = select(*[table.c[name] for name in names])
            if entry.needs:
                there = select(BASE.metadata.tables[entry.needs.of].c.id)
                query = query.where(table.c[entry.needs.name].in_(there))
            found.append(Fetched(entry, Columns.read(names, read.execute(query))))
    once = {table.gather: table.gather(read) for table in derived.tables()}
    gathered = {table.name: once[table.gather] for table in derived.tables()}
    known = Known(passing.consented(read), policy.k(settings.value(read, settings.SMALL_CELL)))
    polls = poll_cells.before(read, policy.smallest)
    return Office(found, gathered, reviewing.decisions(read), known, polls)


class _Context:
    """What derived tables may know of the copy they go into."""

    def __init__(
        self,
        raw: Sequence[_Raw],
        coder: policies.Coder,
        words: Hidden,
        made: tuple[str, str],
        tables: Sequence[tuple[Shape, list[Row]]],
    ) -> None:
        self.profile, self.made_on = made
        self._tables = {shape.name: (shape, rows) for shape, rows in tables}
        self.code = coder
        self._words = words
        self._shown = {
            one.policy.name: set(one.rows.column("id") if "id" in one.rows.names else ())
            for one in raw
            if one.policy.shown
        }
        self._partly = {
            one.policy.name
            for one in raw
            if any(column.action == "drop" or column.only for column in one.policy.columns)
        }

    def shows(self, table: str, number: int) -> bool:
        """Say whether a record has a row in this copy."""
        return number in self._shown.get(table, ())

    def has(self, table: str) -> bool:
        """Say whether a table goes into this copy, rows or none."""
        return table in self._shown

    def whole(self, table: str) -> bool:
        """Say whether no column and no row's value of a table is held back for what it says."""
        return table not in self._partly

    def rows(self, table: str) -> list[dict[str, Value]]:
        """Return a table's rows as they go out, by column; none of a table that stays."""
        if table not in self._tables:
            return []
        shape, rows = self._tables[table]
        names = [name for name, _ in shape.columns]
        return [dict(zip(names, row, strict=True)) for row in rows]

    def text(self, value: str) -> str:
        """Return a text as it may go out, contacts and hidden names masked."""
        return scanning.review(value, self._words)[0]


def disclose(office: Office, policy: Policy, secret: bytes, facts: Mapping[str, str]) -> Disclosed:
    """Turn rows into a snapshot's tables; `facts` fill its `meta` table."""
    raw, given = _raw(office)
    coder = policies.Coder(secret)
    findings, reviewer = _look(raw, secret, office)
    tables = [_table(one, coder, findings, reviewer) for one in raw if one.policy.shown]
    context = _Context(raw, coder, reviewer.words, (policy.profile, facts["made_at"][:10]), tables)
    extra = derived.tables()
    for table in extra:
        rows = sorted(table.rows(office.gathered[table.name], context), key=table.key)
        tables.append((table.shape, rows))
    sought = {t: where for t, where in findings.sought.items() if t not in findings.disclosed}
    let_out = {text: sought.pop(text) for text in reviewer.let_out() if text in sought}
    meta: list[Row] = sorted((key, value) for key, value in facts.items())
    inside: list[tuple[Shape, list[Row]]] = [
        (META, meta),
        (
            CODEBOOK,
            [
                *codebook((one.policy, one.table) for one in raw),
                *(line for table in extra for line in table.codebook()),
            ],
        ),
        (WORDS, [*vocabulary.rows()]),
        (WITHHELD, withheld(policy, findings.left_out, reviewer.masked, given)),
    ]
    return Disclosed(
        [*inside, *tables],
        sought,
        sum(reviewer.masked.values()),
        let_out,
        reviewer.blanked,
        reviewer.finds,
        given,
    )


def scan(office: Office, secret: bytes) -> list[Find]:
    """Return what review finds in the texts that would go out, table by table, row by row.

    Works on what was read: no reading transaction stays open meanwhile.
    """
    raw, _given = _raw(office)
    findings, reviewer = _look(raw, secret, office)
    for one in raw:
        for column in one.policy.shown:
            if (
                column.action in ("keep", "review")
                and type_of(column, one.table.c[column.name]) == "TEXT"
            ):
                _scan(one, column, findings, reviewer)
    return reviewer.finds


def _raw(office: Office) -> tuple[list[_Raw], poll_cells.Given]:
    """Return the rows as rules see them: of polls, those that are given out and no others."""
    raw = [
        _Raw(one.policy, BASE.metadata.tables[one.policy.name], one.rows) for one in office.tables
    ]
    given = poll_cells.give({one.policy.name: one.rows for one in raw}, office.polls)
    for one in raw:
        if one.policy.name in given.rows:
            one.rows = Columns.of(one.rows.names, given.rows[one.policy.name])
    return raw, given


def _scan(one: _Raw, column: ColumnPolicy, findings: _Findings, reviewer: Reviewer) -> None:
    """Let the reviewer find what is to be found in the texts of a column that go out."""
    passes = findings.rules.over(column.only, one.rows, column.name)
    texts = [
        (n, value)
        for n, (value, goes) in enumerate(zip(one.rows.column(column.name), passes, strict=True))
        if goes and isinstance(value, str)
    ]
    clean = reviewer.clean({value for _, value in texts}, free=column.action == "review")
    for n, value in texts:
        if clean[value] is None:
            _text(one, column, n, reviewer)


# --- the first pass: who is seated, what is public, what is hidden ---------------------------------


def _look(raw: Sequence[_Raw], secret: bytes, office: Office) -> tuple[_Findings, Reviewer]:
    findings = _Findings(Passing({one.policy.name: one.rows for one in raw}, office.known))
    for one in raw:
        for column in one.policy.columns:
            if column.action == "omit":
                continue
            _look_at(one, column, findings)
    hidden = {word: k for word, k in findings.hidden.items() if word not in findings.disclosed}
    return findings, Reviewer(secret, office.decided, Hidden(hidden))


def _look_at(one: _Raw, column: ColumnPolicy, findings: _Findings) -> None:
    """Look at one column of a table; a value that stands in many rows is looked at once."""
    name = column.name
    held: Iterable[Any] = one.rows.column(name)
    if column.action in policies.SHOWN:
        passes = findings.rules.over(column.only, one.rows, name) if column.only else None
        if column.action == "keep":
            out = held if passes is None else itertools.compress(held, passes)
            texts = {value for value in out if isinstance(value, str)}
            findings.disclosed.update(scanning.plain_all(texts))
        held = () if passes is None else itertools.compress(held, map(operator.not_, passes))
    place = f"{one.policy.name}.{name}"
    kept = [value for value in held if value not in (None, "")]
    if kept:
        findings.left_out[place] = findings.left_out.get(place, 0) + len(kept)
    if column.sought:
        for value in dict.fromkeys(value for value in kept if isinstance(value, str)):
            _seek(value, place, column, findings)


def _seek(value: str, place: str, column: ColumnPolicy, findings: _Findings) -> None:
    text = policies.sought_forms(value)
    if text:
        findings.sought.setdefault(text, place)
        kind = FindKind.NAME if _is_name(column, text) else FindKind.HIDDEN
        findings.hidden.setdefault(text, kind)
    elif _is_name(column, scanning.plain(value).strip()):
        # A Korean name has three letters: too short for a search of bytes, not for a text.
        findings.hidden[scanning.plain(value).strip()] = FindKind.NAME


def _is_name(column: ColumnPolicy, value: str) -> bool:
    if column.named:
        return len(value) >= policies.SHORTEST_NAMED
    held_back = column.only and column.only not in policies.WHOLE_TEXTS
    return bool(held_back) and len(value) >= scanning.SHORTEST_NAME


# --- the second pass: rows as they go out ----------------------------------------------------------


def _table(
    one: _Raw, coder: policies.Coder, findings: _Findings, reviewer: Reviewer
) -> tuple[Shape, list[Row]]:
    shown = one.policy.shown
    shape = Shape(one.policy.name, tuple((c.name, type_of(c, one.table.c[c.name])) for c in shown))
    columns = [_values(one, column, coder, findings, reviewer) for column in shown]
    rows: list[Row] = list(zip(*columns, strict=True)) if one.rows else []
    keys = [i for i, column in enumerate(shown) if one.table.c[column.name].primary_key]
    if keys:
        rows.sort(key=operator.itemgetter(*keys))
    return shape, rows


def _values(
    one: _Raw,
    column: ColumnPolicy,
    coder: policies.Coder,
    findings: _Findings,
    reviewer: Reviewer,
) -> list[Value]:
    """Return one column as it goes out."""
    values = one.rows.column(column.name)
    if column.only:
        passes = findings.rules.over(column.only, one.rows, column.name)
        values = [value if goes else None for value, goes in zip(values, passes, strict=True)]
    kinds = set(map(type, values)) - {type(None)}
    if column.action == "code":
        table = referred(one.policy.name, column, one.table.c[column.name])
        return [*map(coder.many(table, values).get, values)]
    if column.action == "bucket":
        return _each(policies.day, values)
    if kinds <= {int, float}:
        return values
    if kinds == {bool}:
        return _each(int, values)
    if kinds == {dt.datetime}:
        return _each(lambda moment: clock.local(moment).isoformat(timespec="seconds"), values)
    if kinds == {dt.date}:
        return _each(dt.date.isoformat, values)
    texts = {value for value in values if type(value) is str}
    clean = reviewer.clean(texts, free=column.action == "review")
    if kinds == {str} and None not in clean.values():
        return [*map(clean.get, values)]
    found: list[Value] = []
    for n, value in enumerate(values):
        if value is None or type(value) in (int, float):
            found.append(value)
        elif type(value) is str and (said := clean[value]) is not None:
            found.append(said)
        else:
            found.append(_text(one, column, n, reviewer))
    return found


def _each(written: Callable[[Any], Value], values: Sequence[Any]) -> list[Value]:
    """Return how values are written; one that stands in many rows is written once."""
    said: dict[Any, Value] = {value: written(value) for value in set(values) if value is not None}
    return [*map(said.get, values)]


def _text(one: _Raw, column: ColumnPolicy, n: int, reviewer: Reviewer) -> str:
    # Contacts are masked in every text; hidden words in free texts, the kept ones being names.
    id = one.rows.column("id")[n] if "id" in one.rows.names else 0
    where = (one.policy.name, column.name, id)
    value = one.rows.column(column.name)[n]
    if isinstance(value, dict | list):
        value = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return reviewer.text(where, str(value), free=column.action == "review")
