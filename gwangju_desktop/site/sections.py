"""The sections of the site, in the order of its menu."""

from __future__ import annotations

from gwangju_desktop.site import about, home, snapshots
from gwangju_desktop.site.page import Section

SECTIONS: tuple[Section, ...] = (
    home.SECTION,
    snapshots.SECTION,
    about.SECTION,
)
