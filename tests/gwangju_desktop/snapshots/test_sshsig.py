"""The signature of OpenSSH: ours is its own to the last byte, and no other form is taken."""

from __future__ import annotations

import base64
import shutil
import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from hypothesis import given, settings
from hypothesis import strategies as st

from gwangju_desktop.snapshots import sshsig

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
OTHER = Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33)))
PUBLIC = KEY.public_key().public_bytes_raw()
MESSAGE = '{"format":"예시"}'.encode()
BEGIN, END = b"-----BEGIN SSH SIGNATURE-----\n", b"-----END SSH SIGNATURE-----\n"

needs_openssh = pytest.mark.skipif(
    shutil.which("ssh-keygen") is None, reason="ssh-keygen is not installed"
)


def keygen(folder: Path, message: bytes, armour: bytes, namespace: str) -> int:
    (folder / "allowed_signers").write_bytes(sshsig.allowed_signers(PUBLIC))
    (folder / "s").write_bytes(armour)
    command = ["ssh-keygen", "-Y", "verify", "-f", "allowed_signers", "-I", sshsig.PRINCIPAL]
    command += ["-n", namespace, "-s", "s"]
    return subprocess.run(command, cwd=folder, input=message, capture_output=True).returncode


@needs_openssh
def test_openssh_takes_it_and_nothing_changed(tmp_path: Path) -> None:
    armour = sshsig.sign(KEY, MESSAGE)
    assert keygen(tmp_path, MESSAGE, armour, sshsig.NAMESPACE) == 0
    assert keygen(tmp_path, MESSAGE + b" ", armour, sshsig.NAMESPACE) != 0
    assert keygen(tmp_path, MESSAGE, armour, "git") != 0
    assert keygen(tmp_path, MESSAGE, sshsig.sign(OTHER, MESSAGE), sshsig.NAMESPACE) != 0


@needs_openssh
def test_it_is_what_openssh_itself_writes(tmp_path: Path) -> None:
    key = KEY.private_bytes(Encoding.PEM, PrivateFormat.OpenSSH, NoEncryption())
    (tmp_path / "key").write_bytes(key)
    (tmp_path / "key").chmod(0o600)
    (tmp_path / "m").write_bytes(MESSAGE)
    command = ["ssh-keygen", "-Y", "sign", "-f", "key", "-n", sshsig.NAMESPACE, "m"]
    subprocess.run(command, cwd=tmp_path, capture_output=True, check=True)
    assert (tmp_path / "m.sig").read_bytes() == sshsig.sign(KEY, MESSAGE)
    shown = subprocess.run(
        ["ssh-keygen", "-l", "-f", "key"], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert sshsig.fingerprint(PUBLIC) in shown.stdout


@settings(max_examples=50, deadline=None)
@given(st.binary(max_size=200), st.binary(max_size=200))
def test_it_is_good_for_its_message_alone(message: bytes, other: bytes) -> None:
    armour = sshsig.sign(KEY, message)
    assert sshsig.verifies(PUBLIC, armour, message)
    assert sshsig.verifies(PUBLIC, armour, other) == (message == other)
    assert not sshsig.verifies(OTHER.public_key().public_bytes_raw(), armour, message)


def test_every_other_writing_of_it_is_refused() -> None:
    armour = sshsig.sign(KEY, MESSAGE)
    body = armour.removeprefix(BEGIN).removesuffix(END)
    whole = base64.b64decode(body)
    assert all(len(line) <= 70 for line in body.splitlines())
    one_line = BEGIN + body.replace(b"\n", b"") + b"\n" + END
    sha256 = whole.replace(b"sha512", b"sha256")
    for wrong in (
        one_line,
        armour.replace(b"\n", b"\r\n"),
        armour + b"\n",
        armour[:-1],
        b"\n" + armour,
        BEGIN + b" " + body + END,
        BEGIN + base64.encodebytes(sha256) + END,
        BEGIN + base64.encodebytes(whole + b"\0") + END,
        BEGIN + END,
        b"",
        body,
    ):
        assert not sshsig.verifies(PUBLIC, wrong, MESSAGE)


def test_every_flipped_bit_is_refused() -> None:
    armour = sshsig.sign(KEY, MESSAGE)
    for at in range(len(armour)):
        flipped = bytearray(armour)
        flipped[at] ^= 1 << at % 8
        assert not sshsig.verifies(PUBLIC, bytes(flipped), MESSAGE), at
