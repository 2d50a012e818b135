"""The model behind every list: sound to Qt, patched in place, moved without losing the eye."""

from __future__ import annotations

from array import array
from types import SimpleNamespace

from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from ui.models.clipboard import as_tsv
from ui.models.rows import CELL, Cell, Column, Group, RowTable, Table
from ui.text import N_
from ui.widgets.lists import RowList

TABLE = Table(
    (
        Column("name", N_("Title"), cell=lambda row: Cell(row.name, "sub", check=row.done)),
        Column("n", N_("Kind"), 80, "right"),
    )
)
ORDER = st.lists(st.integers(1, 40), unique=True, max_size=25)


def line(n: int, name: str = "가상") -> SimpleNamespace:
    return SimpleNamespace(id=n, name=f"{name} {n}", n=n, done=False)


@settings(max_examples=80, deadline=None)
@given(ORDER, ORDER)
def test_any_new_order_keeps_what_is_held(old: list[int], new: list[int]) -> None:
    model = RowTable(TABLE)
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.kept = {n: line(n) for n in range(41)}
    model.on_ids(array("q", old))
    held = {id: QPersistentModelIndex(model.index(n, 0)) for n, id in enumerate(old)}
    model.on_ids(array("q", new))
    assert list(model.order) == new
    for id, index in held.items():
        if id not in new:
            assert not index.isValid()
        elif index.isValid():
            assert model.order[index.row()] == id
    del tester


@settings(max_examples=40, deadline=None)
@given(st.integers(2, 30), st.data())
def test_one_moved_row_is_moved_and_nothing_else(count: int, data) -> None:
    start = data.draw(st.integers(0, count - 1))
    end = data.draw(st.integers(0, count - 1).filter(lambda n: n != start))
    old = list(range(1, count + 1))
    new = old.copy()
    new.insert(end, new.pop(start))
    model = RowTable(TABLE)
    model.kept = {n: line(n) for n in old}
    model.on_ids(array("q", old))
    moved: list[int] = []
    model.moved.connect(moved.append)
    model.on_ids(array("q", new))
    assert list(model.order) == new
    assert len(moved) == 1
    assert moved[0] == old[start] or abs(start - end) == 1


def test_short_lists_with_groups(dressed: QApplication, qtbot) -> None:
    model = RowTable(TABLE)
    view = RowList(model, N_("Lists"), fit=True)
    qtbot.addWidget(view)
    model.show([Group("지남", 2, "bad"), line(7), line(9), Group("이후", 0)])
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    view.choose_first()
    assert view.current() == 7
    view.choose(9)
    assert view.current() == 9 and view.chosen() == [9]
    assert model.place(9) == 2 and model.place(8) == -1
    assert not model.flags(model.index(0, 0)) & Qt.ItemFlag.ItemIsSelectable
    assert model.index(1, 0).data(CELL).sub == "sub"
    spoken = model.index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "가상 7, sub"
    height = view.height()
    model.show([Group("지남", 2, "bad"), line(7, "새"), line(9), Group("이후", 0)])
    assert view.current() == 9 and view.height() == height
    model.show([line(1)])
    assert view.height() < height
    del tester


def test_rows_go_to_the_clipboard_under_their_titles(dressed: QApplication) -> None:
    model = RowTable(TABLE)
    model.show([line(1), line(2, "두\t줄")])
    assert as_tsv(model, [0, 1]) == "제목\t구분\n가상 1\t1\n두 줄 2\t2"
    assert as_tsv(model, [1], header=False) == "두 줄 2\t2"
