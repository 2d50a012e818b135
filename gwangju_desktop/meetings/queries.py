"""Selects about meetings that return frozen rows; every time is on the office's clock."""

from __future__ import annotations

import datetime as dt
from array import array
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from db.schema.meetings import AgendaItem, Attendance, Meeting
from db.schema.members import Body, Membership, Organisation, Person
from db.schema.papers import Paper, StoredFile
from db.vocab import AHEAD, ItemKind, ItemState, MeetingState
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.meetings import quorums, rules
from gwangju_desktop.meetings.rows import (
    AgendaRow,
    AttendanceRow,
    ItemDetail,
    MeetingDetail,
    MeetingRow,
    OpinionRow,
    PaperRow,
    Upcoming,
)
from gwangju_desktop.members import precedence
from gwangju_desktop.text import N_

# Nothing is due for a meeting further ahead: notices go out a week or two before.
HORIZON = dt.timedelta(days=31)


def meetings(read: Session, *, body_id: int | None = None) -> list[MeetingRow]:
    """List meetings by their start, the oldest first."""
    items = (
        select(AgendaItem.meeting_id, func.count().label("n"))
        .group_by(AgendaItem.meeting_id)
        .subquery()
    )
    papers = (
        select(AgendaItem.meeting_id, func.count().label("n"))
        .join(Paper, Paper.item_id == AgendaItem.id)
        .group_by(AgendaItem.meeting_id)
        .subquery()
    )
    query = (
        select(
            Meeting.id,
            Meeting.body_id,
            Body.name_ko,
            Body.name_en,
            Meeting.number,
            Meeting.kind,
            Meeting.title,
            Meeting.starts_at,
            Meeting.minutes,
            Meeting.place,
            Meeting.state,
            func.coalesce(items.c.n, 0).label("items"),
            func.coalesce(papers.c.n, 0).label("papers"),
        )
        .join(Body, Body.id == Meeting.body_id)
        .outerjoin(items, items.c.meeting_id == Meeting.id)
        .outerjoin(papers, papers.c.meeting_id == Meeting.id)
        .order_by(Meeting.starts_at, Meeting.id)
    )
    if body_id is not None:
        query = query.where(Meeting.body_id == body_id)
    rows = []
    for row in read.execute(query).all():
        starts = clock.local(row.starts_at)
        rows.append(
            MeetingRow(
                row.id,
                row.body_id,
                row.name_ko,
                row.name_en,
                row.number,
                row.kind,
                row.title,
                starts,
                starts + dt.timedelta(minutes=row.minutes),
                row.minutes,
                row.place,
                row.state,
                row.items,
                row.papers,
            )
        )
    return rows


def meeting(read: Session, *, id: int) -> MeetingDetail:
    """Return one meeting; raises UserError when there is none of this id."""
    row = read.execute(
        select(Meeting.__table__, Body.name_ko, Body.name_en)
        .join(Body, Body.id == Meeting.body_id)
        .where(Meeting.id == id)
    ).first()
    if row is None:
        raise UserError(
            N_("There is no meeting {id}."), hint=N_("See the list of meetings."), id=id
        )
    starts = clock.local(row.starts_at)
    quorum, counted, rule = quorums.of_meeting(
        read, meeting_id=id, body_id=row.body_id, day=starts.date(), state=row.state
    )
    steps = agenda(read, meeting_id=id)
    used = sum(step.minutes for step in steps)
    return MeetingDetail(
        id=id,
        body_id=row.body_id,
        body_ko=row.name_ko,
        body_en=row.name_en,
        number=row.number,
        number_year=row.number_year,
        kind=row.kind,
        title=row.title,
        starts_at=starts,
        ends_at=starts + dt.timedelta(minutes=row.minutes),
        minutes=row.minutes,
        place=row.place,
        presiding=row.presiding,
        presiding_id=row.presiding_id,
        presiding_ground=row.presiding_ground,
        secretary=row.secretary,
        secretariat=row.secretariat,
        state=row.state,
        reason=row.reason,
        urgency=row.urgency,
        reply_by=clock.local(row.reply_by) if row.reply_by else None,
        public=row.public,
        closed_ground=row.closed_ground,
        opened_at=clock.local(row.opened_at) if row.opened_at else None,
        closed_at=clock.local(row.closed_at) if row.closed_at else None,
        adjournment=row.adjournment,
        replaces_id=row.replaces_id,
        series_id=row.series_id,
        noticed_on=row.noticed_on,
        distributed_on=row.distributed_on,
        notice_due=rules.notice_due(rule, starts.date()),
        materials_due=rules.materials_due(rule, starts.date()),
        items=len(steps),
        papers=sum(step.papers for step in steps),
        used=used,
        spare=row.minutes - used,
        quorum=quorum,
        silent=counted.silent,
        not_coming=counted.not_coming,
        left=counted.left,
        absent=counted.absent,
        majority=rules.majority(
            rule, enrolled=counted.enrolled, present=counted.present, votes=counted.present
        ),
    )


