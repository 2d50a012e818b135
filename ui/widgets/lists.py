"""The one view and header behind every list."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QPainter, QPalette, QPen
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from ui import theme
from ui.models.clipboard import as_tsv, paste_tsv
from ui.models.rows import Group, RowTable
from ui.settings import kept
from ui.text import Msg, say
from ui.widgets.cells import ALIGN, PADDING, RowDelegate
from ui.widgets.parts import Align, advance

STRETCH = 240  # what the stretching column keeps before wide columns appear
HEADER, GROUP = 30, 30
Key = Qt.Key


class RowHeader(QHeaderView):
    """Column titles over one unbroken rule, with the sort mark."""

    def __init__(self, parent) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        # Of a viewport that Qt made PySide must find the class, and makes every widget's for it.
        viewport = QWidget()
        viewport.setBackgroundRole(QPalette.ColorRole.Button)
        self.setViewport(viewport)
        viewport.setMouseTracking(True)
        self.by_hand = False
        self.setMinimumSectionSize(20)
        self.setStretchLastSection(False)

    def mousePressEvent(self, event) -> None:
        self.by_hand = True
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event) -> None:
        super().mouseReleaseEvent(event)
        self.by_hand = False

    def paintSection(self, painter: QPainter, rect, section: int) -> None:
        model = self.model()
        column = model.columns[section]
        area = rect.adjusted(PADDING, 0, -PADDING, 0)
        title = say(column.title)
        painter.setFont(theme.font("capb"))
        painter.setPen(theme.color("text3"))
        metrics = painter.fontMetrics()
        short = metrics.elidedText(title, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, ALIGN[column.align] | Align.AlignVCenter, short)
        if self._sorted_by(column):
            arrow = "arrow-down" if model.descending else "arrow-up"
            wide = metrics.horizontalAdvance(short)
            beside = area.right() - wide - theme.px(15)
            left = column.align == "left"
            x = area.left() + wide + 3 if left else max(area.left() - 4, beside)
            corner = QPointF(x, rect.center().y() - theme.px(6))
            painter.drawPixmap(corner, theme.pixmap(arrow, "text3", 12))

    def _sorted_by(self, column) -> bool:
        """Say whether the list is sorted by this column otherwise than by its own order."""
        model = self.model()
        if column.sort is None or column.sort != model.sort_key:
            return False
        return model.descending or column.sort != model.table.sort

    def paintEvent(self, event) -> None:
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        y = self.height() - 0.5
        painter.setPen(QPen(theme.color("line2"), 1))
        painter.drawLine(QPointF(0, y), QPointF(self.width(), y))


class RowList(QTableView):
    """A list of rows: one selection bar, whole-row hover, keys as on the keyboard map.

    `height` is a row's height; `multi` allows several rows; `fit` makes the list as high as its
    rows, for lists inside a scrolling pane.
    """

    stretch = STRETCH
    opened = Signal(object)  # Enter or double click: id
    previewed = Signal(object)  # the current row's id, whenever it changes
    peeked = Signal()  # Space
    ticked = Signal(object)  # the check box of a row was clicked, or Space pressed on it: id

    def __init__(
        self,
        model: RowTable,
        name: Msg,
        *,
        height: int = 36,
        header: bool = True,
        multi: bool = False,
        fit: bool = False,
    ) -> None:
        super().__init__()
        self.hovered = -1
        # Whether rows can be moved now; a grip that holds nothing is not drawn.
        self.arranged = True
        self.fit, self._height, self._name = fit, height, name
        self._held = (False, 0)
        self.setModel(model)
        model.setParent(self)
        self.setItemDelegate(RowDelegate(self))
        self.setAccessibleName(say(name))
        self._set_up_header(header)
        self._set_up_view(multi)
        model.modelReset.connect(self.on_reset)
        model.dataChanged.connect(self.on_data)
        model.patched.connect(self.on_patched)
        model.rowsInserted.connect(self.on_size)
        model.rowsRemoved.connect(self.on_size)
        model.moving.connect(self.on_moving)
        model.moved.connect(self.on_moved)
        self.selectionModel().currentRowChanged.connect(self.on_current)
        self.dress()

    def _set_up_header(self, shown: bool) -> None:
        header = RowHeader(self)
        self.setHorizontalHeader(header)
        header.setVisible(shown)
        header.setSectionsClickable(any(column.sort for column in self.model().columns))
        header.setHighlightSections(False)
        header.sectionClicked.connect(self.on_header)
        header.sectionResized.connect(self.on_section)
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(20)

    def _set_up_view(self, multi: bool) -> None:
        view = QAbstractItemView
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionBehavior(view.SelectionBehavior.SelectRows)
        mode = view.SelectionMode.ExtendedSelection if multi else view.SelectionMode.SingleSelection
        self.setSelectionMode(mode)
        triggers = view.EditTrigger.EditKeyPressed | view.EditTrigger.SelectedClicked
        self.setEditTriggers(triggers)
        self.setVerticalScrollMode(view.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        if self.fit:
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        if self.model().table.move is not None:
            self.setDragDropMode(view.DragDropMode.InternalMove)
            self.setDragDropOverwriteMode(False)
            self.setDropIndicatorShown(True)

    def dress(self) -> None:
        """Take heights and widths at the present text size."""
        header = self.horizontalHeader()
        header.setFixedHeight(theme.px(HEADER))
        self.verticalHeader().setDefaultSectionSize(theme.px(self._height))
        named, shown = bool(self.model().table.name), not header.isHidden()
        by_hand = QHeaderView.ResizeMode.Interactive if named else QHeaderView.ResizeMode.Fixed
        for n, column in enumerate(self.model().columns):
            if column.width:
                header.setSectionResizeMode(n, by_hand)
                width = kept.number(self._key(column), column.width) if named else column.width
                title = advance("capb", say(column.title)) + 2 * PADDING if shown else 0
                header.resizeSection(n, max(theme.px(max(24, min(600, width))), title))
            else:
                header.setSectionResizeMode(n, QHeaderView.ResizeMode.Stretch)
        self.on_reset()

    def _key(self, column) -> str:
        return f"columns/{self.model().table.name}/{column.key}"

    # --- what a page asks
    def first_shown(self) -> int:
        """Return the leftmost column that is shown."""
        columns = range(len(self.model().columns))
        return next((n for n in columns if not self.isColumnHidden(n)), 0)

    def current(self) -> int | None:
        """Return the id of the current row."""
        index = self.currentIndex()
        return self.model().id_at(index.row()) if index.isValid() else None

    def choose(self, id: int) -> None:
        """Make the row of `id` current and bring it into view."""
        n = self.model().place(id)
        if n >= 0:
            self.setCurrentIndex(self.model().index(n, self.first_shown()))
            self.scrollTo(self.currentIndex())

    def choose_first(self) -> None:
        """Make the first row current unless one is."""
        model = self.model()
        if self.currentIndex().isValid():
            return
        for n in range(model.rowCount()):
            if not isinstance(model.kept.get(model.order[n]), Group):
                self.setCurrentIndex(model.index(n, self.first_shown()))
                return

    def chosen(self) -> list[int]:
        """Return the ids of the selected rows, in view order."""
        return [self.model().id_at(n) for n in self._chosen_rows()]

    def _chosen_rows(self) -> list[int]:
        return sorted(index.row() for index in self.selectionModel().selectedRows())

    # --- slots
    def on_reset(self) -> None:
        model = self.model()
        self.clearSpans()
        if model.table.rows is None:
            for n, key in enumerate(model.order):
                self._shape(n, model.kept[key])
        self.on_size()

    def _shape(self, n: int, row) -> None:
        """Give group rows and rows with a height of their own their height."""
        if isinstance(row, Group):
            if len(self.model().columns) > 1:
                self.setSpan(n, 0, 1, len(self.model().columns))
            self.setRowHeight(n, theme.px(GROUP))
        else:
            # A row may stand where a group row stood before.
            height = theme.px(getattr(row, "height", 0) or self._height)
            if self.rowHeight(n) != height:
                self.setRowHeight(n, height)

    def on_patched(self, n: int) -> None:
        """Paint an edited row at once: Qt gathers what is to paint for 5 ms."""
        first = self.visualRect(self.model().index(n, 0))
        self.viewport().repaint(0, first.y(), self.viewport().width(), first.height())

    def on_data(self, first, last) -> None:
        model = self.model()
        if model.table.rows is None:
            for n in range(first.row(), last.row() + 1):
                height = getattr(model.kept[model.order[n]], "height", 0)
                if height and self.rowHeight(n) != theme.px(height):
                    self.setRowHeight(n, theme.px(height))

    def on_size(self, *_ignored) -> None:
        if self.fit:
            header = 0 if self.horizontalHeader().isHidden() else theme.px(HEADER)
            self.setFixedHeight(self.verticalHeader().length() + header + 1)

    def on_moving(self, id: int) -> None:
        self._held = (self.current() == id, self.verticalScrollBar().value())
        self.selectionModel().blockSignals(self._held[0])

    def on_moved(self, id: int) -> None:
        """A row that moved stays chosen where it was; the page does not jump."""
        held, top = self._held
        self.selectionModel().blockSignals(False)
        if held:
            self.setCurrentIndex(self.model().index(self.model().place(id), 0))
        self.verticalScrollBar().setValue(top)
        self.viewport().update()

    def on_header(self, section: int) -> None:
        model = self.model()
        column = model.columns[section]
        if not column.sort:
            return
        again = model.sort_key == column.sort and not model.descending
        order = Qt.SortOrder.DescendingOrder if again else Qt.SortOrder.AscendingOrder
        model.sort(section, order)

    def on_section(self, section: int, _old: int, new: int) -> None:
        """Remember a width set by hand."""
        column = self.model().columns[section]
        named = bool(self.model().table.name)
        if column.width and named and new and self.horizontalHeader().by_hand:
            kept.keep(self._key(column), round(new / theme.scale))

    def on_current(self, current, _previous) -> None:
        if current.isValid():
            self.previewed.emit(self.model().id_at(current.row()))

    # --- events
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            self.dress()
        elif event.type() == QEvent.Type.LanguageChange:
            self.setAccessibleName(say(self._name))
            self.dress()  # titles have other widths
            last = len(self.model().columns) - 1
            self.model().headerDataChanged.emit(Qt.Orientation.Horizontal, 0, last)
            self.viewport().update()
        super().changeEvent(event)

    def resizeEvent(self, event) -> None:
        columns = self.model().columns
        needed = sum(column.width for column in columns if not column.wide)
        room = self.width() - theme.px(needed + self.stretch)
        for n, column in enumerate(columns):
            if column.wide:
                room -= theme.px(column.width)
                self.setColumnHidden(n, room < 0)
        super().resizeEvent(event)

    def mouseMoveEvent(self, event) -> None:
        self._hover(self.rowAt(event.position().toPoint().y()))
        super().mouseMoveEvent(event)

    def leaveEvent(self, event) -> None:
        self._hover(-1)
        super().leaveEvent(event)

    def _hover(self, n: int) -> None:
        if n == self.hovered:
            return
        was, self.hovered = self.hovered, n
        for row in (was, n):
            if row >= 0:
                top, height = self.rowViewportPosition(row), self.rowHeight(row)
                self.viewport().update(0, top, self.viewport().width(), height)

    def mouseReleaseEvent(self, event) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if not index.isValid() or event.button() != Qt.MouseButton.LeftButton:
            return
        cell = self.model().cell(index.row(), index.column())
        near = event.position().x() - self.columnViewportPosition(index.column())
        if cell.check is not None and near < theme.px(30) + cell.indent:
            self.ticked.emit(self.model().id_at(index.row()))

    def mouseDoubleClickEvent(self, event) -> None:
        if self.indexAt(event.position().toPoint()).isValid() and self.current() is not None:
            self.opened.emit(self.current())

    def keyPressEvent(self, event) -> None:
        key, current = event.key(), self.currentIndex()
        alt = event.modifiers() == Qt.KeyboardModifier.AltModifier
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        if event.matches(QKeySequence.StandardKey.Copy):
            words = as_tsv(self.model(), self._chosen_rows())
            QGuiApplication.clipboard().setText(words)
        elif event.matches(QKeySequence.StandardKey.Paste) and current.isValid():
            paste_tsv(self.model(), QGuiApplication.clipboard().text(), current)
        elif alt and key in (Key.Key_Up, Key.Key_Down) and current.isValid():
            self.model().move(self.current(), -1 if key == Key.Key_Up else 1)
        elif key in (Key.Key_Return, Key.Key_Enter) and current.isValid():
            # An inline editor lets its own Enter through to the view.
            if self.state() != self.State.EditingState:
                self.opened.emit(self.current())
        elif key == Key.Key_Space and current.isValid() and plain:
            self._on_space(current)
        elif key in (Key.Key_Home, Key.Key_End) and plain and self.model().rowCount():
            last = self.model().rowCount() - 1
            n = 0 if key == Key.Key_Home else last
            self.setCurrentIndex(self.model().index(n, max(current.column(), 0)))
        else:
            super().keyPressEvent(event)

    def _on_space(self, current) -> None:
        model = self.model()
        cells = [model.cell(current.row(), c) for c in range(len(model.columns))]
        if any(cell.check is not None for cell in cells):
            self.ticked.emit(self.current())
        else:
            self.peeked.emit()
