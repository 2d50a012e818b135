"""Any sequence of verbs: every clock is a naive count, no reply without reasons, nothing is lost."""

from __future__ import annotations

import copy
import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import holidays as published
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import func, select

from db.schema import handling
from db.schema import proposals as schema
from db.schema.calendar import Holiday
from db.schema.handling import ProposalNotice, ProposalReply, ProposalStep
from db.schema.proposals import Proposal
from db.store import Store
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.meetings import holidays
from gwangju_desktop.proposals import (
    boards,
    clocks,
    merging,
    notes,
    opinions,
    replies,
    steps,
    usecases,
)
from tests import machines
from tests.gwangju_desktop.proposals import naive

D = dt.date
DAY = dt.timedelta(days=1)
START = D(2022, 1, 10)
LAW = published.country_holidays("KR", years=range(2021, 2026))
# Written from the rule, not read from the profile.
LEGAL = {
    "draft": "received",
    "received": "review supplement closed civil_petition transferred merged withdrawn",
    "supplement": "received review closed civil_petition transferred merged withdrawn",
    "review": "opinion tabled supplement adopted partly not_adopted deferred closed "
    "civil_petition transferred merged withdrawn",
    "opinion": "review merged withdrawn",
    "tabled": "adopted partly not_adopted deferred review merged withdrawn",
    "adopted": "replied",
    "partly": "replied",
    "not_adopted": "replied",
    "deferred": "review tabled replied",
    "replied": "implementing re_exam review",
    "re_exam": "adopted partly not_adopted",
    "implementing": "done delayed dropped",
    "delayed": "implementing done delayed dropped",
    "done": "done",
}
EDGES = {(before, after) for before, ways in LEGAL.items() for after in ways.split()}
COUNTED = {
    "received",
    "supplement",
    "review",
    "opinion",
    "tabled",
    "adopted",
    "partly",
    "not_adopted",
    "deferred",
    "re_exam",
}
TOLD = {
    "supplement": "supplement",
    "opinion": "opinion",
    "transferred": "transfer",
    "civil_petition": "civil_petition",
    "closed": "closed",
    "replied": "result",
    "delayed": "delay",
    "dropped": "delay",
    "re_exam": "re_exam",
}
TARGETS = sorted(set(" ".join(LEGAL.values()).split()))
GONE = {"closed", "civil_petition", "transferred", "withdrawn", "merged"}


# Which proposal, its ways, the reply's reasons, whether told, days of a supplement, days between.
WALK = st.tuples(
    st.integers(0, 3),
    st.lists(st.integers(0, 20), min_size=3, max_size=8),
    st.sampled_from(["가상 이유", "가상 이유", "가상 이유", ""]),
    st.booleans(),
    st.integers(0, 20),
    st.integers(0, 9),
)


@dataclass
class Pause:
    """A supplement or an opinion, as the naive account keeps it."""

    first: dt.date
    last: dt.date
    stops: bool
    ended: dt.date | None = None
    supplement: bool = False


@dataclass
class Known:
    """What the naive account knows of one proposal."""

    state: str
    begins: dt.date
    received: dt.date
    pauses: list[Pause] = field(default_factory=list)
    supplement: Pause | None = None
    opinions: dict[int, Pause] = field(default_factory=dict)


@dataclass
class Account:
    """The naive account of the office."""

    proposals: dict[int, Known] = field(default_factory=dict)
    off: set[dt.date] = field(default_factory=set)


