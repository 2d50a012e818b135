"""The office's seal: an Ed25519 key under a passphrase, its fingerprint, and the signers known here."""

from __future__ import annotations

import contextlib
import json
import os
import re
import unicodedata
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from db.files import atomic_write
from gwangju_desktop import paths
from gwangju_desktop.errors import UserError
from gwangju_desktop.text import N_

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

SIGNATURE_BYTES = 64
LEAST_LETTERS = 8

# 64 MB and about a quarter of a second a guess (RFC 7914 parameters).
_SCRYPT = {"n": 2**16, "r": 8, "p": 1}
_SEAL = "scrypt-65536-8-1/aes-256-gcm"
_HEX_DIGITS = 64
_HEX = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class SealedKey:
    """A private key as the office keeps it: sealed under a passphrase, its public half in clear."""

    public: bytes
    sealed: str

    @property
    def fingerprint(self) -> str:
        """Return the fingerprint people read to one another."""
        return fingerprint(self.public)


def new_key(passphrase: str) -> SealedKey:
    """Make a key under a passphrase; raises UserError when there is none or a short one."""
    demand_passphrase(passphrase)
    return seal(new_secret(), passphrase)


def new_secret() -> Ed25519PrivateKey:
    """Make a private key that is kept nowhere yet."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.generate()


def demand_passphrase(passphrase: str) -> None:
    """Raise UserError for a passphrase that is empty or too short to keep a key under."""
    if not passphrase:
        raise UserError(
            N_("There is no passphrase."),
            hint=N_("Choose a long one and keep it where the office keeps its seals."),
        )
    if len(passphrase) < LEAST_LETTERS:
        raise UserError(
            N_("The passphrase has fewer than {least} characters."),
            hint=N_("Choose a longer one, several words for example."),
            least=LEAST_LETTERS,
        )


def seal(key: Ed25519PrivateKey, passphrase: str) -> SealedKey:
    """Seal a private key under a passphrase; no two sealings of a key are alike."""
    demand_passphrase(passphrase)
    public = key.public_key().public_bytes_raw()
    salt, nonce = os.urandom(16), os.urandom(12)
    box = _cipher(passphrase, salt).encrypt(nonce, key.private_bytes_raw(), public)
    parts = {"seal": _SEAL, "salt": salt.hex(), "nonce": nonce.hex(), "box": box.hex()}
    return SealedKey(public, json.dumps(parts, sort_keys=True))


def unseal(key: SealedKey, passphrase: str) -> Ed25519PrivateKey:
    """Open a sealed key; raises UserError when the passphrase is wrong."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    parts = json.loads(key.sealed)
    cipher = _cipher(passphrase, bytes.fromhex(parts["salt"]))
    try:
        raw = cipher.decrypt(bytes.fromhex(parts["nonce"]), bytes.fromhex(parts["box"]), key.public)
    except InvalidTag:
        raise UserError(
            N_("The passphrase does not open this office's signing key."),
            hint=N_("Type the passphrase under which the key was made; nothing was written."),
        ) from None
    return Ed25519PrivateKey.from_private_bytes(raw)


def sign(key: Ed25519PrivateKey, message: bytes) -> bytes:
    """Return the raw 64-byte signature over exactly these bytes."""
    return key.sign(message)


def verifies(public: bytes, signature: bytes, message: bytes) -> bool:
    """Say whether `signature` over `message` is by the raw public key."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    if len(signature) != SIGNATURE_BYTES:
        return False
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def public_pem(public: bytes) -> bytes:
    """Write a raw public key as the PEM text that openssl reads."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    key = Ed25519PublicKey.from_public_bytes(public)
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def read_pem(pem: bytes) -> bytes | None:
    """Return the raw key of a PEM text exactly as `public_pem` writes it, else None."""
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from cryptography.hazmat.primitives.serialization import load_pem_public_key

    with contextlib.suppress(ValueError, UnsupportedAlgorithm):
        key = load_pem_public_key(pem)
        if isinstance(key, Ed25519PublicKey):
            raw = key.public_bytes_raw()
            return raw if public_pem(raw) == pem else None
    return None


def key_id(public: bytes) -> str:
    """Return SHA-256 of the raw public key in hex."""
    import hashlib

    return hashlib.sha256(public).hexdigest()


def fingerprint(public: bytes) -> str:
    """Return the key's SHA-256 in groups of four, to be read aloud and printed."""
    return grouped(key_id(public))


def grouped(hexadecimal: str) -> str:
    """Write a hash in upper case and groups of four."""
    text = hexadecimal.upper()
    return " ".join(text[i : i + 4] for i in range(0, len(text), 4))


def read_fingerprint(text: str) -> str:
    """Return the key id a person typed, whatever its spaces, marks, width and case.

    Raises UserError for anything that is not 64 hex digits, an empty text included.
    """
    plain = re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", text).lower())
    plain = plain.removeprefix("sha256") if len(plain) > _HEX_DIGITS else plain
    if not _HEX.fullmatch(plain):
        raise UserError(
            N_("“{text}” is not a signing key's fingerprint."),
            hint=N_("It has 64 letters 0-9 and A-F, in groups of four; spaces do not matter."),
            text=text,
        )
    return plain


@dataclass(frozen=True, slots=True)
class KnownSigner:
    """A signer whose fingerprint this person has compared: key id, office's name and day.

    `office` is the office's number, "" in lists of earlier versions; `until` is the moment from
    which another key follows this one, "" as long as none is known.
    """

    key: str
    name: str
    since: str
    office: str = ""
    until: str = ""


def known_signers(folder: Path | None = None) -> dict[str, KnownSigner]:
    """Return this person's known signers by key id; a list that cannot be read counts as empty."""
    try:
        entries = json.loads(_register(folder).read_bytes())
        found = [
            KnownSigner(
                str(e["key"]),
                str(e["name"]),
                str(e["since"]),
                str(e.get("office", "")),
                str(e.get("until", "")),
            )
            for e in entries
        ]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}
    return {signer.key: signer for signer in found}


def remember(signer: KnownSigner, folder: Path | None = None) -> None:
    """Add a signer to this person's known ones, in place of what was known of that key."""
    _write(known_signers(folder) | {signer.key: signer}, folder)


def forget(key: str, folder: Path | None = None) -> None:
    """Take a signer off this person's list; one that is not there is no matter."""
    known = known_signers(folder)
    if known.pop(key, None):
        _write(known, folder)


def _write(known: dict[str, KnownSigner], folder: Path | None) -> None:
    register = _register(folder)
    register.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps([asdict(s) for s in known.values()], ensure_ascii=False, indent=1)
    with atomic_write(register, private=True) as file:
        file.write(text.encode())


def _register(folder: Path | None) -> Path:
    return (folder or paths.person_folder()) / "known-signers.json"


def _cipher(passphrase: str, salt: bytes) -> Any:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

    # Hangul typed on a Mac arrives decomposed; the same words must open the same key.
    words = unicodedata.normalize("NFC", passphrase).encode()
    return AESGCM(Scrypt(salt=salt, length=32, **_SCRYPT).derive(words))
