"""The tables of a wave from the totals of a copy: counts as they went out, shares as the office told.

A share that the office held back is not worked out here either.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from db.vocab import MISSING, OptionRole, QuestionKind, WaveState
from gwangju_desktop.polls.differing import Condition, Side, differences
from gwangju_desktop.polls.model import Option, Part, Question
from gwangju_desktop.site.copy import Copy, Record
from gwangju_desktop.site.records import Pages, Place, in_order
from gwangju_desktop.text import Words

# A wave that is still in the field, or closed and not yet told, has no figures anywhere.
TOLD = frozenset({WaveState.PUBLISHED.value})
RESPONDENTS, VOTES = "pct_respondents", "pct_votes"


@dataclass(frozen=True, slots=True)
class Cell:
    """How many chose an option; None where that is withheld, and its shares with it."""

    count: float | None
    votes: float | None
    respondents: float | None


@dataclass(frozen=True, slots=True)
class Row:
    """An option: its code and words, its cell (None: no figure at all), whether it is no answer."""

    code: str
    label: str
    cell: Cell | None
    missing: bool


@dataclass(frozen=True, slots=True)
class Block:
    """The options of a question, or of one row or place of it (`label`)."""

    label: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """A sentence drawn from a question and what it led to."""

    row: Record
    before: tuple[Place, ...]
    after: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as a wave put it, with its bases and figures."""

    place: Record
    question: Record
    title: str
    wording: str
    kind: str
    blocks: tuple[Block, ...]
    bases: dict[str, float | None]
    mean: float | None
    findings: tuple[Finding, ...]

    @property
    def attribute(self) -> bool:
        """Say whether it asks who the respondent is."""
        return bool(self.question["attribute"])

    @property
    def by_part(self) -> bool:
        """Say whether it has rows or places of their own."""
        return self.question["kind"] in (QuestionKind.GRID, QuestionKind.RANKING)

    @property
    def two_bases(self) -> bool:
        """Say whether shares of responses and of respondents differ."""
        return bool(self.question["kind"] == QuestionKind.MULTIPLE)

    @property
    def withheld(self) -> bool:
        """Say whether a count of it is not published."""
        return any(
            row.cell is not None and row.cell.count is None
            for block in self.blocks
            for row in block.rows
        )


def questions(pages: Pages, wave: Record) -> list[Asked]:
    """Return the questions of a wave in their order."""
    return [
        asked(pages, place)
        for place in in_order(pages.copy.by("wave_question", "wave_id", wave["id"]))
    ]


def asked(pages: Pages, place: Record) -> Asked:
    """Return a question with the figures of its wave, without any before the wave is published."""
    copy = pages.copy
    question = copy.one("poll_question", place["question_id"])
    wave = copy.one("poll_wave", place["wave_id"])
    totals = copy.by("poll_total", "wave_question_id", place["id"]) if wave["state"] in TOLD else []
    bases = {str(row["measure"]): row["value"] for row in totals if row["option_id"] is None}
    return Asked(
        place,
        question,
        pages.text(question, "title") or pages.text(question, "wording"),
        pages.text(question, "wording"),
        pages.word("poll_question", "kind", question["kind"]),
        tuple(_blocks(pages, place, question, totals)),
        bases,
        bases.get("mean"),
        tuple(_findings(pages, place)),
    )


def _blocks(
    pages: Pages, place: Record, question: Record, totals: Sequence[Record]
) -> Iterator[Block]:
    copy = pages.copy
    options = in_order(copy.by("poll_option", "question_id", question["id"]))
    counts = {
        (row["part_id"], row["option_id"]): row["value"]
        for row in totals
        if row["measure"] == "count"
    }
    parts = in_order(copy.by("poll_part", "question_id", question["id"]))
    by_part = any(part is not None for part, _ in counts)
    for part in parts if by_part or (parts and not counts) else [None]:
        code = part["id"] if part else None
        rows = []
        for option in options:
            key = ":".join(str(one) for one in ("poll", place["id"], code, option["id"]) if one)
            missing = option["role"] in MISSING
            cell = None
            if (code, option["id"]) in counts:
                cell = Cell(
                    counts[code, option["id"]],
                    _figure(copy, key, VOTES),
                    _figure(copy, key, RESPONDENTS),
                )
            rows.append(Row(str(option["code"]), pages.text(option, "label"), cell, missing))
        if rows:
            yield Block(pages.text(part, "label") if part else "", tuple(rows))


