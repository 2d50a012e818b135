"""The panes of department opinions and of figures, with clicks and keys."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from gwangju_desktop import clock
from gwangju_desktop.proposals import opinions, statistics
from tests.ui.acting import click
from tests.ui.conftest import rest, spin
from tests.ui.proposals.acting import TODAY, View, empty_copy, form
from tests.ui.seeing import clipped, nameless
from ui.models.rows import Group
from ui.proposals.opinion_forms import AnswerDialog, RequestDialog

D = dt.date


def asked(view: View, title: str, department: str, due: D, **more) -> tuple[int, int]:
    """Register a proposal, put it under review and ask a department."""
    id = view.register(title, received_on=D(2022, 2, 14), **more)
    view.step(id, "review", on_day=D(2022, 2, 15))
    opinion = view.run(
        opinions.ask_opinion,
        id=id,
        department=department,
        due_on=due,
        on_day=D(2022, 2, 16),
        question="비용은?",
    )
    return id, opinion


@pytest.fixture
def office(window_on, _empty_office, tmp_path):
    window = window_on(empty_copy(_empty_office, tmp_path))
    clock.fix(TODAY)
    view = View(window)
    ids = {
        "late": asked(view, "늦은 것", "주택과", D(2022, 3, 4), district="29110"),
        "soon": asked(view, "곧", "회계과", D(2022, 3, 14)),
        "far": asked(view, "나중", "주택과", D(2022, 3, 30)),
    }
    rest(window)
    return window, ids


def pane(window, key: str):
    window.shell.go("proposals")
    rest(window)
    room = window.shell.rooms.pages["proposals"]
    shown = room.show_pane(key)
    rest(window)
    spin(lambda: shown.settled)
    return shown


def shown(board) -> list[str]:
    """Return what the board shows, the names of its groups in brackets."""
    rows = board.list.model().kept.values()
    return [f"[{row.title}]" if isinstance(row, Group) else row.title for row in rows]


def test_the_board_stands_by_department_and_is_narrowed(office) -> None:
    window, _ids = office
    board = pane(window, "board")
    assert shown(board) == ["[주택과]", "늦은 것", "나중", "[회계과]", "곧"]
    assert board.current.title == "늦은 것", "the longest over due is in front"
    assert board.prose.toPlainText() == "비용은?"
    assert "기한 경과 1건" in board.sums.text()
    click(board.late)
    assert shown(board) == ["[주택과]", "늦은 것"]
    click(board.late)
    board.department.choose("회계과")
    assert shown(board) == ["[회계과]", "곧"]
    assert not clipped(board) and not nameless(board)


def test_one_asked_for_is_shown_whatever_the_board_was_narrowed_to(office) -> None:
    window, ids = office
    board = pane(window, "board")
    click(board.late)
    window.shell.go("proposals", ids["soon"][1], "proposal_opinion")
    rest(window)
    assert board.current.title == "곧"
    assert not board.late.isChecked()


def test_an_opinion_is_entered_in_place_and_moves_among_the_answered(office) -> None:
    window, ids = office
    board = pane(window, "board")
    click(board.answer)
    rest(window)
    dialog = form(window, AnswerDialog)
    dialog.text.field.setPlainText("동의가 필요합니다")
    dialog.confirm()
    rest(window)
    spin(lambda: board.settled)
    rest(window)
    assert shown(board) == ["[회계과]", "곧", "[주택과]", "나중", "늦은 것"]
    answered = board.rows[ids["late"][1]]
    assert not answered.open and "동의가 필요합니다" in answered.text
    window.shell.desk.undo()
    rest(window)
    spin(lambda: board.settled)
    rest(window)
    assert shown(board)[1] == "늦은 것"


def test_what_was_asked_and_its_day_are_corrected(office) -> None:
    window, ids = office
    board = pane(window, "board")
    board.open(ids["soon"][1])
    spin(lambda: board.current is not None and board.current.id == ids["soon"][1])
    rest(window)
    click(board.correct)
    dialog = form(window, RequestDialog)
    assert not clipped(dialog)
    dialog.day.field.setText("2022-03-17")
    dialog.question.field.setPlainText("비용과 기간은?")
    dialog.leads.setChecked(False)
    click(dialog.button)
    spin(lambda: board.settled and board.current.due_on == D(2022, 3, 17))
    assert (board.current.question, board.current.leads) == ("비용과 기간은?", False)


def test_enter_opens_the_proposal(office) -> None:
    window, ids = office
    board = pane(window, "board")
    went: list = []
    board.wanted.connect(lambda *to: went.append(to))
    board.list.setFocus()
    QTest.keyClick(board.list, Qt.Key.Key_Return)
    rest(window)
    assert went and went[0][1] == ids["late"][0]


def test_an_empty_board_says_so(window_on, _empty_office, tmp_path) -> None:
    window = window_on(empty_copy(_empty_office, tmp_path))
    board = pane(window, "board")
    assert board.hollow.currentWidget() is board.hollow.empty
    assert not board.foot.isVisible()
    figures = pane(window, "statistics")
    assert figures.stack.currentIndex() == 2
    assert not figures.tiles.isVisible()


def test_figures_agree_with_the_one_count_and_every_share_has_its_base(office) -> None:
    window, _ids = office
    page = pane(window, "statistics")
    with window.shell.desk.store.reading() as read:
        counted = statistics.statistics(read, begins=D(2022, 1, 1), ends=D(2022, 12, 31))
    assert page.received.number.text() == f"{counted.received}" == "3"
    assert page.on_time.number.text() == "–" and "0건" in page.on_time.base.text()
    assert "3건" in page.received.base.text()
    assert page.open_ones.number.text() == "3"
    assert "공개 자료에는 싣지 않습니다" in page.note.text()
    assert not clipped(page) and not nameless(page)
    click(page.view.parts[1])
    assert page.stack.currentIndex() == 1
    names = [
        row.title if isinstance(row, Group) else row.received
        for row in page.table_view.model().kept.values()
    ]
    assert names[:3] == [statistics.BREAKDOWNS["month"], 3, statistics.BREAKDOWNS["channel"]]
    page.on_copy()
    told = QApplication.clipboard().text()
    assert "2022. 2.\t3\t–\t–\t3" in told and told.count("\n") > 8


def test_the_time_is_chosen_and_a_check_recorded_and_taken_back(office) -> None:
    window, _ids = office
    page = pane(window, "statistics")
    page.part.choose("-Q2")
    page.look()
    rest(window)
    assert page.received.number.text() == "0"
    page.year.choose(0)
    page.look()
    rest(window)
    assert page.received.number.text() == "3" and not page.part.isEnabled()
    window.shell.go("proposals", 20221, "proposal_check")
    rest(window)
    assert (page.year.value(), page.part.value()) == (2022, "-Q1")
    assert page.received.number.text() == "3"
    assert "1분기" in page.check.text()
    click(page.check_done)
    rest(window)
    spin(lambda: page.settled)
    rest(window)
    assert page.check_row.isHidden()
    window.shell.desk.undo()
    rest(window)
    spin(lambda: page.settled)
    rest(window)
    assert not page.check_row.isHidden()
