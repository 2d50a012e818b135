"""How many trials, by which seed, and what became of them: a table, and build/faults.json."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import pytest

from tests.faults.trials import Outcome

RECORD = Path(__file__).resolve().parent.parent.parent / "build" / "faults.json"
COLUMNS = ("fault", "trials", "seed", "lost", "corrupt", "verdict", "note")
_rows: list[dict[str, object]] = []


def pytest_addoption(parser: pytest.Parser) -> None:
    """Take the seed; the number of trials is every test's."""
    parser.addoption("--seed", type=int, default=None, help="the seed of a run to be repeated")


@pytest.fixture
def trials(request: pytest.FixtureRequest) -> Callable[[int], int]:
    """Return how many trials are asked for, or a test's own number."""
    asked = request.config.getoption("--trials")
    return lambda own: own if asked is None else int(asked)


@pytest.fixture
def seed(request: pytest.FixtureRequest) -> int:
    """Return the seed asked for, or a new one."""
    asked = request.config.getoption("--seed")
    return random.SystemRandom().randrange(10**6) if asked is None else int(asked)


@pytest.fixture
def judged(seed: int) -> Callable[[str, Outcome], None]:
    """Write a row of the table and fail where something was lost or left broken."""

    def judge(fault: str, found: Outcome) -> None:
        told = asdict(found) | {"fault": fault, "seed": seed}
        _rows.append(told | {"verdict": "ok" if found.ok else "FAILED"})
        assert found.ok, (fault, seed, found)

    return judge


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the table and keep it for other programs."""
    if not _rows:
        return
    table = [COLUMNS, *([str(row[name]) for name in COLUMNS] for row in _rows)]
    widths = [max(len(line[n]) for line in table) for n in range(len(COLUMNS))]
    terminalreporter.section("faults")
    for line in table:
        terminalreporter.write_line(
            "  ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)).rstrip()
        )
    RECORD.parent.mkdir(exist_ok=True)
    rows = [{name: row[name] for name in COLUMNS} for row in _rows]
    RECORD.write_text(json.dumps(rows, ensure_ascii=False, indent=1), encoding="utf-8")
