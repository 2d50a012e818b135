"""Pages lose nothing, nothing leaves the frame, no heading stands last."""

from __future__ import annotations

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from gwangju_desktop.documents.blocks import (
    Banner,
    Box,
    Column,
    Heading,
    PageBreak,
    Para,
    Signer,
    SignRows,
    Space,
    Table,
    para,
    prose,
    table,
)
from gwangju_desktop.documents.fonts import metrics
from gwangju_desktop.documents.layout import Layout
from gwangju_desktop.documents.styles import MM, Theme

THEME = Theme()
TEXT = st.text("가나다라 마바사, 아자·차카/漢字😀ABC 012\n", min_size=1, max_size=400)


def layout() -> Layout:
    return Layout(metrics(), THEME)


def text_of(block) -> str:
    """Every visible character of a block, but not the repeated heads of tables."""
    if isinstance(block, Para):
        return "".join(word.text for word in block.words).replace("\n", "")
    if isinstance(block, Heading):
        return "".join(block.text.split())
    if isinstance(block, Box):
        return "".join(map(text_of, block.children))
    if isinstance(block, Table):
        return "".join(text_of(one) for row in block.rows for cell in row for one in cell)
    return ""


def columns_of(blocks) -> list[str]:
    """The text of a document, tables column by column: rows may split across pages."""
    out: list[str] = []
    for block in blocks:
        if isinstance(block, Table):
            for number in range(len(block.columns)):
                cells = (one for row in block.rows for one in row[number])
                out.append("".join(map(text_of, cells)))
        else:
            out.append(text_of(block))
    return out


TABLE = st.builds(
    lambda rows: table([Column("번호", 0.3), Column("내용", 0.7)], rows),
    st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=12),
)
BLOCK = st.one_of(
    TEXT.map(para),
    TEXT.map(lambda text: Heading(2, text[:40])),
    TEXT.map(lambda text: Box(prose(text) or (para("가"),))),
    TABLE,
    st.just(PageBreak()),
)


@settings(max_examples=50, deadline=None)
@given(st.lists(BLOCK, min_size=1, max_size=14))
def test_random_documents_keep_every_character_inside_the_frame(blocks):
    pages = layout().flow(blocks)
    placed = [one for page in pages for one in page]
    # Parts of one table follow each other, so join them by origin.
    merged: dict[int, list] = {}
    for one in placed:
        merged.setdefault(one.fit.block.origin, []).append(one.fit.block)
    for block in blocks:
        if isinstance(block, PageBreak):
            continue
        parts = merged[block.origin]
        want = columns_of([block])
        got = [
            "".join(pieces) for pieces in zip(*(columns_of([part]) for part in parts), strict=True)
        ]
        assert got == want
    for one in placed:
        assert one.top >= 0
        assert one.top + one.fit.height <= THEME.frame_height + 0.1
    for page, following in itertools.pairwise(pages):
        last = page[-1].fit.block
        if isinstance(last, Heading):
            assert _broken_by_hand(blocks, last, following)


def _broken_by_hand(blocks, heading, following) -> bool:
    at = next(n for n, block in enumerate(blocks) if block is heading)
    return isinstance(blocks[at + 1], PageBreak) or not following


def test_a_paragraph_leaves_two_lines_on_either_side():
    filler = [para("가 " * 20) for _ in range(24)]
    pages = layout().flow([*filler, para("나다라마바사 " * 60)])
    assert len(pages) == 2
    halves = [pages[0][-1].fit, pages[1][0].fit]
    assert all(len(half.lines) >= 2 for half in halves)
    assert halves[1].block.continued


def test_a_title_as_long_as_a_page_is_split_and_not_lost():
    pages = layout().flow([Heading(1, "긴 제목 " * 900)])
    assert len(pages) > 1


def test_thirty_five_members_sign_on_one_page_and_a_hundred_on_three():
    def sheet(count: int):
        people = tuple(Signer(str(n), "가상", "소속", "위촉직") for n in range(count))
        return layout().flow([Heading(1, "참석자 서명부"), SignRows(people, ("", "", "", ""))])

    assert len(sheet(35)) == 1
    pages = sheet(100)
    assert len(pages) == 3
    rows = [one.fit.block for page in pages for one in page if isinstance(one.fit.block, SignRows)]
    assert [person.number for block in rows for person in block.people] == [
        str(n) for n in range(100)
    ]


def test_a_row_taller_than_a_page_goes_on_upon_the_next():
    tall = table([Column("가", 0.5), Column("나", 0.5)], [("긴 내용 " * 900, "짧게")])
    pages = layout().flow([tall])
    assert len(pages) > 1
    assert all(page[-1].top + page[-1].fit.height <= THEME.frame_height + 0.1 for page in pages)


def test_a_table_that_stays_whole_is_split_only_where_no_page_holds_it():
    def parts(rows: int, *, whole: bool) -> list[list[int]]:
        made = table([Column("가", 1.0)], [("한 줄",)] * rows, min_row=11 * MM, whole=whole)
        pages = layout().flow([Space(THEME.frame_height - 40 * MM), para("제목", keep=True), made])
        return [
            [len(one.fit.rows) for one in page if isinstance(one.fit.block, Table)]
            for page in pages
        ]

    assert parts(6, whole=False) == [[2], [4]]
    assert parts(6, whole=True) == [[], [6]]
    assert sum(map(sum, parts(60, whole=True))) == 60


def test_rows_are_as_tall_as_asked():
    fit = layout().fit(table([Column("가", 1.0)], [("한 줄",)], min_row=11 * MM), 400)
    assert fit.rows[0].height == 11 * MM


def shown(line) -> tuple[str, float]:
    """What of a line is seen: its words and its width."""
    return " ".join(word.text for word in line.words), round(line.width, 6)


@settings(max_examples=60, deadline=None)
@given(TEXT, st.integers(60, 500), st.integers(20, 300))
def test_what_was_measured_of_a_paragraph_holds_for_its_parts(text, width, room):
    made = layout()
    whole = made.fit(para(text * 3), width)
    both = made.split(whole, room, force=True)
    if both is None:
        return
    first, rest = (made.fit(part, width) for part in both)
    assert [*map(shown, first.lines), *map(shown, rest.lines)] == list(map(shown, whole.lines))
    anew = layout().fit(both[1], width)
    assert list(map(shown, rest.lines)) == list(map(shown, anew.lines))
    assert [line.end for line in rest.lines] == [line.end for line in anew.lines]
    assert (rest.height, rest.need, rest.before) == (anew.height, anew.need, anew.before)


def test_a_title_somebody_pasted_a_page_into_is_read_on_several_pages():
    banner = Banner("3", "가나다라마 " * 2000, "의결", "item-3", "안건 3")
    pages = layout().flow([banner, para("본문")])
    assert len(pages) > 1
    said = "".join(text_of(placed.fit.block) for page in pages for placed in page)
    assert said.count("가나다라마") == 2000
    assert said.startswith("3.")
    assert [placed.fit.block.key for page in pages for placed in page if placed.fit.block.key] == [
        "item-3"
    ]
    for page in pages:
        assert page[-1].top + page[-1].fit.height <= THEME.frame_height + 0.1


def test_what_is_kept_stays_with_what_follows_a_gap() -> None:
    room = THEME.frame_height
    signed = para("위원장", "signatory")
    kept = para("마지막 사항", keep=True)
    pages = layout().flow([Space(room - 60), kept, Space(20), signed])
    assert [placed.fit.block for placed in pages[1]] == [kept, pages[1][1].fit.block, signed]
