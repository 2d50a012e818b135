"""The yearly report on proposals (연간 실적 보고): what came, what became of it, what was adopted.

Due by 31 January of the next year under the national rule; the day is one of the profile's rules.
Every figure says what it counts. Nobody is named.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from db.schema.proposals import Proposal
from db.vocab import ProposalRuleKey, ProposalState
from gwangju_desktop import clock
from gwangju_desktop.catalogue import frame
from gwangju_desktop.catalogue import proposal_figures as figures
from gwangju_desktop.catalogue.periods import Half, year_of
from gwangju_desktop.catalogue.proposal_lists import NOTHING, lines
from gwangju_desktop.documents.blocks import Block, Column, para, table
from gwangju_desktop.documents.composed import Composed
from gwangju_desktop.documents.official import END
from gwangju_desktop.documents.styles import MM
from gwangju_desktop.meetings.documents.issuer import issued
from gwangju_desktop.proposals import profiles, statistics
from gwangju_desktop.proposals.spans import Span
from gwangju_desktop.proposals.statistics import BREAKDOWNS, FIELD, Part, Statistics
from gwangju_desktop.text import C_, N_, Words, words

YEARLY = C_("document", "Yearly report on proposals")
_ADOPTED = (ProposalState.ADOPTED.value, ProposalState.PARTLY.value)


def year(read: Session, *, id: None = None, language: str = "ko", period: str = "") -> Composed:
    """Return the report of a year, by default of the last one.

    Raises UserError for a period that is no year.
    """
    say, today = words(language), clock.today()
    span = Half(year_of(period) if period else today.year - 1, 0)
    about = issued(read, body_id=None, on=today)
    whole = say(N_("{document}, {period}"), document=YEARLY, period=span.text(say))
    profile = profiles.of(read, profiles.standard(read), today)
    counted = statistics.statistics(read, begins=span.first, ends=span.last, today=today)
    due = profile.value(ProposalRuleKey.YEAR_REPORT)
    blocks: list[Block] = [*frame.head(about.name(say), whole)]
    if due is not None:
        day = dt.date(span.year + 1, *due)
        blocks.append(para(say(N_("To be handed in by {day:long}."), day=day), "note"))
    blocks += [
        para(figures.base(counted, say), "note"),
        frame.section(1, C_("proposal report", "Received and decided"), say),
        *frame.numbered(figures.summary(counted, say), say),
        *figures.bases(say),
        *figures.outcomes(counted, say),
        frame.section(2, BREAKDOWNS[FIELD], say),
        *_by_field(read, counted, say),
        frame.section(3, C_("proposal report", "Adopted proposals followed up"), say),
        *_followed(read, span, profile.value(ProposalRuleKey.FOLLOW_UP), today, say),
        para(say(END)),
    ]
    name = f"{today:%Y-%m-%d} {whole}"
    return Composed(whole, name, about, language, (tuple(blocks),), head=say(YEARLY))


def _by_field(read: Session, counted: Statistics, say: Words) -> list[Block]:
    """Return the fields as a table with the sum of all: what was received, decided and adopted."""
    parts = counted.breakdowns[FIELD]
    if not parts:
        return [para(say(figures.NONE))]
    named = figures.names(read, FIELD, say)
    rows = [
        [figures.label(part, FIELD, named, say), *_cells(part)]
        for part in (*parts, _total(counted, say))
    ]
    columns = [
        Column(say(C_("proposal report", "Field")), 0.3, style="strong"),
        Column(say(C_("proposal report", "Received")), 0.12, "right", "number"),
        Column(say(C_("proposal list", "Decisions")), 0.16, "right", "number"),
        Column(say(C_("proposal list", "Adopted")), 0.12, "right", "number"),
        Column(say(C_("proposal list", "In time")), 0.16, "right", "number"),
        Column(say(C_("proposal report", "Open")), 0.14, "right", "number"),
    ]
    return [table(columns, rows, min_row=7.5 * MM, grid=True, caption=say(BREAKDOWNS[FIELD]))]


def _total(counted: Statistics, say: Words) -> Part:
    return Part(
        "",
        say(C_("proposal report", "Total")),
        counted.received,
        counted.decided,
        counted.adopted,
        counted.due,
        counted.on_time,
        counted.open,
        hidden=False,
    )


def _cells(part: Part) -> list[str]:
    counts = (part.received, part.decided, part.adopted)
    return [*(str(n) for n in counts), f"{part.on_time}/{part.due}", str(part.open)]


def _followed(
    read: Session, span: Half, follow_up: Span | None, today: dt.date, say: Words
) -> list[Block]:
    """List what was adopted and is still followed up at the end of the year (3년 관리)."""
    found = [
        one
        for one in lines(
            read,
            say,
            Proposal.adoption.in_(_ADOPTED),
            Proposal.decided_on <= span.last,
        )
        if one.decided_on is not None
        and (follow_up is None or follow_up.after(one.decided_on) >= span.first)
    ]
    if not found:
        return [para(say(figures.NONE))]
    columns = [
        Column(say(C_("proposal list", "Number")), 0.14, style="strong"),
        Column(say(C_("proposal list", "Proposal")), 0.21),
        Column(say(C_("proposal list", "Department")), 0.15),
        Column(say(C_("proposal list", "Decided")), 0.165),
        Column(say(C_("proposal list", "To be implemented by")), 0.165),
        Column(say(C_("proposal list", "State")), 0.17),
    ]
    rows = [
        [
            one.number,
            one.title,
            one.department or NOTHING,
            say.day(one.decided_on, "full"),
            say.day(one.planned_on, "full"),
            one.state_name,
        ]
        for one in found
    ]
    caption = say(C_("proposal report", "Adopted proposals followed up"))
    return [table(columns, rows, min_row=8 * MM, grid=True, caption=caption)]
