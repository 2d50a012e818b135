"""What the form of each step of a proposal asks: one table for one dialog."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from db.vocab import ProposalState
from gwangju_desktop import clock
from gwangju_desktop.proposals import opinions, replies, steps, tabling, usecases
from ui.members.pickers import Completing
from ui.text import C_, N_, Msg
from ui.widgets.forms import Check, Choice, DateField, Field, Lines

S = ProposalState
UNSAID = Msg("")
Made = Callable[[Msg], QWidget]


def one_line(label: Msg) -> QWidget:
    """Return a field for a few words."""
    return Field("", label)


def lines(label: Msg) -> QWidget:
    """Return a field for sentences."""
    return Lines(label, "", 72)


def today(label: Msg) -> QWidget:
    """Return a field for a day that is today unless somebody says otherwise."""
    return DateField(label, clock.today(), 0)


def later(label: Msg) -> QWidget:
    """Return a field for a day ahead."""
    return DateField(label, None, 0)


def department(label: Msg) -> Completing:
    """Return a field that completes departments; `offers` says what."""
    field = Completing("", label)
    field.offers_of = "departments"
    return field


def agency(label: Msg) -> Completing:
    """Return a field that completes the agencies proposals went to before."""
    field = Completing("", label)
    field.offers_of = "agencies"
    return field


def lead(label: Msg) -> QWidget:
    """Return the choice between the department that leads and one that lends a hand."""
    options = ((True, C_("opinion", "In charge")), (False, C_("opinion", "Cooperating")))
    return Choice(options, label)


def told(label: Msg) -> QWidget:
    """Return the tick that the proposer was told."""
    return Check(label, True)


def unticked(label: Msg) -> QWidget:
    """Return a tick nobody has set."""
    return Check(label)


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing a step asks for: its keyword, its words, its field, what is said without it.

    With a `guard` it is needed where the profile's move needs that; without, where `missing` is
    given.
    """

    key: str
    label: Msg
    make: Made
    missing: Msg | None = None
    help: Msg = UNSAID
    beside: bool = False  # shares its line with the one before
    guard: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """A step: its words, what it asks, the use case and the keyword the state goes by, if any."""

    title: Msg
    button: Msg
    asks: tuple[Ask, ...]
    usecase: Callable = steps.move
    state_as: str = "to"
    said: Msg = UNSAID
    kind: str = "primary"
    width: int = 480


REASON = N_("Reason")
DAY = Ask("on_day", C_("proposal step", "Day"), today, N_("The day is needed."))
WHY = Ask("reason", REASON, lines, N_("The reason is needed."), guard="reason")
PLANNED = Ask(
    "planned_on",
    N_("Planned for"),
    later,
    N_("The day it is planned for is needed."),
    guard="planned",
)
PLAN = Ask("plan", N_("Plan"), lines)
REVIEW_ON = Ask(
    "review_on",
    N_("Look at it again on"),
    later,
    N_("The day of the next review is needed."),
    guard="review_day",
)
OUTSIDE = Ask("outside", N_("Agency"), agency, N_("To which agency does it go?"), guard="outside")
EFFECT = Ask("effect", N_("Effect"), lines, N_("Say what the effect is."), guard="effect_told")
# What a profile may want of a step whose form does not ask for it.
WANTED_BY_GUARD = {ask.guard: ask for ask in (WHY, PLANNED, REVIEW_ON, OUTSIDE, EFFECT)}
GOES_OUT = N_("A notice to the proposer is made with this step.")

