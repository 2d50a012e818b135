from __future__ import annotations

import datetime as dt
import hashlib
import json
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from gwangju_desktop import text
from gwangju_desktop.errors import UserError
from gwangju_desktop.snapshots import container, manifest, signing, sshsig, succession
from gwangju_desktop.snapshots import verify as verification
from gwangju_desktop.snapshots.opening import open_snapshot
from gwangju_desktop.snapshots.verify import unpacked, verify


def members(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def write(path: Path, parts: dict[str, bytes]) -> Path:
    with path.open("wb") as file:
        container.write(file, parts)
    return path


def test_a_good_one_is_ok_and_known_only_after_it_was_compared(copy: Path) -> None:
    verdict = verify(copy)
    assert verdict.ok and not verdict.known and verdict.problems == ()
    told = verdict.as_json()
    assert list(told) == ["ok", "signer", "fingerprint", "known", "sequence", "problems"]
    assert told["sequence"] == 1 and told["problems"] == []
    assert "광주광역시" in str(told["signer"])
    text.use("en")
    assert "Gwangju" in str(verdict.as_json()["signer"])
    assert verdict.manifest is not None
    signing.remember(signing.KnownSigner(verdict.manifest.key, "예시", "2022-03-11"))
    assert verify(copy).known


def test_another_key_than_the_one_asked_for_is_a_problem(copy: Path) -> None:
    verdict = verify(copy)
    assert verdict.fingerprint is not None
    assert verify(copy, fingerprint=verdict.fingerprint.lower()).ok
    other = verify(copy, fingerprint="0" * 64)
    assert not other.ok and len(other.problems) == 1 and copy.name in str(other.problems[0])
    with pytest.raises(UserError):
        verify(copy, fingerprint="7F3A 91C2")


def test_flipped_bits_are_refused(copy: Path) -> None:
    """A bit of every part and of every header, of the signatures many, of the rest a sample."""
    whole = copy.read_bytes()
    with zipfile.ZipFile(copy) as archive:
        parts = archive.infolist()
    headers = [part.header_offset for part in parts]
    signed = [p.header_offset for p in parts if p.filename == container.SSH_SIGNATURE]
    places = {at + n for at in headers for n in (0, 5, 11, 14, 22, 27, 29, 33, 45, 60)}
    places.update(range(headers[1], headers[3], 3), range(signed[0], signed[0] + 400, 3))
    places.update(range(0, len(whole), len(whole) // 200), range(len(whole) - 60, len(whole)))
    wrong = copy.with_name("뒤집힌 사본.gwsnap")
    for at in sorted(places):
        flipped = bytearray(whole)
        flipped[at] ^= 1 << at % 8
        wrong.write_bytes(flipped)
        with unpacked(wrong) as (verdict, inside):
            assert not verdict.ok and inside is None, at
            assert wrong.name in str(verdict.problems[0])
    assert len(places) > 800


def test_what_is_no_snapshot_says_so(tmp_path: Path, copy: Path) -> None:
    whole = copy.read_bytes()
    for name, content in {
        "empty.gwsnap": b"",
        "text.gwsnap": "안녕하십니까".encode(),
        "html.gwsnap": b"<html></html>",
        "half.gwsnap": whole[: len(whole) // 2],
        "head.gwsnap": whole[:40],
        "longer.gwsnap": whole + b"\0",
        "office.gwsnap": b"SQLite format 3\0" + bytes(500),
    }.items():
        path = tmp_path / name
        path.write_bytes(content)
        verdict = verify(path)
        assert not verdict.ok and verdict.as_json()["signer"] is None
        assert name in str(verdict.problems[0])
        with pytest.raises(UserError, match=name):
            open_snapshot(path)
    with pytest.raises(FileNotFoundError):
        verify(tmp_path / "none.gwsnap")


def test_parts_exchanged_between_whole_containers_are_found(copy: Path) -> None:
    parts = members(copy)
    wrong = copy.with_name("wrong.gwsnap")
    for name in parts:
        content = parts[name][:-1] + bytes([parts[name][-1] ^ 1])
        assert not verify(write(wrong, {**parts, name: content})).ok, name
        assert not verify(write(wrong, {k: v for k, v in parts.items() if k != name})).ok, name
    assert not verify(write(wrong, {**parts, "extra.txt": b"more"})).ok


def test_a_forger_with_another_key_shows_another_fingerprint(copy: Path) -> None:
    parts = members(copy)
    forger = signing.new_key("다른 사람의 암호구절")
    parts[container.PUBLIC_KEY] = signing.public_pem(forger.public)
    secret = signing.unseal(forger, "다른 사람의 암호구절")
    parts[container.SIGNATURE] = signing.sign(secret, parts[container.MANIFEST])
    assert not verify(write(copy.with_name("half-forged.gwsnap"), parts)).ok
    said = json.loads(parts[container.MANIFEST])
    said["key"] = signing.key_id(forger.public)
    parts[container.ALLOWED_SIGNERS] = sshsig.allowed_signers(forger.public)
    for name in (container.PUBLIC_KEY, container.ALLOWED_SIGNERS):
        said["files"][name] = {
            "bytes": len(parts[name]),
            "sha256": hashlib.sha256(parts[name]).hexdigest(),
        }
    message = json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()
    parts[container.MANIFEST] = message
    parts[container.SIGNATURE] = signing.sign(secret, message)
    parts[container.SSH_SIGNATURE] = sshsig.sign(secret, message)
    forged = write(copy.with_name("forged.gwsnap"), parts)
    genuine = verify(copy).fingerprint
    verdict = verify(forged)
    assert verdict.ok and not verdict.known and verdict.fingerprint != genuine
    assert not verify(forged, fingerprint=genuine).ok


@pytest.mark.parametrize(
    ("version", "said"), [("3", "newer version"), ("1", "earlier version"), ("x", "newer version")]
)
def test_another_format_is_named_as_such(copy: Path, version: str, said: str) -> None:
    parts = members(copy)
    message = f'{{"format":"gwangju-desktop/snapshot/{version}","future":true}}'.encode()
    parts[container.MANIFEST] = message
    parts[container.PUBLIC_KEY] = signing.public_pem(stranger().public_key().public_bytes_raw())
    parts[container.SIGNATURE] = signing.sign(stranger(), message)
    text.use("en")
    verdict = verify(write(copy.with_name("other.gwsnap"), parts))
    assert not verdict.ok and len(verdict.problems) == 1 and said in str(verdict.problems[0])


def stranger() -> Ed25519PrivateKey:
    """Return a key nobody knows."""
    return Ed25519PrivateKey.from_private_bytes(bytes(range(32)))


def resigned(copy: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    """Return a copy changed and signed anew by a stranger, the list of its members true."""
    parts = members(copy)
    change(parts)
    secret = stranger()
    public = secret.public_key().public_bytes_raw()
    parts[container.PUBLIC_KEY] = signing.public_pem(public)
    parts.setdefault(container.ALLOWED_SIGNERS, b"")
    if parts[container.ALLOWED_SIGNERS] == members(copy)[container.ALLOWED_SIGNERS]:
        parts[container.ALLOWED_SIGNERS] = sshsig.allowed_signers(public)
    said = json.loads(parts[container.MANIFEST])
    said["key"] = signing.key_id(public)
    listed = sorted(set(parts) - verification.UNLISTED)
    said["files"] = {
        name: {"bytes": len(parts[name]), "sha256": hashlib.sha256(parts[name]).hexdigest()}
        for name in listed
    }
    message = json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()
    head, _, rest = message.partition(b",")
    body = json.loads(b"{" + rest)
    message = (
        head
        + b","
        + json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()[1:]
    )
    parts[container.MANIFEST] = message
    parts[container.SIGNATURE] = signing.sign(secret, message)
    if parts[container.SSH_SIGNATURE] == members(copy)[container.SSH_SIGNATURE]:
        parts[container.SSH_SIGNATURE] = sshsig.sign(secret, message)
    return write(copy.with_name("resigned.gwsnap"), parts)


def test_what_a_snapshot_cannot_hold_is_refused_though_it_be_signed(copy: Path) -> None:
    assert verify(resigned(copy, lambda parts: None)).ok
    digest = hashlib.sha256(b"x").hexdigest()
    for name, content in {
        "extra.txt": b"more",
        "csv/none.csv": b"id",
        "csv/person.txt": b"id",
        f"evidence/{'0' * 64}.pdf": b"x",
        f"evidence/{digest}.PDF": b"x",
        f"evidence/{digest}": b"x",
        "other/person.csv": b"id",
        container.ALLOWED_SIGNERS: b"secretariat ssh-ed25519 AAAA",
        container.SSH_SIGNATURE: b"-----BEGIN SSH SIGNATURE-----",
    }.items():

        def change(parts: dict[str, bytes], name: str = name, content: bytes = content) -> None:
            parts[name] = content

        verdict = verify(resigned(copy, change))
        assert not verdict.ok and name in str(verdict.problems[0]), name
    assert verify(resigned(copy, lambda parts: parts.update({f"evidence/{digest}.pdf": b"x"}))).ok


def test_openssl_and_sha256_check_it_by_hand(copy: Path, tmp_path: Path) -> None:
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed")
    folder = tmp_path / "by hand"
    with zipfile.ZipFile(copy) as archive:
        archive.extractall(folder)
    command = ["openssl", "pkeyutl", "-verify", "-rawin", "-pubin", "-inkey", "public-key.pem"]
    command += ["-sigfile", "manifest.sig", "-in", "manifest.json"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    if "rawin" in done.stderr and done.returncode:
        pytest.skip("this openssl has no -rawin")
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    "change",
    [
        lambda said: said | {"sequence": -1},
        lambda said: said | {"sequence": 1.0},
        lambda said: said | {"sequence": True},
        lambda said: said | {"extra": 1},
        lambda said: said | {"made_at": "2022-03-11"},
        lambda said: said | {"office": "x"},
        lambda said: said | {"files": {"a": {"bytes": 1, "sha256": "G" * 64}}},
        lambda said: {k: v for k, v in said.items() if k != "audit"},
    ],
)
def test_a_manifest_is_read_strictly(copy: Path, change) -> None:  # type: ignore[no-untyped-def]
    message = members(copy)[container.MANIFEST]
    assert manifest.parse(message).to_bytes() == message
    changed = change(json.loads(message))
    with pytest.raises(ValueError):
        manifest.parse(json.dumps(changed, ensure_ascii=False, separators=(",", ":")).encode())


@pytest.mark.parametrize("data", [b"", b"[]", b"{", b"\xff", b"[" * 100_000, b"{}" * 200_000])
def test_a_manifest_that_is_none_is_a_value_error(data: bytes) -> None:
    with pytest.raises(ValueError):
        manifest.parse(data)


def test_a_chain_of_keys_that_does_not_lead_here_is_a_part_that_differs(copy: Path) -> None:
    def chained(parts: dict[str, bytes], chain: bytes) -> None:
        parts[container.KEY_CHAIN] = chain

    said = manifest.parse(members(copy)[container.MANIFEST])
    old, mine = signing.new_key("예시 암호구절 하나"), stranger().public_key().public_bytes_raw()
    at = dt.datetime(2022, 3, 11, tzinfo=dt.UTC)
    secret = signing.unseal(old, "예시 암호구절 하나")

    def chain(office: str, new: bytes) -> bytes:
        message = succession.statement(office=office, old=old.public, new=new, made_at=at)
        proof = signing.sign(secret, message).hex()
        link = succession.Link(old.public.hex(), new.hex(), succession.moment(at), proof)
        return succession.Chain(office, (link,)).to_bytes()

    good = chain(said.office_id, mine)
    assert verify(resigned(copy, lambda parts: chained(parts, good))).ok
    for wrong in (
        b"",
        b"{}",
        good[:-1],
        good + b"\n",
        chain("another office", mine),
        chain(said.office_id, old.public[::-1]),
        good.replace(b'"signature":"', b'"signature":"0')[:-1],
    ):
        verdict = verify(resigned(copy, lambda parts, wrong=wrong: chained(parts, wrong)))  # type: ignore[misc]
        assert not verdict.ok, wrong
        assert [container.KEY_CHAIN in str(one) for one in verdict.problems] == [True], wrong


def test_a_file_is_verified_without_the_libraries_of_an_office() -> None:
    code = (
        "import sys, gwangju_desktop.snapshots.verify, gwangju_desktop.snapshots.trust\n"
        "sys.exit('sqlalchemy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
