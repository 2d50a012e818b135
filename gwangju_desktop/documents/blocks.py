"""What a document says: immutable blocks without positions.

Text from people is data: nothing in it is markup for the writer.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any, Literal, NamedTuple, Self

Weight = Literal["", "R", "S", "B"]
Align = Literal["left", "centre", "right"]

# Controls, zero-width and bidirectional characters: invisible on paper, they only mislead.
_UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
)
# Measuring a word is linear in its length and done once a line, so endless words come in pieces.
_LONGEST_WORD = 200
_LIST_MARK = re.compile(
    r"^(\s*)([-•○◦□ㆍ※*]|\d{1,2}[.)]|[가나다라마바사아자차카타파하][.)])\s+(?=\S)"
)
_TERM = re.compile(r"^(\([^()]{1,14}\)|[^:,.]{1,14}:)(?=\s)")
_ids = itertools.count(1)


def clean(text: str) -> str:
    """Return text in NFC without control, bidirectional and zero-width characters.

    A lone surrogate becomes U+FFFD; tabs become spaces; line ends become newlines.
    """
    if text.isprintable() and unicodedata.is_normalized("NFC", text):
        return text
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    text = text.replace("\t", " ").replace("\r\n", "\n").replace("\r", "\n")
    return _UNSAFE.sub("", unicodedata.normalize("NFC", text))


class Word(NamedTuple):
    """A word in one weight; `"\\n"` is a forced line end, `space` says one stands before it."""

    text: str
    weight: Weight = ""
    space: bool = True


@lru_cache(4096)
def words(text: str, weight: Weight = "") -> tuple[Word, ...]:
    """Return the words of a text, in the weight of their style unless told otherwise."""
    found: list[Word] = []
    for number, line in enumerate(clean(text).split("\n")):
        if number:
            found.append(Word("\n"))
        for word in line.split(" "):
            for start in range(0, len(word), _LONGEST_WORD):
                piece = word[start : start + _LONGEST_WORD]
                found.append(Word(piece, weight, start == 0))
    return tuple(found)


@dataclass(frozen=True, eq=False, kw_only=True)
class Block:
    """A piece of a document.

    `origin` survives a split over pages, so that its parts share one structure element;
    `continued` marks the second and every later part.
    """

    origin: int = field(default_factory=lambda: next(_ids))
    continued: bool = False

    def rest(self, **changes: Any) -> Self:
        """Return the part of this block that goes on upon the next page."""
        return replace(self, continued=True, **changes)


@dataclass(frozen=True, eq=False)
class Para(Block):
    """A paragraph; `mark` is a bullet or number hanging in the indent of `depth`.

    With a `key` it stands for a title: it is a destination and stands in the outline.
    """

    words: tuple[Word, ...]
    style: str = "body"
    mark: str = ""
    depth: int = 0
    link: str = ""
    keep: bool = False
    key: str = ""


def para(text: str, style: str = "body", *, keep: bool = False, link: str = "") -> Para:
    """Return a paragraph of plain text; `keep` holds it with the next block."""
    return Para(words(text), style, keep=keep, link=link)


def prose(text: str, style: str = "body") -> tuple[Block, ...]:
    """Return the paragraphs and list items of a text somebody typed.

    A line that begins with a list mark of Korean office prose (`-`, `○`, `1.`, `가.`) hangs by it;
    a short term at its start, `(목적)` or `기한:`, stands in bold. Every character is printed.
    """
    blocks: list[Block] = []
    for line in clean(text).split("\n"):
        if not line.strip():
            continue
        found = _LIST_MARK.match(line)
        if not found:
            blocks.append(Para(words(line), style))
            continue
        said = line[found.end() :]
        term = _TERM.match(said)
        cut = term.end() if term else 0
        spoken = words(said[:cut], "B") + words(said[cut:])
        depth = 1 + min(len(found[1]) // 2, 2)
        blocks.append(Para(spoken, style, found[2], depth))
    return tuple(blocks)


@dataclass(frozen=True, eq=False)
class Heading(Block):
    """A heading of level 1 to 3; with a `key` it is a destination and stands in the outline."""

    level: int
    text: str
    key: str = ""
    aside: str = ""


@dataclass(frozen=True, eq=False)
class Banner(Block):
    """An item's head: its number in a black square, its title and one line of facts."""

    number: str
    title: str
    meta: str
    key: str
    outline: str


@dataclass(frozen=True, eq=False)
class Column:
    """A table's column: its title, its share of the width and the style of its plain cells."""

    title: str
    share: float
    align: Align = "left"
    style: str = "cell"
    rule: bool = False


Cell = tuple[Block, ...]


@dataclass(frozen=True, eq=False)
class Table(Block):
    """Rows of cells of blocks; `links[row]` is the destination key of a row's last cell.

    `head` shows the column titles, `row_head` makes the first cell the row's header, `grid` frames
    every cell, `plain` draws no rules. `min_row` is in points. `keep` holds it with the next block;
    one that is `whole` is split only where a page cannot hold it.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    head: bool = True
    row_head: bool = False
    min_row: float = 0.0
    grid: bool = False
    plain: bool = False
    links: tuple[str, ...] = ()
    caption: str = ""
    keep: bool = False
    whole: bool = False


def table(
    columns: Iterable[Column],
    rows: Iterable[Sequence[str | Block | Cell]],
    *,
    head: bool = True,
    row_head: bool = False,
    min_row: float = 0.0,
    grid: bool = False,
    plain: bool = False,
    links: tuple[str, ...] = (),
    caption: str = "",
    keep: bool = False,
    whole: bool = False,
) -> Table:
    """Return a table; a cell may be text in its column's style, a block or several blocks."""
    columns = tuple(columns)

    def cell(value: str | Block | Cell, column: Column) -> Cell:
        if isinstance(value, str):
            return (para(value, column.style),)
        return value if isinstance(value, tuple) else (value,)

    cells = tuple(
        tuple(cell(value, column) for value, column in zip(row, columns, strict=True))
        for row in rows
    )
    return Table(
        columns,
        cells,
        head=head,
        row_head=row_head,
        min_row=min_row,
        grid=grid,
        plain=plain,
        links=links,
        caption=caption,
        keep=keep,
        whole=whole,
    )


@dataclass(frozen=True, eq=False)
class Box(Block):
    """Blocks on a framed grey ground: the resolution asked for."""

    children: tuple[Block, ...]


class Signer(NamedTuple):
    """One row of the attendance sheet."""

    number: str
    name: str
    office: str
    kind: str


@dataclass(frozen=True, eq=False)
class SignRows(Block):
    """The attendance sheet in two columns, 36 rows of 11 mm on a page.

    `titles` head the number, the name with its office, the kind over a space for remarks, and the
    25 mm box for the signature.
    """

    people: tuple[Signer, ...]
    titles: tuple[str, str, str, str]


@dataclass(frozen=True, eq=False)
class Answer:
    """A blank to fill by hand: a box to tick, or a writing line between two words."""

    before: str
    after: str = ""
    tick: bool = False
    share: float = 1.0


@dataclass(frozen=True, eq=False)
class Answers(Block):
    """Blanks to fill by hand, side by side on a share of the width."""

    answers: tuple[Answer, ...]
    width: float = 1.0


@dataclass(frozen=True, eq=False)
class Rule(Block):
    """A black rule over the whole width; `weight` in points."""

    weight: float = 1.2


@dataclass(frozen=True, eq=False)
class Space(Block):
    """Empty height in points."""

    height: float


@dataclass(frozen=True, eq=False)
class PageBreak(Block):
    """What follows begins on a new page."""
