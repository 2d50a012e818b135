"""What follows from all tables of one question together: of several attributes, with weights too.

How many of a group chose an option is a sum over respondents. Sums over groups of several
attributes hang together where the groups do: a decade is its two halves, whoever left one page
blank is in no group of it, and weights by one attribute alone make the weighted figures of its
groups multiples of the others. All of that is in how many respondents any two groups share (the
Gram matrix of the groups), whose range holds every vector of sums there can be.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from gwangju_desktop.polls import counting
from gwangju_desktop.polls.grouping import people, unseen
from gwangju_desktop.polls.hiding import Cell
from gwangju_desktop.polls.model import Answers, Question
from gwangju_desktop.polls.parts import layers
from gwangju_desktop.polls.table import Groups, missing
from gwangju_desktop.polls.tally import Rest, Tally

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

# Of a matrix whose rows have length one.
_NOTHING = 1e-11
_MOVES = 1e-9
# So often the fewest more are hidden, before all of an option are.
_ROUNDS = 3

# What the tables hide, in their order; None = the table is refused.
Hidden = Sequence[set[Cell] | None]


class Tables:
    """The tables of one question by several attributes, of which the first come before the last.

    `resting` minds who is in no group or did not say in which: they are told by the others and
    the total.
    """

    def __init__(
        self, source: Answers, family: Sequence[Groups], k: int, resting: bool = True
    ) -> None:
        self._question, self._family, self._k = source.question, family, k
        self._resting = resting
        self._among = counting.answered(source)
        self._layers = layers(source)
        self._counted: dict[int, list[Tally]] = {}

    def last(self, start: set[Cell]) -> set[Cell] | None:
        """Return what the last table hides, `start` among it; None where it is refused."""
        ties = Ties(self._family, self._among, None)
        at = len(self._family) - 1
        if not ties.tied[at]:
            # Groups that have nothing to do with each other tell nothing of each other.
            return unseen(self._question, self._tallies(at), self._k, start)
        return self._fit(ties, self._decided(ties, ties.tied[:at]), start)

    def stand(self, weights: Floats) -> bool:
        """Tell whether all tables hide what they hide even where each is told with weights too."""
        both = Ties(self._family, self._among, weights)
        if not any(both.tied):
            return True
        alone = Ties(self._family, self._among, None)
        return not self._known(both, self._decided(alone, both.tied))

    def _decided(self, ties: Ties, wanted: Sequence[bool]) -> Hidden:
        """Return what the first tables hide; of those that are not wanted nothing is said."""
        hidden: list[set[Cell] | None] = []
        for one in wanted:
            hidden.append(self._fit(ties, hidden, set()) if one else None)
        return hidden

    def _fit(self, ties: Ties, before: Hidden, start: set[Cell]) -> set[Cell] | None:
        """Return what the next table hides, so that nothing follows from it and those before."""
        at = len(before)
        also = set(start)
        for tried in itertools.count():
            mine = unseen(self._question, self._tallies(at), self._k, also)
            options = self._known(ties, [*before, mine]) if ties.tied[at] else set()
            if not options:
                return mine
            more = self._more(at, mine, options, whole=tried >= _ROUNDS)
            if not more:
                return None
            also = mine | more
        raise AssertionError

    def _more(self, at: int, hidden: set[Cell], options: set[int], whole: bool) -> set[Cell]:
        """Return cells of some options to hide too: that of the fewest people, or all of them."""
        found: set[Cell] = set()
        rows = self._people(at, 0)
        for option in options:
            shown = [
                (g, option) for g, row in enumerate(rows) if any(row) and (g, option) not in hidden
            ]
            if shown:
                found |= set(shown if whole else [min(shown, key=lambda c: rows[c[0]][c[1]])])
        return found

    def _known(self, ties: Ties, hidden: Hidden) -> set[int]:
        """Return the options of which a hidden figure of fewer than k people follows."""
        found: set[int] = set()
        for layer in range(len(self._layers)):
            found |= self._known_of(ties, hidden, layer)
        return found

    def _known_of(self, ties: Ties, hidden: Hidden, layer: int) -> set[int]:
        total = self._tallies(len(self._family) - 1)[layer]
        options = [0]
        if total.counts:
            marks = zip(self._question.options, total.counts, strict=True)
            options = [i for i, (o, n) in enumerate(marks) if n and not missing(o)]
        shown = np.zeros((ties.half, len(options)), dtype=np.bool_)
        few = np.zeros_like(shown)
        # The table that is not split tells the sums of everybody.
        shown[0] = True
        for i, cells in enumerate(hidden):
            if cells is None:
                continue
            for g, row in enumerate(self._people(i, layer)):
                here = ties.starts[i] + g
                unseen_here = [(g, option) in cells for option in options]
                shown[here] = [not gone for gone in unseen_here]
                if any(row):
                    few[here] = [
                        gone and row[o] < self._k
                        for gone, o in zip(unseen_here, options, strict=True)
                    ]
        if not few.any():
            return set()
        if ties.weighted:
            shown, few = np.vstack([shown, shown]), np.vstack([few, few])
        known = few & ~ties.movable(shown, bool(total.counts))
        return {options[i] for i in np.flatnonzero(known.any(axis=0))}

    def _people(self, at: int, layer: int) -> Sequence[Sequence[int]]:
        """Return how many of each group chose each option that is an answer, or answered."""
        tally = self._tallies(at)[layer]
        if not tally.counts:
            return [[int(t.counted.answered or 0)] for t in tally.groups]
        lost = [missing(o) for o in self._question.options]
        return [
            [0 if gone else n for gone, n in zip(lost, row, strict=True)]
            for row in people(tally)[:-1]
        ]

    def _tallies(self, at: int) -> list[Tally]:
        if at not in self._counted:
            counted = [counting.people(one, self._family[at]) for one in self._layers]
            if not self._resting:
                counted = [_said(t, self._family[at].question) for t in counted]
            self._counted[at] = counted
        return self._counted[at]


def _said(tally: Tally, attribute: Question) -> Tally:
    """Return a count of those alone who said what they are."""
    nobody = (0,) * len(tally.rest.people)
    groups = [
        replace(group, people=nobody) if missing(attribute.options[group.option]) else group
        for group in tally.groups
    ]
    return replace(tally, groups=tuple(groups), rest=Rest(0, nobody))


class Ties:
    """How the groups of several attributes hang together among some respondents.

    Sums are in one order: that of everybody, those of the groups of each attribute, and with
    weights the same once more, weighted. `starts` tells where an attribute's begin, `half` how
    many sums there are without the weighted ones.
    """

    def __init__(self, family: Sequence[Groups], among: Mask, weights: Floats | None) -> None:
        indexes = [groups.index[among].astype(np.int64) for groups in family]
        sizes = [len(groups.question.options) for groups in family]
        self.starts = [1 + sum(sizes[:i]) for i in range(len(sizes))]
        self.half = 1 + sum(sizes)
        self.weighted = weights is not None
        plain = _gram(indexes, sizes, self.starts, None, int(np.count_nonzero(among)))
        gram = plain
        if weights is not None:
            own = weights[among]
            once = _gram(indexes, sizes, self.starts, own, float(own.sum()))
            twice = _gram(indexes, sizes, self.starts, own * own, float((own * own).sum()))
            gram = np.block([[plain, once], [once, twice]])
        self._space = _range(gram)
        live = np.diagonal(plain) > 0
        blocks = [range(at, at + size) for at, size in zip(self.starts, sizes, strict=True)]
        self.tied = [self._tie(gram, block, int(live[block].sum())) for block in blocks]

    def _tie(self, gram: Floats, block: range, live: int) -> bool:
        """Tell whether an attribute's sums follow in part from those of everybody and others.

        Those of its groups making up all who are in any do not count.
        """
        whole = gram[block, 0].sum() >= gram[0, 0]
        times = 2 if self.weighted else 1
        mine = [at + half * self.half for half in range(times) for at in block]
        others = np.delete(np.delete(gram, mine, axis=0), mine, axis=1)
        more = self._space.shape[1] - _range(others).shape[1]
        return bool(more < (live - bool(whole)) * times)

    def movable(self, shown: Mask, added: bool) -> Mask:
        """Return which sums of which options may still be something else, bool (sums, options).

        `shown` are those that are told. `added` says that over all options the sums are known, as
        the number of choices of each group is.
        """
        space = self._space
        told = np.einsum("fo,fr,fs->ors", shown, space, space)
        sizes, directions = np.linalg.eigh(told)
        kept = directions * (sizes <= _NOTHING * max(1, len(space)))[:, None, :]
        free = kept @ kept.transpose(0, 2, 1)
        if added:
            inner = np.linalg.pinv(free.sum(axis=0), rcond=_NOTHING, hermitian=True)
            free = free - free @ inner @ free
        moved = ((space @ free) * space).sum(axis=2).T
        return np.asarray(moved > _MOVES)


def _gram(
    indexes: Sequence[NDArray[np.int64]],
    sizes: Sequence[int],
    starts: Sequence[int],
    weights: Floats | None,
    everybody: float,
) -> Floats:
    """Return how many respondents, or what weight, any two of the sums have in common."""
    gram = np.zeros((1 + sum(sizes), 1 + sum(sizes)))
    gram[0, 0] = everybody
    for i, (one, rows, top) in enumerate(zip(indexes, sizes, starts, strict=True)):
        within = one >= 0
        own = np.bincount(one[within], None if weights is None else weights[within], rows)
        gram[0, top : top + rows] = gram[top : top + rows, 0] = own
        gram[range(top, top + rows), range(top, top + rows)] = own
        for other, columns, left in zip(indexes[:i], sizes[:i], starts[:i], strict=True):
            both = within & (other >= 0)
            pairs = one[both] * columns + other[both]
            shared = np.bincount(pairs, None if weights is None else weights[both], rows * columns)
            block = shared.reshape(rows, columns)
            gram[top : top + rows, left : left + columns] = block
            gram[left : left + columns, top : top + rows] = block.T
    return gram


def _range(gram: Floats) -> Floats:
    """Return directions that span what sums there can be, each sum scaled to length one."""
    length = np.sqrt(np.diagonal(gram))
    scale = np.divide(1.0, length, out=np.zeros_like(length), where=length > 0)
    sizes, directions = np.linalg.eigh(gram * scale[:, None] * scale)
    return np.asarray(directions[:, sizes > _NOTHING * max(1, len(gram))])
