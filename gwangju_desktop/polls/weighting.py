"""Weights: raking respondents to known shares of the population, and what weights cost."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from gwangju_desktop.errors import UserError
from gwangju_desktop.polls import defaults
from gwangju_desktop.polls.table import Groups, Said, Weighting
from gwangju_desktop.text import N_

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LOW, HIGH = defaults.number("trim_low"), defaults.number("trim_high")
ROUNDS = 100
CLOSE = 1e-6
# Above these the weighted shares rest on few people.
MOST_DEFF, MOST_WEIGHT = 2.0, 5.0
# Targets typed with a decimal or two need not come to exactly one.
TARGETS_OFF = 0.0011


def rake(
    categories: Sequence[Groups],
    targets: Sequence[Mapping[str, float]],
    low: float = LOW,
    high: float = HIGH,
) -> Weighting:
    """Weight n respondents until each attribute's options have their target shares (sum 1).

    One pass multiplies every weight of a category by target · Σw / Σw in it; passes end when no
    weight changes by 1e-6, or after 100. Weights are then trimmed to [low, high] and re-scaled to
    sum to n. A respondent without an answer to an attribute is not touched by it. Raises
    UserError for targets that do not come to 1, a target nobody stands for, and respondents
    without a target.
    """
    import numpy as np

    margins = [_margin(g, t) for g, t in zip(categories, targets, strict=True)]
    n = len(categories[0].index)
    weights = np.ones(n)
    rounds, change = 0, math.inf
    while rounds < ROUNDS and change >= CLOSE:
        before = weights.copy()
        for index, shares in margins:
            known = index >= 0
            sums = np.bincount(index[known], weights[known], minlength=len(shares))
            present = sums > 0
            factors = np.ones(len(shares))
            factors[present] = shares[present] * sums.sum() / sums[present]
            weights[known] *= factors[index[known]]
        change = float(np.abs(weights - before).max())
        rounds += 1
    warnings = []
    if change >= CLOSE:
        warnings.append(Said(N_("The weights did not settle in {n} rounds."), {"n": ROUNDS}))
    trimmed = int(np.count_nonzero((weights < low) | (weights > high)))
    if trimmed:
        warnings.append(
            Said(
                N_("{n} weights were trimmed to {low}–{high}; the targets are met only nearly."),
                {"n": trimmed, "low": low, "high": high},
            )
        )
        weights = np.clip(weights, low, high)
    weights *= n / weights.sum()
    found = weighed(weights)
    return Weighting(found.weights, found.n_eff, found.deff, rounds, (*warnings, *found.warnings))


def weighed(weights: NDArray[Any]) -> Weighting:
    """Say what given weights cost; UserError for a weight that is negative or no number."""
    import numpy as np

    weights = np.asarray(weights, dtype=np.float64)
    wrong = int(np.count_nonzero(~np.isfinite(weights) | (weights < 0)))
    if wrong or not weights.sum():
        raise UserError(
            N_("{n} respondents have a weight that is negative or no number."),
            hint=N_("Correct the column of weights, or tabulate without weights."),
            n=wrong or len(weights),
        )
    n_eff = float(weights.sum()) ** 2 / float(np.square(weights).sum())
    deff = len(weights) / n_eff
    warnings = []
    if deff > MOST_DEFF:
        warnings.append(
            Said(
                N_("The design effect is {deff:.2f}: the weights cost over half of the sample."),
                {"deff": deff},
            )
        )
    most = float(weights.max() * len(weights) / weights.sum())
    if most > MOST_WEIGHT:
        warnings.append(
            Said(
                N_("One respondent counts for {most:.2f}: merge small categories."),
                {"most": most},
            )
        )
    return Weighting(weights, n_eff, deff, 0, tuple(warnings))


def _margin(
    groups: Groups, targets: Mapping[str, float]
) -> tuple[NDArray[np.int16], NDArray[np.float64]]:
    """Return respondents' categories and the target share of each; UserError as rake says."""
    import numpy as np

    question = groups.question
    title = question.title or question.wording or question.code
    total = sum(targets.values())
    # Said this way round, because what is no number is neither above nor below another.
    if not (abs(total - 1) <= TARGETS_OFF and min(targets.values()) >= 0):
        raise UserError(
            N_("The targets of {attribute} come to {total:.1f}%, not to 100%."),
            hint=N_("Correct the targets."),
            attribute=title,
            total=100 * total,
        )
    index = groups.index
    people = np.bincount(index[index >= 0], minlength=len(question.options))
    shares = np.zeros(len(question.options))
    for i, option in enumerate(question.options):
        share = targets.get(option.code, 0.0)
        if share and not people[i]:
            raise UserError(
                N_("Nobody in the answers is “{category}” of {attribute}."),
                hint=N_("Merge it with another category and add their targets."),
                category=option.label,
                attribute=title,
            )
        if people[i] and option.code not in targets:
            raise UserError(
                N_("“{category}” of {attribute} has no target, yet {n} respondents."),
                hint=N_("Enter its share of the population, or merge it with another category."),
                category=option.label,
                attribute=title,
                n=int(people[i]),
            )
        shares[i] = share
    unknown = set(targets) - {o.code for o in question.options}
    if unknown:
        raise UserError(
            N_("{attribute} has no category “{category}” that the targets name."),
            hint=N_("Correct the targets."),
            attribute=title,
            category=min(unknown),
        )
    return index, shares / total
