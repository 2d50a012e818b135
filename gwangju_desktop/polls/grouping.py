"""One question split by an attribute, small cells hidden wherever the table goes."""

from __future__ import annotations

from dataclasses import dataclass, replace

from gwangju_desktop.polls.hiding import hide, hide_line
from gwangju_desktop.polls.model import Question
from gwangju_desktop.polls.table import Group, Share, missing
from gwangju_desktop.polls.tally import GroupTally

# Percentages of fewer people are flagged.
SMALL_BASE = 30


@dataclass(frozen=True, slots=True)
class Split:
    """Groups as they may be seen.

    `hidden` tells that some cell is not shown, `withheld` that don't know and no answer are not.
    """

    groups: tuple[Group, ...]
    hidden: bool
    withheld: bool


def split(
    attribute: Question, question: Question, tallies: tuple[GroupTally, ...], k: int
) -> Split:
    """Make groups of their counts; groups nobody of whom answered are left out.

    Options nobody chose are left out too: known to be 0 in every group, they would protect no
    cell beside them. Don't know and no answer are left out of all groups where they would be
    hidden in one: alone in their row they would be the only hidden cell of it.
    """
    tallies = tuple(t for t in tallies if t.counted.answered)
    if not any(t.people for t in tallies):
        return _means(attribute, tallies, k)
    chosen = [i for i in range(len(question.options)) if sum(t.people[i] for t in tallies)]
    given = [i for i in chosen if not missing(question.options[i])]
    lost = [i for i in chosen if missing(question.options[i])]
    withheld = any(t.people[i] < k for t in tallies for i in lost)
    gone = hide([[t.people[i] for i in given] for t in tallies], k)
    groups = []
    for tally, row in zip(tallies, gone, strict=True):
        cells = {i: _cell(question, tally, i, unseen) for i, unseen in zip(given, row, strict=True)}
        if not withheld:
            cells |= {i: _cell(question, tally, i, False) for i in lost}
        seen = tuple(cells[i] for i in sorted(cells))
        groups.append(_group(attribute, tally, seen, None if any(row) else tally.mean, withheld))
    return Split(tuple(groups), any(any(row) for row in gone), withheld)


def _means(attribute: Question, tallies: tuple[GroupTally, ...], k: int) -> Split:
    """Show means by group; one missing mean would follow from the others and that of all."""
    gone = hide_line([int(t.counted.answered or 0) for t in tallies], k)
    groups = tuple(
        _group(attribute, t, (), None if unseen else t.mean, False)
        for t, unseen in zip(tallies, gone, strict=True)
    )
    numbers = any(t.mean is not None for t in tallies)
    return Split(groups, numbers and any(gone), False)


def _cell(question: Question, tally: GroupTally, i: int, hidden: bool) -> Share:
    option = question.options[i]
    if hidden:
        return Share(option.code, option.label, option.role, None)
    n, base = tally.counts[i], tally.base
    if missing(option):
        return Share(option.code, option.label, option.role, n)
    of_votes = 100 * n / base.votes if base.votes else None
    of_people = 100 * n / base.answered if base.answered else None
    return Share(option.code, option.label, option.role, n, of_votes, of_people)


def _group(
    attribute: Question,
    tally: GroupTally,
    shares: tuple[Share, ...],
    mean: float | None,
    withheld: bool,
) -> Group:
    option = attribute.options[tally.option]
    base = tally.base
    if withheld:
        # asked = answered + missing + blank: either of the last two would tell the other.
        base = replace(base, blank=None, missing=None)
    n = int(tally.counted.answered or 0)
    return Group(option.code, option.label, base, shares, n, n < SMALL_BASE, mean)
