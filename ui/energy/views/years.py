"""The years over one another, January to December: this year before those that went."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from gwangju_desktop.energy.scales import Scale
from ui import theme
from ui.energy.views import axis, paint
from ui.energy.views.axis import Axis
from ui.energy.views.base import MONTHS, SUMS, Cells, View
from ui.energy.views.months import Matrix, Month, matrix, running
from ui.energy.views.words import (
    amount,
    digits_of,
    in_unit,
    month_name,
    month_words,
    months_of,
    name_of,
    unsure,
)
from ui.text import C_, N_, say
from ui.widgets.chart_scale import percent

BEFORE = 8  # years before the front one that are drawn; more could not be told apart
DASHES = [2.0, 2.0]


class Years(View):
    """One line a year; ↑↓ bring another year to the front, ←→ read its months."""

    NAME = N_("Years compared")
    MODES = (MONTHS, SUMS)

    def __init__(self, desk) -> None:
        super().__init__(desk)
        self.matrix: Matrix = matrix(())
        self.scale = Scale.of("", ())
        self.digits = 0
        self.kind = "flow"
        self.lines: dict[int, list[Month | None]] = {}

    @classmethod
    def offered(cls, loaded) -> bool:
        return len({point.period[:4] for point in loaded.months}) > 1

    def show_loaded(self, loaded, span, *, mode=MONTHS) -> None:
        """Lay the years over one another; sums only of what adds up."""
        self.matrix = months_of(loaded.months)
        self.kind = loaded.fact.kind
        self.mode = mode
        rows = {year: self.matrix.row(year) for year in self.matrix.years[-BEFORE - 1 :]}
        if self.summed():
            rows = {year: running(row) for year, row in rows.items()}
        self.lines = {year: row for year, row in rows.items() if any(row)}
        values = [cell.value for row in self.lines.values() for cell in row if cell is not None]
        self.scale = Scale.of(loaded.fact.unit, values)
        self.digits = digits_of(value / self.scale.by for value in values)
        super().show_loaded(loaded, span, mode=mode)

    def summed(self) -> bool:
        """Say whether sums from January on are shown: never of a stock or a rate."""
        return self.mode == SUMS and self.kind == "flow"

    # --- words

    def head(self) -> str:
        if not self.lines:
            return ""
        values = {"first": min(self.lines), "last": max(self.lines), "unit": say(self.scale.unit)}
        if self.summed():
            return say(N_("{first} to {last} · added up from January, {unit}"), **values)
        return say(N_("{first} to {last} · month by month, {unit}"), **values)

    def notes(self) -> Sequence[str]:
        said = []
        if self.mode == SUMS and self.kind != "flow":
            said.append(
                say(N_("Months of this indicator do not add up to a year; there is no sum."))
            )
        left = len(self.matrix.years) - len(self.lines)
        if left > 0:
            said.append(say(N_("Years up to {year} are in the table."), year=min(self.lines) - 1))
        return said

    def _same(self, year: int) -> tuple[float, float, int] | None:
        """Return a year's sum and the one before over the months both have from January on."""
        rows = self.matrix.row(year), self.matrix.row(year - 1)
        count = 0
        for now, then in zip(*rows, strict=True):
            if now is None or then is None:
                break
            count += 1
        if not count:
            return None
        now, then = (sum(month.value for month in row[:count]) for row in rows)
        return now, then, count

    def sentence(self) -> str:
        if not self.lines:
            return ""
        last = max(self.lines)
        same = self._same(last) if self.kind == "flow" else None
        if same is None or same[1] <= 0:
            first = min(self.lines)
            name = name_of(self.loaded.fact)
            return say(N_("{name} by month, {first} to {last}."), name=name, first=first, last=last)
        now, then, count = same
        return say(
            N_("{name} of {year} up to {month}: {now}; {change} on the same months of {before}."),
            name=name_of(self.loaded.fact),
            year=last,
            month=month_name(count),
            now=amount(now, self.scale, self.digits),
            change=percent(now / then - 1),
            before=last - 1,
        )

    def cells(self) -> Cells:
        head = [
            say(C_("energy", "Month")),
            *(in_unit(str(year), self.loaded.fact) for year in self.lines),
        ]
        rows: list[list[object]] = []
        for n in range(12):
            values = [row[n].value if row[n] is not None else None for row in self.lines.values()]
            rows.append([month_name(n + 1), *values])
        return head, rows

    def places(self) -> int:
        return 12 * len(self.lines)

    def _at(self, place: int) -> tuple[int, int]:
        return list(self.lines)[place // 12], place % 12 + 1

    def first_place(self) -> int:
        row = list(self.lines.values())[-1]
        last = max(n for n, cell in enumerate(row) if cell is not None)
        return 12 * (len(self.lines) - 1) + last

    def step(self, place: int, right: int, down: int) -> int:
        month = min(max(place % 12 + right, 0), 11)
        row = min(max(place // 12 - down, 0), len(self.lines) - 1)
        return row * 12 + month

    def told(self, place: int) -> str:
        year, month = self._at(place)
        cell = self.lines[year][month - 1]
        period = month_words(year, month)
        if cell is None:
            return say(N_("{period} · no figure"), period=period)
        words = f"{period} · " + amount(cell.value, self.scale, self.digits, cell.status)
        before = self.lines.get(year - 1, [None] * 12)[month - 1]
        if before is not None and before.value > 0 and self.kind != "rate":
            change = percent(cell.value / before.value - 1)
            words += " · " + say(N_("{change} on the year before"), change=change)
        return words

    # --- drawing

    def front(self) -> int:
        """Return the year drawn before the others: the one read, else the latest."""
        if self.place is not None and self.place < self.places():
            return self._at(self.place)[0]
        return max(self.lines)

    def axis(self, area: QRectF) -> Axis:
        """Lay out the field and its value axis."""
        values = [c.value / self.scale.by for row in self.lines.values() for c in row if c]
        steps = Axis.steps_of(min(values), max(values), from_zero=self.summed())
        left = Axis.room(steps)
        right = paint.metrics("capb").horizontalAdvance("2000") + theme.px(22)
        top = theme.px(26)
        field = area.adjusted(left, top, -right, -theme.px(26))
        return Axis(steps, field)

    def _x(self, field: QRectF, month: int) -> float:
        return field.left() + field.width() * (month - 0.5) / 12

    def draw(self, painter: QPainter, area: QRectF) -> None:
        if not self.lines:
            paint.nothing(painter, area)
            return
        scale = self.axis(area)
        field = scale.field
        scale.draw(painter, say(self.scale.unit))
        names = [month_name(month) for month in range(1, 13)]
        wide = field.width() / 12
        axis.draw_names(
            painter, field.bottom(), [self._x(field, m) for m in range(1, 13)], names, wide
        )
        front = self.front()
        for year in sorted(self.lines, key=lambda y: (y == front, y == front - 1, y)):
            self._draw_year(painter, scale, year, front)
        self._draw_ends(painter, scale, front)

    def _pen(self, year: int, front: int) -> QPen:
        if year == front:
            return QPen(theme.color("acc"), 2.6)
        if year == front - 1:
            return QPen(theme.color("d3"), 1.8)
        return QPen(paint.mixed("field", 0.75), 1.1)

    def _draw_year(self, painter: QPainter, scale: Axis, year: int, front: int) -> None:
        pen = self._pen(year, front)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        row = self.lines[year]
        places = [
            QPointF(self._x(scale.field, n + 1), scale.y(cell.value / self.scale.by))
            if cell
            else None
            for n, cell in enumerate(row)
        ]
        for n in range(11):
            if places[n] is None or places[n + 1] is None:
                continue
            loose = unsure(row[n].status) or unsure(row[n + 1].status)
            dashed = QPen(pen)
            if loose:
                dashed.setDashPattern(DASHES)
            painter.setPen(dashed)
            painter.drawLine(places[n], places[n + 1])
        for n, place in enumerate(places):
            if place is None:
                continue
            alone = (n == 0 or places[n - 1] is None) and (n == 11 or places[n + 1] is None)
            if year == front or alone:
                # An open mark is a figure that may still change.
                loose = unsure(row[n].status)
                painter.setPen(QPen(pen.color(), 1.6))
                painter.setBrush(theme.color("page") if loose else pen.color())
                painter.drawEllipse(place, *([theme.px(3)] * 2))

    def _draw_ends(self, painter: QPainter, scale: Axis, front: int) -> None:
        """Name each year where its line ends; one that breaks off early is named there."""
        high = paint.metrics("capb").height()
        ends: list[tuple[float, int]] = []
        for year, row in self.lines.items():
            last = max(n for n, cell in enumerate(row) if cell is not None)
            y = scale.y(row[last].value / self.scale.by)
            if last == 11:
                ends.append((y, year))
                continue
            x = self._x(scale.field, last + 1) + theme.px(8)
            self._name(painter, QRectF(x, y - high / 2, theme.px(48), high), year, front)
        ends.sort()
        room = scale.field.top() - high / 2, scale.field.bottom() + high / 2
        while ends and len(ends) * high > room[1] - room[0]:
            # Without room for all names the oldest go first; the cursor still reads their lines.
            ends.remove(min((end for end in ends if end[1] != front), key=lambda end: end[1]))
        middles = paint.spread([y for y, _year in ends], high, *room)
        for middle, (y, year) in zip(middles, ends, strict=True):
            x = self._x(scale.field, 12)
            painter.setPen(QPen(theme.color("line2"), 1))
            painter.drawLine(QPointF(x + 5, y), QPointF(scale.field.right() + 3, middle))
            place = QRectF(scale.field.right() + theme.px(6), middle - high / 2, theme.px(48), high)
            self._name(painter, place, year, front)

    def _name(self, painter: QPainter, place: QRectF, year: int, front: int) -> None:
        back = theme.color("page", 0.82)
        role = "capb" if year in (front, front - 1) else "cap"
        ink = "acc" if year == front else "d3" if year == front - 1 else "text3"
        wide = paint.metrics(role).horizontalAdvance(str(year))
        painter.fillRect(QRectF(place.left() - 1, place.top(), wide + 2, place.height()), back)
        paint.write(painter, place, str(year), role, ink)

    def hit(self, at: QPointF, area: QRectF) -> int | None:
        if not self.lines:
            return None
        scale = self.axis(area)
        field = scale.field
        if not field.adjusted(0, -8, 0, 8).contains(at):
            return None
        month = min(int((at.x() - field.left()) / field.width() * 12), 11)
        found = [
            (abs(scale.y(row[month].value / self.scale.by) - at.y()), n)
            for n, row in enumerate(self.lines.values())
            if row[month] is not None
        ]
        return min(found)[1] * 12 + month if found else None

    def framed(self, place: int, area: QRectF) -> QRectF | None:
        year, month = self._at(place)
        cell = self.lines[year][month - 1]
        if cell is None:
            return None
        scale = self.axis(area)
        side = theme.px(12)
        box = QRectF(0, 0, side, side)
        box.moveCenter(QPointF(self._x(scale.field, month), scale.y(cell.value / self.scale.by)))
        return box


VIEW = Years
