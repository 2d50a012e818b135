from __future__ import annotations

import io
import os
import unicodedata
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


@pytest.mark.parametrize(
    "name",
    [
        *("../a", "a/../b", "/a", "a//b", "a/b/c", "C:/a", "a\\b", ".a", "a/.b", "a.", "a/b."),
        *("", "a/", "/", ".", "..", "a b", "a\0b", "a\nb", "a:b", "a*", "-a", "é.txt", "日.txt"),
        *(unicodedata.normalize("NFD", "열람.html"), "x" * 121, "가" * 41),
    ],
)
def test_names_that_would_harm_or_change_are_neither_written_nor_read(name: str) -> None:
    assert not container.is_name(name)
    with pytest.raises(ValueError):
        written({name: b"x"})
    for flag in (0, 1 << 11):
        with pytest.raises(container.NotCanonical):
            read_back(plain_zip({name: b"x"}, flag))


def plain_zip(members: dict[str, bytes], flag: int = 0) -> bytes:
    """Write any names in the form of a container, in the order given."""
    data, central = b"", []
    for name, content in members.items():
        encoded = name.encode("utf-8", "surrogatepass")
        part = container.measure(content)
        common = (20, flag, 0, 0, 33, part.crc, part.size, part.size, len(encoded), 0)
        start = len(data)
        data += container._LOCAL.pack(b"PK\3\4", *common) + encoded + content
        entry = container._CENTRAL.pack(
            b"PK\1\2", 3 << 8 | 20, *common, 0, 0, 0, 0o100644 << 16, start
        )
        central.append(entry + encoded)
    return data + container._closing(central, len(data))


@pytest.mark.parametrize(
    ("members", "flag"),
    [
        ({"a": b"1", "A": b"2"}, 0),
        ({"csv": b"1", "csv/a": b"2"}, 0),
        ({"CSV": b"1", "csv/a": b"2"}, 0),
        ({"b": b"1", "a": b"2"}, 0),
        ({"a": b"1"}, 1 << 11),
        ({"가": b"1"}, 0),
    ],
    ids=["case", "folder", "folder's case", "order", "UTF-8 needlessly", "UTF-8 unsaid"],
)
def test_names_that_clash_and_marks_that_lie_are_refused(
    members: dict[str, bytes], flag: int
) -> None:
    with pytest.raises(container.NotCanonical):
        read_back(plain_zip(members, flag))
    assert read_back(plain_zip({"가": b"1"}, 1 << 11)) == {"가": b"1"}


def test_a_name_twice_is_refused() -> None:
    once = plain_zip({"a": b"1"})
    head = once[: once.index(b"PK\1\2")]
    with pytest.raises(container.NotCanonical):
        read_back(head + head + once[len(head) :])


def test_caps_hold_for_writing_and_for_reading() -> None:
    many = {f"m{n:04}": b"" for n in range(container.SNAPSHOT.members + 1)}
    with pytest.raises(container.TooLarge):
        written(many)
    with pytest.raises(container.NotCanonical):
        read_back(plain_zip(many))
    tight = container.Caps(1000, 2)
    for members in ({"a": b"", "b": b"", "c": b""}, {"a": bytes(901)}):
        with pytest.raises(container.TooLarge):
            container.write(io.BytesIO(), members, tight)
    with pytest.raises(container.NotCanonical):
        container.members(io.BytesIO(written(MEMBERS)), took=lambda *_: None, caps=tight)
    # A header that promises more than a container may hold is refused before anything is read.
    promise = bytearray(written({"a": b"x"}))
    promise[18:26] = b"\xff" * 8
    with pytest.raises(container.NotCanonical) as refused:
        read_back(bytes(promise))
    assert refused.value.where == 30


def test_a_million_entries_are_refused_at_the_cap() -> None:
    class Endless(io.RawIOBase):
        """Headers without end."""

        given = 0

        def read(self, size: int = -1) -> bytes:
            header = written({f"m{self.given // 36:06}": b""})[:37]
            at = self.given % 37
            piece = header[at : at + size]
            self.given += len(piece)
            return piece

    endless = Endless()
    with pytest.raises(container.NotCanonical):
        container.members(endless, took=lambda *_: None)
    assert endless.given < 40 * (container.SNAPSHOT.members + 2)


def test_a_file_that_changes_while_it_is_written_stops_the_writing(tmp_path: Path) -> None:
    path = tmp_path / "증빙.pdf"
    path.write_bytes(b"first")
    measured = container.measure(path)
    path.write_bytes(b"other")
    with pytest.raises(OSError, match="changed"):
        container.write(io.BytesIO(), {"a": measured})


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
