"""Dated, sourced factors: the one table measures are turned into another by."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.schema.energy import Factor
from db.store import usecase
from gwangju_desktop.energy.catalogue import ALWAYS, GAP
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import change, found, required, tidy
from gwangju_desktop.members.rules import named
from gwangju_desktop.sheets.model import Remark
from gwangju_desktop.text import C_, N_, Msg

Mode = Literal["year", "fixed", "latest"]
MODES: dict[str, Msg] = {
    "year": C_("factor mode", "The factor of the year"),
    "fixed": C_("factor mode", "One factor for all years"),
    "latest": C_("factor mode", "The latest factor up to the year"),
}
KINDS: dict[str, Msg] = {
    "cal": N_("Calorie"),
    "toe": N_("Tonne of oil equivalent"),
    "power.heat": N_("Electricity as heat (kcal)"),
    "power.energy": N_("Electricity as energy (MJ)"),
    "grid.co2eq": N_("Emissions of the grid"),
    "gas.net": N_("City gas, net heat content"),
    "gas.gross": N_("City gas, gross heat content"),
    "gas.carbon": N_("City gas, carbon"),
    "kerosene.net": N_("Kerosene, net heat content"),
    "kerosene.gross": N_("Kerosene, gross heat content"),
    "diesel.net": N_("Diesel, net heat content"),
    "diesel.gross": N_("Diesel, gross heat content"),
    "propane.net": N_("Propane, net heat content"),
    "propane.gross": N_("Propane, gross heat content"),
    "lng.net": N_("LNG, net heat content"),
    "lng.gross": N_("LNG, gross heat content"),
    "heat.co2": N_("District heat, CO2"),
    "heat.ch4": N_("District heat, CH4"),
    "heat.n2o": N_("District heat, N2O"),
    "gwp.ch4": N_("Warming potential of methane"),
    "gwp.n2o": N_("Warming potential of nitrous oxide"),
}
MARKS: dict[str, Msg] = {
    "R": C_("mark", "Read in the source"),
    "r": C_("mark", "Older text or transcription"),
    "C": C_("mark", "Computed"),
    "G": C_("mark", "Not verified"),
    "": C_("mark", "Entered here"),
}
VARIANTS: dict[str, Msg] = {
    "": C_("factor variant", "The only one"),
    "single": C_("factor variant", "Of one year"),
    "mean3": C_("factor variant", "Mean of three years"),
    "final": C_("factor variant", "Final use"),
    "primary": C_("factor variant", "Primary energy, at consumption"),
    "generation": C_("factor variant", "Primary energy, at generation"),
    "national": C_("factor variant", "National"),
    "ipcc": C_("factor variant", "IPCC default"),
}
# The variants a kind may have, and the unit its values are in.
_VARIANTS = {
    "grid.co2eq": ("single", "mean3"),
    "power.heat": ("final", "primary", "generation"),
    "power.energy": ("final", "primary", "generation"),
    "gas.net": ("MJ", "kcal"),
    "gas.gross": ("MJ", "kcal"),
    "gas.carbon": ("national", "ipcc"),
    "gwp.ch4": ("AR5", "SAR"),
    "gwp.n2o": ("AR5", "SAR"),
}
UNITS = {
    "grid.co2eq": "tCO2eq/MWh",
    "power.heat": "kcal/kWh",
    "power.energy": "MJ/kWh",
    "gas.net": "MJ/Nm3",
    "gas.gross": "MJ/Nm3",
    "gas.carbon": "tC/TJ",
    "heat.co2": "kgCO2/TJ",
    "heat.ch4": "kgCH4/TJ",
    "heat.n2o": "kgN2O/TJ",
}
# Published anew each year: another year's value is never taken for a year without one.
_YEARLY = ("grid.", "heat.")
# The grid's factor of trading schemes stands beside the single years.
SINGLE, MEAN = "single", "mean3"
GRID = "grid.co2eq"

NO_FACTOR = N_("There is no factor {id}.")
_FIELDS = (
    "kind",
    "variant",
    "name_ko",
    "name_en",
    "value",
    "unit",
    "valid_from",
    "valid_to",
    "basis",
    "source",
    "mark",
)


@dataclass(frozen=True, slots=True)
class FactorRow:
    """One factor; `valid_from` is None where it has always held or its first day is not known."""

    id: int
    kind: str
    variant: str
    name: str
    name_ko: str
    name_en: str
    value: float
    unit: str
    valid_from: dt.date | None
    valid_to: dt.date | None
    basis: str
    source: str
    mark: str
    sample: bool

    @property
    def exact(self) -> Fraction:
        """Return the value as it is written in decimals."""
        return Fraction(repr(self.value))

    def holds(self, on: dt.date) -> bool:
        """Say whether the factor holds on a day."""
        begun = self.valid_from is None or self.valid_from <= on
        return begun and (self.valid_to is None or on <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Picked:
    """The factor for a year, or None; `remark` says what is particular about the choice."""

    row: FactorRow | None
    remark: Remark | None = None


def factors(
    read: Session, *, kind: str | None = None, on: dt.date | None = None
) -> list[FactorRow]:
    """Return the factors in their order: all, those of a kind, those that hold on a day."""
    query = select(Factor.__table__).order_by(Factor.position, Factor.id)
    if kind is not None:
        query = query.where(Factor.kind == kind)
    rows = [_row(row) for row in read.execute(query).all()]
    return [row for row in rows if on is None or row.holds(on)]


def factor(read: Session, id: int) -> FactorRow:
    """Return one factor; raise UserError when there is none."""
    row = read.execute(select(Factor.__table__).where(Factor.id == id)).one_or_none()
    if row is None:
        raise UserError(NO_FACTOR, hint=N_("The list of factors names them all."), id=id)
    return _row(row)


def variants_of(kind: str) -> tuple[str, ...]:
    """Return the variants a factor of a kind may be."""
    return _VARIANTS.get(kind, ("",))


def pick(
    read: Session | Sequence[FactorRow],
    kind: str,
    year: int,
    mode: str = "year",
    variant: str = "",
    *,
    on: dt.date | None = None,
) -> Picked:
    """Choose the factor of a kind for a year, or for a day of it.

    `year` takes the one in force at the year's end: of what is published each year only that
    year's own, of a table also the earliest for the years before it, which is remarked. `fixed`
    takes one for all years: the newest, of the grid the mean of trading schemes. `latest` takes
    the newest that began by the end of the year.
    """
    every = factors(read, kind=kind) if isinstance(read, Session) else read
    rows = [row for row in every if row.kind == kind]
    if kind == GRID and not variant:
        means = [row for row in rows if row.variant == MEAN]
        variant = MEAN if mode == "fixed" and means else SINGLE
    rows = sorted((row for row in rows if row.variant == variant), key=_began)
    end = on or dt.date(year, 12, 31)
    begun = [row for row in rows if _began(row) <= end]
    if not rows:
        return Picked(None, Remark(N_("No factor is known: {kind}."), _said(kind)))
    if mode == "fixed":
        return Picked(rows[-1])
    if mode == "latest":
        return Picked(begun[-1]) if begun else Picked(None, _lacking(kind, year, rows[0]))
    held = [row for row in begun if row.valid_to is None or row.valid_to >= end]
    if held:
        return Picked(held[-1])
    if kind.startswith(_YEARLY):
        return Picked(None, _lacking(kind, year, begun[-1] if begun else rows[-1]))
    if begun:
        # A table whose end is known and nothing after it: what held last.
        return Picked(begun[-1], _other(begun[-1], year))
    return Picked(rows[0], _other(rows[0], year))


def _lacking(kind: str, year: int, near: FactorRow) -> Remark:
    return Remark(
        N_("{year} has no factor of its own ({kind}); the nearest one is {name}: {value} {unit}."),
        {"year": year, "name": near.name, "value": f"{near.value:,.10g}", "unit": near.unit}
        | _said(kind),
    )


def _other(row: FactorRow, year: int) -> Remark:
    return Remark(
        N_("No factor of {year} is known; {name} is used."), {"year": year, "name": row.name}
    )


def _said(kind: str) -> dict[str, object]:
    return {"kind": KINDS.get(kind, Msg(kind))}


def _began(row: FactorRow) -> dt.date:
    return row.valid_from or ALWAYS


def _row(row: Any) -> FactorRow:
    return FactorRow(
        id=row.id,
        kind=row.kind,
        variant=row.variant,
        name=named(row.name_ko, row.name_en),
        name_ko=row.name_ko,
        name_en=row.name_en,
        value=row.value,
        unit=row.unit,
        valid_from=None if row.valid_from == ALWAYS else row.valid_from,
        valid_to=row.valid_to,
        basis=row.basis,
        source=row.source,
        mark=row.mark,
        sample=row.sample,
    )


# --- changes --------------------------------------------------------------------------------------


@usecase("Add factor")
def add_factor(
    tx: Session,
    *,
    kind: str,
    value: float,
    unit: str,
    source: str,
    name_ko: str,
    name_en: str = "",
    variant: str = "",
    valid_from: dt.date | None = None,
    valid_to: dt.date | None = None,
    basis: str = "",
) -> int:
    """Add a factor with the days it holds and its source; return its id.

    Raises UserError without value, unit or source, and where another one of its kind and variant
    holds on the same days.
    """
    fields = _checked(
        tx,
        None,
        {
            "kind": kind,
            "variant": variant,
            "name_ko": name_ko,
            "name_en": name_en,
            "value": value,
            "unit": unit,
            "valid_from": valid_from,
            "valid_to": valid_to,
            "basis": basis,
            "source": source,
        },
    )
    last = tx.scalar(select(func.max(Factor.position))) or 0
    row = Factor(position=last + GAP, **fields)
    tx.add(row)
    tx.flush()
    return row.id


@usecase("Edit factor")
def edit_factor(tx: Session, *, id: int, **values: Any) -> int:
    """Change a factor; what is computed with it changes, what was recorded stays and is compared.

    Raises UserError as `add_factor` does.
    """
    row = found(tx, Factor, id, NO_FACTOR)
    held = {name: getattr(row, name) for name in _FIELDS}
    change(row, _checked(tx, id, held | tidy(values, _FIELDS)))
    tx.flush()
    return row.id


@usecase("End factor")
def end_factor(tx: Session, *, id: int, valid_to: dt.date) -> int:
    """Say on which day a factor holds for the last time."""
    row = found(tx, Factor, id, NO_FACTOR)
    held = {name: getattr(row, name) for name in _FIELDS}
    change(row, _checked(tx, id, held | {"valid_to": valid_to}))
    tx.flush()
    return row.id


@usecase("Remove factor")
def remove_factor(tx: Session, *, id: int) -> None:
    """Remove a factor; results recorded with it keep its value and source."""
    tx.delete(found(tx, Factor, id, NO_FACTOR))
    tx.flush()


def _checked(tx: Session, id: int | None, values: dict[str, Any]) -> dict[str, Any]:
    """Return the fields as they are kept; raise UserError with what is wrong."""
    fields = tidy(values, _FIELDS)
    fields["name_ko"] = required(fields["name_ko"], N_("A factor needs a Korean name."))
    fields["unit"] = required(fields["unit"], N_("A factor needs its unit."))
    fields["kind"] = required(fields["kind"], N_("Say what the factor is for."))
    source = N_("A factor needs the source its value stands in.")
    fields["source"] = required(fields["source"], source)
    value = fields["value"]
    if value is None or not 0 < value < 1e12:
        raise UserError(N_("A factor is a number above zero."))
    fields["value"] = float(value)
    first = fields["valid_from"] = fields["valid_from"] or ALWAYS
    last = fields["valid_to"]
    if last is not None and last < first:
        raise UserError(N_("The last day lies before the first."))
    for row in factors(tx, kind=fields["kind"]):
        if row.id == id or row.variant != fields["variant"]:
            continue
        if (last is None or _began(row) <= last) and (
            row.valid_to is None or first <= row.valid_to
        ):
            raise UserError(
                N_("“{name}” holds on the same days ({first} to {last})."),
                hint=N_("End the other one first, or give other days."),
                name=row.name,
                first=row.valid_from or "",
                last=row.valid_to or "",
            )
    return fields
