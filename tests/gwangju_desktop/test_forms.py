"""What people and file names bring along that no database keeps."""

from __future__ import annotations

import pytest

from db.store import Store
from gwangju_desktop.energy import catalogue, imports
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import writable
from gwangju_desktop.members import queries
from gwangju_desktop.members import usecases as members
from tests.gwangju_desktop.sheets import made

BROKEN = " 가상\0가\ud800 \r\n"


def test_what_cannot_be_written_is_left_out_and_all_else_kept() -> None:
    assert writable(BROKEN) == "가상가"
    for kept in ("😀", "<b>", 'O\'Brien "x"', "가" * 10_000, "%s {0}", "각"):
        assert writable(kept) == kept


def test_a_name_with_nul_is_kept_alike_on_both_engines(store: Store) -> None:
    number = store.run(members.add_person, name=BROKEN, note="줄\0글", fictional=True).value
    with store.reading() as read:
        found = queries.member(read, id=number)
    assert (found.name, found.note) == ("가상가", "줄글")
    with pytest.raises(UserError):
        store.run(members.add_person, name="\0 \ud800", fictional=True)


def test_a_file_with_a_broken_name_is_imported(sqlite_store: Store, tmp_path) -> None:
    sqlite_store.run(catalogue.set_up)
    path = made.kepco(tmp_path / "이름\udc80.csv")
    number = sqlite_store.run(imports.import_readings, prepared=imports.prepare(path)).value
    assert number == 1
