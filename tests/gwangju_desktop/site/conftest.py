"""The sample's public copy and its site, made once for every test that looks at them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from db.vocab import Profile
from gwangju_desktop import clock, offices, paths
from gwangju_desktop.site import build, copy
from gwangju_desktop.snapshots.build import make_snapshot

PASSPHRASE = "누리집 시험 암호 구절 2022"


@pytest.fixture(scope="session")
def site_office(sample_office: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample office that made one public copy, which lies beside it as public.gwsnap."""
    folder = tmp_path_factory.mktemp("site-office")
    path = folder / "누리집 사무국.gwoffice"
    shutil.copy(sample_office, path)
    papers = sample_office.with_name(sample_office.name + ".files")
    shutil.copytree(papers, path.with_name(path.name + ".files"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(paths.HOME, str(folder / "person"))
        with offices.opened(path) as store:
            make_snapshot(
                store,
                target=folder / "public.gwsnap",
                passphrase=PASSPHRASE,
                profile=Profile.PUBLIC,
            )
        clock.fix(None)
    return path


@pytest.fixture(scope="session")
def public_copy(site_office: Path) -> Path:
    """The sample's public copy."""
    return site_office.parent / "public.gwsnap"


@pytest.fixture(scope="session")
def site_folder(public_copy: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample's site in both languages; for reading alone."""
    folder = tmp_path_factory.mktemp("누리집")
    with copy.opened(public_copy) as opened:
        build.prepare(opened, folder)
    return folder
