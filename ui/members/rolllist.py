"""The list of the roll: a search answers twice, copies what is shown, edits in place."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence

from gwangju_desktop.members import listing, ordering, people
from ui import theme
from ui.members.columns import MEMBERS, NAME, chosen, organisation
from ui.models.rows import NOWHERE, RowTable
from ui.text import N_, say
from ui.widgets.lists import RowList

NEAR = 40  # rows that come along with the ids: those on screen
BLOCK = 64  # rows fetched while scrolling
PAUSE = 90  # ms without a key after which the rest of a search with many hits is asked for
QUIET = 400  # ms after an answer until sorts of everybody are prepared, one by one
NAME_ROOM = 190  # px the name keeps
FIRST = "ends_on"
_FLAT = str.maketrans("\t\n\r", "   ")


@dataclass(frozen=True, slots=True)
class Answer:
    """Ids in view order, the rows near the eye, and whether these are all ids."""

    serial: int
    ids: array
    rows: list = field(default_factory=list)
    whole: bool = True


def answer(read, *, serial: int, rest: bool, seat: dict, near: int = 0, **asked) -> Answer:
    """Return the ids of a list and its rows from `near` on; `rest` wants all ids at once."""
    if rest:
        ids, whole = listing.member_ids(read, **asked, **seat), True
    else:
        ids, whole = listing.first_member_ids(read, **asked, **seat)
    start = near if near < len(ids) else 0
    rows = listing.member_rows(read, ids=ids[start : start + NEAR].tolist(), **seat)
    return Answer(serial, ids, rows, whole)


class RollModel(RowTable):
    """Asks for ids with the rows on screen; a newer question makes older answers void."""

    def __init__(self, desk) -> None:
        super().__init__(MEMBERS, desk)
        self.serial = 0
        self.seat: dict = {}
        self.words = ""
        self.top = None  # returns the first row on screen
        self.waiting = QTimer(self)
        self.waiting.setSingleShot(True)
        self.waiting.setInterval(PAUSE)
        self.waiting.timeout.connect(self.on_pause)
        self.quiet = QTimer(self)
        self.quiet.setSingleShot(True)
        self.quiet.setInterval(QUIET)
        self.quiet.timeout.connect(self.on_quiet)

    def ask(self, **filters) -> None:
        """Ask for the ids anew: `words`, and conditions on a seat as `listing.member_ids` has."""
        self.filters = filters
        self.waiting.stop()
        seat = {key: value for key, value in filters.items() if key != "words"}
        if seat != self.seat:
            self.seat = seat
            self.kept.clear()
        self._ask(rest=False)

    def _ask(self, *, rest: bool) -> None:
        self.serial += 1
        self.quiet.stop()
        self.desk.read(
            answer,
            then=self.on_answer,
            serial=self.serial,
            rest=rest,
            seat=self.seat,
            near=0 if self.top is None else max(0, self.top() - 4),
            words=self.filters.get("words", ""),
            sort=self.sort_key,
            descending=self.descending,
        )

    def on_answer(self, found: Answer) -> None:
        """Take ids and rows; ask for the rest of them when nobody types for a moment."""
        if found.serial != self.serial:
            return
        if len(self.kept) > 8_192:
            self.kept.clear()
        self.kept.update((row.id, row) for row in found.rows)
        self.on_ids(found.ids)
        if not found.whole:
            self.waiting.start()
        elif not self.seat:
            self.quiet.start()

    def on_pause(self) -> None:
        self._ask(rest=True)

    def on_quiet(self) -> None:
        self.desk.read(ordering.prepare, then=self.on_prepared)

    def on_prepared(self, more: bool) -> None:
        """Prepare the next column if it stays quiet."""
        if more and not self.waiting.isActive() and not self.seat:
            self.quiet.start()

    def on_ids(self, ids) -> None:
        """Put the rest of a search below its first page without moving that."""
        old = self.order
        if old and len(ids) > len(old) and ids[: len(old)] == old:
            self.asked = True
            self.beginInsertRows(NOWHERE, len(old), len(ids) - 1)
            self.order = ids
            self.endInsertRows()
            self.arrived.emit()
            return
        super().on_ids(ids)

    def _fetch(self, n: int):
        start = n - n % BLOCK
        ids = [id for id in self.order[start : start + BLOCK] if id not in self.kept]
        rows = self.desk.peek(listing.member_rows, ids=ids, **self.seat)
        if rows is None:
            return None
        self.kept.update((row.id, row) for row in rows)
        return self.kept.get(self.order[n])

    def refresh(self) -> None:
        """Fetch the touched rows as this list shows them."""
        if self._dirty and self.asked:
            held = [id for id in self._dirty if id in self.kept]
            for id in held[BLOCK:]:
                del self.kept[id]
            self._dirty = set()
            rows = self.desk.peek(listing.member_rows, ids=held[:BLOCK], **self.seat)
            if rows is None:
                self.desk.read(
                    listing.member_rows, then=self.on_rows, ids=held[:BLOCK], **self.seat
                )
            else:
                self.on_rows(rows)
            self.ask(**self.filters)

    def setData(self, index: QModelIndex, value, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Write a name to the person, a post or field to the seat the row shows."""
        declared, row = self.columns[index.column()], self.row(index.row())
        if role != Qt.ItemDataRole.EditRole or declared.edit is None or row is None:
            return False
        if value.strip() == getattr(row, declared.key):
            return False
        id = row.id if declared.edit is people.edit_person else row.membership_id
        if not id:
            return False
        self.desk.do(declared.edit, id=id, **{declared.key: value})
        return True


