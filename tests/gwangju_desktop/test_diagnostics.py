"""Diagnostics say nothing of a person or a place; licences are those of what is installed."""

from __future__ import annotations

import getpass
import json
import platform
import re
from pathlib import Path

import pytest
from sqlalchemy import select

from db.schema.members import Person
from db.store import Store
from gwangju_desktop import VERSION, diagnostics, licences
from gwangju_desktop.cli import main

DIGITS = re.compile(r"\d{2,4}-\d{3,4}-\d{4}")


def test_nothing_personal_no_place_and_no_host(sample_office: Path) -> None:
    with Store.open(sample_office, write=False) as store:
        told = diagnostics.told([*diagnostics.of_program(), *diagnostics.of_office(store)])
        with store.reading() as read:
            names = {name for name in read.scalars(select(Person.name)) if len(name) > 1}
    assert VERSION in told and "revision: " in told and "rows of person: " in told
    assert not {name for name in names if name in told}
    forbidden = {platform.node(), getpass.getuser(), str(sample_office), sample_office.stem}
    forbidden |= {str(Path.home()), str(sample_office.parent)}
    assert not {
        one for one in forbidden if len(one) > 3 and re.search(rf"\b{re.escape(one)}\b", told)
    }
    assert "@" not in told and not DIGITS.search(told) and "/" not in told.replace(" / ", "")


def test_the_command_line_prints_them(
    sample_office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--office", str(sample_office), "diagnostics", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["program"] == VERSION and told["database"].startswith("sqlite")
    assert main(["diagnostics"]) == 0
    assert f"program: {VERSION}" in capsys.readouterr().out


def test_licences_are_of_the_libraries_that_are_installed() -> None:
    held = {one.name: one for one in licences.libraries()}
    assert "LGPL-3.0" in held["PySide6_Essentials"].terms
    assert held["pikepdf"].terms == "MPL-2.0"
    assert "psycopg-binary" in held and "pytest" not in held
    assert [one.name for one in held.values() if not one.terms] == []
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in licences.words_of(held["PySide6_Essentials"])
    for one in held.values():
        assert len(licences.words_of(one)) > 200, one.name
    terms = {one.name: one.terms for one in licences.assets()}
    assert terms == {
        "resources/fonts": "OFL-1.1",
        "resources/icons": "ISC",
        "resources/site/assets (uplot)": "MIT",
    }
    assert licences.own() is not None


def test_the_command_line_lists_them(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["licences", "--json"]) == 0
    assert {"name": "resources/fonts", "version": "", "terms": "OFL-1.1"} in json.loads(
        capsys.readouterr().out
    )
