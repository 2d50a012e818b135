"""A person erased leaves no byte but what the law keeps, and the journal stays whole."""

from __future__ import annotations

import datetime as dt
import filecmp
import sqlite3
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import make_url, select
from sqlalchemy.orm import Session

from db import erase as traces
from db import journal, search
from db.errors import Conflict, Erased, ReadOnly
from db.schema.access import Erasure
from db.schema.candidates import Candidate, SeatPlan
from db.schema.journal import change_log
from db.schema.meetings import AgendaItem, Attendance, Meeting
from db.schema.members import Body, Membership, Organisation, Person, Term
from db.schema.people import Affiliation, Consent, PersonAlias
from db.schema.posts import Post, PostHolding
from db.store import Store, usecase
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.members import access, erasing, erasing_preview, posts, usecases
from tests.haystack import Haystack

TODAY = dt.date(2022, 3, 17)
# No syllable and no pair of letters of these stands anywhere else in an office.
NAME, OTHER_NAME, OLD_NAME = "뷁쀏쒧", "긿쀎먊", "쬻뿙퀡"
PLANTED = {
    "name": NAME,
    "alias": OTHER_NAME,
    "old name": OLD_NAME,
    "hanja": "龘靐齉",
    "latin": "Qxzvw Jqxkz",
    "phone": "010-9182-7364",
    "old phone": "010-8273-6455",
    "email": "zqxj.vwkq@example.kr",
    "note": "뾰쭇 qzxnote 개인 사정",
    "seat post": "쀍쇍담당 qzxpost",
    "recommender": "쨹쀼추천 qzxreco",
    "number": "제쀨-qzxnum호",
    "seat note": "쎫쁅 qzxseat",
    "affiliation": "쪩쁆직 qzxaffi",
    "consent": "쨵쁇동의 qzxcons",
    "candidate": "쯃쁈후보 qzxcand",
    "candidate note": "쁊쯅 qzxcnote",
}


@usecase("Set the stage")
def stage(tx: Session) -> dict[str, int]:
    body = Body(
        position=1024, kind="committee", name_ko="위원회", name_en="C", short_ko="위", short_en="C"
    )
    organisation = Organisation(name_ko="가상단체")
    post = Post(name_ko="환경국장", position=1024)
    tx.add_all([body, organisation, post])
    tx.flush()
    term = Term(body_id=body.id, number=1, starts_on=dt.date(2021, 1, 1))
    tx.add(term)
    tx.flush()
    return {"body": body.id, "organisation": organisation.id, "post": post.id, "term": term.id}


@usecase("Plant a person")
def plant(tx: Session, *, there: dict[str, int]) -> int:
    person = Person(
        name=OLD_NAME,
        hanja=PLANTED["hanja"],
        latin=PLANTED["latin"],
        gender="female",
        phone=PLANTED["old phone"],
        email=PLANTED["email"],
        note=PLANTED["note"],
        birth_decade=1980,
        disability=False,
        youth=False,
        fictional=True,
    )
    tx.add(person)
    tx.flush()
    seat = Membership(
        person_id=person.id,
        body_id=there["body"],
        organisation_id=there["organisation"],
        capacity="appointed",
        post=PLANTED["seat post"],
        recommender=PLANTED["recommender"],
        appointment_number=PLANTED["number"],
        note=PLANTED["seat note"],
        starts_on=dt.date(2021, 7, 30),
        ends_on=dt.date(2023, 7, 29),
        letter_on=dt.date(2021, 7, 30),
        term_id=there["term"],
    )
    tx.add_all(
        [
            seat,
            PersonAlias(person_id=person.id, name=OTHER_NAME),
            Affiliation(
                person_id=person.id,
                organisation_id=there["organisation"],
                post=PLANTED["affiliation"],
            ),
            Consent(
                person_id=person.id,
                field="phone",
                purpose="contact",
                given_on=TODAY,
                note=PLANTED["consent"],
            ),
            Candidate(
                person_id=person.id,
                term_id=there["term"],
                channel="office",
                recommender=PLANTED["candidate"],
                note=PLANTED["candidate note"],
                position=1024,
            ),
            PostHolding(person_id=person.id, post_id=there["post"], starts_on=dt.date(2021, 1, 1)),
        ]
    )
    return person.id


