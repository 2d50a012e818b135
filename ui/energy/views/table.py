"""The same figures as rows: copied with their titles, saved with their states and sources."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QPainter, QPen
from PySide6.QtWidgets import QWidget

from gwangju_desktop.energy.publishers import publisher_name
from gwangju_desktop.energy.queries import DatasetRow, IndicatorRow
from gwangju_desktop.energy.scales import unit_words
from gwangju_desktop.energy.words import ORIGINS
from gwangju_desktop.members.rules import named
from ui import theme
from ui.energy.figures import STATES, SheetRow, period_name, sheet
from ui.energy.headlines import points_of
from ui.energy.views import paint
from ui.energy.views.base import MONTHS, YEARS, Cells, View
from ui.energy.views.words import in_unit, name_of
from ui.models.rows import Cell, Column, RowTable, Table
from ui.text import C_, N_, NN_, Msg, say
from ui.widgets.cells import PADDING
from ui.widgets.chart_scale import YEAR, moment, number, percent
from ui.widgets.lists import RowList
from ui.widgets.parts import Button, advance, column

LAST = 136  # px the last column keeps: all five districts say more than its tail
ROW = 26  # px of a row of the picture at 100 %
LARGE = 1_000.0
MOST = 48  # rows of a picture; the files hold them all


class TableView(View):
    """Periods as rows, newest first; the value, targets and guide, the districts, the sources."""

    NAME = C_("energy view", "Table")
    MODES = (YEARS, MONTHS)

    def __init__(self, desk) -> None:
        super().__init__(desk)
        self.rows: list[SheetRow] = []
        self.columns: tuple[Column, ...] = ()
        self.list: RowList | None = None
        self.copy_button = Button(N_("Copy table"), "ghost", "copy", slot=self.on_copy)
        self.copy_button.named(N_("Copy table (Ctrl+C copies the chosen rows with their titles)"))
        self.box = column(gap=0, into=self)

    def renew(self) -> None:
        """Lay every period there is out: a table is not cut by the brush."""
        loaded, monthly = self.loaded, self.mode == MONTHS
        points = loaded.months if monthly else loaded.years
        held = loaded.district_months if monthly else loaded.district_years
        parts = [district for district in held if district.points]
        aims = () if monthly else loaded.aims
        self.rows = sheet(points, aims, [district.points for district in parts])
        self.columns = table_columns(
            self.rows,
            [named(district.name_ko, district.name_en) for district in parts],
            {dataset.id: dataset for dataset in loaded.datasets},
            loaded.fact,
        )
        if self.list is not None:
            self.layout().removeWidget(self.list)
            self.list.deleteLater()
        table = RowTable(Table(self.columns))
        self.list = RowList(table, C_("energy", "Figures"), height=32, multi=True)
        self.list.stretch = LAST
        self.layout().addWidget(self.list)
        self.setFocusProxy(self.list)
        self.list.model().show(self.rows)
        super().renew()

    def controls(self) -> Sequence[QWidget]:
        return (self.copy_button,)

    def on_copy(self) -> None:
        """Copy every row with the titles, each figure whole."""
        head, rows = self.cells()
        told = [["" if cell is None else str(cell) for cell in row] for row in reversed(rows)]
        QGuiApplication.clipboard().setText("\n".join("\t".join(row) for row in [head, *told]))

    # --- words

    def head(self) -> str:
        if self.loaded is None:
            return ""
        unit = say(unit_words(self.loaded.fact.unit))
        return say(N_("Unit: {unit}"), unit=unit)

    def sentence(self) -> str:
        if not self.rows:
            return ""
        return say(
            N_("{name} as a table, {n} rows from {first} to {last}."),
            name=name_of(self.loaded.fact),
            n=len(self.rows),
            first=str(period_name(self.rows[-1].period)),
            last=str(period_name(self.rows[0].period)),
        )

    def cells(self) -> Cells:
        head = [
            in_unit(say(column.title), self.loaded.fact)
            if column.key.startswith(("value", "aim", "guide", "part"))
            else say(column.title)
            for column in self.columns
        ]
        rows = [[_plain(c, held) for c in self.columns] for held in reversed(self.rows)]
        return head, rows

    # --- the picture

    def drawn_size(self) -> QSize:
        """Return the size of all rows, at most MOST."""
        rows = min(len(self.rows), MOST) + 1 + (len(self.rows) > MOST)
        wide = sum(theme.px(column.width) for column in self.columns[:-1]) + theme.px(240)
        return QSize(max(theme.px(640), wide), theme.px(ROW) * rows + 4)

    def draw(self, painter: QPainter, area: QRectF) -> None:
        """Paint titles and rows; on screen the list shows itself."""
        if painter.device() is self or not self.columns:
            return
        high = theme.px(ROW)
        room = min(MOST, max(1, int(area.height() / high) - 1))
        if len(self.rows) > room:
            room -= 1
        top = area.top()
        for n, held in enumerate([None, *self.rows[:room]]):
            self._draw_row(painter, QRectF(area.left(), top, area.width(), high), held)
            if n < 1:
                painter.setPen(QPen(theme.color("line2"), 1))
            else:
                painter.setPen(QPen(theme.color("line"), 1))
            painter.drawLine(
                QRectF(area.left(), top + high, area.width(), 0).topLeft(),
                QRectF(area.left(), top + high, area.width(), 0).topRight(),
            )
            top += high
        left = len(self.rows) - room
        if left > 0:
            words = say(NN_("and {n} earlier row", "and {n} earlier rows"), n=left)
            paint.write(painter, QRectF(area.left(), top, area.width(), high), words)

    def _draw_row(self, painter: QPainter, box: QRectF, held: SheetRow | None) -> None:
        x = box.left()
        for n, one in enumerate(self.columns):
            last = n == len(self.columns) - 1
            x += PADDING if last else 0
            wide = box.right() - x if last else theme.px(one.width)
            cell = one.cell(held) if held is not None else Cell(say(one.title), role="capb")
            align = (
                Qt.AlignmentFlag.AlignRight if one.align == "right" else Qt.AlignmentFlag.AlignLeft
            )
            place = QRectF(x + PADDING / 2, box.top(), wide - PADDING, box.height())
            ink = "text3" if held is None else (cell.ink or "text")
            paint.write(painter, place, cell.text, cell.role, ink, align)
            x += wide


def decimals(values: Iterable[float | None]) -> int:
    """Return how many decimals a column needs: what was published, at most three."""
    digits = 0
    for value in values:
        while value is not None and digits < 3:
            if abs(round(value, digits) - value) <= 1e-9 * max(1.0, abs(value)):
                break
            digits += 1
    return digits


def _digits(values: Sequence[float | None], fact: IndicatorRow) -> int:
    """Return the decimals a column shows; of large values those of the indicator do.

    The files and the copied table have every figure whole.
    """
    large = max((abs(value) for value in values if value is not None), default=0.0) >= LARGE
    return min(decimals(values), fact.decimals) if large else decimals(values)


def table_columns(
    rows: Sequence[SheetRow],
    districts: Sequence[str],
    datasets: dict[int, DatasetRow],
    fact: IndicatorRow,
) -> tuple[Column, ...]:
    """Declare the table's columns, as wide as what they hold: twelve must fit a small screen."""
    digits = _digits([held.value for held in rows], fact)
    parts = [_digits([held.parts[n] for held in rows], fact) for n in range(len(districts))]
    by_moment = {moment(held.period): held for held in rows}

    def value(held: SheetRow) -> Cell:
        return Cell(_number(held.value, digits), role="secb")

    def change(held: SheetRow) -> Cell:
        return Cell(_change(held, by_moment.get(moment(held.period) - YEAR), fact.kind))

    def aim(held: SheetRow) -> Cell:
        return Cell(_number(held.aim, decimals([held.aim])))

    def guide(held: SheetRow) -> Cell:
        # Read off a line between two targets: decimals would pretend that somebody set it.
        whole = held.guide is not None and abs(held.guide) >= 100
        return Cell(_number(held.guide, 0 if whole else 2), ink="text3")

    def origin(held: SheetRow) -> Cell:
        found = [datasets[id] for id in held.datasets if id in datasets]
        state = STATES.get(held.status)
        words = [say(state)] if state is not None else []
        words += [say(ORIGINS[held.origin])] if held.origin in ORIGINS else []
        words += sorted({publisher_name(d.publisher) for d in found})
        mark = say(C_("energy", "sample"))
        if any(d.sample for d in found) and mark.casefold() not in " ".join(words).casefold():
            words.append(mark)
        return Cell(" · ".join(dict.fromkeys(words)))

    def part(n: int):
        return lambda held: Cell(_number(held.parts[n], parts[n]))

    found = [
        Column("period", C_("energy", "Period"), cell=_period),
        Column("value", C_("energy", "Value"), align="right", cell=value),
        Column("change", C_("energy table", "Change"), align="right", cell=change),
    ]
    if any(held.aim is not None for held in rows):
        found.append(Column("aim", C_("energy", "Target"), align="right", cell=aim))
    found += [
        Column(f"part{n}", Msg(name), align="right", cell=part(n), wide=True)
        for n, name in enumerate(districts)
    ]
    if any(held.guide is not None for held in rows):
        # After the districts: where room lacks, it goes before any of them does.
        found.append(Column("guide", C_("energy", "Guide"), align="right", cell=guide, wide=True))
    found = [replace(column, width=_wide(column, rows)) for column in found]
    found.append(Column("origin", N_("State and source"), cell=origin))
    return tuple(found)


