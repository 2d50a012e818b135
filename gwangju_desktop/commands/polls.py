"""`list polls`, `show poll` and `tabulate`: what the screens show, printed."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from gwangju_desktop.commands import output
from gwangju_desktop.commands.output import UsageError
from gwangju_desktop.commands.records import record_id
from gwangju_desktop.errors import UserError
from gwangju_desktop.polls import answers, cells, method, questions, series, waves, words
from gwangju_desktop.polls.parts import alone
from gwangju_desktop.polls.plain import plain
from gwangju_desktop.polls.question_rows import Asked, Hit
from gwangju_desktop.polls.series import PollRow
from gwangju_desktop.polls.table import Group, Share, Table
from gwangju_desktop.polls.wave_rows import WaveRow
from gwangju_desktop.text import C_, N_, Msg, say

COLUMNS = ("id", "name", "waves", "latest", "next_on")
_WAVES = ("id", "wave", "state", "from_on", "until_on", "responses")
_QUESTIONS = ("code", "kind", "wording")
# A question without a code is known by its wording, which may be long.
_WIDE = 60
# Options that narrow other lists and would be ignored here without a word.
_NO_OPTIONS = ("meeting", "body", "on", "state", "overdue")


def list_polls(asked: argparse.Namespace) -> int:
    """Print the series of polls."""
    for option in _NO_OPTIONS:
        if getattr(asked, option) is not None:
            raise UsageError(
                say(N_("“list {what}” takes no --{option}."), what=asked.what, option=option)
            )
    with output.office(asked) as store, store.reading() as read:
        rows = [_listed(read, row) for row in series.polls(read)][: asked.limit]
    if asked.json:
        output.document(rows)
    else:
        output.table(COLUMNS, [[row[column] for column in COLUMNS] for row in rows])
    return 0


def show_poll(asked: argparse.Namespace) -> int:
    """Print a series with its waves and questions; parts of a question have lines of their own."""
    if asked.on is not None:
        raise UsageError(
            say(N_("“show {what}” takes no --{option}."), what=asked.what, option="on")
        )
    with output.office(asked) as store, store.reading() as read:
        told = _whole(read, poll_id(read, asked.id))
    if asked.json:
        output.document(told)
        return 0
    output.line(f"{told['id']} {told['name']}")
    output.line()
    output.table(_WAVES, [[_worded(wave, column) for column in _WAVES] for wave in told["waves"]])
    output.line()
    output.table(
        _QUESTIONS,
        [[_worded(one, column) for column in _QUESTIONS] for one in told["questions"]],
    )
    return 0


def tabulate(asked: argparse.Namespace) -> int:
    """Print one question of a wave, by default of the latest that is closed and asks it."""
    with output.office(asked) as store, store.reading() as read:
        poll = poll_id(read, asked.poll)
        hit = _hit(read, poll, asked.question, asked.wave)
        wave = waves.wave_row(read, hit.asked.wave_id)
        by = None
        if asked.by is not None:
            by = questions.find(read, poll, asked.by, wave.id).asked.question_id
        table = answers.table(
            read, hit.asked.wave_question_id, by=by, weighted=asked.weight or None, part=hit.part
        )
        made = _method(read, wave, table)
    if asked.json:
        output.document(
            {
                "poll": poll,
                "wave": {"id": wave.id, "label": wave.label, "state": wave.state},
                "question": {
                    "code": table.question.code,
                    "kind": table.question.kind,
                    "title": table.question.title,
                    "wording": table.question.wording,
                },
                **plain(table),
                "method": {str(label): text for label, text in made},
            }
        )
        return 0
    question = table.question
    # Where a file has no codes and no titles all three are the wording.
    called = dict.fromkeys((question.code, question.title or question.wording))
    output.line(" · ".join(filter(None, (wave.label, *called))))
    for label, text in made:
        if text:
            output.line(f"  {say(label)}: {text}")
    output.line()
    _print(table)
    return 0


def poll_id(read: Session, text: str) -> int:
    """Return the series a text names by its id or its whole name; raise UserError."""
    named = [row.id for row in series.polls(read) if text.strip() in (row.name, row.name_en)]
    if len(named) == 1:
        return named[0]
    if text.isascii() and text.isdigit():
        return series.poll_row(read, record_id(text)).id
    raise UserError(
        N_("There is no series of polls “{name}”."),
        hint=N_("“list polls” shows them with their ids."),
        name=text,
    )


def wave_id(read: Session, poll: int, text: str) -> int:
    """Return the wave of a series a text names by its label or number; raise UserError."""
    return waves.find(read, poll, text)


def _listed(read: Session, row: PollRow) -> dict[str, Any]:
    latest = waves.latest(read, row.id)
    return {
        "id": row.id,
        "name": row.name,
        "name_en": row.name_en,
        "waves": row.waves,
        "latest": latest.label if latest else None,
        "next_on": row.next_on,
        "anchor_on": row.anchor_on,
        "every_months": row.every_months,
        "retired_on": row.retired_on,
    }


def _whole(read: Session, id: int) -> dict[str, Any]:
    row = series.poll_row(read, id)
    rounds = waves.waves(read, id)
    return {
        "id": row.id,
        "name": row.name,
        "name_en": row.name_en,
        "purpose": row.purpose,
        "commissioner": row.commissioner,
        "population": row.population,
        "anchor_on": row.anchor_on,
        "every_months": row.every_months,
        "small_cell": row.small_cell,
        "next_on": row.next_on,
        "waves": [_wave(wave) for wave in rounds],
        "questions": _questions(read, rounds),
    }


def _wave(wave: WaveRow) -> dict[str, Any]:
    return {
        "id": wave.id,
        "label": wave.label,
        "k": wave.k,
        "state": wave.state,
        "planned_on": wave.planned_on,
        "from_on": wave.from_on,
        "until_on": wave.until_on,
        "mode": wave.mode,
        "sampling": wave.sampling,
        "source": wave.source,
        "published": wave.published,
        "invited": wave.invited,
        "responses": wave.responses,
        "weighted": wave.weighted,
        "erased_on": wave.erased_on,
    }


def _questions(read: Session, rounds: Sequence[WaveRow]) -> list[dict[str, Any]]:
    """Return what the waves ask, as the latest of them does, each question with its parts."""
    latest: dict[str, tuple[Asked, list[str]]] = {}
    for wave in rounds:
        for one in questions.questionnaire(read, wave.id):
            _before, labels = latest.get(one.question.code, (one, []))
            latest[one.question.code] = (one, [*labels, wave.label])
    told = []
    for one, labels in latest.values():
        question = one.question
        told.append(
            {
                "code": question.code,
                "kind": question.kind,
                "title": question.title,
                "wording": question.wording,
                "max_choices": question.max_choices,
                "attribute": one.attribute,
                "edition": one.edition,
                "waves": labels,
                "options": [
                    {"code": option.code, "label": option.label, "role": option.role}
                    for option in question.options
                ],
            }
        )
        told += [
            {
                "code": part.code,
                "kind": alone(question, part.code).kind,
                "title": part.label,
                "wording": f"{question.wording} – {part.label}",
                "part_of": question.code,
                "waves": labels,
            }
            for part in question.parts
        ]
    return told


def _hit(read: Session, poll: int, text: str, wave: str | None) -> Hit:
    """Return the question that is meant; without a wave in the latest that may be tabulated."""
    if wave is not None:
        return questions.find(read, poll, text, wave_id(read, poll, wave))
    refused = None
    for row in reversed(waves.waves(read, poll)):
        if row.counted:
            try:
                return questions.find(read, poll, text, row.id)
            except UserError as error:
                refused = refused or error
    if refused is not None:
        raise refused
    return questions.find(read, poll, text)


def _method(read: Session, wave: WaveRow, table: Table) -> list[tuple[Msg, str]]:
    """Return how the wave was made; its own weighting is not told of a table weighted otherwise."""
    other = wave.weighted != (table.weighting is not None)
    return [
        (label, text)
        for label, text in waves.method_box(read, wave.id)
        if not (other and label is method.WEIGHTING)
    ]


def _worded(row: Mapping[str, Any], column: str) -> Any:
    """Return a value of a line as a person reads it."""
    value = row.get("label" if column == "wave" else column)
    if column == "kind":
        return say(words.KINDS[row["kind"]])
    if column == "state":
        return say(words.STATES[row["state"]])
    if column == "code":
        return ("– " if row.get("part_of") else "") + str(value)[:_WIDE]
    if column == "wording":
        return str(value or "")[:_WIDE]
    return value


def _print(table: Table) -> None:
    """Write a table for a person: percentages with one decimal, groups below."""
    rows = [[_rounded(cell) for cell in line] for line in cells.lines(table)]
    output.table(cells.heads(table), rows)
    for group in table.groups:
        output.line()
        output.line(_group_title(group))
        heads = [say(one) for one in (cells.OPTION, cells.COUNT, cells.OF_VOTES, cells.OF_PEOPLE)]
        output.table(heads, [_line(share) for share in group.options])
    output.line()
    for note in table.notes:
        output.line(str(note))


def _group_title(group: Group) -> str:
    title = C_("poll group", "{label} ({n:,} people)")
    return say(title, label=group.label, n=group.n)


def _line(share: Share) -> list[object]:
    if share.hidden:
        return [share.label, cells.HIDDEN, cells.HIDDEN, cells.HIDDEN]
    figures = (cells.counted(share.count), share.pct_votes, share.pct_respondents)
    return [share.label, *map(_rounded, figures)]


def _rounded(cell: object) -> object:
    return f"{cell:.1f}" if isinstance(cell, float) else cell
