"""Derived figures as they were reported: kept with formula, inputs and factors, compared with now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.energy import EnergyResult, Indicator
from db.store import usecase
from gwangju_desktop import clock
from gwangju_desktop.energy import derived, rules
from gwangju_desktop.energy.derived import Computed
from gwangju_desktop.energy.derived.engine import Engine
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import change, found
from gwangju_desktop.members.rules import named
from gwangju_desktop.sheets.model import Remark
from gwangju_desktop.text import C_, N_

NO_RESULT = N_("There is no recorded result {id}.")
# Values that differ by less are the same to every reader.
_ALIKE = 1e-9


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One recorded figure; `factors` as they were then: kind, name, value, unit, source."""

    id: int
    indicator: str
    name: str
    area: str
    period: str
    value: float
    unit: str
    status: str
    formula: str
    recorded_at: dt.datetime
    factors: tuple[dict[str, Any], ...]
    mode: str
    definition: str
    read_as: str = ""


@dataclass(frozen=True, slots=True)
class Changed:
    """A recorded figure that comes to another value now; `why` is "factor" or "reading"."""

    id: int
    indicator: str
    name: str
    area: str
    period: str
    recorded: float
    now: float | None
    unit: str
    why: str
    sentence: Remark


@usecase("Record result")
def record(
    tx: Session,
    *,
    indicator: str,
    year: int,
    area: str = rules.CITY,
    mode: str = "",
    definition: str = "",
) -> int:
    """Record a year's figure as it is computed now, in place of what was recorded for it.

    Raises UserError where it cannot be computed.
    """
    made = derived.compute(
        tx, indicator=indicator, area=area, year=year, mode=mode, definition=definition
    )
    number = tx.scalars(select(Indicator.id).where(Indicator.code == indicator)).one()
    row = tx.scalars(
        select(EnergyResult).where(
            EnergyResult.indicator_id == number,
            EnergyResult.area == area,
            EnergyResult.period == year * 100,
        )
    ).one_or_none()
    fields = _fields(made, mode, definition)
    if row is None:
        row = EnergyResult(indicator_id=number, area=area, period=year * 100, **fields)
        tx.add(row)
    else:
        change(row, fields)
    tx.flush()
    return row.id


@usecase("Record results again")
def record_again(tx: Session, *, ids: Collection[int] = ()) -> list[int]:
    """Bring recorded results to what is computed now: those named, else all that differ."""
    wanted = list(ids) or [one.id for one in changed(tx) if one.now is not None]
    for id in wanted:
        row = found(tx, EnergyResult, id, NO_RESULT)
        code = tx.scalars(select(Indicator.code).where(Indicator.id == row.indicator_id)).one()
        how = row.inputs or {}
        made = derived.compute(
            tx,
            indicator=code,
            area=row.area,
            period=rules.period_text(row.period),
            mode=how.get("mode", ""),
            definition=how.get("definition", ""),
        )
        change(row, _fields(made, how.get("mode", ""), how.get("definition", "")))
    tx.flush()
    return wanted


@usecase("Remove recorded result")
def remove(tx: Session, *, id: int) -> None:
    """Forget a recorded result; what is computed stays."""
    tx.delete(found(tx, EnergyResult, id, NO_RESULT))
    tx.flush()


def results(
    read: Session, *, indicator: str | None = None, area: str | None = None
) -> list[ResultRow]:
    """Return what was recorded, by indicator, area and period."""
    query = (
        select(
            EnergyResult.__table__,
            Indicator.code,
            Indicator.name_ko,
            Indicator.name_en,
            Indicator.unit,
        )
        .join(Indicator, Indicator.id == EnergyResult.indicator_id)
        .order_by(Indicator.position, EnergyResult.area, EnergyResult.period)
    )
    if indicator is not None:
        query = query.where(Indicator.code == indicator)
    if area is not None:
        query = query.where(EnergyResult.area == area)
    return [
        ResultRow(
            id=row.id,
            indicator=row.code,
            name=named(row.name_ko, row.name_en),
            area=row.area,
            period=rules.period_text(row.period),
            value=row.value,
            unit=row.unit,
            status=row.status,
            formula=row.formula,
            recorded_at=row.recorded_at,
            factors=tuple(row.factors or ()),
            mode=(row.inputs or {}).get("mode", ""),
            definition=(row.inputs or {}).get("definition", ""),
            read_as=(row.inputs or {}).get("read_as", ""),
        )
        for row in read.execute(query).all()
    ]


def changed(
    read: Session, *, indicator: str | None = None, area: str | None = None
) -> list[Changed]:
    """Return the recorded figures that now come to another value, with the sentence that says so."""
    engines: dict[str, Engine] = {}
    return [
        one
        for row in results(read, indicator=indicator, area=area)
        if (one := _changed(read, row, engines)) is not None
    ]


def _changed(read: Session, row: ResultRow, engines: dict[str, Engine]) -> Changed | None:
    if row.mode not in engines:
        engines[row.mode] = Engine(read, mode=row.mode)
    try:
        made = derived.compute(
            read,
            indicator=row.indicator,
            area=row.area,
            period=row.period,
            mode=row.mode,
            definition=row.definition,
            engine=engines[row.mode],
        )
    except UserError:
        # Its indicator or definition is no longer there: nothing to compare with.
        return None
    now = made.value
    if now is not None and abs(now - row.value) <= _ALIKE * max(abs(now), abs(row.value)):
        return None
    before = {(one["kind"], one["value"]) for one in row.factors}
    after = {(one.kind, one.value) for one in made.factors}
    why = "factor" if now is not None and before != after else "reading"
    values = {
        "period": row.period,
        "name": row.name,
        "before": _shown(row.value),
        "after": _shown(now) if now is not None else "–",
        "unit": row.unit,
    }
    return Changed(
        id=row.id,
        indicator=row.indicator,
        name=row.name,
        area=row.area,
        period=row.period,
        recorded=row.value,
        now=now,
        unit=row.unit,
        why=why,
        sentence=Remark(_SENTENCES[why if now is not None else "gone"], values),
    )


_SENTENCES = {
    "factor": N_("A factor changed: {name} of {period} was {before}, is now {after} {unit}."),
    "reading": N_("Figures changed: {name} of {period} was {before}, is now {after} {unit}."),
    "gone": C_("result", "{name} of {period} was {before} {unit} and cannot be computed any more."),
}


def _shown(value: float) -> str:
    return f"{value:,.1f}".replace("-", "−")


def _fields(made: Computed, mode: str, definition: str) -> dict[str, Any]:
    if made.value is None:
        raise UserError(
            N_("There is nothing to record for {period}: {why}"),
            period=made.period,
            why=" ".join(str(note) for note in made.notes),
        )
    return {
        "value": made.value,
        "status": made.status,
        "formula": made.formula,
        "inputs": {
            "mode": mode,
            "definition": definition,
            "read_as": made.definition,
            "parts": [
                {
                    "indicator": part.indicator,
                    "item": part.item,
                    "amount": part.amount,
                    "amount_unit": part.amount_unit,
                    "value": part.value,
                    "datasets": list(part.datasets),
                }
                for part in made.parts
            ],
            "notes": [str(note) for note in made.notes],
        },
        "factors": [
            {
                "id": row.id,
                "kind": row.kind,
                "variant": row.variant,
                "name": row.name,
                "value": row.value,
                "unit": row.unit,
                "valid_from": row.valid_from.isoformat() if row.valid_from else None,
                "valid_to": row.valid_to.isoformat() if row.valid_to else None,
                "source": row.source,
            }
            for row in made.factors
        ],
        "recorded_at": clock.now(),
    }
