"""Words of action plans, their commitments, evidence and reviews."""

from __future__ import annotations

from enum import StrEnum


class InstitutionRole(StrEnum):
    """What an institution does for a plan or a commitment."""

    LEAD = "lead"
    GOVERNMENT = "government"
    CIVIL = "civil"
    OTHER = "other"
    ENDORSER = "endorser"


class CountKind(StrEnum):
    """What a number of the co-creation record counts."""

    CONSULTATION = "consultation"
    MEETING = "meeting"
    POLL = "poll"
    DRAFTING = "drafting"
    GROUPS = "groups"
    PUBLIC_MEETINGS = "public_meetings"
    PART = "part"


class OpenValue(StrEnum):
    """The values of open government; the last two only in addition to one of the others."""

    TRANSPARENCY = "transparency"
    PARTICIPATION = "participation"
    ACCOUNTABILITY = "accountability"
    TECHNOLOGY = "technology"
    INCLUSION = "inclusion"

    @property
    def core(self) -> bool:
        """Say whether it counts alone."""
        return self not in (OpenValue.TECHNOLOGY, OpenValue.INCLUSION)


class MilestoneState(StrEnum):
    """How far a milestone is; completed if and only if its day of completion is known."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


class OwnStatus(StrEnum):
    """The office's own status of a commitment; no word of the monitors' completion scale."""

    UNKNOWN = "unknown"
    NOT_STARTED = "not_started"
    ON_TIME = "on_time"
    LATE = "late"
    DONE = "done"
    POSTPONED = "postponed"
    MERGED = "merged"
    STOPPED = "stopped"


class Completion(StrEnum):
    """The official scale of completion, which only the monitors set."""

    NO_EVIDENCE = "no_evidence"
    NOT_STARTED = "not_started"
    LIMITED = "limited"
    SUBSTANTIAL = "substantial"
    COMPLETE = "complete"


class PlanRuleKey(StrEnum):
    """The rules of a plan; each is a row with its days and source."""

    INCEPTION_MONTHS = "inception_months"
    CLOSING_MONTHS = "closing_months"
    WEB_MONTHS = "web_months"
    LIMITED_BELOW = "limited_below"
    COMPLETE_FROM = "complete_from"
    BEST_FILES = "best_files"
    BEST_MEGABYTES = "best_megabytes"
    CHECK_DAYS = "check_days"
    NOTE_DAYS = "note_days"
    COPY_MONTHS = "copy_months"


class EvidenceKind(StrEnum):
    """What an evidence file is."""

    DOCUMENT = "document"
    MINUTES = "minutes"
    DATA = "data"
    PHOTO = "photo"
    PAGE = "page"
    OTHER = "other"


class ReviewKind(StrEnum):
    """A round of monitoring; the last two are the official forms."""

    SUBMISSION = "submission"
    INTERVIEW = "interview"
    INSPECTION = "inspection"
    INCEPTION = "inception"
    CLOSING = "closing"

    @property
    def form(self) -> bool:
        """Say whether it is one of the official forms."""
        return self in (ReviewKind.INCEPTION, ReviewKind.CLOSING)


class ReviewState(StrEnum):
    """How far a round of monitoring is."""

    PLANNED = "planned"
    OPEN = "open"
    SUBMITTED = "submitted"
    CLOSED = "closed"


class AnswerOrigin(StrEnum):
    """How a monitor's answer came: signed, in a sheet without a signature, or published."""

    SIGNED = "signed"
    SHEET = "sheet"
    PUBLISHED = "published"


class PublicationChannel(StrEnum):
    """Where results of monitoring were published."""

    WEB = "web"
    SNS = "sns"
    PRESS = "press"
    OTHER = "other"
