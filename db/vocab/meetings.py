"""Words of meetings, who comes, their minutes and numbers."""

from __future__ import annotations

from enum import StrEnum


class MeetingKind(StrEnum):
    """How a meeting was called; a written resolution (서면의결) has no sitting."""

    REGULAR = "regular"
    EXTRAORDINARY = "extraordinary"
    WRITTEN = "written"


class MeetingState(StrEnum):
    """Where a meeting stands, from the plan to the published minutes, and its three side ends."""

    PLANNED = "planned"
    NOTICED = "noticed"
    DISTRIBUTED = "distributed"
    OPENED = "opened"
    CLOSED = "closed"
    DRAFTED = "drafted"
    CONFIRMED = "confirmed"
    PUBLISHED = "published"
    NO_QUORUM = "no_quorum"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"

    @property
    def ahead(self) -> bool:
        """Say whether the meeting is still to come."""
        return self in AHEAD

    @property
    def over(self) -> bool:
        """Say whether the meeting was held and has ended; what was marked then is sealed."""
        return self in OVER

    @property
    def dropped(self) -> bool:
        """Say whether the meeting was never held."""
        return self in (MeetingState.NO_QUORUM, MeetingState.POSTPONED, MeetingState.CANCELLED)


AHEAD = (MeetingState.PLANNED, MeetingState.NOTICED, MeetingState.DISTRIBUTED)
OVER = (
    MeetingState.CLOSED,
    MeetingState.DRAFTED,
    MeetingState.CONFIRMED,
    MeetingState.PUBLISHED,
)


class Adjournment(StrEnum):
    """How a sitting ended: 산회 (to be continued another day) or 폐회."""

    ADJOURNED = "adjourned"
    CLOSED = "closed"


class BreakKind(StrEnum):
    """Why a sitting rests: 정회, or a talk (간담회) in which nothing is decided."""

    RECESS = "recess"
    TALK = "talk"


class GuestKind(StrEnum):
    """Who else was in the room: 배석자, 방청인."""

    OBSERVER = "observer"
    SPECTATOR = "spectator"


class AnswerKind(StrEnum):
    """What a member did with draft minutes."""

    REVIEW = "review"
    SIGN = "sign"


class DrawnKind(StrEnum):
    """What a number was drawn for."""

    MEETING = "meeting"
    ITEM = "item"


class Reply(StrEnum):
    """What a member said about coming."""

    NONE = "none"
    COMING = "coming"
    NOT_COMING = "not_coming"
    SUBSTITUTE = "substitute"


class Presence(StrEnum):
    """What the attendance sheet says."""

    UNMARKED = "unmarked"
    PRESENT = "present"
    LEFT = "left"
    ABSENT = "absent"
