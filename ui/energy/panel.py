"""The chosen indicator under its name: headline numbers, one of its views, brush and districts."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QStackedWidget, QWidget

from gwangju_desktop.energy.queries import Point
from gwangju_desktop.energy.scales import Scale, unit_words
from gwangju_desktop.members.rules import named
from ui import theme
from ui.energy.cards import Cards
from ui.energy.districts import districts
from ui.energy.figures import is_monthly
from ui.energy.formula import told
from ui.energy.headline import Figure, Under
from ui.energy.headlines import companion, headlines
from ui.energy.lines import shown_points
from ui.energy.load import CITY, HOUR, Loaded
from ui.energy.views import views
from ui.energy.views.base import HOURS, MONTHS, SUMS, YEARS, View
from ui.text import C_, N_, Msg, day, say
from ui.widgets.brush import Brush
from ui.widgets.chart_lines import Line
from ui.widgets.chart_scale import YEAR, month_of
from ui.widgets.fields import Choice
from ui.widgets.painted import Segment
from ui.widgets.parts import Align, Button, Label, column, row

BY_MONTH = N_("{first} to {last} · drag the edges; arrow keys move them by a month")
BY_YEAR = N_("{first} to {last} · drag the edges; arrow keys move them by a year")
ROOM = (0, 560, 720)  # px the panel needs at 100 % to show each headline
HINT_ROOM = 640
FIRST_SPAN = 4 * YEAR  # the months shown at first: the last four years
COMPARE, STOP_COMPARING = C_("energy", "Compare"), N_("End comparison")
KNOWN, PRESENT = N_("Show what was known on a day"), N_("Show what is known now")
MODES = (
    (YEARS, N_("Yearly")),
    (MONTHS, N_("Monthly")),
    (SUMS, C_("energy", "Added up")),
    (HOURS, N_("Hourly")),
)


class Panel(QWidget):
    """Everything about one indicator under the page's header; `changed` on each switch."""

    changed = Signal()  # another view, years or months, a choice inside the view
    placed = Signal(str)  # the code of the place to show
    wanted = Signal()  # the hours of the indicator, which are read only on demand

    def __init__(self, desk) -> None:
        super().__init__()
        self.desk = desk
        self.loaded: Loaded | None = None
        self.room = 2_000
        self.mode = YEARS
        self._spans: dict[tuple[str, ...], tuple[float, float]] = {}
        self.kinds = views()
        self.built: dict[type[View], View] = {}
        self.figures = [Figure() for _n in range(4)]
        self.choice = Segment([kind.NAME for kind in self.kinds], 0, N_("Views"))
        self.modes = Segment([words for _mode, words in MODES], 0, N_("Years or months"))
        self.brush = Brush()
        self.span = Label("", "cap", elide=True)
        self.whole_button = Button(N_("Whole period"), "link", slot=self.brush.show_all)
        self.cards = Cards()
        self.place = Choice([], C_("energy", "Place"))
        self.compare_button = Button(COMPARE, "ghost", "chart-bar")
        self.known_button = Button("", "ghost", "history", name=KNOWN)
        self.under = Under()
        self.hint = Label(N_("←→ on the chart reads values"), "cap")
        self.stack = QStackedWidget()
        self.brush_box = column(
            row(Label(N_("Period shown"), "capb"), (self.span, 1), self.whole_button),
            self.brush,
            gap=5,
        )
        numbers = [part for one in self.figures for part in ((one, Align.AlignTop), 26)]
        self.controls = row(gap=6)
        self.side = row(
            self.controls, self.known_button, self.compare_button, self.place, self.modes, gap=6
        )
        self.tools = QGridLayout()
        self.tools.setContentsMargins(0, 0, 0, 0)
        self.tools.setHorizontalSpacing(theme.px(8))
        self.tools.setVerticalSpacing(theme.px(6))
        self.tools.setColumnStretch(1, 1)
        self.tools.addWidget(self.choice, 0, 0)
        self.tools.addWidget(self.side, 0, 2)
        tools = QWidget()
        tools.setLayout(self.tools)
        column(
            row(*numbers, None, gap=6),
            tools,
            (self.stack, 1),
            self.brush_box,
            self.cards,
            row(
                (self.under, 1),
                (
                    column((self.under.link, Align.AlignRight), self.hint, gap=0),
                    Align.AlignBottom,
                ),
            ),
            margins=(28, 0, 24, 10),
            gap=6,
            into=self,
        )
        self.choice.chosen.connect(self.on_view)
        self.modes.chosen.connect(self.on_mode)
        self.brush.spanned.connect(self.on_span)
        self.place.activated.connect(self.on_place)
        self.cards.picked.connect(self.placed)
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
            view.changed.connect(self.refit)
            self.stack.addWidget(view)
            for control in view.controls():
                self.controls.layout().addWidget(control)
        view = self.built[kind]
        for other in self.built.values():
            for control in other.controls():
                control.setVisible(other is view)
        self.stack.setCurrentWidget(view)
        self.choice.choose(self.kinds.index(kind))

    def show_view(self, key: str) -> None:
        """Show the view of that key (ui.energy.views.KEYS), where it has anything to show."""
        if self.loaded is None:
            return
        for kind in self.kinds:
            if kind.__module__.endswith(f".{key}") and kind.offered(self.loaded):
                self._show_view(kind)
                self.renew()
                self.changed.emit()

    def shown_views(self) -> list[str]:
        """Return the keys of the views that have something to show."""
        kinds = [kind for kind in self.kinds if self.loaded and kind.offered(self.loaded)]
        return [kind.__module__.rpartition(".")[2] for kind in kinds]

    def stops(self) -> list[QWidget]:
        """Return the stops of F6."""
        return [self.view, *([self.brush.edges[0]] if self.view.BRUSH else [])]

    # --- what is shown

    def show_loaded(self, loaded: Loaded) -> None:
        """Show an indicator; years if it has them, else months."""
        other = self.loaded is None or self.loaded.fact.code != loaded.fact.code
        self.loaded = loaded
        whole = sum(p.status != "partial" for p in loaded.years)
        has_years = whole > 2 or (whole and len(loaded.months) < 12)
        self.modes.parts[0].why_not("" if loaded.years else N_("There are no yearly figures."))
        for part in self.modes.parts[1:]:
            part.why_not("" if loaded.months else N_("There are no monthly figures."))
        if other or not self._points():
            self.mode = YEARS if has_years or not loaded.months else MONTHS
        for part, kind in zip(self.choice.parts, self.kinds, strict=True):
            part.setVisible(kind.offered(loaded))
        names = [(row.code, Msg(named(row.name_ko, row.name_en))) for row in loaded.places]
        self.place.show_options(names, loaded.area)
        self.compare_button.say(STOP_COMPARING if loaded.other is not None else COMPARE)
        self.known_button.setAccessibleName(say(PRESENT if loaded.known_on else KNOWN))
        self.known_button.setToolTip(say(PRESENT if loaded.known_on else KNOWN))
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
        lacking = {HOURS: loaded.fact.frequency != HOUR, SUMS: loaded.fact.kind != "flow"}
        offered = [mode for mode in offered if not lacking.get(mode)]
        for part, mode in zip(self.modes.parts, modes, strict=True):
            part.setVisible(mode in offered)
        self.modes.setVisible(len(offered) > 1)
        if self.mode not in offered and offered:
            self.mode = offered[0]
        self.modes.choose(modes.index(self.mode))
        # What is beside it is drawn by the trend alone; elsewhere the choices need the room.
        self.compare_button.setVisible(self.view.BRUSH or loaded.other is not None)
        self._show_headlines()
        self.view.show_loaded(loaded, self.brush.span, mode=self.mode)
        self.brush_box.setVisible(self.view.BRUSH and not self.view.few())
        parts = any(d.points for d in (*loaded.district_years, *loaded.district_months))
        # Without figures of its parts: worth a word where such could be imported.
        missed = loaded.area == CITY and not loaded.fact.computed
        self.cards.setVisible(self.view.BRUSH and (parts or missed))
        if self.view.BRUSH:
            self._show_brush(self.view.lines)
        self._show_districts()
        self.on_span(*self.brush.span)
        QTimer.singleShot(0, self, self.refit)

    def monthly(self) -> bool:
        """Say whether months are shown."""
        return self.mode != YEARS

    def _points(self):
        return shown_points(self.loaded, self.mode) if self.loaded is not None else ()

    def _show_headlines(self) -> None:
        loaded = self.loaded
        points = self._points()
        values = [p.value for p in points if p.value is not None]
        found = headlines(
            points,
            loaded.aims,
            Scale.of(loaded.fact.unit, values),
            loaded.fact.better,
            loaded.fact.kind,
            loaded.fact.unit,
        )
        if loaded.companion is not None and not self.monthly():
            fact, years = loaded.companion
            name = named(fact.name_ko, fact.name_en)
            extra = companion(name, unit_words(fact.unit), fact.kind, years)
            found = [*found[:2], *([extra] if extra else []), *found[2:]]
        for n, figure in enumerate(self.figures):
            figure.show_headline(found[n] if n < len(found) else None)
        self.fit(self.room)

    def _show_brush(self, lines: list[Line]) -> None:
        limits = self.view.chart.extent()
        step = 1.0 if self.monthly() else YEAR
        key = self._span_key()
        whole = limits
        if self.monthly():
            first = limits[1] - FIRST_SPAN
            if self.mode == HOURS:
                first = math.floor(limits[1] - 0.1)  # the last month
            whole = max(limits[0], first), limits[1]
        self.brush.show_lines(lines, limits, self._spans.get(key, whole), step)
        QTimer.singleShot(0, self, self.align)

    def _span_key(self) -> tuple[str, ...]:
        other = self.loaded.other
        beside = (other.fact.code, other.area) if other is not None else ()
        return (self.loaded.fact.code, self.loaded.area, self.mode, *beside)

    def align(self) -> None:
        """Put the brush's line under the chart's."""
        if self.view.BRUSH:
            chart = self.view.chart
            field = chart.field()
            self.brush.set_margins(int(field.left()), int(chart.width() - field.right()))

    def _show_districts(self) -> None:
        loaded = self.loaded
        whole = any(len(d.points) > 2 for d in loaded.district_years)
        monthly = any(is_monthly(d.points) for d in loaded.district_months)
        monthly = monthly and (self.monthly() or not whole)
        held = loaded.district_months if monthly else loaded.district_years
        # A part of a year beside whole ones would flatten every line.
        shared = districts(
            [(d.code, named(d.name_ko, d.name_en), _whole(d.points, monthly)) for d in held],
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
        self.hint.setVisible(room >= theme.px(HINT_ROOM) and self.view.readable())
        self.place.setVisible(len(self.place.options) > 1)
        self.lay_tools(room - theme.px(52))
        self.cards.fit(room - theme.px(52))

    def built_controls(self) -> list[QWidget]:
        """Return what chooses inside the view in front."""
        return list(self.view.controls())

    def refit(self) -> None:
        """Fit again: what chooses inside a view came or went."""
        self.fit(self.room)

    def lay_tools(self, room: int) -> None:
        """Put what chooses inside a view beside the views, or below them where room ends."""
        lay = [self.choice, *self.built_controls(), self.known_button, self.compare_button]
        shown = [part for part in (*lay, self.place, self.modes) if not part.isHidden()]
        # The row's own hint lags behind what was shown and hidden just now.
        needed = sum(part.sizeHint().width() + 6 for part in shown) + theme.px(16)
        place = (0, 2) if needed <= room else (1, 0)
        if self.tools.getItemPosition(self.tools.indexOf(self.side))[:2] != place:
            self.tools.removeWidget(self.side)
            span = (1, 1) if place == (0, 2) else (1, 3)
            self.tools.addWidget(
                self.side, *place, *span, Align.AlignLeft if place[0] else Align(0)
            )

    def notes(self) -> list[str]:
        """Return what is said of the figures under every view: formula, factors, what changed."""
        return told(self.loaded.basis)

    # --- slots

    def on_place(self, _n: int) -> None:
        """Another place was chosen."""
        self.placed.emit(str(self.place.value()))

    def on_view(self, n: int) -> None:
        """A view was chosen."""
        self._show_view(self.kinds[n])
        self.renew()
        self.changed.emit()

    def on_mode(self, n: int) -> None:
        """Years or months were chosen."""
        self.mode = MODES[n][0]
        if self.mode == HOURS and self.loaded is not None and not self.loaded.hours:
            self.wanted.emit()
            return
        self.renew()
        self.changed.emit()

    def on_span(self, left: float, right: float) -> None:
        """The brush moved: the view and the districts follow."""
        if not self.view.BRUSH:
            return
        self._spans[self._span_key()] = (left, right)
        self.view.show_span(left, right)
        self.cards.show_range(left, right)
        unit = 1 if self.monthly() else YEAR
        # Hours run up to the midnight that belongs to the month before.
        rest = 0.1 if self.mode == HOURS else 0.0
        self.span.say(
            BY_MONTH if self.monthly() else BY_YEAR,
            first=self._moment(math.ceil(left / unit) * unit),
            last=self._moment(math.floor((right - rest) / unit) * unit),
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


def _whole(points: Sequence[Point], monthly: bool) -> list[Point]:
    return [point for point in points if monthly or point.status != "partial"]
