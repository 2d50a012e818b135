"""The long series: actual figures, the targets and the path between them."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from db.vocab import TargetKind
from gwangju_desktop import clock
from gwangju_desktop.energy.scales import Scale, unit_words
from gwangju_desktop.members.rules import named
from ui import theme
from ui.energy.figures import GUIDE, STATES, sheet
from ui.energy.lines import (
    INDEX,
    OWN,
    SAME,
    Drawing,
    drawing,
    events,
    shown_points,
    titles,
    ways,
)
from ui.energy.load import Loaded
from ui.energy.views.base import HOURS, MONTHS, SUMS, YEARS, Cells, View
from ui.text import C_, N_, say
from ui.widgets.chart import Chart
from ui.widgets.chart_lines import Line, Text
from ui.widgets.chart_scale import moment_of
from ui.widgets.painted import Segment
from ui.widgets.parts import column

FEW = 4  # figures; fewer are no series
WAYS = {
    SAME: N_("Same scale"),
    INDEX: C_("energy", "Index"),
    OWN: N_("A scale each"),
}


class TrendView(View):
    """A chart that keeps its own cursor: the places of it are moments."""

    NAME = C_("energy", "Trend")
    MODES = (YEARS, MONTHS, SUMS, HOURS)
    BRUSH = True
    LEAST = 190

    def __init__(self, desk) -> None:
        super().__init__(desk)
        self.chart = Chart(N_("Chart of the indicator"))
        self.lines: list[Line] = []
        self.drawn: Drawing | None = None
        self.how = ""
        self.scales = Segment(list(WAYS.values()), 0, N_("Scale of the two lines"))
        self.scales.hide()
        self.scales.chosen.connect(self.on_scales)
        column(self.chart, gap=0, into=self)
        self.setFocusProxy(self.chart)
        self.chart.read.connect(self.read)

    def show_loaded(self, loaded: Loaded, span, *, mode: str = YEARS) -> None:
        """Lay the lines out and show the span."""
        self.loaded, self.mode = loaded, mode
        self.renew()
        self.show_span(*span)

    def show_span(self, left: float, right: float) -> None:
        """Show the time between two moments."""
        self.span = left, right
        self.chart.show_range(left, right)

    def renew(self) -> None:
        """Draw what is loaded again."""
        loaded, yearly = self.loaded, self.mode == YEARS
        self.drawn = drawn = drawing(loaded, self.mode, self.how)
        self.lines = list(drawn.lines)
        name = named(loaded.fact.name_ko, loaded.fact.name_en)
        self.chart.title = Text(N_("{name}, chart"), name=name)
        self.chart.show_lines(
            self.lines,
            unit=drawn.unit,
            monthly=not yearly,
            hourly=self.mode == HOURS,
            today=moment_of(clock.today()) if yearly else None,
            from_zero=self.mode not in (MONTHS, HOURS) and drawn.how != INDEX,
            events=events(loaded),
            side=drawn.side,
            values=drawn.values or self._from_zero(),
        )
        offered = ways(loaded, self.mode)
        self.scales.setVisible(len(offered) > 1)
        for part, way in zip(self.scales.parts, WAYS, strict=True):
            part.setVisible(way in offered)
        self.scales.choose(list(WAYS).index(drawn.how))

    def few(self) -> bool:
        """Say whether there are too few moments to choose a span of them."""
        return len(self.chart.stops()) < FEW

    def _from_zero(self) -> tuple[float, float] | None:
        """Return the values shown where two or three years alone have no movement to magnify."""
        held = [value for line in self.lines for value in line.y[~np.isnan(line.y)]]
        few = self.mode == YEARS and len(held) < FEW and self.drawn.how != INDEX
        return (0.0, max(held)) if few and held and min(held) >= 0 else None

    def controls(self) -> list[QWidget]:
        return [self.scales]

    def on_scales(self, n: int) -> None:
        """Put two lines on another scale."""
        self.how = list(WAYS)[n]
        self.renew()
        self.show_span(*self.span)
        self.changed.emit()

    def head(self) -> str:
        loaded = self.loaded
        if loaded.other is not None:
            first, second = titles(loaded)
            return say(N_("{first} beside {second}"), first=str(first), second=str(second))
        if self.mode == SUMS:
            return say(N_("added up from January"))
        if self.mode == HOURS:
            return say(N_("by hour"))
        if self.mode == MONTHS:
            return say(N_("by month"))
        ends = [aim.year for aim in loaded.aims if aim.kind != TargetKind.START]
        if ends:
            return say(N_("actual and the targets to {year}"), year=ends[-1])
        return say(N_("no target has been set"))

    def cells(self) -> Cells:
        """Return every period that has a figure or a target, each with its state and files."""
        loaded, scale = self.loaded, Scale(1.0, unit_words(self.loaded.fact.unit))
        rows = list(reversed(sheet(shown_points(loaded, self.mode), self._aims(), [])))
        unit = say(scale.unit)
        head = [say(C_("energy", "Period")), f"{self._line_name()} ({unit})"]
        beside = {}
        if loaded.other is not None:
            beside = {p.period: p.value for p in shown_points(loaded.other, self.mode)}
            head.append(f"{titles(loaded)[1]} ({say(unit_words(loaded.other.fact.unit))})")
        aimed = any(row.aim is not None or row.guide is not None for row in rows)
        if aimed:
            head += [f"{say(words)} ({unit})" for words in (C_("energy", "Target"), GUIDE)]
        head += [say(C_("energy", "State")), say(C_("energy", "File"))]
        names = {held.id: held.file_name for held in loaded.datasets}
        made = []
        for row in rows:
            state = STATES.get(row.status)
            cells = [row.period, row.value]
            cells += [beside.get(row.period)] if loaded.other is not None else []
            cells += [row.aim, row.guide] if aimed else []
            files = " · ".join(names[id] for id in row.datasets if id in names)
            made.append([*cells, say(state) if state is not None else "", files])
        return head, made

    def _aims(self):
        return self.loaded.aims if self.mode == YEARS and self.loaded.other is None else ()

    def _line_name(self) -> str:
        if self.loaded.other is not None:
            return str(titles(self.loaded)[0])
        return named(self.loaded.fact.name_ko, self.loaded.fact.name_en)

    def readable(self) -> bool:
        return True

    def sentence(self) -> str:
        return self.chart.summary()

    def draw(self, painter: QPainter, area: QRectF) -> None:
        """Paint the chart as large as the area is; on screen it paints itself."""
        if painter.device() is not self:
            self.chart.paint(painter, area)

    def changeEvent(self, event) -> None:
        super().changeEvent(event)
        if self.loaded is not None and event.type() == event.Type.StyleChange:
            self.setMinimumHeight(theme.px(self.LEAST))


VIEW = TrendView
