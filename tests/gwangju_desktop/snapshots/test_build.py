from __future__ import annotations

import datetime as dt
import hashlib
import json
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from db.errors import Barred, OverOffice
from db.store import Store
from gwangju_desktop import clock, settings
from gwangju_desktop.energy import catalogue, imports
from gwangju_desktop.errors import Cancelled, UserError
from gwangju_desktop.snapshots import build, disclose, leaks, policy, queries
from gwangju_desktop.snapshots.build import make_snapshot
from gwangju_desktop.snapshots.verify import verify
from tests.gwangju_desktop.sheets import made as sheets
from tests.gwangju_desktop.snapshots import offices
from tests.haystack import Haystack


def member(path: Path, name: str) -> bytes:
    with zipfile.ZipFile(path) as archive:
        return archive.read(name)


def rows(path: Path, query: str, tmp_path: Path) -> list[tuple[object, ...]]:
    database = tmp_path / "look.sqlite"
    database.write_bytes(member(path, "snapshot.sqlite"))
    with closing(sqlite3.connect(database)) as connection:
        return connection.execute(query).fetchall()


def test_nothing_that_is_dropped_is_in_the_file(store: Store, tmp_path: Path) -> None:
    tokens = offices.fill_tokens(store)
    target = tmp_path / "사본.gwsnap"
    made = make_snapshot(store, target=target, passphrase=offices.PASSPHRASE)
    whole = Haystack(target.read_bytes())
    assert len(tokens) > 100 and made.withheld == 0
    columns = [(t.name, c) for t in policy.load().tables.values() for c in t.shown]
    shown = {f"{table}.{column.name}" for table, column in columns}
    # Row 2 is the one that no rule lets out.
    held_back = {f"{table}.{column.name}.2" for table, column in columns if column.only}
    # Two proposals are too few to tell where they are from.
    held_back |= {f"{table}.{c.name}.1" for table, c in columns if c.only == "enough_alike"}
    for place, token in tokens.items():
        column = place.rpartition(".")[0]
        found = any(form in whole for form in leaks.forms(token))
        assert found == (column in shown and place not in held_back), place


def test_an_import_that_was_taken_back_is_not_disclosed(store: Store, tmp_path: Path) -> None:
    store.run(settings.set_up)
    store.run(catalogue.set_up)
    prepared = imports.prepare(sheets.kepco(tmp_path / "a.csv"))
    store.run(imports.import_readings, prepared=prepared)
    revised = imports.prepare(sheets.kepco(tmp_path / "b.csv", shift=1000))
    store.run(imports.import_readings, prepared=revised)
    for number, kept in enumerate((420, 0, 0)):
        if number:
            store.undo()
        with store.reading() as read:
            found = {
                one.policy.name: one.rows for one in disclose.fetch(read, policy.load()).tables
            }
        assert len(found["reading_revision"]) == kept
    assert not found["reading"] and not found["dataset"]


def test_every_column_has_a_line_and_a_new_one_stops_the_build() -> None:
    rules, tables = policy.load(), disclose.columns_of_all_tables()
    rules.check(tables)
    for name in tables:
        with pytest.raises(policy.PolicyGap, match="new_column"):
            rules.check({**tables, name: [*tables[name], "new_column"]})
    with pytest.raises(policy.PolicyGap, match="another"):
        rules.check({**tables, "another": ["id"]})


def test_dropped_values_in_free_text_are_masked_and_counted(copy: Path, tmp_path: Path) -> None:
    found = [r[0] for r in rows(copy, "SELECT contents FROM agenda_item", tmp_path)]
    assert sorted(map(str, found)) == sorted(
        ["문의 [가림]으로 하십시오.", "[가림] 님이 낸 의견", "그대로 나가는 글"]
    )
    withheld = rows(
        copy,
        "SELECT table_name, action, count FROM withheld WHERE column_name='contents'",
        tmp_path,
    )
    assert withheld == [("agenda_item", "review", 2)]
    parts = rows(copy, "SELECT column_name, count FROM withheld WHERE action='part'", tmp_path)
    assert parts == [("name", 1)]
    phones = rows(
        copy,
        "SELECT action, count FROM withheld WHERE table_name='person' AND column_name='phone'",
        tmp_path,
    )
    assert phones == [("few", None)]


