"""Conversions and emissions by the shipped factors: the worked examples, and what must always hold."""

from __future__ import annotations

import datetime as dt
import tomllib
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

import resources
from gwangju_desktop.energy.derived.measures import Measures
from gwangju_desktop.energy.factors import FactorRow, pick
from gwangju_desktop.errors import UserError

CITY_2021 = Fraction(8_973_446)


def shipped() -> list[FactorRow]:
    told = tomllib.loads(resources.path("energy/factors.toml").read_text("utf-8"))["factor"]
    return [
        FactorRow(
            id=number,
            kind=one["kind"],
            variant=one.get("variant", ""),
            name=one["name"]["ko"],
            name_ko=one["name"]["ko"],
            name_en=one["name"]["en"],
            value=float(one["value"]),
            unit=one["unit"],
            valid_from=one.get("valid_from"),
            valid_to=one.get("valid_to"),
            basis=one.get("basis", ""),
            source=one["source"],
            mark=one["mark"],
            sample=False,
        )
        for number, one in enumerate(told, start=1)
    ]


FACTORS = shipped()


def measures(year: int = 2021, **more: str) -> Measures:
    return Measures(FACTORS, year, **more)


def test_every_unverified_factor_says_so() -> None:
    for row in FACTORS:
        assert row.source
        assert row.mark in ("R", "r", "C", "G")
        assert ("unverified" in row.source) == (row.mark == "G"), row.name_en


# --- worked examples T15 to T18


def test_emissions_of_electricity() -> None:
    done = measures(2021).emitted(CITY_2021, "MWh", "electricity")
    assert round(float(done.value), 1) == 4_046_126.8
    assert [row.value for row in done.factors] == [0.4509]
    assert done.steps == "8,973,446 MWh × 0.4509 tCO2eq/MWh"
    mean = measures(2021, mode="fixed").emitted(CITY_2021, "MWh", "electricity")
    assert round(float(mean.value), 1) == 4_074_841.8
    ministry = FactorRow(
        99, "grid.co2eq", "", "", "", "", 0.4, "tCO2eq/MWh", None, None, "", "", "", False
    )
    own = Measures(FACTORS, 2021, chosen=ministry).emitted(Fraction(400), "MWh", "electricity")
    assert own.value == 160


def test_emissions_of_city_gas() -> None:
    million = measures(2023).emitted(Fraction(1000), "천Nm3", "gas")
    assert round(float(million.value), 1) == 2_150.8
    earlier = measures(2021)
    volume = earlier.standard(Fraction(1500), Fraction("42.73"))
    assert round(float(volume.value), 3) == 1_487.123
    done = earlier.emitted(volume.value / 1000, "천Nm3", "gas")
    assert round(float(done.value), 4) == 3.2318
    assert {row.value for row in done.factors} == {38.9, 15.236}


def test_emissions_of_district_heat() -> None:
    assert round(float(measures().emitted(Fraction(1), "TJ", "heat").value) * 1000, 2) == 57_729.99
    sar = measures(gwp="SAR").emitted(Fraction(1), "TJ", "heat")
    assert round(float(sar.value) * 1000, 2) == 57_724.07
    gcal = measures().emitted(Fraction(1), "Gcal", "heat").value
    tera = measures().emitted(Fraction("0.0041868"), "TJ", "heat").value
    assert gcal == tera


def test_oil_equivalent() -> None:
    assert round(float(measures().into(CITY_2021, "MWh", "toe").value), 1) == 771_716.4
    primary = measures(2023, power="primary").into(CITY_2021, "MWh", "toe")
    assert round(float(primary.value), 1) == 2_054_919.1
    assert round(float(measures().into(CITY_2021, "MWh", "TJ").value), 1) == 32_304.4
    # Before the table of 2022 its value is taken, and that is said.
    before = measures(2021, power="primary").into(CITY_2021, "MWh", "toe")
    assert before.value == primary.value
    assert len(before.remarks) == 1


