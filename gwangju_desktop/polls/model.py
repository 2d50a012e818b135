"""What is asked and what was answered, as tabulation and readers hand it to one another."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from db.vocab import OptionRole, QuestionKind

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

BLANK = -1


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose; `value` is its point on a scale."""

    code: str
    label: str
    role: OptionRole = OptionRole.NORMAL
    value: float | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A row of a grid, or a place of a ranking (the first part is the first choice)."""

    code: str
    label: str


@dataclass(frozen=True, slots=True)
class Question:
    """One question in one wording.

    `max_choices` limits a multiple question; for a ranking the number of parts does. `low` and
    `high` bound a number.
    """

    code: str
    kind: QuestionKind
    title: str = ""
    wording: str = ""
    options: tuple[Option, ...] = ()
    parts: tuple[Part, ...] = ()
    max_choices: int | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Answers:
    """All answers to one question, one row a respondent (n rows).

    `asked` is bool (n,). `chosen` is, by kind: single and scale int16 (n,), an option's index or
    BLANK; multiple bool (n, options); ranking and grid int16 (n, parts), an option's index at each
    place or row, or BLANK; number float64 (n,), NaN where blank; open object (n,) of str, empty
    where blank. Where nobody was asked, `chosen` is blank.
    """

    question: Question
    asked: NDArray[np.bool_]
    chosen: NDArray[Any]


@dataclass(frozen=True, slots=True)
class Totals:
    """Counts of one question, published elsewhere or kept when the answers were erased.

    `counts` holds, by part ("" where there are none) and option code, how many chose it; of a
    ranking each part is a place. `answered` and `blank` are respondents; None where not published.
    Of `weighted` totals, sums of weights that are gone, nobody can say how far they may be off;
    `people` are their bases as they were counted, by name, where these were kept.
    """

    question: Question
    answered: int | None
    asked: int | None = None
    blank: int | None = None
    counts: dict[tuple[str, str], int] = field(default_factory=dict)
    mean: float | None = None
    weighted: bool = False
    people: dict[str, int] = field(default_factory=dict)
