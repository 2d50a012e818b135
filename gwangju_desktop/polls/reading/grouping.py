"""Columns that are one question together: choices spread out, rankings, grids."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from db.vocab import OptionRole, QuestionKind
from gwangju_desktop.polls.model import Option, Question
from gwangju_desktop.polls.reading import words
from gwangju_desktop.polls.reading.looks import Look, is_measure, is_open
from gwangju_desktop.polls.reading.model import Column, Form, Layout

if TYPE_CHECKING:
    from gwangju_desktop.polls.reading.planning import Planner

_SPOKEN = frozenset(("yes", "no", "예", "네", "아니오", "아니요"))
# Rows of a ranking that name one place twice are mistakes; many such rows are another question.
_MOST_TIES = 0.1


def read(planner: Planner, places: Sequence[int], known: Question | None) -> list[Column]:
    """Return the columns of one question, whose titles name its parts.

    A text beside options to tick ("other, please specify") counts as that option and stays a
    question of its own, so that what was written is not lost.
    """
    texts = [at for at in places if _is_text(planner, at)]
    rest = [at for at in places if at not in texts]
    kind, form = _classified(planner, rest, known)
    if kind is None:
        return [planner.separate(at, written=at in texts) for at in places]
    options = known.options if known else _options(planner, rest, form)
    others = [at for at in texts if kind is QuestionKind.MULTIPLE and _is_other(planner, at)]
    if not known:
        options += tuple(_option(planner, at, OptionRole.OTHER) for at in others)
    question = planner.titles[places[0]].question
    told = []
    for at in sorted((*rest, *others)):
        column = planner.column(at, sure=0.9)
        told.append(
            replace(
                column,
                kind=kind,
                form=form,
                question=known.code if known else question,
                title=known.title if known else column.title,
                wording=known.wording if known else column.wording,
                options=options,
                max_choices=_most(known, column, kind),
            )
        )
    return told + [planner.separate(at, written=True) for at in texts]


def marks(planner: Planner, question: str, places: Sequence[tuple[int, str]]) -> list[Column]:
    """Return columns of marks as the options of one question, or none when they are no marks."""
    looks = planner.looks
    told = {at: words.marks(list(looks[at].texts), part) for at, part in places}
    alone = {at: looks[at].texts[0] for at, one in told.items() if one is None and _one(looks[at])}
    if any(one is None and at not in alone for at, one in told.items()):
        return []
    filled = sum(bool(looks[at].texts) for at in told)
    if filled < 2 or len(set(alone.values())) < len(alone):
        return []
    spoken = any(_is_spoken(looks[at]) for at in told)
    if spoken and planner.asked is not Layout.SPREAD:
        return []
    known = planner.known.get(words.folded(question))
    names = {at: _named(looks[at], part) for at, part in places}
    options = tuple(Option(name, name, words.role_of(name)) for name in names.values())
    found = []
    for at, name in names.items():
        column = planner.column(at, sure=0.85)
        found.append(
            replace(
                column,
                kind=QuestionKind.MULTIPLE,
                form=Form.MARK,
                question=known.code if known else question,
                title=known.title if known else question,
                wording=known.wording if known else question,
                part=name,
                part_label=name,
                options=known.options if known else options,
                max_choices=_most(known, replace(column, wording=question), QuestionKind.MULTIPLE),
            )
        )
    return found


def union(looks: Sequence[Look], places: Sequence[int]) -> tuple[Option, ...]:
    """Return all texts of several columns as options."""
    texts = dict.fromkeys(text for at in places for text in looks[at].texts)
    return words.ordered(list(texts))


def _classified(
    planner: Planner, places: Sequence[int], known: Question | None
) -> tuple[QuestionKind | None, Form]:
    looks = [planner.looks[at] for at in places]
    if not any(look.texts for look in looks):
        return None, Form.TEXT
    labels = [planner.titles[at].label for at in places]
    marked = all(
        words.marks(list(look.texts), label) is not None
        for look, label in zip(looks, labels, strict=True)
    )
    spoken = any(_is_spoken(look) for look in looks)
    if known is not None and known.kind in (QuestionKind.MULTIPLE, QuestionKind.GRID):
        return known.kind, Form.MARK if known.kind is QuestionKind.MULTIPLE else Form.CHOICE
    if marked and (planner.limesurvey or not spoken):
        return QuestionKind.MULTIPLE, Form.MARK
    if _are_places(planner, places):
        return QuestionKind.RANKING, Form.CHOICE
    if len(places) > 1 and _are_ranks(planner, places):
        return QuestionKind.RANKING, Form.RANK
    if any(is_open(look) or is_measure(look) for look in looks):
        return None, Form.TEXT
    most = max(len(look.texts) for look in looks)
    together = len(union(planner.looks, places))
    if together <= max(2 * most, 7) and together <= 15:
        return QuestionKind.GRID, Form.CHOICE
    return None, Form.TEXT


def _options(planner: Planner, places: Sequence[int], form: Form) -> tuple[Option, ...]:
    if form in (Form.MARK, Form.RANK):
        return tuple(_option(planner, at) for at in places)
    return union(planner.looks, places)


def _option(planner: Planner, at: int, role: OptionRole | None = None) -> Option:
    title = planner.titles[at]
    return Option(title.part, title.label, role or words.role_of(title.label))


def _are_places(planner: Planner, places: Sequence[int]) -> bool:
    """Say whether columns are the places of a ranking: Rank 1, 1순위, or 1 in LimeSurvey."""
    told = [planner.titles[at] for at in places]
    if all(words.place_of(title.label) for title in told):
        return True
    numbered = [title.part for title in told] == [str(n) for n in range(1, len(told) + 1)]
    if not (planner.limesurvey and numbered and len(told) > 1):
        return False
    return _ties(planner, places) <= _MOST_TIES and len(union(planner.looks, places)) >= len(told)


def _are_ranks(planner: Planner, places: Sequence[int]) -> bool:
    """Say whether cells are the places of their columns: 1 to n, no place twice in a row."""
    allowed = {str(n) for n in range(1, len(places) + 1)}
    if any(set(planner.looks[at].texts) - allowed for at in places):
        return False
    return "1" in planner.looks[places[0]].texts and _ties(planner, places) <= _MOST_TIES


def _ties(planner: Planner, places: Sequence[int]) -> float:
    """Return the share of rows in which an answer stands twice, of those with two answers."""
    import numpy as np

    cells = [planner.source.cells[at] for at in places]
    texts = {
        text: n
        for n, text in enumerate(dict.fromkeys(text for one in cells for text in one.texts), 1)
        if not words.is_blank(text)
    }
    rows = np.stack(
        [
            np.array([texts.get(text, 0) for text in one.texts])[one.codes[planner.skip :]]
            for one in cells
        ]
    )
    rows.sort(axis=0)
    twice = ((rows[1:] == rows[:-1]) & (rows[1:] > 0)).any(axis=0)
    several = (rows > 0).sum(axis=0) > 1
    return float(twice.sum() / max(int(several.sum()), 1))


def _is_text(planner: Planner, at: int) -> bool:
    """Say whether a part of a question holds what was written: another answer, a comment."""
    look, title = planner.looks[at], planner.titles[at]
    if title.part.casefold().endswith("comment") and planner.limesurvey:
        return True
    return _is_other(planner, at) and words.marks(list(look.texts), title.label) is None


def _is_other(planner: Planner, at: int) -> bool:
    title = planner.titles[at]
    return words.role_of(title.label) is OptionRole.OTHER or title.part.casefold() == "other"


def _is_spoken(look: Look) -> bool:
    said = {words.folded(text) for text in look.texts}
    return len(said) > 1 and said <= _SPOKEN


def _one(look: Look) -> bool:
    return len(look.texts) == 1


def _named(look: Look, part: str) -> str:
    """Return an option's code: the text that marks it, where that is more than a mark."""
    if _one(look) and words.marks(list(look.texts), "") is None:
        return look.texts[0]
    return part


def _most(known: Question | None, column: Column, kind: QuestionKind) -> int | None:
    if known is not None:
        return known.max_choices
    return words.most_choices(column.wording) if kind is QuestionKind.MULTIPLE else None