def _change(held: SheetRow, before: SheetRow | None, kind: str) -> str:
    """Write the change on the same period a year before; a year that is not whole has none."""
    if before is None or held.value is None or before.value is None:
        return ""
    if "partial" in (held.status, before.status):
        return ""
    if kind == "rate":
        return points_of(held.value - before.value)
    return percent(held.value / before.value - 1) if before.value > 0 else ""


def _plain(column: Column, held: SheetRow) -> object:
    """Return a cell as a number where it is one, None where it is missing."""
    if column.key == "period":
        return held.period
    if column.key in ("value", "aim", "guide"):
        return getattr(held, column.key)
    if column.key.startswith("part"):
        return held.parts[int(column.key.removeprefix("part"))]
    return column.cell(held).text.replace("−", "-") or None


def _wide(column: Column, rows: Sequence[SheetRow]) -> int:
    """Return the width at 100 % text size of a column's longest cell."""
    cells = [column.cell(held) for held in rows]
    widest = max((advance(cell.role, cell.text) for cell in cells), default=0)
    return round(max(widest, advance("capb", say(column.title))) / theme.scale) + 2 * PADDING + 2


def _period(held: SheetRow) -> Cell:
    return Cell(str(period_name(held.period)), role="secb")


def _number(value: float | None, digits: int) -> str:
    return "" if value is None else number(value, digits)


VIEW = TableView
