"""The page of packs by hand: real clicks and keys, a real office, real PDFs."""

from __future__ import annotations

import shutil
from pathlib import Path

import pikepdf
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton

from db.vocab import Edition
from gwangju_desktop import offices
from gwangju_desktop.meetings import agenda
from gwangju_desktop.meetings import papers as meeting_papers
from tests.ui.acting import to_be_stopped
from tests.ui.packs.acts import CONTROL, ITEM, PAGES, Key, click, found, rows, tick, title
from tests.ui.packs.conftest import Opened, copied
from ui.packs.words import EDITIONS
from ui.text import say

WORDS = {edition: say(words) for edition, words in EDITIONS}


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
    assert rows(page)[ITEM : ITEM + 3] == [
        ("1  에너지 정보 공개 항목", "1", "9"),
        ("공개 항목", "2", "10"),
        ("현황", "미수록", "12"),
    ]
    assert page.reader.of.text() == f"/ {PAGES}쪽"
    assert page.outline.total.text().startswith(f"{PAGES}쪽")
    said = [line.words.text() for line in page.facts.findings.lines]
    assert any("현황" in line and "PDF" in line for line in said)
    assert any("의결주문" in line for line in said)
    assert page.facts.findings.count.sentence() == "3건"
    qtbot.waitUntil(lambda: drawn(page, 0), timeout=15_000)
    picture = page.view.picture(0)
    assert picture.width() == round(page.view.leaves[0].area.width() * page.devicePixelRatioF())
    assert picture.pixelColor(5, 5) == Qt.GlobalColor.white
    tones = {picture.pixelColor(x, y).value() for x in range(0, 300, 3) for y in range(0, 400, 3)}
    assert min(tones) < 60, "nothing is written on the cover"
    with pikepdf.open(page.bound.file) as pdf:
        assert len(pdf.pages) == PAGES


