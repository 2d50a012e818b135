"""Rows and value columns to lines: what each says of area, period, item, unit and totals."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from gwangju_desktop.errors import UserError
from gwangju_desktop.sheets import areas, units
from gwangju_desktop.sheets.cells import is_pure_total, is_total, key, number, tidy
from gwangju_desktop.sheets.model import Line, Row, Sheet
from gwangju_desktop.sheets.periods import NOTHING, Period, period
from gwangju_desktop.text import N_

_DERIVED = re.compile(
    r"증감|전년|전월|대비|구성비|누계|누적|^비율|평균|^순위|[상하]반기|^(?:최대|최소|최고|최저)(?:값|치)?$"
)
# 2021년 계, 2021년 합계: a year's sum among its months.
_PERIOD_TOTAL = re.compile(r"(.*\d.*?)[ (]*(?:합계|소계|총계|누계|계)\)?")
_PERIOD_FIRST = re.compile(
    r"((?:(?:19|20)\d{2}(?:년|[.\-/]) ?)?\d{1,2}월|(?:19|20)\d{2}년) ?((?![ \d]|[~∼]|말|초|현재|누계|누적|계|합계).+)"
)
_CODE_BEHIND = re.compile(r"(.+?) ?\((\d{2,10})\)")
_HANGUL = re.compile(r"[가-힣]+")
_LAST_BRACKET = re.compile(r"\s*[(\[][^)\]]*[)\]]$")
_MONTHS = {str(month) for month in range(1, 13)}
_PART: dict[str, Callable[[int], Period]] = {
    "year": lambda n: Period(year=n),
    "quarter": lambda n: Period(quarter=n),
    "month": lambda n: Period(month=n),
    "day": lambda n: Period(day=n),
    "hour": lambda n: Period(hour=n),
}
_HOURS = ({str(hour) for hour in range(1, 25)}, {str(hour) for hour in range(24)})


def header_paths(rows: list[Row], header: list[int]) -> list[tuple[str, ...]]:
    """Return each column's header texts from top to bottom.

    A blank cell continues its left neighbour only inside the same group of the row above, and in
    the last row never: else 합계 beside 산업용 계 would inherit its name.
    """
    width = len(rows[0])
    group = [0] * width
    parts: list[list[str]] = [[] for _ in range(width)]
    for row in header:
        texts = [tidy(cell) for cell in rows[row]]
        below = header[header.index(row) + 1 :]
        for column in range(1, width):
            blank = not texts[column] and texts[column - 1]
            named_below = any(tidy(rows[lower][column]) for lower in below)
            if blank and named_below and group[column] == group[column - 1]:
                texts[column] = texts[column - 1]
        group = _groups(texts, group)
        for column, text in enumerate(texts):
            for part in _split_period(text):
                if part and parts[column][-1:] != [part]:
                    parts[column].append(part)
    return [tuple(part) for part in parts]


def _split_period(text: str) -> tuple[str, ...]:
    """Split '2023년01월_총인구수' and '1월 사용량(kWh)' into the period and what is counted."""
    first, mark, rest = text.partition("_")
    if mark and period(first) is not None:
        return (first, rest)
    said = _PERIOD_FIRST.match(text)
    return (said[1], said[2]) if said and period(said[1]) is not None else (text,)


def _groups(texts: list[str], above: list[int]) -> list[int]:
    groups = []
    current = 0
    for column, text in enumerate(texts):
        if column and (text, above[column]) != (texts[column - 1], above[column - 1]):
            current += 1
        groups.append(current)
    return groups


def columns(paths: list[tuple[str, ...]], values: list[int]) -> tuple[list[Line], tuple[str, ...]]:
    """Return the value columns as lines, and the texts that stand over all of them."""
    common: set[str] = set()
    if len(values) > 1:
        common = set(paths[values[0]]).intersection(*(paths[column] for column in values))
    texts = [
        _without_unit(text)
        for column in values
        for text in paths[column]
        if text not in common and not is_total(text)
    ]
    said = _Said(
        common=common,
        provinces=areas.are_provinces(texts),
        districts=bool(texts) and all(areas.is_district(text) for text in texts),
        bare=_bare_parts(texts),
    )
    found = [said.line(column, paths[column]) for column in values]
    timed = sum(line.period != NOTHING for line in found)
    for line in found:
        if timed > len(found) // 2 and line.period == NOTHING and "item" in line.total:
            # 합계 beside 1월..12월 is the year, not a thirteenth month.
            line.total = frozenset({"period"})
            line.items = ()
        elif timed > len(found) // 2 and line.period == NOTHING:
            # A column of no period among months is a comparison or a remark in numbers.
            line.derived = True
    return found, tuple(sorted(common))


def _without_unit(text: str) -> str:
    return _LAST_BRACKET.sub("", text) if units.stated(text) else text


def _bare_parts(texts: list[str]) -> dict[str, Period]:
    """Read headers 1..12 as months and 1..24 or 0..23 as hours when all of them are there."""
    digits = {text for text in texts if text.isascii() and text.isdigit() and len(text) < 3}
    counts = {str(int(text)) for text in digits}
    if counts == _MONTHS:
        return {text: Period(month=int(text)) for text in digits}
    if counts in _HOURS:
        return {text: Period(hour=int(text)) for text in digits}
    return {}


class _Said:
    """What all column headers of a table have in common."""

    def __init__(
        self, *, common: set[str], provinces: bool, districts: bool, bare: dict[str, Period]
    ) -> None:
        self._common = common
        self._provinces = provinces
        self._districts = districts
        self._bare = bare

    def line(self, column: int, path: tuple[str, ...]) -> Line:
        line = Line(column, path)
        items: list[str] = []
        for text in path:
            if text in self._common and len(path) > 1:
                line.unit = line.unit or units.stated(text)
                continue
            line.derived |= bool(_DERIVED.search(key(text)))
            line.unit = units.stated(text) or line.unit
            items += self._place(line, text, alone=len(path) == 1)
        line.items = tuple(items)
        return line

    def _place(self, line: Line, text: str, *, alone: bool) -> list[str]:
        """Put one header text where it belongs; return it as an item when it is one."""
        when = self._bare.get(text) or period(text)
        merged = line.period.merge(when) if when else None
        if merged is not None:
            line.period = merged
            return []
        plain = _without_unit(text)
        code = areas.province(plain) if self._provinces else None
        if self._provinces and areas.is_merged(plain):
            code = "?" + plain
        if code:
            line.province = code
            return []
        if self._districts and areas.is_district(plain):
            line.sub = plain
            return []
        if is_total(text):
            over_areas = self._provinces or self._districts
            line.total |= {"area" if over_areas else "item"}
            return [] if over_areas else [text]
        # 가구 under 제조업 is furniture, not households: a plain Korean word is no unit by itself.
        is_unit = units.named(plain) is not None and not _HANGUL.fullmatch(plain)
        return [plain] if plain and (alone or not is_unit) else []


def first_days_are_months(sheet: Sheet, rows: list[Line], columns: list[Line]) -> None:
    """Read dates as months where every one is the first of its month: a cell's form, no day.

    Raises UserError where all of them are 1 January of different years: day, month or year.
    """
    dated = [line for line in [*rows, *columns] if line.period.day is not None]
    parts = [part for line in [*rows, *columns] for part in (line.period.hour,)]
    if not dated or any(part is not None for part in parts):
        return
    if any(line.period.day != 1 or line.period.month is None for line in dated):
        return
    months = {(line.period.year, line.period.month) for line in dated}
    if len(months) < 2:
        return
    if {month for _, month in months} == {1}:
        raise UserError(
            N_("{file}: the dates at {place} may mean days, months or years."),
            hint=N_("Write 2021 or 2021-01 instead of 2021-01-01."),
            place=sheet.place(dated[0].at, 0) if dated[0] in rows else sheet.name,
        )
    for line in dated:
        line.period = line.period._replace(day=None)


def fill_down(rows: list[Row], body: list[int], kinds: list[str], roles: dict[int, str]) -> None:
    """Give a blank area or period label the one above, as a merged cell means it.

    Only when something stands to its right, and never across a total.
    """
    labels = sorted(roles)
    for column in labels:
        role = roles[column]
        if role not in ("province", "period", "sub") and not role.startswith("part"):
            continue
        right = [label for label in labels if label > column]
        above: object = None
        for row in body:
            cell = rows[row][column]
            if cell is not None:
                above = None if is_total(cell) else cell
                continue
            something = any(rows[row][label] is not None for label in right)
            if above is not None and kinds[row] == "body" and something:
                rows[row][column] = above


def rows(sheet: Sheet, cells: list[Row], real: list[int], roles: dict[int, str]) -> list[Line]:
    """Return the table's rows as lines; raises UserError where a period is none."""
    labels = sorted(roles)
    known: dict[tuple[object, ...], Line] = {}
    found = []
    for row in real:
        said = tuple(cells[row][column] for column in labels)
        line = known.get(said)
        if line is None:
            line = known[said] = _row(sheet, row, labels, roles, said)
        else:
            line = replace(line, at=row)
        found.append(line)
    return found


