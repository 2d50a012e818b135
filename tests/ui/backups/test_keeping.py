"""Backups by themselves: half an hour after a change, ahead of an import, on leaving; never in the way."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from db.store import Store
from gwangju_desktop.backups import automatic, drill, form, making, notes
from gwangju_desktop.backups.automatic import Second
from gwangju_desktop.backups.drill import Drill
from gwangju_desktop.backups.verifying import verify
from gwangju_desktop.backups.why import Why, reason, saved_first
from gwangju_desktop.members import usecases
from tests.ui.acting import click
from tests.ui.conftest import rest, spin
from tests.ui.seeing import clipped, nameless
from ui.backups import jobs, leaving, places
from ui.backups.keeper import AFTER_MS, Keeper
from ui.backups.monthly import Monthly
from ui.text import say
from ui.window import Window


@pytest.fixture
def first_room() -> str:
    return "members"


def one(window: Window, kind: type[QObject]) -> QObject:
    return next(held for held in window.shell.companions.begun if isinstance(held, kind))


def add(window: Window, name: str) -> None:
    window.shell.desk.do(usecases.add_person, name=name, fictional=True)
    rest(window)


def held(office: Path) -> list[notes.Listed]:
    return notes.listed(form.beside(office))


@pytest.mark.usefixtures("by_itself")
def test_half_an_hour_after_the_first_change(window_on, sample_copy: Path) -> None:
    window = window_on(sample_copy)
    keeper = one(window, Keeper)
    assert not keeper.timer.isActive() and keeper.timer.interval() == AFTER_MS == 1_800_000
    add(window, "김가상")
    assert keeper.timer.isActive()
    keeper.timer.timeout.emit()
    rest(window)
    (made,) = held(sample_copy)
    assert made.note.why == "timed" and made.whole and not keeper.timer.isActive()
    # Leaving with nothing new makes none.
    window.shell.leave()
    assert len(held(sample_copy)) == 1


@pytest.mark.usefixtures("by_itself")
def test_on_leaving_what_is_still_being_written_is_in_it(window_on, sample_copy: Path) -> None:
    window = window_on(sample_copy)
    window.shell.desk.do(usecases.add_person, name="마지막 가상", fictional=True)
    window.shell.leave()
    (made,) = held(sample_copy)
    assert made.note.why == "closing" and verify(made.path).ok
    with Store.open(sample_copy) as store:
        assert automatic.saved(store, form.beside(sample_copy))


@pytest.mark.usefixtures("by_itself")
def test_a_slow_one_is_seen_and_skipped(
    window_on, sample_copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = window_on(sample_copy)
    add(window, "김가상")
    begun = threading.Event()

    def slow(last, *, why: Why, second) -> None:
        begun.set()
        for n in range(10_000):
            last.progress(n, 10_000, making.COPYING)
            time.sleep(0.01)

    monkeypatch.setattr(jobs, "keep", slow)
    monkeypatch.setattr(leaving, "SEEN_AFTER", 0.0)
    seen: list[list] = []

    def skip(self: leaving.Leaving) -> None:
        tick(self)
        if not seen and self.isVisible() and self.bar.value() > 0:
            seen.append([*clipped(self), *nameless(self), self.step.text()])
            click(self.button)

    tick = leaving.Leaving.on_tick
    monkeypatch.setattr(leaving.Leaving, "on_tick", skip)
    window.shell.leave()
    assert begun.is_set() and seen == [[say(making.COPYING)]] and held(sample_copy) == []
    assert window.shell.desk is None


@pytest.mark.usefixtures("by_itself")
def test_a_stuck_drive_keeps_nobody(
    window_on, sample_copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = window_on(sample_copy)
    stuck = threading.Event()
    monkeypatch.setattr(jobs, "keep", lambda last, **asked: stuck.wait(60))
    monkeypatch.setattr(leaving, "SEEN_AFTER", 0.0)
    monkeypatch.setattr(leaving, "GIVEN_UP", 0.1)
    tick = leaving.Leaving.on_tick

    def escape(self: leaving.Leaving) -> None:
        self.reject()
        tick(self)

    monkeypatch.setattr(leaving.Leaving, "on_tick", escape)
    window.shell.leave()
    assert window.shell.desk is None and not stuck.is_set()
    stuck.set()
    left = [thread for thread in threading.enumerate() if thread.name == "last backup"]
    for thread in left:
        assert thread.daemon
        thread.join(10)


@pytest.mark.usefixtures("by_itself")
def test_ahead_of_an_import_what_is_unsaved_is_saved(window_on, sample_copy: Path) -> None:
    window = window_on(sample_copy)
    add(window, "김가상")
    assert reason(usecases.add_person) is None

    @saved_first(Why.IMPORT)
    def bring(tx, *, name: str) -> int:
        return usecases.add_person(tx, name=name, fictional=True)

    bring.label = "Import members"
    window.shell.desk.do(bring, name="가져온 가상")
    rest(window)
    (made,) = held(sample_copy)
    assert made.note.why == "import"
    with window.shell.desk.store.reading() as read:
        from gwangju_desktop.backups import losing

        lost = losing.since(read, manifest=form.read_manifest(made.path))
    assert [step.name for step in lost.steps] == ["가져온 가상"]


def test_every_import_and_erasure_is_marked() -> None:
    from gwangju_desktop.energy import imports
    from gwangju_desktop.members import erasing
    from gwangju_desktop.members.importing import apply as members
    from gwangju_desktop.polls import intake
    from gwangju_desktop.proposals.importing import apply as proposals

    brought = (imports.import_files, intake.take_in, intake.import_new, members.import_members)
    assert {reason(one) for one in brought} == {Why.IMPORT}
    assert reason(proposals.import_proposals) is Why.IMPORT
    assert reason(erasing.erase_person) is Why.ERASURE


@pytest.mark.usefixtures("by_itself")
def test_a_failure_is_told_once_and_work_goes_on(
    window_on, sample_copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = window_on(sample_copy)
    keeper = one(window, Keeper)
    add(window, "김가상")

    def full(*_given, **_asked) -> None:
        raise OSError(28, "No space left on device", "백업")

    monkeypatch.setattr(automatic, "make_backup", full)
    told: list[str] = []
    monkeypatch.setattr(window, "fault", told.append)
    for _time in range(2):
        keeper.timer.timeout.emit()
        rest(window)
    assert len(told) == 1 and "백업하지 못했습니다" in told[0] and "저장되어" in told[0]
    assert keeper.timer.isActive()
    add(window, "이가상")
    assert window.shell.stacks[0] is not None
    window.shell.leave()
    assert "백업" in places.missed(sample_copy)
    # What failed on leaving is told when the office is opened again.
    monkeypatch.undo()
    again = window_on(sample_copy)
    assert again.shell.banner.isHidden() and places.missed(sample_copy)


@pytest.mark.usefixtures("by_itself")
def test_what_was_missed_is_told_on_opening(window_on, sample_copy: Path) -> None:
    places.keep_missed(sample_copy, "디스크에 남은 공간이 없습니다.")
    window = window_on(sample_copy)
    assert not window.shell.banner.isHidden()
    assert "남은 공간" in window.shell.banner.words.text()
    assert places.missed(sample_copy) == ""


@pytest.mark.usefixtures("by_itself")
def test_a_second_folder_is_filled_and_its_age_is_told(
    window_on, sample_copy: Path, tmp_path: Path
) -> None:
    stick = tmp_path / "보안 USB"
    stick.mkdir()
    place = automatic.choose(stick, sample_copy)
    places.choose(sample_copy, Second(stick))
    window = window_on(sample_copy)
    keeper = one(window, Keeper)
    keeper.look()
    rest(window)
    ribbon = window.shell.ribbon
    assert not ribbon.isHidden() and str(stick) in ribbon.words.text()
    assert clipped(ribbon) == []
    add(window, "김가상")
    keeper.timer.timeout.emit()
    rest(window)
    assert len(form.listed(place)) == len(form.listed(form.beside(sample_copy))) == 1
    assert places.last(sample_copy) is not None
    window.shell.hide_ribbon()
    keeper.look()
    rest(window)
    assert ribbon.isHidden()


@pytest.mark.usefixtures("by_itself")
def test_a_drive_that_is_there_again_gets_the_newest_one(
    window_on, sample_copy: Path, tmp_path: Path
) -> None:
    stick = tmp_path / "보안 USB"
    stick.mkdir()
    place = automatic.choose(stick, sample_copy)
    places.choose(sample_copy, Second(stick))
    place.rmdir()
    window = window_on(sample_copy)
    keeper = one(window, Keeper)
    add(window, "김가상")
    keeper.timer.timeout.emit()
    rest(window)
    assert len(held(sample_copy)) == 1 and not place.exists()
    place.mkdir()
    keeper.look()
    rest(window)
    assert [path.name for path in form.listed(place)] == [held(sample_copy)[0].path.name]
    # Nothing new since: on leaving there is nothing to do, and nothing is done.
    window.shell.leave()
    assert len(held(sample_copy)) == len(form.listed(place)) == 1


@pytest.mark.usefixtures("by_itself")
def test_one_that_is_only_read_is_not_backed_up(window_on, sample_copy: Path) -> None:
    with Store.open(sample_copy):
        window = window_on(sample_copy)
        keeper = one(window, Keeper)
        assert not keeper.on and window.shell.desk.ahead is None
        window.shell.leave()
    assert held(sample_copy) == []


@pytest.mark.usefixtures("by_itself")
def test_a_drill_comes_when_it_is_due_and_a_failed_one_is_told(
    window_on, sample_copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store.open(sample_copy) as store:
        automatic.keep(store, why=Why.TIMED)
    window = window_on(sample_copy)
    asked: list[Path] = []

    def apart(folder: Path, **_asked) -> Drill:
        asked.append(folder)
        return Drill("2026-11-23T06:00:00+00:00", "gw-1.gwbak", "", 1.0, ["가상의 흠"])

    monkeypatch.setattr(drill, "apart", apart)
    window.shell.companions.on_quiet()
    rest(window)
    assert asked == [form.beside(sample_copy)]
    words = window.shell.banner.words.text()
    assert "복원 훈련" in words and "가상의 흠" in words and "다시" in words
    drill._record(asked[0], Drill("2999-01-01T00:00:00+00:00", "gw-1.gwbak", "", 1.0, []))
    one(window, Monthly).ask()
    rest(window)
    assert len(asked) == 1


def test_in_other_tests_nothing_is_backed_up(window_on, sample_copy: Path) -> None:
    window = window_on(sample_copy)
    add(window, "김가상")
    window.shell.leave()
    assert held(sample_copy) == []
    assert QApplication.activeModalWidget() is None
    spin(lambda: window.shell.desk is None)
