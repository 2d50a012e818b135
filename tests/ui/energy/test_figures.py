"""Lines, headlines, indexes and the table from readings, worked out by hand."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest

from gwangju_desktop import text
from gwangju_desktop.energy.export import csv_bytes
from gwangju_desktop.energy.queries import Point
from gwangju_desktop.energy.scales import Scale
from ui.energy.districts import base_period, districts, year_totals
from ui.energy.figures import actual_line, added_up, guide_line, period_name, sheet
from ui.energy.headlines import companion, headlines
from ui.energy.views.table import decimals
from ui.widgets.chart_lines import PARTIAL, SURE, Text
from ui.widgets.chart_scale import moment


@dataclass(frozen=True)
class P:
    period: str
    value: float
    status: str = "final"
    origin: str = "published"
    datasets: tuple[int, ...] = (1,)
    months: int | None = None


@dataclass(frozen=True)
class A:
    year: int
    value: float
    sample: bool = False
    kind: str = "target"


YEARS = [P("2016", 8558367.0), P("2019", 8603301.0), P("2020", 8655000.0), P("2021", 8973446.0)]
AIMS = [A(2018, 8_690_000.0, True), A(2025, 8_300_000.0, True), A(2030, 7_700_000.0, True)]


def months(year: int, value: float, count: int = 12) -> list[P]:
    return [P(f"{year}-{month:02}", value) for month in range(1, count + 1)]


@pytest.mark.parametrize(
    ("unit", "values", "by", "word"),
    [
        ("MWh", [8_973_446.0], 1e6, "TWh"),
        ("MWh", [817_030.854], 1e3, "GWh"),
        ("MWh", [12.0], 1.0, "MWh"),
        ("천Nm3", [653_000.0], 1e3, "million Nm³"),
        ("%", [45.0], 1.0, "%"),
        ("MWh", [], 1.0, "MWh"),
    ],
)
def test_units_read_well(unit: str, values: list[float], by: float, word: str) -> None:
    assert Scale.of(unit, values) == Scale(by, text.Msg(word))


def test_missing_years_are_gaps_and_the_last_whole_value_is_named() -> None:
    points = [*YEARS, P("2022", 1_500_000.0, "partial", months=2)]
    line = actual_line(points, Scale(1e6, text.Msg("TWh")), Text("실적"))
    held = ~np.isnan(line.y)
    assert line.x[held].tolist() == [moment(p.period) for p in points]
    assert line.lone_points.tolist() == [[moment("2016"), 8.558367]]
    assert str(line.end) == "실적 8.97 TWh (2021년)"
    assert line.at(moment("2022"))[0] == 1.5
    assert str(line.at(moment("2022"))[1]) == "12개월 중 2개월"
    assert [str(point.label) for point in line.points] == ["2022년 12개월 중 2개월"]
    assert line.sure[-1] == PARTIAL
    assert line.sure[0] == SURE


TWH = Scale(1e6, text.Msg("TWh"))


def test_a_year_between_two_points_is_compared_with_the_guide_and_never_judged() -> None:
    found = headlines(YEARS, AIMS, TWH, "down", "flow", "MWh")
    assert [str(one.caption) for one in found] == [
        "2021년 실적",
        "2021년 참고 경로",
        "2025년 목표까지 필요",
    ]
    # 8,973,446 ÷ 8,655,000 − 1 = 3.68 %
    assert found[0].value == "8.97" and str(found[0].note) == "전년보다 +3.7%"
    # On the straight line from 8.69 (2018) to 8.30 (2025) the year 2021 stands at 8.5229.
    assert found[1].value == "8.52" and str(found[1].note) == "참고 경로보다 0.45 TWh 많음"
    # (8.3 ÷ 8.973446)^(1/4) − 1 = −1.93 %
    assert found[2].value == "−1.9%" and str(found[2].note) == "2021년부터 4년간"
    assert {one.ink for one in found} == {"text3"}
    assert "목표" not in f"{found[1].caption} {found[1].note}"


@pytest.mark.parametrize(
    ("better", "value", "words", "ink"),
    [
        ("down", 8_400_000.0, "목표보다 0.10 TWh 많음", "bad"),
        ("down", 8_300_000.0, "목표 달성", "ok"),
        ("down", 8_000_000.0, "목표 달성", "ok"),
        ("up", 8_000_000.0, "목표보다 0.30 TWh 적음", "bad"),
        ("up", 8_600_000.0, "목표 달성", "ok"),
        ("none", 8_600_000.0, "목표보다 0.30 TWh 많음", "text3"),
    ],
)
def test_only_a_year_somebody_set_is_met_or_missed(
    better: str, value: float, words: str, ink: str
) -> None:
    found = headlines([P("2025", value)], AIMS, TWH, better, "flow", "MWh")
    assert str(found[1].caption) == "2025년 목표"
    assert (str(found[1].note), found[1].ink) == (words, ink)


def test_what_the_law_asks_least_and_where_a_path_begins_are_no_targets() -> None:
    aims = [A(2018, 0.0, kind="start"), A(2030, 40.0, kind="least"), A(2045, 100.0)]
    scale = Scale(1.0, text.Msg("%"))
    assert len(headlines([P("2018", 0.0)], aims, scale, "up", "rate", "%")) == 2
    least = headlines([P("2030", 36.0)], aims, scale, "up", "rate", "%")[1]
    assert (str(least.caption), str(least.note), least.ink) == (
        "2030년 법정 하한",
        "참고 경로보다 4.0%p 적음",
        "text3",
    )
    marks = guide_line(aims, scale).points
    assert [str(point.label) if point.label else "" for point in marks] == [
        "",
        "법정 하한 2030 40.0",
        "목표 2045 100",
    ]


def test_before_the_first_and_after_the_last_point_there_is_nothing() -> None:
    for year in ("2017", "2031"):
        found = headlines([P(year, 8_000_000.0)], AIMS, TWH, "down", "flow", "MWh")
        assert not any("경로" in str(one.caption) for one in found)
    assert len(headlines([P("2031", 1.0)], AIMS, TWH, "down", "flow")) == 1
    line = guide_line(AIMS, TWH)
    assert (line.x[0], line.x[-1]) == (2018 * 12, 2030 * 12)
    assert line.at(2031 * 12) == (None, None)
    assert guide_line([], TWH) is None


def test_the_guide_has_a_name_of_its_own_and_only_its_points_are_targets() -> None:
    line = guide_line(AIMS, TWH)
    assert str(line.title) == "참고 경로" == str(line.titled(2021 * 12))
    assert str(line.titled(2025 * 12)) == "목표"
    assert [str(note.label) for note in line.notes] == ["참고 경로"]
    assert [str(point.label) for point in line.points] == [
        "목표 2018 8.69 (예시)",
        "목표 2025 8.30 (예시)",
        "목표 2030 7.70 (예시)",
    ]


def test_a_rate_moves_by_points() -> None:
    points = [P("2020", 7.0), P("2021", 8.4)]
    found = headlines(points, [A(2031, 48.4)], Scale(1.0, text.Msg("%")), "up", "rate")
    assert str(found[0].note) == "전년보다 +1.4%p"
    assert found[-1].value == "+4.0%p"
    other = companion("전력자립률", text.Msg("%"), "rate", points)
    assert (str(other.caption), other.value) == ("2021년 전력자립률", "8.40")


def test_months_say_their_last_and_the_last_twelve() -> None:
    points = [*months(2020, 100.0), *months(2021, 110.0)]
    found = headlines(points, [], Scale(1.0, text.Msg("MWh")), "down", "flow", "MWh")
    assert [str(one.caption) for one in found] == ["2021. 12. 실적", "최근 12개월"]
    assert (found[1].value, str(found[1].note)) == ("1.32", "그 전 12개월보다 +10.0%")
    assert len(headlines(points[:11], [], TWH, "down", "flow", "MWh")) == 1
    assert len(headlines(points, [], TWH, "down", "stock", "MWh")) == 1


def test_sums_begin_anew_each_january_and_stop_at_a_missing_month() -> None:
    points = [*months(2020, 2.0), *(p for p in months(2021, 3.0) if p.period != "2021-03")]
    found = added_up(points)
    assert [one.value for one in found[:12]] == [2.0 * n for n in range(1, 13)]
    assert [(one.period, one.value) for one in found[12:]] == [("2021-01", 3.0), ("2021-02", 6.0)]
    assert added_up([P("2021-02", 1.0)]) == ()
    assert added_up([P("2021-01", 1.0, "provisional")])[0].status == "provisional"
    line = actual_line(found, Scale(1.0, text.Msg("")), Text("x"), summed=True)
    assert np.isnan(line.at(moment("2021-01") - 0.5)[0] or np.nan)
    assert line.at(moment("2020-12"))[0] == 24.0 and line.at(moment("2021-01"))[0] == 3.0
    # Between December and January the line is cut, although nothing is missing.
    assert np.isnan(line.y[12])


def test_a_partial_year_is_told_with_what_lacks_and_held_against_nothing() -> None:
    part = P("2022", 5_000_000.0, "partial", months=2)
    (alone,) = headlines([part], AIMS, TWH, "down", "flow")
    assert str(alone.caption) == "2022년 실적(12개월 중 2개월)"
    assert str(alone.note) == "전년 수치 없음"
    (of_parts,) = headlines([P("2022", 5.0, "partial")], AIMS, TWH, "down", "flow")
    assert str(of_parts.caption) == "2022년 실적(일부 항목 제외)"
    whole = headlines([*YEARS, part], AIMS, TWH, "down", "flow")
    assert str(whole[0].caption) == "2021년 실적"


def test_the_base_is_2018_where_all_have_it_else_the_first_common_year() -> None:
    with_2018 = [[*months(2017, 1), *months(2018, 2)], months(2018, 3)]
    assert base_period(with_2018) == "2018"
    assert base_period([months(2024, 1), months(2024, 2)]) == "2024"
    assert base_period([months(2024, 1, 5), months(2024, 2, 5)]) == "2024-01"
    assert base_period([months(2018, 1, 11), [*months(2018, 1), *months(2019, 1)]]) == "2018-01"


def test_districts_share_one_index_and_one_unit() -> None:
    east = [*months(2023, 50_000.0), *months(2024, 55_000.0)]
    west = [*months(2023, 150_000.0), *months(2024, 120_000.0)]
    shared = districts([("29110", "동구", east), ("29140", "서구", west)], "MWh", "down")
    assert shared is not None
    assert shared.base == "2023"
    first, second = shared.cards
    assert (first.value, first.unit, first.change, first.ink) == ("660", "GWh", "+10.0%", "bad")
    assert (second.value, second.unit, second.change, second.ink) == (
        "1,440",
        "GWh",
        "−20.0%",
        "ok",
    )
    assert np.allclose(first.line.y[12:], 110.0)
    assert np.allclose(second.line.y[12:], 80.0)
    assert shared.values[0] < 80 < 110 < shared.values[1]
    assert str(first.words) == "동구: 2024년 660 GWh, 전년보다 +10.0%"


def test_districts_without_figures_are_none() -> None:
    assert districts([("29110", "동구", [])], "MWh", "down") is None


def test_a_part_of_a_year_is_not_compared_with_a_whole_one() -> None:
    points = [*months(2023, 10.0), *months(2024, 10.0, 2)]
    shared = districts([("29110", "동구", points)], "MWh", "down")
    assert shared is not None
    assert shared.cards[0].words.values["year"] == 2023
    assert shared.cards[0].change == ""


def test_years_add_flows_and_keep_the_last_of_a_stock() -> None:
    points = [P("2021-01", 3.0), P("2021-02", 4.0)]
    assert year_totals(points, "flow") == {2021: (7.0, 2)}
    assert year_totals(points, "stock") == {2021: (4.0, 2)}


def test_the_table_holds_what_the_chart_draws() -> None:
    rows = sheet(YEARS, AIMS, [[P("2021", 1.0)], []])
    assert [row.period for row in rows] == ["2030", "2025", "2021", "2020", "2019", "2018", "2016"]
    last = next(row for row in rows if row.period == "2021")
    assert last.value == 8973446.0
    assert last.parts == (1.0, None)
    assert last.aim is None
    assert last.guide == pytest.approx(8_522_857.14, abs=0.01)
    assert next(row for row in rows if row.period == "2025").aim == 8_300_000.0
    line = actual_line(YEARS, Scale(1.0, text.Msg("")), Text("실적"))
    drawn = {x: y for x, y in zip(line.x, line.y, strict=True) if not np.isnan(y)}
    assert drawn == {moment(r.period): r.value for r in rows if r.value is not None}


def test_decimals_are_those_published() -> None:
    assert decimals([1.0, 2.0, None]) == 0
    assert decimals([16571.923]) == 3
    assert decimals([0.5, 0.25]) == 2
    assert decimals([]) == 0


def test_periods_are_named_in_both_languages() -> None:
    assert str(period_name("2021")) == "2021년"
    assert str(period_name("2021-03")) == "2021. 3."
    text.use("en")
    assert str(period_name("2021")) == "2021"
    assert str(period_name("2021-03")) == "2021-03"


def test_csv_has_a_mark_blank_cells_and_no_formulas() -> None:
    made = csv_bytes(["기간", "값"], [["2021", 8973446.0], ["2022", None], ["=1+1", "a,b"]])
    assert made.startswith(b"\xef\xbb\xbf")
    assert made.decode("utf-8-sig").split("\r\n") == [
        "기간,값",
        "2021,8973446.0",
        "2022,",
        '\'=1+1,"a,b"',
        "",
    ]


def test_a_line_begins_anew_where_it_is_of_other_parts() -> None:
    both = ("EL01", "GS01")
    points = [
        Point(f"2019-0{n}", "29000", value, "partial", "computed", (), None, parts=parts)
        for n, value, parts in (
            (1, 1.0, both[:1]),
            (2, 1.1, both[:1]),
            (3, 4.0, both),
            (4, 4.1, both),
        )
    ]
    line = actual_line(points, Scale(1.0, text.Msg("toe")), Text(text.Msg("FE01")))
    assert np.isnan(line.y).tolist() == [False, False, True, False, False]


def test_hours_are_a_line_without_gaps_but_where_one_is_missing() -> None:
    points = [
        P(f"2021-{month:02}-{day:02}T{hour:02}", float(hour))
        for month, day in ((1, 31), (2, 1), (2, 28), (3, 1))
        for hour in range(1, 25)
    ]
    line = actual_line(points, Scale(1.0, text.Msg("MW")), Text("x"), end=False)
    # January 31 runs on to February 1, February 28 to March 1; between them four weeks are missing.
    assert np.isnan(line.y).sum() == 1
    without = [p for p in points if p.period != "2021-02-01T05"]
    line = actual_line(without, Scale(1.0, text.Msg("MW")), Text("x"), end=False)
    assert np.isnan(line.y).sum() == 2
    (highest,) = headlines(points, [], Scale(1.0, text.Msg("MW")), "none", "rate")
    assert highest.value == "24.0" and str(highest.note) == "2021. 1. 31. 24시"
