"""Making a copy: what goes, the file, what to read out, to whom it goes; and the register."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from db.vocab import Profile
from gwangju_desktop.snapshots import deliveries, key_words, previewing, queries
from gwangju_desktop.snapshots.verify import verify
from tests.ui.acting import click, focus, type_into
from tests.ui.conftest import rest, spin
from tests.ui.seeing import clipped, nameless
from tests.ui.snapshots.conftest import PASSPHRASE, copied, page_of
from ui.settings import kept
from ui.snapshots import make
from ui.snapshots.delivery_form import DeliveryDialog
from ui.snapshots.make import MakeDialog
from ui.snapshots.result import ResultDialog


@pytest.fixture
def first_room() -> str:
    return "snapshots"


@pytest.fixture
def office(copies, tmp_path: Path) -> Path:
    """An office of one's own that has made two copies."""
    path = tmp_path / "사무국.gwoffice"
    copied(copies[0], path)
    return path


def making(window, page) -> MakeDialog:
    """Ask for a copy as the key does, and wait for what would go."""
    focus(page.made.list if page.made.inspects() else page.made.first)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    spin(lambda: isinstance(QApplication.activeModalWidget(), MakeDialog))
    dialog = QApplication.activeModalWidget()
    previewed(dialog)
    rest(window)
    return dialog


def previewed(dialog: MakeDialog) -> None:
    spin(lambda: dialog.preview.found is not None, 30)
    assert dialog.preview.found.profile is dialog.profile


def made(window, dialog: MakeDialog) -> ResultDialog:
    """Make the copy; return what says that it was made."""
    click(dialog.button)
    spin(lambda: isinstance(QApplication.activeModalWidget(), ResultDialog), 40)
    result = QApplication.activeModalWidget()
    rest(window)
    assert clipped(result) == [] and nameless(result) == []
    return result


def test_a_first_copy_is_made_with_a_new_key(window, tmp_path: Path) -> None:
    page = page_of(window)
    assert page.made.front.currentWidget() is page.made.front.empty
    dialog = making(window, page)
    assert clipped(dialog) == [] and nameless(dialog) == []
    target = tmp_path / "사본 하나.gwsnap"
    type_into(dialog.target, str(target.with_suffix("")))
    click(dialog.button)
    assert dialog.first.error.text() and dialog.work is None
    type_into(dialog.new.first.field, PASSPHRASE)
    type_into(dialog.new.again.field, PASSPHRASE + ".")
    click(dialog.button)
    assert dialog.new.again.error.text() and dialog.work is None
    type_into(dialog.new.again.field, PASSPHRASE)
    result = made(window, dialog)
    verdict = verify(target)
    assert verdict.ok and result.digits.text().replace("\n", " ") == verdict.fingerprint
    words = key_words.fingerprint_words(verdict.fingerprint, "ko")
    assert tuple(result.words.text().split()) == words
    assert verdict.manifest.policy and verdict.manifest.profile == Profile.MONITOR
    click(result.copy_fingerprint)
    assert QApplication.clipboard().text() == verdict.fingerprint
    # To whom it went is noted at once, and stands in the register.
    click(result.deliver)
    form = QApplication.activeModalWidget()
    assert isinstance(form, DeliveryDialog)
    click(form.button)
    spin(lambda: "받은 곳" in form.refusal.text())
    type_into(form.recipient.field, "점검단(예시)")
    click(form.button)
    spin(lambda: QApplication.activeModalWidget() is result)
    rest(window)
    click(result.button)
    rest(window)
    assert page.made.chosen().sequence == 1
    assert page.made.chosen().recipients == ("점검단(예시)",)
    assert page.made.card.facts.fingerprint.text().replace("\n", " ") == verdict.fingerprint
    click(page.made.card.copy_digest)
    assert QApplication.clipboard().text() == page.made.chosen().sha256
    assert kept.text(make.LAST) == str(target)


def test_what_goes_is_shown_for_each_profile(window_on, office: Path) -> None:
    window = window_on(office)
    dialog = making(window, page_of(window))
    store = window.shell.desk.store
    for n, profile in enumerate((Profile.MONITOR, Profile.PUBLIC)):
        click(dialog.profiles.parts[n])
        previewed(dialog)
        rest(window)
        expected = previewing.preview(store, profile=profile)
        said = "\n".join(
            label.text() for label in dialog.preview.lines.findChildren(type(dialog.step))
        )
        assert f"{expected.rows:,}행" in dialog.preview.sums.text()
        for one in expected.going:
            assert (one.ko in said) or not one.rows
        for one in expected.staying:
            assert one.ko in said
        assert ("공개용" in dialog.target.text()) == (profile is Profile.PUBLIC)
        assert clipped(dialog) == []
    type_into(dialog.target, "/named by hand")
    click(dialog.profiles.parts[0])
    previewed(dialog)
    assert dialog.target.text() == "/named by hand"
    dialog.reject()
    rest(window)


def test_a_wrong_passphrase_keeps_the_form(window_on, office: Path, tmp_path: Path) -> None:
    window = window_on(office)
    dialog = making(window, page_of(window))
    target = tmp_path / "세째.gwsnap"
    type_into(dialog.target, str(target))
    click(dialog.button)
    assert dialog.first.error.text()
    type_into(dialog.passphrase, "틀린 암호구절입니다")
    click(dialog.button)
    spin(lambda: dialog.refusal.text(), 15)
    assert dialog.isVisible() and dialog.passphrase.text() and dialog.button.isEnabled()
    assert not target.exists()
    dialog.reject()
    rest(window)


