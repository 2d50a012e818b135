"""The chosen indicator under its name: headline numbers, one of its views, brush and districts."""

from __future__ import annotations

import math

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from gwangju_desktop import clock
from gwangju_desktop.members.rules import named
from ui import theme
from ui.energy.cards import Cards
from ui.energy.districts import districts
from ui.energy.figures import Scale, headlines, is_monthly
from ui.energy.headline import Figure
from ui.energy.load import Loaded
from ui.energy.views import views
from ui.energy.views.base import MONTHS, SUMS, YEARS, View
from ui.text import C_, N_, day
from ui.widgets.brush import Brush
from ui.widgets.chart_lines import Line
from ui.widgets.chart_scale import YEAR, month_of
from ui.widgets.painted import Segment
from ui.widgets.parts import Button, Label, column, row

BY_MONTH = N_("{first} to {last} · drag the edges; arrow keys move them by a month")
BY_YEAR = N_("{first} to {last} · drag the edges; arrow keys move them by a year")
ROOM = (0, 560, 720)  # px the panel needs at 100 % to show each headline
HINT_ROOM = 640
FIRST_SPAN = 4 * YEAR  # the months shown at first: the last four years
MODES = ((YEARS, N_("Yearly")), (MONTHS, N_("Monthly")), (SUMS, C_("energy", "Added up")))