FORMS: dict[ProposalState, Form] = {
    S.RECEIVED: Form(
        N_("Receive proposal"),
        C_("button", "Receive"),
        (DAY,),
        usecases.receive,
        "",
        N_("It draws its number, and its time limit begins."),
    ),
    S.SUPPORT: Form(N_("Open for support"), C_("button", "Open"), (DAY,)),
    S.DEBATE: Form(N_("Open the debate"), C_("button", "Open"), (DAY,)),
    S.REVIEW: Form(N_("Begin the review"), C_("button", "Begin"), (DAY, WHY)),
    S.SUPPLEMENT: Form(
        N_("Ask for a supplement"),
        C_("button", "Ask"),
        (
            Ask("wanted", N_("What is missing"), lines, N_("Say what is to be supplied.")),
            Ask("on_day", N_("Asked on"), today, N_("The day is needed.")),
            Ask(
                "until_on",
                C_("supplement", "Until"),
                later,
                N_("The day until which it is to come is needed."),
                beside=True,
            ),
        ),
        said=GOES_OUT,
    ),
    S.OPINION: Form(
        N_("Ask a department for its opinion"),
        C_("button", "Ask"),
        (
            Ask("department", N_("Department"), department, N_("Which department is asked?")),
            Ask("leads", N_("Part it has"), lead, beside=True),
            Ask("question", N_("What is asked"), lines),
            Ask("on_day", N_("Asked on"), today, N_("The day is needed.")),
            Ask("due_on", N_("Answer due on"), later, help=N_("Empty: as the profile says.")),
            Ask("told", N_("The proposer was told"), told),
        ),
        opinions.ask_opinion,
        "",
        N_("Its days do not count for the time limit only where the proposer was told first."),
    ),
    S.TRANSFERRED: Form(
        N_("Transfer to another agency"),
        C_("button", "Transfer"),
        (
            OUTSIDE,
            Ask("outside_number", N_("Its number there"), one_line, beside=True),
            WHY,
            DAY,
        ),
        said=N_("It leaves our hands; the time limit ends and a notice to the proposer is made."),
    ),
    S.CIVIL_PETITION: Form(
        N_("Handle as a civil petition"),
        C_("button", "Convert"),
        (WHY, DAY),
        said=N_("It is a proposal no more; a notice to the proposer is made."),
    ),
    S.CLOSED: Form(
        N_("Close the proposal"),
        C_("button", "Close the proposal"),
        (WHY, DAY, Ask("repeated", N_("The same content came again and again"), unticked)),
        said=GOES_OUT,
        kind="danger",
    ),
    S.ADOPTED: Form(N_("Adopt"), C_("proposal", "Adopt"), (PLANNED, DAY, PLAN, WHY)),
    S.PARTLY: Form(N_("Adopt in part"), C_("proposal", "Adopt in part"), (WHY, PLANNED, DAY, PLAN)),
    S.NOT_ADOPTED: Form(N_("Do not adopt"), C_("proposal", "Do not adopt"), (WHY, DAY)),
    S.DEFERRED: Form(
        N_("Defer for further review"),
        C_("proposal", "Defer"),
        (
            REVIEW_ON,
            DAY,
            WHY,
        ),
        said=N_("Deferring does not stop the time limit."),
    ),
    S.REPLIED: Form(
        N_("Send the reply"),
        N_("Record that it was sent"),
        (
            Ask("on_day", N_("Sent on"), today, N_("The day is needed.")),
            Ask("how", N_("Sent by"), one_line, help=N_("E.g. letter, e-mail, messenger.")),
        ),
        replies.send_reply,
        "",
        N_("This step leaves the office and is not undone."),
    ),
    S.RE_EXAM: Form(
        N_("Take a request for re-examination"),
        C_("button", "Take the request"),
        (
            Ask("on_day", N_("Requested on"), today, N_("The day is needed.")),
            WHY,
            Ask(
                "same_content",
                N_("The same content was implemented meanwhile"),
                unticked,
            ),
        ),
        said=N_("A month begins anew; the review board decides."),
    ),
    S.IMPLEMENTING: Form(
        N_("Begin the implementation"),
        C_("button", "Begin"),
        (DAY, Ask("planned_on", N_("Planned for"), later, beside=True), PLAN),
    ),
    S.DELAYED: Form(
        N_("Record a delay"),
        C_("button", "Record"),
        (
            WHY,
            Ask(
                "planned_on",
                N_("New day"),
                later,
                N_("The new day it is planned for is needed."),
                guard="planned",
            ),
            DAY,
        ),
        said=N_("The proposer is told the reason and the new day without delay."),
    ),
    S.DONE: Form(
        N_("Record that it is done"),
        C_("button", "Record"),
        (
            Ask("on_day", N_("Done on"), today, N_("The day is needed.")),
            EFFECT,
        ),
        said=N_("Its effect is measured a year after it first shows."),
    ),
    S.DROPPED: Form(
        N_("Record that it cannot be done"),
        C_("button", "Record"),
        (WHY, DAY),
        said=N_("The proposer is told the reason without delay."),
        kind="danger",
    ),
    S.WITHDRAWN: Form(
        N_("Withdraw at the proposer's wish"),
        C_("button", "Withdraw"),
        (DAY, WHY),
        kind="danger",
    ),
}

MEASURED = Form(
    N_("Record the measured effect"),
    C_("button", "Record"),
    (Ask("on_day", N_("Measured on"), today, N_("The day is needed.")), EFFECT),
)
CAME = Form(
    N_("Enter the supplement that came"),
    C_("button", "Enter"),
    (
        Ask("on_day", N_("Came on"), today, N_("The day is needed.")),
        Ask("answer", N_("What came"), lines, N_("Say what came.")),
    ),
    steps.supplement_came,
    "",
    N_("The time limit runs on from the next day."),
)
WITHOUT = Form(
    N_("Go on without the supplement"),
    N_("Go on"),
    (DAY, WHY),
    said=N_("The supplement has not come by its day; it is handled with what is there."),
)
ASSIGN = Form(
    N_("Assign department"),
    C_("button", "Assign"),
    (Ask("department", N_("Department in charge"), department, N_("Which department?")), DAY),
    steps.assign,
    "",
    N_("The time limit runs on."),
)
REASSIGN = Form(
    N_("Assign another department"),
    C_("button", "Assign"),
    (
        Ask("department", N_("Department in charge"), department, N_("Which department?")),
        WHY,
        DAY,
    ),
    steps.assign,
    "",
    N_("The time limit runs on; the history keeps both departments."),
)


REPEATED = Form(
    N_("Same content came again"),
    C_("button", "Record"),
    (Ask("reason", N_("How it came"), one_line), DAY),
    steps.note_repeat,
    "",
    N_("A notice tells how it stands. After several of them repeats may be closed."),
)
NUMBERED = Form(
    N_("Number of the other agency"),
    C_("button", "Record"),
    (Ask("outside_number", N_("Its number there"), one_line, N_("Enter the number.")),),
    steps.note_transfer_number,
    "",
)
UNTABLED = Form(
    N_("Take off the agenda"),
    C_("button", "Take off"),
    (DAY, WHY),
    tabling.untable,
    "",
    N_("It goes back under review; the agenda item stays."),
)
BACK = Form(N_("Back to receipt"), C_("button", "Record"), (DAY, WHY))


def form_of(state: str, to_state: str, overdue: bool = False) -> Form | None:
    """Return the form of a step from one state to another, None where there is no such form.

    With `overdue` the supplement that was asked for has not come by its day.
    """
    if state == S.SUPPLEMENT and overdue and to_state in (S.RECEIVED, S.REVIEW):
        return WITHOUT
    if state == S.SUPPLEMENT and to_state == S.RECEIVED:
        return CAME
    if state == S.DONE and to_state == S.DONE:
        return MEASURED
    if state == S.TABLED and to_state == S.REVIEW:
        return UNTABLED
    if to_state == S.RECEIVED and state != S.DRAFT:
        return BACK
    return FORMS.get(ProposalState(to_state))
