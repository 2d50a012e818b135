"""Letters about a proposal to offices: 부서 의견요청서 and 이송 공문, with the proposal enclosed.

A department judges what is proposed, not who proposes it: no name goes there. Nobody's telephone or
address stands on either; personal numbers in what a citizen wrote are masked.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from sqlalchemy.orm import Session

from db.vocab import ProposalStance, ProposalState
from gwangju_desktop.catalogue import filed, frame
from gwangju_desktop.catalogue.heading import city, mayor
from gwangju_desktop.catalogue.letters import MANY
from gwangju_desktop.catalogue.proposal_facts import Asked, Facts, facts
from gwangju_desktop.catalogue.proposal_fitting import refuse
from gwangju_desktop.catalogue.proposal_notices import LEADS, LENDS, WHY, subject
from gwangju_desktop.catalogue.proposal_sheet import (
    DUE,
    NUMBER,
    TITLE,
    Sheet,
    content,
    known,
    masked,
)
from gwangju_desktop.documents.blocks import Answer, Answers, Block, Column, para, table
from gwangju_desktop.documents.composed import Composed
from gwangju_desktop.documents.figures import NoteLines
from gwangju_desktop.documents.styles import MM
from gwangju_desktop.errors import UserError
from gwangju_desktop.proposals.words import STANCES
from gwangju_desktop.text import C_, N_, NN_, Words

REQUEST = C_("document", "Request for an opinion on a proposal")
LETTER = C_("document", "Transfer of a proposal to another agency")
REPLY_FORM = C_("document", "Opinion of the department")
# Lines to write an opinion on by hand; what is longer comes as a file.
_LINES = 5
# The form is one page: the whole title stands on the proposal itself.
_LONGEST_TITLE = 60
_STANCES = (
    ProposalStance.ADOPT,
    ProposalStance.PARTLY,
    ProposalStance.NOT_ADOPT,
    ProposalStance.DEFER,
)


def opinion_request(
    read: Session,
    *,
    id: int,
    language: str = "ko",
    opinion_id: int | None = None,
    recipient: str = "",
    due: dt.date | None = None,
    signatory: str = "",
) -> Composed:
    """Return the request to departments for their opinion, with a form to reply on.

    To one department by `opinion_id` or by its name in `recipient`, else to all whose opinion has
    not come; where all have come, to all. Raises UserError where none is asked.
    """
    data = facts(read, id=id, language=language)
    refuse(data, "opinion-request")
    say, asked = data.say, _asked(data, opinion_id, recipient)
    sheet = Sheet(say)
    sheet.line(N_("To examine a citizen’s proposal we ask for your opinion, as follows."))
    known(sheet, replace(data, title=masked(data.title)[0]))
    if len(asked) == 1:
        one = asked[0]
        sheet.fact(C_("opinion", "Part"), say(LEADS if one.leads else LENDS))
        sheet.fact(C_("opinion", "Opinion due"), say.day(due or one.due_on, "long"))
    if data.due_on is not None:
        sheet.fact(DUE, say.day(data.due_on, "long"))
    questions = list(dict.fromkeys(one.question for one in asked if one.question.strip()))
    if questions:
        sheet.text(C_("opinion", "What we ask"), "\n".join(questions))
    sheet.line(
        N_(
            "Please say whether it should be adopted and why, and if so from when it can be"
            " implemented, on the form enclosed."
        )
    )
    sheet.line(N_("Names and contacts of proposers are personal data and not enclosed."))
    sheet.line(N_("Enquiries: {office}."), office=data.about.office(say))
    departments = [one.department for one in asked]
    several = len(departments) > 1
    listed = say(N_("Recipients: {offices}"), offices=", ".join(departments))
    letter = frame.Letter(
        name=f"{data.about.on:%Y-%m-%d} {data.number} {say(REQUEST)}",
        head=say(REQUEST),
        recipient=say(MANY) if several else departments[0],
        subject=subject(REQUEST, data),
        lines=(),
        signatory=signatory or data.about.office(say),
        more=[*sheet.ended(), *([_departments(asked, due, say)] if several else [])],
        attached=[say(N_("The proposal, one copy.")), say(N_("Form for the opinion, one copy."))],
        enclosed=[content(data), _form(data, asked, due)],
        sent=filed.sent(read, say, kind="opinion-request", about_id=id),
        recipients=listed if several else "",
    )
    return frame.composed(letter, data.about, city(read, data.about, say), say)


def _asked(data: Facts, opinion_id: int | None, recipient: str) -> list[Asked]:
    if opinion_id is not None:
        found = [one for one in data.asked if one.id == opinion_id]
    elif recipient:
        found = [one for one in data.asked if one.department == recipient.strip()]
    else:
        found = [one for one in data.asked if not one.answered] or list(data.asked)
    if not found:
        raise UserError(
            N_("No opinion on proposal {number} is asked of “{department}”."),
            hint=N_("Asked are: {known}."),
            number=data.number,
            department=recipient or opinion_id,
            known=", ".join(one.department for one in data.asked),
        )
    return found


def _departments(asked: list[Asked], due: dt.date | None, say: Words) -> Block:
    return table(
        [
            Column(say(C_("opinion", "Department")), 0.5, style="strong"),
            Column(say(C_("opinion", "Part")), 0.2),
            Column(say(C_("opinion", "Opinion due")), 0.3),
        ],
        [
            [
                one.department,
                say(LEADS if one.leads else LENDS),
                say.day(due or one.due_on, "long"),
            ]
            for one in asked
        ],
        min_row=7.5 * MM,
        grid=True,
        caption=say(REQUEST),
    )


def _form(data: Facts, asked: list[Asked], due: dt.date | None) -> list[Block]:
    """Return the form a department replies on; what it says is left for the department."""
    say = data.say
    title = " ".join(masked(data.title)[0].split())
    if len(title) > _LONGEST_TITLE:
        title = title[: _LONGEST_TITLE - 1].rstrip() + "…"
    known_facts = [(NUMBER, data.number), (TITLE, title)]
    if len(asked) == 1:
        until = say.day(due or asked[0].due_on, "long")
        known_facts.append((C_("opinion", "Department"), asked[0].department))
        known_facts.append((C_("opinion", "Opinion due"), until))
    ticks = tuple(Answer("", say(STANCES[one]), tick=True, share=0.25) for one in _STANCES)
    return [
        *frame.head(data.number, say(REPLY_FORM)),
        frame.facts(known_facts, say, row=7),
        frame.section(1, C_("opinion form", "Opinion"), say),
        Answers(ticks[:2]),
        Answers(ticks[2:]),
        frame.section(2, C_("opinion form", "Why"), say),
        NoteLines(_LINES),
        frame.section(3, C_("opinion form", "If adopted"), say),
        Answers((Answer(say(N_("Can be implemented from"))),)),
        Answers((Answer(say(N_("Budget and rules it needs"))),)),
        Answers((Answer(say(C_("form", "Date"))),), 0.5),
        Answers((Answer(say(N_("Department and official in charge"))),), 0.9),
        para(say(N_("To {office}"), office=data.about.office(say)), "lead"),
    ]


def transfer_letter(
    read: Session, *, id: int, language: str = "ko", recipient: str = "", signatory: str = ""
) -> Composed:
    """Return the letter by which a proposal goes to another agency (이송 공문).

    Raises UserError where it was not transferred.
    """
    data = facts(read, id=id, language=language)
    refuse(data, "transfer-letter")
    say, step = data.say, data.last(ProposalState.TRANSFERRED)
    assert step is not None
    sheet = Sheet(say)
    sheet.line(N_("This citizen’s proposal belongs to your duties. We send it to you, as follows."))
    known(sheet, replace(data, title=masked(data.title)[0]))
    sheet.fact(C_("proposal letter", "Proposer"), _proposer(data))
    sheet.fact(C_("proposal letter", "Transferred on"), say.day(step.on_day, "long"))
    sheet.fact(C_("proposal letter", "Its number with you"), step.outside_number)
    if step.reason.strip():
        sheet.text(WHY, step.reason)
    sheet.line(N_("Please go on with it, tell the proposer the result, and let us know."))
    sheet.line(
        N_("Contacts of the proposer are not written here; ask {office} for them where needed."),
        office=data.about.office(say),
    )
    letter = frame.Letter(
        name=f"{data.about.on:%Y-%m-%d} {data.number} {say(LETTER)}",
        head=say(LETTER),
        recipient=recipient or step.outside,
        subject=subject(LETTER, data),
        lines=(),
        signatory=signatory or mayor(read, data.about, say),
        more=sheet.ended(),
        attached=[say(N_("The proposal, one copy."))],
        enclosed=[content(data)],
        sent=filed.sent(read, say, kind="transfer-letter", about_id=id, personal=True),
    )
    return frame.composed(letter, data.about, city(read, data.about, say), say)


def _proposer(data: Facts) -> str:
    """Return who proposed as the other agency has to know; anonymous ones are not named."""
    main, others = data.main, len(data.people) - 1
    if main is None:
        return data.say(C_("proposal letter", "anonymous"))
    if others < 1:
        return main.name
    message = NN_("{name} and {n} other", "{name} and {n} others")
    return data.say(message, name=main.name, n=others)
