"""The energy page by its keys and buttons, on a real office in the real window."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from gwangju_desktop import text
from gwangju_desktop.energy import queries
from tests.ui.energy.conftest import WAIT
from ui import theme
from ui.energy.import_dialog import PREVIEW, ImportDialog
from ui.importing.frame import CHOOSE, REFUSED
from ui.models.rows import Group

LEFT = Qt.MouseButton.LeftButton
KEY = Qt.Key


def click(button) -> None:
    QTest.mouseClick(button, LEFT)


def names(page) -> list[str]:
    model = page.picker.list.model()
    return [model.cell(n, 0).text for n in range(model.rowCount())]


def show(page, qtbot, code: str) -> None:
    """Choose an indicator as a person does, by the list."""
    fact = next(fact for fact in page.picker.facts if fact.code == code)
    page.picker.list.choose(fact.id)
    qtbot.waitUntil(lambda: page.loaded.fact.code == code, timeout=WAIT)


def dialog_of(page, qtbot) -> ImportDialog:
    qtbot.waitUntil(lambda: page.window().findChild(ImportDialog) is not None, timeout=WAIT)
    return page.window().findChild(ImportDialog)


def take(page, qtbot, *paths: Path) -> ImportDialog:
    """Drop files on the page and wait until they were read or refused."""
    page.take(list(paths))
    dialog = dialog_of(page, qtbot)
    done = (PREVIEW, REFUSED)
    qtbot.waitUntil(lambda: dialog.step in done, timeout=WAIT)
    return dialog


# --- looking


def test_the_page_opens_on_electricity_with_its_numbers(page) -> None:
    assert page.title.text() == "전력사용량"
    assert page.panel.figures[0].caption.text() == "2021년 실적"
    assert page.panel.figures[0].value.text() == "8.97"
    assert page.panel.figures[0].unit.text() == "TWh"
    assert "예시" in page.source()
    assert page.sample_chip.sentence() == "예시 자료"
    assert "8.97 TWh" in page.panel.chart.accessibleDescription()
    assert len([n for n in page.panel.cards.cards if not n.isHidden()]) == 5


def test_typing_narrows_the_list_by_initials_and_enter_takes_the_first(page, qtbot) -> None:
    page.picker.search.insert("ㄷㅅㄱㅅ")
    assert any("도시가스" in name for name in names(page))
    assert not any("전력사용량" in name for name in names(page))
    QTest.keyClick(page.picker.search, KEY.Key_Return)
    qtbot.waitUntil(lambda: page.loaded.fact.code == "GS01", timeout=WAIT)
    assert page.title.text() == "도시가스 사용량"
    page.picker.search.clear()
    model = page.picker.list.model()
    assert sum(isinstance(model.row(n), Group) for n in range(model.rowCount())) >= 5


def test_an_indicator_without_figures_offers_to_import(page, qtbot) -> None:
    show(page, qtbot, "GH03")
    assert page.body.currentWidget() is page.empty
    assert "2045" in page.meta.text()
    assert not page.csv_button.isEnabled()
    button = next(b for b in page.empty.findChildren(type(page.csv_button)) if b.isVisible())
    click(button)
    dialog = dialog_of(page, qtbot)
    assert dialog.step == CHOOSE
    dialog.reject()


def test_months_and_years_and_back(page) -> None:
    panel = page.panel
    years = panel.chart.extent()
    click(panel.modes.parts[1])
    assert panel.monthly()
    assert panel.chart.extent() != years
    assert panel.brush.span[1] - panel.brush.span[0] == pytest.approx(48)
    assert "월별" in page.meta.text()
    click(panel.modes.parts[0])
    assert panel.chart.extent() == years


def test_the_brush_moves_chart_and_districts_and_is_remembered(page) -> None:
    panel = page.panel
    click(panel.modes.parts[1])
    before = panel.brush.span
    first = panel.brush.edges[0]
    first.setFocus()
    QTest.keyClick(first, KEY.Key_Left, Qt.KeyboardModifier.ControlModifier)
    assert before[0] - panel.brush.span[0] == pytest.approx(12, abs=1)
    assert panel.chart.limits == panel.brush.span
    assert panel.cards.limits[0] >= panel.brush.span[0]
    moved = panel.brush.span
    click(panel.modes.parts[0])
    click(panel.modes.parts[1])
    assert panel.brush.span == moved
    click(panel.whole_button)
    assert panel.brush.span == panel.brush.limits


def test_the_reading_cursor_is_told_in_words(page, qtbot) -> None:
    chart = page.panel.chart
    chart.setFocus()
    QTest.keyClick(chart, KEY.Key_Left)
    assert "2021년 · 실적 8.97 TWh" in page.panel.hint.text()
    assert "2021년" in chart.accessibleName()
    QTest.keyClick(chart, KEY.Key_Escape)
    assert "값 읽기" in page.panel.hint.text()


def test_the_table_says_what_the_chart_draws_and_copies_with_titles(page) -> None:
    click(page.panel.table_button)
    assert page.panel.stack.currentWidget() is page.panel.table
    click(page.panel.table.copy_button)
    lines = [line.split("\t") for line in QGuiApplication.clipboard().text().split("\n")]
    assert lines[0][:2] == ["기간", "광주광역시"]
    row = next(line for line in lines if line[0] == "2021년")
    assert row[1].startswith("8,973,446")
    assert "동구" in lines[0]
    click(page.panel.table_button)
    assert page.panel.stack.currentWidget() is page.panel.pictures


def test_csv_holds_every_period_oldest_first(page, tmp_path: Path) -> None:
    target = tmp_path / "수치 표.csv"
    page.save_csv(target)
    rows = list(csv.reader(io.StringIO(target.read_text("utf-8-sig"))))
    assert rows[0][0] == "기간"
    assert rows[1][0] == "2016년"
    assert float(next(row for row in rows if row[0] == "2019년")[1]) == 8603301.0
    assert page.window().toast.words.text() == "저장했습니다: 수치 표.csv"


def test_the_image_holds_title_chart_and_source(page) -> None:
    click(page.picture_button)
    image = QGuiApplication.clipboard().image()
    assert image.width() > page.panel.chart.width() * 2
    assert image.height() > page.panel.chart.height() * 2
    inks = {image.pixelColor(x, y).name() for x in range(0, image.width(), 5) for y in (30, 40, 50)}
    assert len(inks) > 2


def test_the_language_turns_everything_that_is_shown(page, window) -> None:
    window.shell.speak("en")
    assert page.title.text() == "Electricity use"
    assert page.panel.figures[0].caption.text() == "Actual 2021"
    assert "Actual 8.97 TWh (2021)" in page.panel.chart.accessibleDescription()
    assert page.panel.cards.cards[0].name.text() == "Dong-gu"
    window.shell.speak("ko")
    assert page.title.text() == "전력사용량"


def test_dark_and_large_text_keep_the_page_whole(page, window, qapp) -> None:
    for scheme, scale in (("dark", 1.3), ("light", 1.0)):
        theme.dress(qapp, scheme, scale)
        qapp.processEvents()
        ground = page.grab().toImage().pixelColor(page.width() - 4, 200).name()
        assert ground == theme.INK["page"].lower()


# --- importing


def test_a_file_is_shown_before_it_counts_then_imported_and_undone(
    page, qtbot, made_up_file: Path
) -> None:
    dialog = take(page, qtbot, made_up_file)
    assert dialog.step == PREVIEW
    preview = dialog.preview
    assert preview.file.text() == made_up_file.name
    assert preview.counts[0][0].text() == "360"
    assert preview.facts["unit"].text() == "kWh (통계표 정보)"
    assert preview.facts["period"].text() == "2023. 1.~2024. 12. (셀에 적힘)"
    assert "한국전력공사" in preview.facts["layout"].text()
    shown = preview.sample.model()
    assert shown.rowCount() == 6
    assert shown.cell(0, 2).text in ("동구", "서구", "남구", "북구", "광산구")
    click(dialog.button)
    qtbot.waitUntil(lambda: len(page.datasets.rows) == 3, timeout=WAIT)
    newest = page.datasets.rows[0]
    assert newest.file_name == made_up_file.name
    assert newest.readings == 360
    qtbot.waitUntil(lambda: page.panel.figures[0].caption.text() == "2024년 실적", timeout=WAIT)
    page.desk.undo()
    qtbot.waitUntil(lambda: len(page.datasets.rows) == 2, timeout=WAIT)
    assert page.panel.figures[0].caption.text() == "2021년 실적"


def test_the_same_file_again_is_locked_with_the_reason(page, qtbot, made_up_file: Path) -> None:
    dialog = take(page, qtbot, made_up_file)
    click(dialog.button)
    qtbot.waitUntil(lambda: len(page.datasets.rows) == 3, timeout=WAIT)
    qtbot.waitUntil(lambda: page.window().findChild(ImportDialog) is None, timeout=WAIT)
    again = take(page, qtbot, made_up_file)
    assert again.preview.counts[1][0].text() == "360"
    assert not again.button.isEnabled()
    assert again.button.toolTip() == "모두 이미 있는 수치입니다."
    again.reject()


def test_undoing_an_import_that_a_later_one_replaced_is_refused_in_one_sentence(
    page, qtbot, made_up_file: Path, tmp_path: Path
) -> None:
    first = take(page, qtbot, made_up_file)
    click(first.button)
    qtbot.waitUntil(lambda: len(page.datasets.rows) == 3, timeout=WAIT)
    qtbot.waitUntil(lambda: page.window().findChild(ImportDialog) is None, timeout=WAIT)
    revised = tmp_path / "예시_수정본.csv"
    words = made_up_file.read_text("utf-8-sig").replace(
        "2024,광주광역시,동구", "2024,광주광역시,동구", 1
    )
    lines = words.split("\n")
    place = next(n for n, line in enumerate(lines) if line.startswith("2024,광주광역시,동구"))
    cells = lines[place].split(",")
    cells[4] = "1"
    lines[place] = ",".join(cells)
    revised.write_text("\n".join(lines), encoding="utf-8-sig")
    second = take(page, qtbot, revised)
    assert second.preview.counts[2][0].text() == "1"
    click(second.button)
    qtbot.waitUntil(lambda: len(page.datasets.rows) == 4, timeout=WAIT)
    store = page.desk.store
    imports = [c for c in store.since(0) if any(r.table == "dataset" for r in c.rows)]
    target = next(c.id for c in imports if _names(c, made_up_file.name))
    with pytest.raises(Exception, match=revised.name) as refused:
        store.undo(target)
    from ui import alerts

    assert revised.name in alerts.sentence(refused.value)
    assert len(page.datasets.rows) == 4


def _names(changes, file_name: str) -> bool:
    return any(row.after and row.after.get("file_name") == file_name for row in changes.rows)


def test_a_file_that_is_no_table_is_refused_in_one_sentence(page, qtbot, tmp_path: Path) -> None:
    broken = tmp_path / "표가 아님.xlsx"
    broken.write_bytes(b"PK\x03\x04 not a workbook")
    dialog = take(page, qtbot, broken)
    assert dialog.step == REFUSED
    assert "표가 아님.xlsx" in dialog.why.text()
    assert not dialog.button.isVisible()
    dialog.reject()


def test_files_dropped_together_come_in_as_one_step(
    page, qtbot, made_up_file: Path, tmp_path: Path
) -> None:
    words = made_up_file.read_text("utf-8-sig")
    later = tmp_path / "예시_다음 해.csv"
    words = words.replace("2023,", "2025,").replace("2024,", "2026,")
    later.write_text(re.sub(r"(\d{6,})", r"\g<1>7", words), "utf-8-sig")
    broken = tmp_path / "표가 아님.xlsx"
    broken.write_bytes(b"PK\x03\x04 not a workbook")
    dialog = take(page, qtbot, made_up_file, broken, later)
    assert dialog.place.text() == "파일 1/3" and dialog.button.text() == "다음"
    click(dialog.button)
    qtbot.waitUntil(lambda: dialog.step == REFUSED, timeout=WAIT)
    assert "표가 아님.xlsx" in dialog.why.text() and not dialog.button.isVisible()
    click(dialog.leave)
    qtbot.waitUntil(lambda: dialog.step == PREVIEW, timeout=WAIT)
    assert dialog.place.text() == "파일 2/2" and dialog.button.text() == "파일 2개 가져오기"
    assert dialog.preview.file.text() == later.name
    click(dialog.back)
    assert dialog.preview.file.text() == made_up_file.name and dialog.step == PREVIEW
    click(dialog.button)
    assert dialog.preview.file.text() == later.name
    assert len(page.datasets.rows) == 2
    click(dialog.button)
    qtbot.waitUntil(lambda: len(page.datasets.rows) == 4, timeout=WAIT)
    qtbot.waitUntil(lambda: page.window().findChild(ImportDialog) is None, timeout=WAIT)
    page.desk.undo()
    qtbot.waitUntil(lambda: len(page.datasets.rows) == 2, timeout=WAIT)


def test_what_two_files_share_is_said_and_one_is_left_out(
    page, qtbot, made_up_file: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "예시_사본.csv"
    copy.write_bytes(made_up_file.read_bytes())
    dialog = take(page, qtbot, made_up_file, copy)
    click(dialog.button)
    qtbot.waitUntil(lambda: dialog.step == PREVIEW and dialog.at == 1, timeout=WAIT)
    click(dialog.button)
    qtbot.waitUntil(dialog.refusal_row.isVisible, timeout=WAIT)
    assert copy.name in dialog.refusal.text() and len(page.datasets.rows) == 2
    click(dialog.leave)
    assert dialog.preview.file.text() == made_up_file.name and not dialog.leave.isVisible()
    click(dialog.button)
    qtbot.waitUntil(lambda: len(page.datasets.rows) == 3, timeout=WAIT)


def test_the_year_is_asked_proposed_from_the_name_and_a_wrong_one_refused(
    page, qtbot, shared_data: Path
) -> None:
    dialog = take(page, qtbot, shared_data / "energy" / "epsis_sales_by_sido_and_use_2021.csv")
    assert not dialog.button.isEnabled()
    assert dialog.button.toolTip() == "남은 질문에 먼저 답하십시오."
    ask = dialog.preview.asks[0]
    assert ask.about == "period"
    assert [button.text() for button in ask.proposals] == ["2021"]
    ask.field.insert("봄")
    QTest.keyClick(ask.field, KEY.Key_Return)
    qtbot.waitUntil(lambda: dialog.refusal_row.isVisible(), timeout=WAIT)
    assert dialog.step == PREVIEW
    click(dialog.preview.asks[0].proposals[0])
    qtbot.waitUntil(lambda: dialog.button.isEnabled() and dialog.button.isVisible(), timeout=WAIT)
    assert dialog.preview.facts["period"].text() == "2021년 (직접 답함)"
    click(dialog.button)
    qtbot.waitUntil(lambda: len(page.datasets.rows) == 3, timeout=WAIT)
    with page.desk.store.reading() as read:
        points = queries.series(read, indicator="EL01", area="29000", by="year").points
    assert next(p for p in points if p.period == "2021").origin == "published"


def test_reading_can_be_stopped(page, qtbot, made_up_file: Path) -> None:
    page.take([made_up_file])
    dialog = dialog_of(page, qtbot)
    click(dialog.stop)
    done = (CHOOSE, PREVIEW)
    qtbot.waitUntil(lambda: dialog.step in done, timeout=WAIT)
    assert dialog.step == CHOOSE
    assert len(page.datasets.rows) == 2
    dialog.reject()


def test_the_files_are_listed_with_where_they_came_from(page) -> None:
    click(page.picker.sources)
    assert page.right.currentWidget() is page.datasets
    assert len(page.datasets.rows) == 2
    assert len(page.datasets.digest.text()) == 64
    assert page.datasets.meta.text().startswith("자료 2건")
    page.on_indicators()
    assert page.right.currentIndex() == 0
    assert text.language() == "ko"
