"""The state machines of the default run, long and by chance, with time to make a failure smaller."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis.stateful import run_state_machine_as_test

from db.store import Store
from tests import machines
from tests.gwangju_desktop.meetings.test_life_machine import Life
from tests.gwangju_desktop.meetings.test_whole_life import Offices, _the_day, files, life
from tests.gwangju_desktop.proposals.test_any_steps import drive, new_file

__all__ = ["_the_day", "files", "new_file"]


def test_any_steps_with_proposals(new_file: Callable[[], Store]) -> None:
    drive(new_file, machines.many(100, 40))


def test_any_life_of_meetings_by_two_writers(files: Offices) -> None:
    run_state_machine_as_test(life(files), settings=machines.many(100, 40))


@pytest.mark.usefixtures("_korean_and_today")
def test_the_life_of_meetings_on_a_server(new_postgres: Callable[[], str]) -> None:
    machine = type("Driven", (Life,), {"new": staticmethod(new_postgres)})
    run_state_machine_as_test(machine, settings=machines.many(20, 40))
