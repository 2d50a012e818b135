"""The signature of stock OpenSSH over a manifest, written with our own key (PROTOCOL.sshsig).

A monitor's PC has `ssh-keygen` (Windows 10 and 11 bring it), and it needs nothing else to check a
snapshot by hand. An armour can be folded and padded in many ways; one is accepted, the one that
`ssh-keygen -Y sign` writes.
"""

from __future__ import annotations

import base64
import binascii
import contextlib
import hashlib
import struct
from typing import TYPE_CHECKING

from gwangju_desktop.snapshots import signing

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

NAMESPACE, PRINCIPAL = "gwangju-desktop", "secretariat"

_KIND, _HASH, _MAGIC = b"ssh-ed25519", b"sha512", b"SSHSIG"
_VERSION = 1
_LINE = 70
_KEY_BYTES = 32
_BEGIN, _END = b"-----BEGIN SSH SIGNATURE-----\n", b"-----END SSH SIGNATURE-----\n"


def sign(key: Ed25519PrivateKey, message: bytes) -> bytes:
    """Return the armoured SSHSIG over exactly these bytes, as `ssh-keygen -Y verify` takes it."""
    public = key.public_key().public_bytes_raw()
    return _armour(public, signing.sign(key, _signed(message)))


def verifies(public: bytes, armour: bytes, message: bytes) -> bool:
    """Say whether `armour` is the one SSHSIG over `message` by the raw public key."""
    signature = _signature(armour)
    canonical = signature is not None and _armour(public, signature) == armour
    return canonical and signing.verifies(public, signature or b"", _signed(message))


def allowed_signers(public: bytes) -> bytes:
    """Return the file that tells `ssh-keygen` which key may sign snapshots, and under which name."""
    return (
        f'{PRINCIPAL} namespaces="{NAMESPACE}" {_KIND.decode()} {_base64(_blob(public))}\n'.encode()
    )


def read_signers(text: bytes) -> bytes | None:
    """Return the raw key of a file exactly as `allowed_signers` writes it, else None."""
    with contextlib.suppress(ValueError, IndexError):
        public = base64.b64decode(text.split()[-1], validate=True)[-_KEY_BYTES:]
        if allowed_signers(public) == text:
            return public
    return None


def fingerprint(public: bytes) -> str:
    """Return the key's fingerprint as OpenSSH prints it: of its own form of the key."""
    digest = hashlib.sha256(_blob(public)).digest()
    return "SHA256:" + base64.b64encode(digest).decode().rstrip("=")


def _signed(message: bytes) -> bytes:
    parts = (NAMESPACE.encode(), b"", _HASH, hashlib.sha512(message).digest())
    return _MAGIC + b"".join(map(_string, parts))


def _armour(public: bytes, signature: bytes) -> bytes:
    parts = (_blob(public), NAMESPACE.encode(), b"", _HASH, _string(_KIND) + _string(signature))
    whole = _MAGIC + struct.pack(">I", _VERSION) + b"".join(map(_string, parts))
    text = _base64(whole)
    lines = [text[at : at + _LINE] + "\n" for at in range(0, len(text), _LINE)]
    return _BEGIN + "".join(lines).encode() + _END


def _signature(armour: bytes) -> bytes | None:
    """Return the last 64 bytes of what is armoured; whether the rest fits is seen by writing it."""
    if not (armour.startswith(_BEGIN) and armour.endswith(_END)):
        return None
    body = armour[len(_BEGIN) : -len(_END)].replace(b"\n", b"")
    try:
        whole = base64.b64decode(body, validate=True)
    except (binascii.Error, ValueError):
        return None
    return whole[-signing.SIGNATURE_BYTES :]


def _blob(public: bytes) -> bytes:
    return _string(_KIND) + _string(public)


def _string(data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + data


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode()
