"""A meeting's whole life by two writers: no illegal state, no number twice, quorum as recounted.

Two stores on one office do whatever hypothesis thinks of, in any order: calling, opening, comings
and goings, votes, closing, minutes, steps taken back, undo and redo. What is refused must change
nothing; what is done must leave an office that a plain recount of its rows agrees with.
"""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy import select

from db.errors import Conflict
from db.schema.decisions import Ballot, Recusal, Vote
from db.schema.meetings import AgendaItem, Attendance, Meeting
from db.schema.members import Membership
from db.schema.sittings import Break, DrawnNumber, Movement, Step
from db.store import Store
from db.vocab import AHEAD, OVER, ItemState, MeetingState
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.meetings import (
    agenda,
    confirming,
    minutes,
    movements,
    notes,
    numbers,
    presence,
    publishing,
    recusals,
    reviews,
    sitting,
    steps,
    usecases,
    votes,
)
from tests import machines
from tests.gwangju_desktop.meetings.room import AT, DAY, Room

VOTING, PEOPLE = 5, 6
QUORUM = VOTING // 2 + 1
MOST_MEETINGS = 4
TABLES = (
    *(Meeting, AgendaItem, Attendance, Membership, Movement, Break, Step),
    *(Vote, Ballot, Recusal, DrawnNumber),
)
WHO = st.integers(0, 1)
PICK = st.integers(0, 9)
Offices = Callable[[], tuple[Store, Store]]
Row = Any