def test_a_dropped_value_in_a_record_that_goes_out_as_it_is_stops_the_build(
    office: Store, tmp_path: Path
) -> None:
    from sqlalchemy.orm import Session

    from db.schema.members import Organisation
    from db.store import usecase

    @usecase("Add organisation")
    def careless(tx: Session) -> None:
        tx.add(Organisation(name_ko="모임(위원이 아닌 사람의 메모)"))

    office.run(careless)
    target = tmp_path / "2.gwsnap"
    with pytest.raises(UserError, match=r"person\.note"):
        make_snapshot(office, target=target, passphrase=offices.PASSPHRASE)
    assert not target.exists()


def test_names_of_members_go_out_and_others_do_not(copy: Path, tmp_path: Path) -> None:
    names = [r[0] for r in rows(copy, "SELECT name FROM person", tmp_path)]
    assert sorted(str(n) for n in names if n) == ["가상00", "가상01", "가상02"]
    assert names.count(None) == 1


def test_codes_lead_from_table_to_table(copy: Path, tmp_path: Path) -> None:
    joined = rows(
        copy,
        "SELECT count(*) FROM membership m JOIN person p ON p.id = m.person_id"
        " JOIN body b ON b.id = m.body_id JOIN organisation o ON o.id = m.organisation_id",
        tmp_path,
    )
    assert joined == [(3,)]
    codes = [str(r[0]) for r in rows(copy, "SELECT id FROM person", tmp_path)]
    assert codes == sorted(codes)
    assert all(len(code) == 12 and code.isalnum() for code in codes)


def test_only_ordinary_tables_and_no_free_page(copy: Path, tmp_path: Path) -> None:
    kinds = rows(copy, "SELECT DISTINCT type FROM sqlite_master", tmp_path)
    assert kinds == [("table",)]
    header = member(copy, "snapshot.sqlite")[:100]
    assert header[68:72].hex() == "47574343" and header[60:64] == b"\0\0\0\2"
    assert header[36:40] == bytes(4) and header[16:18] == b"\x10\0"
    named = rows(copy, "SELECT count(*) FROM codebook WHERE ko = '' OR en = ''", tmp_path)
    assert named == [(0,)]


def test_the_manifest_says_what_is_there(copy: Path, office: Store, tmp_path: Path) -> None:
    said = json.loads(member(copy, "manifest.json"))
    assert next(iter(said)) == "format" and said["sequence"] == 1 and said["previous"] is None
    for name, facts in said["files"].items():
        content = member(copy, name)
        assert (len(content), hashlib.sha256(content).hexdigest()) == (
            facts["bytes"],
            facts["sha256"],
        )
    for table, count in said["rows"].items():
        assert rows(copy, f'SELECT count(*) FROM "{table}"', tmp_path) == [(count,)]
    with office.reading() as read:
        issued = queries.snapshots(read)
    assert [(s.sequence, s.sha256, s.rows) for s in issued] == [
        (1, hashlib.sha256(copy.read_bytes()).hexdigest(), sum(said["rows"].values()))
    ]


def test_the_next_copy_names_the_one_before_and_the_journal_moved(
    office: Store, copy: Path, tmp_path: Path
) -> None:
    target = tmp_path / "2.gwsnap"
    made = make_snapshot(office, target=target, passphrase=offices.PASSPHRASE)
    first = json.loads(member(copy, "manifest.json"))
    second = json.loads(member(target, "manifest.json"))
    assert made.sequence == second["sequence"] == 2 and not made.new_key
    digest = hashlib.sha256(member(copy, "manifest.json")).hexdigest()
    assert second["previous"] == digest
    assert second["audit"]["id"] > first["audit"]["id"]


