"""What counting yields before it becomes shares; and the same from published totals."""

from __future__ import annotations

from dataclasses import dataclass

from db.vocab import QuestionKind
from gwangju_desktop.polls.model import Totals
from gwangju_desktop.polls.table import Base, missing

ONE_CHOICE = frozenset({QuestionKind.SINGLE, QuestionKind.SCALE})
WITH_PARTS = frozenset({QuestionKind.GRID, QuestionKind.RANKING})


@dataclass(frozen=True, slots=True)
class Moments:
    """Mean, standard deviation (of a sample), median and quartiles of what was answered."""

    mean: float | None = None
    sd: float | None = None
    median: float | None = None
    quartiles: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class GroupTally:
    """Counts within one group: `counts` as weighted, `people` as they were counted, by option."""

    option: int
    base: Base
    counted: Base
    counts: tuple[float, ...] = ()
    people: tuple[int, ...] = ()
    mean: float | None = None


@dataclass(frozen=True, slots=True)
class Rest:
    """Who is in no group: how many answered, and how many chose each option."""

    answered: int = 0
    people: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of one question by option, or of one row of it.

    `n` is the number of unweighted respondents the answered ones are worth.
    """

    base: Base
    counted: Base
    n: float | None
    counts: tuple[float, ...] = ()
    firsts: tuple[float, ...] | None = None
    parts: tuple[Tally, ...] = ()
    moments: Moments = Moments()
    choosers: tuple[tuple[int, float], ...] = ()
    groups: tuple[GroupTally, ...] = ()
    rest: Rest = Rest()


def published(totals: Totals) -> Tally:
    """Bring totals into the shape of a count; what was not published stays unknown."""
    question = totals.question
    options = question.options
    parts: tuple[Tally, ...] = ()
    # A ranking may have been published without its places.
    if question.kind in WITH_PARTS and any(part for part, _code in totals.counts):
        parts = tuple(
            _row(totals, tuple(totals.counts.get((p.code, o.code), 0) for o in options))
            for p in question.parts
        )
    counts = tuple(
        sum(n for (_part, code), n in totals.counts.items() if code == o.code) for o in options
    )
    base = _base(totals, counts)
    n = None if totals.weighted else base.answered
    if question.kind in (QuestionKind.NUMBER, QuestionKind.OPEN):
        return Tally(base, _people(totals, base), n, moments=Moments(mean=totals.mean))
    firsts = None
    if question.kind is QuestionKind.RANKING and parts:
        firsts = tuple(totals.counts.get((question.parts[0].code, o.code), 0) for o in options)
    return Tally(
        base,
        _people(totals, base),
        n,
        counts,
        firsts,
        parts,
        choosers=_choosers(totals, base),
    )


def _row(totals: Totals, counts: tuple[int, ...]) -> Tally:
    options = totals.question.options
    answered = sum(c for o, c in zip(options, counts, strict=True) if not missing(o))
    lost = sum(counts) - answered
    blank = None if totals.asked is None else totals.asked - answered - lost
    base = Base(totals.asked, answered, blank, lost, answered)
    return Tally(base, base, None if totals.weighted else answered, counts)


def _base(totals: Totals, counts: tuple[int, ...]) -> Base:
    options = totals.question.options
    votes = sum(c for o, c in zip(options, counts, strict=True) if not missing(o))
    lost: int | None = sum(counts) - votes
    answered = totals.answered
    if totals.question.kind in ONE_CHOICE and answered is None:
        answered = votes
    if totals.question.kind in (QuestionKind.NUMBER, QuestionKind.OPEN):
        votes = answered or 0
    asked, blank = totals.asked, totals.blank
    if None not in (asked, answered, blank):
        assert asked is not None
        assert answered is not None
        assert blank is not None
        lost = asked - answered - blank
    elif asked is not None and answered is not None and lost is not None:
        blank = asked - answered - lost
    elif answered is not None and blank is not None and lost is not None:
        asked = answered + lost + blank
    return Base(asked, answered, blank, lost, votes)


def _people(totals: Totals, base: Base) -> Base:
    """Return the base in people; of weighted totals what was kept of it, votes as they weigh."""
    if not totals.weighted:
        return base
    known = totals.people.get
    return Base(
        known("asked"),
        known("answered"),
        known("blank"),
        known("missing"),
        known("votes", base.votes),
    )


def _choosers(totals: Totals, base: Base) -> tuple[tuple[int, float], ...]:
    """Say how many chose one and two: known from totals where two is the most."""
    question = totals.question
    if question.kind is not QuestionKind.MULTIPLE or question.max_choices != 2:
        return ()
    if base.answered is None or not base.answered <= base.votes <= 2 * base.answered:
        return ()
    two = base.votes - base.answered
    return (1, base.answered - two), (2, two)
