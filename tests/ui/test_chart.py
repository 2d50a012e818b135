"""The pyramid against brute force; the chart and the brush with real keys and a real mouse."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from gwangju_desktop import text
from gwangju_desktop.text import N_
from ui import theme
from ui.widgets.brush import Brush
from ui.widgets.chart import Chart
from ui.widgets.chart_labels import Wanted, covered, place
from ui.widgets.chart_lines import PARTIAL, PROVISIONAL, SURE, Line, Point, Text, with_gaps
from ui.widgets.chart_scale import (
    YEAR,
    day_ticks,
    hour_of,
    moment,
    moment_of,
    month_of,
    time_ticks,
    value_range,
    value_ticks,
)
from ui.widgets.pyramid import FACTOR, Pyramid

VALUES = st.lists(
    st.one_of(st.just(float("nan")), st.floats(-1e6, 1e6, width=32)), min_size=1, max_size=700
)


def brute(values: np.ndarray) -> tuple[float, float]:
    held = values[~np.isnan(values)]
    return (float(held.min()), float(held.max())) if len(held) else (np.nan, np.nan)


@settings(max_examples=60, deadline=None)
@given(VALUES)
def test_every_block_of_every_level_is_its_points_lowest_and_highest(values: list[float]) -> None:
    y = np.array(values)
    pyramid = Pyramid(np.arange(len(y)), y)
    step = 1
    for low, high in pyramid.levels:
        step *= FACTOR
        assert len(low) == len(high) == -(-len(y) // step)
        for block in range(len(low)):
            expected = brute(y[block * step : (block + 1) * step])
            assert np.array_equal((low[block], high[block]), expected, equal_nan=True)


@settings(max_examples=60, deadline=None)
@given(VALUES, st.integers(0, 700), st.integers(1, 700), st.integers(1, 60))
def test_a_window_holds_the_extremes_it_covers_and_few_points(
    values: list[float], start: int, span: int, pixels: int
) -> None:
    y = np.array(values)
    left, right = float(start), float(start + span)
    x, drawn = Pyramid(np.arange(len(y)), y).window(left, right, pixels)
    assert len(x) == len(drawn)
    assert len(x) <= 2 * pixels + 4
    assert (np.diff(x) >= 0).all()
    inside = brute(y[start : start + span + 1])
    if len(x) and not np.isnan(inside[0]):
        shown = brute(drawn)
        assert shown[0] <= inside[0]
        assert shown[1] >= inside[1]
        assert shown[0] >= brute(y)[0]
        assert shown[1] <= brute(y)[1]


def test_gaps_survive_every_level() -> None:
    y = np.sin(np.arange(100_000) / 500)
    y[40_000:60_000] = np.nan
    pyramid = Pyramid(np.arange(100_000), y)
    assert pyramid.has_gaps
    for pixels in (40, 100, 1_000):
        x, drawn = pyramid.window(0, 100_000, pixels)
        middle = (x > 45_000) & (x < 55_000)
        assert middle.any()
        assert np.isnan(drawn[middle]).all()
        assert not np.isnan(drawn[(x < 30_000) | (x > 70_000)]).any()


def test_nothing_but_gaps_has_no_bounds() -> None:
    pyramid = Pyramid(np.arange(300), np.full(300, np.nan))
    assert pyramid.bounds is None
    assert Pyramid([], []).bounds is None
    assert len(Pyramid([], []).window(0, 1, 100)[0]) == 0


def test_arrays_of_two_lengths_are_refused() -> None:
    with pytest.raises(ValueError, match="one length"):
        Pyramid([1, 2], [1])


# --- axes


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (0, 8.86, [0, 2, 4, 6, 8, 10]),
        (0, 1, [0, 0.2, 0.4, 0.6, 0.8, 1]),
        (600, 860, [600, 700, 800, 900]),
        (0, 817_030.854, [0, 200_000, 400_000, 600_000, 800_000, 1_000_000]),
        (-3, 7, [-4, -2, 0, 2, 4, 6, 8]),
        (5, 5, [5, 6, 7, 8, 9, 10]),
    ],
)
def test_value_ticks_are_round_and_enclose(low: float, high: float, expected: list[float]) -> None:
    assert value_ticks(low, high, 6 if low < 0 else 5) == expected


@settings(max_examples=60, deadline=None)
@given(st.floats(-1e9, 1e9), st.floats(0.1, 1e9))
def test_value_ticks_always_enclose_and_stay_few(low: float, span: float) -> None:
    ticks = value_ticks(low, low + span)
    assert ticks[0] <= low + span * 1e-6
    assert ticks[-1] >= (low + span) - span * 1e-6
    assert 2 <= len(ticks) <= 8


def test_a_nearly_flat_series_gets_a_scale_of_its_own_and_others_start_at_zero() -> None:
    low, high = value_range(8.50, 8.86)
    assert 0 < low < 8.50
    assert high > 8.86
    assert value_range(3.0, 8.86) == (0.0, 8.86)
    assert value_range(0.0, 5.0) == (0.0, 5.0)


def test_time_ticks_are_calendar_steps() -> None:
    ticks = time_ticks(moment("2018-03"), moment("2019-02"), 6)
    assert [month_of(t.at).month for t in ticks] == [3, 5, 7, 9, 11, 1]
    assert all(t.month == (month_of(t.at).month != 1) for t in ticks)
    years = time_ticks(moment("2012"), moment("2045"), 8)
    assert [month_of(t.at).year for t in years] == [2015, 2020, 2025, 2030, 2035, 2040, 2045]
    assert not any(t.month for t in years)


def test_moments_name_periods_and_days() -> None:
    assert month_of(moment("2024-01")) == dt.date(2024, 1, 1)
    assert month_of(moment("2024-12")) == dt.date(2024, 12, 1)
    assert moment("2024") == moment("2024-01")
    assert moment("2022-03") < moment_of(dt.date(2022, 3, 11)) < moment("2022-04")
    with pytest.raises(ValueError, match="invalid literal"):
        moment("봄")


# --- labels


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.floats(0, 600), st.floats(0, 160)), min_size=1, max_size=12))
def test_labels_never_cover_each_other(points: list[tuple[float, float]]) -> None:
    inside = QRectF(0, 0, 600, 160)
    wanted = [Wanted(QPointF(x, y), QSizeF(90, 16)) for x, y in points]
    boxes = [box for box in place(wanted, inside, np.empty((0, 2))) if box is not None]
    assert boxes
    for n, box in enumerate(boxes):
        assert inside.contains(box)
        assert not any(box.intersects(other) for other in boxes[:n])


def test_a_label_keeps_clear_of_the_line_it_names() -> None:
    x = np.arange(0, 600, 4.0)
    ink = np.column_stack([x, np.full(len(x), 72.0)])
    box = place([Wanted(QPointF(300, 80), QSizeF(100, 16))], QRectF(0, 0, 600, 160), ink)[0]
    assert box is not None
    assert covered(ink, box) == 0


# --- lines


def test_a_partial_value_is_a_point_of_its_own_and_a_provisional_one_is_dashed_on() -> None:
    line = Line(
        Text("actual"),
        np.array([0.0, 12, 24, 36]),
        np.array([5.0, 6, 7, 2]),
        sure=[SURE, SURE, PROVISIONAL, PARTIAL],
    )
    solid, loose = (pyramid.y for pyramid, _loose in line.pieces)
    assert solid.tolist()[:2] == [5, 6]
    assert np.isnan(solid[2:]).all()
    assert loose.tolist()[1:3] == [6, 7]
    assert np.isnan(loose[[0, 3]]).all()
    assert line.open_points.tolist() == [[24, 7], [36, 2]]
    assert line.last is not None
    assert (line.last.x, line.last.y) == (24, 7)


def test_a_value_between_two_gaps_is_drawn_as_a_point() -> None:
    x, y, places = with_gaps(np.array([0.0, 12, 48, 96]), np.array([1.0, 2, 3, 4]), 12)
    assert places.tolist() == [0, 1, 3, 5]
    assert np.isnan(y[[2, 4]]).all()
    line = Line(Text("a"), x, y)
    assert line.lone_points.tolist() == [[48, 3], [96, 4]]


# --- the chart, with keys and mouse


@pytest.fixture
def chart(qtbot, qapp) -> Chart:
    theme.load_fonts()
    theme.dress(qapp, "light")
    shown = Chart(Text("Electricity use"))
    qtbot.addWidget(shown)
    theme.clothe(shown)
    shown.resize(700, 300)
    years = np.arange(2018, 2024) * YEAR
    actual = Line(
        Text("Actual"),
        years,
        np.array([8.86, 8.7, np.nan, 8.53, 8.6, 3.1]),
        sure=[SURE] * 5 + [PARTIAL],
        words=[None] * 5 + [Text("4 of 12 months")],
        end=Text("Actual 8.60"),
    )
    target = Line(
        Text("Target"),
        np.array([2018, 2030]) * YEAR,
        np.array([8.86, 7.1]),
        kind="target",
        ink="dTgt",
        points=(Point(2030 * YEAR, 7.1, Text("Target 2030")),),
    )
    shown.show_lines([target, actual], unit=Text("TWh"), today=2022.2 * YEAR)
    with qtbot.waitExposed(shown):
        shown.show()
    return shown


def test_arrows_move_the_reading_over_values_only(chart: Chart, qtbot) -> None:
    chart.setFocus()
    said: list[str] = []
    chart.read.connect(said.append)
    qtbot.keyClick(chart, Qt.Key.Key_Left)
    assert chart.cursor == 2022 * YEAR
    assert "Actual 8.60 TWh" in chart.accessibleName()
    qtbot.keyClick(chart, Qt.Key.Key_Left)
    assert chart.cursor == 2021 * YEAR
    qtbot.keyClick(chart, Qt.Key.Key_Left)
    assert chart.cursor == 2019 * YEAR
    # 8.86 − (8.86 − 7.10) ÷ 12 = 8.713…
    assert "Target 8.71 TWh" in said[-1]
    qtbot.keyClick(chart, Qt.Key.Key_End)
    assert chart.cursor == 2030 * YEAR
    qtbot.keyClick(chart, Qt.Key.Key_Left)
    assert "4 of 12 months" in chart.accessibleName()
    qtbot.keyClick(chart, Qt.Key.Key_Escape)
    assert chart.cursor is None
    assert said[-1] == ""
    assert chart.accessibleName() == "Electricity use"


def test_the_mouse_reads_the_nearest_value(chart: Chart, qtbot) -> None:
    at = chart.place_of(2021 * YEAR + 2, 5).toPoint()
    # A move to where the mouse already is would not be told.
    qtbot.mouseMove(chart.viewport(), at - QPoint(120, 40))
    qtbot.mouseMove(chart.viewport(), at)
    qtbot.waitUntil(lambda: chart.cursor == 2021 * YEAR, timeout=20_000)


def test_what_lies_outside_the_range_is_not_drawn(chart: Chart) -> None:
    before = picture(chart, 2)
    chart.show_range(2018 * YEAR, 2023 * YEAR)
    QApplication.processEvents()
    assert picture(chart, 2) != before
    assert "Target 2030" not in [words for _box, words, _ink in chart._lay()]
    assert "Actual 8.60" in [words for _box, words, _ink in chart._lay()]


def picture(chart: Chart, scale: int) -> QImage:
    """Paint a chart onto an image of its size, as dense as asked for."""
    image = QImage(chart.size() * scale, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(scale)
    image.fill(theme.color("page"))
    painter = QPainter(image)
    chart.paint(painter, QRectF(chart.rect()))
    painter.end()
    return image


def test_the_picture_is_twice_the_size_and_not_empty(chart: Chart) -> None:
    image = picture(chart, 2)
    assert (image.width(), image.height()) == (chart.width() * 2, chart.height() * 2)
    inks = {image.pixelColor(x, y).name() for x in range(0, 1400, 3) for y in range(0, 600, 3)}
    assert theme.INK["d1"].lower() in inks
    assert theme.INK["page"].lower() in inks


def test_no_line_is_filled(chart: Chart) -> None:
    valley = Line(Text("valley"), np.array([0.0, 12, 24]), np.array([10.0, 0, 10]))
    chart.show_lines([valley], unit=Text("TWh"))
    under = chart.place_of(12, 7).toPoint()
    for scale in (1, 2):
        image = picture(chart, scale)
        assert image.pixelColor(under * scale).name() == theme.INK["page"].lower()


def test_a_dense_picture_has_lines_as_wide_as_the_screen(chart: Chart) -> None:
    """A pen that ignores the plane's transform would be half as wide in a picture of twice the size."""
    flat = Line(Text("flat"), np.array([0.0, 12, 24]), np.array([1.0, 5, 5]))
    chart.show_lines([flat], unit=Text("TWh"))
    at = chart.place_of(18, 5).toPoint()
    ink = theme.color("d1").name()
    wide = []
    for scale in (1, 2):
        image = picture(chart, scale)
        column = [image.pixelColor(at.x() * scale, y * 1) for y in range(image.height())]
        wide.append(sum(color.name() == ink for color in column))
    assert wide[1] >= 2 * wide[0] > 0


