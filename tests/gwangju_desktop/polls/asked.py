"""Questions and answers for tests of polls; all people are made up (가상)."""

from __future__ import annotations

import numpy as np

from db.vocab import OptionRole, QuestionKind
from gwangju_desktop.polls.model import BLANK, Answers, Option, Part, Question
from gwangju_desktop.polls.table import Groups

GOALS = ("시정 청렴성 향상", "시민 참여의 실효성", "데이터 개방", "민관협치 구조", "약자의 참여")


def options(n: int, *, missing: int = 0, points: bool = False) -> tuple[Option, ...]:
    """Make n options, the last ones don't know and no answer."""
    roles = [OptionRole.NORMAL] * (n - missing)
    roles += [OptionRole.DONT_KNOW, OptionRole.NO_ANSWER][:missing]
    return tuple(
        Option(
            str(i + 1),
            f"보기 {i + 1}",
            role,
            float(i + 1) if points and role is OptionRole.NORMAL else None,
        )
        for i, role in enumerate(roles)
    )


def question(kind: QuestionKind, n: int = 4, *, missing: int = 0, parts: int = 0) -> Question:
    """Make a question with n options and so many parts."""
    points = kind in (QuestionKind.SCALE, QuestionKind.GRID)
    return Question(
        "Q1",
        kind,
        options=options(n, missing=missing, points=points),
        parts=tuple(Part(f"Q1_{i + 1}", f"항목 {i + 1}") for i in range(parts)),
    )


def goals() -> Question:
    """Return the seed's question: up to two goals."""
    return Question(
        "goals",
        QuestionKind.MULTIPLE,
        options=tuple(Option(str(i), label) for i, label in enumerate(GOALS, 1)),
        max_choices=2,
    )


def goals_answered() -> Answers:
    """Return 51 respondents of whom 38 chose two goals and 13 one: 33, 21, 15, 12, 8."""
    left = [33, 21, 15, 12, 8]
    chosen = np.zeros((51, 5), dtype=np.bool_)
    for row in range(51):
        # The two goals with most left to give never run out before the others.
        for goal in sorted(range(5), key=lambda g: -left[g])[: 2 if row < 38 else 1]:
            chosen[row, goal] = True
            left[goal] -= 1
    assert left == [0] * 5
    return Answers(goals(), np.ones(51, dtype=np.bool_), chosen)


def groups(rng: np.random.Generator, n: int, size: int, *, blank: bool = False) -> Groups:
    """Put n respondents at random into so many groups."""
    asked = Question("A", QuestionKind.SINGLE, title="지역", options=options(size))
    low = BLANK if blank else 0
    return Groups(asked, rng.integers(low, size, n).astype(np.int16))


def survey(rng: np.random.Generator, kind: QuestionKind, n: int) -> Answers:
    """Answer a question of a kind at random, with blanks and people who were not asked."""
    missing = int(rng.integers(0, 3))
    size = int(rng.integers(2, 6)) + missing
    parts = int(rng.integers(1, 4)) if kind in (QuestionKind.GRID, QuestionKind.RANKING) else 0
    asked_of = question(kind, size, missing=missing, parts=min(parts, size))
    asked = rng.random(n) < 0.9
    if kind is QuestionKind.MULTIPLE:
        chosen = (rng.random((n, size)) < 0.3) & asked[:, None]
    elif kind is QuestionKind.NUMBER:
        chosen = np.where(asked & (rng.random(n) < 0.8), rng.integers(0, 90, n), np.nan)
    elif kind is QuestionKind.OPEN:
        texts = np.where(asked & (rng.random(n) < 0.5), "의견", "")
        chosen = texts.astype(object)
    elif kind is QuestionKind.RANKING:
        order = rng.permuted(np.tile(np.arange(size), (n, 1)), axis=1)[:, : len(asked_of.parts)]
        kept = np.cumsum(rng.random(order.shape) < 0.2, axis=1) == 0
        chosen = np.where(kept & asked[:, None], order, BLANK).astype(np.int16)
    else:
        shape = (n, len(asked_of.parts)) if parts else (n,)
        chosen = rng.integers(BLANK, size, shape).astype(np.int16)
        chosen[~asked] = BLANK
    return Answers(asked_of, asked, chosen)


def determined(matrix: np.ndarray, hidden: np.ndarray) -> list[tuple[int, int]]:
    """Return the hidden cells that follow from shown cells and all totals, by linear algebra."""
    cells = np.argwhere(hidden)
    if not len(cells):
        return []
    rows, columns = matrix.shape
    system = np.zeros((rows + columns, len(cells)))
    for i, (r, c) in enumerate(cells):
        system[r, i] = system[rows + c, i] = 1
    # A cell is known when no change of the hidden cells that keeps all totals changes it.
    _u, sizes, directions = np.linalg.svd(system)
    free = directions[int(np.sum(sizes > 1e-9)) :]
    moved = np.abs(free).max(axis=0) if len(free) else np.zeros(len(cells))
    return [tuple(map(int, cell)) for cell, m in zip(cells, moved, strict=True) if m < 1e-9]