def agenda(read: Session, *, meeting_id: int) -> list[AgendaRow]:
    """List the order of business with computed clock times."""
    meeting_row = read.execute(
        select(Meeting.starts_at, Meeting.minutes).where(Meeting.id == meeting_id)
    ).first()
    if meeting_row is None:
        raise UserError(
            N_("There is no meeting {id}."), hint=N_("See the list of meetings."), id=meeting_id
        )
    papers = (
        select(
            Paper.item_id.label("key"),
            func.count().label("n"),
            func.coalesce(func.sum(StoredFile.pages), 0).label("pages"),
        )
        .join(StoredFile, StoredFile.id == Paper.file_id)
        .group_by(Paper.item_id)
        .subquery()
    )
    found = read.execute(
        select(
            AgendaItem.id,
            AgendaItem.parent_id,
            AgendaItem.kind,
            AgendaItem.standing,
            AgendaItem.listing,
            AgendaItem.label,
            AgendaItem.number,
            AgendaItem.title,
            AgendaItem.restricted,
            AgendaItem.presenter,
            AgendaItem.minutes,
            AgendaItem.state,
            AgendaItem.outcome,
            AgendaItem.begun_at,
            AgendaItem.ended_at,
            AgendaItem.carried_from_id,
            func.coalesce(papers.c.n, 0).label("papers"),
            func.coalesce(papers.c.pages, 0).label("pages"),
        )
        .outerjoin(papers, papers.c.key == AgendaItem.id)
        .where(AgendaItem.meeting_id == meeting_id)
        .order_by(AgendaItem.position)
    ).all()
    laid = rules.timetable(
        clock.local(meeting_row.starts_at), meeting_row.minutes, [_length(row) for row in found]
    )
    given = _labels(found)
    rests, resting_since = (
        _rests(read, meeting_id) if any(r.begun_at for r in found) else ((), None)
    )
    return [
        AgendaRow(
            id=row.id,
            meeting_id=meeting_id,
            parent_id=row.parent_id,
            nested=bool(given[row.id]) and "-" in given[row.id] and row.parent_id is not None,
            number=given[row.id] or None,
            item_number=row.number,
            kind=row.kind,
            standing=row.standing,
            listing=row.listing,
            title=row.title,
            restricted=row.restricted,
            presenter=row.presenter,
            minutes=_length(row),
            starts_at=slot.starts,
            ends_at=slot.ends,
            late=slot.late,
            state=row.state,
            outcome=row.outcome,
            begun_at=clock.local(row.begun_at) if row.begun_at else None,
            ended_at=clock.local(row.ended_at) if row.ended_at else None,
            carried=row.carried_from_id is not None,
            papers=row.papers,
            pages=int(row.pages),
            rests=rests,
            resting_since=resting_since,
        )
        for row, slot in zip(found, laid.slots, strict=True)
    ]


def _rests(
    read: Session, meeting_id: int
) -> tuple[tuple[tuple[dt.datetime, dt.datetime], ...], dt.datetime | None]:
    """Return the breaks that ended, and since when the sitting rests if it does."""
    # Not at the top: the first page reads meetings that have not begun.
    from db.schema.sittings import Break

    found = read.execute(
        select(Break.starts_at, Break.ends_at)
        .where(Break.meeting_id == meeting_id)
        .order_by(Break.starts_at)
    ).all()
    over = tuple((clock.local(start), clock.local(end)) for start, end in found if end)
    return over, next((clock.local(start) for start, end in found if not end), None)


def _length(row: Any) -> int:
    """Return the minutes an item takes: headings and what was withdrawn take none."""
    if row.kind == ItemKind.HEADING or row.state == ItemState.WITHDRAWN:
        return 0
    return int(row.minutes)


