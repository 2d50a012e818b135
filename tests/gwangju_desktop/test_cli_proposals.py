"""`list proposals` and `show proposal` as a program calls them."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from db.store import Store
from gwangju_desktop import clock
from tests.gwangju_desktop.proposals.entered import enter
from tests.gwangju_desktop.proposals.test_due import begin
from tests.gwangju_desktop.proposals.test_queries import BIKES, finish
from tests.gwangju_desktop.test_cli import outcome, told

D = dt.date


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GWANGJU_DESKTOP_HOME", str(tmp_path / "home"))
    path = tmp_path / "제안 사무국.gwoffice"
    store = Store.create(path)
    store.run(begin)
    ids = store.run(
        enter,
        proposals=[
            BIKES,
            {"number": "2022-040", "title": "길", "state": "review", "due_on": D(2099, 3, 30)},
            {"number": "2022-041", "title": "늦음", "state": "review", "due_on": D(2022, 3, 1)},
            {"title": "적는 중", "state": "draft"},
        ],
    ).value
    store.run(finish, id=ids[0], other=ids[1])
    store.close()
    return path


def test_lists_are_narrowed_and_counted(office: Path, capfdbinary: Any) -> None:
    rows = told(capfdbinary, "--office", office, "list", "proposals")
    assert [row["number"] for row in rows] == ["2022-041", "2022-040", None, "2022-031"]
    assert (rows[0]["overdue"], rows[0]["state"]) == (True, "review")
    assert rows[0]["days_left"] == (D(2022, 3, 1) - clock.today()).days
    assert rows[0]["due_on"] == "2022-03-01" and rows[3]["due_on"] is None
    assert rows[3]["outside"] == [{"system": "국민신문고", "number": "1AA-2203-000001"}]
    late = told(capfdbinary, "--office", office, "list", "proposals", "--overdue")
    assert [row["number"] for row in late] == ["2022-041"]
    review = told(capfdbinary, "--office", office, "list", "proposals", "--state", "REVIEW")
    assert [row["number"] for row in review] == ["2022-041", "2022-040"]
    one = told(capfdbinary, "--office", office, "list", "proposals", "--limit", "1")
    assert len(one) == 1
    both = ("--state", "draft", "--overdue")
    assert told(capfdbinary, "--office", office, "list", "proposals", *both) == []


def test_days_are_counted_from_the_day_of_the_office(
    sample_office: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capfdbinary: Any
) -> None:
    monkeypatch.setenv("GWANGJU_DESKTOP_HOME", str(tmp_path / "home"))
    (late,) = told(capfdbinary, "--office", sample_office, "list", "proposals", "--overdue")
    assert (late["number"], late["days_left"]) == ("2022-004", -3)


def test_one_is_shown_by_number_number_elsewhere_or_id(office: Path, capfdbinary: Any) -> None:
    shown = [
        told(capfdbinary, "--office", office, "show", "proposal", name)
        for name in ("2022-031", "1AA-2203-000001", "1")
    ]
    assert shown[0] == shown[1] == shown[2]
    found = shown[0]
    assert found["state"] == "replied" and found["state_name"] == "회신"
    assert [line["on"] for line in found["history"]] == sorted(
        line["on"] for line in found["history"]
    )
    assert found["history"][0]["state"] == "received"
    (clock_one, waiting) = found["clocks"]
    assert (clock_one["name"], clock_one["due"]) == ("decision", "2022-03-28")
    assert clock_one["suspended_days"] == 0 and clock_one["running"] is False
    assert (waiting["name"], waiting["department"], waiting["due"]) == (
        "opinion",
        "회계과",
        "2022-03-09",
    )


def test_what_stays_in_the_office_is_not_printed(office: Path, capfdbinary: Any) -> None:
    for arguments in (("show", "proposal", "2022-031"), ("list", "proposals")):
        for form in ((), ("--json",)):
            code, out, err = outcome(capfdbinary, "--office", office, *arguments, *form)
            assert code == 0, err
            assert "공공자전거" in out
            for kept in ("0000-1234", "****", "거점 14곳 추가 가능"):
                assert kept not in out


def test_a_person_reads_words_and_dates(office: Path, capfdbinary: Any) -> None:
    code, out, _err = outcome(
        capfdbinary, "--office", office, "--lang", "en", "show", "proposal", "2022-031"
    )
    assert code == 0
    assert "2022-031 공공자전거 거점 확대" in out
    assert "Decision" in out and "2022-03-28" in out
    assert "Opinion of 교통정책과: For adoption" in out


def test_wrong_usage_and_unknown_numbers(office: Path, capfdbinary: Any) -> None:
    for arguments, code in (
        (("list", "proposals", "--state", "nothing"), 2),
        (("list", "proposals", "--body", "1"), 2),
        (("list", "members", "--overdue"), 2),
        (("list", "bodies", "--state", "review"), 2),
        (("show", "proposal", "2022-031", "--on", "2022-01-01"), 2),
        (("show", "proposal", "2099-001"), 1),
    ):
        found, out, err = outcome(capfdbinary, "--office", office, *arguments)
        assert (found, out) == (code, ""), arguments
        assert err.startswith("error: ") and err.count("\n") == 1