def as_rows(members: Sequence, keys: Sequence[str], cells) -> str:
    """Return members as tab separated lines under titles; the name brings its affiliation."""
    titles, lines = [], []
    for declared in MEMBERS.columns:
        if declared.key == NAME:
            titles += [say(N_("Name")), say(N_("Organisation")), say(N_("Post"))]
        elif declared.key in keys and declared.key != "post":
            titles.append(say(declared.title))
    lines.append(titles)
    for n, member in members:
        words = [member.name, organisation(member), member.post]
        for c, declared in enumerate(MEMBERS.columns):
            if declared.key in keys and declared.key not in (NAME, "post"):
                cell = cells(n, c)
                words.append(cell.text or cell.chip)
        lines.append(words)
    return "\n".join("\t".join(word.translate(_FLAT) for word in line) for line in lines)


class RollList(RowList):
    """The list of the roll; the columns are those chosen, as far as there is room."""

    pasted = Signal(str)  # rows of a spreadsheet came by Ctrl+V
    picked = Signal()  # the selection changed

    def __init__(self, model: RollModel) -> None:
        super().__init__(model, N_("Members"), height=48, multi=True)
        model.top = self.first_row
        self.selectionModel().selectionChanged.connect(self.on_selected)

    def first_row(self) -> int:
        """Return the first row on screen."""
        return max(0, self.rowAt(1))

    def on_selected(self, *_ignored) -> None:
        self.picked.emit()

    def shown_keys(self) -> list[str]:
        """Return the keys of the columns on screen."""
        columns = self.model().columns
        return [c.key for n, c in enumerate(columns) if not self.isColumnHidden(n)]

    def fit_columns(self) -> None:
        """Show the chosen columns as far as there is room; the last day of a term comes first."""
        columns, wanted = self.model().columns, chosen()
        room = self.width() - theme.px(NAME_ROOM)
        order = sorted(
            (n for n, c in enumerate(columns) if c.key in wanted and c.width),
            key=lambda n: (columns[n].wide, columns[n].key != FIRST, n),
        )
        shown = {n for n, c in enumerate(columns) if c.key == NAME}
        for n in order:
            width = max(theme.px(columns[n].width), self.columnWidth(n))
            if width <= room:
                room -= width
                shown.add(n)
        for n in range(len(columns)):
            if self.isColumnHidden(n) == (n in shown):
                self.setColumnHidden(n, n not in shown)

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        self.fit_columns()

    def edit_current(self) -> None:
        """Edit the current cell; a cell that cannot be edited hands over to the name."""
        index = self.currentIndex()
        if not index.isValid():
            return
        if self.model().columns[index.column()].edit is None or self.isColumnHidden(index.column()):
            index = index.siblingAtColumn(self.first_shown())
            self.setCurrentIndex(index)
        self.edit(index)

    def members(self) -> list:
        """Return (place, row) of the selected rows, in view order."""
        model = self.model()
        found = [(n, model.row(n)) for n in self._chosen_rows()]
        return [(n, row) for n, row in found if row is not None]

    def copied(self) -> str:
        """Return the selected rows as a spreadsheet takes them: what is on screen, no more."""
        return as_rows(self.members(), self.shown_keys(), self.model().cell)

    def keyPressEvent(self, event) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.copied())
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.pasted.emit(QGuiApplication.clipboard().text())
        else:
            super().keyPressEvent(event)
