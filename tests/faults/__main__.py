"""Try the whole plan of faults and write docs/FAULTS.md: `python dev.py faults`.

Each part runs in a pytest of its own, within its share of the time; what was really tried is
registered in build/faults.json, and the table is written from there after every part.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from tests.faults import register
from tests.faults.rows import Part, chosen

ROOT = Path(__file__).resolve().parent.parent.parent
UNFINISHED = ROOT / "build" / "faults-unfinished.json"
LOGS = ROOT / "build" / "faults"
WHOLE = 30 * 60  # s a part without loops may take at most
START = 120  # s an invocation may take beside its trials
TAIL = 40  # lines of a failure that are shown


def asked(arguments: list[str]) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        prog="dev.py faults", description="Try the plan of faults and write docs/FAULTS.md."
    )
    parser.add_argument("--trials", type=int, help="so many of everything, instead of the plan’s")
    parser.add_argument("--seed", type=int, help="the seed of a run to be repeated")
    parser.add_argument(
        "--only", nargs="+", default=[], metavar="ROW", help="rows (3) or parts (3.pack)"
    )
    parser.add_argument("--minutes", type=float, help="how long all of it may take")
    parser.add_argument("--resume", action="store_true", help="go on with the run that was stopped")
    parser.add_argument("--table", action="store_true", help="only write the table anew")
    parser.add_argument("--list", action="store_true", help="only name rows and parts")
    return parser.parse_args(arguments)


def share(part: Part, left: list[Part], seconds: float | None) -> float | None:
    """Return how many seconds the loops of a part may take; None for tests that are whole.

    `left` are the parts still to come, this one too, and `seconds` the time for all of them.
    """
    if not part.loops:
        return None
    if seconds is None:
        return part.minutes * 60
    whole = sum(1 for one in left if not one.loops)
    wanted = sum(one.minutes for one in left)
    # Tests without loops take about a minute.
    return max(1.0, (seconds - whole * 60) * part.minutes / wanted)


def carried_out(
    part: Part, *, trials: int | None, seed: int, seconds: float | None
) -> dict[str, Any]:
    """Try one part and return what to register."""
    LOGS.mkdir(parents=True, exist_ok=True)
    log = LOGS / f"{part.key}.log"
    with tempfile.TemporaryDirectory(prefix="faults-") as folder:
        found, results = Path(folder, "found.json"), Path(folder, "results.xml")
        command = [sys.executable, "-m", "pytest", "-q", "-s", "-n0", f"--junitxml={results}"]
        command += ["-o", "norecursedirs=.* build dist", *part.nodes]
        if part.nodes[0].startswith("tests/faults"):
            command += ["--seed", str(seed), "--found", str(found)]
            if trials is not None:
                command += ["--trials", str(trials)]
            if seconds is not None:
                command += ["--seconds", f"{seconds:.0f}"]
        most = WHOLE if seconds is None else seconds * 1.5 + START
        command += ["--timeout", f"{most + START:.0f}"]
        began = time.monotonic()
        with log.open("wb") as out:
            try:
                code = subprocess.run(
                    command,
                    cwd=ROOT,
                    env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
                    stdout=out,
                    stderr=subprocess.STDOUT,
                    timeout=most + 2 * START,
                ).returncode
            except subprocess.TimeoutExpired:
                code = -1
        rows = json.loads(found.read_text(encoding="utf-8")) if found.exists() else []
        tests = _tests(results) if results.exists() else {"passed": 0, "failed": 0, "why": ""}
    told = {
        "trials": sum(int(row["trials"]) for row in rows),
        "lost": sum(int(row["lost"]) for row in rows),
        "corrupt": sum(int(row["corrupt"]) for row in rows),
        "note": "; ".join(str(row["note"]) for row in rows if row["note"]),
        "seed": seed if rows else None,
        **tests,
        "seconds": round(time.monotonic() - began),
    }
    told["verdict"] = "ok" if code == 0 and told["passed"] else "FAILED"
    if code in (0, 5) and not told["passed"] and not told["failed"]:
        told["verdict"] = "not tried"
    if code == -1:
        told["why"] = "did not come to an end"
    return told


def _tests(results: Path) -> dict[str, Any]:
    """Count what a report of pytest says: passed, failed, and why something was left out."""
    passed = failed = 0
    why = ""
    for case in ElementTree.parse(results).iter("testcase"):
        if case.find("failure") is not None or case.find("error") is not None:
            failed += 1
        elif (skipped := case.find("skipped")) is not None:
            why = why or skipped.get("message", "")
        else:
            passed += 1
    return {"passed": passed, "failed": failed, "why": why}


def resumed() -> dict[str, Any]:
    """Return the run that was stopped, or end with a sentence."""
    if not UNFINISHED.exists():
        sys.exit("error: no run was stopped; leave --resume out")
    return dict(json.loads(UNFINISHED.read_text(encoding="utf-8")))


def main(arguments: list[str]) -> int:
    """Carry out what was asked; 1 when something was lost, left broken or failed."""
    told = asked(arguments)
    if told.list:
        for row, part in chosen(told.only):
            print(f"{row.number:>2}  {part.key:<14} {part.fault}  ({part.planned})")
        return 0
    if told.table:
        register.write_table()
        return 0
    parts = [part for _row, part in chosen(told.only)]
    if not parts:
        sys.exit(f"error: no row of the plan is called {' '.join(told.only)}")
    run: dict[str, Any] = {
        "trials": told.trials,
        "seed": told.seed if told.seed is not None else random.SystemRandom().randrange(10**6),
        "seconds": told.minutes * 60 if told.minutes else None,
        "parts": [part.key for part in parts],
        "done": [],
    }
    if told.resume:
        run = resumed()
    left = [part for _row, part in chosen(run["parts"]) if part.key not in run["done"]]
    began, failed = time.monotonic(), 0
    print(f"seed {run['seed']}; {len(left)} parts", flush=True)
    while left:
        part = left[0]
        spent = time.monotonic() - began
        time_left = None if run["seconds"] is None else max(0.0, run["seconds"] - spent)
        seconds = share(part, left, time_left)
        at = f"{dt.datetime.now():%H:%M:%S}"
        print(f"{at}  {part.key:<14} {part.fault} …", end=" ", flush=True)
        found = carried_out(part, trials=run["trials"], seed=run["seed"], seconds=seconds)
        register.keep(part.key, found)
        register.write_table()
        print(f"{register.said(found)}, {found['seconds']} s", flush=True)
        if found["verdict"] == "FAILED":
            failed += 1
            log = LOGS / f"{part.key}.log"
            lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
            print(*lines[-TAIL:], sep="\n")
            print(f"the whole of it: {log.relative_to(ROOT)}", flush=True)
        run["done"].append(part.key)
        UNFINISHED.write_text(json.dumps(run), encoding="utf-8")
        left.pop(0)
    UNFINISHED.unlink(missing_ok=True)
    print(f"{failed} of {len(run['parts'])} parts failed; docs/FAULTS.md", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
