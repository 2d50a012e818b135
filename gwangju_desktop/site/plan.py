"""What publishing a site would do to a folder, page by page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gwangju_desktop.site import listing
from gwangju_desktop.site.listing import Listing


@dataclass(frozen=True, slots=True)
class Report:
    """What appears, changes and disappears: titles of pages by address, and other files.

    `written` and `removed` are the addresses of all files, pages and others; `foreign` are files of
    somebody else's that have an address of the site, and nothing is published over them.
    """

    appear: Mapping[str, str]
    change: Mapping[str, str]
    disappear: Mapping[str, str]
    written: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: int
    foreign: tuple[str, ...] = ()

    @property
    def nothing(self) -> bool:
        """Say whether the folder holds this very site."""
        return not self.written and not self.removed

    def as_json(self) -> dict[str, Any]:
        """Return what the command line prints."""
        return {
            "appear": dict(self.appear),
            "change": dict(self.change),
            "disappear": dict(self.disappear),
            "written": len(self.written),
            "removed": len(self.removed),
            "unchanged": self.unchanged,
        }


def compared(made: Listing, folder: Path) -> Report:
    """Hold a list against the files of a folder and the list that lies there."""
    held = listing.read(folder)
    ours = frozenset(held.files) if held else frozenset()
    old_titles = held.pages if held else {}
    appear: dict[str, str] = {}
    change: dict[str, str] = {}
    written: list[str] = []
    foreign: list[str] = []
    for name, facts in made.files.items():
        there = listing.facts_of(folder / name)
        if there == facts:
            continue
        if name not in ours and (folder / name).exists():
            foreign.append(name)
        written.append(name)
        if name in made.pages:
            (change if name in ours else appear)[name] = made.pages[name]
    removed = sorted(ours - frozenset(made.files))
    if held is None and (folder / listing.NAME).exists():
        foreign.append(listing.NAME)
    return Report(
        appear=appear,
        change=change,
        disappear={name: old_titles[name] for name in removed if name in old_titles},
        written=tuple(written),
        removed=tuple(removed),
        unchanged=len(made.files) - len(written),
        foreign=tuple(foreign),
    )


def unchanged(held: Listing) -> Report:
    """Return the report of a site that is as it would be made."""
    return Report({}, {}, {}, (), (), len(held.files))
