"""What the codes of citizens' proposals are called."""

from __future__ import annotations

from db.vocab import (
    CheckKind,
    NoticeKind,
    ProposalChannel,
    ProposalConsent,
    ProposalStage,
    ProposalStance,
    ProposalState,
    ProposalStepKind,
    ProposerKind,
)
from gwangju_desktop.text import C_, Msg

S = ProposalState

CHANNELS: dict[str, Msg] = {
    ProposalChannel.WEB: C_("proposal channel", "Web page"),
    ProposalChannel.MESSENGER: C_("proposal channel", "Messenger"),
    ProposalChannel.LETTER: C_("proposal channel", "Letter"),
    ProposalChannel.TELEPHONE: C_("proposal channel", "Telephone"),
    ProposalChannel.MEETING: C_("proposal channel", "At a meeting"),
    ProposalChannel.ASSEMBLY: C_("proposal channel", "Citizens’ Assembly"),
    ProposalChannel.SYSTEM: C_("proposal channel", "Another system"),
    ProposalChannel.VISIT: C_("proposal channel", "Visit"),
    ProposalChannel.OTHER: C_("proposal channel", "Other"),
}
# What a state is called where no profile calls it otherwise.
STATES: dict[str, Msg] = {
    S.DRAFT: C_("proposal state", "Draft"),
    S.SUPPORT: C_("proposal state", "Gathering support"),
    S.RECEIVED: C_("proposal state", "Received"),
    S.SUPPLEMENT: C_("proposal state", "Supplement asked"),
    S.DEBATE: C_("proposal state", "Debate"),
    S.REVIEW: C_("proposal state", "Under review"),
    S.OPINION: C_("proposal state", "Opinion asked"),
    S.TABLED: C_("proposal state", "Tabled"),
    S.ADOPTED: C_("proposal state", "Adopted"),
    S.PARTLY: C_("proposal state", "Adopted in part"),
    S.NOT_ADOPTED: C_("proposal state", "Not adopted"),
    S.DEFERRED: C_("proposal state", "Deferred"),
    S.REPLIED: C_("proposal state", "Replied"),
    S.RE_EXAM: C_("proposal state", "Re-examination"),
    S.IMPLEMENTING: C_("proposal state", "Being implemented"),
    S.DELAYED: C_("proposal state", "Delayed"),
    S.DONE: C_("proposal state", "Implemented"),
    S.DROPPED: C_("proposal state", "Cannot be implemented"),
    S.CLOSED: C_("proposal state", "Closed"),
    S.CIVIL_PETITION: C_("proposal state", "Civil petition"),
    S.TRANSFERRED: C_("proposal state", "Transferred"),
    S.MERGED: C_("proposal state", "Merged"),
    S.WITHDRAWN: C_("proposal state", "Withdrawn"),
}
STAGES: dict[str, Msg] = {
    ProposalStage.RECEIPT: C_("proposal stage", "Receipt"),
    ProposalStage.REVIEW: C_("proposal stage", "Review"),
    ProposalStage.TABLED: C_("proposal stage", "Committee"),
    ProposalStage.REPLY: C_("proposal stage", "Reply"),
    ProposalStage.FULFILMENT: C_("proposal stage", "Follow-up"),
    ProposalStage.CLOSED: C_("proposal stage", "Completed"),
}
# What is done to come to a state: the words of buttons and dialogs.
MOVES: dict[str, Msg] = {
    S.SUPPORT: C_("proposal move", "Gather support"),
    S.RECEIVED: C_("proposal move", "Receive"),
    S.SUPPLEMENT: C_("proposal move", "Ask for a supplement"),
    S.DEBATE: C_("proposal move", "Open the debate"),
    S.REVIEW: C_("proposal move", "Review"),
    S.OPINION: C_("proposal move", "Ask a department"),
    S.TABLED: C_("proposal move", "Table"),
    S.ADOPTED: C_("proposal move", "Adopt"),
    S.PARTLY: C_("proposal move", "Adopt in part"),
    S.NOT_ADOPTED: C_("proposal move", "Do not adopt"),
    S.DEFERRED: C_("proposal move", "Defer"),
    S.REPLIED: C_("proposal move", "Reply"),
    S.RE_EXAM: C_("proposal move", "Re-examine"),
    S.IMPLEMENTING: C_("proposal move", "Begin to implement"),
    S.DELAYED: C_("proposal move", "Note a delay"),
    S.DONE: C_("proposal move", "Note as implemented"),
    S.DROPPED: C_("proposal move", "Note that it cannot be implemented"),
    S.CLOSED: C_("proposal move", "Close"),
    S.CIVIL_PETITION: C_("proposal move", "Handle as a civil petition"),
    S.TRANSFERRED: C_("proposal move", "Transfer"),
    S.MERGED: C_("proposal move", "Merge"),
    S.WITHDRAWN: C_("proposal move", "Withdraw"),
}
MEASURE_EFFECT = C_("proposal move", "Measure the effect")
DELAY_AGAIN = C_("proposal move", "Note a further delay")
CONSENTS: dict[str, Msg] = {
    ProposalConsent.FULL: C_("proposal consent", "All is public"),
    ProposalConsent.TITLE_ONLY: C_("proposal consent", "Title and result only"),
    ProposalConsent.NONE: C_("proposal consent", "Nothing is public"),
}
PROPOSERS: dict[str, Msg] = {
    ProposerKind.PERSON: C_("proposer", "Person"),
    ProposerKind.GROUP: C_("proposer", "Group"),
}
STEPS: dict[str, Msg] = {
    ProposalStepKind.MOVE: C_("proposal step", "Step"),
    ProposalStepKind.ASSIGNED: C_("proposal step", "Department assigned"),
    ProposalStepKind.REASSIGNED: C_("proposal step", "Department reassigned"),
    ProposalStepKind.MERGED: C_("proposal step", "Merged"),
    ProposalStepKind.SPLIT: C_("proposal step", "Split"),
    ProposalStepKind.REPEATED: C_("proposal step", "Same content came again"),
    ProposalStepKind.EDITED: C_("proposal step", "Changed"),
}
STANCES: dict[str, Msg] = {
    ProposalStance.ADOPT: C_("stance", "For adoption"),
    ProposalStance.PARTLY: C_("stance", "For adoption in part"),
    ProposalStance.NOT_ADOPT: C_("stance", "Against adoption"),
    ProposalStance.DEFER: C_("stance", "For deferral"),
    ProposalStance.NONE: C_("stance", "No stance"),
}
NOTICES: dict[str, Msg] = {
    NoticeKind.RECEIPT: C_("proposal notice", "Notice of receipt"),
    NoticeKind.SUPPLEMENT: C_("proposal notice", "Request for a supplement"),
    NoticeKind.OPINION: C_("proposal notice", "Notice of an opinion asked"),
    NoticeKind.TRANSFER: C_("proposal notice", "Notice of transfer"),
    NoticeKind.CIVIL_PETITION: C_("proposal notice", "Notice of handling as a civil petition"),
    NoticeKind.CLOSED: C_("proposal notice", "Notice of closing"),
    NoticeKind.RESULT: C_("proposal notice", "Notice of the result"),
    NoticeKind.DELAY: C_("proposal notice", "Notice of delay"),
    NoticeKind.RE_EXAM: C_("proposal notice", "Notice of re-examination"),
}
CHECKS: dict[str, Msg] = {
    CheckKind.QUARTER: C_("proposal check", "Quarterly check"),
    CheckKind.YEAR: C_("proposal check", "Yearly report"),
}
# Personal numbers in a text (proposals.flags).
FLAGS: dict[str, Msg] = {
    "registration": C_("personal number", "Resident registration number"),
    "foreigner": C_("personal number", "Foreigner registration number"),
    "card": C_("personal number", "Card number"),
    "phone": C_("personal number", "Telephone number"),
    "email": C_("personal number", "E-mail address"),
    "account": C_("personal number", "Account number"),
}
