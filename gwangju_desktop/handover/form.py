"""The form of a handed-over office: one zip of its database, its files and who gave it to whom.

`manifest.json` and `office.sqlite` are those of a backup; `handover.json` names the handover and
`files/ab/<SHA-256>` hold papers and evidence. Under a passphrase all of it is sealed.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, BinaryIO

from gwangju_desktop.backups import form as backup
from gwangju_desktop.backups import sealing, verifying
from gwangju_desktop.backups.form import Manifest
from gwangju_desktop.errors import UserError
from gwangju_desktop.steps import Watch
from gwangju_desktop.text import N_

FORMAT = "gwangju-desktop/handover/1"
ENDING = ".gwhand"
FACTS = "handover.json"
WHY = "handover"
READING = N_("Reading papers and evidence again")
_MOST = 64 * 1024


@dataclass(frozen=True, slots=True)
class Handover:
    """Who gave the office file to whom: its number, its token, when, and on which PC."""

    number: int
    token: str
    by: str
    to: str
    at: str
    pc: str

    def written(self) -> bytes:
        """Return it as it lies in the file."""
        return json.dumps({"format": FORMAT, **asdict(self)}, ensure_ascii=False, indent=1).encode()

    @classmethod
    def read(cls, text: bytes) -> Handover:
        """Read it; raises ValueError for one of another form."""
        told = json.loads(text)
        if not isinstance(told, dict) or told.pop("format", None) != FORMAT:
            raise ValueError("another form")
        try:
            made = cls(**told)
        except TypeError as error:
            raise ValueError(str(error)) from error
        texts = (made.token, made.by, made.to, made.at, made.pc)
        if type(made.number) is not int or not all(type(text) is str for text in texts):
            raise ValueError("a value of another type")
        return made


@dataclass(frozen=True, slots=True)
class Handed:
    """A file that was found whole, while it is open: its zip, and its database unpacked beside."""

    handover: Handover
    manifest: Manifest
    database: Path
    zipped: zipfile.ZipFile

    def put(self, digest: str, out: BinaryIO) -> None:
        """Write one paper; its bytes are its digest's, as was found when the file was opened."""
        with self.zipped.open(place(digest)) as source:
            for part in backup.parts(source):
                out.write(part)


def place(digest: str) -> str:
    """Return where a paper lies in the zip."""
    return f"files/{digest[:2]}/{digest}"


def damaged(path: Path) -> UserError:
    """Return the refusal of a file that is not whole."""
    return UserError(
        N_("{file} is damaged or is no office that was handed over."),
        hint=N_("Copy it again from where it was given, or ask for it to be given again."),
        file=path.name,
    )


def is_sealed(path: Path) -> bool:
    """Say whether a file is under a passphrase; raises UserError for what is no file of this form."""
    try:
        if backup.is_sealed(path):
            return True
        if zipfile.is_zipfile(path):
            return False
    except (IsADirectoryError, PermissionError):
        raise damaged(path) from None
    raise damaged(path)


@contextlib.contextmanager
def opened(path: Path, passphrase: str | None, watch: Watch) -> Iterator[Handed]:
    """Yield a file that was read whole: records, journal's head and every paper are themselves.

    Raises UserError for one that is damaged or under another passphrase, FileNotFoundError, Full
    where there is no room to unpack it.
    """
    if not path.is_file():
        raise FileNotFoundError(str(path))
    _demand_passphrase(path, passphrase)
    with contextlib.ExitStack() as held:
        try:
            zipped, manifest, database = held.enter_context(verifying.whole(path, passphrase))
            handed = Handed(_facts(zipped), manifest, database, zipped)
            wrong = [*verifying.of_database(database, manifest)]
            _demand_papers(handed, watch)
        except (
            verifying.Wrong,
            ValueError,
            KeyError,
            RecursionError,
            zipfile.BadZipFile,
            EOFError,
        ):
            raise damaged(path) from None
        if wrong:
            raise damaged(path)
        yield handed


def _demand_passphrase(path: Path, passphrase: str | None) -> None:
    if not is_sealed(path):
        return
    if not passphrase:
        raise UserError(
            N_("{file} is under a passphrase."),
            hint=N_("Give the one it was made under."),
            file=path.name,
        )
    with path.open("rb") as file:
        header = file.read(sealing.HEADER)
    if len(header) < sealing.HEADER:
        raise damaged(path)
    if not sealing.opens(header, passphrase):
        raise UserError(
            N_("The passphrase does not open {file}."),
            hint=N_("Type the one it was given under; whoever gave it knows it."),
            file=path.name,
        )


def _facts(zipped: zipfile.ZipFile) -> Handover:
    if zipped.getinfo(FACTS).file_size > _MOST:
        raise ValueError("too long")
    return Handover.read(zipped.read(FACTS))


def _demand_papers(handed: Handed, watch: Watch) -> None:
    """Raise ValueError unless every paper that is listed lies there and is itself."""
    watch.begin(sum(handed.manifest.files.values()), READING)
    for digest in handed.manifest.files:
        found = hashlib.sha256()
        with handed.zipped.open(place(digest)) as source:
            for part in backup.parts(source):
                found.update(part)
                watch.on(len(part))
        if found.hexdigest() != digest:
            raise ValueError(digest)


def copy_counting(source: io.RawIOBase | BinaryIO, out: Any, watch: Watch) -> str:
    """Copy a file part by part; return the SHA-256 of what was copied."""
    found = hashlib.sha256()
    for part in backup.parts(source):
        found.update(part)
        out.write(part)
        watch.on(len(part))
    return found.hexdigest()