@usecase("Plan a meeting")
def plan(tx: Session, *, body: int, day: dt.date, state: str = "planned") -> int:
    starts = dt.datetime.combine(day, dt.time(14), clock.KST)
    meeting = Meeting(body_id=body, title=f"{day:%m.%d.} 회의", starts_at=starts, state=state)
    tx.add(meeting)
    tx.flush()
    seats = select(Membership).where(Membership.body_id == body, Membership.starts_on <= day)
    for seat in tx.scalars(seats).all():
        if seat.ends_on is None or seat.ends_on >= day:
            sheet = Attendance(
                meeting_id=meeting.id, membership_id=seat.id, person_id=seat.person_id
            )
            tx.add(sheet)
    return meeting.id


@usecase("Write into an item")
def write_item(tx: Session, *, meeting: int, presenter: str, title: str = "안건") -> int:
    item = AgendaItem(
        meeting_id=meeting, position=1024, kind="report", title=title, presenter=presenter
    )
    tx.add(item)
    tx.flush()
    return item.id


@pytest.fixture
def planted(store: Store) -> tuple[Store, dict[str, int], int]:
    """An office with somebody in every table, whose entry was also undone and redone."""
    clock.fix(TODAY)
    there = store.run(stage).value
    person = store.run(plant, there=there).value
    store.undo()
    store.redo()
    store.run(usecases.edit_person, id=person, name=NAME, phone=PLANTED["phone"])
    store.undo()
    store.redo()
    return store, there, person


def forms(text: str) -> set[bytes]:
    """Every way a text may lie in a file."""
    return {
        unicodedata.normalize(form, said).encode(code)
        for form in ("NFC", "NFD")
        for said in (text, text.casefold(), search.fold(text))
        for code in ("utf-8", "utf-16-le", "utf-16-be")
    }


def pieces() -> set[str]:
    """The planted texts, and the pairs of Hangul that an index would keep of the names."""
    names = (NAME, OTHER_NAME, OLD_NAME)
    return set(PLANTED.values()) | {name[at : at + 2] for name in names for at in (0, 1)}


def files_of(store: Store, folder: Path) -> list[Path]:
    """The files an office lies in, and a later copy of it."""
    if store.office.dialect == "sqlite":
        office = Path(store.office.place)
        copy = folder / "later.gwbak"
        with sqlite3.connect(office) as connection:
            connection.execute("VACUUM INTO ?", (str(copy),))
        connection.close()
        assert not office.with_name(office.name + "-journal").exists()
        return [office, copy]
    with store.office.write.connect() as connection:
        connection.exec_driver_sql("SELECT 1")
        connection.info["permit"] = True
        connection.exec_driver_sql("CHECKPOINT")
        number = "SELECT oid FROM pg_database WHERE datname = current_database()"
        oid = connection.exec_driver_sql(number).scalar_one()
        place = connection.exec_driver_sql("SHOW data_directory").scalar_one()
        empty = "SELECT oid FROM pg_database WHERE datname = 'template_office'"
        blank = Path(place) / "base" / str(connection.exec_driver_sql(empty).scalar_one())
        connection.info["permit"] = False
    mine = [path for path in (Path(place) / "base" / str(oid)).iterdir() if path.is_file()]
    # What is still as it was copied from the empty office holds nobody.
    return [path for path in mine if not same(path, blank / path.name)]


def same(path: Path, other: Path) -> bool:
    try:
        return filecmp.cmp(path, other, shallow=False)
    except FileNotFoundError:
        return False


