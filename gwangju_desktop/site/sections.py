"""The sections of the site, in the order of its menu."""

from __future__ import annotations

from gwangju_desktop.site import (
    about,
    commitments,
    data,
    energy,
    home,
    meetings,
    polls,
    proposals,
    search,
    snapshots,
)
from gwangju_desktop.site.page import Section

SECTIONS: tuple[Section, ...] = (
    home.SECTION,
    energy.SECTION,
    meetings.SECTION,
    proposals.SECTION,
    polls.SECTION,
    commitments.SECTION,
    data.SECTION,
    snapshots.SECTION,
    about.SECTION,
    search.SECTION,
)
