"""`handover` on the command line: there and back, refusals in one sentence, the list of differences."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from db.store import Store
from gwangju_desktop import settings
from gwangju_desktop.cli import main
from gwangju_desktop.handover import notes
from gwangju_desktop.members import usecases

WORDS = "가상의 암호문 하나"


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Any:
    """Carry out a command; returns its exit code and what it printed, read where it is JSON."""

    def carry_out(*words: object) -> tuple[int, Any, str]:
        code = main([str(word) for word in words])
        out, err = capsys.readouterr()
        return code, json.loads(out) if "--json" in words and out else out, err

    return carry_out


def test_there_and_back(tmp_path: Path, run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def sit(name: str) -> None:
        monkeypatch.setenv("GWANGJU_DESKTOP_HOME", str(tmp_path / name))
        monkeypatch.setattr(notes, "pc", lambda: name)

    sit("가-PC")
    office, there, stick = tmp_path / "가.gwoffice", tmp_path / "나.gwoffice", tmp_path / "USB"
    stick.mkdir()
    with Store.create(office) as store:
        store.run(settings.set_up)
    words = tmp_path / "암호.txt"
    words.write_text(WORDS, encoding="utf-8")

    code, out, _ = run("--office", office, "handover", "state")
    assert code == 0 and "넘긴 적이 없" in out
    code, _, err = run("--office", office, "handover", "return", stick)
    assert code == 1 and err.startswith("error: ")
    give = (
        "handover",
        "give",
        stick,
        "--to",
        "홍예시",
        "--by",
        "김예시",
        "--passphrase-file",
        words,
    )
    code, given, _ = run("--office", office, "--json", *give)
    assert code == 0 and given["number"] == 1 and Path(given["file"]).is_file()
    code, told, _ = run("--office", office, "--json", "handover", "state")
    assert (told["standing"], told["to"], told["sha256"]) == ("away", "홍예시", given["sha256"])
    code, _, err = run("--office", office, "settings", "set", settings.SMALL_CELL, "7")
    assert code == 1 and "홍예시" in err and err.count("\n") == 1
    code, _, err = run("--office", office, *give)
    assert code == 1 and "홍예시" in err

    sit("나-PC")
    code, _, err = run("handover", "take", given["file"], there)
    assert code == 1 and "암호" in err
    code, taken, _ = run(
        *("--json", "handover", "take", given["file"], there, "--passphrase-file", words)
    )
    assert code == 0 and taken["office"] == str(there) and taken["by"] == "김예시"
    assert run("--office", there, "settings", "set", settings.SMALL_CELL, "7")[0] == 0
    code, back, _ = run("--office", there, "--json", "handover", "return", stick)
    assert code == 0 and back["to"] == "김예시" and back["number"] == 2

    sit("가-PC")
    code, out, err = run("handover", "take", back["file"], office)
    assert code == 0 and out.strip() == str(office) and ".before-" in err
    assert run("--office", office, "settings", "get", settings.SMALL_CELL)[1].strip() == "7"

    # Given again and never taken over: broken off with a reason; what comes back late is compared.
    code, last, _ = run("--office", office, "--json", "handover", "give", stick, "--to", "정예시")
    sit("나-PC")
    code, _, _ = run("handover", "take", last["file"], there)
    with Store.open(there) as store:
        store.run(usecases.add_person, name="나에서 쓴 사람", fictional=True)
    sit("가-PC")
    code, out, _ = run("--office", office, "handover", "break", "--reason", "분실(가상)")
    assert code == 0
    code, out, _ = run("handover", "compare", office, there)
    assert code == 0 and "나에서 쓴 사람" in out
    target = tmp_path / "다른 점.csv"
    assert run("handover", "compare", office, there, "-o", target)[0] == 0
    assert "나에서 쓴 사람" in target.read_text(encoding="utf-8-sig")
    code, found, _ = run("--json", "handover", "compare", office, there)
    assert found["apart"] and [side["entries"] for side in found["sides"]] == [1, 2]
