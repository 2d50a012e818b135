"""Proposals that look like one another by their words; everything stays in the office's own file.

Two texts are compared by the pairs of characters they share, as Korean glues its endings to the
words. A pair that stands in every proposal says little, a rare one much: how usual a pair is, a
sample of the proposals tells. Candidates come from the index by their rarest pairs.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from operator import add

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from db import search
from db.schema.handling import ProposalDistinct
from db.schema.proposals import Proposal
from db.vocab import ProposalState

# Nothing less alike is ever shown; of two of 75 and more most people say that they are the same.
LEAST = 35
# Compared of a text; the rest of a long one repeats.
_COMPARED = 1200
_SAMPLE, _SAMPLED = 64, 600
# The rarest pairs of title and text that candidates are found by, and how many are compared.
_OF_TITLE, _OF_TEXT, _CANDIDATES = 12, 16, 30
# Together they may stand in so large a part of all: every proposal with one of them is looked at.
_TITLE_FINDS, _ALL_FIND = 0.16, 0.26
# What is in none of the sample is still in some, and so many pairs are taken in any case.
_UNSEEN, _LEAST_PAIRS = 0.006, 4
# A text of fewer pairs is only a line: the titles decide.
_FEW = 12
_TABLE = "proposal"


@dataclass(frozen=True, slots=True)
class Similar:
    """A proposal that looks like another, `score` of 100."""

    id: int
    number: str
    title: str
    state: str
    score: int


def similar(
    read: Session,
    *,
    title: str,
    text: str = "",
    exclude: int | None = None,
    limit: int = 5,
    worth: Worth | None = None,
) -> list[Similar]:
    """List proposals that look like these words, the most alike first.

    Merged ones are left out, for another counts for them; so are, with `exclude`, that proposal
    itself and those told apart from it. Who asks for many gives the `worth` of the pairs.
    """
    asked = Words.of(title, text)
    if not asked.all:
        return []
    worth = worth if worth is not None else Worth.read(read)
    rare = _rarest(asked, worth)
    shared = search.sharing(read.connection(), _TABLE, rare, _CANDIDATES)
    ids = {id for id, _n in shared} | _so_called(read, title)
    ids -= _apart(read, exclude)
    held = read.execute(
        select(
            Proposal.id,
            Proposal.number,
            Proposal.title,
            func.substr(Proposal.text, 1, _COMPARED).label("text"),
            Proposal.state,
        ).where(Proposal.id.in_(ids), Proposal.state != ProposalState.MERGED.value)
    ).all()
    found = [
        Similar(row.id, row.number or "", row.title, row.state, score)
        for row in held
        if (score := score_of(asked, Words.of(row.title, row.text), worth)) >= LEAST
    ]
    found.sort(key=lambda one: (-one.score, one.id))
    return found[:limit]


@dataclass(frozen=True, slots=True)
class Words:
    """The pairs of characters of a title and of a text."""

    title: frozenset[str]
    text: frozenset[str]

    @classmethod
    def of(cls, title: str, text: str) -> Words:
        """Take the pairs of a title and of the beginning of a text."""
        return cls(_pairs(title), _pairs(text[:_COMPARED]))

    @property
    def all(self) -> frozenset[str]:
        """The pairs of both."""
        return self.title | self.text


class Worth(dict[str, float]):
    """What each pair says of a proposal: the more, the fewer documents of a sample have it."""

    def __init__(self, documents: Sequence[str] = ()) -> None:
        super().__init__()
        self.usual: Counter[str] = Counter()
        # Of a few proposals nothing is known of what is usual.
        self.documents = max(len(documents), _SAMPLE)
        for document in documents:
            self.usual.update(set(map(add, document, document[1:])))

    @classmethod
    def read(cls, read: Session) -> Worth:
        """Take a sample of the office's proposals."""
        return cls(search.sample(read.connection(), _TABLE, _SAMPLE, _SAMPLED))

    def __missing__(self, pair: str) -> float:
        self[pair] = found = math.log(1.4 / (self.part(pair) + 0.02))
        return found

    def part(self, pair: str) -> float:
        """Return in what part of all proposals a pair stands."""
        return self.usual[pair] / self.documents

    def of(self, pairs: Iterable[str]) -> float:
        """Return what some pairs say together."""
        return sum(map(self.__getitem__, pairs))


def score_of(one: Words, other: Words, worth: Worth) -> int:
    """Return how alike two proposals are, of 100."""
    titles, _inside = _shared(one.title, other.title, worth)
    if min(len(one.text), len(other.text)) < _FEW:
        # Of one of them only a title is there: does the other speak of it?
        short, long = (one, other) if len(one.text) <= len(other.text) else (other, one)
        spoken = worth.of(short.all & long.all) / (worth.of(short.all) or 1)
        return round(100 * max(titles, 0.7 * spoken if len(short.all) >= 3 else 0))
    dice, inside = _shared(one.text, other.text, worth)
    # A short text inside a long one counts, but less than two of one length.
    texts = 0.7 * dice + 0.3 * inside
    return round(100 * min(1, max(0.35 * titles + 0.65 * texts, 0.95 * texts, 0.5 * titles)))


def _shared(one: frozenset[str], other: frozenset[str], worth: Worth) -> tuple[float, float]:
    """Return what two sets share, of both together and of the smaller one, 0 to 1 each."""
    first, second, both = worth.of(one), worth.of(other), worth.of(one & other)
    if not first or not second:
        return 0.0, 0.0
    return 2 * both / (first + second), both / min(first, second)


def _pairs(text: str) -> frozenset[str]:
    folded = search.fold(text)
    return frozenset(map(add, folded, folded[1:]))


def _so_called(read: Session, title: str) -> set[int]:
    """Return some of the proposals that have the whole title: hundreds may share all rare pairs."""
    if len(search.fold(title)) < _LEAST_PAIRS:
        return set()
    hits = search.find(read.connection(), title, _CANDIDATES)
    return {id for table, id in hits if table == _TABLE}


def _rarest(asked: Words, worth: Worth) -> list[str]:
    """Return the pairs that say most, those of the title first; few enough to be quick."""

    def order(pair: str) -> tuple[float, str]:
        return worth.part(pair), pair

    title = sorted(asked.title, key=order)
    text = sorted(asked.text - asked.title, key=order)
    chosen: list[str] = []
    finds = 0.0
    for pairs, most in (
        (title[:_OF_TITLE], _TITLE_FINDS),
        (islice(_spread(text), _OF_TEXT), _ALL_FIND),
    ):
        for pair in pairs:
            more = worth.part(pair) + _UNSEEN
            if finds + more > most and len(chosen) >= _LEAST_PAIRS:
                break
            chosen.append(pair)
            finds += more
    return chosen


def _spread(rarest: Sequence[str]) -> Iterable[str]:
    """Take every other of the rarest pairs: many of the very rarest are slips of the pen."""
    yield from rarest[: 4 * _OF_TEXT : 4]
    yield from rarest[1 : 4 * _OF_TEXT : 4]


def _apart(read: Session, id: int | None) -> set[int]:
    """Return a proposal and those told apart from it."""
    if id is None:
        return set()
    told = select(ProposalDistinct.proposal_id, ProposalDistinct.other_id).where(
        or_(ProposalDistinct.proposal_id == id, ProposalDistinct.other_id == id)
    )
    return {id, *(other for pair in read.execute(told).all() for other in pair)}
