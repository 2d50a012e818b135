"""What the codes of meetings are called."""

from __future__ import annotations

from db.vocab import Disclosure, ItemKind, MeetingKind, MeetingState, Presence, Reply
from gwangju_desktop.text import C_, N_, Msg

MEETING_KINDS: dict[str, Msg] = {
    MeetingKind.REGULAR: N_("Regular meeting"),
    MeetingKind.EXTRAORDINARY: N_("Extraordinary meeting"),
}
STATES: dict[str, Msg] = {
    MeetingState.PLANNED: N_("In preparation"),
    MeetingState.OPENED: N_("In session"),
    MeetingState.CLOSED: C_("meeting", "Closed"),
}
# Short, for the agenda's column: what the body is asked to do with an item.
ITEM_KINDS: dict[str, Msg] = {
    ItemKind.PROCEDURE: C_("item", "Procedure"),
    ItemKind.DELIBERATION: C_("item", "Decision"),
    ItemKind.REPORT: C_("item", "Report"),
    ItemKind.DISCUSSION: C_("item", "Discussion"),
    ItemKind.ADVICE: C_("item", "Advice"),
}
DISCLOSURES: dict[str, Msg] = {
    Disclosure.PUBLIC: C_("paper", "Public"),
    Disclosure.MEMBERS: N_("Closed (for members)"),
}
REPLIES: dict[str, Msg] = {
    Reply.NONE: N_("No reply"),
    Reply.COMING: N_("Coming"),
    Reply.NOT_COMING: N_("Not coming"),
}
PRESENCES: dict[str, Msg] = {
    Presence.UNMARKED: N_("Not marked"),
    Presence.PRESENT: N_("Present"),
    Presence.LEFT: N_("Left early"),
    Presence.ABSENT: N_("Absent"),
}
