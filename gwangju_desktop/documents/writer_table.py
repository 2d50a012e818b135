"""Tables drawn: rules, the head once for readers and again for eyes, cells row by row."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from gwangju_desktop.documents.blocks import Para, Table
from gwangju_desktop.documents.layout import (
    CELL_PAD_X,
    Fit,
    RowFit,
    TableFit,
    TextFit,
    bottom,
)
from gwangju_desktop.documents.pdf_file import text_string
from gwangju_desktop.documents.tags import Node

if TYPE_CHECKING:
    from gwangju_desktop.documents.writer_pdf import Writer

_BLACK, _HAIR = 0.0, 0.65


class TableDrawing:
    """One table, or its part on one page."""

    def __init__(
        self, writer: Writer, fit: TableFit, block: Table, x: float, y: float, parent: Node
    ) -> None:
        self.writer, self.canvas = writer, writer.canvas
        self.fit, self.block, self.x, self.y = fit, block, x, y
        self.edges = [x]
        for width in fit.widths:
            self.edges.append(self.edges[-1] + width)
        # A grid without header cells only places text, so it is no table to a reader.
        self.real = block.head or block.row_head
        self.node = parent
        if self.real:
            summary = f"/A<</O/Table/Summary{text_string(block.caption)}>>" if block.caption else ""
            self.node = self.canvas.tree.child(parent, "Table", block.origin, extra=summary)

    def draw(self) -> None:
        """Draw what of the table is on this page."""
        with self.canvas.artifact():
            self._rules()
        if self.block.head:
            self._head()
        y = self.y - self.fit.head.height
        for number, row in enumerate(self.fit.rows):
            self._row(number, row, y)
            y -= row.height

    def _rules(self) -> None:
        block, canvas, x, right = self.block, self.canvas, self.x, self.edges[-1]
        low = self.y - self.fit.height
        if not block.plain:
            canvas.rule(x, self.y, right, self.y, 0.8 if block.grid else 1, _BLACK)
            y = self.y - self.fit.head.height
            if block.head:
                canvas.rule(x, y, right, y, 0.5, _BLACK)
            for row in self.fit.rows:
                y -= row.height
                canvas.rule(x, y, right, y, 0.4, _HAIR)
        for edge, column in zip(self.edges, block.columns, strict=False):
            if block.grid:
                canvas.rule(edge, self.y, edge, low, 0.8, _BLACK)
            elif column.rule and edge != x:
                canvas.rule(edge, self.y, edge, low, 0.3, _HAIR)
        if block.grid:
            canvas.rule(right, self.y, right, low, 0.8, _BLACK)
            canvas.rule(x, low, right, low, 0.8, _BLACK)

    def _head(self) -> None:
        """Draw the titles; repeated ones are furniture, the first ones are the table's."""
        style = self.writer.theme.styles["th"]
        row = None if self.block.continued else Node("TR", self.node)
        for edge, column, stack in zip(
            self.edges, self.block.columns, self.fit.head.cells, strict=False
        ):
            cell = Node("TH", row, "/A<</O/Table/Scope/Column>>") if row else None
            fit = stack[0].fit
            assert isinstance(fit, TextFit)
            if not column.title:
                continue
            top = self.y - (self.fit.head.height - fit.height) / 2
            marked = self.canvas.marked(cell) if cell else self.canvas.artifact("Pagination")
            with marked:
                aligned = replace(style, align=column.align)
                self.canvas.lines(edge + CELL_PAD_X, top, fit.width, fit.lines, aligned)

    def _row(self, number: int, row: RowFit, y: float) -> None:
        tree, block = self.canvas.tree, self.block
        cells = block.rows[number]
        origin = next((cell[0].origin for cell in cells if cell), id(cells))
        line = tree.child(self.node, "TR", origin) if self.real else self.node
        for column, stack in enumerate(row.cells):
            header = block.row_head and column == 0
            role = "TH" if header else "TD" if self.real else "Div"
            scope = "/A<</O/Table/Scope/Row>>" if header else ""
            node = tree.child(line, role, origin, column, extra=scope)
            top = y - (row.height - bottom(stack)) / 2
            x = self.edges[column] + CELL_PAD_X
            link = block.links[number] if number < len(block.links) else ""
            if column == len(row.cells) - 1 and self.canvas.leads(link):
                node = Node("Link", node)
                width = self.edges[-1] - self.x
                self.canvas.link(link, self.x, y - row.height, width, row.height, node)
            for placed in stack:
                self._cell(placed.fit, x, top - placed.top, node, alone=len(stack) == 1)

    def _cell(self, fit: Fit, x: float, y: float, node: Node, *, alone: bool) -> None:
        """Draw a block of a cell; a single paragraph is the cell's own text."""
        block = fit.block
        if alone and isinstance(fit, TextFit) and isinstance(block, Para) and not block.depth:
            own = node if node.role != "Div" else None
            self.writer.para(fit, block, x, y, node, own)
        else:
            self.writer.block(fit, x, y, node)
