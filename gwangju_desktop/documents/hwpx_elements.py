"""Elements of a Hancom document: lines of text, tables, and what makes a package steady."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from typing import Any

from gwangju_desktop.documents.blocks import clean

# What lxml calls an element; it has no types of its own.
Element = Any
HP = "http://www.hancom.co.kr/hwpml/2011/paragraph"
MARGIN = {"left": "510", "right": "510", "top": "283", "bottom": "283"}
# Noncharacters, which XML cannot hold.
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_MOMENT = (2020, 1, 1, 0, 0, 0)


def xml(text: str) -> str:
    """Return a text without what XML cannot hold."""
    return _NO_XML.sub("\ufffd", clean(text))


def make(parent: Element, tag: str, **attributes: object) -> Element:
    """Append an element of a paragraph's kind to a parent and return it."""
    said = {name: str(value) for name, value in attributes.items()}
    element = parent.makeelement(f"{{{HP}}}{tag}", said)
    parent.append(element)
    return element


def write_run(line: Element, text: str, char: str) -> None:
    """Append a stretch of text in one character shape; newlines are forced line ends."""
    run = make(line, "run", charPrIDRef=char)
    said = make(run, "t")
    pieces = xml(text).split("\n")
    said.text = pieces[0]
    for piece in pieces[1:]:
        make(said, "lineBreak").tail = piece


def begin_table(
    run: Element,
    count: int,
    widths: Sequence[int],
    *,
    high: int,
    border: str,
    head: bool,
    own_margin: bool,
) -> list[list[Element]]:
    """Append a table of `count` rows to a run and return its empty cells, row by row.

    `widths` and the least height of a row, `high`, are in Hancom's units. The first row is repeated
    on every page where it is a `head`; with `own_margin` its cells have margins of their own.
    """
    grid = make(
        run,
        "tbl",
        id=0,
        zOrder=0,
        numberingType="TABLE",
        textWrap="TOP_AND_BOTTOM",
        textFlow="BOTH_SIDES",
        lock=0,
        dropcapstyle="None",
        pageBreak="CELL",
        repeatHeader=int(head),
        rowCnt=count,
        colCnt=len(widths),
        cellSpacing=0,
        borderFillIDRef=border,
        noAdjust=0,
    )
    make(
        grid,
        "sz",
        width=sum(widths),
        widthRelTo="ABSOLUTE",
        height=high * count,
        heightRelTo="ABSOLUTE",
        protect=0,
    )
    # Not as a letter of its line: only then does a table go on upon the next page.
    make(
        grid,
        "pos",
        treatAsChar=0,
        affectLSpacing=0,
        flowWithText=1,
        allowOverlap=0,
        holdAnchorAndSO=0,
        vertRelTo="PARA",
        horzRelTo="COLUMN",
        vertAlign="TOP",
        horzAlign="LEFT",
        vertOffset=0,
        horzOffset=0,
    )
    make(grid, "outMargin", left=0, right=0, top=0, bottom=0)
    make(grid, "inMargin", **MARGIN)
    rows: list[list[Any]] = []
    for row in range(count):
        line = make(grid, "tr")
        cells = []
        for column, width in enumerate(widths):
            cell = make(
                line,
                "tc",
                name="",
                header=int(head and row == 0),
                hasMargin=int(own_margin),
                protect=0,
                editable=0,
                dirty=0,
                borderFillIDRef=border,
            )
            make(
                cell,
                "subList",
                id="",
                textDirection="HORIZONTAL",
                lineWrap="BREAK",
                vertAlign="CENTER",
                linkListIDRef=0,
                linkListNextIDRef=0,
                textWidth=0,
                textHeight=0,
                hasTextRef=0,
                hasNumRef=0,
            )
            make(cell, "cellAddr", colAddr=column, rowAddr=row)
            make(cell, "cellSpan", colSpan=1, rowSpan=1)
            make(cell, "cellSz", width=width, height=high)
            cells.append(cell)
        rows.append(cells)
    return rows


def number_all(body: Element) -> None:
    """Number what the library gave chance numbers, so that the same document is the same bytes."""
    feet: dict[str, str] = {}
    for number, element in enumerate(body.iter(), 1):
        tag = element.tag.rpartition("}")[2]
        if tag in ("footer", "footerApply"):
            name = "id" if tag == "footer" else "idRef"
            element.set(name, feet.setdefault(element.get(name, ""), str(len(feet) + 1)))
            continue
        for name in ("id", "instid"):
            if (element.get(name) or "").isdigit():
                element.set(name, str(number))


def steady(data: bytes) -> bytes:
    """Return a package whose parts carry one fixed moment: the same document is the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for entry in source.infolist():
            info = zipfile.ZipInfo(entry.filename, _MOMENT)
            info.compress_type = entry.compress_type
            info.external_attr = 0o600 << 16
            target.writestr(info, source.read(entry))
    return out.getvalue()
