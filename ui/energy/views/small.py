"""The districts side by side, each in a panel of its own on the scale they share."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QWidget

from gwangju_desktop.energy.scales import Scale
from gwangju_desktop.members.rules import named
from ui import theme
from ui.energy.districts import base_name
from ui.energy.figures import period_name
from ui.energy.views import paint
from ui.energy.views.axis import words
from ui.energy.views.base import MONTHS, YEARS, Cells, View
from ui.energy.views.panels import Panels, Spot, panels
from ui.energy.views.words import amount, digits_of, in_unit, name_of, unsure
from ui.text import C_, N_, say
from ui.widgets.chart_scale import YEAR, number
from ui.widgets.fields import Choice

INDEX, VALUES = "index", "values"
WAYS = {INDEX: C_("districts", "Index"), VALUES: C_("districts", "Values")}
LEAST = 150  # px of a panel at 100 %
GAP = 16
DASHES = [2.0, 2.0]


class SmallView(View):
    """One panel a district; ←→ read its periods, ↑↓ the same period of the next district."""

    NAME = C_("energy view", "Areas")
    MODES = (YEARS, MONTHS)

    def __init__(self, desk) -> None:
        super().__init__(desk)
        self.panels: Panels | None = None
        self.scale = Scale.of("", ())
        self.digits = 0
        self.how = Choice(list(WAYS.items()), N_("Shown as"), INDEX, width=92)
        self.how.currentIndexChanged.connect(self.on_how)

    @classmethod
    def offered(cls, loaded) -> bool:
        held = (*loaded.district_years, *loaded.district_months)
        return len({district.code for district in held if district.points}) > 1

    def show_loaded(self, loaded, span, *, mode=YEARS) -> None:
        """Show the districts of an indicator within the span of the brush."""
        monthly = mode == MONTHS
        held = loaded.district_months if monthly else loaded.district_years
        values = [p.value for d in held for p in d.points if p.value is not None]
        self.scale = Scale.of(loaded.fact.unit, values)
        self.digits = digits_of(value / self.scale.by for value in values)
        self.panels = panels(
            {district.code: district.points for district in held},
            loaded.months if monthly else loaded.years,
            kind=loaded.fact.kind,
            index=self.how.value() == INDEX,
            by=self.scale.by,
            span=span if monthly else None,
        )
        self.how.setVisible(loaded.fact.kind != "rate")
        super().show_loaded(loaded, span, mode=mode)

    def controls(self) -> Sequence[QWidget]:
        return (self.how,)

    def on_how(self, _n: int) -> None:
        """An index or the values were chosen."""
        if self.loaded is not None:
            self.show_loaded(self.loaded, self.span, mode=self.mode)
            self.changed.emit()

    # --- words

    def name(self, code: str) -> str:
        """Name a district in the language shown."""
        held = (*self.loaded.district_years, *self.loaded.district_months)
        return next((named(d.name_ko, d.name_en) for d in held if d.code == code), code)

    def head(self) -> str:
        if self.panels is None:
            return ""
        if self.panels.base:
            return say(
                N_("Same scale · index, {period} = 100 (dashed)"),
                period=str(base_name(self.panels.base)),
            )
        return say(N_("Same scale · {unit}"), unit=say(self.scale.unit))

    def notes(self) -> Sequence[str]:
        if self.panels is None or not self.panels.whole:
            return ()
        area = next((a for a in self.loaded.areas if a.code == self.loaded.area), None)
        whole = named(area.name_ko, area.name_en) if area is not None else self.loaded.area
        return (say(N_("The thin line is {area} as a whole."), area=whole),)

    def _value(self, spot: Spot) -> str:
        said = amount(spot.value, self.scale, self.digits, spot.status)
        if self.panels.base:
            said += " · " + say(N_("index {value}"), value=number(spot.shown, 1))
        return said

    def sentence(self) -> str:
        if self.panels is None:
            return ""
        last = [(code, spots[-1]) for code, spots in self.panels.spots.items()]
        told = ", ".join(f"{self.name(code)} {self._value(spot)}" for code, spot in last)
        period = str(period_name(max(spot.period for _code, spot in last)))
        name = name_of(self.loaded.fact)
        return say(N_("{name} by area in {period}: {parts}."), name=name, period=period, parts=told)

    def cells(self) -> Cells:
        if self.panels is None:
            return [], []
        index = bool(self.panels.base)
        names = [self.name(code) for code in self.panels.spots]
        if index:
            base = say(N_("{period} = 100"), period=str(base_name(self.panels.base)))
            names = [f"{name} ({base})" for name in names]
        else:
            names = [in_unit(name, self.loaded.fact) for name in names]
        head = [say(C_("energy", "Period")), *names]
        by_code = [
            {s.period: s.shown if index else s.value for s in spots}
            for spots in self.panels.spots.values()
        ]
        rows: list[list[object]] = [
            [period, *(held.get(period) for held in by_code)] for period in self.panels.periods
        ]
        return head, rows

    # --- places: a district and a period

    def places(self) -> int:
        return len(self.panels.spots) * len(self.panels.periods) if self.panels else 0

    def first_place(self) -> int:
        return len(self.panels.periods) - 1 if self.panels else 0

    def step(self, place: int, right: int, down: int) -> int:
        many = len(self.panels.periods)
        period = min(max(place % many + right, 0), many - 1)
        district = min(max(place // many + down, 0), len(self.panels.spots) - 1)
        return district * many + period

    def _at(self, place: int) -> tuple[str, str, Spot | None]:
        periods = self.panels.periods
        code = list(self.panels.spots)[place // len(periods)]
        period = periods[place % len(periods)]
        return code, period, next((s for s in self.panels.spots[code] if s.period == period), None)

    def told(self, place: int) -> str:
        code, period, spot = self._at(place)
        head = f"{self.name(code)} · {period_name(period)}"
        if spot is None:
            return say(N_("{period} · no figure"), period=head)
        return f"{head} · {self._value(spot)}"

    # --- drawing

    def fields(self, area: QRectF) -> list[QRectF]:
        """Return the plots of the panels: as many beside one another as have room."""
        many = len(self.panels.spots)
        left = max(paint.metrics("cap").horizontalAdvance(w) for w in words(self.panels.steps))
        left += theme.px(10)
        room = area.width() - left
        least = theme.px(LEAST + GAP)
        across = max(1, min(many, int(room / least)))
        # Two even rows rather than four and one.
        rows = -(-many // across)
        if rows == 1 and area.height() > 0.75 * area.width() and many > 3:
            rows = 2
        across = -(-many // rows)
        wide, high = (room + theme.px(GAP)) / across, area.height() / rows
        top, foot = theme.px(24), theme.px(22)
        return [
            QRectF(
                area.left() + left + n % across * wide,
                area.top() + n // across * high + top,
                max(10.0, wide - theme.px(GAP)),
                max(10.0, high - top - foot),
            )
            for n in range(many)
        ]

    def _place(self, field: QRectF, spot: Spot) -> QPointF:
        first, last = self.panels.limits
        low, high = self.panels.steps[0], self.panels.steps[-1]
        edge = theme.px(5)
        across = (field.width() - 2 * edge) / ((last - first) or 1)
        return QPointF(
            field.left() + edge + (spot.at - first) * across,
            field.bottom() - (spot.shown - low) / ((high - low) or 1) * field.height(),
        )

    def draw(self, painter: QPainter, area: QRectF) -> None:
        if self.panels is None:
            paint.nothing(painter, area)
            return
        fields = self.fields(area)
        for (code, spots), field in zip(self.panels.spots.items(), fields, strict=True):
            self._draw_frame(painter, field, first=field.left() == fields[0].left())
            if self.panels.whole:
                self._draw_line(painter, field, self.panels.whole, QPen(theme.color("field"), 1.1))
            self._draw_line(painter, field, spots, QPen(theme.color("acc"), 2))
            self._draw_head(painter, field, code, spots)

    def _draw_frame(self, painter: QPainter, field: QRectF, *, first: bool) -> None:
        line = paint.metrics("cap").height()
        steps = self.panels.steps
        for value, said in zip(steps, words(steps), strict=True):
            y = round(field.bottom() - (value - steps[0]) / (steps[-1] - steps[0]) * field.height())
            base = bool(self.panels.base) and value == 100
            pen = QPen(theme.color("field" if base else "line"), 1)
            if base:
                pen.setDashPattern([3, 3])
            painter.setPen(pen)
            painter.drawLine(QPointF(field.left(), y + 0.5), QPointF(field.right(), y + 0.5))
            if first:
                place = QRectF(field.left() - theme.px(66), y - line / 2, theme.px(60), line)
                paint.write(painter, place, said, align=Qt.AlignmentFlag.AlignRight)
        if self.panels.base and 100 not in steps:
            y = field.bottom() - (100 - steps[0]) / (steps[-1] - steps[0]) * field.height()
            pen = QPen(theme.color("field"), 1)
            pen.setDashPattern([3, 3])
            painter.setPen(pen)
            painter.drawLine(QPointF(field.left(), y), QPointF(field.right(), y))
        ends = [str(int(at // YEAR)) for at in self.panels.limits]
        foot = QRectF(field.left(), field.bottom() + 3, field.width(), line)
        paint.write(painter, foot, ends[0])
        if ends[1] != ends[0]:
            paint.write(painter, foot, ends[1], align=Qt.AlignmentFlag.AlignRight)

    def _draw_line(
        self, painter: QPainter, field: QRectF, spots: Sequence[Spot], pen: QPen
    ) -> None:
        """Paint a line with its gaps; what is provisional dashed, what stands alone as a dot."""
        places = [self._place(field, spot) for spot in spots]
        painter.setBrush(Qt.BrushStyle.NoBrush)
        run: list[QPointF] = []
        for n in range(len(spots) - 1):
            loose = unsure(spots[n].status) or unsure(spots[n + 1].status)
            joined = self.panels.joined(spots[n], spots[n + 1])
            if joined and not loose:
                run = [*(run or [places[n]]), places[n + 1]]
                continue
            _draw_run(painter, run, pen)
            run = []
            if joined:
                dashed = QPen(pen)
                dashed.setDashPattern(DASHES)
                _draw_run(painter, places[n : n + 2], dashed)
        _draw_run(painter, run, pen)
        for n, spot in enumerate(spots):
            before = n > 0 and self.panels.joined(spots[n - 1], spot)
            after = n < len(spots) - 1 and self.panels.joined(spot, spots[n + 1])
            if (not before and not after) or (n == len(spots) - 1 and pen.widthF() > 1.5):
                painter.setPen(QPen(pen.color(), 1.5))
                loose = unsure(spot.status) or spot.status == "partial"
                painter.setBrush(theme.color("page") if loose else pen.color())
                painter.drawEllipse(places[n], *([theme.px(2.6)] * 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)

    def _draw_head(
        self, painter: QPainter, field: QRectF, code: str, spots: Sequence[Spot]
    ) -> None:
        """Write the name at the left and the last value at the right, above the panel."""
        last = spots[-1]
        value = last.shown if self.panels.base else last.value / self.scale.by
        said = number(value, 1 if self.panels.base else self.digits)
        high = paint.metrics("secb").height()
        place = QRectF(field.left(), field.top() - high - theme.px(4), field.width(), high)
        paint.write(painter, place, said, "secb", "acc", Qt.AlignmentFlag.AlignRight)
        room = place.width() - paint.metrics("secb").horizontalAdvance(said) - theme.px(8)
        place.setWidth(max(10.0, room))
        paint.write(painter, place, self.name(code), "secb", "text")

    def hit(self, at: QPointF, area: QRectF) -> int | None:
        if self.panels is None:
            return None
        periods = self.panels.periods
        for n, field in enumerate(self.fields(area)):
            if not field.adjusted(-4, -4, 4, 4).contains(at):
                continue
            spots = list(self.panels.spots.values())[n]
            near = min(spots, key=lambda spot: abs(self._place(field, spot).x() - at.x()))
            return n * len(periods) + periods.index(near.period)
        return None

    def framed(self, place: int, area: QRectF) -> QRectF | None:
        _code, _period, spot = self._at(place)
        if spot is None:
            return None
        field = self.fields(area)[place // len(self.panels.periods)]
        side = theme.px(12)
        box = QRectF(0, 0, side, side)
        box.moveCenter(self._place(field, spot))
        return box


def _draw_run(painter: QPainter, run: Sequence[QPointF], pen: QPen) -> None:
    """Paint a stretch as one line: pieces would show where they overlap."""
    if run:
        painter.setPen(pen)
        painter.drawPolyline(list(run))


VIEW = SmallView