def test_making_is_stopped_and_nothing_is_written(window_on, office: Path, tmp_path: Path) -> None:
    window = window_on(office)
    dialog = making(window, page_of(window))
    target = tmp_path / "멈춘 사본.gwsnap"
    type_into(dialog.target, str(target))
    type_into(dialog.passphrase, PASSPHRASE)
    click(dialog.button)
    assert dialog.progress_row.isVisible() and not dialog.button.isEnabled()
    click(dialog.cancel_button)
    spin(lambda: QApplication.activeModalWidget() is None, 30)
    rest(window)
    assert not target.exists()
    with window.shell.desk.store.reading() as read:
        assert len(queries.snapshots(read)) == 2


def test_the_file_of_the_last_copy_is_taken_only_while_it_is_that(
    window_on, office: Path, copies, tmp_path: Path
) -> None:
    window = window_on(office)
    store = window.shell.desk.store
    last = tmp_path / "둘째.gwsnap"
    shutil.copy(copies[2], last)
    found = make.previous(store, str(last), Profile.MONITOR, tmp_path / "셋째.gwsnap")
    assert found == last
    for where, profile, target in (
        ("", Profile.MONITOR, tmp_path / "셋째.gwsnap"),
        (str(last), Profile.PUBLIC, tmp_path / "셋째.gwsnap"),
        (str(last), Profile.MONITOR, last),
        (str(copies[1]), Profile.MONITOR, tmp_path / "셋째.gwsnap"),
        (str(tmp_path / "없음.gwsnap"), Profile.MONITOR, tmp_path / "셋째.gwsnap"),
    ):
        assert make.previous(store, where, profile, target) is None


def test_a_copy_is_saved_for_sending_in_parts(
    window_on, office: Path, copies, tmp_path: Path, monkeypatch
) -> None:
    window = window_on(office)
    page = page_of(window)
    file, folder = tmp_path / "둘째.gwsnap", tmp_path / "보낼 것"
    shutil.copy(copies[1], file)
    folder.mkdir()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a, **_k: (str(file), ""))
    click(page.made.card.send)
    dialog = page.made.card.asked
    rest(window)
    assert clipped(dialog) == [] and nameless(dialog) == []
    type_into(dialog.folder, str(folder))
    click(dialog.button)
    spin(lambda: dialog.refusal.text(), 15)
    assert "대장" in dialog.refusal.text() and not list(folder.iterdir())
    # The first list's row is copy no. 2; its own file is taken.
    shutil.copy(copies[2], file)
    click(dialog.button)
    spin(lambda: dialog.value is not None, 15)
    rest(window)
    assert [path.name for path in folder.iterdir()] == ["둘째.zip"]
    assert (folder / "둘째.zip").read_bytes() == file.read_bytes()
    assert "둘째.zip" in dialog.saved_files.text() and dialog.show_folder.isVisible()
    assert clipped(dialog) == []
    click(dialog.button)
    rest(window)


def test_the_register_is_searched_sorted_and_exported(
    window_on, office: Path, tmp_path: Path, monkeypatch
) -> None:
    window = window_on(office)
    page = page_of(window)
    made_page = page.made
    assert [made_page.model.row(n).sequence for n in range(2)] == [2, 1]
    assert clipped(window) == [] and nameless(window) == []
    made_page.list.horizontalHeader().sectionClicked.emit(0)
    rest(window)
    assert [made_page.model.row(n).sequence for n in range(2)] == [1, 2]

    card = made_page.card
    click(card.add)
    form = card.asked
    type_into(form.recipient.field, "시민 점검자(가상)")
    form.channel.field.choose("mail")
    click(form.button)
    spin(lambda: QApplication.activeModalWidget() is None)
    rest(window)
    one = made_page.chosen()
    assert one.recipients == ("시민 점검자(가상)",) and card.handed.isVisible()
    click(card.correct)
    form = card.asked
    type_into(form.note.field, "sealed")
    click(form.button)
    spin(lambda: QApplication.activeModalWidget() is None)
    rest(window)
    assert card.delivery().note == "sealed" and card.delivery().channel == "mail"

    focus(made_page.list)
    QTest.keyClick(made_page.list, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    spin(made_page.search.hasFocus)
    type_into(made_page.search, "점검자")
    rest(window)
    assert made_page.model.rowCount() == 1 and made_page.chosen().id == one.id
    target = tmp_path / "대장"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(target), ""))
    click(made_page.export)
    rest(window)
    with target.with_name("대장.csv").open(encoding="utf-8-sig", newline="") as file:
        _head, line = csv.reader(file)
    assert line[0] == str(one.sequence) and line[3] == "시민 점검자(가상)"
    type_into(made_page.search, "nothing of the kind")
    rest(window)
    assert made_page.front.currentWidget() is made_page.front.empty and made_page.card.isHidden()
    made_page.search.clear()
    rest(window)

    focus(made_page.list)
    QTest.keyClick(made_page.list, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert f"{one.sequence}" in QApplication.clipboard().text()
    made_page.choose(one.id)
    rest(window)
    click(card.remove)
    rest(window)
    assert not card.handed.isVisible() and card.nobody.isVisible()
    window.shell.on_undo()
    rest(window)
    with window.shell.desk.store.reading() as read:
        assert [row.note for row in deliveries.deliveries(read)] == ["sealed"]
