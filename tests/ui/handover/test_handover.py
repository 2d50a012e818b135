"""The office file is given, taken, given back and broken off by hand, in the window."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton

from db.store import Store
from gwangju_desktop import settings
from gwangju_desktop.handover import giving as acts
from gwangju_desktop.handover import notes, state
from gwangju_desktop.handover.state import Standing
from gwangju_desktop.handover.taking import take
from gwangju_desktop.members import usecases
from tests.ui.acting import click, type_into
from tests.ui.conftest import rest, spin
from ui.handover.comparing import CompareDialog, DifferencesDialog
from ui.handover.giving import AgainDialog, BreakDialog, GiveDialog
from ui.handover.post import PostDialog
from ui.handover.section import HandoverSection
from ui.handover.taking import TakeDialog
from ui.window import Window

WORDS = "가상의 암호문 하나"


@pytest.fixture
def office(tmp_path: Path) -> Path:
    place = tmp_path / "사무국.gwoffice"
    with Store.create(place) as store:
        store.run(settings.set_up)
        store.run(usecases.add_person, name="홍예시", fictional=True)
    return place


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "보안 USB"
    folder.mkdir()
    return folder


def dialog(kind: type):
    spin(lambda: isinstance(QApplication.activeModalWidget(), kind))
    return QApplication.activeModalWidget()


def opened(window: Window, *, waits: bool) -> None:
    """Wait until the office was opened anew."""
    shell = window.shell

    def there() -> bool:
        desk = shell.desk
        return desk is not None and desk.store is not None and desk.read_only == waits

    spin(there)
    rest(window)


def section(window: Window) -> HandoverSection:
    made = HandoverSection(window.shell)
    made.setParent(window)
    made.resize(900, 500)
    made.show()
    spin(lambda: made.told is not None)
    rest(window)
    return made


def ribbon_button(window: Window, words: str) -> QPushButton:
    def found() -> list[QPushButton]:
        buttons = window.shell.ribbon.actions.findChildren(QPushButton)
        return [one for one in buttons if words in one.text() and one.isVisible()]

    spin(found)
    return found()[0]


def test_given_and_taken_back_by_hand(
    window_on: Callable[..., Window],
    office: Path,
    stick: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    window = window_on(office)
    pane = section(window)
    assert pane.told.standing is Standing.ALONE
    assert not pane.end.isVisible() and not pane.back.isVisible()
    click(pane.give)
    form = dialog(GiveDialog)
    assert not form.sealing.new.first.isVisible()
    click(form.button)
    assert "받을 사람" in form.to.error.text()
    type_into(form.to.field, "홍예시")
    type_into(form.by.field, "김예시")
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_a, **_k: str(stick))
    click(form.folder.browse)
    click(form.sealing.check)
    type_into(form.sealing.new.first.field, WORDS)
    type_into(form.sealing.new.again.field, "다른 암호문")
    click(form.button)
    assert form.sealing.new.again.wrong_row.isVisible() and list(stick.iterdir()) == []
    type_into(form.sealing.new.again.field, WORDS)
    click(form.button)
    opened(window, waits=True)
    pane.deleteLater()
    (file,) = stick.glob("*.gwhand")
    take_button = ribbon_button(window, "돌아온 파일 인수")
    assert window.shell.ribbon.words.text().startswith("넘김: 홍예시, ")
    assert window.shell.desk.store.away

    # On the other PC, by the other person.
    monkeypatch.setenv("GWANGJU_DESKTOP_HOME", str(tmp_path / "나"))
    there = tmp_path / "나" / "나.gwoffice"
    there.parent.mkdir()
    take(file, there, passphrase=WORDS)
    with Store.open(there) as store:
        store.run(usecases.add_person, name="나에서 쓴 사람", fictional=True)
        back = acts.give(store, stick, to="김예시", by="홍예시", passphrase=WORDS)
    monkeypatch.setenv("GWANGJU_DESKTOP_HOME", str(tmp_path / "person"))

    click(take_button)
    form = dialog(TakeDialog)
    assert form.target.field.text() == str(office) and not form.file.secret.isVisible()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a, **_k: (str(back.file), ""))
    click(form.file.path.browse)
    spin(form.file.secret.isVisible)
    click(form.button)
    assert form.file.secret.wrong_row.isVisible()
    type_into(form.file.secret.field, "틀린 암호문입니다")
    click(form.button)
    spin(form.refusal_row.isVisible)
    assert "암호" in form.refusal.text()
    # The copy that waits is open again behind the form.
    opened(window, waits=True)
    type_into(form.file.secret.field, WORDS)
    click(form.button)
    opened(window, waits=False)
    assert not window.shell.ribbon.isVisible()
    pane = section(window)
    assert pane.told.standing is Standing.HERE and "홍예시 님이 넘김" in pane.facts.text()
    assert pane.back.isVisible() and not pane.give.isVisible()
    click(pane.back)
    assert dialog(GiveDialog).to.field.text() == "홍예시"
    click(dialog(GiveDialog).cancel_button)
    pane.deleteLater()


def test_broken_off_and_compared_by_hand(
    window_on: Callable[..., Window],
    office: Path,
    stick: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with Store.open(office) as store:
        gone = acts.give(store, stick, to="<b>홍예시</b>", by="김예시")
    monkeypatch.setenv("GWANGJU_DESKTOP_HOME", str(tmp_path / "나"))
    (tmp_path / "나").mkdir()
    there = tmp_path / "나" / "나.gwoffice"
    take(gone.file, there)
    with Store.open(there) as store:
        store.run(usecases.add_person, name="<b>나</b>에서", fictional=True)
        late = acts.give(store, stick, to="김예시")
    monkeypatch.setenv("GWANGJU_DESKTOP_HOME", str(tmp_path / "person"))
    window = window_on(office)
    click(ribbon_button(window, "해제"))
    assert "<b>홍예시</b>" in window.shell.ribbon.words.text()
    form = dialog(BreakDialog)
    click(form.button)
    assert form.reason.wrong_row.isVisible()
    type_into(form.reason.field, "USB 분실(가상)")
    click(form.button)
    opened(window, waits=False)
    with Store.open(office, write=False) as store:
        told = state.of_office(store)
    assert (told.standing, told.reason) == (Standing.HERE, "USB 분실(가상)")

    pane = section(window)
    click(pane.compare)
    form = dialog(CompareDialog)
    assert form.one.path.field.text() == str(office)
    type_into(form.other.path.field, str(office))
    click(form.button)
    assert form.refusal_row.isVisible()
    form.other.path.field.setText(str(late.file))
    click(form.button)
    shown = dialog(DifferencesDialog)
    model = shown.model
    cells = [
        [model.cell(n, column).text for column in range(len(model.columns))]
        for n in range(model.rowCount())
        if hasattr(model.row(n), "record")
    ]
    assert any("<b>나</b>에서" in cell for line in cells for cell in line)
    for button, name in ((shown.csv, "다른 점.csv"), (shown.pdf, "다른 점.pdf")):
        target = tmp_path / name
        monkeypatch.setattr(
            QFileDialog, "getSaveFileName", lambda *_a, to=target, **_k: (str(to), "")
        )
        click(button)
        assert target.stat().st_size > 100 and not shown.refusal_row.isVisible()
    with (tmp_path / "다른 점.csv").open(encoding="utf-8-sig", newline="") as file:
        assert any("<b>나</b>에서" in cell for line in csv.reader(file) for cell in line)
    click(shown.button)
    pane.deleteLater()


def test_one_that_was_cut_off_asks_in_the_window(
    window_on: Callable[..., Window], office: Path, stick: Path
) -> None:
    def stop(_done: int, _of: int, step: object) -> None:
        if step == acts.WRITING:
            raise KeyboardInterrupt

    def cut() -> None:
        with Store.open(office) as store, pytest.raises(KeyboardInterrupt):
            acts.give(store, stick, to="홍예시", progress=stop)

    cut()
    window = window_on(office)
    assert window.shell.desk.read_only
    click(ribbon_button(window, "이 PC에 두기"))
    opened(window, waits=False)
    window.shell.leave()
    cut()
    window.shell.open_office(str(office))
    opened(window, waits=True)
    click(ribbon_button(window, "파일 다시 쓰기"))
    form = dialog(AgainDialog)
    before = window.shell.desk
    click(form.button)
    spin(lambda: window.shell.desk is not before)
    assert len(list(stick.glob("*.gwhand"))) == 1
    opened(window, waits=True)
    ribbon_button(window, "돌아온 파일 인수")
    assert notes.read(office).sha256


def test_a_file_is_taken_over_at_the_start_page(
    window_on: Callable[..., Window],
    office: Path,
    stick: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with Store.open(office) as store:
        gone = acts.give(store, stick, to="홍예시", by="김예시")
    monkeypatch.setenv("GWANGJU_DESKTOP_HOME", str(tmp_path / "나"))
    (tmp_path / "나").mkdir()
    window = window_on("")
    window.shell.open_file(str(gone.file))
    form = dialog(TakeDialog)
    assert form.target.field.text() == str(Path.home() / "사무국.gwoffice")
    place = tmp_path / "나" / "받은 업무"
    form.target.field.setText(str(place))
    click(form.button)
    opened(window, waits=False)
    assert place.with_name("받은 업무.gwoffice").is_file()
    assert window.shell.where.endswith("받은 업무.gwoffice")


def test_the_post_is_handed_over_by_hand(
    shared_window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pane = section(shared_window)
    click(pane.post)
    form = dialog(PostDialog)
    spin(lambda: "제안" in form.open_work.text())
    type_into(form.by.field, "김예시")
    type_into(form.to.field, "홍예시")
    type_into(form.kept.field, "금고 2번 봉투(예시)")
    target = tmp_path / "업무 인계·인수서"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: ("", ""))
    click(form.button)
    assert form.isVisible()
    monkeypatch.setattr(
        QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(target), "문서 (*.hwpx)")
    )
    click(form.button)
    spin(lambda: target.with_name(target.name + ".hwpx").exists())
    spin(lambda: QApplication.activeModalWidget() is None)
    rest(shared_window)
    pane.deleteLater()
