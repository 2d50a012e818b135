"""What counts mean: the worked examples, and any numbers against a naive judge."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.vocab import CountBase, TieRule, Verdict
from gwangju_desktop.errors import UserError
from gwangju_desktop.meetings import rules, verdicts
from gwangju_desktop.meetings.verdicts import Count, judge
from gwangju_desktop.text import words

USUAL = rules.Rule()


@pytest.mark.parametrize(
    ("present", "count", "verdict", "required"),
    [
        (26, Count(13, 13), Verdict.LOST, 14),
        (26, Count(14, 12), Verdict.CARRIED, 14),
        (30, Count(15, 10, 5), Verdict.LOST, 16),
        (30, Count(16, 10, 4), Verdict.CARRIED, 16),
        # 27 came, two are recused from the item
        (25, Count(13, 12), Verdict.CARRIED, 13),
        (25, Count(12, 13), Verdict.LOST, 13),
    ],
)
def test_the_worked_examples(present: int, count: Count, verdict: Verdict, required: int) -> None:
    found = judge(USUAL, enrolled=50, present=present, entitled=present, count=count)
    assert (found.verdict, found.required) == (verdict, required)


def test_the_arithmetic_in_words() -> None:
    ko, en = words("ko"), words("en")
    even = judge(USUAL, enrolled=50, present=26, entitled=26, count=Count(13, 13))
    assert even.sentence(ko) == "출석 26명의 과반수 14명 필요, 찬성 13명·반대 13명 가부동수로 부결"
    assert (
        even.sentence(en) == "More than half of 26 present is 14; 13 for, 13 against: even, lost."
    )
    carried = judge(USUAL, enrolled=50, present=30, entitled=30, count=Count(16, 10, 4))
    assert carried.sentence(ko) == "출석 30명의 과반수 16명 필요, 찬성 16명으로 가결"


def test_an_even_vote_waits_for_a_chair_who_casts() -> None:
    rule = rules.Rule(tie=TieRule.CHAIR_CASTS)
    asked = {"enrolled": 50, "present": 26, "entitled": 26, "count": Count(13, 13)}
    assert judge(rule, **asked).verdict == Verdict.TIE
    assert judge(rule, **asked, chair_in_favour=True).verdict == Verdict.CARRIED
    assert judge(rule, **asked, chair_in_favour=False).verdict == Verdict.LOST


@pytest.mark.parametrize("count", [Count(20, 7), Count(-1, 3), Count(9, 9, 9)])
def test_a_count_that_cannot_be_is_refused(count: Count) -> None:
    with pytest.raises(UserError):
        judge(USUAL, enrolled=50, present=26, entitled=26, count=count)


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_any_count_against_a_naive_judge(data: st.DataObject) -> None:
    enrolled = data.draw(st.integers(1, 120))
    present = data.draw(st.integers(1, enrolled))
    yes = data.draw(st.integers(0, present))
    no = data.draw(st.integers(0, present - yes))
    abstain = data.draw(st.integers(0, present - yes - no))
    den = data.draw(st.integers(2, 5))
    num = data.draw(st.integers(1, den - 1))
    more = data.draw(st.booleans())
    base = data.draw(st.sampled_from(list(CountBase)))
    rule = rules.Rule(decides=rules.Share(num, den, more, base))
    found = judge(
        rule, enrolled=enrolled, present=present, entitled=present, count=Count(yes, no, abstain)
    )
    whole = {"enrolled": enrolled, "present": present, "votes": yes + no}[base]
    reached = yes * den > whole * num if more else yes * den >= whole * num
    assert (found.verdict == Verdict.CARRIED) == (reached and yes > 0)
    assert "{" not in found.sentence(words("ko")) and "{" not in found.sentence(words("en"))


def test_a_majority_that_was_not_counted_has_no_number() -> None:
    for verdict in (Verdict.CARRIED, Verdict.LOST):
        said = verdicts.uncounted(verdict, words("ko"))
        assert said and not any(letter.isdigit() for letter in said) and "%" not in said
