"""What one number of a table is: whose, of when, in which unit, of which item."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from gwangju_desktop.errors import UserError
from gwangju_desktop.sheets import areas, units
from gwangju_desktop.sheets.cells import is_pure_total, key
from gwangju_desktop.sheets.layouts import Layout
from gwangju_desktop.sheets.model import Line, Table
from gwangju_desktop.sheets.periods import NOTHING, Period, period, titled
from gwangju_desktop.text import N_

if TYPE_CHECKING:
    # Arithmetic brings numpy, which a list of people does without.
    from gwangju_desktop.sheets.totals import Checked


class Contradicted(UserError):
    """What was given beside the file is not what the file says."""


_BRACKET_ON = re.compile(r"\(.*")
# A period of each grain a file may cover, to compare others with.
_GRAIN = {"year": Period(year=1), "month": Period(year=1, month=1)}
_FULL_CITY = "광주광역시"


@dataclass(frozen=True, slots=True)
class Given:
    """What a person said about the file beside it."""

    period: Period = NOTHING
    unit: str | None = None
    # How percentages are written ("%" or hundredths): no unit of anything else in the file.
    share: str | None = None


@dataclass(slots=True)
class Scope:
    """What holds for a whole table: its layout, titles, unit, city, and what was said beside it."""

    table: Table
    layout: Layout | None
    given: Given
    stated_unit: str | None
    title: Period
    city: bool
    # The title says that all of it is provisional.
    provisional: bool = False
    unit_from: set[str] = field(default_factory=set)
    period_from: set[str] = field(default_factory=set)


class Item(NamedTuple):
    """What a pair of row and column counts."""

    indicator: str
    unit: str
    item: str
    total: bool


def scope(table: Table, layout: Layout | None, given: Given, meta: str, unit: str | None) -> Scope:
    """Return what holds for a table; raises UserError where `given` contradicts the file."""
    said = {found for _, text in table.titles if (found := units.stated(text))}
    stated = unit or (said.pop() if len(said) == 1 else None)
    if given.unit and stated and units.ratio(given.unit, stated) != 1:
        raise Contradicted(
            N_("{file} says its unit is {stated}, not {given}."),
            hint=N_("Leave the unit out."),
            stated=stated,
            given=given.unit,
        )
    if layout and layout.grain and given.period.finer(_GRAIN[layout.grain]):
        yearly = layout.grain == "year"
        raise Contradicted(
            N_("{file} covers a whole year; {given} is a part of one.")
            if yearly
            else N_("{file} covers a whole month; {given} is a part of one."),
            hint=N_("Give the year.") if yearly else N_("Give the month."),
            given=given.period.code or "",
        )
    title = titled([text for _, text in table.titles])
    if table.sheet.named and (own := period(table.sheet.name)):
        # A sheet named 1월 or '22.04.
        title = title.merge(own._replace(status=None)) or NOTHING
    if title.merge(given.period) is None:
        raise Contradicted(
            N_("{file} says it is of {stated}, not {given}."),
            hint=N_("Leave the period out."),
            stated=title.code or "",
            given=given.period.code or "",
        )
    texts = [*(text for _, text in table.titles), meta]
    subs = [line.sub for line in [*table.rows, *table.columns] if line.sub]
    city = any(_FULL_CITY in text for text in texts) or areas.are_the_five(subs)
    provisional = any("잠정" in text and "확정" not in text for text in texts)
    return Scope(table, layout, given, stated, title, city, provisional)


def area_names(said: object) -> dict[str, str]:
    """Return the codes that names of areas were answered with, by the name's key."""
    return {key(name): str(code) for name, code in said.items()} if isinstance(said, dict) else {}


def name_areas(table: Table, names: dict[str, str]) -> None:
    """Give lines whose place nobody knew the code that was answered for its name."""
    if not names:
        return
    for line in [*table.rows, *table.columns]:
        if line.province and line.province.startswith("?"):
            whole = line.province[1:] + (line.sub or "")
            line.code = line.code or names.get(key(whole))
            line.province = names.get(key(line.province[1:]), line.province)
        elif not line.province and (code := names.get(key("".join(line.items)))):
            line.code = code
            line.items = ()