class Steps(RuleBasedStateMachine):
    """Proposals of one office under random verbs; refusals change nothing."""

    new: Callable[[], Any]

    def __init__(self) -> None:
        super().__init__()
        self.store = type(self).new()
        self.account = Account()
        self.before: list[Account] = []
        self.sent = False
        self.today = START

    def teardown(self) -> None:
        if not self.sent:
            while self.store.undoable is not None:
                self.store.undo()
            self.is_empty()
        self.store.close()

    def is_empty(self) -> None:
        tables = [
            entity
            for module in (schema, handling)
            for entity in vars(module).values()
            if isinstance(entity, type)
            and hasattr(entity, "__table__")
            and entity.__module__ == module.__name__
        ]
        assert len(tables) > 15
        with self.store.reading() as read:
            for entity in [*tables, Holiday]:
                assert read.scalar(select(func.count()).select_from(entity)) == 0, entity

    def run_(self, usecase: Callable[..., Any], **values: Any) -> Any:
        """Run a use case on the machine's day; None and nothing changed where it is refused."""
        clock.fix(self.today)
        head = self.store.head()
        try:
            made = self.store.run(usecase, **values)
        except UserError:
            return None
        if self.store.head() != head:
            # What changes nothing, like a reply written again, is no step to undo.
            self.before.append(copy.deepcopy(self.account))
        if getattr(usecase, "undoable", True) is False:
            self.before.clear()
            self.sent = True
        return made.value

    def pick(self, n: int) -> int:
        ids = sorted(self.account.proposals)
        return ids[n % len(ids)]

    @initialize()
    def first(self) -> None:
        self.register(0, False)

    @precondition(lambda self: len(self.account.proposals) < 3)
    @rule(back=st.integers(0, 9), draft=st.booleans())
    def register(self, back: int, draft: bool) -> None:
        day = self.today - back * DAY
        made = self.run_(
            usecases.register,
            title="가상 제안",
            channel="web",
            received_on=day,
            anonymous=True,
            draft=draft,
        )
        assert made is not None
        self.account.proposals[made] = Known("draft" if draft else "received", day, day)

    @rule(more=st.integers(0, 16))
    def days_go_by(self, more: int) -> None:
        self.today += more * DAY
        clock.fix(self.today)

    # Three times, so that every other rule drawn is a walk.
    @precondition(lambda self: self.account.proposals)
    @rule(way=WALK)
    def on(self, way: tuple[int, list[int], str, bool, int, int]) -> None:
        self.walk(*way)

    @precondition(lambda self: self.account.proposals)
    @rule(way=WALK)
    def further_on(self, way: tuple[int, list[int], str, bool, int, int]) -> None:
        self.walk(*way)

    @precondition(lambda self: self.account.proposals)
    @rule(way=WALK)
    def and_on(self, way: tuple[int, list[int], str, bool, int, int]) -> None:
        self.walk(*way)

    def walk(
        self, n: int, ways: list[int], reasons: str, told: bool, until: int, days: int
    ) -> None:
        """Take one proposal on by ways that lead somewhere, some days apart."""
        id = self.pick(n)
        for way in ways:
            state = self.account.proposals[id].state
            # The usual ways come first; most walks are to come far.
            targets = [t for t in LEGAL.get(state, "").split() if t not in GONE or way > 16]
            if not targets:
                return
            to = targets[way % len(targets)]
            if state == "re_exam" and way % 2:
                self.run_(boards.add_board, id=id, members=5, citizens=3, held_on=self.today)
            if to == "opinion":
                self.ask(n, told, "가")
            elif to == "replied":
                self.reply(n, reasons)
            elif state == "supplement" and way % 2:
                self.supplement_comes(n, 0)
            else:
                self.step_to(id, to, 0, until)
            self.days_go_by(days)

    @precondition(lambda self: self.account.proposals)
    @rule(
        n=st.integers(0, 3),
        to=st.sampled_from(TARGETS),
        back=st.sampled_from([0, 0, 0, 1, 4]),
        until=st.integers(0, 20),
    )
    def stray(self, n: int, to: str, back: int, until: int) -> None:
        self.step_to(self.pick(n), to, back, until)

    def step_to(self, id: int, to: str, back: int, until: int) -> None:
        """Try a move, and see that it goes as `ahead` says."""
        known = self.account.proposals[id]
        day = self.today - back * DAY
        clock.fix(self.today)
        with self.store.reading() as read:
            way = next((w for w in steps.ahead(read, id, day) if w.to_state == to), None)
            since = read.get_one(Proposal, id).since_on
        more = {
            "reason": "가상 사유",
            "outside": "가상구청",
            "planned_on": day + 30 * DAY,
            "review_on": day + 40 * DAY,
            "wanted": "가상 도면",
            "until_on": day + until * DAY,
            "effect": "가상 효과",
            "same_content": way is not None and "same_content" in way.asks,
        }
        made = self.run_(steps.move, id=id, to=to, on_day=day, **more)
        if known.state != "draft":
            # What `ahead` says is what happens.
            in_order = since <= day
            assert (made is not None) == (way is not None and not way.lacks and in_order)
        if made is None:
            return
        assert (known.state, to) in EDGES
        known = self.account.proposals[id]
        if to == "supplement":
            stops = day <= known.begins + 7 * DAY
            known.supplement = Pause(day, day + until * DAY, stops, None, True)
            known.pauses.append(known.supplement)
        if known.state == "draft":
            known.received = day
        if known.state == "draft" or to == "re_exam" or (known.state, to) == ("replied", "review"):
            known.begins = day
        self.arrive(known, to, day)

    def arrive(self, known: Known, to: str, day: dt.date) -> None:
        if to in GONE or to == "replied":
            for pause in known.opinions.values():
                pause.ended = pause.ended or day
            known.opinions = {}
        known.state = to

    @precondition(lambda self: self.account.proposals)
    @rule(n=st.integers(0, 3), back=st.sampled_from([0, 0, 2]))
    def supplement_comes(self, n: int, back: int) -> None:
        id = self.pick(n)
        day = self.today - back * DAY
        if self.run_(steps.supplement_came, id=id, answer="가상", on_day=day) is None:
            return
        known = self.account.proposals[id]
        assert known.supplement is not None
        assert known.supplement.ended is None
        known.supplement.ended = day
        if known.state == "supplement":
            known.state = self.came_from(id, "supplement")

    @precondition(lambda self: self.account.proposals)
    @rule(n=st.integers(0, 3), told=st.booleans(), name=st.sampled_from("가나다"))
    def ask(self, n: int, told: bool, name: str) -> None:
        id = self.pick(n)
        made = self.run_(
            opinions.ask_opinion,
            id=id,
            department=f"가상{name}과",
            told=told,
            on_day=self.today,
        )
        if made is None:
            return
        known = self.account.proposals[id]
        known.opinions[made] = Pause(self.today, self.today + 21 * DAY, told)
        known.pauses.append(known.opinions[made])
        if known.state == "review":
            known.state = "opinion"

    @precondition(lambda self: self.account.proposals)
    @rule(n=st.integers(0, 3), which=st.integers(0, 3), withdrawn=st.booleans())
    def opinion_ends(self, n: int, which: int, withdrawn: bool) -> None:
        id = self.pick(n)
        known = self.account.proposals[id]
        if not known.opinions:
            return
        opinion = sorted(known.opinions)[which % len(known.opinions)]
        if withdrawn:
            made = self.run_(opinions.withdraw_opinion, opinion_id=opinion, on_day=self.today)
        else:
            made = self.run_(
                opinions.answer_opinion,
                opinion_id=opinion,
                stance="adopt",
                text="가상 의견",
                on_day=self.today,
            )
        if made is None:
            return
        known = self.account.proposals[id]
        known.opinions.pop(opinion).ended = self.today
        if known.state == "opinion" and not known.opinions:
            known.state = self.came_from(id, "opinion")

    @precondition(lambda self: self.account.proposals)
    @rule(n=st.integers(0, 3), reasons=st.sampled_from(["", "가상 이유", "가상 이유"]))
    def reply(self, n: int, reasons: str) -> None:
        id = self.pick(n)
        self.run_(replies.write_reply, id=id, text="가상 회신", reasons=reasons)
        if self.run_(replies.send_reply, id=id, on_day=self.today, how="우편") is not None:
            known = self.account.proposals[id]
            assert (known.state, "replied") in EDGES
            self.arrive(known, "replied", self.today)

    @precondition(lambda self: self.account.proposals)
    @rule(n=st.integers(0, 3), what=st.integers(0, 3))
    def aside(self, n: int, what: int) -> None:
        id = self.pick(n)
        if what == 0:
            self.run_(boards.add_board, id=id, members=5, citizens=3, held_on=self.today)
        elif what == 1:
            name = f"가상{len(self.before)}과"
            self.run_(steps.assign, id=id, department=name, on_day=self.today)
        elif what == 2:
            self.run_(steps.note_repeat, id=id, on_day=self.today)
        else:
            self.run_(notes.add_note, id=id, text="가상 메모")

    @precondition(lambda self: len(self.account.proposals) > 1)
    @rule(n=st.integers(0, 3), m=st.integers(0, 3))
    def merge(self, n: int, m: int) -> None:
        ids = [self.pick(n), self.pick(m)]
        kept = self.run_(merging.merge, ids=ids)
        if kept is None:
            return
        assert len(set(ids)) == 2
        for id in set(ids) - {kept}:
            assert self.account.proposals[id].received >= self.account.proposals[kept].received
            assert (self.account.proposals[id].state, "merged") in EDGES
            self.arrive(self.account.proposals[id], "merged", self.today)

    @precondition(lambda self: 0 < len(self.account.proposals) < 4)
    @rule(n=st.integers(0, 3))
    def split(self, n: int) -> None:
        id = self.pick(n)
        whole = self.account.proposals[id]
        made = self.run_(merging.split, id=id, parts=[{"title": "가상 일부", "text": ""}])
        if made is None:
            return
        with self.store.reading() as read:
            state = read.get_one(Proposal, made[0]).state
        assert state in ("received", "review")
        # Of a part nothing is awaited from today on.
        over = [copy.copy(pause) for pause in whole.pauses]
        for pause in over:
            if pause.ended is None and pause.supplement:
                pause.last = min(pause.last, self.today)
            elif pause.ended is None:
                pause.ended = self.today
        part = Known(state, whole.begins, whole.received, over)
        part.supplement = next((p for p in reversed(over) if p.supplement), None)
        self.account.proposals[made[0]] = part

    @precondition(lambda self: len(self.account.off) < 3)
    @rule(ahead=st.integers(0, 45))
    def a_holiday_is_declared(self, ahead: int) -> None:
        day = self.today + ahead * DAY
        if self.run_(holidays.set_holiday, day=day, name="가상 임시공휴일") is not None:
            self.account.off.add(day)

    @rule()
    def undo(self) -> None:
        if self.store.undoable is None:
            return
        clock.fix(self.today)
        assert self.before
        self.store.undo()
        self.account = self.before.pop()

    def came_from(self, id: int, state: str) -> str:
        with self.store.reading() as read:
            query = (
                select(ProposalStep.from_state)
                .where(ProposalStep.proposal_id == id, ProposalStep.to_state == state)
                .order_by(ProposalStep.id.desc())
            )
            return str(read.scalars(query).first())

    def off(self, day: dt.date) -> bool:
        return day.weekday() >= 5 or day in LAW or day in self.account.off

    @invariant()
    def every_clock_is_a_count_day_by_day(self) -> None:
        with self.store.reading() as read:
            rows = read.execute(select(Proposal.id, Proposal.state, Proposal.due_on)).all()
            # Nothing disappears, and nothing comes from nowhere.
            assert {row.id for row in rows} == set(self.account.proposals)
            for id, state, due_on in rows:
                known = self.account.proposals[id]
                assert state == known.state
                counted = clocks.of(read, id)
                assert due_on == (counted.due_on if counted else None)
                if known.state not in COUNTED:
                    assert due_on is None
                    continue
                runs = [(p.first, min(p.ended or p.last, p.last)) for p in known.pauses if p.stops]
                base = naive.month_after(known.begins)
                assert due_on == naive.due(known.begins, base, runs, self.off)

    @invariant()
    def histories_hang_together(self) -> None:
        with self.store.reading() as read:
            moves = read.execute(
                select(
                    ProposalStep.id,
                    ProposalStep.proposal_id,
                    ProposalStep.from_state,
                    ProposalStep.to_state,
                    ProposalStep.on_day,
                )
                .where(ProposalStep.kind == "move")
                .order_by(ProposalStep.id)
            ).all()
            told = read.execute(select(ProposalNotice.step_id, ProposalNotice.kind)).all()
            sent = read.execute(
                select(ProposalReply.proposal_id, ProposalReply.text, ProposalReply.reasons).where(
                    ProposalReply.sent_on.is_not(None)
                )
            ).all()
            numbers = dict(read.execute(select(Proposal.id, Proposal.number)).all())
            wholes = dict(read.execute(select(Proposal.id, Proposal.split_from_id)).all())
        at: dict[int, str | None] = {}
        anew: dict[int | None, set[dt.date]] = {}
        for step, id, before, after, day in moves:
            if (before, after) == ("replied", "review"):
                anew.setdefault(id, set()).add(day)
                # A part begins anew with its whole; the reply before that was the whole's alone.
                assert at[id] == "replied" or day in anew.get(wholes[id], ())
            else:
                assert before == at.get(id)
            assert before is None or (before, after) in EDGES
            at[id] = after
            made = [kind for step_id, kind in told if step_id == step]
            wanted = "receipt" if before is None else TOLD.get(after)
            assert made == ([wanted] if wanted else [])
        for id, known in self.account.proposals.items():
            assert at.get(id, "draft") == known.state
            assert (numbers[id] is None) == (known.state == "draft")
            # No reply without its text and reasons.
            replied = sum((row.proposal_id, row.to_state) == (id, "replied") for row in moves)
            mine = [row for row in sent if row.proposal_id == id]
            assert replied == len(mine)
            assert all(row.text and row.reasons for row in mine)
        given = [number for number in numbers.values() if number]
        assert len(given) == len(set(given))


