"""What reading a file of answers passes on: its cells as they were, columns, answers, faults."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from db.vocab import QuestionKind
from gwangju_desktop.polls.model import Answers, Option, Question
from gwangju_desktop.sheets.model import Remark
from gwangju_desktop.text import C_, N_

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class Layout(StrEnum):
    """How a file lays answers out; `auto` lets the reader find out, column by column."""

    AUTO = "auto"
    COLUMNS = "columns"
    JOINED = "joined"
    SPREAD = "spread"
    TWO_ROWS = "two_rows"
    CODED = "coded"
    LIMESURVEY = "limesurvey"


LAYOUTS = {
    Layout.AUTO: N_("Found out by itself"),
    Layout.COLUMNS: N_("One column per question"),
    Layout.JOINED: N_("Several choices joined in one cell"),
    Layout.SPREAD: N_("Several choices spread over columns"),
    Layout.TWO_ROWS: N_("Two rows of titles"),
    Layout.CODED: N_("Codes with a codebook"),
    Layout.LIMESURVEY: N_("LimeSurvey response export"),
}


class Role(StrEnum):
    """What a column is for."""

    QUESTION = "question"
    ATTRIBUTE = "attribute"
    WEIGHT = "weight"
    RESPONDENT = "respondent"
    SKIP = "skip"


ROLES = {
    Role.QUESTION: C_("poll column", "Question"),
    Role.ATTRIBUTE: C_("poll column", "Attribute of the respondent"),
    Role.WEIGHT: C_("poll column", "Weight"),
    Role.RESPONDENT: C_("poll column", "Respondent’s number"),
    Role.SKIP: C_("poll column", "Not taken"),
}


class Form(StrEnum):
    """What one cell of a column says.

    `choice` names an option; `mark` says whether the column's option was chosen; `rank` is the
    place the column's option got; `list` names several options; `number` and `text` are answers.
    """

    CHOICE = "choice"
    MARK = "mark"
    RANK = "rank"
    LIST = "list"
    NUMBER = "number"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the file and how it is read; the same shape is handed back as the mapping.

    `name` is unlike every other column's and finds it again in the next file. Columns with the
    same `question` make one question. `part` is the option of a mark or rank, the row of a grid,
    the place of a ranking. `options` are those to choose from, in their order. `sure` is 0..1.
    """

    index: int
    name: str
    header: str
    role: Role
    kind: QuestionKind | None = None
    form: Form = Form.TEXT
    question: str = ""
    title: str = ""
    wording: str = ""
    part: str = ""
    part_label: str = ""
    separator: str = ""
    max_choices: int | None = None
    low: float | None = None
    high: float | None = None
    options: tuple[Option, ...] = ()
    sure: float = 1.0


@dataclass(frozen=True, slots=True)
class Reject:
    """Something in the file that is not taken, or taken with a remark.

    `row` counts from 1 as a spreadsheet does and `column` is its letter; 0 and "" where the
    remark is about the whole file. `value` is the cell's text.
    """

    row: int
    column: str
    value: str
    said: Remark


@dataclass(frozen=True, slots=True)
class Doubt:
    """A text that may be decoded wrongly: what each encoding makes of it."""

    row: int
    column: str
    readings: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """One column below its titles: the texts that occur and, for each row, which one it is.

    `texts` are trimmed; a blank cell is the text "". `codes` is int32 (rows,).
    """

    texts: tuple[str, ...]
    codes: NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Entry:
    """What a codebook says of one variable."""

    code: str
    title: str = ""
    wording: str = ""
    sub: str = ""
    options: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Source:
    """A file as it was: titles, cells, what a codebook says; nothing is interpreted yet.

    `first` is the sheet's row right below the titles, counted from 1; `rows` how many there are.
    `ragged` are the rows with more cells than there are titles.
    """

    name: str
    sha256: str
    form: str
    encoding: str
    head: tuple[str, ...]
    cells: tuple[Cells, ...]
    rows: int
    first: int
    ragged: tuple[int, ...] = ()
    codebook: dict[str, Entry] = field(default_factory=dict)
    doubts: tuple[Doubt, ...] = ()
    encodings: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Preview:
    """What the reader takes a file for, before anything is taken.

    `sure` is 0..1; `sample` holds the first rows as texts, `rows` their row numbers.
    """

    source: Source
    layout: Layout
    sure: float
    columns: tuple[Column, ...]
    sample: tuple[tuple[str, ...], ...]
    rows: tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """Questions and answers as taken; all arrays have `n_taken` rows.

    Of the file's rows `n_rows` hold anything: empty ones are nobody's.
    """

    layout: Layout
    encoding: str
    columns: tuple[Column, ...]
    answers: tuple[Answers, ...]
    attributes: tuple[str, ...]
    weights: NDArray[np.float64] | None
    rejects: tuple[Reject, ...]
    notices: tuple[Reject, ...]
    n_rows: int
    n_taken: int
    sha256: str

    @property
    def questions(self) -> tuple[Question, ...]:
        """The questions in the file's order."""
        return tuple(one.question for one in self.answers)

    def answers_to(self, code: str) -> Answers:
        """Return the answers to one question; raises KeyError."""
        for one in self.answers:
            if one.question.code == code:
                return one
        raise KeyError(code)


def plain(columns: tuple[Column, ...]) -> list[dict[str, Any]]:
    """Return columns as JSON, to be remembered for the next file."""
    return [
        {name: value for name, value in _plain(column).items() if value not in (None, "", [])}
        for column in columns
    ]


def mapping(told: list[dict[str, Any]]) -> dict[str, Column]:
    """Return remembered columns by their names; raises KeyError, ValueError when it is no such."""
    return {one["name"]: _column(one) for one in told}


def _plain(column: Column) -> dict[str, Any]:
    told = {name: getattr(column, name) for name in Column.__slots__ if name != "options"}
    told["options"] = [[one.code, one.label, one.role, one.value] for one in column.options]
    return told


def _column(told: dict[str, Any]) -> Column:
    from db.vocab import OptionRole

    kind = told.get("kind")
    options = (
        Option(code, label, OptionRole(role), value)
        for code, label, role, value in told.get("options", ())
    )
    changed = {
        "role": Role(told["role"]),
        "kind": QuestionKind(kind) if kind else None,
        "form": Form(told["form"]),
        "options": tuple(options),
        "header": told.get("header", ""),
    }
    return Column(**(told | changed))
