"""One row of a grid or one place of a ranking as a question of its own."""

from __future__ import annotations

from dataclasses import replace

from db.vocab import QuestionKind
from gwangju_desktop.polls.model import Answers, Question, Totals


def alone(question: Question, code: str) -> Question:
    """Return the part as a question: a scale where its options have points, else single.

    Raises KeyError when the question has no such part.
    """
    part = question.parts[_place(question, code)]
    points = question.kind is QuestionKind.GRID and any(
        o.value is not None for o in question.options
    )
    return replace(
        question,
        code=part.code,
        kind=QuestionKind.SCALE if points else QuestionKind.SINGLE,
        title=part.label or question.title,
        parts=(),
    )


def one_part(source: Answers | Totals, code: str) -> Answers | Totals:
    """Return the answers, or totals, of one part alone; KeyError when there is no such part."""
    question = alone(source.question, code)
    if isinstance(source, Answers):
        return Answers(question, source.asked, source.chosen[:, _place(source.question, code)])
    counts = {("", option): n for (part, option), n in source.counts.items() if part == code}
    return Totals(question, None, source.asked, counts=counts, weighted=source.weighted)


def layers(answers: Answers) -> list[Answers]:
    """Return the tables that add up to each other: a ranking and its places, else the one."""
    if answers.question.kind is not QuestionKind.RANKING:
        return [answers]
    places = (one_part(answers, part.code) for part in answers.question.parts)
    return [answers, *(place for place in places if isinstance(place, Answers))]


def _place(question: Question, code: str) -> int:
    for place, part in enumerate(question.parts):
        if part.code == code:
            return place
    raise KeyError(code)
