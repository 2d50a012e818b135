"""A double click on an office, a review copy or a handed office opens it: the desktop's own files."""

from __future__ import annotations

import configparser
from xml.etree import ElementTree

import resources
from db.engine import APPLICATION_ID
from gwangju_desktop.__main__ import FILES, window_only

NAMES = {"m": "http://www.freedesktop.org/standards/shared-mime-info"}


def test_the_desktop_knows_what_the_command_line_takes() -> None:
    entry = configparser.ConfigParser(interpolation=None, delimiters=("=",))
    entry.optionxform = str  # type: ignore[assignment,method-assign]
    entry.read(resources.path("linux", "gwangju-desktop.desktop"), encoding="utf-8")
    shown = entry["Desktop Entry"]
    program, place = shown["Exec"].split()
    assert (program, place) == ("gwangju-desktop", "%f")
    tree = ElementTree.parse(resources.path("linux", "gwangju-desktop.xml")).getroot()
    kinds = tree.findall("m:mime-type", NAMES)
    assert [kind.get("type") for kind in kinds] == shown["MimeType"].rstrip(";").split(";")
    suffixes = [kind.find("m:glob", NAMES).get("pattern").lstrip("*") for kind in kinds]
    # The other names are those a review copy is sent by; a desktop has its own idea of them.
    assert {*suffixes} == {*FILES} - {".zip", ".001"}
    for suffix in suffixes:
        assert window_only([f"/home/담당 자/업무{suffix}"]) == {
            "office": f"/home/담당 자/업무{suffix}"
        }
    mark = tree.find(".//m:match[@type='big32']", NAMES)
    assert int(mark.get("value"), 16) == APPLICATION_ID and mark.get("offset") == "68"
