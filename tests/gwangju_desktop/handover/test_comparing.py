"""Two copies that were both written to: what each did since they parted, by record and field."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from db.store import Store
from gwangju_desktop import settings
from gwangju_desktop.errors import UserError
from gwangju_desktop.handover import giving, lists
from gwangju_desktop.handover.comparing import compare
from gwangju_desktop.handover.taking import take
from gwangju_desktop.members import usecases
from tests.gwangju_desktop.handover.conftest import Sit, named

WORDS = "가상의 암호문 하나"


@pytest.fixture
def apart(office: Path, stick: Path, sit: Sit) -> tuple[Path, Path]:
    """The copy where the handover was broken off, and the file that came back too late."""
    with Store.open(office, who="김예시") as store:
        gone = giving.give(store, stick, to="홍예시", passphrase=WORDS)
    there = sit("나-PC") / "나.gwoffice"
    take(gone.file, there, passphrase=WORDS)
    with Store.open(there, who="홍예시") as store:
        store.run(usecases.edit_person, id=1, name="홍예시", phone="010-0000-0000", note="나에서")
        one = named(store, "=나에서만")
        named(store, "곧 지울 사람")
        store.undo()
        store.run(settings.change_setting, key=settings.SMALL_CELL, value=7)
        late = giving.give(store, stick, to="김예시", passphrase=WORDS)
    sit("가-PC")
    with Store.open(office, who="김예시", waiting=False) as store:
        giving.wait(store)
        giving.break_off(store, reason="연락 두절(가상)")
        store.run(usecases.edit_person, id=1, name="홍예시", note="가에서")
        two = named(store, "가에서만")
    assert one == two  # the same number, and not the same person
    with pytest.raises(UserError):
        take(late.file, office, passphrase=WORDS)
    return office, late.file


def test_differences_are_listed_record_by_record(apart: tuple[Path, Path], tmp_path: Path) -> None:
    office, late = apart
    found = compare(office, late, passphrases=(None, WORDS))
    assert found.apart and found.common > 0 and found.at is not None
    here, there = found.sides
    # Breaking off and taking over are entries, and no record differs by them.
    assert [one.title for one in here.differences] == ["“홍예시” 위원", "“가에서만” 위원"]
    told = {one.title: one for one in there.differences}
    assert next(iter(told)) == "“홍예시” 위원" and "“=나에서만” 위원" in told
    assert not any("곧 지울" in title for title in told)
    changed = told["“홍예시” 위원"]
    assert (changed.kind, changed.who, changed.both) == ("changed", "홍예시", True)
    by_name = {one.name: one for one in changed.fields}
    assert (by_name["note"].before, by_name["note"].after) == ("–", "나에서")
    assert by_name["phone"].after == "••••"
    assert not told["“=나에서만” 위원"].both
    (cell,) = (one for one in there.differences if one.table == "setting")
    assert [(one.before, one.after) for one in cell.fields if one.name == "value"] == [("–", "7")]

    target = tmp_path / "다른 점.csv"
    lists.write_csv(found, target)
    with target.open(encoding="utf-8-sig", newline="") as file:
        head, *rows = list(csv.reader(file))
    assert head[0] == "사본" and len(head) == len(lists.HEADS)
    assert "나에서" in [row[8] for row in rows]
    assert not any(cell.startswith("=") for row in rows for cell in row)
    assert "010-0000-0000" not in target.read_text(encoding="utf-8-sig")
    json.dumps(found.as_json(), default=str)


def test_copies_that_did_not_part(office: Path, stick: Path, sit: Sit) -> None:
    with Store.open(office) as store:
        gone = giving.give(store, stick, to="홍예시")
    found = compare(office, gone.file)
    assert not found.apart and [side.entries for side in found.sides] == [0, 0]
    there = sit("나-PC") / "나.gwoffice"
    take(gone.file, there)
    found = compare(office, there)
    assert not found.apart and [side.entries for side in found.sides] == [0, 1]
    assert [side.differences for side in found.sides] == [(), ()]


def test_other_offices_and_damaged_files_are_refused(office: Path, stick: Path) -> None:
    other = stick / "다른.gwoffice"
    with Store.create(other) as store:
        store.run(settings.set_up)
    with pytest.raises(UserError, match="다른 사무국"):
        compare(office, other)
    spoilt = stick / "상한.gwhand"
    spoilt.write_bytes(b"PK\x03\x04 and no more")
    with pytest.raises(UserError, match="손상"):
        compare(office, spoilt)
