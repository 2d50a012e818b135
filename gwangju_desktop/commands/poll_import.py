"""`import poll`: take a file of answers into a wave, or only say what that would do."""

from __future__ import annotations

import argparse
from typing import Any

from sqlalchemy.orm import Session

from db.store import Store
from gwangju_desktop.commands import output
from gwangju_desktop.commands.output import UsageError
from gwangju_desktop.commands.polls import poll_id, wave_id
from gwangju_desktop.errors import UserError
from gwangju_desktop.polls import intake
from gwangju_desktop.polls.model import Question
from gwangju_desktop.polls.reading import taking
from gwangju_desktop.polls.reading.model import LAYOUTS, Column, Layout, Reading, Reject
from gwangju_desktop.text import N_, say

_SHOWN = 20


def import_poll(asked: argparse.Namespace) -> int:
    """Take a file of answers into a wave; what is not taken is listed with row and column."""
    layout = _layout(asked.layout)
    with output.office(asked, write=not asked.dry_run) as store:
        series, wave = None, None
        known: tuple[Question, ...] = ()
        mapping: dict[str, Column] | None = None
        if asked.poll is not None:
            with store.reading() as read:
                series = poll_id(read, asked.poll)
                wave = _there(read, series, asked.wave)
                known = intake.known(read, wave) if wave is not None else ()
                mapping = intake.remembered(read, series) if not known else None
        reading = taking.read(
            asked.file,
            layout=layout,
            encoding=asked.encoding,
            codebook=asked.codebook,
            mapping=mapping,
            known=known,
            keep_duplicates=asked.keep_duplicates,
        )
        made: dict[str, int] = {}
        if not asked.dry_run:
            made = _take(store, asked, reading, series, wave)
    told = _told(asked, reading, made)
    if asked.json:
        output.document(told)
    else:
        _tell(told)
    return 0


def _layout(given: str) -> Layout:
    """Return a layout by its name; raise UsageError for another word."""
    name = given.lower().replace("-", "_")
    if name not in list(Layout):
        raise UsageError(
            say(
                N_("“{layout}” is no layout; there are: {layouts}."),
                layout=given,
                layouts=", ".join(Layout),
            )
        )
    return Layout(name)


def _there(read: Session, series: int, label: str) -> int | None:
    """Return the wave that is meant, None when it is to be made."""
    try:
        return wave_id(read, series, label)
    except UserError:
        return None


def _take(
    store: Store,
    asked: argparse.Namespace,
    reading: Reading,
    series: int | None,
    wave: int | None,
) -> dict[str, int]:
    file: dict[str, Any] = {"reading": reading, "file_name": asked.file.name}
    if wave is not None:
        assert series is not None
        batch = store.run(intake.take_in, wave_id=wave, **file).value
        return {"poll": series, "wave": wave, "batch": batch}
    if series is not None:
        made = store.run(intake.import_wave, poll_id=series, label=asked.wave, **file)
    else:
        made = store.run(intake.import_new, name=asked.file.stem, label=asked.wave, **file)
    return dict(made.value)


def _told(asked: argparse.Namespace, reading: Reading, made: dict[str, int]) -> dict[str, Any]:
    return {
        "id": made.get("poll"),
        "poll": made.get("poll"),
        "wave": made.get("wave"),
        "batch": made.get("batch"),
        "label": asked.wave,
        "file": asked.file.name,
        "imported": bool(made),
        "layout": reading.layout,
        "encoding": reading.encoding,
        "rows": reading.n_rows,
        "taken": reading.n_taken,
        "questions": [
            {"code": one.code, "kind": one.kind, "wording": one.wording}
            for one in reading.questions
        ],
        "attributes": list(reading.attributes),
        "weights": reading.weights is not None,
        "rejects": [_line(one) for one in reading.rejects],
        "notices": [_line(one) for one in reading.notices],
    }


def _line(one: Reject) -> dict[str, Any]:
    return {
        "row": one.row or None,
        "column": one.column or None,
        "value": one.value,
        "reason": str(one.said),
    }


def _tell(told: dict[str, Any]) -> None:
    """Write what was done for a person: the ids first, then what was not taken."""
    if told["imported"]:
        output.line(
            say(
                N_("Poll {id}, wave “{label}” (id {wave}): {taken:,} respondents of {file}."),
                **{name: told[name] for name in ("id", "label", "wave", "taken", "file")},
            )
        )
    else:
        output.line(
            say(
                N_("{file}: {taken:,} respondents could be taken; nothing was imported."),
                file=told["file"],
                taken=told["taken"],
            )
        )
    output.line(
        "  "
        + say(
            N_("{questions:,} questions, {rows:,} rows, read as: {layout}"),
            questions=len(told["questions"]),
            rows=told["rows"],
            layout=LAYOUTS[told["layout"]],
        )
    )
    lists = ((N_("Not taken: {n:,}"), "rejects"), (N_("Remarks: {n:,}"), "notices"))
    for title, name in lists:
        rows = told[name]
        if not rows:
            continue
        output.line(say(title, n=len(rows)))
        for row in rows[:_SHOWN]:
            place = f"{row['column'] or ''}{row['row'] or ''}"
            value = f"“{row['value'][:40]}” " if row["value"] else ""
            output.line("  " + f"{place} {value}{row['reason']}".strip())
        if len(rows) > _SHOWN:
            output.line("  " + say(N_("… and {n:,} more"), n=len(rows) - _SHOWN))
