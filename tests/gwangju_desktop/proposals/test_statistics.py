"""Proposals in figures, against a plain count by hand."""

from __future__ import annotations

import datetime as dt
import random

import pytest

from db.schema.handling import ProposalReply
from db.schema.proposals import Proposal
from db.store import usecase
from db.vocab import ProposalChannel, ProposalState
from gwangju_desktop import clock
from gwangju_desktop.proposals import clocks, statistics
from gwangju_desktop.proposals.statistics import statistics as count
from tests.gwangju_desktop.proposals.entered import enter
from tests.gwangju_desktop.proposals.test_due import begin

D = dt.date
TODAY = D(2022, 6, 30)
YEAR = {"begins": D(2022, 1, 1), "ends": D(2022, 12, 31), "today": TODAY}


def decided(outcome: str, received: D, on: D, state: str = "replied", **values) -> dict:
    return {
        "title": outcome,
        "state": state,
        "adoption": outcome,
        "received_on": received,
        "decided_on": on,
        **values,
    }


def handled(pick: random.Random, received: D) -> dict:
    """Return opinions that pause some clocks, and steps by which some begin anew."""
    asked = received + dt.timedelta(days=pick.randint(1, 9))
    told = asked if pick.random() < 0.5 else None
    opinion = {"department": "회계과", "asked_on": asked, "told_on": told}
    opinion |= {"due_on": asked + dt.timedelta(days=21)}
    again = {
        "kind": "move",
        "from_state": "replied",
        "to_state": pick.choice(("re_exam", "review")),
    }
    again |= {"on_day": asked, "at": dt.datetime.combine(asked, dt.time(), dt.UTC)}
    return {
        "opinions": [opinion] if pick.random() < 0.4 else [],
        "steps": [again] if pick.random() < 0.3 else [],
    }


@usecase("Reply")
def reply(tx, *, ids: list[int], days: int) -> None:
    """Send replies so many days after receipt."""
    for id in ids:
        sent = tx.get_one(Proposal, id).received_on + dt.timedelta(days=days)
        tx.add(ProposalReply(proposal_id=id, text="회신", reasons="까닭", sent_on=sent))


def test_every_figure_by_hand(store) -> None:
    store.run(begin)
    ids = store.run(
        enter,
        proposals=[
            # Received 2 March: the last day is 4 April, 2 April being a Saturday.
            decided("adopted", D(2022, 3, 2), D(2022, 4, 4), district="29110", channel="letter"),
            decided("partly", D(2022, 3, 2), D(2022, 4, 5), state="implementing"),
            decided("not_adopted", D(2022, 5, 2), D(2022, 5, 20)),
            decided("deferred", D(2022, 5, 2), D(2022, 5, 20), state="deferred")
            | {"due_on": D(2022, 6, 2)},
            {"title": "late", "state": "review", "received_on": D(2022, 5, 2)}
            | {"due_on": D(2022, 6, 2)},
            {"title": "open", "state": "received", "received_on": D(2022, 6, 20)}
            | {"due_on": D(2022, 7, 20)},
            {"title": "gone", "state": "transferred", "received_on": D(2022, 1, 1)},
            {"title": "merged", "state": "merged", "received_on": D(2022, 12, 31)},
            {"title": "answered", "state": "replied", "received_on": D(2022, 1, 5)},
            {"title": "draft", "state": "draft", "received_on": D(2022, 1, 5)},
            {"title": "before", "state": "received", "received_on": D(2021, 12, 31)},
        ],
    ).value
    store.run(reply, ids=ids[:1], days=30)
    store.run(reply, ids=ids[1:2], days=40)
    with store.reading() as read:
        found = count(read, **YEAR)
        assert statistics.span(read) == (D(2021, 12, 31), D(2022, 12, 31))
    assert (found.received, found.decided, found.adopted) == (9, 3, 2)
    assert (found.due, found.on_time, found.over, found.open) == (5, 2, 2, 3)
    assert (found.replied, found.reply_days) == (2, 35.0)
    assert {name: n for name, n in found.outcomes.items() if n} == {
        "open": 3,
        "adopted": 1,
        "partly": 1,
        "not_adopted": 1,
        "answered": 1,
        "transferred": 1,
        "merged": 1,
    }
    months = {part.code: part for part in found.breakdowns["month"]}
    assert list(months) == [f"2022-{n:02}" for n in range(1, 13)], "empty months stand too"
    assert (months["2022-03"].due, months["2022-03"].on_time) == (2, 1)
    assert months["2022-02"].received == 0 and not months["2022-01"].hidden
    channels = {part.code: part.received for part in found.breakdowns["channel"]}
    assert channels == {"web": 8, "letter": 1}
    districts = found.breakdowns["district"]
    assert [(part.code, part.received, part.hidden) for part in districts] == [
        ("29110", 1, True),
        ("", 8, True),
    ], "one of nine in a district would be known by the rest"


@pytest.mark.file_only
def test_an_empty_time_has_no_shares(store) -> None:
    with store.reading() as read:
        found = count(read, **YEAR)
        assert statistics.span(read) is None
    assert (found.received, found.due, found.reply_days) == (0, 0, None)
    assert set(found.breakdowns["month"]) == set() and not found.any_hidden


def test_any_office_agrees_with_a_plain_count(sqlite_store) -> None:
    store, pick = sqlite_store, random.Random(11)
    clock.fix(TODAY)
    store.run(begin)
    given = []
    for n in range(300):
        received = D(2021, 11, 1) + dt.timedelta(days=pick.randint(0, 300))
        state = pick.choice(list(ProposalState)).value
        adoption = pick.choice((None, "adopted", "partly", "not_adopted", "deferred"))
        given.append(
            {
                "title": str(n),
                "state": state,
                "adoption": adoption,
                "received_on": received,
                "decided_on": received + dt.timedelta(days=pick.randint(0, 60))
                if adoption
                else None,
                "due_on": received + dt.timedelta(days=31) if pick.random() < 0.5 else None,
                "channel": pick.choice(list(ProposalChannel)).value,
                "district": pick.choice(("29110", "29140", "29155", "")),
                "field": pick.choice(("transport", "")),
                **handled(pick, received),
            }
        )
    ids = store.run(enter, proposals=given).value
    with store.reading() as read:
        found = count(read, **YEAR)
        last = {id: clocks.counted(read, id) for id in ids}
    here = [
        (id, one)
        for id, one in zip(ids, given, strict=True)
        if one["received_on"].year == 2022 and one["state"] != "draft"
    ]
    assert found.received == len(here) == sum(found.outcomes.values())
    final = {
        id
        for id, one in here
        if statistics.outcome_of(one["state"], one["adoption"]) in statistics.DECIDED
    }
    kept = sum(one["decided_on"] <= last[id].due_on for id, one in here if id in final and last[id])
    over = sum(
        id not in final and one["due_on"] is not None and one["due_on"] < TODAY for id, one in here
    )
    assert (found.on_time, found.over, found.due) == (kept, over, len(final) + over)
    for parts in found.breakdowns.values():
        for name in ("received", "decided", "adopted", "due", "on_time", "open"):
            assert sum(getattr(part, name) for part in parts) == getattr(found, name)
