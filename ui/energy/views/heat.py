"""Months across, years down: one tone a class, so that a season and a break are seen at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QWidget

from gwangju_desktop.energy.scales import Scale
from ui import theme
from ui.energy.views import paint
from ui.energy.views.base import Cells, View
from ui.energy.views.classes import EQUAL, Classes, classes
from ui.energy.views.months import MISSING, Matrix, change, matrix
from ui.energy.views.words import (
    HATCHED,
    amount,
    digits_of,
    in_unit,
    month_name,
    month_words,
    months_of,
    name_of,
    unsure,
)
from ui.energy.views.words import MISSING as NONE
from ui.text import C_, N_, say
from ui.widgets.chart_scale import number, percent
from ui.widgets.painted import Segment

TONES = 8
VALUES, CHANGES = 0, 1
# Bounds of the classes of a change on the year before; fixed, so that two pictures compare.
STEPS = (-0.1, -0.05, -0.02, 0.02, 0.05, 0.1)
FALLS, RISES = "d1", "d3"
MONTHS_HELD = N_("{months} of 12 months")


@dataclass(frozen=True, slots=True)
class Plan:
    """Where the rows and columns lie: the cells' field, one cell's size, the sums' column."""

    field: QRectF
    wide: float
    high: float
    sums: QRectF | None
    legend: QRectF

    def cell(self, row: int, month: int) -> QRectF:
        """Return a month's rectangle with the paper between the cells."""
        gap = 1.0 if self.high >= 9 else 0.5
        return QRectF(
            self.field.left() + (month - 1) * self.wide,
            self.field.top() + row * self.high,
            self.wide,
            self.high,
        ).adjusted(gap, gap, -gap, -gap)


