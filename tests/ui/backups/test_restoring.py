"""Restore with a preview, from an open office and without one; the backups among the settings."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from db.store import Store
from gwangju_desktop import keyrings
from gwangju_desktop.backups import automatic, drill, form, making, notes
from gwangju_desktop.backups.automatic import Second
from gwangju_desktop.backups.drill import Drill
from gwangju_desktop.backups.making import make_backup
from gwangju_desktop.backups.why import Why
from gwangju_desktop.members import usecases
from tests.gwangju_desktop.backups.test_backups import bytes_of
from tests.ui.acting import click, type_into
from tests.ui.conftest import rest, spin
from tests.ui.seeing import clipped, nameless
from ui.backups import places
from ui.backups.restore import RestoreDialog
from ui.backups.second import SecondDialog
from ui.backups.section import BackupsSection
from ui.window import Window

TYPED = "예시 암호문 하나"


@pytest.fixture
def first_room() -> str:
    return "members"


@pytest.fixture(autouse=True)
def _no_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    """A system without a keyring: what is typed is known while the program runs."""
    monkeypatch.setattr(keyrings, "_typed", {})
    monkeypatch.setattr(keyrings, "keeps", lambda: False)
    monkeypatch.setattr(keyrings, "known", lambda name: keyrings._typed.get(name))
    monkeypatch.setattr(keyrings, "keep", keyrings.remember)


def add(store: Store, name: str) -> None:
    store.run(usecases.add_person, name=name, fictional=True)


def backed_up(office: Path, why: Why = Why.TIMED) -> Path:
    with Store.open(office) as store:
        made = automatic.keep(store, why=why).made
        assert made is not None
        return made.path


def dialog(window: Window) -> RestoreDialog:
    rest(window)
    found = QApplication.activeModalWidget()
    assert isinstance(found, RestoreDialog)
    return found


def names(store: Store) -> set[str]:
    from db.schema.members import Person

    with store.reading() as read:
        return {name for (name,) in read.query(Person.name).all()}


def reopened(window: Window, before: object) -> None:
    spin(lambda: window.shell.desk is not before and window.shell.desk.store is not None)
    rest(window)


def test_a_restore_shows_what_is_lost_and_keeps_the_office_before(
    window_on, sample_copy: Path
) -> None:
    backed_up(sample_copy)
    window = window_on(sample_copy)
    desk = window.shell.desk
    for name in ("뒤에 <b>온</b> 사람", "또 온 사람"):
        desk.do(usecases.add_person, name=name, fictional=True)
    rest(window)
    window.shell.act("backup.restore")
    asked = dialog(window)
    spin(lambda: asked.preview.isVisible())
    assert clipped(asked) == [] and nameless(asked) == []
    assert "작업 2건" in asked.preview.since.text() and "인물 추가 2" in asked.preview.counts.text()
    assert "사람 " in asked.preview.holds.text() and "파일 " in asked.preview.holds.text()
    assert "2건을 빼고" in asked.button.text()
    shown = [asked.preview.list.model().row(n).name for n in range(2)]
    assert shown == ["또 온 사람", "뒤에 <b>온</b> 사람"]
    click(asked.button)
    reopened(window, desk)
    assert "뒤에 <b>온</b> 사람" not in names(window.shell.desk.store)
    assert window.shell.where == str(sample_copy) and not window.shell.banner.isHidden()
    (kept,) = sample_copy.parent.glob("*before-restore).gwoffice")
    assert kept.name in window.shell.banner.words.text()
    with Store.open(kept) as store:
        assert "뒤에 <b>온</b> 사람" in names(store)
    # What was in no backup is in one now: it was made ahead of the restore.
    assert notes.listed(form.beside(sample_copy))[0].note.why == "restore"


def test_a_restore_that_is_stopped_changes_nothing(
    window_on, sample_copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backed_up(sample_copy)
    window = window_on(sample_copy)
    window.shell.on_restore()
    asked = dialog(window)
    spin(lambda: asked.preview.isVisible())
    before = sorted(path.name for path in sample_copy.parent.iterdir())
    straight = making.form.parts
    waited: list[int] = []

    def parts(file):
        for part in straight(file):
            if asked.work is not None and not waited:
                waited.append(1)
                spin_off(asked)
            yield part

    def spin_off(asked: RestoreDialog) -> None:
        asked.work._stop_asked.wait(30)

    monkeypatch.setattr(form, "parts", parts)
    click(asked.button)
    spin(lambda: bool(waited))
    click(asked.cancel_button)
    spin(lambda: asked.work is None)
    rest(window)
    assert asked.isVisible() and asked.button.isEnabled() and asked.bar_row.isHidden()
    assert sorted(path.name for path in sample_copy.parent.iterdir()) == before
    click(asked.cancel_button)
    rest(window)
    assert window.shell.desk.store is not None


def test_where_the_name_cannot_change_the_office_is_open_again(
    window_on, sample_copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backed_up(sample_copy)
    window = window_on(sample_copy)
    desk = window.shell.desk
    window.shell.on_restore()
    asked = dialog(window)
    spin(lambda: asked.preview.isVisible())
    rename = Path.rename

    def held(path: Path, target: Path) -> Path:
        if path == sample_copy:
            raise PermissionError(13, "held by another program", str(path))
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", held)
    click(asked.button)
    reopened(window, desk)
    monkeypatch.undo()
    told = window.shell.banner.words.text()
    (made,) = [
        path for path in sample_copy.parent.glob("*.gwoffice") if path.name != sample_copy.name
    ]
    assert made.name in told and "before-restore" not in made.name
    assert window.shell.where == str(sample_copy)


def test_without_an_office_one_is_restored_to_a_new_file(
    window_on, sample_copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store.open(sample_copy) as store:
        made = make_backup(store, tmp_path / "보안 USB", passphrase=TYPED).path
        head = store.head()
    window = window_on("")
    click(window.shell.front.restore)
    asked = dialog(window)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_given: (str(made), ""))
    click(asked.file)
    rest(window)
    spin(lambda: asked.secret_row.isVisible())
    assert not asked.button.isEnabled() and asked.preview.isHidden()
    type_into_dialog(asked.secret.field, "틀린 암호문")
    click(asked.show_button)
    spin(lambda: asked.refusal_row.isVisible())
    assert "열리지" in asked.refusal.text()
    type_into_dialog(asked.secret.field, TYPED)
    QTest.keyClick(asked.secret.field, Qt.Key.Key_Return)
    spin(lambda: asked.preview.isVisible())
    assert clipped(asked) == [] and nameless(asked) == []
    target = tmp_path / "복원한 곳" / "다시"
    target.parent.mkdir()
    asked.target.field.setText(str(target))
    click(asked.button)
    spin(lambda: window.shell.desk is not None and window.shell.desk.store is not None)
    rest(window)
    assert window.shell.where == f"{target}.gwoffice"
    assert window.shell.desk.store.head() == head
    assert list(target.parent.glob("*before-restore*")) == []


def type_into_dialog(field, words: str) -> None:
    field.clear()
    field.setFocus()
    type_into(field, words)


@pytest.fixture
def section(window_on, sample_copy: Path) -> tuple[Window, BackupsSection]:
    """The backups among the settings of an office that has none yet."""
    window = window_on(sample_copy)
    made = BackupsSection(window.shell)
    made.setParent(window)
    made.setGeometry(220, 0, 1100, 680)
    made.show()
    rest(window)
    return window, made


def test_the_section_makes_checks_and_tells(
    section: tuple[Window, BackupsSection], sample_copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, shown = section
    assert "아직 백업이 없습니다" in shown.last.text() and shown.list.isHidden()
    click(shown.make)
    rest(window)
    assert shown.chip.sentence() == "다시 읽어 확인함" and "모두" in shown.unsaved.text()
    assert shown.list.model().rowCount() == 1 and clipped(shown) == [] and nameless(shown) == []
    window.shell.desk.do(usecases.add_person, name="김가상", fictional=True)
    rest(window)
    assert "아직 백업에는 없습니다" in shown.unsaved.text()
    (path,) = form.listed(form.beside(sample_copy))
    path.write_bytes(path.read_bytes()[:9000])
    click(shown.check)
    rest(window)
    assert shown.chip.sentence() == "손상됨" and not window.shell.banner.isHidden()
    monkeypatch.setattr(
        drill,
        "apart",
        lambda folder, **asked: tried(folder, "2026-11-23T06:00:00+00:00"),
    )
    click(shown.try_out)
    rest(window)
    assert "업무가 되는 것을 확인" in shown.drill.text()


def tried(folder: Path, at: str) -> Drill:
    done = Drill(at, "gw-1.gwbak", at, 4.0, [])
    drill._record(folder, done)
    return done


def test_a_second_folder_is_chosen_under_a_passphrase(
    section: tuple[Window, BackupsSection],
    sample_copy: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    window, shown = section
    stick = tmp_path / "보안 USB"
    stick.mkdir()
    click(shown.second)
    asked = QApplication.activeModalWidget()
    assert isinstance(asked, SecondDialog)
    rest(window)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_given: str(stick))
    click(asked.choose)
    assert asked.near.isVisible()  # one disk here
    assert clipped(asked) == [] and nameless(asked) == []
    click(asked.button)
    assert asked.isVisible() and asked.new.first.wrong_row.isVisible()
    for field in asked.new.fields:
        type_into_dialog(field.field, TYPED)
    click(asked.button)
    rest(window)
    place = automatic.within(stick, sample_copy)
    (sealed,) = form.listed(place)
    assert form.is_sealed(sealed) and bytes_of(sealed) != ""
    assert places.second(sample_copy) == Second(stick, True)
    assert "암호구절로 잠김" in shown.where.text() and clipped(shown) == []
    assert shown.list.model().rowCount() == 2
    # Another day, another start: the passphrase is not known, and that is said.
    keyrings._typed.clear()
    shown.look()
    rest(window)
    assert shown.unlock.isVisible() and "암호구절을 모릅니다" in shown.second_note.text()
    click(shown.unlock)
    rest(window)
    type_into_dialog(QApplication.activeModalWidget().field.field, TYPED)
    click(QApplication.activeModalWidget().button)
    rest(window)
    assert shown.unlock.isHidden() and len(form.listed(place)) == 2
    click(shown.without)
    rest(window)
    assert places.second(sample_copy) is None and len(form.listed(place)) == 2
