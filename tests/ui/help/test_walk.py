"""The manual's numbered steps taken in the window: a renamed button or a missing step fails here."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog
from sqlalchemy import func, select

from db.schema.energy import Dataset
from db.schema.meetings import Meeting
from db.schema.polls import Poll
from db.store import Store
from gwangju_desktop import clock, guide, manual
from gwangju_desktop.snapshots.verify import verify
from tests.ui.acting import click, focus, type_into
from tests.ui.conftest import lasting, rest, spin
from tests.ui.energy.conftest import made_up_file  # noqa: F401
from tests.ui.help.reading import Reader
from ui.energy.import_dialog import PREVIEW
from ui.energy.import_dialog import ImportDialog as EnergyDialog
from ui.meetings.notes import NotesBlock
from ui.polls.importing import RESULT, ImportDialog
from ui.window import Window

CHAIRS = 2  # they head the list of those who review, and sign
LINES = ("번호,관심 분야,만족도", "1,에너지,3", "2,복지,4", "3,교통,5")


@pytest.fixture(scope="module")
def window(
    qapp: QApplication, sample_office: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Window]:
    """One window on a copy of the sample for all these walks."""
    folder = tmp_path_factory.mktemp("walk")
    office = folder / "사무국.gwoffice"
    shutil.copy(sample_office, office)
    shutil.copytree(f"{sample_office}.files", f"{office}.files")
    with lasting(qapp, folder, "today") as on:
        yield on(office, (1366, 768))


@pytest.fixture
def reader(window: Window) -> Iterator[Reader]:
    yield Reader(window)
    for dialog in window.findChildren(QDialog):
        dialog.reject()


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[dt.datetime], None]:
    """Set the clock on the wall."""
    moment = [dt.datetime(2022, 3, 11, 10, tzinfo=clock.KST)]
    monkeypatch.setattr(clock, "now", lambda: moment[0].astimezone(dt.UTC))
    monkeypatch.setattr(clock, "today", lambda: moment[0].date())

    def set_to(value: dt.datetime) -> None:
        moment[0] = value.replace(tzinfo=clock.KST)

    return set_to


def files(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    """Let the dialogs of the system choose one file."""
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a, **_k: (str(path), ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_a, **_k: ([str(path)], ""))


def test_a_first_meeting_from_notice_to_published_minutes(
    window: Window, reader: Reader, at: Callable[[dt.datetime], None]
) -> None:
    store = window.shell.desk.store
    with store.reading() as read:
        before = guide.newest(read)

    def done() -> frozenset[str]:
        with store.reading() as read:
            return guide.progress(read, after=before).done

    def view():
        return window.shell.rooms.page("meetings").pane("list").view

    def everybody() -> None:
        replies = view().tab("replies")
        spin(lambda: replies.list.model().rowCount() > 0)
        replies.list.selectAll()

    def speak() -> None:
        box = next(part for part in view().side.blocks if isinstance(part, NotesBlock))
        type_into(box.edit, "가상위원: 예시 발언입니다.")

    def complete() -> None:
        tab = view().tab("minutes")
        missing = [str(one.name) for one in tab.conditions if not one.met]
        assert missing == []

    def sign() -> None:
        people = view().tab("minutes").people
        spin(lambda: people.model().rowCount() > 0)
        focus(people)
        for key, times in ((Qt.Key.Key_1, people.model().rowCount()), (Qt.Key.Key_3, CHAIRS)):
            QTest.keyClick(people, Qt.Key.Key_Home)
            for _n in range(times):
                QTest.keyClick(people, key)
            rest(window)

    reader.follow(
        "meetings",
        0,
        values={"Body": 1, "Date": "2022-03-25", "Place": "시청 3층", "Title": "예시 안건"},
    )
    assert done() == {"meeting", "agenda"}
    written = manual.sections("meetings", "ko")[1].steps
    reader.follow("meetings", 1, steps=slice(0, 1))
    first, *rest_of = manual.quotes(written[1])
    reader.do(first, {})
    everybody()
    for word in rest_of:
        reader.do(word, {})
    reader.follow("meetings", 1, steps=slice(2, None))
    assert "notice" in done()
    at(dt.datetime(2022, 3, 25, 14))
    reader.follow("meetings", 2, after={4: speak})
    assert {"present", "opened", "decided", "closed"} <= done()
    reader.follow("meetings", 3, values={"Where": "시 누리집"}, after={2: complete, 3: sign})
    assert done() == {step.key for step in guide.STEPS}
    with store.reading() as read:
        assert read.scalar(select(Meeting.state).where(Meeting.id > before)) == "published"


def test_a_poll_wave_from_a_file_of_answers(
    window: Window, reader: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "생활 설문.csv"
    file.write_text("\n".join(LINES), "utf-8")
    files(monkeypatch, file)

    def dialog() -> ImportDialog:
        return next(one for one in window.findChildren(ImportDialog))

    def import_them() -> None:
        spin(lambda: dialog().step == RESULT and dialog().button.isEnabled(), 40)
        click(dialog().button)
        spin(lambda: not window.findChildren(ImportDialog), 40)

    reader.follow("polls", 0, values={"Into": "series"}, after={4: import_them})
    with window.shell.desk.store.reading() as read:
        assert read.scalar(select(func.count(Poll.id)).where(Poll.name == "생활 설문")) == 1


def test_a_month_of_energy_data_from_a_published_table(
    window: Window,
    reader: Reader,
    made_up_file: Path,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    files(monkeypatch, made_up_file)

    def dialog() -> EnergyDialog:
        return next(one for one in window.findChildren(EnergyDialog))

    def import_it() -> None:
        spin(lambda: dialog().step == PREVIEW and dialog().button.isEnabled(), 40)
        click(dialog().button)
        spin(lambda: not window.findChildren(EnergyDialog), 40)

    reader.follow("energy", 0, after={3: import_it})
    with window.shell.desk.store.reading() as read:
        assert read.scalar(
            select(func.count(Dataset.id)).where(Dataset.file_name == made_up_file.name)
        )


def test_a_review_copy_for_the_monitor(window: Window, reader: Reader, tmp_path: Path) -> None:
    target = tmp_path / "사본.gwsnap"
    secret = "예시 암호구절 하나"
    reader.follow(
        "snapshots",
        0,
        values={"File": str(target), "New passphrase": secret, "The same again": secret},
    )
    verdict = verify(target)
    assert verdict.ok
    assert QApplication.clipboard().text() == verdict.fingerprint


def test_the_worst_day_a_restore(window: Window, reader: Reader) -> None:
    shell = window.shell
    reader.follow("backups", 0, steps=slice(0, 1))
    section = shell.rooms.page("settings").built["backups"]
    spin(lambda: section.list.model().rowCount() > 0, 40)
    desk = shell.desk
    rest(window)
    reader.follow("backups", 1, steps=slice(0, 2))
    (restore,) = manual.quotes(manual.sections("backups", "ko")[1].steps[2])
    reader.press(restore, {})
    spin(lambda: shell.desk is not desk and shell.desk.store is not None, 40)
    rest(window)
    place = Path(shell.where)
    (kept,) = place.parent.glob("*before-restore).gwoffice")
    with Store.open(kept, write=False) as store:
        assert store.head() > 0
