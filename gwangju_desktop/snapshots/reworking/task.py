"""Work out the figures of a copy anew and hold them against the ones it tells; the child's side."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Protocol

from db.vocab import PollSource
from gwangju_desktop.errors import UserError
from gwangju_desktop.snapshots import figure_words
from gwangju_desktop.snapshots.reworking import measures, promises, sittings, surveys
from gwangju_desktop.snapshots.reworking.rows import Found, Part, Rows, Worked
from gwangju_desktop.snapshots.sqlite_file import Row, Shape
from gwangju_desktop.text import words

PARTS = 120
TEXT = 300  # letters of a label or value
ANSWER_PARTS = 60_000
FIGURES = 20_000
FIGURE = "figure"
EQUAL, DIFFERENT, UNKNOWN, ABSENT = "equal", "different", "unknown", "absent"
# What a row that is not as the program writes it makes of a calculation.
_BAD = (
    *(UserError, ValueError, KeyError, TypeError, ArithmeticError),
    *(AttributeError, AssertionError, IndexError),
)
_NEAR = 1e-9


class Copy(Protocol):
    """A database of a copy, as the reader opened it."""

    shapes: dict[str, Shape]

    def rows(self, name: str) -> Iterator[Row]:
        """Read a table."""


def run(copy: Copy, evidence: Sequence[str]) -> dict[str, Any]:
    """Return the figures with what was worked out, and what this copy cannot show.

    `evidence` are the digests of the files in it. Answers `figures`, each with its part rows,
    `withheld`, `hashed` (evidence without its file) and `weighted` (waves).
    """

    def read(name: str) -> list[dict[str, Any]]:
        names = [column for column, _ in copy.shapes[name].columns]
        return [dict(zip(names, row, strict=True)) for row in copy.rows(name)]

    rows = Rows(read, frozenset(copy.shapes))
    figures = rows.of(FIGURE)[:FIGURES]
    found, broken = _found(rows, figures)
    absent = list(_absent(rows, found)) if FIGURE in copy.shapes else []
    left = ANSWER_PARTS
    told = []
    meant = {
        (str(row["table_name"]), str(row["column_name"]), str(row["code"])): (row["ko"], row["en"])
        for row in rows.of("words")
    }
    for figure in [*figures, *absent[:FIGURES]]:
        worked = found.get(figure["key"])
        parts = worked.parts[: min(PARTS, left)] if worked else ()
        left -= len(parts)
        told.append(
            {
                "figure": figure,
                **_judged(figure, worked, broken),
                "parts": [_part(one, meant) for one in parts],
                "more": len(worked.parts) - len(parts) if worked else 0,
            }
        )
    return {
        "told": FIGURE in copy.shapes,
        "figures": told,
        "left_out": len(rows.of(FIGURE)) - len(figures) + max(len(absent) - FIGURES, 0),
        "withheld": [list(row) for row in copy.rows("withheld")],
        "tables": sorted(copy.shapes),
        "hashed": _hashed(rows, frozenset(evidence)),
        "weighted": _weighted(rows),
        "codebook": [list(row) for row in copy.rows("codebook") if row[1] is None],
    }


def printed(value: float, digits: int) -> Decimal:
    """Round as figures are printed, halves away from zero.

    The number is the one it is written as, not its binary cousin: 0.125 is 0.13.
    """
    return Decimal(repr(value)).quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)


def alike(ours: float | str, worked: float | str, digits: int) -> bool:
    """Say whether two values print the same; numbers that differ by a calculation's dust do too."""
    if isinstance(ours, str) or isinstance(worked, str):
        return ours == worked
    if abs(ours - worked) <= _NEAR * max(1.0, abs(ours), abs(worked)):
        return True
    return printed(ours, digits) == printed(worked, digits)


def _found(rows: Rows, figures: Sequence[dict[str, Any]]) -> tuple[Found, set[str]]:
    """Return what was worked out by key, and the kinds that a row kept from it."""

    def commitments(own: Rows) -> Found:
        return promises.rework(own, _day(own, figures))

    works: dict[str, Callable[[Rows], Found]] = {
        "quorum": sittings.rework,
        "poll": surveys.rework,
        "commitment": commitments,
        "energy": measures.rework,
    }
    found: Found = {}
    broken: set[str] = set()
    for kind, work in works.items():
        try:
            found |= work(rows)
        except _BAD:
            broken |= {kind, "vote"} if kind == "quorum" else {kind}
    return found, broken