def test_gas_and_oil_by_their_own_tables() -> None:
    now = measures(2023).into(Fraction(1), "천Nm3", "toe")
    assert now.value == Fraction(9190, 10_000)
    old = measures(2021).into(Fraction(1), "천Nm3", "toe")
    assert round(float(old.value), 4) == round(38.9 / 4.1868 / 10, 4)
    assert "gas.net" in {row.kind for row in old.factors}
    diesel = measures(2023).into(Fraction(1), "kL", "toe", carrier="diesel")
    assert diesel.value == Fraction(842, 1000)
    unknown = measures(2023).into(Fraction(1), "kL", "toe")
    assert unknown.value is None
    assert unknown.remarks
    with pytest.raises(UserError):
        measures().into(Fraction(1), "kW", "toe")


# --- which factor


def test_the_factor_of_a_year() -> None:
    assert pick(FACTORS, "grid.co2eq", 2022).row.value == 0.4312
    lacking = pick(FACTORS, "grid.co2eq", 2020)
    assert lacking.row is None
    assert "0.443" in str(lacking.remark)
    assert pick(FACTORS, "grid.co2eq", 2020, "latest").row.value == 0.443
    assert pick(FACTORS, "grid.co2eq", 2030, "latest").row.value == 0.4173
    assert pick(FACTORS, "grid.co2eq", 2005, "latest").row is None
    assert pick(FACTORS, "grid.co2eq", 2005, "fixed").row.value == 0.4541
    assert pick(FACTORS, "grid.co2eq", 2022, variant="mean3").row.value == 0.4541
    assert pick(FACTORS, "gas.net", 2021, variant="MJ").row.value == 38.9
    assert pick(FACTORS, "gas.net", 2022, variant="MJ").row.value == 38.5
    assert pick(FACTORS, "gas.net", 1995, variant="MJ").row.value == 38.9
    assert pick(FACTORS, "heat.co2", 2022).row is None
    assert pick(FACTORS, "wood", 2022).row is None
    dated = next(row for row in FACTORS if row.value == 0.4509)
    assert dated.holds(dt.date(2021, 1, 1))
    assert dated.holds(dt.date(2021, 12, 31))
    assert not dated.holds(dt.date(2022, 1, 1))


# --- what always holds

AMOUNTS = st.decimals(
    min_value=0, max_value=10**9, places=3, allow_nan=False, allow_infinity=False
).map(Fraction)
YEARS = st.sampled_from([2021, 2022, 2023])
CARRIERS = st.sampled_from([("electricity", "MWh"), ("gas", "천Nm3"), ("heat", "Gcal")])
UNITS = st.sampled_from(["kWh", "MWh", "GWh", "MJ", "GJ", "TJ", "Gcal", "toe", "천Nm3"])


@given(AMOUNTS, AMOUNTS, CARRIERS)
def test_emissions_add_up(one: Fraction, other: Fraction, used: tuple[str, str]) -> None:
    carrier, unit = used
    by = measures(2021)
    together = by.emitted(one + other, unit, carrier).value
    apart = by.emitted(one, unit, carrier).value + by.emitted(other, unit, carrier).value
    assert together == apart


@given(AMOUNTS, st.integers(0, 1000), CARRIERS)
def test_emissions_keep_to_scale(amount: Fraction, times: int, used: tuple[str, str]) -> None:
    carrier, unit = used
    by = measures(2021)
    assert by.emitted(amount * times, unit, carrier).value == (
        by.emitted(amount, unit, carrier).value * times
    )


@given(AMOUNTS, YEARS)
def test_the_unit_asked_in_does_not_matter(amount: Fraction, year: int) -> None:
    by = measures(year)
    mega = by.emitted(amount, "MWh", "electricity").value
    assert by.emitted(amount * 1000, "kWh", "electricity").value == mega
    assert by.emitted(amount / 1000, "GWh", "electricity").value == mega


@given(AMOUNTS, UNITS, UNITS, YEARS)
def test_units_of_energy_come_back(amount: Fraction, unit: str, into: str, year: int) -> None:
    by = measures(year)
    there = by.into(amount, unit, into)
    assert there.value is not None
    back = by.into(there.value, into, unit).value
    assert back is not None
    assert back == amount
