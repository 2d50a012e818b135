"""Links made and taken away: what is refused, what undo brings back, what deleting takes along."""

from __future__ import annotations

import pytest

from db.schema.threads import ThreadLink
from db.store import Store
from gwangju_desktop.errors import UserError
from gwangju_desktop.meetings import actions, agenda
from gwangju_desktop.threads import links
from tests.gwangju_desktop.threads.made import Office


def kinds(office: Office, table: str, id: int) -> list[str]:
    return [node.kind for node in office.thread(table, id).nodes]


def test_linked_from_both_ends_and_undone(store: Store) -> None:
    office = Office.of(store)
    proposal, item, indicator = office.proposal(), office.item(), office.indicator()
    run = store.run
    first = run(links.link, before=("proposal", proposal), after=("agenda_item", item), note="예시")
    second = run(links.link, before=("agenda_item", item), after=("indicator", indicator)).value
    assert kinds(office, "item", item) == ["proposal", "item", "indicator"]
    assert [e.note for e in office.thread("item", item).edges] == ["예시", ""]
    store.undo()
    assert kinds(office, "item", item) == ["proposal", "item"]
    store.redo()
    assert kinds(office, "proposal", proposal) == ["proposal", "item", "indicator"]
    run(links.unlink, link_id=second)
    run(links.unlink, link_id=first.value)
    assert kinds(office, "item", item) == ["item"]
    store.undo()
    assert kinds(office, "item", item) == ["proposal", "item"]


def test_what_makes_no_sense_is_refused(sqlite_store: Store) -> None:
    office = Office.of(sqlite_store)
    a, b, c = (office.proposal() for _ in range(3))
    item, indicator = office.item(), office.indicator()
    run = sqlite_store.run
    run(links.link, before=("proposal", a), after=("proposal", b))
    run(links.link, before=("proposal", b), after=("proposal", c))
    for before, after, said in (
        (("proposal", a), ("proposal", a), "자기 자신"),
        (("proposal", a), ("proposal", b), "이미 연결"),
        (("proposal", c), ("proposal", a), "되돌아"),
        (("proposal", b), ("proposal", a), "되돌아"),
        (("proposal", 99), ("proposal", a), "99"),
        (("indicator", indicator), ("proposal", a), "지표"),
        (("proposal", a), ("evidence", 1), "증빙"),
    ):
        with pytest.raises(UserError, match=said):
            run(links.link, before=before, after=after)
    run(links.link, before=("proposal", c), after=("decision", item))
    with pytest.raises(UserError, match="이미 연결"):
        run(links.link, before=("proposal", c), after=("item", item))
    action = office.action(item)
    with pytest.raises(UserError, match="이미 연결"):
        run(links.link, before=("item", item), after=("action", action))
    with pytest.raises(UserError, match="되돌아"):
        run(links.link, before=("action", action), after=("proposal", a))
    with pytest.raises(UserError, match="99"):
        run(links.unlink, link_id=99)


def test_deleting_a_record_takes_its_links_along(store: Store) -> None:
    office = Office.of(store)
    proposal, item = office.proposal(), office.item()
    other = office.item("다른 안건")
    action = office.action(other)
    run = store.run
    run(links.link, before=("proposal", proposal), after=("item", item))
    run(links.link, before=("proposal", proposal), after=("action", action))
    run(agenda.delete_item, id=item)
    run(actions.delete_action, id=action)
    with store.reading() as read:
        assert read.query(ThreadLink).count() == 0
    store.undo()
    store.undo()
    found = office.thread("proposal", proposal)
    assert {node.kind for node in found.nodes} == {"proposal", "item", "action"}


def test_an_item_that_proposals_wait_for_stays(sqlite_store: Store) -> None:
    office = Office.of(sqlite_store)
    proposal, item = office.proposal(state="tabled"), office.item()
    sqlite_store.run(links.link, before=("proposal", proposal), after=("item", item))
    with pytest.raises(UserError, match="2022-001"):
        sqlite_store.run(agenda.delete_item, id=item)
