"""What is done to indicators, on both engines: added, changed, ordered, ended, taken back."""

from __future__ import annotations

import pytest

from db.store import Store
from gwangju_desktop.energy import catalogue, derived, factors, indicators, queries, results
from gwangju_desktop.errors import UserError
from tests.gwangju_desktop.energy.brought import bring


@pytest.fixture
def office(store: Store) -> Store:
    store.run(catalogue.set_up)
    store.run(
        bring,
        figures={
            "GS01": [(202100, 640_000.0)],
            "PP01": [(202112, 1_440_000.0)],
            "GE01": [(202100, 600_000.0)],
            "EL01": [(202100, 8_973_446.0)],
        },
    )
    return store


def row(store: Store, code: str) -> queries.IndicatorRow:
    with store.reading() as read:
        return next(one for one in queries.indicators(read) if one.code == code)


def codes(store: Store, words: str = "") -> list[str]:
    with store.reading() as read:
        rows = {one.id: one.code for one in queries.indicators(read)}
        return [rows[id] for id in indicators.indicator_ids(read, words=words)]


def test_an_indicator_from_its_making_to_its_end(office: Store) -> None:
    told = {"name_ko": "1인당 도시가스", "unit": "천Nm3/명", "section": "gas_heat"}
    id = office.run(
        indicators.add_indicator, code="gs90", top="GS01", bottom="PP01", times=1, **told
    ).value
    # It stands with its section, before what comes after that.
    order = codes(office)
    assert order.index("HT02") < order.index("GS90") < order.index("OI01")
    made = row(office, "GS90")
    assert (made.computed, made.held, made.last_period) == (True, True, "2021")
    with office.reading() as read:
        found = derived.compute(read, indicator="GS90", year=2021)
    assert found.value == pytest.approx(640_000 / 1_440_000)
    for wrong in (
        {"code": "GS90"},
        {"code": "한글"},
        {"code": ""},
        {"code": "GS91", "top": "XX01"},
    ):
        with pytest.raises(UserError):
            office.run(
                indicators.add_indicator, **({"bottom": "PP01", "top": "GS01"} | told | wrong)
            )
    office.run(indicators.end_indicator, id=id)
    assert row(office, "GS90").ended
    office.run(indicators.resume_indicator, id=id)
    assert not row(office, "GS90").ended
    for _ in range(3):
        office.undo()
    assert "GS90" not in codes(office)


@pytest.mark.file_only
def test_a_definition_chosen_once_holds_everywhere(office: Store) -> None:
    id = row(office, "SU02").id
    office.run(
        bring, figures={"RG02": [(202100, 300_000.0)], "RG01": [(202100, 1000.0)]}, source="other"
    )
    office.run(indicators.edit_indicator, id=id, definition="b")
    with office.reading() as read:
        (point,) = queries.series(read, indicator="SU02", area="29000").points
    assert point.value == pytest.approx(300_000 / 8_973_446 * 100)
    with pytest.raises(UserError):
        office.run(indicators.edit_indicator, id=id, definition="z")
    with pytest.raises(UserError):
        office.run(indicators.edit_indicator, id=row(office, "GH01").id, mode="never")
    office.run(indicators.edit_indicator, id=row(office, "GH01").id, mode="fixed")
    with office.reading() as read:
        (point,) = queries.series(read, indicator="GH01", area="29000").points
        assert derived.compute(read, indicator="GH01", year=2021).mode == "fixed"
    assert point.value > 8_973_446 * 0.4541


@pytest.mark.file_only
def test_what_an_indicator_says_is_checked(office: Store) -> None:
    id = row(office, "GS01").id
    office.run(indicators.edit_indicator, id=id, unit="백만㎥")
    with office.reading() as read:
        (point,) = queries.series(read, indicator="GS01", area="29000").points
    assert point.value == pytest.approx(640)
    for wrong in (
        {"unit": "kW"},
        {"unit": " "},
        {"name_ko": ""},
        {"baseline_year": 18},
        {"decimals": 9},
        {"kind": "sum"},
        {"unit": "x" * 21},
    ):
        with pytest.raises(UserError):
            office.run(indicators.edit_indicator, id=id, **wrong)
    with pytest.raises(UserError):
        office.run(indicators.edit_indicator, id=999_999, unit="MWh")


@pytest.mark.file_only
def test_order_is_the_users(office: Store) -> None:
    before = codes(office)
    id = row(office, before[0]).id
    office.run(indicators.move_indicator, id=id, by=3)
    assert codes(office)[:4] == [*before[1:4], before[0]]
    office.run(indicators.move_indicator, id=id, by=-99)
    assert codes(office) == before
    # Again and again between the same two: places are spread anew when they are used up.
    for _ in range(11):
        office.run(indicators.move_indicator, id=row(office, codes(office)[2]).id, by=-1)
    assert sorted(codes(office)) == sorted(before)
    assert codes(office, "도시가스 보급률") == ["GS02"]
    assert codes(office, "pp01") == ["PP01"]


@pytest.mark.file_only
def test_names_are_pasted_all_or_none(office: Store) -> None:
    ids = [row(office, code).id for code in ("GS01", "EL01")]
    with pytest.raises(UserError):
        office.run(indicators.paste, cells=[(ids[0], "name", "가스"), (ids[1], "name", " ")])
    assert row(office, "GS01").name_ko == "도시가스 사용량"
    office.run(indicators.paste, cells=[(ids[0], "name", "가스"), (ids[1], "name", "전기")])
    assert (row(office, "GS01").name_ko, row(office, "EL01").name_ko) == ("가스", "전기")


def test_the_table_read_first_is_the_users_choice(office: Store) -> None:
    office.run(bring, figures={"EL01": [(202100, 9_000_000.0)]}, source="second")

    def value() -> float:
        with office.reading() as read:
            (point,) = queries.series(read, indicator="EL01", area="29000").points
            return point.value

    assert value() == 8_973_446.0
    id = row(office, "EL01").id
    office.run(indicators.prefer_source, id=id, source="second")
    assert value() == 9_000_000.0
    assert row(office, "EL01").sources[0] == "second"
    office.undo()
    assert value() == 8_973_446.0
    with pytest.raises(UserError):
        office.run(indicators.prefer_source, id=id, source="nowhere")


def test_a_recorded_result_and_a_changed_factor(office: Store) -> None:
    id = office.run(results.record, indicator="GH01", year=2021).value
    again = office.run(results.record, indicator="GH01", year=2021).value
    assert again == id
    with office.reading() as read:
        grid = factors.pick(read, "grid.co2eq", 2021).row
    office.run(factors.edit_factor, id=grid.id, value=0.5)
    with office.reading() as read:
        (changed,) = results.changed(read)
        (held,) = results.results(read)
    assert changed.now - held.value == pytest.approx(8_973_446 * (0.5 - 0.4509))
    assert changed.why == "factor"
    assert len(held.factors) == 3
    assert 0.4509 in [one["value"] for one in held.factors]
    # What it was computed with may go: the record keeps value and source.
    office.run(factors.remove_factor, id=grid.id)
    with office.reading() as read:
        (changed,) = results.changed(read)
        (held,) = results.results(read)
    assert all(one["source"] for one in held.factors)
    assert changed.now is None
    assert office.run(results.record_again).value == []
