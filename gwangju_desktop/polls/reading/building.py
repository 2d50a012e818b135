"""Columns to answers: one question at a time, one look at each text that occurs.

A cell that cannot be taken becomes blank and is listed; what it says in other rows stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from db.vocab import OptionRole, QuestionKind
from gwangju_desktop.polls.model import BLANK, Answers, Option, Part, Question
from gwangju_desktop.polls.reading import looks, words
from gwangju_desktop.polls.reading.faults import Faults
from gwangju_desktop.polls.reading.model import Cells, Column, Form, Source
from gwangju_desktop.text import N_

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

UNKNOWN = N_("The code is unknown to question {code}.")
TOO_MANY = N_("{n} are chosen where at most {most} are allowed.")
TWICE = N_("The place is given twice.")
SAME_TWICE = N_("The same option stands in two places.")
NO_MARK = N_("The cell is no mark: neither chosen nor left.")
NO_RANK = N_("The place is no number from 1 to {most}.")
NO_NUMBER = N_("The cell is no number.")
TOO_LOW = N_("The number is below {low:g}.")
TOO_HIGH = N_("The number is above {high:g}.")
SENTINEL = N_("“{part}” inside the list says nothing and is no option.")
CHOSEN_TWICE = N_("“{part}” stands twice in the list and counts once.")


@dataclass(frozen=True, slots=True)
class Builder:
    """Build the answers of one file; `skip` rows below the first titles are titles too."""

    source: Source
    skip: int
    rejects: Faults
    notices: Faults

    def answers(self, columns: Sequence[Column]) -> Answers:
        """Return the answers to one question from all of its columns."""
        import numpy as np

        first = columns[0]
        build = {
            QuestionKind.SINGLE: self._choice,
            QuestionKind.SCALE: self._choice,
            QuestionKind.MULTIPLE: self._multiple,
            QuestionKind.RANKING: self._ranking,
            QuestionKind.GRID: self._grid,
            QuestionKind.NUMBER: self._number,
            QuestionKind.OPEN: self._open,
        }
        assert first.kind is not None
        question = _question(columns)
        chosen = build[first.kind](question, columns)
        asked = np.ones(self.source.rows - self.skip, dtype=np.bool_)
        return Answers(question, asked, chosen)

    def codes(self, at: int) -> NDArray[np.int32]:
        """Return which text each row of a column holds."""
        return self.source.cells[at].codes[self.skip :]

    def _rows(self, at: int, text: int) -> NDArray[np.intp]:
        import numpy as np

        return np.flatnonzero(self.codes(at) == text)

    def _places(self, question: Question, column: Column) -> NDArray[np.int16]:
        """Return the option's index each row names."""
        import numpy as np

        cells = self.source.cells[column.index]
        known = Known(question)
        told = np.full(len(cells.texts), BLANK, dtype=np.int16)
        for at, text in self._used(column.index, cells):
            place = known.place(text)
            if place is None:
                rows = self._rows(column.index, at)
                self.rejects.cells(rows, column.index, text, UNKNOWN, code=question.code)
            else:
                told[at] = place
        return told[self.codes(column.index)]

    def _used(self, at: int, cells: Cells) -> list[tuple[int, str]]:
        """Return the texts below the titles that are no blanks, with their numbers."""
        import numpy as np

        counts = np.bincount(self.codes(at), minlength=len(cells.texts))
        return [
            (one, text)
            for one, text in enumerate(cells.texts)
            if counts[one] and not words.is_blank(text)
        ]

    def _choice(self, question: Question, columns: Sequence[Column]) -> NDArray[Any]:
        return self._places(question, columns[0])

    def _multiple(self, question: Question, columns: Sequence[Column]) -> NDArray[Any]:
        import numpy as np

        rows = self.source.rows - self.skip
        chosen = np.zeros((rows, len(question.options)), dtype=np.bool_)
        places = {words.folded(one.code): at for at, one in enumerate(question.options)}
        labels = {words.folded(one.label): at for at, one in enumerate(question.options)}
        for column in columns:
            if column.form is Form.LIST:
                chosen |= self._list(question, column)
            elif column.form is Form.MARK:
                part = words.folded(column.part)
                place = places.get(part, labels.get(part))
                if place is None:
                    place = labels.get(words.folded(column.part_label))
                marked = self._marks(question, column, place)
                if place is not None:
                    chosen[:, place] |= marked
            else:
                found = self._places(question, column)
                filled = np.flatnonzero(found != BLANK)
                chosen[filled, found[filled]] = True
        if question.max_choices is not None:
            self._limit(question.max_choices, chosen, columns)
        return chosen

    def _limit(self, most: int, chosen: NDArray[np.bool_], columns: Sequence[Column]) -> None:
        """Take rows with too many choices for blank, and list them."""
        import numpy as np

        counts = chosen.sum(axis=1)
        for row in np.flatnonzero(counts > most):
            listed = columns[0].form is Form.LIST
            at = columns[0].index
            value = self.source.cells[at].texts[self.codes(at)[row]] if listed else ""
            self.rejects.cell(int(row), at, value, TOO_MANY, n=int(counts[row]), most=most)
        chosen[counts > most] = False

    def _list(self, question: Question, column: Column) -> NDArray[np.bool_]:
        import numpy as np

        cells = self.source.cells[column.index]
        known = Known(question)
        told = np.zeros((len(cells.texts), len(question.options)), dtype=np.bool_)
        for at, text in self._used(column.index, cells):
            rows = self._rows(column.index, at)
            for part in _parted(text, column.separator, known):
                place = known.place(part)
                if words.is_blank(part):
                    self.notices.cells(rows, column.index, text, SENTINEL, part=part)
                elif place is None:
                    self.rejects.cells(rows, column.index, part, UNKNOWN, code=question.code)
                elif told[at, place]:
                    self.notices.cells(rows, column.index, text, CHOSEN_TWICE, part=part)
                else:
                    told[at, place] = True
        return told[self.codes(column.index)]

    def _marks(self, question: Question, column: Column, place: int | None) -> NDArray[np.bool_]:
        import numpy as np

        cells = self.source.cells[column.index]
        used = self._used(column.index, cells)
        if place is None:
            for at, text in used:
                rows = self._rows(column.index, at)
                self.rejects.cells(rows, column.index, text, UNKNOWN, code=question.code)
            return np.zeros(self.source.rows - self.skip, dtype=np.bool_)
        option = question.options[place]
        told = np.zeros(len(cells.texts), dtype=np.bool_)
        for at, text in used:
            said = words.marks([text, *_circles(cells)], option.label)
            if words.folded(text) == words.folded(option.code):
                told[at] = True
            elif said is not None:
                told[at] = said[text]
            elif option.role is OptionRole.OTHER:
                told[at] = True
            else:
                self.rejects.cells(self._rows(column.index, at), column.index, text, NO_MARK)
        return told[self.codes(column.index)]

    def _ranking(self, question: Question, columns: Sequence[Column]) -> NDArray[Any]:
        import numpy as np

        if columns[0].form is Form.RANK:
            return self._ranks(question, columns)
        chosen = np.stack([self._places(question, column) for column in columns], axis=1)
        missing = [one.role is not OptionRole.NORMAL for one in question.options]
        normal = ~np.array([*missing, True])[chosen]
        for later in range(1, len(columns)):
            for before in range(later):
                same = (chosen[:, later] == chosen[:, before]) & normal[:, later]
                at = columns[later].index
                texts, codes = self.source.cells[at].texts, self.codes(at)
                for row in np.flatnonzero(same):
                    self.rejects.cell(int(row), at, texts[codes[row]], SAME_TWICE)
                chosen[same, later] = BLANK
        return chosen

    def _ranks(self, question: Question, columns: Sequence[Column]) -> NDArray[Any]:
        """Turn places given to options into the option at each place."""
        import numpy as np

        rows, most = self.source.rows - self.skip, len(question.parts)
        chosen = np.full((rows, most), BLANK, dtype=np.int16)
        places = {words.folded(one.code): at for at, one in enumerate(question.options)}
        for column in columns:
            option = places[words.folded(column.part)]
            cells = self.source.cells[column.index]
            told = np.full(len(cells.texts), BLANK, dtype=np.int16)
            for at, text in self._used(column.index, cells):
                value = looks.number(text)
                if value is None or value != int(value) or not 1 <= value <= most:
                    where = self._rows(column.index, at)
                    self.rejects.cells(where, column.index, text, NO_RANK, most=most)
                else:
                    told[at] = int(value) - 1
            ranks = told[self.codes(column.index)]
            filled = np.flatnonzero(ranks != BLANK)
            taken = chosen[filled, ranks[filled]] != BLANK
            for row in filled[taken]:
                value_text = str(int(ranks[row]) + 1)
                self.rejects.cell(int(row), column.index, value_text, TWICE)
            free = filled[~taken]
            chosen[free, ranks[free]] = option
        return chosen

    def _grid(self, question: Question, columns: Sequence[Column]) -> NDArray[Any]:
        import numpy as np

        return np.stack([self._places(question, column) for column in columns], axis=1)

    def _number(self, question: Question, columns: Sequence[Column]) -> NDArray[Any]:
        import numpy as np

        at = columns[0].index
        cells = self.source.cells[at]
        told = np.full(len(cells.texts), np.nan)
        for place, text in self._used(at, cells):
            value = looks.number(text)
            rows = self._rows(at, place) if value is None else None
            if value is None:
                assert rows is not None
                self.rejects.cells(rows, at, text, NO_NUMBER)
            elif question.low is not None and value < question.low:
                self.rejects.cells(self._rows(at, place), at, text, TOO_LOW, low=question.low)
            elif question.high is not None and value > question.high:
                self.rejects.cells(self._rows(at, place), at, text, TOO_HIGH, high=question.high)
            else:
                told[place] = value
        return told[self.codes(at)]

    def _open(self, question: Question, columns: Sequence[Column]) -> NDArray[Any]:
        import numpy as np

        del question
        at = columns[0].index
        texts = ["" if words.is_blank(text) else text for text in self.source.cells[at].texts]
        return np.array(texts, dtype=object)[self.codes(at)]