def test_the_same_state_number_and_time_give_the_same_bytes(
    office: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    moment = dt.datetime(2022, 3, 11, 3, 4, 5, tzinfo=dt.UTC)
    monkeypatch.setattr(clock, "now", lambda: moment)
    made: list[bytes] = []

    def stop_before_the_record(*_: object, **__: object) -> None:
        made.append(next(tmp_path.glob(".writing-*")).read_bytes())
        raise Cancelled

    class Door:
        papers = office.papers
        run = staticmethod(stop_before_the_record)
        reading = staticmethod(office.reading)

    for _ in range(2):
        with pytest.raises(Cancelled):
            make_snapshot(Door(), target=tmp_path / "x.gwsnap", passphrase=offices.PASSPHRASE)  # type: ignore[arg-type]
    assert made[0] == made[1] and made[0].startswith(b"PK")
    assert not list(tmp_path.glob("*.gwsnap"))


def test_a_wrong_passphrase_writes_nothing(office: Store, tmp_path: Path) -> None:
    target = tmp_path / "2.gwsnap"
    target.write_bytes(b"old")
    head = office.head()
    with pytest.raises(UserError):
        make_snapshot(office, target=target, passphrase="wrong words")
    assert target.read_bytes() == b"old" and office.head() == head


def test_a_new_office_gets_a_key_and_it_is_known_here(sqlite_store: Store, tmp_path: Path) -> None:
    sqlite_store.run(settings.set_up)
    target = tmp_path / "1.gwsnap"
    made = make_snapshot(sqlite_store, target=target, passphrase=offices.PASSPHRASE)
    verdict = verify(target, fingerprint=made.fingerprint)
    assert made.new_key and verdict.ok and verdict.known
    with sqlite_store.reading() as read:
        assert queries.fingerprint(read) == made.fingerprint


def test_a_snapshot_is_a_barrier_for_undo(office: Store, tmp_path: Path) -> None:
    make_snapshot(office, target=tmp_path / "2.gwsnap", passphrase=offices.PASSPHRASE)
    assert office.undoable is None and office.undo() is None
    with pytest.raises(Barred):
        office.undo(office.head())


def test_progress_is_said_and_cancel_leaves_nothing(office: Store, tmp_path: Path) -> None:
    target = tmp_path / "2.gwsnap"
    said: list[tuple[int, int, str]] = []
    make_snapshot(
        office,
        target=target,
        passphrase=offices.PASSPHRASE,
        progress=lambda *step: said.append(step),
    )
    assert [step[0] for step in said] == list(range(len(build.STEPS)))
    for stop_at in range(len(build.STEPS)):
        asked = iter(range(100))
        with pytest.raises(Cancelled):
            make_snapshot(
                office,
                target=tmp_path / "3.gwsnap",
                passphrase=offices.PASSPHRASE,
                cancelled=lambda asked=asked, stop_at=stop_at: next(asked) == stop_at,  # type: ignore[misc]
            )
    assert sorted(p.name for p in tmp_path.glob("*.gwsnap")) == ["2.gwsnap"]
    assert not list(tmp_path.glob(".writing-*"))


def test_no_copy_is_written_over_an_office(office: Store, tmp_path: Path) -> None:
    target = tmp_path / "사무국 업무.gwoffice"
    Store.create(target).close()
    before = target.read_bytes()
    with pytest.raises(OverOffice):
        make_snapshot(office, target=target, passphrase=offices.PASSPHRASE)
    assert target.read_bytes() == before


def test_whoever_is_named_in_the_handling_of_a_proposal_is_masked(
    office: Store, tmp_path: Path
) -> None:
    from gwangju_desktop.proposals import notices, steps, usecases

    reached = "cheonghun.gasang@example.org"
    who = {"name": "가청훈", "email": reached}
    common = {"channel": "letter", "consent": "full", "proposers": [who]}
    id = office.run(usecases.register, title="가로등과 가청훈", **common).value
    # A draft is held back, and its title is no name.
    office.run(usecases.register, title="가로등", draft=True, **common)
    office.run(notices.told, notice_id=1, how=f"전자우편 {reached}")
    outside = "가상구청(담당 010-0000-1234)"
    office.run(steps.move, id=id, to="transferred", outside=outside, reason="가청훈 님의 부탁")
    target = tmp_path / "3.gwsnap"
    make_snapshot(office, target=target, passphrase=offices.PASSPHRASE)
    told = rows(target, "SELECT how FROM proposal_notice ORDER BY made_on, how", tmp_path)
    assert ("전자우편 [가림]",) in told
    went = rows(
        target, "SELECT outside, reason FROM proposal_step WHERE outside IS NOT NULL", tmp_path
    )
    assert ("가상구청(담당 [가림])", "[가림] 님의 부탁") in went
    titles = rows(target, "SELECT title FROM proposal WHERE title IS NOT NULL", tmp_path)
    assert ("가로등과 [가림]",) in titles
    assert reached.encode() not in member(target, "snapshot.sqlite")
