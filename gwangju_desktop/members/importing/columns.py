"""Which column of a list holds which field: guessed from the titles, remembered, or said."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.office import ColumnMapping
from gwangju_desktop.errors import UserError
from gwangju_desktop.members.importing.reading import Source
from gwangju_desktop.members.importing.values import fold
from gwangju_desktop.sheets.guards import letters
from gwangju_desktop.text import N_, Msg, words

_SAMPLE = 20


class Field(Protocol):
    """What a column may hold; `told` says that a title alone does not tell it."""

    @property
    def title(self) -> Msg: ...

    @property
    def told(self) -> bool: ...

    @property
    def read(self) -> Callable[[str], Any]: ...


class Columns:
    """The fields of one kind of list.

    `titles` are the fields each folded title may mean, the likeliest first. `aside` are fields no
    person chooses: they stand only in the `forms` of files named. `kind` tells the memories of
    lists with the same titles apart.
    """

    def __init__(
        self,
        fields: Mapping[str, Field],
        titles: Callable[[], Mapping[str, Sequence[str]]],
        *,
        kind: str = "",
        aside: Collection[str] = (),
        forms: Collection[str] = (),
    ) -> None:
        self.fields, self.titles, self.kind = fields, titles, kind
        self.aside, self.forms = aside, forms
        self.choices = tuple(key for key in fields if key not in aside)

    def guess(self, source: Source) -> tuple[str, ...]:
        """Return each column's field, "" for a column that is ignored, from titles and values."""
        if source.head is None:
            return ("",) * source.width
        taken: set[str] = set()
        found = []
        for at, title in enumerate(source.cells[source.head]):
            key = self._fitting(source, at, self.titles().get(fold(title), ()), taken)
            taken.add(key)
            found.append(key)
        return tuple(found)

    def _fitting(self, source: Source, column: int, keys: Sequence[str], taken: set[str]) -> str:
        for key in keys:
            if key in taken or (key in self.aside and source.form not in self.forms):
                continue
            if not self.fields[key].told or self._reads(source, column, key):
                return key
        return ""

    def _reads(self, source: Source, column: int, key: str) -> bool:
        """Say whether at least half of a column's first values are such as the field holds."""
        sample = source.sample(column, _SAMPLE)
        good = 0
        for value in sample:
            try:
                self.fields[key].read(value)
            except UserError:
                continue
            good += 1
        return 2 * good >= len(sample)

    def remembered(self, read: Session, source: Source) -> tuple[str, ...]:
        """Return how the source's columns were read last time, or else the guess."""
        query = select(ColumnMapping.mapping).where(ColumnMapping.source == self._name(source))
        held = read.scalars(query).one_or_none()
        if isinstance(held, list) and len(held) == source.width:
            return tuple(key if key in self.fields else "" for key in held)
        return self.guess(source)

    def remember(self, tx: Session, source: Source, mapping: Sequence[str]) -> None:
        """Keep how this source's columns were read, unless it would be guessed so anyway."""
        query = select(ColumnMapping).where(ColumnMapping.source == self._name(source))
        held = tx.scalars(query).one_or_none()
        if held is None and tuple(mapping) == self.guess(source):
            return
        if held is None:
            tx.add(ColumnMapping(source=self._name(source), mapping=list(mapping)))
        elif held.mapping != list(mapping):
            held.mapping = list(mapping)

    def said(
        self, source: Source, mapping: Sequence[str], given: Mapping[str, str]
    ) -> tuple[str, ...]:
        """Return the mapping with some columns, by title or letter, mapped as given ("-": ignored).

        Raises UserError for a column or field that there is not.
        """
        found = list(mapping)
        for column, name in given.items():
            at = _column(source, column)
            key = self._key(name)
            if key:
                found = ["" if held == key else held for held in found]
            found[at] = key
        return tuple(found)

    def refuse_doubled(self, source: Source, mapping: Sequence[str]) -> None:
        """Raise UserError when two columns hold the same field."""
        for key in self.choices:
            columns = [source.titles[at] for at, held in enumerate(mapping) if held == key]
            if len(columns) > 1:
                raise UserError(
                    N_("“{first}” and “{second}” are both taken for {field}."),
                    hint=N_("Leave one of the two out."),
                    first=columns[0],
                    second=columns[1],
                    field=self.fields[key].title,
                )

    def _name(self, source: Source) -> str:
        return f"{self.kind}:{source.key}" if self.kind else source.key

    def _key(self, name: str) -> str:
        if name in ("", "-"):
            return ""
        if name in self.choices:
            return name
        for key in self.titles().get(fold(name), ()):
            if key in self.choices:
                return key
        say = words()
        raise UserError(
            N_("There is no field “{field}”."),
            hint=N_("Fields are: {known}."),
            field=name,
            known=", ".join(f"{key} ({say(self.fields[key].title)})" for key in self.choices),
        )


def _column(source: Source, name: str) -> int:
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
