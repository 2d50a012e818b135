"""The chosen indicator: headline numbers, chart, brush, districts, and the same as a table."""

from __future__ import annotations

import math

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from gwangju_desktop import clock
from gwangju_desktop.members.rules import named
from ui import theme
from ui.energy.cards import Cards
from ui.energy.districts import districts
from ui.energy.figures import (
    Headline,
    Scale,
    actual_line,
    headlines,
    is_monthly,
    sheet,
    target_line,
)
from ui.energy.load import Loaded
from ui.energy.table import SheetTable
from ui.text import C_, N_, Msg, day
from ui.widgets.brush import Brush
from ui.widgets.chart import Chart
from ui.widgets.chart_lines import Line, Text
from ui.widgets.chart_scale import YEAR, moment_of, month_of
from ui.widgets.painted import Segment
from ui.widgets.parts import Button, Label, column, row

YEARLY, MONTHLY = 0, 1
BY_MONTH = N_("{first} to {last} · drag the edges; arrow keys move them by a month")
BY_YEAR = N_("{first} to {last} · drag the edges; arrow keys move them by a year")
ROOM = (0, 560, 720)  # px the panel needs at 100 % to show each headline
HINT_ROOM = 640
FIRST_SPAN = 4 * YEAR  # the months shown at first: the last four years


class Figure(QWidget):
    """One headline number."""

    def __init__(self) -> None:
        super().__init__()
        self.held = False
        self.caption = Label("", "cap")
        self.value = Label("", "figm")
        self.unit = Label("", "cap")
        self.note = Label("", "capb")
        number = row(self.value, (self.unit, Qt.AlignmentFlag.AlignBottom), None, gap=5)
        column(self.caption, number, self.note, gap=1, into=self)

    def show_headline(self, headline: Headline | None) -> None:
        """Show a number, or nothing."""
        self.held = headline is not None
        self.setVisible(self.held)
        if headline is None:
            return
        self.caption.say(headline.caption.message, **_flat(headline.caption))
        self.value.say(headline.value)
        self.unit.say(headline.unit)
        note = headline.note
        self.note.say(note.message if note else "", **(_flat(note) if note else {}))
        self.note.ink(headline.ink)
        self.note.setVisible(note is not None)


def _flat(text: Text) -> dict[str, object]:
    """Return a text's values with the texts inside them said."""
    return {k: str(v) if isinstance(v, Text) else v for k, v in text.values.items()}


