"""The same data as the chart, as a table that can be copied with its headers and saved."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from gwangju_desktop.energy.queries import DatasetRow, IndicatorRow
from gwangju_desktop.energy.scales import unit_words
from ui import theme
from ui.energy.figures import STATES, SheetRow, period_name
from ui.models.clipboard import as_tsv
from ui.models.rows import Cell, Column, RowTable, Table
from ui.text import C_, N_, Msg, say
from ui.widgets.cells import PADDING
from ui.widgets.chart_scale import number, percent
from ui.widgets.lists import RowList
from ui.widgets.parts import Button, Label, advance, column, row

ORIGINS: dict[str, Msg] = {
    "published": C_("energy", "published"),
    "sum": N_("sum of the districts"),
}


class SheetTable(QWidget):
    """Periods as rows, newest first; the city, its target, what is said of it, the districts."""

    def __init__(self) -> None:
        super().__init__()
        self.list: RowList | None = None
        self.unit = Label("", "cap", elide=True)
        self.copy_button = Button(N_("Copy table"), "ghost", "copy", slot=self.on_copy)
        self.place = column(gap=0)
        column(row((self.unit, 1), self.copy_button), (self.place, 1), gap=4, into=self)

    def show_rows(
        self,
        rows: list[SheetRow],
        fact: IndicatorRow,
        districts: list[str],
        datasets: dict[int, DatasetRow],
    ) -> None:
        """Show these rows; the columns follow from the districts there are."""
        columns = table_columns(rows, districts, datasets)
        if self.list is not None:
            self.place.layout().removeWidget(self.list)
            self.list.deleteLater()
        self.list = RowList(
            RowTable(Table(columns)), C_("energy", "Figures"), height=32, multi=True
        )
        self.place.layout().addWidget(self.list)
        self.list.model().show(rows)
        unit = say(unit_words(fact.unit))
        self.unit.say(
            N_("Unit: {unit} · Ctrl+C copies the chosen rows with their titles"), unit=unit
        )

    def cells(self) -> tuple[list[str], list[list[str]]]:
        """Return titles and rows as text, oldest first, as they go into a CSV file."""
        model = self.list.model()
        head = [say(column.title) for column in model.columns]
        rows = [
            [model.cell(n, c).text.replace(",", "").replace("−", "-") for c in range(len(head))]
            for n in reversed(range(model.rowCount()))
        ]
        return head, rows

    def on_copy(self) -> None:
        """Copy every row with the titles."""
        model = self.list.model()
        QGuiApplication.clipboard().setText(as_tsv(model, list(range(model.rowCount()))))


def decimals(values: Iterable[float | None]) -> int:
    """Return how many decimals a column needs: what was published, at most three."""
    digits = 0
    for value in values:
        while value is not None and digits < 3:
            if abs(round(value, digits) - value) <= 1e-9 * max(1.0, abs(value)):
                break
            digits += 1
    return digits


def table_columns(
    rows: list[SheetRow], districts: list[str], datasets: dict[int, DatasetRow]
) -> tuple[Column, ...]:
    """Declare the table's columns, as wide as what they hold: twelve must fit a small screen."""
    digits = decimals(held.value for held in rows)
    parts = [decimals(held.parts[n] for held in rows) for n in range(len(districts))]
    aims = any(held.aim is not None for held in rows)

    def value(held: SheetRow) -> Cell:
        return Cell(_number(held.value, digits), role="secb")

    def aim(held: SheetRow) -> Cell:
        # Between two marks the path is only drawn: decimals would pretend it was set.
        whole = held.aim is not None and abs(held.aim) >= 100
        return Cell(_number(held.aim, 0 if whole else 2))

    def against(held: SheetRow) -> Cell:
        if held.value is None or not held.aim or held.status == "partial":
            return Cell()
        return Cell(percent(held.value / held.aim - 1))

    def origin(held: SheetRow) -> Cell:
        found = [datasets[id] for id in held.datasets if id in datasets]
        state = STATES.get(held.status)
        words = [say(state)] if state is not None else []
        words += [say(ORIGINS[held.origin])] if held.origin in ORIGINS else []
        words += sorted({d.publisher for d in found})
        if any(d.sample for d in found):
            words.append(say(C_("energy", "sample")))
        return Cell(" · ".join(dict.fromkeys(words)))

    def part(n: int):
        return lambda held: Cell(_number(held.parts[n], parts[n]))

    found = [
        Column("period", C_("energy", "Period"), cell=_period),
        Column("value", C_("energy", "City"), align="right", cell=value),
    ]
    if aims:
        found += [
            Column("aim", C_("energy", "Target"), align="right", cell=aim),
            Column("against", N_("Against target"), align="right", cell=against),
        ]
    found += [
        Column(f"part{n}", Msg(name), align="right", cell=part(n))
        for n, name in enumerate(districts)
    ]
    found = [replace(column, width=_wide(column, rows)) for column in found]
    found.append(Column("origin", N_("State and source"), cell=origin))
    return tuple(found)


def _wide(column: Column, rows: list[SheetRow]) -> int:
    """Return the width at 100 % text size of a column's longest cell."""
    cells = [column.cell(held) for held in rows]
    widest = max((advance(cell.role, cell.text) for cell in cells), default=0)
    return round(max(widest, advance("capb", say(column.title))) / theme.scale) + 2 * PADDING + 2


def _period(held: SheetRow) -> Cell:
    return Cell(str(period_name(held.period)), role="secb")


def _number(value: float | None, digits: int) -> str:
    return "" if value is None else number(value, digits)