def _labels(rows: Sequence[Any]) -> dict[int, str]:
    """Return the labels items went out with, before that those they would go out with."""
    if any(row.label for row in rows):
        return {row.id: row.label for row in rows}
    return rules.labels([rules.Line(row.id, row.kind, row.parent_id) for row in rows])


def item(read: Session, *, id: int) -> ItemDetail:
    """Return one agenda item; raises UserError when there is none of this id."""
    row = read.execute(select(AgendaItem.__table__).where(AgendaItem.id == id)).first()
    if row is None:
        raise UserError(N_("There is no agenda item {id}."), id=id)
    order = read.execute(
        select(AgendaItem.id, AgendaItem.kind, AgendaItem.parent_id, AgendaItem.label)
        .where(AgendaItem.meeting_id == row.meeting_id)
        .order_by(AgendaItem.position)
    ).all()
    source = read.scalar(
        select(Meeting.title)
        .join(AgendaItem, AgendaItem.meeting_id == Meeting.id)
        .where(AgendaItem.id == row.carried_from_id)
    )
    return ItemDetail(
        id=id,
        meeting_id=row.meeting_id,
        parent_id=row.parent_id,
        number=_labels(order)[id] or None,
        item_number=row.number,
        kind=row.kind,
        standing=row.standing,
        listing=row.listing,
        listing_reason=row.listing_reason,
        title=row.title,
        restricted=row.restricted,
        restricted_ground=row.restricted_ground,
        open_title=row.open_title,
        submitter=row.submitter,
        submitted_on=row.submitted_on,
        presenter=row.presenter,
        minutes=row.minutes,
        request=row.request,
        reason=row.reason,
        contents=row.contents,
        reference=row.reference,
        basis=row.basis,
        budget=row.budget,
        opinions=_opinions(read, id),
        state=row.state,
        begun_at=clock.local(row.begun_at) if row.begun_at else None,
        ended_at=clock.local(row.ended_at) if row.ended_at else None,
        outcome=row.outcome,
        resolution=row.resolution,
        remark=row.remark,
        decided_at=clock.local(row.decided_at) if row.decided_at else None,
        presiding_id=row.presiding_id,
        presiding_ground=row.presiding_ground,
        carried_from_id=row.carried_from_id,
        carried_from=source or "",
        told=_told(read, id) if row.standing else (),
        papers=tuple(papers(read, item_ids=[id])),
    )


def _opinions(read: Session, item_id: int) -> tuple[OpinionRow, ...]:
    # Not at the top, as below.
    from gwangju_desktop.meetings import opinions

    return tuple(opinions.of_item(read, item_id=item_id))


def _told(read: Session, item_id: int) -> tuple[str, ...]:
    # Not at the top: the first page reads meetings, and needs none of the tables behind this.
    from gwangju_desktop.meetings import standing

    return tuple(standing.lines(read, item_id=item_id))


def papers(read: Session, *, item_ids: Sequence[int]) -> list[PaperRow]:
    """List the papers of items, in their order within each."""
    return _papers(read, Paper.item_id.in_(item_ids))


def _papers(read: Session, which: ColumnElement[bool]) -> list[PaperRow]:
    found = read.execute(
        select(
            Paper.id,
            Paper.item_id,
            Paper.title,
            Paper.disclosure,
            StoredFile.name.label("file_name"),
            StoredFile.sha256,
            StoredFile.clean,
            StoredFile.bytes,
            StoredFile.pages,
            StoredFile.trouble,
        )
        .join(StoredFile, StoredFile.id == Paper.file_id)
        .where(which)
        .order_by(Paper.item_id, Paper.position)
    )
    return [PaperRow(**row) for row in found.mappings()]


def attendance(read: Session, *, meeting_id: int) -> list[AttendanceRow]:
    """List the seats at a meeting in the body's order of precedence.

    Somebody erased stands on the sheet of a closed meeting by the name its minutes have.
    """
    found = read.execute(
        select(
            Attendance.id,
            Attendance.membership_id,
            Attendance.person_id,
            func.coalesce(Attendance.recorded_name, Person.name).label("name"),
            func.coalesce(Organisation.name_ko, "").label("organisation_ko"),
            func.coalesce(Organisation.name_en, "").label("organisation_en"),
            Membership.post,
            Membership.role,
            Membership.capacity,
            Membership.voting,
            Person.fictional,
            Attendance.reply,
            Attendance.presence,
        )
        .join(Membership, Membership.id == Attendance.membership_id)
        .join(Person, Person.id == Attendance.person_id)
        .outerjoin(Organisation, Organisation.id == Membership.organisation_id)
        .where(Attendance.meeting_id == meeting_id)
    )
    rows = [AttendanceRow(**row) for row in found.mappings()]
    body_id = read.scalar(select(Meeting.body_id).where(Meeting.id == meeting_id))
    if body_id is None:
        return []
    places = precedence.places(read, body_id, [row.membership_id for row in rows])
    return sorted(rows, key=lambda row: places[row.membership_id])


