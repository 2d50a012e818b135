"""A figure goes from the page of energy into the pack of a meeting, with its finding as heading."""

from __future__ import annotations

from pathlib import Path

import pypdf
from PySide6.QtCore import Qt

from tests.ui.packs.acts import Key, bound_again, click, found, mark, titles
from ui.packs.figure_dialog import FigureDialog
from ui.packs.part_dialogs import PartDialog

FINDING = "전력사용량: 2021년 실적이 참고 경로보다 0.48TWh 많습니다"


def test_a_chart_is_put_into_the_pack_from_its_own_page(qtbot, opening, sample_copy: Path) -> None:
    window = opening(sample_copy)
    window.shell.go("energy")
    page = window.shell.rooms.pages["energy"]
    qtbot.waitUntil(lambda: page.figures.loaded is not None, timeout=20_000)
    click(qtbot, page.figures.pack_button)
    form = found(FigureDialog)
    qtbot.waitUntil(lambda: form.figure.field.count() == 2, timeout=20_000)
    qtbot.waitUntil(lambda: form.placing.item.field.count() > 1, timeout=20_000)
    assert form.meeting.field.currentText() == "2022. 3. 17. 제3회 정기회의"
    # Behind the item it belongs to.
    place = form.placing.item.field.findText("3 ", flags=Qt.MatchFlag.MatchStartsWith)
    form.placing.item.field.setCurrentIndex(place)
    click(qtbot, form.button)
    qtbot.waitUntil(lambda: "회의자료에 넣었습니다" in window.toast.words.text(), timeout=10_000)
    window.shell.go("packs")
    packs = window.shell.rooms.pages["packs"]
    qtbot.waitUntil(lambda: packs.bound is not None, timeout=20_000)
    qtbot.waitUntil(lambda: FINDING in titles(packs), timeout=10_000)
    part = next(one for one in packs.outline.model.rows() if one.line.removable)
    assert part.line.level == 2 and part.line.item_id
    with packs.bound.file.open("rb") as file:
        text = pypdf.PdfReader(file).pages[part.page - 1].extract_text()
    assert "전력사용량" in text and "2030 목표 7.70" in text
    mark(packs, FINDING)
    qtbot.keyClick(packs.outline.list, Key.Key_Return)
    form = found(PartDialog)
    assert form.name.field.text() == "", "its heading is what it shows, not a word of ours"
    form.name.field.setText("전력사용량 추이")
    bound_again(qtbot, packs, form.on_confirm)
    qtbot.waitUntil(lambda: "전력사용량 추이" in titles(packs), timeout=10_000)
