"""What the codes of action plans and their monitoring are called."""

from __future__ import annotations

from db.vocab import (
    AnswerOrigin,
    Completion,
    CountKind,
    EvidenceKind,
    InstitutionRole,
    MilestoneState,
    OpenValue,
    OwnStatus,
    PlanRuleKey,
    PublicationChannel,
    ReviewKind,
    ReviewState,
)
from gwangju_desktop.text import C_, NN_, Msg

ROLES: dict[str, Msg] = {
    InstitutionRole.LEAD: C_("institution", "Lead institution"),
    InstitutionRole.GOVERNMENT: C_("institution", "Government"),
    InstitutionRole.CIVIL: C_("institution", "Civil society"),
    InstitutionRole.OTHER: C_("institution", "Other"),
    InstitutionRole.ENDORSER: C_("institution", "Endorser"),
}
COUNTS: dict[str, Msg] = {
    CountKind.CONSULTATION: C_("co-creation", "Citizen consultation"),
    CountKind.MEETING: C_("co-creation", "Meetings of the consultative body"),
    CountKind.POLL: C_("co-creation", "Opinion poll"),
    CountKind.DRAFTING: C_("co-creation", "Drafting of the plan"),
    CountKind.GROUPS: C_("co-creation", "Groups that took part"),
    CountKind.PUBLIC_MEETINGS: C_("co-creation", "Public-facing meetings"),
    CountKind.PART: C_("co-creation", "Of these"),
}
VALUES: dict[str, Msg] = {
    OpenValue.TRANSPARENCY: C_("open government", "Transparency"),
    OpenValue.PARTICIPATION: C_("open government", "Civic participation"),
    OpenValue.ACCOUNTABILITY: C_("open government", "Public accountability"),
    OpenValue.TECHNOLOGY: C_("open government", "Technology and innovation"),
    OpenValue.INCLUSION: C_("open government", "Inclusion"),
}
MILESTONES: dict[str, Msg] = {
    MilestoneState.NOT_STARTED: C_("milestone", "Not started"),
    MilestoneState.IN_PROGRESS: C_("milestone", "In progress"),
    MilestoneState.COMPLETED: C_("milestone", "Completed"),
    MilestoneState.CANCELLED: C_("milestone", "Cancelled"),
}
STATUSES: dict[str, Msg] = {
    OwnStatus.UNKNOWN: C_("own status", "Not known"),
    OwnStatus.NOT_STARTED: C_("own status", "Before its start"),
    OwnStatus.ON_TIME: C_("own status", "On time"),
    OwnStatus.LATE: C_("own status", "Late"),
    OwnStatus.DONE: C_("own status", "Done"),
    OwnStatus.POSTPONED: C_("own status", "Postponed"),
    OwnStatus.MERGED: C_("own status", "Merged into another"),
    OwnStatus.STOPPED: C_("own status", "Stopped"),
}
COMPLETIONS: dict[str, Msg] = {
    Completion.NO_EVIDENCE: C_("completion", "No evidence available"),
    Completion.NOT_STARTED: C_("completion", "Not started"),
    Completion.LIMITED: C_("completion", "Limited"),
    Completion.SUBSTANTIAL: C_("completion", "Substantial"),
    Completion.COMPLETE: C_("completion", "Complete"),
}
RULES: dict[str, Msg] = {
    PlanRuleKey.INCEPTION_MONTHS: C_("plan rule", "Inception report: months after submission"),
    PlanRuleKey.CLOSING_MONTHS: C_(
        "plan rule", "End-of-commitment report: months after completion"
    ),
    PlanRuleKey.WEB_MONTHS: C_("plan rule", "Web page: months between updates"),
    PlanRuleKey.LIMITED_BELOW: C_("plan rule", "Suggested “limited” below this % of the weight"),
    PlanRuleKey.COMPLETE_FROM: C_("plan rule", "Suggested “complete” from this % of the weight"),
    PlanRuleKey.BEST_FILES: C_("plan rule", "Files of an official upload"),
    PlanRuleKey.BEST_MEGABYTES: C_("plan rule", "Megabytes of each uploaded file"),
    PlanRuleKey.CHECK_DAYS: C_("plan rule", "Evidence files are read again after days"),
    PlanRuleKey.NOTE_DAYS: C_("plan rule", "Progress is asked for after days without a note"),
    PlanRuleKey.COPY_MONTHS: C_("plan rule", "Review copy for monitors: months between two"),
}
EVIDENCE: dict[str, Msg] = {
    EvidenceKind.DOCUMENT: C_("evidence", "Document"),
    EvidenceKind.MINUTES: C_("evidence", "Minutes"),
    EvidenceKind.DATA: C_("evidence", "Data"),
    EvidenceKind.PHOTO: C_("evidence", "Photograph"),
    EvidenceKind.PAGE: C_("evidence", "Copy of a web page"),
    EvidenceKind.OTHER: C_("evidence", "Other"),
}
# What stands under a number of evidence files that leaves broken ones out.
BROKEN_FILES = NN_("{n} broken file", "{n} broken files")
REVIEWS: dict[str, Msg] = {
    ReviewKind.SUBMISSION: C_("review", "Submission of data"),
    ReviewKind.INTERVIEW: C_("review", "Interview"),
    ReviewKind.INSPECTION: C_("review", "Inspection"),
    ReviewKind.INCEPTION: C_("review", "Inception report"),
    ReviewKind.CLOSING: C_("review", "End-of-commitment report"),
}
REVIEW_STATES: dict[str, Msg] = {
    ReviewState.PLANNED: C_("review state", "Planned"),
    ReviewState.OPEN: C_("review state", "Under way"),
    ReviewState.SUBMITTED: C_("review state", "Submitted"),
    ReviewState.CLOSED: C_("review state", "Closed"),
}
ORIGINS: dict[str, Msg] = {
    AnswerOrigin.SIGNED: C_("answer", "Signed review file"),
    AnswerOrigin.SHEET: C_("answer", "Sheet without a signature"),
    AnswerOrigin.PUBLISHED: C_("answer", "Published report"),
}
# What a sheet of a plan is called, as a file and inside.
SHEETS: dict[str, Msg] = {
    "progress": C_("plan sheet", "Progress"),
    "english": C_("plan sheet", "Missing English"),
}
CHANNELS: dict[str, Msg] = {
    PublicationChannel.WEB: C_("publication", "Web page"),
    PublicationChannel.SNS: C_("publication", "Social media"),
    PublicationChannel.PRESS: C_("publication", "Press"),
    PublicationChannel.OTHER: C_("publication", "Other"),
}
