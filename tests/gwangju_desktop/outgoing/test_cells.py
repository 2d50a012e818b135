"""Cells of the list of outgoing documents: what may be typed, what is refused, what stays."""

from __future__ import annotations

import datetime as dt

import pytest

from db.store import Store
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.outgoing import cells, queries, usecases
from gwangju_desktop.outgoing.queries import OutgoingRow

TODAY = dt.date(2022, 3, 11)


@pytest.fixture
def id(store: Store) -> int:
    """A document of the whole office that waits for its number."""
    clock.fix(TODAY)
    return store.run(
        usecases.register, kind="half-year", about_id=None, title="예시 운영현황"
    ).value


def kept(store: Store, id: int) -> OutgoingRow:
    """Return the document as it is kept now."""
    with store.reading() as read:
        (row,) = queries.outgoing_rows(read, ids=[id], today=TODAY)
    return row


def test_a_document_is_filled_in_and_emptied_cell_by_cell(store: Store, id: int) -> None:
    store.run(cells.set_number, id=id, number=" 예시과-7 ")
    assert kept(store, id).number == "예시과-7"
    for typed in ("2022. 3. 10.", "2022-03-10", "20220310", "2022년 3월 10일"):
        store.run(cells.set_day, id=id, dispatched_on=typed)
        assert kept(store, id).dispatched_on == dt.date(2022, 3, 10)
    store.run(cells.set_day, id=id, dispatched_on="")
    store.run(cells.set_number, id=id, number="")
    assert (kept(store, id).number, kept(store, id).dispatched_on) == ("", None)


@pytest.mark.parametrize("typed", ["2022. 2. 30.", "내일", "3. 10.", "2022-03-12", "9999-99-99"])
@pytest.mark.file_only
def test_a_text_that_is_no_day_or_lies_ahead_is_refused(store: Store, id: int, typed: str) -> None:
    with pytest.raises(UserError):
        store.run(cells.set_day, id=id, dispatched_on=typed)
    assert kept(store, id).dispatched_on is None


@pytest.mark.parametrize(
    ("typed", "release", "ground"),
    [
        ("비공개 제9조제1항제5호", "closed", "제9조제1항제5호"),
        ("비공개(제9조제1항제5호)", "closed", "제9조제1항제5호"),
        ("부분 공개 제6호", "partly", "제6호"),
        ("부분공개 제6호", "partly", "제6호"),
        ("Not public art. 9", "closed", "art. 9"),
        ("공개", "public", ""),
    ],
)
def test_openness_is_read_in_both_languages_with_its_ground(
    store: Store, id: int, typed: str, release: str, ground: str
) -> None:
    store.run(cells.set_openness, id=id, release=typed)
    row = kept(store, id)
    assert (row.release, row.ground) == (release, ground)


def test_what_is_not_wholly_public_keeps_a_ground(store: Store, id: int) -> None:
    for typed in ("비공개", "부분공개", "비밀", ""):
        with pytest.raises(UserError):
            store.run(cells.set_openness, id=id, release=typed)
    with pytest.raises(UserError):
        store.run(cells.set_ground, id=id, ground="제5호")
    store.run(cells.set_openness, id=id, release="비공개 제5호")
    store.run(cells.set_ground, id=id, ground="제6호")
    with pytest.raises(UserError):
        store.run(cells.set_ground, id=id, ground="  ")
    store.run(cells.set_openness, id=id, release="부분공개")
    assert (kept(store, id).release, kept(store, id).ground) == ("partly", "제6호")
    store.run(cells.set_openness, id=id, release="공개")
    assert kept(store, id).ground == ""


def test_a_document_that_was_dropped_is_not_filled_in(store: Store, id: int) -> None:
    store.run(usecases.drop, ids=[id])
    with pytest.raises(UserError):
        store.run(cells.set_number, id=id, number="예시과-7")
    with pytest.raises(UserError):
        store.run(cells.set_number, id=id + 1, number="예시과-7")
    assert kept(store, id).number == ""
