"""The page of packs by hand: real clicks and keys, a real office, real PDFs."""

from __future__ import annotations

import shutil
from pathlib import Path

import pikepdf
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QPushButton

from gwangju_desktop import offices
from gwangju_desktop.meetings import agenda
from gwangju_desktop.meetings import papers as meeting_papers
from tests.ui.packs.conftest import Opened, copied
from ui.packs.printing import Order, PrintPreview, new_printer

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier


def found(kind: type):
    return next((w for w in QApplication.topLevelWidgets() if isinstance(w, kind)), None)


def click(qtbot, widget) -> None:
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)


def rows(page) -> list[tuple[str, str, str]]:
    model = page.outline.list.model()
    return [tuple(model.cell(n, c).text for c in range(3)) for n in range(model.rowCount())]


def drawn(page, n: int) -> bool:
    return page.view.picture(n) is not None


def clipped(page) -> list[str]:
    """Return the words of buttons that do not fit into them."""
    buttons = [b for b in page.findChildren(QPushButton) if b.isVisible() and b.text()]
    return [b.text() for b in buttons if b.width() < b.sizeHint().width()]


def test_the_next_meeting_is_shown_with_its_parts_pages_and_findings(qtbot, opened: Opened) -> None:
    page = opened.page
    assert page.meta.text().endswith("2099. 3. 17.(화) 14:00 · 중회의실")
    titles = [title for title, _count, _page in rows(page)]
    assert titles[:3] == ["표지", "회의 순서", "참석자 서명부"]
    assert rows(page)[-2:] == [("공개 항목", "2", "5"), ("현황", "미수록", "7")]
    assert page.reader.of.text() == "/ 7쪽"
    said = [line.words.text() for line in page.facts.lines]
    assert any("현황" in line and "PDF" in line for line in said)
    assert any("의결주문" in line for line in said)
    assert page.facts.count.sentence() == "2건"
    qtbot.waitUntil(lambda: drawn(page, 0), timeout=15_000)
    picture = page.view.picture(0)
    assert picture.width() == round(page.view.leaves[0].area.width() * page.devicePixelRatioF())
    assert picture.pixelColor(5, 5) == Qt.GlobalColor.white
    tones = {picture.pixelColor(x, y).value() for x in range(0, 300, 3) for y in range(0, 400, 3)}
    assert min(tones) < 60, "nothing is written on the cover"
    with pikepdf.open(page.bound.file) as pdf:
        assert len(pdf.pages) == 7


def test_the_outline_and_the_pages_lead_each_other(qtbot, opened: Opened) -> None:
    page, window = opened.page, opened.window
    view, parts = page.view, page.outline.list
    target = parts.visualRect(parts.model().index(4, 0)).center()
    qtbot.mouseClick(parts.viewport(), Qt.MouseButton.LeftButton, pos=target)
    assert view.front == 5
    assert page.reader.page.text() == "5"
    qtbot.waitUntil(lambda: drawn(page, 4) and drawn(page, 5), timeout=15_000)
    assert view.leaves[5].landscape and not view.leaves[4].landscape
    qtbot.keyClick(parts, Key.Key_PageUp)
    assert view.front == 4
    assert parts.current() == 3
    view.setFocus()
    qtbot.keyClick(view, Key.Key_End)
    assert view.front == 7
    assert parts.current() == 5
    qtbot.keyClick(view, Key.Key_Home)
    assert (view.front, parts.current()) == (1, 0)
    qtbot.keyClick(view, Key.Key_PageDown)
    assert view.front == 2
    qtbot.keyClick(window, Key.Key_G, CONTROL)
    qtbot.waitUntil(page.reader.page.hasFocus)
    qtbot.keyClicks(page.reader.page, "6")
    qtbot.keyClick(page.reader.page, Key.Key_Return)
    assert view.front == 6
    assert view.hasFocus()
    link = next(line for line in page.facts.lines if line.check.page == 7)
    click(qtbot, link.link)
    assert view.front == 7
    assert "7쪽" in view.accessibleName()


def test_zoom_and_two_pages_keep_the_place_and_ask_for_sharp_pictures(
    qtbot, opened: Opened
) -> None:
    page = opened.page
    view = page.view
    qtbot.waitUntil(lambda: drawn(page, 0), timeout=15_000)
    view.go(3)
    fitting = view.percent()
    click(qtbot, page.reader.larger)
    assert view.percent() > fitting
    assert view.front == 3
    wide = view.leaves[2].area.width()
    qtbot.waitUntil(
        lambda: drawn(page, 2) and view.picture(2).width() == wide * page.devicePixelRatioF(),
        timeout=15_000,
    )
    qtbot.keyClick(opened.window, Key.Key_0, CONTROL)
    assert view.percent() == fitting
    click(qtbot, page.reader.two.parts[1])
    left, right = view.leaves[1].area, view.leaves[2].area
    assert left.top() == right.top() and left.right() < right.left()
    assert view.front == 3


