"""Turning an amount of energy into another unit, by the factors of a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from sqlalchemy.orm import Session

from gwangju_desktop.energy import factors
from gwangju_desktop.energy.derived.measures import ENERGY, Measures
from gwangju_desktop.energy.factors import FactorRow
from gwangju_desktop.errors import UserError
from gwangju_desktop.sheets.model import Remark
from gwangju_desktop.text import C_, N_, Msg

METERED = "m3"
UNITS = (*ENERGY, METERED)
# What is measured by factors that do not change with the years.
LASTING = ("kWh", "MWh", "GWh", "TWh", "MJ", "GJ", "TJ", "Gcal", "toe", "천toe")
PRODUCTS: dict[str, Msg] = {
    "kerosene": C_("product", "Kerosene"),
    "diesel": C_("product", "Diesel"),
}


@dataclass(frozen=True, slots=True)
class Converted:
    """An amount in another unit; None where a factor lacks, which `remarks` says."""

    value: float | None
    unit: str
    formula: str
    factors: tuple[FactorRow, ...]
    remarks: tuple[Remark, ...] = ()


def convert(
    read: Session,
    *,
    value: float,
    unit: str,
    into: str,
    on: dt.date,
    carrier: str = "",
    supplied: float | None = None,
) -> Converted:
    """Return an amount of energy in another unit, with the factors that hold on a day.

    `supplied` is the heat content (MJ/m3) that metered m3 of city gas were supplied with; oil
    needs its product as `carrier`. Raises UserError for units that measure different things.
    """
    measures = Measures(factors.factors(read), on.year, on=on)
    amount, steps = Fraction(repr(value)), ""
    used: tuple[FactorRow, ...] = ()
    if unit == METERED:
        if not supplied or supplied <= 0:
            raise UserError(
                N_("Metered m³ become Nm³ by the heat content they were supplied with."),
                hint=N_("It stands on the bill of the supplier, in MJ/m³."),
            )
        volume = measures.standard(amount, Fraction(repr(supplied)))
        if volume.value is None:
            return Converted(None, into, "", (), volume.remarks)
        amount, unit, steps, used = volume.value / 1000, "천Nm3", volume.steps, volume.factors
    done = measures.into(amount, unit, into, carrier=carrier)
    formula = " → ".join(part for part in (steps, done.steps) if part)
    number = float(done.value) if done.value is not None else None
    return Converted(number, into, formula, (*used, *done.factors), done.remarks)


def lasting_ratio(read: Session | Sequence[FactorRow], unit: str, into: str) -> Fraction | None:
    """Return how many `into` one `unit` of energy is by factors that always hold, else None.

    Heat in TJ is Gcal, electricity in MWh is toe; gas is not, its heat content changes by table.
    """
    if not {unit, into} <= set(LASTING):
        return None
    known = factors.factors(read) if isinstance(read, Session) else read
    always = [row for row in known if row.valid_from is None]
    return Measures(always, dt.date.max.year).into(Fraction(1), unit, into).value
