"""The energy room by its keys and buttons, on a real office in the real window."""

from __future__ import annotations

import csv
import datetime as dt
import io
import zipfile
from pathlib import Path

import pikepdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtTest import QTest

from tests.ui.energy.conftest import WAIT
from ui import theme
from ui.energy.asked import AsKnown, Compare
from ui.energy.panel import Panel
from ui.models.rows import Group
from ui.widgets.chart_scale import moment
from ui.widgets.parts import Button

LEFT = Qt.MouseButton.LeftButton
KEY = Qt.Key


@pytest.fixture
def window(module_window, qtbot):
    """The window all these tests look at, on electricity of the city by years."""
    page = module_window.shell.rooms.pages["energy"]
    panel = page.figures.panel
    page.show_pane("figures")
    page.picker.search.clear()
    if (page.code, page.figures.loaded.area) != ("EL01", "29000") or page.figures.loaded.other:
        page.look(area=None, known_on=None, other=None)
        page.on_picked("EL01")
        qtbot.waitUntil(lambda: page.desk.idle and page.code == "EL01", timeout=WAIT)
    if panel.monthly():
        click(panel.modes.parts[0])
    return module_window


def click(button) -> None:
    QTest.mouseClick(button, LEFT)


def names(page) -> list[str]:
    model = page.picker.list.model()
    return [model.cell(n, 0).text for n in range(model.rowCount())]


def show(page, qtbot, code: str) -> None:
    """Choose an indicator as a person does, by the list."""
    fact = next(fact for fact in page.picker.facts if fact.code == code)
    page.picker.list.choose(fact.id)
    qtbot.waitUntil(lambda: page.figures.loaded.fact.code == code, timeout=WAIT)


def ask(page, qtbot, kind):
    """Return the dialog of a kind that is open."""
    qtbot.waitUntil(lambda: page.window().findChild(kind) is not None, timeout=WAIT)
    return page.window().findChild(kind)


def beside(page, qtbot, indicator: str, place: str) -> None:
    """Compare with another indicator or place by the form."""
    click(page.figures.panel.compare_button)
    dialog = ask(page, qtbot, Compare)
    dialog.indicator.field.choose(indicator)
    dialog.place.field.choose(place)
    click(dialog.button)
    qtbot.waitUntil(lambda: page.figures.loaded.other is not None, timeout=WAIT)


def test_the_room_opens_on_electricity_with_its_numbers(page) -> None:
    pane = page.figures
    assert pane.title.text() == "전력사용량"
    first, second, third, fourth = pane.panel.figures
    assert (first.caption.text(), first.value.text(), first.unit.text()) == (
        "2021년 실적",
        "8.97",
        "TWh",
    )
    assert second.caption.text() == "2021년 참고 경로"
    assert second.note.text().startswith("참고 경로보다")
    assert "자립률" in third.caption.text()
    assert fourth.caption.text() == "2030년 목표까지 필요"
    assert pane.meta.text() == "광주광역시 전체 · 실적과 2045년까지의 목표"
    assert "예시" in pane.source()
    assert pane.sample_chip.sentence() == "예시 자료"
    assert "8.97 TWh" in pane.panel.view.chart.accessibleDescription()
    assert len([n for n in pane.panel.cards.cards if not n.isHidden()]) == 5


def test_typing_narrows_the_list_by_initials_and_enter_takes_the_first(page, qtbot) -> None:
    page.picker.search.insert("ㄷㅅㄱㅅ")
    assert any("도시가스" in name for name in names(page))
    assert not any("전력사용량" in name for name in names(page))
    QTest.keyClick(page.picker.search, KEY.Key_Return)
    qtbot.waitUntil(lambda: page.figures.loaded.fact.code == "GS01", timeout=WAIT)
    assert page.figures.title.text() == "도시가스 사용량"
    page.picker.search.clear()
    model = page.picker.list.model()
    assert sum(isinstance(model.row(n), Group) for n in range(model.rowCount())) >= 5


