"""The `.gwreview` file: a monitor's answers to one form, signed with the monitor's own key.

The container is that of the snapshots, with three members: the answers as canonical JSON, the raw
Ed25519 signature over exactly those bytes, and the public key. It names the copy it was read from
by the SHA-256 of that copy's signed manifest, and commitments, milestones and evidence by their
code, number and SHA-256, because a copy has no numbers of the office.
"""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from gwangju_desktop.errors import UserError
from gwangju_desktop.reviews.written import (
    MAX_REVIEW,
    MOST_TEXT,
    Answer,
    Comment,
    Finding,
    NewerFormat,
    Written,
    parse,
    stamped,
)
from gwangju_desktop.snapshots import container, signing
from gwangju_desktop.text import N_

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

__all__ = [
    "MOST_TEXT",
    "SUFFIX",
    "Answer",
    "Comment",
    "Finding",
    "ReviewFile",
    "Written",
    "build",
    "parse",
    "read",
    "stamped",
]
SUFFIX = ".gwreview"
REVIEW, SIGNATURE = "review.json", "review.sig"
PARTS = {container.PUBLIC_KEY, REVIEW, SIGNATURE}
MAX_BYTES = 20 * 2**20
CAPS = container.Caps(MAX_BYTES, len(PARTS))


@dataclass(frozen=True, slots=True)
class ReviewFile:
    """A file whose signature fits: what was written, by which key; `sha256` is of the whole file."""

    name: str
    written: Written
    public: bytes
    sha256: str
    content: bytes

    @property
    def key(self) -> str:
        """Return the key id: SHA-256 of the public key in hex."""
        return signing.key_id(self.public)

    @property
    def fingerprint(self) -> str:
        """Return the key's fingerprint as people read it."""
        return signing.fingerprint(self.public)


def build(written: Written, key: Ed25519PrivateKey) -> bytes:
    """Sign what was written and return the file; raises UserError when it would not be read."""
    message = written.to_bytes()
    try:
        if parse(message) != written:
            raise ValueError("not as it was written")
    except ValueError as error:
        raise UserError(
            N_("The answers cannot be signed as they are."),
            hint=N_(
                "Shorten texts of more than {most:,} characters and take out marks no page shows."
            ),
            most=MOST_TEXT,
        ) from error
    file = io.BytesIO()
    members: dict[str, bytes | Path] = {
        container.PUBLIC_KEY: signing.public_pem(key.public_key().public_bytes_raw()),
        REVIEW: message,
        SIGNATURE: signing.sign(key, message),
    }
    container.write(file, members, CAPS)
    return file.getvalue()


def read(path: Path) -> ReviewFile:
    """Read a review file; nothing in it is believed before its signature fits.

    Raises UserError in one sentence naming the file, FileNotFoundError when there is none.
    """
    path = Path(path)
    content = _bytes_of(path)
    parts: dict[str, bytearray] = {}
    seen: set[str] = set()

    def took(member: container.Member, chunk: bytes) -> None:
        seen.add(member.name)
        if member.name in PARTS and member.size <= MAX_REVIEW:
            parts.setdefault(member.name, bytearray()).extend(chunk)

    try:
        found = container.members(io.BytesIO(content), took=took, caps=CAPS)
    except container.NotCanonical as error:
        if seen - PARTS:
            # A snapshot, most likely: it has more members than a review file may have.
            raise _foreign(path.name) from None
        raise _changed(path.name, error.where, len(content)) from None
    if {member.name for member in found} != PARTS:
        raise _foreign(path.name)
    message, signature = bytes(parts.get(REVIEW, b"")), bytes(parts.get(SIGNATURE, b""))
    public = signing.read_pem(bytes(parts.get(container.PUBLIC_KEY, b"")))
    if public is None or not signing.verifies(public, signature, message):
        raise UserError(
            N_("The signature of {file} does not fit its contents. Ask the monitor for it again."),
            file=path.name,
        )
    try:
        written = parse(message)
    except NewerFormat:
        raise UserError(
            N_("{file} was made by a newer version of this program. Install that version first."),
            file=path.name,
        ) from None
    except ValueError:
        raise UserError(
            N_("The contents of {file} are not built as a review file's are. It was not imported."),
            file=path.name,
        ) from None
    return ReviewFile(path.name, written, public, hashlib.sha256(content).hexdigest(), content)


def _bytes_of(path: Path) -> bytes:
    try:
        with container.open_regular(path) as file:
            content = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise
    except ValueError:
        raise _foreign(path.name) from None
    except OSError:
        raise UserError(
            N_("{file} cannot be opened."),
            hint=N_("Close it in other programs and check your rights to it."),
            file=path.name,
        ) from None
    if len(content) > MAX_BYTES:
        raise UserError(
            N_("{file} is larger than a review file may be ({most} MB). It was not opened."),
            file=path.name,
            most=MAX_BYTES // 2**20,
        )
    return content


def _foreign(name: str) -> UserError:
    return UserError(
        N_("{file} is not a review file of this program. Choose a file ending in .gwreview."),
        file=name,
    )


def _changed(name: str, at: int, size: int) -> UserError:
    if at < 4 or size == 0:
        return _foreign(name)
    return UserError(
        N_("{file} was cut off or changed at byte {at}. Ask the monitor for it again."),
        file=name,
        at=at,
    )