class Writers:
    """Two writers on one office, and the next step of any meeting's life."""

    def __init__(self, offices: Offices) -> None:
        self.stores = offices()
        self.at = AT
        self.numbers: dict[tuple[int, str, int, int], int] = {}
        self.closed_votes: dict[int, tuple] = {}
        self.sealed: dict[int, tuple] = {}

    def close(self) -> None:
        for store in self.stores:
            store.close()

    # --- doing

    def attempt(self, who: int, usecase: Callable, **values: Any) -> Any:
        """Do something; what is refused must leave the journal as it was."""
        store = self.stores[who]
        before = store.head()
        try:
            return store.run(usecase, **values).value
        except (UserError, Conflict):
            assert store.head() == before
            return None

    def replay(self, who: int, how: str) -> None:
        store = self.stores[who]
        before = store.head()
        try:
            getattr(store, how)()
        except Conflict:
            assert store.head() == before

    def now(self) -> dt.datetime:
        self.at += dt.timedelta(minutes=1)
        return self.at

    def rows(self, query: Any) -> list[Row]:
        with self.stores[0].reading() as read:
            return list(read.execute(query).all())

    def meeting(self, pick: int) -> Row | None:
        found = self.rows(select(Meeting.__table__).order_by(Meeting.id))
        return found[pick % len(found)] if found else None

    def item(self, pick: int, meeting: int) -> int | None:
        found = self.rows(
            select(AgendaItem.id).where(AgendaItem.meeting_id == meeting).order_by(AgendaItem.id)
        )
        return found[pick % len(found)].id if found else None

    def seats(self, meeting: int) -> list[int]:
        query = select(Attendance.id).where(Attendance.meeting_id == meeting)
        return [row.id for row in self.rows(query.order_by(Attendance.id))]

    def advance(self, who: int, pick: int) -> None:
        """Take a meeting to its next state as a secretary would."""
        meeting = self.meeting(pick)
        if meeting is None:
            return
        id, state = meeting.id, MeetingState(meeting.state)
        if state == MeetingState.PLANNED:
            day = DAY - dt.timedelta(days=10)
            self.attempt(who, steps.notice, id=id, day=day, urgency="예시 사유", at=self.now())
        elif state == MeetingState.NOTICED:
            day = DAY - dt.timedelta(days=5)
            self.attempt(who, steps.distribute, id=id, day=day, at=self.now())
        elif state == MeetingState.DISTRIBUTED:
            self.attempt(who, movements.roll_call, meeting_id=id, everybody=True)
            self.attempt(who, steps.open_meeting, id=id, at=self.now())
        elif state == MeetingState.OPENED:
            self._decide_all(who, id)
            self.attempt(who, steps.close_meeting, id=id, at=self.now())
        elif state == MeetingState.CLOSED:
            self.attempt(who, minutes.draft, meeting_id=id)
        elif state == MeetingState.DRAFTED:
            self._sign(who, id)
            self.attempt(who, confirming.confirm, meeting_id=id)
        elif state == MeetingState.CONFIRMED:
            self.attempt(who, publishing.publish, meeting_id=id, where="예시 누리집")

    def _decide_all(self, who: int, meeting: int) -> None:
        for row in self.rows(
            select(AgendaItem.id, AgendaItem.state)
            .where(AgendaItem.meeting_id == meeting)
            .order_by(AgendaItem.position)
        ):
            if row.state in (ItemState.PENDING, ItemState.TAKEN_UP):
                self.attempt(who, votes.no_objection, item_id=row.id, at=self.now())
            said = f"[{clock.local(self.at):%H:%M}] 위원 1: 예시 발언."
            self.attempt(who, notes.record, meeting_id=meeting, item_id=row.id, text=said)

    def _sign(self, who: int, meeting: int) -> None:
        with self.stores[who].reading() as read:
            rows = reviews.reviewers(read, meeting_id=meeting)
        ids, signing = [row.id for row in rows], [row.id for row in rows if row.signs]
        self.attempt(who, reviews.answer, meeting_id=meeting, ids=ids, agrees=True)
        self.attempt(who, reviews.sign, meeting_id=meeting, ids=signing)

    # --- looking

    def check(self) -> None:
        """Recount everything from the plain rows."""
        with self.stores[1].reading() as read:
            self.read = read
            self.tables = {
                table: read.execute(select(table.__table__).order_by(table.id)).all()
                for table in TABLES
            }
            meetings = self.tables[Meeting]
            self._numbers(meetings)
            for meeting in meetings:
                self._state(meeting)
                self._steps(meeting)
                self._quorum(meeting)
                self._votes(meeting)
                self._seal(meeting)

    def _all(self, table: Any, **where: int) -> list[Row]:
        found = self.tables[table]
        for name, value in where.items():
            found = [row for row in found if getattr(row, name) == value]
        return list(found)

    def _numbers(self, meetings: list[Row]) -> None:
        """A number once given is given for good, and every one shown was given."""
        drawn = self._all(DrawnNumber)
        given = {(row.body_id, row.kind, row.year, row.number): row.subject_id for row in drawn}
        assert len(given) == len(drawn)
        for key, subject in self.numbers.items():
            assert given[key] == subject
        for key in given.keys() - self.numbers.keys():
            last = max((old[3] for old in self.numbers if old[:3] == key[:3]), default=0)
            assert key[3] > last
        self.numbers = given
        for meeting in meetings:
            if meeting.number is not None:
                key = (meeting.body_id, "meeting", meeting.number_year, meeting.number)
                assert given[key] == meeting.id
        texts = {row.text for row in drawn if row.kind == "item"}
        assert {item.number for item in self._all(AgendaItem) if item.number} <= texts

    def _state(self, meeting: Row) -> None:
        state = MeetingState(meeting.state)
        own = {"meeting_id": meeting.id}
        breaks, moves = self._all(Break, **own), self._all(Movement, **own)
        if state in AHEAD or state.dropped:
            assert meeting.opened_at is None and meeting.closed_at is None
            assert not breaks and not moves and not self._all(Vote, **own)
        if state == MeetingState.PLANNED:
            assert meeting.number is None and meeting.noticed_on is None
            assert not any(item.label for item in self._all(AgendaItem, **own))
        if state.dropped:
            assert meeting.reason
        if state == MeetingState.OPENED or state in OVER:
            assert meeting.opened_at is not None and meeting.number is not None
            assert meeting.present_at_opening >= meeting.required_at_opening == QUORUM
            assert all(move.at >= meeting.opened_at for move in moves)
        assert sum(rest.ends_at is None for rest in breaks) <= (state == MeetingState.OPENED)
        assert all(rest.ends_at is None or rest.starts_at <= rest.ends_at for rest in breaks)
        if state in OVER:
            assert meeting.closed_at >= meeting.opened_at
            assert not agenda.undecided(self.read, meeting.id)
            assert all(move.at <= meeting.closed_at for move in moves)
            marks = {seat.presence for seat in self._all(Attendance, **own)}
            assert "unmarked" not in marks

    def _steps(self, meeting: Row) -> None:
        """The steps kept lead from the plan to where the meeting stands, without a hole."""
        at = "planned"
        for step in self._all(Step, meeting_id=meeting.id):
            assert step.before == at
            at = step.after
        assert at == meeting.state

    def _quorum(self, meeting: Row) -> None:
        """Count who is in the room by walking through the rows one after the other."""
        seats = self._all(Attendance, meeting_id=meeting.id)
        voting = {row.id for row in self._all(Membership) if row.voting}
        until = meeting.closed_at
        inside: set[int] = set()
        moves = self._all(Movement, meeting_id=meeting.id)
        for move in sorted(moves, key=lambda move: (move.at, move.id)):
            if until is None or move.at <= until:
                (inside.add if move.inside else inside.discard)(move.attendance_id)
        if meeting.state in AHEAD:
            inside = {seat.id for seat in seats if seat.presence == "present"}
        elif not moves:
            inside = set()
        counting = {seat.id for seat in seats if seat.membership_id in voting and seat.id in inside}
        held = presence.standing(self.read, meeting_id=meeting.id)
        if meeting.state == MeetingState.OPENED or meeting.state in OVER:
            assert inside == {seat.id for seat in seats if seat.presence == "present"}
            assert set(presence.in_room(self.read, meeting_id=meeting.id)) == inside
        if not MeetingState(meeting.state).dropped:
            assert held.enrolled == VOTING and held.quorum_required == QUORUM
            assert held.attending == len(counting)
            assert held.quorum_met == (len(counting) >= QUORUM)
        for item in self._all(AgendaItem, meeting_id=meeting.id):
            aside = {row.attendance_id for row in self._all(Recusal, item_id=item.id)} & counting
            if aside and not MeetingState(meeting.state).dropped:
                found = presence.standing(self.read, meeting_id=meeting.id, item_id=item.id)
                assert found.present == found.entitled == len(counting) - len(aside)
                assert found.majority == found.present // 2 + 1
                assert found.quorum_met == (len(counting) >= QUORUM)

    def _votes(self, meeting: Row) -> None:
        """Counts fit those who were entitled, and a closed vote never changes."""
        for vote in self._all(Vote, meeting_id=meeting.id):
            if vote.state != "closed":
                assert meeting.state == MeetingState.OPENED
                continue
            ballots = self._all(Ballot, vote_id=vote.id)
            cast = vote.yes + vote.no + vote.abstain + vote.invalid
            assert cast + vote.not_voting == vote.entitled <= vote.present <= VOTING
            assert sum(ballot.entitled for ballot in ballots) == vote.entitled
            assert vote.required == vote.present // 2 + 1
            assert (vote.suggested == "carried") == (vote.yes >= vote.required)
            assert self.closed_votes.setdefault(vote.id, tuple(vote)[:-1]) == tuple(vote)[:-1]
        for item in self._all(AgendaItem, meeting_id=meeting.id):
            if item.outcome in ("as_proposed", "amended") and item.kind == "deliberation":
                last = [v for v in self._all(Vote, item_id=item.id) if v.subject == "item"]
                assert last and last[-1].result == "carried"

    def _seal(self, meeting: Row) -> None:
        """Nothing of a meeting that is over changes but by a step taken back."""
        if meeting.state not in OVER:
            self.sealed.pop(meeting.id, None)
            return
        own = {"meeting_id": meeting.id}
        held = tuple(
            tuple(tuple(row) for row in self._all(table, **own))
            for table in (Attendance, Movement, Vote, Break)
        )
        assert self.sealed.setdefault(meeting.id, held) == held


