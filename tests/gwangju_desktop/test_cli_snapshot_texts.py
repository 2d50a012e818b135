"""Finds of the texts of a copy on the command line: listed, decided on, taken back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from db.store import Store
from tests.gwangju_desktop.snapshots import offices
from tests.gwangju_desktop.test_cli import outcome, told


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small office of made-up members."""
    monkeypatch.setenv("GWANGJU_DESKTOP_HOME", str(tmp_path / "home"))
    path = tmp_path / "사무국.gwoffice"
    with Store.create(path) as store:
        offices.small(store)
    return path


def test_finds_are_listed_decided_on_and_taken_back(office: Path, capfdbinary: Any) -> None:
    asked = ["--office", office, "snapshot"]
    listed = told(capfdbinary, *asked, "texts")
    assert (listed["count"], listed["undecided"]) == (2, 2)
    phone, name = sorted(listed["finds"], key=lambda find: -find["length"])
    assert (phone["kind"], phone["found"], phone["decision"]) == ("phone", "062-000-0000", None)
    assert (name["table"], name["record"], name["after"][:2]) == ("agenda_item", "안건 2", " 님")
    code, _out, err = outcome(capfdbinary, *asked, "decide", phone["find"], "--show")
    assert code == 1 and err.count("\n") == 1
    reason = ("--reason", "대표번호")
    assert told(capfdbinary, *asked, "decide", phone["find"], "--show", "--same", *reason) == {
        "decided": 1
    }
    code, out, _err = outcome(capfdbinary, *asked, "texts")
    assert code == 0 and "대표번호" in out and "문의 [062-000-0000]으로" in out
    left = told(capfdbinary, *asked, "texts", "--undecided")
    assert [find["find"] for find in left["finds"]] == [name["find"]]
    assert told(capfdbinary, *asked, "decide", "--mask", "--undecided") == {"decided": 1}
    code, out, _err = outcome(capfdbinary, *asked, "decide", phone["find"], "--again")
    assert code == 0 and "1" in out
    assert told(capfdbinary, *asked, "texts")["undecided"] == 1


def test_a_find_that_is_gone_and_none_at_all_are_said(office: Path, capfdbinary: Any) -> None:
    asked = ["--office", office, "snapshot", "decide", "--mask"]
    code, _out, err = outcome(capfdbinary, *asked)
    assert code == 2 and "--undecided" in err
    code, _out, err = outcome(capfdbinary, *asked, "0123456789ab")
    assert code == 1 and "0123456789ab" in err