class Known:
    """Find an option by its code, else by its label; an unknown "other: …" is the other one."""

    def __init__(self, question: Question) -> None:
        self.codes = {words.folded(one.code): at for at, one in enumerate(question.options)}
        self.labels: dict[str, int] = {}
        for at, one in enumerate(question.options):
            self.labels.setdefault(words.folded(one.label), at)
        others = [at for at, one in enumerate(question.options) if one.role is OptionRole.OTHER]
        self.other = others[0] if len(others) == 1 else None

    def place(self, text: str) -> int | None:
        """Return an option's index, or None."""
        said = words.folded(text)
        found = self.codes.get(said, self.labels.get(said))
        if found is None and said.endswith(".0"):
            found = self.codes.get(said[:-2])
        if found is None and self.other is not None and words.role_of(text) is OptionRole.OTHER:
            return self.other
        return found


def _parted(text: str, separator: str, known: Known) -> list[str]:
    """Split a list; where parts are unknown, options that hold the separator are tried first."""
    parts = looks.split(text, separator)
    if all(known.place(part) is not None or words.is_blank(part) for part in parts):
        return parts
    whole: list[str] = []
    at = 0
    while at < len(parts):
        for end in range(len(parts), at, -1):
            joined = f"{separator} ".join(parts[at:end])
            tight = separator.join(parts[at:end])
            found = next((one for one in (joined, tight) if known.place(one) is not None), None)
            if found is not None or end == at + 1:
                whole.append(found or parts[at])
                at = end
                break
    return whole


