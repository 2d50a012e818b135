"""`import members` and `export members` as a program calls them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from db.store import Store
from gwangju_desktop.members import access
from tests.gwangju_desktop.test_cli import outcome

LIST = "성명,소속,위촉일,임기 만료일,메모장\n가상하나,가상단체,2021-02-25,2023-02-24,x\n"


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GWANGJU_DESKTOP_HOME", str(tmp_path / "home"))


@pytest.fixture
def office(sample_copy: Path) -> list[object]:
    return ["--office", sample_copy]


def told(capfdbinary: Any, *words: object, code: int = 0) -> Any:
    found, out, err = outcome(capfdbinary, *words, "--json")
    assert found == code, err
    return json.loads(out)


def test_a_list_goes_in_once(office: list[object], tmp_path: Path, capfdbinary: Any) -> None:
    path = tmp_path / "위원 명단.csv"
    path.write_text(LIST, encoding="cp949")
    asked = [*office, "import", "members", path, "--body", "1"]
    dry = told(capfdbinary, *asked, "--dry-run")
    assert dry["counts"]["added"] == 1 and dry["imported"] is False
    assert dry["encoding"] == "cp949" and dry["ignored"] == ["메모장"]
    assert dry["added"] == [{"line": 2, "name": "가상하나", "where": "위원회"}]
    assert told(capfdbinary, *asked)["imported"] is True
    again = told(capfdbinary, *asked)
    assert again["counts"] == {
        "refused": 0,
        "conflicts": 0,
        "added": 0,
        "changed": 0,
        "unchanged": 1,
    }
    rows = told(capfdbinary, *office, "list", "members", "--body", "1", "--on", "2021-03-01")
    assert [row["name"] for row in rows].count("가상하나") == 1


def test_refused_rows_are_listed_and_left_out_when_said(
    office: list[object], tmp_path: Path, capfdbinary: Any
) -> None:
    path = tmp_path / "a.csv"
    path.write_text(LIST + "가상둘,,2023-01-01,2022-01-01,\n", encoding="utf-8")
    asked = [*office, "import", "members", path, "--body", "1"]
    first = told(capfdbinary, *asked, code=1)
    assert first["imported"] is False
    assert first["refused"][0]["line"] == 3 and "2022. 1. 1." in first["refused"][0]["reason"]
    code, out, err = outcome(capfdbinary, *asked)
    assert code == 1 and "가상둘" in out and err.count("error:") == 1 and "--skip-refused" in err
    second = told(capfdbinary, *asked, "--skip-refused")
    assert second["imported"] and second["counts"]["added"] == 1


@pytest.mark.parametrize("extra", [["--map", "성명"], ["--map", "없음=name"], ["--body", "x"]])
def test_wrong_words_are_said(
    extra: list[str], office: list[object], tmp_path: Path, capfdbinary: Any
) -> None:
    path = tmp_path / "a.csv"
    path.write_text(LIST, encoding="utf-8")
    code, out, err = outcome(capfdbinary, *office, "import", "members", path, *extra)
    assert code == (2 if extra == ["--map", "성명"] else 1) and not out and err.count("\n") == 1


def test_the_roll_goes_out_and_in_again(
    office: list[object], tmp_path: Path, capfdbinary: Any
) -> None:
    for suffix in (".csv", ".xlsx", ".json"):
        path = tmp_path / f"명부 밖{suffix}"
        made = told(capfdbinary, *office, "export", "members", path)
        assert made["rows"] >= made["people"] > 30 and made["contacts"] is False
        back = told(capfdbinary, *office, "import", "members", path)
        assert back["counts"]["unchanged"] == back["rows"] == made["rows"]


def test_contacts_go_out_with_a_reason_and_a_record(
    office: list[object], tmp_path: Path, capfdbinary: Any
) -> None:
    path = tmp_path / "연락처.csv"
    asked = [*office, "export", "members", path, "--body", "1", "--on", "2022-03-11"]
    code, _, err = outcome(capfdbinary, *asked, "--with-contacts")
    assert code == 1 and err and not path.exists()
    made = told(capfdbinary, *asked, "--with-contacts", "--reason", "회의 통지")
    assert made["contacts"] and path.exists()
    with Store.open(str(office[1]), write=False) as store, store.reading() as read:
        (id,) = access.record_ids(read)[:1]
        (row,) = access.record_rows(read, ids=[id])
    assert row.reason == "회의 통지" and row.count == made["people"]
    assert set(row.fields) == {"phone", "email", "disability"}
    code, _, err = outcome(capfdbinary, *office, "export", "members", tmp_path / "a.pdf")
    assert code == 1 and ".pdf" in err
    code, _, err = outcome(capfdbinary, *office, "export", "members", tmp_path / "없음" / "a.csv")
    assert code == 1 and "없음" in err and ".writing" not in err
