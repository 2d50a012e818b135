"""What the queries of action plans return."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gwangju_desktop.members.rules import named
from gwangju_desktop.polls.table import Said
from gwangju_desktop.text import Msg


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One action plan; `start` and `end` are months as 2021-08, "" for none.

    `evidence` counts its whole files, `broken` those that are changed or gone.
    """

    id: int
    code: str
    title: str
    title_en: str
    submitted_on: dt.date | None
    start: str
    end: str
    starts: int | None
    ends: int | None
    closed_on: dt.date | None
    monitor_body_id: int | None
    forum_body_id: int | None
    url: str
    source: str
    note: str
    commitments: int
    milestones: int
    completed: int
    evidence: int
    broken: int

    @property
    def frozen(self) -> bool:
        """Say whether it was submitted: its promises then change only by adjustments."""
        return self.submitted_on is not None


@dataclass(frozen=True, slots=True)
class RatingRow:
    """The monitors' completion as a list shows it beside the own status: never set here.

    `who` names the monitors, commas between; `agreed` says that they answered jointly.
    """

    value: str
    who: str
    on: dt.date
    origin: str
    review_id: int
    agreed: bool = False


@dataclass(frozen=True, slots=True)
class MilestoneRow:
    """One milestone; `late` says its day is past.

    `evidence` counts the whole files that prove something of it, `broken` those changed or gone.
    """

    id: int
    commitment_id: int
    commitment: str
    number: int
    title: str
    title_en: str
    output: str
    output_en: str
    starts_on: dt.date | None
    due_on: dt.date | None
    started_on: dt.date | None
    completed_on: dt.date | None
    state: str
    weight: int
    responsible: str
    supporting: str
    delay_cause: str
    delay_cause_en: str
    sample: bool
    position: int
    evidence: int
    broken: int
    late: bool
    late_done: bool


@dataclass(frozen=True, slots=True)
class CommitmentRow:
    """One commitment of a list.

    `status` is what is shown: the override where there is one, else `status_computed`. Weights
    leave cancelled milestones out; `late` counts milestones past their day. `evidence` counts whole
    files, `broken` those changed or gone, which prove nothing. `rating` is the
    monitors' completion, `suggestion` the program's, for reference. `disputed` says that two
    monitors differ and none agreed on a joint answer; then there is no rating.
    """

    id: int
    code: str
    title: str
    title_en: str
    plan_id: int
    plan: str
    start: str
    end: str
    starts: int | None
    ends: int | None
    status: str
    status_computed: str
    status_why: Said
    status_reason: str
    status_on: dt.date | None
    completed_on: dt.date | None
    done_weight: int
    weight: int
    milestones: int
    completed: int
    late: int
    evidence: int
    broken: int
    rating: RatingRow | None
    disputed: bool
    suggestion: str
    next_due: dt.date | None
    next_title: str
    next_title_en: str
    delay_cause: str
    lacks_cause: bool
    edition: int
    adjusting: bool
    sample: bool
    position: int

    @property
    def overridden(self) -> bool:
        """Say whether somebody set the status by hand."""
        return self.status_on is not None


@dataclass(frozen=True, slots=True)
class InstitutionRow:
    """One institution of a plan (`commitment_id` None) or of a commitment."""

    id: int
    plan_id: int
    commitment_id: int | None
    role: str
    name: str
    name_en: str
    organisation_id: int | None
    position: int


@dataclass(frozen=True, slots=True)
class TextRow:
    """One section of the template with what stands in it; `id` is None while nothing does."""

    section: str
    label: Msg
    hint: Msg | None
    text: str
    text_en: str
    id: int | None


@dataclass(frozen=True, slots=True)
class NoteRow:
    """A word on how it goes; `number` is the milestone's, None for the commitment."""

    id: int
    commitment_id: int
    milestone_id: int | None
    number: int | None
    noted_on: dt.date
    department: str
    text: str
    text_en: str


@dataclass(frozen=True, slots=True)
class Change:
    """One thing an adjustment changed; `field` is shown with `values`."""

    field: Msg
    before: str
    after: str
    values: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class EditionRow:
    """One adjustment; `content` is the promise as it stood before, `changes` what it did.

    While `closed_on` is None it is open.
    """

    id: int
    edition: int
    adjusted_on: dt.date
    reason: str
    reason_en: str
    consulted: str
    meeting_id: int | None
    meeting: str
    closed_on: dt.date | None
    content: Mapping[str, Any]
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Title:
    """A title in both languages; a sentence says the one of the language it is said in."""

    ko: str
    en: str

    def __str__(self) -> str:
        return named(self.ko, self.en)


@dataclass(frozen=True, slots=True)
class DeadlineRow:
    """Something with a last day.

    `kind` is one of `deadlines.KINDS`. `done_on` is when it was met; `planned` says that the day
    follows from a plan and moves with it (예정). `overdue` counts days past `due_on`, 0 for what is
    met, planned or to come. `table` and `row_id` are the record to open. `owner` is the department
    responsible for a milestone, else the office that leads the commitment or the plan.
    """

    kind: str
    plan_id: int
    commitment_id: int | None
    milestone_id: int | None
    due_on: dt.date
    overdue: int
    label: Said
    table: str
    row_id: int
    done_on: dt.date | None = None
    planned: bool = False
    owner: str = ""


@dataclass(frozen=True, slots=True)
class Lack:
    """Something missing or odd; `severity` is "block" where it stops the submission, else "warn".

    `table` and `row_id` are the record to open.
    """

    what: Said
    table: str
    row_id: int
    severity: str

    @property
    def where(self) -> tuple[str, int]:
        """Return the record it is about."""
        return (self.table, self.row_id)


@dataclass(frozen=True, slots=True)
class Untranslated:
    """A Korean text without its English; only `editable` ones are written here.

    What a monitor wrote is translated by the monitor.
    """

    table: str
    id: int
    field: str
    label: Said
    text: str
    editable: bool = True


@dataclass(frozen=True, slots=True)
class CountRow:
    """One number of the co-creation record with its parts.

    `sum_differs` says that all its parts are counted and do not add up to it; `evidence` counts
    whole files, `broken` those changed or gone.
    """

    id: int
    kind: str
    label: str
    label_en: str
    number: int | None
    source: str
    note: str
    held_on: dt.date | None
    meeting_id: int | None
    meeting: str
    position: int
    parts: tuple[CountRow, ...]
    parts_sum: int | None
    sum_differs: bool
    evidence: int
    broken: int = 0


@dataclass(frozen=True, slots=True)
class CommitmentWhole:
    """Everything of one commitment; `ratings` by dimension, as `reviews.ratings` gives them."""

    row: CommitmentRow
    frozen: bool
    closed: bool
    policy_area: str
    policy_area_en: str
    sector: str
    sector_en: str
    open_values: tuple[str, ...]
    delay_cause_en: str
    merged_into_id: int | None
    url: str
    source: str
    note: str
    suggested: Any
    milestones: tuple[MilestoneRow, ...]
    institutions: tuple[InstitutionRow, ...]
    texts: tuple[TextRow, ...]
    notes: tuple[NoteRow, ...]
    editions: tuple[EditionRow, ...]
    ratings: Mapping[str, Any]
    deadlines: tuple[DeadlineRow, ...]
