"""A vote's kept Korean sentence is said in English with the same numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.vocab import CountBase, TieRule, Verdict
from gwangju_desktop.meetings import retelling, rules, verdicts
from gwangju_desktop.meetings.retelling import retold
from gwangju_desktop.text import words

SHARES = [(1, 2, True), (2, 3, False), (2, 3, True), (3, 4, False)]
numbers = st.integers(0, 120)


@given(
    share=st.sampled_from(SHARES),
    base=st.sampled_from(list(CountBase)),
    tie=st.sampled_from(list(TieRule)),
    counts=st.tuples(numbers, numbers, numbers, numbers),
    replied=st.booleans(),
)
def test_every_sentence_of_a_count_is_said_as_if_english_had_been_asked_for(
    share: tuple[int, int, bool],
    base: CountBase,
    tie: TieRule,
    counts: tuple[int, int, int, int],
    replied: bool,
) -> None:
    count = verdicts.Count(*counts)
    present = count.cast + 3
    outcome = verdicts.Outcome(
        Verdict.TIE if tie == TieRule.CHAIR_CASTS and count.yes == count.no else Verdict.LOST,
        present // 2 + 1,
        base,
        present,
        count,
        rules.Rule(decides=rules.Share(*share[:2], share[2], base), tie=tie),
    )
    called = retelling.REPLIED if replied else None
    kept = outcome.sentence(words("ko"), called)
    assert retold(kept, words("en")) == outcome.sentence(words("en"), called)
    assert retold(kept, words("ko")) == kept


@pytest.mark.parametrize("verdict", [Verdict.CARRIED, Verdict.LOST])
def test_an_uncounted_majority_has_no_number_in_english_either(verdict: Verdict) -> None:
    said = retold(verdicts.uncounted(verdict, words("ko")), words("en"))
    assert said == verdicts.uncounted(verdict, words("en"))
    assert not any(sign.isdigit() for sign in said)


def test_an_election_keeps_its_names_and_a_register_its_counts() -> None:
    ko, en = words("ko"), words("en")
    counted = ", ".join(ko(retelling.VOTES_OF, name=n, n=v) for n, v in (("가상 김", 9), ("이", 7)))
    told = ko(retelling.ELECTED, counted=counted, required=9, name="가상 김")
    assert retold(told, en) == "가상 김 9 votes, 이 7 votes; 9 needed: 가상 김 elected."
    registered = ko(retelling.REGISTERED, yes=5, no=2, abstain=1)
    whole = f"{registered} {ko(verdicts.SEEN)}"
    assert retold(whole, en) == (
        "From the register: 5 for, 2 against, 1 abstained. A majority was in favour, not counted."
    )


def test_what_somebody_wrote_otherwise_stays_as_it_is() -> None:
    assert retold("위원장이 <b>직접</b> 적은 글", words("en")) == "위원장이 <b>직접</b> 적은 글"
    assert retold("", words("en")) == ""