def test_an_indicator_without_figures_offers_to_import_and_nothing_else(page, qtbot) -> None:
    show(page, qtbot, "OI01")
    pane = page.figures
    assert pane.body.currentWidget() is pane.empty
    assert not pane.export_button.isEnabled() and not pane.pack_button.isEnabled()
    pane.on_cells()
    assert pane.source() == ""


def test_months_years_and_sums(page) -> None:
    panel = page.figures.panel
    chart = panel.view.chart
    years = chart.extent()
    click(panel.modes.parts[1])
    assert panel.monthly() and chart.extent() != years
    assert panel.brush.span[1] - panel.brush.span[0] == pytest.approx(48)
    assert page.figures.meta.text().endswith("월별")
    assert not any(line.kind == "target" for line in chart.lines)
    click(panel.modes.parts[2])
    line = chart.lines[-1]
    december, january = moment("2020-12"), moment("2021-01")
    assert line.at(december)[0] > line.at(january)[0] * 10
    whole = next(p for p in page.figures.loaded.years if p.period == "2020")
    assert line.at(december)[0] == pytest.approx(whole.value / 1e6)
    assert "누적" in panel.figures[0].caption.text()
    click(panel.modes.parts[0])
    assert chart.extent() == years


def test_the_brush_moves_chart_and_districts_and_is_remembered(page) -> None:
    panel = page.figures.panel
    click(panel.modes.parts[1])
    before = panel.brush.span
    first = panel.brush.edges[0]
    first.setFocus()
    QTest.keyClick(first, KEY.Key_Left, Qt.KeyboardModifier.ControlModifier)
    assert before[0] - panel.brush.span[0] == pytest.approx(12, abs=1)
    assert panel.view.chart.limits == panel.brush.span
    assert panel.cards.limits[0] >= panel.brush.span[0]
    moved = panel.brush.span
    click(panel.modes.parts[0])
    click(panel.modes.parts[1])
    assert panel.brush.span == moved
    click(panel.whole_button)
    assert panel.brush.span == panel.brush.limits


def test_the_reading_cursor_is_told_in_words_and_calls_a_guide_a_guide(page) -> None:
    panel = page.figures.panel
    chart = panel.view.chart
    chart.setFocus()
    QTest.keyClick(chart, KEY.Key_Left)
    assert "2021년 · 실적 8.97 TWh · 참고 경로 8.49 TWh" in panel.hint.text()
    assert "2021년" in chart.accessibleName()
    QTest.keyClick(chart, KEY.Key_End)
    assert "목표 5.60 TWh" in panel.hint.text() and "참고" not in panel.hint.text()
    QTest.keyClick(chart, KEY.Key_Escape)
    assert "값 읽기" in panel.hint.text()


def test_nothing_is_drawn_before_the_first_target_and_no_band_anywhere(page) -> None:
    chart = page.figures.panel.view.chart
    guide = next(line for line in chart.lines if line.kind == "target")
    aims = [aim.year * 12 for aim in page.figures.loaded.aims]
    assert list(guide.x) == aims
    assert guide.at(aims[0] - 12) == (None, None)
    assert not hasattr(guide, "band")


def test_what_happened_stands_in_the_chart_and_in_its_sentence(page) -> None:
    chart = page.figures.panel.view.chart
    assert [str(event.words) for event in chart.events][:1] == ["폭염(예시)"]
    assert "폭염(예시)" in chart.accessibleDescription()
    boxes = [box for box, _words, _laid in chart.frame.said]
    assert boxes and all(chart.field().adjusted(-4, 0, 4, 4).contains(box) for box in boxes)
    assert not any(a.intersects(b) for n, a in enumerate(boxes) for b in boxes[n + 1 :])


