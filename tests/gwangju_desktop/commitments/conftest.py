"""The published plan in an office: made once a module, a copy for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from db.store import Store
from tests.gwangju_desktop.commitments import made


@pytest.fixture(scope="module")
def _planned(
    tmp_path_factory: pytest.TempPathFactory, _empty_office: Path
) -> tuple[Path, made.Made]:
    path = tmp_path_factory.mktemp("planned") / "실행계획.gwoffice"
    path.write_bytes(_empty_office.read_bytes())
    with Store.open(path) as store:
        ids = made.make(store)
    return path, ids


@pytest.fixture
def ids(_planned: tuple[Path, made.Made]) -> made.Made:
    """What is in the office."""
    return _planned[1]


@pytest.fixture
def office(_planned: tuple[Path, made.Made], tmp_path: Path) -> Iterator[Store]:
    """An office with the submitted plan."""
    path = tmp_path / "실행계획.gwoffice"
    path.write_bytes(_planned[0].read_bytes())
    with Store.open(path) as store:
        yield store
