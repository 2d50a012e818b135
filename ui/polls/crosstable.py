"""A table whose columns are groups or options: each cell with both percentages and its count."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHeaderView, QWidget

from ui import theme
from ui.models.clipboard import as_tsv
from ui.models.rows import Cell, Column, RowTable, Table
from ui.text import Msg
from ui.widgets.lists import RowList
from ui.widgets.parts import column

NAME, CELL = 220, 92  # px at 100 % text size
ROW, LOW = 44, 34


@dataclass(frozen=True, slots=True)
class CrossRow:
    """One row: its name, what stands under it, and its cells by the key of their column."""

    id: int
    label: str
    sub: str = ""
    cells: dict[str, Cell] = field(default_factory=dict)
    strong: bool = False

    @property
    def height(self) -> int:
        """How high the row is: lower where nothing stands under anything."""
        two = self.sub or any(cell.sub for cell in self.cells.values())
        return ROW if two else LOW


def _name(row: CrossRow) -> Cell:
    return Cell(row.label, row.sub, role="secb" if row.strong else "sec")


class CrossTable(QWidget):
    """Rows over columns that are known only when they are read."""

    def __init__(self, name: Msg) -> None:
        super().__init__()
        self._name = name
        self.list: RowList | None = None
        self._columns: tuple[tuple[str, str], ...] = ()
        self.place = column(gap=0, into=self)

    def show_rows(self, first: Msg, columns: list[tuple[str, str]], rows: list[CrossRow]) -> None:
        """Show rows under (key, title) columns, of which `first` names the rows."""
        if self.list is None or tuple(columns) != self._columns:
            self._columns = tuple(columns)
            self._build(first, columns)
        self.list.model().show(rows)
        self.fit()

    def _build(self, first: Msg, columns: list[tuple[str, str]]) -> None:
        if self.list is not None:
            self.layout().removeWidget(self.list)
            self.list.hide()
            self.list.deleteLater()
        declared = (
            Column("label", first, cell=_name),
            *(Column(key, Msg(title), CELL, "right", cell=_cell(key)) for key, title in columns),
        )
        self.list = RowList(RowTable(Table(declared)), self._name, height=ROW, fit=True, multi=True)
        self.layout().addWidget(self.list)

    def fit(self) -> None:
        """Let the rows' names stretch, or scroll sideways where the columns need all the room."""
        if self.list is None:
            return
        needed = theme.px(NAME + CELL * len(self._columns))
        wide = needed <= self.width()
        header = self.list.horizontalHeader()
        mode = QHeaderView.ResizeMode
        header.setSectionResizeMode(0, mode.Stretch if wide else mode.Fixed)
        if not wide:
            header.resizeSection(0, theme.px(NAME))
        policy = Qt.ScrollBarPolicy
        self.list.setHorizontalScrollBarPolicy(
            policy.ScrollBarAlwaysOff if wide else policy.ScrollBarAsNeeded
        )
        bar = 0 if wide else self.list.horizontalScrollBar().sizeHint().height()
        self.list.on_size()
        if bar:
            self.list.setFixedHeight(self.list.height() + bar)

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        self.fit()

    def copy(self) -> None:
        """Put every row on the clipboard as cells."""
        if self.list is not None:
            model = self.list.model()
            QGuiApplication.clipboard().setText(as_tsv(model, list(range(model.rowCount()))))


def _cell(key: str):
    def shown(row: CrossRow) -> Cell:
        return row.cells.get(key, Cell())

    return shown
