"""A file of answers by clicks: read, put right, looked at, taken in, remembered."""

from __future__ import annotations

from pathlib import Path

import pytest

from db.vocab import QuestionKind
from gwangju_desktop.polls import answers, intake
from gwangju_desktop.polls.reading.model import Role
from tests.ui.acting import click, type_into
from tests.ui.conftest import spin
from ui.polls.import_result import QUESTIONS, REJECTS
from ui.polls.importing import COLUMNS, RESULT, ImportDialog

LINES = (
    "번호,성별,관심 분야,만족도",
    "1,여,에너지;교통,3",
    "2,남,복지,4",
    "2,남,교통,5",
    "3,여,에너지;복지;교통,2",
    "4,남,,1",
)


def stepped(dialog: ImportDialog, step: int) -> None:
    spin(lambda: dialog.step == step, 20)


def choose(dialog: ImportDialog, header: str) -> None:
    """Choose a column by its title."""
    step = dialog.columns
    one = next(one for one in step.columns.values() if one.header == header)
    step.list.clearSelection()
    step.list.choose(one.index)


def test_a_file_becomes_a_series_and_is_read_alike_the_next_time(forms, tmp_path: Path) -> None:
    file = tmp_path / "생활 설문.csv"
    file.write_text("\n".join(LINES), "utf-8")
    pane = forms.pane("answers", "first")
    forms.room.take([file])
    dialog = next(one for one in forms.window.findChildren(ImportDialog))
    stepped(dialog, COLUMNS)
    step = dialog.columns
    held = {one.header: one for one in step.columns.values()}
    assert held["번호"].role is Role.RESPONDENT
    assert held["관심 분야"].kind is QuestionKind.MULTIPLE
    dialog.target.where.field.choose("series")
    dialog.target.on_where()
    assert dialog.target.name.field.text() == "생활 설문"
    choose(dialog, "성별")
    step.role.setCurrentIndex([value for value, _words in step.role.options].index("attribute"))
    step.on_role(0)
    choose(dialog, "만족도")
    kinds = [value for value, _words in step.kind.options]
    step.kind.setCurrentIndex(kinds.index("number"))
    step.on_kind(0)
    type_into(step.code, "satisfied")
    step.on_code()
    click(dialog.button)
    stepped(dialog, RESULT)
    assert dialog.result.segment.current() == REJECTS
    (reject,) = dialog.reading.rejects
    assert (reject.row, reject.column, reject.value) == (4, "A", "2")
    assert dialog.result.full.text()
    dialog.result.twice.click()
    stepped(dialog, RESULT)
    spin(lambda: dialog.reading.n_taken == 5)
    dialog.result.twice.click()
    spin(lambda: dialog.step == RESULT and dialog.reading.n_taken == 4, 20)
    click(dialog.result.segment.parts[QUESTIONS])
    assert dialog.result.model.rowCount() == 3
    click(dialog.button)
    spin(lambda: forms.place.poll is not None and forms.place.poll.name == "생활 설문", 20)
    forms.rest()
    assert forms.place.wave.responses == 4
    assert [len(pane.came.batches), pane.came.batches[0].taken] == [1, 4]
    asked = {one.question.code: one for one in forms.place.asked}
    assert asked["성별"].attribute
    assert asked["satisfied"].question.kind is QuestionKind.NUMBER
    with forms.window.shell.desk.store.reading() as read:
        table = answers.table(read, asked["관심 분야"].wave_question_id)
        assert (table.base.asked, table.base.answered, table.base.votes) == (4, 3, 6)
        assert intake.remembered(read, forms.place.poll_id) is not None
    # The next file is read as this one was.
    file.write_text("\n".join((*LINES[:3], "9,여,교통,1")), "utf-8")
    again = ImportDialog(forms.window, forms.window.shell.desk, file)
    again.open()
    stepped(again, COLUMNS)
    held = {one.header: one for one in again.columns.columns.values()}
    assert held["만족도"].question == "satisfied"
    assert held["성별"].role is Role.ATTRIBUTE
    again.reject()
    # The file is taken out again; the questions stay.
    click(pane.remove)
    forms.rest()
    assert pane.came.batches == ()
    assert len(forms.place.asked) == 3


def test_what_cannot_be_read_and_what_may_be_read_wrongly_is_said(
    forms, tmp_path: Path, shared_data: Path
) -> None:
    file = tmp_path / "빈.csv"
    file.write_text("", "utf-8")
    dialog = ImportDialog(forms.window, forms.window.shell.desk, file)
    dialog.open()
    spin(lambda: bool(dialog.why.text()), 20)
    assert "빈.csv" in dialog.why.text()
    dialog.reject()
    file = shared_data / "polls" / "surveymonkey_star_wars.csv"
    if not file.exists():
        pytest.skip("the shared file of answers is not here")
    dialog = ImportDialog(forms.window, forms.window.shell.desk, file)
    dialog.open()
    stepped(dialog, COLUMNS)
    step = dialog.columns
    assert step.doubt.isVisible()
    assert "Mac Roman" in step.doubts.text()
    assert "CP949" in step.doubts.text()
    names = [name for name, _words in step.encodings.field.options]
    step.encodings.field.setCurrentIndex(names.index("cp949"))
    step.on_encoding(0)
    spin(lambda: dialog.step == COLUMNS and dialog.source.encoding == "cp949", 20)
    assert step.doubt.isVisible()
    dialog.reject()