def test_saved_by_the_dialog_under_a_korean_name_with_spaces(
    qtbot, opened: Opened, tmp_path: Path
) -> None:
    folder = tmp_path / "회의 자료 모음"
    folder.mkdir()
    target = folder / "제3회 정기회의 회의자료.pdf"
    target.write_bytes(b"an older one")
    qtbot.keyClick(opened.window, Key.Key_S, CONTROL)
    qtbot.waitUntil(lambda: found(QFileDialog) is not None)
    dialog = found(QFileDialog)
    typed = dialog.findChild(QLineEdit, "fileNameEdit")
    assert typed.text() == "2099-03-17 탄소중립도시추진위원회 제3회 정기회의 회의자료.pdf"
    dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
    typed.setText(str(target))
    qtbot.keyClick(typed, Key.Key_Return)
    qtbot.waitUntil(lambda: opened.window.toast.isVisible(), timeout=10_000)
    assert target.read_bytes() == opened.page.bound.file.read_bytes()
    assert target.name in opened.window.toast.words.text()
    assert [path.name for path in folder.iterdir()] == [target.name]


def test_a_folder_that_is_gone_is_told_in_one_sentence(
    qtbot, opened: Opened, tmp_path: Path
) -> None:
    opened.page.output.on_save_to(str(tmp_path / "없는 폴더" / "회의자료.pdf"))
    qtbot.waitUntil(lambda: opened.window.shell.banner.isVisible(), timeout=10_000)
    assert "없는 폴더" in opened.window.shell.banner.words.text()


def test_printed_to_a_file_with_its_landscape_page_turned(
    qtbot, opened: Opened, tmp_path: Path
) -> None:
    page = opened.page
    qtbot.keyClick(opened.window, Key.Key_P, CONTROL)
    qtbot.waitUntil(lambda: found(PrintPreview) is not None, timeout=20_000)
    preview = found(PrintPreview)
    qtbot.waitUntil(lambda: preview.sheets.pageCount() == 7)
    qtbot.keyClick(preview, Key.Key_PageDown)
    assert preview.page.text() == "2 / 7쪽"
    click(qtbot, preview.view.parts[1])
    click(qtbot, preview.print_button)
    qtbot.waitUntil(lambda: found(QPrintDialog) is not None)
    dialog = found(QPrintDialog)
    assert dialog.isVisible() and opened.window.shell.alerts.dialog is None
    assert any("인쇄" in b.text() for b in dialog.findChildren(QPushButton))
    dialog.reject()
    preview.reject()
    # A PC without a printer is told so, and nothing hangs.
    nowhere = new_printer("회의자료")
    nowhere.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    page.output.on_ordered(nowhere, Order(1, 1, 1))
    qtbot.waitUntil(lambda: opened.window.shell.banner.isVisible(), timeout=10_000)
    assert "프린터가 없습니다" in opened.window.shell.banner.words.text()
    target = tmp_path / "인쇄 결과.pdf"
    printer = new_printer("회의자료")
    printer.setResolution(100)
    printer.setOutputFileName(str(target))
    page.output.on_ordered(printer, Order(5, 6, 2))
    qtbot.waitUntil(target.exists, timeout=30_000)
    with pikepdf.open(target) as pdf:
        boxes = [tuple(round(float(x)) for x in sheet.mediabox) for sheet in pdf.pages]
    assert boxes == [(0, 0, 595, 842)] * 4


def test_stopped_while_it_is_printed_nothing_is_left(qtbot, opened: Opened, tmp_path: Path) -> None:
    page, target = opened.page, tmp_path / "인쇄.pdf"
    printer = new_printer("회의자료")
    printer.setOutputFileName(str(target))
    page.output.on_ordered(printer, Order(1, 7, 40))
    strip = opened.window.shell.strip
    qtbot.waitUntil(strip.isVisible, timeout=10_000)
    click(qtbot, strip.stop)
    qtbot.waitUntil(lambda: "멈췄습니다" in opened.window.toast.words.text(), timeout=10_000)
    assert list(tmp_path.glob("*.pdf")) == []


def test_an_edit_binds_anew_and_an_edit_off_screen_waits(qtbot, opened: Opened) -> None:
    page, window = opened.page, opened.window
    first = page.bound.file
    page.view.go(5)
    page.desk.do(agenda.edit_item, id=opened.item_id, title="바뀐 안건", request="공개한다.")
    qtbot.waitUntil(lambda: page.bound.file != first, timeout=20_000)
    assert any("바뀐 안건" in title for title, _count, _page in rows(page))
    assert page.facts.count.sentence() == "1건"
    assert page.view.front == 5
    qtbot.waitUntil(lambda: not first.exists(), timeout=10_000)
    second = page.bound.file
    window.shell.go("today")
    page.desk.do(agenda.edit_item, id=opened.item_id, title="또 바뀐 안건")
    qtbot.waitUntil(lambda: page.stale, timeout=5_000)
    qtbot.wait(500)
    assert page.bound.file == second and page.work is None
    window.shell.go("packs")
    qtbot.waitUntil(lambda: page.bound.file != second, timeout=20_000)
    assert any("또 바뀐 안건" in title for title, _count, _page in rows(page))


