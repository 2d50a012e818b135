"""A journal altered past the program is found out: by its chain, or by what was noted outside."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Connection, delete, insert, select, update

from db import journal
from db.engine import permit
from db.schema.journal import change_log, row_change
from db.schema.snapshots import Snapshot
from db.store import Store, usecase
from gwangju_desktop import text
from gwangju_desktop.backups import form
from gwangju_desktop.backups.making import make_backup
from gwangju_desktop.errors import Cancelled, UserError
from gwangju_desktop.history import anchors, chain
from gwangju_desktop.members import usecases as members


@usecase("Note a copy in a test", undoable=False)
def note_copy(tx, *, audit_id: int, audit_hash: str) -> int:
    """Write down a review copy, as making one does."""
    copy = Snapshot(
        sequence=1,
        made_at=dt.datetime(2022, 3, 11, 3, tzinfo=dt.UTC),
        file_name="copy.gwsnap",
        bytes=1,
        rows=1,
        withheld=0,
        sha256="0" * 64,
        manifest_sha256="0" * 64,
        fingerprint="0" * 64,
        profile="monitor",
        audit_id=audit_id,
        audit_hash=audit_hash,
    )
    tx.add(copy)
    tx.flush()
    return copy.id


@pytest.fixture
def noted(store: Store, tmp_path: Path):
    """Six entries, of which a review copy noted the third and printed minutes bear the last."""
    for n in range(3):
        store.run(members.add_body, name_ko=f"가상위원회 {n}")
    with store.reading() as read:
        third = read.scalar(select(change_log.c.hash).where(change_log.c.id == 3))
    store.run(note_copy, audit_id=3, audit_hash=bytes(third).hex())
    for n in range(3, 5):
        store.run(members.add_body, name_ko=f"가상위원회 {n}")
    with store.reading() as read:
        paper = anchors.of_paper(anchors.printed(read))
        return store, [*anchors.gather(read, None), paper]


def harm(store: Store, act: Callable[[Connection], object]) -> None:
    """Write past the store, as a stranger with the file or the server would."""
    with store.office.write.begin() as connection, permit(connection):
        act(connection)


def verdict(store: Store, known) -> chain.Verdict:
    with store.reading() as read:
        return chain.check(read, known)


def rebuild(connection: Connection, *, last: int) -> None:
    """Write the whole chain anew after a change, so that every link holds."""
    connection.execute(delete(row_change).where(row_change.c.change_id > last))
    connection.execute(delete(change_log).where(change_log.c.id > last))
    previous = journal.ZERO
    for entry in connection.execute(select(change_log).order_by(change_log.c.id)).mappings().all():
        digests = connection.execute(
            select(row_change.c.digest)
            .where(row_change.c.change_id == entry["id"])
            .order_by(row_change.c.n)
        ).scalars()
        made = {**entry, "prev": previous}
        previous = journal.link(made, [bytes(digest) for digest in digests])
        connection.execute(
            update(change_log)
            .where(change_log.c.id == entry["id"])
            .values(prev=made["prev"], hash=previous)
        )


def test_a_whole_history_agrees_with_what_was_noted(noted) -> None:
    store, known = noted
    found = verdict(store, known)
    assert found.whole and found.entries == 6 and len(found.agrees) == 2
    text.use("en")
    assert found.said.startswith("Whole since ") and found.said.endswith(": 6 entries.")
    assert "review copy No. 1 of 2022-03-11" in found.agreeing and "printed" in found.agreeing


def test_an_edited_entry_is_found(noted) -> None:
    store, known = noted
    harm(store, lambda c: c.execute(update(change_log).where(change_log.c.id == 2).values(who="x")))
    assert verdict(store, known).problems == ["변경 기록 2번이 바뀌었습니다."]


def test_an_edited_row_is_found(noted) -> None:
    store, known = noted
    harm(
        store,
        lambda c: c.execute(
            update(row_change).where(row_change.c.change_id == 2).values(body="[null,{}]")
        ),
    )
    assert verdict(store, known).problems == ["변경 기록 2번의 1번째 변경 내용이 바뀌었습니다."]


def test_a_deleted_entry_is_found(noted) -> None:
    store, known = noted

    def drop(connection: Connection) -> None:
        connection.execute(delete(row_change).where(row_change.c.change_id == 2))
        connection.execute(delete(change_log).where(change_log.c.id == 2))

    harm(store, drop)
    assert "변경 기록 2번이 없습니다." in verdict(store, known).problems


def test_entries_in_another_order_are_found(noted) -> None:
    store, _known = noted

    def swap(connection: Connection) -> None:
        rows = connection.execute(
            select(change_log).where(change_log.c.id.in_((5, 6))).order_by(change_log.c.id)
        ).mappings()
        one, two = (dict(row) for row in rows)
        images = [
            dict(row)
            for row in connection.execute(
                select(row_change).where(row_change.c.change_id.in_((5, 6)))
            ).mappings()
        ]
        connection.execute(delete(row_change).where(row_change.c.change_id.in_((5, 6))))
        connection.execute(delete(change_log).where(change_log.c.id.in_((5, 6))))
        connection.execute(insert(change_log), [{**one, "id": 6}, {**two, "id": 5}])
        connection.execute(
            insert(row_change), [{**row, "change_id": 11 - row["change_id"]} for row in images]
        )

    harm(store, swap)
    found = verdict(store, [])
    assert {"변경 기록 5번이 바뀌었습니다.", "변경 기록 6번이 바뀌었습니다."} <= set(found.problems)


def test_a_cut_end_is_found_by_what_was_noted_only(noted) -> None:
    store, known = noted
    harm(store, lambda c: rebuild(c, last=4))
    assert verdict(store, []).whole
    (problem,) = verdict(store, known).problems
    assert "4번에서 끝나지만" in problem and "6번이 적혀" in problem
    harm(store, lambda c: rebuild(c, last=2))
    assert len(verdict(store, known).differs) == 2


def test_a_chain_written_anew_is_found_by_what_was_noted_only(noted) -> None:
    store, known = noted

    def forge(connection: Connection) -> None:
        connection.execute(update(change_log).where(change_log.c.id == 1).values(who="somebody"))
        rebuild(connection, last=6)

    harm(store, forge)
    assert verdict(store, []).whole
    found = verdict(store, known)
    assert len(found.problems) == 2 and all("새로 만들어졌습니다" in one for one in found.problems)
    assert not found.agrees


def test_a_backup_beside_the_office_is_an_anchor(sqlite_store: Store) -> None:
    store = sqlite_store
    store.run(members.add_body, name_ko="가상위원회")
    place = Path(store.office.place)
    folder = form.beside(place)
    folder.mkdir(exist_ok=True)
    make_backup(store, folder)
    with store.reading() as read:
        (one,) = anchors.gather(read, place)
        assert (one.kind, one.entry) == (anchors.BACKUP, 1)
        assert anchors.of_file(form.listed(folder)[0]) == one
    harm(store, lambda c: c.execute(update(change_log).values(who="x")))
    harm(store, lambda c: rebuild(c, last=1))
    with store.reading() as read:
        assert chain.verify(read) == []
        assert chain.glance(read, anchors.gather(read, place)).differs == [one]


def test_what_is_no_anchor_is_refused_in_a_sentence(tmp_path: Path) -> None:
    for typed in ("", "12", "12 · xyz", "abc:12345678"):
        with pytest.raises(UserError):
            anchors.of_paper(typed)
    assert anchors.of_paper(" 12 · 5F0C9A1B ").hash == "5f0c9a1b"
    for name, content in (("a.gwsnap", b"PK"), ("a.gwbak", b"x"), ("b.gwsnap", b"")):
        path = tmp_path / name
        path.write_bytes(content)
        with pytest.raises(UserError):
            anchors.of_file(path)


def test_the_check_tells_how_far_it_is_and_stops_when_asked(noted, monkeypatch) -> None:
    store, _known = noted
    monkeypatch.setattr(journal, "_BLOCK", 2)
    steps: list[tuple[int, int]] = []
    with store.reading() as read:
        assert chain.verify(read, lambda done, of: steps.append((done, of))) == []
    assert steps == [(2, 6), (4, 6), (6, 6)]

    def stop(done: int, of: int) -> None:
        raise Cancelled

    with store.reading() as read, pytest.raises(Cancelled):
        chain.verify(read, stop)