def drive(new: Callable[[], Any], tried: settings) -> None:
    machine = type("Driven", (Steps,), {"new": staticmethod(new)})
    run_state_machine_as_test(machine, settings=tried)


@pytest.fixture
def new_file(tmp_path: Path, _empty_office: Path) -> Callable[[], Store]:
    made = iter(range(10_000))

    def new() -> Store:
        path = tmp_path / f"사무국 {next(made)}.gwoffice"
        path.write_bytes(_empty_office.read_bytes())
        return Store.open(path)

    return new


def test_a_part_of_one_taken_up_again_begins_anew_with_it(new_file: Callable[[], Store]) -> None:
    machine = type("Driven", (Steps,), {"new": staticmethod(new_file)})()
    machine.first()
    for to in ("review", "deferred"):
        machine.step_to(1, to, 0, 0)
        machine.days_go_by(2)
    machine.reply(0, "가상 이유")
    machine.days_go_by(40)
    machine.step_to(1, "review", 0, 0)
    machine.days_go_by(3)
    machine.split(0)
    machine.split(1)
    assert [known.state for known in machine.account.proposals.values()] == ["review"] * 3
    machine.every_clock_is_a_count_day_by_day()
    machine.histories_hang_together()
    machine.teardown()


@pytest.mark.usefixtures("_korean_and_today")
def test_any_steps_on_a_file(new_file: Callable[[], Store]) -> None:
    drive(new_file, machines.some(6, 22))


@pytest.mark.usefixtures("_korean_and_today")
def test_any_steps_on_a_server(new_postgres: Callable[[], str]) -> None:
    drive(lambda: Store.open(new_postgres()), machines.some(2, 18))
