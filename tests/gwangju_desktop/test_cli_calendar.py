"""`calendar` and `import calendar` on the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.gwangju_desktop.meetings import naive_ics
from tests.gwangju_desktop.test_cli import ONE_SENTENCE, outcome, told


def test_a_calendar_goes_out_and_comes_in_again(
    sample_copy: Path, tmp_path: Path, capfdbinary: Any
) -> None:
    target = tmp_path / "회의 일정.ics"
    office = ("--office", sample_copy)
    made = told(capfdbinary, *office, "calendar", "-o", target)
    assert made == {"file": str(target), "meetings": 3}
    assert len(naive_ics.read(target.read_bytes())) == 3
    again = told(capfdbinary, *office, "import", "calendar", target)
    assert again["counts"] == {"refused": 0, "added": 0, "changed": 0, "unchanged": 3}
    assert again["imported"] is False


def test_a_dry_run_writes_nothing_and_a_refusal_names_the_line(
    sample_copy: Path, tmp_path: Path, capfdbinary: Any
) -> None:
    file = tmp_path / "a.ics"
    file.write_text(
        "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\nBEGIN:VEVENT\nUID:1\n"
        "DTSTART:20220601T050000Z\nSUMMARY:가상 회의\nEND:VEVENT\nEND:VCALENDAR\n",
        encoding="utf-8",
    )
    office = ("--office", sample_copy)
    asked = (*office, "import", "calendar", file, "--body", 1)
    plan = told(capfdbinary, *asked, "--dry-run")
    assert (plan["counts"]["added"], plan["imported"]) == (1, False)
    before = told(capfdbinary, *office, "list", "meetings")
    assert told(capfdbinary, *asked)["imported"] is True
    assert len(told(capfdbinary, *office, "list", "meetings")) == len(before) + 1
    code, out, err = outcome(capfdbinary, *office, "import", "calendar", file)
    assert code == 0 and "변동 없음 1" in out.decode() if isinstance(out, bytes) else code == 0
    file.write_text(file.read_text("utf-8").replace("DTSTART:2022", "DTSTART:9"), encoding="utf-8")
    code, _out, err = outcome(capfdbinary, *asked)
    assert code == 1 and "a.ics" in err and "6" in err and err.count("\n") == ONE_SENTENCE


def test_no_file_no_body_no_place(sample_copy: Path, tmp_path: Path, capfdbinary: Any) -> None:
    office = ("--office", sample_copy)
    for asked in (
        ("import", "calendar", tmp_path / "없음.ics"),
        ("calendar", "-o", tmp_path / "a.txt"),
        ("calendar", "-o", tmp_path / "a.ics", "--body", 99),
    ):
        code, _out, err = outcome(capfdbinary, *office, *asked)
        assert code == 1 and err.count("\n") == ONE_SENTENCE
