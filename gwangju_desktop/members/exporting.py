"""The roll as a file: CSV, XLSX or Popolo JSON, which imports again with nothing changed.

Telephone numbers and mail addresses stay out unless they are asked for with a reason, and then
an access record is written first (개인정보의 안전성 확보조치 기준 제8조).
"""

from __future__ import annotations

import datetime as dt
import json
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any, BinaryIO

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
from gwangju_desktop.members.importing.reading import guarded
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


# --- the workbook: one sheet of texts, which the products' libraries only read --------------------

_PARTS = {
    "[Content_Types].xml": (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-'
        'officedocument.spreadsheetml.sheet.main+xml"/>'
        '<Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-'
        'officedocument.spreadsheetml.styles+xml"/>'
        '<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats'
        '-officedocument.spreadsheetml.worksheet+xml"/></Types>'
    ),
    "_rels/.rels": (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        'relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/_rels/workbook.xml.rels": (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        'relationships/worksheet" Target="worksheets/sheet1.xml"/>'
        '<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        'relationships/styles" Target="styles.xml"/></Relationships>'
    ),
    # Style 0 is text; 1 is a bold title; 2 is text that looks like a formula (quotePrefix keeps a
    # spreadsheet from running it, even after it was edited); 3 is a whole number.
    "xl/styles.xml": (
        '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        '<fonts count="2"><font><sz val="11"/><name val="맑은 고딕"/></font>'
        '<font><b/><sz val="11"/><name val="맑은 고딕"/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill>'
        '<fill><patternFill patternType="gray125"/></fill></fills>'
        '<borders count="1"><border/></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="49" fontId="0" fillId="0" borderId="0"/>'
        '</cellStyleXfs><cellXfs count="4">'
        '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
        '<xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
        '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"'
        ' quotePrefix="1"/><xf numFmtId="3" fontId="0" fillId="0" borderId="0" xfId="0"'
        ' applyNumberFormat="1"/></cellXfs><cellStyles count="1">'
        '<cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    ),
}
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
# What XML cannot hold, and what a reader would take for the escape of it.
_ESCAPED = re.compile("[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
# A cell of a workbook holds no more.
_MOST_TEXT = 32_767


def write_workbook(
    file: BinaryIO, name: str, head: Sequence[str], rows: Sequence[Sequence[str | int]]
) -> None:
    """Write a workbook of one sheet of texts; none of its cells is run as a formula."""
    book = (
        f'{_XML}<workbook {_MAIN} xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/'
        f'relationships"><sheets><sheet name="{escape(name)}" sheetId="1" r:id="rId1"/></sheets></workbook>'
    )
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, text in {**_PARTS, "xl/workbook.xml": book}.items():
            _put(archive, part, text if text.startswith("<?xml") else _XML + text)
        lines = [_xml_row(1, head, 1)]
        lines += [_xml_row(at, row, 0) for at, row in enumerate(rows, 2)]
        frozen = (
            '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2"'
            ' activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        )
        body = "".join(lines)
        sheet = f"{_XML}<worksheet {_MAIN}>{frozen}<sheetData>{body}</sheetData></worksheet>"
        _put(archive, "xl/worksheets/sheet1.xml", sheet)


def _put(archive: zipfile.ZipFile, part: str, text: str) -> None:
    # One fixed moment: the same roll is the same bytes.
    info = zipfile.ZipInfo(part, (2020, 1, 1, 0, 0, 0))
    info.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(info, text.encode("utf-8", "replace"))


def _xml_row(at: int, cells: Sequence[str | int], style: int) -> str:
    from gwangju_desktop.members.importing.reading import letters

    parts = []
    for column, cell in enumerate(cells):
        if cell == "":
            continue
        if isinstance(cell, int):
            parts.append(f'<c r="{letters(column)}{at}" s="3"><v>{cell}</v></c>')
            continue
        kind = 2 if style == 0 and guarded(cell) != cell else style
        text = escape(_ESCAPED.sub(_escape, cell[:_MOST_TEXT]), quote=False)
        parts.append(
            f'<c r="{letters(column)}{at}" s="{kind}" t="inlineStr">'
            f'<is><t xml:space="preserve">{text}</t></is></c>'
        )
    return f'<row r="{at}">{"".join(parts)}</row>'


def _escape(found: re.Match[str]) -> str:
    return f"_x{ord(found[0]):04X}_"
