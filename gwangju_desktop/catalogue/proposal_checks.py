"""The quarterly check of proposals (분기 점검표): what the quarter brought, what has to be looked at.

What is over due, what was promised, what waits; a column is left for what was found.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from db.schema.handling import ProposalOpinion, ProposalSupplement
from db.schema.proposals import Proposal
from db.vocab import DECIDED, ProposalRuleKey, ProposalState
from gwangju_desktop import clock
from gwangju_desktop.catalogue import frame
from gwangju_desktop.catalogue.halfyear import percent
from gwangju_desktop.catalogue.periods import Quarter, quarter_before, quarter_of
from gwangju_desktop.catalogue.proposal_figures import NONE
from gwangju_desktop.catalogue.proposal_lists import Line, lines, received_in
from gwangju_desktop.documents.blocks import Answer, Answers, Block, Column, Space, para, table
from gwangju_desktop.documents.composed import Composed
from gwangju_desktop.documents.figures import NoteLines
from gwangju_desktop.documents.official import END
from gwangju_desktop.documents.styles import MM
from gwangju_desktop.meetings.documents.issuer import issued
from gwangju_desktop.proposals import profiles
from gwangju_desktop.proposals.words import STATES
from gwangju_desktop.text import C_, N_, NN_, Msg, Words, words

QUARTER = C_("document", "Quarterly check of proposals")
_PROMISED = (
    ProposalState.ADOPTED,
    ProposalState.PARTLY,
    ProposalState.REPLIED,
    ProposalState.IMPLEMENTING,
    ProposalState.DELAYED,
)
_ADOPTED = (ProposalState.ADOPTED, ProposalState.PARTLY)
_NOTE_LINES = 3


@dataclass(frozen=True, slots=True)
class Look:
    """One thing to look at: a proposal or an opinion on it, its day and how it stands."""

    number: str
    title: str
    department: str
    day: dt.date | None
    state: str


def quarter(read: Session, *, id: None = None, language: str = "ko", period: str = "") -> Composed:
    """Return the check of a quarter, by default of the last one that is over.

    Raises UserError for a period that is no quarter.
    """
    say, today = words(language), clock.today()
    span = quarter_of(period) if period else quarter_before(today)
    about = issued(read, body_id=None, on=today)
    whole = say(N_("{document}, {period}"), document=QUARTER, period=span.text(say))
    blocks: list[Block] = [
        *frame.head(about.name(say), whole),
        para(say(N_("As of {day:long}."), day=today), "note"),
        frame.section(1, C_("proposal check", "The quarter in figures"), say),
        *frame.numbered(_figures(read, span, say), say),
    ]
    for number, (title, found) in enumerate(_looks(read, span, say, today), 2):
        blocks += [frame.section(number, title, say), _table(title, found, say)]
    blocks += [
        frame.section(number + 1, C_("proposal check", "Result of the check"), say),
        NoteLines(_NOTE_LINES),
        Answers((Answer(say(C_("form", "Date"))), Answer(say(N_("Checked by")))), 1.0),
        Space(2 * MM),
        para(say(END)),
    ]
    name = f"{today:%Y-%m-%d} {whole}"
    return Composed(whole, name, about, language, (tuple(blocks),), head=say(QUARTER))


def _figures(read: Session, span: Quarter, say: Words) -> list[frame.Said]:
    came = lines(read, say, received_in(span))
    decided = lines(read, say, Proposal.decided_on.between(span.first, span.last))
    clocked = [one for one in decided if one.due_on is not None]
    kept = [one for one in clocked if on_time(one)]
    counted = [
        f"{say(STATES[state])} {n}"
        for state in sorted(DECIDED, key=list(ProposalState).index)
        if (n := sum(one.adoption == state for one in decided))
    ]
    made = say(NN_("{n} proposal", "{n} proposals"), n=len(decided))
    share = N_("{part} of {whole} decided with a due day ({share})")
    return [
        (
            1,
            say(C_("proposal report", "Received")),
            say(NN_("{n} proposal", "{n} proposals"), n=len(came)),
        ),
        (
            1,
            say(C_("proposal report", "Decided")),
            f"{made} ({' · '.join(counted)})" if counted else made,
        ),
        (
            1,
            say(C_("proposal report", "In time")),
            say(share, part=len(kept), whole=len(clocked), share=percent(len(kept), len(clocked))),
        ),
    ]


def on_time(line: Line) -> bool:
    """Say whether a proposal was decided by its due day."""
    return (
        line.due_on is not None and line.decided_on is not None and line.decided_on <= line.due_on
    )


def _looks(
    read: Session, span: Quarter, say: Words, today: dt.date
) -> list[tuple[Msg, list[Look]]]:
    return [
        (
            C_("proposal check", "Decision or reply overdue"),
            [
                _look(one, one.due_on, _over(one.due_on, today, say))
                for one in lines(read, say, Proposal.due_on < today)
            ],
        ),
        (C_("proposal check", "Opinions overdue"), _opinions(read, say, today)),
        (C_("proposal check", "Supplements overdue"), _supplements(read, say, today)),
        (
            C_("proposal check", "Deferred, to be reviewed"),
            [
                _look(one, one.review_on, one.state_name)
                for one in lines(
                    read,
                    say,
                    Proposal.adoption == ProposalState.DEFERRED.value,
                    Proposal.state.in_((ProposalState.DEFERRED.value, ProposalState.REPLIED.value)),
                    Proposal.review_on <= max(today, span.last),
                )
            ],
        ),
        (
            C_("proposal check", "Adopted, to be implemented"),
            [
                _look(one, one.planned_on, one.state_name)
                for one in lines(
                    read,
                    say,
                    Proposal.adoption.in_([one.value for one in _ADOPTED]),
                    Proposal.state.in_([one.value for one in _PROMISED]),
                )
            ],
        ),
        (C_("proposal check", "Effect to be measured"), _effects(read, say, today)),
    ]


def _look(line: Line, day: dt.date | None, state: str) -> Look:
    return Look(line.number, line.title, line.department, day, state)


def _over(day: dt.date | None, today: dt.date, say: Words) -> str:
    if day is None or day >= today:
        return ""
    return say(NN_("{n} day over", "{n} days over"), n=(today - day).days)


def _opinions(read: Session, say: Words, today: dt.date) -> list[Look]:
    waiting = (
        ProposalOpinion.answered_on.is_(None),
        ProposalOpinion.withdrawn_on.is_(None),
        ProposalOpinion.due_on < today,
    )
    rows = read.execute(
        select(ProposalOpinion.proposal_id, ProposalOpinion.department, ProposalOpinion.due_on)
        .where(*waiting)
        .order_by(ProposalOpinion.due_on, ProposalOpinion.id)
    ).all()
    asked = select(ProposalOpinion.proposal_id).where(*waiting)
    known = {one.id: one for one in lines(read, say, Proposal.id.in_(asked))}
    return [
        Look(
            known[row.proposal_id].number,
            known[row.proposal_id].title,
            row.department,
            row.due_on,
            _over(row.due_on, today, say),
        )
        for row in rows
        if row.proposal_id in known
    ]


def _supplements(read: Session, say: Words, today: dt.date) -> list[Look]:
    waiting = (ProposalSupplement.came_on.is_(None), ProposalSupplement.until_on < today)
    rows = read.execute(
        select(ProposalSupplement.proposal_id, ProposalSupplement.until_on)
        .where(*waiting)
        .order_by(ProposalSupplement.until_on, ProposalSupplement.id)
    ).all()
    asked = select(ProposalSupplement.proposal_id).where(*waiting)
    open_ones = Proposal.state == ProposalState.SUPPLEMENT.value
    known = {one.id: one for one in lines(read, say, Proposal.id.in_(asked), open_ones)}
    return [
        _look(known[row.proposal_id], row.until_on, _over(row.until_on, today, say))
        for row in rows
        if row.proposal_id in known
    ]


def _effects(read: Session, say: Words, today: dt.date) -> list[Look]:
    """List the implemented ones whose effect is to be measured by now (1년 뒤)."""
    after = profiles.of(read, profiles.standard(read), today).value(ProposalRuleKey.EFFECT_AFTER)
    if after is None:
        return []
    found = lines(
        read,
        say,
        Proposal.effect_measured_on.is_(None),
        or_(Proposal.effect_from.is_not(None), Proposal.implemented_on.is_not(None)),
    )
    dated = [(one, after.after(one.effect_from or one.implemented_on)) for one in found]
    return [_look(one, day, one.state_name) for one, day in dated if day <= today]


def _table(title: Msg, found: Sequence[Look], say: Words) -> Block:
    if not found:
        return para(say(NONE))
    columns = [
        Column(say(C_("proposal list", "Number")), 0.14, style="strong"),
        Column(say(C_("proposal list", "Proposal")), 0.215),
        Column(say(C_("proposal list", "Department")), 0.15),
        Column(say(C_("proposal list", "Day")), 0.21),
        Column(say(C_("proposal list", "State")), 0.17),
        Column(say(C_("proposal check", "Found")), 0.115),
    ]
    rows = [
        [one.number, one.title, one.department or "–", say.day(one.day, "long"), one.state, ""]
        for one in found
    ]
    return table(columns, rows, min_row=9 * MM, grid=True, caption=say(title))
