"""A ballot typed by keys: digits, places, rows, conditions and what is refused."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from db.vocab import OptionRole, QuestionKind
from gwangju_desktop.errors import UserError
from gwangju_desktop.polls.ballots import check_ballot
from gwangju_desktop.polls.model import Option, Part, Question
from ui.polls.keying import Ballot, Entry

KINDS = QuestionKind


def asked(id: int, kind: KINDS, codes=("1", "2", "3"), *, parts=(), ask_if=(), **more):
    """Return a question as a wave asks it; `ask_if` is a question's id and its codes."""
    options = tuple(Option(code, f"보기 {code}") for code in codes)
    rows = tuple(Part(code, code) for code in parts)
    question = Question(f"Q{id}", kind, options=options, parts=rows, **more)
    before, wanted = ask_if or (None, ())
    return SimpleNamespace(question_id=id, question=question, ask_if_id=before, ask_if=wanted)


def typed(entry: Entry, keys: str) -> Entry:
    for key in keys:
        entry.type(key)
    return entry


def test_one_choice_is_replaced_and_taken_back() -> None:
    entry = Entry(asked(1, KINDS.SINGLE))
    assert typed(entry, "13").value() == "3"
    assert typed(entry, "3").value() is None


def test_a_digit_that_begins_a_longer_code_waits_for_the_next_or_enter() -> None:
    entry = Entry(asked(1, KINDS.SCALE, [str(n) for n in range(1, 8)] + ["9", "98", "99"]))
    assert entry.type("7")
    assert entry.value() == "7"
    assert not entry.type("9")
    assert entry.type("8")
    assert entry.value() == "98"
    assert not entry.type("9")
    assert entry.settle()
    assert entry.value() == "9"
    with pytest.raises(UserError, match="8"):
        entry.type("8")


def test_codes_that_are_no_numbers_are_typed_by_their_place() -> None:
    entry = Entry(asked(1, KINDS.SINGLE, ("예", "아니요", "모름")))
    assert entry.keys == ["1", "2", "3"]
    assert typed(entry, "2").value() == "아니요"


def test_several_choices_keep_the_most_and_none_of_these_stands_alone() -> None:
    one = asked(1, KINDS.MULTIPLE, ("1", "2", "3"), max_choices=2)
    options = (*one.question.options, Option("4", "해당 없음", OptionRole.NONE))
    one.question = Question("Q1", KINDS.MULTIPLE, options=options, max_choices=2)
    entry = typed(Entry(one), "31")
    assert entry.value() == ["1", "3"]
    with pytest.raises(UserError, match="2"):
        entry.type("2")
    assert entry.value() == ["1", "3"]
    assert typed(entry, "4").value() == ["4"]
    assert typed(entry, "2").value() == ["2"]


def test_a_ranking_fills_its_places_and_a_ranked_option_gives_them_back() -> None:
    entry = typed(Entry(asked(1, KINDS.RANKING, parts=("a", "b"))), "31")
    assert entry.value() == ["3", "1"]
    assert [entry.mark(code) for code in "123"] == ["2", "", "1"]
    with pytest.raises(UserError):
        entry.type("2")
    entry.back()
    assert entry.value() == ["3", None]


def test_a_grid_goes_down_its_rows_and_back() -> None:
    entry = typed(Entry(asked(1, KINDS.GRID, parts=("a", "b", "c"))), "12")
    assert entry.value() == {"a": "1", "b": "2"}
    assert entry.at == 2
    entry.back()
    assert entry.value() == {"a": "1"}
    typed(entry, "3")
    assert entry.value() == {"a": "1", "b": "3"}


def test_questions_that_are_not_asked_are_passed_over_and_left_out() -> None:
    first = asked(1, KINDS.SINGLE)
    second = asked(2, KINDS.NUMBER, (), ask_if=(1, ("2",)))
    third = asked(3, KINDS.OPEN, (), ask_if=(2, ("9",)))
    last = asked(4, KINDS.SINGLE)
    ballot = Ballot([first, second, third, last])
    typed(ballot.entries[0], "1")
    ballot.entries[1].given = "12"
    assert ballot.step(0, 1) == 3
    assert ballot.step(3, -1) == 0
    assert ballot.value() == {1: "1"}
    typed(ballot.entries[0], "2")
    assert ballot.step(0, 1) == 1
    assert ballot.value() == {1: "2", 2: 12.0}


def test_what_is_typed_is_what_a_ballot_takes_and_is_shown_again() -> None:
    questions = [
        asked(1, KINDS.MULTIPLE, max_choices=2),
        asked(2, KINDS.RANKING, parts=("a", "b")),
        asked(3, KINDS.GRID, parts=("a", "b")),
        asked(4, KINDS.NUMBER, (), low=0, high=100),
        asked(5, KINDS.OPEN, ()),
    ]
    ballot = Ballot(questions)
    for entry, keys in zip(ballot.entries, ("12", "2", "33"), strict=False):
        typed(entry, keys)
    ballot.entries[3].given = "1,2"
    ballot.entries[4].given = "의견"
    told = ballot.value()
    assert told == {1: ["1", "2"], 2: ["2", None], 3: {"a": "3", "b": "3"}, 4: 12.0, 5: "의견"}
    assert check_ballot({one.question_id: one.question for one in questions}, told) == ()
    again = Ballot(questions)
    again.show(told)
    assert again.value() == told
    again.clear()
    assert again.value() == {}


def test_a_number_that_is_none_is_refused() -> None:
    entry = Entry(asked(1, KINDS.NUMBER, ()))
    entry.given = "열둘"
    with pytest.raises(UserError, match="열둘"):
        entry.value()
