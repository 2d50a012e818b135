"""Codes of areas loaded from a published list or typed: what a merger brings cannot be shipped.

A list has one area a row with its code and name, beside them what it knows of the other code
(KOSTAT), the days it holds, the area above, and the code it takes the place of.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.energy import Area
from db.store import usecase
from db.vocab import AreaLevel
from gwangju_desktop import clock
from gwangju_desktop.energy import areas
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import change, found, required, tidy
from gwangju_desktop.sheets import grid
from gwangju_desktop.sheets.reading import in_child, refused
from gwangju_desktop.text import N_

NO_AREA = N_("There is no area {id}.")
MAX_BYTES = 20 << 20
MOST_LINES = 20_000
_OURS = ("광주광역시", "전남광주통합특별시")
# What a column holds, by its title without blanks.
_TITLES = {
    "code": ("행정동코드", "행정기관코드", "법정동코드", "지역코드", "코드", "code", "region_cd"),
    "province": ("시도명", "시도", "sido"),
    "district": ("시군구명", "시군구", "sigungu"),
    "dong": ("읍면동명", "행정동명", "읍면동", "emd"),
    "name": ("이름", "지역명", "법정동명", "name", "name_ko"),
    "name_en": ("영문명", "영문이름", "name_en", "name_eng"),
    "kostat": ("통계청코드", "통계청", "kostat"),
    "parent": ("상위코드", "상위지역코드", "parent"),
    "first": ("생성일자", "적용일", "적용시작일", "시작일", "valid_from"),
    "last": ("말소일자", "폐지일", "적용종료일", "종료일", "valid_to"),
    "before": ("이전코드", "구코드", "종전코드", "predecessor"),
}
_NAMES = {"name", "province", "district", "dong"}
_DAY = re.compile(r"(\d{4})\D*(\d{1,2})\D*(\d{1,2})\D*(?:00:00.*)?", re.ASCII)
_FORM = N_("Choose a list with a title row: code, name, and if known both codes and days.")


@dataclass(frozen=True, slots=True)
class CodeLine:
    """One area of a list; days are ISO texts, "" where the list says none."""

    line: int
    code: str
    level: str
    parent: str
    name_ko: str
    name_en: str
    kostat: str
    first: str
    last: str
    before: str


def read(path: Path, *, cancelled: Callable[[], bool] | None = None) -> list[CodeLine]:
    """Read a list of codes in a child; return the areas of the city in it, those above first.

    Raises UserError in one sentence naming the file, Cancelled.
    """
    if path.is_file() and path.stat().st_size > MAX_BYTES:
        raise UserError(
            N_("{file} is larger than {limit} MB."),
            hint=_FORM,
            file=path.name,
            limit=MAX_BYTES >> 20,
        )
    told = in_child("codes.read", path, {}, cancelled)
    return [CodeLine(**one) for one in told["lines"]]


def read_task(asked: dict[str, Any]) -> dict[str, Any]:
    """Read a list: the child's side of `read`."""
    path = Path(asked["path"])
    try:
        return {"lines": [asdict(one) for one in lines(path)]}
    except UserError as error:
        return refused(error)


def lines(path: Path) -> list[CodeLine]:
    """Return the areas of the city that a list names; raise UserError when there are none."""
    rows = _objects(path) if path.suffix.lower() == ".json" else _cells(path)
    if len(rows) > MOST_LINES:
        raise UserError(
            N_("{file} has more than {limit} rows."),
            hint=N_("Choose the list of one province."),
            file=path.name,
            limit=f"{MOST_LINES:,}",
        )
    nationwide = any(row.get("province") or " " in row.get("name", "") for _, row in rows)
    found = [
        _line(path.name, number, row) for number, row in rows if not nationwide or _is_ours(row)
    ]
    known = [one for one in found if one is not None]
    if not known:
        raise UserError(N_("{file} names no area of Gwangju."), hint=_FORM, file=path.name)
    order = [AreaLevel.PROVINCE, AreaLevel.CITY, AreaLevel.DISTRICT, AreaLevel.DONG]
    return sorted(known, key=lambda one: (order.index(AreaLevel(one.level)), one.line))


