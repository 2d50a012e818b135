"""The whole life of meetings, by two writers at once, against a naive account of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select

from db.errors import DatabaseFault
from db.schema.meetings import AgendaItem, Meeting
from db.schema.sittings import DrawnNumber, Movement, Step
from db.store import Store
from db.vocab import AHEAD, OVER, ItemState, MeetingState
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.meetings import (
    agenda,
    movements,
    presence,
    queries,
    rules,
    steps,
    usecases,
    votes,
)
from gwangju_desktop.members import usecases as members
from tests import machines

START = dt.datetime(2022, 3, 17, 14, tzinfo=clock.KST)
MINUTE = dt.timedelta(minutes=1)
VOTERS = 5
# Every way a state may be left, back ways of steps taken back included.
LEGAL = {(before, after) for before, ways in steps.WAYS.items() for after in ways}


class Life(RuleBasedStateMachine):
    """Meetings of one body, driven by two open stores; refusals are fine, wrong states are not."""

    new: Callable[[], str]

    def __init__(self) -> None:
        super().__init__()
        self.url = type(self).new()
        self.stores = [Store.open(self.url, who=who) for who in ("first", "second")]
        self.turn = 0
        self.at = START
        self.meetings: list[int] = []
        self.given: dict[tuple[str, int, int], int] = {}

    def teardown(self) -> None:
        for store in self.stores:
            store.close()

    def run_(self, usecase: Callable[..., Any], **values: Any) -> Any:
        """Run a use case by the writer whose turn it is; a refusal changes nothing."""
        self.turn = 1 - self.turn
        self.at += MINUTE
        try:
            return self.stores[self.turn].run(usecase, **values).value
        except (UserError, DatabaseFault):
            return None

    @initialize()
    def found(self) -> None:
        # By a third writer: neither of the two may take back who the members are.
        with Store.open(self.url, who="founder") as store:
            added = store.run(members.add_body, name_ko="가상위원회", name_en="Made-up")
            self.body = added.value
            for n in range(VOTERS):
                store.run(
                    members.add_member,
                    person={"name": f"가상{n}", "fictional": True},
                    membership={"body_id": self.body, "starts_on": dt.date(2021, 1, 1)},
                )
        self.plan(0)

    @rule(day=st.integers(0, 9))
    def plan(self, day: int) -> None:
        if len(self.meetings) < 4:
            made = self.run_(
                usecases.add_meeting, body_id=self.body, starts_at=START + dt.timedelta(days=day)
            )
            if made is not None:
                self.meetings.append(made)

    def pick(self, data: st.DataObject) -> int:
        return data.draw(st.sampled_from(self.meetings))

    @rule(data=st.data(), kind=st.sampled_from(("deliberation", "report", "heading", "procedure")))
    def add(self, data: st.DataObject, kind: str) -> None:
        self.run_(
            agenda.add_item,
            meeting_id=self.pick(data),
            title="가상 안건",
            kind=kind,
            listing_reason="가상",
        )

    @rule(data=st.data(), which=st.sampled_from(("notice", "distribute", "open_meeting")))
    def forward(self, data: st.DataObject, which: str) -> None:
        values: dict[str, Any] = {"urgency": "가상"}
        values |= {"at": self.at} if which == "open_meeting" else {"day": dt.date(2022, 3, 8)}
        self.run_(getattr(steps, which), id=self.pick(data), **values)

    @rule(data=st.data(), carry=st.booleans())
    def close(self, data: st.DataObject, carry: bool) -> None:
        self.run_(steps.close_meeting, id=self.pick(data), at=self.at, carry=carry)

    @rule(data=st.data(), which=st.sampled_from(("postpone", "cancel", "no_quorum", "take_back")))
    def aside(self, data: st.DataObject, which: str) -> None:
        self.run_(getattr(steps, which), id=self.pick(data), reason="가상", at=self.at)

    @rule(data=st.data(), present=st.booleans())
    def mark(self, data: st.DataObject, present: bool) -> None:
        meeting = self.pick(data)
        with self.stores[0].reading() as read:
            seats = [seat.id for seat in queries.attendance(read, meeting_id=meeting)]
        if seats:
            chosen = data.draw(st.sets(st.sampled_from(seats), min_size=1))
            self.run_(
                movements.mark_presence,
                ids=sorted(chosen),
                presence="present" if present else "left",
                at=self.at,
            )

    @rule(data=st.data(), how=st.sampled_from(("take_up", "withdraw", "decide", "delete")))
    def treat(self, data: st.DataObject, how: str) -> None:
        with self.stores[0].reading() as read:
            items = read.scalars(select(AgendaItem.id)).all()
        if not items:
            return
        item = data.draw(st.sampled_from(items))
        if how == "take_up":
            self.run_(agenda.take_up, id=item, at=self.at)
        elif how == "withdraw":
            self.run_(agenda.withdraw_item, id=item, reason="가상")
        elif how == "decide":
            self.run_(votes.no_objection, item_id=item, at=self.at)
        else:
            self.run_(agenda.delete_item, id=item)

    @rule(which=st.integers(0, 1))
    @precondition(lambda self: any(store.undoable for store in self.stores))
    def undo(self, which: int) -> None:
        try:
            self.stores[which].undo()
        except (UserError, DatabaseFault):
            return

    @invariant()
    def every_step_is_legal_and_leads_to_the_state(self) -> None:
        with self.stores[0].reading() as read:
            states = dict(read.execute(select(Meeting.id, Meeting.state)).all())
            taken = read.execute(
                select(Step.meeting_id, Step.before, Step.after).order_by(Step.id)
            ).all()
        path: dict[int, list[MeetingState]] = {}
        for meeting, before, after in taken:
            walked = path.setdefault(meeting, [MeetingState.PLANNED])
            assert walked[-1] == before
            back = (MeetingState(after), MeetingState(before)) in LEGAL
            assert (MeetingState(before), MeetingState(after)) in LEGAL or back
            walked.append(MeetingState(after))
        for meeting, state in states.items():
            assert path.get(meeting, [MeetingState.PLANNED])[-1] == state

    @invariant()
    def numbers_are_given_once_and_never_taken_back(self) -> None:
        with self.stores[0].reading() as read:
            drawn = read.execute(
                select(
                    DrawnNumber.kind, DrawnNumber.year, DrawnNumber.number, DrawnNumber.subject_id
                )
            ).all()
            held = read.execute(
                select(Meeting.id, Meeting.number).where(Meeting.number.is_not(None))
            ).all()
        now = {(kind, year, number): subject for kind, year, number, subject in drawn}
        assert len(now) == len(drawn)
        assert self.given.items() <= now.items()
        for kind in {key[0] for key in now}:
            counted = sorted(key[2] for key in now if key[0] == kind)
            assert counted == list(range(1, len(counted) + 1))
        for meeting, number in held:
            assert now["meeting", 0, number] == meeting
        self.given = now

    @invariant()
    def labels_do_not_repeat_and_the_closed_leave_nothing_open(self) -> None:
        with self.stores[0].reading() as read:
            rows = read.execute(
                select(
                    Meeting.id, Meeting.state, AgendaItem.label, AgendaItem.state, AgendaItem.kind
                ).join(AgendaItem, AgendaItem.meeting_id == Meeting.id)
            ).all()
        for meeting in {row[0] for row in rows}:
            labels = [row[2] for row in rows if row[0] == meeting and row[2]]
            assert len(labels) == len(set(labels))
        for _id, state, label, item, kind in rows:
            if state in OVER and rules.numbered(kind):
                assert item not in (ItemState.PENDING, ItemState.TAKEN_UP)
            if state != MeetingState.PLANNED:
                assert bool(label) == rules.numbered(kind)

    @invariant()
    def the_quorum_is_that_of_a_naive_recount(self) -> None:
        with self.stores[0].reading() as read:
            for meeting in self.meetings:
                row = read.get(Meeting, meeting)
                if row is None:
                    continue
                seats = queries.attendance(read, meeting_id=meeting)
                inside = {seat.id for seat in seats if seat.presence == "present"}
                if row.state not in AHEAD:
                    moves = read.execute(
                        select(Movement.attendance_id, Movement.inside)
                        .where(Movement.meeting_id == meeting)
                        .order_by(Movement.at, Movement.id)
                    ).all()
                    last = dict(moves)
                    inside = {id for id, came in last.items() if came} | (inside - last.keys())
                found = presence.standing(read, meeting_id=meeting)
                assert found.enrolled == VOTERS
                assert found.attending == len(inside)
                assert found.quorum_met == (2 * len(inside) > VOTERS)
                if row.opened_at is not None and row.present_at_opening is not None:
                    assert 2 * row.present_at_opening > VOTERS


@pytest.mark.usefixtures("_korean_and_today")
def test_the_life_of_meetings_by_two_writers(new_postgres: Callable[[], str]) -> None:
    machine = type("Driven", (Life,), {"new": staticmethod(new_postgres)})
    run_state_machine_as_test(machine, settings=machines.some(3, 30))
