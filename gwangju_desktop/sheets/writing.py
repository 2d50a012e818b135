"""Workbooks (.xlsx) of texts and numbers, which the products' libraries only read.

No cell is run as a formula: every text is inline text, and what looks like a formula carries the
mark that keeps a spreadsheet from running it even after it was edited.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import BinaryIO

from gwangju_desktop.sheets.guards import guarded, letters

_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels"'
    ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.spreadsheetml.styles+xml"/>{sheets}</Types>'
)
_SHEET_TYPE = (
    '<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="application/vnd.openxmlformats'
    '-officedocument.spreadsheetml.worksheet+xml"/>'
)
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_ROOT = (
    f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="rId1" Type="{_OFFICE}/officeDocument"'
    ' Target="xl/workbook.xml"/></Relationships>'
)
# Style 0 is text; 1 is a bold title; 2 is text that looks like a formula (quotePrefix keeps a
# spreadsheet from running it, even after it was edited); 3 is a whole number; 4 and 5 are 0 and 2
# for texts of several lines; 6 is a number shown with one decimal.
_STYLES = (
    '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    '<numFmts count="1"><numFmt numFmtId="164" formatCode="#,##0.0"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/><name val="맑은 고딕"/></font>'
    '<font><b/><sz val="11"/><name val="맑은 고딕"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border/></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="49" fontId="0" fillId="0" borderId="0"/>'
    '</cellStyleXfs><cellXfs count="7">'
    '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"'
    ' quotePrefix="1"/><xf numFmtId="3" fontId="0" fillId="0" borderId="0" xfId="0"'
    ' applyNumberFormat="1"/>'
    '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"'
    ' applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>'
    '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"'
    ' quotePrefix="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>'
    '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '</cellXfs><cellStyles count="1">'
    '<cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_FROZEN = (
    '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2"'
    ' activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
)
# What XML cannot hold, and what a reader would take for the escape of it.
_ESCAPED = re.compile("[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
# A cell of a workbook holds no more.
MOST_TEXT = 32_767
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f\x7f]")
_LONGEST_NAME = 31
# Half of what a head or foot holds, so that doubled marks fit too.
_LONGEST_HEAD = 120

Cell = str | int | float


@dataclass(frozen=True, slots=True)
class Page:
    """One sheet of a workbook: its name, titles that stay in sight (or none), and rows.

    `widths` are those of its columns in characters, as many as are wanted. `above` and `below`
    are printed at the top and the foot of every sheet of paper.
    """

    name: str
    head: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    widths: Sequence[float] = ()
    above: str = ""
    below: str = ""


def write_workbook(
    file: BinaryIO, name: str, head: Sequence[str], rows: Sequence[Sequence[Cell]]
) -> None:
    """Write a workbook of one sheet; none of its cells is run as a formula."""
    write_pages(file, [Page(name, head, rows)])


def write_pages(file: BinaryIO, pages: Sequence[Page]) -> None:
    """Write a workbook of several sheets, whose names are made fit; the same pages, same bytes."""
    numbers = range(1, len(pages) + 1)
    parts = {
        "[Content_Types].xml": _TYPES.format(
            sheets="".join(_SHEET_TYPE.format(n=n) for n in numbers)
        ),
        "_rels/.rels": _ROOT,
        "xl/_rels/workbook.xml.rels": _links(len(pages)),
        "xl/styles.xml": _STYLES,
        "xl/workbook.xml": _book([page.name for page in pages]),
    }
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, text in parts.items():
            _put(archive, part, _XML + text)
        for number, page in zip(numbers, pages, strict=True):
            _put(archive, f"xl/worksheets/sheet{number}.xml", _XML + _sheet(page))


def sheet_names(wanted: Iterable[str]) -> list[str]:
    """Return names a spreadsheet takes: without its marks, 31 characters, no two alike."""
    names: list[str] = []
    for number, name in enumerate(wanted, 1):
        plain = " ".join(_ESCAPED.sub(" ", _NOT_IN_NAMES.sub(" ", name)).strip(" '").split())
        base = plain[:_LONGEST_NAME].strip(" '") or str(number)
        made, taken = base, {name.casefold() for name in names}
        # Excel keeps this name for itself.
        taken.add("history")
        again = 2
        while made.casefold() in taken:
            tail = f" {again}"
            made = base[: _LONGEST_NAME - len(tail)] + tail
            again += 1
        names.append(made)
    return names


def _links(count: int) -> str:
    sheets = "".join(
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in range(1, count + 1)
    )
    styles = f'<Relationship Id="rId{count + 1}" Type="{_OFFICE}/styles" Target="styles.xml"/>'
    return f'<Relationships xmlns="{_RELATIONS}">{sheets}{styles}</Relationships>'


def _book(names: Sequence[str]) -> str:
    sheets = "".join(
        f'<sheet name="{escape(name)}" sheetId="{n}" r:id="rId{n}"/>'
        for n, name in enumerate(sheet_names(names), 1)
    )
    return f'<workbook {_MAIN} xmlns:r="{_OFFICE}"><sheets>{sheets}</sheets></workbook>'


def _sheet(page: Page) -> str:
    first = 2 if page.head else 1
    lines = [_row(1, page.head, 1)] if page.head else []
    lines += [_row(at, row, 0) for at, row in enumerate(page.rows, first)]
    before = _FROZEN if page.head else ""
    if page.widths:
        columns = (
            f'<col min="{n}" max="{n}" width="{width:.1f}" customWidth="1"/>'
            for n, width in enumerate(page.widths, 1)
        )
        before += f"<cols>{''.join(columns)}</cols>"
    data = f"<sheetData>{''.join(lines)}</sheetData>{_printed(page)}"
    return f"<worksheet {_MAIN}>{before}{data}</worksheet>"


def _printed(page: Page) -> str:
    """Return what is printed round a sheet; its own marks begin with "&", which is doubled."""
    printed = ""
    for tag, text in (("oddHeader", page.above), ("oddFooter", page.below)):
        said = " ".join(_ESCAPED.sub(" ", text).split())[:_LONGEST_HEAD]
        if said:
            printed += f"<{tag}>{escape('&L' + said.replace('&', '&&'))}</{tag}>"
    return f"<headerFooter>{printed}</headerFooter>" if printed else ""


def _put(archive: zipfile.ZipFile, part: str, text: str) -> None:
    # One fixed moment: the same rows are the same bytes.
    info = zipfile.ZipInfo(part, (2020, 1, 1, 0, 0, 0))
    info.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(info, text.encode("utf-8", "replace"))


def _row(at: int, cells: Sequence[Cell], style: int) -> str:
    parts = []
    for column, cell in enumerate(cells):
        if cell == "":
            continue
        if isinstance(cell, int):
            parts.append(f'<c r="{letters(column)}{at}" s="3"><v>{cell}</v></c>')
            continue
        if isinstance(cell, float):
            parts.append(f'<c r="{letters(column)}{at}" s="6"><v>{cell!r}</v></c>')
            continue
        kind = style
        if style == 0:
            kind = (2 if guarded(cell) != cell else 0) if "\n" not in cell else _lines(cell)
        parts.append(
            f'<c r="{letters(column)}{at}" s="{kind}" t="inlineStr">'
            f'<is><t xml:space="preserve">{_said(cell[:MOST_TEXT])}</t></is></c>'
        )
    return f'<row r="{at}">{"".join(parts)}</row>'


def _lines(cell: str) -> int:
    return 5 if guarded(cell) != cell else 4


def _said(text: str) -> str:
    return escape(_ESCAPED.sub(_escape, text), quote=False)


def _escape(found: re.Match[str]) -> str:
    return f"_x{ord(found[0]):04X}_"
