from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as settings_of
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.meetings import AgendaItem, Meeting
from db.store import Store, usecase
from db.vocab import Profile
from gwangju_desktop import clock, settings
from gwangju_desktop.errors import UserError
from gwangju_desktop.snapshots import disclose, headings, merging, policy, reader, sqlite_file
from gwangju_desktop.snapshots.build import make_snapshot
from gwangju_desktop.snapshots.compare import compare
from gwangju_desktop.snapshots.sqlite_file import Row, Shape
from gwangju_desktop.text import Msg, say, speaking
from tests.gwangju_desktop.snapshots import hostile, offices

Rows = dict[int, tuple[str | None, int | None]]


@usecase("Change the agenda")
def change_the_agenda(tx: Session) -> None:
    """Change one item, remove one and add one."""
    items = tx.scalars(select(AgendaItem).order_by(AgendaItem.position)).all()
    items[0].title = "안건 1 (수정)"
    meeting = tx.scalars(select(Meeting)).one()
    meeting.items.remove(items[1])
    tx.flush()
    tx.add(
        AgendaItem(
            meeting_id=meeting.id, position=9216, kind="report", title="새 안건", contents=""
        )
    )


def test_a_known_edit_gives_exactly_that_difference(
    office: Store, copy: Path, tmp_path: Path
) -> None:
    office.run(change_the_agenda)
    newer = tmp_path / "2.gwsnap"
    make_snapshot(office, target=newer, passphrase=offices.PASSPHRASE)
    told = compare(copy, newer).as_json()
    json.dumps(told)
    today = clock.local(clock.now()).date().isoformat()
    (changed,) = told["changed"]
    assert changed["table"] == "agenda_item" and changed["column"] == "title"
    assert (changed["before"], changed["after"]) == ("안건 1", "안건 1 (수정)")
    assert changed["on"] == today
    (added,) = told["added"].pop("agenda_item")
    assert added["label"] == added["row"]["title"] == "새 안건" and added["on"] == today
    (gone,) = told["withdrawn"]
    assert (gone["table"], gone["label"], gone["on"]) == ("agenda_item", "안건 2", today)
    assert gone["reason"] == say(Msg("Change the agenda"))
    assert len({changed["key"], added["key"], gone["key"]}) == 3
    # Nothing else: what the making of a copy writes itself is no change of the records.
    assert told["added"] == {} and set(told["counts"]) == {"agenda_item"}
    assert told["counts"]["agenda_item"] == {"added": 1, "changed": 1, "withdrawn": 1}
    assert told["problems"] == told["notes"] == [] and told["new"]["sequence"] == 2


def test_a_copy_compared_with_itself_has_no_changes(copy: Path) -> None:
    told = compare(copy, copy).as_json()
    assert (told["added"], told["changed"], told["withdrawn"]) == ({}, [], [])


@usecase("Close an item to the public")
def close_an_item(tx: Session) -> None:
    """Let the first item be considered in closed session."""
    tx.scalars(select(AgendaItem).order_by(AgendaItem.position)).first().restricted = True


def test_a_record_whose_name_is_withheld_now_counts_as_withdrawn(
    office: Store, copy: Path, tmp_path: Path
) -> None:
    office.run(close_an_item)
    newer = tmp_path / "2.gwsnap"
    make_snapshot(office, target=newer, passphrase=offices.PASSPHRASE)
    (row,) = [r for t in compare(copy, newer).tables for r in t.rows if t.name == "agenda_item"]
    assert row.kind == "withdrawn" and row.label == "안건 1" and row.hidden and row.on
    assert row.reason and row.row["title"] == "안건 1"


def test_registers_of_one_copy_alone_are_called_as_people_call_them(
    office: Store, copy: Path, tmp_path: Path
) -> None:
    """In the language of the moment, whichever of the two copies has them."""
    public = tmp_path / "2.gwsnap"
    make_snapshot(office, target=public, passphrase=offices.PASSPHRASE, profile=Profile.PUBLIC)
    for one, two, which in ((copy, public, "older"), (public, copy, "newer")):
        comparison = compare(one, two)
        with speaking("en"):
            english = [str(note) for note in comparison.notes]
        assert any(f"Only the {which} copy has" in note for note in english)
        korean = " ".join(str(note) for note in comparison.notes)
        assert "출석" in korean and "Attendance" in " ".join(english)
        for table in ("attendance", "evidence_check", "monitor_key"):
            assert table not in korean + " ".join(english)


