"""Keep the figures of a run, and what was left out and why."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.benchmarks import table
from tests.benchmarks.measured import FIGURES

_ran: dict[str, str] = {}


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Remember which tests ran, and why others did not."""
    if report.skipped:
        *_, why = report.longrepr if isinstance(report.longrepr, tuple) else (str(report.longrepr),)
        _ran[report.nodeid] = str(why).removeprefix("Skipped: ")
    elif report.failed:
        _ran[report.nodeid] = "failed"
    elif report.when == "call":
        _ran.setdefault(report.nodeid, "")


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Take the figures into those of earlier runs: a test tells its own anew."""
    if _ran and not session.config.option.collectonly:
        table.keep(Path(session.config.rootpath), FIGURES, _ran)
        print()
