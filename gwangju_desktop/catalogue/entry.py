"""What a document of the catalogue is: its name, what it is about, its formats, who composes it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from gwangju_desktop.text import C_, Msg


class About(StrEnum):
    """What record a document is about: whose id it takes."""

    BODY = "body"
    MEETING = "meeting"
    ITEM = "item"
    MEMBERSHIP = "membership"
    OFFICE = "office"
    PROPOSAL = "proposal"
    PROPOSALS = "proposals"
    WAVE = "wave"
    FINDING = "finding"
    PERIOD = "period"
    PLAN = "plan"
    COMMITMENT = "commitment"


# What is known by a code beside its number.
CODED = (About.PLAN, About.COMMITMENT)
# What can be asked for without an id.
WHOLE = (About.OFFICE, About.PROPOSALS, About.PERIOD)
ABOUT: dict[About, Msg] = {
    About.BODY: C_("about", "body"),
    About.MEETING: C_("about", "meeting"),
    About.ITEM: C_("about", "agenda item"),
    About.MEMBERSHIP: C_("about", "membership"),
    About.OFFICE: C_("about", "body, or “office” for all"),
    About.PROPOSAL: C_("about", "proposal"),
    About.PROPOSALS: C_("about", "“office”: all proposals"),
    About.WAVE: C_("about", "wave of a poll"),
    About.FINDING: C_("about", "finding of a poll"),
    About.PERIOD: C_("about", "period: 2021-03 or 2021, or “office” for the latest"),
    About.PLAN: C_("about", "action plan: its code or number"),
    About.COMMITMENT: C_("about", "commitment: its code or number"),
}
PROSE = ("pdf", "hwpx", "html")
TABLES = (*PROSE, "xlsx")
LETTERS = (*PROSE, "txt")
DRAWN = ("pdf",)
# What the options of documents are.
PERIOD, CONTACTS = "period", "contacts"


@dataclass(frozen=True, slots=True)
class Entry:
    """One document; `outgoing` ones get a number and a day in the city's own system.

    `options` are what `compose` takes besides: days and texts typed for this one making. One that
    is `personal` names somebody who is no official, and is not wholly public. One that is `proved`
    stands on evidence: whoever makes it has the files read again first (`proving.demand`).
    """

    name: str
    label: Msg
    about: About
    formats: tuple[str, ...]
    made_by: str
    outgoing: bool = False
    options: tuple[str, ...] = ()
    personal: bool = False
    proved: bool = False
