"""The first page: what is due, the forecast, the way to the records, and an empty office."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from db.vocab import BodyRuleKey
from gwangju_desktop import offices
from gwangju_desktop.members import ruling
from gwangju_desktop.members.broken import broken_rules
from tests.ui.acting import click
from tests.ui.conftest import rest, spin
from ui.home import cards
from ui.home.energy import Aim
from ui.home.energy import Path as EnergyPath
from ui.models.rows import Group
from ui.widgets.parts import Label
from ui.window import Window


def test_the_sample_has_a_next_meeting_deadlines_and_figures(shared_window: Window) -> None:
    page = shared_window.shell.rooms.pages["today"]
    assert page.date.text() == "2022년 3월 11일 금요일"
    card = page.meeting
    assert card.there.isVisible() and "정기회의" in card.title.text()
    assert card.left.sentence() == "D-6"
    total = sum(int(label.text()) for label in (card.coming, card.silent, card.away))
    assert total == card.meter.total == 35 and card.meter.needed == 18
    assert "18" in card.meter.accessibleName()
    rows = list(page.list.model().kept.values())
    heads = [row for row in rows if isinstance(row, Group)]
    assert sum(head.n for head in heads) == len(rows) - len(heads) > 0
    assert page.energy.isVisible() and page.energy.picture.accessibleName()
    assert "참고 경로보다" in page.energy.gap.text()
    assert page.changes.isVisible()


def test_a_deadline_and_the_meeting_open_their_records(shared_window: Window) -> None:
    page = shared_window.shell.rooms.pages["today"]
    QTest.mouseClick(page.meeting.open_button, Qt.MouseButton.LeftButton)
    rest(shared_window)
    assert shared_window.shell.rooms.here[:2] == ("meetings", page.meeting.id)
    shared_window.shell.go("today")
    person = next(
        n
        for n, row in page.list.model().kept.items()
        if not isinstance(row, Group) and row.table == "person"
    )
    page.list.setCurrentIndex(page.list.model().index(person, 0))
    page.list.setFocus()
    QTest.keyClick(page.list, Qt.Key.Key_Return)
    rest(shared_window)
    assert shared_window.side.current == "members"


def row_of(page, table: str) -> int:
    rows = page.list.model().kept.items()
    return next(n for n, row in rows if not isinstance(row, Group) and row.table == table)


def open_row(window: Window, table: str):
    """Open the first deadline of a kind by Enter; return the meetings room."""
    window.shell.go("today")
    page = window.shell.rooms.pages["today"]
    page.list.setCurrentIndex(page.list.model().index(row_of(page, table), 0))
    page.list.setFocus()
    QTest.keyClick(page.list, Qt.Key.Key_Return)
    rest(window)
    return window.shell.rooms.page("meetings")


def test_an_overdue_action_and_missing_replies_open_where_they_are_dealt_with(
    shared_window: Window,
) -> None:
    today = shared_window.shell.rooms.pages["today"]
    late = today.list.model().kept[row_of(today, "action")]
    assert late.days < 0 and late.owner
    room = open_row(shared_window, "action")
    assert type(room.front).__module__ == "ui.meetings.duties"
    spin(lambda: room.front.board.current is not None)
    assert room.front.board.current.id == late.id
    view = open_row(shared_window, "attendance").front.view
    spin(lambda: view.meeting is not None)
    assert type(view.front).__module__ == "ui.meetings.replies"


def test_a_start_reads_what_stands_round_the_rows_once_and_only_while_it_is_seen(
    window_on: Callable[..., Window], sample_copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[dt.date] = []

    def read(session, *, today: dt.date):
        asked.append(today)
        return broken_rules(session, today=today)

    monkeypatch.setattr(cards, "broken_rules", read)
    window = window_on(sample_copy)
    page = window.shell.rooms.pages["today"]
    rest(window)
    assert page.rules.isVisible() and len(asked) == 1
    window.shell.go("members")
    due = page.total.text()
    window.shell.desk.do(
        ruling.set_rules,
        body_id=1,
        valid_from=dt.date(2022, 1, 1),
        source="예시 규정",
        rules={BodyRuleKey.GENDER_MOST.value: "5/10"},
    )
    rest(window)
    spin(lambda: page.settled)
    rest(window)
    assert len(asked) == 1 and page.total.text() == due
    shown = [button.accessibleDescription() for button in page.rules._bodies]
    window.shell.go("today")
    rest(window)
    assert len(asked) == 2
    assert [button.accessibleDescription() for button in page.rules._bodies] != shown


def test_changes_name_the_record(shared_window: Window) -> None:
    card = shared_window.shell.rooms.pages["today"].changes
    texts = [label.text() for label in card.findChildren(Label)]
    assert any(" · " in words and "(예시)" in words for words in texts)


def test_an_empty_office_says_how_to_begin(
    window_on: Callable[..., Window], tmp_path: Path
) -> None:
    path = tmp_path / "새 사무국.gwoffice"
    offices.new_office(path)
    window = window_on(path)
    page = window.shell.rooms.pages["today"]
    assert page.meeting.none.isVisible() and page.nothing.isVisible()
    assert page.energy.isHidden() and page.list.isHidden()
    QTest.mouseClick(page.new_meeting, Qt.MouseButton.LeftButton)
    spin(lambda: window.side.current == "meetings")


def test_only_a_year_with_a_target_is_compared_with_a_target() -> None:
    aims = (Aim(2018, 9.0, "start"), Aim(2028, 7.0, "target"))
    between = EnergyPath(((2023, 8.5),), aims, True, False).gap
    assert between.kind == "guide" and between.difference == 0.5
    assert EnergyPath(((2028, 6.5),), aims, True, False).gap.kind == "target"
    assert EnergyPath(((2030, 6.5),), aims, True, False).gap is None


def test_a_rule_that_is_not_kept_leads_to_its_body(window: Window) -> None:
    page = window.shell.rooms.pages["today"]
    spin(page.rules.isVisible)
    body = next(iter(page.rules._bodies))
    assert body.text() == "위원회"
    click(body)
    rest(window)
    assert window.shell.rooms.page("members").front.__class__.__module__ == "ui.members.bodies"
