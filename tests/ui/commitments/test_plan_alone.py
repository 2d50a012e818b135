"""The plan pane where one may only read, and where there is no plan yet."""

from __future__ import annotations

import shutil

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog

from db.store import Store
from gwangju_desktop.commitments import queries
from tests.ui.acting import click, focus, type_into
from tests.ui.commitments.test_plan import ENGLISH, INSTITUTIONS, RULES, TEXTS
from tests.ui.conftest import rest
from tests.ui.seeing import clipped
from ui.commitments.plan import PARTS

Key = Qt.Key


def pane_of(window):
    window.shell.go("commitments")
    rest(window)
    pane = window.shell.rooms.page("commitments").show_pane("plan")
    rest(window)
    return pane


def test_a_reader_sees_every_part_and_changes_nothing(window_on, planned, tmp_path) -> None:
    path, _ids = planned
    own = tmp_path / path.name
    shutil.copy(path, own)
    with Store.open(own):
        window = window_on(own)
        pane = pane_of(window)
        assert pane.desk.read_only
        assert not pane.edit.isVisible() and not pane.submit.isVisible()
        assert [entry.deed for entry in pane.entries() if entry and not entry.writes] == [
            *("on_export_progress", "on_export_english"),
        ]
        for n in range(len(PARTS)):
            pane.on_part(n)
            rest(window)
            for name in ("add", "add_part", "remove", "read_sheet"):
                assert not hasattr(pane.front, name) or not getattr(pane.front, name).isVisible()
            if n in (TEXTS, ENGLISH):
                assert pane.front.twins.english.editor.isReadOnly()
                assert not pane.front.twins.save.isVisible()
            if n in (INSTITUTIONS, RULES):
                focus(pane.front.list)
                QTest.keyClick(pane.front.list, Key.Key_Return)
                QTest.keyClick(pane.front.list, Key.Key_Delete)
        rest(window)
        assert not [one for one in window.findChildren(QDialog) if one.isVisible()]


def test_an_office_without_a_plan_begins_one(window_on, _empty_office, tmp_path) -> None:
    own = tmp_path / "빈 office.gwoffice"
    shutil.copy(_empty_office, own)
    window = window_on(own, (911, 480))
    pane = pane_of(window)
    assert pane.panes() == [pane.empty] and pane.empty.isVisible()
    assert not pane.whole.isVisible()
    assert clipped(pane) == []
    click(pane.begin)
    rest(window)
    form = next(one for one in window.findChildren(QDialog) if one.isVisible())
    type_into(form.fields["code"].field, "KRGNJ2021")
    type_into(form.fields["title"].field, "가상 실행계획(예시)")
    form.button.click()
    rest(window)
    assert pane.title.text() == "가상 실행계획(예시)"
    with window.shell.desk.store.reading() as read:
        assert [one.code for one in queries.plans(read)] == ["KRGNJ2021"]
