"""A copy somebody changed is not accepted, however it was changed; the faults try many more."""

from __future__ import annotations

from pathlib import Path

import pytest

from gwangju_desktop.errors import UserError
from gwangju_desktop.snapshots import unproved
from gwangju_desktop.snapshots.opening import open_snapshot
from gwangju_desktop.snapshots.verify import verify
from tests.gwangju_desktop.snapshots import hostile, hostile_files, tampering

# Large ones are left to the faults.
SLOW = {"zip bomb", "a million entries", "gigantic manifest", "zip in a zip", "sparse"}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tampering.Copies:
    return tampering.copies(tmp_path_factory.mktemp("copies"))


def test_the_genuine_one_is_accepted(made: tampering.Copies, tmp_path: Path) -> None:
    path = tmp_path / "사본.gwsnap"
    path.write_bytes(made.whole)
    assert made.accepts(path)
    # The others are right in themselves: the key and the number alone tell them apart.
    for other in (made.older, made.forged):
        path.write_bytes(tampering.packed(other))
        assert verify(path).ok and not made.accepts(path)


def test_none_of_some_hundred_changed_ones_is_accepted(
    made: tampering.Copies, tmp_path: Path
) -> None:
    path = tmp_path / "사본.gwsnap"
    ways = set()
    for way, data in tampering.tampered(made, 400, seed=20220311):
        path.write_bytes(data)
        assert not made.accepts(path), way
        ways.add(way)
    assert ways == set(tampering.WAYS)


def test_bits_of_what_signs_are_found_where_no_checksum_finds_them(
    made: tampering.Copies, tmp_path: Path
) -> None:
    path = tmp_path / "사본.gwsnap"
    for name, bit, data in tampering.flipped(made, every_bit=False):
        path.write_bytes(data)
        assert not made.accepts(path), (name, bit)


@pytest.mark.parametrize("name", [name for name in hostile_files.FILES if name not in SLOW])
def test_a_hostile_zip_is_refused_and_nothing_leaves_it(name: str, tmp_path: Path) -> None:
    """Signed or not: never proved, and nothing is written but the private folder's database."""
    path = tmp_path / "사본.gwsnap"
    hostile_files.FILES[name](path)
    before = sorted(tmp_path.iterdir())
    verdict = verify(path)
    assert not verdict.ok and path.name in str(verdict.problems[0])
    with pytest.raises(UserError, match=path.name):
        open_snapshot(path)
    try:
        assert not unproved.look(path).proved
    except UserError as refused:
        assert path.name in str(refused)
    assert sorted(tmp_path.iterdir()) == before
    assert not list(tmp_path.parent.glob(f"**/{hostile_files.OUTSIDE}"))


def test_pages_of_a_copy_are_never_read(tmp_path: Path) -> None:
    """What a stranger signs may hold any page; the program shows the database alone."""
    path = hostile.sealed(tmp_path, hostile.good, more=hostile_files.PAGES)
    view = open_snapshot(path)
    assert view.proved and [table.name for table in view.tables] == ["person"]


def test_published_damaged_databases_are_refused(shared_data: Path, tmp_path: Path) -> None:
    files = sorted((shared_data / "nasty" / "sqlite").glob("*.sqlite"))
    assert files
    for file in files:
        data = file.read_bytes()

        def make(path: Path, data: bytes = data) -> None:
            path.write_bytes(data)

        path = hostile.sealed(tmp_path, make)
        assert not verify(path).ok, file.name
        with pytest.raises(UserError, match=path.name):
            unproved.look(path)
