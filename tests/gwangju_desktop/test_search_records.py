"""Every searched table leads to a page that shows it, and the palette knows what it is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from db import schema, search
from db.schema.search import search_doc
from db.store import Store
from gwangju_desktop import check, search_records
from gwangju_desktop.search_found import Filters
from gwangju_desktop.search_records import NOT_SHOWN, SHOWN
from tests.gwangju_desktop.test_cli import outcome, told


@pytest.fixture
def sample(sample_copy: Path) -> Any:
    with Store.open(sample_copy) as store:
        yield store


def test_every_searched_table_is_shown_or_says_where_else() -> None:
    schema.everything()
    assert {*search.searched(), *search.LONG} == set(SHOWN) | set(NOT_SHOWN)
    assert not set(SHOWN) & set(NOT_SHOWN)


def test_what_the_index_holds_of_the_sample_is_found_and_named(sample: Store) -> None:
    from ui.widgets.palette import KINDS

    lost = []
    with sample.reading() as read:
        docs = read.execute(select(search_doc.c.tbl, search_doc.c.ref)).all()
        for table in sorted({doc.tbl for doc in docs} - set(NOT_SHOWN)):
            refs = [doc.ref for doc in docs if doc.tbl == table]
            for ref in refs[:5]:
                found = search_records.where(read, table, ref)
                if found is None or not found.title or found.table not in KINDS:
                    lost.append((table, ref, found))
    # What belongs to organisations alone, with nobody of theirs in the office, leads to nobody.
    assert [one for one in lost if one[0] != "organisation"] == []


@pytest.mark.parametrize(
    ("words", "table"),
    [
        ("KRGNJ0001", "commitment"),
        ("에너지 정보 플랫폼", "commitment"),
        ("ㅇㄴㅈ ㅈㅂ ㅍㄹㅍ", "commitment"),
        ("Climate Change Management", "commitment"),
        ("다회용컵", "proposal"),
        ("열린정부 시민 설문", "poll"),
        ("제2회 정기회의", "meeting"),
    ],
)
def test_people_find_what_they_type(sample: Store, words: str, table: str) -> None:
    with sample.reading() as read:
        assert table in {one.table for one in search_records.find(read, words=words)}
        (only,) = {
            one.table
            for one in search_records.find(read, words=words, filters=Filters(kinds=(table,)))
        }
    assert only == table


def test_the_index_is_built_anew(store: Store) -> None:
    from gwangju_desktop.members import usecases

    store.run(usecases.add_person, name="나가상", fictional=True)
    with store.office.writing() as connection:
        connection.info["permit"] = True
        connection.execute(search_doc.delete())
        connection.info["permit"] = False
    assert any("index" in str(one.what) for one in check.check(store))
    assert store.reindex() == 1
    assert check.check(store) == []
    with store.reading() as read:
        assert [one.title for one in search_records.find(read, words="ㄴㄱㅅ")] == ["나가상"]
    store.undo()
    with store.reading() as read:
        assert search_records.find(read, words="나가상") == []


def test_search_history_and_repair_on_the_command_line(sample_copy: Path, capfdbinary: Any) -> None:
    at = ("--office", sample_copy)
    rows = told(capfdbinary, *at, "search", "KRGNJ0001")
    assert rows[0]["kind"] == "commitment" and rows[0]["page"] == "commitments"
    assert told(capfdbinary, *at, "search", "KRGNJ0001", "--kind", "meeting") == []
    assert told(capfdbinary, *at, "search", "없는 말 없는 말") == []
    whole = told(capfdbinary, *at, "history")
    today = whole[-1]["at"][:10]
    assert told(capfdbinary, *at, "history", "--since", today)[-1] == whole[-1]
    assert told(capfdbinary, *at, "history", "--since", "2999-01-01") == []
    assert told(capfdbinary, *at, "history", "--kind", "undo") == []
    assert told(capfdbinary, *at, "history", "--who", "nobody") == []
    assert outcome(capfdbinary, *at, "history", "--since", "어제")[0] == 2
    code, out, err = outcome(capfdbinary, *at, "check", "--repair", "--json")
    assert code == 0 and json.loads(out)["ok"] and "검색" in err
