"""Blocks to pages, without a canvas: pure, so that pagination can be tested.

A block is measured to a `Fit`; what does not fit a page is split into two *blocks*, so a page is
always a list of whole blocks.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass

from gwangju_desktop.documents.blocks import (
    Answers,
    Banner,
    Block,
    Box,
    Cell,
    Heading,
    PageBreak,
    Para,
    Rule,
    SignRows,
    Space,
    Table,
    para,
    words,
)
from gwangju_desktop.documents.drawn import MEASURES
from gwangju_desktop.documents.lines import Line, Metrics, break_lines
from gwangju_desktop.documents.splitting import Lines, cut_para, cut_table, lines_that_stay
from gwangju_desktop.documents.styles import MM, Style, Theme

CELL_PAD_X = 3.5
CELL_PAD_Y = 5.2
BOX_PAD_X = 6 * MM
BOX_PAD_Y = 4 * MM
BANNER_SIDE = 15 * MM
BANNER_INDENT = 20 * MM
LIST_INDENT = 1.5
SIGN_ROW = 11 * MM
SIGN_HEAD = 21.0
SIGN_GAP = 6 * MM
ANSWER_HEIGHT = 24.0
_TOLERANCE = 0.01
# A row, box or heading taller than this share of the page is split rather than moved.
_TALL_ROW, _TALL_BOX, _TALL_HEADING = 0.4, 0.6, 1 / 3


@dataclass(eq=False, slots=True)
class Fit:
    """A measured block, in points; with less than `need` it must not begin on a page."""

    block: Block
    width: float
    height: float
    before: float = 0.0
    after: float = 0.0
    need: float = 0.0
    keep: bool = False


@dataclass(eq=False, slots=True)
class TextFit(Fit):
    """A paragraph or heading in lines; a banner has `more` lines below its title."""

    lines: tuple[Line, ...] = ()
    more: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Placed:
    """A measured block, `top` points below the top of its frame."""

    top: float
    fit: Fit


Stack = tuple[Placed, ...]


@dataclass(eq=False, slots=True)
class BoxFit(Fit):
    """A box with its measured children."""

    children: Stack = ()


@dataclass(frozen=True, slots=True)
class RowFit:
    """A table row with its measured cells."""

    height: float
    cells: tuple[Stack, ...]


@dataclass(eq=False, slots=True)
class TableFit(Fit):
    """A table with its measured head and rows."""

    head: RowFit = RowFit(0.0, ())
    rows: tuple[RowFit, ...] = ()
    widths: tuple[float, ...] = ()


def bottom(stack: Stack) -> float:
    """Return the height of stacked blocks."""
    return stack[-1].top + stack[-1].fit.height if stack else 0.0


class Layout:
    """Measures blocks of one theme and flows them into its frame."""

    def __init__(self, metrics: Metrics, theme: Theme) -> None:
        self.metrics, self.theme = metrics, theme
        # Keyed by identity: the fit holds its block, so the id stays taken.
        self._fits: dict[tuple[int, float], Fit] = {}

    def lines(self, text: str, style: Style, width: float) -> tuple[Line, ...]:
        """Return a text's lines in `style` within `width` points."""
        return break_lines(self.metrics, words(text), style, width)

    def fit(self, block: Block, width: float) -> Fit:
        """Measure a block within `width` points."""
        key = (id(block), width)
        found = self._fits.get(key)
        if found is None:
            found = self._fits[key] = self._measure(block, width)
        return found

    def _measure(self, block: Block, width: float) -> Fit:
        match block:
            case Para():
                return self._para(block, width)
            case Table():
                return self._table(block, width)
            case Heading():
                style = self.theme.styles[f"h{block.level}"]
                lines = self.lines(block.text, style, width * (0.62 if block.aside else 1))
                high = len(lines) * style.size * style.lead
                return TextFit(
                    block, width, high, style.before, style.after, high, True, lines=lines
                )
            case Banner():
                return self._banner(block, width)
            case Box():
                children = self.stack(block.children, width - 2 * BOX_PAD_X)
                high = bottom(children) + 2 * BOX_PAD_Y
                return BoxFit(block, width, high, 2, 10, high, children=children)
            case SignRows():
                high = (len(block.people) + 1) // 2 * SIGN_ROW + SIGN_HEAD
                return Fit(block, width, high, 0, 8, SIGN_ROW + SIGN_HEAD)
            case Answers():
                return Fit(block, width, ANSWER_HEIGHT, 0, 8, ANSWER_HEIGHT)
            case Rule():
                return Fit(block, width, 2, 0, 4, 2)
            case Space():
                return Fit(block, width, block.height, need=block.height)
            case _:
                return MEASURES[type(block)](self, block, width)

    def _para(self, block: Para, width: float) -> TextFit:
        style = self.theme.styles[block.style]
        indent = block.depth * LIST_INDENT * style.size
        lines = break_lines(self.metrics, block.words, style, width - indent)
        return self._para_of(block, width, lines)

    def _para_of(self, block: Para, width: float, lines: Lines) -> TextFit:
        style = self.theme.styles[block.style]
        lead = style.size * style.lead
        # Two lines at least on either side of a page's end; three lines stay whole.
        first = len(lines) if len(lines) <= 3 else 2
        before = 0 if block.continued else style.before
        high = len(lines) * lead
        return TextFit(
            block, width, high, before, style.after, first * lead, block.keep, lines=lines
        )

    def _banner(self, block: Banner, width: float) -> TextFit:
        title, meta = self.theme.styles["banner"], self.theme.styles["meta"]
        lines = self.lines(block.title, title, width - BANNER_INDENT)
        more = self.lines(block.meta, meta, width - BANNER_INDENT)
        text = len(lines) * title.size * title.lead + len(more) * meta.size * meta.lead
        high = max(BANNER_SIDE, text) + 5 * MM
        return TextFit(block, width, high, 0, 5 * MM, high, True, lines=lines, more=more)

    def _table(self, block: Table, width: float) -> TableFit:
        widths = tuple(column.share * width for column in block.columns)

        def row(cells: Iterable[Cell], least: float) -> RowFit:
            stacks = tuple(
                self.stack(cell, wide - 2 * CELL_PAD_X)
                for cell, wide in zip(cells, widths, strict=True)
            )
            return RowFit(max(max(map(bottom, stacks)) + 2 * CELL_PAD_Y, least), stacks)

        rows = tuple(row(cells, block.min_row) for cells in block.rows)
        head = RowFit(0.0, ())
        if block.head:
            head = row([(para(column.title, "th"),) for column in block.columns], 0)
        return self._table_of(block, width, head, rows, widths)

    def _table_of(
        self,
        block: Table,
        width: float,
        head: RowFit,
        rows: tuple[RowFit, ...],
        widths: tuple[float, ...],
    ) -> TableFit:
        high = head.height + sum(one.height for one in rows)
        first = head.height + (rows[0].height if rows else 0)
        need = min(first, self.theme.frame_height * _TALL_ROW)
        if block.whole and high <= self.theme.frame_height:
            need = high
        return TableFit(
            block, width, high, 4, 12, need, block.keep, head=head, rows=rows, widths=widths
        )

    def stack(self, children: Iterable[Block], width: float) -> Stack:
        """Measure blocks one below the other."""
        placed: list[Placed] = []
        y = after = 0.0
        for child in children:
            fit = self.fit(child, width)
            if placed:
                y += max(after, fit.before)
            placed.append(Placed(y, fit))
            y, after = y + fit.height, fit.after
        return tuple(placed)

    def flow(self, blocks: Iterable[Block]) -> list[Stack]:
        """Return the pages of a document; there is at least one."""
        return _Flow(self, blocks).run()

    def split(self, fit: Fit, room: float, *, force: bool) -> tuple[Block, Block] | None:
        """Split a block so that its first part fits `room` points; None if it must move whole.

        `force` gives up the rules on widows and orphans: the page has nothing else.
        """
        block = fit.block
        if isinstance(fit, TextFit) and isinstance(block, Para):
            return self._split_para(fit, block, room, force)
        if isinstance(fit, TableFit) and isinstance(block, Table):
            return self._split_table(fit, block, room, force)
        if isinstance(block, SignRows):
            return _split_sign_rows(block, room)
        tall = force or fit.height > self.theme.frame_height * _TALL_BOX
        if isinstance(fit, BoxFit) and isinstance(block, Box) and tall:
            parts = self._split_stack(fit.children, room - 2 * BOX_PAD_Y, force)
            if parts:
                return Box(parts[0], origin=block.origin), block.rest(children=parts[1])
        return None

    def _split_para(
        self, fit: TextFit, block: Para, room: float, force: bool
    ) -> tuple[Block, Block] | None:
        lead = fit.height / len(fit.lines)
        count = lines_that_stay(fit.lines, lead, room, force=force)
        if not count:
            return None
        parts = cut_para(block, fit.lines, count)
        for part, lines in parts:
            self._fits[id(part), fit.width] = self._para_of(part, fit.width, lines)
        return parts[0][0], parts[1][0]

    def _split_table(
        self, fit: TableFit, block: Table, room: float, force: bool
    ) -> tuple[Block, Block] | None:
        if block.whole and not force and fit.height <= self.theme.frame_height:
            return None
        high, count = fit.head.height, 0
        while count < len(fit.rows) and high + fit.rows[count].height <= room:
            high += fit.rows[count].height
            count += 1
        if len(fit.rows) - count == 1 and count > 2:
            count -= 1  # No single last row on the next page.
        if count:
            parts = cut_table(block, block.rows[:count], block.rows[count:], count, count)
            # Measuring the rest anew on every page takes minutes for a thousand rows.
            for part, rows in zip(parts, (fit.rows[:count], fit.rows[count:]), strict=True):
                made = self._table_of(part, fit.width, fit.head, rows, fit.widths)
                self._fits[id(part), fit.width] = made
            return parts
        if not fit.rows:
            return None
        if not force and fit.rows[0].height <= self.theme.frame_height * _TALL_ROW:
            return None
        cells = self._split_row(block.rows[0], fit.rows[0], room - fit.head.height)
        if cells is None:
            return None
        return cut_table(block, (cells[0],), (cells[1], *block.rows[1:]), 1, 0)

    def _split_row(
        self, cells: tuple[Cell, ...], fit: RowFit, room: float
    ) -> tuple[tuple[Cell, ...], tuple[Cell, ...]] | None:
        room -= 2 * CELL_PAD_Y
        if room < 30:
            return None
        parts = [self._split_stack(stack, room, True) for stack in fit.cells]
        if not any(parts):
            return None
        heads = tuple(part[0] if part else () for part in parts)
        tails = tuple(part[1] if part else cell for part, cell in zip(parts, cells, strict=True))
        return heads, tails

    def _split_stack(self, stack: Stack, room: float, force: bool) -> tuple[Cell, Cell] | None:
        head: list[Block] = []
        tail: list[Block] = []
        for placed in stack:
            fit = placed.fit
            if not tail and placed.top + fit.height <= room:
                head.append(fit.block)
                continue
            both = None
            if not tail:
                both = self.split(fit, room - placed.top, force=force and not head)
            if both:
                head.append(both[0])
                tail.append(both[1])
            else:
                tail.append(fit.block)
        return (tuple(head), tuple(tail)) if head else None


