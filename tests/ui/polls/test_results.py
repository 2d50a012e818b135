"""The results on screen: both percentages always, the base switched, breaks said, cells hidden."""

from __future__ import annotations

import itertools
import shutil
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from python_calamine import CalamineWorkbook

from gwangju_desktop.polls import comparing, targets, waves
from gwangju_desktop.polls.cells import HIDDEN
from tests.ui.conftest import rest, spin
from tests.ui.polls import answered
from ui.alerts import CrashDialog
from ui.polls.sharetable import RESPONDENTS
from ui.polls.trend import Mark, Moved, TrendChart, _apart


@pytest.fixture
def room(window_on, polled, tmp_path: Path):
    """The polls room on an office of one's own, and the ids in it."""
    path, ids = polled
    own = tmp_path / path.name
    shutil.copy(path, own)
    window = window_on(own)
    window.shell.go("polls")
    rest(window)
    return window.shell.rooms.page("polls"), ids


def go(room, wave: int, code: str, pane: str = "results"):
    """Show a question of a wave in a pane and return the pane."""
    page = room.show_pane(pane)
    room.place.show_wave(wave)
    rest(room.window())
    asked = {one.question.code: one.wave_question_id for one in room.place.asked}
    room.place.show_question(asked[code])
    rest(room.window())
    assert not room.window().findChildren(CrashDialog)
    return page


def cells(view) -> list[list[str]]:
    """Return what a list shows."""
    model = view.model()
    shown = [n for n in range(len(model.columns)) if not view.isColumnHidden(n)]
    return [[model.cell(row, n).text for n in shown] for row in range(model.rowCount())]


def test_both_percentages_stand_and_the_switch_moves_emphasis_alone(room, tmp_path: Path) -> None:
    room, ids = room
    page = go(room, ids["base"], "goals")
    first = cells(page.table)
    assert first[0] == [answered.GOALS["1"][0], "33", "37.1%", "64.7%"]
    assert first[1][1:] == ["21", "23.6%", "41.2%"]
    told = [part.text() for part in page.switch.parts]
    assert told == ["응답 건수 기준(89건)", "응답자 기준(51명)"]
    assert "표본오차 해당 없음" in page.note.text()
    roles = [page.table.model().cell(0, n).role for n in (3, 4)]
    page.switch.parts[1].click()
    rest(room.window())
    assert page.basis == RESPONDENTS
    assert cells(page.table) == first
    assert [page.table.model().cell(0, n).role for n in (4, 3)] == roles
    page.on_copy()
    board = QApplication.clipboard().mimeData()
    assert f"{answered.GOALS['1'][0]}\t33\t37.1\t64.7\n" in board.text()
    assert "<td>64.7</td>" in board.html()
    page.on_picture()
    assert not QApplication.clipboard().image().isNull()
    facts = {name.text(): words.text() for name, words in page.method.pairs if words.text()}
    assert facts["조사기간"] == "2021. 5. 12.~2021. 5. 21."
    path = tmp_path / "설문 집계.xlsx"
    page.save(path)
    rest(room.window())
    spin(path.exists)
    book = CalamineWorkbook.from_path(str(path))
    assert any(33 in row and 51 in row for row in book.get_sheet_by_name("집계").to_python())


def test_every_kind_has_its_own_view_and_a_wave_in_the_field_counts_alone(room) -> None:
    room, ids = room
    page = go(room, ids["first"], "urgent")
    for one in room.place.asked:
        page = go(room, ids["first"], one.question.code)
        kind = one.question.kind
        assert page.table.isVisible() == (kind not in ("grid", "number", "open")), kind
        assert page.parts.isVisible() == (kind == "grid")
        assert page.numbers.isVisible() == (kind in ("scale", "number"))
        assert page.waiting.isVisible() == (kind == "open")
    page = go(room, ids["first"], "places")
    assert cells(page.table)[0][1] != ""
    assert not page.table.isColumnHidden(1)
    page = go(room, ids["first"], "feeling")
    assert [row[0] for row in cells(page.table)] == [*answered.FEELING, "모름"]
    assert cells(page.table)[-1][2:] == ["–", "–"]

    page = go(room, ids["field"], "goals")
    assert page.waiting.count.text() == "응답 7건"
    assert not page.table.isVisible()
    assert not page.trend.isVisible()
    assert not page.export.isVisible()
    assert "7건" in room.side.base.text()
    page = go(room, ids["first"], "goals")
    assert [mark.label for mark in page.trend.chart.moved.marks] == ["기초조사", "1차"]
    assert "2차" in page.trend.notes.text()


