"""One table's numbers to readings: totals compared, each cell given its place, period and item."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np

from gwangju_desktop.errors import UserError
from gwangju_desktop.sheets import areas, layouts, percent, resolve, totals, units
from gwangju_desktop.sheets.cells import Number, number
from gwangju_desktop.sheets.facts import Reading, TableFacts, Understanding, Wrong
from gwangju_desktop.sheets.layouts import Layout
from gwangju_desktop.sheets.lines import no_number
from gwangju_desktop.sheets.model import Line, remark
from gwangju_desktop.sheets.periods import NOTHING, proposals
from gwangju_desktop.sheets.resolve import Scope
from gwangju_desktop.text import N_

_MOST_COLUMNS_SHOWN = 40
_LONGEST_LABEL = 40


class Pass:
    """One table's numbers to readings."""

    def __init__(
        self,
        result: Understanding,
        scope: Scope,
        values: list[float],
        *,
        accept: bool = False,
        certain: bool = False,
    ) -> None:
        self.result = result
        # Totals that do not add up are taken as published; the layout was named by a person.
        self.accept = accept
        self.certain = certain
        self.scope = scope
        self.table = scope.table
        self.columns = self._counted([line for line in scope.table.columns if not line.derived])
        self.values = values
        self._areas: dict[tuple[object, ...], str] = {}
        self._periods: dict[tuple[object, ...], tuple[str, str | None]] = {}
        self._items: dict[tuple[object, ...], resolve.Item] = {}
        self._units: dict[tuple[object, ...], str] = {}

    def run(self) -> None:
        """Add the table's readings, questions and remarks to the result.

        Raises UserError naming the cell where a text stands among the numbers.
        """
        self._remark_derived()
        numbers = [self._numbers(row) for row in self.table.rows]
        matrix = np.array(
            [[np.nan if one.value is None else one.value for one in row] for row in numbers]
        ).reshape(len(numbers), len(self.columns))
        self.values += matrix[np.isfinite(matrix)].tolist()
        known = self.scope.layout is not None
        checked = totals.check(self.table, self.columns, matrix, known=known)
        if checked.wrong and self.accept:
            self.result.accepted += tuple(checked.wrong)
        elif checked.wrong:
            self._ask_totals(checked.wrong)
        self._remark_totals(checked)
        usual = self._usual_labels(numbers)
        for place, row in enumerate(self.table.rows):
            said = _says_something(row, numbers[place]) or len(row.path) >= usual
            if "other" not in row.total and said:
                self._read_row(row, numbers[place], checked, checked.rows[place])
        self._remark_others()
        percent.settle(self.result, self.scope.given.share)
        self._check_plausible()
        self._add_facts(checked)

    def _counted(self, columns: list[Line]) -> list[Line]:
        """Return the columns that count what the layout counts; others are told and left out."""
        layout = self.scope.layout
        if layout is None:
            return columns
        named = [line for line in columns if resolve.measure_of(layout, line.path)]
        if named:
            fitting = named
        else:
            fitting = [line for line in columns if not line.unit or _measures(line.unit, layout)]
        if not fitting or len(fitting) == len(columns):
            return columns
        others = [line for line in columns if line not in fitting]
        self.result.remarks.append(
            remark(
                N_("{title} does not count {names}; {count} columns are not read."),
                title=layout.title_ko,
                names=", ".join(dict.fromkeys(line.path[-1] for line in others[:12])),
                count=len(others),
            )
        )
        return fitting

    def _usual_labels(self, numbers: list[list[Number]]) -> float:
        """Return how many labels a number of a long form has; without one it is missing there.

        A wide table's row of blanks is a heading or not yet published: never as many.
        """
        if len(self.columns) != 1:
            return math.inf
        pairs = zip(self.table.rows, numbers, strict=True)
        return min(
            (len(row.path) for row, cells in pairs if cells[0].value is not None), default=math.inf
        )

    def _numbers(self, row: Line) -> list[Number]:
        cells = self.table.sheet.rows[row.at]
        wide = len(cells)
        found = []
        for column in self.columns:
            cell = cells[column.at] if column.at < wide else None
            got = number(cell)
            if got is None:
                raise no_number(self.table.sheet.place(row.at, column.at), cell)
            found.append(got)
        last = len(self.table.sheet.rows[self.table.header[-1]])
        if not self.table.sheet.named and any(cell is not None for cell in cells[last:]):
            raise UserError(
                N_("{file}: a row has more fields than the header: {place}."),
                hint=N_("Correct the row and try again."),
                place=self.table.sheet.place(row.at, last),
            )
        return found

    def _read_row(
        self, row: Line, numbers: list[Number], checked: totals.Checked, sums: bool
    ) -> None:
        scope = self.scope
        layout = scope.layout
        unless = "provisional" if scope.provisional else None
        declared_sums = layout.sums if layout else ()
        sole = len(self.columns) == 1
        dimension = (layout.dimension if layout else "") or "item"
        whose = (row.province, row.sub, row.dong, row.code, row.total)
        what = (row.items, row.total, row.at if row.at in _named_rows(checked) else None)
        for at, column in enumerate(self.columns):
            if "period" in row.total | column.total:
                continue
            when = self._period(row, at, column)
            area = self._areas.get((whose, at))
            if area is None:
                area = self._areas[whose, at] = resolve.area_of(scope, row, column)
                self._ask_area(area, row, column)
                if row.dong and "/" in area:
                    self.result.area_names[area] = row.dong
            item = self._items.get((what, at))
            if item is None:
                item = resolve.item_of(scope, row, column, checked, sole=sole)
                self._items[what, at] = item
            unit = self._units.get((row.unit, item, at))
            if unit is None:
                unit = self._units[row.unit, item, at] = resolve.unit_of(scope, row, column, item)
                if not unit:
                    self.result.ask("unit", remark(N_("Which unit are the numbers in?")))
            got = numbers[at]
            self.result.readings.append(
                Reading(
                    self.table.sheet.place(row.at, column.at),
                    item.indicator,
                    area,
                    when[0],
                    dimension if item.item else "",
                    item.item,
                    unit,
                    got.value,
                    got.missing,
                    got.status or when[1] or unless,
                    item.total or sums or checked.columns[at] or item.item in declared_sums,
                )
            )

    def _period(self, row: Line, at: int, column: Line) -> tuple[str, str | None]:
        """Return the period's code, "" while it is unknown, and its status."""
        name = (row.period, at)
        if name in self._periods:
            return self._periods[name]
        when = resolve.period_of(self.scope, row, column)
        if when is None:
            raise UserError(
                N_("{file}: row and column name different periods: {place}."),
                hint=N_("Correct the table and try again."),
                place=self.table.sheet.place(row.at, column.at),
            )
        layout = self.scope.layout
        grain = layout.grain if layout and layout.grain else "year"
        code = when.code or ""
        if not code or (grain == "month" and when.month is None):
            code = ""
            self._ask_period(grain, timed=when != NOTHING)
        self._periods[name] = (code, when.status)
        return self._periods[name]

    def _ask_period(self, grain: str, *, timed: bool) -> None:
        """Ask for what the file does not say; one number of a place may be a year's or a month's.

        Raises Contradicted for a period that was given and is longer than what the file covers.
        """
        given = self.scope.given.period
        if grain == "month" and given.code:
            raise resolve.Contradicted(
                N_("{file} covers one month; {given} is longer."),
                hint=N_("Give the month, for example {example}."),
                given=given.code,
                example=f"{given.year}-03",
            )
        either = not timed and not (self.scope.layout and self.scope.layout.grain)
        text = N_("Which year is this file of?")
        if grain == "month":
            text = N_("Which month is this file of?")
        elif either:
            text = N_("Which year or month is this file of?")
        stem = Path(self.result.file).stem
        grains = ("year", "month") if either else (grain,)
        named = [period for one in grains for period in proposals(stem, one)]
        self.result.ask("period", remark(text), tuple(dict.fromkeys(named)))

    def _ask_area(self, area: str, row: Line, column: Line) -> None:
        path = [*row.path, *column.path]
        if not area and (name := next(filter(areas.may_be_another, path), "")):
            text = remark(
                N_("Is {name} 광주광역시 or 경기도 광주시? ({place})"),
                name=name,
                place=self.table.sheet.place(row.at, column.at),
            )
            self.result.ask("area", text, ("29000", "41000/광주시"))
        elif not area:
            label = " / ".join(path[:3])[:_LONGEST_LABEL]
            text = remark(N_("Whose numbers are these? ({label})"), label=label)
            self.result.ask("area", text)
        elif area.startswith("?") and "광주" in area:
            text = remark(N_("Which area is {name}?"), name=area[1:])
            self.result.ask("area", text)

    def _remark_derived(self) -> None:
        for column in self.table.columns:
            if column.derived:
                self.result.remarks.append(
                    remark(
                        N_("The column {name} is a comparison or running total and is not read."),
                        name=" / ".join(column.path),
                    )
                )

    def _remark_others(self) -> None:
        others = [row for row in self.table.rows if "other" in row.total]
        if others:
            self.result.remarks.append(
                remark(
                    N_("{sheet}: {count} rows sum over areas and are not read ({label} …)."),
                    sheet=self.table.sheet.name,
                    count=len(others),
                    label=" / ".join(others[0].path)[:_LONGEST_LABEL],
                )
            )
        unknown = sorted({area[1:] for area in self._areas.values() if area.startswith("?")})
        if unknown:
            self.result.remarks.append(
                remark(N_("Areas not known: {names}."), names=", ".join(unknown[:5]))
            )

    def _ask_totals(self, wrong: list[Wrong]) -> None:
        first = wrong[0]
        more = len(wrong) - 1
        message = (
            N_(
                "The total at {place} is {stated:,} but its parts add up to {parts:,}; "
                "{more} more do not fit either: {places}."
            )
            if more
            else N_("The total at {place} is {stated:,} but its parts add up to {parts:,}.")
        )
        self.result.ask(
            "totals",
            remark(
                message,
                place=first.place,
                stated=_whole(first.stated),
                parts=_whole(first.parts),
                more=more,
                places=", ".join(one.place for one in wrong[1:6]),
            ),
        )

    def _remark_totals(self, checked: totals.Checked) -> None:
        if checked.rounded:
            worst = max(checked.rounded, key=lambda one: abs(one.stated - one.parts))
            self.result.remarks.append(
                remark(
                    N_(
                        "{count} totals differ from their parts by rounding, most at {place}: "
                        "{stated:,} and {parts:,}."
                    ),
                    count=len(checked.rounded),
                    place=worst.place,
                    stated=_whole(worst.stated),
                    parts=_whole(worst.parts),
                )
            )
        if checked.unexplained:
            self.result.remarks.append(
                remark(
                    N_("The total {label} could not be compared with its parts."),
                    label=checked.unexplained[0][:_LONGEST_LABEL],
                )
            )

    def _check_plausible(self) -> None:
        """Ask when sizes or the unit make another table of it, unless a person said what it is."""
        layout, result = self.scope.layout, self.result
        asked = {question.about for question in result.questions}
        if not layout or self.certain or asked & {"layout", "unit", "area"}:
            return
        if any(column.period.hour == 0 for column in self.columns):
            # Whether 0 begins the day or ends the one before is the publisher's to say.
            text = remark(
                N_("The hours run from 0 to 23, not from 1 to 24; is this really {title}?"),
                title=layout.title_ko,
            )
            result.ask("layout", text, (layout.id,))
            return
        units_read = {one.unit for one in result.readings} - {""} if layout.unit else set()
        wrong = sorted(unit for unit in units_read if not _measures(unit, layout))
        if wrong:
            text = remark(
                N_("The numbers are in {unit}; is this really {title}?"),
                unit=wrong[0],
                title=layout.title_ko,
            )
            result.ask("layout", text, (layout.id,))
            return
        found = False
        for area, (low, high) in layout.plausible.items():
            largest = self._largest(area, layout)
            found = found or largest is not None
            if largest is not None and not low <= largest <= high:
                self._doubt(area, largest, layout)
                return
        if layout.plausible and not found:
            text = remark(
                N_("Only its form speaks for {title}; is this table really that?"),
                title=layout.title_ko,
            )
            result.ask("layout", text, (layout.id,))

    def _largest(self, area: str, layout: Layout) -> float | None:
        """Return an area's largest value in the layout's unit."""
        values = [
            one.value * float(units.ratio(one.unit, layout.unit) or 1)
            for one in self.result.readings
            if one.area == area and one.value
        ]
        return max(values, default=None)

    def _doubt(self, area: str, largest: float, layout: Layout) -> None:
        given = self.scope.given.unit
        if given and units.ratio(given, layout.unit) != 1:
            raise resolve.Contradicted(
                N_("The table in {file} is published in {stated}, not {given}."),
                hint=N_("Leave the unit out."),
                stated=layout.unit,
                given=given,
            )
        text = remark(
            N_("The largest value of {area} is {value:,} {unit}; is this really {title}?"),
            area=areas.name(area),
            value=largest,
            unit=layout.unit,
            title=layout.title_ko,
        )
        self.result.ask("layout", text, (layout.id,))

    def _add_facts(self, checked: totals.Checked) -> None:
        table = self.table
        self.result.tables.append(
            TableFacts(
                sheet=table.sheet.name if table.sheet.named else "",
                header=", ".join(str(row + 1) for row in table.header),
                rows=len(table.rows),
                columns=tuple(" / ".join(c.path) for c in self.columns[:_MOST_COLUMNS_SHOWN]),
                roles=tuple(table.roles.items()),
                titles=tuple(text for _, text in table.titles[:6]),
                axes=tuple(sorted(layouts.axes_of(table))),
                totals_checked=checked.checked,
                totals_wrong=tuple(checked.wrong[:5]),
                totals_unexplained=tuple(checked.unexplained),
            )
        )


def _measures(unit: str, layout: Layout) -> bool:
    """Say whether a unit measures what the layout's unit, or one of its measures', does."""
    known = {layout.unit, *(measure.unit for measure in layout.measures.values())} - {""}
    return any(units.ratio(unit, other) is not None for other in known)


def _named_rows(checked: totals.Checked) -> set[int]:
    return {at for axis, at in checked.names if axis == "row"}


def _says_something(row: Line, numbers: list[Number]) -> bool:
    """A row of nothing but blanks is only a label; one of zeros under no label is filler."""
    if row.path:
        return any(one.missing != "blank" for one in numbers)
    return any(one.value for one in numbers)


def _whole(value: float) -> float:
    """Return a whole number as one: it is written without a decimal point."""
    return int(value) if value.is_integer() else value
