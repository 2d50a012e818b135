"""Everything held of one person, as a file for that person (개인정보 보호법 제35조 열람).

A ZIP of a readable page, the same as JSON, and a table for each kind of record. Other people are
named by number only, for what is theirs is not handed out with it.
"""

from __future__ import annotations

import datetime as dt
import json
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from db import schema
from db.files import atomic_write
from db.schema.access import AccessRecord
from db.schema.journal import change_log, row_change
from db.store import Store
from db.vocab import Access, ConsentField
from gwangju_desktop import clock, subjects, text
from gwangju_desktop.energy.export import csv_bytes
from gwangju_desktop.history import entries, images, labels, telling, words
from gwangju_desktop.members import access
from gwangju_desktop.members.erasing import same
from gwangju_desktop.text import C_, N_, Msg, say

# Where a reference leads to somebody else, or to the two of a pair, only the number is told.
_OTHERS = frozenset({"person", "membership"})
_LEFT_OUT = frozenset({"distinct_pair"})
_BLOCK = 500
TITLE = N_("Everything the office holds of one person")
HISTORY, LOOKS = C_("privacy", "Changes"), C_("privacy", "Who saw the contact data")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One kind of record: what it is called inside and to people, its columns, its rows."""

    name: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Held:
    """All sheets of a person, on the day they were read."""

    people: tuple[int, ...]
    on: dt.date
    sheets: tuple[Sheet, ...]

    @property
    def rows(self) -> int:
        """Return how many rows there are."""
        return sum(len(sheet.rows) for sheet in self.sheets)


def look(read: Session, *, id: int) -> Held:
    """Read everything held of a person and of those merged into it.

    Raises UserError when there is no person of this id.
    """
    people = same(read, id)
    sheets = [sheet for table in _tables() if (sheet := _sheet(read, table, people))]
    sheets += [sheet for sheet in (_changes(read, people), _looks(read, people)) if sheet.rows]
    return Held(people, clock.today(), tuple(sheets))


def export(store: Store, *, id: int, path: Path, reason: str = "") -> Held:
    """Write everything held of a person to a ZIP, whole or not at all; noted as an export first.

    Raises UserError when there is no person of this id or the file cannot be written.
    """
    with store.reading() as read:
        people = same(read, id)
    store.run(
        access.record_access,
        action=Access.EXPORT.value,
        fields=[field.value for field in ConsentField],
        people=list(people),
        reason=reason,
    )
    with store.reading() as read:
        held = look(read, id=id)
    with atomic_write(path) as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("person.html", _page(held))
        out.writestr("person.json", _json(held))
        for sheet in held.sheets:
            out.writestr(f"{sheet.name}.csv", csv_bytes(sheet.columns, sheet.rows))
    return held


def _tables() -> Iterator[tuple[Table, str]]:
    """Return every table that says something of a person, and the column that says of whom."""
    schema.everything()
    yield schema.table("person"), "id"
    for table in schema.Base.metadata.sorted_tables:
        if table.name in _LEFT_OUT or table.name == "person":
            continue
        for column in table.columns:
            if any(key.target_fullname == "person.id" for key in column.foreign_keys):
                yield table, column.name


def _sheet(read: Session, of: tuple[Table, str], people: Sequence[int]) -> Sheet | None:
    table, column = of
    query = select(table).where(table.c[column].in_(people)).order_by(table.c.id)
    rows = [dict(row) for row in read.execute(query).mappings().all()]
    if not rows:
        return None
    columns = [
        name
        for name in table.columns.keys()  # noqa: SIM118
        if name not in labels.INTERNAL and any(row[name] not in (None, "") for row in rows)
    ]
    keys = {
        (led, row[name])
        for name in columns
        if (led := images.referred(table.name, name)) and led not in _OTHERS
        for row in rows
        if isinstance(row[name], int)
    }
    names = subjects.names(read, keys)
    said = labels.load()
    return Sheet(
        table.name,
        said.table(table.name).said,
        tuple(said.column(table.name, name) for name in columns),
        tuple(tuple(_said(table.name, name, row[name], names) for name in columns) for row in rows),
    )


def _said(table: str, column: str, held: Any, names: dict[tuple[str, int], str]) -> str:
    """Return a value in words; nothing is masked here, for it is the person's own."""
    if held is None:
        return ""
    if isinstance(held, bool):
        return say(C_("value", "Yes") if held else C_("value", "No"))
    if isinstance(held, dt.datetime):
        return text.words().day(clock.local(held), "when")
    if isinstance(held, str):
        meant = words.meanings().get((table, column), {})
        return say(meant[held]) if held in meant else held
    led = images.referred(table, column) if isinstance(held, int) else None
    if led and (known := names.get((led, held))):
        return known
    if isinstance(held, (list, dict)):
        return json.dumps(held, ensure_ascii=False, default=str)
    return str(held)


