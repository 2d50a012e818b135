"""One proposal whole, its line of time, and the board of opinions."""

from __future__ import annotations

import datetime as dt

import pytest

from db.schema.handling import (
    ProposalBoard,
    ProposalNotice,
    ProposalReply,
    ProposalStep,
    ProposalSupplement,
)
from db.schema.proposals import Proposal
from db.schema.threads import ThreadLink
from db.store import usecase
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.proposals import queries
from gwangju_desktop.text import say, use
from tests.gwangju_desktop.proposals.entered import enter

D = dt.date
TODAY = D(2022, 3, 20)


def at(day: D, hour: int = 10) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(hour), clock.KST)


def step(day: D, kind: str = "move", **values) -> dict:
    values = {"from_state": None, "to_state": None, **values}
    return {"kind": kind, "on_day": day, "at": at(day), **values}


def opinion(department: str, due: D, **values) -> dict:
    return {"department": department, "asked_on": D(2022, 3, 4), "due_on": due, **values}


BIKES = {
    "number": "2022-031",
    "title": "공공자전거 거점 확대",
    "text": "<b>거점</b>을 늘려 주십시오",
    "state": "replied",
    "received_on": D(2022, 2, 28),
    "department": "교통정책과",
    "adoption": "adopted",
    "effect": "이용이 늘었다",
    "effect_measured_on": D(2022, 3, 19),
    "proposers": [("김가상", 10000)],
    "outside": [("국민신문고", "1AA-2203-000001")],
    "opinions": [
        opinion(
            "교통정책과", D(2022, 3, 25), leads=True, answered_on=D(2022, 3, 10), stance="adopt"
        )
        | {"text": "거점 14곳 추가 가능"},
        opinion("회계과", D(2022, 3, 9)),
        opinion("자치과", D(2022, 3, 9), withdrawn_on=D(2022, 3, 6)),
    ],
    "steps": [
        step(D(2022, 2, 28), to_state="received"),
        step(D(2022, 3, 2), "assigned", department="공원과"),
        step(D(2022, 3, 3), "reassigned", department="교통정책과", reason="소관"),
        step(D(2022, 3, 4), from_state="review", to_state="opinion"),
        step(D(2022, 3, 10), from_state="opinion", to_state="review"),
        step(D(2022, 3, 12), from_state="tabled", to_state="adopted", reason="원안 채택"),
        step(D(2022, 3, 14), from_state="adopted", to_state="replied"),
    ],
}


@usecase("Finish")
def finish(tx, *, id: int, other: int) -> None:
    """Add what follows a decision."""
    tx.add(
        ProposalReply(
            proposal_id=id,
            text="드립니다",
            reasons="까닭",
            sent_on=D(2022, 3, 14),
            published_on=D(2022, 3, 16),
        )
    )
    for told in (D(2022, 3, 1), None):
        tx.add(
            ProposalNotice(
                proposal_id=id,
                kind="receipt" if told else "result",
                made_on=D(2022, 2, 28) if told else D(2022, 3, 14),
                told_on=told,
                how="우편" if told else "",
            )
        )
    tx.add(
        ProposalBoard(
            proposal_id=id, round=2, held_on=D(2022, 3, 18), members=7, citizens=4, stance="adopt"
        )
    )
    tx.add(ThreadLink(from_proposal_id=other, to_proposal_id=id, note="같은 뜻"))
    tx.get_one(Proposal, other).merged_into_id = id


@pytest.fixture
def office(store):
    clock.fix(TODAY)
    first, second = store.run(
        enter,
        proposals=[
            BIKES,
            {
                "number": "2022-040",
                "title": "자전거 길",
                "state": "supplement",
                "opinions": [
                    opinion("회계과", D(2022, 3, 21)),
                    opinion("교통정책과", D(2022, 3, 30)),
                ],
            },
        ],
    ).value
    store.run(finish, id=first, other=second)
    return store, first, second


def test_one_proposal_whole(office) -> None:
    store, first, second = office
    with store.reading() as read:
        found = queries.detail(read, id=first)
        with pytest.raises(UserError):
            queries.detail(read, id=999)
    assert (found.number, found.text) == ("2022-031", "<b>거점</b>을 늘려 주십시오")
    assert (found.profile_ko, found.call) == ("시험 기준", "")
    assert [one.name for one in found.proposers] == ["김가상"]
    assert found.proposers[0].phone == "010-****-1234" and found.proposers[0].main
    assert [one.number for one in found.outside] == ["1AA-2203-000001"]
    assert [(one.department, one.open) for one in found.opinions] == [
        ("교통정책과", False),
        ("회계과", True),
        ("자치과", False),
    ]
    assert found.reply is not None and found.reply.published_on == D(2022, 3, 16)
    assert [(one.kind, one.id) for one in found.relatives] == [("merged", second)]
    assert (found.before, found.after) == (1, 0)
    with store.reading() as read:
        other = queries.detail(read, id=second)
    assert [(one.kind, one.number) for one in other.relatives] == [("merged_into", "2022-031")]
    assert other.reply is None


