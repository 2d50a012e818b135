"""Measured pages drawn and tagged."""

from __future__ import annotations

from dataclasses import dataclass, replace

from gwangju_desktop.documents import writer_figures as writer_figures
from gwangju_desktop.documents.blocks import (
    Answer,
    Answers,
    Banner,
    Box,
    Heading,
    Para,
    Rule,
    SignRows,
    Space,
    Table,
)
from gwangju_desktop.documents.canvas import OVERLAY, Canvas
from gwangju_desktop.documents.drawn import DRAWINGS
from gwangju_desktop.documents.layout import (
    BANNER_INDENT,
    BANNER_SIDE,
    BOX_PAD_X,
    BOX_PAD_Y,
    LIST_INDENT,
    SIGN_GAP,
    SIGN_HEAD,
    SIGN_ROW,
    BoxFit,
    Fit,
    Stack,
    TableFit,
    TextFit,
)
from gwangju_desktop.documents.pdf_file import text_string
from gwangju_desktop.documents.sign_column import SignColumn
from gwangju_desktop.documents.styles import MM, Style, Theme
from gwangju_desktop.documents.tags import Node
from gwangju_desktop.documents.writer_table import TableDrawing

_BLACK, _HAIR, _PALE = 0.0, 0.65, 0.95
_TAG_WIDTH, _TAG_HEIGHT, _TAG_RADIUS = 13.5 * MM, 6.8 * MM, 3.2
_WORD, _AFTER = Style(12, "S"), Style(12)
_TICK, _WORD_GAP, _ANSWER_GAP = 5 * MM, 5.0, 18.0
# The word across a draft: its size in points, the share of the page it may take, its grey.
_MARK, _MARK_SHARE, _MARK_GREY = 170.0, 0.62, 0.93
_SHADE_WIDTH, _SHADE = 9 * MM, 0.85
_MEMO_GAP, _MEMO_DROP = 6 * MM, 8 * MM
# No running line holds more characters; measuring a pasted page again and again takes minutes.
_LONGEST_RUNNING = 200


@dataclass(frozen=True, slots=True)
class Sheet:
    """One physical page: its content, or the size of a foreign page, and what stands round it.

    `section` groups the sheets of one part in the structure tree. `label` is what a viewer shows as
    the page's number, `blank` says that an empty side is meant to be empty, `mark` lies across a
    draft, `shade` darkens the outer edge, `memo` heads the column for notes of a theme that has
    one. `keys` are further names of the sheet's top.
    """

    section: str
    folio: str
    head_left: str = ""
    head_right: str = ""
    foot: str = ""
    content: Stack | None = None
    size: tuple[float, float] | None = None
    alternative: str = ""
    key: str = ""
    outline: str = ""
    label: str = ""
    blank: str = ""
    mark: str = ""
    memo: str = ""
    shade: bool = False
    keys: tuple[str, ...] = ()
    theme: Theme | None = None


