"""Made-up surveys, released twice, and an attacker who subtracts all he can; for two suites."""

from __future__ import annotations

import random
from collections.abc import Sequence
from fractions import Fraction

from db.vocab import QuestionKind
from gwangju_desktop.polls import given
from gwangju_desktop.polls.told import Asked, Choice, Figures, Key

K = 5
# One respondent: the options chosen, none where the question was left blank.
Answers = list[frozenset[int]]
Row = dict[object, Fraction]


def pair(dice: random.Random) -> bool:
    """Release a survey, change it, release it again if that is harmless; say whether it was.

    Raises AssertionError when the attacker learns a count of 1 to K - 1 people, or a difference.
    """
    multiple, options = dice.random() < 0.5, dice.randint(2, 7)
    chances = [dice.random() ** 3 for _ in range(options)]
    first = [_answer(dice, chances, multiple) for _ in range(dice.randint(20, 1000))]
    second = _changed(dice, first, chances, multiple)
    asked = Asked(
        QuestionKind.MULTIPLE if multiple else QuestionKind.SINGLE,
        tuple(Choice(o) for o in range(options)),
        two_at_most=multiple,
    )
    earlier = _told(asked, first, ())
    _attack([(earlier, first)], options, multiple)
    for also in ((), [key for key in figures(first, options) if key not in earlier]):
        later = _told(asked, second, also)
        if given.harmless(asked, [earlier, later], K):
            _attack([(earlier, first), (later, second)], options, multiple)
            return True
    return False


def figures(answers: Answers, options: int) -> dict[Key, float]:
    """Count a survey in which everybody was asked."""
    found: dict[Key, float] = {
        (None, o, "count"): sum(o in one for one in answers) for o in range(options)
    }
    blank = sum(not one for one in answers)
    bases = {
        "asked": len(answers),
        "answered": len(answers) - blank,
        "blank": blank,
        "missing": 0,
        "votes": sum(map(len, answers)),
        "respondents": len(answers),
    }
    return {**found, **{(None, None, name): float(n) for name, n in bases.items()}}


def _answer(dice: random.Random, chances: Sequence[float], multiple: bool) -> frozenset[int]:
    if dice.random() < 0.02:
        return frozenset()
    most = dice.randint(1, 2) if multiple else 1
    return frozenset(dice.choices(range(len(chances)), [c + 1e-9 for c in chances], k=most))


def _changed(
    dice: random.Random, first: Answers, chances: Sequence[float], multiple: bool
) -> Answers:
    """Return the survey with late answers, answers taken back, or both."""
    late, gone = dice.choice([(0, 0), (1, 0), (3, 0), (40, 0), (300, 0), (0, 2), (60, 9)])
    kept = dice.sample(first, len(first) - gone)
    if dice.random() < 0.3:
        # Late answers of one mind: a difference that is a whole group.
        return kept + [frozenset({dice.randrange(len(chances))})] * late
    return kept + [_answer(dice, chances, multiple) for _ in range(late)]


def _told(asked: Asked, answers: Answers, also: Sequence[Key]) -> Figures:
    whole = figures(answers, len(asked.choices))
    gone = given.hidden(asked, whole, K, also=also)
    return {key: value for key, value in whole.items() if key not in gone}


# --- the attacker: exact elimination over what is told, on his own idea of how figures hang together


def _attack(releases: list[tuple[Figures, Answers]], options: int, multiple: bool) -> None:
    rows: list[Row] = []
    for at, (seen, _answers) in enumerate(releases):
        rows += [{(at, key): Fraction(1), "is": Fraction(value)} for key, value in seen.items()]
        rows += _laws(at, options, multiple)
    solved = _eliminate(rows)
    truths = [figures(answers, options) for _, answers in releases]
    for at, truth in enumerate(truths):
        for key, value in truth.items():
            _expect(solved, {(at, key): Fraction(1)}, value)
            if key[1] is not None:
                for base in ("answered", "asked"):
                    other: Key = (None, None, base)
                    wanted = {(at, other): Fraction(1), (at, key): Fraction(-1)}
                    _expect(solved, wanted, truth[other] - value)
    if len(truths) == 2:
        for key in truths[0]:
            wanted = {(1, key): Fraction(1), (0, key): Fraction(-1)}
            _expect(solved, wanted, truths[1][key] - truths[0][key])


def _laws(at: int, options: int, multiple: bool) -> list[Row]:
    def name(measure: str) -> tuple[int, Key]:
        return at, (None, None, measure)

    votes: Row = {(at, (None, o, "count")): Fraction(1) for o in range(options)}
    laws: list[Row] = [
        {**votes, name("votes"): Fraction(-1)},
        {
            name("asked"): Fraction(-1),
            **{name(part): Fraction(1) for part in ("answered", "missing", "blank")},
        },
        {name("asked"): Fraction(1), name("respondents"): Fraction(-1)},
    ]
    if not multiple:
        laws.append({name("answered"): Fraction(1), name("votes"): Fraction(-1)})
    return laws


def _eliminate(rows: list[Row]) -> dict[object, Row]:
    """Return the rows in echelon form by the unknown each begins with."""
    solved: dict[object, Row] = {}
    for row in rows:
        left = _reduced(row, solved)
        pivot = next((name for name, factor in left.items() if name != "is" and factor), None)
        if pivot is not None:
            scale = left[pivot]
            solved[pivot] = {name: factor / scale for name, factor in left.items() if factor}
    return solved


def _reduced(row: Row, solved: dict[object, Row]) -> Row:
    left = dict(row)
    while True:
        pivot = next((name for name in left if name in solved and left[name]), None)
        if pivot is None:
            return {name: factor for name, factor in left.items() if factor}
        scale = left[pivot]
        for name, factor in solved[pivot].items():
            left[name] = left.get(name, Fraction(0)) - scale * factor


def _expect(solved: dict[object, Row], wanted: Row, value: float) -> None:
    left = _reduced(wanted, solved)
    if all(name == "is" for name in left):
        assert not 0 < abs(value) < K, (wanted, value)