class Panel(QWidget):
    """Everything about one indicator under the page's header; `changed` on each switch."""

    changed = Signal()  # another view, years or months, a choice inside the view

    def __init__(self, desk) -> None:
        super().__init__()
        self.desk = desk
        self.loaded: Loaded | None = None
        self.room = 2_000
        self.mode = YEARS
        self._spans: dict[tuple[str, str], tuple[float, float]] = {}
        self.kinds = views()
        self.built: dict[type[View], View] = {}
        self.figures = [Figure() for _n in range(4)]
        self.choice = Segment([kind.NAME for kind in self.kinds], 0, N_("Views"))
        self.modes = Segment([words for _mode, words in MODES], 0, N_("Years or months"))
        self.brush = Brush()
        self.span = Label("", "cap", elide=True)
        self.whole_button = Button(N_("Whole period"), "link", slot=self.brush.show_all)
        self.cards = Cards()
        self.source = Label("", "cap", elide=True)
        self.hint = Label(N_("←→ on the chart reads values"), "cap")
        self.stack = QStackedWidget()
        self.brush_box = column(
            row(Label(N_("Period shown"), "capb"), (self.span, 1), self.whole_button),
            self.brush,
            gap=5,
        )
        numbers = [part for figure in self.figures for part in (figure, 26)]
        column(
            row(*numbers, None, self.choice, self.modes, gap=6),
            (self.stack, 1),
            self.brush_box,
            self.cards,
            row((self.source, 1), self.hint),
            margins=(28, 0, 24, 10),
            gap=6,
            into=self,
        )
        self.choice.chosen.connect(self.on_view)
        self.modes.chosen.connect(self.on_mode)
        self.brush.spanned.connect(self.on_span)
        self._show_view(self.kinds[0])

    # --- the view in front

    @property
    def view(self) -> View:
        """Return the view in front."""
        return self.stack.currentWidget()

    def _show_view(self, kind: type[View]) -> None:
        """Bring a view to the front, built the first time."""
        if kind not in self.built:
            view = self.built[kind] = kind(self.desk)
            view.read.connect(self.on_read)
            view.changed.connect(self.changed)
            self.stack.addWidget(view)
        self.stack.setCurrentWidget(self.built[kind])
        self.choice.choose(self.kinds.index(kind))

    def show_view(self, key: str) -> None:
        """Show the view of that key (ui.energy.views.KEYS), where it has anything to show."""
        for kind in self.kinds:
            if kind.__module__.endswith(f".{key}") and kind.offered(self.loaded):
                self._show_view(kind)
                self.renew()
                self.changed.emit()

    def shown_views(self) -> list[str]:
        """Return the keys of the views that have something to show."""
        return [
            kind.__module__.rpartition(".")[2] for kind in self.kinds if kind.offered(self.loaded)
        ]

    def stops(self) -> list[QWidget]:
        """Return the stops of F6."""
        return [self.view, *([self.brush.edges[0]] if self.view.BRUSH else [])]

    # --- what is shown

    def show_loaded(self, loaded: Loaded) -> None:
        """Show an indicator; years if it has them, else months."""
        other = self.loaded is None or self.loaded.fact.code != loaded.fact.code
        self.loaded = loaded
        has_years = any(p.status != "partial" for p in loaded.years)
        self.modes.parts[0].why_not("" if loaded.years else N_("There are no yearly figures."))
        for part in self.modes.parts[1:]:
            part.why_not("" if loaded.months else N_("There are no monthly figures."))
        if other or not self._points():
            self.mode = YEARS if has_years or not loaded.months else MONTHS
        for part, kind in zip(self.choice.parts, self.kinds, strict=True):
            part.setVisible(kind.offered(loaded))
        if not type(self.view).offered(loaded):
            self._show_view(self.kinds[0])
        self.renew()

    def renew(self) -> None:
        """Draw what is loaded again: another view or mode, another language."""
        loaded = self.loaded
        if loaded is None:
            return
        modes = [mode for mode, _words in MODES]
        offered = [mode for mode in modes if mode in self.view.MODES]
        for part, mode in zip(self.modes.parts, modes, strict=True):
            part.setVisible(mode in offered)
        self.modes.setVisible(len(offered) > 1)
        self.modes.choose(modes.index(self.mode))
        self._show_headlines()
        self.view.show_loaded(loaded, self.brush.span, mode=self.mode)
        self.brush_box.setVisible(self.view.BRUSH)
        self.cards.setVisible(self.view.BRUSH)
        if self.view.BRUSH:
            self._show_brush(self.view.lines)
        self._show_districts()
        self.on_span(*self.brush.span)

    def monthly(self) -> bool:
        """Say whether months are shown."""
        return self.mode != YEARS

    def _points(self):
        if self.loaded is None:
            return ()
        return self.loaded.months if self.monthly() else self.loaded.years

    def _show_headlines(self) -> None:
        loaded = self.loaded
        points = self._points()
        values = [p.value for p in points if p.value is not None]
        found = headlines(
            points,
            loaded.aims,
            Scale.of(loaded.fact.unit, values),
            loaded.fact.better,
            clock.today().year,
            loaded.fact.kind,
        )
        for n, figure in enumerate(self.figures):
            figure.show_headline(found[n] if n < len(found) else None)
        self.fit(self.room)

    def _show_brush(self, lines: list[Line]) -> None:
        limits = self.view.chart.extent()
        step = 1.0 if self.monthly() else YEAR
        key = (self.loaded.fact.code, self.mode)
        whole = limits
        if self.monthly():
            whole = max(limits[0], limits[1] - FIRST_SPAN), limits[1]
        self.brush.show_lines(lines, limits, self._spans.get(key, whole), step)
        QTimer.singleShot(0, self, self.align)

    def align(self) -> None:
        """Put the brush's line under the chart's."""
        if self.view.BRUSH:
            chart = self.view.chart
            field = chart.field()
            self.brush.set_margins(int(field.left()), int(chart.width() - field.right()))

    def _show_districts(self) -> None:
        loaded = self.loaded
        monthly = any(is_monthly(d.points) for d in loaded.district_months)
        held = loaded.district_months if monthly else loaded.district_years
        shared = districts(
            [(d.code, named(d.name_ko, d.name_en), d.points) for d in held],
            loaded.fact.unit,
            loaded.fact.better,
            loaded.fact.kind,
        )
        self.cards.show_shared(shared)

    def _moment(self, at: float) -> str:
        """Name an edge of the span as the axis does: years among years."""
        month = month_of(at)
        return day(month, "month") if self.monthly() else str(month.year)

    def fit(self, room: int) -> None:
        """Leave out what does not fit in so many pixels: later headlines, the hint."""
        self.room = room
        for figure, needed in zip(self.figures, ROOM, strict=False):
            figure.setVisible(figure.held and room >= theme.px(needed))
        self.hint.setVisible(room >= theme.px(HINT_ROOM))
        self.cards.fit(room - theme.px(52))

    # --- slots

    def on_view(self, n: int) -> None:
        """A view was chosen."""
        self._show_view(self.kinds[n])
        self.renew()
        self.changed.emit()

    def on_mode(self, n: int) -> None:
        """Years or months were chosen."""
        self.mode = MODES[n][0]
        self.renew()
        self.changed.emit()

    def on_span(self, left: float, right: float) -> None:
        """The brush moved: the view and the districts follow."""
        if not self.view.BRUSH:
            return
        self._spans[(self.loaded.fact.code, self.mode)] = (left, right)
        self.view.show_span(left, right)
        self.cards.show_range(left, right)
        unit = 1 if self.monthly() else YEAR
        self.span.say(
            BY_MONTH if self.monthly() else BY_YEAR,
            first=self._moment(math.ceil(left / unit) * unit),
            last=self._moment(math.floor(right / unit) * unit),
        )

    def on_table(self) -> None:
        """Switch between the picture and the table."""
        front = self.view.__module__.rpartition(".")[2]
        self.show_view("trend" if front == "table" else "table")

    def on_read(self, sentence: str) -> None:
        """Say what the reading cursor stands on; at rest, how to read."""
        if sentence:
            self.hint.say(sentence)
        else:
            self.hint.say(N_("←→ on the chart reads values"))

    # --- events

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self.align)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            QTimer.singleShot(0, self, self.align)