def _row(
    sheet: Sheet, row: int, labels: list[int], roles: dict[int, str], said: tuple[object, ...]
) -> Line:
    filled = [(column, cell) for column, cell in zip(labels, said, strict=True) if cell is not None]
    line = Line(row, tuple(tidy(cell) for _, cell in filled))
    items: list[str] = []
    total: set[str] = set()
    for column, cell in filled:
        role = roles[column]
        if role == "code":
            line.code = areas.by_code(cell)
        elif role == "dong":
            if is_total(cell):
                total.add("area")
            else:
                line.dong = tidy(cell)
        elif role == "unit":
            line.unit = units.named(tidy(cell))
        elif role == "period" or role.startswith("part:"):
            if is_total(cell) or _is_period_total(cell):
                total.add("period")
            else:
                line.period = _merged(
                    line.period, _part(role, cell), sheet.place(row, column), cell
                )
        elif role in ("province", "sub"):
            if is_total(cell) and not areas.province(cell):
                # '해양 (계)' or '수도권 계' sums over places that are not one area.
                total.add("area" if is_pure_total(cell) else "other")
            else:
                _place_area(line, role, tidy(cell))
        elif role == "item":
            if is_total(cell):
                total.add("item")
            items.append(tidy(cell))
    # One syllable a row before another label is a word written downwards: 생/산/부/문.
    line.items = tuple([item for item in items[:-1] if len(item) > 1] + items[-1:])
    line.total = frozenset(total)
    return line