class Panel(QWidget):
    """Everything about one indicator under the page's header; `changed` on each switch."""

    changed = Signal()  # years or months, chart or table

    def __init__(self) -> None:
        super().__init__()
        self.loaded: Loaded | None = None
        self.room = 2_000
        self.scale = Scale(1.0, Msg("MWh"))
        self._spans: dict[tuple[str, int], tuple[float, float]] = {}
        self.figures = [Figure() for _n in range(3)]
        self.modes = Segment((N_("Yearly"), N_("Monthly")), YEARLY, N_("Years or months"))
        self.table_button = Button(N_("Show as table"), "link", "table", slot=self.on_table)
        self.chart = Chart(N_("Chart of the indicator"))
        self.reading = Label("", "cap", elide=True)
        self.brush = Brush()
        self.span = Label("", "cap", elide=True)
        self.whole_button = Button(N_("Whole period"), "link", slot=self.brush.show_all)
        self.cards = Cards()
        self.table = SheetTable()
        self.source = Label("", "cap", elide=True)
        self.hint = Label(N_("←→ on the chart reads values"), "cap")
        self.pictures = column(
            (self.chart, 1),
            row(Label(N_("Period shown"), "capb"), (self.span, 1), self.whole_button),
            self.brush,
            self.cards,
            gap=5,
        )
        self.stack = QStackedWidget()
        self.stack.addWidget(self.pictures)
        self.stack.addWidget(self.table)
        numbers = [part for figure in self.figures for part in (figure, 26)]
        column(
            row(*numbers, None, self.table_button, self.modes, gap=6),
            (self.stack, 1),
            row((self.source, 1), self.hint),
            margins=(28, 0, 24, 10),
            gap=6,
            into=self,
        )
        self.modes.chosen.connect(self.on_mode)
        self.brush.spanned.connect(self.on_span)
        self.chart.read.connect(self.on_read)

    # --- what is shown

    def show_loaded(self, loaded: Loaded) -> None:
        """Show an indicator; years if it has them, else months."""
        other = self.loaded is None or self.loaded.fact.code != loaded.fact.code
        self.loaded = loaded
        has_years = any(p.status != "partial" for p in loaded.years)
        self.modes.parts[YEARLY].why_not("" if loaded.years else N_("There are no yearly figures."))
        self.modes.parts[MONTHLY].why_not(
            "" if loaded.months else N_("There are no monthly figures.")
        )
        if other or not self._points():
            self.modes.choose(YEARLY if has_years or not loaded.months else MONTHLY)
        self.renew()

    def renew(self) -> None:
        """Draw what is loaded again: another mode, another language."""
        loaded = self.loaded
        if loaded is None:
            return
        points, monthly = self._points(), self.monthly()
        aims = () if monthly else loaded.aims
        values = [p.value for p in points if p.value is not None]
        self.scale = Scale.of(loaded.fact.unit, [*values, *(a.value for a in aims)])
        self._show_headlines()
        lines: list[Line] = []
        target = target_line(aims, self.scale)
        if target is not None:
            lines.append(target)
        actual = actual_line(points, self.scale, Text(C_("energy", "Actual")))
        lines.append(actual)
        name = named(loaded.fact.name_ko, loaded.fact.name_en)
        self.chart.title = Text(N_("{name}, chart"), name=name)
        today = moment_of(clock.today())
        self.chart.show_lines(
            lines,
            unit=Text(self.scale.unit),
            monthly=monthly,
            today=None if monthly else today,
            from_zero=not monthly,
        )
        self._show_brush(lines)
        self._show_districts()
        self._show_table(points, aims)
        self.on_span(*self.brush.span)

    def monthly(self) -> bool:
        """Say whether months are shown."""
        return self.modes.current() == MONTHLY

    def _points(self):
        if self.loaded is None:
            return ()
        return self.loaded.months if self.monthly() else self.loaded.years

    def _show_headlines(self) -> None:
        loaded = self.loaded
        found = headlines(
            self._points(),
            loaded.aims,
            self.scale,
            loaded.fact.better,
            clock.today().year,
            loaded.fact.kind,
        )
        for n, figure in enumerate(self.figures):
            figure.show_headline(found[n] if n < len(found) else None)
        self.fit(self.room)

    def _show_brush(self, lines: list[Line]) -> None:
        limits = self.chart.extent()
        step = 1.0 if self.monthly() else YEAR
        key = (self.loaded.fact.code, self.modes.current())
        whole = limits
        if self.monthly():
            whole = max(limits[0], limits[1] - FIRST_SPAN), limits[1]
        self.brush.show_lines(lines, limits, self._spans.get(key, whole), step)
        QTimer.singleShot(0, self, self.align)

    def align(self) -> None:
        """Put the brush's line under the chart's."""
        field = self.chart.field()
        self.brush.set_margins(int(field.left()), int(self.chart.width() - field.right()))

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

    def _show_table(self, points, aims) -> None:
        loaded = self.loaded
        held = loaded.district_months if self.monthly() else loaded.district_years
        rows = sheet(points, aims, [d.points for d in held])
        self.table.show_rows(
            rows,
            loaded.fact,
            [named(d.name_ko, d.name_en) for d in held],
            {d.id: d for d in loaded.datasets},
        )

    def _moment(self, at: float) -> str:
        """Name an edge of the span as the axis does: years among years."""
        month = month_of(at)
        return day(month, "month") if self.monthly() else str(month.year)

    def fit(self, room: int) -> None:
        """Leave out what does not fit in so many pixels: later headlines, the hint."""
        self.room = room
        for figure, needed in zip(self.figures, ROOM, strict=True):
            figure.setVisible(figure.held and room >= theme.px(needed))
        self.hint.setVisible(room >= theme.px(HINT_ROOM) and not self.as_table())
        self.cards.fit(room - theme.px(52))

    def as_table(self) -> bool:
        """Say whether the table stands in the chart's place."""
        return self.stack.currentWidget() is self.table

    # --- slots

    def on_mode(self, _mode: int) -> None:
        """Years or months were chosen."""
        self.renew()
        self.changed.emit()

    def on_span(self, left: float, right: float) -> None:
        """The brush moved: the chart and the districts follow."""
        self._spans[(self.loaded.fact.code, self.modes.current())] = (left, right)
        self.chart.show_range(left, right)
        self.cards.show_range(left, right)
        unit = 1 if self.monthly() else YEAR
        self.span.say(
            BY_MONTH if self.monthly() else BY_YEAR,
            first=self._moment(math.ceil(left / unit) * unit),
            last=self._moment(math.floor(right / unit) * unit),
        )

    def on_table(self) -> None:
        """Switch between pictures and the table."""
        shown = self.stack.currentWidget() is self.pictures
        self.stack.setCurrentWidget(self.table if shown else self.pictures)
        self.table_button.say(N_("Show as chart") if shown else N_("Show as table"))
        self.table_button.icon_named("chart-bar" if shown else "table")
        self.fit(self.room)
        self.changed.emit()

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
        if event.type() == QEvent.Type.LanguageChange:
            self.renew()
        elif event.type() == QEvent.Type.StyleChange:
            QTimer.singleShot(0, self, self.align)
