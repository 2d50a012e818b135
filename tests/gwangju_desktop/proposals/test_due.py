"""What the first page says of proposals."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select

from db.schema.handling import ProposalReply, ProposalSupplement
from db.store import usecase
from gwangju_desktop import clock, today
from gwangju_desktop.proposals import checks, due, profiles
from gwangju_desktop.text import say, use
from tests.gwangju_desktop.proposals.entered import enter

D = dt.date
TODAY = D(2022, 3, 11)


@usecase("Begin")
def begin(tx) -> None:
    """Write the profiles that ship."""
    profiles.ensure(tx)


@usecase("Follow up")
def follow(tx, *, supplement: int, replied: int, answered: int) -> None:
    """Add what waits for its day."""
    tx.add(
        ProposalSupplement(
            proposal_id=supplement,
            asked_on=D(2022, 3, 1),
            until_on=D(2022, 3, 8),
            wanted="위치도",
        )
    )
    for id, sent in ((replied, D(2022, 3, 1)), (answered, D(2022, 1, 3))):
        tx.add(ProposalReply(proposal_id=id, text="회신", reasons="까닭", sent_on=sent))


@usecase("Send on another day")
def resend(tx, *, id: int, sent_on: dt.date) -> None:
    """Let a reply have been sent on another day."""
    reply = tx.scalars(select(ProposalReply).where(ProposalReply.proposal_id == id)).one()
    reply.sent_on = sent_on


def lines(store, day=TODAY):
    use("en")
    clock.fix(day)
    with store.reading() as read:
        found = today.overview(read, today=day).deadlines
        return [
            (say(one.title, **one.values), one.days, one.table)
            for one in (*found.overdue, *found.week, *found.later)
        ]


def test_what_waits_for_a_day_is_named_with_it(store) -> None:
    store.run(begin)
    ids = store.run(
        enter,
        proposals=[
            {"title": "A", "state": "review", "due_on": D(2022, 3, 1)}
            | {"opinions": [{"department": "회계과", "asked_on": D(2022, 2, 1)}
                            | {"due_on": D(2022, 3, 12)}]},
            {"title": "B", "state": "review", "due_on": D(2022, 3, 18)},
            {"title": "C", "state": "review", "due_on": D(2022, 3, 19)},
            {"title": "D", "state": "re_exam", "due_on": D(2022, 3, 12)},
            {"title": "E", "state": "supplement"},
            {"title": "F", "state": "deferred", "review_on": D(2022, 3, 14)},
            {"title": "G", "state": "implementing", "planned_on": D(2022, 2, 28)},
            {"title": "H", "state": "done", "effect_from": D(2021, 3, 10)},
            {"title": "I", "state": "replied", "adoption": "not_adopted"},
            {"title": "J", "state": "replied", "adoption": "not_adopted"},
            {"title": "K", "state": "done", "planned_on": D(2022, 3, 11)},
        ],
    ).value  # fmt: skip
    store.run(follow, supplement=ids[4], replied=ids[8], answered=ids[9])
    assert lines(store) == [
        ("Implementation as notified: G", -11, "proposal"),
        ("Reply: A", -10, "proposal"),
        ("Supplement awaited: E", -3, "proposal"),
        ("Measure the effect: H", -1, "proposal"),
        ("Opinion of 회계과: A", 1, "proposal_opinion"),
        ("Re-examination: D", 1, "proposal"),
        ("Deferred, review again: F", 3, "proposal"),
        ("Last day to ask for a re-examination: I", 5, "proposal"),
        ("Reply: B", 7, "proposal"),
    ]
    # A last day that has gone by is nobody's task any more.
    later = [title for title, _days, _table in lines(store, D(2022, 3, 17))]
    assert not any("ask for a re-examination" in title for title in later)


@pytest.mark.file_only
def test_a_reply_ends_neither_a_deferral_nor_a_promise(store) -> None:
    store.run(begin)
    store.run(
        enter,
        proposals=[
            {"title": "A", "state": "replied", "adoption": "deferred", "review_on": D(2022, 3, 14)},
            {"title": "B", "state": "replied", "adoption": "partly", "planned_on": D(2022, 3, 1)},
            {"title": "C", "state": "done", "adoption": "adopted", "planned_on": D(2022, 3, 1)},
        ],
    )
    assert lines(store) == [
        ("Implementation as notified: B", -10, "proposal"),
        ("Deferred, review again: A", 3, "proposal"),
    ]


def test_the_last_day_of_a_re_examination_is_a_working_day(store) -> None:
    store.run(begin)
    first, second = store.run(
        enter,
        proposals=[
            {"title": title, "state": "replied", "adoption": "not_adopted"} for title in "AB"
        ],
    ).value
    # Fifteen days after Friday 25 February is Saturday 12 March.
    store.run(follow, supplement=first, replied=first, answered=second)
    store.run(resend, id=first, sent_on=D(2022, 2, 25))
    assert lines(store) == [("Last day to ask for a re-examination: A", 3, "proposal")]


@pytest.mark.file_only
def test_regular_checks_are_due_until_they_are_made(store) -> None:
    store.run(begin)
    store.run(enter, proposals=[{"number": "2021-001", "title": "A", "state": "done"}])
    told = lines(store, D(2022, 3, 1))
    assert told == [("Quarterly check of proposals: 1Q 2022", 30, "proposal_check")]
    assert lines(store, D(2022, 2, 1)) == []
    later = lines(store, D(2023, 1, 5))
    assert later == [
        ("Quarterly check of proposals: 1Q 2022 and 3 more", -280, "proposal_check"),
        ("Yearly report on proposals: 2022", 26, "proposal_check"),
    ]
    for quarter in (1, 2, 3, 4):
        store.run(checks.made, kind="quarter", year=2022, quarter=quarter)
    store.run(checks.made, kind="year", year=2022)
    assert lines(store, D(2023, 1, 5)) == []


def test_many_of_a_kind_are_five_and_a_number(store) -> None:
    store.run(begin)
    store.run(
        enter,
        proposals=[
            {"title": f"P{n}", "state": "review", "due_on": D(2022, 1, 1) + dt.timedelta(days=n)}
            for n in range(20)
        ],
    )
    told = [title for title, _days, _table in lines(store)]
    assert told == [*(f"Reply: P{n}" for n in range(5)), "Reply: P5 and 14 more"]
    with store.reading() as read:
        assert len(due.listed(read, today=TODAY)) == due.NAMED + 1


@pytest.mark.file_only
def test_the_first_glance_needs_no_proposals(store) -> None:
    store.run(enter, proposals=[{"title": "A", "state": "review", "due_on": D(2022, 3, 1)}])
    with store.reading() as read:
        assert today.glance(read, today=TODAY).deadlines.count == 0