def test_words_follow_the_text_size_and_the_language(chart: Chart, qapp) -> None:
    def words() -> list[tuple[float, float]]:
        return [(x, word.wide) for x, _y, word in chart.frame.words]

    before = words()
    theme.dress(qapp, "light", 1.3)
    assert all(after[1] > first[1] for first, after in zip(before, words(), strict=True))
    theme.dress(qapp, "light")
    assert words() == before
    chart.show_lines(chart.lines, unit=Text(N_("Today")))
    korean = words()[0]
    text.use("en")
    theme.speak_again()
    assert words()[0] != korean


def test_dark_redraws_with_its_own_inks(chart: Chart, qapp) -> None:
    theme.dress(qapp, "dark")
    QApplication.processEvents()
    image = picture(chart, 1)
    assert image.pixelColor(2, chart.height() - 2).name() == theme.INK["page"].lower()
    theme.dress(qapp, "light")


# --- the brush


@pytest.fixture
def brush(qtbot, qapp) -> Brush:
    theme.load_fonts()
    theme.dress(qapp, "light")
    shown = Brush()
    qtbot.addWidget(shown)
    shown.resize(600, 80)
    x = np.arange(moment("2012-01"), moment("2022-01") + 1)
    line = Line(Text("history"), x, np.sin(x / 3), kind="context")
    shown.show_lines(
        [line], (moment("2012-01"), moment("2022-01")), (moment("2018-01"), moment("2021-01")), 1
    )
    with qtbot.waitExposed(shown):
        shown.show()
    return shown


