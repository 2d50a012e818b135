"""What is known of a file once it is read; plain values, so that a child can hand them over."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from gwangju_desktop.sheets.layouts import Layout
from gwangju_desktop.sheets.model import Remark


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


@dataclass(frozen=True, slots=True)
class Wrong:
    """A stated total whose parts add up to something else."""

    place: str
    stated: float
    parts: float


@dataclass(frozen=True, slots=True)
class Question:
    """What neither the file nor its layout says; `about` is period, unit, area, layout or totals."""

    about: str
    text: Remark
    proposals: tuple[str, ...] = ()


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
    missing: dict[str, int] = field(default_factory=dict)
    # How many readings the file holds, which may be more than were kept.
    count: int = 0
    # Of the values alone: the same table under another year's name, re-saved or re-encoded.
    values_sha256: str = ""
    unit_from: set[str] = field(default_factory=set)
    period_from: set[str] = field(default_factory=set)

    @property
    def ready(self) -> bool:
        """Whether nothing is left to ask."""
        return not self.questions

    def ask(self, about: str, text: Remark, answers: tuple[str, ...] = ()) -> None:
        """Add a question, each kind once."""
        if about not in {question.about for question in self.questions}:
            self.questions.append(Question(about, text, answers))
