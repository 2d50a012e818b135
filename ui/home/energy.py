"""The city's electricity against its target path, on the first page."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen

from gwangju_desktop import clock
from gwangju_desktop.energy import paths
from ui import theme
from ui.home.cards import Card
from ui.text import N_, NN_, say
from ui.widgets.painted import Painted
from ui.widgets.parts import Align, Button, Label, column, row

INDICATOR, CITY = "EL01", "29000"
TERA = 1e6  # MWh in a TWh
LEFT, FOOT, HEAD = 44, 22, 18  # px of the scale's words
ABOVE = N_("{n:.2f} TWh more than the guide path")
BELOW = N_("{n:.2f} TWh less than the guide path")
OVER = N_("{n:.2f} TWh over the target")
MET = N_("Target met, {n:.2f} TWh below")
LATE = NN_("{n} published table is overdue", "{n} published tables are overdue")


class Aim(NamedTuple):
    """One point of the path in TWh: a target, or where the path begins."""

    year: int
    value: float
    kind: str


class Path(NamedTuple):
    """Years and TWh: what was used, the points set, whether figures are made up or incomplete.

    `overdue` counts the published tables whose day has passed.
    """

    used: tuple[tuple[int, float], ...]
    aims: tuple[Aim, ...]
    sample: bool
    partial: bool
    overdue: int = 0

    @property
    def gap(self) -> paths.Gap | None:
        """Return how far the last year is from the target of its year, or from the guide."""
        year, value = self.used[-1]
        return paths.gap(value, year, self.aims)


def electricity(read) -> Path | None:
    """Read the city's electricity by year and its target; None while there is no figure."""
    # Not on the way to the first rows, which are painted before this is asked for.
    from gwangju_desktop.energy import duties, queries, targets

    found = queries.series(read, indicator=INDICATOR, area=CITY, by="year")
    whole = [point for point in found.points if point.status != "partial"]
    if not whole:
        return None
    aims = targets.targets(read, indicator=INDICATOR)
    made_up = {"estimated"} & {point.status for point in whole}
    return Path(
        tuple((int(point.period), point.value / TERA) for point in whole),
        tuple(Aim(aim.year, aim.value / TERA, aim.kind) for aim in aims),
        bool(made_up) or any(aim.sample for aim in aims),
        whole[-1].status != "final",
        sum(row.overdue for row in duties.due(read, clock.today())),
    )