@usecase("Load codes of areas")
def load_codes(tx: Session, *, lines: Sequence[CodeLine], source: str) -> list[int]:
    """Add the areas of a list and end those they take the place of; return their ids.

    Raises UserError for an area whose parent nobody knows, and when nothing in it is new.
    """
    rows: dict[str, Area] = {}
    for row in tx.scalars(select(Area).order_by(Area.valid_from)):
        rows[row.code] = row
    place = areas.next_position(tx)
    touched: list[Area] = []
    for one in lines:
        first = _day(one.first)
        last = _day(one.last)
        if one.code in rows:
            row = rows[one.code]
            if _learned(row, one, last):
                touched.append(row)
        else:
            row = rows[one.code] = _added(one, rows, place, source, first, last)
            tx.add(row)
            touched.append(row)
            place += areas.GAP
        old = rows.get(one.before)
        if old is not None and old is not row and old.successor != one.code:
            old.successor = one.code
            if old.valid_to is None or old.valid_to >= row.valid_from:
                old.valid_to = row.valid_from - dt.timedelta(days=1)
            row.kostat = row.kostat or old.kostat
            touched.append(old)
    if not touched:
        raise UserError(
            N_("All {n} areas of the list are known already."),
            hint=N_("Nothing was changed."),
            n=len(lines),
        )
    tx.flush()
    return sorted({row.id for row in touched})


@usecase("Edit area")
def edit_area(
    tx: Session,
    *,
    id: int,
    name_ko: str,
    name_en: str,
    kostat: str,
    valid_from: dt.date,
    valid_to: dt.date | None = None,
    successor: str = "",
) -> int:
    """Call an area otherwise, or say its other code, its days and the code that follows it.

    Its own code stays, because figures are kept under it. Raises UserError without a name, for
    days out of order and a successor that is not known.
    """
    row = found(tx, Area, id, NO_AREA)
    said = tidy(
        {"name_ko": name_ko, "name_en": name_en, "kostat": kostat}, ("name_ko", "name_en", "kostat")
    )
    required(said["name_ko"], N_("An area needs a Korean name."))
    if valid_to is not None and valid_to < valid_from:
        raise UserError(N_("The last day is before the first."), hint=N_("Exchange the two days."))
    if successor:
        areas.area(tx, successor)
        if successor == row.code:
            raise UserError(N_("An area cannot follow itself."))
    if said["kostat"] and not said["kostat"].isdigit():
        raise UserError(N_("A code of the statistics office has digits only."))
    change(
        row,
        {
            **said,
            "name_en": said["name_en"] or said["name_ko"],
            "valid_from": valid_from,
            "valid_to": valid_to,
            "successor": successor,
        },
    )
    return id


def loading(work: Any, *, path: Path) -> list[int]:
    """Read and load a list of codes: a job of the window's; return the areas' ids."""
    found = read(path, cancelled=work.cancelled)
    ids: list[int] = work.run(load_codes, lines=found, source=path.name).value
    return ids


def _added(
    one: CodeLine,
    rows: dict[str, Area],
    place: int,
    source: str,
    first: dt.date | None,
    last: dt.date | None,
) -> Area:
    if one.parent and one.parent not in rows:
        raise UserError(
            N_("Row {line}: {name} lies in {code}, which is not known."),
            hint=N_("Put the area above it into the list too."),
            line=one.line,
            name=one.name_ko,
            code=one.parent,
        )
    over = rows.get(one.parent)
    if first is None:
        first = over.valid_from if over is not None else clock.today()
    return Area(
        code=one.code,
        parent=one.parent or None,
        position=place,
        name_ko=one.name_ko,
        name_en=one.name_en or one.name_ko,
        valid_from=first,
        valid_to=last,
        source=source,
        level=one.level,
        kostat=one.kostat,
    )


def _learned(row: Area, one: CodeLine, last: dt.date | None) -> bool:
    """Tell a known area what the list knows more of it; return whether that was anything."""
    before = (row.kostat, row.name_en, row.valid_to)
    row.kostat = one.kostat or row.kostat
    if one.name_en and row.name_en == row.name_ko:
        row.name_en = one.name_en
    row.valid_to = last or row.valid_to
    return before != (row.kostat, row.name_en, row.valid_to)


