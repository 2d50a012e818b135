"""Evidence files are read again: what changed on the disk is found, said and blocks."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from db.store import Store
from gwangju_desktop import clock
from gwangju_desktop.errors import Cancelled, UserError
from gwangju_desktop.evidence import evidence, intake, integrity, queries
from gwangju_desktop.evidence.integrity import Occasion
from tests.gwangju_desktop.evidence.offices import Made, add, file, on_disk, plan


@pytest.fixture
def shelf(sqlite_store: Store, tmp_path: Path) -> tuple[Store, Made, list[int]]:
    """Two files of one plan, one of another."""
    made = plan(sqlite_store)
    plans = (made.plan, made.plan, made.other_plan)
    ids = [
        add(sqlite_store, file(tmp_path, f"증빙 {n}.pdf", b"%d" % n * 3000), of)
        for n, of in enumerate(plans)
    ]
    return sqlite_store, made, ids


def digest(store: Store, id: int) -> str:
    """Return the SHA-256 of a piece of evidence."""
    with store.reading() as read:
        return queries.evidence(read, id=id).sha256


def flip(path: Path) -> None:
    """Change one byte of a file, keeping its size and its time."""
    stat = path.stat()
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    import os

    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))


def test_whole_files_are_whole(store: Store, tmp_path: Path) -> None:
    made = plan(store)
    assert integrity.check(store).files == 0
    with store.reading() as read:
        assert queries.checks(read) == [] and not integrity.is_due(read)
    add(store, file(tmp_path, "가.pdf", b"a" * 3_000_000), made.plan)
    add(store, file(tmp_path, "나.pdf", b"b"), made.plan)
    told: list[tuple[int, int, str]] = []
    checked = integrity.check(store, progress=lambda *said: told.append(said))
    assert (checked.files, checked.bytes, checked.whole) == (2, 3_000_001, True)
    # A megabyte at a time, to the very end.
    assert len(told) == 4 and told[-1] == (3_000_001, 3_000_001, "나.pdf")
    with store.reading() as read:
        (row,) = queries.checks(read)
        assert (row.occasion, row.files, row.bytes, row.found) == ("asked", 2, 3_000_001, 0)
        assert integrity.broken(read) == []
    # What the office notes by itself is nothing to take back.
    assert str(store.undoable) == "Add evidence"
    store.undo()
    with store.reading() as read:
        assert len(queries.shelf(read)) == 1 and len(queries.checks(read)) == 1


def test_a_changed_byte_and_a_missing_file_are_named(
    shelf: tuple[Store, Made, list[int]], tmp_path: Path
) -> None:
    store, made, ids = shelf
    flip(on_disk(store, digest(store, ids[0])))
    on_disk(store, digest(store, ids[2])).unlink()
    checked = integrity.check(store)
    assert [fault.name for fault in checked.broken] == ["증빙 0.pdf"]
    assert [fault.titles for fault in checked.missing] == [("증빙 2",)]
    with store.reading() as read:
        assert integrity.broken(read) == [ids[0], ids[2]]
        assert integrity.broken(read, made.plan) == [ids[0]]
        states = {row.id: row.broken for row in queries.shelf(read)}
    assert states == {ids[0]: "broken", ids[1]: "", ids[2]: "missing"}
    with pytest.raises(UserError, match=r"증빙 0\.pdf(?!.*증빙 2)"):
        integrity.demand_whole(store, made.plan)
    with pytest.raises(UserError, match=r"증빙 0\.pdf, 증빙 2\.pdf"):
        integrity.demand_whole(store)
    # Reading one plan again forgets nothing of the other.
    integrity.check(store, made.plan)
    with store.reading() as read:
        assert integrity.broken(read) == [ids[0], ids[2]]
    # The very same file mends it, though its evidence stands already.
    intake.take_in(store.papers, tmp_path / "증빙 0.pdf")
    integrity.demand_whole(store, made.plan)
    with store.reading() as read:
        assert integrity.broken(read) == [ids[2]]
    # Or what cannot be mended is withdrawn; taking that back shows it broken again.
    store.run(evidence.remove_evidence, id=ids[2])
    integrity.demand_whole(store)
    with store.reading() as read:
        assert integrity.broken(read) == []


def test_a_truncated_a_longer_and_an_empty_file_are_broken(
    shelf: tuple[Store, Made, list[int]],
) -> None:
    store, _made, ids = shelf
    paths = [on_disk(store, digest(store, id)) for id in ids]
    paths[0].write_bytes(paths[0].read_bytes()[:-1])
    paths[1].write_bytes(paths[1].read_bytes() + b"x")
    paths[2].write_bytes(b"")
    told: list[tuple[int, int, str]] = []
    checked = integrity.check(store, progress=lambda *said: told.append(said))
    assert len(checked.broken) == 3
    assert all(done <= whole for done, whole, _name in told)


def test_a_demand_is_recorded_when_it_finds_something_new(
    shelf: tuple[Store, Made, list[int]],
) -> None:
    store, made, ids = shelf

    def occasions() -> list[str]:
        with store.reading() as read:
            return [row.occasion for row in queries.checks(read)]

    integrity.demand_whole(store, made.plan)
    assert occasions() == []
    flip(on_disk(store, digest(store, ids[0])))
    for _ in range(2):
        with pytest.raises(UserError):
            integrity.demand_whole(store, made.plan)
    assert occasions() == ["part"]
    with pytest.raises(UserError):
        integrity.demand_whole(store, occasion=Occasion.SNAPSHOT)
    assert occasions() == ["snapshot", "part"]
    on_disk(store, digest(store, ids[1])).unlink()
    with pytest.raises(UserError, match="증빙 1"):
        integrity.demand_whole(store, write=False)
    assert occasions() == ["snapshot", "part"]


def test_stopping_records_nothing(shelf: tuple[Store, Made, list[int]]) -> None:
    store, _made, _ids = shelf
    with pytest.raises(Cancelled):
        integrity.check(store, cancelled=lambda: True)
    with store.reading() as read:
        assert queries.checks(read) == []


def test_the_files_are_read_every_week_while_a_plan_is_open(
    shelf: tuple[Store, Made, list[int]],
) -> None:
    store, made, _ids = shelf
    clock.fix(dt.date(2022, 3, 11))
    with store.reading() as read:
        assert integrity.is_due(read) and integrity.last_check(read) is None
    # A part of the files is no weekly reading.
    integrity.check(store, made.plan)
    with store.reading() as read:
        assert integrity.is_due(read)
    integrity.check(store, occasion=Occasion.WEEKLY)
    with store.reading() as read:
        assert integrity.due_on(read, clock.today()) == dt.date(2022, 3, 18)
    clock.fix(dt.date(2022, 3, 17))
    with store.reading() as read:
        assert not integrity.is_due(read)
    clock.fix(dt.date(2022, 3, 18))
    with store.reading() as read:
        assert integrity.is_due(read)


def test_one_file_of_two_pieces_of_evidence_is_read_once(
    shelf: tuple[Store, Made, list[int]], tmp_path: Path
) -> None:
    store, made, ids = shelf
    again = add(store, tmp_path / "증빙 0.pdf", made.other_plan)
    assert integrity.check(store).files == 3
    on_disk(store, digest(store, again)).unlink()
    (fault,) = integrity.check(store).faults
    assert fault.evidence == (ids[0], again)
