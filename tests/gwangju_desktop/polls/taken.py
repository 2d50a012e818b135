"""Readings of made-up files of answers, as the reader hands them over; all people are 가상."""

from __future__ import annotations

import hashlib
from typing import Any

import numpy as np

from db.vocab import OptionRole, QuestionKind
from gwangju_desktop.polls.model import BLANK, Answers, Option, Part, Question
from gwangju_desktop.polls.reading.model import Layout, Reading

SEX = Question(
    "sex", QuestionKind.SINGLE, "성별", "귀하의 성별은?", (Option("1", "남"), Option("2", "여"))
)
HEARD = Question(
    "heard",
    QuestionKind.SINGLE,
    "인지",
    "위원회를 들어 보셨습니까?",
    (Option("1", "예"), Option("2", "아니요"), Option("9", "무응답", OptionRole.NO_ANSWER)),
)
WHERE = Question(
    "where",
    QuestionKind.MULTIPLE,
    "경로",
    "어디에서 들으셨습니까? (모두)",
    tuple(Option(str(n), label) for n, label in enumerate(("누리집", "신문", "이웃"), 1)),
)
GRID = Question(
    "agree",
    QuestionKind.GRID,
    "동의",
    "얼마나 동의하십니까?",
    tuple(Option(str(n), f"{n}점", value=float(n)) for n in range(1, 6)),
    (Part("agree_1", "투명하다"), Part("agree_2", "효과가 있다")),
)
RANKS = Question(
    "urgent",
    QuestionKind.RANKING,
    "시급",
    "시급한 순서로 둘을 고르십시오.",
    tuple(Option(str(n), label) for n, label in enumerate(("에너지", "교통", "건물"), 1)),
    (Part("urgent_1", "1순위"), Part("urgent_2", "2순위")),
)
AGE = Question("age", QuestionKind.NUMBER, "나이", "나이는?", low=14, high=120)
SAYS = Question("says", QuestionKind.OPEN, "의견", "하실 말씀")
ALL = (SEX, HEARD, WHERE, GRID, RANKS, AGE, SAYS)


def answers(question: Question, given: list[Any]) -> Answers:
    """Put answers given by code, None where blank, into their arrays."""
    n = len(given)
    at = {option.code: i for i, option in enumerate(question.options)} | {None: BLANK}
    match question.kind:
        case QuestionKind.MULTIPLE:
            chosen: Any = np.array(
                [[o.code in (one or ()) for o in question.options] for one in given], dtype=np.bool_
            )
        case QuestionKind.GRID | QuestionKind.RANKING:
            empty = [None] * len(question.parts)
            rows = [[at[code] for code in one or empty] for one in given]
            chosen = np.array(rows, dtype=np.int16)
        case QuestionKind.NUMBER:
            chosen = np.array([np.nan if one is None else one for one in given])
        case QuestionKind.OPEN:
            chosen = np.array([one or "" for one in given], dtype=object)
        case _:
            chosen = np.array([at[one] for one in given], dtype=np.int16)
    return Answers(question, np.ones(n, dtype=np.bool_), chosen)


def reading(*given: Answers, weights: list[float] | None = None, name: str = "1") -> Reading:
    """Return answers as if they came with a file; another name is another file."""
    n = len(given[0].asked) if given else 0
    return Reading(
        Layout.COLUMNS,
        "utf-8",
        (),
        given,
        ("sex",),
        None if weights is None else np.array(weights),
        (),
        (),
        n,
        n,
        hashlib.sha256(name.encode()).hexdigest(),
    )


def six(name: str = "1", weights: list[float] | None = None) -> Reading:
    """Return six respondents who answered every kind of question."""
    return reading(
        answers(SEX, ["1", "1", "1", "2", "2", None]),
        answers(HEARD, ["1", "1", "2", "1", "9", None]),
        answers(WHERE, [["1", "2"], ["1"], None, ["1", "3"], None, None]),
        answers(GRID, [["1", "5"], ["2", "4"], ["3", None], [None, None], ["5", "5"], ["4", "1"]]),
        answers(RANKS, [["1", "2"], ["2", "1"], ["1", None], ["3", "1"], ["1", "3"], [None, None]]),
        answers(AGE, [20, 30, 40, None, 60, 70]),
        answers(SAYS, ["좋습니다", None, "더 알려 주십시오", None, None, "예산이 적다"]),
        weights=weights,
        name=name,
    )