def test_the_outline_and_the_pages_lead_each_other(qtbot, opened: Opened) -> None:
    page, window = opened.page, opened.window
    view, parts = page.view, page.outline.list
    target = parts.visualRect(parts.model().index(ITEM + 1, 0)).center()
    qtbot.mouseClick(parts.viewport(), Qt.MouseButton.LeftButton, pos=target)
    assert view.front == 10
    assert page.reader.page.text() == "10"
    qtbot.waitUntil(lambda: drawn(page, 9) and drawn(page, 10), timeout=15_000)
    assert view.leaves[10].landscape and not view.leaves[9].landscape
    qtbot.keyClick(parts, Key.Key_PageUp)
    assert view.front == 9
    assert title(page) == "1  에너지 정보 공개 항목"
    view.setFocus()
    qtbot.keyClick(view, Key.Key_End)
    assert view.front == PAGES
    assert title(page) == "현황"
    qtbot.keyClick(view, Key.Key_Home)
    assert (view.front, title(page)) == (1, "표지")
    qtbot.keyClick(window, Key.Key_F8)
    assert (view.front, title(page)) == (3, "회의 순서")
    qtbot.keyClick(window, Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    assert (view.front, title(page)) == (1, "표지")
    qtbot.keyClick(view, Key.Key_PageDown)
    assert view.front == 2
    qtbot.keyClick(window, Key.Key_G, CONTROL)
    qtbot.waitUntil(page.reader.page.hasFocus, timeout=20_000)
    qtbot.keyClicks(page.reader.page, "6")
    qtbot.keyClick(page.reader.page, Key.Key_Return)
    assert view.front == 6
    assert view.hasFocus()
    link = next(line for line in page.facts.findings.lines if line.check.page == PAGES)
    click(qtbot, link.links[0])
    assert view.front == PAGES
    assert f"{PAGES}쪽" in view.accessibleName()


def test_a_finding_leads_to_the_record_that_mends_it(qtbot, opened: Opened) -> None:
    page, window = opened.page, opened.window
    line = next(one for one in page.facts.findings.lines if "의결주문" in one.words.text())
    assert line.links[1].text() == "보완"
    click(qtbot, line.links[1])
    meetings = window.shell.rooms.pages["meetings"].pane("list")
    qtbot.waitUntil(lambda: meetings.view.item_id == opened.item_id, timeout=10_000)
    assert window.shell.rooms.here.key == "meetings"
    # A paper is mended where its item is.
    page.putting.mend(1, "paper")
    assert window.shell.rooms.here.key == "meetings"
    assert meetings.view.meeting_id == opened.meeting_id


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
    qtbot.waitUntil(lambda: view.percent() == fitting, timeout=20_000)
    click(qtbot, page.reader.two.parts[1])
    left, right = view.leaves[1].area, view.leaves[2].area
    assert left.top() == right.top() and left.right() < right.left()
    assert view.front == 3


def test_an_edit_binds_anew_and_an_edit_off_screen_waits(qtbot, opened: Opened) -> None:
    page, window = opened.page, opened.window
    first = page.bound.file
    page.view.go(9)
    page.desk.do(agenda.edit_item, id=opened.item_id, title="바뀐 안건", request="공개한다.")
    qtbot.waitUntil(lambda: page.bound.file != first, timeout=20_000)
    assert any("바뀐 안건" in title for title, _count, _page in rows(page))
    qtbot.waitUntil(lambda: page.facts.findings.count.sentence() == "2건", timeout=20_000)
    assert page.view.front == 9
    qtbot.waitUntil(lambda: not first.exists(), timeout=10_000)
    second = page.bound.file
    window.shell.go("today")
    page.desk.do(agenda.edit_item, id=opened.item_id, title="또 바뀐 안건")
    qtbot.waitUntil(lambda: page.maker.stale, timeout=20_000)
    qtbot.wait(500)
    assert page.bound.file == second and page.maker.work is None
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
    with to_be_stopped():
        page.maker.bind()
    page.maker.work.cancel()  # what the strip's button does; the strip comes only after 0.4 s
    qtbot.waitUntil(lambda: page.maker.work is None, timeout=10_000)
    assert page.middle.currentWidget() is page.middle.stopped
    assert page.bound is None
    again = page.middle.stopped.findChild(QPushButton)
    click(qtbot, again)
    qtbot.waitUntil(lambda: page.bound is not None, timeout=20_000)
    assert page.middle.currentIndex() == 0
    # Its predecessor has no items.
    assert not any(part.line.item_id for part in page.outline.model.rows())


def test_another_meeting_and_another_language_are_chosen_by_hand(qtbot, opened: Opened) -> None:
    page = opened.page
    assert page.outline.choice.count() == 2
    page.outline.choice.setFocus()
    qtbot.keyClick(page.outline.choice, Key.Key_Down)
    qtbot.waitUntil(lambda: page.bound is not None and page.meeting_id == 1, timeout=20_000)
    assert "제2회" in page.meta.text()
    first = page.bound
    click(qtbot, page.facts.language.parts[1])
    qtbot.waitUntil(lambda: page.bound is not first, timeout=20_000)
    with pikepdf.open(page.bound.file) as pdf:
        assert str(pdf.Root.Lang) == "en"
    click(qtbot, page.facts.copy_button)
    assert QGuiApplication.clipboard().text() == page.bound.facts.sha256


def test_every_edition_is_seen_under_the_numbers_of_the_members(qtbot, opened: Opened) -> None:
    page = opened.page
    members = page.bound
    for edition in (Edition.CHAIR, Edition.LARGE, Edition.PUBLIC):
        page.facts.edition.setFocus()
        page.facts.edition.setCurrentIndex(page.facts.edition.findText(WORDS[edition]))
        qtbot.waitUntil(lambda e=edition: page.bound.asked.edition == e, timeout=20_000)
        assert rows(page)[ITEM][2] == "9"
        page.leafing.go(9)
        assert page.reader.page.text() == "9"
        assert page.bound.facts.frozen.total == members.facts.frozen.total
    assert page.reader.of.text() == f"/ {PAGES}쪽"


def test_pages_are_seen_in_black_and_white(qtbot, opened: Opened) -> None:
    page = opened.page
    qtbot.waitUntil(lambda: drawn(page, 0), timeout=15_000)
    tick(qtbot, page.facts.grey)
    qtbot.waitUntil(lambda: drawn(page, 0), timeout=15_000)
    assert page.view.picture(0).isGrayscale()
    assert page.view.picture(0).format() == QImage.Format.Format_Grayscale8


def test_a_paper_gone_from_the_store_is_a_sheet_and_a_finding(
    qtbot, opening, small_office: Path, tmp_path: Path
) -> None:
    office = copied(small_office, tmp_path)
    shutil.rmtree(f"{office}.files")
    window = opening(office)
    window.shell.go("packs")
    page = window.shell.rooms.pages["packs"]
    qtbot.waitUntil(lambda: page.bound is not None, timeout=20_000)
    counts = [count for _title, count, _page in rows(page)]
    assert counts[ITEM + 1 : ITEM + 3] == ["미수록", "미수록"]
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
        assert not page.issue_button.isVisible() and not page.outline.add.isVisible()
        assert not page.facts.sides.isVisible() and not page.outline.model.movable()
        assert page.outline.model.cell(0, 0).check is None
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
        qtbot.waitUntil(lambda: not clipped(page), timeout=20_000)
        for part in (page.reader.larger, page.reader.two, page.save_button):
            corner = part.mapTo(page, part.rect().topRight())
            assert 0 <= corner.x() <= page.width()


def test_a_removed_paper_is_gone_after_undo_it_is_back(qtbot, opened: Opened) -> None:
    page = opened.page
    before = len(rows(page))
    page.desk.do(meeting_papers.remove_paper, id=1)
    qtbot.waitUntil(lambda: len(rows(page)) == before - 1, timeout=20_000)
    qtbot.keyClick(opened.window, Key.Key_Z, CONTROL)
    qtbot.waitUntil(lambda: len(rows(page)) == before, timeout=20_000)
    qtbot.waitUntil(lambda: page.reader.of.text() == f"/ {PAGES}쪽", timeout=20_000)
