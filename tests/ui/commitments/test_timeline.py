"""The timeline: rows under their months, walked through by keys, as a table and as files."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from gwangju_desktop.commitments import milestones
from tests.ui.acting import click, focus
from ui import theme
from ui.commitments import timeline
from ui.commitments.timeline_drawing import HEAD, ROW, Bar, days_area, place, span_of, told

TODAY = dt.date(2022, 3, 11)


def bar(**given) -> Bar:
    days = {"starts": None, "due": None, "began": None, "ended": None} | given
    return Bar("milestone", 1, "가상", "", **days)


def test_the_months_hold_all_days_and_today_where_it_is_near() -> None:
    one = bar(starts=dt.date(2021, 8, 9), due=dt.date(2022, 2, 10))
    near = span_of([one], TODAY)
    assert (near.first, near.last) == (dt.date(2021, 8, 1), dt.date(2022, 3, 31))
    far = span_of([one], dt.date(2030, 1, 1))
    assert far.last == dt.date(2022, 2, 28)
    assert span_of([bar()], TODAY) is None
    assert len(near.months()) == 8


def test_days_stand_where_they_belong() -> None:
    from PySide6.QtCore import QRectF

    span = span_of([bar(starts=dt.date(2022, 1, 1), due=dt.date(2022, 1, 31))], dt.date(2023, 1, 1))
    area = days_area(QRectF(0, 0, 1_000, 40))
    assert place(span, area, dt.date(2022, 1, 1)) == area.x()
    assert abs(place(span, area, dt.date(2022, 1, 31), end=True) - area.right()) < 0.01
    assert place(span, area, dt.date(2020, 1, 1)) == area.x()


def test_rows_are_walked_through_and_opened_by_keys(at) -> None:
    page = at.pane("timeline")
    rows = page.view.rows
    assert [one.table for one in page.bars] == [
        *("commitment", *["milestone"] * 4),
        *("commitment", *["milestone"] * 2),
    ]
    focus(rows)
    QTest.keyClick(rows, Qt.Key.Key_Home)
    for _n in range(3):
        QTest.keyClick(rows, Qt.Key.Key_Down)
    assert rows.current == 3
    said = rows.accessibleDescription()
    assert (
        "가상 시민토론회 개최" in said and "기한 11일 경과" in said and "2022. 1. 17. 착수" in said
    )
    QTest.keyClick(rows, Qt.Key.Key_Return)
    at.rest()
    assert at.room.front is at.room.pane("commitment")
    assert at.room.front.milestones.current().id == at.ids.first3
    at.pane("timeline")
    focus(rows)
    QTest.keyClick(rows, Qt.Key.Key_End)
    QTest.keyClick(rows, Qt.Key.Key_PageUp)
    assert rows.current < len(page.bars) - 1


def test_a_click_puts_a_commitment_in_front(at) -> None:
    page = at.pane("timeline")
    spot = QPoint(40, int(theme.px(ROW) * 5.5))
    QTest.mouseClick(page.view.rows.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    at.rest()
    assert at.place.commitment_id == at.ids.second
    assert page.view.months.height() == theme.px(HEAD)


def test_the_same_days_stand_in_a_table(at) -> None:
    page = at.pane("timeline")
    click(page.how.parts[1])
    at.rest()
    assert page.list.isVisible()
    page.on_cells()
    lines = QGuiApplication.clipboard().text().split("\n")
    assert lines[0].split("\t")[:5] == [
        *("이행과제 · 세부 이행과제", "시작 예정일", "완료 예정일", "착수일", "완료일"),
    ]
    assert lines[3].split("\t")[1:5] == [
        "2021. 9. 1.",
        "2021. 12. 31.",
        "2021. 9. 13.",
        "2022. 1. 14.",
    ]
    click(page.how.parts[0])


def test_it_is_copied_and_saved(at, tmp_path) -> None:
    page = at.pane("timeline")
    click(page.copy)
    image = QGuiApplication.clipboard().image()
    assert image.width() > 1_000
    for suffix, head in ((".png", b"\x89PNG"), (".svg", b"<?xml"), (".pdf", b"%PDF")):
        path = tmp_path / f"일정{suffix}"
        page.save_to(path)
        assert path.read_bytes().startswith(head), suffix
    drawn = (tmp_path / "일정.svg").read_text("utf-8")
    assert "가상 시민토론회 개최" in drawn


def test_of_very_many_rows_the_commitment_in_front_is_pictured(at, monkeypatch) -> None:
    page = at.pane("timeline")
    at.place.show_commitment(at.ids.second)
    at.rest()
    assert len(page.picture()[0].bars) == 8
    monkeypatch.setattr(timeline, "MOST", 5)
    drawing, title = page.picture()
    assert [bar.id for bar in drawing.bars] == [at.ids.second, at.ids.second1, at.ids.second2]
    assert title == "시민 친화형 에너지 정보 플랫폼 구축 일정"


def test_what_is_done_elsewhere_is_drawn(at) -> None:
    page = at.pane("timeline")
    at.desk.do(milestones.start_milestone, milestone_id=at.ids.first4, started_on=TODAY)
    at.rest()
    one = next(bar for bar in page.bars if bar.id == at.ids.first4 and not bar.head)
    assert one.began == TODAY
    assert "2022. 3. 11. 착수" in told(one, TODAY)
