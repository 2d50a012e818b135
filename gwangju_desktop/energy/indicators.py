"""What is done to indicators: made, changed, ordered, ended; and lists of them for the screens."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.energy import EnergySource, Indicator, IndicatorSource, Series
from db.store import usecase
from db.vocab import Direction, Frequency, IndicatorKind
from gwangju_desktop.energy import factors, queries
from gwangju_desktop.energy.catalogue import GAP
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import change, found, required, tidy
from gwangju_desktop.sheets import units
from gwangju_desktop.text import N_

NO_INDICATOR = N_("There is no indicator {id}.")
FIELDS = (
    "section",
    "name_ko",
    "name_en",
    "unit",
    "kind",
    "direction",
    "decimals",
    "frequency",
    "level",
    "dimensions",
    "origin",
    "baseline_year",
    "quality",
    "note_ko",
    "note_en",
)
_CODE = re.compile(r"[A-Z][A-Z0-9]{1,7}", re.ASCII)
_SORTS = {
    "position": Indicator.position,
    "code": Indicator.code,
    "name": Indicator.name_ko,
    "section": Indicator.section,
    "unit": Indicator.unit,
}


@usecase("Add indicator")
def add_indicator(
    tx: Session,
    *,
    code: str,
    name_ko: str,
    unit: str,
    section: str,
    top: str = "",
    bottom: str = "",
    times: int = 1,
    **values: Any,
) -> int:
    """Add an indicator to a section, the last of it; return its id.

    With `top` and `bottom`, codes of indicators, it is the one by the other times a number.
    Raises UserError for a code that is taken or misshapen, and without name or unit.
    """
    kept = required(code, N_("An indicator needs a code.")).upper()
    if not _CODE.fullmatch(kept):
        raise UserError(
            N_("“{code}” is no code of an indicator."),
            hint=N_("Two to eight capital letters and digits, as EL01."),
            code=code,
        )
    if tx.scalars(select(Indicator.id).where(Indicator.code == kept)).first() is not None:
        raise UserError(
            N_("There already is an indicator {code}."), hint=N_("Give another code."), code=kept
        )
    rule = _ratio(tx, top, bottom, times)
    usual = {"name_en": ""} | ({"kind": IndicatorKind.RATE.value} if rule else {})
    fields = _checked(usual | {**values, "name_ko": name_ko, "unit": unit, "section": section})
    rows = tx.execute(select(Indicator.section, Indicator.position)).all()
    last = max((row.position for row in rows), default=0)
    own = [row.position for row in rows if row.section == section]
    place = last + GAP
    if own:
        after = min((row.position for row in rows if row.position > max(own)), default=place + GAP)
        place = (max(own) + after) // 2 if after - max(own) > 1 else place
    row = Indicator(code=kept, position=place, rule=rule, **fields)
    tx.add(row)
    tx.flush()
    return row.id


@usecase("Edit indicator")
def edit_indicator(
    tx: Session,
    *,
    id: int,
    definition: str | None = None,
    mode: str | None = None,
    source: str | None = None,
    **values: Any,
) -> int:
    """Change what an indicator says of itself; of a computed one also definition and factors' mode.

    `source` is the table it is read from before others.

    Raises UserError without name or unit, and for a unit its figures cannot be turned into.
    """
    row = found(tx, Indicator, id, NO_INDICATOR)
    held = {name: getattr(row, name) for name in FIELDS}
    fields = _checked(held | tidy(values, FIELDS))
    if fields["unit"] != row.unit and units.ratio(row.unit, fields["unit"]) is None:
        series = tx.scalars(select(Series.id).where(Series.indicator_id == id).limit(1)).first()
        if series is not None:
            raise UserError(
                N_("The figures of {name} are in {old}; they cannot be shown in {new}."),
                hint=N_("Make an indicator of its own for another unit."),
                name=row.name_ko,
                old=row.unit,
                new=fields["unit"],
            )
    change(row, fields)
    if source:
        _prefer(tx, row, source)
    rule = dict(row.rule) if row.rule else None
    if rule is not None and definition is not None and definition != rule.get("definition", ""):
        if definition not in rule.get("definitions", {}):
            raise UserError(
                N_("{indicator} has no definition {definition}."),
                hint=N_("Known: {known}."),
                indicator=row.code,
                definition=definition,
                known=", ".join(rule.get("definitions", {})) or "–",
            )
        rule["definition"] = definition
    if rule is not None and mode is not None and mode != rule.get("mode", "year"):
        if mode not in factors.MODES:
            raise UserError(N_("There is no mode {mode}."), mode=mode)
        rule["mode"] = mode
    if rule is not None and rule != row.rule:
        row.rule = rule
    tx.flush()
    return row.id


@usecase("Change the order of tables")
def prefer_source(tx: Session, *, id: int, source: str) -> int:
    """Read an indicator from one published table before all others it has; two are never added."""
    row = found(tx, Indicator, id, NO_INDICATOR)
    _prefer(tx, row, source)
    return row.id


def _prefer(tx: Session, row: Indicator, source: str) -> None:
    ranked = list(
        tx.scalars(
            select(IndicatorSource)
            .where(IndicatorSource.indicator_id == row.id)
            .order_by(IndicatorSource.rank)
        )
    )
    wanted = tx.scalars(select(EnergySource.id).where(EnergySource.code == source)).one_or_none()
    first = next((one for one in ranked if one.source_id == wanted), None)
    if first is None:
        raise UserError(
            N_("{indicator} is not read from {source}."),
            hint=N_("Import a file of that table first."),
            indicator=row.code,
            source=source,
        )
    order = [first, *(one for one in ranked if one is not first)]
    if order == ranked:
        return
    # A rank is taken once: all step aside before they take their places.
    for n, one in enumerate(order, start=1):
        one.rank = -n
    tx.flush()
    for n, one in enumerate(order, start=1):
        one.rank = n
    tx.flush()


@usecase("Rename indicator")
def rename(tx: Session, *, id: int, name: str) -> int:
    """Change an indicator's Korean name."""
    row = found(tx, Indicator, id, NO_INDICATOR)
    change(row, {"name_ko": required(name, N_("An indicator needs a Korean name."))})
    return row.id


