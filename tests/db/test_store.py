"""The one door on both engines: whole or not at all, once, undoable, guarded."""

from __future__ import annotations

import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.orm import Session

from db import journal, search
from db.errors import Conflict, Locked
from db.schema.members import Body, BodyName, Person
from db.store import Store, usecase


@usecase("Add a person")
def add_person(tx: Session, *, name: str) -> int:
    person = Person(name=name, fictional=True)
    tx.add(person)
    tx.flush()
    return person.id


@usecase("Rename a person")
def rename_person(tx: Session, *, person_id: int, name: str) -> None:
    tx.get_one(Person, person_id).name = name


@usecase("Remove a person")
def remove_person(tx: Session, *, person_id: int) -> None:
    tx.delete(tx.get_one(Person, person_id))


@usecase("Add a body with names")
def add_body(tx: Session, *, names: list[str]) -> int:
    body = Body(
        position=1024, kind="committee", name_ko="가", name_en="A", short_ko="가", short_en="A"
    )
    body.names = [BodyName(kind="alias", name=name, language="en") for name in names]
    tx.add(body)
    tx.flush()
    return body.id


@usecase("Remove a body")
def remove_body(tx: Session, *, body_id: int) -> None:
    tx.delete(tx.get_one(Body, body_id))


@usecase("Fail half way")
def fail_half_way(tx: Session) -> None:
    tx.add(Person(name="반쯤", fictional=True))
    tx.flush()
    raise ValueError("half way")


@usecase("Sign", undoable=False)
def sign(tx: Session) -> int:
    return add_person(tx, name="서명")


def names(store: Store) -> list[str]:
    with store.reading() as read:
        return list(read.scalars(select(Person.name).order_by(Person.id)))


def whole(store: Store) -> None:
    """Assert that the chain verifies and the index says what the rows say."""
    with store.reading() as read:
        assert journal.verify(read.connection()) == []
        assert search.differences(read.connection()) == []


def test_run_undo_redo_write_back_rows_and_tokens(store: Store) -> None:
    made = store.run(add_person, name="김가상")
    with store.reading() as read:
        first = read.execute(select(Person.__table__)).all()
    store.run(rename_person, person_id=made.value, name="이가상")
    assert store.undoable == "Rename a person"
    store.undo()
    with store.reading() as read:
        assert read.execute(select(Person.__table__)).all() == first
    store.undo()
    assert names(store) == [] and store.undo() is None
    store.redo()
    store.redo()
    assert names(store) == ["이가상"] and store.redo() is None
    whole(store)


def test_a_failed_use_case_leaves_nothing(store: Store) -> None:
    head = store.head()
    with pytest.raises(ValueError, match="half way"):
        store.run(fail_half_way)
    assert names(store) == [] and store.head() == head and store.undoable is None


def test_the_same_command_is_carried_out_once(store: Store) -> None:
    first = store.run(add_person, name="한번", command="c" * 32)
    again = store.run(add_person, name="한번", command="c" * 32)
    assert again.replayed and again.value == first.value and names(store) == ["한번"]


def test_a_deleted_parent_comes_back_with_its_children(store: Store) -> None:
    body = store.run(add_body, names=["One", "Two", "Three"]).value
    with store.reading() as read:
        before = read.execute(select(BodyName.__table__).order_by(BodyName.id)).all()
    store.run(remove_body, body_id=body)
    with store.reading() as read:
        assert read.execute(select(BodyName.id)).all() == []
    store.undo()
    with store.reading() as read:
        assert read.execute(select(BodyName.__table__).order_by(BodyName.id)).all() == before
        assert search.find(read.connection(), "two") == [("body_name", before[1].id)]
    whole(store)


def test_undo_refuses_a_row_another_has_changed_and_forgets_the_entry(store: Store) -> None:
    person = store.run(add_person, name="김").value
    renamed = store.run(rename_person, person_id=person, name="이")
    store.run(rename_person, person_id=person, name="박")
    with pytest.raises(Conflict):
        store.undo(renamed.id)
    assert names(store) == ["박"]
    store.undo()
    assert names(store) == ["이"]


