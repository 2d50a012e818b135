"""Strings made to break programs are kept as they are, in every text of a person."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from db.store import Store, usecase
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import writable
from gwangju_desktop.members import personrecord, usecases


@usecase("Add people")
def add_all(tx, *, names: list[str]) -> list[int]:
    return [usecases.add_person(tx, name=name, note=name, latin=name) for name in names]


@pytest.fixture
def strings(shared_data: Path) -> list[str]:
    """The lines of the list of naughty strings that are a text at all."""
    path = shared_data / "nasty" / "unicode" / "blns.txt"
    if not path.is_file():
        pytest.skip("the list of naughty strings is not beside this checkout")
    lines = path.read_text("utf-8").split("\n")
    return [line for line in lines if line and not line.startswith("#") and writable(line)]


def test_naughty_strings_are_kept_literally(store: Store, strings: list[str]) -> None:
    assert len(strings) > 400
    ids = store.run(add_all, names=strings).value
    with store.reading() as read:
        for id, typed in zip(ids, strings, strict=True):
            held = personrecord.record(read, id=id)
            kept = writable(typed)
            assert (held.name, held.note, held.latin) == (kept, kept, kept)
            controls = any(unicodedata.category(character) == "Cc" for character in typed)
            assert controls or kept in unicodedata.normalize("NFC", typed)


def test_a_text_of_nothing_is_no_name(sqlite_store: Store) -> None:
    for empty in ("", " \t\n", "\0\x1b", "\u3000\u2028"):
        with pytest.raises(UserError):
            sqlite_store.run(usecases.add_person, name=empty)
