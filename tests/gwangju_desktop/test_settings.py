"""Names, codes and ordinances that hold from a day to a day, on both databases."""

from __future__ import annotations

import datetime as dt

import pytest

from gwangju_desktop import clock, settings
from gwangju_desktop.errors import UserError

D = dt.date
MERGER = D(2026, 7, 1)


def ask(store, query, *args, **asked):
    with store.reading() as read:
        return query(read, *args, **asked)


def city(store, day: dt.date) -> str:
    return ask(store, settings.value_on, settings.CITY_KO, day)


def merge(store, **values):
    """Enter the merger as an office would; it is data, and its entry into force is unverified."""
    values = values or {
        settings.CITY_KO: "전남광주통합특별시",
        settings.CITY_EN: "Jeonnam-Gwangju Special City",
    }
    source = "전남광주통합특별시 특별법(시행 여부 미확인)"
    return store.run(settings.change_from, values=values, valid_from=MERGER, source=source)


def test_a_new_office_ships_no_value_with_a_day(store):
    assert ask(store, settings.periods) == []
    assert city(store, D(2030, 1, 1)) == "광주광역시"


def test_the_merged_city_has_its_name_from_the_day_and_not_before(store):
    assert merge(store).value == 2
    assert city(store, D(2026, 6, 30)) == "광주광역시"
    assert city(store, MERGER) == "전남광주통합특별시"
    names = ask(store, settings.names, D(2026, 7, 1))
    assert names["ko"] == ("탄소중립위 사무국", "전남광주통합특별시")
    assert names["en"][1] == "Jeonnam-Gwangju Special City"
    assert ask(store, settings.names, D(2026, 6, 30))["en"][1] == "Gwangju Metropolitan City"
    clock.fix(D(2026, 7, 2))
    assert ask(store, settings.names)["ko"][1] == "전남광주통합특별시"
    store.undo()
    assert ask(store, settings.periods) == []


def test_only_what_differs_is_entered(store):
    held = ask(store, settings.values_on, MERGER)
    values = {key: held[key] for key in settings.PERIODIC}
    with pytest.raises(UserError):
        merge(store, **values)
    assert merge(store, **{**values, settings.CITY_CODE: "12000"}).value == 1
    assert [period.key for period in ask(store, settings.periods)] == [settings.CITY_CODE]


def test_values_follow_each_other_and_an_earlier_one_ends_before_the_next(store):
    merge(store)
    for day, name in ((D(2024, 1, 1), "가상시"), (D(2028, 1, 1), "다음시")):
        store.run(
            settings.change_from,
            values={settings.CITY_KO: name},
            valid_from=day,
            source="가상 법률",
        )
    spans = [
        (period.value, period.valid_from, period.valid_to)
        for period in ask(store, settings.periods)
        if period.key == settings.CITY_KO
    ]
    assert spans == [
        ("가상시", D(2024, 1, 1), D(2026, 6, 30)),
        ("전남광주통합특별시", MERGER, D(2027, 12, 31)),
        ("다음시", D(2028, 1, 1), None),
    ]
    assert city(store, D(2023, 12, 31)) == "광주광역시"


def test_a_dated_value_is_corrected_and_taken_away(store):
    merge(store)
    store.run(
        settings.change_from,
        values={settings.CITY_KO: "다음시"},
        valid_from=D(2028, 1, 1),
        source="가상 법률",
    )
    first, second = (
        period for period in ask(store, settings.periods) if period.key == settings.CITY_KO
    )
    fields = {"value": "광주특별시", "valid_from": MERGER, "source": "특별법"}
    with pytest.raises(UserError, match="다음시"):
        store.run(settings.edit_period, id=first.id, valid_to=D(2028, 1, 1), **fields)
    with pytest.raises(UserError):
        store.run(settings.edit_period, id=first.id, valid_to=D(2026, 6, 30), **fields)
    with pytest.raises(UserError):
        store.run(settings.edit_period, id=first.id, valid_to=None, **{**fields, "source": " "})
    store.run(settings.edit_period, id=first.id, valid_to=D(2027, 12, 31), **fields)
    assert city(store, MERGER) == "광주특별시"
    store.run(settings.remove_period, id=second.id)
    assert city(store, D(2029, 1, 1)) == "광주특별시"


def test_a_change_needs_a_source_and_a_value(store):
    with pytest.raises(UserError):
        merge(store, **{settings.CITY_KO: "  "})
    with pytest.raises(UserError):
        store.run(
            settings.change_from,
            values={settings.CITY_KO: "가상시"},
            valid_from=MERGER,
            source="",
        )
    assert ask(store, settings.periods) == []
