"""A monitor's own signing key: a file of the monitor's, sealed under a passphrase."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from db.files import atomic_write
from gwangju_desktop import paths
from gwangju_desktop.errors import UserError
from gwangju_desktop.snapshots import signing
from gwangju_desktop.snapshots.signing import SealedKey
from gwangju_desktop.text import N_

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

FORMAT = "gwangju-desktop/review-key/1"
SUFFIX = ".gwkey"
MAX_BYTES = 64 * 1024


def place() -> Path:
    """Return where the key of this person lies on this PC."""
    return paths.person_folder() / f"monitor{SUFFIX}"


def public_file(key: Path) -> Path:
    """Return where the public half of a key file lies: beside it."""
    return key.with_name(f"{key.name}.pem")


def own() -> SealedKey | None:
    """Return this person's key, None when there is none; raises UserError for one that is spoilt."""
    return read(place()) if place().exists() else None


def make(passphrase: str, target: Path | None = None) -> SealedKey:
    """Make a key under a passphrase, and beside it the public half (.pem) for the office.

    Raises UserError when there is one already: who loses it signs with another from then on.
    """
    target = target or place()
    if target.exists():
        raise UserError(
            N_("There is a signing key in {file} already."),
            hint=N_("Use it, or move it away first; the office compares a new one anew."),
            file=target.name,
        )
    key = signing.new_key(passphrase)
    content = {"format": FORMAT, "public": key.public.hex(), "sealed": json.loads(key.sealed)}
    with atomic_write(target, private=True) as file:
        file.write((json.dumps(content, indent=1) + "\n").encode())
    with atomic_write(public_file(target)) as file:
        file.write(signing.public_pem(key.public))
    return key


def read(path: Path) -> SealedKey:
    """Read a key file; raises UserError for any other file."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
        content = json.loads(data) if len(data) <= MAX_BYTES else {}
        if content["format"] != FORMAT:
            raise ValueError("another format")
        public = bytes.fromhex(content["public"])
        parts = content["sealed"]
        if len(public) != 32 or not all(
            isinstance(parts[name], str) for name in ("seal", "salt", "nonce", "box")
        ):
            raise ValueError("no key")
        for name in ("salt", "nonce", "box"):
            bytes.fromhex(parts[name])
    except FileNotFoundError:
        raise
    except (ValueError, KeyError, TypeError, RecursionError):
        raise UserError(
            N_("{file} is not a monitor's signing key."),
            hint=N_("Choose the file that was made with the key, ending in .gwkey."),
            file=path.name,
        ) from None
    return SealedKey(public, json.dumps(parts, sort_keys=True))


def unseal(key: SealedKey, passphrase: str) -> Ed25519PrivateKey:
    """Open a monitor's key; raises UserError when the passphrase is wrong."""
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    try:
        opened = signing.unseal(key, passphrase)
    except UserError:
        raise UserError(
            N_("The passphrase does not open the monitor's signing key."),
            hint=N_("Type the passphrase under which the key was made; nothing was signed."),
        ) from None
    public = opened.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    if public != key.public:
        raise UserError(N_("The two halves of the signing key do not belong together."))
    return opened
