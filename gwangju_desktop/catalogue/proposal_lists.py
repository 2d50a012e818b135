"""Lists of proposals on paper: the register (접수 대장) and the lines other reports are made of.

Titles have personal numbers masked; neither contacts nor anything private is read.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from db.schema.handling import ProposalReply
from db.schema.proposals import OutsideNumber, Proposal, Proposer
from gwangju_desktop import clock
from gwangju_desktop.catalogue import frame
from gwangju_desktop.catalogue.periods import Half, Quarter, span_of
from gwangju_desktop.catalogue.proposal_facts import state_named
from gwangju_desktop.catalogue.proposal_sheet import masked
from gwangju_desktop.documents.blocks import Block, Cell, Column, para, table
from gwangju_desktop.documents.composed import Composed
from gwangju_desktop.documents.official import END
from gwangju_desktop.documents.styles import MM
from gwangju_desktop.meetings.documents.issuer import issued
from gwangju_desktop.meetings.documents.payment import ACROSS
from gwangju_desktop.proposals import clocks
from gwangju_desktop.proposals.words import CHANNELS
from gwangju_desktop.text import C_, N_, NN_, Words, words

REGISTER = C_("document", "Register of proposals")
NOTHING = "–"
ANONYMOUS = C_("proposal letter", "anonymous")


@dataclass(frozen=True, slots=True)
class Line:
    """One proposal of a list; `who` names the main proposer, "" where nobody is to be named.

    `state_name` is in the language of the document; `due_on` is how its last day was counted,
    whatever became of it since; `sent_on` is the day of its first reply.
    """

    id: int
    number: str
    title: str
    channel: str
    received_on: dt.date
    due_on: dt.date | None
    department: str
    field: str
    state: str
    state_name: str
    adoption: str | None
    decided_on: dt.date | None
    planned_on: dt.date | None
    review_on: dt.date | None
    implemented_on: dt.date | None
    effect_from: dt.date | None
    effect_measured_on: dt.date | None
    sent_on: dt.date | None
    who: str
    people: int
    outside: tuple[str, ...]


def lines(read: Session, say: Words, *where: ColumnElement[bool]) -> list[Line]:
    """List received proposals that meet all conditions, in the order of their numbers."""
    meant = select(Proposal.id).where(Proposal.number.is_not(None), *where)
    rows = read.execute(
        select(
            Proposal.id,
            Proposal.number,
            Proposal.title,
            Proposal.channel,
            Proposal.received_on,
            Proposal.department,
            Proposal.field,
            Proposal.state,
            Proposal.profile_id,
            Proposal.anonymous,
            Proposal.adoption,
            Proposal.decided_on,
            Proposal.planned_on,
            Proposal.review_on,
            Proposal.implemented_on,
            Proposal.effect_from,
            Proposal.effect_measured_on,
        )
        .where(Proposal.id.in_(meant))
        .order_by(Proposal.number_year, Proposal.number_drawn, Proposal.id)
    ).all()
    who = _who(read, meant)
    outside = _outside(read, meant)
    sent = _sent(read, meant)
    counting = clocks.Counting(read)
    counted = clocks.several(read, [row.id for row in rows], running=False, keep=counting)
    made = []
    for row in rows:
        named = who.get(row.id, ("", 0))
        word = counting.profile(row.profile_id, row.received_on).states.get(row.state)
        made.append(
            Line(
                id=row.id,
                number=row.number,
                title=masked(row.title)[0],
                channel=row.channel,
                received_on=row.received_on,
                due_on=counted[row.id].due_on if row.id in counted else None,
                department=row.department,
                field=row.field,
                state=row.state,
                state_name=state_named(word, row.state, say),
                adoption=row.adoption,
                decided_on=row.decided_on,
                planned_on=row.planned_on,
                review_on=row.review_on,
                implemented_on=row.implemented_on,
                effect_from=row.effect_from,
                effect_measured_on=row.effect_measured_on,
                sent_on=sent.get(row.id),
                who="" if row.anonymous else named[0],
                people=named[1],
                outside=tuple(outside.get(row.id, ())),
            )
        )
    return made


def _who(read: Session, meant: object) -> dict[int, tuple[str, int]]:
    """Return the main proposer of each, and how many proposed it."""
    found: dict[int, tuple[str, int]] = {}
    rows = read.execute(
        select(Proposer.proposal_id, Proposer.name)
        .where(Proposer.proposal_id.in_(meant))  # type: ignore[arg-type]
        .order_by(Proposer.proposal_id, Proposer.share.desc(), Proposer.position)
    )
    for row in rows:
        name, count = found.get(row.proposal_id, (row.name, 0))
        found[row.proposal_id] = (name or row.name, count + 1)
    return found


def _outside(read: Session, meant: object) -> Mapping[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    rows = read.execute(
        select(OutsideNumber.proposal_id, OutsideNumber.system, OutsideNumber.number)
        .where(OutsideNumber.proposal_id.in_(meant))  # type: ignore[arg-type]
        .order_by(OutsideNumber.id)
    )
    for row in rows:
        found[row.proposal_id].append(f"{row.system} {row.number}")
    return found


def _sent(read: Session, meant: object) -> dict[int, dt.date]:
    rows = read.execute(
        select(ProposalReply.proposal_id, func.min(ProposalReply.sent_on))
        .where(ProposalReply.proposal_id.in_(meant), ProposalReply.sent_on.is_not(None))  # type: ignore[arg-type]
        .group_by(ProposalReply.proposal_id)
    )
    return {id: day for id, day in rows.all() if day is not None}


def received_in(span: Half | Quarter) -> ColumnElement[bool]:
    """Return the condition that a proposal came in a span of days."""
    return Proposal.received_on.between(span.first, span.last)


def latest_year(read: Session, today: dt.date) -> Half:
    """Return the last year anything came in, by default this one."""
    last = read.scalar(select(func.max(Proposal.received_on)).where(Proposal.number.is_not(None)))
    return Half((last or today).year, 0)


def register(read: Session, *, id: None = None, language: str = "ko", period: str = "") -> Composed:
    """Return the register of the proposals that came in a year, a half of it or a quarter.

    By default of the last year any came in. Raises UserError for a period there is none of.
    """
    say, today = words(language), clock.today()
    span = span_of(period) if period else latest_year(read, today)
    about = issued(read, body_id=None, on=today)
    found = lines(read, say, received_in(span))
    whole = say(N_("{document}, {period}"), document=REGISTER, period=span.text(say))
    count = say(
        NN_("{n} proposal, as of {day:full}.", "{n} proposals, as of {day:full}."),
        n=len(found),
        day=today,
    )
    blocks: list[Block] = [*frame.head(about.name(say), whole), para(count, "note")]
    if found:
        blocks.append(_table(found, say))
    blocks.append(para(say(END)))
    name = f"{today:%Y-%m-%d} {whole}"
    return Composed(
        whole, name, about, language, (tuple(blocks),), head=say(REGISTER), theme=ACROSS
    )


def _table(found: Sequence[Line], say: Words) -> Block:
    columns = [
        Column(say(C_("proposal list", "Number")), 0.08, style="strong"),
        Column(say(C_("proposal list", "Received")), 0.128),
        Column(say(C_("proposal list", "Came by")), 0.083, style="small"),
        Column(say(C_("proposal list", "Proposal")), 0.146),
        Column(say(C_("proposal list", "Proposer")), 0.095),
        Column(say(C_("proposal list", "Department")), 0.112),
        Column(say(C_("proposal list", "Due")), 0.128),
        Column(say(C_("proposal list", "State")), 0.1, style="small"),
        Column(say(C_("proposal list", "Replied")), 0.128),
    ]
    rows: list[list[str | Cell]] = [
        [
            line.number,
            say.day(line.received_on, "long"),
            say(CHANNELS[line.channel]),
            _titled(line),
            proposers(line, say),
            line.department or NOTHING,
            say.day(line.due_on, "long"),
            line.state_name,
            say.day(line.sent_on, "long"),
        ]
        for line in found
    ]
    return table(columns, rows, min_row=8 * MM, grid=True, caption=say(REGISTER))


def _titled(line: Line) -> Cell:
    """Return a title, and below it the numbers of other systems."""
    return (para(line.title, "cell"), *(para(number, "small") for number in line.outside))


def proposers(line: Line, say: Words) -> str:
    """Return who proposed as the office's own lists say it."""
    if not line.who:
        return say(ANONYMOUS)
    if line.people < 2:
        return line.who
    message = NN_("{name} and {n} other", "{name} and {n} others")
    return say(message, name=line.who, n=line.people - 1)
