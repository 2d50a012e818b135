"""Notes, assessment, review board, files, replies to several, templates, calls and fields."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from gwangju_desktop import clock
from gwangju_desktop.proposals import calls, fields, grading, templates
from tests.ui.acting import click, type_into
from tests.ui.conftest import rest, spin
from tests.ui.proposals.acting import RECEIVED, TODAY, View, closed, empty_copy, form
from tests.ui.seeing import clipped, nameless
from ui.proposals.batch import PUBLISH, SEND, BatchDialog
from ui.proposals.boards import BoardDialog
from ui.proposals.calls import CallForm, CallsDialog, FieldForm, FieldsDialog
from ui.proposals.files import FileDialog, FilesBox
from ui.proposals.grid import GridDialog
from ui.proposals.notes import NotesDialog
from ui.proposals.opinion_forms import AnswerDialog, WithdrawDialog
from ui.proposals.templates import TemplateForm, TemplatePopup, TemplatesDialog
from ui.widgets.parts import Button, row


@pytest.fixture
def view(window_on, _empty_office, tmp_path):
    made = View(window_on(empty_copy(_empty_office, tmp_path)))
    clock.fix(TODAY)
    return made


def shown(view, kind, *more):
    """Open a form over the page."""
    dialog = kind(view, *more)
    dialog.open()
    # Without a window manager nobody else brings it to the front when another window stands there.
    dialog.activateWindow()
    rest(view.window())
    return dialog


def decided(view, title: str, **more) -> int:
    """Register a proposal and decide that it is not adopted."""
    id = view.register(title, **more)
    view.step(id, "review", on_day=RECEIVED)
    view.step(id, "not_adopted", reason="예산 없음")
    return id


def test_notes_are_kept_changed_and_deleted(view):
    id = view.register()
    dialog = shown(view, NotesDialog, view.one(id))
    assert dialog.text.field.hasFocus()
    dialog.text.field.setPlainText("담당자와 <통화>")
    QTest.keyClick(dialog.text.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    spin(lambda: [note.text for note in view.one(id).notes] == ["담당자와 <통화>"])
    spin(lambda: dialog.rows)
    assert dialog.text.field.value() == ""
    click(dialog.change)
    dialog.text.field.setPlainText("담당자와 다시 통화")
    click(dialog.button)
    spin(lambda: [note.text for note in view.one(id).notes] == ["담당자와 다시 통화"])
    rest(view.window())
    click(dialog.delete)
    spin(lambda: not view.one(id).notes)
    dialog.text.field.clear()
    click(dialog.button)
    spin(lambda: dialog.refusal_row.isVisible())


def test_scores_pasted_from_a_spreadsheet_are_weighed_while_typed_and_kept_as_one(view):
    id = view.register()
    dialog = shown(view, GridDialog, view.one(id))
    table = dialog.table
    spin(lambda: table.scores and table.scores[0][0].hasFocus())
    QGuiApplication.clipboard().setText("5\t4\r\n4\t4\r\n3\t5\r\n4\t4\r\n5\t5\r\n")
    QTest.keyClick(table.scores[0][0], Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert len(table.names) == 2
    assert dialog.total.text() == "86.0"
    assert table.means[1].text() == "4.5"
    QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_Down)
    assert dialog.focusWidget() is table.scores[0][1]
    type_into(table.scores[1][0], "9")
    click(dialog.button)
    spin(lambda: dialog.refusal_row.isVisible())  # 5 is the most
    assert table.scores[0][2].text() == "3"
    type_into(table.scores[1][0], "5")
    type_into(table.names[0], "위원석 1")
    click(dialog.button)
    spin(lambda: len(view.read(grading.grid, id).assessors) == 2)
    grid = view.read(grading.grid, id)
    assert grid.assessors[0].name == "위원석 1"
    assert str(grid.total) == "88.0"
    view.desk.undo()
    spin(lambda: not view.read(grading.grid, id).assessors)


def test_a_grid_read_before_its_window_is_active_begins_at_its_first_score(view, monkeypatch):
    id = view.register()
    proposal, given = view.one(id), view.read(grading.grid, id)
    with monkeypatch.context() as patch:
        answered = []
        patch.setattr(view.desk, "read", lambda _query, *, then, **_asked: answered.append(then))
        dialog = GridDialog(view, proposal)
    dialog.open()
    # Shown, but not yet the active window: this is when a quick answer comes.
    assert dialog.isVisible() and not dialog.isActiveWindow()
    answered[0](given)
    dialog.activateWindow()
    rest(view.window())
    assert dialog.isActiveWindow()
    assert dialog.focusWidget() is dialog.table.scores[0][0]
    assert dialog.table.scores[0][0].hasFocus()


def test_a_board_with_too_few_citizens_is_said_before_and_refused(view):
    id = view.register()
    dialog = shown(view, BoardDialog, view.one(id))
    type_into(dialog.members.field, "7")
    type_into(dialog.citizens.field, "2")
    spin(lambda: dialog.rule.isVisible() and "4" in dialog.rule.text())
    click(dialog.button)
    spin(lambda: dialog.refusal_row.isVisible())
    type_into(dialog.citizens.field, "4")
    dialog.outcome.field.setPlainText("채택 권고")
    click(dialog.button)
    spin(lambda: view.one(id).boards)
    spin(lambda: closed(dialog))
    board = view.one(id).boards[0]
    assert (board.members, board.citizens, board.result) == (7, 4, "채택 권고")
    dialog = shown(view, BoardDialog, view.one(id), board)
    type_into(dialog.citizens.field, "5")
    click(dialog.button)
    spin(lambda: view.one(id).boards[0].citizens == 5)
    spin(lambda: closed(dialog))
    dialog = shown(view, BoardDialog, view.one(id), view.one(id).boards[0])
    click(dialog.remove)
    spin(lambda: not view.one(id).boards)


def test_files_are_dropped_renamed_and_taken_off(view, tmp_path):
    id = view.register()
    box = FilesBox(view)
    box.setParent(view.window())
    box.show()
    box.show_files(id, view.one(id).files)
    path = tmp_path / "제안서 원본.txt"
    path.write_text("가상 제안서", "utf-8")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    drop = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    box.dropEvent(drop)
    spin(lambda: view.one(id).files, 15)
    box.show_files(id, view.one(id).files)
    dialog = FileDialog(view, view.one(id).files[0])
    dialog.open()
    type_into(dialog.title.field, "제안서")
    dialog.disclosure.field.choose("public")
    click(dialog.button)
    spin(lambda: view.one(id).files[0].title == "제안서")
    assert view.one(id).files[0].disclosure == "public"
    # The same file again is refused by name, beside the list.
    box.take([path])
    spin(lambda: box.wrong.isVisible(), 15)
    box.on_change()
    dialog = form(view.window(), FileDialog)
    click(dialog.remove)
    spin(lambda: not view.one(id).files)


def test_several_are_written_sent_and_published_and_those_left_out_say_why(view):
    ids = [
        decided(view, "첫째 제안", consent="full"),
        decided(view, "둘째 제안", consent="none"),
        view.register("아직 검토 중"),
    ]
    dialog = shown(view, BatchDialog, [view.one(id) for id in ids])
    dialog.text.field.setPlainText("{제목}에 회신합니다.")
    for id, why in zip(ids, ("예산이 없습니다.", "시행 중입니다.", ""), strict=True):
        type_into(dialog.reasons.fields[id], why or " ")
    click(dialog.button)
    spin(lambda: view.one(ids[1]).reply is not None)
    assert view.one(ids[0]).reply.text == "첫째 제안에 회신합니다."
    assert view.one(ids[1]).reply.reasons == "시행 중입니다."
    rest(view.window())
    click(dialog.deeds.parts[SEND])
    spin(lambda: len(dialog.rows) == 3)
    assert [bool(one.why) for one in dialog.rows] == [False, False, True]
    type_into(dialog.how.field, "우편")
    click(dialog.button)
    spin(lambda: view.one(ids[1]).state == "replied")
    assert view.one(ids[0]).reply.sent_on == TODAY
    assert view.one(ids[2]).state == "received"
    spin(lambda: dialog.outcome.isVisible())
    assert "2" in dialog.outcome.text()
    click(dialog.deeds.parts[PUBLISH])
    spin(lambda: dialog.publishing.rowCount() == 3)
    rest(view.window())
    click(dialog.button)
    spin(lambda: view.one(ids[0]).reply.published_on == TODAY)
    assert view.one(ids[1]).reply.published_on is None  # no consent


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_a_template_is_chosen_from_a_menu_and_comes_filled(view):
    id = decided(view, "버스 정류장 <안내판>")
    owner = QWidget(view.window())
    owner.desk = view.desk
    button = Button("서식", slot=None)
    row(button, into=owner)
    owner.show()
    button.setFocus()
    popup = TemplatePopup(owner, view.one(id))
    taken = []
    popup.chosen.connect(lambda text, reasons: taken.append((text, reasons)))
    popup.open()
    spin(lambda: popup.isVisible())
    QTest.keyClick(popup, Qt.Key.Key_Return)
    spin(lambda: taken)
    assert "버스 정류장 <안내판>" in taken[0][0]
    assert popup.found[0].state == "not_adopted"


def test_templates_are_written_changed_moved_and_deleted(view):
    dialog = shown(view, TemplatesDialog)
    before = len(dialog.rows)
    # One that ships is renamed: it becomes the office's own.
    click(dialog.change)
    edit = form(view.window(), TemplateForm)
    type_into(edit.name.field, "우리 채택 회신")
    click(edit.button)
    spin(lambda: dialog.rows[0].name == "우리 채택 회신")
    assert dialog.rows[0].id is not None
    rest(view.window())
    click(dialog.button)
    new = form(view.window(), TemplateForm)
    click(new.button)
    spin(lambda: new.refusal_row.isVisible())
    type_into(new.name.field, "짧은 회신")
    new.text.field.setPlainText("{제목}을 검토했습니다.")
    click(new.button)
    spin(lambda: len(dialog.rows) == before + 1)
    rest(view.window())
    click(dialog.down)
    spin(lambda: dialog.rows[1].name == "우리 채택 회신")
    rest(view.window())
    dialog.list.setCurrentIndex(dialog.model.index(before, 0))
    click(dialog.change)
    edit = form(view.window(), TemplateForm)
    click(edit.remove)
    spin(lambda: len(view.read(templates.templates)) == before)


def test_calls_and_fields_are_added_changed_and_removed(view):
    dialog = shown(view, CallsDialog)
    click(dialog.button)
    call = form(view.window(), CallForm)
    type_into(call.name.field, "2022 탄소중립 공모")
    type_into(call.begins.field, "2022-02-01")
    click(call.button)
    assert call.ends.wrong_row.isVisible()
    type_into(call.ends.field, "2022-01-01")
    click(call.button)
    spin(lambda: call.refusal_row.isVisible())  # ends before it begins
    type_into(call.ends.field, "2022-02-28")
    click(call.button)
    spin(lambda: view.read(calls.calls))
    assert view.read(calls.calls)[0].ends_on == dt.date(2022, 2, 28)
    spin(lambda: dialog.rows)
    rest(view.window())
    click(dialog.remove)
    spin(lambda: not view.read(calls.calls))
    dialog.reject()
    dialog = shown(view, FieldsDialog)
    before = len(dialog.rows)
    click(dialog.button)
    field = form(view.window(), FieldForm)
    type_into(field.korean.field, "물·하천")
    click(field.button)
    spin(lambda: len(view.read(fields.fields)) == before + 1)


@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_form_fits_in_both_languages(view, language):
    view.window().shell.speak(language)
    id = decided(view, "버스 정류장 태양광 안내판 설치와 심야 공공자전거 재배치")
    one = view.one(id)
    asked = type("Asked", (), {})()
    for key, value in {
        "id": 1,
        "department": "교통정책과",
        "asked_on": RECEIVED,
        "due_on": TODAY,
        "question": "가능합니까?",
        "answered_on": None,
        "stance": "none",
        "text": "",
    }.items():
        setattr(asked, key, value)
    kinds = (
        (NotesDialog, one),
        (GridDialog, one),
        (BoardDialog, one),
        (BatchDialog, [one]),
        (TemplatesDialog,),
        (CallsDialog,),
        (FieldsDialog,),
        (AnswerDialog, asked),
        (WithdrawDialog, asked),
    )
    bad = {}
    for kind, *more in kinds:
        dialog = shown(view, kind, *more)
        if isinstance(dialog, BatchDialog):
            click(dialog.deeds.parts[SEND])
            rest(view.window())
        if found := clipped(dialog) + nameless(dialog):
            bad[kind.__name__] = found
        dialog.reject()
    for kind in (CallForm, FieldForm, TemplateForm):
        dialog = kind(view.window(), view.desk)
        dialog.open()
        rest(view.window(), 0.01)
        if found := clipped(dialog) + nameless(dialog):
            bad[kind.__name__] = found
        dialog.reject()
    assert not bad
