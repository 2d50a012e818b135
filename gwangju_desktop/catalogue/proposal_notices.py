"""Notices to the proposer, one a step (국민 제안 규정): receipt, supplement, opinion, transfer …

Each names the proposal by its number, by those of other systems and by its title. The result has a
module of its own (proposal_results).
"""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy.orm import Session

from db.vocab import NoticeKind, ProposalConsent, ProposalState
from gwangju_desktop.catalogue import filed, frame, proposal_sheet
from gwangju_desktop.catalogue.heading import city, mayor
from gwangju_desktop.catalogue.proposal_facts import PROPOSER, Facts, Told, facts
from gwangju_desktop.catalogue.proposal_fitting import refuse
from gwangju_desktop.catalogue.proposal_sheet import DEPARTMENT, DUE, Sheet, known, name_joint
from gwangju_desktop.documents.composed import Composed
from gwangju_desktop.meetings.documents.issuer import issued
from gwangju_desktop.proposals.words import CHANNELS, CONSENTS
from gwangju_desktop.text import C_, N_, Msg

RECEIPT = C_("document", "Receipt of a proposal")
SUPPLEMENT = C_("document", "Supplement to a proposal")
OPINION = C_("document", "Opinions asked on a proposal")
TRANSFER = C_("document", "Transfer of a proposal")
PETITION = C_("document", "Proposal handled as a civil petition")
CLOSED = C_("document", "Closing of a proposal")
DELAY = C_("document", "Delay of a proposal")
DROPPED = C_("document", "A proposal cannot be implemented")

LEADS = C_("opinion", "leads")
LENDS = C_("opinion", "cooperates")
WHY = C_("proposal letter", "Why")
AGAIN = N_("The same was proposed before; the earlier proposal counts for it.")
_PUBLIC: dict[str, Msg] = {
    ProposalConsent.FULL: N_("The proposal and its result are made public, without your name."),
    ProposalConsent.TITLE_ONLY: N_("As you asked, only the title and the result are made public."),
    ProposalConsent.NONE: N_("The proposal is not made public."),
}
assert _PUBLIC.keys() == CONSENTS.keys()


def begun(
    read: Session, id: int, language: str, kind: str, notice_id: int | None
) -> tuple[Facts, Told | None]:
    """Gather a proposal for a notice of a kind, on the day the notice was made or today."""
    data = facts(read, id=id, language=language)
    told = data.told(kind, notice_id)
    if told is not None:
        data = replace(data, about=issued(read, body_id=None, on=told.made_on))
    return data, told


def to_proposer(
    read: Session, name: str, title: Msg, sheet: Sheet, data: Facts, signatory: str = ""
) -> Composed:
    """Return a finished letter to the proposer; the list of joint proposers goes with it.

    What is noted of it elsewhere names no person: its recipient there is “the proposer”.
    """
    say = data.say
    sheet.line(N_("Enquiries: {office}."), office=data.about.office(say))
    attached, enclosed = proposal_sheet.enclosed_people(data) if sheet.joint else ([], [])
    letter = frame.Letter(
        name=f"{data.about.on:%Y-%m-%d} {data.number} {say(title)}",
        head=say(title),
        recipient=data.addressed,
        subject=subject(title, data),
        lines=(),
        signatory=signatory or mayor(read, data.about, say),
        more=sheet.ended(),
        attached=attached,
        enclosed=enclosed,
        sent=filed.sent(read, say, kind=name, about_id=data.id, since=data.about.on, personal=True),
    )
    made = frame.composed(letter, data.about, city(read, data.about, say), say)
    return replace(made, recipient=say(PROPOSER))


def subject(title: Msg, data: Facts) -> str:
    """Return what a letter is about: the document and the number of the proposal."""
    return data.say(N_("{document} ({number})"), document=title, number=data.number)


def greeted(data: Facts) -> Sheet:
    """Begin a letter to the proposer."""
    sheet = Sheet(data.say)
    sheet.line(N_("Thank you for your proposal."))
    return sheet


