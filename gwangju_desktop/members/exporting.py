"""The roll as a file: CSV, XLSX or Popolo JSON, which imports again with nothing changed.

Telephone numbers and mail addresses stay out unless they are asked for with a reason, and then
an access record is written first (개인정보의 안전성 확보조치 기준 제8조).
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Executable, or_, select
from sqlalchemy.orm import Session

from db.files import atomic_write
from db.schema.members import Body, Membership, Organisation, Person, Term
from db.schema.people import Affiliation, PersonAlias
from db.vocab import ConsentField
from gwangju_desktop.errors import UserError
from gwangju_desktop.members import popolo
from gwangju_desktop.members.importing import values
from gwangju_desktop.members.importing.fields import FIELDS
from gwangju_desktop.sheets.guards import guarded
from gwangju_desktop.sheets.writing import write_workbook as write_workbook
from gwangju_desktop.text import C_, N_, language, words

SUFFIXES = (".csv", ".xlsx", ".json")
# Leave the office only for a reason: contacts, and what the law calls sensitive (개인정보 보호법 제23조).
CONTACTS = (ConsentField.PHONE.value, ConsentField.EMAIL.value, ConsentField.DISABILITY.value)
# The order of the columns; external numbers are not kept, so they do not leave.
COLUMNS = tuple(key for key in FIELDS if key not in ("external", "entity"))
NO_REASON = N_("Say what the phone numbers, e-mail addresses and disabilities are needed for.")
WRONG_SUFFIX = N_("Members are written as .csv, .xlsx or .json, not “{suffix}”.")


@dataclass(frozen=True, slots=True)
class Roll:
    """What will be written: rows of fields, and the ids of the people in it."""

    rows: list[dict[str, Any]]
    people: list[int]
    contacts: bool


def roll(
    read: Session,
    *,
    body_id: int | None = None,
    on: dt.date | None = None,
    contacts: bool = False,
) -> Roll:
    """Return who sits where: of a body or of all, on a day or ever.

    Without a body, people without a seat and their affiliations follow. People merged or erased
    are left out.
    """
    if body_id is not None and read.get(Body, body_id) is None:
        raise UserError(
            N_("There is no body {id}."), hint=N_("See the list of bodies."), id=body_id
        )
    rows = [_row(found) for found in read.execute(_seats(body_id, on)).mappings()]
    if body_id is None and on is None:
        rows += [_row(found) for found in read.execute(_affiliations()).mappings()]
        seen = {row["person_id"] for row in rows}
        rest = read.execute(select(*_PERSON).where(*_LISTED).order_by(Person.id)).mappings()
        rows += [_row(found) for found in rest if found["person_id"] not in seen]
    aliases = _aliases(read)
    for row in rows:
        row["aliases"] = aliases.get(row["person_id"], ())
        if not contacts:
            for key in CONTACTS:
                row.pop(key)
    return Roll(rows, sorted({row.pop("person_id") for row in rows}), contacts)


def check(path: Path, *, contacts: bool, reason: str) -> None:
    """Raise UserError when the suffix is none of ours, the folder missing or a reason lacking."""
    if path.suffix.lower() not in SUFFIXES:
        raise UserError(WRONG_SUFFIX, suffix=path.suffix or path.name)
    if not path.absolute().parent.is_dir():
        raise UserError(
            N_("There is no folder {folder}."),
            hint=N_("Choose another place."),
            folder=path.absolute().parent.name,
        )
    if contacts and not reason.strip():
        raise UserError(NO_REASON, hint=N_("The reason is kept in the access record."))


def write(path: Path, made: Roll) -> None:
    """Write the roll as the file's suffix says, whole or not at all.

    The caller has written the access record when contacts are in it.
    """
    with atomic_write(path) as file:
        if path.suffix.lower() == ".json":
            text = json.dumps(popolo.document(made.rows), ensure_ascii=False, indent=1)
            file.write(text.encode("utf-8", "replace") + b"\n")
            return
        head, rows = table(made)
        if path.suffix.lower() == ".xlsx":
            write_workbook(file, words()(N_("Members")), head, rows)
        else:
            file.write(csv_bytes(head, rows))


def table(made: Roll) -> tuple[list[str], list[list[str]]]:
    """Return the titles and rows of the roll in the current language."""
    keys = [key for key in COLUMNS if made.contacts or not FIELDS[key].contact]
    say = words()
    head = [say(FIELDS[key].title) for key in keys]
    spoken = language()
    return head, [[_said(key, row.get(key), spoken) for key in keys] for row in made.rows]


def csv_bytes(head: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Return a table as CSV in UTF-8 with a byte order mark; no cell is run as a formula."""
    import csv
    import io

    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows([guarded(cell) for cell in row] for row in rows)
    return b"\xef\xbb\xbf" + text.getvalue().encode("utf-8", "replace")