@usecase("Paste into indicators")
def paste(tx: Session, *, cells: Sequence[tuple[int, str, str]]) -> None:
    """Take names from a spreadsheet, all or none."""
    for id, key, value in cells:
        if key == "name":
            rename(tx, id=id, name=value)


@usecase("End indicator")
def end_indicator(tx: Session, *, id: int) -> int:
    """Take an indicator out of the picker; its figures stay."""
    row = found(tx, Indicator, id, NO_INDICATOR)
    change(row, {"ended": True})
    return row.id


@usecase("Take indicator up again")
def resume_indicator(tx: Session, *, id: int) -> int:
    """Bring an ended indicator back into the picker."""
    row = found(tx, Indicator, id, NO_INDICATOR)
    change(row, {"ended": False})
    return row.id


@usecase("Move indicator")
def move_indicator(tx: Session, *, id: int, by: int) -> int:
    """Move an indicator so many places up (negative) or down in the picker's order."""
    row = found(tx, Indicator, id, NO_INDICATOR)
    order = list(tx.scalars(select(Indicator).order_by(Indicator.position, Indicator.id)))
    at = order.index(row)
    to = max(0, min(len(order) - 1, at + by))
    if to == at:
        return id
    others = [one for one in order if one is not row]
    before = others[to - 1].position if to else 0
    after = others[to].position if to < len(others) else before + 2 * GAP
    if after - before < 2:
        for n, one in enumerate(order, start=1):
            one.position = n * GAP
        tx.flush()
        return move_indicator(tx, id=id, by=by)
    row.position = (before + after) // 2
    tx.flush()
    return id


def indicator_ids(
    read: Session, *, sort: str = "position", descending: bool = False, words: str = ""
) -> list[int]:
    """Return the indicators' ids in an order, those whose names, code or source hold some words."""
    column = _SORTS.get(sort, Indicator.position)
    order = column.desc() if descending else column
    rows = read.execute(
        select(
            Indicator.id, Indicator.code, Indicator.name_ko, Indicator.name_en, Indicator.origin
        ).order_by(order, Indicator.position)
    ).all()
    asked = words.casefold().split()
    return [row.id for row in rows if all(part in " ".join(row[1:]).casefold() for part in asked)]


def indicator_rows(read: Session, *, ids: Sequence[int]) -> list[queries.IndicatorRow]:
    """Return the indicators of these ids."""
    wanted = set(ids)
    return [row for row in queries.indicators(read) if row.id in wanted]


def _checked(values: dict[str, Any]) -> dict[str, Any]:
    """Return the fields as they are kept; raise UserError with what is wrong."""
    fields = tidy(values, FIELDS)
    fields["name_ko"] = required(fields["name_ko"], N_("An indicator needs a Korean name."))
    fields["unit"] = required(fields["unit"], N_("An indicator needs its unit."))
    fields["section"] = required(fields["section"], N_("Choose a section for the indicator."))
    if len(fields["unit"]) > 20:
        raise UserError(N_("A unit has at most {n} letters."), n=20)
    for name, known in (
        ("kind", IndicatorKind),
        ("direction", Direction),
        ("frequency", Frequency),
    ):
        value = fields.get(name) or ""
        if value and value not in set(known):
            raise UserError(N_("“{value}” is no value of {name}."), value=value, name=name)
    year = fields.get("baseline_year")
    if year is not None and not 1900 <= year <= 2100:
        raise UserError(N_("A baseline is a year from 1900 to 2100."))
    decimals = fields.get("decimals") or 0
    if not 0 <= decimals <= 6:
        raise UserError(N_("An indicator has 0 to 6 decimals."))
    return fields


def _ratio(tx: Session, top: str, bottom: str, times: int) -> dict[str, Any] | None:
    if not top and not bottom:
        return None
    known = set(tx.scalars(select(Indicator.code)))
    for asked in (top, bottom):
        if asked not in known:
            raise UserError(
                N_("There is no indicator {code}."),
                hint=N_("Choose both indicators of the ratio."),
                code=asked or "–",
            )
    return {
        "form": "ratio",
        "times": times or 1,
        "top": [{"of": top}],
        "bottom": {"of": bottom},
    }
