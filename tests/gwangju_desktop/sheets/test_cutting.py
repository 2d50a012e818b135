"""Cells cut and coded by arrays are the cells that are there."""

from __future__ import annotations

import struct

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gwangju_desktop.sheets.columns import Codes
from gwangju_desktop.sheets.cutting import Cut

WORDS = st.text(
    st.characters(codec="utf-8", exclude_characters=',\n\r"', exclude_categories=["Cs"]),
    max_size=30,
)
NUMBERS = st.one_of(
    st.floats(allow_nan=False, allow_infinity=False).map(repr),
    st.from_regex(r"-?[0-9]{0,17}\.?[0-9]{1,9}", fullmatch=True),
    st.sampled_from(["0", "-0", ".5", "5.", "007", "1e3", "999999999999999", "0.1"]),
)


def read(cells: list[bytes]) -> np.ndarray:
    return np.array([float(cell) for cell in cells])


@settings(max_examples=150, deadline=None)
@given(
    rows=st.lists(st.tuples(WORDS, NUMBERS, WORDS), min_size=1, max_size=30),
    mark=st.sampled_from([",", "\t"]),
    end=st.sampled_from(["\n", "\r\n"]),
)
def test_what_is_cut_is_what_stood_there(
    rows: list[tuple[str, str, str]], mark: str, end: str
) -> None:
    rows = [(a.replace("\t", " "), n, b.replace("\t", " ")) for a, n, b in rows * 3]
    body = end.join(mark.join(row) for row in rows).encode()
    cut = Cut(body, mark.encode(), 3)
    for at in (0, 2):
        codes = Codes()
        names = list(codes_of := cut.codes(at, codes))
        labels = list(codes)
        assert [labels[code].decode() for code in names] == [row[at] for row in rows]
        assert len(codes_of) == cut.rows == len(rows)
        # In the order they are met, as a table of labels is shown.
        assert labels == list(dict.fromkeys(row[at].encode() for row in rows))
    got = cut.numbers(1, read)
    for value, (_, said, _) in zip(got, rows, strict=True):
        assert struct.pack("d", value) == struct.pack("d", float(said))


@pytest.mark.parametrize("body", [b"a,b\nc", b"a\nb,c,d", b"a,b,c\n\nd,e,f", b"a,b,c,d,e,f"])
def test_a_line_out_of_step_is_refused(body: bytes) -> None:
    with pytest.raises(ValueError):
        Cut(body, b",", 3 if b"c," in body else 2)


def test_two_labels_of_one_slot_are_told_apart() -> None:
    words = [f"{n:x}" for n in range(40_000)]
    cut = Cut("\n".join(f"{word},{n}" for n, word in enumerate(words)).encode(), b",", 2)
    codes = Codes()
    assert cut.codes(0, codes).tolist() == list(range(40_000))
    assert [cell.decode() for cell in codes] == words
