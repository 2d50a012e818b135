"""`check` and `history --verify` on offices that somebody or something harmed."""

from __future__ import annotations

import json
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from gwangju_desktop import check, history, text
from gwangju_desktop.offices import opened
from tests.gwangju_desktop.test_cli import outcome

PAGE = 4096


def _harm(office: Path, statement: str) -> None:
    with sqlite3.connect(office) as connection:
        connection.execute(statement)
    connection.close()


@pytest.mark.parametrize("where", ["the schema", "the middle", "the end"])
def test_damage_is_a_finding_in_one_document(
    sample_copy: Path, capfdbinary: Any, where: str
) -> None:
    whole = sample_copy.read_bytes()
    at = {"the schema": 100, "the middle": len(whole) // 2, "the end": len(whole) - PAGE}[where]
    if where == "the end":
        sample_copy.write_bytes(whole[:at])
    else:
        sample_copy.write_bytes(whole[:at] + b"\xaa" * 8 * PAGE + whole[at + 8 * PAGE :])
    code, out, err = outcome(capfdbinary, "--office", sample_copy, "check", "--json")
    told = json.loads(out)
    assert code == 1 and not told["ok"] and not err
    assert {"what": "파일이 손상되었습니다", "where": str(sample_copy)} in told["problems"]


def test_a_file_that_does_not_open_is_a_problem_of_its_journal(
    sample_copy: Path, capfdbinary: Any
) -> None:
    sample_copy.write_bytes(sample_copy.read_bytes()[: 3 * PAGE])
    arguments = ("--office", sample_copy, "history", "--verify", "--json")
    code, out, _ = outcome(capfdbinary, *arguments)
    told = json.loads(out)
    assert code == 1 and not told["ok"] and sample_copy.name in told["problems"][0]


def test_an_unreadable_moment_is_shown_empty_and_found(sample_copy: Path, capfdbinary: Any) -> None:
    _harm(sample_copy, "UPDATE change_log SET at = 'yesterday', hash = 'x' WHERE id = 1")
    code, out, err = outcome(capfdbinary, "--office", sample_copy, "history", "--json")
    assert code == 0, err
    assert json.loads(out)[0]["at"] is None
    code, out, _ = outcome(capfdbinary, "--office", sample_copy, "history", "--verify", "--json")
    assert code == 1 and "변경 기록 1번이 바뀌었습니다." in json.loads(out)["problems"]


def test_breaks_are_said_in_the_language_of_the_moment(sample_copy: Path) -> None:
    _harm(sample_copy, "DELETE FROM change_log WHERE id = 3")
    with opened(sample_copy, write=False) as store:
        for language, first in (("ko", "변경 기록 3번이 없습니다."), ("en", "Entry 3 is missing.")):
            text.use(language)
            with store.reading() as read:
                assert first in history.verify(read)


def test_a_paper_that_became_a_folder_is_found(sample_copy: Path) -> None:
    papers = sample_copy.with_name(f"{sample_copy.name}.files")
    paper = next(path for path in sorted(papers.rglob("*")) if path.is_file())
    paper.unlink()
    paper.mkdir()
    with opened(sample_copy, write=False) as store:
        (finding,) = check.check(store)
    assert finding.where.endswith(".pdf")
    shutil.rmtree(paper)
