"""The reader of compiled words says what Python's own says, and what is missing in English."""

from __future__ import annotations

import gettext

import pytest

import resources
from gwangju_desktop.text import C_, NN_, Catalogue, words

FILE = resources.path("translations", "ko", "LC_MESSAGES", "gwangju.mo")


def test_every_word_is_found_as_pythons_own_reader_finds_it() -> None:
    own = Catalogue(FILE.read_bytes())
    with FILE.open("rb") as file:
        other = gettext.GNUTranslations(file)
    keys = [key.decode() for key in own._entries if key]
    assert len(keys) > 5_000
    for key in keys:
        context, _, forms = key.rpartition("\4")
        one, _, many = forms.partition("\0")
        if many:
            expected = other.ngettext(one, many, 1)
        elif context:
            expected = other.pgettext(context, one)
        else:
            expected = other.gettext(one)
        # Asked twice: the second time it is remembered.
        assert own.find(one, context, many) == own.find(one, context, many) == expected


@pytest.mark.parametrize("language", ["ko", "en"])
def test_what_is_not_in_the_file_is_said_in_english(language: str) -> None:
    say = words(language)
    assert say(C_("nowhere", "Nothing of the kind")) == "Nothing of the kind"
    few = NN_("{n} thing of no kind", "{n} things of no kind")
    assert [say(few, n=n) for n in (1, 2)] == ["1 thing of no kind", "2 things of no kind"]


def test_a_file_of_another_kind_is_refused() -> None:
    with pytest.raises(ValueError):
        Catalogue(b"no compiled words at all, but long enough")
