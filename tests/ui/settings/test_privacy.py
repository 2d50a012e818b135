"""The privacy desk by hand: what is due leads to its record, one person's copy is written."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from sqlalchemy import select

from db.schema.access import AccessRecord
from db.schema.members import Membership, Person
from tests.ui.acting import click, type_into
from tests.ui.conftest import rest
from tests.ui.seeing import clipped, nameless
from ui.window import Window


def test_one_persons_copy_is_saved_and_noted(
    shared_window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell = shared_window.shell
    shell.show_settings("privacy")
    rest(shared_window)
    section = shell.rooms.page("settings").built["privacy"]
    assert section.due.layout().count() and section.agreed.layout().count()
    for language in ("en", "ko"):
        shell.speak(language)
        rest(shared_window)
        assert not clipped(shared_window) and not nameless(shared_window)
    with shell.desk.store.reading() as read:
        query = select(Person.id, Person.name).join(Membership).order_by(Person.id)
        id, name = read.execute(query).first()
    type_into(section.person.field, name)
    rest(shared_window)
    assert section.person.field.value() == id
    file = tmp_path / "열람.zip"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(file), ""))
    click(section.write)
    rest(shared_window)
    with zipfile.ZipFile(file) as out:
        assert name in out.read("person.html").decode()
    with shell.desk.store.reading() as read:
        newest = read.scalars(select(AccessRecord).order_by(AccessRecord.id.desc())).first()
        assert newest.action == "export" and newest.people == [id]
    click(section.record)
    rest(shared_window)
    assert shared_window.side.current == "members"
