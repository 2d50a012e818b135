"""Quorum, majority, deadlines and clock times (test vectors T1, T2, T3, T6)."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.vocab import CountBase, CountMode, TieRule
from gwangju_desktop import text
from gwangju_desktop.meetings import rules
from gwangju_desktop.meetings.rules import Rule, Share

modest = settings(max_examples=50, deadline=None)
COUNTS = st.integers(0, 500)


@pytest.mark.parametrize(
    ("enrolled", "needed"), [(50, 26), (51, 26), (41, 21), (24, 13), (35, 18), (1, 1), (0, 1)]
)
def test_more_than_half_opens(enrolled, needed):
    assert rules.quorum(Rule(), enrolled) == needed


@modest
@given(COUNTS, st.integers(1, 5), st.integers(1, 5), st.booleans())
def test_a_share_is_the_smallest_number_that_reaches_it(count, num, den, more):
    needed = Share(num, den, more).of(count)
    wanted = Fraction(count * num, den)
    assert (needed > wanted) if more else (needed >= wanted)
    assert not ((needed - 1 > wanted) if more else (needed - 1 >= wanted))


def test_two_thirds_opens_where_the_rule_says_so():
    rule = Rule(opens=Share(2, 3, more=False))
    assert [rules.quorum(rule, n) for n in (30, 31, 35)] == [20, 21, 24]
    text.use("en")
    assert "at least 2/3" in rules.opening_sentence(rule)
    assert "more than half" in rules.opening_sentence(Rule())


@pytest.mark.parametrize(
    ("present", "in_favour", "against", "carried"),
    [
        (26, 13, 13, False),
        (26, 14, 12, True),
        (30, 15, 10, False),
        (30, 16, 9, True),
        # Two of 27 recused: 25 are present for the item.
        (25, 12, 13, False),
        (25, 13, 12, True),
    ],
)
def test_more_than_half_of_those_present_carries(present, in_favour, against, carried):
    assert (
        rules.carries(Rule(), enrolled=50, present=present, in_favour=in_favour, against=against)
        is carried
    )


def test_recusal_lowers_the_majority_and_leaves_the_quorum():
    assert rules.majority(Rule(), enrolled=50, present=25, votes=25) == 13
    assert rules.quorum(Rule(), 50) <= 27


def test_the_base_and_the_tie_follow_the_body():
    of_votes = Rule(decides=Share(base=CountBase.VOTES))
    assert rules.carries(of_votes, enrolled=50, present=30, in_favour=11, against=10)
    assert not rules.carries(Rule(), enrolled=50, present=30, in_favour=11, against=10)
    chair = Rule(tie=TieRule.CHAIR_CASTS)
    even = {"enrolled": 50, "present": 26, "in_favour": 13, "against": 13}
    assert rules.carries(chair, **even, chair_in_favour=True)
    assert not rules.carries(chair, **even)


@modest
@given(st.integers(1, 300), st.data())
def test_never_both_sides_carry(present, data):
    in_favour = data.draw(st.integers(0, present))
    against = data.draw(st.integers(0, present - in_favour))
    sides = ((in_favour, against), (against, in_favour))
    carried = [
        rules.carries(Rule(), enrolled=300, present=present, in_favour=a, against=b)
        for a, b in sides
    ]
    assert carried != [True, True]


def test_notice_and_materials_are_due_before_the_meeting():
    held = dt.date(2021, 9, 15)
    assert rules.notice_due(Rule(), held) == dt.date(2021, 9, 8)
    assert rules.notice_due(Rule(count_mode=CountMode.STRICT), held) == dt.date(2021, 9, 7)
    assert rules.materials_due(Rule(), held) == dt.date(2021, 9, 12)


START = dt.datetime(2022, 3, 17, 14, tzinfo=dt.timezone(dt.timedelta(hours=9)))


def test_clock_times_follow_each_other_and_overrun_is_said():
    laid = rules.timetable(START, 40, [5, 15, 30])
    assert [f"{slot.starts:%H:%M}" for slot in laid.slots] == ["14:00", "14:05", "14:20"]
    assert [slot.late for slot in laid.slots] == [False, False, True]
    assert (laid.used, laid.spare) == (50, -10)
    assert rules.timetable(START, 50, [5, 15, 30]).slots[-1].late is False


@modest
@given(st.integers(1, 300), st.lists(st.integers(1, 90), max_size=12))
def test_a_timetable_leaves_no_gap(planned, minutes):
    laid = rules.timetable(START, planned, minutes)
    edges = [START, *(slot.ends for slot in laid.slots)]
    assert [slot.starts for slot in laid.slots] == edges[:-1]
    assert laid.used == sum(minutes)
    assert any(slot.late for slot in laid.slots) is (laid.spare < 0)


def test_procedures_have_no_number():
    kinds = ["procedure", "report", "deliberation", "procedure", "discussion"]
    lines = [rules.Line(n, kind) for n, kind in enumerate(kinds)]
    assert list(rules.labels(lines).values()) == ["", "1", "2", "", "3"]


@modest
@given(st.lists(st.integers(1, 60), unique=True, max_size=8).map(sorted), st.data())
def test_a_free_place_lies_between_its_neighbours(positions, data):
    at = data.draw(st.integers(0, len(positions)))
    free = rules.place_between(positions, at)
    if free is not None:
        assert sorted([*positions, free]).index(free) == at
        assert free not in positions
    else:
        low = positions[at - 1] if at else 0
        assert positions[at] - low == 1


def test_a_usual_title_is_said_in_the_language_of_the_paper() -> None:
    english = text.words("en")
    assert rules.spoken_title("제3회 정기회의", english) == "Regular meeting no. 3"
    assert rules.spoken_title("임시회의", english) == "Extraordinary meeting"
    assert rules.spoken_title("제3회 정기회의", text.words("ko")) == "제3회 정기회의"
    for own in (
        "2022년 제3차 정기회의",
        "제3회 정기회의(가상)",
        "제" + "9" * 5000 + "회 정기회의",
        "",
    ):
        assert rules.spoken_title(own, english) == own