def upcoming(read: Session, *, today: dt.date) -> list[Upcoming]:
    """List the meetings from `today` on that are not closed, the next first.

    Those far ahead ask for nothing yet and stay away, but for the very next one.
    """
    midnight = dt.datetime.combine(today, dt.time(), clock.KST)
    ahead = (
        select(Meeting.__table__, Body.name_ko, Body.name_en)
        .join(Body, Body.id == Meeting.body_id)
        .where(Meeting.starts_at >= midnight, Meeting.state.in_((*AHEAD, MeetingState.OPENED)))
        .order_by(Meeting.starts_at, Meeting.id)
    )
    found = read.execute(ahead.where(Meeting.starts_at < midnight + HORIZON)).all()
    if not found:
        found = read.execute(ahead.limit(1)).all()
    rows = []
    for row in found:
        starts = clock.local(row.starts_at)
        quorum, counted, rule = quorums.of_meeting(
            read, meeting_id=row.id, body_id=row.body_id, day=starts.date(), state=row.state
        )
        steps = agenda(read, meeting_id=row.id)
        numbered = [step for step in steps if step.number]
        rows.append(
            Upcoming(
                id=row.id,
                body_id=row.body_id,
                body_ko=row.name_ko,
                body_en=row.name_en,
                title=row.title,
                starts_at=starts,
                ends_at=starts + dt.timedelta(minutes=row.minutes),
                place=row.place,
                presiding=row.presiding,
                secretariat=row.secretariat,
                enrolled=counted.enrolled,
                required=quorum.required,
                coming=counted.coming,
                silent=counted.silent,
                not_coming=counted.not_coming,
                numbered=len(numbered),
                written=_written(read, row.id),
                with_papers=sum(step.papers > 0 for step in numbered),
                lacking=tuple(step.number for step in numbered if step.number and not step.papers),
                noticed=row.noticed_on is not None,
                notice_due=rules.notice_due(rule, starts.date()),
                materials_due=rules.materials_due(rule, starts.date()),
            )
        )
    return rows


def next_meeting_id(read: Session, *, today: dt.date) -> int | None:
    """Return the meeting a person most likely wants: the next one, else the last there was."""
    midnight = dt.datetime.combine(today, dt.time(), clock.KST)
    ahead = read.scalar(
        select(Meeting.id)
        .where(Meeting.starts_at >= midnight)
        .order_by(Meeting.starts_at, Meeting.id)
        .limit(1)
    )
    if ahead is not None:
        return ahead
    return read.scalar(select(Meeting.id).order_by(Meeting.starts_at.desc(), Meeting.id).limit(1))


def _written(read: Session, meeting_id: int) -> int:
    """Count the numbered items that say what the body is asked for."""
    found = read.scalar(
        select(func.count())
        .select_from(AgendaItem)
        .where(
            AgendaItem.meeting_id == meeting_id,
            AgendaItem.kind.not_in((ItemKind.PROCEDURE, ItemKind.HEADING)),
            AgendaItem.request != "",
        )
    )
    return found or 0


def item_ids(
    read: Session, *, meeting_id: int, sort: str = "position", descending: bool = False
) -> array[int]:
    """Return the ids of a meeting's items in their order; there is no other."""
    found = read.scalars(
        select(AgendaItem.id)
        .where(AgendaItem.meeting_id == meeting_id)
        .order_by(AgendaItem.position)
    )
    return array("q", found.all())


def item_rows(read: Session, *, ids: Sequence[int]) -> list[AgendaRow]:
    """Return these items of one meeting with their numbers and clock times."""
    first = read.scalar(select(AgendaItem.meeting_id).where(AgendaItem.id.in_(ids)).limit(1))
    if first is None:
        return []
    wanted = set(ids)
    return [row for row in agenda(read, meeting_id=first) if row.id in wanted]
