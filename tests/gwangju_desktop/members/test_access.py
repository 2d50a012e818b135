"""Every look at contact data leaves one record that nothing changes."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from db.errors import Barred
from db.schema.access import AccessRecord
from db.store import Store, usecase
from gwangju_desktop import clock
from gwangju_desktop.members import access, usecases


def person(store: Store, name: str) -> int:
    return store.run(usecases.add_person, name=name, phone="010-1111-2222", fictional=True).value


def look(store: Store, *people: int, action: str = "reveal", reason: str = "") -> int:
    asked = {"fields": ["phone", "email", "phone"], "people": list(people), "reason": reason}
    return store.run(access.record_access, action=action, **asked).value


def test_a_record_says_who_did_what_with_whose_data_when_and_where(
    store: Store, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("USERNAME", "가상 주무관")
    first, second = person(store, "김가상"), person(store, "이예시")
    look(store, second, first, first, action="export", reason="소집통지")
    with store.reading() as read:
        (row,) = access.record_rows(read, ids=access.record_ids(read))
    assert row.people == ((first, "김가상"), (second, "이예시")) and row.count == 2
    assert (row.who, row.action, row.reason) == ("가상 주무관", "export", "소집통지")
    assert row.fields == ("email", "phone") and row.host
    assert abs(row.at - clock.now()) < dt.timedelta(minutes=1)
    file = tmp_path / "접속기록.csv"
    with store.reading() as read:
        assert access.write_records(read, path=file, action="export") == 1
    head, line = list(csv.reader(file.read_text("utf-8-sig").splitlines()))
    assert head[:3] == ["번호", "일시", "처리자"] and "+09:00" in line[1]
    assert line[4:8] == ["내보내기", "2", f"{first} {second}", "김가상, 이예시"]


def test_a_record_is_quiet(store: Store) -> None:
    someone = person(store, "김가상")
    store.run(usecases.edit_person, id=someone, name="이가상")
    store.undo()
    look(store, someone)
    assert (store.undoable, store.redoable) == ("Add person", "Edit person")
    store.redo()
    look(store, someone)
    store.undo()
    store.undo()
    assert store.undoable is None
    with store.reading() as read:
        assert len(access.record_ids(read)) == 2 and access.verify(read) == []


@pytest.mark.file_only
def test_without_people_nothing_is_written(store: Store) -> None:
    head = store.head()
    assert look(store) == 0 and store.head() == head


@usecase("Whitewash")
def whitewash(tx: Session, *, id: int) -> None:
    tx.get_one(AccessRecord, id).people = []


@usecase("Shred")
def shred(tx: Session, *, id: int) -> None:
    tx.delete(tx.get_one(AccessRecord, id))


@pytest.mark.parametrize("way", [whitewash, shred])
@pytest.mark.file_only
def test_no_use_case_changes_or_deletes_a_record(store: Store, way) -> None:
    record = look(store, person(store, "김가상"))
    with pytest.raises(RuntimeError, match="only ever added"):
        store.run(way, id=record)
    with pytest.raises(Barred):
        store.undo(store.head())


@pytest.mark.parametrize(
    "tamper",
    [
        "UPDATE access_record SET who = 'nobody'",
        "DELETE FROM access_record",
        "UPDATE row_change SET body = replace(body, 'reveal', 'copy') WHERE tbl = 'access_record'",
        "UPDATE access_record SET id = id + 1",
        "UPDATE access_record SET people = 'nobody'",
    ],
)
def test_a_record_changed_behind_the_programs_back_is_found(store: Store, tamper: str) -> None:
    look(store, person(store, "김가상"))
    with store.office.write.begin() as connection:
        connection.info["permit"] = True
        connection.exec_driver_sql(tamper)
        connection.info["permit"] = False
    with store.reading() as read:
        assert access.verify(read)


def test_records_are_found_by_person_action_and_days(store: Store) -> None:
    people = [person(store, name) for name in ("김가상", "이예시", "박보기")]
    records = {}
    for day, who, action in ((1, 0, "reveal"), (2, 1, "copy"), (3, 0, "print"), (3, 2, "export")):
        clock.fix(dt.date(2022, 3, day))
        records[day, who] = look(store, people[who], action=action)

    def ids(**asked: object) -> list[int]:
        with store.reading() as read:
            return list(access.record_ids(read, **asked))

    assert ids() == [records[3, 2], records[3, 0], records[2, 1], records[1, 0]]
    assert ids(words="ㄱㄱㅅ") == [records[3, 0], records[1, 0]]
    assert ids(words="예시", action="copy") == [records[2, 1]]
    assert ids(words="없음") == []
    days = {"since": dt.date(2022, 3, 2), "until": dt.date(2022, 3, 2)}
    assert ids(**days) == [records[2, 1]]
    assert ids(sort="action", descending=False)[0] == records[2, 1]


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("010-5555-1234", "010-****-1234"),
        ("01055551234", "010****1234"),
        ("062-613-1234", "062-***-1234"),
        ("02-555-1234", "02-***-1234"),
        ("613-1234", "***-1234"),
        ("+82-10-5555-1234", "+82-10-****-1234"),
        ("010 5555 1234, 062-613-4321", "010 **** 1234, 062-***-4321"),
        ("1234", "****"),
        ("010-5555-1234 (가상)", "010-****-1234"),
        ("(062) 613-1234 (내선 12)", "(062) ***-1234"),
        ("", ""),
        ("kim@example.kr", "***@*******.**"),
    ],
)
def test_a_masked_number_keeps_its_shape(number: str, shown: str) -> None:
    assert access.masked_phone(number) == shown


@given(st.from_regex(r"\A0[0-9]{1,2}[- .]?[0-9]{3,4}[- .]?[0-9]{4}\Z"))
def test_a_masked_number_hides_three_figures_at_least(number: str) -> None:
    assert access.masked_phone(number).count("*") >= 3
    assert access.masked_phone(number)[-4:] == number[-4:]


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("hong.gd@example.kr", "ho***@example.kr"),
        ("kim@example.kr", "k***@example.kr"),
        ("a@b@example.kr", "a***@example.kr"),
        ("no address", "***"),
        ("@example.kr", "***"),
        ("", ""),
    ],
)
def test_a_masked_address_keeps_its_host(address: str, shown: str) -> None:
    assert access.masked_email(address) == shown