def test_a_district_is_shown_by_its_card_and_the_city_again_by_the_choice(page, qtbot) -> None:
    panel = page.figures.panel
    card = panel.cards.cards[0]
    card.setFocus()
    QTest.keyClick(card, KEY.Key_Return)
    qtbot.waitUntil(lambda: page.figures.loaded.area == "29110", timeout=WAIT)
    assert page.figures.meta.text().startswith("동구 · ")
    assert panel.place.currentText() == "동구"
    assert page.figures.loaded.aims == ()
    panel.place.choose("29000")
    panel.place.activated.emit(0)
    qtbot.waitUntil(lambda: page.figures.loaded.area == "29000", timeout=WAIT)


def test_a_view_asked_for_before_the_figures_came_is_harmless(page) -> None:
    panel = Panel(page.desk)
    panel.show_view("map")
    panel.on_table()
    panel.on_view(1)
    assert panel.shown_views() == [] and panel.loaded is None
    panel.deleteLater()


def test_two_districts_on_one_scale(page, qtbot) -> None:
    panel = page.figures.panel
    beside(page, qtbot, "EL01", "29170")
    first, second = panel.view.chart.lines
    assert (str(first.title), str(second.title)) == ("광주광역시", "북구")
    assert first.ink != second.ink
    assert panel.view.drawn.how == "same"
    assert page.figures.meta.text().endswith("광주광역시·북구 비교")
    paper = page.figures.on_paper()
    assert (paper["kind"], paper["indicator"]) == ("energy-beside", page.code)
    head, rows = panel.view.cells()
    assert head[1].startswith("광주광역시") and head[2].startswith("북구")
    assert all(row[1] > row[2] for row in rows if row[1] and row[2])
    assert not any("참고" in title or "목표" in title for title in head)
    click(panel.compare_button)
    qtbot.waitUntil(lambda: page.figures.loaded.other is None, timeout=WAIT)


def test_two_units_stand_as_an_index_or_on_a_scale_each(page, qtbot) -> None:
    panel = page.figures.panel
    beside(page, qtbot, "GS01", "29000")
    chart = panel.view.chart
    assert panel.view.drawn.how == "index"
    base = moment(panel.view.drawn.base)
    assert [line.at(base)[0] for line in chart.lines] == [pytest.approx(100)] * 2
    click(panel.view.scales.parts[2])
    assert panel.view.drawn.how == "own"
    second = chart.lines[1]
    at = second.last.x
    point = next(p for p in page.figures.loaded.other.years if moment(p.period) == at)
    assert second.at(at)[0] * second.by + second.base == pytest.approx(point.value / 1e3)
    assert chart.side is not None and chart.field().right() < chart.width() - 20
    chart.setFocus()
    chart.move_cursor(at)
    assert "백만N㎥" in panel.hint.text() and "TWh" in panel.hint.text()


def test_as_known_on_a_day_before_any_import_there_was_nothing(page, qtbot) -> None:
    pane = page.figures
    click(pane.panel.known_button)
    dialog = ask(page, qtbot, AsKnown)
    dialog.day.field.show_date(dt.date(2000, 1, 1))
    click(dialog.button)
    qtbot.waitUntil(lambda: pane.loaded.known_on is not None, timeout=WAIT)
    assert pane.known_chip.sentence() == "2000. 1. 1. 기준 값"
    assert not pane.loaded.years
    assert pane.body.currentWidget() is pane.unknown
    click(next(one for one in pane.unknown.findChildren(Button)))
    qtbot.waitUntil(lambda: pane.loaded.known_on is None, timeout=WAIT)
    assert pane.loaded.years and not pane.known_chip.isVisible()


def test_a_computed_indicator_prints_formula_and_factors(page, qtbot) -> None:
    show(page, qtbot, "SU01")
    # What is a share of something is not added up through the year.
    assert page.figures.panel.modes.parts[2].isHidden()
    lines = page.figures.below()
    assert any(line.startswith("산식(2021년): ") and "%" in line for line in lines)
    assert page.figures.panel.under.text().startswith("산식(2021년)")
    assert lines[-1].startswith("출처: ")


