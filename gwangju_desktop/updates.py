"""News of a later version, read from a signed file on a share; nothing is asked of the network.

The publisher lays `gwangju-desktop.update` beside the installer: one line with the signature
(Ed25519, hexadecimal), then the words it was made over, a JSON object. Only a file signed by the
publisher's key that this PC was given is believed, and an installer only with the signed checksum.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from gwangju_desktop import VERSION
from gwangju_desktop.errors import UserError
from gwangju_desktop.snapshots.signing import read_pem, sign, verifies
from gwangju_desktop.text import N_

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

NAME = "gwangju-desktop.update"
LONGEST = 64 * 1024  # bytes of the notice
_CHUNK = 1 << 20
_VERSION = re.compile(r"\d{1,5}(?:\.\d{1,5}){1,3}")
_SAFE = re.compile(r"[\w][\w .()+-]{0,120}")


@dataclass(frozen=True, slots=True)
class Notice:
    """A later version: its number and day, what is new in both languages, and its installer."""

    version: str
    released: str
    ko: str
    en: str
    file: str
    sha256: str


def written(notice: Notice, key: Ed25519PrivateKey) -> bytes:
    """Return the file a publisher lays on the share."""
    words = json.dumps(asdict(notice), ensure_ascii=False, indent=1).encode()
    return sign(key, words).hex().encode() + b"\n" + words


def look(folder: Path, publisher: bytes) -> Notice | None:
    """Return the notice of a later version, None where there is none.

    Raises UserError for a file that is not the publisher's, OSError where it cannot be read.
    """
    path = folder / NAME
    if not path.exists():
        return None
    with path.open("rb") as file:
        content = file.read(LONGEST + 1)
    signature, _, words = content.partition(b"\n")
    try:
        proof = bytes.fromhex(signature.decode("ascii").strip())
    except ValueError:
        proof = b""
    if len(content) > LONGEST or not verifies(publisher, proof, words):
        raise UserError(
            N_("The notice of updates in {folder} is not signed by the publisher; it is ignored."),
            hint=N_("Tell whoever looks after the program."),
            folder=folder,
        )
    notice = _read(words, path)
    return notice if _numbers(notice.version) > _numbers(VERSION) else None


def installer(folder: Path, notice: Notice) -> Path:
    """Return the installer's path once its checksum is the signed one; raises UserError."""
    path = folder / notice.file
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    if digest.hexdigest() != notice.sha256.lower():
        raise UserError(
            N_("{file} is not the installer the publisher signed; do not open it."),
            hint=N_("Tell whoever looks after the program."),
            file=path,
        )
    return path


def publisher_key(path: Path) -> bytes:
    """Read a publisher's public key (PEM); raises UserError for anything else."""
    raw = read_pem(path.read_bytes()[:LONGEST].replace(b"\r\n", b"\n"))
    if raw is None:
        raise UserError(
            N_("“{file}” is no publisher’s key."),
            hint=N_("It is a text that begins with BEGIN PUBLIC KEY (Ed25519)."),
            file=path.name,
        )
    return raw


def _read(words: bytes, path: Path) -> Notice:
    try:
        told = json.loads(words)
        notice = Notice(**{name: str(told[name]) for name in Notice.__slots__})
        dt.date.fromisoformat(notice.released)
    except (ValueError, TypeError, KeyError):
        notice = None
    if notice is None or not (_VERSION.fullmatch(notice.version) and _SAFE.fullmatch(notice.file)):
        raise UserError(
            N_("The notice of updates cannot be read: {file}."),
            hint=N_("Tell whoever looks after the program."),
            file=path,
        )
    return notice


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))
