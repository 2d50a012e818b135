"""What a file brings, series by series, ready to be compared and stored."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from gwangju_desktop.energy import rules
from gwangju_desktop.errors import UserError
from gwangju_desktop.sheets.facts import Reading, Understanding
from gwangju_desktop.text import N_

# Of an indicator, an area and dimension values.
Name = tuple[str, str, str]
# Nation, provinces, districts and dongs by code; other cities' districts are 'code/name'.
_KEPT = re.compile(r"\d{5}|\d{7,10}", re.ASCII)


class Block(NamedTuple):
    """The numbers of one series in order of their periods; `marks` are (summed, status)."""

    name: Name
    unit: str
    periods: Sequence[int]
    values: Sequence[float]
    marks: Sequence[tuple[bool, str]]


def blocks(prepared: Understanding) -> list[Block]:
    """Return what is kept of a file, one block a series; raises UserError when nothing is."""
    found = _long(prepared) if prepared.columns else _grouped(prepared)
    if not found:
        raise UserError(
            N_("{file} holds no figures of an area this office knows."),
            hint=N_("Choose a table with the city, its districts, the provinces or the nation."),
            file=prepared.file,
        )
    return found


def check(prepared: Understanding) -> None:
    """Refuse a file that brings nothing; raises UserError."""
    if not prepared.columns:
        blocks(prepared)


def _long(prepared: Understanding) -> list[Block]:
    found = []
    # The series of a long file are of the same days: one list serves them all.
    lists: dict[bytes, tuple[list[int], list[tuple[bool, str]]]] = {}
    for one in prepared.columns:
        name = (one.indicator, one.area, _dims(one.dimension, one.item))
        key = one.periods.tobytes()
        if key not in lists:
            lists[key] = one.periods.tolist(), [(False, "final")] * len(one.periods)
        periods, marks = lists[key]
        found.append(Block(name, one.unit, periods, one.values.tolist(), marks))
    return sorted(found, key=lambda block: block.name)


def _grouped(prepared: Understanding) -> list[Block]:
    rows: dict[Name, dict[int, Reading]] = {}
    named: dict[tuple[str, str, str, str], Name] = {}
    for one in prepared.readings:
        if one.value is None or not _is_kept(one.area, prepared):
            continue
        period = rules.period_number(one.period)
        if period is None:
            raise UserError(
                N_("{file}: '{period}' at {place} is not a period."),
                hint=N_("Correct the table and try again."),
                file=prepared.file,
                period=one.period,
                place=one.place,
            )
        key = (one.indicator, one.area, one.dimension, one.item)
        name = named.get(key)
        if name is None:
            name = named[key] = (one.indicator, one.area, _dims(one.dimension, one.item))
        rows.setdefault(name, {})[period] = one
    return [_block(name, rows[name]) for name in sorted(rows)]


def _block(name: Name, own: dict[int, Reading]) -> Block:
    periods = sorted(own)
    return Block(
        name,
        own[periods[0]].unit,
        periods,
        [own[period].value or 0.0 for period in periods],
        [(own[period].summed, own[period].status or "final") for period in periods],
    )


def _is_kept(area: str, prepared: Understanding) -> bool:
    own = prepared.layout.area if prepared.layout else ""
    return area == own or area in prepared.area_names or _KEPT.fullmatch(area) is not None


def _dims(dimension: str, item: str) -> str:
    """Write what a reading is of; several dimensions and their values are joined by ';'."""
    if not item:
        return ""
    if ";" not in dimension:
        return rules.dims_text({dimension: item})
    return rules.dims_text(dict(zip(dimension.split(";"), item.split(";"), strict=True)))


def span(found: Iterable[Block]) -> tuple[int, int]:
    """Return the first and last period of what a file brings, as text sorts them."""
    ends = [end for block in found for end in (block.periods[0], block.periods[-1])]
    return min(ends, key=rules.period_text), max(ends, key=rules.period_text)
