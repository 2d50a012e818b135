"""Files under a passphrase: scrypt makes the key, AES-256-GCM seals a megabyte at a time.

Each part's nonce holds its number and whether it is the last, so parts cannot be exchanged, left
out or cut off without being noticed (the STREAM construction: Hoang, Reyhanitabar, Rogaway, Vizár,
CRYPTO 2015).
"""

from __future__ import annotations

import functools
import hmac
import io
import secrets
import unicodedata
from collections.abc import Iterator
from typing import Any, BinaryIO

from gwangju_desktop.errors import UserError
from gwangju_desktop.text import N_

MAGIC = b"gwangju-desktop/sealed/1\n"
PART = 1024 * 1024
SALT, PREFIX, CHECK, TAG = 16, 7, 16, 16
HEADER = len(MAGIC) + SALT + PREFIX + CHECK
# 64 MB and about a quarter of a second a guess (RFC 7914 parameters).
_SCRYPT = {"n": 2**16, "r": 8, "p": 1}


class Spoilt(Exception):
    """A sealed file was cut off or changed."""


def is_sealed(start: bytes) -> bool:
    """Say whether a file that begins so is sealed."""
    return start.startswith(MAGIC)


def salt_of(header: bytes) -> bytes:
    """Return the salt in a sealed file's header."""
    return header[len(MAGIC) : len(MAGIC) + SALT]


def opens(header: bytes, passphrase: str) -> bool:
    """Say whether a passphrase is that of the file with this header."""
    return hmac.compare_digest(header[-CHECK:], _check(passphrase, salt_of(header)))


class Sealer(io.RawIOBase):
    """A file that only grows: what is written is sealed into `target`; `close` seals the end.

    `target` stays open. Files with one salt share a key, which is made once.
    """

    def __init__(self, target: BinaryIO, passphrase: str, salt: bytes | None = None) -> None:
        super().__init__()
        salt = salt or secrets.token_bytes(SALT)
        self.target, self._cipher = target, _cipher(passphrase, salt)
        self._prefix, self._number, self._held = secrets.token_bytes(PREFIX), 0, bytearray()
        self._header = MAGIC + salt + self._prefix + _check(passphrase, salt)
        target.write(self._header)

    def writable(self) -> bool:
        """Say that it is written to."""
        return True

    def write(self, data: Any) -> int:
        """Take bytes; whole parts go out at once, one is kept back until it is known as the last."""
        self._held += data
        while len(self._held) > PART:
            self._out(bytes(self._held[:PART]), last=False)
            del self._held[:PART]
        return len(data)

    def close(self) -> None:
        """Seal the last part."""
        if not self.closed:
            self._out(bytes(self._held), last=True)
            self._held.clear()
        super().close()

    def _out(self, part: bytes, *, last: bool) -> None:
        nonce = _nonce(self._prefix, self._number, last)
        self.target.write(self._cipher.encrypt(nonce, part, self._header))
        self._number += 1


def unsealed(file: BinaryIO, passphrase: str) -> Iterator[bytes]:
    """Yield what a sealed file holds, part by part, each of them checked.

    Raises UserError for another passphrase, Spoilt for a file that is not whole.
    """
    header = file.read(HEADER)
    if len(header) < HEADER or not is_sealed(header):
        raise Spoilt
    salt = salt_of(header)
    if not opens(header, passphrase):
        raise UserError(
            N_("The passphrase does not open this backup."),
            hint=N_("Type the one it was made under."),
        )
    from cryptography.exceptions import InvalidTag

    cipher, prefix = _cipher(passphrase, salt), header[len(MAGIC) + SALT :][:PREFIX]
    part, number = file.read(PART + TAG), 0
    while True:
        following = file.read(PART + TAG)
        try:
            yield cipher.decrypt(_nonce(prefix, number, not following), part, header)
        except InvalidTag:
            raise Spoilt from None
        if not following:
            return
        part, number = following, number + 1


def _nonce(prefix: bytes, number: int, last: bool) -> bytes:
    return prefix + number.to_bytes(4, "big") + bytes([last])


def _cipher(passphrase: str, salt: bytes) -> Any:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    return AESGCM(_key(passphrase, salt))


def _check(passphrase: str, salt: bytes) -> bytes:
    """Return what tells a wrong passphrase from a spoilt file."""
    return hmac.digest(_key(passphrase, salt), b"check", "sha256")[:CHECK]


@functools.lru_cache(maxsize=8)
def _key(passphrase: str, salt: bytes) -> bytes:
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

    # Hangul typed on a Mac arrives decomposed; the same words must open the same file.
    words = unicodedata.normalize("NFC", passphrase).encode()
    return Scrypt(salt=salt, length=32, **_SCRYPT).derive(words)
