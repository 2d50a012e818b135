"""The registers of a copy and their rows, with codes resolved to what they stand for."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from gwangju_desktop.snapshots import headings
from ui import theme
from ui.models.rows import Cell, Column, RowTable, Table
from ui.snapshots.facts import NONE, as_day, in_english, named, shown, when
from ui.text import C_, N_, NN_, Msg, language, say
from ui.widgets.lists import RowList
from ui.widgets.parts import column, row

COLUMNS = 3
FIRST, OTHER = 0, 132
QUIET = ("position",)
WIDE = 220


@dataclass(frozen=True, slots=True)
class TableLine:
    """A register in the list at the left."""

    id: int
    title: str
    total: int


@dataclass(frozen=True, slots=True)
class RecordLine:
    """A row of a register, every value already written."""

    id: int
    texts: tuple[str, ...]


TABLES = Table(
    columns=(
        Column("title", C_("review copies", "Register"), cell=lambda t: Cell(t.title)),
        Column(
            "total",
            C_("review copies", "Rows"),
            66,
            "right",
            cell=lambda t: Cell(f"{t.total:,}", role="cap"),
        ),
    )
)


class Records(QWidget):
    """Registers at the left, the first rows of the one chosen at the right."""

    chosen = Signal(str, object)  # the row's title, its (field, value) pairs
    peeked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.views: tuple = ()
        self.words: dict = {}
        self.made_on: dt.date | None = None
        self.labels: dict[tuple[str, str], str] = {}
        self.meanings: dict = {}
        self.lines: list[RecordLine] = []
        self.tables = RowList(RowTable(TABLES), C_("review copies", "Registers"), height=33)
        self.tables.previewed.connect(self.on_table)
        self.list: RowList | None = None
        self.right = column()
        row(self.tables, 12, (self.right, 1), gap=0, into=self)
        self.dress()

    def dress(self) -> None:
        self.tables.setFixedWidth(theme.px(WIDE))

    def changeEvent(self, event) -> None:
        super().changeEvent(event)
        if event.type() == event.Type.StyleChange and hasattr(self, "right"):
            self.dress()

    def show_tables(self, views, meanings, made_on: dt.date | None = None) -> None:
        """Show a copy's registers; `meanings` are its closed words, `made_on` its day."""
        self.made_on = made_on
        self.views, self.meanings = views, meanings
        self.words = {(view.name, None): named(view) for view in views}
        self.words |= {(v.name, c.name): named(c) for v in views for c in v.columns}
        self.labels = _labels(views)
        current = self.tables.current()
        lines = [TableLine(n, named(view), view.total) for n, view in enumerate(views)]
        self.tables.model().show(lines)
        self.tables.choose(current if current in range(len(lines)) else 0)
        self.on_table(self.tables.current())

    def table(self):
        """Return the register in front."""
        n = self.tables.current()
        return self.views[n] if n is not None and n < len(self.views) else None

    def sentence(self) -> str:
        """Say at the foot how many rows are shown of how many."""
        view = self.table()
        if view is None:
            return ""
        if view.total > len(view.rows):
            words = N_("The first {shown} of {total} rows; any SQLite tool reads them all.")
            return say(words, shown=len(view.rows), total=f"{view.total:,}")
        return say(NN_("{n} row", "{n} rows"), n=view.total)

    def again(self) -> None:
        """Tell the row in front again."""
        self.on_row(None)

    # --- slots
    def on_table(self, _id) -> None:
        view = self.table()
        if view is None:
            return
        self.lines = [
            RecordLine(
                n, tuple(self.text(view.name, c, v) for c, v in zip(view.columns, r, strict=True))
            )
            for n, r in enumerate(view.rows)
        ]
        if self.list is not None:
            self.right.layout().removeWidget(self.list)
            self.list.hide()
            self.list.deleteLater()
        self.list = RowList(RowTable(Table(columns=_columns(view))), Msg(named(view)), height=33)
        self.list.previewed.connect(self.on_row)
        self.list.peeked.connect(self.peeked)
        self.right.layout().addWidget(self.list)
        self.list.model().show(self.lines)
        self.list.choose_first()
        self.on_row(None)

    def text(self, table: str, column_, value) -> str:
        """Write a value as people read it: codes and closed words by what they stand for."""
        if value is None or column_ is None:
            return shown(value)
        if column_.refers_to:
            return self.label(column_.refers_to, value) or shown(value)
        meaning = self.meanings.get((table, column_.name, str(value)))
        if meaning:
            return meaning[0] if language() == "ko" else meaning[1]
        if column_.form == "yes_no":
            return say(C_("review copies", "yes")) if value else say(C_("review copies", "no"))
        if column_.form in ("date", "time"):
            return when(str(value))
        return shown(value)

    def label(self, table: str, code) -> str | None:
        """Return what a code of a table stands for, None where the copy does not say."""
        return self.labels.get((table, str(code)))

    def learn(self, labels: dict[tuple[str, str], str]) -> None:
        """Take what more codes stand for, of rows that are not at hand."""
        self.labels = {**labels, **self.labels}

    def on_row(self, _id) -> None:
        view = self.table()
        index = self.list.currentIndex() if self.list is not None else None
        if view is None or index is None or not index.isValid():
            self.chosen.emit("", [])
            return
        line = self.lines[index.row()]
        fields = [named(c) for c in view.columns]
        title = _title(view, line)
        texts = list(line.texts)
        values = dict(zip((c.name for c in view.columns), view.rows[index.row()], strict=True))
        for n, column_ in enumerate(view.columns):
            left = self._left(view.name, column_.name, values)
            texts[n] += f" · {left}" if left else ""
        self.chosen.emit(title, list(zip(fields, texts, strict=True)))

    def _left(self, table: str, name: str, values) -> str:
        """Say how many days were left on the day of the copy, "" where nothing is due."""
        ended = headings.load().due.get(table, {}).get(name)
        due = as_day(values.get(name))
        if ended is None or due is None or self.made_on is None or values.get(ended):
            return ""
        days = (due - self.made_on).days
        if days < 0:
            words = NN_("{n} day overdue on the copy’s day", "{n} days overdue on the copy’s day")
            return say(words, n=-days)
        return say(N_("D-{n} on the copy’s day"), n=days or "Day")


