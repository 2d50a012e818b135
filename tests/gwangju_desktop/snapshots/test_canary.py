"""A token in every text column of every table: none of what stays is in a copy, of either profile."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Table
from sqlalchemy.orm import Session

import db.schema
from db.store import Store, usecase
from db.types import Json
from db.vocab import Profile
from gwangju_desktop.snapshots import disclose, policy, vocabulary
from gwangju_desktop.snapshots.build import make_snapshot
from gwangju_desktop.snapshots.explaining import type_of
from tests.gwangju_desktop.snapshots import offices

# Grounds of texts in which nobody can be named, and the law by which somebody may be.
NOBODY_NAMED = ("official", "category", "coded", "figures", "name_by_law")


@pytest.mark.parametrize("profile", list(Profile))
def test_no_token_of_what_stays_is_in_the_file(
    sqlite_store: Store, tmp_path: Path, profile: Profile
) -> None:
    tokens = offices.fill_tokens(sqlite_store)
    target = tmp_path / "whole.gwsnap"
    make_snapshot(sqlite_store, target=target, passphrase=offices.PASSPHRASE, profile=profile)
    assert offices.leaked(target, tokens, profile) == {}
    # Half of the rows are gone: the journal remembers them, the copy does not.
    assert offices.thin(sqlite_store) > 50
    make_snapshot(sqlite_store, target=target, passphrase=offices.PASSPHRASE, profile=profile)
    assert offices.leaked(target, tokens, profile) == {}


def texts(profile: Profile) -> Iterator[tuple[Table, policy.ColumnPolicy]]:
    """Yield every text column that goes out and holds no word of a closed list."""
    for entry in policy.load(profile).tables.values():
        table = disclose.BASE.metadata.tables[entry.name]
        for column in entry.shown:
            kind = table.c[column.name].type
            text = column.action in ("keep", "review") and type_of(column, table.c[column.name])
            date = not isinstance(kind, Json) and kind.python_type is not str
            closed = (entry.name, column.name) in vocabulary.COLUMNS
            if text == "TEXT" and not date and not closed:
                yield table, column


@pytest.mark.parametrize("profile", list(Profile))
def test_a_text_that_is_kept_says_why_it_names_nobody(profile: Profile) -> None:
    silent = [
        f"{table.name}.{column.name}"
        for table, column in texts(profile)
        if column.action == "keep" and not column.only and column.ground not in NOBODY_NAMED
    ]
    assert silent == []


@usecase("Write a name into every text")
def write_name(tx: Session, *, name: str) -> int:
    """Write a sentence that names somebody into every text in which somebody could be named."""
    written = 0
    mapped = {m.local_table: m.class_ for m in db.schema.mappers()}
    for table, column in texts(Profile.MONITOR):
        json = isinstance(table.c[column.name].type, Json)
        if column.ground in NOBODY_NAMED or column.only or json or table not in mapped:
            continue
        for row in tx.query(mapped[table]):
            setattr(row, column.name, f"담당 {name} 주무관")
        written += 1
    tx.flush()
    return written


@pytest.mark.parametrize("profile", list(Profile))
def test_no_text_names_somebody_who_is_not_named(
    sqlite_store: Store, tmp_path: Path, profile: Profile
) -> None:
    tokens = offices.fill_tokens(sqlite_store)
    hidden = tokens["person.name.2"]
    written = sqlite_store.run(write_name, name=hidden).value
    assert isinstance(written, int) and written > 140
    target = tmp_path / "whole.gwsnap"
    make_snapshot(sqlite_store, target=target, passphrase=offices.PASSPHRASE, profile=profile)
    assert hidden.encode() not in target.read_bytes()
