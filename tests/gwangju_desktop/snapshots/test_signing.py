from __future__ import annotations

import hashlib
import shutil
import subprocess
import unicodedata
from pathlib import Path

import pytest

from gwangju_desktop.errors import UserError
from gwangju_desktop.snapshots import signing

PASSPHRASE = "예시 암호구절 하나"


@pytest.fixture(scope="module")
def key() -> signing.SealedKey:
    return signing.new_key(PASSPHRASE)


def test_the_passphrase_opens_the_key_in_any_normal_form(key: signing.SealedKey) -> None:
    opened = signing.unseal(key, unicodedata.normalize("NFD", PASSPHRASE))
    signature = signing.sign(opened, b"message")
    assert len(signature) == signing.SIGNATURE_BYTES
    assert signing.verifies(key.public, signature, b"message")
    assert not signing.verifies(key.public, signature, b"messagf")
    assert not signing.verifies(key.public, signature[:-1], b"message")


def test_a_wrong_or_empty_passphrase_is_refused(key: signing.SealedKey) -> None:
    with pytest.raises(UserError):
        signing.unseal(key, PASSPHRASE + ".")
    with pytest.raises(UserError):
        signing.new_key("")


def test_the_sealed_key_says_nothing_of_the_private_half(key: signing.SealedKey) -> None:
    raw = signing.unseal(key, PASSPHRASE).private_bytes_raw()
    assert raw.hex() not in key.sealed
    assert PASSPHRASE not in key.sealed


def test_a_key_cannot_be_swapped_under_another_public_half(key: signing.SealedKey) -> None:
    other = signing.new_key(PASSPHRASE)
    with pytest.raises(UserError):
        signing.unseal(signing.SealedKey(other.public, key.sealed), PASSPHRASE)


def test_fingerprint_is_the_hash_of_the_raw_key_and_reads_back(key: signing.SealedKey) -> None:
    shown = key.fingerprint
    digest = hashlib.sha256(key.public).hexdigest()
    assert shown.replace(" ", "").lower() == digest
    assert len(shown.split()) == 16
    wide = "".join(chr(ord(one) + 0xFEE0) if one != " " else "\u3000" for one in shown)
    spellings = [shown, shown.lower(), f"SHA256:{shown}", f" “{shown}”\n", wide]
    spellings += [shown.replace(" ", mark) for mark in ("", ":", "-", "–", "·", "_", ", ")]
    for typed in spellings:
        assert signing.read_fingerprint(typed) == digest
    for wrong in ("", " ", shown[:-1], shown[:-1] + "G", shown + "A", "SHA256:", "sha256" * 20):
        with pytest.raises(UserError):
            signing.read_fingerprint(wrong)


def test_pem_has_one_form_only(key: signing.SealedKey) -> None:
    pem = signing.public_pem(key.public)
    assert signing.read_pem(pem) == key.public
    for other in (pem + b"\n", pem.replace(b"\n", b"\r\n"), b"# note\n" + pem, b"", b"nonsense"):
        assert signing.read_pem(other) is None


def test_openssl_verifies_by_hand(key: signing.SealedKey, tmp_path: Path) -> None:
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed")
    message = '{"format":"시험"}'.encode()
    (tmp_path / "manifest.json").write_bytes(message)
    (tmp_path / "manifest.sig").write_bytes(signing.sign(signing.unseal(key, PASSPHRASE), message))
    (tmp_path / "public-key.pem").write_bytes(signing.public_pem(key.public))
    command = ["openssl", "pkeyutl", "-verify", "-rawin", "-pubin", "-inkey", "public-key.pem"]
    command += ["-sigfile", "manifest.sig", "-in", "manifest.json"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    if "rawin" in done.stderr and done.returncode:
        pytest.skip("this openssl has no -rawin")
    assert done.returncode == 0, done.stderr
    (tmp_path / "manifest.json").write_bytes(message + b" ")
    assert subprocess.run(command, cwd=tmp_path, capture_output=True).returncode != 0


def test_known_signers_are_the_persons_own(tmp_path: Path) -> None:
    signer = signing.KnownSigner("a" * 64, "예시 사무국", "2022-03-11")
    assert signing.known_signers(tmp_path) == {}
    signing.remember(signer, tmp_path / "new")
    assert signing.known_signers(tmp_path / "new") == {signer.key: signer}
    signing.forget(signer.key, tmp_path / "new")
    signing.forget(signer.key, tmp_path / "new")
    assert signing.known_signers(tmp_path / "new") == {}
    (tmp_path / "known-signers.json").write_text("[{]", encoding="utf-8")
    assert signing.known_signers(tmp_path) == {}
