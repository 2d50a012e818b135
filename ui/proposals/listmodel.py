"""The model of the list of proposals: its first rows come at once, however many match."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field

from PySide6.QtCore import QTimer

from gwangju_desktop.proposals import listing, ordering
from ui.models.rows import NOWHERE, RowTable, Table

NEAR = 40  # rows that come with the ids
BLOCK = 64  # rows fetched while scrolling
PAUSE = 90  # ms without a key after which the rest of a search with many hits is asked for
QUIET = 400  # ms after an answer until sorts of everything are prepared, one by one


@dataclass(frozen=True, slots=True)
class Answer:
    """Ids in view order, the rows near the eye, and whether these are all ids."""

    serial: int
    ids: array
    rows: list = field(default_factory=list)
    whole: bool = True


def answer(read, *, serial: int, rest: bool, near: int = 0, **asked) -> Answer:
    """Return the ids of a list and its rows from `near` on; `rest` wants all ids at once."""
    if rest:
        ids, whole = listing.proposal_ids(read, **asked), True
    else:
        ids, whole = listing.first_proposal_ids(read, **asked)
    start = near if near < len(ids) else 0
    rows = listing.proposal_rows(read, ids=ids[start : start + NEAR].tolist())
    return Answer(serial, ids, rows, whole)


class ProposalModel(RowTable):
    """Asks for ids with the rows on screen; a newer question makes older answers void."""

    def __init__(self, table: Table, desk) -> None:
        super().__init__(table, desk)
        self.serial = 0
        self.top = None  # returns the first row on screen
        self.sorts = tuple(column.sort for column in table.columns if column.sort)
        self.waiting = self._timer(PAUSE, self.on_pause)
        self.quiet = self._timer(QUIET, self.on_quiet)

    def _timer(self, after: int, slot) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(after)
        timer.timeout.connect(slot)
        return timer

    @property
    def settled(self) -> bool:
        """Say whether no part of an answer is still to be asked for."""
        return not self.waiting.isActive()

    def ask(self, **filters) -> None:
        """Ask for the ids anew: `words`, and conditions as `listing.proposal_ids` has."""
        self.filters = filters
        self.waiting.stop()
        self._ask(rest=False)

    def _ask(self, *, rest: bool) -> None:
        self.serial += 1
        self.quiet.stop()
        self.desk.read(
            answer,
            then=self.on_answer,
            serial=self.serial,
            rest=rest,
            near=0 if self.top is None else max(0, self.top() - 4),
            sort=self.sort_key,
            descending=self.descending,
            **self.filters,
        )

    def on_answer(self, found: Answer) -> None:
        """Take ids and rows; ask for the rest of them when nobody types for a moment."""
        if found.serial != self.serial:
            return
        self.kept.update((row.id, row) for row in found.rows)
        self.on_ids(found.ids)
        if not found.whole:
            self.waiting.start()
        elif not self.filters.get("words"):
            self.quiet.start()

    def on_pause(self) -> None:
        self._ask(rest=True)

    def on_quiet(self) -> None:
        self.desk.read(ordering.prepare, then=self.on_prepared, sorts=self.sorts)

    def on_prepared(self, more: bool) -> None:
        """Prepare the next column if it stays quiet."""
        if more and not self.waiting.isActive():
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
        rows = self.desk.peek(self.table.rows, ids=ids)
        if rows is None:
            return None
        if len(self.kept) > 8_192:
            self.kept.clear()
        self.kept.update((row.id, row) for row in rows)
        return self.kept.get(self.order[n])