def life(offices: Offices) -> type[RuleBasedStateMachine]:
    """Return the machine over offices made anew for each example."""

    class Life(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
            self.w = Writers(offices)

        def teardown(self) -> None:
            self.w.close()

        @invariant()
        def recounted(self) -> None:
            self.w.check()

        @rule(who=WHO)
        def plan(self, who: int) -> None:
            if len(self.w.rows(select(Meeting.id))) < MOST_MEETINGS:
                self.w.attempt(who, usecases.add_meeting, body_id=1, starts_at=self.w.now())

        @rule(who=WHO, m=PICK, late=st.booleans())
        def add_item(self, who: int, m: int, late: bool) -> None:
            meeting = self.w.meeting(m)
            if meeting is not None:
                asked = {"listing_reason": "예시 사유"} if late else {}
                self.w.attempt(
                    who, agenda.add_item, meeting_id=meeting.id, title="예시 안건", **asked
                )

        @rule(who=WHO, m=PICK)
        def advance(self, who: int, m: int) -> None:
            self.w.advance(who, m)

        @rule(who=WHO, m=PICK)
        def advance_more(self, who: int, m: int) -> None:
            self.w.advance(who, m)
            self.w.check()
            self.w.advance(1 - who, m)

        @rule(
            who=WHO,
            m=PICK,
            some=st.sets(st.integers(0, PEOPLE - 1), min_size=1),
            mark=st.sampled_from(["present", "left", "absent", "unmarked"]),
        )
        def mark(self, who: int, m: int, some: set[int], mark: str) -> None:
            meeting = self.w.meeting(m)
            if meeting is not None:
                seats = self.w.seats(meeting.id)
                ids = [seats[n] for n in sorted(some) if n < len(seats)]
                self.w.attempt(
                    who, movements.mark_presence, ids=ids, presence=mark, at=self.w.now()
                )

        @rule(who=WHO, m=PICK, n=PICK, inside=st.booleans())
        def move(self, who: int, m: int, n: int, inside: bool) -> None:
            meeting = self.w.meeting(m)
            seats = self.w.seats(meeting.id) if meeting is not None else []
            if seats:
                seat = seats[n % len(seats)]
                self.w.attempt(who, movements.move, id=seat, inside=inside, at=self.w.now())

        @rule(
            who=WHO,
            m=PICK,
            verb=st.sampled_from([sitting.recess, sitting.talk, sitting.resume]),
        )
        def rest(self, who: int, m: int, verb: Callable) -> None:
            meeting = self.w.meeting(m)
            if meeting is not None:
                self.w.attempt(who, verb, meeting_id=meeting.id, at=self.w.now())

        @rule(who=WHO, m=PICK, i=PICK, n=PICK)
        def recuse(self, who: int, m: int, i: int, n: int) -> None:
            meeting = self.w.meeting(m)
            item = self.w.item(i, meeting.id) if meeting is not None else None
            if item is not None:
                seats = self.w.seats(meeting.id)
                self.w.attempt(
                    who,
                    recusals.recuse,
                    item_id=item,
                    attendance_id=seats[n % len(seats)],
                    kind="self",
                    ground="예시 사유",
                )

        @rule(who=WHO, m=PICK, i=PICK, yes=st.integers(0, 5), no=st.integers(0, 3))
        def vote(self, who: int, m: int, i: int, yes: int, no: int) -> None:
            meeting = self.w.meeting(m)
            item = self.w.item(i, meeting.id) if meeting is not None else None
            if item is not None:
                self.w.attempt(
                    who, votes.record_vote, item_id=item, yes=yes, no=no, at=self.w.now()
                )

        @rule(
            who=WHO,
            m=PICK,
            i=PICK,
            outcome=st.sampled_from(["as_proposed", "deferred", "rejected", "withdrawn"]),
        )
        def decide(self, who: int, m: int, i: int, outcome: str) -> None:
            meeting = self.w.meeting(m)
            item = self.w.item(i, meeting.id) if meeting is not None else None
            if item is not None:
                self.w.attempt(
                    who,
                    votes.decide,
                    item_id=item,
                    outcome=outcome,
                    remark="예시 사유",
                    at=self.w.now(),
                )

        @rule(
            who=WHO,
            m=PICK,
            i=PICK,
            verb=st.sampled_from(["withdraw", "restore", "undecide", "delete", "take up"]),
        )
        def item_verb(self, who: int, m: int, i: int, verb: str) -> None:
            meeting = self.w.meeting(m)
            item = self.w.item(i, meeting.id) if meeting is not None else None
            if item is None:
                return
            if verb == "withdraw":
                self.w.attempt(who, agenda.withdraw_item, id=item, reason="예시 사유")
            elif verb == "restore":
                self.w.attempt(who, agenda.restore_item, id=item)
            elif verb == "undecide":
                self.w.attempt(who, votes.undecide, item_id=item)
            elif verb == "delete":
                self.w.attempt(who, agenda.delete_item, id=item)
            else:
                self.w.attempt(who, agenda.take_up, id=item, at=self.w.now())

        @rule(who=WHO, m=PICK, carry=st.booleans())
        def close_it(self, who: int, m: int, carry: bool) -> None:
            meeting = self.w.meeting(m)
            if meeting is not None:
                self.w.attempt(
                    who, steps.close_meeting, id=meeting.id, carry=carry, at=self.w.now()
                )

        @rule(who=WHO, m=PICK, how=st.sampled_from(["no quorum", "postpone", "cancel", "delete"]))
        def drop(self, who: int, m: int, how: str) -> None:
            meeting = self.w.meeting(m)
            if meeting is None:
                return
            asked = {"id": meeting.id, "at": self.w.now()}
            if how == "no quorum":
                self.w.attempt(who, steps.no_quorum, **asked)
            elif how == "postpone":
                self.w.attempt(
                    who, steps.postpone, reason="예시 사유", starts_at=self.w.at, **asked
                )
            elif how == "cancel":
                self.w.attempt(who, steps.cancel, reason="예시 사유", **asked)
            else:
                self.w.attempt(who, usecases.delete_meeting, id=meeting.id)

        @rule(who=WHO, m=PICK)
        def take_back(self, who: int, m: int) -> None:
            meeting = self.w.meeting(m)
            if meeting is None:
                return
            if meeting.state in ("confirmed", "published"):
                verb: Callable = confirming.reopen
            elif meeting.state == "drafted":
                verb = minutes.take_back
            else:
                self.w.attempt(
                    who, steps.take_back, id=meeting.id, reason="예시 사유", at=self.w.now()
                )
                return
            self.w.attempt(who, verb, meeting_id=meeting.id, reason="예시 사유")

        @rule(who=WHO)
        def undo(self, who: int) -> None:
            self.w.replay(who, "undo")

        @rule(who=WHO)
        def undo_twice(self, who: int) -> None:
            self.w.replay(who, "undo")
            self.w.check()
            self.w.replay(who, "undo")

        @rule(who=WHO)
        def redo(self, who: int) -> None:
            self.w.replay(who, "redo")

    return Life


@pytest.fixture(autouse=True)
def _the_day() -> None:
    clock.fix(DAY + dt.timedelta(days=1))


def made(store: Store) -> None:
    """A body of voting members and an observer, its chair, and one meeting with an item."""
    room = Room.made(store, PEOPLE, VOTING)
    with store.reading() as read:
        first = read.scalars(select(Membership.id).order_by(Membership.id)).first()
    from gwangju_desktop.members import usecases as members

    store.run(members.edit_membership, id=first, role="chair")
    store.run(
        usecases.edit_meeting,
        id=room.meeting,
        place="예시 회의실",
        presiding="가상가",
        secretariat="예시 사무국",
    )


@pytest.fixture
def files(sqlite_store: Store, tmp_path: Path) -> Offices:
    """Two stores on a fresh copy of one office file, each time."""
    made(sqlite_store)
    template = tmp_path / "template.gwoffice"
    sqlite_store.close()
    shutil.copy(tmp_path / "사무국 office.gwoffice", template)

    def offices() -> tuple[Store, Store]:
        path = tmp_path / "office.gwoffice"
        shutil.copy(template, path)
        return Store.open(path, who="가"), Store.open(path, who="나", locked=False)

    return offices


@pytest.fixture
def servers(new_postgres: Callable[[], str]) -> Offices:
    """Two stores on a new database of one server, each time."""

    def offices() -> tuple[Store, Store]:
        url = new_postgres()
        first = Store.open(url, who="가")
        made(first)
        return first, Store.open(url, who="나")

    return offices


def test_the_way_to_published_minutes_is_open(files: Offices) -> None:
    """The machine below would prove little if it never got there."""
    writers = Writers(files)
    seen = []
    for n in range(8):
        seen.append(writers.meeting(0).state)
        writers.advance(n % 2, 0)
        writers.check()
    assert seen == [
        *("planned", "noticed", "distributed", "opened"),
        *("closed", "drafted", "confirmed", "published"),
    ]
    writers.close()


def test_steps_taken_back_one_after_the_other_lead_back_to_the_plan(files: Offices) -> None:
    """A step taken back is no step on: taking back again goes further back, not forth."""
    writers = Writers(files)
    for n in range(3):
        writers.advance(n % 2, 0)
    assert writers.meeting(0).state == "opened"
    seen = []
    for n in range(3):
        asked = {"id": writers.meeting(0).id, "reason": "예시 사유", "at": writers.now()}
        writers.attempt(n % 2, steps.take_back, **asked)
        writers.check()
        seen.append(writers.meeting(0).state)
    assert seen == ["distributed", "noticed", "planned"]
    writers.close()


def test_any_life_by_two_writers(files: Offices) -> None:
    run_state_machine_as_test(life(files), settings=machines.some(10, 25))


def test_any_life_by_two_writers_on_a_server(servers: Offices) -> None:
    run_state_machine_as_test(life(servers), settings=machines.some(3, 20))


def test_numbers_given_by_two_writers_at_once_differ(files: Offices) -> None:
    writers = Writers(files)
    ids = [
        writers.attempt(n % 2, usecases.add_meeting, body_id=1, starts_at=writers.now())
        for n in range(6)
    ]
    for n, id in enumerate(ids):
        day = DAY - dt.timedelta(days=10)
        writers.attempt((n + 1) % 2, steps.notice, id=id, day=day, at=writers.now())
    with writers.stores[0].reading() as read:
        given = [one.number for one in numbers.book(read, body_id=1) if one.kind == "meeting"]
    assert given == list(range(1, 7))
    writers.close()
