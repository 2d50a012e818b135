"""The tree of bodies, dissolving, other names and rules in their time, on both databases."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select

from db.schema.members import Membership
from db.schema.posts import Post, PostSeat
from db.store import usecase
from db.vocab import BodyRuleKey
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.meetings import usecases as meetings
from gwangju_desktop.members import bodies, posts, ruling, usecases
from gwangju_desktop.packs import queries as packs

D = dt.date


def add(store, name: str, **values) -> int:
    return store.run(usecases.add_body, name_ko=name, **values).value


def ask(store, query, **asked):
    with store.reading() as read:
        return query(read, **asked)


def order(store) -> list[tuple[str, int]]:
    return [(node.name_ko, node.depth) for node in ask(store, bodies.tree)]


@usecase("Plan a post's seat for a test")
def add_post_seat(tx, *, body_id, starts_on):
    post = Post(name_ko="환경국장", position=1024)
    tx.add(post)
    tx.flush()
    tx.add(PostSeat(post_id=post.id, body_id=body_id, starts_on=starts_on, ends_on=None))
    return post.id


def open_ends(store, body_id) -> list[tuple[dt.date | None, str | None]]:
    with store.reading() as read:
        seats = read.execute(
            select(Membership.ends_on, Membership.end_reason)
            .where(Membership.body_id == body_id)
            .order_by(Membership.id)
        )
        return [tuple(seat) for seat in seats.all()]


def post_ends(store, body_id) -> list[dt.date | None]:
    with store.reading() as read:
        query = select(PostSeat.ends_on).where(PostSeat.body_id == body_id).order_by(PostSeat.id)
        return list(read.scalars(query).all())


@pytest.fixture
def committee(store):
    """A body with three open seats, one long ended, and two seats of a post."""
    body = add(store, "가상위원회", founded_on=D(2021, 1, 1))
    for n, (start, end) in enumerate(
        [
            (D(2021, 2, 25), None),
            (D(2021, 2, 25), D(2023, 2, 24)),
            (D(2022, 1, 1), D(2024, 1, 1)),
            (D(2021, 2, 25), D(2021, 12, 31)),
        ]
    ):
        person = store.run(usecases.add_person, name=f"가상{n}", fictional=True).value
        store.run(
            usecases.add_membership,
            person_id=person,
            body_id=body,
            starts_on=start,
            ends_on=end,
        )
    store.run(add_post_seat, body_id=body, starts_on=D(2021, 2, 25))
    store.run(add_post_seat, body_id=body, starts_on=D(2025, 1, 1))
    return body


@pytest.mark.file_only
def test_the_tree_puts_children_under_their_parents(store):
    first = add(store, "가")
    add(store, "나")
    below = add(store, "가-1", parent_id=first)
    add(store, "가-1-1", parent_id=below)
    assert order(store) == [("가", 0), ("가-1", 1), ("가-1-1", 2), ("나", 0)]


def test_bodies_move_among_their_siblings_however_often(store):
    top = add(store, "위")
    below = [add(store, name, parent_id=top) for name in "가나다"]
    store.run(bodies.move_body, id=below[2], by=-1)
    assert [name for name, _ in order(store)] == ["위", "가", "다", "나"]
    store.run(bodies.move_body, id=below[0], by=9)
    assert [name for name, _ in order(store)] == ["위", "다", "나", "가"]
    for _ in range(30):  # Gaps are used up on the way.
        store.run(bodies.move_body, id=below[0], by=-1)
        store.run(bodies.move_body, id=below[0], by=1)
    assert [name for name, _ in order(store)] == ["위", "다", "나", "가"]
    head = store.head()
    store.run(bodies.move_body, id=below[0], by=1)
    assert store.head() == head
    store.undo()
    assert [name for name, _ in order(store)] == ["위", "다", "가", "나"]


def test_dissolving_ends_the_open_seats_in_one_step_and_undo_restores_them(store, committee):
    day = D(2022, 6, 30)
    before, posts_before = open_ends(store, committee), post_ends(store, committee)
    counted = ask(store, bodies.ending, id=committee, on=day)
    assert (counted.memberships, counted.post_seats, counted.later) == (3, 2, 0)
    store.run(bodies.dissolve_body, id=committee, on=day)
    assert open_ends(store, committee) == [
        (day, "dissolved"),
        (day, "dissolved"),
        (day, "dissolved"),
        (D(2021, 12, 31), None),
    ]
    assert post_ends(store, committee) == [day]
    sheet = ask(store, bodies.sheet, id=committee, on=D(2022, 7, 1))
    assert (sheet.members, sheet.dissolved_on) == (0, day)
    assert ask(store, bodies.sheet, id=committee, on=day).members == 3
    store.undo()
    assert open_ends(store, committee) == before
    assert post_ends(store, committee) == posts_before
    store.redo()
    assert ask(store, bodies.sheet, id=committee, on=D(2022, 7, 1)).members == 0


@pytest.mark.file_only
def test_a_new_holder_of_a_post_gets_no_seat_in_a_body_that_is_gone(store):
    body = add(store, "가상위원회")
    post = store.run(posts.add_post, name_ko="환경국장").value
    store.run(posts.add_seat, post_id=post, body_id=body, starts_on=D(2021, 1, 1))
    first, second = (
        store.run(usecases.add_person, name=name, fictional=True).value for name in ("갑", "을")
    )
    store.run(posts.change_holder, post_id=post, person_id=first, on=D(2021, 1, 1))
    store.run(bodies.dissolve_body, id=body, on=D(2022, 6, 30))
    assert open_ends(store, body) == [(D(2022, 6, 30), "dissolved")]
    store.run(posts.change_holder, post_id=post, person_id=second, on=D(2022, 9, 1))
    assert open_ends(store, body) == [(D(2022, 6, 30), "dissolved")]
    store.undo()
    store.undo()
    assert open_ends(store, body) == [(None, None)]


@pytest.mark.file_only
def test_a_body_is_dissolved_once_and_not_under_seats_still_to_come(store, committee):
    with pytest.raises(UserError, match=r"1"):
        store.run(bodies.dissolve_body, id=committee, on=D(2021, 12, 31))
    with pytest.raises(UserError, match=r"2021\. 1\. 1\."):
        store.run(
            bodies.dissolve_body, id=add(store, "나", founded_on=D(2021, 1, 1)), on=D(2020, 1, 1)
        )
    store.run(bodies.dissolve_body, id=committee, on=D(2022, 6, 30))
    with pytest.raises(UserError, match=r"2022\. 6\. 30\."):
        store.run(bodies.dissolve_body, id=committee, on=D(2022, 7, 30))


def test_other_names_are_changed_and_taken_away(store, committee):
    name = store.run(
        usecases.add_name, body_id=committee, name="옛 이름", language="ko", kind="former"
    ).value
    store.run(bodies.edit_name, id=name, name="옛 위원회", valid_to=D(2021, 1, 1), source="조례")
    (row,) = ask(store, bodies.sheet, id=committee).names
    assert (row.name, row.valid_to, row.source) == ("옛 위원회", D(2021, 1, 1), "조례")
    with pytest.raises(UserError):
        store.run(bodies.edit_name, id=name, valid_from=D(2022, 1, 1))
    with pytest.raises(UserError):
        store.run(bodies.edit_name, id=name, name="  ")
    store.run(bodies.remove_name, id=name)
    assert ask(store, bodies.sheet, id=committee).names == ()
    store.undo()
    assert len(ask(store, bodies.sheet, id=committee).names) == 1


@pytest.mark.file_only
def test_a_body_has_the_name_of_the_day(store, committee):
    for name, start, end, language in (
        ("옛 위원회", None, D(2021, 6, 30), "ko"),
        ("가운데 위원회", D(2021, 7, 1), D(2021, 12, 31), "ko"),
        ("Old Committee", None, D(2021, 12, 31), "en"),
    ):
        store.run(
            usecases.add_name,
            body_id=committee,
            name=name,
            language=language,
            kind="former",
            valid_from=start,
            valid_to=end,
        )
    store.run(usecases.add_name, body_id=committee, name="별칭", language="ko")
    with store.reading() as read:
        named = [
            bodies.names_on(read, committee, day)
            for day in (D(2021, 6, 30), D(2021, 7, 1), D(2022, 1, 1))
        ]
    assert named == [
        ("옛 위원회", "Old Committee"),
        ("가운데 위원회", "Old Committee"),
        ("가상위원회", ""),
    ]


@pytest.mark.file_only
def test_a_pack_carries_the_name_of_its_meetings_day(store, committee):
    store.run(
        usecases.add_name,
        body_id=committee,
        name="옛 위원회",
        language="ko",
        kind="former",
        valid_to=D(2021, 12, 31),
    )
    for day, name in ((D(2021, 12, 31), "옛 위원회"), (D(2022, 1, 1), "가상위원회")):
        starts_at = dt.datetime.combine(day, dt.time(8), clock.KST)
        id = store.run(meetings.add_meeting, body_id=committee, starts_at=starts_at).value
        with store.reading() as read:
            data = packs.pack_data(read, store.papers, meeting_id=id, language="ko")
        assert data.body == name


def test_the_history_of_a_rule_ends_in_the_default(store, committee):
    rule = BodyRuleKey.NOTICE_DAYS
    for day, value in ((D(2021, 1, 1), "10"), (D(2022, 1, 1), "5")):
        store.run(
            ruling.set_rule,
            body_id=committee,
            rule=rule,
            value=value,
            valid_from=day,
            source="운영세칙",
        )
    history = ask(store, bodies.rule_history, body_id=committee, rule=rule)
    assert [(entry.value, entry.since, entry.until) for entry in history[:2]] == [
        ("5", D(2022, 1, 1), None),
        ("10", D(2021, 1, 1), D(2021, 12, 31)),
    ]
    assert not history[-1].own
    day_before = ask(store, bodies.sheet, id=committee, on=D(2021, 12, 31)).rules
    assert next(entry.value for entry in day_before if entry.rule == rule) == "10"


def test_a_template_shows_what_it_changes_and_is_one_step(store, committee):
    day = D(2022, 1, 1)
    asked = {"body_id": committee, "template": "climate", "valid_from": day}
    changes = ask(store, bodies.template_changes, **asked)
    assert not any(change.same for change in changes)
    store.run(ruling.apply_template, **asked)
    again = ask(store, bodies.template_changes, **asked)
    # What comes into force later than the day chosen is not the body's own on that day.
    assert {change.rule for change in again if not change.same} == {BodyRuleKey.YOUTH_LEAST}
    held = {entry.rule: entry for entry in ask(store, bodies.sheet, id=committee, on=day).rules}
    assert held[BodyRuleKey.MOST_TERMS].value == ""
    store.undo()
    assert not any(entry.own for entry in ask(store, bodies.sheet, id=committee, on=day).rules)
