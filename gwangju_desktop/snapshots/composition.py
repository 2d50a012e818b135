"""Counts that stand in for what stays with each person: who a body is made of, who came to a meeting.

The make-up of a body under an ordinance goes out however few are counted: limits on sexes, youth
and officials are rules of law that whoever reads the copy is to work out anew (양성평등기본법 제17조·
제21조, 조례 제6조). For other bodies no law asks, and the sex of one of three would be told. It is counted for the day of the copy alone: counts of many days would tell the sex of each who came.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from db.schema.meetings import Attendance
from db.schema.members import Body
from db.vocab import Presence
from gwangju_desktop import clock
from gwangju_desktop.members import tallies
from gwangju_desktop.snapshots.derived import Context, Derived, DerivedColumn
from gwangju_desktop.snapshots.sqlite_file import Row

# What a tally counts, in the order of the table's columns.
COUNTED = (
    ("enrolled", "재적 위원", "Members"),
    ("voting", "의결권이 있는 위원", "With a vote"),
    ("appointed", "위촉위원", "Appointed"),
    ("women", "위촉위원 중 여성", "Women among the appointed"),
    ("men", "위촉위원 중 남성", "Men among the appointed"),
    ("sex_unknown", "위촉위원 중 성별 미입력", "Appointed whose sex is not entered"),
    ("youth", "위촉위원 중 청년", "Young people among the appointed"),
    ("youth_unknown", "위촉위원 중 청년 여부 미입력", "Appointed whose youth is not entered"),
    ("officials", "공무원", "Public officials"),
    ("affiliation_unknown", "소속 미입력", "Members whose affiliation is not entered"),
)


def _bodies(read: Session) -> Any:
    today = clock.today()
    bodies = read.scalars(
        select(Body.id).where(
            Body.ordinance != "", Body.dissolved_on.is_(None) | (Body.dissolved_on > today)
        )
    ).all()
    return today.isoformat(), [(body, tallies.tally(read, body, today)) for body in bodies]


def _composition(gathered: Any, context: Context) -> list[Row]:
    today, found = gathered
    return [
        (context.code("body", body), today, *(getattr(tally, name) for name, *_ in COUNTED))
        for body, tally in found
        if context.shows("body", body) and tally.enrolled
    ]


def _sheets(read: Session) -> Any:
    def how_many(*marks: Presence) -> Any:
        return func.sum(case((Attendance.presence.in_(sorted(marks)), 1), else_=0))

    return read.execute(
        select(
            Attendance.meeting_id,
            func.count(),
            how_many(Presence.PRESENT, Presence.LEFT),
            how_many(Presence.ABSENT),
        ).group_by(Attendance.meeting_id)
    ).all()


def _attendance(gathered: Any, context: Context) -> list[Row]:
    return [
        (context.code("meeting", meeting), listed, int(came), int(absent))
        for meeting, listed, came, absent in gathered
        if context.shows("meeting", meeting)
    ]


TABLES = (
    Derived(
        "composition",
        "기구의 구성",
        "Make-up of bodies",
        (
            DerivedColumn("body_id", "TEXT", "code", "기구", "Body", "body"),
            DerivedColumn("counted_on", "TEXT", "date", "기준일", "Counted on"),
            *(DerivedColumn(name, "INTEGER", "number", ko, en) for name, ko, en in COUNTED),
        ),
        2,
        _bodies,
        _composition,
    ),
    Derived(
        "attendance_count",
        "회의별 출석 인원",
        "Attendance in numbers",
        (
            DerivedColumn("meeting_id", "TEXT", "code", "회의", "Meeting", "meeting"),
            DerivedColumn("listed", "INTEGER", "number", "명부 인원", "On the sheet"),
            DerivedColumn("came", "INTEGER", "number", "출석", "Came"),
            DerivedColumn("absent", "INTEGER", "number", "결석", "Absent"),
        ),
        1,
        _sheets,
        _attendance,
    ),
)
