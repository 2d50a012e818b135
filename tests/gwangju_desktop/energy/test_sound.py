"""What is kept beside the readings is checked against them."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from db.store import Store
from gwangju_desktop import check
from gwangju_desktop.energy import catalogue, rollup
from tests.gwangju_desktop.energy import brought


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """An office with a day of hours of the nation, settled."""
    path = tmp_path / "office.gwoffice"
    with Store.create(path) as store:
        store.run(catalogue.set_up)
        hours = [(2021010100 + hour, 10.0 * hour, "", "00000") for hour in range(1, 25)]
        store.run(brought.bring, figures={"LD01": hours})
        store.run(rollup.settle)
    return path


def altered(path: Path, statement: str) -> list[tuple[str, str]]:
    """Change a copy behind the program's back; return what its check says of energy."""
    other = path.with_name("other.gwoffice")
    shutil.copy(path, other)
    with closing(sqlite3.connect(other)) as file:
        assert file.execute(statement).rowcount > 0
        file.commit()
    with Store.open(other, write=False) as store:
        return [(str(one.what), one.where) for one in check.check(store)]


def test_a_settled_office_is_whole(office: Path) -> None:
    with Store.open(office, write=False) as store:
        assert check.check(store) == []


@pytest.mark.parametrize(
    ("statement", "where"),
    [
        ("UPDATE reading_month SET total = total + 1", "LD01 00000 2021-01"),
        ("UPDATE energy_figure SET value = value + 1 WHERE period = 202101", "LD01 00000 2021-01"),
        ("DELETE FROM energy_figure WHERE period = 202100", "LD01 00000 2021"),
    ],
)
def test_what_was_changed_is_named(office: Path, statement: str, where: str) -> None:
    assert where in {place for _what, place in altered(office, statement)}
