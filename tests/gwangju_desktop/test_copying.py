"""An office goes from a file to a server and back, and is the same to the last bit."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import random
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from db import journal, transfer
from db.engine import permit
from db.errors import Locked
from db.schema.energy import Reading, Series
from db.schema.members import Body, Person
from db.store import Store, usecase
from gwangju_desktop import check, search_records
from gwangju_desktop.cli import main
from gwangju_desktop.copying import copy_office
from gwangju_desktop.errors import Cancelled, UserError
from gwangju_desktop.members import usecases
from tests.conftest import _administer, _connected, _database

NAME = "copied_office"
# The index is made anew and may count its rows otherwise.
MADE_ANEW = ("search_doc", "search_fts")


@pytest.fixture
def empty(postgres: str) -> Iterator[str]:
    """The address of an empty database."""
    _administer(postgres, f"CREATE DATABASE {NAME}")
    yield _database(postgres, NAME)
    _administer(postgres, f"DROP DATABASE {NAME} WITH (FORCE)")


def tables_of(url: str) -> int:
    """Count what another program finds in a database."""
    with _connected(url) as other:
        row = other.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()
    assert row is not None
    return int(row[0])


def raw(path: Path) -> dict[str, list[str]]:
    """Return every row of a file, as another program reads it."""
    with contextlib.closing(sqlite3.connect(path)) as connection:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        return {
            name: sorted(map(repr, connection.execute(f'SELECT * FROM "{name}"')))
            for (name,) in names
            if not name.startswith(MADE_ANEW)
        }


def files(path: Path) -> dict[str, bytes]:
    return {one.name: one.read_bytes() for one in Path(f"{path}.files").glob("??/*")}


def odd_texts(count: int) -> list[str]:
    """Return texts of every kind but with NUL, always the same."""
    chance = random.Random(2022)
    kinds = (
        (0x01, 0x7F),
        (0x80, 0x2FF),
        (0x300, 0x36F),
        (0x1100, 0x11FF),
        (0x2000, 0x206F),
        (0xAC00, 0xD7A3),
        (0xE000, 0xF8FF),
        (0xFF00, 0xFFEF),
        (0x1F300, 0x1FAFF),
        (0x10FF00, 0x10FFFF),
    )
    made = ["", " ", "\t\n\r", "\\N", "\\.", "'\"", "한" * 30_000, "가나", "가나"]
    while len(made) < count:
        low, high = chance.choice(kinds)
        made.append("".join(chr(chance.randint(low, high)) for _ in range(chance.randint(1, 40))))
    return made


@usecase("Add odd rows")
def add_odd_rows(tx: Session) -> None:
    """Add what a program that copies rows may stumble over."""
    for text in odd_texts(120):
        tx.add(Person(name=text[:40] or "이름 없음", note=text, hanja=text, fictional=True))
    tx.add(Person(name="가상", fictional=True, disability=None, youth=True, birth_decade=1970))
    tx.add(Person(name="가상", fictional=True, erased_on=dt.date(1, 1, 1)))
    first, last = Body(**body("가")), Body(**body("나", founded_on=dt.date(9999, 12, 31)))
    tx.add_all([first, last])
    tx.flush()
    # It refers to a row that comes after it.
    first.parent_id = last.id
    gone = Person(name="마지막", fictional=True)
    tx.add(gone)
    tx.flush()
    tx.delete(gone)
    tx.flush()
    series = tx.scalars(select(Series).limit(1)).one()
    numbers = (0.1 + 0.2, -0.0, 5e-324, 1.7976931348623157e308, 2.0, 1e-7, -1 / 3)
    dataset = tx.scalars(select(Reading.dataset_id).limit(1)).one()
    with permit(tx.connection()):
        for at, value in enumerate(numbers):
            tx.connection().execute(
                insert(Reading),
                {"series_id": series.id, "period": 190001 + at, "value": value, "summed": False}
                | {"status": "final", "dataset_id": dataset},
            )


def body(name: str, **more: Any) -> dict[str, Any]:
    return {"position": 900, "kind": "group", "name_ko": name, "name_en": name} | {
        "short_ko": name,
        "short_en": name,
        **more,
    }


@pytest.fixture
def odd_office(sample_copy: Path) -> Path:
    """The sample with odd rows in it."""
    with Store.open(sample_copy) as store:
        store.run(add_odd_rows)
        store.undo()
        store.redo()
    return sample_copy


def contents(where: str | Path) -> dict[str, transfer.Content]:
    with Store.open(where) as store, store.reading() as read:
        return transfer.contents(read.connection(), lambda done: None)


def test_there_and_back_it_is_the_same_office(odd_office: Path, empty: str, tmp_path: Path) -> None:
    before = raw(odd_office)
    steps: list[tuple[int, int, str]] = []
    there = copy_office(odd_office, empty, progress=lambda *step: steps.append(step))
    assert (there.missing, there.breaks) == ([], [])
    assert there.tables == contents(odd_office) == contents(empty)
    back = tmp_path / "돌아온 사무국.gwoffice"
    assert copy_office(empty, back).tables == there.tables
    assert raw(back) == before == raw(odd_office)
    assert files(back) == files(odd_office) and len(files(back)) == there.files > 5
    assert there.rows > 10_000 and there.entries == len(before["change_log"])
    # Each step began and came to its end.
    for step in dict.fromkeys(step for _, _, step in steps):
        told = [(done, total) for done, total, one in steps if one == step]
        assert told[0][0] == 0 and told[-1][0] == told[-1][1]
    with Store.open(odd_office) as store:
        # Readings that came by no import are told, and nothing else.
        wrong = check.check(store)
    assert {finding.what for finding in wrong} <= {FIGURES}
    with Store.open(empty) as server, Store.open(back) as file:
        for store in (server, file):
            assert check.check(store) == wrong
            with store.reading() as read:
                assert journal.verify(read.connection()) == []
                assert read.scalars(select(Reading.value).where(Reading.period == 190001)).one()
        with server.reading() as one, file.reading() as other:
            words = "기후위기"
            found = [
                sorted((hit.table, hit.id) for hit in search_records.find(read, words=words))
                for read in (one, other)
            ]
        assert found[0] == found[1] != []
        # No number is given twice, not that of a row which is gone either.
        made = [
            store.run(usecases.add_body, name_ko="새 위원회", seats=9) for store in (server, file)
        ]
        assert made[0].value == made[1].value


FIGURES = "A figure of an energy indicator is not that of its readings"


def test_digests_see_every_change(odd_office: Path) -> None:
    before = contents(odd_office)
    with contextlib.closing(sqlite3.connect(odd_office)) as connection:
        connection.execute("UPDATE person SET note = note || ' ' WHERE id = 1")
        connection.execute("UPDATE reading SET value = 0.3 WHERE period = 190001")
        connection.execute("UPDATE sqlite_sequence SET seq = seq + 1 WHERE name = 'meeting'")
        connection.execute(
            "UPDATE setting SET value = (SELECT b.value FROM setting b WHERE b.id = 3 - setting.id)"
            " WHERE id IN (1, 2)"
        )
        connection.commit()
    assert transfer.differing(before, contents(odd_office)) == [
        "meeting",
        "person",
        "reading",
        "setting",
    ]


@pytest.mark.parametrize("step", [0, 1, 2])
def test_a_copy_that_is_stopped_leaves_nothing(
    sample_copy: Path, empty: str, tmp_path: Path, step: int
) -> None:
    def stop_at(target: str | Path) -> None:
        seen: list[str] = []

        def progress(done: int, total: int, what: str) -> None:
            if what not in seen:
                seen.append(what)

        with pytest.raises(Cancelled):
            copy_office(sample_copy, target, progress=progress, cancelled=lambda: len(seen) > step)

    stop_at(empty)
    assert tables_of(empty) == 0
    before = sorted(path.name for path in tmp_path.iterdir())
    stop_at(tmp_path / "half.gwoffice")
    assert sorted(path.name for path in tmp_path.iterdir()) == before


def test_nothing_is_written_over(
    sample_copy: Path, new_postgres: Callable[[], str], tmp_path: Path
) -> None:
    url = new_postgres()
    there = tmp_path / "there.gwoffice"
    there.write_bytes(b"")
    beside = tmp_path / "beside.gwoffice"
    Path(f"{beside}.files").mkdir()
    for target in (url, there, beside):
        with pytest.raises(FileExistsError):
            copy_office(sample_copy, target)
    with pytest.raises(FileNotFoundError):
        copy_office(tmp_path / "nowhere.gwoffice", tmp_path / "new.gwoffice")
    with pytest.raises(UserError):
        copy_office(sample_copy, "mysql://secretary:secret@server/office")


def test_a_file_that_somebody_writes_to_is_refused(sample_copy: Path, tmp_path: Path) -> None:
    with Store.open(sample_copy), pytest.raises(Locked):
        copy_office(sample_copy, tmp_path / "new.gwoffice")
    assert not (tmp_path / "new.gwoffice").exists()


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        ("meeting", "place", "a\0b"),
        ("stored_file", "clean", "f" * 65),
        ("person", "name", "".join(map(chr, range(0xAC00, 0xD7A3)))),
    ],
)
def test_what_a_server_cannot_hold_is_named(
    sample_copy: Path, empty: str, table: str, column: str, value: str
) -> None:
    with contextlib.closing(sqlite3.connect(sample_copy)) as connection:
        connection.execute(f"UPDATE {table} SET {column} = ? WHERE id = 2", (value,))
        connection.commit()
    with pytest.raises(UserError) as caught:
        copy_office(sample_copy, empty)
    assert caught.value.values == {"table": table, "column": column, "key": "2"}
    assert tables_of(empty) == 0


def test_a_spoilt_paper_is_told_and_a_spoilt_copy_is_none(
    sample_copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper = max(Path(f"{sample_copy}.files").glob("??/*"))
    paper.chmod(0o600)
    paper.write_bytes(b"other")
    done = copy_office(sample_copy, tmp_path / "new.gwoffice")
    assert done.missing == [paper.name]
    assert paper.name not in files(tmp_path / "new.gwoffice")

    real = transfer._set_last

    def forgets(connection: Any, table: Any, last: int) -> None:
        real(connection, table, last)
        if table.name == "person":
            with permit(connection):
                connection.execute(update(table).where(table.c.id == 1).values(note="verdorben"))

    monkeypatch.setattr(transfer, "_set_last", forgets)
    with pytest.raises(UserError) as caught:
        copy_office(sample_copy, tmp_path / "spoilt.gwoffice")
    assert "person" in str(caught.value)
    assert not (tmp_path / "spoilt.gwoffice").exists()


def test_others_write_on_and_the_copy_is_of_one_moment(
    new_postgres: Callable[[], str], tmp_path: Path
) -> None:
    url = new_postgres()
    with Store.open(url) as store:
        store.run(usecases.add_body, name_ko="먼저 있던 위원회", seats=9)
        head = store.head()

        def write_on(done: int, total: int, what: str) -> None:
            if store.head() == head:
                store.run(usecases.add_body, name_ko="나중 위원회", seats=9)

        done = copy_office(url, tmp_path / "new.gwoffice", progress=write_on)
        assert done.entries == head < store.head()
    with Store.open(tmp_path / "new.gwoffice") as copy, copy.reading() as read:
        assert read.scalars(select(Body.name_ko)).all() == ["먼저 있던 위원회"]


def test_the_command_copies_a_file_too(
    sqlite_store: Store, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sqlite_store.run(usecases.add_body, name_ko="예시 위원회", seats=9)
    source = sqlite_store.office.place
    sqlite_store.close()
    target = tmp_path / "사본.gwoffice"
    assert main(["copy", source, str(target), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["office"] == str(target)
    assert told["tables"]["body"]["rows"] == 1 and len(told["tables"]["body"]["digest"]) == 64
    assert (told["entries"], told["files"], told["journal_whole"]) == (1, 0, True)
    assert main(["copy", source, str(target)]) == 1
    assert str(target) in capsys.readouterr().err
    assert main(["copy", source, str(tmp_path / "zwei.gwoffice")]) == 0
    assert "같습니다" in capsys.readouterr().out