_PERSON = (
    Person.id.label("person_id"),
    Person.uid,
    Person.name,
    Person.hanja,
    Person.latin,
    Person.gender,
    Person.birth_decade.label("birth"),
    Person.disability,
    Person.youth,
    Person.phone,
    Person.email,
    Person.note,
)
_LISTED = (Person.merged_into_id.is_(None), Person.erased_on.is_(None))


def _seats(body_id: int | None, on: dt.date | None) -> Executable:
    query = (
        select(
            *_PERSON,
            Body.name_ko.label("body"),
            Body.kind.label("body_kind"),
            Membership.role,
            Membership.capacity,
            Membership.voting,
            Organisation.name_ko.label("organisation"),
            Membership.post,
            Membership.field,
            Term.number.label("term"),
            Membership.starts_on.label("start"),
            Membership.ends_on.label("end"),
            Membership.end_reason,
            Membership.appointments,
            Membership.channel,
            Membership.recommender,
            Membership.appointment_number.label("number"),
            Membership.letter_on,
            Membership.note.label("seat_note"),
        )
        .select_from(Membership)
        .join(Person, Person.id == Membership.person_id)
        .join(Body, Body.id == Membership.body_id)
        .outerjoin(Organisation, Organisation.id == Membership.organisation_id)
        .outerjoin(Term, Term.id == Membership.term_id)
        .where(*_LISTED)
        .order_by(Body.position, Body.id, Membership.starts_on, Membership.id)
    )
    if body_id is not None:
        query = query.where(Membership.body_id == body_id)
    if on is not None:
        ends = or_(Membership.ends_on.is_(None), Membership.ends_on >= on)
        query = query.where(Membership.starts_on <= on, ends)
    return query


def _affiliations() -> Executable:
    return (
        select(
            *_PERSON,
            Organisation.name_ko.label("organisation"),
            Affiliation.post,
            Affiliation.starts_on.label("start"),
            Affiliation.ends_on.label("end"),
        )
        .select_from(Affiliation)
        .join(Person, Person.id == Affiliation.person_id)
        .join(Organisation, Organisation.id == Affiliation.organisation_id)
        .where(*_LISTED)
        .order_by(Affiliation.person_id, Affiliation.id)
    )


def _row(found: Any) -> dict[str, Any]:
    return dict(found)


def _aliases(read: Session) -> dict[int, tuple[str, ...]]:
    found: dict[int, tuple[str, ...]] = {}
    query = select(PersonAlias.person_id, PersonAlias.name).order_by(PersonAlias.id)
    for person_id, name in read.execute(query).all():
        found[person_id] = (*found.get(person_id, ()), name)
    return found


_YES, _NO = C_("import", "yes"), C_("import", "no")


def _said(key: str, value: Any, spoken: str) -> str:
    if value is None or value == "":
        return ""
    if key in values.SPOKEN:
        return values.spoken(key, value, spoken)
    if isinstance(value, bool):
        return words(spoken)(_YES if value else _NO)
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, tuple):
        return "; ".join(value)
    return str(value)
