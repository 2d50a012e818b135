"""The yearly report on proposals (연간 실적 보고): what came, what became of it, what was adopted.

Due by 31 January of the next year under the national rule; the day is one of the profile's rules.
Every figure says what it counts. Nobody is named.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence

from sqlalchemy.orm import Session

from db.schema.proposals import Proposal
from db.vocab import DECIDED, ProposalRuleKey, ProposalState
from gwangju_desktop import clock
from gwangju_desktop.catalogue import frame
from gwangju_desktop.catalogue.halfyear import percent
from gwangju_desktop.catalogue.periods import Half, year_of
from gwangju_desktop.catalogue.proposal_checks import NONE, on_time
from gwangju_desktop.catalogue.proposal_lists import NOTHING, Line, lines, received_in
from gwangju_desktop.documents.blocks import Block, Column, para, table
from gwangju_desktop.documents.composed import Composed
from gwangju_desktop.documents.figures import Bar, BarFigure
from gwangju_desktop.documents.official import END
from gwangju_desktop.documents.styles import MM
from gwangju_desktop.meetings.documents.issuer import issued
from gwangju_desktop.proposals import fields, profiles
from gwangju_desktop.proposals.spans import Span
from gwangju_desktop.proposals.words import STATES
from gwangju_desktop.text import C_, N_, NN_, Msg, Words, words

YEARLY = C_("document", "Yearly report on proposals")
S = ProposalState
# What became of a proposal, in the order of the report: decisions first, then other ends.
_ENDS = (
    S.ADOPTED,
    S.PARTLY,
    S.NOT_ADOPTED,
    S.DEFERRED,
    S.CLOSED,
    S.CIVIL_PETITION,
    S.TRANSFERRED,
    S.MERGED,
    S.WITHDRAWN,
)
_ADOPTED = (S.ADOPTED, S.PARTLY)
_OPEN = C_("proposal report", "Not decided yet")
_NO_FIELD = C_("proposal report", "No field entered")


def year(read: Session, *, id: None = None, language: str = "ko", period: str = "") -> Composed:
    """Return the report of a year, by default of the last one.

    Raises UserError for a period that is no year.
    """
    say, today = words(language), clock.today()
    span = Half(year_of(period) if period else today.year - 1, 0)
    about = issued(read, body_id=None, on=today)
    whole = say(N_("{document}, {period}"), document=YEARLY, period=span.text(say))
    profile = profiles.of(read, profiles.standard(read), today)
    came = lines(read, say, received_in(span))
    blocks: list[Block] = [
        *frame.head(about.name(say), whole),
        *(para(line, "note") for line in _bases(span, len(came), today, profile, say)),
        frame.section(1, C_("proposal report", "Received and decided"), say),
        *frame.numbered(_summary(came, say), say),
        _outcomes(came, say),
        frame.section(2, C_("proposal report", "By field"), say),
        *_by_field(read, came, say),
        frame.section(3, C_("proposal report", "Adopted proposals followed up"), say),
        *_followed(read, span, profile.value(ProposalRuleKey.FOLLOW_UP), today, say),
        para(say(END)),
    ]
    name = f"{today:%Y-%m-%d} {whole}"
    return Composed(whole, name, about, language, (tuple(blocks),), head=say(YEARLY))


def _bases(
    span: Half, count: int, today: dt.date, profile: profiles.Profile, say: Words
) -> list[str]:
    """Return what the figures count, and until when the report is due."""
    message = NN_(
        "Counted: {n} proposal received in {period}, merged ones included, as of {day:long}.",
        "Counted: {n} proposals received in {period}, merged ones included, as of {day:long}.",
    )
    said = [say(message, n=count, period=span.text(say), day=today)]
    due = profile.value(ProposalRuleKey.YEAR_REPORT)
    if due is not None:
        day = dt.date(span.year + 1, *due)
        said.append(say(N_("To be handed in by {day:long}."), day=day))
    return said


def ending(line: Line) -> str | None:
    """Return what became of a proposal: its decision, or how it ended; None while it is open."""
    if line.adoption in DECIDED:
        return line.adoption
    return line.state if line.state in _ENDS else None


def _summary(came: Sequence[Line], say: Words) -> list[frame.Said]:
    ends = Counter(ending(one) for one in came)
    decided = sum(n for state, n in ends.items() if state in DECIDED)
    adopted = sum(ends[state] for state in _ADOPTED)
    clocked = [one for one in came if one.decided_on is not None and one.due_on is not None]
    kept = sum(on_time(one) for one in clocked)
    replied = sum(one.sent_on is not None for one in came)
    return [
        (
            1,
            say(C_("proposal report", "Received")),
            say(NN_("{n} proposal", "{n} proposals"), n=len(came)),
        ),
        (1, say(C_("proposal report", "Decided")), _of(decided, len(came), _RECEIVED, say)),
        (1, say(C_("proposal report", "Adopted, in part too")), _of(adopted, decided, _MADE, say)),
        (1, say(C_("proposal report", "In time")), _of(kept, len(clocked), _CLOCKED, say)),
        (1, say(C_("proposal report", "Replied")), _of(replied, len(came), _RECEIVED, say)),
    ]


_RECEIVED = N_("{part} of {whole} received ({share})")
_MADE = N_("{part} of {whole} decided ({share})")
_CLOCKED = N_("{part} of {whole} decided with a due day ({share})")


def _of(part: int, whole: int, message: Msg, say: Words) -> str:
    return say(message, part=part, whole=whole, share=percent(part, whole))


def _outcomes(came: Sequence[Line], say: Words) -> Block:
    """Return how many came to each end, as bars with their share of those received."""
    ends = Counter(ending(one) for one in came)
    rows = [(say(STATES[state]), ends[state], state in _ADOPTED) for state in _ENDS]
    rows.append((say(_OPEN), ends[None], False))
    bars = tuple(
        Bar(name, n, str(n), (percent(n, len(came)),), strong) for name, n, strong in rows if n
    )
    told = ", ".join(f"{bar.name} {bar.text}" for bar in bars)
    alternative = say(N_("What became of the proposals: {told}."), told=told or NOTHING)
    if not bars:
        return para(say(NONE))
    return BarFigure(bars, alternative, (say(C_("proposal report", "of received")),))


def _by_field(read: Session, came: Sequence[Line], say: Words) -> list[Block]:
    if not came:
        return [para(say(NONE))]
    named = {
        one.code: one.name_en if say.language == "en" and one.name_en else one.name_ko
        for one in fields.fields(read)
    }
    order = [*named, *sorted({one.field for one in came} - named.keys())]
    rows = []
    for code in order:
        inside = [one for one in came if one.field == code]
        if inside:
            name = named.get(code, code) if code else say(_NO_FIELD)
            rows.append([name, *_counts(inside)])
    rows.append([say(C_("proposal report", "Total")), *_counts(came)])
    columns = [
        Column(say(C_("proposal report", "Field")), 0.3, style="strong"),
        Column(say(C_("proposal report", "Received")), 0.14, "right", "number"),
        Column(say(STATES[S.ADOPTED]), 0.14, "right", "number"),
        Column(say(STATES[S.PARTLY]), 0.14, "right", "number"),
        Column(say(STATES[S.NOT_ADOPTED]), 0.14, "right", "number"),
        Column(say(_OPEN), 0.14, "right", "number"),
    ]
    caption = say(C_("proposal report", "By field"))
    return [table(columns, rows, min_row=7.5 * MM, grid=True, caption=caption)]


def _counts(inside: Sequence[Line]) -> list[str]:
    ends = Counter(ending(one) for one in inside)
    told = [ends[state] for state in (S.ADOPTED, S.PARTLY, S.NOT_ADOPTED, None)]
    return [str(n) for n in (len(inside), *told)]


def _followed(
    read: Session, span: Half, follow_up: Span | None, today: dt.date, say: Words
) -> list[Block]:
    """List what was adopted and is still followed up at the end of the year (3년 관리)."""
    found = [
        one
        for one in lines(
            read,
            say,
            Proposal.adoption.in_([state.value for state in _ADOPTED]),
            Proposal.decided_on <= span.last,
        )
        if one.decided_on is not None
        and (follow_up is None or follow_up.after(one.decided_on) >= span.first)
    ]
    if not found:
        return [para(say(NONE))]
    columns = [
        Column(say(C_("proposal list", "Number")), 0.13, style="strong"),
        Column(say(C_("proposal list", "Proposal")), 0.29),
        Column(say(C_("proposal list", "Department")), 0.15),
        Column(say(C_("proposal list", "Decided")), 0.155),
        Column(say(C_("proposal list", "To be implemented by")), 0.155),
        Column(say(C_("proposal list", "State")), 0.12),
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
