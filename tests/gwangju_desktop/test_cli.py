"""The command line as a program calls it: documents, exit codes, sentences."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from db.store import Store
from gwangju_desktop import cli, offices
from gwangju_desktop.errors import UserError
from gwangju_desktop.packs.papers import take_in
from tests.conftest import ROOT, _administer, _database

ONE_SENTENCE = 1


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep this person's real folder out of the tests."""
    monkeypatch.setenv("GWANGJU_DESKTOP_HOME", str(tmp_path / "home"))


def told(capfdbinary: Any, *arguments: object) -> Any:
    """Run a command that must succeed with --json and return its document."""
    code, out, err = outcome(capfdbinary, *arguments, "--json")
    assert code == 0, err
    return json.loads(out)


def outcome(capfdbinary: Any, *arguments: object) -> tuple[int, str, str]:
    """Run a command in this process and return (code, stdout, stderr)."""
    capfdbinary.readouterr()
    try:
        code = cli.main([str(argument) for argument in arguments])
    except SystemExit as stopped:
        code = int(stopped.code or 0)
    out, err = capfdbinary.readouterr()
    return code, out.decode("utf-8"), err.decode("utf-8")


def test_new_refuses_an_existing_file_and_keeps_it(tmp_path: Path, capfdbinary: Any) -> None:
    path = tmp_path / "사무국 1.gwoffice"
    assert outcome(capfdbinary, "new", path)[0] == 0
    before = path.read_bytes()
    code, out, err = outcome(capfdbinary, "new", path)
    assert code == 1 and not out and err.startswith("error: ") and "사무국 1" in err
    assert path.read_bytes() == before


def test_an_office_made_meanwhile_by_somebody_else_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "x.gwoffice"

    fill = offices._fill

    def somebody(*given: Any) -> None:
        fill(*given)
        path.write_bytes(b"theirs")

    monkeypatch.setattr(offices, "_fill", somebody)

    with pytest.raises(FileExistsError):
        offices.new_office(path)
    assert path.read_bytes() == b"theirs"
    assert [one.name for one in tmp_path.iterdir()] == [path.name]


def test_a_name_without_room_for_its_journal_is_refused_at_once(
    tmp_path: Path, capfdbinary: Any
) -> None:
    path = tmp_path / f"{'가' * 80}.gwoffice"
    code, _, err = outcome(capfdbinary, "new", path)
    assert code == 1 and err.startswith("error: ") and "가.gwoffice" in err
    assert ".writing" not in err and not list(tmp_path.iterdir())


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
@pytest.mark.timeout(30)
def test_a_pipe_is_no_file_and_keeps_nobody_waiting(
    sample_copy: Path, tmp_path: Path, capfdbinary: Any
) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for words in (
        ["--office", pipe, "list", "bodies"],
        ["--office", sample_copy, "import", "energy", pipe],
        ["snapshot", "verify", pipe],
    ):
        code, out, err = outcome(capfdbinary, *words)
        assert code == 1 and "pipe" in out + err
    with Store.open(sample_copy) as store, pytest.raises(UserError):
        take_in(store.papers, pipe)


def test_the_options_stand_before_and_after_the_command(
    sample_office: Path, capfdbinary: Any
) -> None:
    first = outcome(capfdbinary, "--office", sample_office, "--json", "list", "meetings")
    second = outcome(capfdbinary, "list", "meetings", "--office", sample_office, "--json")
    assert first == second and first[0] == 0
    assert len(json.loads(first[1])) == 3


def test_a_command_without_an_office_is_wrong_usage(capfdbinary: Any) -> None:
    for words in (["list", "bodies"], ["check"], ["history"], ["show", "body", "1"]):
        code, out, err = outcome(capfdbinary, *words)
        assert code == 2 and not out and "--office" in err


@pytest.mark.parametrize(
    "words",
    [
        ["list", "nothing"],
        ["show", "body"],
        ["list", "agenda"],
        ["frobnicate"],
        ["snapshot"],
        ["list", "indicators", "--body", "1"],
        ["list", "meetings", "--on", "2022-03-11"],
    ],
)
def test_wrong_usage_exits_with_2(words: list[str], sample_office: Path, capfdbinary: Any) -> None:
    code, out, err = outcome(capfdbinary, "--office", sample_office, *words)
    assert code == 2 and not out and err


