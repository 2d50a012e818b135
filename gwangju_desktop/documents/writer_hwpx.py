"""A document for Hancom Office (.hwpx): its own styles, paragraphs, tables, paper and foot.

python-hwpx keeps the package, its styles and its checks; the body is built here, so that the same
document is the same bytes and hundreds of tables take no time.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

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
    para,
)
from gwangju_desktop.documents.composed import Composed
from gwangju_desktop.documents.hwpx_elements import (
    HP,
    MARGIN,
    begin_table,
    make,
    number_all,
    steady,
    write_run,
    xml,
)
from gwangju_desktop.documents.issuer import footer
from gwangju_desktop.documents.layout import BOX_PAD_X, BOX_PAD_Y, LIST_INDENT
from gwangju_desktop.documents.picture import Picture
from gwangju_desktop.documents.plainer import Run, runs, simple
from gwangju_desktop.documents.styles import Style, Theme
from gwangju_desktop.text import words

# Hancom's unit is a hundredth of a point.
_UNIT = 100
_FACE, _INSTEAD = "Pretendard GOV", "맑은 고딕"
_ALIGNS = {"left": "LEFT", "centre": "CENTER", "right": "RIGHT"}
_SIDES = ("left", "right", "top", "bottom")
_BLACK = "#000000"
_THIN, _FRAME = "0.12 mm", "0.25 mm"
_PALE = "#F2F2F2"
# Head and foot stand this far inside the margins.
_EDGE = 2835
_EMPTY_LINE = Style(1, lead=1.0, after=0)


def write_hwpx(composed: Composed) -> bytes:
    """Return a document as .hwpx, checked as one that opens."""
    return _Hwpx(composed).write()


class _Hwpx:
    """One document being written."""

    def __init__(self, composed: Composed) -> None:
        from hwpx import HwpxDocument

        self.composed, self.theme = composed, composed.theme or Theme()
        self.document = HwpxDocument.new()
        self.header = self.document.oxml.headers[0]
        self.section = self.document.sections[0]
        self.styles = self.document.styles
        self.face = composed.face or _FACE
        instead = _INSTEAD if self.face != _INSTEAD else None
        self.styles.ensure_font(
            self.face, subst_face=instead, subst_type="TTF" if instead else None
        )
        self.turn = False
        # Asked for thousands of times, and each answer is a look through all shapes.
        self.char = cache(self._char)
        self.shape = cache(self._shape)
        self.border = cache(self._border)

    def write(self) -> bytes:
        """Return the file."""
        self._page()
        for number, part in enumerate(self.composed.sheets):
            self.turn = number > 0
            self._blocks(self.section.element, simple(part, keep=(Picture,)), self._frame)
        self._join_first()
        self._silent_outline()
        number_all(self.section.element)
        self.section.mark_dirty()
        self._tell()
        return steady(self.document.to_bytes())

    @property
    def _frame(self) -> int:
        return round(self.theme.frame_width * _UNIT)

    def _page(self) -> None:
        theme, page = self.theme, self.document.page
        page.set_size(
            width=round(min(theme.width, theme.height) * _UNIT),
            height=round(max(theme.width, theme.height) * _UNIT),
            orientation="LANDSCAPE" if theme.width > theme.height else "PORTRAIT",
        )
        page.set_margins(
            left=round(theme.left * _UNIT),
            right=round((theme.right + theme.notes) * _UNIT),
            # Hancom lays the head and the foot between the margin and the text.
            top=max(0, round(theme.top * _UNIT) - _EDGE),
            bottom=max(0, round(theme.bottom * _UNIT) - _EDGE),
            header=_EDGE,
            footer=_EDGE,
        )
        say = words(self.composed.language)
        page.set_page_number(format="page", prefix=f"{xml(footer(self.composed.about, say))} · ")
        # The number stands in the foot; a second one of the page itself would lie over it.
        for run in self.section.element.iter(f"{{{HP}}}run"):
            for ctrl in run.findall(f"{{{HP}}}ctrl"):
                if ctrl.find(f"{{{HP}}}pageNum") is not None:
                    run.remove(ctrl)

    # Shapes

    def _char(self, style: Style, bold: bool) -> str:
        grey = f"#{round(style.grey * 255):02X}" + f"{round(style.grey * 255):02X}" * 2
        return str(
            self.styles.ensure_run(
                bold=bold, size=style.size, color=grey, font=self.face, base_char_pr_id="0"
            )
        )

    def _shape(
        self, style: Style, depth: int, level: int, keep: bool, ruled: float, marked: bool = False
    ) -> str:
        indent = round(depth * LIST_INDENT * style.size * _UNIT)
        # Only a mark stands out of the indent.
        hanging = round(LIST_INDENT * style.size * _UNIT) if depth and marked else 0
        return str(
            self.header.ensure_paragraph_format(
                base_para_pr_id="0",
                alignment=_ALIGNS[style.align],
                line_spacing_percent=round(style.lead * 100),
                margins={
                    "left": indent,
                    "intent": -hanging,
                    "prev": round(style.before * _UNIT),
                    "next": round(style.after * _UNIT),
                },
                heading={"type": "OUTLINE", "idRef": "0", "level": str(level - 1)}
                if level
                else None,
                border={"borderFillIDRef": self.border("rule", ruled)} if ruled else None,
                break_setting={"keepWithNext": True} if keep else None,
            )
        )

    def _border(self, kind: str, weight: float = 0.0) -> str:
        """Return the frame of a kind of cell or line."""
        fill = self.styles.ensure_border_fill
        match kind:
            case "grid":
                found = fill(border_color=_BLACK, border_width=_THIN, active_borders=_SIDES)
            case "box":
                found = fill(
                    border_color=_BLACK,
                    border_width=_FRAME,
                    fill_color=_PALE,
                    active_borders=_SIDES,
                )
            case "ruled":
                found = fill(
                    border_color=_BLACK, border_width=_THIN, active_borders=("top", "bottom")
                )
            case "rule":
                width = "0.4 mm" if weight > 1 else _THIN
                found = fill(border_color=_BLACK, border_width=width, active_borders=("top",))
            case _:
                found = "1"
        return str(found)

    # Elements

    def _line(self, parent: Any, shape: str, style: int = 0) -> Any:
        """Begin a paragraph; the first one of a part turns the page."""
        turn, self.turn = self.turn, False
        return make(
            parent,
            "p",
            id=0,
            paraPrIDRef=shape,
            styleIDRef=style,
            pageBreak=int(turn),
            columnBreak=0,
            merged=0,
        )

    def _blocks(self, parent: Any, blocks: Iterable[Block], width: int) -> None:
        for block in blocks:
            match block:
                case Para():
                    self._para(parent, block)
                case Heading():
                    self._heading(parent, block)
                case Table() if block.rows or block.head:
                    self._table(parent, block, width)
                case Box():
                    self._box(parent, block, width)
                case Rule():
                    self._empty(parent, self.shape(_EMPTY_LINE, 0, 0, False, block.weight))
                case Space():
                    gap = Style(1, lead=1.0, before=block.height, after=0)
                    self._empty(parent, self.shape(gap, 0, 0, False, 0.0))
                case PageBreak():
                    self.turn = True
                case Picture():
                    self._picture(parent, block)

    def _para(self, parent: Any, block: Para) -> None:
        style = self.theme.styles[block.style]
        level = {"H1": 1, "H2": 2, "H3": 3}.get(style.role, 0)
        shape = self.shape(style, block.depth, level, block.keep, 0.0, bool(block.mark))
        line = self._line(parent, shape, level and level + 1)
        said = list(runs(block.words, style.weight))
        if block.mark:
            said.insert(0, Run(f"{clean(block.mark)} ", style.weight != "R"))
        for run in said or [Run("", False)]:
            write_run(line, run.text, self.char(style, run.bold))

    def _heading(self, parent: Any, block: Heading) -> None:
        style = self.theme.styles[f"h{block.level}"]
        text = "  ".join(part for part in (clean(block.text), clean(block.aside)) if part)
        line = self._line(parent, self.shape(style, 0, block.level, True, 0.0), block.level + 1)
        write_run(line, text, self.char(style, True))

    def _empty(self, parent: Any, shape: str) -> None:
        write_run(self._line(parent, shape), "", self.char(_EMPTY_LINE, False))

    def _picture(self, parent: Any, block: Picture) -> None:
        if parent is not self.section.element:
            self._para(parent, para(block.alternative, "note"))
            return
        shape = self.shape(Style(1, lead=1.0, after=4, align=block.align), 0, 0, False, 0.0)
        self.document.add_picture(
            block.png,
            "png",
            width=round(block.width * _UNIT),
            height=round(block.height * _UNIT),
            para_pr_id_ref=shape,
        )

    def _box(self, parent: Any, block: Box, width: int) -> None:
        cell = self._grid(parent, 1, [width], 0, "box", head=False)[0][0]
        pad = {
            "left": round(BOX_PAD_X * _UNIT),
            "right": round(BOX_PAD_X * _UNIT),
            "top": round(BOX_PAD_Y * _UNIT),
            "bottom": round(BOX_PAD_Y * _UNIT),
        }
        self._fill(cell, block.children, width, pad)

    def _table(self, parent: Any, block: Table, width: int) -> None:
        whole = sum(column.share for column in block.columns) or 1
        widths = [max(round(width * column.share / whole), 283) for column in block.columns]
        kind = "grid" if block.grid else "placed" if block.plain else "ruled"
        count = len(block.rows) + int(block.head)
        rows = self._grid(parent, count, widths, block.min_row, kind, head=block.head)
        contents: list[Sequence[Cell]] = list(block.rows)
        if block.head:
            contents.insert(0, [(para(column.title, "th"),) for column in block.columns])
        for cells, row in zip(rows, contents, strict=True):
            for cell, content, wide in zip(cells, row, widths, strict=True):
                self._fill(cell, content, wide, MARGIN)

    def _grid(
        self,
        parent: Any,
        count: int,
        widths: Sequence[int],
        least: float,
        kind: str,
        *,
        head: bool,
    ) -> list[list[Any]]:
        """Begin a table in a paragraph of its own and return its empty cells."""
        line = self._line(
            parent, self.shape(Style(1, lead=1.0, before=4, after=8), 0, 0, False, 0.0)
        )
        run = make(line, "run", charPrIDRef=self.char(_EMPTY_LINE, False))
        border, high = self.border(kind), round(max(least, 12) * _UNIT)
        return begin_table(
            run,
            count,
            widths,
            high=high,
            border=border,
            head=head,
            own_margin=kind == "box",
        )

    def _fill(self, cell: Any, content: Sequence[Block], width: int, pad: dict[str, Any]) -> None:
        inside = cell[0]
        room = width - int(pad["left"]) - int(pad["right"])
        self._blocks(inside, content, room)
        # A cell that says nothing still has a line, and so has one that ends with a table.
        if not len(inside):
            self._empty(inside, self.shape(_EMPTY_LINE, 0, 0, False, 0.0))
        make(cell, "cellMargin", **pad)

    # The file

    def _join_first(self) -> None:
        """Let the paragraph that holds the paper's size be the first of the text, not an empty one."""
        lines = self.section.element.findall(f"{{{HP}}}p")
        if len(lines) < 2:
            return
        paper, first = lines[0], lines[1]
        for old in [one for one in paper if one.find(f"{{{HP}}}secPr") is None]:
            paper.remove(old)
        for run in list(first):
            paper.append(run)
        for name in ("paraPrIDRef", "styleIDRef"):
            paper.set(name, first.get(name, "0"))
        self.section.element.remove(first)

    def _silent_outline(self) -> None:
        """Keep Hancom from numbering headings: they carry the numbers they were given."""
        for element in self.header.element.iter():
            if isinstance(element.tag, str) and element.tag.endswith("}paraHead"):
                element.text = None
        self.header.mark_dirty()

    def _tell(self) -> None:
        """Write the title, who made it and the day into the package."""
        about = self.composed.about
        office = xml(about.office(words(self.composed.language)))
        day = f"{about.on:%Y-%m-%d}T00:00:00Z"
        self.document.parts.clear_document_metadata()
        self.document.parts.set_document_metadata(
            title=xml(self.composed.title),
            creator=office,
            created_date=day,
            modified_date=day,
        )
        self.document.parts.clear_preview()