def receipt(
    read: Session,
    *,
    id: int,
    language: str = "ko",
    notice_id: int | None = None,
    signatory: str = "",
) -> Composed:
    """Return the notice that a proposal was received (접수 통지), with its due day."""
    data, told = begun(read, id, language, NoticeKind.RECEIPT, notice_id)
    say = data.say
    sheet = greeted(data)
    if told is not None and data.repeated(told):
        sheet.line(AGAIN)
    if data.basis:
        sheet.line(N_("It was received under {basis}, as follows."), basis=data.basis)
    else:
        sheet.line(N_("It was received as follows."))
    known(sheet, data)
    name_joint(sheet, data)
    sheet.fact(proposal_sheet.CHANNEL, say(CHANNELS[data.channel]))
    sheet.fact(DEPARTMENT, data.department or say(C_("department", "not assigned yet")))
    if data.first_due_on is not None:
        sheet.fact(DUE, say.day(data.first_due_on, "long"))
    if data.first_due_on is not None:
        sheet.line(
            N_(
                "We tell you by then whether it is adopted. The time that supplements and opinions"
                " take is not counted."
            )
        )
    sheet.line(_PUBLIC[data.consent])
    return to_proposer(read, "proposal-receipt", RECEIPT, sheet, data, signatory)


def supplement(
    read: Session,
    *,
    id: int,
    language: str = "ko",
    notice_id: int | None = None,
    signatory: str = "",
) -> Composed:
    """Return the request to supplement a proposal (보완요청 통지): what, until when, the clock."""
    data, told = begun(read, id, language, NoticeKind.SUPPLEMENT, notice_id)
    refuse(data, "proposal-supplement")
    say = data.say
    wanted = data.wanted[-1]
    if told is not None:
        before = [one for one in data.wanted if one.asked_on <= told.made_on]
        wanted = before[-1] if before else wanted
    sheet = greeted(data)
    sheet.line(N_("To examine it we need more, and ask you to supplement it as follows."))
    known(sheet, data)
    until = C_("proposal letter", "Supplement until")
    sheet.fact(until, say.day(wanted.until_on, "long"))
    sheet.text(C_("proposal letter", "What is needed"), wanted.wanted)
    if wanted.pauses:
        sheet.line(N_("The time until it arrives is not counted to the time for the decision."))
    elif data.due_on is not None:
        sheet.line(
            N_("The time for the decision goes on meanwhile: it is due on {due:long}."),
            due=data.due_on,
        )
    else:
        sheet.line(N_("The time for the decision goes on meanwhile."))
    sheet.line(
        N_("Without the supplement we may close the proposal or handle it as a civil petition.")
    )
    return to_proposer(read, "proposal-supplement", SUPPLEMENT, sheet, data, signatory)


def opinion(
    read: Session,
    *,
    id: int,
    language: str = "ko",
    notice_id: int | None = None,
    signatory: str = "",
) -> Composed:
    """Return the notice that departments are asked for their opinion (의견요청 통지)."""
    data, told = begun(read, id, language, NoticeKind.OPINION, notice_id)
    refuse(data, "proposal-opinion")
    say = data.say
    day = told.made_on if told is not None else data.asked[-1].asked_on
    asked = [one for one in data.asked if one.asked_on == day] or list(data.asked)
    sheet = greeted(data)
    sheet.line(N_("To examine it we ask other departments for their opinion, as follows."))
    known(sheet, data)
    named = [f"{one.department}({say(LEADS if one.leads else LENDS)})" for one in asked]
    sheet.fact(C_("proposal letter", "Departments asked"), ", ".join(named))
    sheet.fact(C_("proposal letter", "Asked on"), say.day(asked[0].asked_on, "long"))
    until = max(one.due_on for one in asked)
    sheet.fact(C_("proposal letter", "Opinions due"), say.day(until, "long"))
    if data.due_on is not None:
        sheet.fact(DUE, say.day(data.due_on, "long"))
    sheet.line(N_("The time that opinions take is not counted to the time for the decision."))
    return to_proposer(read, "proposal-opinion", OPINION, sheet, data, signatory)


