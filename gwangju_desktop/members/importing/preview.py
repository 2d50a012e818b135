"""What importing a list would add, change, leave and refuse, without touching anything."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from db.schema.members import Body
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import tidy, writable
from gwangju_desktop.members.importing import mapping as columns
from gwangju_desktop.members.importing import values
from gwangju_desktop.members.importing.fields import FIELDS
from gwangju_desktop.members.importing.known import Known
from gwangju_desktop.members.importing.model import SKIP, Choice, Options, Plan, Row, Somebody
from gwangju_desktop.members.importing.people import ANOTHER, LEAVE_OUT, Finder
from gwangju_desktop.members.importing.reading import Source
from gwangju_desktop.members.importing.seats import Seating
from gwangju_desktop.sheets.model import Remark, remark
from gwangju_desktop.text import N_, Msg

BACKWARDS = N_("The last day ({end:full}) is before the first ({start:full}).")


@dataclass(slots=True)
class Entry:
    """One row of the file on its way: what it says of each field, and what became of it."""

    line: int
    told: dict[str, Any] = field(default_factory=dict)
    row: Row | None = None
    who: Somebody | None = None

    def refuse(self, message: Msg, column: str = "", **said: Any) -> None:
        """Leave the row out, with the reason."""
        self.row = Row(self.line, "refused", self.name, self.where, remark(message, **said), column)

    def reject(self, error: UserError, column: str = "") -> None:
        """Leave the row out, with the reason a check gave."""
        why = Remark(error.message, dict(error.values))
        self.row = Row(self.line, "refused", self.name, self.where, why, column)

    @property
    def name(self) -> str:
        """Who the row is about."""
        return str(self.told.get("name", ""))

    @property
    def where(self) -> str:
        """Where that person would sit or belong."""
        return str(self.told.get("body") or self.told.get("organisation") or "")


def plan(
    read: Session,
    *,
    source: Source,
    mapping: Sequence[str],
    options: Options | None = None,
    choices: Mapping[int, str] | None = None,
) -> Plan:
    """Say what becomes of every row; `choices` settle conflicts by line.

    Raises UserError when the columns do not say who the rows are about.
    """
    options, choices = options or Options(), choices or {}
    columns.check(source, mapping)
    if options.body_id is not None and read.get(Body, options.body_id) is None:
        raise UserError(
            N_("There is no body {id}."), hint=N_("See the list of bodies."), id=options.body_id
        )
    made = Plan()
    made.remarks.extend(source.remarks)
    made.ignored = tuple(
        title
        for title, key in zip(source.titles, mapping, strict=True)
        if not key or (key == "body" and options.body_id is not None)
    )
    entries = [_entry(line, cells, source, mapping) for line, cells in source.rows]
    for entry in entries:
        if choices.get(entry.line) == SKIP:
            entry.row = Row(entry.line, "refused", entry.name, entry.where, _LEFT_OUT)
    open_ones = [entry for entry in entries if entry.row is None]
    known = Known(
        read,
        (entry.told["uid"] for entry in open_ones if "uid" in entry.told),
        (entry.name for entry in open_ones if entry.name),
    )
    people = [entry for entry in open_ones if "entity" not in entry.told]
    Finder(known, options, choices).find(people)
    seating = Seating(known, options, choices, made, "start" in mapping)
    seating.seat([entry for entry in people if entry.row is None])
    seating.records([entry for entry in open_ones if "entity" in entry.told])
    made.rows = [entry.row for entry in entries if entry.row is not None]
    for row in made.rows:
        row.chosen = choices.get(row.line, "")
        if row.chosen and not row.choices:
            # So that an answer can be taken back where it was given.
            row.choices = (ANSWERS.get(row.chosen) or Choice(row.chosen, _ANSWERED),)
    return made


_LEFT_OUT: Remark = remark(N_("Left out by you."))
_ANSWERED: Remark = remark(N_("As you answered"))
ANSWERS = {choice.key: choice for choice in (ANOTHER, LEAVE_OUT)}


# Where barred numbers are looked for. Identifiers are digits by chance and are not kept as texts;
# days, codes and counts are read strictly.
_PROSE = {
    key
    for key, field in FIELDS.items()
    if field.read in (values.text, values.several, values.decade)
} - {"uid", "external", "entity"}


def _entry(line: int, cells: Sequence[str], source: Source, mapping: Sequence[str]) -> Entry:
    entry = Entry(line)
    raw = {key: cell for key, cell in zip(mapping, cells, strict=True) if key and cell.strip()}
    names = dict(zip(mapping, source.titles, strict=True))
    try:
        texts = {key: writable(raw[key]) for key in raw if key not in _PROSE}
        texts |= tidy({key: raw[key] for key in raw if key in _PROSE}, FIELDS)
    except UserError as error:
        entry.told = {"name": _shown(raw.get("name", ""))}
        entry.reject(error)
        return entry
    entry.told = {key: texts[key] for key in ("name", "body", "organisation") if texts.get(key)}
    for key, text in texts.items():
        if not text:
            continue
        try:
            entry.told[key] = FIELDS[key].read(text)
        except UserError as error:
            entry.reject(error, names[key])
            return entry
    entry.told = {key: value for key, value in entry.told.items() if value is not None}
    start, end = entry.told.get("start"), entry.told.get("end")
    if start is not None and end is not None and end < start:
        entry.refuse(BACKWARDS, start=start, end=end)
    return entry


def _shown(name: str) -> str:
    """Return a name to list a refused row by, or nothing when that holds what was refused."""
    try:
        return str(tidy({"name": name}, ("name",))["name"])
    except UserError:
        return ""
