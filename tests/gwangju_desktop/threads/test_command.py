"""`thread KIND ID`, run as a person and as a program runs it."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from db.store import Store
from gwangju_desktop import cli, settings
from gwangju_desktop.threads import links
from gwangju_desktop.threads.nouns import NOUNS
from tests.gwangju_desktop.threads.made import TODAY, Office


@pytest.fixture
def office(sqlite_store: Store) -> Office:
    """An office with one proposal on one item that aims at an indicator."""
    made = Office.of(sqlite_store)
    sqlite_store.run(settings.change_setting, key=settings.TODAY, value=TODAY.isoformat())
    item, indicator = made.item(), made.indicator()
    proposal = made.proposal(due_on=dt.date(2022, 3, 7))
    sqlite_store.run(links.link, before=("proposal", proposal), after=("item", item), note="예시")
    sqlite_store.run(links.link, before=("item", item), after=("indicator", indicator))
    return made


def run(office: Office, *arguments: str) -> int:
    """Run a command on the office's file."""
    return cli.main(["--office", str(Path(office.store.office.place)), *arguments])


def test_a_program_reads_nodes_edges_and_open_ends(office, capsys) -> None:
    assert run(office, "thread", "proposal", "2022-001", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert [node["kind"] for node in told["nodes"]] == ["proposal", "item", "indicator"]
    assert told["edges"][0]["note"] == "예시"
    assert told["open_ends"][0] == {
        "kind": "proposal",
        "id": 1,
        "sentence": "회신 전, 처리기한 4일 경과",
    }
    assert told["sentence"].startswith("시민 제안 2022-001(2022. 2. 27.) → ")
    assert run(office, "thread", "indicator", "power", "--json") == 0
    assert json.loads(capsys.readouterr().out)["nodes"] == told["nodes"]


def test_a_person_reads_one_line_and_a_table(office, capsys) -> None:
    assert run(office, "thread", "item", "1") == 0
    out = capsys.readouterr().out
    assert out.startswith("시민 제안 2022-001")
    assert "처리기한 4일 경과" in out
    assert "남은 일" in out


def test_what_is_not_there_is_said(office, capsys) -> None:
    assert run(office, "thread", "proposal", "1999-001") == 1
    assert "1999-001" in capsys.readouterr().err
    assert run(office, "thread", "action", "7") == 1
    assert "7" in capsys.readouterr().err
    with pytest.raises(SystemExit) as stopped:
        run(office, "thread", "poem", "1")
    assert stopped.value.code == 2


def test_every_kind_is_offered() -> None:
    assert tuple(noun.key for noun in NOUNS) == cli.THREADED
