"""Every test has its own known signers; scrypt is slow, so one key serves."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from db.store import Store
from gwangju_desktop import paths
from gwangju_desktop.snapshots.build import make_snapshot
from tests.gwangju_desktop.snapshots import offices


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(paths.HOME, str(tmp_path / "사람"))


@pytest.fixture(scope="session")
def _small_office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small office that has made its first snapshot, beside it."""
    folder = tmp_path_factory.mktemp("small")
    path = folder / "작은 사무국.gwoffice"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(paths.HOME, str(folder / "person"))
        with Store.create(path) as store:
            offices.small(store)
            make_snapshot(store, target=folder / "1.gwsnap", passphrase=offices.PASSPHRASE)
    return folder


@pytest.fixture
def office(_small_office: Path, tmp_path: Path) -> Iterator[Store]:
    """A store on a copy of the small office; its key is under offices.PASSPHRASE."""
    path = tmp_path / "작은 사무국.gwoffice"
    shutil.copy(_small_office / path.name, path)
    with Store.open(path) as store:
        yield store


@pytest.fixture
def copy(_small_office: Path, tmp_path: Path) -> Path:
    """Its first snapshot, as an outsider has it."""
    path = tmp_path / "점검용 사본 1.gwsnap"
    shutil.copy(_small_office / "1.gwsnap", path)
    return path