def _split_sign_rows(block: SignRows, room: float) -> tuple[Block, Block] | None:
    rows = int((room - SIGN_HEAD) / SIGN_ROW + 1e-6)
    if rows < 1 or 2 * rows >= len(block.people):
        return None
    first = SignRows(block.people[: 2 * rows], block.titles, origin=block.origin)
    return first, block.rest(people=block.people[2 * rows :])


def _as_text(block: Heading | Banner) -> tuple[Para, ...]:
    """Return a title that somebody pasted a page into: as a paragraph it can be split."""
    if isinstance(block, Heading):
        title = Para(words(block.text), f"h{block.level}", key=block.key)
        return (title, para(block.aside)) if block.aside else (title,)
    title = Para(words(f"{block.number}. {block.title}"), "banner", key=block.key)
    return (title, para(block.meta, "meta"))


class _Flow:
    def __init__(self, layout: Layout, blocks: Iterable[Block]) -> None:
        self.layout, self.theme = layout, layout.theme
        self.queue = deque(blocks)
        self.pages: list[list[Placed]] = [[]]
        self.y = self.after = 0.0

    def run(self) -> list[Stack]:
        while self.queue:
            block = self.queue.popleft()
            if isinstance(block, PageBreak):
                if self.pages[-1] and self.queue:
                    self._turn()
                continue
            self._take(block)
        return [tuple(page) for page in self.pages]

    def _take(self, block: Block) -> None:
        fit = self.layout.fit(block, self.theme.frame_width)
        tall = fit.height > self.theme.frame_height * _TALL_HEADING
        if tall and isinstance(block, Heading | Banner):
            self.queue.extendleft(reversed(_as_text(block)))
            return
        top = self.y + max(self.after, fit.before) if self.pages[-1] else 0.0
        room = self.theme.frame_height - top
        empty = not self.pages[-1]
        whole = fit.height + (self._follow(fit) if fit.keep else 0)
        if whole <= room + _TOLERANCE or (empty and fit.height <= room + _TOLERANCE):
            self._place(top, fit)
            return
        both = None
        if not (fit.keep and fit.height <= room):
            both = self.layout.split(fit, room, force=empty)
        if both:
            self._place(top, self.layout.fit(both[0], self.theme.frame_width))
            self.queue.appendleft(both[1])
        elif empty:
            # Nothing helps: rather run into the foot than turn pages for ever.
            self._place(top, fit)
        else:
            self.queue.appendleft(fit.block)
        if self.queue:
            self._turn()

    def _place(self, top: float, fit: Fit) -> None:
        self.pages[-1].append(Placed(top, fit))
        self.y, self.after = top + fit.height, fit.after

    def _turn(self) -> None:
        self.pages.append([])
        self.y = self.after = 0.0

    def _follow(self, fit: Fit) -> float:
        """Return the room that a kept block needs for what follows it."""
        high = 0.0
        for block in self.queue:
            if isinstance(block, PageBreak):
                break
            following = self.layout.fit(block, self.theme.frame_width)
            high += max(fit.after, following.before)
            high += following.height if following.keep else following.need
            if not following.keep and not isinstance(block, Space):
                break
            fit = following
        return high
