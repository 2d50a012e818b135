"""The view of pages alone: where pages lie, what is asked for, what is forgotten."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QWheelEvent
from PySide6.QtWidgets import QApplication

from ui import app as starting
from ui.widgets import pages_view
from ui.widgets.pages_view import PagesView

WHITE = Qt.GlobalColor.white


@pytest.fixture
def view(qtbot) -> PagesView:
    starting.make([], language="ko", scheme="light", scale=1.0)
    made = PagesView()
    qtbot.addWidget(made)
    made.resize(600, 500)
    made.show()
    return made


def sheet(width: int, height: int) -> QImage:
    image = QImage(width, height, QImage.Format.Format_Grayscale8)
    image.fill(WHITE)
    return image


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    count=st.integers(1, 30),
    double=st.booleans(),
    zoom=st.sampled_from([None, *pages_view.ZOOMS]),
    turned=st.sets(st.integers(0, 29)),
    size=st.tuples(st.integers(120, 1500), st.integers(120, 1200)),
)
def test_pages_never_overlap_and_each_can_be_reached(
    view: PagesView, count: int, double: bool, zoom: float | None, turned: set[int], size
) -> None:
    view.resize(*size)
    view.show_document(0)
    view.show_document(count)
    view.set_double(double)
    view.zoom = zoom
    for n in turned:
        view.put(n, sheet(297, 210))
    view.lay()
    areas = [leaf.area for leaf in view.leaves]
    for one, next_ in itertools.pairwise(areas):
        assert not one.intersects(next_)
        assert next_.top() >= one.top()
    if zoom is None:
        assert all(area.right() < view.viewport().width() for area in areas)
    for page in range(1, count + 1):
        view.go(page)
        top = view.verticalScrollBar().value()
        seen = areas[page - 1]
        assert view.front == page
        assert seen.top() < top + view.viewport().height() and seen.bottom() > top


def test_what_is_in_view_is_asked_for_first_then_its_neighbours(qtbot, view: PagesView) -> None:
    with qtbot.waitSignal(view.wanted) as asked:
        view.show_document(40)
    [(width, pages)] = asked.args[0]
    assert width == view.leaves[0].area.width()
    assert pages[0] == 0 and pages == sorted(pages) and len(pages) <= 4
    with qtbot.waitSignal(view.wanted) as asked:
        view.go(20)
    [(_width, pages)] = asked.args[0]
    assert pages[0] == 19 and 18 in pages


def test_pictures_far_away_are_forgotten(view: PagesView, monkeypatch) -> None:
    monkeypatch.setattr(pages_view, "KEPT_BYTES", 5 * 200 * 283)
    view.show_document(30)
    for n in range(30):
        view.put(n, sheet(200, 283))
    held = [n for n in range(30) if view.picture(n) is not None]
    assert len(held) <= 5 and held[:2] == [0, 1]


def test_an_older_documents_pictures_only_stand_in(view: PagesView) -> None:
    view.show_document(3)
    view.put(1, sheet(200, 283))
    assert view.picture(1) is not None
    view.show_document(2)
    assert view.picture(1) is None
    assert view.leaves[1].picture is not None
    view.put(7, sheet(200, 283))  # one of the pages that are gone
    assert view.count == 2


def test_the_wheel_zooms_with_control_and_scrolls_without(view: PagesView) -> None:
    view.show_document(9)
    before = view.percent()
    turn(view, 120, Qt.KeyboardModifier.ControlModifier)
    assert view.percent() > before
    turn(view, -120, Qt.KeyboardModifier.ControlModifier)
    turn(view, -120, Qt.KeyboardModifier.ControlModifier)
    assert view.percent() < before
    view.fit()
    for _n in range(12):
        turn(view, -120, Qt.KeyboardModifier.NoModifier)
    assert view.front > 1


def turn(view: PagesView, by: int, held: Qt.KeyboardModifier) -> None:
    place = QPointF(100, 100)
    event = QWheelEvent(
        place,
        view.viewport().mapToGlobal(place),
        QPoint(),
        QPoint(0, by),
        Qt.MouseButton.NoButton,
        held,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view.viewport(), event)
