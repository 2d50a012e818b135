"""The list of the history: entries under their days, a screenful fetched at a time."""

from __future__ import annotations

from array import array
from dataclasses import dataclass

from gwangju_desktop.history import entries, images, telling
from ui import theme
from ui.models.rows import HEAD, Cell, Column, Group, RowTable, Table
from ui.text import C_, day, say
from ui.widgets.lists import GROUP, RowList

FETCHED = 32  # rows fetched at once: their sentences take half a millisecond each
HEIGHT = 50
ACTS = {images.ADDED: "ok", images.CHANGED: "acc", images.DELETED: "warn", images.ERASED: "neu"}
KINDS = {
    "undo": "neu",
    "redo": "neu",
    "erase": "bad",
    "migrate": "info",
    "salvage": "info",
}


@dataclass(frozen=True, slots=True)
class DayHead(Group):
    """A day over its entries."""

    id: int = 0


def ids(read, *, sort, descending, filters, limit) -> array:
    """Return the entries that pass, and before those of a day the day (a number below zero)."""
    del sort, descending  # the history has one order
    return array("q", entries.under_days(read, filters, limit))


def rows(read, *, ids) -> list:
    """Return entries told in lines, and days."""
    told = {line.id: line for line in entries.lines(read, [id for id in ids if id > 0])}
    heads = entries.days(read, [-id for id in ids if id < 0])
    unread = C_("history", "Day unknown")
    found: list = []
    for id in ids:
        if id > 0 and id in told:
            found.append(told[id])
        elif id < 0:
            when = heads.get(-id)
            found.append(DayHead(day(when, "words") if when else unread, "", id=id))
    return found


def chip(line) -> tuple[str, str]:
    """Return what was done in a word, and its tone."""
    if line.kind == "do" and line.act:
        return say(telling.ACTS[line.act]), ACTS[line.act]
    return say(telling.kind_said(line.kind)), KINDS.get(line.kind, "neu")


def _when(line) -> Cell:
    return Cell(f"{line.at:%H:%M}" if line.at else "–", role="cap", ink="text3")


def _what(line) -> Cell:
    return Cell(line.sentence, say(line.label), role="secb", struck=line.undone)


def _act(line) -> Cell:
    if line.undone:
        return Cell(chip=say(C_("history", "Taken back")), tone="neu")
    word, tone = chip(line)
    return Cell(chip=word, tone=tone)


TABLE = Table(
    name="history",
    ids=ids,
    rows=rows,
    columns=(
        Column("at", C_("history", "When"), 60, cell=_when),
        Column("sentence", C_("history", "What was done"), cell=_what),
        Column(
            "id",
            C_("history", "Entry"),
            64,
            "right",
            wide=True,
            cell=lambda one: Cell(f"{one.id:,}", role="cap", ink="text3"),
        ),
        Column("act", C_("history", "Act"), 108, cell=_act),
    ),
)


class HistoryRows(RowTable):
    """The entries; a screenful is fetched at a time."""

    def _fetch(self, n: int):
        start = n - n % FETCHED
        wanted = self.order[start : start + FETCHED].tolist()
        rows = self.desk.peek(self.table.rows, ids=wanted)
        if rows is None:
            return None
        self.kept.update((row.id, row) for row in rows)
        return self.kept.get(self.order[n])

    def flags(self, index):
        if index.isValid() and self.order[index.row()] < 0:
            return HEAD
        return super().flags(index)

    def forget(self) -> None:
        """Tell every entry anew when it is next painted: names and words may be others."""
        self.kept.clear()
        if self.order:
            self.dataChanged.emit(
                self.index(0, 0), self.index(len(self.order) - 1, len(self.columns) - 1)
            )


class HistoryList(RowList):
    """Days span the list's width."""

    def __init__(self, model: HistoryRows) -> None:
        super().__init__(model, C_("history", "History"), height=HEIGHT, header=False)
        model.arrived.connect(self.on_heads)

    def on_heads(self) -> None:
        """Give days the whole width, and the height of a heading."""
        model = self.model()
        wide = len(model.columns)
        self.clearSpans()
        for n, id in enumerate(model.order):
            height = theme.px(GROUP if id < 0 else HEIGHT)
            if id < 0:
                self.setSpan(n, 0, 1, wide)
            if self.rowHeight(n) != height:
                self.setRowHeight(n, height)

    def choose_first(self) -> None:
        """Make the first entry current unless one is."""
        if self.currentIndex().isValid():
            return
        first = next((id for id in self.model().order if id > 0), None)
        if first is not None:
            self.choose(first)
