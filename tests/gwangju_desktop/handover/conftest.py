"""Two PCs of two people: each has its own folder of what it knows, and its own name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from db.store import Store
from gwangju_desktop import settings
from gwangju_desktop.handover import notes
from gwangju_desktop.members import usecases

Sit = Callable[[str], Path]


@pytest.fixture
def sit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Sit:
    """Sit down at a PC by its name; returns its folder."""

    def at(name: str) -> Path:
        folder = tmp_path / name
        folder.mkdir(exist_ok=True)
        monkeypatch.setenv("GWANGJU_DESKTOP_HOME", str(folder / "own"))
        monkeypatch.setattr(notes, "pc", lambda: name)
        return folder

    return at


@pytest.fixture
def office(sit: Sit) -> Iterator[Path]:
    """An office on PC “가-PC”, with two people and a paper, closed."""
    place = sit("가-PC") / "사무국.gwoffice"
    with Store.create(place, who="김예시") as store:
        store.run(settings.set_up)
        named(store, "홍예시")
        store.papers.put(b"%PDF- a paper")
    yield place


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """A USB stick that goes from PC to PC."""
    folder = tmp_path / "보안 USB"
    folder.mkdir()
    return folder


def named(store: Store, name: str) -> int:
    """Add a person; returns the id."""
    value: int = store.run(usecases.add_person, name=name, fictional=True).value
    return value
