"""A damaged office gives what it has: into a new file that is whole, itself not changed by a byte."""

from __future__ import annotations

import contextlib
import dataclasses
import json
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import select, text

from db import integrity
from db.errors import Conflict, Damaged
from db.schema.journal import change_log
from db.schema.members import Person
from db.store import Store
from gwangju_desktop import check, cli
from gwangju_desktop.backups import form
from gwangju_desktop.backups.losing import Loss
from gwangju_desktop.backups.making import make_backup
from gwangju_desktop.members import usecases as members
from gwangju_desktop.salvage.salvaging import SALVAGED, Salvaged, salvage
from gwangju_desktop.salvage.since import since
from tests.gwangju_desktop.salvage import damage

JOURNAL = {"change_log", "row_change"}


def counts(office: Path) -> dict[str, int]:
    with Store.open(office, write=False) as store, store.reading() as read:
        return integrity.counts(read.connection())


def salvaged(office: Path) -> Salvaged:
    """Salvage an office whose file must stay what it is, byte by byte."""
    before = office.read_bytes()
    done = salvage(office)
    assert office.read_bytes() == before
    assert done.path.name == f"{office.stem}-salvaged.gwoffice"
    return done


def last_entry(office: Path) -> tuple[str, str]:
    with Store.open(office) as store, store.reading() as read:
        query = select(change_log.c.kind, change_log.c.label).order_by(change_log.c.id.desc())
        row = read.execute(query.limit(1)).one()
        return row.kind, row.label


def test_a_file_without_its_first_bytes_gives_everything(sample_copy: Path) -> None:
    had = counts(sample_copy)
    with sample_copy.open("r+b") as file:
        file.write(bytes(100))
    done = salvaged(sample_copy)
    assert done.findings == () and done.touched == () and done.missing == ()
    have = counts(done.path)
    assert have.pop("change_log") == had.pop("change_log") + 1
    assert have == had
    assert last_entry(done.path) == ("salvage", SALVAGED)


def test_rows_on_pages_that_are_gone_come_from_the_journal(sample_copy: Path) -> None:
    had = counts(sample_copy)
    names = ("person", "membership", "meeting", "agenda_item")
    damage.wipe(sample_copy, *(damage.root_of(sample_copy, name) for name in names))
    with pytest.raises(Damaged), Store.open(sample_copy) as store, store.reading() as read:
        read.execute(select(Person.__table__)).all()
    done = salvaged(sample_copy)
    found = {table.table: table for table in done.touched}
    assert set(found) == set(names)
    for name in names:
        assert (found[name].read, found[name].mended, found[name].lost) == (0, had[name], 0)
    assert done.findings == ()
    have = counts(done.path)
    assert {name: have[name] for name in had if name not in JOURNAL} == {
        name: had[name] for name in had if name not in JOURNAL
    }


def test_a_list_of_tables_that_is_gone_is_taken_from_a_new_office(sample_copy: Path) -> None:
    damage.wipe(sample_copy, 1)
    done = salvaged(sample_copy)
    assert done.findings == () and done.touched == ()


def test_turned_letters_of_a_record_are_set_right_by_the_journal(sample_copy: Path) -> None:
    with contextlib.closing(sqlite3.connect(sample_copy)) as connection:
        (name,) = connection.execute("SELECT name FROM person WHERE id = 1").fetchone()
        connection.execute("UPDATE person SET name = 'X' || name WHERE id = 1")
        connection.commit()
    done = salvaged(sample_copy)
    (only,) = done.touched
    assert (only.table, only.mended, only.lost) == ("person", 1, 0)
    with Store.open(done.path) as store, store.reading() as read:
        assert read.scalars(select(Person.name).where(Person.id == 1)).one() == name


