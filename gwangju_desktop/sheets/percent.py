"""Percentages of workbooks: a cell that shows 95 % holds 0.95, and only its number format says so."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from html import unescape

from gwangju_desktop.sheets import units
from gwangju_desktop.sheets.facts import Understanding
from gwangju_desktop.sheets.model import Book, Sheet, remark
from gwangju_desktop.sheets.resolve import Contradicted
from gwangju_desktop.text import N_

# 0% and 0.00%, which every program knows without a declaration.
_BUILT_IN = {9, 10}
_FORMAT = re.compile(r"<(?:\w+:)?numFmt\b([^>]*)>")
_STYLES = re.compile(r"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs>", re.DOTALL)
_STYLE = re.compile(r"<(?:\w+:)?xf\b([^>]*)>")
_ATTRIBUTE = re.compile(r"([\w:]+)=(?:\"([^\"]*)\"|'([^']*)')")
# What a format shows as it is: quoted, escaped, or a colour.
_LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_SHEET = re.compile(r"<(?:\w+:)?sheet\b([^>]*)>")
_LINK = re.compile(r"<(?:\w+:)?Relationship\b([^>]*)>")
_CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*)>")
_REFERENCE = re.compile(rb'\br="([A-Z]{1,3})(\d+)"')
_STYLE_OF = re.compile(rb'\bs="(\d+)"')
_DIGITS = 12
# Where 1 is the whole, coverage is never more than this.
_MOST_WHOLES = 10


def heed(book: Book, data: bytes) -> None:
    """Multiply the cells that are shown as percentages by a hundred, and say how many there were."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            styles = _percent_styles(_text(archive, "xl/styles.xml"))
            if not styles:
                return
            parts = _parts(archive)
            for sheet in book.sheets:
                if sheet.name in parts:
                    _scale(book, sheet, archive.read(parts[sheet.name]), styles)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, KeyError, EOFError, OSError):
        # The library read it; without its styles the numbers stand as they are, and are asked about.
        return


def settle(result: Understanding, share: str | None) -> None:
    """Ask whether percentages that are all 1 or less are hundredths; `share` is the answer.

    Raises UserError where they are far above 1 and said to be hundredths.
    """
    told: dict[str, list[int]] = {}
    for at, one in enumerate(result.readings):
        if one.unit == units.PERCENT and one.value is not None:
            told.setdefault(one.indicator, []).append(at)
    for places in told.values():
        values = {at: abs(result.readings[at].value or 0) for at in places}
        largest = max(places, key=values.__getitem__)
        if share == units.HUNDREDTHS:
            _multiply(result, places, values[largest])
        elif 0 < values[largest] <= 1 and not share:
            text = remark(
                N_("No percentage is above {value} ({place}): is 1 the whole, or 100?"),
                value=f"{values[largest]:g}",
                place=result.readings[largest].place,
            )
            result.ask("unit", text, (units.HUNDREDTHS, units.PERCENT))


def _multiply(result: Understanding, places: list[int], largest: float) -> None:
    if largest > _MOST_WHOLES:
        raise Contradicted(
            N_("{file} says its unit is {stated}, not {given}."),
            hint=N_("Leave the unit out."),
            stated=units.PERCENT,
            given=units.HUNDREDTHS,
        )
    for at in places:
        value = result.readings[at].value or 0
        result.readings[at] = result.readings[at]._replace(value=_times_hundred(value))


def insist(result: Understanding, share: str | None) -> None:
    """Raise UserError where it was said how percentages are written and there are none."""
    if share and all(one.unit != units.PERCENT for one in result.readings):
        raise Contradicted(N_("{file} holds no percentages."), hint=N_("Leave the unit out."))


def _times_hundred(value: float) -> float:
    # 0.95 times 100 is 94.99999999999999: the digits that were stored are kept.
    return float(f"{value * 100:.{_DIGITS}g}")


def _percent_styles(xml: str) -> set[int]:
    """Return the cell styles whose number format shows a percentage."""
    formats = set(_BUILT_IN)
    for found in _FORMAT.finditer(xml):
        said = _attributes(found[1])
        code = _LITERAL.sub("", unescape(said.get("formatCode", "")))
        if "%" in code and said.get("numFmtId", "").isdigit():
            formats.add(int(said["numFmtId"]))
    block = _STYLES.search(xml)
    if block is None:
        return set()
    ids = [_attributes(found[1]).get("numFmtId", "") for found in _STYLE.finditer(block[0])]
    return {place for place, id in enumerate(ids) if id.isdigit() and int(id) in formats}


def _parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Return the archive's part of each sheet by its name."""
    links = {}
    for found in _LINK.finditer(_text(archive, "xl/_rels/workbook.xml.rels")):
        said = _attributes(found[1])
        target = said.get("Target", "")
        links[said.get("Id", "")] = target[1:] if target.startswith("/") else "xl/" + target
    parts = {}
    for found in _SHEET.finditer(_text(archive, "xl/workbook.xml")):
        said = _attributes(found[1])
        link = next((value for name, value in said.items() if name.endswith(":id")), "")
        if link in links:
            parts[unescape(said.get("name", ""))] = links[link]
    return parts


def _scale(book: Book, sheet: Sheet, xml: bytes, styles: set[int]) -> None:
    wanted = {str(style).encode() for style in styles}
    count, first = 0, ""
    for found in _CELL.finditer(xml):
        style = _STYLE_OF.search(found[1])
        where = _REFERENCE.search(found[1])
        if style is None or where is None or style[1] not in wanted:
            continue
        row, column = int(where[2]) - 1, _column(where[1])
        if row >= len(sheet.rows) or column >= len(sheet.rows[row]):
            continue
        cell = sheet.rows[row][column]
        if isinstance(cell, float):
            sheet.rows[row][column] = _times_hundred(cell)
            count += 1
            first = first or sheet.place(row, column)
    if count:
        book.remarks.append(
            remark(
                N_("{count} cells are shown as percentages and read so, the first at {place}."),
                count=count,
                place=first,
            )
        )


def _column(letters: bytes) -> int:
    column = 0
    for letter in letters:
        column = column * 26 + letter - ord("A") + 1
    return column - 1


def _text(archive: zipfile.ZipFile, part: str) -> str:
    return archive.read(part).decode("utf-8", "replace")


def _attributes(text: str) -> dict[str, str]:
    return {name: one or other for name, one, other in _ATTRIBUTE.findall(text)}
