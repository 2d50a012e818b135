"""The first page of the site: where the city stands on its path, what comes next, what is new."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from db.vocab import MeetingState, WaveState
from gwangju_desktop.site import outside
from gwangju_desktop.site.copy import Copy, Record, text_of
from gwangju_desktop.site.marked import Marked
from gwangju_desktop.site.page import Page, Section
from gwangju_desktop.text import C_, Words

AHEAD = (
    MeetingState.PLANNED,
    MeetingState.NOTICED,
    MeetingState.DISTRIBUTED,
    MeetingState.OPENED,
)
MOST_NEWS = 6
_ABOUT = C_(
    "site",
    "Energy, meetings, proposals, polls and commitments of the city’s carbon neutrality office,"
    " with the data to check them.",
)


@dataclass(frozen=True, slots=True)
class Step:
    """A year of a target path and what was set for it."""

    year: int
    value: float
    source: str
    sample: bool


@dataclass(frozen=True, slots=True)
class Path:
    """The path to the last target of an indicator: what it starts from, and every year that was set."""

    indicator: Record
    name: str
    address: str
    start: Step | None
    steps: tuple[Step, ...]


def gathered(copy: Copy, say: Words, pages: Sequence[Page]) -> Iterator[Page]:
    """Give the first page of a language, which leads to the others."""
    there = {page.address: page for page in pages}
    name = copy.manifest.office_ko if say.language == "ko" else copy.manifest.office_en
    path = _path(copy, say, there)
    drawn = there[path.address].facts if path and path.address else {}
    facts = {
        "path": path,
        # The indicator's own drawing, without what moves it: the first page stays light.
        "chart": drawn.get("svg", ""),
        "legend": drawn.get("legend", ""),
        "own": Marked(say).own,
        "meeting": _next(copy, there),
        "polls": _fielding(copy, say, there),
        "news": outside.news(pages)[:MOST_NEWS],
        "kinds": {page.address: page.kind for page in pages},
        "sample": has_sample(copy),
        "there": there,
    }
    yield Page("index.html", "home.html", "home", name, facts, say(_ABOUT), search=False)


def has_sample(copy: Copy) -> bool:
    """Say whether the copy holds invented figures or people."""
    return any(row["sample"] for row in copy.of("dataset")) or any(
        row.get("fictional") for row in copy.of("person")
    )


def _path(copy: Copy, say: Words, there: dict[str, Page]) -> Path | None:
    """Return the path that was set for the whole city and leads farthest, real ones first."""
    city = next((row["code"] for row in copy.of("area") if row["level"] == "city"), None)
    held: dict[Any, list[Record]] = {}
    for row in copy.of("target"):
        if row["area"] == city:
            held.setdefault(row["indicator_id"], []).append(row)
    found = []
    for key, rows in held.items():
        indicator = copy.one("indicator", key)
        ends = [row for row in rows if row["kind"] == "target"]
        if indicator and ends:
            last = max(int(row["year"]) for row in ends)
            invented = any(row["sample"] for row in rows)
            found.append((invented, -last, -len(ends), int(indicator["position"]), key))
    if not found:
        return None
    key = min(found)[-1]
    indicator = copy.one("indicator", key)
    rows = sorted(held[key], key=lambda row: int(row["year"]))
    steps = [
        Step(int(r["year"]), float(r["value"]), str(r["source"]), bool(r["sample"])) for r in rows
    ]
    starts = [step for step, row in zip(steps, rows, strict=True) if row["kind"] == "start"]
    targets = [step for step, row in zip(steps, rows, strict=True) if row["kind"] == "target"]
    address = f"energy/{indicator['code']}.html"
    return Path(
        indicator,
        text_of(indicator, "name", say.language),
        address if address in there else "",
        starts[0] if starts else None,
        tuple(targets),
    )


def _next(copy: Copy, there: dict[str, Page]) -> dict[str, Any] | None:
    """Return the next meeting that has a page, with what is on its agenda."""
    today = copy.day.isoformat()
    coming = sorted(
        (row for row in copy.of("meeting") if row["state"] in AHEAD and row["starts_at"] >= today),
        key=lambda row: (row["starts_at"], row["id"]),
    )
    for row in coming:
        page = there.get(f"meetings/{row['id']}.html")
        if page is not None:
            items = copy.by("agenda_item", "meeting_id", row["id"])
            return {"row": row, "page": page, "items": len(items)}
    return None


def _fielding(copy: Copy, say: Words, there: dict[str, Page]) -> list[dict[str, Any]]:
    """Return the waves that people can answer now; those with a page lead to it."""
    made = []
    for row in copy.of("poll_wave"):
        if row["state"] == WaveState.FIELDING:
            poll = copy.one("poll", row["poll_id"])
            address = f"polls/{row['poll_id']}/{row['id']}.html"
            made.append(
                {
                    "row": row,
                    "name": text_of(poll, "name", say.language),
                    "address": address if address in there else "",
                }
            )
    return made


SECTION = Section("home", C_("site", "Home"), lambda _copy, _say: (), gathered=gathered)
