"""What is in the way, named by the office's own file; what a stranger left behind, survived."""

from __future__ import annotations

import errno
import shutil
import sqlite3
import sys
from pathlib import Path

import pytest

from db import journal, migrate
from db.errors import Damaged, ReadOnly, Unreachable
from db.store import Store
from tests.db.test_store import add_person, names

NOBODY = "postgresql+psycopg://nobody:secret@127.0.0.1:1/office"


def test_a_fault_names_the_file_and_not_the_drivers_words(sqlite_store: Store) -> None:
    path = Path(sqlite_store.office.place)
    sqlite_store.run(add_person, name="김")
    sqlite_store.office.dispose()
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + b"\xaa" * (len(whole) - 4096))
    with pytest.raises(Damaged) as told:
        names(sqlite_store)
    assert str(told.value) == str(path)


def test_a_store_for_reading_says_which_office_it_does_not_write(sqlite_store: Store) -> None:
    path = sqlite_store.office.place
    sqlite_store.close()
    with Store.open(path, write=False) as reader, pytest.raises(ReadOnly) as told:
        reader.run(add_person, name="김")
    assert str(told.value) == path


@pytest.mark.parametrize("door", [Store.create, Store.open])
def test_a_server_that_is_not_there_is_named_without_its_password(door: type[Store]) -> None:
    with pytest.raises(Unreachable) as told:
        door(NOBODY)
    assert "127.0.0.1" in str(told.value) and "secret" not in str(told.value)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows allows no such names")
def test_a_name_that_would_be_a_query_in_an_address_is_a_name(tmp_path: Path) -> None:
    path = tmp_path / "회의?mode=ro&x=1#%41@:.gwoffice"
    with Store.create(path) as made:
        made.run(add_person, name="김")
    with Store.open(path) as again:
        assert names(again) == ["김"]
    assert {one.name for one in tmp_path.iterdir()} <= {path.name, f"{path.name}.lock"}


def test_a_header_ahead_of_its_pages_is_mended_by_the_journal(sqlite_store: Store) -> None:
    """A power cut in a commit that makes the file longer: page 1 is written first."""
    path = Path(sqlite_store.office.place)
    sqlite_store.run(add_person, name="김")
    sqlite_store.close()
    torn = path.with_name("torn.gwoffice")
    with sqlite3.connect(path, isolation_level=None) as writer:
        writer.execute("PRAGMA cache_size=4")
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("CREATE TABLE filler (x)")
        writer.executemany("INSERT INTO filler VALUES (randomblob(3000))", [()] * 200)
        shutil.copy(path, torn)
        shutil.copy(f"{path}-journal", f"{torn}-journal")
        writer.execute("ROLLBACK")
    writer.close()
    with torn.open("r+b") as file:
        file.seek(28)
        file.write((torn.stat().st_size // 4096 + 50).to_bytes(4, "big"))
    migrate.look(torn)
    with Store.open(torn) as mended:
        assert names(mended) == ["김"]
    with torn.open("r+b") as file:
        file.truncate(8192)
    with pytest.raises(Damaged):
        migrate.look(torn)


@pytest.mark.parametrize(
    "harm",
    [
        "UPDATE change_log SET hash = 'text' WHERE id = 1",
        "UPDATE change_log SET hash = 1000000000000, prev = 7 WHERE id = 1",
        "UPDATE change_log SET at = x'ff' WHERE id = 1",
        "UPDATE row_change SET digest = 12, salt = NULL WHERE change_id = 1",
        "UPDATE row_change SET body = x'00ff' WHERE change_id = 1",
    ],
)
def test_values_of_another_type_are_breaks_and_no_exceptions(
    sqlite_store: Store, harm: str
) -> None:
    sqlite_store.run(add_person, name="김")
    with sqlite_store.office.write.begin() as connection:
        connection.info["permit"] = True
        connection.exec_driver_sql("PRAGMA ignore_check_constraints=1")
        connection.exec_driver_sql(harm)
        connection.info["permit"] = False
    with sqlite_store.reading() as read:
        found = journal.verify(read.connection())
    assert found and {one.entry for one in found} == {1}


def test_bytes_that_are_no_text_are_damage(sqlite_store: Store) -> None:
    sqlite_store.run(add_person, name="김")
    with sqlite_store.office.write.begin() as connection:
        connection.info["permit"] = True
        connection.exec_driver_sql("UPDATE person SET name = CAST(x'ff' AS TEXT)")
        connection.info["permit"] = False
    with pytest.raises(Damaged):
        names(sqlite_store)


def test_an_office_beside_which_no_lock_can_lie_is_read_and_no_more(
    sqlite_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Root may write anywhere, so the refusal of the system stands in for a read-only folder."""
    path = sqlite_store.office.place
    sqlite_store.close()

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", f"{path}.lock")

    monkeypatch.setattr("filelock.FileLock.acquire", refuse)
    with Store.open(path) as store:
        assert store.why_read_only == "" and names(store) == []
        with pytest.raises(ReadOnly) as told:
            store.run(add_person, name="가상")
    assert str(told.value) == path


def test_who_holds_an_office_is_told_in_plain_figures(sqlite_store: Store) -> None:
    path = sqlite_store.office.place
    with Store.open(path) as second:
        assert second.why_read_only is not None
        who, pc, since = second.why_read_only.split(" · ")
    assert who and pc and len(since) == len("2022-03-11 14:00") and since[10] == " "
