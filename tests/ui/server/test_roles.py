"""The window obeys the role of who is signed in; the history says the person's name."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication

from gwangju_desktop import offices, settings
from gwangju_desktop.server.roles import Role
from gwangju_desktop.server.scripts import login_script, roles_script
from tests.gwangju_desktop.server.conftest import OFFICE, PERSON, psql
from tests.servers import Server
from tests.ui.conftest import rest
from tests.ui.seeing import clipped
from ui.window import Window


@pytest.fixture(scope="module")
def office_as(own_server: Server) -> Callable[[str], str]:
    """The address of a new office, set up by our scripts, as a login of each role."""
    psql(own_server.plain, roles_script(OFFICE))
    for role in Role:
        login = login_script(f"trial_{role.value}", name=PERSON, role=role, database=OFFICE)
        psql(own_server.plain, login)

    def of(login: str) -> str:
        return (
            own_server.address(OFFICE)
            .replace("postgres:@", "postgres@")
            .replace("postgres@", f"{login}@")
        )

    offices.new_office(of("gwangju_migrator"))
    return lambda role: of(f"trial_{role}")


@pytest.mark.parametrize("role", ["chair", "auditor"])
def test_who_only_reads_is_told_so_and_offered_nothing(
    window_on: Callable[..., Window],
    office_as: Callable[[str], str],
    role: str,
) -> None:
    window = window_on(office_as(role))
    shell = window.shell
    assert shell.desk.read_only and shell.ribbon.isVisible()
    assert PERSON in shell.ribbon.title.text() and "연락처" in shell.ribbon.words.text()
    assert not [action.key for action, _title in shell.offered() if action.writes]
    assert clipped(window) == []
    for room in ("members", "proposals"):
        shell.go(room)
        rest(window)
        assert shell.banner.isHidden(), shell.banner.words.text()
    assert shell.rooms.page("members").desk.read_only


def test_a_department_writes_where_it_is_asked_for_something(
    window_on: Callable[..., Window],
    office_as: Callable[[str], str],
) -> None:
    window = window_on(office_as("department"))
    shell = window.shell
    assert not shell.desk.read_only and shell.ribbon.isHidden()
    assert PERSON in window.side.under.text() and "부서" in window.side.under.text()
    offered = {action.room for action, _title in shell.offered() if action.writes and action.room}
    assert offered == {"meetings", "proposals", "commitments"}
    for room in ("members", "commitments"):
        shell.go(room)
        rest(window)
        assert shell.rooms.page(room).desk.read_only == (room == "members")
        assert shell.banner.isHidden(), shell.banner.words.text()
    # What the server forbids all the same is said in a sentence, not as a fault of the program.
    shell.go("commitments")
    rest(window)
    shell.desk.do(settings.change_setting, key=settings.CITY_EN, value="Elsewhere")
    rest(window)
    assert "역할" in shell.banner.words.text() and QApplication.activeModalWidget() is None


def test_the_secretariat_writes_under_its_name(
    window_on: Callable[..., Window],
    office_as: Callable[[str], str],
) -> None:
    window = window_on(office_as("secretary"))
    store = window.shell.desk.store
    assert store.who == PERSON and window.shell.ribbon.isHidden()
    window.shell.desk.do(settings.change_setting, key=settings.CITY_EN, value="Example City")
    rest(window)
    assert store.undoable == "Change a setting"
