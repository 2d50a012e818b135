"""Shares of polls from the totals of a copy, of both bases."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from db.vocab import MISSING, QuestionKind, WaveState
from gwangju_desktop.polls.tabulate import percent
from gwangju_desktop.snapshots.reworking.rows import Both, Found, Part, Rows, Worked, said
from gwangju_desktop.text import C_

_SHARE = C_("recompute", "{count} ÷ {base} × 100 = {share} %")
_SUM = C_("recompute", "Sum of the options: {n}.")
_KEPT = C_("recompute", "As kept in the totals: {n}; no option can be added up to it.")
_HIDDEN = C_("recompute", "A total of few people is hidden, so it cannot be added up.")


def values(read: Callable[[str], Sequence[Any]]) -> dict[str, float]:
    """Return the poll figures that follow from rows as they go out, by key."""
    rows = Rows(lambda name: [*read(name)], frozenset(_TABLES))
    return {
        key: worked.value
        for key, worked in rework(rows).items()
        if isinstance(worked.value, int | float)
    }


_TABLES = ("poll_total", "wave_question", "poll_question", "poll_option", "poll_part", "poll_wave")


def rework(rows: Rows) -> Found:
    """Return every figure of polls by its key."""
    found: Found = {}
    for place in rows.of("wave_question"):
        totals = rows.by("poll_total", "wave_question_id", place["id"])
        if not totals:
            continue
        over = rows.one("poll_wave", place.get("wave_id")).get("state") in _OVER
        for key, worked in _question(rows, place, totals):
            found[key] = worked if over else replace(worked, due=False)
    return found


# Of a wave that is still asked or not yet told, an office tells nothing.
_OVER = (WaveState.CLOSED, WaveState.PUBLISHED)


def _question(
    rows: Rows, place: dict[str, Any], totals: list[dict[str, Any]]
) -> Iterator[tuple[str, Worked]]:
    question = rows.one("poll_question", place["question_id"])
    options = {str(row["id"]): row for row in rows.by("poll_option", "question_id", question["id"])}
    kind = question["kind"]
    bases = {row["measure"]: row for row in totals if row["option_id"] is None}
    counts = [
        row
        for row in totals
        if row["measure"] == "count"
        and str(row["option_id"]) in options
        and options[str(row["option_id"])]["role"] not in MISSING
    ]
    key = f"poll:{place['id']}"
    # A ranking counts each option once a place; the places together are its responses.
    added = None if kind == QuestionKind.GRID else _sum(counts)
    for measure in ("answered", "votes"):
        base = bases.get(measure)
        if base is None or base["value"] is None:
            continue
        one = kind in (QuestionKind.SINGLE, QuestionKind.SCALE)
        checked = added if counts and (measure == "votes" or one) else None
        if checked is None:
            yield f"{key}:{measure}", _kept(base, counts)
        else:
            parts = [_part(row, options) for row in counts]
            steps = said(_SUM, n=_number(checked))
            yield f"{key}:{measure}", Worked(checked, steps, parts)
    if kind == QuestionKind.GRID:
        by_part: dict[str, list[dict[str, Any]]] = {}
        for row in counts:
            by_part.setdefault(str(row["part_id"]), []).append(row)
        for code, own in by_part.items():
            yield from _shares(f"{key}:{code}", own, _sum(own), _sum(own), options, own)
        return
    whole = bases.get("votes"), bases.get("answered")
    votes = added if added is not None else _value(whole[0])
    answered = _value(whole[1])
    if kind == QuestionKind.RANKING:
        places: dict[str, list[dict[str, Any]]] = {}
        for row in counts:
            places.setdefault(str(row["part_id"]), []).append(row)
        for code, own in places.items():
            yield from _shares(f"{key}:{code}", own, _sum(own), _sum(own), options, own)
        return
    kept = [row for row in whole if row is not None]
    # What adds up here though its sum was held back is not told by the office either.
    due = {name: _value(row) is not None for name, row in zip(_BASES, whole, strict=True)}
    for name, worked in _shares(key, counts, votes, answered, options, kept):
        yield name, replace(worked, due=due[name.rpartition(":")[2]])


_BASES = ("pct_votes", "pct_respondents")


def _shares(
    key: str,
    counts: list[dict[str, Any]],
    votes: float | None,
    answered: float | None,
    options: dict[str, dict[str, Any]],
    bases: Sequence[dict[str, Any]],
) -> Iterator[tuple[str, Worked]]:
    for row in counts:
        for measure, base in (("pct_votes", votes), ("pct_respondents", answered)):
            if row["value"] is None or not base:
                continue
            share = percent(row["value"], base)
            assert share is not None
            steps = said(
                _SHARE, count=_number(row["value"]), base=_number(base), share=f"{share:.1f}"
            )
            parts = [_part(row, options), *(_part(one, options) for one in bases if one != row)]
            yield f"{key}:{row['option_id']}:{measure}", Worked(share, steps, parts)


def _kept(base: dict[str, Any], counts: list[dict[str, Any]]) -> Worked:
    """Tell a base that no sum of options gives, as it was kept."""
    if any(row["value"] is None for row in counts):
        why: Both = said(_HIDDEN)
        return Worked(None, why, [_part(base, {})], why, ("poll_total.value",))
    return Worked(base["value"], said(_KEPT, n=_number(base["value"])), [_part(base, {})])


def _sum(counts: list[dict[str, Any]]) -> float | None:
    """Add counts up; None where one of them is hidden."""
    held = [row["value"] for row in counts]
    return None if None in held else sum(held)


def _value(row: dict[str, Any] | None) -> float | None:
    return None if row is None else row["value"]


def _part(row: dict[str, Any], options: dict[str, dict[str, Any]]) -> Part:
    option = options.get(str(row["option_id"]))
    label = str(option["label"]) if option else str(row["measure"])
    value = "" if row["value"] is None else _number(row["value"])
    return Part("poll_total", str(row["id"]), label, value)


def _number(value: float) -> str:
    return f"{value:,.10g}" if abs(value) < 1e9 else f"{value:,.0f}"
