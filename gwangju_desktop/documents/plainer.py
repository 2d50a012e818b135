"""Blocks made plainer: the few kinds a format without positions can say.

What is drawn by hand on paper (a banner, rows to sign, blanks to fill) becomes headings, paragraphs
and tables; a kind registers how with its class.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from gwangju_desktop.documents.blocks import (
    Answer,
    Answers,
    Banner,
    Block,
    Box,
    Cell,
    Column,
    Heading,
    PageBreak,
    Para,
    Rule,
    SignRows,
    Space,
    Table,
    Word,
    clean,
    para,
    table,
)

Plainer = Callable[[Any], Iterable[Block]]

TICK, _LINE = "□", "_"
# A writing line over the whole width, in underscores.
_WHOLE_LINE, _SHORTEST_LINE = 48, 8
_KEPT = (Para, Heading, Rule, Space, PageBreak)
_PLAINERS: dict[type[Block], Plainer] = {}
# Kinds that a writer draws if it can; all others show what stands instead of them.
PICTURES: set[type[Block]] = set()


class Run(NamedTuple):
    """A stretch of text in one weight; a newline in it is a forced line end."""

    text: str
    bold: bool


def plainer(kind: type[Block]) -> Callable[[Plainer], Plainer]:
    """Register how a kind is said in plainer blocks."""

    def register(how: Plainer) -> Plainer:
        _PLAINERS[kind] = how
        return how

    return register


def simple(blocks: Iterable[Block], *, pictures: bool = False) -> Iterator[Block]:
    """Return blocks as paragraphs, headings, tables, boxes, rules, spaces and page breaks only.

    With `pictures` the kinds of PICTURES stay as they are.
    """
    for block in blocks:
        if isinstance(block, _KEPT) or (pictures and type(block) in PICTURES):
            yield block
        elif isinstance(block, Box):
            yield replace(block, children=tuple(simple(block.children, pictures=pictures)))
        elif isinstance(block, Table):
            rows = tuple(tuple(_cell(cell, pictures) for cell in row) for row in block.rows)
            yield replace(block, rows=rows)
        else:
            yield from simple(_PLAINERS[type(block)](block), pictures=pictures)


def _cell(cell: Cell, pictures: bool) -> Cell:
    return tuple(simple(cell, pictures=pictures))


def runs(words: Sequence[Word], weight: str = "R") -> tuple[Run, ...]:
    """Return what words say, neighbours of one weight joined; `weight` is their style's."""
    found: list[Run] = []
    fresh = True
    for word in words:
        bold = (word.weight or weight) in ("S", "B")
        text = word.text if fresh or word.text == "\n" or not word.space else f" {word.text}"
        fresh = word.text == "\n"
        if found and (found[-1].bold == bold or fresh):
            found[-1] = Run(found[-1].text + text, found[-1].bold)
        else:
            found.append(Run(text, bold))
    return tuple(run for run in found if run.text)


def said(words: Sequence[Word]) -> str:
    """Return the text of words."""
    return "".join(run.text for run in runs(words))


def text_of(blocks: Iterable[Block]) -> str:
    """Return the text of simple blocks, a line each."""
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, Para):
            lines.append(" ".join(part for part in (block.mark, said(block.words)) if part))
        elif isinstance(block, Heading):
            lines.append(" ".join(part for part in (clean(block.text), block.aside) if part))
        elif isinstance(block, Box):
            lines.append(text_of(block.children))
        elif isinstance(block, Table):
            lines += ["\t".join(text_of(cell) for cell in row) for row in block.rows]
    return "\n".join(lines)


@plainer(Banner)
def _banner(block: Banner) -> Iterator[Block]:
    title = " ".join(part for part in (block.number, block.title) if part)
    yield Heading(1, title, block.key)
    if block.meta:
        yield para(block.meta, "meta")


@plainer(SignRows)
def _sign_rows(block: SignRows) -> Iterator[Block]:
    number, name, kind, signature = block.titles
    columns = (
        Column(number, 0.1, "right", "number"),
        Column(name, 0.44),
        Column(kind, 0.2),
        Column(signature, 0.26),
    )
    rows = [
        (one.number, f"{one.name}\n{one.office}" if one.office else one.name, one.kind, "")
        for one in block.people
    ]
    yield table(columns, rows, grid=True, min_row=30)


@plainer(Answers)
def _answers(block: Answers) -> Iterator[Block]:
    shares = sum(answer.share for answer in block.answers if not answer.tick) or 1
    yield para("   ".join(_blank(answer, block.width, shares) for answer in block.answers))


def _blank(answer: Answer, width: float, shares: float) -> str:
    if answer.tick:
        parts = [TICK, answer.before, answer.after]
    else:
        count = max(_SHORTEST_LINE, round(_WHOLE_LINE * width * answer.share / shares))
        parts = [answer.before, _LINE * count, answer.after]
    return " ".join(part for part in parts if part)