def test_what_is_saved_right_after_an_edit_holds_the_edit(
    qtbot, opened: Opened, tmp_path: Path
) -> None:
    target, page = tmp_path / "새 회의자료.pdf", opened.page
    with qtbot.waitSignal(page.desk.changed):
        page.desk.do(agenda.edit_item, id=opened.item_id, title="저장 직전에 바뀐 안건")
    page.output.on_save_to(str(target))
    qtbot.waitUntil(target.exists, timeout=20_000)
    with pikepdf.open(target) as pdf:
        titles = [item.title for item in pdf.open_outline().root]
    assert any("저장 직전에 바뀐 안건" in title for title in titles)


def test_stopped_and_made_anew(qtbot, opened: Opened) -> None:
    page = opened.page
    page.show_meeting(1)
    page.bind()
    page.work.cancel()  # what the strip's button does; the strip comes only after 0.4 s
    qtbot.waitUntil(lambda: page.work is None, timeout=10_000)
    assert page.middle.currentWidget() is page.stopped
    assert page.bound is None
    again = page.stopped.findChild(QPushButton)
    click(qtbot, again)
    qtbot.waitUntil(lambda: page.bound is not None, timeout=20_000)
    assert page.middle.currentIndex() == 0
    # Its predecessor has no items.
    assert len(rows(page)) == 3


def test_another_meeting_and_another_language_are_chosen_by_hand(qtbot, opened: Opened) -> None:
    page = opened.page
    assert page.outline.choice.count() == 2
    page.outline.choice.setFocus()
    qtbot.keyClick(page.outline.choice, Key.Key_Down)
    qtbot.waitUntil(lambda: page.bound is not None and len(rows(page)) == 3, timeout=20_000)
    assert "제2회" in page.meta.text()
    click(qtbot, page.facts.language.parts[1])
    qtbot.waitUntil(lambda: rows(page)[0][0] == "Cover", timeout=20_000)
    click(qtbot, page.facts.copy_button)
    assert QGuiApplication.clipboard().text() == page.bound.facts.sha256


def test_a_paper_gone_from_the_store_is_a_sheet_and_a_finding(
    qtbot, opening, small_office: Path, tmp_path: Path
) -> None:
    office = copied(small_office, tmp_path)
    shutil.rmtree(f"{office}.files")
    window = opening(office)
    window.shell.go("packs")
    page = window.shell.rooms.pages["packs"]
    qtbot.waitUntil(lambda: page.bound is not None, timeout=20_000)
    assert [count for _title, count, _page in rows(page)][-2:] == ["미수록", "미수록"]
    assert page.facts.papers.text() == "0건 수록"


def test_no_meeting_is_an_empty_state(qtbot, opening, tmp_path: Path) -> None:
    office = tmp_path / "빈 업무.gwoffice"
    offices.new_office(office)
    window = opening(office)
    window.shell.go("packs")
    page = window.shell.rooms.pages["packs"]
    qtbot.waitUntil(lambda: page.whole.currentIndex() == 1, timeout=10_000)
    assert page.none.isVisible()
    assert not page.save_button.isEnabled() and page.save_button.toolTip()
    qtbot.keyClick(window, Key.Key_S, CONTROL)
    assert found(QFileDialog) is None


def test_an_office_that_is_only_read_still_shows_saves_and_prints(
    qtbot, opening, small_office: Path, tmp_path: Path
) -> None:
    office = copied(small_office, tmp_path)
    with offices.opened(office):
        window = opening(office)
        assert window.shell.desk.read_only
        window.shell.go("packs")
        page = window.shell.rooms.pages["packs"]
        qtbot.waitUntil(lambda: page.bound is not None, timeout=20_000)
        assert page.save_button.isVisible() and page.print_button.isVisible()
        target = tmp_path / "읽기 전용.pdf"
        page.output.on_save_to(str(target))
        qtbot.waitUntil(target.exists, timeout=10_000)


def test_the_private_folder_goes_with_the_window(qtbot, opened: Opened) -> None:
    folder = opened.page.workshop.folder
    assert folder.stat().st_mode & 0o077 == 0
    opened.window.close()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QApplication.processEvents()
    assert not folder.exists()


@pytest.mark.parametrize("language", ["ko", "en"])
def test_nothing_hangs_over_the_edge(qtbot, opened: Opened, language: str) -> None:
    page, window = opened.page, opened.window
    window.shell.speak(language)
    for size in ((1366, 688), (1280, 640), (911, 480)):
        window.resize(*size)
        qtbot.waitUntil(lambda: not clipped(page))
        for part in (page.reader.larger, page.reader.two, page.save_button):
            corner = part.mapTo(page, part.rect().topRight())
            assert 0 <= corner.x() <= page.width()


def test_a_removed_paper_is_gone_after_undo_it_is_back(qtbot, opened: Opened) -> None:
    page = opened.page
    page.desk.do(meeting_papers.remove_paper, id=1)
    qtbot.waitUntil(lambda: len(rows(page)) == 5, timeout=20_000)
    qtbot.keyClick(opened.window, Key.Key_Z, CONTROL)
    qtbot.waitUntil(lambda: len(rows(page)) == 6, timeout=20_000)
    assert page.reader.of.text() == "/ 7쪽"
