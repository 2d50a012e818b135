from __future__ import annotations

import time
from pathlib import Path

import pytest

from gwangju_desktop import text
from gwangju_desktop.errors import UserError
from gwangju_desktop.snapshots import reader, sqlite_file
from gwangju_desktop.snapshots.opening import open_snapshot
from gwangju_desktop.snapshots.verify import verify
from tests.gwangju_desktop.snapshots import hostile


def asked(path: Path, mode: str = "view") -> dict[str, object]:
    return {
        "mode": mode,
        "path": str(path),
        "seconds": 2.0,
        "schema": sqlite_file.schema_hash(hostile.SHAPES),
        "rows": hostile.ROWS,
    }


def test_an_honest_one_is_read(tmp_path: Path) -> None:
    path = hostile.sealed(tmp_path, hostile.good)
    assert verify(path).ok
    view = open_snapshot(path)
    people = next(t for t in view.tables if t.name == "person")
    assert people.total == 3 and people.ko == "사람"
    assert people.rows[0] == ("ID0", "가상0", 0)
    assert [c.is_label for c in people.columns] == [False, True, False]


@pytest.mark.parametrize("name", hostile.HOSTILE)
def test_a_hostile_database_is_refused_by_the_reader(name: str, tmp_path: Path) -> None:
    database = tmp_path / "inside.sqlite"
    database.touch()
    hostile.HOSTILE[name](database)
    start = time.process_time()
    for mode in ("check", "view"):
        answer = reader.read_task(asked(database, mode))
        assert answer["why"] == ("newer" if name == "newer format" else "broken"), name
    assert time.process_time() - start < 3


@pytest.mark.parametrize("name", ["endless view", "generated column", "blob of 300 MB", "trigger"])
def test_signed_by_a_stranger_it_is_a_problem_and_not_opened(name: str, tmp_path: Path) -> None:
    path = hostile.sealed(tmp_path, hostile.HOSTILE[name])
    start = time.monotonic()
    verdict = verify(path)
    # On a busy machine a child takes its time; what hangs would take all of it.
    assert time.monotonic() - start < 10
    assert not verdict.ok and path.name in str(verdict.problems[0])
    with pytest.raises(UserError):
        open_snapshot(path)


def test_a_view_cannot_act_even_where_the_schema_is_not_looked_at(tmp_path: Path) -> None:
    """The second wall: the authorizer, the limits and the clock, without the first."""
    for name in ("endless view", "view of joined views", "view with zeroblob", "view with regexp"):
        database = tmp_path / f"{name}.sqlite"
        database.touch()
        hostile.HOSTILE[name](database)
        start = time.process_time()
        opened = sqlite_file.open_foreign(database, seconds=1)
        with pytest.raises(sqlite_file.NotOurs), sqlite_file.blaming():
            list(sqlite_file.rows(opened, hostile.PEOPLE))
        opened.close()
        assert time.process_time() - start < 3


def test_the_clock_stops_a_long_reading(tmp_path: Path) -> None:
    database = tmp_path / "long.sqlite"
    database.touch()
    rows = [(f"{n:07}", "가상", n) for n in range(60_000)]
    sqlite_file.write(database, [(hostile.PEOPLE, rows)])
    opened = sqlite_file.open_foreign(database, seconds=0)
    with pytest.raises(sqlite_file.TooLong), sqlite_file.blaming():
        list(sqlite_file.rows(opened, hostile.PEOPLE))
    opened.close()


def test_taking_too_long_is_never_called_damage(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from gwangju_desktop.snapshots import verify as checks

    text.use("en")
    monkeypatch.setattr(checks, "SECONDS", 0.01)
    verdict = verify(hostile.sealed(tmp_path, hostile.good))
    assert not verdict.ok and "took too long" in str(verdict.problems[0])