def test_lists_are_arrays_with_ids_in_order(sample_office: Path, capfdbinary: Any) -> None:
    for what in ("bodies", "members", "actions", "indicators", "datasets"):
        rows = told(capfdbinary, "--office", sample_office, "list", what)
        ids = [row["id"] for row in rows]
        assert ids and ids == sorted(ids), what
        limited = told(capfdbinary, "--office", sample_office, "list", what, "--limit", 1)
        assert limited == rows[:1]
    meetings = told(capfdbinary, "--office", sample_office, "list", "meetings")
    starts = [row["starts_at"] for row in meetings]
    assert starts == sorted(starts) and starts[-1].startswith("2022-03-17T14:00")
    agenda = told(capfdbinary, "--office", sample_office, "list", "agenda", meetings[-1]["id"])
    assert len(agenda) >= 6


def test_actions_tell_their_day_and_whether_it_has_passed(
    sample_office: Path, capfdbinary: Any
) -> None:
    rows = told(capfdbinary, "--office", sample_office, "list", "actions", "--body", 1)
    assert [row["late"] for row in rows].count(True) == 2
    assert {row["state"] for row in rows} == {"assigned", "under_way", "done"}
    assert all(row["department"] and row["due_on"] for row in rows)


def test_members_on_a_date_and_of_a_body(sample_office: Path, capfdbinary: Any) -> None:
    bodies = told(capfdbinary, "--office", sample_office, "list", "bodies")
    committee = max(bodies, key=lambda row: row["members"])
    asked = ("--office", sample_office, "list", "members", "--body", committee["id"])
    assert len(told(capfdbinary, *asked)) == 35
    assert told(capfdbinary, *asked, "--on", "1999-01-01") == []
    code, _, err = outcome(capfdbinary, *asked, "--on", "어제")
    assert code == 1 and "2022-03-11" in err


def test_a_meetings_quorum_is_counted(sample_office: Path, capfdbinary: Any) -> None:
    meetings = told(capfdbinary, "--office", sample_office, "list", "meetings")
    meeting = told(capfdbinary, "--office", sample_office, "show", "meeting", meetings[-1]["id"])
    quorum = meeting["quorum"]
    assert set(quorum) == {"enrolled", "present", "expected", "required", "met", "rule"}
    assert (quorum["enrolled"], quorum["required"]) == (35, 18)
    assert (quorum["present"], quorum["expected"], quorum["met"]) == (0, 19, False)
    over = told(capfdbinary, "--office", sample_office, "show", "meeting", meetings[0]["id"])
    assert over["quorum"]["present"] >= over["quorum"]["required"] and over["quorum"]["met"]


def test_show_takes_an_id_and_says_what_is_wrong_with_another(
    sample_office: Path, capfdbinary: Any
) -> None:
    for what in ("body", "member", "meeting", "dataset"):
        for wrong in ("999999", "abc", "-1", "٣"):
            code, out, err = outcome(
                capfdbinary, "--office", sample_office, "show", what, "--", wrong
            )
            assert code == 1 and not out and err.startswith("error: "), (what, wrong)
            assert err.count("\n") == ONE_SENTENCE


def test_the_journal_of_the_sample_is_whole(sample_office: Path, capfdbinary: Any) -> None:
    entries = told(capfdbinary, "--office", sample_office, "history")
    assert [row["id"] for row in entries] == list(range(1, len(entries) + 1))
    verified = told(capfdbinary, "--office", sample_office, "history", "--verify")
    assert verified == {"ok": True, "entries": len(entries), "problems": [], "agrees": []}


def test_check_finds_a_missing_paper_and_exits_with_1(sample_copy: Path, capfdbinary: Any) -> None:
    assert told(capfdbinary, "--office", sample_copy, "check") == {"ok": True, "problems": []}
    papers = sample_copy.with_name(sample_copy.name + ".files")
    victim = next(path for path in papers.rglob("*") if path.is_file())
    victim.unlink()
    code, out, _ = outcome(capfdbinary, "--office", sample_copy, "check", "--json")
    found = json.loads(out)
    assert code == 1 and not found["ok"] and len(found["problems"]) >= 1


