"""Words of papers and packs."""

from __future__ import annotations

from enum import StrEnum


class Disclosure(StrEnum):
    """Who may read a paper."""

    PUBLIC = "public"
    MEMBERS = "members"


class Sides(StrEnum):
    """How a pack is put together: every part follows, or items begin on a right-hand page."""

    RUNNING = "running"
    RIGHT_HAND = "right_hand"


class Dividers(StrEnum):
    """Where a divider stands in a pack."""

    NONE = "none"
    ITEMS = "items"
    SECTIONS = "sections"


class PartKind(StrEnum):
    """A part of a pack; items, figures and appendices may stand more than once."""

    COVER = "cover"
    AGENDA = "agenda"
    ATTENDANCE = "attendance"
    ROSTER = "roster"
    SEATING = "seating"
    PREVIOUS_MINUTES = "previous_minutes"
    PREVIOUS_ACTIONS = "previous_actions"
    ITEM = "item"
    FIGURE = "figure"
    APPENDIX = "appendix"
    ABBREVIATIONS = "abbreviations"
    RECORDS = "records"
    NOTES = "notes"


class Edition(StrEnum):
    """Who a pack is for; all editions of an issue share the members' page numbers."""

    MEMBERS = "members"
    PUBLIC = "public"
    CHAIR = "chair"
    LARGE = "large"


class IssueKind(StrEnum):
    """What went out: the pack itself, pages that follow it, or pages that take others' place."""

    ISSUE = "issue"
    SUPPLEMENT = "supplement"
    REVISION = "revision"


class Stance(StrEnum):
    """What a department that was asked says of an item (합의·검토 의견)."""

    AGREES = "agrees"
    CONDITIONAL = "conditional"
    DISAGREES = "disagrees"
    NONE = "none"


class Release(StrEnum):
    """How much of an outgoing document is public (공개구분)."""

    PUBLIC = "public"
    PARTLY = "partly"
    CLOSED = "closed"
