"""One office with a plan under review is made once and copied; so is its review copy."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from db.store import Store
from gwangju_desktop import paths
from gwangju_desktop.reviews import copies
from gwangju_desktop.reviews.copies import CopyFacts
from tests.gwangju_desktop.reviews import monitored
from tests.gwangju_desktop.reviews.monitored import Known


@dataclass(frozen=True, slots=True)
class Furnished:
    """The office file, its copy and what stands in both."""

    office: Path
    copy: Path
    known: Known
    facts: CopyFacts


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(paths.HOME, str(tmp_path / "사람"))


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory, _empty_office: Path) -> Furnished:
    """An office with a plan, two monitors and a copy of it that left."""
    folder = tmp_path_factory.mktemp("monitored")
    path, copy = folder / "점검.gwoffice", folder / "점검용 사본 1.gwsnap"
    shutil.copy(_empty_office, path)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(paths.HOME, str(folder / "person"))
        with Store.open(path) as store:
            known = monitored.furnish(store, copy)
        facts = copies.open_copy(copy)
    return Furnished(path, copy, known, facts)


@pytest.fixture
def office(furnished: Furnished, tmp_path: Path) -> Iterator[Store]:
    """A store on a copy of the office."""
    path = tmp_path / "점검.gwoffice"
    shutil.copy(furnished.office, path)
    shutil.copytree(f"{furnished.office}.files", f"{path}.files")
    with Store.open(path) as store:
        yield store


@pytest.fixture
def known(furnished: Furnished) -> Known:
    return furnished.known


@pytest.fixture
def facts(furnished: Furnished) -> CopyFacts:
    """What a monitor sees in the copy."""
    return furnished.facts


@pytest.fixture
def signing_into(tmp_path: Path) -> Callable[[str], Path]:
    """Name review files of a test."""
    return lambda name: tmp_path / f"{name}.gwreview"
