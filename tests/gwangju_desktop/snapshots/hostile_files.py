"""Zip files nobody should open as a snapshot, written byte by byte where no tool would."""

from __future__ import annotations

import io
import struct
import unicodedata
import zipfile
from collections.abc import Callable
from pathlib import Path

from gwangju_desktop.snapshots import container, signing, sshsig
from tests.gwangju_desktop.snapshots import hostile, tampering
from tests.gwangju_desktop.snapshots.test_container import plain_zip

OUTSIDE = "outside.txt"
Make = Callable[[Path], None]


def _genuine(path: Path) -> dict[str, bytes]:
    made = hostile.sealed(path.parent, hostile.good, name="genuine.gwsnap")
    with zipfile.ZipFile(made) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _with(*more: str, flag: int = 0) -> Make:
    """Add members of these names to a copy that is right in everything else."""

    def make(path: Path) -> None:
        path.write_bytes(plain_zip(_genuine(path) | dict.fromkeys(more, b"harm"), flag))

    return make


def _ordinary(change: Callable[[zipfile.ZipFile, dict[str, bytes]], None], packing: int) -> Make:
    """Write with an ordinary zip tool."""

    def make(path: Path) -> None:
        with zipfile.ZipFile(path, "w", packing) as archive:
            change(archive, _genuine(path))

    return make


def _bomb(archive: zipfile.ZipFile, parts: dict[str, bytes]) -> None:
    """A gigabyte of nothing where the database should be, in a megabyte."""
    for name in container.FIRST:
        archive.writestr(name, parts[name])
    with archive.open(container.DATABASE, "w", force_zip64=True) as file:
        for _ in range(1024):
            file.write(bytes(1024 * 1024))


def _nested(archive: zipfile.ZipFile, parts: dict[str, bytes]) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("0", bytes(64 * 1024 * 1024))
    for name, content in parts.items():
        archive.writestr(name, inner.getvalue() if name == container.DATABASE else content)


def _link(archive: zipfile.ZipFile, parts: dict[str, bytes]) -> None:
    """A symbolic link to a file of the machine instead of the database."""
    for name, content in parts.items():
        info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
        is_link = name == container.DATABASE
        info.create_system, info.external_attr = 3, (0o120777 if is_link else 0o100644) << 16
        archive.writestr(info, b"/etc/passwd" if is_link else content)


def _million(path: Path) -> None:
    """Empty members under one name after another, past what any header can count."""
    with path.open("wb") as file:
        for n in range(1_000_000):
            name = b"m%06d" % n
            common = (20, 0, 0, 0, 33, 0, 0, 0, len(name), 0)
            file.write(struct.pack("<4sHHHHHIIIHH", b"PK\3\4", *common) + name)


def _manifest(content: bytes) -> Make:
    """Put these bytes where the manifest is, rightly signed by a stranger."""

    def make(path: Path) -> None:
        key = signing.new_key(hostile.PASSPHRASE)
        secret = signing.unseal(key, hostile.PASSPHRASE)
        changed = {
            container.MANIFEST: content,
            container.SIGNATURE: signing.sign(secret, content),
            container.SSH_SIGNATURE: sshsig.sign(secret, content),
            container.PUBLIC_KEY: signing.public_pem(key.public),
            container.ALLOWED_SIGNERS: sshsig.allowed_signers(key.public),
        }
        path.write_bytes(tampering.packed({**_genuine(path), **changed}))

    return make


def _sizes(path: Path) -> None:
    """A header that promises four gigabytes."""
    data = bytearray(plain_zip(_genuine(path)))
    struct.pack_into("<II", data, 18, 2**32 - 1, 2**32 - 1)
    path.write_bytes(data)


def _sparse(path: Path) -> None:
    with path.open("wb") as file:
        file.write(plain_zip(_genuine(path)))
        file.truncate(20 * 1024**3)


_NFC = "csv/가상.csv"
FILES: dict[str, Make] = {
    "zip bomb": _ordinary(_bomb, zipfile.ZIP_DEFLATED),
    "zip in a zip": _ordinary(_nested, zipfile.ZIP_STORED),
    "symbolic link": _ordinary(_link, zipfile.ZIP_STORED),
    "up": _with(f"../{OUTSIDE}"),
    "up from a folder": _with(f"csv/../../{OUTSIDE}"),
    "out of a folder": _with("csv/../x"),
    "absolute": _with(f"/tmp/{OUTSIDE}"),
    "backslash": _with(f"..\\{OUTSIDE}"),
    "drive": _with(f"C:\\{OUTSIDE}", f"C:{OUTSIDE}"),
    "device": _with("csv/NUL.csv:stream"),
    "control": _with("csv/a\nb.csv", "csv/a\0b.csv"),
    "case": _with("SNAPSHOT.SQLITE"),
    "NFC and NFD": _with(_NFC, unicodedata.normalize("NFD", _NFC), flag=1 << 11),
    "deep folders": _with("csv/" * 20 + "x"),
    "file and folder": _with("csv", "csv/person.csv"),
    "a million entries": _million,
    "gigantic manifest": _manifest(b'{"format":"' + b"x" * (64 * 1024 * 1024) + b'"}'),
    "deep manifest": _manifest(b"[" * 200_000),
    "long number": _manifest(b'{"format":' + b"9" * 200_000 + b"}"),
    "lying sizes": _sizes,
    "sparse": _sparse,
}
_PAGE = b"<html><script>location='file:///etc/passwd'</script><img src='http://example.invalid/x'>"
PAGES = {
    **dict.fromkeys((container.README_KO, container.README_EN, container.PAGE), _PAGE),
    container.PACKAGE: b'{"resources":[{"path":"../../../etc/passwd"}]}' + b"[" * 100_000,
}