def without_code(text: str) -> str:
    """Take a code in brackets off a place's name: '광주광역시 (2900000000)'."""
    said = _CODE_BEHIND.fullmatch(text)
    return said[1] if said else text


def _is_period_total(cell: object) -> bool:
    said = _PERIOD_TOTAL.fullmatch(tidy(cell))
    return said is not None and period(said[1]) is not None


def _place_area(line: Line, role: str, text: str) -> None:
    if said := _CODE_BEHIND.fullmatch(text):
        # '광주광역시 (2900000000)'
        line.code = line.code or areas.by_code(said[2])
        text = said[1]
    code, rest = areas.split(text)
    if role == "sub" and rest and not code and areas.province(rest, short=False):
        code, rest = areas.province(rest), ""
    if role == "sub" and areas.is_merged(rest):
        code, rest = "?" + rest, ""
    if role == "province":
        line.province = areas.province(text) or code or "?" + text
    else:
        line.province = line.province or code
        district, _, dong = rest.partition(" ")
        if dong and areas.is_district(district):
            line.dong = dong
            rest = district
        line.sub = rest or None


def _part(role: str, cell: object) -> Period | None:
    if role == "period":
        return period(cell)
    got = number(cell)
    if got is None or got.value is None:
        return period(cell)
    if not got.value.is_integer():
        return None
    return _PART[role.partition(":")[2]](int(got.value))


def no_period(place: str, cell: object) -> UserError:
    """Return the refusal of a cell that should hold a period."""
    return UserError(
        N_("{file}: '{text}' at {place} is not a period."),
        hint=N_("Correct the cell, or delete the row if it is a remark."),
        text=tidy(cell),
        place=place,
    )


def no_number(place: str, cell: object) -> UserError:
    """Return the refusal of a cell that should hold a number."""
    return UserError(
        N_("{file}: '{text}' stands where a number is expected: {place}."),
        hint=N_("Correct the cell and try again."),
        text=" ".join(str(cell).split()),
        place=place,
    )


def _merged(mine: Period, theirs: Period | None, place: str, cell: object) -> Period:
    merged = mine.merge(theirs) if theirs else None
    if merged is None:
        raise no_period(place, cell)
    return merged
