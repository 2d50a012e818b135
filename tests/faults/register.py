"""What was tried on this machine, in build/faults.json, and the table of it, docs/FAULTS.md."""

from __future__ import annotations

import datetime as dt
import json
import os
import platform
import subprocess
from pathlib import Path
from typing import Any

from tests.faults.rows import ROWS, Part, Row

ROOT = Path(__file__).resolve().parent.parent.parent
REGISTER = ROOT / "build" / "faults.json"
TABLE = ROOT / "docs" / "FAULTS.md"
KEPT = 20  # runs of a part that are remembered

_HEAD = """\
# What was done to offices, and what was left of them

Written by `python3 dev.py faults` from what it really tried: the trials counted are those that were
made, whatever the plan wants. Of several runs of a part the one with the most trials is shown, or
the newest that failed since. “0 lost” is of what was told as done; “0 broken” is of what was not
whole afterwards. One part again: `python3 dev.py faults --only PART --seed SEED`; within an hour:
`--minutes 60`; a run that was stopped: `--resume`. Parts without a seed are tests of the default
run, which say the same each time.
"""


def keep(key: str, found: dict[str, Any]) -> None:
    """Register a run of a part, with where and when."""
    held = runs()
    told = found | {"date": f"{dt.date.today()}", "machine": machine(), "commit": _commit()}
    held[key] = [*held.get(key, []), told][-KEPT:]
    REGISTER.parent.mkdir(exist_ok=True)
    REGISTER.write_text(json.dumps(held, ensure_ascii=False, indent=1), encoding="utf-8")


def runs() -> dict[str, list[dict[str, Any]]]:
    """Return every run by part, the oldest first."""
    if not REGISTER.exists():
        return {}
    held = json.loads(REGISTER.read_text(encoding="utf-8"))
    return held if isinstance(held, dict) else {}


def machine() -> str:
    """Return what these trials ran on."""
    return f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"


def _commit() -> str:
    done = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout.strip()


def shown(found: list[dict[str, Any]]) -> dict[str, Any] | None:
    """Return the run the table shows: the one with the most trials, or a later one that failed."""
    if not found:
        return None
    good = [n for n, one in enumerate(found) if one["verdict"] == "ok"]
    best = max(good, key=lambda n: (_count(found[n]), n), default=-1)
    failed = [n for n, one in enumerate(found) if one["verdict"] == "FAILED"]
    # Mended is what went well at least as often as it was tried when it failed.
    if failed and (failed[-1] > max(good, default=-1)):
        best = failed[-1]
    return found[best] if best >= 0 else found[-1]


def _count(found: dict[str, Any]) -> int:
    return int(found["trials"] or found["passed"])


def said(found: dict[str, Any]) -> str:
    """Say what became of a run in a few words."""
    if found["verdict"] == "not tried":
        return f"not tried: {_plain(found['why'])}"
    if found["trials"]:
        told = f"{found['trials']:,} trials, {found['lost']} lost, {found['corrupt']} broken"
    else:
        told = f"{found['passed']} tests"
    if found["verdict"] == "FAILED":
        return f"**FAILED** ({told}; {found['failed']} tests failed{_because(found)})"
    return told


def _because(found: dict[str, Any]) -> str:
    return f"; {_plain(found['why'])}" if found["why"] else ""


def _plain(words: str) -> str:
    return " ".join(words.replace("|", "/").split())


def write_table() -> None:
    """Write docs/FAULTS.md from the register."""
    held = runs()
    lines = [_HEAD]
    seen = sorted({one["machine"] for found in held.values() for one in found})
    lines += [f"Machine: {'; '.join(seen)}.\n"] if seen else []
    lines.append("| Row | Fault | How | Of the plan’s | Tried | Seed | Date |")
    lines.append("|---|---|---|---|---|---|---|")
    for row in ROWS:
        lines += [_line(row, part, shown(held.get(part.key, []))) for part in row.parts]
    lines.append("\nNot tried here\n")
    lines += [f"- Row {row.number}, {row.name}: {row.untried}" for row in ROWS if row.untried]
    TABLE.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _line(row: Row, part: Part, found: dict[str, Any] | None) -> str:
    how = part.how or "tests of the default run"
    told, seed, date = "not run here yet", "", ""
    if found is not None:
        told, date = said(found), found["date"]
        told += f" ({_plain(found['note'])})" if found["note"] else ""
        seed = "" if found["seed"] is None else str(found["seed"])
    cells = (part.key, f"{row.name}: {part.fault}", how, part.planned, told, seed, date)
    return "| " + " | ".join(cells) + " |"
