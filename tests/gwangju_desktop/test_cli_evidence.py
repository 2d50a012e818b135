"""Evidence on the command line: added, read again, and no copy for monitors while one is broken."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest

from db.store import Store
from gwangju_desktop import settings
from gwangju_desktop.evidence import queries
from tests.gwangju_desktop.evidence import offices
from tests.gwangju_desktop.test_cli import outcome, told


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An office with a made-up plan."""
    monkeypatch.setenv("GWANGJU_DESKTOP_HOME", str(tmp_path / "home"))
    path = tmp_path / "사무국.gwoffice"
    with Store.create(path) as store:
        store.run(settings.set_up)
        offices.plan(store)
    return path


def test_a_file_is_added_and_read_again(office: Path, tmp_path: Path, capfdbinary: Any) -> None:
    proof = offices.file(tmp_path, "가상 설문 결과.csv", b"q,n\n1,51\n")
    asked = ["--office", office, "evidence"]
    code, _out, err = outcome(capfdbinary, *asked, "add", proof)
    assert code == 1 and "--plan" in err
    made = told(
        capfdbinary,
        *(*asked, "add", proof, "--commitment", "EX0001", "--milestone", "2"),
        *("--claim", "응답 51건", "--obtained", "2022-03-11", "--public"),
    )
    assert made["sha256"] == hashlib.sha256(proof.read_bytes()).hexdigest()
    code, _out, err = outcome(capfdbinary, *asked, "add", proof, "--plan", "가상-1")
    assert code == 1 and "가상 설문 결과.csv" in err
    empty = offices.file(tmp_path, "빈 파일.pdf", b"")
    code, _out, err = outcome(capfdbinary, *asked, "add", empty, "--plan", "가상-1")
    assert code == 1 and "빈 파일.pdf" in err and err.count("\n") == 1
    code, _out, _err = outcome(capfdbinary, *asked, "add", proof, "--milestone", "2")
    assert code == 2
    found = told(capfdbinary, *asked, "check")
    assert (found["ok"], found["files"], found["bytes"]) == (True, 1, 9)
    with Store.open(office, write=False) as store:
        offices.on_disk(store, made["sha256"]).write_bytes(b"q,n\n1,52\n")
    code, out, _err = outcome(capfdbinary, *asked, "check", "--plan", "가상-1")
    assert code == 1 and "가상 설문 결과.csv" in out
    secret = tmp_path / "암호구절"
    secret.write_text("예시 암호구절 하나", "utf-8")
    make = ["--office", office, "snapshot", "make", "-o", tmp_path / "1.gwsnap"]
    make += ["--passphrase-file", secret]
    code, _out, err = outcome(capfdbinary, *make)
    assert code == 1 and "가상 설문 결과.csv" in err and err.count("\n") == 1
    assert not list(tmp_path.glob("*.gwsnap"))
    # The very file again mends it; evidence it is already.
    assert outcome(capfdbinary, *asked, "add", proof, "--plan", "가상-1")[0] == 1
    assert told(capfdbinary, *asked, "check")["ok"]
    assert outcome(capfdbinary, *make)[0] == 0
    with Store.open(office, write=False) as store, store.reading() as read:
        assert queries.checks(read)[0].occasion == "snapshot"
