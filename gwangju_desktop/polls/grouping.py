"""One question split by an attribute, small cells hidden wherever the table goes."""

from __future__ import annotations

from collections.abc import Sequence
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


def split(
    attribute: Question, question: Question, tally: Tally, k: int, family: Sequence[Tally] = ()
) -> Split:
    """Make groups of their counts; groups nobody of whom answered are left out.

    Who is in no group is the total without the groups, so they are a row as any other when it
    comes to hiding. Options nobody chose are left out too: known to be 0 in every group, they
    would protect no cell beside them. Don't know and no answer are left out of all groups where
    they would be hidden in one: alone in their row they would be the only hidden cell of it.

    `family` are tables that add up to each other, this one among them, as the places of a ranking
    do to any place: what one of them hides, all hide. They come in one order, whichever is shown.
    """
    if not tally.counts:
        tallies = tuple(t for t in tally.groups if t.counted.answered)
        return _means(attribute, tallies, tally.rest, k)
    layers = [[*(t.people for t in one.groups), one.rest.people] for one in family or [tally]]
    own = [*(t.people for t in tally.groups), tally.rest.people]
    lost = [i for i, option in enumerate(question.options) if missing(option)]
    withheld = any(_few(rows, lost, k) for rows in layers)
    given = [i for i in range(len(question.options)) if i not in lost]
    hidden = _hidden(layers, given, k)
    chosen = {i for i in range(len(question.options)) if any(row[i] for row in own)}
    groups = []
    for r, one in enumerate(tally.groups):
        if not one.counted.answered:
            continue
        shown = [i for i in sorted(chosen) if not (withheld and i in lost)]
        shares = tuple(_cell(question, one, i, (r, i) in hidden) for i in shown)
        whole = not any(share.hidden for share in shares)
        groups.append(_group(attribute, one, shares, one.mean if whole else None, withheld))
    return Split(tuple(groups), any(i in chosen for _, i in hidden), withheld)


def _few(rows: Sequence[Sequence[int]], options: Sequence[int], k: int) -> bool:
    """Tell whether fewer than k of a group chose one of some options that somebody chose."""
    seen = [i for i in options if any(row[i] for row in rows)]
    return any(row[i] < k for row in rows if any(row) for i in seen)


def _hidden(
    layers: Sequence[Sequence[Sequence[int]]], options: Sequence[int], k: int
) -> set[tuple[int, int]]:
    """Return the cells (group, option) to hide in all of several tables of the same groups.

    Hiding in one table what follows from its own totals may ask for more in another; in the end
    each hides the same cells, of those it has.
    """
    hidden: set[tuple[int, int]] = set()
    while True:
        before = len(hidden)
        for rows in layers:
            live = [r for r, row in enumerate(rows) if any(row[i] for i in options)]
            seen = [i for i in options if any(rows[r][i] for r in live)]
            gone = hide(
                [[rows[r][i] for i in seen] for r in live],
                k,
                [[(r, i) in hidden for i in seen] for r in live],
            )
            hidden |= {
                (r, i)
                for r, row in zip(live, gone, strict=True)
                for i, unseen in zip(seen, row, strict=True)
                if unseen
            }
        if len(layers) == 1 or len(hidden) == before:
            return hidden


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
