"""The import dialog by clicks and keys, and the export."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from gwangju_desktop.members import access, exporting
from gwangju_desktop.members.importing.model import KINDS
from tests.ui.acting import click, type_into
from tests.ui.conftest import rest, spin
from ui.importing.frame import CHOOSE, REFUSED
from ui.members.exporting import ExportDialog
from ui.members.importing import COLUMNS, PREVIEW, ImportDialog

HEAD = "성명\t소속\t위촉일\t임기 만료일\n"
NEW = "가상하나\t가상단체\t2021-02-25\t2023-02-24\n"
BAD = "가상둘\t가상단체\t2023-02-25\t2021-02-24\n"


@pytest.fixture
def opened(window):
    window.shell.go("members")
    rest(window)
    made = []

    def open_(path=None, text=None, body_id=1):
        dialog = ImportDialog(window, window.shell.desk, body_id, path, text)
        dialog.open()
        made.append(dialog)
        if path is not None or text is not None:
            spin(lambda: dialog.step in (COLUMNS, REFUSED), 20)
        return dialog

    yield open_
    for dialog in made:
        try:
            dialog.reject()
        except RuntimeError:
            continue  # closed and gone
    rest(window)


def named(window, name: str) -> int:
    with window.shell.desk.store.reading() as read:
        rows = exporting.roll(read).rows
    return sum(row["name"] == name for row in rows)


def test_rows_are_looked_at_then_taken_in_and_back(window, opened) -> None:
    dialog = opened(text=HEAD + NEW)
    assert [choice.value() for choice in dialog.columns.choices] == [
        "name",
        "organisation",
        "start",
        "end",
    ]
    click(dialog.button)
    spin(lambda: dialog.step == PREVIEW)
    assert dialog.plan.counts["add"] == 1 and "1" in dialog.button.text()
    assert named(window, "가상하나") == 0
    click(dialog.button)
    spin(lambda: named(window, "가상하나") == 1, 10)
    rest(window)
    window.shell.desk.undo()
    rest(window)
    assert named(window, "가상하나") == 0


def test_refused_rows_hold_the_import_back_until_left_out(window, opened) -> None:
    dialog = opened(text=HEAD + NEW + BAD)
    click(dialog.button)
    spin(lambda: dialog.step == PREVIEW)
    assert KINDS[dialog.preview.segment.current()] == "refused"
    shown = dialog.preview.model.row(0)
    assert shown.row.line == 3 and "2021. 2. 24." in shown.what
    assert not dialog.button.isEnabled() and dialog.skip.isVisible()
    click(dialog.preview.segment.parts[KINDS.index("add")])
    assert dialog.preview.model.rowCount() == 1
    type_into(dialog.preview.search, "nobody")
    assert dialog.preview.nothing.isVisible()
    dialog.preview.search.clear()
    dialog.skip.click()
    assert dialog.button.isEnabled()
    click(dialog.button)
    spin(lambda: named(window, "가상하나") == 1, 10)
    assert named(window, "가상둘") == 0


def test_a_conflict_is_settled_by_its_check_box(window, opened) -> None:
    with window.shell.desk.store.reading() as read:
        known = exporting.roll(read).rows[0]["name"]
    dialog = opened(text=f"성명\t비고\n{known}\t가상 비고\n", body_id=None)
    click(dialog.button)
    spin(lambda: dialog.step == PREVIEW)
    assert dialog.plan.counts["conflict"] == 1 and len(dialog.preview.checks) >= 3
    dialog.preview.checks[0].click()
    spin(lambda: dialog.plan.counts["change"] == 1)
    dialog.preview.checks[0].click()
    spin(lambda: dialog.plan.counts["conflict"] == 1)
    dialog.preview.checks[-1].click()
    spin(lambda: dialog.plan.counts["refused"] == 1)
    assert dialog.plan.held_back == 0 and not dialog.button.isEnabled()


def test_columns_without_titles_are_lettered(opened) -> None:
    dialog = opened(text="1\t가상하나\t남\n2\t가상둘\t여\n")
    assert not dialog.columns.titles.isChecked()
    assert dialog.source.titles == ("A", "B", "C")
    click(dialog.button)
    assert dialog.step == COLUMNS and dialog.refusal_row.isVisible()
    dialog.columns.choices[1].choose("name")
    dialog.columns.titles.click()
    assert dialog.source.titles == ("1", "가상하나", "남")


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02" * 400, b"a: 1\n", b'{"a": [}'])
def test_what_is_no_list_gives_one_sentence(content: bytes, opened, tmp_path: Path) -> None:
    path = tmp_path / ("목록.json" if content[:1] == b"{" else "목록.csv")
    path.write_bytes(content)
    dialog = opened(path=path)
    if dialog.step == COLUMNS:
        click(dialog.button)
        said = dialog.refusal.text()
    else:
        said = dialog.why.text()
    assert said and "\n" not in said and "목록" in said
    QTest.mouseClick(dialog.back, Qt.MouseButton.LeftButton)
    assert dialog.step == CHOOSE


def test_the_roll_is_written_and_contacts_are_recorded(window, opened, tmp_path: Path) -> None:
    window.shell.go("members")
    rest(window)
    dialog = ExportDialog(window, window.shell.desk, [(1, "가상")], 1)
    dialog.open()
    dialog.contacts.click()
    click(dialog.button)
    assert dialog.refusal_row.isVisible()  # no reason yet
    type_into(dialog.reason.field, "회의 통지")
    path = tmp_path / "명부 연락처.csv"
    dialog.write(path)
    spin(path.exists, 10)
    rest(window)
    with window.shell.desk.store.reading() as read:
        (row,) = access.record_rows(read, ids=access.record_ids(read)[:1])
    assert row.reason == "회의 통지" and row.action == "export"
