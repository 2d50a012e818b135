"""Backups on real files: made, checked, spoilt, brought back."""

from __future__ import annotations

import hashlib
import random
import shutil
import zipfile
from pathlib import Path

import pytest

from db import errors, integrity
from db.schema.papers import StoredFile
from db.store import Store, usecase
from gwangju_desktop import check
from gwangju_desktop.backups import form, keeping, making, sealing
from gwangju_desktop.backups.making import make_backup
from gwangju_desktop.backups.restoring import restore
from gwangju_desktop.backups.verifying import verify
from gwangju_desktop.errors import Cancelled, UserError
from gwangju_desktop.members import erasing, usecases

WORDS = "가상의 암호문 하나"
LARGE = b"%PDF-1.7\n" + bytes(range(256)) * 9000


@usecase("Keep a file")
def keep_file(tx, *, sha256: str, size: int, name: str) -> None:
    tx.add(StoredFile(sha256=sha256, name=name, bytes=size))


def with_files(store: Store) -> list[str]:
    """Put two papers into an office and return their digests."""
    digests = []
    for name, content in (
        ("의안 1.pdf", LARGE),
        ("표 <b>2</b>.csv", "가,나\r\n1,2\r\n".encode("cp949")),
    ):
        digest = store.papers.put(content)
        store.run(keep_file, sha256=digest, size=len(content), name=name)
        digests.append(digest)
    store.run(usecases.add_person, name="김가상", fictional=True)
    return digests


