"""Lists by keys: move a row and take it back, copy, remember a width, tell what was cut."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication

from tests.ui.conftest import rest, spin
from ui.models.rows import Cell, Column, RowTable, Table
from ui.settings import kept
from ui.text import N_
from ui.widgets.lists import RowList
from ui.window import Window

Key, Mod = Qt.Key, Qt.KeyboardModifier


class Line:
    """A row with a box to tick."""

    def __init__(self, id: int) -> None:
        self.id, self.name, self.kind = id, f"가상 {id}", "안건"


TABLE = Table(
    name="lines",
    columns=(
        Column("name", N_("Title"), cell=lambda line: Cell(line.name, check=line.id % 2 == 0)),
        Column("kind", N_("Kind"), 90),
        Column("id", N_("Link"), 120, wide=True, cell=lambda line: Cell(str(line.id))),
    ),
)


def agenda(window: Window) -> RowList:
    window.shell.go("meetings")
    rest(window, 0.3)
    page = window.shell.rooms.pages["meetings"]
    lists = [view for view in page.findChildren(RowList) if view.model().table.move is not None]
    assert lists and lists[0].isVisible() and lists[0].model().rowCount() > 3
    return lists[0]


def test_alt_arrow_moves_a_row_which_stays_chosen_and_ctrl_z_takes_it_back(window: Window) -> None:
    view = agenda(window)
    model = view.model()
    before = [model.id_at(n) for n in range(model.rowCount())]
    view.choose(before[1])
    view.setFocus()
    QTest.keyClick(view, Key.Key_Down, Mod.AltModifier)
    spin(lambda: model.place(before[1]) == 2)
    rest(window)
    assert view.current() == before[1]
    QTest.keyClick(view, Key.Key_Z, Mod.ControlModifier)
    spin(lambda: [model.id_at(n) for n in range(model.rowCount())] == before)


def test_a_dragged_row_lands_between_two_others(window: Window) -> None:
    view = agenda(window)
    model = view.model()
    before = [model.id_at(n) for n in range(model.rowCount())]
    data = model.mimeData([model.index(0, 0)])
    model.dropMimeData(data, Qt.DropAction.MoveAction, 3, 0, QModelIndex())
    spin(lambda: model.place(before[0]) == 2)
    rest(window)
    assert [model.id_at(n) for n in range(3)] == [before[1], before[2], before[0]]


def made(qtbot) -> RowList:
    model = RowTable(TABLE)
    view = RowList(model, N_("Lists"), multi=True)
    qtbot.addWidget(view)
    view.resize(420, 300)
    view.show()
    model.show([Line(n) for n in range(1, 30)])
    return view


def test_keys_of_a_list(qtbot, dressed: QApplication) -> None:
    view = made(qtbot)
    opened, ticked = QSignalSpy(view.opened), QSignalSpy(view.ticked)
    view.choose_first()
    QTest.keyClick(view, Key.Key_End)
    assert view.current() == 29
    QTest.keyClick(view, Key.Key_Home)
    QTest.keyClick(view, Key.Key_Down, Mod.ShiftModifier)
    assert view.chosen() == [1, 2]
    QTest.keyClick(view, Key.Key_C, Mod.ControlModifier)
    lines = QGuiApplication.clipboard().text().split("\n")
    assert len(lines) == 3 and lines[1].startswith("가상 1\t안건")
    QTest.keyClick(view, Key.Key_Return)
    QTest.keyClick(view, Key.Key_Space)
    assert opened.at(0)[0] == 2 and ticked.at(0)[0] == 2
    box = view.visualRect(view.model().index(3, 0)).topLeft() + QPoint(14, 18)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=box)
    assert ticked.at(1)[0] == 4


def test_wide_columns_come_only_where_there_is_room(qtbot, dressed: QApplication) -> None:
    view = made(qtbot)
    assert view.isColumnHidden(2)
    view.resize(700, 300)
    QApplication.processEvents()
    assert not view.isColumnHidden(2)


def test_a_width_set_by_hand_is_remembered(qtbot, dressed: QApplication) -> None:
    view = made(qtbot)
    view.resize(700, 300)
    QApplication.processEvents()
    header, left = view.horizontalHeader(), Qt.MouseButton.LeftButton
    edge = QPoint(header.sectionViewportPosition(2) - 1, header.height() // 2)
    QTest.mousePress(header.viewport(), left, pos=edge)
    QTest.mouseMove(header.viewport(), edge + QPoint(40, 0))
    QTest.mouseRelease(header.viewport(), left, pos=edge + QPoint(40, 0))
    width = view.columnWidth(1)
    assert width == 130 and kept.number("columns/lines/kind", 0) == 130
    assert made(qtbot).columnWidth(1) == width
