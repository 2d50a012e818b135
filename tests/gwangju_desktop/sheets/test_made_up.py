"""The reader on made-up files of the published layouts, right and wrong ones."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gwangju_desktop.errors import UserError
from gwangju_desktop.sheets.areas import CITY
from gwangju_desktop.sheets.facts import Asked, Understanding
from gwangju_desktop.sheets.reading import read
from gwangju_desktop.sheets.understand import understand
from tests.gwangju_desktop.sheets import made


def values(found: Understanding, area: str, item: str = "") -> dict[str, float | None]:
    return {
        one.period: one.value for one in found.readings if one.area == area and one.item == item
    }


def asked(found: Understanding) -> set[str]:
    return {question.about for question in found.questions}


def test_electricity_by_district_is_read_with_its_own_place(tmp_path: Path) -> None:
    found = understand(made.kepco(tmp_path / "전력 사용량.csv"))
    assert found.ready
    assert found.layout is not None
    assert found.layout.id == "kepco_sigungu_contract"
    assert found.encoding == "utf-8-sig"
    assert values(found, "29110", "residential")["2031-01"] == made.kepco_value(0, 0, 1)
    assert values(found, "29200", "night")["2031-12"] == made.kepco_value(4, 6, 12)
    assert values(found, "41000/광주시", "residential")["2031-01"] == made.kepco_value(5, 0, 1)
    assert {one.unit for one in found.readings} == {"kWh"}
    assert not any(one.summed for one in found.readings)


def test_a_month_without_figures_is_missing_and_not_zero(tmp_path: Path) -> None:
    found = understand(made.kepco(tmp_path / "a.csv", months=11))
    assert found.missing == {"dash": 7 * 7}
    assert values(found, "29110", "residential")["2031-12"] is None


def test_the_year_of_sales_is_asked_and_never_taken_from_the_name(tmp_path: Path) -> None:
    path = made.epsis(tmp_path / "판매전력량_시도별용도별31.csv")
    found = understand(path)
    assert asked(found) == {"period"}
    assert found.questions[0].proposals == ("2031",)
    told = understand(path, Asked(period="2031"))
    assert told.ready
    assert told.period_from == {"given"}
    assert set(values(told, CITY, "residential")) == {"2031"}


def test_sums_are_found_by_arithmetic_and_flagged(tmp_path: Path) -> None:
    found = understand(made.epsis(tmp_path / "a.csv"), Asked(period="2031"))
    own = [one for one in found.readings if one.area == CITY]
    assert {one.item for one in own if one.summed} == {
        "",
        "business",
        "industrial",
        "manufacturing",
    }
    leaves = sum(one.value or 0 for one in own if not one.summed)
    whole = next(one.value for one in own if not one.item)
    assert whole == pytest.approx(leaves)
    assert found.tables[0].totals_checked > 0


def test_a_total_that_does_not_fit_names_its_cell(tmp_path: Path) -> None:
    found = understand(made.epsis(tmp_path / "a.csv", wrong=True), Asked(period="2031"))
    assert asked(found) == {"totals"}
    assert "B8" in str(found.questions[0].text)


def test_a_sum_without_a_label_is_found(tmp_path: Path) -> None:
    found = understand(made.monthly_stats(tmp_path / "3102.xlsx"), Asked(period="2031-02"))
    assert found.ready, [str(question.text) for question in found.questions]
    flags = {one.item: one.summed for one in found.readings if one.area == CITY}
    assert flags["service"]
    assert flags["industrial"]
    assert flags[""]
    assert not flags["전철"]
    assert values(found, CITY, "residential") == {"2031-02": 200125.125}


def test_gas_is_known_by_its_months_and_its_size(tmp_path: Path) -> None:
    found = understand(made.kogas(tmp_path / "a.csv"))
    assert found.ready
    assert found.encoding == "cp949"
    assert values(found, CITY) == {f"2031-{month:02d}": 5000.0 + month for month in range(1, 13)}
    big = (tmp_path / "a.csv").read_bytes().replace(b",500", b",5000000")
    (tmp_path / "b.csv").write_bytes(big)
    assert asked(understand(tmp_path / "b.csv")) == {"layout"}


def test_what_is_given_must_not_contradict_the_file(tmp_path: Path) -> None:
    path = made.kepco(tmp_path / "a.csv")
    with pytest.raises(UserError, match=r"a\.csv"):
        understand(path, Asked(period="2030"))
    with pytest.raises(UserError, match=r"a\.csv"):
        understand(path, Asked(unit="MWh"))
    with pytest.raises(UserError, match="2031-13"):
        understand(path, Asked(period="2031-13"))
    assert understand(path, Asked(period="2031", unit="kWh")).ready


def test_a_part_of_what_the_file_covers_is_no_answer(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="2031-03"):
        understand(made.epsis(tmp_path / "a.csv"), Asked(period="2031-03"))
    path = made.monthly_stats(tmp_path / "b.xlsx")
    with pytest.raises(UserError, match="2031-02-01"):
        understand(path, Asked(period="2031-02-01"))
    with pytest.raises(UserError, match="2031"):
        understand(path, Asked(period="2031"))


def test_totals_that_other_years_of_a_table_have_are_told_from_its_rows(tmp_path: Path) -> None:
    path = made.kepco(tmp_path / "a.csv")
    plain = understand(path)
    lines = path.read_text("utf-8-sig").splitlines()
    rows = list(csv.reader(lines))
    whole = [rows[0]]
    for place in range(len(made.DISTRICTS) + 2):
        mine = rows[1 + place * 7 : 8 + place * 7]
        whole += [*mine, [*mine[0][:3], "합 계", *_sums(mine)]]
    whole.append(["2031", "합 계", "", "", *_sums(rows[1:])])
    with path.open("w", encoding="utf-8") as file:
        csv.writer(file).writerows(whole)
    found = understand(path)
    assert found.ready
    leaves = [one.value for one in found.readings if one.area[:2] == "29" and not one.summed]
    assert sum(leaves) == sum(one.value or 0 for one in plain.readings if one.area[:2] == "29")
    totals = [one for one in found.readings if one.area == "29110" and one.summed]
    assert {one.item for one in totals} == {""}
    assert len(totals) == 12


def test_the_long_form_of_a_table_reads_like_the_wide_one(tmp_path: Path) -> None:
    path = made.kepco(tmp_path / "a.csv", months=11)
    wide = understand(path)
    rows = list(csv.reader(path.read_text("utf-8-sig").splitlines()))
    with (tmp_path / "b.csv").open("w", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(["사용연월", "시도", "시군구", "계약종별", "사용량(kWh)"])
        for row in rows[1:]:
            for month in range(1, 13):
                out.writerow([f"2031-{month:02d}", *row[1:4], row[3 + month]])
    long = understand(tmp_path / "b.csv")
    assert long.ready

    def told(found: Understanding) -> set[tuple[str, str, str, float | None]]:
        return {(one.area, one.period, one.item, one.value) for one in found.readings}

    assert told(long) == told(wide)


def _sums(rows: list[list[str]]) -> list[str]:
    columns = zip(*(row[4:] for row in rows), strict=True)
    return [f"{sum(int(cell.replace(',', '')) for cell in column):,}" for column in columns]


def test_a_city_is_never_taken_for_the_sum_of_its_neighbours(tmp_path: Path) -> None:
    lines = ["연월,강원,서울,광주,경기"]
    lines += [
        f"2031-{month:02d},{2000 + month},{3000 + month},{5000 + 2 * month},0"
        for month in range(1, 13)
    ]
    path = tmp_path / "a.csv"
    path.write_text("\n".join(lines), "utf-8")
    found = understand(path)
    assert not any(one.summed for one in found.readings)


def test_provinces_are_not_a_city_and_unknown_tables_are_asked(tmp_path: Path) -> None:
    path = tmp_path / "경기.csv"
    path.write_text("연월,성남,용인,광주,하남\n2031-01,1,2,3,4\n2031-02,1,2,3,4\n", "utf-8")
    found = understand(path)
    assert not found.ready
    assert CITY not in {one.area for one in found.readings}


def test_a_web_page_named_xls_is_read_with_a_remark(tmp_path: Path) -> None:
    rows = (made.kogas(tmp_path / "a.csv")).read_bytes().decode("cp949").splitlines()
    cells = ["<tr>" + "".join(f"<td>{c}</td>" for c in row.split(",")) + "</tr>" for row in rows]
    path = tmp_path / "도시가스.xls"
    path.write_text("<html><body><table>" + "".join(cells) + "</table></body></html>", "utf-8")
    found = understand(path)
    assert found.ready
    assert found.form == "web"
    assert len(found.remarks) == 1
    assert values(found, CITY)["2031-01"] == 5001.0


def test_a_text_among_the_numbers_refuses_the_file_with_the_cell(tmp_path: Path) -> None:
    path = made.kogas(tmp_path / "a.csv")
    text = path.read_bytes().decode("cp949").replace("5003", "오천")
    path.write_bytes(text.encode("cp949"))
    with pytest.raises(UserError, match="E4"):
        understand(path)


def test_two_values_for_one_thing_are_refused(tmp_path: Path) -> None:
    path = made.kogas(tmp_path / "a.csv")
    path.write_bytes(path.read_bytes() + b"2031-01,1,2,3,9999\n")
    with pytest.raises(UserError, match="B14"):
        understand(path)


def test_the_hash_of_the_values_survives_another_encoding(tmp_path: Path) -> None:
    first = made.kogas(tmp_path / "a.csv")
    second = tmp_path / "b.csv"
    second.write_text(first.read_bytes().decode("cp949"), "utf-8")
    one, other = understand(first), understand(second)
    assert one.sha256 != other.sha256
    assert one.values_sha256 == other.values_sha256


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("empty.xlsx", b""),
        ("blank.csv", b"\r\n, ,\r\n"),
        ("cut.xlsx", b"PK\x03\x04 and nothing more"),
        ("paper.xlsx", b"%PDF-1.7 ..."),
        ("secured.xls", b"DRMONE " + bytes(range(256))),
        ("cipher.csv", bytes(range(256)) * 50),
        ("mac.csv", "Épée,Été\nnaïve,1\ncafé,2\n".encode("mac_roman")),
        ("open.csv", '연월,광주\n"2031-01,1\n'.encode()),
    ],
)
def test_what_is_no_table_gets_one_sentence_naming_the_file(
    tmp_path: Path, name: str, data: bytes
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(UserError, match=name):
        understand(path)


@settings(
    max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.data())
def test_no_shuffled_table_makes_the_reader_fail(tmp_path: Path, data: st.DataObject) -> None:
    cell = st.sampled_from(
        ("", "광주", "서울", "합계", "소계", "동구", "2031", "2031-01", "1월", "-", "1,234", "5.5")
    )
    rows = data.draw(st.lists(st.lists(cell, min_size=1, max_size=6), min_size=1, max_size=8))
    path = tmp_path / "shuffled.csv"
    path.write_text("\n".join(",".join(f'"{c}"' for c in row) for row in rows), "utf-8")
    try:
        found = understand(path)
    except UserError as refusal:
        assert "shuffled.csv" in str(refusal)
    else:
        assert found.count == len(found.readings)


def _workbook(cells: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        )
        archive.writestr(
            "xl/workbook.xml",
            '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
            'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
            '<sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>',
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            '<Relationship Id="rId1" Target="worksheets/sheet1.xml" Type="http://schemas.'
            'openxmlformats.org/officeDocument/2006/relationships/worksheet"/></Relationships>',
        )
        archive.writestr(
            "xl/worksheets/sheet1.xml",
            '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
            f"<sheetData>{cells}</sheetData></worksheet>",
        )
    return packed.getvalue()


def test_two_cells_a_world_apart_do_not_take_the_memory(tmp_path: Path) -> None:
    path = tmp_path / "넓은 표.xlsx"
    path.write_bytes(
        _workbook('<row><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"/></row>')
    )
    with pytest.raises(UserError, match=r"넓은 표\.xlsx"):
        read(path, keep=[CITY])
    # Without row numbers the guard sees nothing; the child's memory limit must hold.
    path.write_bytes(_workbook('<row><c r="A1"><v>1</v></c><c r="XFD1048576"><v>1</v></c></row>'))
    with pytest.raises(UserError, match=r"넓은 표\.xlsx"):
        read(path, keep=[CITY])


def test_a_damaged_workbook_gets_a_sentence_whatever_the_library_does(tmp_path: Path) -> None:
    good = made.monthly_stats(tmp_path / "good.xlsx").read_bytes()
    path = tmp_path / "상한 파일.xlsx"
    at = good.index(b"xl/worksheets/sheet1.xml") + 40
    path.write_bytes(good[:at] + bytes(200) + good[at + 200 :])
    with pytest.raises(UserError, match=r"상한 파일\.xlsx"):
        understand(path)
    # An old workbook cut off in its directory makes the library panic; the child dies of it.
    old = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + b"\x3e\0\x03\0\xfe\xff\x09\0" + bytes(600)
    path.write_bytes(old)
    with pytest.raises(UserError, match=r"상한 파일\.xlsx"):
        read(path, keep=[CITY])


def test_the_child_answers_what_the_reader_found(tmp_path: Path) -> None:
    path = made.kepco(tmp_path / "전력 2031.csv")
    here, there = understand(path), read(path, keep=["29110"])
    assert there.sha256 == here.sha256
    assert there.count == len(here.readings)
    assert there.layout == here.layout
    assert there.tables == here.tables
    assert there.readings == [one for one in here.readings if one.area == "29110"]
    asks = read(made.epsis(tmp_path / "21.csv"), keep=["29110"])
    assert [question.about for question in asks.questions] == ["period"]
    with pytest.raises(UserError, match=r"없는\.csv"):
        read(tmp_path / "없는.csv", keep=[])
