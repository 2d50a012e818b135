"""The lanes of the term calendar, on both databases."""

from __future__ import annotations

import datetime as dt

from db.schema.members import Term
from db.store import usecase
from gwangju_desktop.members import horizon, usecases

D = dt.date


@usecase("Note a term for a test")
def add_term(tx, *, body_id, number, starts_on, ends_on):
    term = Term(body_id=body_id, number=number, starts_on=starts_on, ends_on=ends_on)
    tx.add(term)
    tx.flush()
    return term.id


def test_a_lane_has_its_terms_and_those_who_leave(store):
    body = store.run(usecases.add_body, name_ko="가상위원회", sunset_on=D(2022, 12, 31)).value
    below = store.run(usecases.add_body, name_ko="가상분과", parent_id=body).value
    store.run(add_term, body_id=body, number=2, starts_on=D(2023, 2, 25), ends_on=D(2025, 2, 24))
    store.run(add_term, body_id=body, number=1, starts_on=D(2021, 2, 25), ends_on=D(2023, 2, 24))
    for n, (capacity, end) in enumerate(
        [
            ("appointed", D(2023, 2, 24)),
            ("appointed", D(2022, 4, 1)),
            ("appointed", None),
            ("ex_officio", D(2022, 4, 1)),
        ]
    ):
        person = store.run(usecases.add_person, name=f"가상{n}", fictional=True).value
        store.run(
            usecases.add_membership,
            person_id=person,
            body_id=body,
            starts_on=D(2021, 2, 25),
            ends_on=end,
            capacity=capacity,
        )
    with store.reading() as read:
        lanes = horizon.lanes(read, on=D(2022, 3, 11), days=90)
        far = horizon.lanes(read, on=D(2022, 3, 11), days=720)
    assert [(lane.id, lane.depth) for lane in lanes] == [(body, 0), (below, 1)]
    assert [term.number for term in lanes[0].terms] == [1, 2]
    assert [(end.name, end.days) for end in lanes[0].ends] == [("가상1", 21)]
    assert [end.name for end in far[0].ends] == ["가상1", "가상0"]
    assert (lanes[0].members, lanes[0].sunset_on, lanes[1].ends) == (4, D(2022, 12, 31), ())