def content(path: Path) -> bytes:
    """Read a file; of those a server takes away at any moment (pg_internal.init) nothing is left."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""


def hits(store: Store, folder: Path, texts: set[str]) -> set[str]:
    """The texts that still lie in a file of the office."""
    held = [Haystack(content(path)) for path in files_of(store, folder)]
    return {text for text in texts for form in forms(text) if any(form in data for data in held)}


def head(store: Store) -> tuple[int, bytes]:
    with store.reading() as read:
        row = read.execute(select(change_log).order_by(change_log.c.id.desc()).limit(1)).one()
    return row.id, bytes(row.hash)


def whole(store: Store, anchor: tuple[int, bytes] | None = None) -> None:
    with store.reading() as read:
        assert journal.verify(read.connection(), anchor) == []
        assert search.differences(read.connection()) == []


def test_no_byte_of_a_person_is_left(planted, tmp_path: Path) -> None:
    store, _there, person = planted
    # The test itself must be able to see what it looks for.
    assert {NAME, PLANTED["email"], PLANTED["old phone"]} <= hits(store, tmp_path, pieces())
    (tmp_path / "later.gwbak").unlink(missing_ok=True)
    anchor = head(store)
    outcome = erasing.erase(store, id=person, reason="본인 요구")
    assert set(outcome.left) <= {"wal"}
    assert hits(store, tmp_path, pieces()) == set()
    whole(store, anchor)
    with store.reading() as read:
        stub = read.get_one(Person, person)
        assert (stub.name, stub.phone, stub.gender, stub.erased_on) == ("", "", None, TODAY)
        assert erasing.register(read) == [stub.uid]
        for kind in (PersonAlias, Affiliation, Consent, Candidate):
            assert read.scalars(select(kind)).all() == []
        assert search.find(read.connection(), NAME) == []


def test_a_seat_keeps_its_days_and_ends_on_the_eve(planted) -> None:
    store, there, person = planted
    held = store.run(plan, body=there["body"], day=dt.date(2021, 9, 1), state="closed").value
    ahead = store.run(plan, body=there["body"], day=dt.date(2022, 4, 1)).value
    erasing.erase(store, id=person)
    with store.reading() as read:
        seat = read.scalars(select(Membership)).one()
        assert (seat.starts_on, seat.ends_on) == (dt.date(2021, 7, 30), dt.date(2022, 3, 16))
        assert (seat.body_id, seat.role, seat.term_id) == (there["body"], "member", there["term"])
        blank = (seat.post, seat.note, seat.recommender, seat.appointment_number, seat.letter_on)
        assert blank == ("", "", "", "", None) and seat.organisation_id is None
        sheets = read.scalars(select(Attendance)).all()
        assert [(sheet.meeting_id, sheet.recorded_name) for sheet in sheets] == [(held, NAME)]
        assert ahead not in {sheet.meeting_id for sheet in sheets}
        assert read.scalars(select(PostHolding.ends_on)).one() == dt.date(2022, 3, 16)


@pytest.mark.file_only
def test_only_the_minutes_name_who_was_erased(planted, tmp_path: Path) -> None:
    store, there, person = planted
    store.run(plan, body=there["body"], day=dt.date(2021, 9, 1), state="closed")
    with store.reading() as read:
        known = erasing_preview.preview(read, id=person)
    (sheet,) = [line for line in known.stays if line.why == erasing_preview.MINUTES]
    assert (sheet.n, sheet.where) == (1, ("09.01. 회의",))
    erasing.erase(store, id=person)
    names = {NAME} | {NAME[at : at + 2] for at in (0, 1)}
    assert hits(store, tmp_path, pieces()) == names
    with store.reading() as read:
        traced = traces.rows_naming(read.connection(), [NAME], [])
    assert [(trace.table, trace.column) for trace in traced] == [("attendance", "recorded_name")]


def test_a_seat_that_has_not_begun_goes_with_what_refers_to_it(planted) -> None:
    store, there, person = planted

    @usecase("Appoint again")
    def appoint(tx: Session) -> None:
        old = tx.scalars(select(Membership)).one()
        new = Membership(
            person_id=person,
            body_id=there["body"],
            capacity="appointed",
            starts_on=dt.date(2023, 7, 30),
            replaces_id=old.id,
        )
        tx.add(new)
        tx.flush()
        tx.add(SeatPlan(term_id=there["term"], membership_id=new.id, position=1024))

    store.run(appoint)
    erasing.erase(store, id=person)
    with store.reading() as read:
        assert len(read.scalars(select(Membership)).all()) == 1
        assert read.scalars(select(SeatPlan.membership_id)).one() is None
    whole(store)


@pytest.mark.parametrize("sat_today", [False, True])
def test_the_post_of_who_was_erased_goes_on(store: Store, sat_today: bool) -> None:
    clock.fix(TODAY)
    there = store.run(stage).value
    first, second = (
        store.run(usecases.add_person, name=name, fictional=True).value for name in (NAME, "이예시")
    )
    body, post = there["body"], there["post"]
    since = dt.date(2021, 1, 1)
    store.run(posts.add_seat, post_id=post, body_id=body, starts_on=since, source="조례")
    store.run(posts.change_holder, post_id=post, person_id=first, on=since)
    if sat_today:
        store.run(plan, body=body, day=TODAY, state="closed")
    erasing.erase(store, id=first)
    store.run(posts.change_holder, post_id=post, person_id=second, on=dt.date(2022, 3, 18))
    last = TODAY if sat_today else dt.date(2022, 3, 16)
    with store.reading() as read:
        seats = read.execute(
            select(Membership.person_id, Membership.post, Membership.ends_on).order_by(
                Membership.id
            )
        ).all()
        ends = read.scalars(select(PostHolding.ends_on).order_by(PostHolding.id)).all()
    assert seats == [(first, "", last), (second, "환경국장", None)]
    assert ends == [last, None]


def test_steps_before_can_be_undone_or_say_that_they_were_erased(planted) -> None:
    store, there, person = planted
    meeting = store.run(plan, body=there["body"], day=dt.date(2022, 4, 1)).value
    store.run(usecases.add_organisation, name_ko="다른단체")
    entry = erasing.erase(store, id=person).entry
    assert store.undoable == "Add organisation"
    assert store.undo() is not None
    refused = []
    while store.undoable:
        try:
            store.undo()
        except Conflict as error:
            refused.append(type(error))
    # The meeting held a place for the person, and the stage bears the seat that stays.
    assert refused == [Erased, Erased, Erased, Conflict]
    with store.reading() as read:
        assert read.get_one(Person, person).name == "" and read.get_one(Meeting, meeting)
    with pytest.raises(Erased):
        store.undo(entry)
    whole(store)


@pytest.mark.file_only
def test_the_entry_holds_ids_alone(planted) -> None:
    store, _there, person = planted
    entry = erasing.erase(store, id=person, reason="본인 요구").entry
    (changes,) = store.since(entry - 1)
    assert changes.kind == "erase" and changes.touches("person", "membership", "consent")
    for row in changes.rows:
        for image in filter(None, (row.before, row.after)):
            assert all(name == "id" or name.endswith("_id") for name in image)
    assert changes.value == {"people": [person], "meetings": 0}


def test_who_was_merged_goes_too(planted) -> None:
    store, _there, person = planted

    @usecase("Merge")
    def merge(tx: Session) -> int:
        other = Person(name="뷂썎쾁", phone="010-1212-3434", fictional=True, merged_into_id=person)
        tx.add(other)
        tx.flush()
        return other.id

    other = store.run(merge).value
    erasing.erase(store, id=other)
    with store.reading() as read:
        assert read.scalars(select(Person.name)).all() == ["", ""]
        assert len(erasing.register(read)) == 2


def test_where_else_the_name_stands_is_listed_for_a_person_to_decide(planted) -> None:
    store, there, person = planted
    held = store.run(plan, body=there["body"], day=dt.date(2021, 9, 1), state="closed").value
    ahead = store.run(plan, body=there["body"], day=dt.date(2022, 4, 1)).value
    kept = store.run(write_item, meeting=held, presenter=f"{NAME} 위원").value
    open_item = store.run(
        write_item, meeting=ahead, presenter=unicodedata.normalize("NFD", NAME), title="보고"
    ).value
    number = PLANTED["phone"].replace("-", "")
    colleague = store.run(
        usecases.add_person, name="이예시", note=f"연락은 {number}", fictional=True
    ).value
    store.run(access.record_access, action="print", fields=["phone"], people=[1], reason=NAME)
    with store.reading() as read:
        known = erasing_preview.preview(read, id=person)
    found = {(row.table, row.id, row.column): row for row in known.mentions}
    assert set(found) == {
        ("access_record", 1, "reason"),
        ("agenda_item", kept, "presenter"),
        ("agenda_item", open_item, "presenter"),
        ("person", colleague, "note"),
    }
    assert found["agenda_item", kept, "presenter"].law is not None
    assert found["agenda_item", open_item, "presenter"].law is None
    assert found["agenda_item", open_item, "presenter"].title == "보고"
    assert known.histories == (colleague,)
    erasing.erase(store, id=person)
    with store.reading() as read:
        images = traces.images_naming(read.connection(), [NAME, PLANTED["phone"]], [person])
        assert {trace.table for _entry, _n, trace in images} == {"access_record", "person"}
        assert read.get_one(Person, colleague).note.endswith(number)
        assert access.verify(read) == []


def test_a_shared_telephone_names_nobody(store: Store) -> None:
    office = "062-613-1234"
    first, second = (
        store.run(
            usecases.add_person,
            name=name,
            phone=office,
            note="가상의 인물입니다, 예시",
            fictional=True,
        ).value
        for name in (NAME, "이예시")
    )
    with store.reading() as read:
        assert erasing_preview.preview(read, id=first).mentions == ()
    erasing.erase(store, id=first)
    with store.reading() as read:
        assert read.get_one(Person, second).phone == office


@pytest.mark.file_only
def test_a_reason_may_not_name_the_person(planted) -> None:
    store, _there, person = planted
    before = store.head()
    with pytest.raises(UserError):
        erasing.erase(store, id=person, reason=f"{NAME}님 요청")
    assert store.head() == before
    with pytest.raises(UserError):
        erasing.erase(store, id=999)


@pytest.mark.file_only
def test_an_old_copy_is_brought_in_line(planted, tmp_path: Path) -> None:
    store, _there, person = planted
    old = Store.create(tmp_path / "old.gwoffice")
    with store.reading() as read:
        uid = read.get_one(Person, person).uid

    @usecase("Restore")
    def restore(tx: Session) -> int:
        row = Person(uid=uid, name=NAME, fictional=True)
        tx.add_all([row, Person(name="이예시", fictional=True)])
        tx.flush()
        return row.id

    again = old.run(restore).value
    erasing.erase(store, id=person)
    with store.reading() as read:
        uids = erasing.register(read)
    assert erasing.reapply(old, uids) == 1 and erasing.reapply(old, uids) == 0
    with old.reading() as read:
        assert read.scalars(select(Person.name).order_by(Person.id)).all() == ["", "이예시"]
        assert read.get_one(Person, again).erased_on == TODAY
        assert read.scalars(select(Erasure.uid)).all() == [uid]
    old.close()


@pytest.mark.file_only
def test_erasing_again_only_cleans_up(planted) -> None:
    store, _there, person = planted
    erasing.erase(store, id=person)
    before = store.head()
    assert erasing.erase(store, id=person).entry == 0 and store.head() == before


def test_who_does_not_own_the_tables_is_told(new_postgres) -> None:
    url = new_postgres()
    with Store.open(url) as owner, owner.office.write.connect() as connection:
        connection.info["permit"] = True
        for statement in (
            "DROP ROLE IF EXISTS clerk",
            "CREATE ROLE clerk LOGIN",
            "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO clerk",
            "GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO clerk",
        ):
            connection.exec_driver_sql(statement)
        connection.commit()
    clerk = make_url(url).set(username="clerk").render_as_string(hide_password=False)
    with Store.open(clerk) as store:
        person = store.run(usecases.add_person, name=NAME, fictional=True).value
        assert erasing.erase(store, id=person).left == ("tables", "statistics", "wal")
    with Store.open(url) as owner, owner.office.write.connect() as connection:
        connection.info["permit"] = True
        connection.exec_driver_sql("DROP OWNED BY clerk")
        connection.exec_driver_sql("DROP ROLE clerk")
        connection.commit()


def test_an_office_that_is_only_read_erases_nothing(sqlite_store: Store) -> None:
    person = sqlite_store.run(usecases.add_person, name=NAME, fictional=True).value
    erasing.erase(sqlite_store, id=person)
    with Store.open(sqlite_store.office.place, write=False) as reader, pytest.raises(ReadOnly):
        erasing.erase(reader, id=person)


def test_a_held_office_is_erased_and_says_what_is_left(sqlite_store: Store) -> None:
    store = sqlite_store
    person = store.run(usecases.add_person, name=NAME, fictional=True).value
    reader: Any = sqlite3.connect(store.office.place)
    try:

        def hold(*_: object) -> None:
            reader.execute("BEGIN")
            reader.execute("SELECT count(*) FROM person").fetchone()

        scrub = store.scrub
        store.scrub = lambda: (hold(), scrub())[1]  # type: ignore[method-assign]
        with store.office.write.connect() as connection:
            raw: Any = connection.connection.driver_connection
            raw.execute("PRAGMA busy_timeout=50")
        outcome = erasing.erase(store, id=person)
    finally:
        reader.close()
    assert outcome.left == ("busy",) and outcome.entry
    assert scrub() == ()


def test_copies_beside_the_office_are_named(sqlite_store: Store) -> None:
    office = Path(sqlite_store.office.place)
    office.with_name(office.name + ".before-0001-0002.gwbak").write_bytes(b"")
    office.with_name("다른 사무국.gwoffice.before-0001-0002.gwbak").write_bytes(b"")
    person = sqlite_store.run(usecases.add_person, name=NAME, fictional=True).value
    outcome = erasing.erase(sqlite_store, id=person)
    assert outcome.backups == (office.name + ".before-0001-0002.gwbak",)


@pytest.mark.parametrize(
    ("held", "wanted", "found"),
    [
        ("위원 김가상", "김가상", True),
        ("위원장김가상님", "김가상", True),
        ("이수현", "이수", True),
        ("다이수", "이수", False),
        ("Anna Kim", "ann", False),
        ("Ann, Kim", "ann", True),
        ("tel 01091827364.", "010-9182-7364", True),
        ("010-9182-736", "010-9182-7364", False),
        (unicodedata.normalize("NFD", "김가상"), "김가상", True),
        ("", "김가상", False),
    ],
)
def test_a_text_names_somebody(held: str, wanted: str, found: bool) -> None:
    assert traces.says(held, wanted) is found
