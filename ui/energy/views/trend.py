"""The long series: actual figures, the targets and the path between them."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from gwangju_desktop import clock
from gwangju_desktop.members.rules import named
from ui import theme
from ui.energy.figures import Scale, actual_line, target_line
from ui.energy.load import Loaded
from ui.energy.views.base import MONTHS, YEARS, Cells, View
from ui.text import C_, N_
from ui.widgets.chart import Chart
from ui.widgets.chart_lines import Line, Text
from ui.widgets.chart_scale import moment_of
from ui.widgets.parts import column


class TrendView(View):
    """A chart that keeps its own cursor: the places of it are moments."""

    NAME = C_("energy", "Trend")
    MODES = (YEARS, MONTHS)
    BRUSH = True

    def __init__(self, desk) -> None:
        super().__init__(desk)
        self.chart = Chart(N_("Chart of the indicator"))
        self.lines: list[Line] = []
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
        loaded, monthly = self.loaded, self.mode == MONTHS
        points = loaded.months if monthly else loaded.years
        aims = () if monthly else loaded.aims
        scale = Scale.of(
            loaded.fact.unit,
            [*(p.value for p in points if p.value is not None), *(a.value for a in aims)],
        )
        target = target_line(aims, scale)
        self.lines = [target] if target is not None else []
        self.lines.append(actual_line(points, scale, Text(C_("energy", "Actual"))))
        name = named(loaded.fact.name_ko, loaded.fact.name_en)
        self.chart.title = Text(N_("{name}, chart"), name=name)
        self.chart.show_lines(
            self.lines,
            unit=Text(scale.unit),
            monthly=monthly,
            today=None if monthly else moment_of(clock.today()),
            from_zero=not monthly,
        )

    def cells(self) -> Cells:
        return [], []

    def sentence(self) -> str:
        return self.chart.summary()

    def draw(self, painter: QPainter, area: QRectF) -> None:
        """Paint the chart; on screen it paints itself."""
        if painter.device() is not self:
            self.chart.render(painter, area, self.chart.viewport().rect())

    def changeEvent(self, event) -> None:
        super().changeEvent(event)
        if self.loaded is not None and event.type() == event.Type.StyleChange:
            self.setMinimumHeight(theme.px(self.LEAST))


VIEW = TrendView
