"""The words columns may hold. Imports nothing of SQLAlchemy, so that screens may use them."""

from __future__ import annotations

from enum import StrEnum


class BodyKind(StrEnum):
    """What a body is."""

    COMMITTEE = "committee"
    SUBCOMMITTEE = "subcommittee"
    HEADQUARTERS = "headquarters"
    WORKING_GROUP = "working_group"
    CONSULTATIVE = "consultative"
    STEERING = "steering"
    MONITORING = "monitoring"
    FORUM = "forum"


class NameKind(StrEnum):
    """Why a body has another name."""

    FORMER = "former"
    ALIAS = "alias"


class Role(StrEnum):
    """What a member does in a body."""

    CO_CHAIR = "co_chair"
    CHAIR = "chair"
    VICE_CHAIR = "vice_chair"
    SECRETARY = "secretary"
    MEMBER = "member"


class Capacity(StrEnum):
    """How a member came to the seat: by post (당연직) or by appointment (위촉직)."""

    EX_OFFICIO = "ex_officio"
    APPOINTED = "appointed"


class Gender(StrEnum):
    """Used for counts only (양성평등기본법 제21조)."""

    FEMALE = "female"
    MALE = "male"


class EndReason(StrEnum):
    """Why a membership ended."""

    TERM = "term"
    RESIGNED = "resigned"
    REMOVED = "removed"
    POST_CHANGED = "post_changed"
    DISSOLVED = "dissolved"


class MeetingKind(StrEnum):
    """How a meeting was called."""

    REGULAR = "regular"
    EXTRAORDINARY = "extraordinary"


class MeetingState(StrEnum):
    """Where a meeting stands."""

    PLANNED = "planned"
    OPENED = "opened"
    CLOSED = "closed"


class ItemKind(StrEnum):
    """What the body is asked to do with an item; a procedure has no item number."""

    PROCEDURE = "procedure"
    DELIBERATION = "deliberation"
    REPORT = "report"
    DISCUSSION = "discussion"
    ADVICE = "advice"


class Disclosure(StrEnum):
    """Who may read a paper."""

    PUBLIC = "public"
    MEMBERS = "members"


class Reply(StrEnum):
    """What a member said about coming."""

    NONE = "none"
    COMING = "coming"
    NOT_COMING = "not_coming"


class Presence(StrEnum):
    """What the attendance sheet says."""

    UNMARKED = "unmarked"
    PRESENT = "present"
    LEFT = "left"
    ABSENT = "absent"


class CountBase(StrEnum):
    """What a quorum counts from."""

    ENROLLED = "enrolled"
    PRESENT = "present"
    VOTES = "votes"


class TieRule(StrEnum):
    """What an even vote means."""

    REJECTED = "rejected"
    CHAIR_CASTS = "chair_casts"


class CountMode(StrEnum):
    """How the days before a meeting are counted: the day itself in, or full days between."""

    LENIENT = "lenient"
    STRICT = "strict"


class IndicatorKind(StrEnum):
    """How an indicator adds up over time: flows add, stocks and rates do not."""

    FLOW = "flow"
    STOCK = "stock"
    RATE = "rate"


class Direction(StrEnum):
    """Which way is better."""

    DOWN = "down"
    UP = "up"
    NONE = "none"
