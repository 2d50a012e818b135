"""What the closed words in a snapshot's columns mean, in both languages."""

from __future__ import annotations

from collections.abc import Mapping

from gwangju_desktop.meetings import words as meetings
from gwangju_desktop.members import words as members
from gwangju_desktop.text import Msg, words

COLUMNS: dict[tuple[str, str], Mapping[str, Msg]] = {
    ("agenda_item", "kind"): meetings.ITEM_KINDS,
    ("attendance", "presence"): meetings.PRESENCES,
    ("attendance", "reply"): meetings.REPLIES,
    ("body", "kind"): members.BODY_KINDS,
    ("body_name", "kind"): members.NAME_KINDS,
    ("meeting", "kind"): meetings.MEETING_KINDS,
    ("meeting", "state"): meetings.STATES,
    ("membership", "capacity"): members.CAPACITIES,
    ("membership", "role"): members.ROLES,
    ("paper", "disclosure"): meetings.DISCLOSURES,
}


def rows() -> list[tuple[str, str, str, str, str]]:
    """Return (table, column, code, Korean, English) of every closed word."""
    korean, english = words("ko"), words("en")
    return [
        (table, column, str(code), korean(message), english(message))
        for (table, column), meanings in sorted(COLUMNS.items())
        for code, message in meanings.items()
    ]
