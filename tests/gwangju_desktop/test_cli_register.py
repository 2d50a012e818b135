"""`import meetings` and `export meetings` as a program calls them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.gwangju_desktop.test_cli import outcome

REGISTER = (
    "회차,일시,장소,재적,출석,안건명,의결 결과,찬성,반대,기권\n"
    "제101회,2016. 3. 17. 14:00~16:00,가상 회의실,30,20,가상 계획(안),원안가결,18,1,1\n"
    ",,,,,가상 현황,보고,,,\n"
)
WRONG = "제102회,2016. 4. 17. 14:00~16:00,가상 회의실,30,20,가상 계획(안),원안가결,28,1,1\n"


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GWANGJU_DESKTOP_HOME", str(tmp_path / "home"))


def told(capfdbinary: Any, *words: object, code: int = 0) -> Any:
    found, out, err = outcome(capfdbinary, *words, "--json")
    assert found == code, err
    return json.loads(out)


def test_a_register_goes_in_once_and_out_again(
    sample_copy: Path, tmp_path: Path, capfdbinary: Any
) -> None:
    office = ["--office", sample_copy]
    path = tmp_path / "회의 대장.csv"
    path.write_text(REGISTER, encoding="cp949")
    asked = [*office, "import", "meetings", path, "--body", "1"]
    dry = told(capfdbinary, *asked, "--dry-run")
    assert (dry["counts"]["added"], dry["meetings"], dry["imported"]) == (2, 1, False)
    assert told(capfdbinary, *asked)["imported"] is True
    again = told(capfdbinary, *asked)
    assert again["counts"]["unchanged"] == 2 and again["meetings"] == 0
    rows = told(capfdbinary, *office, "list", "meetings")
    new = next(row for row in rows if "101" in row["title"])
    shown = told(capfdbinary, *office, "show", "meeting", new["id"])
    assert shown["agenda"][0]["counts"]["yes"] == 18 and shown["agenda"][0]["required"] == 11
    assert shown["quorum"]["enrolled"] == 30 and shown["quorum"]["met"] is True
    out = tmp_path / "대장.xlsx"
    written = told(capfdbinary, *office, "export", "meetings", out)
    assert written["meetings"] >= 3
    back = told(capfdbinary, *office, "import", "meetings", out)
    assert back["counts"]["unchanged"] == written["rows"]


def test_refused_rows_are_listed_and_left_out_when_said(
    sample_copy: Path, tmp_path: Path, capfdbinary: Any
) -> None:
    path = tmp_path / "a.csv"
    path.write_text(REGISTER + WRONG, encoding="utf-8")
    asked = ["--office", sample_copy, "import", "meetings", path, "--body", "1"]
    first = told(capfdbinary, *asked, code=1)
    assert first["imported"] is False and first["refused"][0]["line"] == 4
    code, out, err = outcome(capfdbinary, *asked)
    assert code == 1 and "30" in out and err.count("error:") == 1 and "--skip-refused" in err
    second = told(capfdbinary, *asked, "--skip-refused")
    assert second["imported"] and second["meetings"] == 1
    wrong = ["--office", sample_copy, "export", "meetings", tmp_path / "a.pdf"]
    assert outcome(capfdbinary, *wrong)[0] == 1
