"""The reasoned reply (결과 통지, 회신) and the result of a re-examination, to the proposer.

What was decided, why, when it is implemented, how to ask for a re-examination. Without reasons there
is no such letter (OGP co-creation standard 4).
"""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy.orm import Session

from db.vocab import NoticeKind, ProposalState
from gwangju_desktop.catalogue.proposal_facts import Answer, Facts, Round, facts
from gwangju_desktop.catalogue.proposal_fitting import NO_REASONS, NOT_DECIDED, refuse
from gwangju_desktop.catalogue.proposal_notices import AGAIN, begun, greeted, to_proposer
from gwangju_desktop.catalogue.proposal_sheet import DUE, Sheet, known, name_joint
from gwangju_desktop.documents.blocks import clean
from gwangju_desktop.documents.composed import Composed
from gwangju_desktop.errors import UserError
from gwangju_desktop.meetings.documents.issuer import issued
from gwangju_desktop.text import C_, N_, Msg

RESULT = C_("document", "Result of a proposal")
RE_EXAM = C_("document", "Re-examination of a proposal")
BEGUN = C_("document", "Re-examination of a proposal has begun")
DECISION = C_("proposal letter", "Decision")
DECIDED_ON = C_("proposal letter", "Decided on")
PLANNED = C_("proposal letter", "To be implemented by")
REVIEW = C_("proposal letter", "To be reviewed on")
REPLY = C_("proposal letter", "Reply")
REASONS = C_("proposal letter", "Reasons")
PLAN = C_("proposal letter", "How it will be implemented")
# Whoever got what they asked for has nothing to have examined again.
_CONTESTED = (ProposalState.NOT_ADOPTED, ProposalState.PARTLY)
_PROMISED = (ProposalState.ADOPTED, ProposalState.PARTLY)


def result(
    read: Session,
    *,
    id: int,
    language: str = "ko",
    notice_id: int | None = None,
    signatory: str = "",
) -> Composed:
    """Return the letter with the decision, the reply and its reasons.

    Raises UserError before the decision and before reply and reasons are written.
    """
    data = facts(read, id=id, language=language)
    refuse(data, "proposal-result")
    told = data.told(NoticeKind.RESULT, notice_id) if notice_id is not None else None
    round = data.examined(told)
    if not data.answered(round):
        round = data.examined()
    reply = data.reply(round.number) if round is not None else None
    assert round is not None and reply is not None
    again = told is not None and data.repeated(told)
    if told is not None and again:
        data = replace(data, about=issued(read, body_id=None, on=told.made_on))
    else:
        data = _sent(read, data, reply)
    sheet = greeted(data)
    if again:
        sheet.line(AGAIN)
    sheet.line(N_("It was examined, with this result."))
    _decided(sheet, data, round)
    _answered(sheet, data, reply, round)
    if how := _how_again(data, round):
        sheet.line(" ".join(how))
    return to_proposer(read, "proposal-result", RESULT, sheet, data, signatory)


def re_exam(
    read: Session,
    *,
    id: int,
    language: str = "ko",
    notice_id: int | None = None,
    signatory: str = "",
) -> Composed:
    """Return the result of a re-examination; before it is decided, that it has begun.

    Raises UserError where there was none, and before reply and reasons are written.
    """
    data, _told = begun(read, id, language, NoticeKind.RE_EXAM, notice_id)
    refuse(data, "proposal-re-exam")
    say, round = data.say, data.re_examined()
    assert round is not None
    reply = data.reply(round.number) if round.decision is not None else None
    asked = C_("proposal letter", "Re-examination asked on")
    if reply is None:
        sheet = greeted(data)
        sheet.line(N_("As you asked, it is examined again, as follows."))
        known(sheet, data)
        sheet.fact(asked, say.day(round.begins_on, "long"))
        if data.due_on is not None:
            sheet.fact(DUE, say.day(data.due_on, "long"))
        sheet.line(N_("The review board examines it, and we tell you the result."))
        title = BEGUN
    else:
        title = RE_EXAM
        data = _sent(read, data, reply)
        sheet = greeted(data)
        sheet.line(N_("As you asked, it was examined again, with this result."))
        _decided(sheet, data, round)
        sheet.fact(asked, say.day(round.begins_on, "long"))
        _board(sheet, data, round)
        _answered(sheet, data, reply, round)
    return to_proposer(read, "proposal-re-exam", title, sheet, data, signatory)


