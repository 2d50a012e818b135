"""Days nobody works: lunar and substitute holidays, and the office's own."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys

import pytest

from gwangju_desktop import text
from gwangju_desktop.errors import UserError
from gwangju_desktop.meetings import holidays

D = dt.date


def days(store):
    with store.reading() as read:
        return holidays.days(read, first=D(2022, 1, 1), last=D(2022, 12, 31))


def test_lunar_substitute_and_election_days_are_known_in_both_languages() -> None:
    year = holidays.public(2022)
    assert year[D(2022, 2, 1)] == "설날"
    assert year[D(2022, 9, 12)] == "추석 대체공휴일"
    assert year[D(2022, 6, 1)] == "지방선거일"
    assert year[D(2022, 10, 10)] == "한글날 대체공휴일"
    text.use("en")
    assert holidays.public(2022)[D(2022, 2, 1)] == "Korean New Year"
    assert holidays.public(1947) == {}
    assert holidays.public(2101) == {}


def test_the_office_adds_and_takes_away(store) -> None:
    store.run(holidays.set_holiday, day=D(2022, 8, 16), name="가상 임시공휴일", source="가상 고시")
    taken = store.run(
        holidays.set_holiday, day=D(2022, 6, 6), name="정상 근무(가상)", off=False
    ).value
    year = days(store)
    assert year[D(2022, 8, 16)].name == "가상 임시공휴일"
    assert holidays.why_off(year, D(2022, 8, 16)) == "가상 임시공휴일"
    assert holidays.why_off(year, D(2022, 6, 6)) == ""
    assert (year[D(2022, 6, 6)].public, year[D(2022, 6, 6)].off) == ("현충일", False)
    assert holidays.why_off(year, D(2022, 6, 11)) == "토요일"
    store.run(holidays.remove_holiday, id=taken)
    assert holidays.why_off(days(store), D(2022, 6, 6)) == "현충일"
    store.undo()
    assert holidays.why_off(days(store), D(2022, 6, 6)) == ""


def test_a_saturday_may_be_worked_and_a_day_has_one_entry(store) -> None:
    day = D(2022, 3, 19)
    first = store.run(holidays.set_holiday, day=day, name="보강 근무(가상)", off=False).value
    again = store.run(holidays.set_holiday, day=day, name="근무(가상)", off=False).value
    assert first == again
    assert holidays.why_off(days(store), day) == ""
    assert days(store)[day].name == "근무(가상)"


@pytest.mark.file_only
def test_what_makes_no_sense_is_refused(store) -> None:
    with pytest.raises(UserError, match="이미 근무일"):
        store.run(holidays.set_holiday, day=D(2022, 3, 17), name="가상", off=False)
    with pytest.raises(UserError):
        store.run(holidays.set_holiday, day=D(2022, 3, 17), name="  ")
    with pytest.raises(UserError, match="1948"):
        store.run(holidays.set_holiday, day=D(1900, 1, 1), name="가상")
    with pytest.raises(UserError):
        store.run(holidays.remove_holiday, id=99)


@pytest.mark.file_only
def test_the_next_working_day_lies_behind_the_long_weekend(store) -> None:
    year = days(store)
    assert holidays.working_day(year, D(2022, 9, 9), 1) == D(2022, 9, 13)
    assert holidays.working_day(year, D(2022, 9, 12), -1) == D(2022, 9, 8)
    assert holidays.working_day(year, D(2022, 9, 8), 1) == D(2022, 9, 8)


def test_the_library_is_loaded_only_when_a_year_is_asked_for() -> None:
    code = (
        "import sys, gwangju_desktop.meetings.holidays as h, gwangju_desktop.meetings.planning;"
        "assert 'holidays' not in sys.modules; h.public(2022); assert 'holidays' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
