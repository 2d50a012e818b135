"""Putting a pack together by hand: boxes, order, figures, appendices, and all of it taken back."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit

from db.vocab import Dividers, ItemKind, Sides
from gwangju_desktop.meetings import agenda
from tests.gwangju_desktop.packs.made import Leaf, make_paper
from tests.ui.packs.acts import (
    ALT,
    CONTROL,
    Key,
    bound_again,
    click,
    found,
    mark,
    rows,
    tick,
    titles,
)
from tests.ui.packs.conftest import Opened
from ui.models.rows import ROW_DRAG
from ui.packs.figure_dialog import FigureDialog
from ui.packs.part_dialogs import AbbreviationsDialog, PartDialog

PARTS = ["표지", "회의 순서", "참석자 서명부", "위원 명부", "좌석 배치도"]


def undo(qtbot, opened: Opened) -> None:
    qtbot.keyClick(opened.window, Key.Key_Z, CONTROL)


def drop_row(page, words: str, before: int) -> None:
    """Drop a part above the row `before`, as a drag ends."""
    model = page.outline.model
    data = QMimeData()
    id = model.id_at(titles(page).index(words))
    data.setData(ROW_DRAG, str(id).encode())
    model.dropMimeData(data, Qt.DropAction.MoveAction, before, 0, model.index(-1, -1))


def test_space_takes_a_part_in_and_undo_leaves_it_out_again(qtbot, opened: Opened) -> None:
    page = opened.page
    assert rows(page)[4] == ("좌석 배치도", "", "")
    mark(page, "좌석 배치도")
    bound_again(qtbot, page, lambda: qtbot.keyClick(page.outline.list, Key.Key_Space))
    qtbot.waitUntil(lambda: rows(page)[4][1] == "1", timeout=10_000)
    assert page.outline.current().line.title
    bound_again(qtbot, page, lambda: undo(qtbot, opened))
    qtbot.waitUntil(lambda: rows(page)[4] == ("좌석 배치도", "", ""), timeout=10_000)


def test_the_box_is_clicked(qtbot, opened: Opened) -> None:
    page = opened.page
    parts = page.outline.list
    area = parts.visualRect(parts.model().index(3, 0))
    box = QPoint(area.left() + 14, area.center().y())
    qtbot.mouseClick(parts.viewport(), Qt.MouseButton.LeftButton, pos=box)
    qtbot.waitUntil(lambda: rows(page)[3] == ("위원 명부", "", ""), timeout=10_000)


def test_a_paper_has_no_box_and_goes_with_its_item(qtbot, opened: Opened) -> None:
    page = opened.page
    cells = [page.outline.model.cell(n, 0) for n in range(page.outline.model.rowCount())]
    papers = [cell for cell in cells if cell.text in ("공개 항목", "현황")]
    assert [cell.check for cell in papers] == [None, None]
    mark(page, "1  에너지 정보 공개 항목")
    bound_again(qtbot, page, lambda: qtbot.keyClick(page.outline.list, Key.Key_Space))
    qtbot.waitUntil(lambda: [r[2] for r in rows(page)][7:10] == ["", "", ""], timeout=10_000)


def test_alt_and_arrow_move_a_part_which_stays_marked(qtbot, opened: Opened) -> None:
    page = opened.page
    mark(page, "위원 명부")
    qtbot.keyClick(page.outline.list, Key.Key_Up, ALT)
    moved = ["표지", "회의 순서", "위원 명부", "참석자 서명부", "좌석 배치도"]
    marked = page.outline.list.currentIndex
    qtbot.waitUntil(lambda: (titles(page)[:5], marked().row()) == (moved, 2), timeout=10_000)
    undo(qtbot, opened)
    qtbot.waitUntil(lambda: (titles(page)[:5], marked().row()) == (PARTS, 3), timeout=10_000)


def test_dragged_over_several_places_and_back_in_one_step(qtbot, opened: Opened) -> None:
    page = opened.page
    drop_row(page, "좌석 배치도", 1)
    moved = ["표지", "좌석 배치도", *PARTS[1:4]]
    qtbot.waitUntil(lambda: titles(page)[:5] == moved, timeout=10_000)
    undo(qtbot, opened)
    qtbot.waitUntil(lambda: titles(page)[:5] == PARTS, timeout=10_000)


def test_an_item_dragged_above_another_is_moved_on_the_agenda(qtbot, opened: Opened) -> None:
    page = opened.page
    page.desk.do(
        agenda.add_item,
        meeting_id=opened.meeting_id,
        title="둘째 안건",
        kind=ItemKind.REPORT.value,
    )
    qtbot.waitUntil(lambda: "2  둘째 안건" in titles(page), timeout=10_000)
    drop_row(page, "2  둘째 안건", titles(page).index("1  에너지 정보 공개 항목"))
    qtbot.waitUntil(lambda: "1  둘째 안건" in titles(page), timeout=10_000)
    with opened.store.reading() as read:
        assert [item.title for item in agenda.of_meeting(read, opened.meeting_id)][:1] == [
            "둘째 안건"
        ]


def test_files_dropped_on_the_page_become_appendices(qtbot, opened: Opened, tmp_path: Path) -> None:
    page = opened.page
    paper = make_paper(tmp_path / "참고 자료집.pdf", [Leaf(), Leaf()])
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(paper))])
    copying, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier
    held = QDragEnterEvent(QPoint(80, 200), copying, data, left, none.NoModifier)
    QApplication.sendEvent(page, held)
    assert held.isAccepted() and page.hint._frame.isVisible()
    let_go = QDropEvent(QPointF(80, 200), copying, data, left, none.NoModifier)
    QApplication.sendEvent(page, let_go)
    assert not page.hint._frame.isVisible()
    qtbot.waitUntil(lambda: "참고 자료집" in titles(page), timeout=20_000)
    qtbot.waitUntil(lambda: rows(page)[titles(page).index("참고 자료집")][1] == "2", timeout=20_000)
    mark(page, "참고 자료집")
    qtbot.keyClick(page.outline.list, Key.Key_Delete)
    qtbot.waitUntil(lambda: "참고 자료집" not in titles(page), timeout=10_000)
    undo(qtbot, opened)
    qtbot.waitUntil(lambda: "참고 자료집" in titles(page), timeout=10_000)


@pytest.mark.qt_log_ignore("does not support", extend=True)  # a menu without a screen
def test_an_appendix_from_the_menu_is_renamed_and_closed(
    qtbot, opened: Opened, tmp_path: Path
) -> None:
    page = opened.page
    paper = make_paper(tmp_path / "부록.pdf", [Leaf()])
    click(qtbot, page.outline.add)
    assert page.outline.menu.isVisible()
    assert [action.text() for action in page.outline.menu.actions()] == [
        "에너지 지표 그래프…",
        "부록(PDF)…",
    ]
    page.outline.menu.close()
    page.outline.menu.actions()[1].trigger()
    qtbot.waitUntil(lambda: found(QFileDialog) is not None, timeout=20_000)
    asked = found(QFileDialog)
    typed = asked.findChild(QLineEdit, "fileNameEdit")
    typed.setText(str(paper))
    qtbot.keyClick(typed, Key.Key_Return)
    qtbot.waitUntil(lambda: "부록" in titles(page), timeout=20_000)
    mark(page, "부록")
    qtbot.keyClick(page.outline.list, Key.Key_Return)
    form = found(PartDialog)
    form.name.field.setText("단가 자료")
    form.placing.reader.field.setCurrentIndex(1)
    click(qtbot, form.button)
    # What is not public needs its ground; nothing typed is lost.
    qtbot.waitUntil(form.refusal_row.isVisible, timeout=20_000)
    assert form.isVisible() and form.name.field.text() == "단가 자료"
    form.placing.ground.field.setText("예시 조례 제9조")
    click(qtbot, form.button)
    qtbot.waitUntil(lambda: "단가 자료" in titles(page), timeout=10_000)
    line = next(part.line for part in page.outline.model.rows() if part.line.removable)
    assert line.members_only and line.closed == "예시 조례 제9조"


def test_the_plan_is_chosen_at_the_right(qtbot, opened: Opened) -> None:
    page = opened.page
    bound_again(qtbot, page, lambda: tick(qtbot, page.facts.sides))
    qtbot.waitUntil(lambda: page.putting.outline.sides == Sides.RUNNING, timeout=10_000)
    assert rows(page)[1][2] == "2", "no blank side behind the cover"
    page.facts.dividers.setFocus()
    qtbot.keyClick(page.facts.dividers, Key.Key_Down)
    page.facts.dividers.activated.emit(1)
    qtbot.waitUntil(lambda: page.putting.outline.dividers == Dividers.ITEMS, timeout=10_000)
    click(qtbot, page.facts.short)
    form = found(AbbreviationsDialog)
    form.lines.field.setPlainText("OGP: 열린정부파트너십\nEV: 전기자동차")
    click(qtbot, form.button)
    qtbot.waitUntil(lambda: page.facts.short.text() == "2개…", timeout=10_000)


@pytest.mark.parametrize("key", ["packs.figure", "packs.appendix"])
def test_what_can_be_added_is_a_command_too(qtbot, opened: Opened, key: str) -> None:
    opened.window.shell.act(key)
    wanted = FigureDialog if key == "packs.figure" else QFileDialog
    qtbot.waitUntil(lambda: found(wanted) is not None, timeout=10_000)
    form = found(wanted)
    if key == "packs.figure":
        # This office has no figures yet, and the form says so.
        qtbot.waitUntil(lambda: not form.button.isEnabled(), timeout=10_000)
        assert "에너지 지표" in form.button.toolTip()
    form.reject()
