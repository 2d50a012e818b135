"""The city's figures of the published files, through the store; skipped where they are not here."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from db.schema.energy import Series
from db.store import Store
from gwangju_desktop.energy import catalogue, imports, queries
from gwangju_desktop.errors import UserError
from gwangju_desktop.sheets.facts import Understanding

KEPCO = "energy/kepco_sigungu_contract_monthly_2024.csv"
EPSIS = "energy/epsis_sales_by_sido_and_use_2021.csv"
KOGAS = "energy/kogas_citygas_sales_by_sido_monthly_1989-2022.csv"


@pytest.fixture(scope="module")
def understood(shared_data: Path) -> list[Understanding]:
    """What each file says, read once for both databases."""
    asked = ((KEPCO, ""), (EPSIS, "2021"), (KOGAS, ""))
    return [imports.prepare(shared_data / name, period=period) for name, period in asked]


@pytest.fixture
def office(store: Store, understood: list[Understanding]) -> Store:
    store.run(catalogue.set_up)
    for prepared in understood:
        store.run(imports.import_readings, prepared=prepared)
    return store


@pytest.mark.file_only
def test_every_fact_about_the_city(office: Store) -> None:
    facts = [
        ("EL01", "29110", "2024-01", "residential", 16_571.923, "published"),
        ("EL01", "29110", "2024", "residential", 200_696.405, "sum"),
        ("EL01", "29170", "2024", "residential", 725_115.877, "sum"),
        ("EL01", "29200", "2024", "residential", 688_799.040, "sum"),
        ("EL01", "29170", "2024-03", "industrial", 57_793.886, "published"),
        ("EL01", "29200", "2024-12", "general", 70_107.282, "published"),
        ("EL01", "29155", "2024-07", "night", 198.104, "published"),
        ("EL01", "29000", "2024-01", "", 817_030.854, "sum"),
        ("EL01", "29000", "2024-08", "", 951_516.078, "sum"),
        ("EL01", "29000", "2024", "", 9_343_347.782, "sum"),
        ("EL01", "29000", "2021", "residential", 2_215_918, "published"),
        ("EL01", "29000", "2021", "public", 568_578, "published"),
        ("EL01", "29000", "2021", "service", 3_272_320, "published"),
        ("EL01", "29000", "2021", "business", 3_840_898, "published"),
        ("EL01", "29000", "2021", "industrial", 2_916_630.068, "published"),
        ("EL01", "29000", "2021", "", 8_973_446.068, "published"),
        ("GS01", "29000", "1989-01", "", 2_203, "published"),
        ("GS01", "29000", "2000-01", "", 39_465, "published"),
        ("GS01", "29000", "2019-01", "", 94_441, "published"),
        ("GS01", "29000", "2021-03", "", 65_045, "published"),
        ("GS01", "29000", "2022-12", "", 100_875, "published"),
        ("GS01", "29000", "2021", "", 639_844, "sum"),
    ]
    with office.reading() as read:
        for indicator, area, period, use, value, origin in facts:
            found = queries.series(
                read,
                indicator=indicator,
                area=area,
                by="month" if "-" in period else "year",
                where=f"use={use}" if use else None,
            )
            point = next(point for point in found.points if point.period == period)
            assert (point.value, point.origin) == (value, origin), (indicator, area, period, use)
            assert point.status == "final"
            assert len(point.datasets) == 1


@pytest.mark.file_only
def test_other_cities_are_kept_for_comparison_their_districts_are_not(office: Store) -> None:
    with office.reading() as read:
        rows = queries.datasets(read)
        every = queries.series(read, indicator="EL01", by="month")
        areas = set(read.scalars(select(Series.area)))
        seoul = queries.series(read, indicator="GS01", area="11000", by="month")
    assert [row.readings for row in rows] == [504, 34 * 18, 408 * 17]
    districts = {"29110", "29140", "29155", "29170", "29200"}
    assert {point.area for point in every.points} == {"29000", *districts}
    assert {area for area in areas if not area.endswith("000")} == districts
    assert len(seoul.points) == 408


def test_what_contradicts_the_file_is_refused(shared_data: Path) -> None:
    with pytest.raises(UserError, match=r"2024\.csv"):
        imports.prepare(shared_data / KEPCO, period="2023")
    with pytest.raises(UserError, match=r"2024\.csv"):
        imports.prepare(shared_data / KEPCO, unit="MWh")
    with pytest.raises(UserError, match=r"2021\.csv"):
        imports.prepare(shared_data / EPSIS, period="2021", unit="kWh")
