"""How the committees run (위원회 운영현황): half-yearly, for one body or the whole office.

Meetings held and the share in writing, attendance, composition, allowances paid. Every committee
reports it to the overall department twice a year (각종위원회 조례 제12조).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from db.schema.meetings import AgendaItem, Attendance, Meeting
from db.schema.members import Body, Membership
from db.vocab import OVER, MeetingKind, Presence
from gwangju_desktop import clock
from gwangju_desktop.catalogue import frame
from gwangju_desktop.catalogue.periods import Half, before, half_of
from gwangju_desktop.documents.blocks import Block, Column, para, table
from gwangju_desktop.documents.composed import Composed
from gwangju_desktop.documents.money import in_words
from gwangju_desktop.documents.official import END
from gwangju_desktop.documents.styles import MM
from gwangju_desktop.errors import UserError
from gwangju_desktop.meetings import allowances
from gwangju_desktop.meetings.documents.issuer import issued
from gwangju_desktop.meetings.documents.payment import ACROSS
from gwangju_desktop.meetings.register import DECISIONS
from gwangju_desktop.meetings.rules import spoken_title
from gwangju_desktop.meetings.words import MEETING_KINDS
from gwangju_desktop.members import bodies, tallies
from gwangju_desktop.members.tallies import Tally
from gwangju_desktop.text import C_, N_, NN_, Words, words

TITLE = C_("document", "How the committees run")
NOTHING = "–"


@dataclass(frozen=True, slots=True)
class Held:
    """One meeting that was held; counts are None where no attendance sheet is known.

    `spent` is None where the allowance cannot be worked out.
    """

    body_id: int
    title: str
    kind: str
    day: dt.date
    enrolled: int | None
    came: int | None
    items: int
    decided: int
    spent: int | None

    @property
    def written(self) -> bool:
        """Say whether it was a written resolution."""
        return self.kind == MeetingKind.WRITTEN


@dataclass(frozen=True, slots=True)
class Run:
    """How one body ran: its name, its make-up on the last day, its meetings."""

    body_id: int
    name: str
    tally: Tally
    held: tuple[Held, ...]


def half_year(read: Session, *, id: int | None, language: str = "ko", period: str = "") -> Composed:
    """Return the report of a body or of all; `period` is a half-year or a year, 2022-1 or 2022.

    By default the last half-year that is over. Raises UserError for no such body or period.
    """
    say = words(language)
    today = clock.today()
    half = half_of(period) if period else before(today)
    about = issued(read, body_id=id, on=today)
    last = min(half.last, today)
    found = runs(read, half, last, say, body_id=id)
    held = [one for run in found for one in run.held]
    title = say(TITLE)
    whole = say(N_("{document}, {period}"), document=title, period=half.text(say))
    shown = [para(line, "note") for line in _bases(found, held, last, say)]
    blocks: list[Block] = [
        *frame.head(about.name(say), whole),
        frame.section(1, C_("half-year", "Summary"), say),
        *frame.numbered(_summary(found, held, say), say),
        frame.section(2, C_("half-year", "By committee"), say),
        _by_body(found, say),
        *shown,
        frame.section(3, C_("half-year", "Meetings"), say),
        *_meetings(found, say),
        para(say(END)),
    ]
    name = f"{today:%Y-%m-%d} {whole}"
    if id is not None:
        name = f"{today:%Y-%m-%d} {about.name(say)} {whole}"
    return Composed(whole, name, about, language, (tuple(blocks),), head=title, theme=ACROSS)


def runs(
    read: Session, half: Half, last: dt.date, say: Words, *, body_id: int | None = None
) -> list[Run]:
    """Return how the bodies ran that existed in a period, in their own order."""
    query = (
        select(Body.id)
        .where(
            or_(Body.founded_on.is_(None), Body.founded_on <= half.last),
            or_(Body.dissolved_on.is_(None), Body.dissolved_on >= half.first),
        )
        .order_by(Body.position, Body.id)
    )
    if body_id is not None:
        query = query.where(Body.id == body_id)
    by_body: dict[int, list[Held]] = {}
    for one in held_in(read, half, say):
        by_body.setdefault(one.body_id, []).append(one)
    found = []
    for id in read.scalars(query).all():
        names = bodies.names_on(read, id, last)
        name = names[1] if say.language == "en" and names[1] else names[0]
        tally = tallies.tally(read, id, last)
        found.append(Run(id, name, tally, tuple(by_body.get(id, ()))))
    return found


def held_in(read: Session, half: Half, say: Words) -> list[Held]:
    """List the meetings held in a period, the first first."""
    first = dt.datetime.combine(half.first, dt.time(), clock.KST)
    after = dt.datetime.combine(half.last + dt.timedelta(days=1), dt.time(), clock.KST)
    found = read.scalars(
        select(Meeting)
        .where(Meeting.state.in_(OVER), Meeting.starts_at >= first, Meeting.starts_at < after)
        .order_by(Meeting.starts_at, Meeting.id)
    ).all()
    ids = [meeting.id for meeting in found]
    seats, came = _seats(read, ids), _seats(read, ids, came=True)
    items, decided = _items(read, ids), _items(read, ids, decided=True)
    return [
        Held(
            body_id=meeting.body_id,
            title=spoken_title(meeting.title, say),
            kind=meeting.kind,
            day=clock.local(meeting.starts_at).date(),
            enrolled=meeting.enrolled_at_opening or seats.get(meeting.id),
            came=came.get(meeting.id, 0) if meeting.id in seats else None,
            items=items.get(meeting.id, 0),
            decided=decided.get(meeting.id, 0),
            spent=_spent(read, meeting.id),
        )
        for meeting in found
    ]


def _seats(read: Session, ids: Sequence[int], *, came: bool = False) -> dict[int, int]:
    query = (
        select(Attendance.meeting_id, func.count())
        .join(Membership, Membership.id == Attendance.membership_id)
        .where(Attendance.meeting_id.in_(ids), Membership.voting.is_(True))
        .group_by(Attendance.meeting_id)
    )
    if came:
        query = query.where(Attendance.presence.in_((Presence.PRESENT, Presence.LEFT)))
    return {row[0]: row[1] for row in read.execute(query).all()}


def _items(read: Session, ids: Sequence[int], *, decided: bool = False) -> dict[int, int]:
    query = (
        select(AgendaItem.meeting_id, func.count())
        .where(AgendaItem.meeting_id.in_(ids), AgendaItem.label != "")
        .group_by(AgendaItem.meeting_id)
    )
    if decided:
        query = query.where(AgendaItem.outcome.in_(DECISIONS))
    return {row[0]: row[1] for row in read.execute(query).all()}


def _spent(read: Session, meeting_id: int) -> int | None:
    try:
        return allowances.pay_sheet(read, meeting_id=meeting_id).total.gross
    except UserError:
        # No tax rates are known for its day: the sum is for a person to work out.
        return None


def percent(part: int, whole: int) -> str:
    """Write a share with one decimal, rounded half up, in whole numbers; a dash of nothing."""
    if not whole:
        return NOTHING
    tenths = (2000 * part + whole) // (2 * whole)
    return f"{tenths // 10}.{tenths % 10}%"


def _rate(held: Sequence[Held]) -> str:
    sat = [one for one in held if not one.written and one.came is not None and one.enrolled]
    return percent(sum(one.came or 0 for one in sat), sum(one.enrolled or 0 for one in sat))


def _summary(found: Sequence[Run], held: Sequence[Held], say: Words) -> list[frame.Said]:
    written = sum(one.written for one in held)
    spent = sum(one.spent or 0 for one in held)
    without = sum(not run.held for run in found)
    money = in_words(spent) if say.language == "ko" else f"{spent:,} won"
    lines: list[frame.Said] = [
        (
            1,
            say(C_("half-year", "Committees")),
            say(N_("{n}, of which {without} held no meeting"), n=len(found), without=without),
        ),
        (
            1,
            say(C_("half-year", "Meetings")),
            say(
                N_("{n}: {sat} sat, {written} in writing ({share})"),
                n=len(held),
                sat=len(held) - written,
                written=written,
                share=percent(written, len(held)),
            ),
        ),
        (1, say(C_("half-year", "Attendance")), _rate(held)),
        (
            1,
            say(C_("half-year", "Items")),
            say(
                N_("{n}, of which {decided} decided"),
                n=sum(one.items for one in held),
                decided=sum(one.decided for one in held),
            ),
        ),
        (1, say(C_("half-year", "Allowances")), money),
    ]
    return lines


def _by_body(found: Sequence[Run], say: Words) -> Block:
    columns = [
        Column(say(C_("half-year", "Committee")), 0.185, style="strong"),
        Column(say(C_("half-year", "Members (ex officio / appointed)")), 0.105, "right", "number"),
        Column(say(C_("half-year", "Women of appointed")), 0.1, "right", "number"),
        Column(say(C_("half-year", "Youth of appointed")), 0.1, "right", "number"),
        Column(say(C_("half-year", "Appointed share")), 0.08, "right", "number"),
        Column(say(C_("half-year", "Meetings (written)")), 0.08, "right", "number"),
        Column(say(C_("half-year", "Share in writing")), 0.075, "right", "number"),
        Column(say(C_("half-year", "Attendance rate")), 0.09, "right", "number"),
        Column(say(C_("half-year", "Items (decided)")), 0.075, "right", "number"),
        Column(say(C_("half-year", "Allowances (won)")), 0.11, "right", "number"),
    ]
    rows = [_row(run, say) for run in found]
    if len(found) > 1:
        held = [one for run in found for one in run.held]
        total = _totals([run.tally for run in found])
        rows.append([say(C_("half-year", "Total")), *_counts(total, held)])
    return table(columns, rows, min_row=9 * MM, grid=True, caption=say(TITLE))


def _row(run: Run, say: Words) -> list[str]:
    return [run.name, *_counts(run.tally, run.held)]


def _counts(counted: Tally, held: Sequence[Held]) -> list[str]:
    written = sum(one.written for one in held)
    appointed = counted.appointed
    return [
        f"{counted.enrolled} ({counted.enrolled - appointed} / {appointed})",
        _of(counted.women, appointed),
        _of(counted.youth, appointed),
        percent(appointed, counted.enrolled),
        f"{len(held)} ({written})",
        percent(written, len(held)),
        _rate(held),
        f"{sum(one.items for one in held)} ({sum(one.decided for one in held)})",
        f"{sum(one.spent or 0 for one in held):,}",
    ]


def _of(part: int, whole: int) -> str:
    return f"{part} ({percent(part, whole)})" if whole else NOTHING


def _totals(counted: Sequence[Tally]) -> Tally:
    return Tally(
        enrolled=sum(one.enrolled for one in counted),
        appointed=sum(one.appointed for one in counted),
        women=sum(one.women for one in counted),
        youth=sum(one.youth for one in counted),
    )


def _meetings(found: Sequence[Run], say: Words) -> list[Block]:
    rows = []
    for run in found:
        for one in run.held:
            came = f"{one.came}/{one.enrolled}" if one.came is not None else NOTHING
            sat = not one.written
            rows.append(
                [
                    run.name,
                    one.title,
                    say.day(one.day, "long"),
                    say(MEETING_KINDS[one.kind]),
                    came if sat else NOTHING,
                    percent(one.came, one.enrolled or 0)
                    if sat and one.came is not None
                    else NOTHING,
                    f"{one.items} ({one.decided})",
                    f"{one.spent:,}" if one.spent is not None else NOTHING,
                ]
            )
    if not rows:
        return [para(say(N_("No meeting was held.")))]
    columns = [
        Column(say(C_("half-year", "Committee")), 0.235, style="strong"),
        Column(say(C_("half-year", "Meeting")), 0.17),
        Column(say(C_("half-year", "Day")), 0.145),
        Column(say(C_("half-year", "Kind")), 0.11),
        Column(say(C_("half-year", "Attended")), 0.08, "right", "number"),
        Column(say(C_("half-year", "Attendance rate")), 0.09, "right", "number"),
        Column(say(C_("half-year", "Items (decided)")), 0.07, "right", "number"),
        Column(say(C_("half-year", "Allowances (won)")), 0.1, "right", "number"),
    ]
    return [table(columns, rows, min_row=8 * MM, caption=say(C_("half-year", "Meetings")))]


def _bases(found: Sequence[Run], held: Sequence[Held], last: dt.date, say: Words) -> list[str]:
    """Return what the numbers count, so that they can be checked."""
    lines = [
        say(
            N_(
                "Members as of {day:full}. Women, youth: share of the appointed members."
                " Attendance: members who came of those enrolled, sittings only."
            ),
            day=last,
        )
    ]
    sexes = sum(run.tally.sex_unknown for run in found)
    youth = sum(run.tally.youth_unknown for run in found)
    if sexes or youth:
        message = N_(
            "Not entered of appointed members: the sex of {sexes}, whether young of {youth}."
        )
        lines.append(say(message, sexes=sexes, youth=youth))
    unknown = sum(one.came is None and not one.written for one in held)
    if unknown:
        message = NN_(
            "{n} meeting without an attendance sheet is not in the rate.",
            "{n} meetings without an attendance sheet are not in the rate.",
        )
        lines.append(say(message, n=unknown))
    unpaid = sum(one.spent is None for one in held)
    if unpaid:
        message = NN_(
            "The allowance of {n} meeting has to be worked out by hand.",
            "The allowances of {n} meetings have to be worked out by hand.",
        )
        lines.append(say(message, n=unpaid))
    return lines
