"""The form of a backup: a zip of the office's database and a manifest, sealed or as it is.

`gw-YYYYMMDD-HHMMSS-vNNNN.gwbak` in a folder, beside it `files/ab/<SHA-256>` once for all backups of
the folder. Any zip program opens one that is not sealed.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import json
import re
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from db.files import blaming
from gwangju_desktop import clock
from gwangju_desktop.backups import sealing
from gwangju_desktop.errors import UserError
from gwangju_desktop.text import N_

FORMAT = "gwangju-desktop/backup/1"
DATABASE, MANIFEST = "office.sqlite", "manifest.json"
ENDING = ".gwbak"
FILES = "files"
SEALED = ".sealed"
MOST_MANIFEST = 64 * 2**20
PART = 1024 * 1024
_NAME = re.compile(r"gw-(\d{8}-\d{6})-v(\d+)(?:-(\d+))?\.gwbak")
_WRITTEN = "%Y%m%d-%H%M%S"
_DIGEST = re.compile("[0-9a-f]{64}")
Stream = io.RawIOBase | BinaryIO
# A manifest's own `bytes` is a number.
Bytes = bytes


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says of itself.

    `bytes` and `sha256` are of the database, `tables` its rows by table, `audit_id` and
    `audit_hash` the journal's head, `files` the bytes by SHA-256 of what lies beside the office,
    `missing` the digests that records name and that were not there or not themselves, `erased` the
    register of erasures, `why` a code of `Why`.
    """

    office_id: str
    office_ko: str
    office_en: str
    made_at: str
    why: str
    program: str
    revision: str
    audit_id: int
    audit_hash: str
    bytes: int
    sha256: str
    tables: dict[str, int] = field(default_factory=dict)
    files: dict[str, int] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)
    erased: list[str] = field(default_factory=list)

    @property
    def moment(self) -> dt.datetime:
        """Return when it was made, on the office's clock."""
        return clock.local(dt.datetime.fromisoformat(self.made_at))

    def written(self) -> Bytes:
        """Return the manifest as it lies in the backup."""
        told = {"format": FORMAT, **asdict(self)}
        return json.dumps(told, ensure_ascii=False, indent=1).encode()

    @classmethod
    def read(cls, text: Bytes) -> Manifest:
        """Read a manifest; raises ValueError for one of another form."""
        told = json.loads(text)
        if not isinstance(told, dict) or told.pop("format", None) != FORMAT:
            raise ValueError("another form")
        try:
            made = cls(**told)
        except TypeError as error:
            raise ValueError(str(error)) from error
        if not all(type(getattr(made, n)) is kind for n, kind in _KINDS.items()):
            raise ValueError("a value of another type")
        if not all(_DIGEST.fullmatch(digest) for digest in made.files):
            raise ValueError("a file by another name")
        dt.datetime.fromisoformat(made.made_at)
        return made


_KINDS: dict[str, type] = {
    **dict.fromkeys(("office_id", "made_at", "why", "revision", "audit_hash", "sha256"), str),
    "audit_id": int,
    "bytes": int,
    "tables": dict,
    "files": dict,
    "missing": list,
    "erased": list,
}


def name_for(moment: dt.datetime, revision: str, folder: Path) -> str:
    """Return a name that is not in the folder yet: day and time on the office's clock."""
    stem = f"gw-{clock.local(moment).strftime(_WRITTEN)}-v{revision}"
    name, n = f"{stem}{ENDING}", 1
    while (folder / name).exists():
        n += 1
        name = f"{stem}-{n}{ENDING}"
    return name


def moment_of(name: str) -> dt.datetime | None:
    """Return when a backup of this name was made, None for a name that is none of ours."""
    match = _NAME.fullmatch(name)
    if match is None:
        return None
    with contextlib.suppress(ValueError):
        return dt.datetime.strptime(match.group(1), _WRITTEN).replace(tzinfo=clock.KST)
    return None


def listed(folder: Path) -> list[Path]:
    """Return the backups of a folder, the newest first."""
    found = [path for path in folder.glob(f"gw-*{ENDING}") if moment_of(path.name)]
    return sorted(found, key=lambda path: _order(path.name), reverse=True)


def _order(name: str) -> tuple[str, int]:
    match = _NAME.fullmatch(name)
    assert match is not None
    return match.group(1), int(match.group(3) or 1)


def place_of(folder: Path, digest: str) -> Path:
    """Return where a file lies beside the backups of a folder."""
    return folder / FILES / digest[:2] / digest


def sealed_place(folder: Path, digest: str, salt: bytes) -> Path:
    """Return where a file sealed under the key of a salt lies."""
    return folder / FILES / digest[:2] / sealed_name(digest, salt)


def sealed_name(digest: str, salt: bytes) -> str:
    """Return the name of a file that is sealed under the key of a salt."""
    return f"{digest}.{salt.hex()[:8]}{SEALED}"


def is_digest(name: str) -> bool:
    """Say whether a file is named by its SHA-256."""
    return _DIGEST.fullmatch(name) is not None


def beside(office: Path) -> Path:
    """Return the folder of an office file's own backups."""
    return office.with_name(f"{office.name}.backups")


def is_sealed(path: Path) -> bool:
    """Say whether a backup is under a passphrase."""
    with blaming(path), path.open("rb") as file:
        return sealing.is_sealed(file.read(len(sealing.MAGIC)))


@contextlib.contextmanager
def opened(path: Path, passphrase: str | None = None) -> Iterator[zipfile.ZipFile]:
    """Yield a backup's zip, unsealed into a temporary file of this person's where it must be.

    Raises UserError when it is no backup, damaged, or under another passphrase.
    """
    with contextlib.ExitStack() as held:
        file: BinaryIO = held.enter_context(path.open("rb"))
        if sealing.is_sealed(file.read(len(sealing.MAGIC))):
            if not passphrase:
                raise UserError(
                    N_("{file} is under a passphrase."),
                    hint=N_("Give the one it was made under."),
                    file=path.name,
                )
            file.seek(0)
            plain = held.enter_context(tempfile.TemporaryFile(prefix="gwbak-"))
            try:
                with blaming(path):
                    for part in sealing.unsealed(file, passphrase):
                        plain.write(part)
            except sealing.Spoilt:
                raise damaged(path) from None
            file = plain
        file.seek(0)
        try:
            yield held.enter_context(zipfile.ZipFile(file))
        except (zipfile.BadZipFile, EOFError, KeyError, NotImplementedError):
            raise damaged(path) from None


def manifest_of(held: zipfile.ZipFile, path: Path) -> Manifest:
    """Return what an opened backup says of itself; raises UserError when it cannot be read."""
    try:
        if held.getinfo(MANIFEST).file_size > MOST_MANIFEST:
            raise damaged(path)
        return Manifest.read(held.read(MANIFEST))
    except (ValueError, KeyError, RecursionError, zipfile.BadZipFile):
        raise damaged(path) from None


def read_manifest(path: Path, passphrase: str | None = None) -> Manifest:
    """Return what a backup says of itself, unchecked; raises UserError when it cannot be read."""
    with opened(path, passphrase) as held:
        return manifest_of(held, path)


def damaged(path: Path) -> UserError:
    """Return the refusal of a backup that is not whole."""
    return UserError(
        N_("{file} is damaged or is no backup of an office."),
        hint=N_("Take another backup, the one made before it for instance."),
        file=path.name,
    )


def parts(file: Any) -> Iterator[bytes]:
    """Read a file a megabyte at a time."""
    while part := file.read(PART):
        yield part
