"""Points of a target path: set, changed and taken away, each with its source."""

from __future__ import annotations

import datetime as dt
import math
import tomllib
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

import resources
from db.schema.energy import Indicator, Target
from db.store import usecase
from db.vocab import TargetKind
from gwangju_desktop.energy import areas
from gwangju_desktop.energy.rules import CITY
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import change, found, required, tidy
from gwangju_desktop.text import N_

NO_TARGET = N_("There is no target point {id}.")
FIRST_YEAR, LAST_YEAR = 1950, 2200


@dataclass(frozen=True, slots=True)
class TargetRow:
    """One point of a target path; `sample` marks a made-up one."""

    year: int
    value: float
    source: str
    sample: bool
    kind: str = TargetKind.TARGET.value
    area: str = CITY
    indicator: str = ""
    set_on: dt.date | None = None
    note: str = ""
    id: int = 0


def targets(read: Session, *, indicator: str, area: str = CITY) -> list[TargetRow]:
    """Return an indicator's points for an area, by year."""
    return [row for row in _rows(read, indicator) if row.area == area]


def listed(read: Session) -> list[TargetRow]:
    """Return all points: by indicator in its order, then the city before other areas, then year."""
    return _rows(read, None)


@usecase("Add target")
def add_target(
    tx: Session,
    *,
    indicator: str,
    year: int,
    value: float,
    source: str,
    area: str = CITY,
    kind: str = TargetKind.TARGET.value,
    set_on: dt.date | None = None,
    note: str = "",
    sample: bool = False,
) -> int:
    """Set a point of an indicator's path; return its id.

    Raises UserError for an unknown indicator or area, a second point of one year, a number that is
    none, a point before the path's beginning, and without a source.
    """
    asked = _asked(tx, indicator, year, value, source, area, kind, set_on, note)
    row = Target(sample=sample, **asked)
    _refuse_unlike(tx, row, asked)
    tx.add(row)
    tx.flush()
    return row.id


@usecase("Edit target")
def edit_target(
    tx: Session,
    *,
    id: int,
    indicator: str,
    year: int,
    value: float,
    source: str,
    area: str = CITY,
    kind: str = TargetKind.TARGET.value,
    set_on: dt.date | None = None,
    note: str = "",
) -> int:
    """Say a point otherwise; raises as `add_target`."""
    row = found(tx, Target, id, NO_TARGET)
    asked = _asked(tx, indicator, year, value, source, area, kind, set_on, note)
    _refuse_unlike(tx, row, asked)
    change(row, asked)
    return id


@usecase("Remove target")
def remove_target(tx: Session, *, id: int) -> int:
    """Take a point off its path."""
    tx.delete(found(tx, Target, id, NO_TARGET))
    return id


def complete(tx: Session) -> None:
    """Write the targets that ship: all into a new office, into an older one what it lacks.

    A path an older office has is left as it is, but for the words its points could not say then.
    """
    indicators = {row.code: row.id for row in tx.execute(select(Indicator.code, Indicator.id))}
    held: dict[tuple[int, str], dict[int, Target]] = {}
    for row in tx.scalars(select(Target)):
        held.setdefault((row.indicator_id, row.area), {})[row.year] = row
    for told in shipped():
        number = indicators.get(told["indicator"])
        if number is None:
            continue
        area = told.get("area", CITY)
        points = held.get((number, area))
        for one in told["points"]:
            kind = TargetKind(one.get("kind", TargetKind.TARGET)).value
            if points is None:
                tx.add(
                    Target(
                        indicator_id=number,
                        area=area,
                        year=one["year"],
                        value=one["value"],
                        kind=kind,
                        source=told["source"],
                        set_on=told.get("set"),
                        note=told.get("note", ""),
                    )
                )
            elif kind == TargetKind.START and one["year"] in points:
                _begin(points[one["year"]], one["value"])
    tx.flush()


def shipped() -> list[dict[str, Any]]:
    """Return the paths that ship."""
    told = tomllib.loads(resources.path("energy", "targets.toml").read_text("utf-8"))
    paths: list[dict[str, Any]] = told["target"]
    return paths


def _begin(row: Target, value: float) -> None:
    """Let the first point of a path say that it is where it begins, which it could not once."""
    if row.value == value and row.kind == TargetKind.TARGET:
        row.kind = TargetKind.START.value


def _rows(read: Session, indicator: str | None) -> list[TargetRow]:
    query = (
        select(Target.__table__, Indicator.code)
        .join(Indicator, Indicator.id == Target.indicator_id)
        .order_by(Indicator.position, Target.area, Target.year)
    )
    if indicator is not None:
        query = query.where(Indicator.code == indicator)
    return [
        TargetRow(
            year=row.year,
            value=row.value,
            source=row.source,
            sample=row.sample,
            kind=row.kind,
            area=row.area,
            indicator=row.code,
            set_on=row.set_on,
            note=row.note,
            id=row.id,
        )
        for row in read.execute(query).all()
    ]


def _asked(
    tx: Session,
    indicator: str,
    year: int,
    value: float,
    source: str,
    area: str,
    kind: str,
    set_on: dt.date | None,
    note: str,
) -> dict[str, Any]:
    """Return the columns of a point, checked."""
    number = tx.scalars(select(Indicator.id).where(Indicator.code == indicator)).one_or_none()
    if number is None:
        raise UserError(N_("There is no indicator {code}."), code=indicator)
    areas.area(tx, area)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise UserError(
            N_("{year} is no year of a target."),
            hint=N_("Write a year between {first} and {last}."),
            year=year,
            first=FIRST_YEAR,
            last=LAST_YEAR,
        )
    if not math.isfinite(value):
        raise UserError(N_("A target needs a number."), hint=N_("Write it in digits."))
    said = tidy({"source": source, "note": note}, ("source", "note"))
    return {
        "indicator_id": number,
        "area": area,
        "year": year,
        "value": value,
        "kind": TargetKind(kind).value,
        "set_on": set_on,
        "source": required(said["source"], N_("A target needs its source: who set it, and where.")),
        "note": said["note"],
    }


def _refuse_unlike(tx: Session, row: Target, asked: dict[str, Any]) -> None:
    """Refuse a second point of a year, and a path that begins after one of its points."""
    others = [
        one
        for one in tx.scalars(
            select(Target).where(
                Target.indicator_id == asked["indicator_id"], Target.area == asked["area"]
            )
        )
        if one.id != row.id
    ]
    if any(one.year == asked["year"] for one in others):
        raise UserError(
            N_("{year} has a target already."), hint=N_("Change that one."), year=asked["year"]
        )
    years = {one.year: one.kind for one in others} | {asked["year"]: asked["kind"]}
    begins = [year for year, kind in years.items() if kind == TargetKind.START]
    if begins and max(begins) > min(years):
        raise UserError(
            N_("A path begins with its first point; {year} is not the first."),
            hint=N_("Let the earliest point be the beginning, or none."),
            year=max(begins),
        )
