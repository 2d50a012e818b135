"""What is known of a file once it is read; plain values, so that a child can hand them over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from gwangju_desktop.sheets.layouts import Layout
from gwangju_desktop.sheets.model import Remark


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person said about a file beside it; "" and () where nothing was said.

    `layout` names a declaration and so answers what the file leaves open about it. `declared` are
    further declarations (TOML) beside those shipped. `answers` holds what else was answered:
    encoding, areas (a name to its code), codes ("accept": import though expected ones lack),
    remembered (true: the layout was answered for another file of this form, so sizes still count).
    """

    period: str = ""
    unit: str = ""
    layout: str = ""
    sheets: tuple[str, ...] = ()
    accept_totals: bool = False
    declared: tuple[str, ...] = ()
    answers: Mapping[str, Any] = field(default_factory=dict)


NOTHING_ASKED = Asked()


class Reading(NamedTuple):
    """One number as published, or why it is missing; `period` "" and `area` "" are unknown.

    `item` is the value of the layout's dimension, "" for the whole; `summed` marks a sum of other
    readings of the same table.
    """

    place: str
    indicator: str
    area: str
    period: str
    dimension: str
    item: str
    unit: str
    value: float | None
    missing: str | None
    status: str | None
    summed: bool


class Column(NamedTuple):
    """The final numbers of one thing in a long file, by period; both arrays of one length.

    `periods` are numbers as readings are stored under, `values` as published.
    """

    indicator: str
    area: str
    dimension: str
    item: str
    unit: str
    periods: Any
    values: Any


@dataclass(frozen=True, slots=True)
class Wrong:
    """A stated total whose parts add up to something else."""

    place: str
    stated: float
    parts: float


@dataclass(frozen=True, slots=True)
class Question:
    """What neither the file nor its layout says.

    `about` is period, unit, layout, sheet, totals, codes, area or encoding.
    """

    about: str
    text: Remark
    proposals: tuple[str, ...] = ()


class SheetChoice(NamedTuple):
    """A sheet that could be read, or why not."""

    name: str
    readable: bool
    why: Remark | None


@dataclass(frozen=True, slots=True)
class TableFacts:
    """One table as the preview shows it."""

    sheet: str
    header: str
    rows: int
    columns: tuple[str, ...]
    roles: tuple[tuple[str, str], ...]
    titles: tuple[str, ...]
    axes: tuple[str, ...]
    totals_checked: int
    totals_wrong: tuple[Wrong, ...]
    totals_unexplained: tuple[str, ...]


@dataclass(slots=True)
class Understanding:
    """All that was understood of a file."""

    file: str
    sha256: str
    form: str
    encoding: str
    sheets: list[str] = field(default_factory=list)
    layout: Layout | None = None
    tables: list[TableFacts] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    readings: list[Reading] = field(default_factory=list)
    # Of a long file, all of it: `readings` is a sample then.
    columns: list[Column] = field(default_factory=list)
    missing: dict[str, int] = field(default_factory=dict)
    # How many readings the file holds, which may be more than were kept.
    count: int = 0
    # Of the values alone: the same table under another year's name, re-saved or re-encoded.
    values_sha256: str = ""
    unit_from: set[str] = field(default_factory=set)
    period_from: set[str] = field(default_factory=set)
    # Of the header's words and the axes: the same table in another year has the same one.
    fingerprint: str = ""
    # Every sheet of a workbook; those that were read are in `sheets`.
    sheet_choice: tuple[SheetChoice, ...] = ()
    # Totals that do not add up and are taken as published.
    accepted: tuple[Wrong, ...] = ()
    # Codes the declaration expects that the file does not have.
    expected: tuple[str, ...] = ()
    # Declarations the file may be of, the likeliest first.
    layouts: tuple[str, ...] = ()
    # Names of the areas that no office knows beforehand: a dong, a grid abroad.
    area_names: dict[str, str] = field(default_factory=dict)

    @property
    def ready(self) -> bool:
        """Whether nothing is left to ask."""
        return not self.questions

    def ask(self, about: str, text: Remark, answers: tuple[str, ...] = ()) -> None:
        """Add a question, each kind once."""
        if about not in {question.about for question in self.questions}:
            self.questions.append(Question(about, text, answers))
