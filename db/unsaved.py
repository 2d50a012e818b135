"""What was typed into forms and not saved yet: a file of this person's own on this PC.

It is no part of an office: neither journalled, searched nor backed up, readable by its owner
alone, and what is deleted is overwritten. Drafts of minutes are another thing (db.drafts).
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    MetaData,
    String,
    Table,
    Text,
    delete,
    insert,
    inspect,
    select,
)

from db.engine import file_url, open_engines
from db.faults import translated

DAYS = 30  # that a draft is kept
NAME = "drafts.db"
_META = MetaData()
unsaved = Table(
    "unsaved",
    _META,
    # An office, a form of it, what the form is about, and when it was opened.
    Column("office", String(64), primary_key=True),
    Column("form", String(200), primary_key=True),
    Column("record", String(200), primary_key=True),
    Column("begun", String(32), primary_key=True),
    Column("version", String(32), nullable=False),
    Column("saved_at", String(32), nullable=False),
    Column("title", Text, nullable=False),
    Column("place", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("aside", Boolean, nullable=False),
)
_KEY = ("office", "form", "record", "begun")


@dataclass(frozen=True, slots=True)
class Unsaved:
    """What was typed into one form: `fields` maps a name to what it showed and what was typed.

    `version` is the token of the record when the form was opened, "" for a form that adds one;
    `title` is the form's heading, `place` where in the program it was opened; `aside` says that
    somebody knows of it who left it.
    """

    office: str
    form: str
    record: str
    begun: dt.datetime
    saved_at: dt.datetime
    version: str = ""
    title: str = ""
    place: tuple[Any, ...] = ()
    fields: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    aside: bool = False

    @property
    def key(self) -> tuple[str, str, str, str]:
        """Return what tells it from every other."""
        return self.office, self.form, self.record, self.begun.isoformat()


class Drafts:
    """The file, made with the first draft. For one thread; raises the faults of db.errors."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with translated(str(path)):
            if not path.exists():
                # Made private before anything is in it; its journal takes the same rights.
                os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
            self._office = open_engines(file_url(path))
            try:
                with self._office.write.begin() as connection:
                    if not inspect(connection).has_table(unsaved.name):
                        _META.create_all(connection)
            except BaseException:
                self._office.dispose()
                raise

    def __enter__(self) -> Drafts:
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._office.dispose()

    def put(self, draft: Unsaved) -> None:
        """Keep a draft in the place of the one its form had."""
        body = json.dumps(draft.fields, ensure_ascii=False)
        values = dict(zip(_KEY, draft.key, strict=True)) | {
            "version": draft.version,
            "saved_at": draft.saved_at.isoformat(),
            "title": draft.title,
            "place": json.dumps(draft.place, ensure_ascii=False),
            "body": body,
            "aside": draft.aside,
        }
        with translated(str(self.path)), self._office.write.begin() as connection:
            connection.execute(delete(unsaved).where(*_at(draft.key)))
            connection.execute(insert(unsaved).values(values))

    def drop(self, key: tuple[str, str, str, str]) -> None:
        """Forget a draft; one that is not there is forgotten already."""
        with translated(str(self.path)), self._office.write.begin() as connection:
            connection.execute(delete(unsaved).where(*_at(key)))

    def of(self, office: str) -> list[Unsaved]:
        """Return the drafts of an office, the newest first."""
        query = select(unsaved).where(unsaved.c.office == office)
        with translated(str(self.path)), self._office.read.connect() as connection:
            rows = connection.execute(query.order_by(unsaved.c.saved_at.desc())).all()
        return [draft for row in rows if (draft := _read(row)) is not None]

    def purge(self, now: dt.datetime) -> int:
        """Forget what is older than DAYS; return how many."""
        oldest = (now - dt.timedelta(days=DAYS)).isoformat()
        with translated(str(self.path)), self._office.write.begin() as connection:
            return connection.execute(delete(unsaved).where(unsaved.c.saved_at < oldest)).rowcount

    def forget(self, names: Callable[[str], bool]) -> int:
        """Forget every draft with a text for which `names` is true; return how many."""
        with translated(str(self.path)), self._office.write.begin() as connection:
            rows = connection.execute(select(unsaved)).all()
            gone = [row for row in rows if any(names(text) for text in _texts(row))]
            for row in gone:
                key = (row.office, row.form, row.record, row.begun)
                connection.execute(delete(unsaved).where(*_at(key)))
        return len(gone)


def forget(path: Path, names: Callable[[str], bool]) -> int:
    """Forget drafts as `Drafts.forget` does, where there is such a file."""
    if not path.exists():
        return 0
    with Drafts(path) as drafts:
        return drafts.forget(names)


def _at(key: tuple[str, str, str, str]) -> list[Any]:
    return [unsaved.c[name] == value for name, value in zip(_KEY, key, strict=True)]


def _texts(row: Any) -> list[str]:
    draft = _read(row)
    if draft is None:
        return [row.title, row.body]
    held = [state for pair in draft.fields.values() for state in pair]
    return [row.title, *(state for state in held if isinstance(state, str))]


def _read(row: Any) -> Unsaved | None:
    """Return a row as a draft; one that another program spoilt is none."""
    with contextlib.suppress(ValueError, TypeError, AttributeError):
        fields = {str(name): (was, mine) for name, (was, mine) in json.loads(row.body).items()}
        return Unsaved(
            row.office,
            row.form,
            row.record,
            dt.datetime.fromisoformat(row.begun),
            dt.datetime.fromisoformat(row.saved_at),
            row.version,
            row.title,
            tuple(json.loads(row.place)),
            fields,
            bool(row.aside),
        )
    return None
