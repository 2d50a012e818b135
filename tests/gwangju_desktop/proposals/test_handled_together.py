"""Two PCs at once on one server: every number once, every share whole, nothing half sent."""

from __future__ import annotations

import threading

from db.errors import Conflict
from db.schema.handling import ProposalNotice
from db.schema.proposals import Proposal
from db.store import Store
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.proposals import replies
from tests.gwangju_desktop.proposals.handled import TODAY, all_of, decided, received, row

EACH = 8


def both(url: str, act) -> list:
    """Let two stores act at once and return what each brought."""
    brought: list = []

    def one(n: int) -> None:
        with Store.open(url, who=f"pc{n}") as store:
            brought.append(act(store, n))

    threads = [threading.Thread(target=one, args=(n,)) for n in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return brought


def test_every_number_is_given_once(new_postgres) -> None:
    clock.fix(TODAY)
    url = new_postgres()
    with Store.open(url) as store:
        received(store)
    both(url, lambda store, n: [received(store, title=f"가상 {n}") for _ in range(EACH)])
    with Store.open(url) as store:
        drawn = sorted(one.number_drawn for one in all_of(store, Proposal))
    assert drawn == list(range(1, 2 * EACH + 2))


def test_a_reply_is_sent_once(new_postgres) -> None:
    clock.fix(TODAY)
    url = new_postgres()
    with Store.open(url) as store:
        id = decided(store)
        store.run(replies.write_reply, id=id, text="답(예시)", reasons="이유(예시)")

    def send(store: Store, _n: int) -> str:
        try:
            store.run(replies.send_reply, id=id)
        except (UserError, Conflict):
            return "refused"
        return "sent"

    assert sorted(both(url, send)) == ["refused", "sent"]
    with Store.open(url) as store:
        assert row(store, id).state == "replied"
        told = [one for one in all_of(store, ProposalNotice) if one.kind == "result"]
        assert len(told) == 1
