"""What the first page says of bodies: terms that end, last days, rules that are not kept."""

from __future__ import annotations

import datetime as dt

from gwangju_desktop import today
from gwangju_desktop.members import usecases
from gwangju_desktop.text import say

D = dt.date
DAY = D(2022, 3, 11)


def add(store, body, name, **values):
    values.setdefault("starts_on", D(2021, 2, 25))
    return store.run(
        usecases.add_member,
        person={"name": name, "gender": "male"},
        membership={"body_id": body, **values},
    ).value


def lines(store, on=DAY):
    with store.reading() as read:
        due = today.overview(read, today=on).deadlines
        return [
            (say(one.title, **one.values), one.days, one.table)
            for one in (*due.overdue, *due.week, *due.later)
        ]


def test_terms_of_one_body_and_day_are_one_line(store):
    body = store.run(usecases.add_body, name_ko="가상위원회").value
    for name in ("가상가", "가상나", "가상다"):
        add(store, body, name, ends_on=D(2022, 6, 9))
    add(store, body, "가상라", ends_on=D(2022, 3, 1))
    add(store, body, "가상마", ends_on=D(2022, 6, 10))
    add(store, body, "가상바", ends_on=D(2021, 12, 1))
    add(store, body, "가상사", ends_on=D(2022, 4, 1), capacity="ex_officio")
    found = lines(store)
    assert [days for _title, days, _table in found] == [-10, 90]
    assert found[0][2] == "person" and "가상라" in found[0][0]
    assert found[1][2] == "body" and "가상가" in found[1][0] and "2" in found[1][0]


def test_a_body_near_its_last_day_is_due_until_it_is_prolonged_or_ended(store):
    body = store.run(usecases.add_body, name_ko="가상위원회", sunset_on=D(2022, 9, 7)).value
    assert lines(store) == [("가상위원회 존속기한 만료: 연장 또는 폐지 결정", 180, "body")]
    assert lines(store, D(2022, 3, 10)) == []
    assert lines(store, D(2023, 3, 10))[0][1] < 0
    store.run(usecases.edit_body, id=body, dissolved_on=D(2022, 9, 7))
    assert lines(store) == []


def test_rules_that_are_not_kept_name_the_body(store):
    body = store.run(usecases.add_body, name_ko="가상위원회").value
    add(store, body, "가상가")
    with store.reading() as read:
        (one,) = today.broken_rules(read, today=DAY)
    assert (one.body_id, one.rule) == (body, "gender_most")
    assert "1명" in one.sentence
