from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gwangju_desktop.snapshots import container

MEMBERS = {
    "snapshot.sqlite": b"S" * 70,
    "manifest.json": b"{}",
    "열람.html": "읽어 주십시오".encode(),
    "csv/person.csv": b"id",
    "manifest.sig": bytes(64),
    "public-key.pem": b"PEM",
}


def written(members: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    container.write(file, members)
    return file.getvalue()


def read_back(data: bytes) -> dict[str, bytes]:
    got: dict[str, bytes] = {}

    def took(member: container.Member, chunk: bytes) -> None:
        got[member.name] = got.get(member.name, b"") + chunk

    container.members(io.BytesIO(data), took=took)
    return got


def test_members_come_back_in_the_one_order() -> None:
    assert list(read_back(written(MEMBERS))) == [
        "manifest.json",
        "manifest.sig",
        "public-key.pem",
        "csv/person.csv",
        "snapshot.sqlite",
        "열람.html",
    ]
    assert read_back(written(MEMBERS)) == MEMBERS
    assert written(MEMBERS) == written(dict(reversed(MEMBERS.items())))


def test_any_zip_tool_opens_it() -> None:
    with zipfile.ZipFile(io.BytesIO(written(MEMBERS))) as archive:
        assert archive.testzip() is None
        assert {n: archive.read(n) for n in archive.namelist()} == MEMBERS
        assert all(i.compress_type == zipfile.ZIP_STORED for i in archive.infolist())


def test_files_and_bytes_give_the_same_container(tmp_path: Path) -> None:
    path = tmp_path / "자료.sqlite"
    path.write_bytes(MEMBERS["snapshot.sqlite"])
    mixed = io.BytesIO()
    container.write(mixed, {**MEMBERS, "snapshot.sqlite": path})
    assert mixed.getvalue() == written(MEMBERS)


def test_every_flipped_bit_is_found() -> None:
    whole = written(MEMBERS)
    for at in range(len(whole)):
        for bit in range(8):
            flipped = bytearray(whole)
            flipped[at] ^= 1 << bit
            with pytest.raises(container.NotCanonical):
                read_back(bytes(flipped))


def test_every_truncation_and_every_addition_is_found() -> None:
    whole = written(MEMBERS)
    for length in range(len(whole)):
        with pytest.raises(container.NotCanonical):
            read_back(whole[:length])
    for wrong in (whole + b"\0", b"\0" + whole, whole + whole):
        with pytest.raises(container.NotCanonical):
            read_back(wrong)


def test_what_an_ordinary_zip_tolerates_is_refused() -> None:
    for compression, comment in ((zipfile.ZIP_DEFLATED, b""), (zipfile.ZIP_STORED, b"hello")):
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w", compression) as archive:
            for name in container.order(MEMBERS):
                archive.writestr(name, MEMBERS[name])
            archive.comment = comment
        with pytest.raises(container.NotCanonical):
            read_back(file.getvalue())


@settings(max_examples=50, deadline=None)
@given(
    st.dictionaries(st.from_regex(r"[a-z][a-z0-9]{0,8}", fullmatch=True), st.binary(), max_size=8)
)
def test_round_trip(members: dict[str, bytes]) -> None:
    read = read_back(written(members))
    assert read == {name: content for name, content in members.items() if content}


def test_only_ordinary_files_are_opened(tmp_path: Path) -> None:
    if not hasattr(os, "mkfifo"):
        pytest.skip("no named pipes here")
    pipe = tmp_path / "pipe.gwsnap"
    os.mkfifo(pipe)
    link = tmp_path / "link.gwsnap"
    link.symlink_to(pipe)
    sparse = tmp_path / "sparse.gwsnap"
    with sparse.open("wb") as file:
        file.truncate(20 * 1024**3)
    for path in (pipe, link, sparse, tmp_path):
        with pytest.raises((ValueError, IsADirectoryError)):
            container.open_regular(path)
