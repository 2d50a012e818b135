"""Documents of any kind of block and any text, and what they say in reading order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from hypothesis import strategies as st

from gwangju_desktop.documents.blocks import (
    Answer,
    Answers,
    Banner,
    Block,
    Box,
    Column,
    Heading,
    PageBreak,
    Para,
    Rule,
    Signer,
    SignRows,
    Space,
    Table,
    clean,
    para,
    prose,
    table,
)
from gwangju_desktop.documents.composed import Composed
from gwangju_desktop.documents.plainer import said


@dataclass(frozen=True)
class About:
    """A body, an office and a day that need no database."""

    on: dt.date = dt.date(2022, 3, 17)
    sample: bool = True

    def name(self, _say) -> str:
        return "가상위원회"

    def office(self, _say) -> str:
        return "가상 사무국"


HOSTILE = (
    "<script>alert(1)</script>",
    "<b>굵게</b> & &amp; &#x41;",
    '" onload="x" \'',
    '=HYPERLINK("http://example.kr")',
    "+82-62-000-0000",
    "-1",
    "@SUM(1)",
    "＝1+1",
    "_x0041_",
    "{title} %s %(n)s",
    "]]> <!-- --> </table>",
    "漢字 光州 🌱 ｱｲｳ é",
    "가\u200b나\u202e다\x07라",
    "\ufffe\uffff",
    "줄 하나\n줄 둘\n\n줄 넷",
    "가" * 900,
    "  앞뒤  빈칸  ",
    "탭\t사이",
)
texts = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=30), st.just("보통 글입니다."))
short = st.one_of(st.sampled_from(HOSTILE[:14]), st.text(max_size=12))
paras = st.builds(para, texts, st.sampled_from(["body", "note", "h1", "h2", "strong", "small"]))
listed = texts.map(lambda text: Box(prose("- " + text.replace("\n", " ")) or (para("x"),)))
headings = st.builds(Heading, st.integers(1, 3), short, aside=short)
blanks = st.builds(
    lambda answers, width: Answers(tuple(answers), width),
    st.lists(st.builds(Answer, short, short, st.booleans()), min_size=1, max_size=3),
    st.sampled_from([0.3, 1.0]),
)
rolls = st.builds(
    lambda people: SignRows(tuple(people), ("연번", "성명", "구분", "서명")),
    st.lists(st.builds(Signer, short, short, short, short), min_size=1, max_size=3),
)
spaces = st.sampled_from([Rule(), Space(12.0), PageBreak()])


@st.composite
def tables(draw) -> Table:
    """Draw a table of one to four columns."""
    titles = draw(st.lists(short, min_size=1, max_size=4))
    columns = [
        Column(title, 1 / len(titles), style=draw(st.sampled_from(["cell", "number"])))
        for title in titles
    ]
    rows = draw(st.lists(st.tuples(*[short] * len(titles)), max_size=4))
    return table(
        columns,
        rows,
        head=draw(st.booleans()),
        row_head=draw(st.booleans()),
        grid=draw(st.booleans()),
        plain=draw(st.booleans()),
        caption=draw(st.sampled_from(["", "표 이름"])),
    )


simple_blocks = st.one_of(paras, headings, blanks, rolls, spaces, tables(), listed)
banners = st.builds(Banner, short, short, short, st.just("k"), short)
boxes = st.lists(st.one_of(paras, tables()), max_size=3).map(lambda found: Box(tuple(found)))
blocks = st.one_of(simple_blocks, boxes, banners)


@st.composite
def documents(draw) -> Composed:
    """Draw a document of one or two parts."""
    parts = draw(st.lists(st.lists(blocks, max_size=5).map(tuple), min_size=1, max_size=2))
    return Composed(draw(texts), "이름", About(), draw(st.sampled_from(["ko", "en"])), tuple(parts))


def told(found: Iterable[Block], *, captions: bool = False) -> Iterator[str]:
    """Return every text of blocks in reading order, as a reader of paper would meet it."""
    for block in found:
        match block:
            case Para():
                yield block.mark
                yield said(block.words)
            case Heading():
                yield clean(block.text)
                yield clean(block.aside)
            case Banner():
                yield from (clean(block.number), clean(block.title), clean(block.meta))
            case Box():
                yield from told(block.children, captions=captions)
            case Table():
                if captions and block.caption and (block.head or block.row_head):
                    yield block.caption
                if block.head:
                    yield from (clean(column.title) for column in block.columns)
                for row in block.rows:
                    for cell in row:
                        yield from told(cell, captions=captions)
            case SignRows():
                yield from block.titles
                for one in block.people:
                    yield from map(clean, (one.number, one.name, one.office, one.kind))
            case Answers():
                for answer in block.answers:
                    yield clean(answer.before)
                    yield clean(answer.after)


def letters(text: str) -> str:
    """Return a text without blanks and without what stands for a blank to fill or a picture."""
    return "".join(one for one in "".join(text.split()) if one not in "□_\ufffd\ufffe\uffff")
