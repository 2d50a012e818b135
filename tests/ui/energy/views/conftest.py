"""Views over a real office with the sample figures and boundaries, answered at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QObject, Signal

from db.store import Store
from gwangju_desktop.energy import boundaries
from tests.conftest import SHARED
from ui.energy import load
from ui.energy.load import Loaded

ADMIN = SHARED / "admin"


class Straight(QObject):
    """A desk that reads where it stands: a view is shown before its call returns."""

    changed = Signal(object)
    read_only = False

    def __init__(self, store: Store) -> None:
        super().__init__()
        self.store = store

    def read(self, query, *, then, otherwise=None, **asked) -> None:
        """Answer a question of a view."""
        with self.store.reading() as session:
            value = query(session, **asked)
        then(value)


@pytest.fixture(scope="module")
def held(energy_office: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """One copy of the office for a module; views only read it."""
    path = tmp_path_factory.mktemp("views") / "그림 office.gwoffice"
    path.write_bytes(energy_office.read_bytes())
    with Store.open(path) as store:
        yield store


@pytest.fixture(scope="module")
def bounded(held: Store) -> Store:
    """The office with the boundaries of districts and dongs."""
    if not ADMIN.exists():
        pytest.skip("the boundary files are not beside this project")
    work = SimpleNamespace(store=held, run=held.run, cancelled=lambda: False)
    for level in ("districts", "dongs"):
        boundaries.importing(work, path=ADMIN / f"gwangju_{level}_2013.geojson")
    return held


@pytest.fixture(scope="module")
def loaded(held: Store) -> Callable[[str], Loaded]:
    """What the room shows of an indicator, read once."""

    @cache
    def of(code: str) -> Loaded:
        with held.reading() as session:
            found = load.page(session, code=code).loaded
        assert found is not None
        return found

    return of
