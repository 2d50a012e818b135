"""A damaged office by hand: back to its backup, over into a new file, and what is no damage."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from db import errors
from db.store import Store
from gwangju_desktop import check
from gwangju_desktop.backups import form
from gwangju_desktop.backups.making import make_backup
from gwangju_desktop.members import usecases as members
from gwangju_desktop.salvage import offers
from tests.gwangju_desktop.salvage import damage
from tests.ui.acting import click
from tests.ui.conftest import rest, spin
from tests.ui.seeing import clipped, nameless
from ui.backups.restore import RestoreDialog
from ui.healing.page import HealingPage
from ui.window import Window


@pytest.fixture
def damaged(sample_copy: Path) -> Path:
    """An office whose people cannot be read, left by a program that did not end well."""
    damage.wipe(sample_copy, damage.root_of(sample_copy, "person"))
    sample_copy.with_name(f"{sample_copy.name}.open").write_text("{}", encoding="utf-8")
    return sample_copy


@pytest.fixture
def with_backup(sample_copy: Path) -> Path:
    """An office with a backup, and one change after it."""
    with Store.open(sample_copy) as store:
        make_backup(store, form.beside(sample_copy))
        store.run(members.add_person, name="가상 나중", fictional=True)
    return sample_copy


def healing(window: Window) -> HealingPage:
    """Return the page of healing once it knows which backup there is."""
    page = window.shell.front
    assert isinstance(page, HealingPage)
    spin(lambda: page.offer is not None)
    rest(window)
    return page


def opened(window: Window) -> None:
    spin(lambda: window.shell.rooms is not None and window.shell.rooms.pages)
    rest(window, 0.15)


def test_back_to_the_newest_backup(
    with_backup: Path, damaged: Path, window_on: Callable[..., Window]
) -> None:
    before = damaged.read_bytes()
    window = window_on(damaged)
    page = healing(window)
    assert "1" in page.ways.lacks.text() and page.ways.lacks.isVisible()
    assert clipped(page) == [] and nameless(page) == []
    click(page.ways.restore)
    opened(window)
    assert window.shell.where == str(damaged)
    with Store.open(damaged, write=False) as store:
        assert check.check(store) == []
    kept = list(damaged.parent.glob("*before-restore*.gwoffice"))
    assert [path.read_bytes() for path in kept] == [before]


def test_over_into_a_new_office(damaged: Path, window_on: Callable[..., Window]) -> None:
    before = damaged.read_bytes()
    window = window_on(damaged)
    page = healing(window)
    assert not page.ways.restore.isVisible()
    click(page.ways.choose)
    (dialog,) = page.window().findChildren(RestoreDialog)
    rest(window)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    rest(window)
    click(page.ways.salvage)
    spin(lambda: page.done is not None)
    rest(window)
    assert page.faces.currentWidget() is page.report and page.report.rows.isVisible()
    assert page.done is not None and page.done.findings == ()
    assert clipped(page) == [] and nameless(page) == []
    click(page.report.go_on)
    opened(window)
    assert window.shell.where == str(
        page_path := damaged.with_name(f"{damaged.stem}-salvaged.gwoffice")
    )
    assert damaged.read_bytes() == before and page_path.exists()


def test_a_whole_office_after_a_crash_is_said_to_be_whole(
    sample_copy: Path, window_on: Callable[..., Window]
) -> None:
    sample_copy.with_name(f"{sample_copy.name}.open").write_text("{}", encoding="utf-8")
    window = window_on(sample_copy)
    assert window.shell.front is None
    assert window.toast.isVisible() and not window.toast.back.isVisible()
    assert "정상" in window.toast.words.text()


def test_damage_met_while_working_leads_there(
    sample_copy: Path, window_on: Callable[..., Window]
) -> None:
    window = window_on(sample_copy)
    window.shell.desk.failed.emit(errors.Damaged(str(sample_copy)))
    assert window.shell.ribbon.isVisible()
    (button,) = [
        window.shell.ribbon.actions.layout().itemAt(n).widget()
        for n in range(window.shell.ribbon.actions.layout().count())
    ]
    click(button)
    rest(window)
    assert healing(window).office == sample_copy


@pytest.mark.parametrize(
    "error",
    [errors.Busy, errors.Full, errors.ReadOnly, errors.Locked, errors.Unreadable, errors.TooNew],
)
def test_what_is_no_damage_is_healed_by_nobody(
    error: type[errors.DatabaseFault], with_backup: Path
) -> None:
    assert not offers.offered(error(str(with_backup)), str(with_backup))
    assert offers.offered(errors.Damaged(str(with_backup)), str(with_backup))
    assert offers.offered(errors.NotAnOffice(str(with_backup)), str(with_backup))
    assert not offers.offered(errors.Damaged("x"), "postgresql+psycopg://u@h/d")
