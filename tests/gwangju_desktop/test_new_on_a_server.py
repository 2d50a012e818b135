"""A new office on a server is one transaction: whole, or the database is as it was."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from db.errors import DatabaseFault
from db.schema.office import Setting
from db.store import Store
from gwangju_desktop import clock, offices, settings
from gwangju_desktop.energy import catalogue
from tests.conftest import _administer, _connected, _database

NAME = "new_on_a_server"


@pytest.fixture
def empty(postgres: str) -> Iterator[str]:
    """The address of an empty database."""
    _administer(postgres, f"CREATE DATABASE {NAME}")
    yield _database(postgres, NAME)
    _administer(postgres, f"DROP DATABASE {NAME} WITH (FORCE)")


def held(url: str) -> int:
    """Count what another program finds in the database."""
    with _connected(url) as other:
        row = other.execute(
            "SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE n.nspname = 'public'"
        ).fetchone()
    assert row is not None
    return int(row[0])


def stopped(
    monkeypatch: pytest.MonkeyPatch, stop: Callable[[], None]
) -> Callable[[str], pytest.ExceptionInfo[BaseException]]:
    """Let the last step of making an office, which has written by then, be stopped."""

    real = settings.set_up

    def set_up(tx: Any) -> None:
        real(tx)
        tx.flush()
        stop()
        tx.connection().exec_driver_sql("SELECT 1")

    set_up.label = real.label  # type: ignore[attr-defined]

    def make(url: str) -> pytest.ExceptionInfo[BaseException]:
        with monkeypatch.context() as patch, pytest.raises((KeyError, DatabaseFault)) as caught:
            patch.setattr(settings, "set_up", set_up)
            offices.new_office(url)
        return caught

    return make


def test_what_fails_half_way_leaves_nothing_and_is_made_again(
    empty: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[int] = []

    def stop() -> None:
        seen.append(held(empty))
        raise KeyError("half way")

    stopped(monkeypatch, stop)(empty)
    assert [*seen, held(empty)] == [0, 0]
    offices.new_office(empty)
    assert held(empty) > 0 and clock.fixed() is None
    with offices.opened(empty) as store, store.reading() as read:
        assert settings.OFFICE_ID in read.scalars(select(Setting.key)).all()
        assert catalogue.set_up.label in {entry.label for entry in store.since(0)}
    with pytest.raises(FileExistsError):
        offices.new_office(empty)


def test_a_connection_cut_half_way_leaves_nothing(
    empty: str, postgres: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop() -> None:
        _administer(
            postgres,
            f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{NAME}'",
        )

    caught = stopped(monkeypatch, stop)(empty)
    assert isinstance(caught.value, DatabaseFault)
    assert held(empty) == 0


def test_papers_that_threads_bring_belong_to_the_one_transaction(
    empty: str, tmp_path: Path
) -> None:
    papers = [tmp_path / f"{n}.txt" for n in range(8)]
    for paper in papers:
        paper.write_text(paper.name)
    with Store.making(empty) as store, ThreadPoolExecutor(2) as pool:
        digests = list(pool.map(lambda path: store.papers.put(path.read_bytes()), papers))
        with store.reading() as read:
            assert not settings.value(read, settings.TODAY)
        assert held(empty) == 0
    with Store.open(empty) as store:
        assert [store.papers.path(one).read_text() for one in digests] == [p.name for p in papers]
