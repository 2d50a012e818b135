"""Words of agenda items, votes and what follows from them."""

from __future__ import annotations

from enum import StrEnum


class ItemKind(StrEnum):
    """What the body is asked to do with an item; procedures and headings have no item number."""

    PROCEDURE = "procedure"
    DELIBERATION = "deliberation"
    REPORT = "report"
    DISCUSSION = "discussion"
    ADVICE = "advice"
    OTHER = "other"
    HEADING = "heading"


class Standing(StrEnum):
    """Items every meeting has, filled by the program."""

    QUORUM_REPORT = "quorum_report"
    PREVIOUS_MINUTES = "previous_minutes"
    PREVIOUS_ACTIONS = "previous_actions"
    WRITTEN_REPORT = "written_report"


class Listing(StrEnum):
    """How an item came on the agenda: with it, after it froze, or laid on the table."""

    NORMAL = "normal"
    LATE = "late"
    TABLED = "tabled"


class ItemState(StrEnum):
    """Where an agenda item stands; carried over is 이월, on to the next meeting's agenda."""

    PENDING = "pending"
    TAKEN_UP = "taken_up"
    DECIDED = "decided"
    WITHDRAWN = "withdrawn"
    CARRIED_OVER = "carried_over"


class Outcome(StrEnum):
    """What became of an item (domain: 원안, 수정, 조건부, 보류, 부결, 반려, 철회, 보고접수)."""

    AS_PROPOSED = "as_proposed"
    AMENDED = "amended"
    CONDITIONAL = "conditional"
    DEFERRED = "deferred"
    REJECTED = "rejected"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    NOTED = "noted"


class RecusalKind(StrEnum):
    """Why a member does not take part in an item: 제척, 기피, 회피 (각종위원회 조례 제7조)."""

    EXCLUDED = "excluded"
    CHALLENGED = "challenged"
    SELF = "self"


class VoteSubject(StrEnum):
    """What is voted on."""

    ITEM = "item"
    AMENDMENT = "amendment"
    ELECTION = "election"
    CHALLENGE = "challenge"
    CLOSED_SITTING = "closed_sitting"
    CLOSED_MINUTES = "closed_minutes"
    PROCEDURE = "procedure"


class VoteMethod(StrEnum):
    """How a vote is taken; no objection is 이의 없음, unanimous of those present and entitled."""

    NO_OBJECTION = "no_objection"
    CONSENSUS = "consensus"
    SHOW_OF_HANDS = "show_of_hands"
    ROLL_CALL = "roll_call"
    SECRET = "secret"
    WRITTEN = "written"


class VoteState(StrEnum):
    """Whether a vote still counts."""

    OPEN = "open"
    CLOSED = "closed"


class Choice(StrEnum):
    """One member's vote."""

    YES = "yes"
    NO = "no"
    ABSTAIN = "abstain"
    INVALID = "invalid"
    NOT_VOTING = "not_voting"


class Verdict(StrEnum):
    """What a count means under the rule."""

    CARRIED = "carried"
    LOST = "lost"
    TIE = "tie"
    NO_QUORUM = "no_quorum"


class AmendmentState(StrEnum):
    """What became of an amendment (수정안)."""

    PROPOSED = "proposed"
    CARRIED = "carried"
    LOST = "lost"
    WITHDRAWN = "withdrawn"


class ActionState(StrEnum):
    """Where an action (조치사항) stands; being late follows from its due day."""

    ASSIGNED = "assigned"
    UNDER_WAY = "under_way"
    DONE = "done"
    IMPOSSIBLE = "impossible"