def test_the_line_of_time_says_everything_once_the_latest_first(office) -> None:
    store, first, _second = office
    use("en")
    with store.reading() as read:
        events = queries.timeline(read, id=first)
    told = [(one.on_day, say(one.title, **one.values)) for one in events[::-1]]
    linked = next(one for one in told if one[1] == "Linked to another proposal")
    told.remove(linked)
    # Neither the journal's day nor one ahead: both proposals were there by then.
    assert linked[0] <= TODAY
    assert told == [
        (D(2022, 2, 28), "Proposal received"),
        (D(2022, 3, 1), "Notice of receipt sent"),
        (D(2022, 3, 2), "Department assigned"),
        (D(2022, 3, 3), "Department reassigned"),
        (D(2022, 3, 4), "Opinion asked of 교통정책과, due 2022-03-25"),
        (D(2022, 3, 4), "Opinion asked of 회계과, due 2022-03-09"),
        (D(2022, 3, 4), "Opinion asked of 자치과, due 2022-03-09"),
        (D(2022, 3, 6), "Request to 자치과 withdrawn"),
        (D(2022, 3, 10), "Opinion of 교통정책과: For adoption"),
        (D(2022, 3, 12), "Adopted"),
        (D(2022, 3, 14), "Reply sent"),
        (D(2022, 3, 14), "Notice of the result made, not sent yet"),
        (D(2022, 3, 16), "Reply published"),
        (D(2022, 3, 18), "Review board, re-examination: For adoption (7 members)"),
        (D(2022, 3, 19), "Effect measured"),
    ]
    said = {say(one.title, **one.values): one for one in events}
    assert said["Department reassigned"].detail == "공원과 → 교통정책과 · 소관"
    assert said["Notice of receipt sent"].detail == "우편"
    assert said["Reply sent"].state == "replied", "the step that says the same is one line with it"
    assert said["Adopted"].at == at(D(2022, 3, 12)).astimezone(clock.KST)
    assert said["Linked to another proposal"].detail == "자전거 길 · 같은 뜻"


@pytest.mark.file_only
def test_a_step_entered_later_tells_no_hour(store) -> None:
    late = {
        "kind": "move",
        "to_state": "received",
        "on_day": D(2022, 2, 1),
        "at": at(D(2022, 3, 1)),
    }
    (id,) = store.run(
        enter, proposals=[{"title": "늦게 적은 것", "state": "received", "steps": [late]}]
    ).value
    with store.reading() as read:
        (event,) = queries.timeline(read, id=id)
    assert (event.on_day, event.at) == (D(2022, 2, 1), None)


@usecase("Ask for more")
def supplement(tx, *, id: int) -> None:
    """Ask for two supplements, the second too late to stop the clock."""
    for pauses, came in ((True, D(2022, 3, 9)), (False, None)):
        tx.add(
            ProposalSupplement(
                proposal_id=id,
                asked_on=D(2022, 3, 5),
                until_on=D(2022, 3, 15),
                wanted="위치도",
                pauses=pauses,
                came_on=came,
                answer="드림" if came else "",
            )
        )
    for day, before, after in (
        (D(2022, 3, 5), "received", "supplement"),
        (D(2022, 3, 9), "supplement", "received"),
    ):
        tx.add(ProposalStep(proposal_id=id, **step(day, from_state=before, to_state=after)))


def test_a_supplement_too_late_says_that_the_clock_runs_on(store) -> None:
    (id,) = store.run(enter, proposals=[{"title": "가", "state": "received"}]).value
    store.run(supplement, id=id)
    use("en")
    with store.reading() as read:
        told = [say(one.title, **one.values) for one in queries.timeline(read, id=id)][::-1]
    assert told == [
        "Supplement asked for, by 2022-03-15",
        "Supplement asked for, by 2022-03-15 (the clock is not suspended)",
        "Supplement came",
    ]


@pytest.mark.file_only
def test_the_board_groups_by_department_the_longest_over_due_first(office) -> None:
    store, first, second = office
    with store.reading() as read:
        found = queries.board(read, TODAY)
        old = queries.board(read, TODAY, answered_days=3)
    assert [(one.department, one.late) for one in found] == [("회계과", 1), ("교통정책과", 0)]
    assert [(one.proposal_id, one.days) for one in found[0].asked] == [(first, -11), (second, 1)]
    assert [one.proposal_id for one in found[1].asked] == [second]
    assert [(one.proposal_id, one.stance) for one in found[1].answered] == [(first, "adopt")]
    assert [one.answered for one in old] == [(), ()]


def test_an_empty_office_has_an_empty_board(store) -> None:
    with store.reading() as read:
        assert queries.board(read, TODAY) == []
