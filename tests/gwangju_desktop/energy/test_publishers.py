"""Publishers are kept as they write their names and said in English where that is known."""

from __future__ import annotations

from gwangju_desktop.energy.publishers import KNOWN, publisher_name
from gwangju_desktop.sheets.layouts import known
from gwangju_desktop.text import words


def test_every_publisher_of_a_shipped_layout_has_an_english_name() -> None:
    english = words("en")
    for layout in known():
        said = publisher_name(layout.publisher, english)
        assert said.isascii(), layout.id
        assert publisher_name(layout.publisher, words("ko")) == layout.publisher


def test_a_publisher_nobody_named_stays_as_it_is() -> None:
    assert publisher_name("시민햇빛발전소", words("en")) == "시민햇빛발전소"
    assert len({words("ko")(one) for one in KNOWN}) == len(KNOWN)
