"""The list of pictures and the list of rooms agree, and what is shown was made."""

from __future__ import annotations

import itertools
import re

from gwangju_desktop import manual, text
from tests import contact_sheets, pictures
from ui.actions import BACK_ROOMS, ROOMS
from ui.settings.sections import SECTIONS


def test_every_room_pane_and_section_is_in_the_list() -> None:
    names = pictures.names()
    assert len(names) == len(set(names))
    assert {room.key for room in (*ROOMS, *BACK_ROOMS)} <= set(names)
    assert {f"settings-{one.key}" for one in SECTIONS[1:]} <= set(names)
    for chapter in manual.chapters():
        for page in chapter.pages:
            room, _, pane = page.partition("/")
            known = {room.key for room in (*ROOMS, *BACK_ROOMS)}
            assert room not in known or {room, f"{room}-{pane}"} & set(names)
    for shown in pictures.SHOWN.values():
        assert set(shown) <= set(names)


def test_a_sheet_for_every_language_scheme_and_size_is_there_and_small() -> None:
    looks = itertools.product(pictures.LANGUAGES, pictures.SCHEMES, pictures.SIZES)
    wanted = {f"sheet-{language}-{scheme}-{size[0]}.png" for language, scheme, size in looks}
    sheets = {one.name: one.stat().st_size for one in pictures.TARGET.glob("sheet-*.png")}
    assert set(sheets) == wanted
    assert max(sheets.values()) <= contact_sheets.MOST


def test_what_the_readme_and_the_manual_show_was_made() -> None:
    readme = (pictures.ROOT / "README.md").read_text("utf-8")
    named = set(re.findall(r"docs/pictures/([\w-]+\.png)", readme))
    assert named == {
        f"{name}-{scheme}-{language}.png"
        for (language, scheme), names in pictures.SHOWN.items()
        for name in names
    }
    held = {one.name for one in pictures.TARGET.glob("*.png") if not one.name.startswith("sheet-")}
    assert held == named
    for language in text.LANGUAGES:
        there = {one.stem for one in (pictures.MANUAL / language).glob("*.png")}
        assert there == pictures.of_manual()
