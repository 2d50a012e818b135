"""What is asked or refused: other tables of the same form, sheets that differ, totals, merged cities."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from gwangju_desktop.errors import UserError
from gwangju_desktop.sheets.areas import CITY
from gwangju_desktop.sheets.facts import NOTHING_ASKED, Asked
from gwangju_desktop.sheets.reading import read
from gwangju_desktop.sheets.understand import understand
from tests.gwangju_desktop.sheets import variants
from tests.gwangju_desktop.sheets.variants import Rows, asked, layout, sun_value, values


def test_another_table_of_the_same_form_is_asked_about(tmp_path: Path) -> None:
    sold = [
        [row[0], *(cell if not at else int(str(cell)) * 30 for cell in row[1:])]
        for at, row in enumerate(variants.gas())
    ]
    assert asked(understand(variants.text(tmp_path / "a.csv", sold))) == ["layout"]
    power = [["시도별 판매전력량"], *variants.gas()]
    found = understand(variants.text(tmp_path / "b.csv", power))
    assert "layout" in asked(found)
    assert not [one for one in found.readings if one.indicator]


def test_a_layout_that_was_named_is_taken_or_refused(tmp_path: Path) -> None:
    path = variants.text(tmp_path / "a.csv", [["시도별 판매전력량"], *variants.gas()])
    assert layout(understand(path, Asked(layout="kogas_sales"))) == "kogas_sales"
    with pytest.raises(UserError, match="시군구"):
        understand(path, Asked(layout="kepco_sigungu_contract"))
    with pytest.raises(UserError, match="none_such"):
        understand(path, Asked(layout="none_such"))


@pytest.mark.parametrize("name", ["전남광주통합특별시", "전남광주특별시"])
def test_a_city_after_the_merger_is_asked_for_its_code(tmp_path: Path, name: str) -> None:
    rows: Rows = [["구분", *variants.sun()[0][1:]]]
    rows += [[name if row[0] == "광주" else row[0], *row[1:]] for row in variants.sun()[1:]]
    path = variants.workbook(tmp_path / "a.xlsx", {"2031년 태양광": rows})
    found = understand(path)
    assert "area" in asked(found)
    told = understand(path, Asked(answers={"areas": {name: "12000"}}))
    assert told.ready
    assert values(told, "12000")["2031-01"] == pytest.approx(sun_value(4, 0))


def test_a_title_of_provisional_figures_marks_them(tmp_path: Path) -> None:
    rows = [["도시가스 판매현황(잠정)"], *variants.gas()]
    found = understand(variants.text(tmp_path / "a.csv", rows))
    assert {one.status for one in found.readings} == {"provisional"}
    rows = variants.gas()
    rows[-1][0] = "2031-12(p)"
    found = understand(variants.text(tmp_path / "b.csv", rows))
    told = {one.period: one.status for one in found.readings if one.area == CITY}
    assert told["2031-12"] == "provisional"
    assert told["2031-11"] is None


def test_a_table_of_marks_alone_is_refused(tmp_path: Path) -> None:
    rows = [
        [cell if not at or not column else "-" for column, cell in enumerate(row)]
        for at, row in enumerate(variants.gas())
    ]
    with pytest.raises(UserError, match=r"a\.csv"):
        understand(variants.text(tmp_path / "a.csv", rows))


def test_the_fingerprint_is_of_the_table_and_not_of_its_year(tmp_path: Path) -> None:
    first = understand(variants.text(tmp_path / "a.csv", variants.gas(year=2030)))
    again = understand(variants.text(tmp_path / "b.csv", variants.gas(year=2031), "cp949"))
    other = understand(variants.text(tmp_path / "c.csv", variants.districts()))
    assert first.fingerprint == again.fingerprint != other.fingerprint
    assert NOTHING_ASKED.layout == ""


def test_a_remembered_layout_is_no_word_about_another_table(tmp_path: Path) -> None:
    rows = [list(column) for column in zip(*variants.gas(), strict=True)]
    rows[0][0] = "지역"
    path = variants.text(tmp_path / "a.csv", rows)
    remembered = Asked(layout="kogas_sales", answers={"remembered": True})
    assert understand(path, remembered).ready
    power = [rows[0], *([row[0], *(int(str(n)) * 30 for n in row[1:])] for row in rows[1:])]
    other = variants.text(tmp_path / "b.csv", power)
    assert asked(understand(other, remembered)) == ["layout"]
    assert understand(other, Asked(layout="kogas_sales")).ready


def test_two_sheets_that_contradict_each_other_are_a_choice(tmp_path: Path) -> None:
    sheets = {"2031년 태양광": variants.sun(), "2031년 태양광 수정": variants.sun(1.5)}
    path = variants.workbook(tmp_path / "a.xlsx", sheets)
    found = understand(path)
    assert asked(found) == ["sheet"]
    assert found.questions[0].proposals == tuple(sheets)
    chosen = understand(path, Asked(sheets=("2031년 태양광 수정",)))
    assert values(chosen, CITY)["2031-01"] == pytest.approx(sun_value(4, 0) * 1.5, abs=0.01)


def test_a_sheet_of_the_same_form_about_something_else_is_left_out(tmp_path: Path) -> None:
    sheets = {
        "2031년 태양광": variants.sun(),
        "2032년 풍력": variants.sun(),
        "2033년": variants.sun(),
    }
    found = understand(variants.workbook(tmp_path / "a.xlsx", sheets))
    assert found.ready
    assert found.sheets == ["2031년 태양광"]
    assert {one.period[:4] for one in found.readings} == {"2031"}
    assert [choice.readable for choice in found.sheet_choice] == [True, False, False]


def test_a_name_that_speaks_of_something_else_is_asked_about(tmp_path: Path) -> None:
    found = understand(variants.text(tmp_path / "월별 태양광 발전량.csv", variants.gas()))
    assert asked(found) == ["layout"]
    assert understand(variants.text(tmp_path / "HOME_발전_도시가스.csv", variants.gas())).ready


@pytest.mark.parametrize(
    ("inside", "told"),
    [
        ({"표.csv": b"a,b"}, "archive|압축"),
        (
            {"content.xml": b"..", "META-INF/manifest.xml": b"<manifest:encryption-data/>"},
            "security|문서보안",
        ),
    ],
)
def test_archives_and_passwords_get_their_own_sentence(
    tmp_path: Path, inside: dict[str, bytes], told: str
) -> None:
    path = tmp_path / "a.ods"
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in inside.items():
            archive.writestr(name, data)
    with pytest.raises(UserError, match=told):
        understand(path)


def test_progress_is_told_from_the_child_and_stays_in_order(tmp_path: Path) -> None:
    heard: list[float] = []
    found = read(variants.text(tmp_path / "a.csv", variants.districts()), progress=heard.append)
    assert found.ready
    assert heard[-1] == 1.0
    assert heard == sorted(heard)


def _with_totals(rows: Rows) -> Rows:
    """Add the city's total above its districts' rows, apart from its parts."""
    own = [row for row in rows[1:] if row[1] == "광주광역시"]
    sums = [sum(int(str(row[at]).replace(",", "")) for row in own) for at in range(4, 16)]
    return [rows[0], [2031, "광주광역시", "합 계", "", *sums], *rows[1:]]


def test_a_total_is_compared_with_all_rows_of_its_place(tmp_path: Path) -> None:
    rows = _with_totals(variants.districts())
    found = understand(variants.text(tmp_path / "a.csv", rows))
    assert found.ready, asked(found)
    assert [one.summed for one in found.readings if one.area == CITY] == [True] * 12
    rows[1][6] = 77
    wrong = understand(variants.text(tmp_path / "b.csv", rows))
    assert asked(wrong) == ["totals"]
    assert [one.place for one in wrong.tables[0].totals_wrong] == ["G2"]
    # Without one of the districts nobody can tell: the total stands, and it is said.
    fewer = [row for row in _with_totals(variants.districts()) if row[2] != "서구"]
    told = understand(variants.text(tmp_path / "c.csv", fewer))
    assert told.ready
    assert any("합 계" in str(one) for one in told.remarks)


def test_months_with_a_measure_beside_them_are_months(tmp_path: Path) -> None:
    rows = variants.districts()
    rows[0] = [*rows[0][:4], *(f"{name} 사용량(kWh)" for name in variants.MONTHS), "데이터기준일자"]
    dated = [rows[0], *([*row, "2032-03-31"] for row in rows[1:])]
    found = understand(variants.text(tmp_path / "a.csv", dated))
    assert found.ready, asked(found)
    assert values(found, "29110", "residential")["2031-01"] == variants.use(0, 0, 1)


def test_sheets_of_months_wait_for_their_year(tmp_path: Path) -> None:
    sheets = {"1월": variants.statistics(), "2월": variants.statistics()}
    path = variants.workbook(tmp_path / "a.xlsx", sheets)
    assert asked(understand(path)) == ["period"]
    found = understand(path, Asked(period="2031"))
    assert {one.period for one in found.readings} == {"2031-01", "2031-02"}
