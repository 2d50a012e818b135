"""Only a notice the publisher signed is believed, and only the installer it names."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from gwangju_desktop import VERSION, updates
from gwangju_desktop.errors import UserError
from gwangju_desktop.snapshots.signing import new_secret, public_pem, sign

KEY = new_secret()
PUBLIC = KEY.public_key().public_bytes_raw()


def notice(version: str = "99.1", **other: str) -> updates.Notice:
    told = {
        "version": version,
        "released": "2026-11-02",
        "ko": "예시: 회의록 인쇄를 고쳤습니다.",
        "en": "Example: printing of minutes was mended.",
        "file": "gwangju-desktop 99.1.exe",
        "sha256": hashlib.sha256(b"setup").hexdigest(),
    }
    return updates.Notice(**told | other)


def laid(folder: Path, content: bytes) -> Path:
    (folder / updates.NAME).write_bytes(content)
    return folder


def test_a_later_version_is_told_and_its_installer_checked(tmp_path: Path) -> None:
    assert updates.look(tmp_path, PUBLIC) is None
    laid(tmp_path, updates.written(notice(), KEY))
    found = updates.look(tmp_path, PUBLIC)
    assert found == notice()
    with pytest.raises(FileNotFoundError):
        updates.installer(tmp_path, found)
    (tmp_path / found.file).write_bytes(b"another")
    with pytest.raises(UserError):
        updates.installer(tmp_path, found)
    (tmp_path / found.file).write_bytes(b"setup")
    assert updates.installer(tmp_path, found).name == found.file


@pytest.mark.parametrize(
    ("version", "later"), [(VERSION, False), ("0.0.9", False), ("0.1.0.1", True), ("0.10.0", True)]
)
def test_versions_are_compared_as_numbers(tmp_path: Path, version: str, later: bool) -> None:
    laid(tmp_path, updates.written(notice(version), KEY))
    assert (updates.look(tmp_path, PUBLIC) is not None) is later


def signed(words: bytes) -> bytes:
    return sign(KEY, words).hex().encode() + b"\n" + words


STRANGE = [
    b"",
    b"\n",
    b"zz\n{}",
    updates.written(notice(), new_secret()),
    updates.written(notice(), KEY) + b" ",
    updates.written(notice(), KEY).replace(b"99.1", b"99.2"),
    signed(b"[]"),
    signed(b"{}"),
    signed(json.dumps({"version": "1"}).encode()),
    updates.written(notice("1.0; rm"), KEY),
    updates.written(notice(file="../setup.exe"), KEY),
    updates.written(notice(file="C:\\setup.exe"), KEY),
    updates.written(notice(released="soon"), KEY),
    updates.written(notice(ko="가" * updates.LONGEST), KEY),
]


@pytest.mark.parametrize("content", STRANGE)
def test_anything_else_is_refused_in_a_sentence(tmp_path: Path, content: bytes) -> None:
    laid(tmp_path, content)
    with pytest.raises(UserError) as told:
        updates.look(tmp_path, PUBLIC)
    assert updates.NAME in str(told.value) or str(tmp_path) in str(told.value)


def test_a_publishers_key_is_read_from_pem_alone(tmp_path: Path) -> None:
    path = tmp_path / "배포자.pem"
    path.write_bytes(public_pem(PUBLIC))
    assert updates.publisher_key(path) == PUBLIC
    path.write_bytes(public_pem(PUBLIC).replace(b"\n", b"\r\n"))
    assert updates.publisher_key(path) == PUBLIC
    path.write_bytes(b"-----BEGIN PUBLIC KEY-----\n")
    with pytest.raises(UserError):
        updates.publisher_key(path)
