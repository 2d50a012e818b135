"""The evidence shelf where one may only read, and the regular reading of its files."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest

from db.store import Store
from gwangju_desktop import clock
from gwangju_desktop.evidence import queries
from tests.gwangju_desktop.evidence.offices import add, digest_place, file
from tests.ui.conftest import rest, spin
from ui import companions
from ui.commitments.evidence_weekly import Weekly


def test_a_reader_sees_the_shelf_and_changes_nothing(window_on, planned, tmp_path: Path) -> None:
    path, _ids = planned
    own = tmp_path / path.name
    shutil.copy(path, own)
    with Store.open(own):
        window = window_on(own)
        assert window.shell.desk.read_only
        window.shell.go("commitments")
        rest(window)
        page = window.shell.rooms.page("commitments").show_pane("evidence")
        rest(window)
        assert not page.add.isVisible() and not page.acceptDrops()
        page.take([tmp_path / "가.txt"])
        rest(window)
        with window.shell.desk.store.reading() as read:
            assert queries.shelf(read) == []


def test_the_files_are_read_every_week_by_themselves(
    window_on, planned, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, ids = planned
    own = tmp_path / path.name
    shutil.copy(path, own)
    with Store.open(own) as store:
        add(store, file(tmp_path, "가상 보고서.pdf"), ids["plan"])
        broken = digest_place(store, "가상 보고서.pdf")
    monkeypatch.setattr(companions, "QUIET_MS", 1)

    def checks():
        with window.shell.desk.store.reading() as read:
            return queries.checks(read)

    window = window_on(own)
    spin(lambda: window.shell.desk.findChild(Weekly) is not None)
    rest(window)
    assert [(row.occasion, row.found) for row in checks()] == [("weekly", 0)]
    told: list[str] = []
    monkeypatch.setattr(window.shell.alerts, "tell", lambda error: told.append(str(error)))
    weekly = window.shell.desk.findChild(Weekly)
    # Asked again within the week it does nothing; a week later it reads, and tells what is broken.
    weekly.ask()
    rest(window)
    assert not any("가상 보고서" in words for words in told)
    broken.write_bytes(b"other")
    clock.fix(clock.today() + dt.timedelta(days=7))
    weekly.ask()
    rest(window)
    assert [row.found for row in checks()] == [1, 0]
    assert any("가상 보고서.pdf" in words for words in told)
