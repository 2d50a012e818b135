"""The publishers' families in other years and layouts: read right, or asked, or refused by cell."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from gwangju_desktop.errors import UserError
from gwangju_desktop.sheets.areas import CITY
from gwangju_desktop.sheets.facts import Asked
from gwangju_desktop.sheets.understand import understand
from tests.gwangju_desktop.sheets import made, variants
from tests.gwangju_desktop.sheets.variants import (
    PROVINCES,
    Rows,
    asked,
    gas_value,
    layout,
    sun_value,
    values,
)

Write = Callable[[Path], Path]


def _short() -> Rows:
    names = {"광주광역시": "광주", "경기도": "경기"}
    extra: list[object] = [2031, "서울", "중구", "주택용", *["1"] * 12]
    rows = variants.districts()
    return [rows[0], *([row[0], names[str(row[1])], *row[2:]] for row in rows[1:]), extra]


def _city_only() -> Rows:
    rows = variants.districts(head=("연도", "", "자치구", "계약종별"))
    own = [row for row in rows if row[1] != "경기도"]
    return [[row[0], *row[2:]] for row in own]


def _joined() -> Rows:
    rows = variants.districts()
    head = [rows[0][0], "시군구", *rows[0][3:]]
    return [head, *([row[0], f"{row[1]} {row[2]}", *row[3:]] for row in rows[1:])]


def _summed_months() -> Rows:
    rows = variants.districts()
    return [
        [*rows[0], "합계"],
        *([*row, sum(int(str(n).replace(",", "")) for n in row[4:])] for row in rows[1:]),
    ]


def _priced() -> Rows:
    rows = variants.districts_long("{year}-{month:02d}", "사용량(kWh)")
    head = [*rows[0][:4], "고객호수(호)", rows[0][4], "판매수입(원)", "평균단가(원/kWh)"]
    return [head, *([*row[:4], 10, row[4], 999, 100.5] for row in rows[1:])]


DISTRICT_FILES: dict[str, Write] = {
    "cp949.csv": lambda path: variants.text(path, variants.districts(), "cp949"),
    "utf16-tab.csv": lambda path: variants.text(path, variants.districts(), "utf-16", "\t"),
    "semicolons.csv": lambda path: variants.text(path, variants.districts(), "utf-8-sig", ";"),
    "renamed.csv": lambda path: variants.text(
        path, variants.districts(head=("년도", "시도명", "시군구명", "계약구분"))
    ),
    "short-names.csv": lambda path: variants.text(path, _short()),
    "one-column.csv": lambda path: variants.text(path, _joined()),
    "city-only.csv": lambda path: variants.text(path, _city_only()),
    "year-column.csv": lambda path: variants.text(path, _summed_months()),
    "long-202101.csv": lambda path: variants.text(path, variants.districts_long()),
    "long-korean.csv": lambda path: variants.text(
        path, variants.districts_long("{year}년 {month}월", "사용량(kWh)")
    ),
    "long-priced.csv": lambda path: variants.text(path, _priced()),
    "book.xlsx": lambda path: variants.workbook(path, {"자료": variants.districts()}),
    "page.xls": lambda path: variants.page(path, variants.districts()),
}


@pytest.mark.parametrize("name", DISTRICT_FILES)
def test_electricity_by_district_in_its_forms(tmp_path: Path, name: str) -> None:
    found = understand(DISTRICT_FILES[name](tmp_path / name))
    assert found.ready, asked(found)
    assert layout(found) == "kepco_sigungu_contract"
    assert {one.unit for one in found.readings} == {"kWh"}
    assert not any(one.summed for one in found.readings)
    for place, code in enumerate(("29110", "29140", "29155", "29170", "29200")):
        for kind, item in ((0, "residential"), (6, "night")):
            expected = {f"2031-{m:02d}": float(variants.use(place, kind, m)) for m in range(1, 13)}
            assert values(found, code, item) == expected
    assert not [one for one in found.readings if one.area == CITY]


def test_a_unit_in_the_title_wins_over_the_usual_one(tmp_path: Path) -> None:
    rows = variants.districts()
    thousands: Rows = [
        [*r[:4], *(int(str(n).replace(",", "")) / 1000 for n in r[4:])] for r in rows[1:]
    ]
    title: list[object] = ["시군구별 계약종별 전력사용량 (단위: MWh)"]
    path = variants.workbook(tmp_path / "a.xlsx", {"자료": [title, rows[0], *thousands]})
    found = understand(path)
    assert found.ready
    assert found.unit_from == {"cells"}
    assert {one.unit for one in found.readings} == {"MWh"}
    # Without the title the sizes give it away.
    bare = variants.workbook(tmp_path / "b.xlsx", {"자료": [rows[0], *thousands]})
    assert asked(understand(bare)) == ["layout"]
    told = understand(bare, Asked(unit="MWh"))
    assert told.ready
    assert {one.unit for one in told.readings} == {"MWh"}


def test_a_unit_in_brackets_at_the_end_is_no_footnote(tmp_path: Path) -> None:
    rows: Rows = [["연월", "시도", "판매량(백만㎥)"]]
    rows += [[f"2031-{m:02d}", name, 10.5 + m] for m in range(1, 4) for name in PROVINCES]
    found = understand(variants.text(tmp_path / "a.csv", rows))
    assert found.ready
    assert {one.unit for one in found.readings} == {"백만㎥"}
    wrong = [[cell if cell != rows[0][2] else "판매량(GJ)" for cell in row] for row in rows]
    assert asked(understand(variants.text(tmp_path / "b.csv", wrong))) == ["layout"]


def test_a_code_the_layout_expects_is_asked_for(tmp_path: Path) -> None:
    rows = [row for row in variants.districts() if row[3] != "심 야"]
    path = variants.text(tmp_path / "a.csv", rows)
    found = understand(path)
    assert asked(found) == ["codes"]
    assert found.expected == ("night",)
    assert understand(path, Asked(layout="kepco_sigungu_contract")).ready
    assert understand(path, Asked(answers={"codes": "accept"})).ready


GAS_FILES: dict[str, Write] = {
    "202101.csv": lambda path: variants.text(path, variants.gas("{year}{month:02d}"), "cp949"),
    "korean.csv": lambda path: variants.text(path, variants.gas("{year}년 {month}월"), "cp949"),
    "dots.csv": lambda path: variants.text(path, variants.gas("{year}.{month:02d}"), "cp949"),
    "renamed.csv": lambda path: variants.text(path, variants.gas(head="기준년월"), "cp949"),
    "titled.csv": lambda path: variants.text(
        path,
        [["도시가스 판매현황"], ["(단위 : 천㎥)"], [], *variants.gas(), [], ["자료: 예시"]],
        "cp949",
    ),
    "total.csv": lambda path: variants.text(
        path,
        [
            [*row, "합계" if not at else sum(map(int, row[1:]))]
            for at, row in enumerate(variants.gas())
        ],
    ),
    "years-total.csv": lambda path: variants.text(
        path,
        [
            *variants.gas(),
            ["2031년 계", *(sum(gas_value(p, m) for m in range(1, 13)) for p in range(17))],
        ],
    ),
    "dates.xlsx": lambda path: variants.workbook(
        path,
        {
            "표지": [["도시가스"], ["예시"]],
            "자료": [
                variants.gas()[0],
                *(
                    [dt.datetime(2031, month, 1), *variants.gas()[month][1:]]
                    for month in range(1, 13)
                ),
            ],
        },
    ),
    "page.xls": lambda path: variants.page(path, variants.gas(), "cp949"),
}


@pytest.mark.parametrize("name", GAS_FILES)
def test_city_gas_in_its_forms(tmp_path: Path, name: str) -> None:
    found = understand(GAS_FILES[name](tmp_path / name))
    assert found.ready, asked(found)
    assert layout(found) == "kogas_sales"
    assert values(found, CITY) == {f"2031-{m:02d}": float(gas_value(4, m)) for m in range(1, 13)}


@pytest.mark.parametrize(
    ("period", "cell"),
    [("{year}-{month}3", "A2"), ("22.{month:02d}", "A2"), ("{month}월쯤", "A2")],
)
def test_a_period_that_is_none_is_refused_with_its_cell(
    tmp_path: Path, period: str, cell: str
) -> None:
    path = variants.text(tmp_path / "a.csv", variants.gas(period))
    with pytest.raises(UserError, match=cell):
        understand(path)


def test_a_month_written_as_a_number_is_refused(tmp_path: Path) -> None:
    rows = [
        [float(f"2031.{at:02d}") if at else row[0], *row[1:]]
        for at, row in enumerate(variants.gas())
    ]
    with pytest.raises(UserError, match=r"자료!A2"):
        understand(variants.workbook(tmp_path / "a.xlsx", {"자료": rows}))


def test_dates_that_may_be_years_are_refused(tmp_path: Path) -> None:
    rows = [
        [f"{2000 + at}-01-01" if at else row[0], *row[1:]] for at, row in enumerate(variants.gas())
    ]
    with pytest.raises(UserError, match="A2"):
        understand(variants.text(tmp_path / "a.csv", rows))


def test_a_name_with_a_footnote_is_still_the_name(tmp_path: Path) -> None:
    rows = variants.statistics()
    rows[0] = [cell if cell != "광  주" else "광  주 1)" for cell in rows[0]]
    found = understand(
        variants.workbook(tmp_path / "a.xlsx", {"Sheet1": rows}), Asked(period="2031-02")
    )
    assert found.ready
    assert CITY in {one.area for one in found.readings}


@pytest.mark.parametrize(
    ("sheet", "title", "given", "periods"),
    [
        ("Sheet1", "", "2031-04", {"2031-04"}),
        ("Sheet1", "2031년 4월 시도별 용도별 판매전력량 (단위: MWh)", "", {"2031-04"}),
        ("'31.04", "", "", {"2031-04"}),
        ("203104", "", "", {"2031-04"}),
        ("4월", "", "2031", {"2031-04"}),
    ],
)
def test_the_month_of_power_statistics(
    tmp_path: Path, sheet: str, title: str, given: str, periods: set[str]
) -> None:
    path = variants.workbook(tmp_path / "a.xlsx", {sheet: variants.statistics(title=title)})
    if given:
        assert asked(understand(path)) == ["period"]
    found = understand(path, Asked(period=given))
    assert found.ready
    assert layout(found) == "kepco_monthly_stats"
    own = [one for one in found.readings if one.area == CITY]
    assert {one.period for one in own} == periods
    whole = next(one.value for one in own if not one.item)
    assert sum(one.value or 0 for one in own if not one.summed) == pytest.approx(whole)


def test_a_wrong_total_is_named_and_may_be_taken_as_published(tmp_path: Path) -> None:
    path = variants.workbook(tmp_path / "a.xlsx", {"Sheet1": variants.statistics(wrong=True)})
    found = understand(path, Asked(period="2031-04"))
    assert asked(found) == ["totals"]
    # 광주's and the nation's are both 500 more than the kinds of use above them.
    assert [wrong.place for wrong in found.tables[0].totals_wrong] == ["Sheet1!H17", "Sheet1!U17"]
    told = understand(path, Asked(period="2031-04", accept_totals=True))
    assert told.ready
    assert [wrong.place for wrong in told.accepted] == ["Sheet1!H17", "Sheet1!U17"]


def test_a_wrong_subtotal_is_named_and_not_the_totals_above_it(tmp_path: Path) -> None:
    path = made.epsis(tmp_path / "a.csv")
    lines = path.read_bytes().decode("cp949").splitlines()
    cells = lines[5].split(",")
    cells[4] = "1.0"
    lines[5] = ",".join(cells)
    path.write_bytes("\n".join(lines).encode("cp949"))
    found = understand(path, Asked(period="2031"))
    assert asked(found) == ["totals"]
    assert [wrong.place for wrong in found.tables[0].totals_wrong] == ["E6"]


def test_a_lone_inexact_total_among_exact_ones_is_wrong_and_many_are_rounding(
    tmp_path: Path,
) -> None:
    rows: Rows = [["연도", *PROVINCES, "개성", "합계"]]
    for year in range(2015, 2031):
        counts = [300_000 + 1000 * place * place + year for place in range(17)] + [14]
        counts[0] += 6_000_000
        rows.append([year, *counts, sum(counts)])
    exact = understand(variants.text(tmp_path / "a.csv", rows))
    assert exact.ready
    assert not exact.remarks
    rows[3][-1] = int(str(rows[3][-1])) + 1
    found = understand(variants.text(tmp_path / "b.csv", rows))
    assert [wrong.place for wrong in found.tables[0].totals_wrong] == ["T4"]
    for row in rows[4:]:
        row[-1] = int(str(row[-1])) + 2
    rounded = understand(variants.text(tmp_path / "c.csv", rows))
    assert rounded.ready
    assert len(rounded.remarks) == 1


SUN_FILES: dict[str, Rows] = {
    "years over months": [
        ["시도", "2031년", *[""] * 11],
        ["", *variants.MONTHS],
        *variants.sun()[1:],
    ],
    "dates": [["시도", *(dt.datetime(2031, m, 1) for m in range(1, 13))], *variants.sun()[1:]],
    "half a year": [
        [*variants.sun()[0], "상반기"],
        *([*row, 1.5] for row in variants.sun()[1:]),
    ],
    "another number": [
        [*variants.sun()[0], "목표"],
        *([*row, 99_999] for row in variants.sun()[1:]),
    ],
}


@pytest.mark.parametrize("name", SUN_FILES)
def test_solar_in_its_forms(tmp_path: Path, name: str) -> None:
    path = variants.workbook(tmp_path / "a.xlsx", {"2031년 태양광 발전량": SUN_FILES[name]})
    found = understand(path)
    assert found.ready, asked(found)
    expected = {f"2031-{m + 1:02d}": round(sun_value(4, m), 2) for m in range(12)}
    assert values(found, CITY) == pytest.approx(expected)


def test_one_bad_sheet_does_not_refuse_the_book(tmp_path: Path) -> None:
    bad = variants.sun()
    bad[3][5] = "미정산"
    sheets = {"2030년 신규 발전량": variants.sun(), "2031년 신규 발전량": bad, "표지": [["예시"]]}
    path = variants.workbook(tmp_path / "a.xlsx", sheets)
    found = understand(path)
    assert found.ready
    assert found.sheets == ["2030년 신규 발전량"]
    assert {one.period[:4] for one in found.readings} == {"2030"}
    assert [choice.readable for choice in found.sheet_choice] == [True, False, False]
    assert any("2031년 신규 발전량!F4" in str(one) for one in found.remarks)
    with pytest.raises(UserError, match="F4"):
        understand(path, Asked(sheets=("2031년 신규 발전량",)))
    with pytest.raises(UserError, match="없는 시트"):
        understand(path, Asked(sheets=("없는 시트",)))


def test_a_sheet_is_chosen_by_name(tmp_path: Path) -> None:
    sheets = {"2030년 신규 발전량": variants.sun(), "2031년 신규 발전량": variants.sun(1.5)}
    path = variants.workbook(tmp_path / "a.xlsx", sheets)
    assert {one.period[:4] for one in understand(path).readings} == {"2030", "2031"}
    found = understand(path, Asked(sheets=("2031년 신규 발전량",)))
    assert {one.period[:4] for one in found.readings} == {"2031"}
    assert found.sheets == ["2031년 신규 발전량"]


def test_people_by_province_district_and_dong(tmp_path: Path) -> None:
    names = [
        ("1000000000", "전국"),
        ("2900000000", "광주광역시"),
        ("5100000000", "강원특별자치도"),
        ("2920000000", "광주광역시 광산구"),
        ("2920051000", "광주광역시 광산구 송정1동"),
        ("2920068000", "광주광역시 광산구 수완동"),
    ]
    found = understand(variants.workbook(tmp_path / "a.xlsx", {"현황": variants.people(names)}))
    assert found.ready, asked(found)
    assert layout(found) == "mois_population"
    areas = ["00000", CITY, "42000", "29200", "29200/송정1동", "29200/수완동"]
    for place, area in enumerate(areas):
        own = [one for one in found.readings if one.area == area and one.period == "2031-02"]
        assert {(one.indicator, one.unit, one.value) for one in own} == {
            ("PP01", "명", 100_001 + 1000 * place),
            ("HH01", "세대", (100_001 + 1000 * place) // 2),
        }
    assert found.area_names == {"29200/송정1동": "송정1동", "29200/수완동": "수완동"}


def test_people_with_codes_behind_the_names(tmp_path: Path) -> None:
    rows: Rows = [
        ["행정구역", "2031년01월_총인구수", "2031년01월_세대수", "2031년01월_세대당 인구"],
        ["전국  (1000000000)", "51,430,018", "23,731,105", "2.17"],
        ["광주광역시  (2900000000)", "1,430,000", "652,000", "2.19"],
        ["광주광역시 광산구 (2920000000)", "400,000", "160,000", "2.5"],
    ]
    found = understand(variants.text(tmp_path / "a.csv", rows, "cp949"))
    assert found.ready, asked(found)
    people = {one.area: one.value for one in found.readings if one.indicator == "PP01"}
    assert people == {"00000": 51_430_018, CITY: 1_430_000, "29200": 400_000}


def test_energy_by_dong_and_building(tmp_path: Path) -> None:
    head: list[object] = ["사용년월", "자치구", "행정동", "건물유형"]
    rows: Rows = [[*head, "전기(kWh)", "도시가스(㎥)", "지역난방(Gcal)"]]
    places = [(name, dong) for name in made.DISTRICTS for dong in ("가동", "나동", "소계")]
    for at, (name, dong) in enumerate(places):
        for building in ("단독주택", "공동주택"):
            factor = 2 * at - 1 if dong == "소계" else at
            rows.append(["203101", name, dong, building, 100 * factor, 10 * factor, factor])
    found = understand(variants.text(tmp_path / "a.csv", rows))
    assert found.ready, asked(found)
    assert layout(found) == "building_energy"
    one = [r for r in found.readings if r.area == "29140/가동" and r.item == "공동주택"]
    assert {(r.indicator, r.unit, r.value, r.summed) for r in one} == {
        ("EL01", "kWh", 300.0, False),
        ("GS01", "㎥", 30.0, False),
        ("HT01", "Gcal", 3.0, False),
    }


@pytest.mark.parametrize(
    ("rows", "ready"),
    [
        (variants.hours(), True),
        (variants.hours("203101{day:02d}"), True),
        (variants.hours("2031년 1월 {day}일"), True),
        (variants.hours(head=[f"{hour:02d}:00" for hour in range(1, 25)]), True),
        (variants.hours(head=[f"{hour}시" for hour in range(24)]), False),
    ],
)
def test_hours_of_the_nation(tmp_path: Path, rows: Rows, ready: bool) -> None:
    found = understand(variants.text(tmp_path / "a.csv", rows))
    assert found.ready == ready
    if ready:
        assert layout(found) == "kpx_hourly"
        assert values(found, "00000")["2031-01-02T24"] == 60_430
        assert len(found.readings) == 7 * 24


def test_the_second_time_of_a_doubled_hour_has_a_name_of_its_own(tmp_path: Path) -> None:
    rows: Rows = [["Datetime", "PJME_MW"]]
    rows += [[f"2031.11.2 {hour}:00", 30_000 + at] for at, hour in enumerate((1, 2, 2, 3))]
    found = understand(variants.text(tmp_path / "a.csv", rows))
    assert found.ready
    assert [one.period[10:] for one in found.readings] == ["T01", "T02", "T02*", "T03"]
    other = [["Datetime", "PJMW_MW"], *rows[1:]]
    assert not understand(variants.text(tmp_path / "b.csv", other)).ready