def _circles(cells: Cells) -> list[str]:
    return [text for text in cells.texts if words.folded(text) == "o"]


def _question(columns: Sequence[Column]) -> Question:
    """Return the question several columns ask together."""
    first = columns[0]
    kind = first.kind
    assert kind is not None
    parts: tuple[Part, ...] = ()
    most = first.max_choices
    if first.form is Form.RANK:
        parts = tuple(Part(str(n), str(n)) for n in range(1, len(columns) + 1))
    elif kind in (QuestionKind.RANKING, QuestionKind.GRID):
        parts = tuple(Part(one.part, one.part_label or one.part) for one in columns)
    options = first.options if kind not in (QuestionKind.NUMBER, QuestionKind.OPEN) else ()
    if kind is QuestionKind.SCALE:
        options = _with_values(options)
    return Question(
        first.question,
        kind,
        first.title,
        first.wording,
        options,
        parts,
        most if kind is QuestionKind.MULTIPLE else None,
        first.low,
        first.high,
    )


def _with_values(options: tuple[Option, ...]) -> tuple[Option, ...]:
    """Give the points of a scale their number, where neither codebook nor person gave one."""
    if any(one.value is not None for one in options):
        return options
    return tuple(
        Option(one.code, one.label, one.role, looks.number(one.code))
        if one.role is OptionRole.NORMAL
        else one
        for one in options
    )