def test_tables_leave_as_csv_workbook_and_cells(page, tmp_path: Path) -> None:
    pane = page.figures
    path = tmp_path / "수치 표.csv"
    pane.save(path)
    rows = list(csv.reader(io.StringIO(path.read_text("utf-8-sig"))))
    assert rows[0][:2] == ["기간", "전력사용량 (MWh)"]
    held = {row[0]: row for row in rows[1:]}
    assert list(held) == sorted(held)
    assert held["2021"][1] == "8973446.0"
    assert held["2030"][1] == "" and held["2030"][2] == "7700000.0"
    assert held["2021"][2] == "" and float(held["2021"][3]) > 8_000_000
    assert pane.window().toast.words.text() == "저장했습니다: 수치 표.csv"
    pane.save(tmp_path / "표.xlsx")
    with zipfile.ZipFile(tmp_path / "표.xlsx") as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        about = book.read("xl/worksheets/sheet2.xml").decode()
    assert "8973446" in sheet and "출처" in about
    pane.on_cells()
    lines = QGuiApplication.clipboard().text().split("\n")
    assert len(lines) == len(rows) and lines[0].split("\t") == rows[0]


def test_dark_and_large_text_keep_the_page_whole_and_pictures_leave_in_light(
    page, qapp, tmp_path: Path
) -> None:
    pane = page.figures
    theme.dress(qapp, "dark", 1.3)
    try:
        qapp.processEvents()
        ground = page.grab().toImage().pixelColor(page.width() - 4, 4).name()
        assert ground == theme.TOKENS["color"]["dark"]["page"].lower()
        for suffix in (".png", ".svg", ".pdf"):
            pane.save(tmp_path / f"그림{suffix}")
        pane.on_picture()
        assert theme.color("page").name() == theme.TOKENS["color"]["dark"]["page"].lower()
    finally:
        theme.dress(qapp, "light", 1.0)
    qapp.processEvents()
    ground = page.grab().toImage().pixelColor(page.width() - 4, 4).name()
    assert ground == theme.INK["page"].lower()
    image = QImage(str(tmp_path / "그림.png"))
    assert image.pixelColor(3, 3).name() == "#ffffff"
    blue = theme.color("d1").name()
    shades = {
        image.pixelColor(x, y).name()
        for x in range(0, image.width(), 2)
        for y in range(0, image.height(), 2)
    }
    assert blue in shades
    copied = QGuiApplication.clipboard().image()
    assert copied.size() == image.size()
    assert QSvgRenderer(str(tmp_path / "그림.svg")).isValid()
    drawn = (tmp_path / "그림.svg").read_text("utf-8")
    # Words are shapes: nobody else has the font.
    assert 'aria-label="전력사용량"' in drawn and "<text" not in drawn and "<image" not in drawn
    with pikepdf.open(tmp_path / "그림.pdf") as book:
        assert len(book.pages) == 1
        assert book.pages[0].mediabox[2] > 700
        assert not list(book.pages[0].get_images())


def test_the_panes_of_the_foot_and_back(page, qtbot) -> None:
    assert list(page.picker.links) == ["datasets", "coverage", "basis"]
    click(page.picker.links["datasets"])
    assert page.front is page.pane("datasets")
    assert page.picker.links["datasets"].isChecked()
    click(page.picker.links["datasets"])
    assert page.front is page.figures and not page.picker.links["datasets"].isChecked()


def test_the_language_turns_everything_that_is_shown(page, window) -> None:
    window.shell.speak("en")
    pane = page.figures
    pane.room.renew()
    assert pane.title.text() == "Electricity use"
    assert pane.panel.figures[0].caption.text() == "Actual 2021"
    assert pane.panel.figures[1].caption.text() == "Guide path 2021"
    assert "Actual 8.97 TWh (2021)" in pane.panel.view.chart.accessibleDescription()
    assert pane.panel.cards.cards[0].name.text() == "Dong-gu"
    assert pane.panel.place.currentText() == "Gwangju"
    window.shell.speak("ko")
    page.renew()
    assert pane.title.text() == "전력사용량"
