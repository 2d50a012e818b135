"""The office's key under another passphrase, followed by another key, kept on paper."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from db.schema.journal import row_change
from db.schema.snapshots import SigningKey
from db.store import Store
from gwangju_desktop import clock, settings
from gwangju_desktop.documents import writers
from gwangju_desktop.documents.blocks import Para
from gwangju_desktop.errors import UserError
from gwangju_desktop.meetings.documents.issuer import issued
from gwangju_desktop.snapshots import (
    key_words,
    keys,
    queries,
    recovery,
    signing,
    succession,
    usecases,
)
from gwangju_desktop.text import words
from tests.gwangju_desktop.members.test_erasing import hits, whole
from tests.gwangju_desktop.snapshots.offices import PASSPHRASE

NEW = "새 암호구절 둘째"
REASON = "담당자가 바뀜(예시)"


def key_of(store: Store) -> queries.KeyRow:
    with store.reading() as read:
        key = queries.key(read)
    assert key is not None
    return key


def boxes_in_journal(store: Store) -> str:
    """Return everything the journal holds of signing keys."""
    with store.reading() as read:
        query = select(row_change.c.body).where(row_change.c.tbl == SigningKey.__tablename__)
        return " ".join(body or "" for body in read.scalars(query))


def test_a_passphrase_changes_and_the_old_sealing_is_nowhere(office: Store) -> None:
    before = key_of(office)
    box = json.loads(before.sealed)["box"]
    assert box in boxes_in_journal(office)
    with pytest.raises(UserError):
        keys.change_passphrase(office, old=NEW, new=NEW)
    with pytest.raises(UserError, match="8"):
        keys.change_passphrase(office, old=PASSPHRASE, new="짧은말")
    assert key_of(office) == before

    changed = keys.change_passphrase(office, old=PASSPHRASE, new=NEW)
    after = key_of(office)
    assert changed == keys.Changed(before.fingerprint, ())
    assert (after.public, after.id) == (before.public, before.id)
    signing.unseal(signing.SealedKey(after.public, after.sealed), NEW)
    with pytest.raises(UserError):
        signing.unseal(signing.SealedKey(after.public, after.sealed), PASSPHRASE)
    assert box not in boxes_in_journal(office)
    assert "sealed" not in boxes_in_journal(office)
    assert box.encode() not in Path(office.office.place).read_bytes()


def test_a_new_key_is_signed_by_the_old_and_the_chain_proves_it(office: Store) -> None:
    first = key_of(office)
    with office.reading() as read:
        assert succession.chain_bytes(read) == b""
    with pytest.raises(UserError):
        keys.succeed(office, old=PASSPHRASE, new=NEW, reason=" ")
    keys.succeed(office, old=PASSPHRASE, new=NEW, reason=REASON)
    second = key_of(office)
    keys.succeed(office, old=NEW, new=PASSPHRASE, reason=REASON)
    third = key_of(office)
    assert len({first.public, second.public, third.public}) == 3

    with office.reading() as read:
        data = succession.chain_bytes(read)
        held = queries.keys(read)
        sealed = dict(read.execute(select(SigningKey.id, SigningKey.sealed)).all())
    assert [one.signed for one in held] == [True, True, False]
    assert [one.follows for one in held] == [second.fingerprint, first.fingerprint, None]
    assert held[0].retired_at is None and held[1].reason == REASON
    # A key that signs nothing any more is not kept, and neither is it in the journal.
    assert sealed[first.id] == sealed[second.id] == "" and sealed[third.id]
    assert json.loads(first.sealed)["box"] not in boxes_in_journal(office)

    number = signing.key_id(third.public)
    office_id = json.loads(data)["office"]
    chain = succession.check_chain(data, number, office_id)
    assert [one.old for one in chain.links] == [first.public.hex(), second.public.hex()]
    assert chain.since(signing.key_id(first.public)) == chain.links[0].made_at
    assert chain.since(number) is None
    for wrong in ((signing.key_id(second.public), office_id), (number, "x"), ("", office_id)):
        with pytest.raises(ValueError):
            succession.check_chain(data, *wrong)


def test_no_changed_chain_is_believed(office: Store) -> None:
    keys.succeed(office, old=PASSPHRASE, new=NEW, reason=REASON)
    number = signing.key_id(key_of(office).public)
    with office.reading() as read:
        data = succession.chain_bytes(read)
    told = json.loads(data)
    link = told["links"][0]
    other = signing.new_key(NEW)
    forged = [
        data + b"\n",
        data[:-1],
        b"[]",
        b"{" * 100_000,
        b"\xff",
        *(data[:n] + bytes([data[n] ^ 1]) + data[n + 1 :] for n in range(len(data))),
    ]
    for name, value in (
        ("old", other.public.hex()),
        ("made_at", "2020-01-01T00:00:00+09:00"),
        ("signature", "0" * 128),
    ):
        changed = {**told, "links": [{**link, name: value}]}
        forged.append(json.dumps(changed, ensure_ascii=False, separators=(",", ":")).encode())
    for bad in forged:
        with pytest.raises(ValueError):
            succession.check_chain(bad, number, told["office"])


def test_after_a_lost_passphrase_a_key_follows_without_proof(office: Store) -> None:
    keys.succeed(office, old=None, new=NEW, reason=REASON)
    with office.reading() as read:
        assert succession.chain_bytes(read) == b""
        held = queries.keys(read)
    assert held[0].follows and not held[0].signed
    # What follows from there on is proved again, from that key on.
    keys.succeed(office, old=NEW, new=PASSPHRASE, reason=REASON)
    with office.reading() as read:
        assert len(json.loads(succession.chain_bytes(read))["links"]) == 1


def test_a_sheet_brings_a_key_back_under_a_new_passphrase(office: Store, tmp_path: Path) -> None:
    key = key_of(office)
    with pytest.raises(UserError):
        keys.seed(office, passphrase=NEW)
    lines = recovery.lines_of(keys.seed(office, passphrase=PASSPHRASE))
    changed = keys.restore(office, lines=lines, passphrase=NEW)
    assert changed.fingerprint == key.fingerprint
    restored = key_of(office)
    signing.unseal(signing.SealedKey(restored.public, restored.sealed), NEW)

    with Store.create(tmp_path / "새 사무국.gwoffice") as other:
        assert keys.restore(other, lines=lines, passphrase=NEW).fingerprint == key.fingerprint
        assert key_of(other).public == key.public

    keys.succeed(office, old=NEW, new=NEW, reason=REASON)
    with pytest.raises(UserError, match=r"gave up|더 이상"):
        keys.restore(office, lines=lines, passphrase=NEW)
    with pytest.raises(UserError):
        keys.restore(office, lines=recovery.lines_of(bytes(32)), passphrase=NEW)
    with pytest.raises(UserError):
        keys.restore(office, lines=lines[:7], passphrase=NEW)


@given(st.binary(min_size=32, max_size=32))
def test_lines_read_back_however_they_are_typed(seed: bytes) -> None:
    lines = recovery.lines_of(seed)
    assert b"".join(recovery.read_line(n, line) for n, line in enumerate(lines)) == seed
    wide = "".join(chr(ord(one) + 0xFEE0) if one != " " else "\u3000" for one in lines[0])
    for typed in (lines[0].lower(), lines[0].replace(" ", ""), wide, lines[0].replace(" ", "-")):
        assert recovery.read_line(0, typed) == seed[:4]
    misread = lines[0].replace("0", "O").replace("1", "l")
    assert recovery.read_line(0, misread) == seed[:4]


@given(st.binary(min_size=32, max_size=32), st.data())
def test_every_single_slip_of_the_hand_is_found(seed: bytes, data: st.DataObject) -> None:
    n = data.draw(st.integers(0, 7))
    line = recovery.lines_of(seed)[n].replace(" ", "")
    wrong = []
    place = data.draw(st.integers(0, 7))
    wrong += [line[:place] + digit + line[place + 1 :] for digit in "0123456789ABCDEF"]
    other = data.draw(st.integers(0, 7))
    swapped = list(line)
    swapped[place], swapped[other] = swapped[other], swapped[place]
    wrong.append("".join(swapped))
    for typed in set(wrong) - {line}:
        with pytest.raises(UserError):
            recovery.read_line(n, typed)
    # The same digits as another line of the sheet.
    for elsewhere in set(range(8)) - {n}:
        with pytest.raises(UserError):
            recovery.read_line(elsewhere, line)
    for typed in ("", line[:-1], line + "0", "G" + line[1:]):
        with pytest.raises(UserError):
            recovery.read_line(n, typed)


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_sheet_is_one_page_with_all_lines(office: Store, language: str) -> None:
    key = key_of(office)
    seed = keys.seed(office, passphrase=PASSPHRASE)
    with office.reading() as read:
        about = issued(read, body_id=None, on=clock.today())
    composed = recovery.sheet(seed, key.public, about, words(language))
    data = writers.write(composed, "pdf")
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert len(pdf.pages) == 1
    said = writers.write(composed, "html").decode()
    for line in recovery.lines_of(seed):
        first, second, check = line.split(" ")
        assert f"{first}\u2002{second}" in said and f">{check}<" in said
    assert key.fingerprint[:39] in said


def test_minutes_name_the_key_whole_and_in_words() -> None:
    from gwangju_desktop.meetings.documents.minutes import _seal

    key = signing.fingerprint(bytes(32))
    for language in ("ko", "en"):
        texts = [
            " ".join(word.text for word in block.words)
            for block in _seal(key, words(language))
            if isinstance(block, Para)
        ]
        assert key in texts[0]
        assert texts[1].endswith(" ".join(key_words.fingerprint_words(key, language)))


def test_an_old_sealing_is_in_no_file_of_the_office_or_its_server(
    store: Store, tmp_path: Path
) -> None:
    """On a server a row that was written over stays in its table's file until that is written anew."""
    store.run(settings.set_up)
    key = signing.new_key(PASSPHRASE)
    store.run(
        usecases.keep_key,
        fingerprint=key.fingerprint,
        public_key=key.public.hex(),
        sealed=key.sealed,
        made_at=clock.now(),
    )
    boxes = {json.loads(key.sealed)[part] for part in ("box", "salt", "nonce")}
    # The test itself must be able to see what it looks for.
    assert hits(store, tmp_path, boxes) == boxes
    for change in (
        lambda: keys.change_passphrase(store, old=PASSPHRASE, new=NEW),
        lambda: keys.succeed(store, old=NEW, new=PASSPHRASE, reason=REASON),
    ):
        (tmp_path / "later.gwbak").unlink(missing_ok=True)
        changed = change()
        assert set(changed.left) <= {"wal"}, changed
        assert hits(store, tmp_path, boxes) == set()
        (tmp_path / "later.gwbak").unlink(missing_ok=True)
        boxes = {json.loads(key_of(store).sealed)[part] for part in ("box", "salt", "nonce")}
        assert hits(store, tmp_path, boxes) == boxes
        whole(store)