def test_backwards_is_said(office: Store, copy: Path, tmp_path: Path) -> None:
    newer = tmp_path / "2.gwsnap"
    make_snapshot(office, target=newer, passphrase=offices.PASSPHRASE)
    assert len(compare(newer, copy).problems) == 1


def test_copies_of_two_offices_are_not_compared(
    copy: Path, sqlite_store: Store, tmp_path: Path
) -> None:
    sqlite_store.run(settings.set_up)
    other = tmp_path / "other.gwsnap"
    make_snapshot(sqlite_store, target=other, passphrase=offices.PASSPHRASE)
    with pytest.raises(UserError):
        compare(copy, other)
    with pytest.raises(UserError):
        compare(copy, hostile.sealed(tmp_path, hostile.HOSTILE["trigger"]))


def test_an_office_put_back_to_an_older_state_is_found_out(
    office: Store, copy: Path, tmp_path: Path
) -> None:
    """A restored backup gives out the same number again, on another branch of its journal."""
    import shutil

    path = Path(office.office.write.url.database or "")
    twin = tmp_path / "twin.gwoffice"
    shutil.copy(path, twin)
    office.run(change_the_agenda)
    one, two = tmp_path / "one.gwsnap", tmp_path / "two.gwsnap"
    make_snapshot(office, target=one, passphrase=offices.PASSPHRASE)
    with Store.open(twin) as restored:
        make_snapshot(restored, target=two, passphrase=offices.PASSPHRASE)
    assert len(compare(one, two).problems) >= 1


# --- the merging itself, on databases made for it -------------------------------------------------

THINGS = Shape("thing", (("id", "TEXT"), ("name", "TEXT"), ("n", "INTEGER")))
MORE = Shape("thing", (("n", "INTEGER"), ("id", "TEXT"), ("extra", "TEXT"), ("name", "TEXT")))
BOOK = {
    "id": ("thing", "id", "부호", "Code", "code", "code", 1, 0, None),
    "name": ("thing", "name", "이름", "Name", "keep", "text", 0, 1, None),
    "n": ("thing", "n", "수", "N", "keep", "number", 0, 0, None),
    "extra": ("thing", "extra", "더", "More", "keep", "text", 0, 0, None),
}


def asked(path: Path, shape: Shape, rows: list[Row]) -> dict[str, object]:
    """Write a database of one table; return how the child is asked for it."""
    path.unlink(missing_ok=True)
    path.touch()
    lines: list[Row] = [("thing", None, "것", "Things", None, None, 0, 0, None)]
    lines += [BOOK[name] for name, _ in shape.columns]
    tables: list[tuple[Shape, list[Row]]] = [
        (disclose.META, []),
        (disclose.CODEBOOK, lines),
        (disclose.WORDS, []),
        (disclose.WITHHELD, []),
        (shape, rows),
    ]
    sqlite_file.write(path, tables)
    return {
        "path": str(path),
        "schema": sqlite_file.schema_hash([shape for shape, _ in tables]),
        "rows": {shape.name: len(rows) for shape, rows in tables},
    }


def merged(
    folder: Path, old: list[Row], new: list[Row], shapes: tuple[Shape, Shape] = (THINGS, THINGS)
) -> dict[str, Any]:
    """Return what the child says of two tables."""
    one = asked(folder / "one.sqlite", shapes[0], old)
    two = asked(folder / "two.sqlite", shapes[1], new)
    more = {"mode": "compare", "seconds": 30.0, "old": one, "figures": {}, "lenient": False}
    answer = reader.read_task({**two, **more})
    assert "why" not in answer
    return answer


CELLS = st.tuples(st.text("가나", max_size=1) | st.none(), st.integers(0, 2) | st.none())


