"""Codes come from a list: of a merger, of dongs; what is no list is refused."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from db.store import Store, usecase
from gwangju_desktop import clock
from gwangju_desktop.energy import area_codes, areas
from gwangju_desktop.errors import UserError


@usecase("Set up areas")
def set_up(tx: Session) -> None:
    areas.complete(tx)


@pytest.fixture
def office(sqlite_store: Store) -> Store:
    sqlite_store.run(set_up)
    return sqlite_store


def written(path: Path, *rows: str, encoding: str = "utf-8") -> Path:
    path.write_text("\n".join(rows) + "\n", encoding)
    return path


def load(store: Store, path: Path) -> list[int]:
    lines = area_codes.lines(path)
    ids: list[int] = store.run(area_codes.load_codes, lines=lines, source=path.name).value
    return ids


def test_a_merger_ends_codes_and_names_what_follows(office: Store, tmp_path: Path) -> None:
    path = written(
        tmp_path / "통합.csv",
        "코드,시도명,시군구명,생성일자,이전코드",
        "1200000000,전남광주통합특별시,,2026-07-01,",
        "1211000000,전남광주통합특별시,동구,2026-07-01,2911000000",
        "1214000000,전남광주통합특별시,서구,20260701,29140",
        "1100000000,서울특별시,,1988-01-01,",
    )
    load(office, path)
    clock.fix(dt.date(2026, 11, 22))
    with office.reading() as read:
        assert areas.lineage(read, "29110") == ("29110", "12110")
        east = areas.area(read, "12110")
        assert (east.name_ko, east.parent, east.kostat) == ("동구", "12000", "24010")
        assert areas.area(read, "29110").valid_to == dt.date(2026, 6, 30)
        assert [row.code for row in areas.children(read, "12000")] == ["12110", "12140"]
        # What was is still divided as it was.
        assert len(areas.children(read, "29000")) == 5
        assert areas.area(read, "12000").source == "통합.csv"
    with pytest.raises(UserError, match="이미"):
        load(office, path)
    office.undo()
    with office.reading() as read:
        assert areas.lineage(read, "29110") == ("29110",)


def test_a_list_of_the_country_gives_the_citys_dongs(office: Store, tmp_path: Path) -> None:
    path = written(
        tmp_path / "KIKcd_H.csv",
        "행정동코드,시도명,시군구명,읍면동명,생성일자,말소일자",
        "2911052500,광주광역시,동구,충장동,19980921,",
        "2911000000,광주광역시,동구,,19950101,",
        "2911010100,광주광역시,동구,대인동,19950101,",
        "1111051500,서울특별시,종로구,청운효자동,20081101,",
        encoding="cp949",
    )
    load(office, path)
    with office.reading() as read:
        (made,) = areas.children(read, "29110")
        assert areas.names(read)["29110", "충장동"] == "2911052500"
    assert (made.code, made.level, made.valid_from) == (
        "2911052500",
        "dong",
        dt.date(1998, 9, 21),
    )


def test_the_published_list_of_districts_says_nothing_new(office: Store, shared_data: Path) -> None:
    with pytest.raises(UserError, match="5"):
        load(office, shared_data / "admin" / "gwangju_legal_sigungu_codes.json")
    with pytest.raises(UserError):
        area_codes.lines(shared_data / "admin" / "gwangju_legal_emd_codes.json")


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (["a,b", "1,2"], "코드"),
        (["코드,이름", "29,광주"], "29"),
        (["코드,이름", "2911x,동구"], "2911x"),
        (["코드,이름,생성일자", "29300,새구,어제"], "어제"),
        (["코드,이름", "29300,"], "이름"),
        (["코드,시도명", "11000,서울특별시"], "광주"),
    ],
)
def test_what_is_no_list_is_refused_with_its_row(
    rows: list[str], said: str, tmp_path: Path
) -> None:
    with pytest.raises(UserError, match=said):
        area_codes.lines(written(tmp_path / "목록.csv", *rows))


def test_an_area_without_the_one_above_is_refused_whole(office: Store, tmp_path: Path) -> None:
    path = written(tmp_path / "목록.csv", "코드,이름", "29300,새구", "13110,동구")
    with pytest.raises(UserError, match="13000"):
        load(office, path)
    with office.reading() as read, pytest.raises(UserError):
        areas.area(read, "29300")


def test_an_area_is_called_otherwise_and_keeps_its_code(office: Store) -> None:
    with office.reading() as read:
        row = areas.area(read, "29110")
    said = {"name_ko": "동구청", "name_en": "", "kostat": "24010", "valid_from": row.valid_from}
    office.run(area_codes.edit_area, id=row.id, successor="29140", **said)
    with office.reading() as read:
        changed = areas.area(read, "29110")
    assert (changed.name_ko, changed.name_en, changed.successor) == ("동구청", "동구청", "29140")
    for wrong in (
        {"name_ko": " "},
        {"valid_to": dt.date(1900, 1, 1)},
        {"successor": "99999"},
        {"successor": "29110"},
        {"kostat": "24o10"},
    ):
        with pytest.raises(UserError):
            office.run(area_codes.edit_area, id=row.id, **(said | wrong))


def test_a_list_is_read_in_a_child(tmp_path: Path) -> None:
    found = area_codes.read(written(tmp_path / "목록.csv", "코드,이름", "29300,새구"))
    assert [(one.code, one.parent, one.level) for one in found] == [("29300", "29000", "district")]
