"""An annotation stands under the lines it concerns."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from db.store import Store
from gwangju_desktop.energy import annotations, catalogue
from gwangju_desktop.errors import UserError

DAY = dt.date(2018, 7, 16)


@pytest.fixture
def office(sqlite_store: Store) -> Store:
    sqlite_store.run(catalogue.set_up)
    return sqlite_store


def add(store: Store, **asked: Any) -> int:
    told = {"text": "폭염", "first_on": DAY, "kind": "weather"} | asked
    return int(store.run(annotations.add_annotation, **told).value)


def listed(store: Store, **asked: Any) -> list[annotations.AnnotationRow]:
    with store.reading() as read:
        return annotations.annotations(read, **asked)


def test_it_stands_under_its_indicator_and_place_or_under_all(office: Store) -> None:
    add(office, text="폭염", last_on=dt.date(2018, 8, 20))
    add(office, text="요금 개편", indicator="EL01", kind="policy", first_on=dt.date(2021, 1, 1))
    add(office, text="남구 사업", area="29155")
    assert [row.text for row in listed(office)] == ["폭염", "남구 사업", "요금 개편"]
    assert [row.text for row in listed(office, indicator="GS01", area="29000")] == ["폭염"]
    assert [row.text for row in listed(office, indicator="EL01", area="29155")] == [
        "폭염",
        "남구 사업",
        "요금 개편",
    ]


def test_it_is_said_otherwise_and_taken_away(office: Store) -> None:
    id = add(office, text=" 두\n줄 ", source="기상청")
    (row,) = listed(office)
    assert (row.id, row.text, row.source, row.indicator) == (id, "두 줄", "기상청", "")
    office.run(annotations.edit_annotation, id=id, text="한파", first_on=DAY, indicator="EL01")
    (row,) = listed(office)
    assert (row.text, row.indicator, row.source, row.kind) == ("한파", "EL01", "", "event")
    office.run(annotations.remove_annotation, id=id)
    assert listed(office) == []
    office.undo()
    assert len(listed(office)) == 1


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"text": " "}, "내용"),
        ({"text": "가" * 201}, "200"),
        ({"last_on": dt.date(2018, 7, 15)}, "마지막 날"),
        ({"indicator": "XX99"}, "XX99"),
        ({"area": "99999"}, "99999"),
    ],
)
def test_what_is_no_annotation_is_refused(office: Store, asked: dict[str, Any], said: str) -> None:
    with pytest.raises(UserError, match=said):
        add(office, **asked)
    assert listed(office) == []
