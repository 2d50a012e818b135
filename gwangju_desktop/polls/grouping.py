"""One question split by an attribute, small cells hidden wherever the table goes."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from gwangju_desktop.polls import defaults
from gwangju_desktop.polls.hiding import Cell, hide, hide_line
from gwangju_desktop.polls.model import Question
from gwangju_desktop.polls.table import Group, Share, missing
from gwangju_desktop.polls.tally import GroupTally, Tally

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
    attribute: Question,
    question: Question,
    tally: Tally,
    k: int,
    family: Sequence[Tally] = (),
    hidden: Collection[Cell] = (),
) -> Split:
    """Make groups of their counts; groups nobody of whom answered are left out.

    Who is in no group is the total without the groups, so they are a row as any other when it
    comes to hiding. Options nobody chose are left out too: known to be 0 in every group, they
    would protect no cell beside them. Don't know and no answer are left out of all groups where
    they would be hidden in one: alone in their row they would be the only hidden cell of it.

    `family` are tables that add up to each other, this one among them, as the places of a ranking
    do to any place: what one of them hides, all hide. They come in one order, whichever is shown.
    `hidden` are cells that other tables of the wave ask to be hidden.
    """
    together = family or [tally]
    closed = unseen(question, together, k, hidden)
    if not tally.counts:
        return _means(attribute, tally, closed)
    own = people(tally)
    lost = [i for i, option in enumerate(question.options) if missing(option)]
    withheld = any(_few(people(one), lost, k) for one in together)
    chosen = {i for i in range(len(question.options)) if any(row[i] for row in own)}
    groups = []
    for r, one in enumerate(tally.groups):
        if not one.counted.answered:
            continue
        shown = [i for i in sorted(chosen) if not (withheld and i in lost)]
        shares = tuple(_cell(question, one, i, (r, i) in closed) for i in shown)
        whole = not any(share.hidden for share in shares)
        groups.append(_group(attribute, one, shares, one.mean if whole else None, withheld))
    return Split(tuple(groups), any(i in chosen for _, i in closed), withheld)


def people(tally: Tally) -> list[tuple[int, ...]]:
    """Return how many of each group, and of who is in none, chose each option."""
    return [*(t.people for t in tally.groups), tally.rest.people]


def unseen(
    question: Question, family: Sequence[Tally], k: int, also: Collection[Cell] = ()
) -> set[Cell]:
    """Return the cells (group, option) to hide in all of several tables of the same groups.

    Of a question without options these are the groups whose mean is hidden, as option 0. `also`
    are hidden whatever stands in them.
    """
    if family[0].counts:
        given = [i for i, option in enumerate(question.options) if not missing(option)]
        return closed([people(one) for one in family], given, k, also)
    answered = [int(t.counted.answered or 0) for t in family[0].groups]
    live = [g for g, n in enumerate(answered) if n]
    rest = family[0].rest.answered
    line = [answered[g] for g in live] + ([rest] if rest else [])
    gone = hide_line(line, k, [(g, 0) in also for g in live] + [False] * bool(rest))
    return {(g, 0) for g, hidden in zip(live, gone, strict=False) if hidden}


def closed(
    layers: Sequence[Sequence[Sequence[int]]],
    options: Sequence[int],
    k: int,
    also: Collection[Cell] = (),
) -> set[Cell]:
    """Return the cells to hide in tables of people of which each may tell of the others.

    Hiding in one table what follows from its own totals may ask for more in another; in the end
    each hides the same cells, of those it has.
    """
    hidden = set(also)
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


def _few(rows: Sequence[Sequence[int]], options: Sequence[int], k: int) -> bool:
    """Tell whether fewer than k of a group chose one of some options that somebody chose."""
    seen = [i for i in options if any(row[i] for row in rows)]
    return any(row[i] < k for row in rows if any(row) for i in seen)


def _means(attribute: Question, tally: Tally, hidden: Collection[Cell]) -> Split:
    """Show means by group; one missing mean would follow from the others and that of all."""
    shown = [t for t in tally.groups if t.counted.answered]
    groups = tuple(
        _group(attribute, t, (), None if (t.option, 0) in hidden else t.mean, False) for t in shown
    )
    numbers = any(t.mean is not None for t in shown)
    return Split(groups, numbers and bool(hidden), False)


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
