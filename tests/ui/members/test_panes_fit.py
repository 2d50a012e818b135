"""Panes and forms of the room in low windows: they scroll, and every field can be reached."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest

from tests.ui.conftest import rest
from tests.ui.seeing import clipped, nameless
from ui import theme
from ui.widgets.fields import DateField, Field
from ui.widgets.forms import Dialog
from ui.widgets.parts import Button


def test_the_card_of_a_member_scrolls_rather_than_squeezes(window_on, sample_office) -> None:
    window = window_on(sample_office, (1366, 768))
    window.shell.go("members")
    roll = window.shell.rooms.page("members").front
    rest(window)
    inside = roll.card.inside
    tallest = 0
    for n in range(12):
        roll.list.setCurrentIndex(roll.model.index(n, 0))
        rest(window)
        needed = inside.layout().totalHeightForWidth(inside.width())
        assert inside.height() >= needed
        tallest = max(tallest, needed)
    assert tallest > roll.card.viewport().height()  # somebody's card is higher than the window


@pytest.mark.parametrize("layout", ["u_shape", "rows", "oval"])
def test_seats_of_a_low_window_can_be_read_and_stand_apart(
    window_on, sample_office, layout: str
) -> None:
    window = window_on(sample_office, (911, 480))
    window.shell.go("members")
    page = window.shell.rooms.page("members").show_pane("seats")
    rest(window)
    page.map.show_seats(page.map.seats, layout)
    page.make_room()
    rest(window)
    boxes = page.map.boxes()
    assert len(boxes) == 35
    assert min(box.height() for box in boxes) > theme.px(23)
    assert min(box.width() for box in boxes) > theme.px(55)
    assert page.map.height() < 900  # not a scroll without end
    apart = [one.intersects(two) for n, one in enumerate(boxes) for two in boxes[n + 1 :]]
    assert not any(apart)
    page.map.choose(34)
    rest(window)
    assert not page.map.visibleRegion().intersected(boxes[34].toRect()).isEmpty()


def test_forms_scroll_on_a_low_screen(window_on, sample_office, monkeypatch) -> None:
    low = SimpleNamespace(availableSize=lambda: QSize(911, 480))
    monkeypatch.setattr(Dialog, "screen", lambda _self: low)
    window = window_on(sample_office, (911, 480))
    window.shell.go("members")
    roll = window.shell.rooms.page("members").front
    rest(window)
    roll.list.choose_first()
    rest(window)
    for ask in (roll.on_add, roll.card.on_edit):
        ask()
        rest(window)
        form = next(part for part in window.findChildren(Dialog) if part.isVisible())
        assert form.height() <= 440 and form.width() <= 895
        assert form.button.visibleRegion().boundingRect().size() == form.button.size()
        assert not clipped(form) and not nameless(form)
        fields = [field for field in form.findChildren(Field) if field.isEnabled()]
        reached = set()
        for _n in range(40):
            reached.add(form.focusWidget())
            seen = form.focusWidget().visibleRegion()
            assert not seen.isEmpty(), form.focusWidget()
            QTest.keyClick(form.focusWidget(), Qt.Key.Key_Tab)
        assert {field for field in fields if field.isVisible()} <= reached
        form.reject()
        rest(window)


def test_an_empty_date_shows_how_dates_are_written_here(window_on, sample_office) -> None:
    window = window_on(sample_office)
    window.shell.go("members")
    page = window.shell.rooms.page("members").show_pane("access")
    rest(window)
    hints = {field.placeholderText() for field in page.findChildren(DateField)}
    assert hints == {"2022. 3. 17."}
    window.shell.speak("en")
    rest(window)
    hints = {field.placeholderText() for field in page.findChildren(DateField)}
    assert hints == {f"{dt.date(2022, 3, 17):%Y-%m-%d}"}


def test_a_button_that_does_nothing_looks_so(dressed, qtbot) -> None:
    def picture(kind: str, enabled: bool):
        button = Button("Words", kind)
        qtbot.addWidget(button)
        button.setEnabled(enabled)
        button.show()
        return button.grab().toImage()

    for kind in ("danger", "ghost", "primary", "default", "link", "seg"):
        assert picture(kind, False) != picture(kind, True), kind
    assert picture("danger", False) == picture("default", False)
