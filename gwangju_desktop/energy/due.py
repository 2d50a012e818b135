"""What is due of energy figures: tables to import, recorded results that come to another value."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy.orm import Session

from gwangju_desktop.energy import calendars, duties, results
from gwangju_desktop.energy.publishers import publisher_name
from gwangju_desktop.text import C_, N_, Msg

IMPORT = N_("{table}: import {period}")
FIGURES, RESULT = C_("deadlines", "Figures"), C_("deadlines", "Result")
SEVERAL = N_("{table}: import {period} and {n} more")


@dataclass(frozen=True, slots=True)
class DueRow:
    """Something that is due; `table` and `id` are the record to open."""

    title: Msg
    values: dict[str, object]
    kind: Msg
    owner: str
    due: dt.date
    table: str
    id: int


def listed(read: Session, *, today: dt.date) -> Iterator[DueRow]:
    """Yield the tables overdue or due within a week, and results to be recorded again today."""
    for row in duties.due(read, today):
        values = {"table": row.title, "period": calendars.named(row.period), "n": row.more}
        title = SEVERAL if row.more else IMPORT
        yield DueRow(
            title,
            values,
            FIGURES,
            publisher_name(row.publisher),
            row.due_on,
            "energy_source",
            row.id,
        )
    for one in results.changed(read):
        said = one.sentence
        yield DueRow(said.message, said.values, RESULT, "", today, "energy_result", one.id)
