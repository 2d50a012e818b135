"""`import proposals` as a program calls it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from db.schema.proposals import Proposal
from db.store import Store
from tests.gwangju_desktop.test_cli import outcome

LIST = (
    "번호,접수일,제목,내용,상태\n"
    "1,2022-03-02,가상 제안 하나,전화 010-0000-0000,보류함\n"
    "2,삼월,가상 제안 둘,글,접수\n"
)


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GWANGJU_DESKTOP_HOME", str(tmp_path / "home"))


@pytest.fixture
def office(tmp_path: Path) -> list[object]:
    path = tmp_path / "사무국.gwoffice"
    Store.create(path).close()
    return ["--office", path]


def told(capfdbinary: Any, *words: object, code: int = 0) -> Any:
    found, out, err = outcome(capfdbinary, *words, "--json")
    assert found == code, err
    return json.loads(out)


def test_a_list_goes_in_once(office: list[object], tmp_path: Path, capfdbinary: Any) -> None:
    path = tmp_path / "제안 목록.csv"
    path.write_text(LIST, encoding="cp949")
    asked = [*office, "import", "proposals", path]
    refused = told(capfdbinary, *asked, code=1)
    assert refused["imported"] is False
    assert refused["refused"][0]["line"] == 3
    assert refused["refused"][0]["column"] == "접수일"
    asked += ["--skip-refused", "--map", "번호=number", "--system", "예시 체계"]
    dry = told(capfdbinary, *asked, "--dry-run")
    assert (dry["counts"]["flagged"], dry["imported"]) == (1, False)
    done = told(capfdbinary, *asked, "--state", "보류함=closed")
    assert len(done["proposals"]) == 1
    store = Store.open(str(office[1]), write=False)
    with store.reading() as read:
        assert read.execute(select(Proposal.state, Proposal.number)).all() == [
            ("closed", "2022-001")
        ]
    store.close()
    again = told(capfdbinary, *asked)
    assert (again["counts"]["unchanged"], again["proposals"]) == (1, [])


def test_a_person_is_told_in_lines(office: list[object], tmp_path: Path, capfdbinary: Any) -> None:
    path = tmp_path / "제안.csv"
    path.write_text(LIST, encoding="utf-8")
    code, out, err = outcome(capfdbinary, *office, "import", "proposals", path, "--dry-run")
    assert code == 1
    assert "삼월" in out
    assert "3" in out
    assert err


def test_another_state_is_no_state(office: list[object], capfdbinary: Any) -> None:
    words = (*office, "import", "proposals", "없음.csv", "--state", "접수=erledigt")
    code, _out, err = outcome(capfdbinary, *words)
    assert code == 2
    assert "erledigt" in err
