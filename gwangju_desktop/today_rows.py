"""Rows of the first page: the next meeting, what is due, what changed last."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from gwangju_desktop.text import Msg


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the preparation list: `done` of `total`, by a day if there is one."""

    label: Msg
    done: int
    total: int
    due: dt.date | None

    @property
    def finished(self) -> bool:
        """Say whether nothing is left to do."""
        return self.total > 0 and self.done >= self.total


@dataclass(frozen=True, slots=True)
class NextMeeting:
    """The next meeting and what is known about who comes.

    `starts_at` and `ends_at` are on the office's clock; `forecast` says that those who said they
    come are enough to open.
    """

    id: int
    body_id: int
    body_ko: str
    body_en: str
    title: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    place: str
    presiding: str
    days_left: int
    enrolled: int
    required: int
    coming: int
    silent: int
    not_coming: int
    checks: tuple[Check, ...]

    @property
    def forecast(self) -> bool:
        """Say whether enough said they come."""
        return self.coming >= self.required


@dataclass(frozen=True, slots=True)
class Deadline:
    """Something due: `title` with `values`, of which kind, who looks after it, and by when.

    `days` counts from today to the day, negative when it has passed; `table` and `id` say which
    record to open: a `person`, a `body`, an `action`, or a `meeting`; with `attendance` and
    `minutes` the id is that of the meeting whose replies or minutes are meant, with `pack` that of
    the meeting whose pack is; `proposal_opinion` is an opinion that is waited for,
    and the id of a `proposal_check` names its time (proposals.due.check_key). Of polls it is a
    `poll` or a `poll_wave`, of energy figures the `energy_source` that is to be imported, and an
    `energy_result` that comes to another value now; of an action plan it is an `action_plan`, a
    `commitment`, a `milestone` or the `evidence`; with `snapshot_due` it is the plan whose monitors
    wait for a review copy, a `snapshot` is one that nobody has been given.
    """

    title: Msg
    values: dict[str, object]
    kind: Msg
    owner: str
    due: dt.date
    days: int
    table: str
    id: int


@dataclass(frozen=True, slots=True)
class Deadlines:
    """What is due, in order of the day: passed, within a week, later."""

    overdue: tuple[Deadline, ...]
    week: tuple[Deadline, ...]
    later: tuple[Deadline, ...]

    @property
    def count(self) -> int:
        """Count them all."""
        return len(self.overdue) + len(self.week) + len(self.later)


@dataclass(frozen=True, slots=True)
class Change:
    """One entry of the journal: what was done, to what, by whom, when on the office's clock.

    `subject` is the name the record has now, empty where it has none or is gone.
    """

    id: int
    kind: str
    label: Msg
    who: str
    at: dt.datetime
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Overview:
    """What the first page shows."""

    today: dt.date
    next_meeting: NextMeeting | None
    deadlines: Deadlines
    changes: tuple[Change, ...]