def test_a_pack_is_bound_whole_or_not_at_all(
    sample_office: Path, tmp_path: Path, capfdbinary: Any
) -> None:
    meeting = told(capfdbinary, "--office", sample_office, "list", "meetings")[-1]["id"]
    target = tmp_path / "제3회 회의자료 (위원용).pdf"
    facts = told(capfdbinary, "--office", sample_office, "pack", meeting, "-o", target)
    assert target.read_bytes().startswith(b"%PDF-") and facts["pages"] > 10
    assert facts["warnings"] and all("쪽" in warning for warning in facts["warnings"])
    said = outcome(capfdbinary, "--office", sample_office, "pack", meeting, "-o", target)[1]
    assert all(warning in said for warning in facts["warnings"])
    code, _, err = outcome(
        capfdbinary, "--office", sample_office, "pack", 999, "-o", tmp_path / "none.pdf"
    )
    assert code == 1 and err.startswith("error: ") and not (tmp_path / "none.pdf").exists()


def test_a_snapshot_is_made_verified_and_compared(
    sample_copy: Path, tmp_path: Path, capfdbinary: Any
) -> None:
    secret = tmp_path / "암호.txt"
    secret.write_bytes("정월 대보름 달이 밝다 2022\r\nrest".encode())
    first, second = tmp_path / "1.gwsnap", tmp_path / "2.gwsnap"
    asked = ("--office", sample_copy, "snapshot", "make", "--passphrase-file", secret, "-o")
    made = told(capfdbinary, *asked, first)
    assert made["fingerprint"] and made["sequence"] == 1
    assert told(capfdbinary, *asked, second)["sequence"] == 2
    verdict = told(capfdbinary, "snapshot", "verify", first, "--fingerprint", made["fingerprint"])
    assert verdict["ok"] and verdict["problems"] == [] and verdict["sequence"] == 1
    assert set(verdict) == {
        *("ok", "signer", "fingerprint", "known", "sequence", "problems", "key")
    }
    code, _, err = outcome(capfdbinary, "snapshot", "verify", first, "--fingerprint", "")
    assert code == 1 and err.startswith("error: "), "an empty fingerprint is no permission"
    assert told(capfdbinary, "snapshot", "compare", first, second)
    sent = told(capfdbinary, "snapshot", "send", second, "-o", tmp_path, "--part-mb", "1")
    assert len(sent["files"]) > 1 and sent["bytes"] == second.stat().st_size
    assert told(capfdbinary, "snapshot", "verify", sent["files"][0])["ok"]
    broken = bytearray(first.read_bytes())
    broken[len(broken) // 2] ^= 1
    flipped = tmp_path / "flipped.gwsnap"
    flipped.write_bytes(broken)
    code, out, _ = outcome(capfdbinary, "snapshot", "verify", flipped, "--json")
    assert code == 1 and json.loads(out)["ok"] is False and json.loads(out)["problems"]
    secret.write_text("틀린 암호는 열지 못한다", encoding="utf-8")
    code, out, err = outcome(capfdbinary, *asked, tmp_path / "3.gwsnap", "--json")
    assert code == 1 and err.startswith("error: ") and not (tmp_path / "3.gwsnap").exists()


@pytest.mark.parametrize("content", [b"", b"not an office", b"<html></html>"])
def test_what_is_no_office_gets_one_sentence(
    content: bytes, tmp_path: Path, capfdbinary: Any
) -> None:
    path = tmp_path / "잘못된.gwoffice"
    path.write_bytes(content)
    code, out, err = outcome(capfdbinary, "--office", path, "list", "bodies")
    assert code == 1 and not out and err.startswith("error: ") and "잘못된" in err
    assert err.count("\n") == ONE_SENTENCE and path.read_bytes() == content


def test_english_is_spoken_when_asked(tmp_path: Path, capfdbinary: Any) -> None:
    _, _, err = outcome(capfdbinary, "--office", tmp_path / "x", "list", "bodies", "--lang", "en")
    assert err.isascii() and err.startswith("error: ")


def test_a_record_cannot_steer_the_terminal(sample_copy: Path, capfdbinary: Any) -> None:
    from gwangju_desktop.members import usecases as members

    with Store.open(sample_copy) as store:
        number = store.run(
            members.add_person, name="가상\x1b[2J\x9b가", note="한 줄\n두 줄", fictional=True
        ).value
    code, out, _ = outcome(capfdbinary, "--office", sample_copy, "show", "member", number)
    assert code == 0 and "\x1b" not in out and "\x9b" not in out
    assert "가상[2J가" in out and "두 줄" in out


def test_an_agenda_is_limited_in_the_order_it_is_given(
    sample_office: Path, capfdbinary: Any
) -> None:
    meeting = told(capfdbinary, "--office", sample_office, "list", "meetings")[-1]["id"]
    whole = told(capfdbinary, "--office", sample_office, "list", "agenda", meeting)
    some = told(capfdbinary, "--office", sample_office, "list", "agenda", meeting, "--limit", 2)
    assert some == whole[:2]


def test_a_new_office_on_a_server_keeps_its_password_to_itself(
    postgres: str, capfdbinary: Any
) -> None:
    _administer(postgres, "CREATE DATABASE new_by_command")
    url = _database(postgres, "new_by_command").replace("postgres:@", "postgres:geheim@")
    assert "geheim" in url
    try:
        for arguments in (["new", url, "--json"], ["new", url]):
            _, out, err = outcome(capfdbinary, *arguments)
            assert "geheim" not in out + err and "new_by_command" in out + err
        for other in ("mysql://who:geheim@there/x", "sqlite://who:geheim@there/x"):
            code, out, err = outcome(capfdbinary, "new", other)
            assert code == 1 and "geheim" not in out + err and err.startswith("error: ")
    finally:
        _administer(postgres, "DROP DATABASE new_by_command WITH (FORCE)")


def test_the_same_office_on_a_server(new_postgres: Any, capfdbinary: Any) -> None:
    url = new_postgres()
    with Store.open(url) as store:
        from gwangju_desktop import settings

        store.run(settings.set_up)
    assert told(capfdbinary, "--office", url, "list", "meetings") == []
    assert told(capfdbinary, "--office", url, "history", "--verify")["ok"]


def test_the_program_starts_as_a_module_and_writes_utf8_into_a_pipe(sample_office: Path) -> None:
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "gwangju_desktop",
            "--office",
            str(sample_office),
            "list",
            "bodies",
            "--json",
        ],
        cwd=ROOT,
        capture_output=True,
        check=False,
        env=os.environ | {"PYTHONIOENCODING": "cp949"},
    )
    assert done.returncode == 0, done.stderr.decode("utf-8", "replace")
    assert any("탄소중립" in row["name_ko"] for row in json.loads(done.stdout.decode("utf-8")))


def test_a_server_that_refuses_is_told_apart_from_a_silent_one(
    new_postgres: Any, capfdbinary: Any
) -> None:
    wrong = new_postgres().replace("/office_", "/no_such_office_")
    _, _, refused = outcome(capfdbinary, "--office", wrong, "check")
    _, _, silent = outcome(capfdbinary, "--office", "postgresql://127.0.0.1:1/x", "check")
    assert "거절" in refused and "응답하지 않습니다" in silent


def test_show_names_every_field_in_korean(capfdbinary, sample_office: Path) -> None:
    for words in (["body", "1"], ["member", "1"], ["meeting", "3"], ["dataset", "1"]):
        code, out, _ = outcome(
            capfdbinary, "--office", sample_office, "--lang", "ko", "show", *words
        )
        assert code == 0
        names = [line.partition(":")[0].strip() for line in out.splitlines()]
        english = {name for name in names if name and name[0].islower() and name.isascii()}
        assert english == set(), words
        code, out, _ = outcome(
            capfdbinary, "--office", sample_office, "--lang", "en", "show", *words
        )
        assert code == 0
        assert any(line.startswith(("name", "title", "body")) for line in out.splitlines())
