"""What is missing, misspelt or doubtful in a table of a known family: read, asked or refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from gwangju_desktop.errors import UserError
from gwangju_desktop.sheets.areas import CITY
from gwangju_desktop.sheets.facts import Asked, Understanding
from gwangju_desktop.sheets.understand import understand
from tests.gwangju_desktop.sheets import made, variants
from tests.gwangju_desktop.sheets.variants import PROVINCES, Rows, gas_value


def values(found: Understanding, area: str, item: str = "") -> dict[str, float | None]:
    return {
        one.period: one.value for one in found.readings if one.area == area and one.item == item
    }


def asked(found: Understanding) -> list[str]:
    return [question.about for question in found.questions]


def gas_long(value: object = "", at: int = 40) -> Rows:
    rows: Rows = [["연월", "시도", "판매량"]]
    for month in range(1, 13):
        for place, name in enumerate(PROVINCES):
            rows.append([f"2031-{month:02d}", name, gas_value(place, month)])
    rows[at][-1] = value
    return rows


@pytest.mark.parametrize("at", [1, 2, 40, 204])
def test_an_empty_value_of_a_long_form_is_a_missing_reading(tmp_path: Path, at: int) -> None:
    found = understand(variants.text(tmp_path / "a.csv", gas_long(at=at)))
    assert found.ready, asked(found)
    assert len(found.readings) == 204
    assert found.missing == {"blank": 1}
    assert found.readings[at - 1].value is None


def test_first_rows_without_a_value_are_no_header(tmp_path: Path) -> None:
    rows = [[*row[1:4], row[0], row[4]] for row in variants.districts_long()]
    rows[1][-1] = rows[2][-1] = ""
    found = understand(variants.text(tmp_path / "a.csv", rows))
    assert found.ready, asked(found)
    assert found.missing == {"blank": 2}
    assert values(found, "29110", "residential")["2031-01"] is None
    assert values(found, "29110", "residential")["2031-03"] == variants.use(0, 0, 3)


NEARLY = ("1 234", "1.234,5", "1만", "12,34", "약 100", "1.234.567", "100여", "1234천", "1,234 톤")


@pytest.mark.parametrize("text", [*NEARLY, "#REF!", "1~2", "오천"])
def test_a_text_that_means_a_number_is_refused_with_its_cell(tmp_path: Path, text: str) -> None:
    one = variants.gas()
    one[3][5] = text
    with pytest.raises(UserError, match="F4"):
        understand(variants.text(tmp_path / "one.csv", one))
    # A whole column of them is no column of labels.
    column = [[*row[:5], text if at else row[5], *row[6:]] for at, row in enumerate(variants.gas())]
    with pytest.raises(UserError, match="F2"):
        understand(variants.text(tmp_path / "column.csv", column))
    # In a long form its row is no header of another table.
    with pytest.raises(UserError, match="C41"):
        understand(variants.text(tmp_path / "long.csv", gas_long(text)))


@pytest.mark.parametrize("text", NEARLY)
def test_a_table_of_nothing_else_is_refused_with_its_first_cell(tmp_path: Path, text: str) -> None:
    rows: Rows = [variants.gas()[0], *([row[0], *[text] * 17] for row in variants.gas()[1:])]
    with pytest.raises(UserError, match="B2"):
        understand(variants.text(tmp_path / "a.csv", rows))


def hours(heads: list[object], first: str = "날짜") -> Rows:
    rows: Rows = [[first, *heads]]
    for day in range(1, 8):
        rows.append([f"2031-01-{day:02d}", *(60_000 + 100 * day + 10 * h for h in range(24))])
    return rows


@pytest.mark.parametrize(
    ("heads", "first", "last"),
    [
        ([*range(1, 25)], "01", "24"),
        ([f"{hour:02d}" for hour in range(1, 25)], "01", "24"),
        ([*range(24)], "00", "23"),
        ([f"{hour}시" for hour in range(24)], "00", "23"),
        ([f"{hour:02d}:00" for hour in range(24)], "00", "23"),
    ],
)
def test_hours_in_their_forms(tmp_path: Path, heads: list[object], first: str, last: str) -> None:
    for head in ("날짜", "구분"):
        path = variants.text(tmp_path / "a.csv", hours(heads, head))
        # Where an hour 0 begins or ends nobody says: it is asked, and told when it is kept.
        assert asked(understand(path)) == (["layout"] if first == "00" else [])
        found = understand(path, Asked(layout="kpx_hourly" if first == "00" else ""))
        assert found.ready
        assert found.layout is not None
        assert found.layout.id == "kpx_hourly"
        nation = values(found, "00000")
        assert nation[f"2031-01-01T{first}"] == 60_100
        assert nation[f"2031-01-07T{last}"] == 60_930
        assert len(nation) == 168
        assert len(found.remarks) == (first == "00")


def test_hours_of_another_size_or_unit_are_not_the_nations(tmp_path: Path) -> None:
    rows = [["일시", "소비(kWh)"], *([f"2031-01-01 {h:02d}:00", 120 + h] for h in range(24))]
    assert not understand(variants.text(tmp_path / "a.csv", rows)).ready
    small = [[row[0], *(int(str(n)) // 1000 for n in row[1:])] for row in hours([])[1:]]
    path = variants.text(tmp_path / "b.csv", [hours([*range(1, 25)])[0], *small])
    assert asked(understand(path)) == ["layout"]


def test_gas_by_year_and_month_columns_is_asked_with_what_it_may_be(tmp_path: Path) -> None:
    wide = [["연도", "월", *PROVINCES]]
    wide += [[2031, m, *(gas_value(p, m) for p in range(17))] for m in range(1, 13)]
    for rows in (wide, [["연도", "월", "시도", "판매량"], *_parts()]):
        path = variants.text(tmp_path / "도시가스 판매.csv", rows)
        found = understand(path)
        # Its layout tells the rest: nothing else is asked before.
        assert asked(found) == ["layout"]
        assert found.questions[0].proposals == ("kogas_sales", "solar_monthly")
        heads = str(found.questions[0].text.values["columns"]).split(", ")
        assert heads == [str(cell) for cell in rows[0]][: len(heads)]
        told = understand(path, Asked(layout="kogas_sales"))
        assert told.ready
        expected = {f"2031-{m:02d}": float(gas_value(4, m)) for m in range(1, 13)}
        assert values(told, CITY) == expected
    sun = [["연도", *variants.sun()[0]]]
    sun += [[year, *row] for year in (2030, 2031) for row in variants.sun()[1:]]
    found = understand(variants.text(tmp_path / "태양광.csv", sun))
    assert found.questions[0].proposals == ("solar_monthly", "kogas_sales")


def test_gas_by_year_and_month_columns_is_known_where_the_table_says_gas(tmp_path: Path) -> None:
    wide: Rows = [["연도", "월", *PROVINCES]]
    wide += [[2031, m, *(gas_value(p, m) for p in range(17))] for m in range(1, 13)]
    for title in ("월별 시도별 도시가스 판매현황", "도시가스 공급량(천㎥)"):
        found = understand(variants.text(tmp_path / "a.csv", [[title], *wide]))
        assert found.ready and found.layout is not None
        assert found.layout.id == "kogas_sales"
        assert values(found, CITY)["2031-03"] == gas_value(4, 3)
    for other in ("도시가스 보급률", "도시가스 요금", "도시가스 수요가수"):
        assert asked(understand(variants.text(tmp_path / "a.csv", [[other], *wide]))) == ["layout"]


def _parts() -> Rows:
    return [[2031, int(str(row[0])[5:]), *row[1:]] for row in gas_long(gas_value(5, 3))[1:]]


def test_a_number_of_a_place_alone_may_be_of_a_year_or_a_month(tmp_path: Path) -> None:
    rows: Rows = [["시도", "시군구", "계약종별", "사용량"]]
    rows += [row[1:5] for row in variants.districts()[1:]]
    path = variants.text(tmp_path / "202103.csv", rows)
    found = understand(path)
    assert asked(found) == ["period"]
    assert found.questions[0].proposals == ("2021-03",)
    assert understand(path, Asked(period="2021-03")).ready


def test_contract_kinds_across_are_known(tmp_path: Path) -> None:
    rows: Rows = [["연월", "시도", "시군구", *made.USES, "합계"]]
    for place, names in enumerate(variants.PLACES):
        uses = [variants.use(place, kind, 3) for kind in range(7)]
        rows.append(["2031-03", *names, *uses, sum(uses)])
    found = understand(variants.text(tmp_path / "a.csv", rows))
    assert found.ready, asked(found)
    assert values(found, "29110", "night") == {"2031-03": variants.use(0, 6, 3)}
    assert [one.item for one in found.readings if one.summed and one.area == "29110"] == [""]


def test_people_without_households_are_asked_about(tmp_path: Path) -> None:
    rows: Rows = [
        ["행정구역", "2031년01월_총인구수", "2031년02월_총인구수"],
        ["전국  (1000000000)", "51,000,000", "51,000,001"],
        ["광주광역시  (2900000000)", "1,400,000", "1,400,100"],
    ]
    path = variants.text(tmp_path / "a.csv", rows, "cp949")
    found = understand(path)
    assert asked(found) == ["codes"]
    assert found.expected == ("HH01",)
    told = understand(path, Asked(layout="mois_population"))
    assert told.ready
    assert values(told, CITY) == {"2031-01": 1_400_000, "2031-02": 1_400_100}


def test_a_total_that_fits_nothing_is_asked_about_where_others_fit(tmp_path: Path) -> None:
    path = made.epsis(tmp_path / "a.csv")
    rows = [line.split(",") for line in path.read_bytes().decode("cp949").splitlines()]
    for row in rows[3:]:
        row[4] = str(float(row[4]) * 2 + 3)
    path.write_bytes("\n".join(map(",".join, rows)).encode("cp949"))
    found = understand(path, Asked(period="2031"))
    assert asked(found) == ["totals"]
    wrong = {one.place: one.parts for one in found.tables[0].totals_wrong}
    assert set(wrong) == {f"E{row}" for row in range(4, 9)}
    assert wrong["E4"] == pytest.approx(float(rows[3][2]) + float(rows[3][3]))
    assert understand(path, Asked(period="2031", accept_totals=True)).ready


def test_a_column_of_the_nation_that_is_no_sum_of_all_provinces_is_asked_about(
    tmp_path: Path,
) -> None:
    rows = [[*row, 2 * sum(map(int, row[1:])) if at else "합계"] for at, row in enumerate(_gas())]
    found = understand(variants.text(tmp_path / "a.csv", rows))
    assert asked(found) == ["totals"]
    assert len(found.tables[0].totals_wrong) == 5


def _gas() -> Rows:
    return variants.gas()


def test_one_wrong_total_of_a_long_form_is_asked_about(tmp_path: Path) -> None:
    rows = variants.districts_long()
    whole: Rows = [rows[0]]
    for place, names in enumerate(variants.PLACES):
        for month in range(1, 13):
            mine = [r for r in rows[1:] if tuple(r[1:3]) == names and r[0] == f"2031{month:02d}"]
            off = 7 if (place, month) == (2, 5) else 0
            whole += [*mine, [*mine[0][:3], "합계", sum(int(str(r[4])) for r in mine) * (1 + off)]]
    found = understand(variants.text(tmp_path / "a.csv", whole))
    assert asked(found) == ["totals"]
    assert [one.place for one in found.tables[0].totals_wrong] == ["E233"]


def coverage(path: Path, form: str | None, scale: float = 1.0) -> Path:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "('31)"
    sheet.append(["시 도 별", "회 사 별", "2031", None, None])
    sheet.append([None, None, "공급권역내 세대수", "수요가수", "보급률 (%)"])
    for place, name in enumerate(PROVINCES):
        row = [name, f"가스{place}", 100_000 + place, 90_000 + place, (0.95 + place / 1000) * scale]
        sheet.append(row)
        if form:
            sheet.cell(sheet.max_row, 5).number_format = form
    book.save(path)
    return path


def rates(found: Understanding) -> list[float | None]:
    return [one.value for one in found.readings if one.indicator == "GS02"][:2]


@pytest.mark.parametrize("form", ["0%", "0.0%", '#,##0.00"약"\\ %', "[Red]0.0%"])
def test_cells_shown_as_percentages_are_read_as_shown(tmp_path: Path, form: str) -> None:
    found = understand(coverage(tmp_path / "a.xlsx", form))
    assert found.ready, asked(found)
    assert rates(found) == [95.0, 95.1]
    assert len(found.remarks) == 1


def test_percentages_of_at_most_one_are_asked_about(tmp_path: Path) -> None:
    path = coverage(tmp_path / "a.xlsx", None)
    found = understand(path)
    assert asked(found) == ["unit"]
    for proposal, expected in zip(found.questions[0].proposals, (95.0, 0.95), strict=True):
        told = understand(path, Asked(unit=proposal))
        assert told.ready
        assert rates(told)[0] == expected
    # A sign that is only written beside the number makes no percentage of it.
    plain = coverage(tmp_path / "b.xlsx", '0.0"%"', 100)
    assert rates(understand(plain)) == pytest.approx([95.0, 95.1])
    with pytest.raises(UserError, match=r"b\.xlsx"):
        understand(plain, Asked(unit="1=100%"))
    with pytest.raises(UserError, match=r"c\.csv"):
        understand(variants.text(tmp_path / "c.csv", variants.gas()), Asked(unit="%"))


def broken(kind: str) -> bytes:
    text = "\r\n".join(",".join(map(str, row)) for row in variants.districts_long())
    good = text.encode("cp949")
    utf8 = text.encode()
    at = utf8.index("주택용".encode(), 700)
    return {
        "cp949 with broken bytes": good[:900] + b"\xff" + good[901:1500] + b"\xfe" + good[1501:],
        "utf-8 cut in a syllable": utf8[: at + 2],
        "utf-8 without a byte": utf8[:at] + utf8[at + 1 :],
        "mac roman": "Année,Région\n2031,1\n2032,Rhône\n".encode("mac_roman"),
        "utf-16 of an odd length": text.encode("utf-16-le")[:-1],
    }[kind]


@pytest.mark.parametrize(
    "kind",
    [
        "cp949 with broken bytes",
        "utf-8 cut in a syllable",
        "utf-8 without a byte",
        "mac roman",
        "utf-16 of an odd length",
    ],
)
def test_a_doubtful_encoding_is_refused_with_its_line(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(broken(kind))
    with pytest.raises(UserError) as refused:
        understand(path)
    assert refused.value.values["line"] >= 1


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_read(tmp_path: Path, encoding: str) -> None:
    assert understand(variants.text(tmp_path / "a.csv", variants.districts_long(), encoding)).ready


@pytest.mark.parametrize("names", [("서울", "부산", "대구"), ("서울특별시", "부산광역시")])
def test_the_merged_city_asks_for_its_code(tmp_path: Path, names: tuple[str, ...]) -> None:
    rows: Rows = [["연월", *names, "전남광주통합특별시"]]
    rows += [[f"2031-{m:02d}", *[900 + m] * len(names), 600 + m] for m in range(1, 13)]
    path = variants.text(tmp_path / "a.csv", rows)
    found = understand(path)
    assert asked(found) == ["area"]
    assert "전남광주통합특별시" in str(found.questions[0].text)
    assert CITY not in {one.area for one in found.readings}


def test_a_district_of_the_merged_city_is_none_of_the_old_one(tmp_path: Path) -> None:
    rows = [
        [cell if cell != "광주광역시" else "전남광주통합특별시" for cell in row]
        for row in variants.districts()
    ]
    found = understand(variants.text(tmp_path / "a.csv", rows))
    assert asked(found) == ["area"]
    assert not [one for one in found.readings if one.area.startswith("29")]


@pytest.mark.parametrize("name", ["광주", "광주시"])
def test_a_short_name_alone_asks_which_city(tmp_path: Path, name: str) -> None:
    column: Rows = [["연월", name], *([f"2031-{m:02d}", 50_000 + m] for m in range(1, 13))]
    long: Rows = [["연월", "시도", "판매량"], *([a, name, n] for a, n in column[1:])]
    for rows in (column, long):
        path = variants.text(tmp_path / "a.csv", rows)
        found = understand(path)
        assert "area" in asked(found)
        assert {one.area for one in found.readings} == {""}
        told = understand(path, Asked(layout="kogas_sales", answers={"areas": {name: CITY}}))
        assert told.ready, asked(told)
        # What was answered is remembered for the form as it came, not as it is understood now.
        assert told.fingerprint == found.fingerprint
        assert values(told, CITY)["2031-01"] == 50_001


def test_units_beside_the_names_of_provinces_are_each_columns_own(tmp_path: Path) -> None:
    rows = _gas()
    heads = [f"{name}({'㎥' if name == '광주' else '천㎥'})" for name in PROVINCES]
    own = [["연월", *heads], *([*row[:5], int(str(row[5])) * 1000, *row[6:]] for row in rows[1:])]
    found = understand(variants.text(tmp_path / "a.csv", own))
    assert found.ready, asked(found)
    assert {one.unit for one in found.readings if one.area == CITY} == {"㎥"}
    assert {one.unit for one in found.readings if one.area == "11000"} == {"천㎥"}


def test_a_day_that_never_was_is_refused_with_its_cell(tmp_path: Path) -> None:
    rows = hours([*range(1, 25)])
    rows[1][0] = "2031-02-29"
    with pytest.raises(UserError, match="A2"):
        understand(variants.text(tmp_path / "a.csv", rows))


def test_customers_by_month_are_not_gas(tmp_path: Path) -> None:
    rows: Rows = [["연월", *PROVINCES, "개성"]]
    rows += [
        [f"2031-{m:02d}", *(300_000 + 1000 * p * p + m for p in range(17)), 14]
        for m in range(1, 13)
    ]
    assert "layout" in asked(understand(variants.text(tmp_path / "a.csv", rows)))


def test_another_table_of_a_sheet_is_told_when_it_is_left_out(tmp_path: Path) -> None:
    rows = [*_gas()[:4], [], ["구분", *PROVINCES], ["2032-01", *range(1, 18)]]
    found = understand(variants.text(tmp_path / "a.csv", rows))
    assert {one.period for one in found.readings} == {"2031-01", "2031-02", "2031-03"}
    assert any("A6" in str(one) for one in found.remarks)


def test_a_table_of_nothing_that_is_counted_is_refused(tmp_path: Path) -> None:
    rows = [[*row[:4], 100, 200] for row in variants.districts()]
    rows[0][4:] = ["상반기", "하반기"]
    with pytest.raises(UserError, match=r"a\.csv"):
        understand(variants.text(tmp_path / "a.csv", rows))
