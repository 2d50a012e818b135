"""Whose key a copy is signed with: compared once, told when it changes."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from db.store import Store
from gwangju_desktop import paths
from gwangju_desktop.snapshots import keys, queries, signing, succession, trust
from gwangju_desktop.snapshots.trust import Standing
from gwangju_desktop.snapshots.verify import Verdict, verify
from tests.gwangju_desktop.snapshots.offices import PASSPHRASE

NEW = "새 암호구절 둘째"


@pytest.fixture
def first(copy: Path) -> Verdict:
    """The verdict on the office's first copy."""
    return verify(copy)


def signed_now(office: Store, first: Verdict, *, moved: str = "") -> Verdict:
    """Return the verdict on a copy that the office's present key signed, with its chain."""
    with office.reading() as read:
        key = queries.key(read)
        chain = succession.chain_bytes(read)
    assert key is not None and first.manifest is not None
    manifest = replace(first.manifest, key=signing.key_id(key.public))
    if moved:
        manifest = replace(manifest, made_at=moved)
    return replace(first, manifest=manifest, fingerprint=key.fingerprint, key_chain=chain)


def succeed(office: Store, *, old: str | None, new: str) -> None:
    """Change the office's key where the office sits: on another PC than the monitor's."""
    with pytest.MonkeyPatch.context() as there:
        there.setenv(paths.HOME, str(paths.person_folder() / "사무국"))
        keys.succeed(office, old=old, new=new, reason="예시")


def standing(verdict: Verdict) -> Standing:
    found = trust.judge(verdict)
    assert found is not None
    told = trust.sentence(verdict, found)
    assert (told is None) == (found.standing is Standing.KNOWN)
    assert found.bad == (found.standing in (Standing.CHANGED, Standing.RETIRED))
    if told is not None and verdict.signer:
        assert verdict.signer in str(told)
    return found.standing


def test_the_first_key_of_an_office_is_compared_once(first: Verdict) -> None:
    assert standing(first) is Standing.FIRST
    trust.accept(first)
    assert standing(first) is Standing.KNOWN
    (held,) = signing.known_signers().values()
    assert first.manifest is not None and held.office == first.manifest.office_id
    assert held.name == first.manifest.office_ko and held.until == ""


def test_nothing_is_said_of_the_key_of_a_copy_that_is_not_right(first: Verdict) -> None:
    assert trust.judge(replace(first, ok=False)) is None
    assert trust.judge(replace(first, manifest=None)) is None


def test_a_key_the_known_one_signed_for_is_taken_over(office: Store, first: Verdict) -> None:
    trust.accept(first)
    succeed(office, old=PASSPHRASE, new=NEW)
    succeed(office, old=NEW, new=NEW)
    # Two changes since the copy that was compared: the chain holds both.
    third = signed_now(office, first)
    assert standing(third) is Standing.FOLLOWS
    trust.accept(third)
    assert standing(third) is Standing.KNOWN
    # Old copies stay right; what says it was signed with the old key afterwards does not.
    assert standing(first) is Standing.KNOWN
    assert first.manifest is not None
    late = replace(first, manifest=replace(first.manifest, made_at="2099-01-01T00:00:00+09:00"))
    assert standing(late) is Standing.RETIRED


@pytest.mark.parametrize("forged", [b"", b"{}", "another office", "cut"])
def test_another_key_without_proof_is_a_loud_warning(
    office: Store, first: Verdict, forged: bytes | str
) -> None:
    trust.accept(first)
    succeed(office, old=PASSPHRASE, new=NEW)
    second = signed_now(office, first)
    if forged == "another office":
        chain = json.loads(second.key_chain)
        told = json.dumps({**chain, "office": "0" * 16}, separators=(",", ":"))
        forged = told.encode()
    elif forged == "cut":
        forged = second.key_chain[:-1]
    assert isinstance(forged, bytes)
    assert standing(replace(second, key_chain=forged)) is Standing.CHANGED
    assert standing(second) is Standing.FOLLOWS


def test_after_a_lost_passphrase_every_monitor_is_warned(office: Store, first: Verdict) -> None:
    trust.accept(first)
    succeed(office, old=None, new=NEW)
    second = signed_now(office, first)
    assert standing(second) is Standing.CHANGED
    # Whoever asked the office by telephone takes the key all the same.
    trust.accept(second)
    assert standing(second) is Standing.KNOWN


def test_a_key_that_was_handed_over_signs_for_no_second_one(
    office: Store, first: Verdict, tmp_path: Path
) -> None:
    """Whoever stole the old key after the change cannot pass another one off with it."""
    stolen = signing.new_key(NEW)
    with office.reading() as read:
        old = queries.key(read)
    assert old is not None and first.manifest is not None
    secret = signing.unseal(signing.SealedKey(old.public, old.sealed), PASSPHRASE)
    trust.accept(first)
    succeed(office, old=PASSPHRASE, new=NEW)
    trust.accept(signed_now(office, first))

    message = succession.statement(
        office=first.manifest.office_id,
        old=old.public,
        new=stolen.public,
        made_at=old.made_at,
    )
    link = succession.Link(
        old.public.hex(),
        stolen.public.hex(),
        succession.moment(old.made_at),
        signing.sign(secret, message).hex(),
    )
    fork = succession.Chain(first.manifest.office_id, (link,)).to_bytes()
    forged = replace(
        first,
        manifest=replace(first.manifest, key=signing.key_id(stolen.public)),
        key_chain=fork,
    )
    succession.check_chain(fork, signing.key_id(stolen.public), first.manifest.office_id)
    assert standing(forged) is Standing.CHANGED


def test_lists_of_earlier_versions_are_read(first: Verdict, office: Store) -> None:
    assert first.manifest is not None
    folder = paths.person_folder()
    entry = {"key": first.manifest.key, "name": first.manifest.office_ko, "since": "2022-03-11"}
    (folder / "known-signers.json").write_text(json.dumps([entry]), encoding="utf-8")
    assert standing(first) is Standing.KNOWN
    succeed(office, old=PASSPHRASE, new=NEW)
    second = signed_now(office, first)
    assert standing(replace(second, key_chain=b"")) is Standing.CHANGED
    assert standing(second) is Standing.FOLLOWS
    trust.accept(second)
    known = signing.known_signers()
    assert known[first.manifest.key].until and known[first.manifest.key].since == "2022-03-11"
    assert {one.office for one in known.values()} == {first.manifest.office_id}


@pytest.mark.parametrize("old", [PASSPHRASE, None])
def test_whoever_changed_the_key_knows_both(office: Store, first: Verdict, old: str | None) -> None:
    """The office itself is not warned of its own key, and is of a copy made with the old one."""
    trust.accept(first)
    keys.succeed(office, old=old, new=NEW, reason="예시")
    assert standing(signed_now(office, first)) is Standing.KNOWN
    assert standing(first) is Standing.KNOWN
    assert first.manifest is not None
    late = replace(first, manifest=replace(first.manifest, made_at="2099-01-01T00:00:00+09:00"))
    assert standing(late) is Standing.RETIRED


def test_whoever_did_not_know_the_key_knows_none_after_its_change(
    office: Store, first: Verdict
) -> None:
    keys.succeed(office, old=PASSPHRASE, new=NEW, reason="예시")
    assert signing.known_signers() == {}
    assert standing(signed_now(office, first)) is Standing.FIRST
