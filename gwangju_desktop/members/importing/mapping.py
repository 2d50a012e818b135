"""Which column holds which field: guessed from the titles, remembered per source, or said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.office import ColumnMapping
from gwangju_desktop.errors import UserError
from gwangju_desktop.members.importing.fields import FIELDS, titles
from gwangju_desktop.members.importing.reading import Source
from gwangju_desktop.members.importing.values import fold
from gwangju_desktop.text import N_, words

# The fields a column may be mapped to; what kind of record a row is, only JSON says.
CHOICES = tuple(key for key in FIELDS if key != "entity")
_SAMPLE = 20


def guess(source: Source) -> tuple[str, ...]:
    """Return each column's field, "" for a column that is ignored, from titles and values."""
    if source.head is None:
        return ("",) * source.width
    taken: set[str] = set()
    found = []
    for at, title in enumerate(source.cells[source.head]):
        key = _fitting(source, at, titles().get(fold(title), ()), taken)
        taken.add(key)
        found.append(key)
    return tuple(found)


def _fitting(source: Source, column: int, keys: Sequence[str], taken: set[str]) -> str:
    for key in keys:
        field = FIELDS[key]
        if key in taken or (key == "entity" and source.form not in ("popolo", "oparl")):
            continue
        if not field.told or _reads(source, column, key):
            return key
    return ""


def _reads(source: Source, column: int, key: str) -> bool:
    """Say whether at least half of a column's first values are such as the field holds."""
    sample = source.sample(column, _SAMPLE)
    good = 0
    for value in sample:
        try:
            FIELDS[key].read(value)
        except UserError:
            continue
        good += 1
    return 2 * good >= len(sample)


def remembered(read: Session, *, source: Source) -> tuple[str, ...]:
    """Return how the source's columns were read last time, or else the guess."""
    query = select(ColumnMapping.mapping).where(ColumnMapping.source == source.key)
    held = read.scalars(query).one_or_none()
    if isinstance(held, list) and len(held) == source.width:
        return tuple(key if key in FIELDS else "" for key in held)
    return guess(source)


def said(source: Source, mapping: Sequence[str], given: Mapping[str, str]) -> tuple[str, ...]:
    """Return the mapping with some columns, by title or letter, mapped as given ("-": ignored).

    Raises UserError for a column or field that there is not, or a field given twice.
    """
    found = list(mapping)
    for column, name in given.items():
        at = _column(source, column)
        key = _key(name)
        if key:
            found = ["" if held == key else held for held in found]
        found[at] = key
    check(source, found)
    return tuple(found)


def check(source: Source, mapping: Sequence[str]) -> None:
    """Raise UserError when no column names people, or two hold the same field."""
    for key in CHOICES:
        columns = [source.titles[at] for at, held in enumerate(mapping) if held == key]
        if len(columns) > 1:
            raise UserError(
                N_("“{first}” and “{second}” are both taken for {field}."),
                hint=N_("Leave one of the two out."),
                first=columns[0],
                second=columns[1],
                field=FIELDS[key].title,
            )
    if not {"name", "uid", "entity"} & set(mapping):
        raise UserError(
            N_("Which column of {file} holds the names?"),
            hint=N_("Its columns are: {columns}."),
            file=source.name,
            columns=", ".join(source.titles),
        )


def remember(tx: Session, source: Source, mapping: Sequence[str]) -> None:
    """Keep how this source's columns were read, unless it would be guessed so anyway."""
    query = select(ColumnMapping).where(ColumnMapping.source == source.key)
    held = tx.scalars(query).one_or_none()
    if held is None and tuple(mapping) == guess(source):
        return
    if held is None:
        tx.add(ColumnMapping(source=source.key, mapping=list(mapping)))
    elif held.mapping != list(mapping):
        held.mapping = list(mapping)


def _column(source: Source, name: str) -> int:
    from gwangju_desktop.members.importing.reading import letters

    for names in (source.titles, [letters(at) for at in range(source.width)]):
        folded = [title.casefold() for title in names]
        if name.casefold() in folded:
            return folded.index(name.casefold())
    raise UserError(
        N_("{file} has no column “{column}”."),
        hint=N_("Its columns are: {columns}."),
        file=source.name,
        column=name,
        columns=", ".join(source.titles),
    )


def _key(name: str) -> str:
    if name in ("", "-"):
        return ""
    if name in CHOICES:
        return name
    for key in titles().get(fold(name), ()):
        if key in CHOICES:
            return key
    say = words()
    raise UserError(
        N_("There is no field “{field}”."),
        hint=N_("Fields are: {known}."),
        field=name,
        known=", ".join(f"{key} ({say(FIELDS[key].title)})" for key in CHOICES),
    )
