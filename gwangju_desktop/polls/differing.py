"""Why figures of two waves may not be set side by side: what was asked otherwise, or of others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from db.vocab import OptionRole, QuestionKind
from gwangju_desktop.polls.drafts import evened
from gwangju_desktop.polls.model import Option, Question
from gwangju_desktop.polls.table import Said
from gwangju_desktop.polls.words import KINDS, MODES
from gwangju_desktop.text import C_, N_

# A printed "① ", "1. ", "(2) " or "가) " before the words of an option is no part of them.
_MARK = re.compile(r"^(?:[\u2460-\u2473\u24ea\u3251-\u325f]|\(?(?:\d{1,2}|[가-하])[.)](?!\d))\s*")
_SCALES = frozenset({QuestionKind.SINGLE, QuestionKind.SCALE, QuestionKind.GRID})

REVERSED = N_("The scale runs the other way round: the same answers have opposite codes.")
_WORDING = N_("The question was worded otherwise.")
_NO_WORDING = N_("The wording of the question is not known of both waves.")
_KIND = N_("It was asked as “{first}”, then as “{second}”.")
_MOST = N_("Choices at most: {first}, then {second}.")
_ANY = C_("number of choices", "no limit")
_GONE = N_("Options went: {labels}.")
_CAME = N_("Options came: {labels}.")
_REWORDED = N_("Options have other words: {labels}.")
_ORDER = N_("The options stood in another order.")
_ROLES = N_("Options count otherwise (as none, don’t know or no answer): {labels}.")
_POINTS = N_("The options have other points.")
_PARTS = N_("The rows or places are not the same.")
_ASKED = N_("It was not put to the same people: who was asked depended on other answers.")
_POPULATION = N_("The population is another: “{first}”, then “{second}”.")
_UNSTATED = C_("population", "not stated")
_MODE = N_("The mode is another: {first}, then {second}.")


@dataclass(frozen=True, slots=True)
class Condition:
    """Who was asked: those who chose one of `codes` at another question, known by its wording."""

    code: str
    wording_hash: str
    codes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Side:
    """A question as one wave put it, in the words it was put in."""

    question: Question
    wording_hash: str
    condition: Condition | None
    population: str
    mode: str


def differences(first: Side, second: Side) -> list[Said]:
    """Say all that keeps two waves from being compared; empty when nothing does."""
    return [*_asked(first, second), *_chosen(first, second), *_whom(first, second)]


def reversed_scale(first: Question, second: Question) -> bool:
    """Say whether the same answers were coded in opposite directions."""
    if first.kind not in _SCALES or second.kind not in _SCALES:
        return False
    one, other = _ranks(first.options), _ranks(second.options)
    if len(one) < 2 or one.keys() != other.keys():
        return False
    ascending = sorted(one, key=lambda label: one[label])
    descending = sorted(other, key=lambda label: -other[label])
    return ascending == descending


def bare(label: str) -> str:
    """Return an option's words without the number printed before them."""
    even = evened(label)
    return _MARK.sub("", even) or even


def _ranks(options: Sequence[Option]) -> dict[str, float]:
    """Return where each answer stands: by its point, else its code, else its place.

    Empty where two have the same words.
    """
    real = [option for option in options if option.role is OptionRole.NORMAL]
    values: list[float | None] = [option.value for option in real]
    if None in values:
        values = [float(o.code) if o.code.isdecimal() else None for o in real]
    ranks = {
        bare(option.label): float(place) if None in values else value or 0.0
        for place, (option, value) in enumerate(zip(real, values, strict=True))
    }
    return ranks if len(ranks) == len(real) else {}


def _asked(first: Side, second: Side) -> Iterator[Said]:
    if not first.wording_hash or not second.wording_hash:
        yield Said(_NO_WORDING)
    elif first.wording_hash != second.wording_hash:
        yield Said(_WORDING)
    one, other = first.question, second.question
    if one.kind != other.kind:
        yield Said(_KIND, {"first": KINDS[one.kind], "second": KINDS[other.kind]})
    elif one.max_choices != other.max_choices:
        yield Said(_MOST, {"first": one.max_choices or _ANY, "second": other.max_choices or _ANY})


def _chosen(first: Side, second: Side) -> Iterator[Said]:
    one, other = first.question, second.question
    if reversed_scale(one, other):
        yield Said(REVERSED)
    else:
        yield from _options(one.options, other.options)
    parts = [[(part.code, bare(part.label)) for part in side.parts] for side in (one, other)]
    if parts[0] != parts[1]:
        yield Said(_PARTS)


def _options(first: Sequence[Option], second: Sequence[Option]) -> Iterator[Said]:
    one = {option.code: option for option in first}
    other = {option.code: option for option in second}
    gone = [option.label for option in first if option.code not in other]
    came = [option.label for option in second if option.code not in one]
    both = [(one[code], other[code]) for code in one if code in other]
    reworded = [b.label for a, b in both if bare(a.label) != bare(b.label)]
    roles = [b.label for a, b in both if a.role != b.role]
    for message, labels in (
        (_GONE, gone),
        (_CAME, came),
        (_REWORDED, reworded),
        (_ROLES, roles),
    ):
        if labels:
            yield Said(message, {"labels": ", ".join(labels)})
    if any(a.value != b.value for a, b in both):
        yield Said(_POINTS)
    if [a.code for a, _ in both] != [code for code in other if code in one]:
        yield Said(_ORDER)


def _whom(first: Side, second: Side) -> Iterator[Said]:
    if first.condition != second.condition:
        yield Said(_ASKED)
    one, other = evened(first.population), evened(second.population)
    if one != other:
        yield Said(_POPULATION, {"first": one or _UNSTATED, "second": other or _UNSTATED})
    if first.mode != second.mode:
        yield Said(_MODE, {"first": MODES[first.mode], "second": MODES[second.mode]})
