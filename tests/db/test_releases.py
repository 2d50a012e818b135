"""An office of every revision ever handed out opens, converts and equals a new one.

A table or column changed without a new revision fails here. `python -m tests.db.test_releases`
keeps an office of the present revision; it refuses to replace one that is kept already.
"""

from __future__ import annotations

import datetime as dt
import sys
import tempfile
import zipfile
from pathlib import Path

import pytest
from sqlalchemy import select

from db import migrate
from db.schema.members import Person
from db.store import Store
from gwangju_desktop import check, offices
from gwangju_desktop.meetings import agenda
from gwangju_desktop.meetings import usecases as meetings
from gwangju_desktop.members import ruling
from gwangju_desktop.members import usecases as members
from tests.db.test_migrate import schema_text

RELEASES = Path(__file__).resolve().parent / "releases"
NAMES = ["가상 하나", "가상 둘"]


@pytest.mark.parametrize("kept", sorted(RELEASES.glob("*.zip")), ids=lambda path: path.stem)
def test_a_kept_office_becomes_a_present_one(kept: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(kept) as archive:
        archive.extractall(tmp_path)
    (office,) = tmp_path.glob("*.gwoffice")
    new = tmp_path / "new.gwoffice"
    offices.new_office(new)
    with Store.open(office) as old, Store.open(new) as fresh:
        assert schema_text(old.office) == schema_text(fresh.office)
        assert check.check(old) == []
        with old.reading() as read:
            assert list(read.scalars(select(Person.name).order_by(Person.id))) == NAMES
        body = old.run(members.add_person, name="가상 셋", fictional=True)
        assert body.id and old.undo()


def test_the_present_revision_is_kept() -> None:
    assert (RELEASES / f"{migrate.head()}.zip").is_file()


def keep() -> None:
    """Make a small office of the present revision and keep it for ever."""
    target = RELEASES / f"{migrate.head()}.zip"
    if target.exists():
        sys.exit(f"{target} is kept already; a changed table needs a new revision")
    with tempfile.TemporaryDirectory() as folder:
        office = Path(folder) / "kept.gwoffice"
        offices.new_office(office)
        with Store.open(office) as store:
            body = store.run(
                members.add_body,
                name_ko="예시 위원회",
                name_en="Sample committee",
                kind="committee",
            ).value
            store.run(
                ruling.set_rules,
                body_id=body,
                valid_from=dt.date(2021, 1, 1),
                source="예시",
                rules={"quorum": "> 1/2 enrolled"},
            )
            for name in NAMES:
                person = store.run(members.add_person, name=name, fictional=True).value
                store.run(
                    members.add_membership,
                    person_id=person,
                    body_id=body,
                    capacity="appointed",
                    starts_on=dt.date(2021, 2, 25),
                )
            meeting = store.run(
                meetings.add_meeting,
                body_id=body,
                starts_at=dt.datetime(2022, 3, 17, 5, tzinfo=dt.UTC),
                place="예시 회의실",
            ).value
            store.run(
                agenda.add_item, meeting_id=meeting, title="예시 안건", kind="report", minutes=10
            )
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.write(office, office.name)


if __name__ == "__main__":
    keep()
