"""A snapshot saved for sending: the same bytes, whole or in parts, opened as they are."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from gwangju_desktop.errors import Cancelled, UserError
from gwangju_desktop.snapshots import sending
from gwangju_desktop.snapshots.opening import open_snapshot
from gwangju_desktop.snapshots.verify import verify


@pytest.fixture
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Parts of a thousandth of what is asked for, so that a small copy has some."""
    monkeypatch.setattr(sending, "MEGABYTE", 100 * 1024)


def test_the_zip_is_the_same_bytes_and_opens(copy: Path, tmp_path: Path) -> None:
    folder = tmp_path / "보낼 것"
    folder.mkdir()
    sent = sending.save_for_sending(copy, folder)
    assert [path.name for path in sent.files] == ["점검용 사본 1.zip"] and sent.note is None
    assert sent.files[0].read_bytes() == copy.read_bytes() and sent.bytes == copy.stat().st_size
    assert verify(sent.files[0]).ok
    assert open_snapshot(sent.files[0]).tables
    assert sent.as_json()["files"] == [str(sent.files[0])]


@pytest.mark.usefixtures("small_parts")
def test_parts_open_from_the_first_and_join_again(copy: Path, tmp_path: Path) -> None:
    folder = tmp_path / "보낼 것"
    folder.mkdir()
    stale = folder / "점검용 사본 1.zip.099"
    stale.write_bytes(b"of an earlier and larger one")
    sent = sending.save_for_sending(copy, folder, part_mb=1)
    assert len(sent.files) > 3 and sent.files[0].name == "점검용 사본 1.zip.001"
    assert all(path.stat().st_size <= 100 * 1024 for path in sent.files)
    assert not stale.exists()
    assert b"".join(path.read_bytes() for path in sent.files) == copy.read_bytes()
    verdict = verify(sent.files[0])
    assert verdict.ok, [str(problem) for problem in verdict.problems]
    assert open_snapshot(sent.files[0]).bytes == copy.stat().st_size


@pytest.mark.usefixtures("small_parts")
def test_the_note_says_the_line_that_joins_them(copy: Path, tmp_path: Path) -> None:
    copy = copy.rename(copy.with_name("사무국's 사본.gwsnap"))
    folder = tmp_path / "보낼 것"
    folder.mkdir()
    sent = sending.save_for_sending(copy, folder, part_mb=1)
    assert sent.note is not None
    text = sent.note.read_bytes().decode("utf-8-sig")
    assert "\r\n" in text and "copy /b" in text
    lines = [line for line in text.splitlines() if line.startswith("  Linux: ")]
    assert len(set(lines)) == 1
    if shutil.which("cat") is None:
        pytest.skip("cat is not installed")
    subprocess.run(lines[0].removeprefix("  Linux: "), shell=True, cwd=folder, check=True)
    assert (folder / "사무국's 사본.zip").read_bytes() == copy.read_bytes()


@pytest.mark.usefixtures("small_parts")
def test_a_part_missing_or_exchanged_is_found(copy: Path, tmp_path: Path) -> None:
    sent = sending.save_for_sending(copy, tmp_path, part_mb=1)
    first, second = sent.files[0].read_bytes(), sent.files[1].read_bytes()
    sent.files[1].unlink()
    verdict = verify(sent.files[0])
    assert not verdict.ok and sent.files[0].name in str(verdict.problems[0])
    sent.files[1].write_bytes(first)
    assert not verify(sent.files[0]).ok
    sent.files[1].write_bytes(second)
    assert verify(sent.files[0]).ok
    assert not verify(sent.files[1]).ok


def test_what_cannot_be_sent_so_is_said(copy: Path, tmp_path: Path) -> None:
    for part_mb in (0, -1):
        with pytest.raises(UserError):
            sending.save_for_sending(copy, tmp_path, part_mb=part_mb)
    as_zip = copy.rename(copy.with_suffix(".zip"))
    with pytest.raises(UserError, match=as_zip.name):
        sending.save_for_sending(as_zip, as_zip.parent)
    copy = as_zip.rename(copy)
    with pytest.raises(UserError):
        sending.save_for_sending(tmp_path, tmp_path)
    with pytest.raises(FileNotFoundError):
        sending.save_for_sending(copy, tmp_path / "none")
    with pytest.raises(Cancelled):
        sending.save_for_sending(copy, tmp_path, cancelled=lambda: True)
    assert not list(tmp_path.glob("*.zip"))
    said: list[tuple[int, int]] = []
    sending.save_for_sending(copy, tmp_path, progress=lambda n, of, _: said.append((n, of)))
    assert said[-1] == (copy.stat().st_size, copy.stat().st_size)
