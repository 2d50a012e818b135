"""What is due to go, who agreed, and everything held of one person as a file."""

from __future__ import annotations

import datetime as dt
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.schema.access import AccessRecord
from db.schema.members import Membership, Person
from db.schema.people import Consent
from db.store import Store, usecase
from gwangju_desktop import clock, offices, settings
from gwangju_desktop.errors import UserError
from gwangju_desktop.members import usecases
from gwangju_desktop.privacy import consents, due, subject
from tests.gwangju_desktop.test_cli import outcome, told

NAME, OTHER, NUMBER = "<b>김가상</b>", "이예시", "010-0000-4321"


@usecase("End the seats of somebody")
def leave(tx: Session, *, person_id: int, day: dt.date) -> str:
    """Let every seat of a person end on a day."""
    for seat in _seats(tx, person_id):
        seat.starts_on, seat.ends_on = min(seat.starts_on, day), day
    return day.isoformat()


def _seats(read: Session, person_id: int) -> list[Membership]:
    return list(read.scalars(select(Membership).where(Membership.person_id == person_id)).all())


def _former(read: Session) -> dict[int, due.Due]:
    """Return everybody whose seats have all ended, however far off their day is."""
    found = due.due(read, today=clock.today(), ahead=40_000)
    return {one.id: one for one in found if one.kind == due.FORMER}


def test_contact_data_is_due_after_the_months_the_office_decided(
    sample_copy: Path, capfdbinary: Any
) -> None:
    at = ("--office", sample_copy)
    with offices.opened(str(sample_copy), write=True) as store:
        with store.reading() as read:
            today = clock.today()
            reached = select(Person.id).where(Person.phone != "").order_by(Person.id)
            wanted = next(id for id in read.scalars(reached) if _seats(read, id))
            assert wanted not in _former(read)
        last = store.run(leave, person_id=wanted, day=today - dt.timedelta(days=1)).value
        with store.reading() as read:
            kept = _former(read)[wanted]
    assert kept.ended_on.isoformat() == last and kept.days > due.AHEAD
    assert wanted not in [row["id"] for row in told(capfdbinary, *at, "privacy", "due")]
    told(capfdbinary, *at, "settings", "set", settings.FORMER_MONTHS, "0")
    shown = told(capfdbinary, *at, "privacy", "due")
    assert [(row["id"], row["due_on"], row["days"]) for row in shown if row["kind"] == due.FORMER][
        -1
    ] == (wanted, last, -1)


def test_every_kind_of_the_table_has_a_name_and_a_source() -> None:
    assert {kind.key for kind in due.table()} == set(due.KINDS)
    for kind in due.table():
        assert "제21조" in kind.source
        assert not kind.setting or kind.setting in settings.DECLARED


def test_consents_are_counted_as_they_stand(sample_copy: Path, capfdbinary: Any) -> None:
    with offices.opened(str(sample_copy), write=False) as store, store.reading() as read:
        known = consents.overview(read)
        rows = read.scalar(select(func.count()).select_from(Consent))
    assert sum(one.given + one.withdrawn for one in known.agreed) == rows
    assert told(capfdbinary, "--office", sample_copy, "privacy", "consents")["without"] == (
        known.without
    )


def test_everything_held_of_one_person_is_one_file(store: Store, tmp_path: Path) -> None:
    person = store.run(
        usecases.add_person, name=NAME, phone=NUMBER, note="가상의 메모", fictional=True
    ).value
    other = store.run(usecases.add_person, name=OTHER, phone="010-0000-9999", fictional=True).value
    path = tmp_path / "열람 사본.zip"
    held = subject.export(store, id=person, path=path, reason="본인 요구")
    with zipfile.ZipFile(path) as out:
        page = out.read("person.html").decode()
        kept = json.loads(out.read("person.json"))
        names = set(out.namelist())
    assert {"person.html", "person.json", "person.csv", "changes.csv", "access.csv"} <= names
    assert NUMBER in page and "가상의 메모" in page and "본인 요구" in page
    assert "&lt;b&gt;김가상" in page and NAME not in page
    assert OTHER not in page and "9999" not in page
    assert kept["people"] == [person] and held.people == (person,)
    with store.reading() as read:
        record = read.scalars(select(AccessRecord)).one()
        assert (record.action, record.people) == ("export", [person])
        before = read.scalar(select(func.count()).select_from(Person))
    with pytest.raises(UserError):
        subject.export(store, id=other + 50, path=tmp_path / "none.zip")
    assert not (tmp_path / "none.zip").exists()
    with store.reading() as read:
        assert read.scalar(select(func.count()).select_from(Person)) == before
        assert read.scalar(select(func.count()).select_from(AccessRecord)) == 1


def test_the_commands_write_and_tell(sample_copy: Path, tmp_path: Path, capfdbinary: Any) -> None:
    at = ("--office", sample_copy, "privacy")
    file = tmp_path / "person.zip"
    with offices.opened(str(sample_copy), write=False) as store, store.reading() as read:
        person = read.scalar(select(func.min(Membership.person_id)))
    made = told(capfdbinary, *at, "export", str(person), str(file))
    with zipfile.ZipFile(file) as out:
        assert "membership.csv" in out.namelist() and made["records"] > 2
    newest = told(capfdbinary, *at, "log")[0]
    assert newest["action"] == "export" and newest["people"][0][0] == person
    assert outcome(capfdbinary, *at, "log", "--since", "yesterday")[0] == 2
    code, out, _ = outcome(capfdbinary, *at, "due")
    assert code == 0 and out.strip()
