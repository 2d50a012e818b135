"""Each role on a real server tries what it may and what it may not."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from sqlalchemy import select

from db import journal, rights
from db.errors import Forbidden, ReadOnly, Unconverted
from db.schema.commitments import Commitment
from db.schema.members import Person
from db.schema.proposals import Proposer
from db.store import Store
from gwangju_desktop import check
from gwangju_desktop.cli import main
from gwangju_desktop.commitments import progress
from gwangju_desktop.copying import copy_office
from gwangju_desktop.errors import UserError
from gwangju_desktop.members import erasing, usecases
from gwangju_desktop.server import sound
from gwangju_desktop.server.roles import Role, may_write, signed_in
from gwangju_desktop.server.scripts import login_script, roles_script
from gwangju_desktop.snapshots import policy
from tests.conftest import _administer
from tests.gwangju_desktop.server.conftest import OFFICE, PERSON

SECRETARY, DEPARTMENT = {"secretary"}, {"secretary", "department"}
ALL = {role.value for role in Role}
# What somebody might try, and who may.
TRIES: tuple[tuple[str, set[str]], ...] = (
    ("SELECT name, phone FROM person", ALL),
    ("SELECT phone FROM public.person", SECRETARY),
    ("SELECT address FROM public.proposer", SECRETARY),
    ("SELECT sealed FROM public.signing_key", SECRETARY),
    ("SELECT body FROM public.row_change", SECRETARY),
    ("SELECT body FROM row_change", ALL),
    ("SELECT * FROM change_log", ALL),
    ("SELECT * FROM access_record", ALL),
    ("UPDATE change_log SET who = 'x'", set()),
    ("DELETE FROM change_log", set()),
    ("TRUNCATE change_log, row_change", set()),
    ("DELETE FROM public.row_change", set()),
    ("UPDATE public.row_change SET tbl = 'x'", set()),
    ("UPDATE public.row_change SET salt = NULL, body = NULL WHERE false", SECRETARY),
    ("UPDATE row_change SET body = NULL", SECRETARY),
    ("UPDATE access_record SET reason = ''", set()),
    ("DELETE FROM access_record", set()),
    ("DELETE FROM erasure", set()),
    ("UPDATE alembic_version SET version_num = '0'", set()),
    ("UPDATE setting SET value = value", SECRETARY),
    ("DELETE FROM ballot WHERE false", SECRETARY),
    ("UPDATE public.person SET phone = ''", SECRETARY),
    ("UPDATE person SET phone = ''", SECRETARY),
    ("DELETE FROM proposal WHERE false", SECRETARY),
    ("INSERT INTO public.proposer SELECT * FROM public.proposer WHERE false", SECRETARY),
    ("UPDATE progress_note SET text = text", DEPARTMENT),
    ("UPDATE action SET result = result", DEPARTMENT),
    ("DELETE FROM action WHERE false", SECRETARY),
    ("DELETE FROM evidence WHERE false", SECRETARY),
    ("SELECT nextval('progress_note_id_seq')", DEPARTMENT),
    ("SELECT nextval('person_id_seq')", SECRETARY),
    ("CREATE TEMP TABLE staged (a int)", SECRETARY),
    ("CREATE TABLE mine (a int)", set()),
    ("CREATE SCHEMA mine", set()),
    ("CREATE VIEW without_contacts.person2 AS SELECT 1", set()),
    ("ALTER TABLE person ADD mine int", set()),
    ("DROP TABLE public.draft", set()),
    ("DROP SCHEMA without_contacts CASCADE", set()),
    ("CREATE ROLE mine", set()),
    ("GRANT gwangju_secretary TO CURRENT_USER", set()),
    ("SET ROLE gwangju_migrator", set()),
    ("SELECT rolpassword FROM pg_authid", set()),
    ("COPY progress_note TO PROGRAM 'cat'", set()),
    ("SELECT pg_read_file('PG_VERSION')", set()),
)


def plain(url: str) -> str:
    return url.replace("postgresql+psycopg://", "postgresql://", 1)


@pytest.mark.parametrize("role", [role.value for role in Role])
def test_each_role_may_do_what_it_needs_and_no_more(
    office_as: Callable[[str], str], role: str
) -> None:
    wrong = []
    with psycopg.connect(plain(office_as(role))) as connection:
        for statement, who in TRIES:
            try:
                connection.execute(statement)
                done = True
            except (psycopg.errors.InsufficientPrivilege, psycopg.errors.FeatureNotSupported):
                done = False
            except psycopg.errors.ObjectNotInPrerequisiteState:
                done = False  # A view that is made of what it hides cannot be written through.
            finally:
                connection.rollback()
            if done != (role in who):
                wrong.append(statement)
    assert wrong == []


def test_no_table_is_written_by_who_only_reads(office_as: Callable[[str], str]) -> None:
    asked = (
        "SELECT c.oid::regclass::text FROM pg_class c WHERE c.relkind IN ('r', 'p', 'v', 'S')"
        " AND c.relnamespace::regnamespace::text IN ('public', 'without_contacts')"
        " AND (relkind = 'S' AND has_sequence_privilege(c.oid, 'USAGE, UPDATE') OR relkind <> 'S'"
        " AND has_table_privilege(c.oid, 'INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER'))"
    )
    for role in rights.READS:
        with psycopg.connect(plain(office_as(role))) as connection:
            assert connection.execute(asked).fetchall() == []


def test_every_contact_of_the_disclosure_policy_is_hidden() -> None:
    hidden = {(table, column) for table, columns in rights.HIDDEN.items() for column in columns}
    private = {
        (table.name, column.name)
        for table in policy.load().tables.values()
        for column in table.columns
        if column.ground in ("contact", "secret") and column.action == "drop"
    }
    secrets = {one for one in private if one[0] != "setting"}
    assert secrets <= hidden
    assert ("person", "phone") in secrets


@pytest.mark.parametrize("role", [role.value for role in Role])
def test_the_program_knows_who_is_signed_in_and_reads_as_usual(
    office_as: Callable[[str], str], role: str
) -> None:
    with Store.open(office_as(role)) as store, store.reading() as read:
        here = signed_in(read)
        assert (here.login, here.name, here.role) == (f"trial_{role}", PERSON, role)
        assert journal.verify(read.connection()) == []
        assert may_write(here.role) == (role in DEPARTMENT)
        people = read.scalars(select(Person)).all()
        assert len({person.name for person in people}) > 10
        contacts = {text for person in people for text in (person.phone, person.email)}
        contacts |= {one.address for one in read.scalars(select(Proposer))}
        assert (contacts - {""} != set()) == (role == "secretary")
        entries = store.since(0, 10_000)
        assert len(entries) == store.head()
        told = [row.after for entry in entries for row in entry.rows if row.table == "person"]
        assert (told[0] is not None) == (role == "secretary")


def test_who_owns_the_office_has_no_role_and_the_office_is_whole(
    office_as: Callable[[str], str],
) -> None:
    with Store.open(office_as("migrator")) as store:
        with store.reading() as read:
            here = signed_in(read)
        assert (here.login, here.role) == ("gwangju_migrator", "")
        assert here.name == "gwangju_migrator"
        assert check.check(store) == []


def test_a_department_writes_its_part_through_the_same_door(
    office_as: Callable[[str], str],
) -> None:
    with Store.open(office_as("department"), who="가상 담당") as store:
        with store.reading() as read:
            number = read.scalars(select(Commitment.id).limit(1)).one()
        made = store.run(progress.add_note, commitment_id=number, text="예시 공정률 40 %")
        store.run(progress.edit_note, note_id=made.value, text="예시 공정률 45 %")
        undone = store.undo()
        assert undone is not None and undone.rows[0].table == "progress_note"
        head = store.head()
        with pytest.raises(Forbidden):
            store.run(usecases.add_body, name_ko="예시 위원회", seats=9)
        assert store.head() == head
        store.run(progress.remove_note, note_id=made.value)
        with store.reading() as read:
            assert journal.verify(read.connection()) == []


@pytest.mark.parametrize("role", sorted(rights.READS))
def test_who_only_reads_is_told_so(office_as: Callable[[str], str], role: str) -> None:
    with Store.open(office_as(role)) as store:
        store.why_read_only = None  # A program that would not know its role.
        with pytest.raises(Forbidden):
            store.run(usecases.add_body, name_ko="예시 위원회", seats=9)


def test_the_secretariat_erases_and_the_rest_is_told(office_as: Callable[[str], str]) -> None:
    with Store.open(office_as("secretary")) as store:
        with store.reading() as read:
            number = read.scalars(select(Person.id).order_by(Person.id.desc()).limit(1)).one()
        done = erasing.erase(store, id=number, reason="예시")
        assert set(done.left) == {"tables", "statistics", "wal"}
        with store.reading() as read:
            assert journal.verify(read.connection()) == []


@pytest.mark.parametrize("role", sorted({*rights.READS, "department"}))
def test_who_does_not_see_everything_copies_nothing(
    office_as: Callable[[str], str], tmp_path: Path, role: str
) -> None:
    with pytest.raises(Forbidden):
        copy_office(office_as(role), tmp_path / "copy.gwoffice")
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def spoilt(postgres: str, office_as: Callable[[str], str]) -> Iterator[None]:
    """Somebody gave rights by hand."""
    from tests.conftest import _database

    here = _database(postgres, OFFICE)
    _administer(here, "GRANT UPDATE ON change_log TO gwangju_app")
    _administer(here, "GRANT SELECT ON person TO gwangju_chair")
    _administer(here, f"GRANT CONNECT ON DATABASE {OFFICE} TO PUBLIC")
    yield
    _administer(here, "REVOKE SELECT ON person FROM gwangju_chair")
    with Store.open(office_as("migrator")) as store:
        assert rights.renew(store.office)


def test_rights_given_by_hand_are_found_and_taken_back(
    spoilt: None, office_as: Callable[[str], str], capsys: pytest.CaptureFixture[str]
) -> None:
    with Store.open(office_as("secretary")) as store:
        with store.reading() as read:
            found = dict(sound.findings(read))
        assert found[sound.STRAY] == "change_log, person, PUBLIC"
        with pytest.raises(Forbidden):
            rights.renew(store.office)
    assert main(["--office", office_as("migrator"), "server", "rights"]) == 0
    assert main(["--office", office_as("chair"), "--json", "server", "check"]) == 1
    told = json.loads(capsys.readouterr().out.partition("\n")[2])
    assert [problem for problem in told["problems"] if "person" in problem]
    assert not [problem for problem in told["problems"] if "change_log" in problem]


def test_a_careless_server_is_told(postgres: str, office_as: Callable[[str], str]) -> None:
    """The server of the tests does without what a power cut needs."""
    with Store.open(office_as("chair")) as store, store.reading() as read:
        said = [str(message) for message, _ in sound.findings(read)]
    assert len(said) == 3
    assert all("power cut" in sentence for sentence in said)


def test_only_the_owner_converts(
    office_as: Callable[[str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from db import migrate

    monkeypatch.setattr(migrate, "head", lambda folder=None: "9999")
    with pytest.raises(Unconverted):
        Store.open(office_as("secretary"))


def test_odd_names_are_refused() -> None:
    for name in ("", "Office", "1st", "a b", "a;drop", 'a"', "가" * 3, "a" * 64):
        with pytest.raises(UserError):
            roles_script(name)
        with pytest.raises(UserError):
            login_script(name, name="가상", role=Role.CHAIR)
    for login in ("gwangju_app", "pg_monitor"):
        with pytest.raises(UserError):
            login_script(login, name="가상", role=Role.CHAIR)
    for name in ("", " ", "두\n줄", "\0", "가" * 101):
        with pytest.raises(UserError):
            login_script("kim", name=name, role=Role.CHAIR)


def test_the_command_line_prints_scripts(capsys: pytest.CaptureFixture[str]) -> None:
    def printed(*arguments: str) -> str:
        assert main(list(arguments)) == 0
        return capsys.readouterr().out

    assert printed("server", "roles").splitlines()[1] == "\\set database 'gwangju'"
    asked = ("server", "login", "kim", "--name", "가상 '김'", "--role", "chair")
    text: Any = printed(*asked)
    assert "\\set name '가상 ''김'''" in text
    assert "\\set path 'without_contacts, public'" in text
    assert json.loads(printed(*asked, "--json"))["script"].startswith("\\encoding UTF8")


def test_an_office_file_has_no_roles(sample_copy: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--office", str(sample_copy), "server", "check"]) == 1
    assert "업무 파일" in capsys.readouterr().err
    with Store.open(sample_copy) as store, store.reading() as read:
        assert signed_in(read) == rights.SignedIn("", "", "")
        assert rights.encrypted(read.connection())


def test_a_copy_of_the_server_is_read_and_looked_at_again(
    office_as: Callable[[str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rights, "is_replica", lambda connection: True)
    with Store.open(office_as("secretary")) as store:
        assert store.why_read_only == ""
        with pytest.raises(ReadOnly):
            store.run(usecases.add_body, name_ko="예시 위원회", seats=9)
        # Nobody is told anything there: whoever waits looks again.
        assert store.wait(0.01) and store.wait(0.01)
