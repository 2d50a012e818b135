"""The seat map and the documents dialog by hand and key, on a real office in the real window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from gwangju_desktop.members import access, precedence
from tests.ui.acting import click, focus, type_into
from tests.ui.conftest import rest, spin
from ui.documents.dialog import DocumentsDialog

KEY, LEFT = Qt.Key, Qt.MouseButton.LeftButton


def go(window):
    window.shell.go("members")
    rest(window)
    page = window.shell.rooms.page("members").show_pane("seats")
    rest(window)
    return page


@pytest.fixture
def page(window):
    return go(window)


@pytest.fixture
def shared_page(shared_window):
    return go(shared_window)


def middle(page, at: int) -> QPoint:
    return page.map.boxes()[at].center().toPoint()


def order(page) -> list[int]:
    with page.desk.store.reading() as read:
        return [row.membership_id for row in precedence.ordered(read, page.body_id, page.on)]


def test_everybody_has_a_seat_and_none_covers_another(shared_page) -> None:
    page = shared_page
    assert len(page.map.seats) == 35
    for layout in ("u_shape", "rows", "oval"):
        page.map.show_seats(page.map.seats, layout)
        boxes = page.map.boxes()
        assert all(page.map.rect().contains(box.toRect()) for box in boxes)
        assert not any(
            one.intersects(other) for n, one in enumerate(boxes) for other in boxes[n + 1 :]
        )


def test_a_seat_is_chosen_and_its_person_opened(shared_page) -> None:
    page = shared_page
    QTest.mouseClick(page.map, LEFT, pos=middle(page, 4))
    assert page.line.text() == page.map.line(4)
    assert page.map.seats[4].name in page.map.accessibleName()
    QTest.keyClick(page.map, KEY.Key_Right)
    assert page.map.current == 5
    opened = page.map.seats[5].person_id
    QTest.keyClick(page.map, KEY.Key_Return)
    rest(page.window())
    room = page.window().shell.rooms.page("members")
    assert room.front is room.pane("roll")
    spin(lambda: room.front.card.record and room.front.card.record.id == opened)


def test_dragging_a_seat_changes_the_order_in_one_step(page) -> None:
    before = order(page)
    start, end = middle(page, 10), middle(page, 4)
    QTest.mousePress(page.map, LEFT, pos=start)
    QTest.mouseMove(page.map, pos=(start + end) / 2)
    QTest.mouseMove(page.map, pos=end)
    QTest.mouseRelease(page.map, LEFT, pos=end)
    rest(page.window())
    moved = list(before)
    moved.insert(4, moved.pop(10))
    assert order(page) == moved
    assert page.order.value() == "custom"
    page.desk.undo()
    rest(page.window())
    assert order(page) == before


def test_alt_and_an_arrow_move_a_seat(page) -> None:
    before = order(page)
    page.map.choose(3)
    focus(page.map)
    QTest.keyClick(page.map, KEY.Key_Down, Qt.KeyboardModifier.AltModifier)
    rest(page.window())
    assert order(page) == [*before[:3], before[4], before[3], *before[5:]]
    assert page.map.seats[page.map.current].membership_id == before[3]


def test_the_layout_is_kept_with_the_body(page) -> None:
    click(page.rooms.parts[2])
    rest(page.window())
    assert page.map.layout_name == "oval"
    with page.desk.store.reading() as read:
        assert precedence.layout_of(read, page.body_id) == "oval"


def test_a_wrong_day_is_said_and_nothing_changes(shared_page) -> None:
    page = shared_page
    type_into(page.day, "2022-02-30")
    QTest.keyClick(page.day, KEY.Key_Return)
    assert page.no_day.isVisible()
    assert len(page.map.seats) == 35


def test_a_document_is_seen_and_saved(page, tmp_path) -> None:
    dialog = DocumentsDialog(page.window(), page.desk, "letter", page.body_id, on=page.on)
    dialog.open()
    spin(lambda: dialog.bound is not None and dialog.settled, 30)
    assert dialog.bound.pages == 35
    assert dialog.preview.view.picture(0) is not None
    target = tmp_path / "위촉장.pdf"
    dialog.output.on_save_to(str(target))
    spin(target.is_file, 10)
    assert target.read_bytes().startswith(b"%PDF-")
    rest(page.window())
    dialog.reject()
    rest(page.window())


def test_contacts_on_paper_are_written_to_the_access_record(page, tmp_path) -> None:
    dialog = DocumentsDialog(page.window(), page.desk, "roster", page.body_id, on=page.on)
    dialog.open()
    spin(lambda: dialog.bound is not None and dialog.settled, 30)
    assert dialog.bound.composed.people == ()
    dialog.options.fields["contacts"].box.click()
    spin(lambda: len(dialog.bound.composed.people) == 35 and dialog.settled, 30)
    target = tmp_path / "명단.pdf"
    dialog.output.on_save_to(str(target))
    spin(target.is_file, 10)
    rest(page.window())
    with page.desk.store.reading() as read:
        (row,) = access.record_rows(read, ids=access.record_ids(read))
    assert row.action == "export"
    dialog.reject()
    rest(page.window())
