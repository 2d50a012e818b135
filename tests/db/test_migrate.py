"""What is opened, what is refused, and how an older office becomes a newer one."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import select, text

from db import journal, migrate
from db.engine import Office
from db.errors import Conflict, Damaged, NotAnOffice, OnNetwork, TooNew, TooOld
from db.lock import refuse_network
from db.schema.members import Person
from db.store import Store
from tests.db.test_store import add_person, names, whole

NEXT = '''"""A column more."""

import sqlalchemy as sa
from alembic import op

revision = "9999"
down_revision = "{head}"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("organisation", table_kwargs={"sqlite_autoincrement": True}) as table:
        table.add_column(sa.Column("note", sa.Text(), server_default="", nullable=False))
    {more}
'''


def path_of(store: Store) -> Path:
    database = store.office.write.url.database
    assert database is not None
    return Path(database)


def next_revision(tmp_path: Path, more: str = "pass") -> Path:
    """Return a migrations folder that knows one revision more than the program."""
    folder = tmp_path / "migrations"
    shutil.copytree(migrate.MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "versions" / "9999_more.py").write_text(
        NEXT.replace("{more}", more).replace("{head}", migrate.head()), encoding="utf-8"
    )
    return folder


def convert(store: Store, folder: Path) -> None:
    on_file = store.office.dialect == "sqlite"
    migrate.upgrade(store.office, path_of(store) if on_file else None, folder)


def schema_text(office: Office) -> list[str]:
    """Return the definition of every table and index, to compare a converted office with a new one."""
    with office.read.connect() as connection:
        rows = connection.exec_driver_sql(
            "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'search_fts_%'"
            " ORDER BY type, name"
        ).all()
    return [" ".join(row[0].split()) for row in rows]


def columns(office: Office) -> list[str]:
    from sqlalchemy import inspect

    with office.read.connect() as connection:
        return [column["name"] for column in inspect(connection).get_columns("organisation")]


def test_an_older_office_is_backed_up_and_converted(store: Store, tmp_path: Path) -> None:
    made = store.run(add_person, name="김가상")
    store.run(add_person, name="이가상")
    convert(store, next_revision(tmp_path))
    assert "note" in columns(store.office)
    assert names(store) == ["김가상", "이가상"]
    whole(store)
    with pytest.raises(Conflict, match="before the office was converted"):
        store.undo(made.id)
    if store.office.dialect == "sqlite":
        path = path_of(store)
        copy = path.with_name(f"{path.name}.before-{migrate.head()}-9999.gwbak")
        with sqlite3.connect(copy) as old:
            assert old.execute("SELECT count(*) FROM person").fetchone() == (2,)
        old.close()


def test_a_failed_conversion_leaves_the_office_as_it_was(store: Store, tmp_path: Path) -> None:
    store.run(add_person, name="김가상")
    before = columns(store.office)
    with pytest.raises(ZeroDivisionError):
        convert(store, next_revision(tmp_path, "1 / 0"))
    assert columns(store.office) == before
    assert names(store) == ["김가상"]
    store.run(add_person, name="이가상")
    whole(store)


def test_a_retry_keeps_the_first_good_copy(sqlite_store: Store, tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError):
        convert(sqlite_store, next_revision(tmp_path, "1 / 0"))
    path = path_of(sqlite_store)
    copy = path.with_name(f"{path.name}.before-{migrate.head()}-9999.gwbak")
    first = copy.read_bytes()
    sqlite_store.run(add_person, name="나중")
    shutil.rmtree(tmp_path / "migrations")
    convert(sqlite_store, next_revision(tmp_path))
    assert copy.read_bytes() == first


def test_a_converted_office_keeps_its_ids_from_coming_twice(
    sqlite_store: Store, tmp_path: Path
) -> None:
    convert(sqlite_store, next_revision(tmp_path))
    definition = [sql for sql in schema_text(sqlite_store.office) if "organisation" in sql]
    assert "AUTOINCREMENT" in definition[0] or any("AUTOINCREMENT" in sql for sql in definition)


def test_a_newer_office_is_refused(store: Store) -> None:
    with store.office.write.begin() as connection:
        connection.info["permit"] = True
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        connection.info["permit"] = False
    with pytest.raises(TooNew):
        migrate.upgrade(store.office, None)


def test_an_older_office_is_not_converted_by_a_reader(sqlite_store: Store, tmp_path: Path) -> None:
    with pytest.raises(TooOld):
        migrate.upgrade(sqlite_store.office, None, next_revision(tmp_path))


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", NotAnOffice),
        (b"SQLite", NotAnOffice),
        (b"PK\x03\x04" + bytes(200), NotAnOffice),
        (b"<html>" + bytes(200), NotAnOffice),
        (b"SQLite format 3\x00" + bytes(200), NotAnOffice),
    ],
)
def test_what_is_no_office_is_refused(
    tmp_path: Path, content: bytes, fault: type[Exception]
) -> None:
    path = tmp_path / "사무국.gwoffice"
    path.write_bytes(content)
    with pytest.raises(fault, match="사무국"):
        Store.open(path)
    assert path.read_bytes() == content
    assert [found.name for found in tmp_path.iterdir()] == [path.name]


def test_a_cut_office_is_damaged(sqlite_store: Store, tmp_path: Path) -> None:
    cut = tmp_path / "cut.gwoffice"
    cut.write_bytes(path_of(sqlite_store).read_bytes()[:-4096])
    with pytest.raises(Damaged, match="cut"):
        Store.open(cut)


def test_a_missing_office_is_missing(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        Store.open(tmp_path / "none.gwoffice")
    assert list(tmp_path.iterdir()) == []


def test_making_an_office_refuses_an_existing_file(tmp_path: Path) -> None:
    path = tmp_path / "office.gwoffice"
    path.write_bytes(b"mine")
    with pytest.raises(FileExistsError):
        Store.create(path)
    assert path.read_bytes() == b"mine"


def test_a_network_share_is_refused(tmp_path: Path) -> None:
    mounts = f"server:/x {tmp_path} nfs4 rw 0 0\ntmpfs / tmpfs rw 0 0\n"
    with pytest.raises(OnNetwork):
        refuse_network(tmp_path / "office.gwoffice", mounts)
    refuse_network(tmp_path / "office.gwoffice", mounts.replace("nfs4", "ext4"))


def test_the_models_and_the_made_office_agree(store: Store) -> None:
    """Compare what Alembic finds in a new office with the models: no drift."""
    from alembic.autogenerate import compare_metadata
    from alembic.runtime.migration import MigrationContext

    from db.base import Base

    with store.office.read.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "include_object": lambda _o, name, _k, _r, _c: (
                    not str(name).startswith("search_fts")
                )
            },
        )
        assert compare_metadata(context, Base.metadata) == [] or _only_ours(
            compare_metadata(context, Base.metadata)
        )


def _only_ours(found: list[object]) -> bool:
    """Allow the index of the full-text table, which each engine makes its own way."""
    return all("search_fts" in repr(one) or "alembic_version" in repr(one) for one in found)


def test_the_chain_is_one_over_a_conversion(store: Store, tmp_path: Path) -> None:
    store.run(add_person, name="김")
    convert(store, next_revision(tmp_path))
    store.run(add_person, name="이")
    with store.reading() as read:
        assert journal.verify(read.connection()) == []
        assert len(read.scalars(select(Person.id)).all()) == 2
    assert [entry.kind for entry in store.since(0)] == ["do", "migrate", "do"]