def test_edges_move_by_month_and_year_and_stop_at_the_ends(brush: Brush, qtbot) -> None:
    heard: list[tuple[float, float]] = []
    brush.spanned.connect(lambda left, right: heard.append((left, right)))
    first, last = brush.edges
    qtbot.keyClick(first, Qt.Key.Key_Right)
    assert brush.span == (moment("2018-02"), moment("2021-01"))
    qtbot.keyClick(first, Qt.Key.Key_Left, Qt.KeyboardModifier.ControlModifier)
    assert brush.span[0] == moment("2017-02")
    qtbot.keyClick(last, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(last, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert brush.span[1] == moment("2022-01")
    for _time in range(200):
        qtbot.keyClick(first, Qt.Key.Key_Right)
    assert brush.span == (moment("2021-12"), moment("2022-01"))
    assert heard[-1] == brush.span
    assert "2021" in first.accessibleName()


def test_shift_moves_both_edges(brush: Brush, qtbot) -> None:
    held = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier
    qtbot.keyClick(brush.edges[1], Qt.Key.Key_Left, held)
    assert brush.span == (moment("2017-01"), moment("2020-01"))


def test_an_edge_follows_the_mouse_and_snaps_to_months(brush: Brush, qtbot) -> None:
    first = brush.edges[0]
    qtbot.mousePress(first, Qt.MouseButton.LeftButton)
    target = round(brush.plane().x(moment("2015-07")))
    qtbot.mouseMove(first, first.mapFromParent(QPoint(target, 30)))
    qtbot.waitUntil(lambda: brush.span[0] == round(brush.moment_at(target)), timeout=20_000)
    assert brush.span[0] == int(brush.span[0])


def test_dragging_the_middle_keeps_the_length(brush: Brush, qtbot) -> None:
    middle = round(brush.plane().x(moment("2019-07")))
    length = brush.span[1] - brush.span[0]
    qtbot.mousePress(brush, Qt.MouseButton.LeftButton, pos=QPoint(middle, 20))
    qtbot.mouseMove(brush, QPoint(middle - 80, 20))
    qtbot.waitUntil(lambda: brush.span[0] < moment("2018-01"), timeout=20_000)
    qtbot.mouseRelease(brush, Qt.MouseButton.LeftButton, pos=QPoint(middle - 80, 20))
    assert brush.span[1] - brush.span[0] == length


@given(st.dates(dt.date(1990, 1, 1), dt.date(2045, 12, 31)), st.integers(1, 24))
@settings(max_examples=40, deadline=None)
def test_an_hour_lies_where_it_is_found_again(day: dt.date, hour: int) -> None:
    at = moment(f"{day:%Y-%m-%d}T{hour:02}")
    assert hour_of(at) == (day, hour)
    assert moment(f"{day:%Y-%m}") <= moment(f"{day:%Y-%m-%d}") < at
    # The second time of a repeated hour comes after the first and before the next.
    assert at < moment(f"{day:%Y-%m-%d}T{hour:02}*") < at + 1 / (24 * 28)


def test_days_are_ticks_of_a_few_months_of_hours(chart: Chart) -> None:
    left, right = moment("2021-01-15"), moment("2021-03-10")
    ticks = day_ticks(left, right, 12)
    assert 4 <= len(ticks) <= 12 and all(left <= at <= right for at in ticks)
    assert moment("2021-02-01") in ticks and moment("2021-03-01") in ticks
    hours = np.linspace(left, right, 500)
    chart.show_lines([Line(Text("x"), hours, hours)], unit=Text("MW"), monthly=True, hourly=True)
    chart.move_cursor(moment("2021-02-01T13"))
    assert "2021. 2. 1." in chart.accessibleName() or not chart.reading()


def test_years_are_never_told_by_months() -> None:
    assert [tick.month for tick in time_ticks(24247.0, 24258.0, 12, months=False)] == [False]