class PathPicture(Painted):
    """Actual solid, target dashed, both named at their lines."""

    def __init__(self) -> None:
        self.path: Path | None = None
        super().__init__(150)

    def show_path(self, path: Path) -> None:
        """Draw a path."""
        self.path = path
        self.renew()

    def sentence(self) -> str:
        if self.path is None:
            return ""
        year, value = self.path.used[-1]
        words = say(
            N_("Electricity of the city: {value:.2f} TWh in {year}"), value=value, year=year
        )
        if not self.path.aims:
            return words
        last = self.path.aims[-1]
        aim = say(N_("target {value:.2f} TWh in {year}"), value=last.value, year=last.year)
        return f"{words}, {aim}"

    def draw(self, painter: QPainter, area: QRectF) -> None:
        path = self.path
        if path is None:
            return
        points = [*path.used, *((aim.year, aim.value) for aim in path.aims)]
        years = [year for year, _value in points]
        top = max(value for _year, value in points)
        step = next(step for step in (1, 2, 5, 10, 20, 50) if step * 3 >= top)
        high = step * -(-top // step)
        plot = area.adjusted(theme.px(LEFT), theme.px(HEAD), -theme.px(8), -theme.px(FOOT))
        first, last = min(years), max(max(years), min(years) + 1)

        def at(year: float, value: float) -> QPointF:
            x = plot.left() + (year - first) / (last - first) * plot.width()
            return QPointF(x, plot.bottom() - value / high * plot.height())

        self._grid(painter, plot, step, high, at)
        self._years(painter, plot, sorted({first, path.used[-1][0], last}), at)
        self._line(painter, [at(aim.year, aim.value) for aim in path.aims], dashed=True)
        self._targets(painter, [at(a.year, a.value) for a in path.aims if a.kind != "start"])
        self._line(painter, [at(*point) for point in path.used], dashed=False)
        self._names(painter, plot, at)

    def _grid(self, painter: QPainter, plot: QRectF, step: float, high: float, at) -> None:
        painter.setFont(theme.font("cap"))
        value = 0.0
        while value <= high + 1e-9:
            y = at(0, value).y()
            painter.setPen(QPen(theme.color("line" if value else "line2"), 1))
            painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
            painter.setPen(theme.color("text3"))
            words = QRectF(0, y - 9, plot.left() - 8, 18)
            painter.drawText(words, Align.AlignRight | Align.AlignVCenter, f"{value:g}")
            value += step

    def _years(self, painter: QPainter, plot: QRectF, years: list[int], at) -> None:
        painter.setPen(theme.color("text3"))
        right = plot.left() - 40
        for year in years:
            x = min(at(year, 0).x(), plot.right() - theme.px(14))
            width = theme.px(34)
            if x - width / 2 < right:
                continue
            words = QRectF(x - width / 2, plot.bottom() + 4, width, theme.px(16))
            painter.drawText(words, Align.AlignCenter, str(year))
            right = x + width / 2 + 4

    def _line(self, painter: QPainter, points: list[QPointF], *, dashed: bool) -> None:
        if not points:
            return
        pen = QPen(theme.color("dTgt" if dashed else "d1"), 1.4 if dashed else 2.2)
        if dashed:
            pen.setDashPattern([4, 3])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        line = QPainterPath(points[0])
        for point in points[1:]:
            line.lineTo(point)
        painter.drawPath(line)
        if not dashed:
            painter.setPen(QPen(theme.color("raised"), 1.5))
            painter.setBrush(theme.color("d1"))
            painter.drawEllipse(points[-1], 4, 4)

    def _targets(self, painter: QPainter, points: list[QPointF]) -> None:
        """Mark the points somebody set: the line between them is only a guide."""
        painter.setPen(QPen(theme.color("dTgt"), 1.4))
        painter.setBrush(theme.color("raised"))
        for point in points:
            painter.drawEllipse(point, 3, 3)

    def _names(self, painter: QPainter, plot: QRectF, at) -> None:
        path = self.path
        year, value = path.used[-1]
        painter.setFont(theme.font("capb"))
        painter.setPen(theme.color("d1"))
        end = at(year, value)
        actual = say(N_("Actual {value:.2f}"), value=value)
        width = painter.fontMetrics().horizontalAdvance(actual)
        x = min(end.x() + 6, plot.right() - width)
        painter.drawText(QPointF(max(plot.left(), x), max(theme.px(12), end.y() - 8)), actual)
        if len(path.aims) > 1:
            middle = (path.aims[-1].year + max(year, path.aims[0].year)) // 2
            guide = paths.at(path.aims, middle)
            if guide is not None:
                painter.setFont(theme.font("cap"))
                painter.setPen(theme.color("text2"))
                here = at(middle, guide.value) + QPointF(4, -theme.px(10))
                painter.drawText(here, say(N_("Guide path")))


class EnergyCard(Card):
    """The last whole year's electricity, and how far it is from the target path."""

    def __init__(self, page) -> None:
        super().__init__(page)
        self.figure = Label("", "fig")
        self.unit, self.gap = Label("", "cap"), Label("", "sec", wrap=True)
        self.picture = PathPicture()
        self.note = Label(N_("The target and some years are made-up examples."), "cap", wrap=True)
        self.late = Button(LATE, "link", "clock", slot=self.on_late, n=0)
        self.more = Button(N_("Energy indicators"), "link", slot=self.on_more)
        column(
            row(Label(N_("Electricity and its target"), "h3").shrink(), None, self.more),
            row(self.figure, (column(self.unit, self.gap, gap=1), 1), gap=10),
            self.picture,
            self.note,
            row(self.late, None),
            margins=(16, 10, 12, 12),
            gap=4,
            into=self,
        )
        self.hide()

    def look(self) -> None:
        """Ask for the figures."""
        self.page.desk.read(electricity, then=self.on_path)

    def on_path(self, path: Path | None) -> None:
        self.setVisible(path is not None)
        if path is None:
            return
        year, value = path.used[-1]
        self.figure.say(f"{value:.2f}")
        provisional = N_("TWh · {year} provisional")
        self.unit.say(
            provisional if path.partial and not path.sample else N_("TWh · {year}"), year=year
        )
        gap = path.gap
        self.gap.setVisible(gap is not None)
        if gap is not None:
            over = gap.difference > 0
            met = gap.kind == "target"
            message = (OVER if over else MET) if met else (ABOVE if over else BELOW)
            self.gap.say(message, n=abs(gap.difference))
            # Only a target is missed or met; a year between two is neither.
            self.gap.ink(("bad" if over else "ok") if met else "text2")
        self.late.say(LATE, n=path.overdue)
        self.late.setVisible(path.overdue > 0)
        self.note.setVisible(path.sample)
        self.picture.show_path(path)

    def on_late(self) -> None:
        """Go to the coverage, where the overdue tables stand."""
        self.page.go("energy", 0, "energy_source")

    def on_more(self) -> None:
        self.page.go("energy")
