from __future__ import annotations

import json
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.meetings import AgendaItem, Meeting
from db.store import Store, usecase
from gwangju_desktop import settings
from gwangju_desktop.errors import UserError
from gwangju_desktop.snapshots.build import make_snapshot
from gwangju_desktop.snapshots.compare import compare
from tests.gwangju_desktop.snapshots import hostile, offices


@usecase("Change the agenda")
def change_the_agenda(tx: Session) -> None:
    """Change one item, remove one and add one."""
    items = tx.scalars(select(AgendaItem).order_by(AgendaItem.position)).all()
    items[0].title = "안건 1 (수정)"
    meeting = tx.scalars(select(Meeting)).one()
    meeting.items.remove(items[1])
    tx.flush()
    tx.add(
        AgendaItem(
            meeting_id=meeting.id, position=9216, kind="report", title="새 안건", contents=""
        )
    )


def test_added_removed_and_changed_rows_are_told(office: Store, copy: Path, tmp_path: Path) -> None:
    office.run(change_the_agenda)
    newer = tmp_path / "2.gwsnap"
    make_snapshot(office, target=newer, passphrase=offices.PASSPHRASE)
    told = compare(copy, newer).as_json()
    json.dumps(told)
    items = told["tables"]["agenda_item"]
    assert items["counts"] == {"added": 1, "removed": 1, "changed": 1}
    assert items["changed"][0]["before"] == {"title": "안건 1"}
    assert items["changed"][0]["after"] == {"title": "안건 1 (수정)"}
    assert items["added"][0]["label"] == "새 안건" and items["removed"][0]["label"] == "안건 2"
    # The first copy is itself a record of the office by now.
    assert set(told["tables"]) == {"agenda_item", "snapshot"}
    assert told["problems"] == [] and told["new"]["sequence"] == 2


def test_a_copy_compared_with_itself_has_no_changes(copy: Path) -> None:
    assert compare(copy, copy).as_json()["tables"] == {}


def test_backwards_is_said(office: Store, copy: Path, tmp_path: Path) -> None:
    newer = tmp_path / "2.gwsnap"
    make_snapshot(office, target=newer, passphrase=offices.PASSPHRASE)
    assert len(compare(newer, copy).problems) == 1


def test_copies_of_two_offices_are_not_compared(
    copy: Path, sqlite_store: Store, tmp_path: Path
) -> None:
    sqlite_store.run(settings.set_up)
    other = tmp_path / "other.gwsnap"
    make_snapshot(sqlite_store, target=other, passphrase=offices.PASSPHRASE)
    with pytest.raises(UserError):
        compare(copy, other)
    with pytest.raises(UserError):
        compare(copy, hostile.sealed(tmp_path, hostile.HOSTILE["trigger"]))


def test_an_office_put_back_to_an_older_state_is_found_out(
    office: Store, copy: Path, tmp_path: Path
) -> None:
    """A restored backup gives out the same number again, on another branch of its journal."""
    import shutil

    path = Path(office.office.write.url.database or "")
    twin = tmp_path / "twin.gwoffice"
    shutil.copy(path, twin)
    office.run(change_the_agenda)
    one, two = tmp_path / "one.gwsnap", tmp_path / "two.gwsnap"
    make_snapshot(office, target=one, passphrase=offices.PASSPHRASE)
    with Store.open(twin) as restored:
        make_snapshot(restored, target=two, passphrase=offices.PASSPHRASE)
    assert len(compare(one, two).problems) >= 1
