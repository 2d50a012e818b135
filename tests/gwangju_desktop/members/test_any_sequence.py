"""Whatever is done in whatever order: nobody sits twice, and every day counts as a recount does."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from db.errors import Conflict
from db.schema.meetings import Attendance, Meeting
from db.schema.members import Body, Membership, Person
from db.schema.posts import PostHolding
from db.store import Store
from db.vocab import AHEAD
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.meetings import usecases as meetings
from gwangju_desktop.members import (
    appointing,
    bodies,
    candidates,
    erasing,
    merging,
    posts,
    preparation,
    queries,
    rules,
    terms,
    usecases,
)
from tests.gwangju_desktop.meetings import lives

FIRST = dt.date(2021, 1, 1)
DAYS = st.integers(0, 900).map(lambda n: FIRST + dt.timedelta(days=n))
PICK = st.integers(0, 99)
STEP = st.one_of(
    st.tuples(st.just("appoint"), PICK, PICK, DAYS, st.booleans()),
    st.tuples(st.just("appoint"), PICK, PICK, DAYS, st.just(True)),
    st.tuples(st.just("end"), PICK, st.integers(0, 200)),
    st.tuples(st.just("reappoint"), PICK),
    st.tuples(st.just("fill"), PICK, PICK, DAYS),
    st.tuples(st.just("merge"), PICK, PICK),
    st.tuples(st.just("holder"), PICK, DAYS),
    st.tuples(st.just("dissolve"), PICK, DAYS),
    st.tuples(st.just("meet"), PICK, DAYS),
    st.tuples(st.just("term"), PICK, PICK, DAYS),
    st.tuples(st.just("erase"), PICK),
    st.tuples(st.just("undo")),
    st.tuples(st.just("redo")),
)
PEOPLE = 4
TODAY = FIRST + dt.timedelta(days=600)
PAPERS = {"has_acceptance": True, "has_privacy_consent": True}


def made(path: Path) -> Path:
    """An office with two bodies, four people, and a post with a seat in both bodies."""
    with Store.create(path) as store:
        for name in ("가상위원회", "가상연대"):
            body = store.run(usecases.add_body, name_ko=name, seats=3).value
            last = FIRST + dt.timedelta(days=200)
            store.run(terms.add_term, body_id=body, starts_on=FIRST, ends_on=last)
        for n in range(PEOPLE):
            store.run(usecases.add_person, name=f"가상인{n}", fictional=True)
        store.run(posts.add_post, name_ko="환경국장")
        for body_id in (1, 2):
            store.run(posts.add_seat, post_id=1, body_id=body_id, starts_on=FIRST)
    return path


def act(store: Store, step: tuple) -> None:
    """Do one step; what is refused changes nothing."""
    what, *by = step
    with store.reading() as read:
        seats = read.execute(
            select(Membership.id, Membership.starts_on)
            .where(Membership.post_id.is_(None))
            .order_by(Membership.id)
        ).all()
        living = Person.merged_into_id.is_(None), Person.erased_on.is_(None)
        people = list(read.scalars(select(Person.id).where(*living).order_by(Person.id)))
    if not people:
        return
    try:
        if what == "appoint":
            ends = by[2] + dt.timedelta(days=300) if by[3] else None
            store.run(
                usecases.add_membership,
                person_id=people[by[0] % len(people)],
                body_id=by[1] % 2 + 1,
                starts_on=by[2],
                ends_on=ends,
            )
        elif what == "merge":
            store.run(merging.merge_people, keep_id=by[0] % PEOPLE + 1, other_id=by[1] % PEOPLE + 1)
        elif what == "holder":
            store.run(
                posts.change_holder, post_id=1, person_id=people[by[0] % len(people)], on=by[1]
            )
        elif what == "meet":
            meet(store, by[0] % 2 + 1, by[1])
        elif what == "term":
            appoint_term(store, by[0] % 2 + 1, people[by[1] % len(people)], by[2])
        elif what == "erase":
            erasing.erase(store, id=people[by[0] % len(people)])
        elif what == "dissolve":
            store.run(bodies.dissolve_body, id=by[0] % 2 + 1, on=by[1])
        elif what == "undo":
            store.undo()
        elif what == "redo":
            store.redo()
        elif seats:
            id, since = seats[by[0] % len(seats)]
            if what == "end":
                last = since + dt.timedelta(days=by[1])
                store.run(usecases.end_membership, id=id, ends_on=last, reason="resigned")
            elif what == "reappoint":
                store.run(usecases.renew_membership, id=id)
            else:
                store.run(
                    usecases.fill_vacancy,
                    membership_id=id,
                    person_id=people[by[1] % len(people)],
                    starts_on=by[2],
                )
    except (UserError, Conflict):
        return


def meet(store: Store, body_id: int, day: dt.date) -> None:
    """Call a meeting, and open one of a day gone by with everybody there."""
    at = dt.datetime(day.year, day.month, day.day, 14, tzinfo=clock.KST)
    meeting = store.run(meetings.add_meeting, body_id=body_id, starts_at=at).value
    if day < TODAY:
        lives.opened(store, meeting, at)


def appoint_term(store: Store, body_id: int, person_id: int, day: dt.date) -> None:
    """Open a term of a body, and appoint all who sit there and somebody new in one step."""
    with store.reading() as read:
        known = terms.upcoming(read, body_id=body_id)
    assert known is not None
    term = known.id
    if not known.preparing:
        last = day + dt.timedelta(days=300)
        term = store.run(terms.open_term, body_id=body_id, starts_on=day, ends_on=last).value
    with store.reading() as read:
        plan = preparation.preparation(read, term_id=term)
    stay = [seat.id for seat in plan.seats if seat.membership_id is not None]
    store.run(candidates.decide_all, ids=stay, decision="renew")
    if plan.free and not plan.candidates:
        asked = {"term_id": term, "person_id": person_id, **PAPERS}
        one = store.run(candidates.add_candidate, **asked).value
        store.run(candidates.choose, id=one)
    store.run(appointing.appoint, term_id=term)


def sheets(store: Store) -> dict[int, list[tuple[int, int]]]:
    """Return who stands on the sheet of each meeting that was opened, by the seat."""
    rows = (
        select(Attendance.meeting_id, Attendance.id, Attendance.membership_id)
        .join(Meeting, Meeting.id == Attendance.meeting_id)
        .where(Meeting.state.not_in(AHEAD))
        .order_by(Attendance.id)
    )
    kept: dict[int, list[tuple[int, int]]] = {}
    with store.reading() as read:
        for meeting, id, seat in read.execute(rows).all():
            kept.setdefault(meeting, []).append((id, seat))
    return kept


def check_sheets(store: Store) -> None:
    """Whoever is on a sheet sat in the body that day; sheets of meetings ahead have just those."""
    with store.reading() as read:
        seats = {row.id: row for row in read.execute(select(Membership.__table__)).all()}
        held = read.execute(select(Meeting.__table__)).all()
        places = read.execute(select(Attendance.__table__)).all()
    for meeting in held:
        day = clock.local(meeting.starts_at).date()
        there = [place for place in places if place.meeting_id == meeting.id]
        for place in there:
            seat = seats[place.membership_id]
            assert (seat.body_id, seat.person_id) == (meeting.body_id, place.person_id)
            assert rules.in_office(seat.starts_on, seat.ends_on, day)
        if meeting.state in AHEAD:
            sitting = {
                id
                for id, seat in seats.items()
                if seat.body_id == meeting.body_id
                and rules.in_office(seat.starts_on, seat.ends_on, day)
            }
            assert {place.membership_id for place in there} == sitting


def check(store: Store) -> None:
    """Nobody sits twice or too long; counts are recounts; who holds the post sits in both bodies."""
    with store.reading() as read:
        seats = read.execute(select(Membership.__table__)).all()
        gone = {row.id: row.dissolved_on for row in read.execute(select(Body.__table__)).all()}
        held = read.execute(select(PostHolding.__table__)).all()
        merged = set(read.scalars(select(Person.id).where(Person.merged_into_id.is_not(None))))
        for n, one in enumerate(seats):
            assert one.person_id not in merged
            assert one.ends_on is None or one.starts_on <= one.ends_on
            last = gone[one.body_id]
            assert last is None or (one.ends_on is not None and one.ends_on <= last)
            for other in seats[n + 1 :]:
                if (one.person_id, one.body_id) == (other.person_id, other.body_id):
                    assert not rules.overlap(
                        (one.starts_on, one.ends_on), (other.starts_on, other.ends_on)
                    )
        edges = {day for row in (*seats, *held) for day in (row.starts_on, row.ends_on) if day}
        for day in sorted({day + dt.timedelta(days=n) for day in edges for n in (-1, 0, 1)}):
            counts = {row.id: row.members for row in queries.bodies(read, on=day)}
            holder = [h.person_id for h in held if rules.in_office(h.starts_on, h.ends_on, day)]
            assert len(holder) <= 1
            for body_id in (1, 2):
                sitting = [
                    row
                    for row in seats
                    if row.body_id == body_id and rules.in_office(row.starts_on, row.ends_on, day)
                ]
                assert counts[body_id] == len(sitting)
                by_post = [row.person_id for row in sitting if row.post_id == 1]
                there = FIRST <= day <= (gone[body_id] or day)
                assert by_post == (holder if there else [])


@settings(
    max_examples=16, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(STEP, min_size=8, max_size=16))
def test_any_sequence_keeps_no_overlap_and_true_counts(tmp_path_factory, steps) -> None:
    clock.fix(TODAY)
    folder = tmp_path_factory.mktemp("any")
    blank = folder.parent / "blank.gwoffice"
    if not blank.exists():
        made(blank)
    path = folder / "office.gwoffice"
    shutil.copy(blank, path)
    with Store.open(path) as store:
        held = sheets(store)
        for n, step in enumerate(steps, start=1):
            act(store, step)
            now = sheets(store)
            # What was read out stays, whatever comes after.
            assert held.items() <= now.items()
            held = now
            # A recount of every day takes long; it is made where rows jump, and at the end.
            if step[0] in ("undo", "merge", "erase") or n == len(steps):
                check(store)
                check_sheets(store)
