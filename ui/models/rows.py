"""Tables declared as columns over frozen rows; only the rows on screen are ever fetched."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

from PySide6.QtCore import QAbstractTableModel, QMimeData, QModelIndex, Qt, Signal

from ui.text import Msg, say

Role = Qt.ItemDataRole
CELL = Role.UserRole + 1  # the Cell itself, for the delegate
BLOCK, KEPT = 256, 8_192  # rows fetched at once; rows remembered
ROW_DRAG = "application/x-gwangju-row"
# Qt asks three times for every cell it paints; joining flags would take a fifth of the painting.
HEAD = Qt.ItemFlag.ItemIsEnabled
PLAIN = HEAD | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
EDITED = PLAIN | Qt.ItemFlag.ItemIsEditable
NOWHERE = QModelIndex()
UNTITLED = Msg("")


@dataclass(frozen=True, slots=True)
class Cell:
    """What one cell shows; `ink` and `tone` are token names, `role` a type role.

    Drawn left to right: grip, check box, avatar, icon, bar (0 to 1), chip, text over sub.
    """

    text: str = ""
    sub: str = ""
    chip: str = ""
    tone: str = "neu"
    icon: str = ""
    ink: str = ""
    role: str = "sec"
    bar: float | None = None
    check: bool | None = None
    avatar: bool = False
    grip: bool = False
    indent: int = 0
    struck: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """A row that only heads the rows below it."""

    title: str
    n: object = ""
    ink: str = "text3"


@dataclass(frozen=True)
class Column:
    """One column: what it is called, how it draws a row, how it sorts, which use case edits it.

    `width` 0 stretches; `cell` turns a row into a Cell, by default the attribute `key` as text;
    `edit` is a use case `(tx, *, id, <key>)`; `sort` is what the ids query understands;
    `wide` columns appear only where there is room.
    """

    key: str
    title: Msg = UNTITLED
    width: int = 0
    align: str = "left"
    cell: Callable | None = None
    edit: Callable | None = None
    sort: str | None = None
    wide: bool = False


@dataclass(frozen=True)
class Table:
    """A list on screen: where its ids and rows come from, what changes concern it, its columns.

    `ids(read, *, sort, descending, **filters)` returns the ids in view order; `rows(read, *, ids)`
    returns rows with `.id`; `follows` maps a journal table to its column that holds our id;
    `move(tx, *, id, by)` shifts a row by so many places. `name` keys remembered column widths.
    """

    columns: tuple[Column, ...]
    ids: Callable | None = None
    rows: Callable | None = None
    follows: dict[str, str] = field(default_factory=dict)
    sort: str = ""
    move: Callable | None = None
    paste: Callable | None = None
    derived: frozenset[str] = frozenset()  # tables whose change may alter any row (numbers, times)
    name: str = ""


class RowTable(QAbstractTableModel):
    """The model of every list: the ids in view order and the rows near the eye."""

    arrived = Signal()  # ids or rows have come
    patched = Signal(int)  # the only row that changed
    moving, moved = Signal(object), Signal(object)  # one row changes its place: before, after

    def __init__(self, table: Table, desk=None, parent=None) -> None:
        super().__init__(parent)
        self.table, self.desk, self.columns = table, desk, table.columns
        self.order: array = array("q")
        self.kept: dict[int, object] = {}
        self.filters: dict[str, object] = {}
        self.sort_key, self.descending = table.sort, False
        self.shown = True
        self.asked = False
        self._dirty: set[int] = set()
        if desk is not None:
            desk.changed.connect(self.on_changed)

    # --- what it holds
    def show(self, rows) -> None:
        """Hold these rows (and Groups) and nothing else: for short lists that need no paging."""
        rows = list(rows)
        if len(rows) == len(self.order) and self.asked:
            self._replace(rows)
        elif not self._patch(rows):
            self.beginResetModel()
            self._hold(rows)
            self.endResetModel()
        self.asked = True
        self.arrived.emit()

    def _patch(self, rows: list) -> bool:
        """Let rows go and come where they differ, so that the current one stays; False to reset.

        Somebody else may have added one to the list that is being read here.
        """
        old, new = [*map(_name, self.kept.values())], [*map(_name, rows)]
        if not self.asked or not old or not new or None in old or None in new:
            return False
        head = _common(old, new)
        tail = _common(old[head:][::-1], new[head:][::-1])
        gone, came = len(old) - head - tail, len(new) - head - tail
        kept = [*self.kept.values()]
        if gone:
            self.beginRemoveRows(NOWHERE, head, head + gone - 1)
            self._hold(kept[:head] + kept[head + gone :])
            self.endRemoveRows()
        if came:
            self.beginInsertRows(NOWHERE, head, head + came - 1)
            self._hold(rows)
            self.endInsertRows()
        self._replace(rows)
        return True

    def _hold(self, rows: list) -> None:
        self.kept = dict(enumerate(rows))
        self.order = array("q", self.kept)

    def _replace(self, rows) -> None:
        """Put rows in the place of as many: selection and scroll stay."""
        heads = [n for n, row in enumerate(rows) if isinstance(row, Group)]
        if heads != [n for n, row in self.kept.items() if isinstance(row, Group)]:
            self.beginResetModel()
            self.kept = dict(enumerate(rows))
            self.endResetModel()
            return
        self.kept = dict(enumerate(rows))
        if rows:
            last = self.index(len(rows) - 1, len(self.columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def ask(self, **filters) -> None:
        """Ask for the ids anew with these filters."""
        self.filters = filters
        self.desk.read(
            self.table.ids,
            then=self.on_ids,
            sort=self.sort_key,
            descending=self.descending,
            **filters,
        )

    def row(self, n: int):
        """Return the row at `n`, fetching its block if need be; None while the office is busy."""
        row = self.kept.get(self.order[n])
        if row is None and self.table.rows is not None:
            row = self._fetch(n)
        return row

    def id_at(self, n: int) -> int:
        """Return the record's id of the row at `n` (for `show`n rows their own `.id`)."""
        if self.table.rows is not None:
            return self.order[n]
        return getattr(self.kept[self.order[n]], "id", self.order[n])

    def place(self, id: int) -> int:
        """Return where the record `id` stands, -1 if it is not in view."""
        if self.table.rows is None:
            found = (n for n, row in self.kept.items() if getattr(row, "id", None) == id)
            return next(found, -1)
        try:
            return self.order.index(id)
        except ValueError:
            return -1

    def _fetch(self, n: int):
        start = n - n % BLOCK
        wanted = self.order[start : start + BLOCK].tolist()
        rows = self.desk.peek(self.table.rows, ids=wanted)
        if rows is None:
            return None
        if len(self.kept) > KEPT:
            self.kept.clear()
        self.kept.update((row.id, row) for row in rows)
        return self.kept.get(self.order[n])

    # --- what changes
    def on_ids(self, ids) -> None:
        """Take a new order without losing selection, current row or scroll."""
        ids = ids if isinstance(ids, array) else array("q", ids)
        old, self.asked = self.order, True
        if ids == old:
            self.arrived.emit()
            return
        head = _common(old, ids)
        tail = _common(old[head:][::-1], ids[head:][::-1])
        gone, came = old[head : len(old) - tail], ids[head : len(ids) - tail]
        if _one_moved(gone, came):
            self._move_one(ids, head, gone, came)
        elif not old or len(gone) + len(came) > 2_000 or set(gone) & set(came):
            self._reorder(ids)
        else:
            self._swap(ids, head, len(gone), len(came))
        self.arrived.emit()

    def _move_one(self, ids: array, head: int, gone: array, came: array) -> None:
        """Move one row; layoutChanged would cost a persistent index for every row."""
        down = gone[0] == came[-1]
        id, last = (gone[0] if down else gone[-1]), head + len(gone) - 1
        start, end = (head, last) if down else (last, head)
        self.moving.emit(id)
        self.beginRemoveRows(NOWHERE, start, start)
        self.order = self.order[:start] + self.order[start + 1 :]
        self.endRemoveRows()
        self.beginInsertRows(NOWHERE, end, end)
        self.order = ids
        self.endInsertRows()
        self.moved.emit(id)

    def _swap(self, ids: array, head: int, gone: int, came: int) -> None:
        if gone:
            self.beginRemoveRows(NOWHERE, head, head + gone - 1)
            self.order = self.order[:head] + self.order[head + gone :]
            self.endRemoveRows()
        if came:
            self.beginInsertRows(NOWHERE, head, head + came - 1)
            self.order = ids
            self.endInsertRows()

    def _reorder(self, ids: array) -> None:
        if not self.order or not ids:
            self.beginResetModel()
            self.order = ids
            self.endResetModel()
            return
        self.layoutAboutToBeChanged.emit()
        held = self.persistentIndexList()
        names = [self.order[index.row()] for index in held]
        self.order = ids
        places = _places(ids, set(names))
        now = [
            self.index(places[name], index.column()) if name in places else QModelIndex()
            for name, index in zip(names, held, strict=True)
        ]
        self.changePersistentIndexList(held, now)
        self.layoutChanged.emit()

    def on_changed(self, changes) -> None:
        """Patch the rows a ChangeSet touched; while off screen only remember them."""
        touched: set[int] = set()
        for change in changes.rows:
            if change.table in self.table.derived:
                touched.update(self.kept)
            key = self.table.follows.get(change.table)
            if key:
                for image in (change.before, change.after):
                    if image and image.get(key) is not None:
                        touched.add(image[key])
        if not touched:
            return
        self._dirty |= touched
        if self.shown:
            self.refresh()

    def refresh(self) -> None:
        """Fetch the touched rows again and ask for the order again."""
        if not self._dirty or not self.asked:
            return
        held = [id for id in self._dirty if id in self.kept]
        self._dirty = set()
        if held:
            # Here and not on the reader: two changes of thread cost more than the rows.
            rows = self.desk.peek(self.table.rows, ids=held[:BLOCK])
            if rows is not None:
                self.on_rows(rows)
            else:
                self.desk.read(self.table.rows, then=self.on_rows, ids=held[:BLOCK])
        for id in held[BLOCK:]:
            del self.kept[id]
        self.ask(**self.filters)

    def on_rows(self, rows) -> None:
        """Take rows fetched again."""
        last = len(self.columns) - 1
        for row in rows:
            self.kept[row.id] = row
            n = self.place(row.id)
            if n >= 0:
                self.dataChanged.emit(self.index(n, 0), self.index(n, last))
                if len(rows) == 1:
                    self.patched.emit(n)
        self.arrived.emit()

    # --- Qt's questions
    def rowCount(self, parent: QModelIndex = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.order)

    def columnCount(self, parent: QModelIndex = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def cell(self, n: int, column: int) -> Cell:
        """Return what the cell shows."""
        row = self.row(n)
        if row is None:
            return Cell()
        if isinstance(row, Group):
            return Cell(say(row.title)) if column == 0 else Cell()
        declared = self.columns[column]
        if declared.cell:
            return declared.cell(row)
        return Cell(str(getattr(row, declared.key)))

    def data(self, index: QModelIndex, role: int = Role.DisplayRole):
        if role == CELL:
            return self.cell(index.row(), index.column())
        if role == Role.DisplayRole:
            cell = self.cell(index.row(), index.column())
            return cell.text or cell.chip
        if role == Role.AccessibleTextRole:
            cell = self.cell(index.row(), index.column())
            return ", ".join(part for part in (cell.text, cell.sub, cell.chip) if part)
        if role == Role.EditRole:
            row = self.row(index.row())
            return str(getattr(row, self.columns[index.column()].key, ""))
        return None

    def setData(self, index: QModelIndex, value, role: int = Role.EditRole) -> bool:
        column, row = self.columns[index.column()], self.row(index.row())
        if role != Role.EditRole or column.edit is None or row is None:
            return False
        if value == str(getattr(row, column.key)):
            return False
        self.desk.do(column.edit, id=row.id, **{column.key: value})
        return True

    def headerData(self, section: int, orientation, role: int = Role.DisplayRole):
        if orientation == Qt.Orientation.Horizontal and role == Role.DisplayRole:
            return say(self.columns[section].title)
        return None

    def flags(self, index: QModelIndex) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled if self.movable() else Qt.ItemFlag.NoItemFlags
        if isinstance(self.kept.get(self.order[index.row()]), Group):
            return HEAD
        edited = self.columns[index.column()].edit and not self.desk.read_only
        flags = EDITED if edited else PLAIN
        return flags | Qt.ItemFlag.ItemIsDragEnabled if self.movable() else flags

    def sort(self, column: int, order=Qt.SortOrder.AscendingOrder) -> None:
        """Sort in SQL: the ids come back in their new order."""
        if column < 0 or not self.columns[column].sort:
            return
        self.sort_key = self.columns[column].sort
        self.descending = order == Qt.SortOrder.DescendingOrder
        self.ask(**self.filters)

    # --- reordering by hand
    def movable(self) -> bool:
        """Say whether rows may be moved: the table knows how and shows its own order."""
        if self.table.move is None or self.desk is None or self.desk.read_only:
            return False
        return self.sort_key == self.table.sort and not self.descending

    def move(self, id: int, by: int) -> None:
        """Move a record by so many places down (negative: up)."""
        if by and self.movable():
            self.desk.do(self.table.move, id=id, by=by)

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        return [ROW_DRAG]

    def mimeData(self, indexes) -> QMimeData:
        data = QMimeData()
        data.setData(ROW_DRAG, str(self.id_at(indexes[0].row())).encode())
        return data

    def dropMimeData(self, data, _action, row, _column, parent) -> bool:
        if not data.hasFormat(ROW_DRAG) or not self.movable():
            return False
        id = int(bytes(data.data(ROW_DRAG).data()))
        target = row if row >= 0 else parent.row() if parent.isValid() else len(self.order)
        start = self.place(id)
        if start < 0:
            return False
        self.move(id, (target - 1 if target > start else target) - start)
        return False  # the use case moves the row; Qt must not remove it


def _name(row) -> object:
    """Return what a row is known by from one reading to the next, None for one that has no name."""
    return getattr(row, "id", None)


def _common(a: array | list, b: array | list) -> int:
    """Return how many leading ids two orders share, comparing slices at C speed."""
    n = min(len(a), len(b))
    return bisect_left(range(1, n + 1), True, key=lambda k: a[:k] != b[:k])


def _places(ids: array, wanted: set) -> dict[int, int]:
    """Return where ids stand; a few are looked up at C speed, one after the other."""
    if len(wanted) > 20:
        return {id: n for n, id in enumerate(ids)}
    places = {}
    for id in wanted:
        with suppress(ValueError):
            places[id] = ids.index(id)
    return places


def _one_moved(gone: array, came: array) -> bool:
    if len(gone) < 2 or len(gone) != len(came):
        return False
    down = gone[1:] == came[:-1] and gone[0] == came[-1]
    up = gone[:-1] == came[1:] and gone[-1] == came[0]
    return down or up
