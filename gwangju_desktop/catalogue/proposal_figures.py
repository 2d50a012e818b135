"""Proposals in figures (제안 처리 통계), with charts; every figure says what it is a share of.

Counted by proposals.statistics, as the screen shows it. Groups of people too small to be published
stand as an asterisk.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from sqlalchemy.orm import Session

from gwangju_desktop import clock
from gwangju_desktop.catalogue import frame
from gwangju_desktop.catalogue.halfyear import percent
from gwangju_desktop.catalogue.periods import span_of
from gwangju_desktop.catalogue.proposal_lists import latest_year
from gwangju_desktop.documents.blocks import Block, Column, para, table
from gwangju_desktop.documents.composed import Composed
from gwangju_desktop.documents.figures import Bar, BarFigure
from gwangju_desktop.documents.official import END
from gwangju_desktop.documents.styles import MM
from gwangju_desktop.meetings.documents.issuer import issued
from gwangju_desktop.proposals import listing, statistics
from gwangju_desktop.proposals.statistics import (
    ADOPTED,
    ADOPTED_BASE,
    BREAKDOWNS,
    DISTRICT,
    FIELD,
    MONTH,
    ON_TIME_BASE,
    OUTCOMES,
    REPLIED_BASE,
    Part,
    Statistics,
)
from gwangju_desktop.text import C_, N_, NN_, Msg, Words, words

FIGURES = C_("document", "Proposals in figures")
HIDDEN = "*"
NONE = C_("proposal report", "None.")
# More rows than these are a table without bars.
_MOST_BARS = 14


def figures(read: Session, *, id: None = None, language: str = "ko", period: str = "") -> Composed:
    """Return the figures of the proposals received in a year, a half of it or a quarter.

    By default of the last year any came in. Raises UserError for a period there is none of.
    """
    say, today = words(language), clock.today()
    span = span_of(period) if period else latest_year(read, today)
    about = issued(read, body_id=None, on=today)
    counted = statistics.statistics(read, begins=span.first, ends=span.last, today=today)
    whole = say(N_("{document}, {period}"), document=FIGURES, period=span.text(say))
    blocks: list[Block] = [
        *frame.head(about.name(say), whole),
        para(base(counted, say), "note"),
        frame.section(1, C_("proposal report", "Received and decided"), say),
        *frame.numbered(summary(counted, say), say),
        *bases(say),
        frame.section(2, C_("proposal report", "What became of them"), say),
        *outcomes(counted, say),
    ]
    for number, name in enumerate(BREAKDOWNS, 3):
        blocks += [
            frame.section(number, BREAKDOWNS[name], say),
            *breakdown(read, counted, name, say),
        ]
    if counted.any_hidden:
        message = N_("* Fewer than {least}, or what would give such a number away.")
        blocks.append(para(say(message, least=counted.least), "note"))
    blocks.append(para(say(END)))
    name = f"{today:%Y-%m-%d} {whole}"
    return Composed(whole, name, about, language, (tuple(blocks),), head=say(FIGURES))


def base(counted: Statistics, say: Words) -> str:
    """Return what is counted: how many proposals, received when, as of which day."""
    message = NN_(
        "Counted: {n} proposal received {days}, merged ones included, as of {day:long}.",
        "Counted: {n} proposals received {days}, merged ones included, as of {day:long}.",
    )
    days = say.days(counted.begins, counted.ends)
    return say(message, n=counted.received, days=days, day=counted.as_of)


def summary(counted: Statistics, say: Words) -> list[frame.Said]:
    """Return the figures of all, each beside its base."""
    days = C_("proposal report", "Days until the reply")
    average = say(N_("{days:.1f} on average"), days=counted.reply_days or 0)
    rows: list[tuple[Msg, str]] = [
        (
            C_("proposal report", "Received"),
            say(NN_("{n} proposal", "{n} proposals"), n=counted.received),
        ),
        (
            C_("proposal report", "Decided"),
            _of(counted.decided, counted.received, N_("{part} of {whole} received ({share})"), say),
        ),
        (
            C_("proposal report", "Adopted, in part too"),
            _of(counted.adopted, counted.decided, N_("{part} of {whole} decided ({share})"), say),
        ),
        (
            C_("proposal report", "In time"),
            _of(
                counted.on_time,
                counted.due,
                N_("{part} of {whole} decided or overdue ({share})"),
                say,
            ),
        ),
        (
            C_("proposal report", "Replied"),
            _of(counted.replied, counted.decided, N_("{part} of {whole} decided ({share})"), say),
        ),
        (days, average if counted.reply_days is not None else ""),
        (
            C_("proposal report", "Open"),
            say(N_("{n}, of which {over} overdue"), n=counted.open, over=counted.over),
        ),
    ]
    return [(1, say(term), value) for term, value in rows if value]


def bases(say: Words) -> list[Block]:
    """Return what the shares of the summary are shares of."""
    terms = (
        (C_("proposal report", "In time"), ON_TIME_BASE),
        (C_("proposal report", "Adopted, in part too"), ADOPTED_BASE),
        (C_("proposal report", "Replied"), REPLIED_BASE),
    )
    return [para(f"{say(term)}: {say(said)}", "note") for term, said in terms]


def _of(part: int, whole: int, message: Msg, say: Words) -> str:
    return say(message, part=part, whole=whole, share=percent(part, whole))


def outcomes(counted: Statistics, say: Words) -> list[Block]:
    """Return what became of all, as bars with their share of those received."""
    bars = tuple(
        Bar(
            say(OUTCOMES[code]),
            n,
            str(n),
            (percent(n, counted.received),),
            strong=code in ADOPTED,
        )
        for code, n in counted.outcomes.items()
        if n
    )
    if not bars:
        return [para(say(NONE))]
    told = ", ".join(f"{bar.name} {bar.text}" for bar in bars)
    alternative = say(N_("What became of the proposals: {told}."), told=told)
    return [BarFigure(bars, alternative, (say(C_("proposal report", "of received")),))]


def breakdown(read: Session, counted: Statistics, name: str, say: Words) -> list[Block]:
    """Return the groups of one breakdown: bars of those received, decisions beside them."""
    parts = counted.breakdowns[name]
    if not any(part.received for part in parts):
        return [para(say(NONE))]
    named = names(read, name, say)
    heads = (
        say(C_("proposal list", "Decisions")),
        say(C_("proposal list", "Adopted")),
        say(C_("proposal list", "In time")),
    )
    rows = [(label(part, name, named, say), *_cells(part)) for part in parts]
    shown = [part for part in parts if not part.hidden]
    most = max(shown, key=lambda part: part.received, default=None)
    blocks: list[Block] = []
    if most is not None and len(parts) > 1:
        said = say(
            N_("Most: {name}, {n} of {whole} received ({share})."),
            name=label(most, name, named, say),
            n=most.received,
            whole=counted.received,
            share=percent(most.received, counted.received),
        )
        blocks.append(para(said, keep=True))
    if len(parts) > _MOST_BARS:
        columns = [
            Column(say(BREAKDOWNS[name]), 0.36, style="strong"),
            Column(say(C_("proposal report", "Received")), 0.16, "right", "number"),
            *(Column(head, 0.16, "right", "number") for head in heads),
        ]
        made = table(columns, rows, min_row=6.5 * MM, grid=True, caption=say(BREAKDOWNS[name]))
        return [*blocks, made]
    bars = tuple(
        Bar(row[0], 0 if part.hidden else part.received, row[1], row[2:], strong=part is most)
        for part, row in zip(parts, rows, strict=True)
    )
    told = ", ".join(f"{bar.name} {bar.text}" for bar in bars)
    alternative = say(N_("{title}: {told}."), title=BREAKDOWNS[name], told=told)
    return [*blocks, BarFigure(bars, alternative, heads)]


def _cells(part: Part) -> tuple[str, str, str, str]:
    if part.hidden:
        return (HIDDEN, HIDDEN, HIDDEN, HIDDEN)
    in_time = f"{part.on_time}/{part.due}" if part.due else "–"
    return (str(part.received), str(part.decided), str(part.adopted), in_time)


def names(read: Session, name: str, say: Words) -> Mapping[str, str]:
    """Return the names of fields or districts in the language of the document."""
    if name == FIELD:
        found = listing.field_names(read)
    elif name == DISTRICT:
        found = listing.district_names(read)
    else:
        return {}
    return {
        code: english if say.language == "en" and english else korean
        for code, (korean, english) in found.items()
    }


def label(part: Part, name: str, named: Mapping[str, str], say: Words) -> str:
    """Return what a group is called."""
    if name == MONTH:
        year, month = part.code.split("-")
        return say.day(dt.date(int(year), int(month), 1), "month")
    return named.get(part.code) or say(part.label)
