"""`erase` from the command line: asked twice, said once, gone for good."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from db.schema.members import Person
from gwangju_desktop import offices
from gwangju_desktop.members import usecases
from tests.gwangju_desktop.test_cli import outcome, told

NAME = "뷁쀏쒧"


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """An office with one person."""
    path = tmp_path / "사무국.gwoffice"
    offices.new_office(path)
    with offices.opened(path) as store:
        store.run(usecases.add_person, name=NAME, phone="010-9182-7364", fictional=True)
    return path


def test_without_yes_it_only_says_what_would_go(office: Path, capfdbinary: Any) -> None:
    before = office.read_bytes()
    code, out, err = outcome(capfdbinary, "erase", "member", 1, "--office", office)
    assert code == 1 and len(err.splitlines()) == 1 and "--yes" in err
    assert "삭제" in out
    code, out, _err = outcome(capfdbinary, "erase", "member", 1, "--office", office, "--json")
    known = json.loads(out)
    assert code == 1 and (known["id"], known["people"], known["mentions"]) == (1, [1], [])
    assert office.read_bytes() == before


def test_with_yes_it_is_gone_from_the_file(office: Path, capfdbinary: Any) -> None:
    older = office.with_name(office.name + ".before-0001-0002.gwbak")
    older.write_bytes(b"")
    asked = ("erase", "member", 1, "--yes", "--reason", "본인 요구", "--office", office)
    done = told(capfdbinary, *asked)
    assert done["erased"] == 1 and done["left"] == [] and done["backups"] == [older.name]
    assert NAME.encode() not in office.read_bytes()
    assert told(capfdbinary, "history", "--verify", "--office", office)["ok"]
    assert told(capfdbinary, "check", "--office", office)["ok"]
    again = told(capfdbinary, *asked)
    assert again["entry"] == 0


def test_an_older_copy_follows_the_register(office: Path, capfdbinary: Any) -> None:
    older = office.with_name("지난주.gwoffice")
    shutil.copy(office, older)
    told(capfdbinary, "erase", "member", 1, "--yes", "--office", office)
    code, _out, err = outcome(capfdbinary, "erase", "register", office, "--office", older)
    assert code == 1 and "--yes" in err and NAME.encode() in older.read_bytes()
    done = told(capfdbinary, "erase", "register", office, "--yes", "--office", older)
    assert done == {"erased": 1} and NAME.encode() not in older.read_bytes()
    with offices.opened(older, write=False) as store, store.reading() as read:
        assert read.scalars(select(Person.name)).all() == [""]


def test_somebody_who_is_not_there_is_one_sentence(office: Path, capfdbinary: Any) -> None:
    code, out, err = outcome(capfdbinary, "erase", "member", 99, "--yes", "--office", office)
    assert code == 1 and out == "" and len(err.splitlines()) == 1
