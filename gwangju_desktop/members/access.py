"""Who looked at, copied, exported or printed personal contact data (접속기록).

One record an act: who, when, from which PC, which persons' which data, what was done and why
(개인정보의 안전성 확보조치 기준 제8조). Records are only ever added and lie in the journal's chain.
That order wants them kept a year or two at least and names no end; the records law wants access
history that nobody changes or deletes (공공기록물법 시행령 제28조 제3항). So there is no thinning.
"""

from __future__ import annotations

import datetime as dt
import os
import platform
import re
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Text, func, or_, select, type_coerce
from sqlalchemy.orm import Session

from db import journal, search
from db.schema.access import AccessRecord
from db.schema.members import Person
from db.store import usecase
from db.vocab import Access, ConsentField
from gwangju_desktop import clock, history
from gwangju_desktop.forms import writable
from gwangju_desktop.text import C_, N_, Msg, say

ACTIONS: dict[str, Msg] = {
    Access.REVEAL: N_("Looked at"),
    Access.COPY: N_("Copied"),
    Access.EXPORT: N_("Exported"),
    Access.PRINT: N_("Printed"),
}
FIELDS: dict[str, Msg] = {
    ConsentField.PHONE: N_("Mobile"),
    ConsentField.EMAIL: N_("E-mail"),
    ConsentField.GENDER: N_("Sex"),
    ConsentField.BIRTH: N_("Year of birth"),
    ConsentField.DISABILITY: N_("Disability"),
    ConsentField.NAME: N_("Name"),
    ConsentField.PHOTO: N_("Photograph"),
}
# Two years instead of one from so many persons on (안전성 확보조치 기준 제8조 제1항).
MANY = 50_000


@usecase("Record access", aside=True)
def record_access(
    tx: Session, *, action: str, fields: list[str], people: list[int], reason: str = ""
) -> int:
    """Note what is done with personal contact data; return the record's id, 0 without people.

    `fields` are the kinds of data (db.vocab.ConsentField), `people` ids of persons.
    """
    if not people:
        return 0
    row = AccessRecord(
        at=clock.now(),
        who=_account() or tx.info["who"],
        host=platform.node(),
        action=Access(action).value,
        fields=sorted({str(field) for field in fields}),
        people=sorted(set(people)),
        reason=writable(reason),
    )
    tx.add(row)
    tx.flush()
    return row.id


def _account() -> str:
    """Return the name this person is known by to the system, "" where it tells none."""
    names = (os.environ.get(name, "") for name in ("USERNAME", "LOGNAME", "USER"))
    return next((writable(name) for name in names if name.strip()), "")


# --- masks ----------------------------------------------------------------------------------------

_GROUP = re.compile(r"[^\W_]+")
_REMARK = re.compile(r"(?<=\d)\s*\([^()]*\)\s*$")
_SEVERAL = re.compile(r"([,;/\n]+)")
_STARS = "***"


def masked_phone(text: str) -> str:
    """Hide the middle of a telephone number: 010-****-1234; several are hidden one by one.

    A remark in brackets behind a number is left out.
    """
    return "".join(
        part if _SEVERAL.fullmatch(part) else _masked_number(part) for part in _SEVERAL.split(text)
    )


def _masked_number(text: str) -> str:
    text = _REMARK.sub("", text)
    groups = list(_GROUP.finditer(text))
    held = "".join(found[0] for found in groups)
    shown = set(range(len(held) - 4, len(held))) if len(held) > 6 else set()
    if len(groups) >= 3:
        # The groups before the exchange's: area or network, and the country's.
        shown |= set(range(sum(len(found[0]) for found in groups[:-2][:2])))
    elif len(held) > 8:
        shown |= set(range(min(2 if held.startswith("02") else 3, len(held) - 7)))
    if not held.isdecimal() or len(held) > 15:
        # No telephone number: what it is nobody knows, so nothing of it is shown.
        shown = set()
    masked, at = list(text), 0
    for found in groups:
        for place in range(found.start(), found.end()):
            if at not in shown:
                masked[place] = "*"
            at += 1
    return "".join(masked)


def masked_email(text: str) -> str:
    """Hide the name in a mail address: ho***@example.kr."""
    name, at, host = text.strip().rpartition("@")
    if not text.strip():
        return ""
    if not at or not name:
        return _STARS
    return name[: 2 if len(name) > 3 else 1] + _STARS + at + host


# --- reading the record ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AccessRow:
    """One act; `people` are (id, name), the name empty for somebody erased since."""

    id: int
    at: dt.datetime
    who: str
    host: str
    action: str
    fields: tuple[str, ...]
    people: tuple[tuple[int, str], ...]
    count: int
    reason: str


@dataclass(frozen=True, slots=True)
class Standing:
    """What is said above the record: how many acts since when, and for how long they are kept."""

    records: int
    first: dt.datetime | None
    people: int
    years: int


