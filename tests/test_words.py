"""Korean is complete, and the compiled catalogue is the one the sources make."""

from __future__ import annotations

import re

from tests import words


def test_every_word_is_translated_once_and_used() -> None:
    assert words.faults() == []


def test_the_compiled_catalogue_is_up_to_date() -> None:
    assert words.COMPILED.read_bytes() == words.compiled()


def test_the_catalogue_bears_no_moment_of_its_making() -> None:
    dates = re.findall(rb"(?:POT-Creation|PO-Revision)-Date: (.+)", words.compiled())
    assert set(dates) == {b"2022-03-11 00:00+0000"}
