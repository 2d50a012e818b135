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