def record_ids(
    read: Session,
    *,
    words: str = "",
    action: str | None = None,
    since: dt.date | None = None,
    until: dt.date | None = None,
    sort: str = "at",
    descending: bool = True,
) -> array[int]:
    """Return the ids of acts, the newest first; `words` find the persons they were about.

    `since` and `until` are days of the office, both included.
    """
    keys: dict[str, Any] = {
        "at": AccessRecord.at,
        "who": AccessRecord.who,
        "action": AccessRecord.action,
    }
    query = select(AccessRecord.id)
    if action:
        query = query.where(AccessRecord.action == Access(action).value)
    if since:
        query = query.where(AccessRecord.at >= _midnight(since))
    if until:
        query = query.where(AccessRecord.at < _midnight(until + dt.timedelta(days=1)))
    if search.fold(words):
        about = [_about(person) for person in _people_called(read, words)]
        query = query.where(or_(False, *about))
    key = keys[sort]
    query = query.order_by(key.desc() if descending else key.asc(), AccessRecord.id.desc())
    return array("q", read.scalars(query).all())


# A name that so many people share is no name; the search box then finds the first of them.
_MOST_NAMESAKES = 60
# A statement takes so many parameters only (SQLite 32,766, PostgreSQL 65,535).
_BLOCK = 500
# So many names of one act are shown; an export names everybody's id.
_MOST_SHOWN = 40


def record_rows(read: Session, *, ids: Sequence[int], whole: bool = False) -> list[AccessRow]:
    """Return these acts in the order of `ids`; `whole` names everybody and not only the first."""
    table, found = AccessRecord.__table__, {}
    for at in range(0, len(ids), _BLOCK):
        query = select(table).where(table.c.id.in_(list(ids[at : at + _BLOCK])))
        found.update({row.id: row for row in read.execute(query).all()})
    shown = {id: row.people if whole else row.people[:_MOST_SHOWN] for id, row in found.items()}
    names = _names(read, {person for people in shown.values() for person in people})
    return [
        AccessRow(
            id,
            row.at,
            row.who,
            row.host,
            row.action,
            tuple(row.fields),
            tuple((person, names.get(person, "")) for person in shown[id]),
            len(row.people),
            row.reason,
        )
        for id in ids
        if (row := found.get(id))
    ]


def count_about(read: Session, people: Sequence[int]) -> int:
    """Return how many acts were about one of these people."""
    about = or_(False, *(_about(person) for person in people))
    return read.scalar(select(func.count()).select_from(AccessRecord).where(about)) or 0


def standing(read: Session) -> Standing:
    """Say how many acts there are since when, and how many years the law wants them kept."""
    records, first = read.execute(select(func.count(), func.min(AccessRecord.at))).one()
    people = read.scalar(select(func.count()).select_from(Person).where(Person.erased_on.is_(None)))
    return Standing(records, first, people or 0, 2 if (people or 0) >= MANY else 1)


def verify(read: Session) -> list[str]:
    """Return every break of the chain the records lie in, in a sentence; empty when it is whole.

    A record that differs from its image in the journal is a break too.
    """
    return history.verify(read) + altered(read)


def altered(read: Session) -> list[str]:
    """Return which records are not as they were written, in a sentence each."""
    return [
        say(N_("Access record {id} is not as it was written."), id=id)
        for id in journal.altered(read.connection(), AccessRecord)
    ]


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), clock.KST)


def _people_called(read: Session, words: str) -> list[int]:
    hits = search.find(read.connection(), words, 10_000)
    return [ref for table, ref in hits if table == "person"][:_MOST_NAMESAKES]


def _about(person: int) -> ColumnElement[bool]:
    # Canonical JSON of a list of ids: [1,22,3].
    text = type_coerce(AccessRecord.__table__.c.people, Text)
    listed = func.replace(func.replace(text, "[", ","), "]", ",")
    return listed.contains(f",{person},")


def _names(read: Session, people: set[int]) -> dict[int, str]:
    wanted, names = sorted(people), {}
    for at in range(0, len(wanted), _BLOCK):
        query = select(Person.id, Person.name).where(Person.id.in_(wanted[at : at + _BLOCK]))
        names.update({row.id: row.name for row in read.execute(query).all()})
    return names


HEAD = (
    C_("access", "Number"),
    C_("access", "When"),
    C_("access", "Who"),
    C_("access", "PC"),
    C_("access", "Act"),
    C_("access", "People"),
    C_("access", "Whose (number)"),
    C_("access", "Whose (name)"),
    C_("access", "Data"),
    C_("access", "Reason"),
)


def fields_said(fields: Sequence[str]) -> str:
    """Return kinds of data in words."""
    return ", ".join(say(FIELDS[field]) if field in FIELDS else field for field in fields)


def person_said(id: int, name: str) -> str:
    """Return a person's name; somebody erased since has a number only."""
    return name or say(N_("Erased person (no. {id})"), id=id)


def write_records(read: Session, *, path: Path, **filters: Any) -> int:
    """Write the acts a filter finds to a CSV file, everybody named; return how many.

    `filters` as in `record_ids`; moments are the office's, in ISO form.
    """
    from gwangju_desktop.energy.export import write_csv

    rows = record_rows(read, ids=record_ids(read, **filters), whole=True)
    write_csv(path, [say(title) for title in HEAD], [_cells(row) for row in rows])
    return len(rows)


def _cells(row: AccessRow) -> list[object]:
    return [
        row.id,
        clock.local(row.at).isoformat(timespec="seconds"),
        row.who,
        row.host,
        say(ACTIONS[row.action]),
        row.count,
        " ".join(str(id) for id, _name in row.people),
        ", ".join(person_said(id, name) for id, name in row.people),
        fields_said(row.fields),
        row.reason,
    ]
