"""Which totals of a question may go out: no small count stands there, nor follows from what does.

Totals hang together: options add up to the responses, those who answered and those who did not to
those who were asked, points of a scale to its mean. Every figure is a sum over a few unknowns (the
atoms), so what follows from figures that are told is their linear span, also together with what
was told of the same wave before. Guarded are counts of 1 to k - 1 people, complements, sums of
what is hidden and differences between two releases. Unlike tables by group (`releasing`), these
figures are left when the answers themselves are gone.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from db.vocab import QuestionKind
from gwangju_desktop.polls.hiding import hide_line
from gwangju_desktop.polls.tally import ONE_CHOICE
from gwangju_desktop.polls.told import (
    ANSWERED,
    ASKED,
    FOLLOWED,
    MEAN,
    RESPONDENTS,
    Asked,
    Figures,
    Key,
    small,
)

Floats = NDArray[np.float64]
_NOTHING = 1e-7
# What is hidden first when something has to be; figures of one rank in the order of their size.
_RANKS = {"mean": 0, "blank": 1, "missing": 1, "count": 2, "asked": 3, "votes": 4, "answered": 5}
_PEOPLE = "_unweighted"


def hidden(
    asked: Asked, figures: Figures, k: int, people: Figures | None = None, also: Iterable[Key] = ()
) -> set[Key]:
    """Return which figures of one question not to tell; `also` are hidden anyway.

    `people` are the figures in people where the figures themselves are weighted.
    """
    counted = figures if people is None else people
    forms = _Forms(asked, figures)
    gone = {key for key in also if key in figures}
    gone |= {key for key in forms.hideable if key != MEAN and small(counted.get(key, 0), k)}
    for line in forms.lines:
        if gone.intersection(line):
            marked = [key in gone for key in line]
            unseen = hide_line([counted.get(key, 0) for key in line], k, marked)
            gone |= {key for key, hide in zip(line, unseen, strict=True) if hide}
    while True:
        if gone or counted.get(ANSWERED, k) < k:
            # Counts are whole numbers: a mean tells more of hidden ones than their sum would.
            gone |= {MEAN} & figures.keys()
        telling = _telling(forms, counted, gone, k)
        if not telling:
            return gone
        gone.add(min(telling, key=lambda key: (_rank(key), counted.get(key, 0), repr(key))))


def harmless(asked: Asked, releases: Sequence[Figures], k: int) -> bool:
    """Tell whether nothing small follows from the last of several releases beside the others.

    Each is told whole, without what it hides. Where two releases tell the same of all that both
    tell, whoever compares them takes the rest for equal as well. What earlier releases tell by
    themselves is not told anew by the last.
    """
    forms = _Forms(asked, {key: 0.0 for one in releases for key in one})
    if any(_moved_mean(one, releases[-1], k) for one in releases[:-1]):
        return False
    joint = _Joint(forms, releases)
    ties = joint.ties()
    before = _Span([*joint.of(range(len(releases) - 1)), *ties])
    every = _Span([*joint.of(range(len(releases))), *ties])
    wanted = joint.guarded()
    if not wanted:
        return True
    values, told = every.follow(np.array(wanted))
    known = before.follow(np.array(wanted))[1]
    return not any(
        small(value, k)
        for value, here, there in zip(values, told, known, strict=True)
        if here and not there
    )


def _rank(key: Key) -> int:
    return _RANKS[key[2].removesuffix(_PEOPLE)]


def _moved_mean(one: Figures, other: Figures, k: int) -> bool:
    """Tell whether a mean moved though fewer than k answers came: what they said would follow."""
    if MEAN not in one or MEAN not in other or one[MEAN] == other[MEAN]:
        return False
    return abs(one.get(ANSWERED, 0) - other.get(ANSWERED, 0)) < k


class _Forms:
    """The figures of a question as sums over its atoms, and the sums that are guarded."""

    def __init__(self, asked: Asked, figures: Figures) -> None:
        self._asked = asked
        self._places: dict[str | tuple[int | None, int], int] = {}
        parts = sorted({key[0] for key in figures if key[2] == "count"}, key=repr) or [None]
        cells = {
            (part, choice.id): self._place((part, choice.id))
            for part in parts
            for choice in asked.choices
        }
        for name in ("answered", "missing", "blank", "sum", "votes"):
            for end in ("", _PEOPLE):
                self._place(name + end)
        self.size = len(self._places)
        self._cells = cells
        known = {RESPONDENTS[2], FOLLOWED}
        if RESPONDENTS in figures:
            known |= {"asked", "asked" + _PEOPLE}
        self.hideable = {key for key in figures if key[2] not in known}
        self.of = {key: self._form(key) for key in figures}
        self.lines = [
            [(part, c.id, "count") for c in asked.choices if (part, c.id, "count") in figures]
            for part in parts
        ]
        self.guarded = self._guarded()

    def _place(self, name: str | tuple[int | None, int]) -> int:
        return self._places.setdefault(name, len(self._places))

    def _sum(self, *names: str | tuple[int | None, int]) -> Floats:
        form = np.zeros(self.size)
        for name in names:
            form[self._places[name]] += 1
        return form

    def _answers(self, lost: bool = False) -> Floats:
        wanted = {choice.id for choice in self._asked.choices if choice.lost == lost}
        return self._sum(*(cell for cell in self._cells if cell[1] in wanted))

    def _base(self, name: str) -> Floats:
        measure, end = name.removesuffix(_PEOPLE), _PEOPLE if name.endswith(_PEOPLE) else ""
        one = self._asked.kind in ONE_CHOICE and bool(self._asked.choices) and not end
        if measure == "asked":
            return sum(
                (self._base(part + end) for part in ("answered", "missing", "blank")),
                np.zeros(self.size),
            )
        if measure == "votes":
            if self._asked.choices and not end:
                return self._answers()
            alike = self._asked.kind in (QuestionKind.NUMBER, QuestionKind.OPEN)
            return self._base("answered" + end) if alike else self._sum(name)
        if one and measure == "answered":
            return self._answers()
        if one and measure == "missing":
            return self._answers(lost=True)
        return self._sum(name)

    def _form(self, key: Key) -> Floats:
        part, option, measure = key
        if measure == "count":
            assert option is not None
            return self._sum((part, option))
        if measure == FOLLOWED:
            assert option is not None
            return self._sum(
                *(cell for cell in self._cells if cell[1] in self._asked.followed[option])
            )
        if measure == "mean":
            points = [c for c in self._asked.choices if c.value is not None and not c.lost]
            form = np.zeros(self.size)
            for choice in points:
                form[self._cells[None, choice.id]] = choice.value
            return form if points else self._sum("sum")
        if measure == RESPONDENTS[2]:
            # Weighted answers come to another sum than there were people.
            weighted = any(place[2].endswith(_PEOPLE) for place in self.hideable)
            return self._base(ASKED[2] + (_PEOPLE if weighted else ""))
        return self._base(measure)

    def _guarded(self) -> list[Floats]:
        asked, answered = self._base("asked"), self._base("answered")
        found = [asked, answered, self._base("missing"), self._base("blank"), asked - answered]
        for end in (_PEOPLE,):
            found += [self._base(name + end) for name in ("answered", "missing", "blank")]
            found.append(self._base("asked" + end) - self._base("answered" + end))
        if self._asked.two_at_most:
            votes = self._base("votes")
            found += [votes - answered, 2 * answered - votes]
        chosen: dict[int, Floats] = {}
        marked: dict[int | None, Floats] = {}
        lost = {choice.id for choice in self._asked.choices if choice.lost}
        for (part, option), _at in self._cells.items():
            form = self._sum((part, option))
            found += [form, asked - form]
            chosen[option] = chosen.get(option, 0) + form
            marked[part] = marked.get(part, 0) + form
            if option not in lost and self._asked.kind is not QuestionKind.GRID:
                found.append(answered - form)
        if self._asked.kind is QuestionKind.RANKING:
            for option, form in chosen.items():
                found += [form, asked - form, *([] if option in lost else [answered - form])]
        if None not in marked:
            found += [asked - form for form in marked.values()]
        return found


class _Span:
    """What follows from figures that are told: pairs of a form and its value."""

    def __init__(self, told: Sequence[tuple[Floats, float]]) -> None:
        self.rows = np.array([form for form, _ in told]) if told else np.zeros((0, 0))
        self._values = np.array([value for _, value in told])
        self._inverse = np.linalg.pinv(self.rows, rcond=1e-10) if told else self.rows

    def weights(self, wanted: Floats) -> tuple[Floats, NDArray[np.bool_]]:
        """Return how much of each told figure makes up the wanted ones, and which of them do."""
        if not len(self.rows):
            return np.zeros((len(wanted), 0)), np.logical_not(np.logical_or.reduce(wanted, axis=1))
        found = wanted @ self._inverse
        off: Floats = np.abs(found @ self.rows - wanted)
        return found, np.logical_and.reduce(off < _NOTHING, axis=1)

    def follow(self, wanted: Floats) -> tuple[Floats, NDArray[np.bool_]]:
        """Return the values of wanted forms, right for those that the second result marks."""
        found, told = self.weights(wanted)
        return found @ self._values, told


def _amounts(figures: Figures) -> dict[Key, float]:
    """Return the figures as values of their forms: the mean is told as the sum of all points."""
    found = dict(figures)
    if MEAN in found:
        found[MEAN] *= found.get(ANSWERED, 0)
    return found


def _telling(forms: _Forms, counted: Figures, gone: set[Key], k: int) -> list[Key]:
    """Return told figures that together tell something small, of which one has to go."""
    amounts = _amounts(counted)
    told = [key for key in forms.of if key not in gone]
    span = _Span([(forms.of[key], amounts.get(key, 0)) for key in told])
    wanted = list(forms.guarded)
    for line in forms.lines:
        unseen = [forms.of[key] for key in line if key in gone]
        if unseen:
            wanted.append(np.sum(unseen, axis=0))
    if not told or not wanted:
        return []
    values, known = span.follow(np.array(wanted))
    weights = span.weights(np.array(wanted))[0]
    for row, value, here in zip(weights, values, known, strict=True):
        if here and small(value, k):
            culprits = [
                key
                for key, weight in zip(told, row, strict=True)
                if abs(weight) > 1e-6 and key in forms.hideable
            ]
            if culprits:
                return culprits
    return []


class _Joint:
    """Several releases of one question, each over atoms of its own, the last one new."""

    def __init__(self, forms: _Forms, releases: Sequence[Figures]) -> None:
        self._forms, self._releases = forms, [_amounts(one) for one in releases]
        self._pairs = list(itertools.combinations(range(len(releases)), 2))

    def of(self, blocks: Iterable[int]) -> list[tuple[Floats, float]]:
        """Return what some of the releases tell."""
        return [
            (self._at(block, self._forms.of[key]), value)
            for block in blocks
            for key, value in self._releases[block].items()
        ]

    def ties(self) -> list[tuple[Floats, float]]:
        """Return what whoever compares two releases takes for equal."""
        found: list[tuple[Floats, float]] = []
        plain = _Span(self.of(range(len(self._releases))))
        for one, other in self._pairs:
            first, second = self._releases[one], self._releases[other]
            both = first.keys() & second.keys()
            if both and all(abs(first[key] - second[key]) < 1e-6 for key in both):
                for atom in np.eye(self._forms.size):
                    found.append((self._between(one, other, atom), 0.0))
                continue
            for unseen in self._unseen(both):
                form = self._between(one, other, np.sum(unseen, axis=0))
                values, known = plain.follow(form[None, :])
                if known[0] and abs(values[0]) < 1e-6:
                    found += [(self._between(one, other, cell), 0.0) for cell in unseen]
        return found

    def guarded(self) -> list[Floats]:
        """Return what may not be told when small: of each release, and between any two."""
        forms = self._forms
        found = [self._at(b, form) for b in range(len(self._releases)) for form in forms.guarded]
        sums = [*forms.guarded, *forms.of.values(), forms._base("votes")]
        for one, other in self._pairs:
            both = self._releases[one].keys() & self._releases[other].keys()
            unseen = [np.sum(cells, axis=0) for cells in self._unseen(both)]
            found += [self._between(one, other, form) for form in (*sums, *unseen)]
        return found

    def _unseen(self, both: Iterable[Key]) -> list[list[Floats]]:
        """Return, line by line, the figures that not both of two releases tell."""
        told = set(both)
        lines = (
            [self._forms.of[key] for key in line if key not in told] for line in self._forms.lines
        )
        return [line for line in lines if line]

    def _at(self, block: int, form: Floats) -> Floats:
        whole = np.zeros(self._forms.size * len(self._releases))
        whole[block * self._forms.size : (block + 1) * self._forms.size] = form
        return whole

    def _between(self, one: int, other: int, form: Floats) -> Floats:
        return self._at(other, form) - self._at(one, form)
