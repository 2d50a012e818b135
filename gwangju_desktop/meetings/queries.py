"""Selects about meetings that return frozen rows; every time is on the office's clock."""

from __future__ import annotations

import datetime as dt
from array import array
from collections.abc import Sequence

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from db.schema.meetings import AgendaItem, Attendance, Meeting
from db.schema.members import Body, Membership, Organisation, Person
from db.schema.papers import Paper, StoredFile
from db.vocab import ItemKind, MeetingState
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.meetings import quorums, rules
from gwangju_desktop.meetings.rows import (
    AgendaRow,
    AttendanceRow,
    ItemDetail,
    MeetingDetail,
    MeetingRow,
    PaperRow,
    Upcoming,
)
from gwangju_desktop.members import precedence
from gwangju_desktop.text import N_


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
        kind=row.kind,
        title=row.title,
        starts_at=starts,
        ends_at=starts + dt.timedelta(minutes=row.minutes),
        minutes=row.minutes,
        place=row.place,
        presiding=row.presiding,
        secretariat=row.secretariat,
        state=row.state,
        opened_at=clock.local(row.opened_at) if row.opened_at else None,
        closed_at=clock.local(row.closed_at) if row.closed_at else None,
        noticed_on=row.noticed_on,
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
            AgendaItem.kind,
            AgendaItem.title,
            AgendaItem.presenter,
            AgendaItem.minutes,
            func.coalesce(papers.c.n, 0).label("papers"),
            func.coalesce(papers.c.pages, 0).label("pages"),
        )
        .outerjoin(papers, papers.c.key == AgendaItem.id)
        .where(AgendaItem.meeting_id == meeting_id)
        .order_by(AgendaItem.position)
    ).all()
    laid = rules.timetable(
        clock.local(meeting_row.starts_at), meeting_row.minutes, [row.minutes for row in found]
    )
    given = rules.numbers(row.kind for row in found)
    return [
        AgendaRow(
            row.id,
            meeting_id,
            number,
            row.kind,
            row.title,
            row.presenter,
            row.minutes,
            slot.starts,
            slot.ends,
            slot.late,
            row.papers,
            int(row.pages),
        )
        for row, number, slot in zip(found, given, laid.slots, strict=True)
    ]


def item(read: Session, *, id: int) -> ItemDetail:
    """Return one agenda item; raises UserError when there is none of this id."""
    row = read.execute(select(AgendaItem.__table__).where(AgendaItem.id == id)).first()
    if row is None:
        raise UserError(N_("There is no agenda item {id}."), id=id)
    order = read.execute(
        select(AgendaItem.id, AgendaItem.kind)
        .where(AgendaItem.meeting_id == row.meeting_id)
        .order_by(AgendaItem.position)
    ).all()
    given = rules.numbers(step.kind for step in order)
    number = given[[step.id for step in order].index(id)]
    return ItemDetail(
        id,
        row.meeting_id,
        number,
        row.kind,
        row.title,
        row.presenter,
        row.minutes,
        row.request,
        row.reason,
        row.contents,
        row.reference,
        tuple(papers(read, item_ids=[id])),
    )


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
    """List the meetings from `today` on that are not closed, the next first."""
    midnight = dt.datetime.combine(today, dt.time(), clock.KST)
    found = read.execute(
        select(Meeting.__table__, Body.name_ko, Body.name_en)
        .join(Body, Body.id == Meeting.body_id)
        .where(Meeting.starts_at >= midnight, Meeting.state != MeetingState.CLOSED.value)
        .order_by(Meeting.starts_at, Meeting.id)
    ).all()
    rows = []
    for row in found:
        starts = clock.local(row.starts_at)
        quorum, counted, rule = quorums.of_meeting(
            read, meeting_id=row.id, body_id=row.body_id, day=starts.date(), state=row.state
        )
        steps = agenda(read, meeting_id=row.id)
        numbered = [step for step in steps if step.kind != ItemKind.PROCEDURE]
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


def next_number(read: Session, *, body_id: int) -> int:
    """Return the number the next meeting of a body takes."""
    last = read.scalar(select(func.max(Meeting.number)).where(Meeting.body_id == body_id))
    return (last or 0) + 1


def _written(read: Session, meeting_id: int) -> int:
    """Count the numbered items that say what the body is asked for."""
    found = read.scalar(
        select(func.count())
        .select_from(AgendaItem)
        .where(
            AgendaItem.meeting_id == meeting_id,
            AgendaItem.kind != ItemKind.PROCEDURE.value,
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


def paper_ids(
    read: Session, *, item_id: int, sort: str = "position", descending: bool = False
) -> array[int]:
    """Return the ids of an item's papers in their order; there is no other."""
    found = read.scalars(select(Paper.id).where(Paper.item_id == item_id).order_by(Paper.position))
    return array("q", found.all())


def paper_rows(read: Session, *, ids: Sequence[int]) -> list[PaperRow]:
    """Return these papers."""
    return _papers(read, Paper.id.in_(ids))
