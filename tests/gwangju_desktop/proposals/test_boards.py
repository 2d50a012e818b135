"""The review board: half citizens where the rule says so, a must for a re-examination."""

from __future__ import annotations

import datetime as dt

import pytest

from db.schema.handling import ProposalBoard
from db.store import Store
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.proposals import boards, replies, steps
from tests.gwangju_desktop.proposals.handled import TODAY, all_of, answered, received, row

D = dt.date


@pytest.fixture(autouse=True)
def _day() -> None:
    clock.fix(TODAY)


def hold(store: Store, id: int, members: int, citizens: int, **values) -> int:
    day = values.pop("held_on", D(2021, 9, 17))
    asked = {"id": id, "members": members, "citizens": citizens, "held_on": day, **values}
    return store.run(boards.add_board, **asked).value


def test_at_least_half_are_citizens(store: Store) -> None:
    id = received(store)
    with store.reading() as read:
        needed = [boards.citizens_needed(read, id=id, members=n, day=TODAY) for n in (1, 6, 7)]
    assert needed == [1, 3, 4]
    board = hold(store, id, 7, 4, stance="adopt", result="가결(예시)")
    for members, citizens in ((7, 3), (1, 0), (0, 0), (3, 4), (3, -1)):
        with pytest.raises(UserError):
            hold(store, id, members, citizens)
    with pytest.raises(UserError, match="4명 이상"):
        store.run(boards.edit_board, board_id=board, citizens=3)
    store.run(boards.edit_board, board_id=board, members=6, citizens=3, result="원안 가결(예시)")
    (held,) = all_of(store, ProposalBoard)
    assert (held.members, held.citizens, held.round, held.result) == (6, 3, 1, "원안 가결(예시)")
    store.run(boards.remove_board, board_id=board)
    assert all_of(store, ProposalBoard) == []


@pytest.mark.parametrize("day", [D(2021, 9, 5), D(2021, 12, 2)])
def test_a_sitting_lies_after_the_receipt_and_not_ahead(sqlite_store: Store, day: dt.date) -> None:
    with pytest.raises(UserError):
        hold(sqlite_store, received(sqlite_store), 2, 1, held_on=day)


def test_a_re_examination_needs_its_board_and_has_its_own_reply(store: Store) -> None:
    id = answered(store)
    hold(store, id, 3, 2)
    store.run(steps.move, id=id, to="re_exam", on_day=D(2021, 10, 8), reason="이의(예시)")
    again = {"id": id, "to": "adopted", "on_day": D(2021, 10, 20), "planned_on": D(2022, 3, 1)}
    with pytest.raises(UserError, match="심사위원회"):
        store.run(steps.move, **again)
    hold(store, id, 3, 2, held_on=D(2021, 10, 19))
    assert [one.round for one in all_of(store, ProposalBoard)] == [1, 2]
    store.run(steps.move, **again)
    with store.reading() as read:
        assert replies.current(read, id) is None
    store.run(replies.write_reply, id=id, text="다시 살펴보았습니다.(예시)", reasons="가능함(예시)")
    store.run(replies.send_reply, id=id, on_day=D(2021, 10, 21))
    assert row(store, id).state == "replied"
    with store.reading() as read:
        reply = replies.current(read, id)
        assert reply is not None and (reply.round, reply.sent_on) == (2, D(2021, 10, 21))
