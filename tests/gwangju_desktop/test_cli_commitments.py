"""`list` and `show` of plans, commitments, milestones and evidence on the command line."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from db.store import Store
from gwangju_desktop import cli, clock
from gwangju_desktop.commitments import progress, sheet_file
from tests.gwangju_desktop.commitments import made

KEYS = {
    *("code", "status", "status_computed", "status_why", "start", "end", "completed_on"),
    *("suggestion", "ratings", "milestones", "lacking", "deadlines"),
}
STEP_KEYS = {
    *("number", "title", "output", "start", "due", "completed", "state", "weight", "evidence"),
}


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, _empty_office: Path) -> Path:
    path = tmp_path_factory.mktemp("cli") / "실행 계획.gwoffice"
    path.write_bytes(_empty_office.read_bytes())
    with Store.open(path) as store:
        ids = made.make(store)
        clock.fix(made.TODAY)
        made.complete(store, ids.steps[0], dt.date(2021, 10, 30))
        store.run(
            progress.set_own_status, commitment_id=ids.second, status="postponed", reason="예산"
        )
        prove = {"plan_id": ids.plan, "milestone_id": ids.steps[0]}
        store.run(made.prove, name="a", commitment_id=ids.first, **prove)
    return path


@pytest.fixture(autouse=True)
def _today() -> None:
    clock.fix(made.TODAY)


def said(capsys, office: Path, *words: str) -> str:
    assert cli.main(["--office", str(office), *words]) == 0
    return capsys.readouterr().out


def test_lists_are_printed_as_json_and_as_tables(capsys, office: Path) -> None:
    plans = json.loads(said(capsys, office, "list", "plans", "--json"))
    assert [(one["code"], one["start"], one["end"]) for one in plans] == [
        ("KRGNJ2021", "2021-08", "2022-06")
    ]
    commitments = json.loads(said(capsys, office, "list", "commitments", "--json"))
    assert [(one["code"], one["status"], one["end"]) for one in commitments] == [
        ("KRGNJ0001", "late", "2022-05"),
        ("KRGNJ0002", "postponed", "2022-04"),
    ]
    steps = json.loads(said(capsys, office, "list", "milestones", "--json", "--limit", "2"))
    assert [(one["commitment"], one["number"], one["completed"]) for one in steps] == [
        ("KRGNJ0001", 1, "2021-10-30"),
        ("KRGNJ0001", 2, None),
    ]
    (evidence,) = json.loads(said(capsys, office, "list", "evidence", "--json"))
    assert evidence["sha256"] == "a".rjust(64, "0")
    assert evidence["commitment"] == "KRGNJ0001"
    table = said(capsys, office, "list", "commitments")
    assert "연기" in table and "2021-08" in table
    english = said(capsys, office, "--lang", "en", "list", "milestones")
    assert "Completed" in english
    assert "submitted on" in said(capsys, office, "--lang", "en", "list", "plans")


def test_one_commitment_is_shown_by_its_code_or_id(capsys, office: Path) -> None:
    found = json.loads(said(capsys, office, "show", "commitment", "KRGNJ0001", "--json"))
    assert set(found) >= KEYS
    assert set(found["milestones"][0]) >= STEP_KEYS
    assert (found["status"], found["status_computed"], found["suggestion"]) == (
        *("late", "late"),
        "limited",
    )
    assert found["ratings"] == {}
    assert found == json.loads(said(capsys, office, "show", "commitment", "1", "--json"))
    words = said(capsys, office, "show", "commitment", "KRGNJ0002")
    assert "자동 판정: 지연" in words and "자체 추진 상황: 연기" in words
    plan = json.loads(said(capsys, office, "show", "plan", "KRGNJ2021", "--json"))
    assert [one["code"] for one in plan["commitments"]] == ["KRGNJ0001", "KRGNJ0002"]
    assert plan["rules"][0]["value"] == 2 and plan["deadlines"]
    assert "초기보고서: 열린정부" in said(capsys, office, "show", "plan", "1")


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (("show", "commitment", "없음"), 1),
        (("show", "plan", "없음"), 1),
        (("list", "commitments", "--state", "late"), 2),
        (("list", "milestones", "7"), 2),
        (("show", "commitment", "1", "--on", "2022-01-01"), 2),
    ],
)
def test_what_is_not_there_or_not_asked_of_them_is_refused(
    capsys, office: Path, words: tuple[str, ...], status: int
) -> None:
    assert cli.main(["--office", str(office), *words]) == status
    assert capsys.readouterr().err.count("\n") == 1


def test_sheets_of_progress_and_english_go_out_and_come_in(
    capsys: pytest.CaptureFixture[str], office: Path, tmp_path: Path
) -> None:
    path = tmp_path / "사무국.gwoffice"
    path.write_bytes(office.read_bytes())
    out = tmp_path / "추진 상황.xlsx"
    told = json.loads(said(capsys, path, "export", "progress", str(out), "--json"))
    assert told == {"file": str(out), "rows": 4}
    rows = sheet_file.read(out)
    done = next(at for at, head in enumerate(rows[0]) if head == "완료일")
    assert [row[done] for row in rows[1:]] == ["2021-10-30", "", "", ""]
    note = next(at for at, head in enumerate(rows[0]) if head == "최근 추진 메모")
    rows[2][note] = "설문을 준비하고 있습니다(예시)."
    sheet_file.write(out, "추진", rows)
    words = said(capsys, path, "import", "progress", str(out), "--plan", "KRGNJ2021")
    assert "4행을 읽어 세부 이행과제 0건을 반영하고 추진 메모 1건을 추가하였습니다." in words
    english = tmp_path / "영문 누락.xlsx"
    assert f"{english.name}: " in said(capsys, path, "export", "english", str(english))
    rows = sheet_file.read(english)
    rows[1][3] = "Open Government Action Plan"
    sheet_file.write(english, "영문", rows)
    told = json.loads(said(capsys, path, "import", "english", str(english), "--json"))
    assert told == {"rows": len(rows) - 1, "changed": 1}
    plan = json.loads(said(capsys, path, "show", "plan", "KRGNJ2021", "--json"))
    assert plan["title_en"] == "Open Government Action Plan"


def test_a_sheet_under_another_suffix_or_of_no_plan_is_refused(
    capsys: pytest.CaptureFixture[str], office: Path, tmp_path: Path
) -> None:
    for words, what in (
        (("export", "english", str(tmp_path / "a.csv")), ".xlsx"),
        (("export", "progress", str(tmp_path / "a.xlsx"), "--plan", "없음"), "없음"),
    ):
        assert cli.main(["--office", str(office), *words]) == 1
        assert what in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
