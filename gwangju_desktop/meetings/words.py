"""What the codes of meetings are called."""

from __future__ import annotations

from db.vocab import (
    ActionState,
    Adjournment,
    AmendmentState,
    BreakKind,
    Choice,
    Confirmation,
    Deputies,
    Disclosure,
    DrawnKind,
    GuestKind,
    ItemKind,
    ItemState,
    Listing,
    MeetingKind,
    MeetingState,
    Openness,
    Outcome,
    Presence,
    RecusalKind,
    Reply,
    Speakers,
    Stance,
    Standing,
    TaxMode,
    Verdict,
    VoteMethod,
    VoteState,
    VoteSubject,
    WrittenBase,
)
from gwangju_desktop.text import C_, N_, Msg

MEETING_KINDS: dict[str, Msg] = {
    MeetingKind.REGULAR: N_("Regular meeting"),
    MeetingKind.EXTRAORDINARY: N_("Extraordinary meeting"),
    MeetingKind.WRITTEN: N_("Written resolution"),
}
STATES: dict[str, Msg] = {
    MeetingState.PLANNED: N_("In preparation"),
    MeetingState.NOTICED: C_("meeting", "Notice sent"),
    MeetingState.DISTRIBUTED: C_("meeting", "Papers sent"),
    MeetingState.OPENED: N_("In session"),
    MeetingState.CLOSED: C_("meeting", "Closed"),
    MeetingState.DRAFTED: C_("meeting", "Minutes drafted"),
    MeetingState.CONFIRMED: C_("meeting", "Minutes confirmed"),
    MeetingState.PUBLISHED: C_("meeting", "Minutes published"),
    MeetingState.NO_QUORUM: C_("meeting", "No quorum"),
    MeetingState.POSTPONED: C_("meeting", "Postponed"),
    MeetingState.CANCELLED: C_("meeting", "Cancelled"),
}
ADJOURNMENTS: dict[str, Msg] = {
    Adjournment.ADJOURNED: C_("sitting", "Adjourned"),
    Adjournment.CLOSED: C_("sitting", "Closed"),
}
BREAKS: dict[str, Msg] = {
    BreakKind.RECESS: C_("sitting", "Recess"),
    BreakKind.TALK: C_("sitting", "Talk without decisions"),
}
GUESTS: dict[str, Msg] = {
    GuestKind.OBSERVER: C_("sitting", "In attendance"),
    GuestKind.SPECTATOR: C_("sitting", "Spectator"),
}
# Short, for the agenda's column: what the body is asked to do with an item.
ITEM_KINDS: dict[str, Msg] = {
    ItemKind.PROCEDURE: C_("item", "Procedure"),
    ItemKind.DELIBERATION: C_("item", "Decision"),
    ItemKind.REPORT: C_("item", "Report"),
    ItemKind.DISCUSSION: C_("item", "Discussion"),
    ItemKind.ADVICE: C_("item", "Advice"),
    ItemKind.OTHER: C_("item", "Other business"),
    ItemKind.HEADING: C_("item", "Heading"),
}
STANDINGS: dict[str, Msg] = {
    Standing.QUORUM_REPORT: C_("item", "Report of the quorum"),
    Standing.PREVIOUS_MINUTES: C_("item", "Previous minutes"),
    Standing.PREVIOUS_ACTIONS: C_("item", "Results of earlier actions"),
    Standing.WRITTEN_REPORT: C_("item", "Written resolutions since"),
}
LISTINGS: dict[str, Msg] = {
    Listing.NORMAL: C_("item", "On the agenda"),
    Listing.LATE: C_("item", "Late item"),
    Listing.TABLED: C_("item", "Laid on the table"),
}
ITEM_STATES: dict[str, Msg] = {
    ItemState.PENDING: C_("item", "Pending"),
    ItemState.TAKEN_UP: C_("item", "Taken up"),
    ItemState.DECIDED: C_("item", "Decided"),
    ItemState.WITHDRAWN: C_("item", "Withdrawn"),
    ItemState.CARRIED_OVER: C_("item", "Carried over"),
}
OUTCOMES: dict[str, Msg] = {
    Outcome.AS_PROPOSED: C_("outcome", "Adopted as proposed"),
    Outcome.AMENDED: C_("outcome", "Adopted as amended"),
    Outcome.CONDITIONAL: C_("outcome", "Adopted on conditions"),
    Outcome.DEFERRED: C_("outcome", "Deferred"),
    Outcome.REJECTED: C_("outcome", "Rejected"),
    Outcome.RETURNED: C_("outcome", "Returned"),
    Outcome.WITHDRAWN: C_("outcome", "Withdrawn"),
    Outcome.NOTED: C_("outcome", "Noted"),
}
RECUSALS: dict[str, Msg] = {
    RecusalKind.EXCLUDED: C_("recusal", "Excluded by law"),
    RecusalKind.CHALLENGED: C_("recusal", "Challenged"),
    RecusalKind.SELF: C_("recusal", "Stepped aside"),
}
VOTE_SUBJECTS: dict[str, Msg] = {
    VoteSubject.ITEM: C_("vote", "Item"),
    VoteSubject.AMENDMENT: C_("vote", "Amendment"),
    VoteSubject.ELECTION: C_("vote", "Election"),
    VoteSubject.CHALLENGE: C_("vote", "Challenge of a member"),
    VoteSubject.CLOSED_SITTING: C_("vote", "Closed sitting"),
    VoteSubject.CLOSED_MINUTES: C_("vote", "Minutes not published"),
    VoteSubject.PROCEDURE: C_("vote", "Procedure"),
}
VOTE_METHODS: dict[str, Msg] = {
    VoteMethod.NO_OBJECTION: C_("vote", "No objection"),
    VoteMethod.CONSENSUS: C_("vote", "Consensus"),
    VoteMethod.SHOW_OF_HANDS: C_("vote", "Show of hands"),
    VoteMethod.ROLL_CALL: C_("vote", "Roll call"),
    VoteMethod.SECRET: C_("vote", "Secret ballot"),
    VoteMethod.WRITTEN: C_("vote", "In writing"),
}
VOTE_STATES: dict[str, Msg] = {
    VoteState.OPEN: C_("vote", "Open"),
    VoteState.CLOSED: C_("vote", "Closed"),
}
CHOICES: dict[str, Msg] = {
    Choice.YES: C_("vote", "For"),
    Choice.NO: C_("vote", "Against"),
    Choice.ABSTAIN: C_("vote", "Abstained"),
    Choice.INVALID: C_("vote", "Invalid"),
    Choice.NOT_VOTING: C_("vote", "Did not vote"),
}
VERDICTS: dict[str, Msg] = {
    Verdict.CARRIED: C_("vote", "Carried"),
    Verdict.LOST: C_("vote", "Lost"),
    Verdict.TIE: C_("vote", "Even"),
    Verdict.NO_QUORUM: C_("vote", "No quorum"),
}
AMENDMENT_STATES: dict[str, Msg] = {
    AmendmentState.PROPOSED: C_("amendment", "Moved"),
    AmendmentState.CARRIED: C_("amendment", "Carried"),
    AmendmentState.LOST: C_("amendment", "Lost"),
    AmendmentState.WITHDRAWN: C_("amendment", "Withdrawn"),
}
CONFIRMATIONS: dict[str, Msg] = {
    Confirmation.SIGNATURE: C_("minutes", "Signed by the chairs after review"),
    Confirmation.NEXT_MEETING: C_("minutes", "Confirmed by the next meeting"),
}
SPEAKERS: dict[str, Msg] = {
    Speakers.NAME: C_("minutes", "By name"),
    Speakers.LETTER: C_("minutes", "As member A, B …"),
    Speakers.NONE: C_("minutes", "Not named"),
}
ACTION_STATES: dict[str, Msg] = {
    ActionState.ASSIGNED: C_("action", "Assigned"),
    ActionState.UNDER_WAY: C_("action", "Under way"),
    ActionState.DONE: C_("action", "Done"),
    ActionState.IMPOSSIBLE: C_("action", "Cannot be done"),
}
DEPUTIES: dict[str, Msg] = {
    Deputies.NONE: C_("rule", "No substitutes"),
    Deputies.ATTEND: C_("rule", "May attend without a vote"),
    Deputies.VOTE: C_("rule", "May attend and vote"),
}
OPENNESSES: dict[str, Msg] = {
    Openness.OPEN: C_("rule", "Open to spectators"),
    Openness.CLOSED: C_("rule", "Not open"),
}
WRITTEN_BASES: dict[str, Msg] = {
    WrittenBase.REPLIES: C_("rule", "the replies received"),
    WrittenBase.ENROLLED: C_("rule", "the enrolled members"),
}
TAX_MODES: dict[str, Msg] = {
    TaxMode.NON_TAXABLE: C_("rule", "Not taxable"),
    TaxMode.OTHER_INCOME: C_("rule", "Other income"),
}
DRAWN_KINDS: dict[str, Msg] = {
    DrawnKind.MEETING: C_("number", "Meeting"),
    DrawnKind.ITEM: C_("number", "Item"),
}
DISCLOSURES: dict[str, Msg] = {
    Disclosure.PUBLIC: C_("paper", "Public"),
    Disclosure.MEMBERS: N_("Closed (for members)"),
}
STANCES: dict[str, Msg] = {
    Stance.AGREES: C_("stance", "Agrees"),
    Stance.CONDITIONAL: C_("stance", "On a condition"),
    Stance.DISAGREES: C_("stance", "Disagrees"),
    Stance.NONE: C_("stance", "No opinion"),
}
REPLIES: dict[str, Msg] = {
    Reply.NONE: N_("No reply"),
    Reply.COMING: N_("Coming"),
    Reply.NOT_COMING: N_("Not coming"),
    Reply.SUBSTITUTE: N_("Sends a substitute"),
}
PRESENCES: dict[str, Msg] = {
    Presence.UNMARKED: N_("Not marked"),
    Presence.PRESENT: N_("Present"),
    Presence.LEFT: N_("Left early"),
    Presence.ABSENT: N_("Absent"),
}