def _figure(copy: Copy, key: str, measure: str) -> float | None:
    found = copy.by("figure", "key", f"{key}:{measure}")
    return found[0]["value"] if found else None


def _findings(pages: Pages, place: Record) -> Iterator[Finding]:
    for row in in_order(pages.copy.by("poll_finding", "wave_question_id", place["id"])):
        if row.get("sentence"):
            before, after = pages.thread("finding", row["id"])
            yield Finding(row, tuple(before), tuple(after))


@dataclass(frozen=True, slots=True)
class Run:
    """Waves in a row that asked a question alike; `why` says what differs from the wave before."""

    waves: tuple[tuple[Record, Asked], ...]
    why: tuple[str, ...]
    rows: tuple[tuple[str, tuple[float | None, ...]], ...]


@dataclass(frozen=True, slots=True)
class Trend:
    """How a question's shares of respondents went from wave to wave."""

    code: str
    title: str
    runs: tuple[Run, ...]


def trends(pages: Pages, waves: Sequence[Record]) -> list[Trend]:
    """Return the trends of questions that two published waves or more have asked."""
    by_code: dict[str, list[tuple[Record, Asked]]] = {}
    for wave in waves:
        if wave["state"] in TOLD:
            for one in questions(pages, wave):
                if not one.attribute and not one.by_part and any(b.rows for b in one.blocks):
                    by_code.setdefault(str(one.question["code"]), []).append((wave, one))
    return [
        Trend(code, those[-1][1].title, tuple(_runs(pages, those)))
        for code, those in by_code.items()
        if len(those) > 1
    ]


def _runs(pages: Pages, those: Sequence[tuple[Record, Asked]]) -> Iterator[Run]:
    run: list[tuple[Record, Asked]] = []
    why: tuple[str, ...] = ()
    for wave, one in those:
        if run:
            reasons = differences(_side(pages.copy, *run[-1]), _side(pages.copy, wave, one))
            if reasons:
                yield _run(run, why)
                run = []
                why = tuple(_said(pages.say, reason.message, reason.values) for reason in reasons)
        run.append((wave, one))
    yield _run(run, why)


def _said(say: Words, message: str, values: dict[str, object]) -> str:
    return say(message, **values)


def _run(run: Sequence[tuple[Record, Asked]], why: tuple[str, ...]) -> Run:
    last = [row for block in run[-1][1].blocks for row in block.rows if not row.missing]
    rows = []
    for row in last:
        shares: list[float | None] = []
        for _, one in run:
            found = next((r for b in one.blocks for r in b.rows if r.code == row.code), None)
            shares.append(found.cell.respondents if found and found.cell else None)
        rows.append((row.label, tuple(shares)))
    return Run(tuple(run), why, tuple(rows))


def _side(copy: Copy, wave: Record, one: Asked) -> Side:
    condition = None
    if one.place.get("ask_if_id"):
        sifting = copy.one("poll_question", one.place["ask_if_id"])
        codes = frozenset(str(code) for code in json.loads(one.place.get("ask_if") or "[]"))
        condition = Condition(str(sifting.get("code")), str(sifting.get("wording_hash")), codes)
    return Side(
        _model(copy, one.question),
        str(one.question.get("wording_hash") or ""),
        condition,
        str(wave.get("population") or ""),
        str(wave.get("mode") or ""),
    )


def _model(copy: Copy, row: Record) -> Question:
    options = in_order(copy.by("poll_option", "question_id", row["id"]))
    parts = in_order(copy.by("poll_part", "question_id", row["id"]))
    return Question(
        code=str(row["code"]),
        kind=QuestionKind(row["kind"]),
        options=tuple(
            Option(str(o["code"]), str(o["label"]), OptionRole(o["role"]), o["value"])
            for o in options
        ),
        parts=tuple(Part(str(p["code"]), str(p["label"])) for p in parts),
        max_choices=row.get("max_choices"),
    )