def transfer(
    read: Session,
    *,
    id: int,
    language: str = "ko",
    notice_id: int | None = None,
    signatory: str = "",
) -> Composed:
    """Return the notice that a proposal went to another agency (이송 통지): where, why, its number."""
    data, told = begun(read, id, language, NoticeKind.TRANSFER, notice_id)
    refuse(data, "proposal-transfer")
    say, step = data.say, data.last(ProposalState.TRANSFERRED)
    assert step is not None
    sheet = greeted(data)
    sheet.line(N_("It belongs to the duties of another agency, and we sent it there, as follows."))
    known(sheet, data)
    sheet.fact(C_("proposal letter", "Agency"), step.outside)
    sheet.fact(C_("proposal letter", "Transferred on"), say.day(step.on_day, "long"))
    sheet.fact(C_("proposal letter", "Its number there"), step.outside_number)
    _reason(sheet, (told.reason if told is not None else "") or step.reason)
    sheet.line(N_("That agency goes on with it and tells you the result."))
    return to_proposer(read, "proposal-transfer", TRANSFER, sheet, data, signatory)


def petition(
    read: Session,
    *,
    id: int,
    language: str = "ko",
    notice_id: int | None = None,
    signatory: str = "",
) -> Composed:
    """Return the notice that a proposal is handled as a civil petition (민원전환 통지)."""
    data, told = begun(read, id, language, NoticeKind.CIVIL_PETITION, notice_id)
    refuse(data, "proposal-petition")
    say, step = data.say, data.last(ProposalState.CIVIL_PETITION)
    assert step is not None
    sheet = greeted(data)
    sheet.line(N_("It is handled as a civil petition, as follows."))
    known(sheet, data)
    sheet.fact(C_("proposal letter", "Since"), say.day(step.on_day, "long"))
    sheet.fact(DEPARTMENT, data.department)
    _reason(sheet, (told.reason if told is not None else "") or step.reason)
    sheet.line(N_("You are told the result as of every civil petition."))
    return to_proposer(read, "proposal-petition", PETITION, sheet, data, signatory)


def closed(
    read: Session,
    *,
    id: int,
    language: str = "ko",
    notice_id: int | None = None,
    signatory: str = "",
) -> Composed:
    """Return the notice that a proposal was closed, and why (종결 통지)."""
    data, told = begun(read, id, language, NoticeKind.CLOSED, notice_id)
    refuse(data, "proposal-closed")
    say, step = data.say, data.last(ProposalState.CLOSED)
    assert step is not None
    sheet = greeted(data)
    sheet.line(N_("It was closed, as follows."))
    known(sheet, data)
    sheet.fact(C_("proposal letter", "Closed on"), say.day(step.on_day, "long"))
    _reason(sheet, (told.reason if told is not None else "") or step.reason)
    if step.from_state == ProposalState.SUPPLEMENT:
        sheet.line(N_("You may supplement it and propose it again."))
    return to_proposer(read, "proposal-closed", CLOSED, sheet, data, signatory)


def delay(
    read: Session,
    *,
    id: int,
    language: str = "ko",
    notice_id: int | None = None,
    signatory: str = "",
) -> Composed:
    """Return the notice that what was promised comes later (지연 통지): why, and the new day.

    Of a proposal that cannot be implemented any more it says so, and why.
    """
    data, told = begun(read, id, language, NoticeKind.DELAY, notice_id)
    refuse(data, "proposal-delay")
    assert told is not None
    say = data.say
    step = next((one for one in data.steps if one.id == told.step_id), None)
    dropped = step is not None and step.to_state == ProposalState.DROPPED
    # One noted without a step is of the decision, or of the reply that tells it.
    promised = step is not None and step.to_state == ProposalState.DELAYED
    sheet = greeted(data)
    if dropped:
        sheet.line(N_("It cannot be implemented as you were told, for this reason."))
    elif promised:
        sheet.line(N_("It cannot be implemented by the day you were told, as follows."))
    else:
        sheet.line(N_("It cannot be decided by the day you were told, as follows."))
    known(sheet, data)
    if told.new_on is not None and not dropped:
        new = (
            C_("proposal letter", "New day of implementation")
            if promised
            else C_("proposal letter", "New day of the decision")
        )
        sheet.fact(new, say.day(told.new_on, "long"))
    _reason(sheet, told.reason or (step.reason if step is not None else ""))
    if not dropped:
        sheet.line(N_("We are sorry that you have to wait, and tell you as soon as it is done."))
    title = DROPPED if dropped else DELAY
    return to_proposer(read, "proposal-delay", title, sheet, data, signatory)


def _reason(sheet: Sheet, reason: str) -> None:
    if reason.strip():
        sheet.text(WHY, reason)
