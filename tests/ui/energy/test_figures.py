"""Lines, headlines, indexes and the table from readings, worked out by hand."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest

from gwangju_desktop import text
from gwangju_desktop.energy.export import csv_bytes
from ui.energy.districts import base_period, districts, year_totals
from ui.energy.figures import (
    Scale,
    actual_line,
    aim_at,
    headlines,
    period_name,
    sheet,
    target_line,
)
from ui.energy.table import decimals
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


def test_headlines_compare_with_last_year_target_and_end() -> None:
    found = headlines(YEARS, AIMS, Scale(1e6, text.Msg("TWh")), "down", 2022)
    assert [str(one.caption) for one in found] == ["2021년 실적", "2021년 목표", "2030년까지"]
    assert [one.value for one in found] == ["8.97", "8.52", "8"]
    # 8,973,446 ÷ 8,655,000 − 1 = 3.68 %
    assert str(found[0].note) == "전년보다 +3.7%"
    # On the path from 8.69 (2018) to 8.30 (2025) the year 2021 stands at 8.5229.
    assert str(found[1].note) == "0.45 초과"
    assert found[1].ink == "bad"
    # (7.7 ÷ 8.973446)^(1/9) − 1 = −1.69 %
    assert str(found[2].note) == "연 −1.7% 필요"


def test_within_the_band_nothing_is_red_and_more_may_be_better() -> None:
    near = [P("2021", 8_600_000.0)]
    assert headlines(near, AIMS, Scale(1e6, text.Msg("TWh")), "down", 2022)[1].ink == "text3"
    far = [P("2021", 9_500_000.0)]
    assert headlines(far, AIMS, Scale(1e6, text.Msg("TWh")), "up", 2022)[1].ink == "ok"


def test_a_rate_moves_by_points() -> None:
    points = [P("2020", 7.0), P("2021", 8.4)]
    found = headlines(points, [A(2031, 48.4)], Scale(1.0, text.Msg("%")), "up", 2022, "rate")
    assert str(found[0].note) == "전년보다 +1.4%p"
    assert str(found[-1].note) == "연 +4.0%p 필요"


def test_a_partial_year_is_no_headline() -> None:
    assert headlines([P("2022", 5.0, "partial")], AIMS, Scale(1, text.Msg("")), "down", 2022) == []


def test_targets_are_read_between_their_years_only() -> None:
    assert aim_at(AIMS, 2018) == 8_690_000.0
    assert aim_at(AIMS, 2017) is None
    assert aim_at(AIMS, 2031) is None
    assert aim_at([], 2020) is None
    line = target_line(AIMS, Scale(1e6, text.Msg("TWh")))
    assert line is not None
    assert [str(point.label) for point in line.points] == [
        "목표 2025 8.30 (예시)",
        "목표 2030 7.70 (예시)",
    ]
    assert target_line([], Scale(1, text.Msg(""))) is None


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
    assert last.aim == pytest.approx(8_522_857.14, abs=0.01)
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
