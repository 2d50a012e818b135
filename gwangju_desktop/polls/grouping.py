"""One question split by an attribute, small cells hidden wherever the table goes."""

from __future__ import annotations

from dataclasses import dataclass, replace

from gwangju_desktop.polls import defaults
from gwangju_desktop.polls.hiding import hide, hide_line
from gwangju_desktop.polls.model import Question
from gwangju_desktop.polls.table import Group, Share, missing
from gwangju_desktop.polls.tally import GroupTally, Rest, Tally

# Percentages of fewer people are flagged.
SMALL_BASE = defaults.whole("small_base")


@dataclass(frozen=True, slots=True)
class Split:
    """Groups as they may be seen.

    `hidden` tells that some cell is not shown, `withheld` that don't know and no answer are not.
    """

    groups: tuple[Group, ...]
    hidden: bool
    withheld: bool


def split(attribute: Question, question: Question, tally: Tally, k: int) -> Split:
    """Make groups of their counts; groups nobody of whom answered are left out.

    Who is in no group is the total without the groups, so they are a row as any other when it
    comes to hiding. Options nobody chose are left out too: known to be 0 in every group, they
    would protect no cell beside them. Don't know and no answer are left out of all groups where
    they would be hidden in one: alone in their row they would be the only hidden cell of it.
    """
    tallies = tuple(t for t in tally.groups if t.counted.answered)
    if not tally.counts:
        return _means(attribute, tallies, tally.rest, k)
    rows = [t.people for t in tally.groups]
    rows = [row for row in (*rows, tally.rest.people) if any(row)]
    chosen = [i for i in range(len(question.options)) if any(row[i] for row in rows)]
    given = [i for i in chosen if not missing(question.options[i])]
    lost = [i for i in chosen if missing(question.options[i])]
    withheld = any(row[i] < k for row in rows for i in lost)
    seen = [[row[i] for i in given] for row in rows]
    gone = hide([row for row in seen if any(row)], k)
    groups = []
    for one, unseen in zip(tallies, gone[: len(tallies)], strict=True):
        cells = {
            i: _cell(question, one, i, not_shown)
            for i, not_shown in zip(given, unseen, strict=True)
        }
        if not withheld:
            cells |= {i: _cell(question, one, i, False) for i in lost}
        shares = tuple(cells[i] for i in sorted(cells))
        groups.append(_group(attribute, one, shares, None if any(unseen) else one.mean, withheld))
    return Split(tuple(groups), any(any(row) for row in gone), withheld)


def _means(attribute: Question, tallies: tuple[GroupTally, ...], rest: Rest, k: int) -> Split:
    """Show means by group; one missing mean would follow from the others and that of all."""
    people = [t.counted.answered or 0 for t in tallies]
    gone = hide_line([*people, rest.answered] if rest.answered else people, k)
    groups = tuple(
        _group(attribute, t, (), None if unseen else t.mean, False)
        for t, unseen in zip(tallies, gone[: len(tallies)], strict=True)
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
        # asked = answered + missing + blank: where all blanks are none, asked would tell missing.
        base = replace(base, asked=None, blank=None, missing=None)
    n = int(tally.counted.answered or 0)
    return Group(option.code, option.label, base, shares, n, n < SMALL_BASE, mean)
