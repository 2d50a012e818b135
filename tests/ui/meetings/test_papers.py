"""Papers of an item by real drops, clicks and keys: they wait, come, are replaced and announced."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

import pikepdf
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from sqlalchemy import select

from db.schema.meetings import Meeting
from tests.gwangju_desktop.packs.made import Leaf, make_paper
from tests.ui.acting import click, focus, type_into
from tests.ui.conftest import rest, spin
from tests.ui.meetings.test_page import choose, dialog, go
from ui.meetings import papers_watch
from ui.meetings.papers_dialogs import AwaitedDialog, PaperSettingsDialog, PasswordDialog

KEY = Qt.Key
HWP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4_000)
SENTENCE = "파일을 읽을 수 없습니다. 문서보안이 걸려 있으면 해제한 뒤 다시 넣어 주십시오."


@pytest.fixture
def box(window):
    page = go(window)
    choose(page, 2)
    assert page.agenda.paper_model.rowCount() == 0
    return page.agenda.box


def rows(box) -> list[tuple[str, str, str]]:
    """Title, chip or pages, and icon of every line."""
    found = []
    for n in range(box.model.rowCount()):
        title, pages = box.model.cell(n, 0), box.model.cell(n, 2)
        found.append((title.text, pages.chip or pages.text, title.icon))
    return found


def document(folder: Path, name: str = "이행 점검.hwp", end: bytes = b"") -> Path:
    path = folder / name
    path.write_bytes(HWP + end)
    return path


def drag(widget, point: QPoint, paths: list[Path]) -> QDropEvent:
    """Drag files onto a widget and let them go; return the last event."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    copy, none = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    left = Qt.MouseButton.LeftButton
    for kind in (QDragEnterEvent, QDragMoveEvent):
        event = kind(point, copy, data, left, none)
        QApplication.sendEvent(widget, event)
        assert event.isAccepted()
    event = QDropEvent(QPointF(point), copy, data, left, none)
    QApplication.sendEvent(widget, event)
    assert event.isAccepted()
    return event


def middle(box, n: int) -> QPoint:
    """The middle of a row of the list."""
    return box.list.visualRect(box.model.index(n, 0)).center()


def drop_on(box, n: int, paths: list[Path]) -> None:
    drag(box.list.viewport(), middle(box, n), paths)
    rest(box.window())


def attach(box, *paths: Path) -> None:
    """Drop files on the free part of the box."""
    before = box.model.rowCount()
    drag(box, QPoint(20, 8), list(paths))
    spin(lambda: box.model.rowCount() > before, 15)
    rest(box.window())


def test_a_document_waits_for_its_pdf_which_is_dropped_on_its_row(box, tmp_path) -> None:
    attach(box, document(tmp_path), make_paper(tmp_path / "둘째.pdf"))
    assert rows(box) == [
        ("이행 점검", "PDF 대기", "file-text"),
        ("둘째", "1쪽", "file-text"),
    ]
    QTest.mouseClick(box.list.viewport(), Qt.MouseButton.LeftButton, pos=middle(box, 0))
    assert box.open_own.isVisible() and box.open_own.text() == "한글에서 열기"
    assert box.swap.isVisible() and box.where.isVisible()
    assert not box.convert.isVisible() and not box.unlock.isVisible()
    drop_on(box, 0, [make_paper(tmp_path / "출력.pdf", [Leaf()] * 4)])
    spin(lambda: rows(box)[0] == ("이행 점검", "4쪽", "file-text"))
    assert box.open_own.text() == "한글에서 열기" and box.open_pdf.isVisible()
    assert not box.where.isVisible()
    box.window().on_undo()
    spin(lambda: rows(box)[0][1] == "PDF 대기")


def test_the_original_opens_in_its_own_program_as_a_read_only_copy(
    box, tmp_path, monkeypatch
) -> None:
    attach(box, document(tmp_path, "점검 결과 최종.hwp"))
    asked: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: asked.append(url) or True)
    QTest.mouseClick(box.list.viewport(), Qt.MouseButton.LeftButton, pos=middle(box, 0))
    click(box.open_own)
    spin(lambda: asked)
    copy = Path(asked[0].toLocalFile())
    assert copy.name == "점검 결과 최종.hwp" and copy.read_bytes() == HWP
    assert not copy.stat().st_mode & stat.S_IWUSR
    assert "읽기 전용 사본이 열립니다." in told(box)
    rest(box.window())