def reply_text(read: Session, *, id: int, language: str = "ko", again: bool | None = None) -> str:
    """Return a reply as plain text for a message or a web page, without the sheet round it.

    That of the re-examination or, with `again` false, of the examination before it; by default of
    whichever was last. Nobody is named in it. Raises UserError before the decision and before reply
    and reasons are written.
    """
    data = facts(read, id=id, language=language)
    found = [data.examined()] if again is not True else []
    found += [data.re_examined()] if again is not False else []
    decided = [one for one in found if one is not None and one.decision is not None]
    wanted = sorted(decided, key=lambda one: one.number)
    if not wanted or not data.answered(wanted[-1]):
        raise UserError(
            N_("The reply to proposal {number} cannot be copied yet."),
            hint=NO_REASONS if wanted else NOT_DECIDED,
            number=data.number,
        )
    last, say = wanted[-1], data.say
    reply = data.reply(last.number)
    assert reply is not None and last.decision is not None
    told: list[tuple[Msg, str]] = [
        (DECISION, data.state_name(last.decision)),
        (PLANNED, _planned(data, last)),
        (REVIEW, _review(data, last)),
    ]
    lines = [f"[{data.number}] {clean(data.title)}", ""]
    lines += [f"{say(term)}: {value}" for term, value in told if value]
    lines += ["", *_written(reply.text), "", say(REASONS), *_written(reply.reasons)]
    if data.plan.strip() and last.decision in _PROMISED:
        lines += ["", say(PLAN), *_written(data.plan)]
    if how := _how_again(data, last):
        lines += ["", *how]
    return "\n".join([*lines, "", data.about.office(say)]) + "\n"


def _written(text: str) -> list[str]:
    return clean(text).strip("\n").split("\n")


def _sent(read: Session, data: Facts, reply: Answer) -> Facts:
    """Return the facts on the day a reply was sent, or today."""
    if reply.sent_on is None:
        return data
    return replace(data, about=issued(read, body_id=None, on=reply.sent_on))


def _decided(sheet: Sheet, data: Facts, round: Round) -> None:
    assert round.decision is not None
    known(sheet, data)
    name_joint(sheet, data)
    sheet.fact(DECISION, data.state_name(round.decision))
    if round.decided_on is not None:
        sheet.fact(DECIDED_ON, data.say.day(round.decided_on, "long"))
    sheet.fact(PLANNED, _planned(data, round))
    sheet.fact(REVIEW, _review(data, round))


def _planned(data: Facts, round: Round) -> str:
    wanted = round.decision in _PROMISED and data.planned_on is not None
    return data.say.day(data.planned_on, "long") if wanted else ""


def _review(data: Facts, round: Round) -> str:
    wanted = round.decision == ProposalState.DEFERRED and data.review_on is not None
    return data.say.day(data.review_on, "long") if wanted else ""


def _answered(sheet: Sheet, data: Facts, reply: Answer, round: Round) -> None:
    sheet.text(REPLY, reply.text)
    sheet.text(REASONS, reply.reasons)
    if data.plan.strip() and round.decision in _PROMISED:
        sheet.text(PLAN, data.plan)


def _board(sheet: Sheet, data: Facts, round: Round) -> None:
    held = [one for one in data.boards if one.round == round.number]
    if held:
        message = N_("{day:long}, {members} members, {citizens} of them citizens")
        last = held[-1]
        said = data.say(message, day=last.held_on, members=last.members, citizens=last.citizens)
        sheet.fact(C_("proposal letter", "Review board"), said)


def _how_again(data: Facts, round: Round) -> list[str]:
    """Say how to ask for a re-examination, where the decision leaves something to ask for."""
    within = data.re_exam_within
    if round.decision not in _CONTESTED or round.re_exam or within is None:
        return []
    said = [data.say(_WITHIN, span=data.span(within), office=data.about.office(data.say))]
    if data.same_content_within is not None:
        said.append(data.say(_SAME, span=data.span(data.same_content_within)))
    return said


_WITHIN = N_(
    "If you do not agree, ask {office} for a re-examination within {span} of receiving this notice,"
    " in writing or the way you proposed, with the number of the proposal and your reasons."
)
_SAME = N_("You may also ask for it where the same is implemented within {span}.")