def bytes_of(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def same(one: Path, other: Path) -> bool:
    return bytes_of(one) == bytes_of(other)


def test_what_comes_back_is_the_office_to_the_byte(sqlite_store: Store, tmp_path: Path) -> None:
    digests = with_files(sqlite_store)
    office, folder = Path(sqlite_store.office.place), tmp_path / "백업 폴더"
    seen = []
    made = make_backup(
        sqlite_store, folder, progress=lambda done, total, what: seen.append((what, done / total))
    )
    assert made.copied == 2 and made.missing == 0 and set(made.manifest.files) == set(digests)
    assert [step for step, share in seen if share == 1.0][:2] == [making.COPYING, making.FILES]
    assert form.moment_of(made.path.name) == made.manifest.moment
    verdict = verify(made.path)
    assert verdict.ok and verdict.as_json()["problems"] == []
    back = restore(made.path, tmp_path / "다시.gwoffice")
    assert same(back.path, office) and back.missing == () and back.aside == ()
    for digest in digests:
        assert bytes_of(form_place(back.path, digest)) == digest
    with Store.open(back.path) as opened:
        assert check.check(opened) == []
    sqlite_store.run(usecases.add_person, name="이가상", fictional=True)


def form_place(office: Path, digest: str) -> Path:
    return office.with_name(office.name + ".files") / digest[:2] / digest


def test_a_second_backup_copies_only_what_is_new(sqlite_store: Store, tmp_path: Path) -> None:
    with_files(sqlite_store)
    first = make_backup(sqlite_store, tmp_path / "b")
    again = make_backup(sqlite_store, tmp_path / "b")
    assert (first.copied, again.copied) == (2, 0) and first.path != again.path
    assert [path.name for path in form.listed(tmp_path / "b")] == [again.path.name, first.path.name]
    digest = sqlite_store.papers.put(b"new")
    sqlite_store.run(keep_file, sha256=digest, size=3, name="새 자료")
    third = make_backup(sqlite_store, tmp_path / "b")
    assert third.copied == 1 and verify(first.path).ok and verify(third.path).ok


def test_a_sealed_one_opens_under_its_passphrase_alone(sqlite_store: Store, tmp_path: Path) -> None:
    digests = with_files(sqlite_store)
    folder = tmp_path / "b"
    made = make_backup(sqlite_store, folder, passphrase=WORDS)
    held = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    for told in ("김가상".encode(), b"SQLite format 3", LARGE[9:500], b"manifest.json"):
        assert told not in held
    with pytest.raises(UserError, match="암호"):
        verify(made.path)
    with pytest.raises(UserError, match="열리지"):
        verify(made.path, passphrase="다른 암호문")
    assert verify(made.path, passphrase=WORDS).ok
    # One key for all backups of the folder, and each file sealed once.
    again = make_backup(sqlite_store, folder, passphrase=WORDS)
    assert again.copied == 0
    plain = make_backup(sqlite_store, folder)
    assert plain.copied == 2 and verify(plain.path).ok
    other = make_backup(sqlite_store, folder, passphrase="다른 암호문")
    assert other.copied == 2 and verify(other.path, passphrase="다른 암호문").ok
    back = restore(made.path, tmp_path / "r.gwoffice", passphrase=WORDS)
    assert same(back.path, Path(sqlite_store.office.place))
    assert all(bytes_of(form_place(back.path, digest)) == digest for digest in digests)


def test_every_kind_of_damage_is_found(sqlite_store: Store, tmp_path: Path) -> None:
    digests = with_files(sqlite_store)
    folder = tmp_path / "b"
    made = make_backup(sqlite_store, folder)
    good = made.path.read_bytes()
    chance = random.Random(20261123)
    spots = [0, 30, len(good) - 1, len(good) - 30, *chance.sample(range(len(good)), 24)]
    for spot in spots:
        spoilt = bytearray(good)
        spoilt[spot] ^= 1 << chance.randrange(8)
        made.path.write_bytes(spoilt)
        verdict = verify(made.path)
        assert not verdict.ok or _database_of(made.path) == _database_bytes(good, tmp_path), spot
    for length in (0, 10, 4096, len(good) // 2, len(good) - 10):
        made.path.write_bytes(good[:length])
        assert not verify(made.path).ok
        with pytest.raises(UserError):
            restore(made.path, tmp_path / "never.gwoffice")
        assert not (tmp_path / "never.gwoffice").exists()
    made.path.write_bytes(good)
    place = form.place_of(folder, digests[0])
    content = place.read_bytes()
    place.write_bytes(content[:-1] + b"?")
    assert [str(one) for one in verify(made.path).problems] == [
        f"백업 옆의 파일이 바뀌었습니다: {digests[0]}"
    ]
    place.unlink()
    assert [str(one) for one in verify(made.path).problems] == [
        f"백업 옆에 파일이 없습니다: {digests[0]}"
    ]
    back = restore(made.path, tmp_path / "r.gwoffice")
    assert back.missing == (digests[0],)
    # The next backup brings the good copy again.
    assert make_backup(sqlite_store, folder).copied == 1 and verify(made.path).ok


def _database_of(path: Path) -> bytes | None:
    try:
        with zipfile.ZipFile(path) as held:
            return held.read(form.DATABASE)
    except (zipfile.BadZipFile, NotImplementedError):
        return None


def _database_bytes(good: bytes, folder: Path) -> bytes | None:
    (folder / "good.zip").write_bytes(good)
    return _database_of(folder / "good.zip")


def test_a_sealed_one_that_was_changed_anywhere_does_not_open(
    sqlite_store: Store, tmp_path: Path
) -> None:
    made = make_backup(sqlite_store, tmp_path / "b", passphrase=WORDS)
    good = made.path.read_bytes()
    chance = random.Random(7)
    whole, cut = sealing.HEADER + sealing.PART + sealing.TAG, len(good) - 1
    for spot in (sealing.HEADER, whole, cut, *chance.sample(range(sealing.HEADER, len(good)), 12)):
        spoilt = bytearray(good)
        spoilt[spot] ^= 1
        made.path.write_bytes(spoilt)
        assert not verify(made.path, passphrase=WORDS).ok, spot
    for length in (sealing.HEADER, whole, len(good) - 1):
        made.path.write_bytes(good[:length])
        assert not verify(made.path, passphrase=WORDS).ok, length
    # Parts in another order are not the file either.
    first = good[sealing.HEADER : whole]
    second = good[whole : whole + len(first)]
    made.path.write_bytes(good[: sealing.HEADER] + second + first + good[whole + len(first) :])
    assert not verify(made.path, passphrase=WORDS).ok


def test_files_that_are_not_themselves_are_told_and_harm_no_good_copy(
    sqlite_store: Store, tmp_path: Path
) -> None:
    digests = with_files(sqlite_store)
    folder = tmp_path / "b"
    office = Path(sqlite_store.office.place)
    first = make_backup(sqlite_store, folder)
    form_place(office, digests[0]).write_bytes(b"another")
    form_place(office, digests[1]).unlink()
    second = make_backup(sqlite_store, folder)
    assert second.missing == 0 and verify(second.path).ok and verify(first.path).ok
    elsewhere = make_backup(sqlite_store, tmp_path / "c")
    assert elsewhere.manifest.missing == sorted(digests) and verify(elsewhere.path).ok


def test_nothing_is_left_of_one_that_was_stopped(sqlite_store: Store, tmp_path: Path) -> None:
    with_files(sqlite_store)
    folder = tmp_path / "b"
    asked = iter([False, False, True])
    with pytest.raises(Cancelled):
        make_backup(sqlite_store, folder, cancelled=lambda: next(asked))
    assert [path for path in folder.rglob("*") if path.is_file()] == []
    sqlite_store.run(usecases.add_person, name="박가상", fictional=True)


def test_what_lay_in_the_way_is_moved_aside_and_never_played_back(
    sqlite_store: Store, tmp_path: Path
) -> None:
    made = make_backup(sqlite_store, tmp_path / "b")
    target = tmp_path / "되돌린.gwoffice"
    journal = target.with_name(f"{target.name}-journal")
    journal.write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + bytes(4096))
    back = restore(made.path, target)
    assert same(target, Path(sqlite_store.office.place)) and not journal.exists()
    assert [path.read_bytes()[:2] for path in back.aside] == [b"\xd9\xd5"]
    with pytest.raises(FileExistsError):
        restore(made.path, target)
    papers = tmp_path / "x.gwoffice.files"
    papers.mkdir()
    with pytest.raises(FileExistsError):
        restore(made.path, tmp_path / "x.gwoffice")
    with pytest.raises(FileNotFoundError):
        restore(made.path, tmp_path / "no" / "x.gwoffice")


def test_whoever_was_erased_since_is_erased_again(sqlite_store: Store, tmp_path: Path) -> None:
    store, folder = sqlite_store, tmp_path / "b"
    person = store.run(usecases.add_person, name="최가상", fictional=True).value
    made = make_backup(store, folder)
    erasing.erase(store, id=person)
    assert restore(made.path, tmp_path / "before.gwoffice").erased == 0
    with store.reading() as read:
        register = erasing.register(read)
    told = restore(made.path, tmp_path / "told.gwoffice", erased=register)
    assert told.erased == 1
    make_backup(store, folder)
    back = restore(made.path, tmp_path / "after.gwoffice")
    assert back.erased == 1
    assert "최가상".encode() not in back.path.read_bytes()


def test_one_of_a_newer_program_is_refused(
    sqlite_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = make_backup(sqlite_store, tmp_path / "b")
    monkeypatch.setattr("gwangju_desktop.backups.restoring.head", lambda: "0001")
    with pytest.raises(errors.TooNew):
        restore(made.path, tmp_path / "r.gwoffice")
    assert not list(tmp_path.glob("*r.gwoffice*"))


def test_what_is_no_backup_is_said_in_a_sentence(tmp_path: Path) -> None:
    for name, content in (
        ("empty", b""),
        ("text", b"hello" * 99),
        ("office", b"SQLite format 3\0"),
    ):
        path = tmp_path / f"{name}.gwbak"
        path.write_bytes(content)
        verdict = verify(path)
        assert not verdict.ok and verdict.manifest is None and len(verdict.problems) == 1
    stranger = tmp_path / "zip.gwbak"
    for told in (b"[]", b"{}", b"\xff", b'{"format":"gwangju-desktop/backup/1"}'):
        with zipfile.ZipFile(stranger, "w") as held:
            held.writestr(form.MANIFEST, told)
        assert not verify(stranger).ok
    with pytest.raises(FileNotFoundError):
        verify(tmp_path / "none.gwbak")


def test_a_name_that_climbs_out_of_the_folder_is_no_digest(
    sqlite_store: Store, tmp_path: Path
) -> None:
    made = make_backup(sqlite_store, tmp_path / "b")
    with zipfile.ZipFile(made.path) as held:
        parts = {name: held.read(name) for name in held.namelist()}
    parts[form.MANIFEST] = parts[form.MANIFEST].replace(
        b'"files": {}', b'"files": {"../../../etc/passwd": 1}'
    )
    with zipfile.ZipFile(made.path, "w") as held:
        for name, content in parts.items():
            held.writestr(name, content)
    assert not verify(made.path).ok


def test_thinning_takes_files_only_with_the_last_backup_that_lists_them(
    sqlite_store: Store, tmp_path: Path
) -> None:
    import datetime as dt

    folder = tmp_path / "b"
    digests = with_files(sqlite_store)
    made = make_backup(sqlite_store, folder)
    old = folder / "gw-20210104-090000-v0001.gwbak"
    shutil.move(made.path, old)
    stray = form.place_of(folder, "ab" * 32)
    stray.parent.mkdir(exist_ok=True)
    stray.write_bytes(b"of a backup that is gone")
    newer = make_backup(sqlite_store, folder)
    now = newer.manifest.moment + dt.timedelta(minutes=1)
    assert keeping.thin(folder, now=now, dry_run=True) == [old] and old.exists()
    assert keeping.thin(folder, now=now) == [old] and not old.exists()
    assert not stray.exists() and verify(newer.path).ok
    assert all(form.place_of(folder, digest).exists() for digest in digests)


@pytest.mark.parametrize("store", ["postgresql"], indirect=True)
def test_an_office_on_a_server_is_left_to_the_server(store: Store, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="pg_dump"):
        make_backup(store, tmp_path / "b")
    assert not (tmp_path / "b").exists()


def test_a_backup_that_reads_otherwise_than_it_was_written_is_not_kept(
    sqlite_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted, calls = integrity.counts, []

    def less_when_read_again(connection):
        calls.append(1)
        return counted(connection) | ({"person": 99} if len(calls) > 1 else {})

    monkeypatch.setattr(integrity, "counts", less_when_read_again)
    with pytest.raises(UserError, match="다시 읽"):
        make_backup(sqlite_store, tmp_path / "b")
    assert form.listed(tmp_path / "b") == []


def test_what_a_killed_program_left_unpacked_is_swept_after_an_hour(
    sqlite_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import os
    import tempfile
    import time

    made = make_backup(sqlite_store, tmp_path / "b")
    place = tmp_path / "temporary"
    place.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    old, young = place / "gwbak-old", place / "gwbak-young"
    for folder in (old, young):
        folder.mkdir()
        (folder / form.DATABASE).write_bytes(b"everything")
    long_ago = time.time() - 7_200
    for path in (old / form.DATABASE, old):
        os.utime(path, (long_ago, long_ago))
    assert verify(made.path).ok
    assert [path.name for path in place.iterdir()] == ["gwbak-young"]