def test_an_undone_insert_does_not_give_its_id_away(store: Store) -> None:
    first = store.run(add_person, name="김").value
    store.undo()
    assert store.run(add_person, name="이").value != first


def test_a_step_that_leaves_the_office_bars_what_was_before(store: Store) -> None:
    store.run(add_person, name="김")
    store.run(sign)
    assert store.undoable is None and store.undo() is None


@pytest.mark.parametrize("way", ["text", "driver", "core", "bulk", "commit", "savepoint"])
def test_nothing_writes_past_the_journal(store: Store, way: str) -> None:
    def cheat(tx: Session) -> None:
        row = {"uid": "x", "name": "몰래", "version": 1, "fictional": True}
        rest = {"hanja": "", "latin": "", "phone": "", "email": "", "note": ""}
        if way == "text":
            tx.execute(text("DELETE FROM person"))
        elif way == "driver":
            tx.connection().exec_driver_sql("DELETE FROM person")
        elif way == "core":
            tx.execute(insert(Person.__table__), [row | rest])
        elif way == "bulk":
            tx.bulk_insert_mappings(Person, [row | rest])
        elif way == "commit":
            tx.add(Person(name="몰래", fictional=True))
            tx.commit()
        else:
            tx.begin_nested()

    with pytest.raises(RuntimeError):
        store.run(cheat)
    assert names(store) == []


def test_since_gives_entries_in_order_with_their_rows(store: Store) -> None:
    store.run(add_person, name="김")
    store.run(add_person, name="이")
    store.undo()
    found = store.since(0)
    assert [entry.id for entry in found] == [1, 2, 3]
    assert [entry.kind for entry in found] == ["do", "do", "undo"]
    after = found[0].rows[0].after
    assert after is not None and after["name"] == "김" and found[2].target == 2


def test_a_tampered_image_and_entry_are_found(store: Store) -> None:
    store.run(add_person, name="김")
    store.run(add_person, name="이")
    with store.office.write.begin() as connection:
        connection.info["permit"] = True
        body = "replace(body, '김', '최')"
        connection.exec_driver_sql(f"UPDATE row_change SET body = {body} WHERE change_id = 1")
        connection.exec_driver_sql("UPDATE change_log SET label = 'x' WHERE id = 2")
        connection.info["permit"] = False
    with store.reading() as read:
        faults = journal.verify(read.connection())
    assert faults == [(1, "changed image", 0), (2, "changed entry", None)]


def test_a_cut_tail_is_found_by_an_anchor_kept_outside(store: Store) -> None:
    store.run(add_person, name="김")
    store.run(add_person, name="이")
    with store.office.write.begin() as connection:
        anchor = connection.exec_driver_sql("SELECT hash FROM change_log WHERE id = 2").scalar_one()
        connection.info["permit"] = True
        connection.exec_driver_sql("DELETE FROM row_change WHERE change_id = 2")
        connection.exec_driver_sql("DELETE FROM change_log WHERE id = 2")
        connection.info["permit"] = False
    with store.reading() as read:
        assert journal.verify(read.connection()) == []
        assert journal.verify(read.connection(), (2, bytes(anchor))) != []


def test_a_second_opener_reads_and_is_told_who_writes(sqlite_store: Store) -> None:
    sqlite_store.run(add_person, name="김")
    path = sqlite_store.office.write.url.database
    assert path is not None
    with Store.open(path) as second:
        assert names(second) == ["김"]
        with pytest.raises(Locked, match="office"):
            second.run(add_person, name="이")
    sqlite_store.close()
    with Store.open(path) as third:
        assert third.why_read_only is None
        third.run(add_person, name="이")


def test_search_finds_syllables_initials_and_clusters(store: Store) -> None:
    made = store.run(add_person, name="에너지 광산")
    with store.reading() as read:
        connection = read.connection()
        for words in ("에너지", "너지광", "ㅇㄴㅈ", "ㅇㄵ", "산", "에"):
            assert search.find(connection, words) == [("person", made.value)], words
        for words in ("", "   ", "없는말", "%", "'", '"'):
            assert search.find(connection, words) == []
