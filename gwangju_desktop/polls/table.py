"""The table of one question: what every screen, page, export and frozen total shows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from db.vocab import MISSING, OptionRole
from gwangju_desktop.polls.model import Option, Part, Question
from gwangju_desktop.text import Msg, say

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence and its values, put into words where it is shown."""

    message: Msg
    values: dict[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return say(self.message, **self.values)


@dataclass(frozen=True, slots=True, eq=False)
class Groups:
    """An attribute that respondents are told apart by.

    `question` is single or a scale; `index` int16 (n,) is an option's index or BLANK.
    """

    question: Question
    index: NDArray[np.int16]


@dataclass(frozen=True, slots=True, eq=False)
class Weighting:
    """Weights of respondents, float64 (n,), and what they cost.

    `n_eff` = (Σw)² / Σw² is how many unweighted respondents would say as much; `deff` = n / n_eff.
    `rounds` is how often the margins were gone through; 0 where the weights came from outside.
    """

    weights: NDArray[np.float64]
    n_eff: float
    deff: float
    rounds: int = 0
    warnings: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True)
class Base:
    """What shares are shares of; integers without weights, sums of weights with; None = unknown.

    `asked` = `answered` + `missing` (nothing but don't know or no answer) + `blank` (no mark).
    `votes` are all choices that are no missing ones.
    """

    asked: float | None
    answered: float | None
    blank: float | None
    missing: float | None
    votes: float


@dataclass(frozen=True, slots=True)
class Share:
    """One option: how many chose it, and what part that is of votes and of respondents.

    Percentages are 0-100 and never rounded. `count` None = hidden. Of a ranking `count` is any
    place and `first` the first place. `low` and `high` bound `pct_respondents` at 95 %.
    """

    code: str
    label: str
    role: OptionRole
    count: float | None
    pct_votes: float | None = None
    pct_respondents: float | None = None
    first: float | None = None
    low: float | None = None
    high: float | None = None

    @property
    def missing(self) -> bool:
        """Tell a don't know or no answer, which is counted and is no share of anything."""
        return self.role in MISSING

    @property
    def hidden(self) -> bool:
        """Tell a cell that is not shown because too few people stand behind it."""
        return self.count is None


@dataclass(frozen=True, slots=True)
class PartShares:
    """One row of a grid, or one place of a ranking."""

    part: Part
    base: Base
    options: tuple[Share, ...]
    mean: float | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """The same question among the respondents of one group.

    Options nobody chose are left out, and so are missing ones where a group's number is small.
    Then the base has no `asked`, `blank` and `missing` either.
    `small` marks fewer than 30 people answering, `n`: the percentages say little. `mean` is None
    where hidden.
    """

    code: str
    label: str
    base: Base
    options: tuple[Share, ...]
    n: int
    small: bool
    mean: float | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """One question tabulated.

    `base` follows the weights, `counted` is people whether or not there are weights. `mean`,
    `sd`, `median` and `quartiles` (first and third) are of a number, or of a scale's points.
    `choosers` says how many respondents made 1, 2, … choices (multiple and ranking questions).
    A grid has its shares in `parts` and none in `options`; a ranking has its places in `parts`.
    """

    question: Question
    base: Base
    counted: Base
    options: tuple[Share, ...] = ()
    parts: tuple[PartShares, ...] = ()
    mean: float | None = None
    sd: float | None = None
    median: float | None = None
    quartiles: tuple[float, float] | None = None
    choosers: tuple[tuple[int, float], ...] = ()
    weighting: Weighting | None = None
    groups: tuple[Group, ...] = ()
    notes: tuple[Said, ...] = ()

    def share(self, code: str) -> Share:
        """Return the share of one option; KeyError when the question has no such option."""
        for share in self.options:
            if share.code == code:
                return share
        raise KeyError(code)


def missing(option: Option) -> bool:
    """Tell an option that is no answer."""
    return option.role in MISSING
