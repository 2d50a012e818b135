"""A statement is compiled once for all engines of one kind of database, and right for each kind."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Select, event, select

from db.dialects import COMPILED
from db.engine import Office
from db.schema.members import Person
from db.store import Store


def compiled(office: Office, query: Select[Any]) -> tuple[int, str]:
    """Run a statement on each engine; return how many compilations were kept of it, and its SQL."""
    seen: list[str] = []
    before = len(COMPILED)
    for engine in (office.write, office.read, office.peek):
        event.listen(engine, "before_cursor_execute", lambda *a: seen.append(a[2]))
        with engine.connect() as connection:
            assert connection.execute(query).all() == []
    told = {sql for sql in seen if sql.startswith("SELECT person")}
    assert len(told) == 1
    return len(COMPILED) - before, told.pop()


def test_what_one_office_compiled_the_next_finds(store: Store, _empty_office: Path) -> None:
    odd = Person.name.label("a_name_no_other_statement_gives")
    query = select(Person.id, odd).where(Person.name == "가상").limit(1)
    COMPILED.clear()
    first = compiled(store.office, query)
    assert first[0] == 1
    assert compiled(store.office, query) == (0, first[1])


def test_the_databases_keep_their_own_sql(sqlite_store: Store, new_postgres: Any) -> None:
    query = select(Person.id).where(Person.name == "가상").limit(1)
    COMPILED.clear()
    count, of_file = compiled(sqlite_store.office, query)
    with Store.open(new_postgres()) as server:
        more, of_server = compiled(server.office, query)
        assert server.office.write.dialect != sqlite_store.office.write.dialect
    assert (count, more) == (1, 1)
    assert "?" in of_file and "%(" in of_server
