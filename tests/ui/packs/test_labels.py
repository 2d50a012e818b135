"""Names of sheets: found by the members' number, whatever edition they are in."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ui.packs.labels import named, page_of, sheet_of

CHAIR = ("1", "2", "2-1", "3", "4", "4-1", "4-2", "5")
PUBLIC = ("1", "2", "3–6", "3–6", "7")
LATER = ("59 보충 1", "60 보충 1")


@pytest.mark.parametrize(
    ("labels", "page", "sheet"),
    [(CHAIR, 3, 4), (CHAIR, 2, 2), (CHAIR, 5, 8), (PUBLIC, 5, 3), (PUBLIC, 7, 5), (LATER, 60, 2)],
)
def test_a_page_of_the_members_is_found(labels, page: int, sheet: int) -> None:
    assert sheet_of(labels, page) == sheet


def test_a_sheet_knows_its_page() -> None:
    assert [page_of(CHAIR, n) for n in range(1, 9)] == [1, 2, 2, 3, 4, 4, 4, 5]
    assert page_of(PUBLIC, 3) == 3
    assert page_of(LATER, 1) == 59
    assert page_of((), 4) == 4


def test_what_a_person_types_is_found() -> None:
    assert named(CHAIR, " 4-2 ") == 7
    assert named(CHAIR, "4") == 5
    assert named(PUBLIC, "5") == 3
    assert named(PUBLIC, "3~6") == 3
    assert named(CHAIR, "9") is None
    assert named(CHAIR, "쪽") is None
    assert named((), "1") is None


@settings(max_examples=50, deadline=None)
@given(st.lists(st.integers(1, 4), min_size=1, max_size=30))
def test_every_members_page_is_the_first_of_its_own(counts: list[int]) -> None:
    labels = tuple(
        str(page) if n == 0 else f"{page}-{n}"
        for page, count in enumerate(counts, 1)
        for n in range(count)
    )
    for page in range(1, len(counts) + 1):
        sheet = sheet_of(labels, page)
        assert labels[sheet - 1] == str(page)
        assert page_of(labels, sheet) == page
