"""Energy on the site: the very figures of the copy, the path beside them, and files to take along."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

from gwangju_desktop.site import charts, copy, energy
from gwangju_desktop.site.charts import Curve
from gwangju_desktop.site.copy import Copy
from gwangju_desktop.text import words


@pytest.fixture(scope="module")
def opened(public_copy: Path) -> Iterator[Copy]:
    """The sample's public copy, opened once."""
    with copy.opened(public_copy) as held:
        yield held


class _Cells(HTMLParser):
    """The rows of every table of a page, by its caption."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: dict[str, list[list[str]]] = {}
        self.rows: list[list[str]] = []
        self.caption: list[str] | None = None
        self.open = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.rows = []
        elif tag == "caption":
            self.caption = []
        elif tag == "tr":
            self.rows.append([])
        self.open = self.open or tag in ("td", "th")
        if tag in ("td", "th"):
            self.rows[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        if tag == "caption" and self.caption is not None:
            self.tables["".join(self.caption)] = self.rows
            self.caption = None
        elif tag in ("td", "th"):
            self.open = False

    def handle_data(self, data: str) -> None:
        if self.caption is not None:
            self.caption.append(data)
        elif self.open and self.rows:
            self.rows[-1][-1] += data


def tables(folder: Path, name: str) -> dict[str, list[list[str]]]:
    """Return the tables of a page by caption, cells without spaces around."""
    cells = _Cells()
    cells.feed((folder / name).read_text("utf-8"))
    return {
        caption: [[cell.strip() for cell in row] for row in rows]
        for caption, rows in cells.tables.items()
    }


def test_years_are_the_figures_the_office_told(opened: Copy, site_folder: Path) -> None:
    (row,) = opened.by("indicator", "code", "EL01")
    told = {
        str(one["key"]).split(":")[2]: float(one["value"])
        for one in opened.of("figure")
        if str(one["key"]).startswith(f"energy:{row['id']}:") and one["measure"] == "total"
    }
    assert len(told) > 5
    rows = tables(site_folder, "en/energy/EL01.html")["Electricity use (MWh)"][1:]
    shown = {line[0].split()[0]: line[1] for line in rows}
    assert {year: shown[year] for year in told} == {
        year: f"{value:,.0f}" for year, value in told.items()
    }
    aims = {
        str(aim["year"]): aim["value"] for aim in opened.by("target", "indicator_id", row["id"])
    }
    assert all(
        line[4].startswith(f"{aims[line[0][:4]]:,.0f}") for line in rows if line[0][:4] in aims
    )
    # A year that is not over stands in the table with its months, and on no line.
    partial = next(line for line in rows if "month" in line[2])
    page = (site_folder / "en" / "energy" / "EL01.html").read_text("utf-8")
    block = re.search(r'<script type="application/json">(.*?)</script>', page)
    assert block
    drawn = json.loads(block[1])
    figures = dict(zip(drawn["years"], drawn["curves"][0]["values"], strict=True))
    assert figures.get(int(partial[0].split()[0])) is None
    assert figures[2021] == told["2021"]


def test_districts_add_up_to_no_other_table(opened: Copy, site_folder: Path) -> None:
    rows = tables(site_folder, "ko/energy/EL01.html")["자치구별 전력사용량 (MWh)"]
    assert [row[0] for row in rows[1:]] == ["동구", "서구", "남구", "북구", "광산구"]
    assert "2021" in rows[0] and "2022" not in rows[0]


def test_readings_are_given_as_they_were_published(opened: Copy, site_folder: Path) -> None:
    text = (site_folder / "data" / "energy" / "EL01.csv").read_bytes().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    (row,) = opened.by("indicator", "code", "EL01")
    held = [
        one["value"]
        for series in opened.by("series", "indicator_id", row["id"])
        for one in opened.by("reading", "series_id", series["id"])
    ]
    assert sorted(float(one["value"]) for one in rows) == sorted(held)
    assert {one["sample"] for one in rows} == {"0", "1"}


def test_every_indicator_with_figures_or_targets_has_a_page(opened: Copy) -> None:
    made = {page.address for page in energy.pages(opened, words("ko"))}
    aimed = {opened.one("indicator", aim["indicator_id"])["code"] for aim in opened.of("target")}
    assert aimed and {f"energy/{code}.html" for code in aimed} <= made


def test_a_drawing_says_itself_and_escapes_what_it_is_told() -> None:
    curves = [
        Curve("<b>실적</b>", [(2018, 10.0), (2020, 30.0)]),
        Curve("guide", [(2018, 10.0), (2045, 0.0)], "target", dashed=True),
        Curve("targets", [(2045, 0.0)], "3", marks=True),
    ]
    svg = charts.lines("c", "<i>제목</i>", "a & b", curves)
    assert 'aria-labelledby="c-t c-d"' in svg and "&lt;i&gt;제목&lt;/i&gt;" in svg
    assert svg.count("<path") == 2 and svg.count("<circle") == 3
    assert "&lt;b&gt;" in charts.legend(curves) and "<b>" not in charts.legend(curves)
    assert charts.lines("c", "t", "d", []) == ""
    held = charts.data(curves, "Year", "MWh", 1)
    assert held["years"] == [2018, 2020, 2045]
    assert held["curves"][0]["values"] == [10.0, 30.0, None]


@pytest.mark.parametrize(
    ("least", "most", "steps"),
    [
        (0, 100, [0, 20, 40, 60, 80, 100]),
        (0, 0, [0, 0.2, 0.4, 0.6, 0.8, 1.0]),
        (-3, 7, [-4, -2, 0, 2, 4, 6, 8]),
        (0, 8_973_446, [0, 2e6, 4e6, 6e6, 8e6, 1e7]),
    ],
)
def test_an_axis_has_round_steps(least: float, most: float, steps: list[float]) -> None:
    found = charts.ticks(least, most)
    assert found[0] <= least and found[-1] >= most
    assert len(found) <= 8
    if least != most:
        assert found == steps