def _labels(views) -> dict[tuple[str, str], str]:
    """Return what each code stands for, as far as the rows at hand say it."""
    found = {}
    for view in views:
        names = [c.name for c in view.columns]
        label = next((n for n, c in enumerate(view.columns) if c.is_label), None)
        if "id" in names and label is not None:
            at = names.index("id")
            for values in view.rows:
                if values[label] not in (None, ""):
                    english = in_english(names[label], dict(zip(names, values, strict=True)))
                    found[view.name, str(values[at])] = english or shown(values[label])
    return found


def _columns(view) -> tuple[Column, ...]:
    """Return the columns that fit: the label first and wide, then a few others."""
    places = list(range(len(view.columns)))
    first = _named_by(view)
    quiet = [n for n in places if view.columns[n].name in ("id", *QUIET)]
    rest = [n for n in places if n != first and n not in quiet]
    order = ([first] if first is not None else []) + rest
    made = []
    for nth, place in enumerate(order[: COLUMNS + 3]):
        width = FIRST if nth == 0 else OTHER
        cell = _cell(place, nth == 0, _label(view) if nth == 0 else None)
        title = Msg(named(view.columns[place]))
        made.append(Column(str(place), title, width, cell=cell, wide=nth >= COLUMNS))
    return tuple(made)


def _cell(place: int, strong: bool, other: int | None = None):
    def cell(line: RecordLine) -> Cell:
        text = line.texts[place]
        # Few records have a name in English.
        if text == NONE and other is not None:
            text = line.texts[other]
        return Cell(text, role="secb" if strong else "sec")

    return cell


def _title(view, line: RecordLine) -> str:
    label = _named_by(view)
    if label is None:
        return named(view)
    return line.texts[label] if line.texts[label] != NONE else line.texts[_label(view)]


def _label(view) -> int | None:
    """Return which column names the rows."""
    return next((n for n, c in enumerate(view.columns) if c.is_label), None)


def _named_by(view) -> int | None:
    """Return which column names the rows in the language of the moment: its twin in English."""
    label = _label(view)
    if label is None or language() != "en":
        return label
    twin = f"{view.columns[label].name.removesuffix('_ko')}_en"
    return next((n for n, c in enumerate(view.columns) if c.name == twin), label)
