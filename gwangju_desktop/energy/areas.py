"""Places figures are published for: codes of two systems, the days they hold, what follows them.

Which districts a city has on a day is data: a merger ends codes and names their successors.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

import resources
from db.schema.energy import Area
from db.vocab import AreaLevel
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.members.rules import named
from gwangju_desktop.text import N_

GAP = 1024
NATION = "00000"
SOURCE = "행정표준코드·통계청 코드(적용 시작일은 미확인)"


@dataclass(frozen=True, slots=True)
class AreaRow:
    """One area with the days its code holds; `kostat` is its code at the statistics office."""

    code: str
    name: str
    name_ko: str
    name_en: str
    parent: str | None
    valid_from: dt.date
    valid_to: dt.date | None
    level: str = ""
    kostat: str = ""
    successor: str = ""
    source: str = ""
    id: int = 0

    def holds(self, on: dt.date) -> bool:
        """Say whether the code holds on a day."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


def areas(read: Session, *, on: dt.date | None = None, level: str | None = None) -> list[AreaRow]:
    """Return the areas in their order: all, those whose codes hold on a day, those of a level."""
    query = select(Area.__table__).order_by(Area.position, Area.id)
    if level is not None:
        query = query.where(Area.level == AreaLevel(level).value)
    rows = [_row(row) for row in read.execute(query).all()]
    return [row for row in rows if on is None or row.holds(on)]


def area(read: Session, code: str) -> AreaRow:
    """Return the latest row of a code; raise UserError for one that is not known."""
    query = select(Area.__table__).where(Area.code == code).order_by(Area.valid_from.desc())
    row = read.execute(query.limit(1)).one_or_none()
    if row is None:
        raise UserError(
            N_("There is no area {code}."), hint=N_("Load its code under Bases."), code=code
        )
    return _row(row)


def children(read: Session, code: str, on: dt.date | None = None) -> list[AreaRow]:
    """Return what an area is divided into on a day, in their order.

    Without a day: today, or the last day of an area whose code has ended, so that a city of the
    past keeps its districts.
    """
    if on is None:
        ended = read.scalars(
            select(Area.valid_to).where(Area.code == code).order_by(Area.valid_from.desc()).limit(1)
        ).one_or_none()
        on = min(clock.today(), ended or dt.date.max)
    query = select(Area.__table__).where(Area.parent == code).order_by(Area.position, Area.id)
    return [row for row in map(_row, read.execute(query).all()) if row.holds(on)]


def lineage(read: Session, code: str) -> tuple[str, ...]:
    """Return a code and those it went into, the oldest first: one place under changing codes."""
    found = [code]
    while True:
        follows = read.scalars(
            select(Area.successor)
            .where(Area.code == found[-1], Area.successor != "")
            .order_by(Area.valid_from.desc())
            .limit(1)
        ).one_or_none()
        if not follows or follows in found:
            return tuple(found)
        found.append(follows)


def codes(read: Session) -> dict[str, str]:
    """Return every known code, of both systems, with the code figures are kept under."""
    rows = read.execute(select(Area.code, Area.kostat).order_by(Area.valid_from)).all()
    known = {row.kostat: row.code for row in rows if row.kostat}
    return known | {row.code: row.code for row in rows}


def names(read: Session) -> dict[tuple[str, str], str]:
    """Return the code of each (parent's code, Korean name): 동구 exists in six cities."""
    rows = read.execute(
        select(Area.parent, Area.name_ko, Area.code).order_by(Area.valid_from)
    ).all()
    return {(row.parent or "", row.name_ko): row.code for row in rows}


def loaded(read: Session) -> dict[str, str]:
    """Return the codes this office loaded itself, by the name files write: city and district."""
    known = {one["code"] for one in shipped()}
    rows = read.execute(select(Area.code, Area.parent, Area.name_ko)).all()
    own = {row.code: row for row in rows if row.code not in known}
    found = {row.name_ko: code for code, row in own.items() if row.parent == NATION}
    for code, row in own.items():
        # 동구 alone is the name of six districts.
        if above := own.get(row.parent):
            found[f"{above.name_ko} {row.name_ko}"] = code
    return found


def complete(tx: Session) -> None:
    """Add the areas that ship and are missing, and to older rows what they did not say yet."""
    known: dict[str, list[Area]] = {}
    for row in tx.scalars(select(Area)):
        known.setdefault(row.code, []).append(row)
    place = next_position(tx)
    for one in shipped():
        held = known.get(one["code"])
        if held is None:
            tx.add(Area(position=place, source=SOURCE, **_columns(one)))
            place += GAP
            continue
        for row in held:
            if not row.level:
                row.level = one["level"]
                row.kostat = row.kostat or one.get("kostat", "")
                row.successor = row.successor or one.get("successor", "")
                row.parent = row.parent or one.get("parent")
    tx.flush()


def shipped() -> list[dict[str, Any]]:
    """Return the areas that ship, in their order."""
    told = tomllib.loads(resources.path("energy", "areas.toml").read_text("utf-8"))
    areas: list[dict[str, Any]] = told["area"]
    return areas


def next_position(tx: Session) -> int:
    """Return the place after the last area."""
    return (tx.scalar(select(func.max(Area.position))) or 0) + GAP


def _columns(one: dict[str, Any]) -> dict[str, Any]:
    return {
        "code": one["code"],
        "parent": one.get("parent"),
        "level": one["level"],
        "kostat": one.get("kostat", ""),
        "successor": one.get("successor", ""),
        "name_ko": one["name"]["ko"],
        "name_en": one["name"]["en"],
        "valid_from": one["valid_from"],
        "valid_to": one.get("valid_to"),
    }


def _row(row: Any) -> AreaRow:
    return AreaRow(
        code=row.code,
        name=named(row.name_ko, row.name_en),
        name_ko=row.name_ko,
        name_en=row.name_en,
        parent=row.parent,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        level=row.level,
        kostat=row.kostat,
        successor=row.successor,
        source=row.source,
        id=row.id,
    )
