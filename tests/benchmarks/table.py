"""The figures of all benchmarks as one table: docs/BENCHMARKS.md.

`dev.py bench` writes it after its run; `python -m tests.benchmarks.table` writes it again. Figures
of a part that was measured alone stand beside the older ones, each with its day.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import importlib.metadata
import json
import os
import platform
import sqlite3
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from tests.benchmarks.measured import Figure, amount, limit, verdict

KEPT, WRITTEN = Path("build", "benchmarks.json"), Path("docs", "BENCHMARKS.md")
LIBRARIES = (
    "PySide6_Essentials",
    "SQLAlchemy",
    "pandas",
    "numpy",
    "pyqtgraph",
    "reportlab",
    "pikepdf",
)


def keep(root: Path, figures: Iterable[Figure], ran: Mapping[str, str]) -> None:
    """Put what a run measured in the place of what the same tests measured before."""
    held = read(root)
    today = dt.date.today().isoformat()
    found: dict[str, list[Figure]] = {}
    for one in figures:
        found.setdefault(one.test, []).append(one)
    for test, why in ran.items():
        held["tests"][test] = {
            "day": today,
            "why": why,
            "figures": [dataclasses.asdict(one) for one in found.get(test, [])],
        }
    held["machine"] = machine()
    path = root / KEPT
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(held, ensure_ascii=False, indent=1), "utf-8")


def read(root: Path) -> dict[str, Any]:
    """Return what is kept: tests by name, each with its day, its figures or why there are none."""
    path = root / KEPT
    if not path.exists():
        return {"machine": "", "tests": {}}
    return dict(json.loads(path.read_text("utf-8")))


def machine() -> str:
    """Say on what it was measured: system, processor, memory, libraries. No name of the machine."""
    libraries = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in LIBRARIES)
    return (
        f"{platform.system()} {platform.release().partition('-')[0]}, {_processor()},"
        f" {os.cpu_count()} processors, {_memory():.0f} GB of memory; Python"
        f" {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {libraries}"
    )


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        return platform.machine()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def _memory() -> float:
    if not hasattr(os, "sysconf"):
        return 0.0
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30


def page(held: Mapping[str, Any]) -> str:
    """Return the table as Markdown: goals first, then what was only told, then what did not run."""
    rows = [
        (entry["day"], Figure(**one))
        for _test, entry in sorted(held["tests"].items())
        for one in entry["figures"]
    ]
    aimed = [(day, one) for day, one in rows if one.goal is not None]
    reached = sum(one.reached for _day, one in aimed)
    lines = [
        "# Benchmarks",
        "",
        "Written by `python3 dev.py bench`; not edited by hand.",
        "",
        f"Measured on {held['machine']}.",
        "",
        "A figure with × is a ratio of two things measured in turn in one run; the others move with"
        " the machine and its load. “Of the goal” is how much of it is used up: at most 1.00 where"
        " it is reached.",
        "",
        f"**{reached} of {len(aimed)} goals reached.**",
        "",
        "| what | beside | measured | goal | of the goal | verdict | spread | day |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for day, one in aimed:
        share = "" if one.share is None else f"{one.share:.2f}"
        told = verdict(one) if one.reached else f"**{verdict(one)}**"
        cells = (one.what, one.beside, _value(one), limit(one), share, told, one.note, day)
        lines.append(_row(cells))
    lines += ["", "## Told without a goal", "", "| what | beside | measured | spread | day |"]
    lines.append("|---|---|---|---|---|")
    lines += [
        _row((one.what, one.beside, _value(one), one.note, day))
        for day, one in rows
        if one.goal is None
    ]
    left = [(test, entry) for test, entry in sorted(held["tests"].items()) if entry["why"]]
    if left:
        lines += ["", "## Not measured", ""]
        lines += [f"- `{test.rpartition('/')[2]}`: {entry['why']}" for test, entry in left]
    return "\n".join(lines) + "\n"


def _value(one: Figure) -> str:
    return f"{amount(one.value)} {one.unit}"


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def main() -> int:
    """Write the page from what is kept, and print it."""
    root = Path(__file__).resolve().parents[2]
    held = read(root)
    if not held["tests"]:
        print("error: nothing was measured yet; run `python3 dev.py bench`", file=sys.stderr)
        return 1
    text = page(held)
    (root / WRITTEN).write_text(text, "utf-8")
    print(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