def test_half_a_file_gives_an_office_that_is_whole_in_itself(sample_copy: Path) -> None:
    damage.cut(sample_copy, 0.6)
    done = salvaged(sample_copy)
    assert done.total("lost") and done.total("left_out")
    assert not [found for found in done.findings if found.what.startswith(damage.FORM)]
    with Store.open(done.path) as store:
        # It is worked with like any other; only what was done before cannot be taken back.
        made = store.run(members.add_person, name="가상 뒤에", fictional=True)
        assert store.undo()
        with pytest.raises(Conflict):
            store.undo(made.id - 2)


def test_a_journal_with_holes_is_chained_anew_and_says_so(sample_copy: Path) -> None:
    with contextlib.closing(sqlite3.connect(sample_copy)) as connection:
        connection.execute("DELETE FROM change_log WHERE id IN (20, 21, 40)")
        connection.execute("DELETE FROM row_change WHERE change_id = 30 AND n = 0")
        connection.commit()
    done = salvaged(sample_copy)
    assert (done.journal.lost, done.journal.chained_from) == (3, 20)
    assert done.findings == ()
    with Store.open(done.path) as store, store.reading() as read:
        rows = read.execute(text("SELECT id, kind FROM change_log WHERE kind <> 'do'")).all()
        assert {(row.id, row.kind) for row in rows} >= {(20, "lost"), (21, "lost"), (40, "lost")}


def test_papers_come_along_by_their_digests(sample_copy: Path) -> None:
    folder = sample_copy.with_name(f"{sample_copy.name}.files")
    papers = sorted(path for path in folder.glob("??/*") if form.is_digest(path.name))
    with Store.open(sample_copy) as store:
        make_backup(store, form.beside(sample_copy))
    papers[0].chmod(0o600)
    papers[0].write_bytes(b"not itself")
    papers[1].unlink()
    form.place_of(form.beside(sample_copy), papers[1].name).unlink()
    done = salvaged(sample_copy)
    assert done.papers == len(papers) - 1
    assert len(done.missing) == 1
    place = done.path.with_name(f"{done.path.name}.files") / papers[0].parent.name / papers[0].name
    assert place.read_bytes() != b"not itself"


def test_what_a_backup_lacks_is_told_by_the_damaged_journal(sample_copy: Path) -> None:
    with Store.open(sample_copy) as store:
        made = make_backup(store, form.beside(sample_copy))
        for name in ("가상 하나", "가상 둘"):
            store.run(members.add_person, name=name, fictional=True)
    damage.wipe(sample_copy, damage.root_of(sample_copy, "person"))
    loss = since(sample_copy, made.manifest)
    assert loss is not None and (loss.same, loss.n) == (True, 2)
    assert loss.kinds == (("Add person", 2),)
    assert [step.id for step in loss.steps] == [
        made.manifest.audit_id + 2,
        made.manifest.audit_id + 1,
    ]
    other = dataclasses.replace(made.manifest, audit_hash="0" * 64)
    assert since(sample_copy, other) == Loss(False)


def test_nothing_is_made_of_nothing(tmp_path: Path) -> None:
    office = tmp_path / "사무국.gwoffice"
    office.write_bytes(bytes(40_960))
    with pytest.raises(Damaged):
        salvage(office)
    left = {path.name for path in tmp_path.iterdir()}
    assert left <= {office.name, f"{office.name}.lock", f"{office.name}.open"}
    there = tmp_path / "there.gwoffice"
    there.write_bytes(b"x")
    with pytest.raises(FileExistsError):
        salvage(office, there)


def test_the_command_tells_it_table_by_table(
    sample_copy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    damage.wipe(sample_copy, damage.root_of(sample_copy, "person"))
    target = tmp_path / "새 사무국.gwoffice"
    assert cli.main(["--json", "backup", "salvage", str(sample_copy), str(target)]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["file"] == str(target) and said["problems"] == []
    person = next(table for table in said["tables"] if table["table"] == "person")
    assert person["mended"] > 30 and person["lost"] == 0
    with Store.open(target) as store:
        assert check.check(store) == []