class Heat(View):
    """Each month of each year as a tone; the same month of the year before on demand."""

    NAME = N_("Months by year")

    def __init__(self, desk) -> None:
        super().__init__(desk)
        self.matrix: Matrix = matrix(())
        self.classes = Classes((), ())
        self.scale = Scale.of("", ())
        self.digits = 0
        self.kind = "flow"
        self.what = Segment(
            (C_("heat", "Value"), N_("Change on the year before")),
            VALUES,
            N_("What the tones show"),
        )
        self.what.chosen.connect(self.on_what)

    @classmethod
    def offered(cls, loaded) -> bool:
        return len(loaded.months) > 1

    def show_loaded(self, loaded, span, *, mode="years") -> None:
        """Show every month of the indicator; the brush does not cut a table of years."""
        self.matrix = months_of(loaded.months)
        values = [cell.value for cell in self.matrix.cells.values()]
        self.scale = Scale.of(loaded.fact.unit, values)
        self.kind = loaded.fact.kind
        self.digits = digits_of(value / self.scale.by for value in values)
        self.classes = classes((v / self.scale.by for v in values), EQUAL, TONES)
        self.what.setVisible(self._has_changes())
        super().show_loaded(loaded, span, mode=mode)

    def _has_changes(self) -> bool:
        return self.kind != "rate" and any(
            change(self.matrix, year, month) is not None for year, month in self.matrix.cells
        )

    def controls(self) -> Sequence[QWidget]:
        return (self.what,)

    def on_what(self, _n: int) -> None:
        """The values or their changes were asked for."""
        self.renew()
        self.changed.emit()

    def changes(self) -> bool:
        """Say whether changes on the year before are shown."""
        return self.what.current() == CHANGES and self._has_changes()

    # --- words

    def head(self) -> str:
        if not self.matrix.cells:
            return ""
        first, last = self.matrix.first, self.matrix.last
        values = {"first": month_words(*first), "last": month_words(*last)}
        if self.changes():
            return say(N_("{first} to {last} · change on the same month a year before"), **values)
        return say(
            N_("{first} to {last} · monthly values, {unit}"), **values, unit=say(self.scale.unit)
        )

    def notes(self) -> Sequence[str]:
        if self.kind == "flow" or self.changes():
            return ()
        return (say(N_("Months of this indicator do not add up to a year; there is no sum.")),)

    def sentence(self) -> str:
        held = sorted(self.matrix.cells.values(), key=lambda cell: cell.value)
        if not held:
            return ""
        low, high = held[0], held[-1]
        said = say(
            N_("{name} by month: highest {high} in {most}, lowest {low} in {least}."),
            name=name_of(self.loaded.fact),
            high=amount(high.value, self.scale, self.digits, high.status),
            most=month_words(high.year, high.month),
            low=amount(low.value, self.scale, self.digits, low.status),
            least=month_words(low.year, low.month),
        )
        gaps = [
            (y, m)
            for y in self.matrix.years
            for m in range(1, 13)
            if self.matrix.state(y, m) == MISSING
        ]
        if gaps:
            said += " " + say(N_("No figure for {n} months in between."), n=len(gaps))
        return said

    def cells(self) -> Cells:
        sums = self.kind == "flow" and not self.changes()
        head = [month_name(m) for m in range(1, 13)]
        head += [say(C_("heat", "Year in all"))] if sums else []
        if not self.changes():
            head = [in_unit(title, self.loaded.fact) for title in head]
        rows = []
        for year in self.matrix.years:
            row: list[object] = [str(year)]
            for month in range(1, 13):
                row.append(self._value(year, month))
            if sums:
                row.append(self.matrix.total(year, self.kind))
            rows.append(row)
        return [say(C_("energy", "Year")), *head], rows

    def _value(self, year: int, month: int) -> float | None:
        if self.changes():
            return change(self.matrix, year, month)
        cell = self.matrix.at(year, month)
        return cell.value if cell else None

    def places(self) -> int:
        return 12 * len(self.matrix.years)

    def first_place(self) -> int:
        if not self.matrix.cells:
            return 0
        year, month = self.matrix.last
        return self.matrix.years.index(year) * 12 + month - 1

    def step(self, place: int, right: int, down: int) -> int:
        wanted = place + right + 12 * down
        return wanted if 0 <= wanted < self.places() else place

    def _month(self, place: int) -> tuple[int, int]:
        return self.matrix.years[place // 12], place % 12 + 1

    def told(self, place: int) -> str:
        year, month = self._month(place)
        cell = self.matrix.at(year, month)
        if cell is None:
            return say(N_("{period} · no figure"), period=month_words(year, month))
        words = f"{month_words(year, month)} · " + amount(
            cell.value, self.scale, self.digits, cell.status
        )
        share = change(self.matrix, year, month) if self.kind != "rate" else None
        if share is not None:
            words += " · " + say(N_("{change} on the year before"), change=percent(share))
        return words

    # --- drawing

    def plan(self, area: QRectF) -> Plan:
        """Lay out the picture in an area."""
        line = theme.px(20)
        left = paint.metrics("cap").horizontalAdvance("2000") + theme.px(12)
        sums = self.kind == "flow" and not self.changes() and area.width() >= theme.px(520)
        widest = max(paint.metrics("cap").horizontalAdvance(words) for words in self._sum_words())
        right = widest + theme.px(16) if sums else 0
        field = QRectF(
            area.left() + left,
            area.top() + line,
            max(24.0, area.width() - left - right - 1),
            max(12.0, area.height() - 2 * line - theme.px(12)),
        )
        rows = max(1, len(self.matrix.years))
        high = min(field.height() / rows, theme.px(40))
        field.setHeight(high * rows)
        column = None
        if sums:
            column = QRectF(field.right() + theme.px(8), field.top(), right - theme.px(9), 0)
        legend = QRectF(
            field.left(), field.bottom() + theme.px(10), area.right() - field.left(), line
        )
        return Plan(field, field.width() / 12, high, column, legend)

    @staticmethod
    def _sum_words() -> tuple[str, str]:
        """Return the longest words of the sums' column."""
        return say(MONTHS_HELD, months=10), say(C_("heat", "Year in all"))

    def draw(self, painter: QPainter, area: QRectF) -> None:
        if not self.matrix.cells:
            paint.nothing(painter, area)
            return
        plan = self.plan(area)
        self._draw_heads(painter, plan, area)
        tones, limits, _words = self._tones()
        for row, year in enumerate(self.matrix.years):
            for month in range(1, 13):
                self._draw_cell(painter, plan.cell(row, month), year, month, tones, limits)
            if plan.sums is not None:
                self._draw_sum(painter, plan, row, year)
        keys = self.legend()
        if paint.legend_width(keys) > plan.legend.width():
            # Where something has to go it is a class between others, never what hatching means.
            keys.sort(key=lambda key: key.color is not None and not key.hatched)
        paint.legend(painter, plan.legend, keys)

    def _tones(self) -> tuple[list[QColor], tuple[float, ...], list[str]]:
        """Return the tones of the classes from low to high, their limits and their words."""
        if self.changes():
            falls = [paint.mixed(FALLS, share) for share in (1.0, 0.6, 0.3)]
            rises = [paint.mixed(RISES, share) for share in (0.3, 0.6, 1.0)]
            tones = [*falls, paint.mixed("dGrey", 0.12), *rises]
            return tones, STEPS, [percent(step) for step in STEPS]
        limits = self.classes.limits
        digits = self.classes.digits()
        return paint.ramp(len(self.classes)), limits, [number(v, digits) for v in limits]

    def legend(self) -> list[paint.Key]:
        """Return the legend: every class with its bounds, then hatched and missing if there are."""
        tones, limits, words = self._tones()
        keys = []
        for n, tone in enumerate(tones):
            if not limits:
                keys.append(paint.Key(say(N_("all values")), tone))
            elif n == 0:
                keys.append(paint.Key(say(N_("below {limit}"), limit=words[0]), tone))
            elif n == len(limits):
                keys.append(paint.Key(say(N_("{limit} and more"), limit=words[-1]), tone))
            else:
                keys.append(paint.Key(say(C_("class", "from {limit}"), limit=words[n - 1]), tone))
        states = {self.matrix.state(y, m) for y in self.matrix.years for m in range(1, 13)}
        if any(unsure(cell.status) for cell in self.matrix.cells.values()):
            keys.append(paint.Key(say(HATCHED), tones[len(tones) // 2], hatched=True))
        if MISSING in states:
            keys.append(paint.Key(say(NONE)))
        return keys

    def _draw_heads(self, painter: QPainter, plan: Plan, area: QRectF) -> None:
        top = QRectF(0, plan.field.top() - theme.px(20), plan.wide, theme.px(18))
        for month in range(1, 13):
            top.moveLeft(plan.field.left() + (month - 1) * plan.wide)
            words = month_name(month) if plan.wide >= theme.px(26) else str(month)
            paint.write(painter, top, words, align=Qt.AlignmentFlag.AlignHCenter)
        # Years too close together are named every second, fifth or tenth.
        line = paint.metrics("cap").height()
        every = next((n for n in (1, 2, 5, 10, 20) if n * plan.high >= line * 0.95), 50)
        wide = plan.field.left() - area.left() - theme.px(6)
        for row, year in enumerate(self.matrix.years):
            if every == 1 or year % every == 0:
                middle = plan.field.top() + (row + 0.5) * plan.high
                place = QRectF(area.left(), middle - line / 2, wide, line)
                paint.write(painter, place, str(year), align=Qt.AlignmentFlag.AlignRight)
        if plan.sums is not None:
            head = QRectF(plan.sums.left(), top.top(), plan.sums.width(), top.height())
            words = say(C_("heat", "Year in all"))
            paint.write(painter, head, words, align=Qt.AlignmentFlag.AlignRight)

    def _draw_cell(
        self,
        painter: QPainter,
        box: QRectF,
        year: int,
        month: int,
        tones: list[QColor],
        limits: tuple[float, ...],
    ) -> None:
        value = self._value(year, month)
        if self.matrix.state(year, month) == MISSING:
            paint.missing_box(painter, box)
            return
        if value is None:
            # Outside of what was published, or without a year before to compare with.
            return
        shown = value if self.changes() else value / self.scale.by
        tone = tones[sum(shown >= limit for limit in limits)]
        painter.fillRect(box, tone)
        cell = self.matrix.at(year, month)
        if cell is not None and unsure(cell.status):
            paint.hatch_box(painter, box, tone)
        words = self._words(value)
        measures = paint.metrics("cap")
        if box.height() < measures.height() * 0.9:
            return
        if measures.horizontalAdvance(words) + 4 > box.width():
            # A sign still tells a rise from a fall where colours do not.
            words = words[:1] if self.changes() and words[0] in "+−" else ""
        if words and cell is not None and unsure(cell.status):
            wide = measures.horizontalAdvance(words) + 6
            back = QRectF(0, 0, wide, measures.height())
            back.moveCenter(box.center())
            painter.fillRect(back.intersected(box), tone)
        if words:
            ink = paint.ink_on(tone)
            paint.write(painter, box, words, ink=ink, align=Qt.AlignmentFlag.AlignHCenter)

    def _words(self, value: float) -> str:
        if self.changes():
            return percent(value).rstrip("%")
        return number(value / self.scale.by, self.digits)

    def _draw_sum(self, painter: QPainter, plan: Plan, row: int, year: int) -> None:
        if plan.high < paint.metrics("cap").height() * 0.9:
            return
        total = self.matrix.total(year, self.kind)
        place = QRectF(
            plan.sums.left(), plan.field.top() + row * plan.high, plan.sums.width(), plan.high
        )
        if total is None:
            count = sum(month is not None for month in self.matrix.row(year))
            # All twelve may be there and not add up: of other energies than one another.
            words, role = say(MONTHS_HELD, months=count) if count < 12 else "–", "cap"
        else:
            words, role = number(total / self.scale.by, self.digits), "capb"
        paint.write(painter, place, words, role, align=Qt.AlignmentFlag.AlignRight)

    def hit(self, at: QPointF, area: QRectF) -> int | None:
        plan = self.plan(area)
        if not self.matrix.cells or not plan.field.contains(at):
            return None
        row = int((at.y() - plan.field.top()) / plan.high)
        month = int((at.x() - plan.field.left()) / plan.wide)
        return min(row, len(self.matrix.years) - 1) * 12 + min(month, 11)

    def framed(self, place: int, area: QRectF) -> QRectF | None:
        return self.plan(area).cell(place // 12, place % 12 + 1)


VIEW = Heat
