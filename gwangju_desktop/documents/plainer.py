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
from gwangju_desktop.documents.figures import (
    BarFigure,
    LineFigure,
    NoteLines,
    SeatPlan,
    TimelineFigure,
)
from gwangju_desktop.documents.picture import Picture

Plainer = Callable[[Any], Iterable[Block]]

TICK, _LINE = "□", "_"
# A writing line over the whole width, in underscores.
_WHOLE_LINE, _SHORTEST_LINE = 48, 8
_KEPT = (Para, Heading, Rule, Space, PageBreak)
_PLAINERS: dict[type[Block], Plainer] = {}
# Kinds a writer may draw; one that cannot shows what stands instead of them.
PICTURES: tuple[type[Block], ...] = (
    LineFigure,
    BarFigure,
    TimelineFigure,
    SeatPlan,
    Picture,
)


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


def simple(blocks: Iterable[Block], *, keep: tuple[type[Block], ...] = ()) -> Iterator[Block]:
    """Return blocks as paragraphs, headings, tables, boxes, rules, spaces and page breaks only.

    The kinds to `keep`, some of PICTURES, stay as they are: the writer draws them.
    """
    for block in blocks:
        if isinstance(block, (*_KEPT, *keep)):
            yield block
        elif isinstance(block, Box):
            yield replace(block, children=tuple(simple(block.children, keep=keep)))
        elif isinstance(block, Table):
            rows = tuple(tuple(_cell(cell, keep) for cell in row) for row in block.rows)
            yield replace(block, rows=rows)
        else:
            yield from simple(_PLAINERS[type(block)](block), keep=keep)


def _cell(cell: Cell, keep: tuple[type[Block], ...]) -> Cell:
    return tuple(simple(cell, keep=keep))


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
    yield para(
        " \u00a0\u00a0 ".join(_blank(answer, block.width, shares) for answer in block.answers)
    )


def _blank(answer: Answer, width: float, shares: float) -> str:
    if answer.tick:
        parts = [TICK, answer.before, answer.after]
    else:
        count = max(_SHORTEST_LINE, round(_WHOLE_LINE * width * answer.share / shares))
        parts = [answer.before, _LINE * count, answer.after]
    return " ".join(part for part in parts if part)


@plainer(LineFigure)
def _line_figure(block: LineFigure) -> Iterator[Block]:
    """Say the lines of a figure as a table of their points."""
    places = sorted({x for series in block.series for x, _y in series.points})
    values = [dict(series.points) for series in block.series]
    columns = [Column("", 0.2), *(Column(one.name, 0.8, "right", "number") for one in block.series)]
    called = block.called if block.x_names else number
    rows = [[called(x), *(number(told[x]) if x in told else "" for told in values)] for x in places]
    yield para(block.alternative, "note")
    yield table(columns, rows, row_head=True, caption=block.alternative)
    notes = [note.text for series in block.series for note in series.notes]
    if notes:
        yield para(" · ".join(notes), "note")


@plainer(BarFigure)
def _bar_figure(block: BarFigure) -> Iterator[Block]:
    """Say the bars of a figure as a table of their values."""
    most = max([len(block.heads), *(len(bar.columns) for bar in block.bars)])
    heads = [*block.heads, *[""] * (most - len(block.heads))]
    columns = [
        Column("", 0.5),
        Column("", 0.2, "right", "number"),
        *(Column(head, 0.3, "right", "number") for head in heads),
    ]
    rows = [
        [bar.name, bar.text, *bar.columns, *[""] * (most - len(bar.columns))] for bar in block.bars
    ]
    yield para(block.alternative, "note")
    yield table(columns, rows, head=any(heads), row_head=True, caption=block.alternative)


@plainer(TimelineFigure)
def _timeline(block: TimelineFigure) -> Iterator[Block]:
    """Say the rows of a timeline as a table of their days."""
    planned, actual, _today = block.legend
    columns = [
        Column(block.heads[0], 0.34),
        Column(planned, 0.24),
        Column(actual, 0.24),
        Column(block.heads[1], 0.18),
    ]
    rows: list[list[str | Block | Cell]] = [
        [
            para(row.name, "strong" if row.strong else "cell"),
            row.planned_text,
            row.actual_text,
            row.text,
        ]
        for row in block.rows
    ]
    yield para(block.alternative, "note")
    yield table(columns, rows, row_head=True, caption=block.alternative)


@plainer(SeatPlan)
def _seat_plan(block: SeatPlan) -> Iterator[Block]:
    """Say a seating plan as a list in the order of its numbers."""
    columns = (Column("", 0.1, "right", "number"), Column("", 0.3, style="strong"), Column("", 0.6))
    rows = [(str(seat.number), seat.name, seat.affiliation) for seat in block.seats]
    yield para(block.alternative, "note")
    yield table(columns, rows, head=False, row_head=True, caption=block.alternative)


@plainer(NoteLines)
def _note_lines(block: NoteLines) -> Iterator[Block]:
    for _line in range(block.count):
        yield para(_LINE * _WHOLE_LINE)


@plainer(Picture)
def _picture(block: Picture) -> Iterator[Block]:
    if block.alternative:
        yield para(block.alternative, "note")


def number(value: float) -> str:
    """Write a value without a point it does not need: 2018, 13.5."""
    return f"{value:.0f}" if value == round(value) else f"{value:g}"