def _changes(read: Session, people: Sequence[int]) -> Sheet:
    """Tell which entries of the journal changed something of the person, not what is in them."""
    rows = read.execute(
        select(change_log.c.id, change_log.c.at, change_log.c.who, change_log.c.label)
        .where(
            change_log.c.id.in_(
                select(row_change.c.change_id).where(row_change.c.subject.in_(people))
            )
        )
        .order_by(change_log.c.id)
    ).all()
    columns = (
        say(C_("access", "Number")),
        say(C_("access", "When")),
        say(C_("access", "Who")),
        say(C_("access", "Act")),
    )
    told = tuple(
        (str(id), _when(at), telling.doer(who), say(Msg(label)) if label else "")
        for id, at, who, label in rows
    )
    return Sheet("changes", say(HISTORY), columns, told)


def _when(written: object) -> str:
    moment = entries.moment(written)
    return text.words().day(moment, "when") if moment else ""


def _looks(read: Session, people: Sequence[int]) -> Sheet:
    """Tell who saw, copied, exported or printed the person's data, without the others in the act."""
    wanted = set(people)
    table = AccessRecord.__table__
    ids = [
        row.id
        for row in read.execute(select(table.c.id, table.c.people).order_by(table.c.id)).all()
        if wanted & set(row.people)
    ]
    rows = access.record_rows(read, ids=ids)
    columns = (
        say(C_("access", "When")),
        say(C_("access", "Who")),
        say(C_("access", "PC")),
        say(C_("access", "Act")),
        say(C_("access", "Data")),
        say(C_("access", "Reason")),
    )
    return Sheet(
        "access",
        say(LOOKS),
        columns,
        tuple(
            (
                text.words().day(clock.local(row.at), "when"),
                row.who,
                row.host,
                say(access.ACTIONS[row.action]),
                access.fields_said(row.fields),
                row.reason,
            )
            for row in rows
        ),
    )


def _json(held: Held) -> str:
    told = {
        "version": 1,
        "on": held.on.isoformat(),
        "people": list(held.people),
        **{
            sheet.name: [dict(zip(sheet.columns, row, strict=True)) for row in sheet.rows]
            for sheet in held.sheets
        },
    }
    return json.dumps(told, ensure_ascii=False, indent=1)


_STYLE = (
    "body{font:15px/1.5 'Pretendard GOV','Malgun Gothic',sans-serif;max-width:70em;margin:2em auto;"
    "padding:0 1em;color:#1d1f23}table{border-collapse:collapse;width:100%;margin-bottom:2em}"
    "th,td{border:1px solid #c9ccd3;padding:.3em .6em;text-align:left;vertical-align:top}"
    "th{background:#f1f3f6}"
)


def _page(held: Held) -> str:
    """Return the readable page; every text is shown literally."""
    parts = [
        f'<!doctype html><html lang="{text.language()}"><meta charset="utf-8">',
        f"<title>{escape(say(TITLE))}</title><style>{_STYLE}</style>",
        f"<h1>{escape(say(TITLE))}</h1><p>{escape(say(N_('As of {day:full}'), day=held.on))}</p>",
    ]
    for sheet in held.sheets:
        head = "".join(f"<th>{escape(column)}</th>" for column in sheet.columns)
        body = "".join(
            "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>"
            for row in sheet.rows
        )
        parts.append(
            f"<h2>{escape(sheet.title)}</h2><table><thead><tr>{head}</tr></thead>"
            f"<tbody>{body}</tbody></table>"
        )
    return "".join([*parts, "</html>\n"])
