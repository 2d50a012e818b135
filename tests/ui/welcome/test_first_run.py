"""The first run: three steps to an office, by hand; what was typed is where it belongs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.journal import change_log
from db.store import Store
from gwangju_desktop import keyrings, settings
from tests.servers import Server, Wire, served
from tests.ui.acting import click, type_into
from tests.ui.conftest import rest, spin
from tests.ui.seeing import clipped, hangul, nameless
from ui.server.signin import SignInDialog
from ui.settings import kept
from ui.window import Window

Key = Qt.Key


def last_writer(read: Session) -> str:
    """Return who wrote the journal's last entry."""
    return read.scalars(select(change_log.c.who).order_by(change_log.c.id.desc())).first() or ""


def opened(window: Window) -> None:
    """Wait until the office is open."""
    spin(lambda: window.shell.rooms and window.shell.rooms.pages, 30)
    rest(window, 0.15)


def test_a_new_office_in_three_steps(window_on: Callable[..., Window], tmp_path: Path) -> None:
    window = window_on("")
    page = window.shell.front
    click(page.choices[0])
    rest(window)
    assert page.number.text() == "2 / 3"
    city = page.names.fields[settings.CITY_KO]
    type_into(city.field, "예시특별시")
    name = page.names.fields[settings.OFFICE_NAME_KO]
    name.field.clear()
    click(page.next)
    # A name is missing: it is said at its field, and the step stays.
    assert name.wrong_row.isVisible() and page.number.text() == "2 / 3"
    type_into(name.field, "예시 사무국")
    click(page.next)
    rest(window)
    assert page.number.text() == "3 / 3"
    QTest.keyClick(page.place.path.field, Key.Key_Escape)
    rest(window)
    assert page.number.text() == "2 / 3" and city.field.text() == "예시특별시"
    click(page.next)
    rest(window)
    target = tmp_path / "새 사무국"
    type_into(page.place.path.field, str(target))
    click(page.next)
    assert page.writer.name.wrong_row.isVisible()
    type_into(page.writer.name.field, "김가상")
    QTest.keyClick(page.writer.name.field, Key.Key_Return)
    opened(window)
    made = target.with_name("새 사무국.gwoffice")
    assert made.exists() and window.side.isVisible()
    assert kept.text("office") == str(made) and kept.text("who") == "김가상"
    assert "새 사무국" in window.windowTitle()
    # The empty first page says what comes first, and takes one there.
    today = window.shell.rooms.pages["today"]
    assert today.first.isVisible() and clipped(window) == []
    assert today.first.buttons["body"].kind == "primary"
    click(today.first.buttons["body"])
    rest(window)
    assert QApplication.activeModalWidget() is not None
    QApplication.activeModalWidget().reject()
    window.shell.desk.do(settings.change_setting, key=settings.CITY_EN, value="Example City")
    rest(window)
    window.close()
    with Store.open(made) as store, store.reading() as read:
        assert settings.value(read, settings.CITY_KO) == "예시특별시"
        assert settings.value(read, settings.OFFICE_NAME_KO) == "예시 사무국"
        assert last_writer(read) == "김가상"


def test_an_office_from_a_sheet(window_on: Callable[..., Window], tmp_path: Path) -> None:
    sheet = tmp_path / "위원 명부.csv"
    sheet.write_text("이름,소속\n김가상,예시대학교\n", "utf-8")
    window = window_on("")
    page = window.shell.front
    click(page.choices[1])
    rest(window)
    click(page.next)
    assert page.file.path.wrong_row.isVisible()
    type_into(page.file.path.field, str(sheet))
    click(page.next)
    rest(window)
    type_into(page.writer.name.field, "이예시")
    type_into(page.place.path.field, str(tmp_path / "사무국.gwoffice"))
    click(page.next)
    opened(window)
    assert window.side.current == "members"
    spin(lambda: QApplication.activeModalWidget() is not None)
    QApplication.activeModalWidget().reject()
    rest(window)


@pytest.mark.parametrize("size", [(1366, 688), (1920, 1032), (911, 432)])
def test_each_step_fits_and_speaks(window_on: Callable[..., Window], size: tuple[int, int]) -> None:
    window = window_on("", size)
    page = window.shell.front
    for way, steps in ((0, 2), (1, 1), (3, 1)):
        click(page.choices[way])
        for _n in range(steps):
            rest(window)
            assert clipped(window) == [] and nameless(page) == []
            if _n + 1 < steps:
                click(page.next)
        while page.step > 1:
            page.on_back()
        rest(window)
    window.shell.speak("en")
    click(page.choices[3])
    rest(window)
    assert clipped(window) == []
    fields = {
        part.text() for part in page.findChildren(type(page.names.fields["city.name_ko"].field))
    }
    assert set(hangul(window)) <= {"한국어", *fields}
    window.shell.speak("ko")


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with served() as made:
        made.demand_password("clerk", "서버 암호")
        made.administer("ALTER DATABASE office OWNER TO clerk")
        yield made


@pytest.fixture
def wire(server: Server) -> Iterator[Wire]:
    made = Wire(server.socket)
    yield made
    made.close()


def test_an_office_server(window_on: Callable[..., Window], wire: Wire, tmp_path: Path) -> None:
    window = window_on("")
    page = window.shell.front
    click(page.choices[3])
    rest(window)
    form = page.server
    click(page.next)
    # Without an answer nobody goes on.
    rest(window)
    assert page.number.text() == "2 / 3" and form.host.wrong_row.isVisible()
    type_into(form.host.field, "127.0.0.1")
    type_into(form.port.field, str(wire.port))
    type_into(form.database.field, "office")
    type_into(form.login.field, "clerk")
    form.mode.field.choose("disable")
    type_into(form.password.field, "wrong")
    click(form.test)
    spin(lambda: form.verdict.isVisible() and form.test.isEnabled())
    assert "clerk" in form.told.text() and "wrong" not in form.told.text()
    type_into(form.password.field, "서버 암호")
    click(form.test)
    spin(lambda: form.test.isEnabled() and page._met is not None)
    assert "비어" in form.told.text()
    click(page.next)
    rest(window)
    type_into(page.writer.name.field, "박견본")
    click(page.next)
    opened(window)
    shell = window.shell
    assert shell.desk.store.shared and shell.desk.store.who == "박견본"
    assert window.windowTitle().count("office · 127.0.0.1") == 1
    shell.desk.do(settings.change_setting, key=settings.CITY_EN, value="Example City")
    rest(window)
    where = shell.where
    assert "clerk" in where and "암호" not in where and "%EC" not in where
    window.close()
    kept.settings().sync()
    said = (tmp_path / "person" / "window.ini").read_text("utf-8")
    assert "127.0.0.1" in said and "암호" not in said and "%EC%84%9C" not in said
    # The next start has no password: it asks, and a wrong one is said to be wrong.
    keyrings._typed.clear()
    again = window_on(where)
    spin(lambda: isinstance(QApplication.activeModalWidget(), SignInDialog))
    dialog = QApplication.activeModalWidget()
    assert again.shell.front is not None and dialog.login.field.text() == "clerk"
    type_into(dialog.password.field, "wrong")
    click(dialog.button)
    spin(lambda: QApplication.activeModalWidget() not in (None, dialog))
    dialog = QApplication.activeModalWidget()
    type_into(dialog.password.field, "서버 암호")
    click(dialog.button)
    opened(again)
    with again.shell.desk.store.reading() as read:
        assert last_writer(read) == "박견본"
