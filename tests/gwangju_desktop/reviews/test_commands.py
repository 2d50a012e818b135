"""A monitor without a window: key, questions, signed answers; the office registers and imports."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from gwangju_desktop import cli
from gwangju_desktop.reviews import drafts, own_key, questionnaire
from gwangju_desktop.reviews.copies import CopyFacts
from gwangju_desktop.reviews.review_file import Answer
from tests.gwangju_desktop.reviews.conftest import Furnished
from tests.gwangju_desktop.reviews.monitored import FIRST, NAMES, PLAN


@pytest.fixture
def office_file(furnished: Furnished, tmp_path: Path) -> Path:
    path = tmp_path / "점검.gwoffice"
    shutil.copy(furnished.office, path)
    return path


def _json(capsys: pytest.CaptureFixture[str], *arguments: object) -> Any:
    assert cli.main(["--json", *map(str, arguments)]) == 0
    return json.loads(capsys.readouterr().out)


def _refused(capsys: pytest.CaptureFixture[str], *arguments: object) -> str:
    assert cli.main([*map(str, arguments)]) == 1
    said = capsys.readouterr()
    assert said.out == "" and said.err.startswith("error: ") and said.err.count("\n") == 1
    return said.err


def _fill(copy: CopyFacts, sheet: Path) -> None:
    """Fill the sheet in as a person would in a spreadsheet."""
    draft = drafts.empty(copy, "closing", FIRST)
    draft = drafts.with_answer(draft, Answer("1.1", "complete", "모두 이행함", "All done", FIRST))
    draft = drafts.with_answer(draft, Answer("3.1", "", "교훈", "", FIRST))
    questionnaire.write(
        sheet,
        plan=PLAN,
        kind="closing",
        commitments=[(FIRST, "예시")],
        commitment=FIRST,
        snapshot=copy.snapshot,
        given=draft,
    )


def test_a_monitor_answers_and_the_office_imports(
    furnished: Furnished, office_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    secret = tmp_path / "암호.txt"
    secret.write_text("예시 암호구절 둘\n", "utf-8")
    key, sheet, signed = tmp_path / "k.gwkey", tmp_path / "Q.xlsx", tmp_path / "F.gwreview"
    made = _json(capsys, "review", "key", "-o", key, "--passphrase-file", secret)
    again = _refused(capsys, "review", "key", "-o", key, "--passphrase-file", secret)
    assert "k.gwkey" in again and own_key.read(key).fingerprint == made["fingerprint"]

    asking = ("review", "questions", furnished.copy, "--form", "closing", "-o", sheet)
    assert "이행과제 하나" in _refused(capsys, *asking)
    assert _json(capsys, *asking, "--commitment", FIRST)["plan"] == PLAN
    answering = (
        *("review", "answer", furnished.copy, sheet, "--name", NAMES[0], "-o", signed),
        *("--key", key, "--passphrase-file", secret),
    )
    assert "서명할 답변" in _refused(capsys, *answering)
    _fill(furnished.facts, sheet)
    wrong = tmp_path / "틀림.txt"
    wrong.write_text("다른 암호구절\n", "utf-8")
    assert "암호구절" in _refused(capsys, *answering[:-1], wrong)
    assert not signed.exists()
    done = _json(capsys, *answering)
    assert (done["answers"], done["fingerprint"]) == (2, made["fingerprint"])

    taking = ("--office", office_file, "import", "review", signed)
    assert made["fingerprint"] in _refused(capsys, *taking)
    person = furnished.known.people[0]
    public = own_key.public_file(key)
    registering = ("--office", office_file, "review", "register", public, "--person", person)
    assert _json(capsys, *registering)["fingerprint"] == made["fingerprint"]
    assert NAMES[0] in _refused(capsys, *registering)
    told = _json(capsys, *taking)
    assert told["signer"] == NAMES[0] and told["answers"] == 2
    assert {"review", "comments", "findings"} <= set(told)
    assert "이미 가져온" in _refused(capsys, *taking)
    other = ("--office", office_file, "import", "review", furnished.copy)
    assert "점검 답변 파일이 아닙니다" in _refused(capsys, *other)


def test_a_key_file_that_is_none_is_refused(tmp_path: Path) -> None:
    from gwangju_desktop.errors import UserError

    path = tmp_path / "k.gwkey"
    sealed = {"seal": "x", "salt": "zz", "nonce": "", "box": ""}
    for content in (
        b"",
        b"null",
        b"[" * 70_000,
        json.dumps({"format": own_key.FORMAT, "public": "ab", "sealed": sealed}).encode(),
        json.dumps({"format": own_key.FORMAT, "public": "ab" * 32, "sealed": sealed}).encode(),
        b"{" + b" " * own_key.MAX_BYTES + b"}",
    ):
        path.write_bytes(content)
        with pytest.raises(UserError, match=r"k\.gwkey"):
            own_key.read(path)
