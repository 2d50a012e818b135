"""The figures of a period against what was made by hand."""

from __future__ import annotations

import datetime as dt

from db.schema.handling import ProposalReply
from db.schema.meetings import AgendaItem
from db.schema.proposals import Proposal
from db.store import Store
from db.vocab import Outcome
from gwangju_desktop.threads import coverage, links
from tests.gwangju_desktop.threads.made import TODAY, Office

YEAR = dt.date(2022, 1, 1)


def figures(store: Store, begins: dt.date = YEAR, ends: dt.date = TODAY) -> dict[str, int]:
    """Return the figures by their keys."""
    with store.reading() as read:
        found = coverage.coverage(read, begins, ends)
    assert all(one.base == found.base for one in found.reached)
    return {"base": found.base, **{one.key: one.n for one in found.reached}}


def test_nothing_received_is_no_share(sqlite_store: Store) -> None:
    Office.of(sqlite_store)
    with sqlite_store.reading() as read:
        found = coverage.coverage(read, YEAR, TODAY)
    assert found.base == 0
    assert [one.share for one in found.reached] == [None, None, None]


def test_every_voice_counts_once(store: Store) -> None:
    office = Office.of(store)
    run = store.run
    replied, decided, acted, withdrawn, plain, adopted = (office.proposal() for _ in range(6))
    office.proposal(received_on=dt.date(2021, 12, 31))
    office.proposal(state="draft", number=None)
    office.proposal(state="merged", merged_into_id=acted)
    office.make(ProposalReply, proposal_id=replied, text="예시", reasons="예시", sent_on=TODAY)
    office.make(ProposalReply, proposal_id=plain, text="예시", reasons="예시")
    office.set(Proposal, adopted, adoption="adopted", decided_on=TODAY)
    item, second = office.item(), office.item("둘째")
    carried = office.item("이월된 안건")
    taken_back = office.item("철회된 안건")
    office.set(AgendaItem, carried, carried_from_id=item)
    office.decide(carried)
    office.decide(taken_back, Outcome.WITHDRAWN)
    office.decide(second)
    office.action(second)
    run(links.link, before=("proposal", decided), after=("item", item))
    run(links.link, before=("proposal", acted), after=("item", second))
    run(links.link, before=("proposal", withdrawn), after=("item", taken_back))
    assert figures(store) == {"base": 6, "decision": 3, "reply": 1, "action": 1}
    lone = office.action(item)
    assert figures(store)["action"] == 2
    run(links.link, before=("proposal", plain), after=("action", lone))
    assert figures(store)["action"] == 3
    assert figures(store, dt.date(2021, 1, 1), dt.date(2021, 12, 31))["base"] == 1