@settings_of(max_examples=60, deadline=None)
@given(
    st.dictionaries(st.integers(0, 900), CELLS, max_size=40),
    st.dictionaries(st.integers(0, 900), CELLS, max_size=40),
    st.sampled_from([0, 300, 700]),
)
def test_merging_says_what_two_dictionaries_say(
    tmp_path_factory: pytest.TempPathFactory, old: Rows, new: Rows, filling: int
) -> None:
    # Equal rows in between, so that blocks begin and end in every place.
    common = dict.fromkeys(range(filling), ("같음", 7))
    old, new = {**old, **common}, {**new, **common}
    rows = [[(f"{n:04}", *cells) for n, cells in sorted(side.items())] for side in (old, new)]
    told = merged(tmp_path_factory.getbasetemp(), *rows)["tables"]["thing"]
    hidden = {n for n in old if n in new and old[n][0] and new[n][0] is None}
    changed = {n for n in old if n in new and old[n] != new[n]} - hidden
    expected = {
        "added": new.keys() - old,
        "changed": changed,
        "withdrawn": {*old} - {*new} | hidden,
    }
    for kind, keys in expected.items():
        assert [entry["key"] for entry in told[kind]] == [[f"{n:04}"] for n in sorted(keys)]
    for entry in told["changed"]:
        n = int(entry["key"][0])
        names = {"name": 0, "n": 1}
        assert entry["before"] == {k: old[n][i] for k, i in names.items() if old[n][i] != new[n][i]}


def test_a_column_only_one_copy_has_is_no_change(tmp_path: Path) -> None:
    old: list[Row] = [("a", "가", 1), ("b", "나", 2)]
    new: list[Row] = [(1, "a", "더", "가"), (3, "b", None, "나")]
    told = merged(tmp_path, old, new, (THINGS, MORE))["tables"]["thing"]
    assert told["counts"] == {"added": 0, "changed": 1, "withdrawn": 0}
    assert told["changed"][0]["before"] == {"n": 2} and told["changed"][0]["after"] == {"n": 3}


def test_what_another_profile_holds_back_is_no_change(tmp_path: Path) -> None:
    old: list[Row] = [("a", "가", 1), ("b", "나", 2), ("c", None, 3)]
    new: list[Row] = [("a", None, 1), ("b", "나", None), ("c", "다", 4)]
    one = asked(tmp_path / "one.sqlite", THINGS, old)
    two = asked(tmp_path / "two.sqlite", THINGS, new)
    more = {"mode": "compare", "seconds": 30.0, "old": one, "figures": {}}
    told = reader.read_task({**two, **more, "lenient": True})["tables"]["thing"]
    assert told["counts"] == {"added": 0, "changed": 1, "withdrawn": 0}
    assert told["changed"][0]["after"] == {"n": 4}
    told = reader.read_task({**two, **more, "lenient": False})["tables"]["thing"]
    assert told["counts"] == {"added": 0, "changed": 2, "withdrawn": 1}


def test_of_a_derived_table_only_the_columns_named_count(tmp_path: Path) -> None:
    book = {name: (*line[:4], "derived", *line[5:7], 0, None) for name, line in BOOK.items()}
    shape = Shape("thing", (("id", "TEXT"), ("name", "TEXT"), ("n", "INTEGER")))
    old: list[Row] = [("a", "가", 1), ("b", "나", 2)]
    new: list[Row] = [("a", "가", 9), ("b", "다", 9)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(f"{__name__}.BOOK", book)
        one = asked(tmp_path / "one.sqlite", shape, old)
        two = asked(tmp_path / "two.sqlite", shape, new)
    more = {"mode": "compare", "seconds": 30.0, "old": one, "lenient": False}
    assert reader.read_task({**two, **more, "figures": {}})["tables"] == {}
    told = reader.read_task({**two, **more, "figures": {"thing": ["name"]}})["tables"]["thing"]
    assert [entry["after"] for entry in told["changed"]] == [{"name": "다"}]


def test_rows_out_of_order_are_refused_and_what_is_too_many_is_counted(tmp_path: Path) -> None:
    twice = asked(tmp_path / "one.sqlite", THINGS, [("b", "나", 2), ("a", "가", 1)])
    more = {"mode": "compare", "seconds": 30.0, "old": twice, "figures": {}, "lenient": False}
    assert reader.read_task({**twice, **more}) == {"why": "broken"}
    many: list[Row] = [(f"{n:05}", "가", n) for n in range(merging.ROWS_NAMED + 300)]
    told = merged(tmp_path, [], many)["tables"]["thing"]
    assert told["counts"]["added"] == len(many) and len(told["added"]) == merging.ROWS_NAMED


def test_every_register_of_a_copy_has_its_heading() -> None:
    told = headings.load()
    named = [name for group in told.groups for name in group.tables]
    shown = {t.name for t in policy.load().tables.values() if t.shown}
    assert len(named) == len(set(named)) and shown <= set(named)
    assert told.groups[told.of("never heard of")].ko == "사무국"
    columns = disclose.columns_of_all_tables()
    for table, days in told.due.items():
        assert {*days, *days.values()} <= set(columns[table])
