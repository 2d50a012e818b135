"""A figure nobody publishes as a file is typed with its source, revised, and taken back."""

from __future__ import annotations

from typing import Any

import pytest

from db.store import Store
from gwangju_desktop.energy import catalogue, queries, typed
from gwangju_desktop.errors import UserError


@pytest.fixture
def office(store: Store) -> Store:
    store.run(catalogue.set_up)
    return store


def put(store: Store, **asked: Any) -> int:
    told = {"indicator": "PV03", "period": "2021", "value": 12.0, "source": "가상 보고(예시)"}
    return int(store.run(typed.type_reading, **(told | asked)).value)


def held(store: Store, **asked: Any) -> list[tuple[str, float, str]]:
    with store.reading() as read:
        found = queries.series(read, **({"indicator": "PV03", "area": "29000"} | asked))
    return [(point.period, point.value, point.status) for point in found.points]


def test_a_typed_figure_is_a_dataset_of_its_own(office: Store) -> None:
    id = put(office, note="전화 확인")
    put(office, period="2022", value=15, status="provisional")
    assert held(office) == [("2021", 12.0, "final"), ("2022", 15.0, "provisional")]
    with office.reading() as read:
        row = queries.dataset(read, id=id)
    assert (row.publisher, row.readings, row.unit) == ("가상 보고(예시)", 1, "개소")
    put(office, period="2022", value=16)
    assert held(office)[1] == ("2022", 16.0, "final")
    office.undo()
    assert held(office)[1] == ("2022", 15.0, "provisional")
    office.undo()
    assert len(held(office)) == 1


@pytest.mark.file_only
@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"indicator": "XX99"}, "XX99"),
        ({"area": "99999"}, "99999"),
        ({"period": "작년"}, "작년"),
        ({"period": "2021-03-01"}, "2021-03-01"),
        ({"value": float("nan")}, "숫자"),
        ({"source": " "}, "출처"),
        ({"status": "partial"}, "확정"),
        ({}, "이미"),
    ],
)
def test_what_is_no_figure_is_refused(office: Store, asked: dict[str, Any], said: str) -> None:
    put(office)
    before = held(office)
    with pytest.raises(UserError, match=said):
        put(office, **asked)
    assert held(office) == before
