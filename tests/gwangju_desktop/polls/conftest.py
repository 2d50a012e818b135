"""An office with one wave of six respondents: made once a module, a copy for each test."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from db.store import Store
from tests.gwangju_desktop.polls.polled import import_six


@pytest.fixture(scope="module")
def _polled(tmp_path_factory: pytest.TempPathFactory, _empty_office: Path) -> Path:
    """An office with one wave of six respondents."""
    path = tmp_path_factory.mktemp("polled") / "설문.gwoffice"
    path.write_bytes(_empty_office.read_bytes())
    with Store.open(path) as store:
        import_six(store)
    return path


@pytest.fixture
def polled(_polled: Path, tmp_path: Path) -> Any:
    path = tmp_path / "설문.gwoffice"
    path.write_bytes(_polled.read_bytes())
    with Store.open(path) as store:
        yield store