class Writer:
    """Draws sheets upon a canvas, in its theme unless a sheet has its own."""

    def __init__(self, canvas: Canvas, theme: Theme) -> None:
        self.canvas, self.theme = canvas, theme
        self._usual = theme
        self._section: tuple[str, Node] | None = None

    def sheet(self, sheet: Sheet) -> None:
        """Draw one page."""
        theme = self.theme = sheet.theme or self._usual
        canvas = self.canvas
        canvas.least = theme.least
        width, height = sheet.size or (theme.width, theme.height)
        canvas.page(width, height, sheet.label)
        if self._section is None or self._section[0] != sheet.section:
            self._section = (sheet.section, Node("Sect", canvas.tree.root))
        parent = self._section[1]
        for key in sheet.keys:
            canvas.place(key, height)
        with canvas.artifact("Pagination"):
            self._furniture(sheet, width, height)
        if sheet.size is not None:
            self._foreign(sheet, width, height, parent)
            return
        for placed in sheet.content or ():
            self.block(placed.fit, theme.left, height - theme.top - placed.top, parent)

    def _foreign(self, sheet: Sheet, width: float, height: float, parent: Node) -> None:
        """Leave the place of a foreign page; a draft's mark lies over it, or a scan would hide it."""
        canvas = self.canvas
        node = Node("P", parent, f"/T{text_string(sheet.alternative)}")
        with canvas.marked(node):
            canvas.put("q /Paper Do Q")
        if sheet.mark:
            with canvas.artifact("Pagination"):
                canvas.put(f"q /{OVERLAY} gs")
                self._across(sheet.mark, width, height)
                canvas.put("Q")
        if sheet.key:
            canvas.place(sheet.key, height)
            canvas.entry(sheet.outline, sheet.key, 2)

    def _furniture(self, sheet: Sheet, width: float, height: float) -> None:
        canvas, styles = self.canvas, self.theme.styles
        running, strong, folio = styles["running"], styles["running-strong"], styles["folio"]
        upright = height >= width
        left = self.theme.left if upright else self.theme.right
        right = width - self.theme.right
        if sheet.mark and sheet.size is None:
            self._across(sheet.mark, width, height)
        if sheet.shade:
            canvas.box(width - _SHADE_WIDTH, 0, _SHADE_WIDTH, height, fill=_SHADE)
        if sheet.head_left or sheet.head_right:
            y = height - 13 * MM
            room = right - left - self._wide(sheet.head_right, strong) - 6 * MM
            shown = self._shortened(sheet.head_left, running, max(room, (right - left) / 3))
            canvas.text(left, y, shown, running)
            room = right - left - self._wide(shown, running) - 6 * MM
            canvas.text(right, y, self._shortened(sheet.head_right, strong, room), strong, "right")
            canvas.rule(left, y - 2.6 * MM, right, y - 2.6 * MM, 0.5, 0.35)
            if self.theme.notes and sheet.memo and sheet.content is not None:
                self._memo(sheet.memo, right - self.theme.notes + _MEMO_GAP, y - _MEMO_DROP)
        if sheet.blank:
            canvas.text(width / 2, height / 2, sheet.blank, styles["blank"])
        y = (8 if upright else 11) * MM
        if sheet.size is None:
            canvas.rule(left, y + 5 * MM, right, y + 5 * MM, 0.5, 0.35)
        room = right - left - self._wide(sheet.folio, folio) - 6 * MM
        canvas.text(left, y, self._shortened(sheet.foot, running, room), running)
        canvas.text(right, y, sheet.folio, folio, "right")

    def _memo(self, word: str, x: float, y: float) -> None:
        """Draw the column for notes by hand: a hair line and the word at its head."""
        self.canvas.rule(x, y, x, self.theme.bottom, 0.4, _HAIR)
        self.canvas.text(x + 3 * MM, y, word, self.theme.styles["memo"])

    def _across(self, word: str, width: float, height: float) -> None:
        """Write a word pale and large across the page, upwards to the right."""
        canvas = self.canvas
        room = min(width, height) * _MARK_SHARE * 2**0.5
        # Measured at its own size: a canvas for large type knows nothing smaller than that.
        size = min(_MARK, _MARK * room / max(canvas.width(word, _MARK, "B"), 0.1))
        canvas.put(f"q 1 0 0 1 {width / 2:.1f} {height / 2:.1f} cm .7071 .7071 -.7071 .7071 0 0 cm")
        canvas.text(0, -size * 0.36, word, Style(size, "B", grey=_MARK_GREY), "centre")
        canvas.put("Q")

    def _wide(self, text: str, style: Style) -> float:
        return self.canvas.width(text, style.size, style.weight)

    def _shortened(self, text: str, style: Style, room: float) -> str:
        """Return a running line that fits; the full words stand on the page itself."""
        short = text[:_LONGEST_RUNNING]
        if short == text and self._wide(text, style) <= room:
            return text
        while short and self._wide(short + "…", style) > room:
            short = short[:-1]
        return short.rstrip() + "…"

    def block(self, fit: Fit, x: float, y: float, parent: Node) -> None:
        """Draw a measured block from its upper left corner."""
        match fit.block:
            case Para() as block if isinstance(fit, TextFit):
                self.para(fit, block, x, y, parent)
            case Table() as block if isinstance(fit, TableFit):
                TableDrawing(self, fit, block, x, y, parent).draw()
            case Heading() as block if isinstance(fit, TextFit):
                self._heading(fit, block, x, y, parent)
            case Banner() as block if isinstance(fit, TextFit):
                self._banner(fit, block, x, y, parent)
            case Box() if isinstance(fit, BoxFit):
                self._box(fit, x, y, parent)
            case SignRows() as block:
                self._sign_rows(fit, block, x, y, parent)
            case Answers() as block:
                self._answers(fit, block, x, y, parent)
            case Rule() as block:
                with self.canvas.artifact():
                    self.canvas.rule(x, y, x + fit.width, y, block.weight, _BLACK)
            case Space():
                pass
            case _:
                DRAWINGS[type(fit.block)](self, fit, x, y, parent)

    def para(
        self, fit: TextFit, block: Para, x: float, y: float, parent: Node, node: Node | None = None
    ) -> None:
        """Draw a paragraph as content of `node`, or of an element of its own."""
        if not block.words:
            return
        canvas, style = self.canvas, self.theme.styles[block.style]
        indent = block.depth * LIST_INDENT * style.size
        if block.style in ("solid", "open"):
            solid = block.style == "solid"
            self._tag(x + fit.width / 2, y - fit.height / 2, fit.lines[0].width, solid=solid)
            style = replace(style, grey=1.0) if solid else style
        if block.key:
            canvas.place(block.key, y + 12)
            said = " ".join(word.text for word in block.words)
            canvas.entry(said[:_LONGEST_RUNNING], block.key, 1)
        if block.depth:
            node = self._list_body(block, style, x, y, parent)
        node = node or canvas.tree.child(parent, style.role, block.origin)
        if self.canvas.leads(block.link):
            node = Node("Link", node)
            canvas.link(block.link, x, y - fit.height, fit.width, fit.height, node)
        with canvas.marked(node):
            canvas.lines(x + indent, y, fit.width - indent, fit.lines, style)

    def _tag(self, x: float, y: float, text: float, *, solid: bool) -> None:
        """Draw the kind's tag round a middle: black for what is voted on, else an outline."""
        wide = max(_TAG_WIDTH, text + 10)
        with self.canvas.artifact():
            self.canvas.box(
                x - wide / 2,
                y - _TAG_HEIGHT / 2,
                wide,
                _TAG_HEIGHT,
                fill=_BLACK if solid else None,
                line=None if solid else _BLACK,
                weight=0.9,
                radius=_TAG_RADIUS,
            )

    def _list_body(self, block: Para, style: Style, x: float, y: float, parent: Node) -> Node:
        tree, kids = self.canvas.tree, parent.kids
        last = kids[-1] if kids else None
        whole = last if isinstance(last, Node) and last.role == "L" else Node("L", parent)
        item = tree.child(whole, "LI", block.origin)
        if block.mark:
            left = x + ((block.depth - 1) * LIST_INDENT + 0.15) * style.size
            base = y - style.size * (style.lead / 2 + 0.36)
            with self.canvas.marked(Node("Lbl", item)):
                self.canvas.text(left, base, block.mark, style)
        return tree.child(item, "LBody", block.origin)

    def _heading(self, fit: TextFit, block: Heading, x: float, y: float, parent: Node) -> None:
        canvas, style = self.canvas, self.theme.styles[f"h{block.level}"]
        if block.key:
            canvas.place(block.key, y + 12)
            canvas.entry(block.text, block.key, block.level)
        with canvas.marked(Node(f"H{block.level}", parent)):
            canvas.lines(x, y, fit.width, fit.lines, style)
        if block.aside:
            base = y - fit.height + style.size * (style.lead / 2 - 0.36)
            with canvas.marked(Node("P", parent)):
                canvas.text(x + fit.width, base, block.aside, self.theme.styles["aside"], "right")

    def _banner(self, fit: TextFit, block: Banner, x: float, y: float, parent: Node) -> None:
        canvas, styles = self.canvas, self.theme.styles
        canvas.place(block.key, y + 12)
        canvas.entry(block.outline, block.key, 1)
        with canvas.artifact():
            canvas.box(x, y - BANNER_SIDE, BANNER_SIDE, BANNER_SIDE, fill=_BLACK)
        head = Node("H1", parent)
        with canvas.marked(head):
            size = 26.0 if len(block.number) < 3 else 18.0
            base = y - BANNER_SIDE / 2 - size * 0.36
            number = Style(size, "B", grey=1.0, align="centre")
            canvas.text(x + BANNER_SIDE / 2, base, block.number, number)
        with canvas.marked(head):
            room = fit.width - BANNER_INDENT
            canvas.lines(x + BANNER_INDENT, y, room, fit.lines, styles["banner"])
        below = y - len(fit.lines) * styles["banner"].size * styles["banner"].lead
        with canvas.marked(Node("P", parent)):
            canvas.lines(x + BANNER_INDENT, below, fit.width, fit.more, styles["meta"])
        with canvas.artifact():
            canvas.rule(x, y - fit.height, x + fit.width, y - fit.height, 1.2, _BLACK)

    def _box(self, fit: BoxFit, x: float, y: float, parent: Node) -> None:
        with self.canvas.artifact():
            self.canvas.box(
                x, y - fit.height, fit.width, fit.height, fill=_PALE, line=_BLACK, weight=1
            )
        for placed in fit.children:
            self.block(placed.fit, x + BOX_PAD_X, y - BOX_PAD_Y - placed.top, parent)

    def _answers(self, fit: Fit, block: Answers, x: float, y: float, parent: Node) -> None:
        """Draw blanks side by side; the writing lines share what the words leave."""
        canvas, answers = self.canvas, block.answers
        node = Node("P", parent)
        words_wide = sum(self._answer_words(answer) for answer in answers)
        room = fit.width * block.width - words_wide - _ANSWER_GAP * (len(answers) - 1)
        shares = sum(answer.share for answer in answers if not answer.tick) or 1
        for answer in answers:
            line = 0.0 if answer.tick else max(room, 0) * answer.share / shares
            before = canvas.width(answer.before, _WORD.size, _WORD.weight)
            start = x
            if answer.tick:
                with canvas.artifact():
                    canvas.box(x, y - 19, _TICK, _TICK, line=_BLACK, weight=0.9)
                start += _TICK + _WORD_GAP
            with canvas.marked(node):
                canvas.text(start, y - 16, answer.before, _WORD)
            x = start + before
            if not answer.tick:
                x += _WORD_GAP
                with canvas.artifact():
                    canvas.rule(x, y - 18, x + line, y - 18, 0.5, _BLACK)
                x += line
            if answer.after:
                x += _WORD_GAP
                with canvas.marked(node):
                    canvas.text(x, y - 16, answer.after, _AFTER)
                x += canvas.width(answer.after, _AFTER.size)
            x += _ANSWER_GAP

    def _answer_words(self, answer: Answer) -> float:
        """Return what of an answer's width is not a writing line."""
        wide = self.canvas.width(answer.before, _WORD.size, _WORD.weight) + _WORD_GAP
        if answer.tick:
            wide += _TICK
        if answer.after:
            wide += self.canvas.width(answer.after, _AFTER.size) + _WORD_GAP
        return wide

    def _sign_rows(self, fit: Fit, block: SignRows, x: float, y: float, parent: Node) -> None:
        count = (len(block.people) + 1) // 2
        half = (fit.width - SIGN_GAP) / 2
        node = self.canvas.tree.child(parent, "Table", block.origin)
        for column in range(2):
            drawing = SignColumn(self.canvas, x + column * (half + SIGN_GAP), half)
            titled = column == 0 and not block.continued
            drawing.head(y, block.titles, Node("TR", node) if titled else None)
            first = column * count
            for row, person in enumerate(block.people[first : first + count]):
                drawing.row(y - SIGN_HEAD - row * SIGN_ROW, person, Node("TR", node))
