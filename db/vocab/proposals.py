"""Words of citizens' proposals (국민 제안 규정) and of the thread."""

from __future__ import annotations

from enum import StrEnum


class ProposalChannel(StrEnum):
    """The way a proposal came in."""

    WEB = "web"
    MESSENGER = "messenger"
    LETTER = "letter"
    TELEPHONE = "telephone"
    MEETING = "meeting"
    ASSEMBLY = "assembly"
    SYSTEM = "system"
    VISIT = "visit"
    OTHER = "other"


class ProposalState(StrEnum):
    """Where a proposal stands; a profile says which of them it uses and what it calls them."""

    DRAFT = "draft"
    SUPPORT = "support"
    RECEIVED = "received"
    SUPPLEMENT = "supplement"
    DEBATE = "debate"
    REVIEW = "review"
    OPINION = "opinion"
    TABLED = "tabled"
    ADOPTED = "adopted"
    PARTLY = "partly"
    NOT_ADOPTED = "not_adopted"
    DEFERRED = "deferred"
    REPLIED = "replied"
    RE_EXAM = "re_exam"
    IMPLEMENTING = "implementing"
    DELAYED = "delayed"
    DONE = "done"
    DROPPED = "dropped"
    CLOSED = "closed"
    CIVIL_PETITION = "civil_petition"
    TRANSFERRED = "transferred"
    MERGED = "merged"
    WITHDRAWN = "withdrawn"


DECIDED = frozenset(
    {
        ProposalState.ADOPTED,
        ProposalState.PARTLY,
        ProposalState.NOT_ADOPTED,
        ProposalState.DEFERRED,
    }
)


class ProposalStage(StrEnum):
    """A step of the pipeline; every state of a profile belongs to one."""

    RECEIPT = "receipt"
    REVIEW = "review"
    TABLED = "tabled"
    REPLY = "reply"
    FULFILMENT = "fulfilment"
    CLOSED = "closed"


class ProposalRuleKey(StrEnum):
    """What a profile sets; the form of each value: gwangju_desktop.proposals.profiles."""

    NUMBER = "number"
    DECISION_WITHIN = "decision_within"
    SUPPLEMENT_WITHIN = "supplement_within"
    OPINION_WITHIN = "opinion_within"
    PAUSE_DAYS = "pause_days"
    PAUSE_UNTIL = "pause_until"
    HOLIDAY_SHIFT = "holiday_shift"
    RE_EXAM_WITHIN = "re_exam_within"
    SAME_CONTENT_WITHIN = "same_content_within"
    FOLLOW_UP = "follow_up"
    KEEP_NOT_ADOPTED = "keep_not_adopted"
    EFFECT_AFTER = "effect_after"
    REPEATS = "repeats"
    SUPPORT = "support"
    DEBATE = "debate"
    REVIEW_WITHIN = "review_within"
    BOARD_CITIZENS = "board_citizens"
    QUARTER_CHECK = "quarter_check"
    YEAR_REPORT = "year_report"
    SCORE_MOST = "score_most"


class ProposalConsent(StrEnum):
    """What of a proposal may be published: all, or on request title and result only (art. 7)."""

    FULL = "full"
    TITLE_ONLY = "title_only"
    NONE = "none"


class ProposerKind(StrEnum):
    """Who proposed."""

    PERSON = "person"
    GROUP = "group"


class ProposalStepKind(StrEnum):
    """What a line of a proposal's history tells."""

    MOVE = "move"
    ASSIGNED = "assigned"
    REASSIGNED = "reassigned"
    MERGED = "merged"
    SPLIT = "split"
    REPEATED = "repeated"
    EDITED = "edited"


class ProposalStance(StrEnum):
    """What a department recommends."""

    ADOPT = "adopt"
    PARTLY = "partly"
    NOT_ADOPT = "not_adopt"
    DEFER = "defer"
    NONE = "none"


class NoticeKind(StrEnum):
    """A notice to the proposer, one a step."""

    RECEIPT = "receipt"
    SUPPLEMENT = "supplement"
    OPINION = "opinion"
    TRANSFER = "transfer"
    CIVIL_PETITION = "civil_petition"
    CLOSED = "closed"
    RESULT = "result"
    DELAY = "delay"
    RE_EXAM = "re_exam"


class CheckKind(StrEnum):
    """A regular look at all proposals: each quarter, and the yearly report."""

    QUARTER = "quarter"
    YEAR = "year"