def test_the_watched_folder_gives_the_pdf_by_itself(box, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(papers_watch, "EVERY", 100)
    box.watch.timer.setInterval(100)
    folder = tmp_path / "PDF로 저장"
    folder.mkdir()
    attach(box, document(tmp_path, "이행 점검.hwp"))
    QTest.mouseClick(box.list.viewport(), Qt.MouseButton.LeftButton, pos=middle(box, 0))
    assert box.where.text().strip() == "PDF 받을 폴더 지정"
    click(box.where)
    form = dialog(box, PaperSettingsDialog)
    type_into(form.folder.field, str(tmp_path / "nowhere"))
    click(form.button)
    assert form.isVisible() and form.folder.error.isVisible()
    form.folder.field.setText(str(folder))
    click(form.button)
    spin(lambda: not form.isVisible())
    rest(box.window())
    assert box.where.text().strip() == "PDF 받는 폴더: PDF로 저장"
    make_paper(folder / "다른 자료.pdf")
    whole = make_paper(tmp_path / "made.pdf", [Leaf()] * 2).read_bytes()
    target = folder / "이행 점검.PDF"
    target.write_bytes(whole[: len(whole) // 2])
    QTest.qWait(500)
    assert rows(box)[0][1] == "PDF 대기"
    target.write_bytes(whole)
    spin(lambda: rows(box) == [("이행 점검", "2쪽", "file-text")], 15)
    spin(lambda: not box.watch.timer.isActive())
    rest(box.window())


def test_a_document_and_its_pdf_that_come_together_are_one_paper(box, tmp_path) -> None:
    pair = [make_paper(tmp_path / "계획(안).pdf", [Leaf()] * 2), document(tmp_path, "계획(안).hwp")]
    attach(box, pair[0], make_paper(tmp_path / "별첨.pdf"), pair[1])
    spin(lambda: ("계획(안)", "2쪽", "file-text") in rows(box))
    assert [row[:2] for row in rows(box)] == [("별첨", "1쪽"), ("계획(안)", "2쪽")]
    assert box.model.row(1).source_name == "계획(안).hwp"
    # One that comes later, too.
    attach(box, document(tmp_path, "참고.hwp", b"2"))
    drag(box, QPoint(20, 8), [make_paper(tmp_path / "참고.PDF", [Leaf()] * 3)])
    spin(lambda: [row[:2] for row in rows(box)][2:] == [("참고", "3쪽")], 15)
    rest(box.window())


@pytest.mark.skipif(sys.platform == "win32", reason="a shell script plays LibreOffice")
def test_libreoffice_makes_the_pdf_where_the_pc_has_it(box, tmp_path, monkeypatch) -> None:
    made = make_paper(tmp_path / "made.pdf", [Leaf()] * 2)
    office = tmp_path / "bin" / "soffice"
    office.parent.mkdir()
    # The folder for the PDF stands behind --outdir.
    office.write_text(
        f'#!/bin/sh\nwhile [ "$1" != --outdir ]; do shift; done\ncp "{made}" "$2/document.pdf"\n'
    )
    office.chmod(0o755)
    monkeypatch.setenv("PATH", f"{office.parent}{os.pathsep}{os.environ['PATH']}")
    sheet = tmp_path / "예산 내역.xlsx"
    sheet.write_bytes(b"PK\x03\x04" + bytes(900))
    attach(box, sheet, document(tmp_path))
    QTest.mouseClick(box.list.viewport(), Qt.MouseButton.LeftButton, pos=middle(box, 1))
    assert not box.convert.isVisible()
    QTest.mouseClick(box.list.viewport(), Qt.MouseButton.LeftButton, pos=middle(box, 0))
    assert box.open_own.text() == "엑셀에서 열기"
    click(box.convert)
    spin(lambda: rows(box)[0] == ("예산 내역", "2쪽", "file-text"), 15)
    line = box.model.row(0)
    assert (line.file_name, line.source_name) == ("예산 내역.pdf", "예산 내역.xlsx")
    rest(box.window())


def test_document_security_is_said_and_costs_the_others_nothing(box, tmp_path) -> None:
    secured = tmp_path / "보안.hwp"
    secured.write_bytes(b"SCDSA004" + bytes(5_000))
    drag(box, QPoint(20, 8), [secured])
    banner = box.window().shell
    spin(lambda: SENTENCE in told(box))
    assert box.model.rowCount() == 0 and banner is not None
    attach(box, secured, document(tmp_path), make_paper(tmp_path / "셋.pdf"))
    assert [row[0] for row in rows(box)] == ["이행 점검", "셋"]
    assert f"보안.hwp: {SENTENCE}" in told(box)
    # The same file again.
    drag(box, QPoint(20, 8), [tmp_path / "셋.pdf"])
    spin(lambda: "이 안건에 이미 “셋” 자료로" in told(box))
    assert box.model.rowCount() == 2


def told(box) -> str:
    """All words the window says over its pages."""
    from ui.widgets.parts import Label

    labels = box.window().findChildren(Label)
    return "\n".join(label.text() for label in labels if label.isVisible())


def locked(path: Path, password: str) -> Path:
    make_paper(path, [Leaf()] * 3)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.save(path, encryption=pikepdf.Encryption(owner="o", user=password))
    return path


def test_the_password_is_asked_once_and_opens_what_it_opens(box, tmp_path) -> None:
    paths = [locked(tmp_path / f"{n}.pdf", "same") for n in ("가", "나")]
    attach(box, *paths, locked(tmp_path / "다.pdf", "other"))
    form = dialog(box, PasswordDialog)
    spin(lambda: box.model.rowCount() == 3)
    assert {row[1] for row in rows(box)} == {"비밀번호"}
    assert form.files.text() == "가.pdf\n나.pdf\n다.pdf"
    type_into(form.password.field, "wrong")
    click(form.button)
    spin(form.refusal_row.isVisible, 15)
    assert "가.pdf" in form.refusal.text()
    type_into(form.password.field, "same")
    click(form.button)
    spin(lambda: form.files.text() == "다.pdf", 15)
    assert form.isVisible() and form.password.says("나머지 파일은 비밀번호가 다릅니다.")
    click(form.cancel_button)
    spin(lambda: not form.isVisible())
    rest(box.window())
    assert [row[1] for row in rows(box)] == ["3쪽", "3쪽", "비밀번호"]
    # Later, from its row.
    QTest.mouseClick(box.list.viewport(), Qt.MouseButton.LeftButton, pos=middle(box, 2))
    click(box.unlock)
    spin(lambda: any(one.isVisible() for one in box.window().findChildren(PasswordDialog)))
    form = next(one for one in box.window().findChildren(PasswordDialog) if one.isVisible())
    type_into(form.password.field, "other")
    click(form.button)
    spin(lambda: rows(box)[2][1] == "3쪽", 15)
    rest(box.window())


def test_an_announced_paper_is_edited_comes_and_is_dropped(box, tmp_path) -> None:
    click(box.announce)
    form = dialog(box, AwaitedDialog)
    click(form.button)
    assert form.refusal.text() == "자료에는 제목이 있어야 합니다." or form.isVisible()
    type_into(form.title.field, "전문가 의견(가상)")
    type_into(form.office.field, "에너지산업과")
    type_into(form.due.field, "2022-03-14")
    click(form.button)
    spin(lambda: rows(box) == [("전문가 의견(가상)", "3. 14. 제출", "clock")])
    rest(box.window())
    focus(box.list)
    box.list.choose(box.model.order[0])
    QTest.keyClick(box.list, KEY.Key_Return)
    spin(lambda: any(one.isVisible() for one in box.window().findChildren(AwaitedDialog)))
    form = next(one for one in box.window().findChildren(AwaitedDialog) if one.isVisible())
    QTest.mouseClick(form.tabled, Qt.MouseButton.LeftButton, pos=QPoint(8, 8))
    click(form.button)
    spin(lambda: rows(box)[0][1] == "당일 배부")
    rest(box.window())
    assert box.swap.text() == "파일 첨부" and not box.open_own.isVisible()
    drop_on(box, 0, [make_paper(tmp_path / "의견서_v3.pdf", [Leaf()] * 2)])
    spin(lambda: rows(box) == [("전문가 의견(가상)", "2쪽", "file-text")])
    box.window().on_undo()
    spin(lambda: rows(box)[0][1] == "당일 배부")
    rest(box.window())
    focus(box.list)
    box.list.choose(box.model.order[0])
    QTest.keyClick(box.list, KEY.Key_Delete)
    spin(lambda: box.model.rowCount() == 0)


def test_a_picture_is_a_page_and_the_window_lets_the_row_have_the_file(box, tmp_path) -> None:
    from PIL import Image

    path = tmp_path / "현장 사진.jpg"
    Image.new("RGB", (600, 400), "green").save(path)
    attach(box, path)
    assert rows(box) == [("현장 사진", "1쪽", "file-text")]
    # The window's own veil lets through what lies below it.
    window = box.window()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    event = QDragEnterEvent(
        QPoint(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(window, event)
    veil = window.shell.drop if hasattr(window.shell, "drop") else None
    assert veil is not None and veil.isVisible()
    point = box.list.viewport().mapTo(window, middle(box, 0))
    below = window.childAt(point)
    assert below is box.list.viewport() or box.list.isAncestorOf(below)
    veil.hide()


def test_a_closed_meeting_takes_nothing(window, tmp_path) -> None:
    page = go(window)
    with page.desk.store.reading() as read:
        closed = read.scalars(select(Meeting.id).where(Meeting.state == "published")).first()
    window.shell.go("meetings", closed, "meeting")
    spin(lambda: page.meeting is not None and page.meeting.id == closed)
    rest(window)
    box = page.agenda.box
    assert not box.attach.isVisible() and not box.announce.isVisible()
    before = box.model.rowCount()
    page.take([make_paper(tmp_path / "늦은 자료.pdf")])
    spin(lambda: "폐회하여 더 이상 고칠 수 없습니다." in told(box), 15)
    assert box.model.rowCount() == before
    box.list.choose_first()
    assert not box.swap.isVisible()
