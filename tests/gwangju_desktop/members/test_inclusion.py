"""The mix of bodies and consultations: counted right, small counts hidden for good."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.schema.members import Membership, Organisation, Person
from db.store import usecase
from gwangju_desktop.errors import UserError
from gwangju_desktop.members import inclusion, usecases
from gwangju_desktop.text import say

D = dt.date
DAY = D(2022, 3, 11)
POLL = {"sector": {"citizen": 6, "education": 3, "civil_society": 42}}


def shown(mix, dimension):
    split = next(one for one in mix.splits if one.dimension == dimension)
    return {part.code: part.people for part in split.parts}, split.total


def mix(store, **asked):
    with store.reading() as read:
        return inclusion.mix(read, **asked)


@pytest.fixture
def poll(store):
    return store.run(
        inclusion.add_consultation,
        title_ko="시민 설문",
        title_en="Citizens' poll",
        source="OGP Action plan – Gwangju, Republic of Korea, 2021–2022",
        counts=POLL,
    ).value


def test_of_the_fifty_one_the_three_and_one_more_group_are_hidden(store, poll):
    found = mix(store, consultation_id=poll)
    assert shown(found, "sector") == (
        {"citizen": None, "civil_society": 42, "education": None},
        51,
    )
    assert found.source.startswith("OGP")
    store.run(inclusion.set_small_cell, least=3)
    assert shown(mix(store, consultation_id=poll), "sector") == (
        {"citizen": 6, "civil_society": 42, "education": 3},
        51,
    )
    with store.reading() as read:
        assert inclusion.consultation(read, id=poll).counts == POLL
        (row,) = inclusion.subjects(read, on=DAY)
    assert (row.id, row.total) == (-poll, 51)


def test_a_consultation_is_edited_and_taken_away_with_undo(store, poll):
    store.run(
        inclusion.edit_consultation,
        id=poll,
        held_on=D(2021, 7, 1),
        counts={"sector": {"citizen": 20, "civil_society": 42}, "gender": {"female": 30}},
    )
    with store.reading() as read:
        row = inclusion.consultation(read, id=poll)
    assert row.counts == {
        "sector": {"citizen": 20, "civil_society": 42},
        "gender": {"female": 30},
    }
    store.run(inclusion.remove_consultation, id=poll)
    with store.reading() as read:
        assert inclusion.subjects(read, on=DAY) == []
    store.undo()
    store.undo()
    with store.reading() as read:
        assert inclusion.consultation(read, id=poll).counts == POLL


@pytest.mark.parametrize(
    "counts",
    [{"sector": {"citizen": -1}}, {"sector": {"martian": 4}}, {"sector": {"citizen": 10**7}}],
)
@pytest.mark.file_only
def test_counts_that_are_none_are_refused(store, counts):
    head = store.head()
    with pytest.raises(UserError):
        store.run(inclusion.add_consultation, title_ko="가상 설문", counts=counts)
    with pytest.raises(UserError):
        store.run(inclusion.add_consultation, title_ko=" ", counts=POLL)
    with pytest.raises(UserError):
        store.run(inclusion.set_small_cell, least=0)
    assert store.head() == head


@usecase("Fill the body")
def fill(tx, *, body_id: int, people: list[tuple]) -> None:
    """Seat (sex, decade, disability, sector, role) each."""
    organisations: dict[str, int] = {}
    for sex, decade, disability, sector, role in people:
        if sector and sector not in organisations:
            row = Organisation(name_ko=f"가상 {sector}", sector=sector)
            tx.add(row)
            tx.flush()
            organisations[sector] = row.id
        person = Person(
            name="가상인", gender=sex, birth_decade=decade, disability=disability, fictional=True
        )
        tx.add(person)
        tx.flush()
        tx.add(
            Membership(
                person_id=person.id,
                body_id=body_id,
                organisation_id=organisations.get(sector),
                capacity="appointed",
                role=role,
                starts_on=D(2021, 2, 25),
                ends_on=D(2023, 2, 24),
            )
        )


@pytest.mark.file_only
def test_a_body_is_counted_on_its_day(store):
    body = store.run(usecases.add_body, name_ko="가상위원회").value
    women = [("female", 1980, False, "citizen", "member")] * 12
    men = [("male", 1970, False, "government", "member")] * 9
    rest = [(None, None, None, "", "member")] * 6 + [("male", 1970, True, "", "observer")]
    store.run(fill, body_id=body, people=women + men + rest)
    found = mix(store, body_id=body, on=DAY)
    assert shown(found, "gender") == ({"female": 12, "male": 9, "unknown": 6}, 27)
    assert shown(found, "sector") == ({"citizen": 12, "government": 9, "unknown": 6}, 27)
    assert shown(found, "age") == ({"1970": 9, "1980": 12, "unknown": 6}, 27)
    assert shown(found, "disability") == ({"no": 21, "unknown": 6}, 27)
    part = found.splits[2].parts[0]
    assert say(part.label, **part.values) == "1970년대생"
    assert mix(store, body_id=body, on=D(2023, 2, 25)).splits == ()


def test_a_body_too_small_shows_no_count_at_all(store):
    body = store.run(usecases.add_body, name_ko="가상 모니터링 기구").value
    people = [("female", 1980, True, "citizen", "member"), ("male", 1970, None, "", "member")]
    store.run(fill, body_id=body, people=people)
    found = mix(store, body_id=body, on=DAY)
    assert len(found.splits) == len(inclusion.DIMENSIONS)
    for split in found.splits:
        assert split.total is None
        assert all(part.people is None for part in split.parts)


@pytest.mark.file_only
def test_what_is_not_there_is_said(store):
    with store.reading() as read:
        for asked in ({"body_id": 77, "on": DAY}, {"consultation_id": 77}):
            with pytest.raises(UserError, match="77"):
                inclusion.mix(read, **asked)


def assignments(cells: int, total: int):
    """Yield every way in which so many hidden groups of one person or more add up."""
    for cut in itertools.combinations(range(1, total), cells - 1):
        edges = (0, *cut, total)
        yield tuple(b - a for a, b in itertools.pairwise(edges))


@settings(max_examples=150, deadline=None)
@given(st.lists(st.integers(1, 12), min_size=1, max_size=5), st.integers(1, 6))
def test_no_hidden_count_can_be_worked_out_from_the_total(counts, least):
    found = inclusion.hide(counts, least)
    hidden = [n for n, count in enumerate(found.counts) if count is None]
    assert all(count >= least for count in found.counts if count is not None)
    assert all(found.counts[n] == counts[n] for n in range(len(counts)) if n not in hidden)
    if not hidden:
        assert found.total == sum(counts)
        return
    if found.total is None:
        assert len(hidden) == len(counts)
        return
    together = found.total - sum(count for count in found.counts if count is not None)
    assert together >= least
    possible = list(assignments(len(hidden), together))
    for place in range(len(hidden)):
        assert len({one[place] for one in possible}) > 1


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(5, 40), min_size=1, max_size=6))
def test_nothing_is_hidden_where_nothing_is_small(counts):
    assert inclusion.hide(counts, 5) == inclusion.Shown(tuple(counts), sum(counts))