def _is_ours(row: dict[str, str]) -> bool:
    named = row.get("province") or row.get("name", "").split(" ")[0]
    return named in _OURS or row.get("code", "").startswith("29")


def _cells(path: Path) -> list[tuple[int, dict[str, str]]]:
    """Return the rows under the first row whose cells are titles, each with its number."""
    for sheet in grid.read(path).sheets:
        for top, cells in enumerate(sheet.rows[:20]):
            columns = {
                column: what
                for column, cell in enumerate(cells)
                for what, titles in _TITLES.items()
                if _text(cell).replace(" ", "").lower() in titles
            }
            if "code" in columns.values() and _NAMES & set(columns.values()):
                return [
                    (
                        number,
                        {columns[at]: _text(cell) for at, cell in enumerate(row) if at in columns},
                    )
                    for number, row in enumerate(sheet.rows[top + 1 :], start=top + 2)
                    if any(cell is not None for cell in row)
                ]
    raise UserError(N_("{file} has no columns of codes and names."), hint=_FORM, file=path.name)


def _objects(path: Path) -> list[tuple[int, dict[str, str]]]:
    """Return the objects of a JSON list by the names of its members."""
    try:
        told = json.loads(path.read_bytes())
    except (ValueError, RecursionError):
        told = None
    if not isinstance(told, list) or not all(isinstance(one, dict) for one in told):
        raise UserError(N_("{file} has no columns of codes and names."), hint=_FORM, file=path.name)
    names = {title: what for what, titles in _TITLES.items() for title in titles}
    return [
        (number, {names[key]: _text(one[key]) for key in one if key in names})
        for number, one in enumerate(told, start=1)
    ]


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat()
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return " ".join(str(cell).split())


def _line(file: str, number: int, row: dict[str, str]) -> CodeLine | None:
    """Return the area of a row; None for a legal dong, of which no figures are kept."""
    code = row.get("code", "")
    if len(code) == 8 or (len(code) == 10 and code[5:] != "00000" and code[5] < "5"):
        return None
    if not (code.isascii() and code.isdigit() and len(code) in (5, 10)):
        raise UserError(
            N_("{file}: row {line} has “{code}” for a code of five or ten digits."),
            hint=_FORM,
            file=file,
            line=number,
            code=code,
        )
    if len(code) == 10 and code.endswith("00000"):
        code = code[:5]
    name = row.get("name", "").split(" ")[-1]
    name = row.get("dong") or name or row.get("district") or row.get("province", "")
    if not name:
        raise UserError(N_("{file}: row {line} has no name."), hint=_FORM, file=file, line=number)
    if len(code) == 10:
        level, parent = AreaLevel.DONG, code[:5]
    elif code.endswith("000"):
        level, parent = AreaLevel.PROVINCE, areas.NATION
    else:
        level, parent = AreaLevel.DISTRICT, f"{code[:2]}000"
    for which in ("first", "last"):
        if row.get(which) and _DAY.fullmatch(row[which]) is None:
            raise UserError(
                N_("{file}: row {line} has “{day}” for a day."),
                hint=_FORM,
                file=file,
                line=number,
                day=row[which],
            )
    return CodeLine(
        number,
        code,
        level.value,
        row.get("parent") or parent,
        name,
        row.get("name_en", ""),
        row.get("kostat", ""),
        row.get("first", ""),
        row.get("last", ""),
        _short(row.get("before", "")),
    )


def _short(code: str) -> str:
    return code[:5] if len(code) == 10 and code.endswith("00000") else code


def _day(text: str) -> dt.date | None:
    """Return the day a list says; None where it says none, or the last of all days."""
    told = _DAY.fullmatch(text)
    if told is None or told[1] == "9999":
        return None
    try:
        return dt.date(int(told[1]), int(told[2]), int(told[3]))
    except ValueError:
        raise UserError(N_("“{day}” is no day."), hint=_FORM, day=text) from None
