"""Backups nobody thinks of: made when something is new, twice, thinned, and never in the way."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import pytest

from db.store import Store
from gwangju_desktop import clock, settings
from gwangju_desktop.backups import (
    automatic,
    drill,
    form,
    keeping,
    losing,
    notes,
    returning,
    standing,
)
from gwangju_desktop.backups.automatic import Second, keep
from gwangju_desktop.backups.making import make_backup
from gwangju_desktop.backups.restoring import restore
from gwangju_desktop.backups.thinning import Rule
from gwangju_desktop.backups.verifying import verify
from gwangju_desktop.backups.why import WORDS, Why
from gwangju_desktop.errors import UserError
from gwangju_desktop.members import usecases
from tests.gwangju_desktop.backups.test_backups import bytes_of, form_place, with_files

WORDS_TYPED = "가상의 암호문 하나"


def beside(store: Store) -> Path:
    return form.beside(Path(store.office.place))


def named(store: Store, name: str) -> None:
    store.run(usecases.add_person, name=name, fictional=True)


def test_one_is_made_when_the_journal_went_on(sqlite_store: Store) -> None:
    assert keep(sqlite_store, why=Why.CLOSING).made is None  # an office nobody wrote in
    sqlite_store.run(settings.set_up)
    named(sqlite_store, "김가상")
    first = keep(sqlite_store, why=Why.TIMED)
    assert first.made is not None and first.made.manifest.why == "timed"
    assert keep(sqlite_store, why=Why.CLOSING).made is None
    named(sqlite_store, "이가상")
    assert keep(sqlite_store, why=Why.IMPORT).made is not None
    # One that is asked for is made in any case.
    assert keep(sqlite_store, why=Why.ASKED).made is not None
    found = notes.listed(beside(sqlite_store))
    assert [one.why for one in found] == [WORDS[why] for why in (Why.ASKED, Why.IMPORT, Why.TIMED)]
    assert all(one.whole and not one.sealed and one.note.records for one in found)


def test_one_that_was_found_damaged_does_not_count(sqlite_store: Store) -> None:
    named(sqlite_store, "김가상")
    made = keep(sqlite_store, why=Why.TIMED).made
    assert made is not None
    made.path.write_bytes(made.path.read_bytes()[:5000])
    notes.write_checked(verify(made.path))
    (listed,) = notes.listed(beside(sqlite_store))
    assert not listed.whole and listed.note is not None and listed.note.wrong
    assert keep(sqlite_store, why=Why.CLOSING).made is not None


def test_the_second_folder_is_sealed_and_swept(sqlite_store: Store, tmp_path: Path) -> None:
    digests = with_files(sqlite_store)
    office = Path(sqlite_store.office.place)
    stick = tmp_path / "보안 USB"
    stick.mkdir()
    place = automatic.choose(stick, office)
    assert place.name == f"{office.name}.backups" and automatic.within(place, office) == place
    second = Second(stick, True, WORDS_TYPED)
    done = keep(sqlite_store, why=Why.TIMED, second=second)
    assert done.made is not None and done.second is not None and done.fault is None
    assert done.second.path.parent == place and form.is_sealed(done.second.path)
    (listed,) = notes.listed(place)
    assert listed.whole and listed.why == WORDS[Why.TIMED]
    # Nothing new: neither is made again, and no passphrase is needed to know it.
    assert keep(sqlite_store, why=Why.CLOSING, second=Second(stick, True)) == automatic.Outcome()
    named(sqlite_store, "박가상")
    locked = keep(sqlite_store, why=Why.CLOSING, second=Second(stick, True))
    assert locked.made is not None and locked.locked and locked.second is None
    back = restore(done.second.path, tmp_path / "r.gwoffice", passphrase=WORDS_TYPED)
    assert all(bytes_of(form_place(back.path, digest)) == digest for digest in digests)
    # The sealed files go with the last backup that lists them.
    other = make_backup(sqlite_store, place, passphrase="다른 암호문")
    rule = Rule(all_days=0, days=0, weeks=0, months=0)
    now = other.manifest.moment + dt.timedelta(days=2)
    assert keeping.thin(place, now=now, rule=rule) == [done.second.path]
    left = [path for path in (place / form.FILES).rglob("*") if path.is_file()]
    assert sorted(path.name.partition(".")[0] for path in left) == sorted(digests)
    restore(other.path, tmp_path / "s.gwoffice", passphrase="다른 암호문")


def test_a_drive_that_is_out_or_full_keeps_the_first_one(
    sqlite_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = Path(sqlite_store.office.place)
    stick = tmp_path / "stick"
    stick.mkdir()
    place = automatic.choose(stick, office)
    named(sqlite_store, "김가상")
    place.rmdir()
    gone = keep(sqlite_store, why=Why.TIMED, second=Second(stick))
    assert gone.made is not None and gone.away and list(stick.iterdir()) == []
    automatic.choose(stick, office)

    def refuse(source: Path, folder: Path, **asked: object) -> object:
        raise OSError(28, "No space left on device", str(folder))

    named(sqlite_store, "이가상")
    monkeypatch.setattr(automatic, "copy_backup", refuse)
    full = keep(sqlite_store, why=Why.TIMED, second=Second(stick))
    assert full.made is not None and isinstance(full.fault, OSError) and full.second is None


def test_the_folder_of_the_first_ones_is_no_second(sqlite_store: Store, tmp_path: Path) -> None:
    office = Path(sqlite_store.office.place)
    beside(sqlite_store).mkdir()
    for chosen in (office.parent, beside(sqlite_store)):
        with pytest.raises(UserError, match="이미"):
            automatic.choose(chosen, office)
    with pytest.raises(FileNotFoundError):
        automatic.choose(tmp_path / "없는 곳", office)
    assert automatic.same_disk(tmp_path, office)


def test_ages_and_what_is_due() -> None:
    now = dt.datetime.now(dt.UTC)
    assert automatic.age(None) is None and automatic.age(now) == 0
    assert automatic.age(now - dt.timedelta(days=8)) == 8


def test_one_before_a_conversion_is_never_thinned(
    sqlite_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    named(sqlite_store, "김가상")
    folder, day = tmp_path / "b", dt.datetime(2026, 11, 23, tzinfo=dt.UTC)
    made = []
    for why in (Why.CONVERSION, Why.TIMED, Why.TIMED):
        monkeypatch.setattr(clock, "real", lambda day=day: day)
        made.append(make_backup(sqlite_store, folder, why=why).path)
        day += dt.timedelta(minutes=30)
    rule = Rule(all_days=0, days=0, weeks=0, months=0)
    gone = keeping.thin(folder, now=day + dt.timedelta(days=60), rule=rule)
    assert gone == made[1:2]


def test_what_a_killed_program_left_is_swept(sqlite_store: Store, tmp_path: Path) -> None:
    named(sqlite_store, "김가상")
    folder = tmp_path / "b"
    folder.mkdir()
    left = folder / ".writing-gw-20250101-000000-v00-abcd"
    young = folder / ".writing-gw-20250101-000000-v00-efgh"
    for path in (left, young):
        path.write_bytes(b"half")
    os.utime(left, (0, 0))
    make_backup(sqlite_store, folder)
    assert not left.exists() and young.exists()


def test_what_a_restore_would_take_away(sqlite_store: Store, tmp_path: Path) -> None:
    sqlite_store.run(settings.set_up)
    named(sqlite_store, "김가상")
    made = make_backup(sqlite_store, tmp_path / "b")
    with sqlite_store.reading() as read:
        assert losing.since(read, manifest=made.manifest) == losing.Loss(True)
    sqlite_store.who = "나가상"
    named(sqlite_store, "이가상")
    sqlite_store.who = "박가상 <b>"
    named(sqlite_store, "최가상")
    sqlite_store.run(usecases.edit_person, id=1, hanja="金")
    with sqlite_store.reading() as read:
        lost = losing.since(read, manifest=made.manifest)
    assert (lost.same, lost.n) == (True, 3)
    assert [(str(label), n) for label, n in lost.kinds] == [("Add person", 2), ("Edit person", 1)]
    assert lost.people == (("박가상 <b>", 2), ("나가상", 1))
    assert [step.name for step in lost.steps] == ["김가상", "최가상", "이가상"]
    assert dict(losing.holdings(made.manifest)) == {"people": 1}
    # A journal that went another way since: of what is lost nothing can be said.
    other = restore(made.path, tmp_path / "r.gwoffice").path
    with Store.open(other) as opened:
        named(opened, "정가상")
        later = make_backup(opened, tmp_path / "c")
    with sqlite_store.reading() as read:
        assert not losing.since(read, manifest=later.manifest).same


def test_the_office_that_stood_there_is_kept_under_a_name(
    sqlite_store: Store, tmp_path: Path
) -> None:
    digests = with_files(sqlite_store)
    office = Path(sqlite_store.office.place)
    made = make_backup(sqlite_store, form.beside(office))
    named(sqlite_store, "나중 사람")
    sqlite_store.close()
    last = bytes_of(office)
    journal = office.with_name(office.name + "-journal")
    journal.write_bytes(b"left by a crash")
    done = returning.put_back(made.path, office)
    assert bytes_of(office) != last and made.path.exists() and not journal.exists()
    kept = [path for path in done.aside if path.suffix == ".gwoffice"]
    assert len(kept) == 1 and "before-restore" in kept[0].name and bytes_of(kept[0]) == last
    assert kept[0].with_name(kept[0].name + "-journal").read_bytes() == b"left by a crash"
    for one in (office, kept[0]):
        assert all(bytes_of(form_place(one, digest)) == digest for digest in digests)
    with Store.open(office) as store, store.reading() as read:
        assert losing.since(read, manifest=made.manifest).n == 0
    assert returning.newest_whole(form.beside(office)) == made.path
    assert returning.newest_whole(tmp_path / "none") is None


def test_names_that_cannot_change_go_back(
    sqlite_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_files(sqlite_store)
    office = Path(sqlite_store.office.place)
    made = make_backup(sqlite_store, form.beside(office))
    sqlite_store.close()
    before = sorted(path.name for path in office.parent.iterdir())
    place = returning.place_beside(office, made.path)
    restore(made.path, place)
    rename = Path.rename

    def held(path: Path, target: Path) -> Path:
        if path == place:
            raise PermissionError(13, "held by another program", str(path))
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", held)
    with pytest.raises(PermissionError):
        returning.exchange(place, office)
    monkeypatch.undo()
    left = sorted(path.name for path in office.parent.iterdir())
    assert left == sorted([*before, place.name, f"{place.name}.files"])
    assert bytes_of(place) == bytes_of(office)


def test_a_drill_in_a_process_of_its_own(sample_copy: Path) -> None:
    """The window's clock and language stay as they are; what was found is written down."""
    with Store.open(sample_copy) as store:
        made = keep(store, why=Why.TIMED).made
    assert made is not None
    folder = form.beside(sample_copy)
    assert standing_of(sample_copy).due
    day = clock.fixed()
    found = drill.apart(folder)
    assert found.ok and found.backup == made.path.name and clock.fixed() == day
    after = standing_of(sample_copy)
    assert not after.due and after.drills == (found,) and after.saved and after.held[0].whole
    made.path.write_bytes(b"PK" + made.path.read_bytes()[2:9000])
    broken = drill.apart(folder)
    assert not broken.ok and "손상" in broken.problems[0]
    with pytest.raises(UserError, match="백업이 없습니다"):
        drill.apart(folder.parent)


def standing_of(office: Path) -> standing.Standing:
    with Store.open(office, write=False) as store:
        return standing.look(store)


def test_how_a_second_folder_stands(sqlite_store: Store, tmp_path: Path) -> None:
    office, stick = Path(sqlite_store.office.place), tmp_path / "stick"
    stick.mkdir()
    place = automatic.choose(stick, office)
    week = clock.real() - dt.timedelta(days=7)
    empty = standing.look(sqlite_store, Second(stick))
    assert empty.old and empty.age is None and not empty.away and empty.near
    place.rmdir()
    out = standing.look(sqlite_store, Second(stick, True), week)
    assert out.old and out.age == 7 and out.away and out.locked
    young = standing.look(sqlite_store, Second(stick), week + dt.timedelta(days=2))
    assert not young.old and not standing.look(sqlite_store).old