def _absent(rows: Rows, found: Found) -> Iterator[dict[str, Any]]:
    """Yield the figures that follow from the rows and that the office always tells, and did not."""
    told = {str(row["key"]) for row in rows.of(FIGURE)}
    labels = figure_words.Labels(rows.of)
    as_of = max((str(row["as_of"]) for row in rows.of(FIGURE)), default="")
    for key, worked in found.items():
        if key in told or not worked.due or worked.value is None:
            continue
        kind, code, *more, measure = key.split(":")
        ko, en = labels.of(kind, measure, code, more)
        rule = figure_words.RULES[kind, measure]
        yield {
            "key": key,
            "kind": kind,
            "measure": measure,
            "table_name": _TABLES[kind],
            "row_code": code,
            "label_ko": ko,
            "label_en": en,
            "value": None,
            "text": None,
            **_printing(kind, measure, labels.row("indicator", code)),
            "as_of": as_of,
            "rule_ko": words("ko")(rule),
            "rule_en": words("en")(rule),
        }


_TABLES = {
    "quorum": "meeting",
    "vote": "vote",
    "poll": "wave_question",
    "commitment": "commitment",
    "energy": "indicator",
}


def _printing(kind: str, measure: str, indicator: Mapping[str, Any]) -> dict[str, Any]:
    """Return unit and digits as figures of this kind are told with."""
    if measure in ("pct_votes", "pct_respondents", "gap"):
        return {"unit": "%", "digits": 1}
    if kind == "energy":
        return {"unit": indicator["unit"], "digits": indicator["decimals"]}
    if kind == "commitment":
        units = {"milestones": "items", "completed": "items", "share": "%"}
        return {"unit": units.get(measure, ""), "digits": 0}
    word = kind == "poll" or measure in ("met", "result")
    return {"unit": "" if word else "people", "digits": 0}


def _day(rows: Rows, figures: Sequence[dict[str, Any]]) -> dt.date:
    """Return the day figures are of: the copy's own, or the one before where it was made at night."""
    facts = {row["key"]: row["value"] for row in rows.of("meta")}
    made = dt.date.fromisoformat(str(facts["made_at"])[:10])
    before = (made - dt.timedelta(days=1)).isoformat()
    return made - dt.timedelta(days=any(figure["as_of"] == before for figure in figures))


def _judged(figure: dict[str, Any], worked: Worked | None, broken: set[str]) -> dict[str, Any]:
    ours = figure["text"] if figure["text"] is not None else figure["value"]
    told: dict[str, Any] = {"worked": None, "steps": None, "why": None, "missing": []}
    if worked is None:
        reason = "broken" if figure["kind"] in broken else "rows"
        return {"state": UNKNOWN, "reason": reason, **told}
    told |= {"worked": worked.value, "steps": worked.steps, "missing": list(worked.missing)}
    if ours is None and worked.value is not None:
        return {"state": ABSENT, "reason": "", **told}
    digits = figure["digits"] if figure["digits"] in range(12) else 0
    if worked.value is None or ours is None:
        return {"state": UNKNOWN, "reason": "why", **told, "why": worked.why or worked.steps}
    if alike(ours, worked.value, digits):
        return {"state": EQUAL, "reason": "", **told}
    within = (
        worked.most is not None
        and worked.least is not None
        and not isinstance(ours, str)
        and worked.least <= ours <= worked.most
    )
    if within:
        return {"state": UNKNOWN, "reason": "why", **told, "why": worked.why or worked.steps}
    return {"state": DIFFERENT, "reason": "", **told}


def _part(one: Part, meant: Mapping[tuple[str, str, str], tuple[Any, Any]]) -> list[Any]:
    """Tell a part with its label and value in both languages, closed words by what they mean."""

    def both(column: str, value: str) -> tuple[str, str]:
        ko, en = meant.get((one.table, column, value), (value, value))
        return str(ko), str(en)

    # Of a poll's total that no option has, the label says what it measures.
    label = both("measure", one.label)
    pairs = [both(*field) for field in one.fields] or [(one.value, one.value)]
    value = [" · ".join(side)[:TEXT] for side in zip(*pairs, strict=True)]
    return [one.table, one.code, [text[:TEXT] for text in label], value]


def _hashed(rows: Rows, evidence: frozenset[str]) -> list[list[str]]:
    """Return evidence whose file is told by its hash alone: code, title, hash."""
    return [
        [str(row["id"]), str(row.get("title") or ""), str(file["sha256"])]
        for row in rows.of("evidence")
        if (file := rows.one("stored_file", row.get("file_id")))
        and file.get("sha256")
        and file["sha256"] not in evidence
    ]


def _weighted(rows: Rows) -> list[list[str]]:
    return [
        [str(row["id"]), str(row["label"])]
        for row in rows.of("poll_wave")
        if row.get("weighted") and row.get("source") == PollSource.ANSWERS
    ]
