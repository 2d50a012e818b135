"""Copies on the command line: refusals as documents, the key's standing, keys, handing over."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from db.store import Store
from gwangju_desktop import clock, text
from gwangju_desktop.snapshots import keys, signing, succession, trust
from gwangju_desktop.snapshots.build import make_snapshot
from gwangju_desktop.snapshots.verify import verify
from tests.gwangju_desktop.snapshots import offices
from tests.gwangju_desktop.snapshots.conftest import _own_folder, _small_office, copy, office
from tests.gwangju_desktop.test_cli import outcome, told

__all__ = ["_own_folder", "_small_office", "copy", "office"]


def acts(file: Path, whole: Path, folder: Path) -> dict[str, tuple[object, ...]]:
    """Return the acts that read a file, this one in each of its places."""
    return {
        "verify": ("verify", file),
        "recompute": ("recompute", file),
        "older": ("compare", file, whole),
        "newer": ("compare", whole, file),
        "send": ("send", file, "-o", folder),
        "texts": ("texts", "--office", file),
        "keys": ("keys", "--office", file),
        "deliveries": ("deliveries", "--office", file),
    }


def closed(store: Store, folder: Path) -> Path:
    """Close the small office and return its file."""
    store.close()
    return folder / "작은 사무국.gwoffice"


def only(known: dict[str, signing.KnownSigner]) -> None:
    """Be a monitor again: whoever made a copy or changed the key knows more keys."""
    for key in signing.known_signers():
        signing.forget(key)
    for signer in known.values():
        signing.remember(signer)


@pytest.mark.parametrize("kind", ["missing", "a folder", "empty", "a text", "cut off"])
def test_a_refusal_is_one_document_for_a_program(
    kind: str, copy: Path, tmp_path: Path, capfdbinary: Any
) -> None:
    file = tmp_path / "받은 파일.gwsnap"
    if kind == "a folder":
        file.mkdir()
    elif kind != "missing":
        whole = copy.read_bytes()
        content = {"empty": b"", "a text": "안녕".encode(), "cut off": whole[: len(whole) // 2]}
        file.write_bytes(content[kind])
    for name, words in acts(file, copy, tmp_path).items():
        code, out, err = outcome(capfdbinary, "snapshot", *words, "--json")
        found = json.loads(out)
        assert code == 1, name
        assert found["ok"] is False and len(found["problems"]) == 1, name
        assert file.name in found["problems"][0], name
        # A person reads the sentence where it always stood.
        assert name == "verify" or err.startswith("error: "), name
        code, out, err = outcome(capfdbinary, "snapshot", *words)
        assert code == 1 and file.name in out + err and "{" not in out, name


def test_a_refused_act_of_the_office_is_a_document_too(
    office: Store, tmp_path: Path, capfdbinary: Any
) -> None:
    asked = ("--office", closed(office, tmp_path), "--json", "snapshot")
    for words in (
        ("decide", "0123456789ab", "--mask"),
        ("deliver", 9, "--to", "예시", "--channel", "mail"),
        ("deliver", 1, "--to", "예시", "--channel", "mail", "--on", "내일"),
        ("deliveries", 9),
    ):
        code, out, err = outcome(capfdbinary, *asked, *words)
        found = json.loads(out)
        assert code == 1 and not found["ok"] and err == f"error: {found['problems'][0]}\n", words


def test_verify_says_how_the_key_stands(
    office: Store, copy: Path, tmp_path: Path, capfdbinary: Any
) -> None:
    code, out, _err = outcome(capfdbinary, "snapshot", "verify", copy)
    assert code == 0 and "아직 확인하지 않았습니다" in out
    assert told(capfdbinary, "snapshot", "verify", copy)["key"]["standing"] == "first"
    trust.accept(verify(copy))
    code, out, _err = outcome(capfdbinary, "snapshot", "verify", copy, "--lang", "en")
    assert code == 0 and "You compared this key before." in out
    text.use("ko")
    assert told(capfdbinary, "snapshot", "verify", copy)["key"] == {
        "standing": "known",
        "says": "",
    }
    known = signing.known_signers()
    keys.succeed(office, old=offices.PASSPHRASE, new=offices.PASSPHRASE + "2", reason="예시")
    second = tmp_path / "2.gwsnap"
    make_snapshot(office, target=second, passphrase=offices.PASSPHRASE + "2")
    only(known)
    assert told(capfdbinary, "snapshot", "verify", second)["key"]["standing"] == "follows"


def test_another_key_of_a_known_office_fails_a_script(
    office: Store, copy: Path, tmp_path: Path, capfdbinary: Any
) -> None:
    trust.accept(verify(copy))
    known = signing.known_signers()
    keys.succeed(office, old=None, new=offices.PASSPHRASE, reason="예시")
    second = tmp_path / "2.gwsnap"
    made = make_snapshot(office, target=second, passphrase=offices.PASSPHRASE)
    only(known)
    code, out, _err = outcome(capfdbinary, "snapshot", "verify", second, "--json")
    found = json.loads(out)
    assert code == 1 and not found["ok"] and found["key"]["standing"] == "changed"
    assert found["problems"] == [found["key"]["says"]]
    code, out, _err = outcome(capfdbinary, "snapshot", "verify", second)
    assert code == 1 and found["key"]["says"] in out and "전화" in out
    # Whoever compared the new fingerprint asks for it, and is told that the file is by that key.
    asked = ("snapshot", "verify", second, "--fingerprint", made.fingerprint)
    assert told(capfdbinary, *asked)["ok"]


def test_keys_are_listed_with_their_words_and_without_their_secrets(
    office: Store, tmp_path: Path, capfdbinary: Any
) -> None:
    first = keys.succeed(office, old=None, new=offices.PASSPHRASE, reason="예시 사유").fingerprint
    with office.reading() as read:
        assert succession.chain_bytes(read) == b""
    path = closed(office, tmp_path)
    rows = told(capfdbinary, "--office", path, "snapshot", "keys")
    assert rows[0]["fingerprint"] == first
    assert rows[0]["follows"] == rows[1]["fingerprint"] and rows[0]["signed"] is False
    assert rows[1]["retired_at"] and len(rows[0]["words"].split()) == 16
    code, out, _err = outcome(capfdbinary, "--office", path, "snapshot", "keys")
    assert code == 0 and first in out and rows[0]["words"] in out and "예시 사유" in out
    assert "box" not in out and "salt" not in out


def test_an_office_without_a_key_says_so(tmp_path: Path, capfdbinary: Any) -> None:
    path = tmp_path / "사무국.gwoffice"
    assert outcome(capfdbinary, "new", path)[0] == 0
    assert told(capfdbinary, "--office", path, "snapshot", "keys") == []
    code, out, _err = outcome(capfdbinary, "--office", path, "snapshot", "keys")
    assert code == 0 and "서명키" in out
    assert told(capfdbinary, "--office", path, "snapshot", "deliveries") == []


def test_a_handing_over_is_noted_and_listed(
    office: Store, tmp_path: Path, capfdbinary: Any
) -> None:
    path = closed(office, tmp_path)
    asked = ("--office", path, "snapshot")
    done = told(
        capfdbinary, *asked, "deliver", 1, "--to", "가상 모니터링위원회", "--channel", "stick"
    )
    assert done["copy"] == 1
    (row,) = told(capfdbinary, *asked, "deliveries", 1)
    assert row["recipient"] == "가상 모니터링위원회" and row["copy"] == 1
    assert row["delivered_on"] >= clock.today().isoformat()[:4]
    code, out, _err = outcome(capfdbinary, *asked, "deliveries")
    assert code == 0 and "가상 모니터링위원회" in out and "stick" not in out
    code, out, _err = outcome(
        capfdbinary, *asked, "deliver", 1, "--to", "예시", "--channel", "mail", "--note", "봉투"
    )
    assert code == 0 and "예시" in out
    assert len(told(capfdbinary, *asked, "deliveries")) == 2


def test_finds_of_a_public_copy_are_decided_on_by_themselves(
    office: Store, tmp_path: Path, capfdbinary: Any
) -> None:
    """A name that monitors get is one that everybody does not: only its profile finds it."""
    path = closed(office, tmp_path)
    asked = ("--office", path, "snapshot")
    inside = told(capfdbinary, *asked, "texts")
    public = told(capfdbinary, *asked, "texts", "--profile", "public")
    assert {find["find"] for find in inside["finds"]} <= {find["find"] for find in public["finds"]}
    decided = told(capfdbinary, *asked, "decide", "--mask", "--undecided", "--profile", "public")
    assert decided == {"decided": public["undecided"]}
    assert told(capfdbinary, *asked, "texts", "--profile", "public")["undecided"] == 0
