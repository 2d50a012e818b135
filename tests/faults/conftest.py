"""How many trials, by which seed, in how much time, and what became of them: a table."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import pytest

from tests.faults import budget
from tests.faults.budget import Outcome

COLUMNS = ("fault", "trials", "seed", "lost", "corrupt", "verdict", "note")
_rows: list[dict[str, object]] = []


def pytest_addoption(parser: pytest.Parser) -> None:
    """Take the seed and the time; the number of trials is every test's."""
    parser.addoption("--seed", type=int, default=None, help="the seed of a run to be repeated")
    parser.addoption("--seconds", type=float, default=None, help="how long each test may try")
    parser.addoption("--found", type=Path, default=None, help="a JSON file for what was found")


@pytest.fixture(autouse=True)
def _in_time(request: pytest.FixtureRequest) -> None:
    """Let trials begin until the time is over."""
    budget.begin(request.config.getoption("--seconds"))


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


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Print the table, and keep it where `--found` says."""
    if not _rows:
        return
    table = [COLUMNS, *([str(row[name]) for name in COLUMNS] for row in _rows)]
    widths = [max(len(line[n]) for line in table) for n in range(len(COLUMNS))]
    terminalreporter.section("faults")
    for line in table:
        terminalreporter.write_line(
            "  ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)).rstrip()
        )
    found: Path | None = config.getoption("--found")
    if found is not None:
        rows = [{name: row[name] for name in COLUMNS} for row in _rows]
        found.write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")
