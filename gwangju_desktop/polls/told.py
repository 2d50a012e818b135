"""Totals of a wave as they are told: where a figure stands, and how those of a question hang together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from db.vocab import QuestionKind

# Where a figure of a question stands: its part and its option (None: of the whole), the measure.
Key = tuple[int | None, int | None, str]
Figures = Mapping[Key, float]

ASKED: Key = (None, None, "asked")
ANSWERED: Key = (None, None, "answered")
MEAN: Key = (None, None, "mean")
# Known beside the figures of the question: everybody who took part in the wave, where all were
# asked; and of how many the questions are that were put to those alone who chose some options.
RESPONDENTS: Key = (None, None, "respondents")
FOLLOWED = "followed"


@dataclass(frozen=True, slots=True)
class Choice:
    """An option by its id; `lost` says that it is no answer (don't know), `value` is its point."""

    id: int
    lost: bool = False
    value: float | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as its totals hang together.

    `followed` are the sets of options that other questions were put to alone.
    """

    kind: QuestionKind
    choices: tuple[Choice, ...] = ()
    two_at_most: bool = False
    followed: tuple[frozenset[int], ...] = ()


def small(count: float, k: int) -> bool:
    """Tell whether a count, or a difference of two, is of some people but fewer than k."""
    return 1e-6 < abs(count) < k - 1e-6