def area_of(scope: Scope, row: Line, column: Line) -> str:
    """Return the area's code; "" when nothing says it, "?name" when no code is known."""
    dong = row.dong or column.dong
    code = row.code or column.code
    if code and not (dong and "/" in code):
        return code
    province = row.province or column.province or (areas.CITY if scope.city else None)
    sub = row.sub or column.sub
    if "area" in row.total | column.total and not sub:
        return province or areas.NATION
    if dong and code:
        return f"{code.partition('/')[0]}/{key(dong)}"
    if dong and not sub:
        return ""
    if sub and province and province != areas.NATION:
        own = areas.district(province, sub) or f"?{province}/{sub}"
        return f"{own}/{key(dong)}" if dong else own
    if sub and not province:
        return ""
    if province:
        return province
    return scope.layout.area if scope.layout else ""


def period_of(scope: Scope, row: Line, column: Line) -> Period | None:
    """Return the period, perhaps with parts unknown, or None when row and column contradict.

    Raises UserError where the period given beside the file contradicts it or is finer.
    """
    when = row.period.merge(column.period)
    if when is None:
        return None
    given = scope.given.period
    if when.year is not None and given.year is not None and given.finer(when):
        raise _contradiction(scope, when, row, column)
    merged = when.merge(given)
    if merged is None:
        raise _contradiction(scope, when, row, column)
    if when.year is not None:
        scope.period_from.add("cells")
    elif given.year is not None:
        scope.period_from.add("given")
    layout = scope.layout
    short = bool(layout and layout.grain == "month" and merged.month is None)
    if (merged.year is None or short) and scope.title != NOTHING:
        filled = merged.merge(scope.title)
        if filled is not None:
            scope.period_from.add("title")
            merged = filled
    return merged


def _contradiction(scope: Scope, when: Period, row: Line, column: Line) -> UserError:
    return Contradicted(
        N_("{file} says {stated} at {place}, not {given}."),
        hint=N_("Leave the period out."),
        stated=when.code or f"{when.month}월",
        given=scope.given.period.code or "",
        place=scope.table.sheet.place(row.at, column.at),
    )


def item_of(scope: Scope, row: Line, column: Line, checked: Checked, *, sole: bool) -> Item:
    """Return what a row and a column count together; a measure's name picks the indicator."""
    layout = scope.layout
    items = [*row.items, *column.items]
    measure = measure_of(layout, [*items, *scope.table.common]) if layout else ""
    if sole and row.items:
        # A single column's name is the measure, not a part of what the rows name.
        items = list(row.items)
    rest = [text for text in items if key(text) != measure]
    code = _code(layout, rest)
    last = rest[-1] if rest else ""
    if code and is_pure_total(last) and not (layout and layout.knows(last)):
        named = checked.names.get(("row", row.at)) or checked.names.get(("column", column.at))
        plain = "/".join(key(text) for text in rest)
        code = named or (plain if key(last) == "소계" else "")
    if sole and layout and not row.items:
        code = ""
    of = layout.measures[measure] if layout and measure else None
    indicator = of.indicator if of else (layout.indicator if layout else "")
    return Item(indicator, of.unit if of else "", code, bool(row.total | column.total))


def _code(layout: Layout | None, items: list[str]) -> str:
    if layout:
        return layout.code(items)
    return "/".join(key(item) for item in items)


def measure_of(layout: Layout, texts: Iterable[str]) -> str:
    """Return the first name among texts that the layout declares as a measure, else ""."""
    names = (_bare(text) for text in texts)
    return next((name for name in names if name in layout.measures), "")


def _bare(text: str) -> str:
    return key(_BRACKET_ON.sub("", text))


def unit_of(scope: Scope, row: Line, column: Line, item: Item) -> str:
    """Return the unit: the cell's, the file's, the layout's, the given one; "" when unknown.

    Raises UserError where the unit given beside the file contradicts the file or its layout.
    """
    stated = column.unit or row.unit or scope.stated_unit
    declared = item.unit or (scope.layout.unit if scope.layout else "")
    given = scope.given.unit
    sized = scope.layout is not None and bool(scope.layout.plausible)
    if given and declared and not stated and sized and units.ratio(given, declared) is not None:
        # Another unit of the same kind may be right in another year: sizes tell afterwards.
        declared = ""
    unit = stated or declared or given or ""
    scope.unit_from.add("cells" if stated else "layout" if declared else "given" if given else "")
    if given and units.ratio(given, unit) != 1:
        message = (
            N_("{file} says its unit is {stated}, not {given}.")
            if stated
            else N_("The table in {file} is published in {stated}, not {given}.")
        )
        raise Contradicted(message, hint=N_("Leave the unit out."), stated=unit, given=given)
    return unit
