"""A document as one web page that needs nothing else: for reading and for an open format.

Every character from a person is escaped; the page may load nothing and run nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import groupby

from gwangju_desktop.documents.blocks import (
    Block,
    Box,
    Cell,
    Heading,
    PageBreak,
    Para,
    Rule,
    Space,
    Table,
    clean,
)
from gwangju_desktop.documents.composed import Composed
from gwangju_desktop.documents.figures import BarFigure, LineFigure, SeatPlan, TimelineFigure
from gwangju_desktop.documents.issuer import footer
from gwangju_desktop.documents.picture import Picture, data_address
from gwangju_desktop.documents.plainer import PICTURES, runs, simple
from gwangju_desktop.documents.styles import MM, Style, Theme
from gwangju_desktop.documents.writer_svg import svg
from gwangju_desktop.text import words

_FONTS = (
    '"Pretendard GOV","Pretendard","Malgun Gothic","Apple SD Gothic Neo","Noto Sans KR",sans-serif'
)
# A face of our list only: it stands inside the style of the page.
_FACE = re.compile(r"[\w ]+$")
_WEIGHTS = {"": 400, "R": 400, "S": 600, "B": 700}
_ALIGNS = {"left": "left", "centre": "center", "right": "right"}
_PLACES = {"left": "0", "centre": "0 auto", "right": "0 0 0 auto"}
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


def write_html(composed: Composed) -> bytes:
    """Return a document as a page of HTML in UTF-8."""
    theme = composed.theme or Theme()
    page = _Page(theme, composed)
    parts = "\n".join(f"<section>\n{page.blocks(part)}\n</section>" for part in composed.sheets)
    say = words(composed.language)
    return (
        f'<!doctype html>\n<html lang="{escape(composed.language)}">\n<head>\n'
        '<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{_text(composed.title)}</title>\n<style>\n{_css(theme, composed.face)}\n</style>\n</head>\n"
        f"<body>\n<main>\n{parts}\n</main>\n"
        f"<footer>{_text(footer(composed.about, say))}</footer>\n</body>\n</html>\n"
    ).encode()


def _text(text: str) -> str:
    return escape(clean(text)).replace("\n", "<br>")


class _Page:
    """The elements of one page; only destinations that exist are linked to."""

    def __init__(self, theme: Theme, composed: Composed) -> None:
        self.theme = theme
        keys = dict.fromkeys(_keys(block for part in composed.sheets for block in part))
        self.keys = {key: f"k{number}" for number, key in enumerate(keys, 1)}

    def blocks(self, blocks: Iterable[Block]) -> str:
        """Return the elements of blocks; list items that follow each other are one list."""
        made: list[str] = []
        for listed, group in groupby(simple(blocks, keep=PICTURES), _listed):
            inside = [self._block(block) for block in group]
            made += ['<div role="list">', *inside, "</div>"] if listed else inside
        return "\n".join(made)

    def _block(self, block: Block) -> str:
        match block:
            case Para():
                return self._para(block)
            case Heading():
                return self._heading(block)
            case Table():
                return self._table(block)
            case Box():
                return f'<div class="box">\n{self.blocks(block.children)}\n</div>'
            case Rule():
                return f'<hr style="border-top-width:{block.weight:g}pt">'
            case Space():
                return f'<div style="height:{block.height:.1f}pt"></div>'
            case PageBreak():
                return '<div class="turn"></div>'
            case Picture():
                return self._picture(block)
            case LineFigure() | BarFigure() | TimelineFigure() | SeatPlan():
                return svg(block, clean(block.alternative), self.theme)
            case _:
                raise TypeError(type(block).__name__)

    def _para(self, block: Para) -> str:
        style = self.theme.styles[block.style]
        said = self._runs(block, style)
        tag = style.role.lower() if style.role in ("H1", "H2", "H3") else "p"
        if not block.depth:
            return f'<{tag} class="s-{block.style}">{said}</{tag}>'
        mark = f"{_text(block.mark)} " if block.mark else ""
        indent = f"{block.depth * 1.5:g}em"
        return (
            f'<p role="listitem" class="s-{block.style} li" style="padding-left:{indent}">'
            f"{mark}{said}</p>"
        )

    def _runs(self, block: Para, style: Style) -> str:
        said = "".join(
            f"<b>{_text(run.text)}</b>" if run.bold and style.weight == "R" else _text(run.text)
            for run in runs(block.words, style.weight)
        )
        return self._linked(said, block.link)

    def _linked(self, said: str, key: str) -> str:
        target = self.keys.get(key)
        return f'<a href="#{target}">{said}</a>' if target and said else said

    def _picture(self, block: Picture) -> str:
        said = escape(clean(block.alternative))
        return (
            f'<img src="{data_address(block)}" alt="{said}" style="width:{block.width:.1f}pt;'
            f'margin:{_PLACES[block.align]}">'
        )

    def _heading(self, block: Heading) -> str:
        tag = f"h{block.level}"
        named = f' id="{self.keys[block.key]}"' if block.key else ""
        aside = f' <span class="aside">{_text(block.aside)}</span>' if block.aside else ""
        return f'<{tag} class="s-{tag}"{named}>{_text(block.text)}{aside}</{tag}>'

    def _table(self, block: Table) -> str:
        kind = "grid" if block.grid else "placed" if block.plain else "ruled"
        real = block.head or block.row_head
        role = "" if real else ' role="presentation"'
        lines = [f'<table class="{kind}"{role}>']
        if block.caption and real:
            lines.append(f"<caption>{_text(block.caption)}</caption>")
        whole = sum(column.share for column in block.columns) or 1
        wide = (f'<col style="width:{100 * c.share / whole:.1f}%">' for c in block.columns)
        lines.append(f"<colgroup>{''.join(wide)}</colgroup>")
        if block.head:
            heads = (
                f'<th scope="col" class="s-th" style="text-align:{_ALIGNS[column.align]}">'
                f"{_text(column.title)}</th>"
                for column in block.columns
            )
            lines.append(f"<thead><tr>{''.join(heads)}</tr></thead>")
        lines.append("<tbody>")
        for number, row in enumerate(block.rows):
            link = block.links[number] if number < len(block.links) else ""
            lines.append(self._row(block, row, link))
        return "\n".join([*lines, "</tbody>", "</table>"])

    def _row(self, block: Table, row: Sequence[Cell], link: str) -> str:
        high = f' style="height:{block.min_row:.1f}pt"' if block.min_row else ""
        cells = []
        for number, cell in enumerate(row):
            header = block.row_head and number == 0
            said = self._cell(cell)
            if number == len(row) - 1:
                said = self._linked(said, link)
            start, end = ('<th scope="row">', "</th>") if header else ("<td>", "</td>")
            cells.append(f"{start}{said}{end}")
        return f"<tr{high}>{''.join(cells)}</tr>"

    def _cell(self, cell: Cell) -> str:
        """Return a cell's content; a single paragraph is the cell's own text."""
        if len(cell) == 1 and isinstance(cell[0], Para) and not cell[0].depth:
            block = cell[0]
            said = self._runs(block, self.theme.styles[block.style])
            return f'<div class="s-{block.style}">{said}</div>' if said else ""
        return self.blocks(cell)


def _listed(block: Block) -> bool:
    return isinstance(block, Para) and block.depth > 0


def _keys(blocks: Iterable[Block]) -> Iterator[str]:
    for block in simple(blocks):
        if isinstance(block, Heading) and block.key:
            yield block.key
        elif isinstance(block, Box):
            yield from _keys(block.children)


def _css(theme: Theme, face: str) -> str:
    fonts = f'"{face}",{_FONTS}' if _FACE.match(face) else _FONTS

    def mm(points: float) -> str:
        return f"{points / MM:.1f}mm"

    margins = " ".join(map(mm, (theme.top, theme.right, theme.bottom, theme.left)))
    rules = [
        f"@page{{size:{mm(theme.width)} {mm(theme.height)};margin:{margins}}}",
        f"html{{background:#e9ecef;color:#000;font-family:{fonts};-webkit-text-size-adjust:100%}}",
        "body{margin:0;padding:8mm 0}",
        f"section{{box-sizing:border-box;max-width:{mm(theme.width)};min-height:{mm(theme.height)};"
        f"margin:0 auto 8mm;padding:{margins};background:#fff;box-shadow:0 1px 4px #0003}}",
        "p,h1,h2,h3,div,td,th{margin:0;white-space:pre-wrap;word-break:keep-all;"
        "overflow-wrap:anywhere}",
        "section,.box,[role=list]{white-space:normal}",
        ".li{text-indent:-1.2em}",
        ".aside{float:right;font-size:12.5pt;font-weight:600}",
        ".box{border:1pt solid #000;background:#f2f2f2;padding:4mm 6mm;margin:2pt 0 10pt}",
        "table{width:100%;border-collapse:collapse;table-layout:fixed;margin:4pt 0 12pt}",
        "caption{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}",
        "td,th{padding:5.2pt 3.5pt;vertical-align:middle;text-align:left;font-weight:400}",
        ".ruled{border-top:1pt solid #000}.ruled tr{border-bottom:.4pt solid #a6a6a6}",
        ".ruled thead tr{border-bottom:.5pt solid #000}",
        ".grid td,.grid th{border:.8pt solid #000}",
        "thead{display:table-header-group}tr,.box,h1,h2,h3{break-inside:avoid}",
        "h1,h2,h3{break-after:avoid}",
        "hr{border:0;border-top:1.2pt solid #000;margin:0 0 4pt}",
        "svg,img{display:block;max-width:100%}figure{margin:4pt 0 10pt}",
        "a{color:inherit;text-decoration:none}",
        "footer{text-align:center;color:#595959;font-size:9pt;padding-bottom:8mm}",
        ".turn{break-after:page}",
    ]
    rules += [f".s-{name}{{{_style(style)}}}" for name, style in theme.styles.items()]
    rules += [
        "@media print{html{background:#fff}body{padding:0}section{max-width:none;min-height:0;"
        "margin:0;padding:0;box-shadow:none}section+section{break-before:page}}",
        f"@media screen and (max-width:{mm(theme.width)}){{section{{padding:6mm}}}}",
    ]
    return "\n".join(rules)


def _style(style: Style) -> str:
    grey = f"#{round(style.grey * 255):02x}" + f"{round(style.grey * 255):02x}" * 2
    return (
        f"font-size:{style.size:g}pt;font-weight:{_WEIGHTS[style.weight]};"
        f"line-height:{style.lead:g};margin:{style.before:g}pt 0 {style.after:g}pt;"
        f"color:{grey};text-align:{_ALIGNS[style.align]}"
    )