def test_a_trend_breaks_where_waves_differ_and_says_why(room) -> None:
    room, ids = room
    page = go(room, ids["first"], "goals")
    assert not page.trend.reasons_row.isVisible()
    assert page.trend.chart.moved.breaks == {}
    desk = page.desk
    with desk.store.reading() as read:
        known = comparing.trend(read, ids["poll"], "goals")
    last = page.trend.chart.moved.marks[-1]
    assert dict(known.points[-1].shares) == last.shares
    desk.do(waves.edit_wave, id=ids["first"], mode="web")
    rest(room.window())
    spin(lambda: page.trend.chart.moved.breaks)
    assert page.trend.reasons_row.isVisible()
    assert "기초조사~1차" in page.trend.reasons.text()
    assert page.trend.reasons.text() in page.trend.chart.accessibleName()
    page.trend.view.parts[1].click()
    rest(room.window())
    shown = cells(page.trend.table.list)
    assert shown[0] == ["응답자 수(n)", "51", "60"]
    assert shown[1][1] == "37.1%"


def test_groups_hide_small_cells_on_screen_and_on_the_clipboard(room) -> None:
    room, ids = room
    page = room.show_pane("crosstab")
    rest(room.window())
    assert cells(page.cross.list), "a pane made later shows what is in front"
    page = go(room, ids["first"], "goals", "crosstab")
    assert page.by.currentText() == "거주 구"
    rows = cells(page.cross.list)
    hidden = [
        (row, n) for row, line in enumerate(rows) for n, cell in enumerate(line) if cell == HIDDEN
    ]
    assert len(hidden) >= 2
    for _row, n in hidden:
        assert sum(1 for _r, m in hidden if m == n) > 1, "one hidden cell is told by the total"
    few = [n for n, cell in enumerate(rows[0]) if n > 1 and int(cell) < 30]
    model = page.cross.list.model()
    assert few
    assert all(model.cell(0, n).sub == "30명 미만" for n in few)
    assert HIDDEN in page.bars.accessibleName()
    page.on_copy()
    lines = QApplication.clipboard().text().splitlines()
    assert sum(line.split("\t").count(HIDDEN) for line in lines) == len(hidden)
    page.switch.parts[1].click()
    rest(room.window())
    other = cells(page.cross.list)
    assert [row[0] for row in other] == [row[0] for row in rows]
    assert other != rows


def test_without_polls_one_is_told_how_to_begin(window_on, _empty_office: Path) -> None:
    window = window_on(_empty_office, (911, 480))
    window.shell.go("polls")
    rest(window)
    page = window.shell.rooms.page("polls").front
    assert page.waiting.state.title.text() == "등록한 설문이 없습니다"
    assert page.waiting.new.isVisible()
    assert page.waiting.file.isVisible()
    assert not page.head.isVisible()


def test_labels_at_the_ends_of_lines_keep_apart_and_inside() -> None:
    found = _apart([10.0, 11.0, 12.0, 95.0, 99.0], 17, 0.0, 100.0)
    assert found == sorted(found)
    assert all(b - a >= 16.999 for a, b in itertools.pairwise(found))
    assert found[0] >= 0
    assert found[-1] <= 100
    assert _apart([], 17, 0, 100) == []


def test_waves_stand_as_far_apart_as_in_time(dressed) -> None:
    chart = TrendChart()
    chart.resize(900, 250)
    marks = tuple(
        Mark(label, "", 50, at, {"a": 10.0})
        for label, at in (("1차", 0.0), ("2차", 5.0), ("3차", 20.0))
    )
    chart.show_trend(Moved(marks, {1: "문구가 다름"}, (("a", "가"),)), ("a",))
    places = chart._places(chart._field(chart.rect().toRectF()))
    assert (places[2] - places[1]) == pytest.approx(3 * (places[1] - places[0]))
    near = tuple(
        Mark(m.label, "", 50, at, {"a": 1.0}) for m, at in zip(marks, (0, 1, 60), strict=True)
    )
    chart.show_trend(Moved(near, {}, (("a", "가"),)), ("a",))
    places = chart._places(chart._field(chart.rect().toRectF()))
    assert (places[2] - places[1]) == pytest.approx(places[1] - places[0])
    chart.deleteLater()


def test_figures_that_would_give_others_away_are_refused_and_the_box_ticks_back(room) -> None:
    room, ids = room
    page = go(room, ids["first"], "goals")
    assert not page.weighted.isVisible()
    asked = next(one for one in room.place.asked if one.question.code == "district")
    codes = [option.code for option in asked.question.options]
    shares = dict(zip(codes, [0.7] + [0.3 / (len(codes) - 1)] * (len(codes) - 1), strict=True))
    page.desk.do(
        targets.set_targets,
        wave_id=ids["first"],
        targets={asked.question_id: shares},
        source="가상",
    )
    page.desk.do(waves.edit_wave, id=ids["first"], weighted=True)
    rest(room.window())
    page = go(room, ids["first"], "goals")
    spin(page.weighted.isVisible)
    spin(lambda: page.settled and page.found.table.weighting is not None)
    assert page.weighted.isChecked()
    page.weighted.click()
    banner = room.window().shell.banner
    spin(lambda: "가중치를 적용해서만" in banner.words.text())
    spin(lambda: page.settled)
    assert page.weighted.isChecked()
    assert page.table.isVisible()
    assert page.found.table.weighting is not None
