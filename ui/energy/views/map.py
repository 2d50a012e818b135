"""The districts or dongs coloured by value: own boundaries, no map of the world beneath them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFileDialog, QWidget

from db.vocab import AreaLevel
from gwangju_desktop.energy import boundaries, queries, shown
from gwangju_desktop.energy.boundaries import BoundaryRow, Shape
from gwangju_desktop.energy.scales import Scale
from gwangju_desktop.members.rules import named
from ui import alerts, theme
from ui.energy.figures import Reading, period_name
from ui.energy.views import people
from ui.energy.views.base import MONTHS, YEARS, Cells, View
from ui.energy.views.classes import EQUAL, QUANTILES, Classes, classes
from ui.energy.views.mapped import Mapped, Placed
from ui.energy.views.people import People
from ui.energy.views.words import amount, digits_of, in_unit, name_of, unsure
from ui.text import C_, N_, say
from ui.widgets.fields import Choice
from ui.widgets.page import State
from ui.widgets.parts import Button, column

DISTRICTS, DONGS = AreaLevel.DISTRICT.value, AreaLevel.DONG.value
LEVELS = {DISTRICTS: C_("map", "Districts"), DONGS: C_("map", "Dongs")}

CUTS = {QUANTILES: C_("classes", "Equal counts"), EQUAL: C_("classes", "Equal steps")}
NARROW = 1000  # px of a window that has no room for the choice of classes


@dataclass(frozen=True, slots=True)
class Ground:
    """What a map of a level is drawn from: its shapes and each one's figures."""

    level: str
    by: str
    shapes: tuple[Shape, ...]
    points: dict[str, tuple[Reading, ...]]
    levels: frozenset[str]
    file: BoundaryRow | None = None
    people: People = field(default_factory=dict)


def ground(
    read,
    *,
    papers,
    indicator: str,
    level: str,
    by: str,
    only: frozenset[str],
    known_on: dt.date | None,
    each: bool,
) -> Ground:
    """Read the shapes of a level, or `only` some of them, and the figures of those dongs.

    What the districts have is loaded already. `each` asks for the people of each place too.
    """
    shapes = tuple(boundaries.shapes(read, papers, level=level))
    if only:
        shapes = tuple(shape for shape in shapes if shape.code in only)
    points: dict[str, tuple[Reading, ...]] = {}
    if level == DONGS:
        held = {row.code for row in shown.places(read, indicator=indicator)}
        for shape in (one for one in shapes if one.code in held):
            found = queries.series(
                read, indicator=indicator, area=shape.code, by=by, as_known_on=known_on
            )
            points[shape.code] = found.points
    files = boundaries.boundaries(read)
    file = next((row for row in files if row.level == level), None)
    levels = frozenset(row.level for row in files)
    there = points if level == DONGS else [shape.code for shape in shapes]
    held = people.people(read, areas=there, by=by) if each else {}
    return Ground(level, by, shapes, points, levels, file, held)


class MapView(View):
    """One period on the map; ←→ read its areas, the choices its period and classes."""

    NAME = C_("energy", "Map")
    MODES = (YEARS, MONTHS)

    def __init__(self, desk) -> None:
        super().__init__(desk)
        self.ground: Ground | None = None
        self.level = DISTRICTS
        self.period = ""
        self.values: dict[str, Reading] = {}
        self.classes = Classes((), ())
        self.scale = Scale.of("", ())
        self.digits = 0
        self.order: list[str] = []
        self._laid: tuple[object, Mapped] | None = None
        self.when = Choice((), N_("Period"), width=104)
        self.where = Choice(list(LEVELS.items()), N_("Areas"), DISTRICTS, width=112)
        self.how = Choice(list(CUTS.items()), N_("Classes"), QUANTILES, width=126)
        self.what = Choice(list(people.WAYS.items()), N_("Shown as"), people.WHOLE, width=112)
        self.import_button = Button(
            N_("Import boundary file"), "primary", "upload", slot=self.on_import
        )
        self.empty = State(
            "map",
            N_("There are no boundaries to draw a map from."),
            N_("Import a boundary file in GeoJSON, of districts or of dongs."),
            self.import_button,
        )
        column(self.empty, gap=0, into=self)
        self.empty.hide()
        for control in self.controls():
            control.hide()
        self.what.currentIndexChanged.connect(self.on_what)
        self.when.currentIndexChanged.connect(self.on_when)
        self.where.currentIndexChanged.connect(self.on_where)
        self.how.currentIndexChanged.connect(self.on_how)
        desk.changed.connect(self.on_changed)

    @classmethod
    def offered(cls, loaded) -> bool:
        held = (*loaded.district_years, *loaded.district_months)
        return cls.level_of(loaded) in LEVELS and any(district.points for district in held)

    @staticmethod
    def level_of(loaded) -> str:
        """Return how large the places are that the area shown is divided into."""
        codes = {district.code for district in loaded.district_years}
        return next((area.level for area in loaded.areas if area.code in codes), "")

    def show_loaded(self, loaded, span, *, mode=YEARS) -> None:
        """Show an indicator on the map; its shapes are asked of the desk."""
        self.ground, self.values, self.order = None, {}, []
        if self.level_of(loaded) == DONGS:
            self.level = DONGS
        elif self.loaded is not None and self.level_of(self.loaded) == DONGS:
            self.level = DISTRICTS
        super().show_loaded(loaded, span, mode=mode)
        self._ask()

    def _ask(self) -> None:
        self.desk.read(
            ground,
            then=self.on_ground,
            otherwise=self.on_unread,
            papers=self.desk.store.papers,
            indicator=self.loaded.fact.code,
            level=self.level,
            by="month" if self.mode == MONTHS else "year",
            only=self._only(),
            known_on=self.loaded.known_on,
            each=people.divisible(self.loaded.fact) and self.loaded.known_on is None,
        )

    def _only(self) -> frozenset[str]:
        """Return the dongs of the district shown; of the city all are drawn."""
        if self.level_of(self.loaded) != DONGS:
            return frozenset()
        return frozenset(district.code for district in self.loaded.district_years)

    def on_ground(self, found: Ground) -> None:
        """Show what was read, unless something else was asked for meanwhile."""
        if found.level != self.level or (found.by == "month") != (self.mode == MONTHS):
            return
        other = found.levels & set(LEVELS) - {self.level}
        if not found.shapes and other and self.level_of(self.loaded) == DISTRICTS:
            # Only boundaries of the other level are there.
            self.level = next(level for level in LEVELS if level in found.levels)
            self.where.show_options(list(LEVELS.items()), self.level)
            self._ask()
            return
        self.ground = found
        self._show_periods()
        self._pick()

    def on_unread(self, error: Exception) -> None:
        """Say why there is no map; other boundaries may be imported in its place."""
        alerts.tell(error)
        self.ground = Ground(self.level, "", (), {}, frozenset())
        self._pick()

    def each(self) -> bool:
        """Say whether amounts for one person are shown."""
        return bool(self.ground and self.ground.people) and self.what.value() == people.EACH

    def _points(self) -> dict[str, tuple[Reading, ...]]:
        return people.divided(self._held(), self.ground.people) if self.each() else self._held()

    def _held(self) -> dict[str, tuple[Reading, ...]]:
        if self.ground is not None and self.ground.level == DONGS:
            return self.ground.points
        monthly = self.mode == MONTHS
        held = self.loaded.district_months if monthly else self.loaded.district_years
        return {district.code: district.points for district in held}

    def _show_periods(self) -> None:
        """Offer the periods with figures, the latest first; begin at the latest whole one."""
        counts: dict[str, int] = {}
        whole: dict[str, int] = {}
        for points in self._points().values():
            for point in points:
                if point.value is not None:
                    counts[point.period] = counts.get(point.period, 0) + 1
                    whole[point.period] = whole.get(point.period, 0) + (point.status != "partial")
        most = max(whole.values(), default=0)
        if self.period not in counts:
            self.period = max((p for p, n in whole.items() if n == most), default="")
        options = [(period, str(period_name(period))) for period in sorted(counts, reverse=True)]
        self.when.show_options(options, self.period)

    def _pick(self) -> None:
        """Take the figures of the period and cut them into classes."""
        shapes = {shape.code for shape in self.ground.shapes} if self.ground else set()
        self.values = {
            code: point
            for code, points in self._points().items()
            for point in points
            if point.period == self.period and point.value is not None and code in shapes
        }
        values = [point.value for point in self.values.values()]
        unit = self.loaded.fact.unit
        self.scale = Scale.of(unit, [min(values)] if values else ())
        if self.each():
            self.scale = people.scale_of(unit)
        scaled = [value / self.scale.by for value in values]
        self.digits = digits_of(scaled)
        self.classes = classes(scaled, self.how.value())
        missing = sorted(shapes - set(self.values))
        # Read from the highest on: that is what a map is asked for first.
        self.order = sorted(self.values, key=lambda code: -self.values[code].value) + missing
        has = bool(shapes)
        self.empty.setVisible(not has)
        self.import_button.setVisible(not self.desk.read_only)
        self.when.setVisible(has)
        self.what.setVisible(has and bool(self.ground and self.ground.people))
        self.how.setVisible(has and self.window().width() >= theme.px(NARROW))
        levels = self.ground.levels if self.ground else frozenset()
        both = set(LEVELS) <= levels and self.level_of(self.loaded) == DISTRICTS
        self.where.show_options(list(LEVELS.items()), self.level)
        self.where.setVisible(both)
        self.renew()
        self.changed.emit()

    def renew(self) -> None:
        """Show and say the present data; the periods are named anew."""
        self._laid = None
        if self.ground is not None:
            self._show_periods()
        if self.each():
            self.scale = people.scale_of(self.loaded.fact.unit)
        super().renew()

    def controls(self) -> Sequence[QWidget]:
        return self.where, self.when, self.what, self.how

    def on_when(self, _n: int) -> None:
        """Another period was chosen."""
        if self.when.value() not in (None, self.period):
            self.period = self.when.value()
            self._pick()

    def on_where(self, _n: int) -> None:
        """Districts or dongs were chosen."""
        if self.where.value() != self.level:
            self.level = self.where.value()
            self._ask()

    def on_what(self, _n: int) -> None:
        """Amounts, or amounts for one person, were chosen."""
        if self.ground is not None:
            self._show_periods()
            self._pick()

    def on_how(self, _n: int) -> None:
        """Classes of equal counts or of equal steps were chosen."""
        self._pick()

    def on_import(self) -> None:
        """Choose a boundary file and say where it is from; the map comes by itself."""
        # Only who has a boundary file needs the form of one.
        from ui.energy.basis_areas import KINDS, BoundaryForm

        title = say(N_("Import boundary file"))
        chosen, _filter = QFileDialog.getOpenFileName(self.window(), title, "", say(KINDS))
        if chosen:
            BoundaryForm(self.window(), self.desk, Path(chosen)).open()

    def on_changed(self, changes) -> None:
        """Draw anew from other boundaries."""
        if self.loaded is not None and changes.touches("boundary"):
            self._ask()

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        if self.ground is not None and self.ground.shapes and self.isVisible():
            self.how.setVisible(self.window().width() >= theme.px(NARROW))

    # --- words

    def name(self, code: str) -> str:
        """Name an area in the language shown."""
        area = next((one for one in self.loaded.areas if one.code == code), None)
        if area is not None:
            return named(area.name_ko, area.name_en)
        shapes = self.ground.shapes if self.ground else ()
        return next((shape.name for shape in shapes if shape.code == code), code)

    def head(self) -> str:
        if not self.values:
            return ""
        return say(
            N_("{period} · {areas}, {unit}"),
            period=str(period_name(self.period)),
            areas=say(LEVELS[self.level]),
            unit=say(self.scale.unit),
        )

    def notes(self) -> Sequence[str]:
        if not self.values:
            return ()
        said = []
        if self.each():
            said.append(say(people.NOTE))
        elif self.loaded.fact.kind != "rate":
            said.append(say(N_("Totals: a larger place has the larger value for that alone.")))
        file = self.ground.file if self.ground else None
        if file is not None:
            parts = [file.source or file.title, str(file.year or ""), file.licence]
            words = " · ".join(part for part in parts if part)
            said.append(say(N_("Boundaries: {source}"), source=words))
        return said

    def sentence(self) -> str:
        if not self.values:
            return say(N_("No map: there are no boundaries or no figures of the areas."))
        high, low = self.order[0], self.order[len(self.values) - 1]
        words = say(
            N_("{name} in {period} by area: highest {high}, lowest {low}."),
            name=name_of(self.loaded.fact),
            period=str(period_name(self.period)),
            high=self._told(high),
            low=self._told(low),
        )
        missing = len(self.order) - len(self.values)
        return words + (" " + say(N_("No figure for {n} areas."), n=missing) if missing else "")

    def _told(self, code: str) -> str:
        point = self.values[code]
        return f"{self.name(code)} " + amount(point.value, self.scale, self.digits, point.status)

    def cells(self) -> Cells:
        head = [
            say(C_("energy", "Code")),
            say(C_("energy", "Area")),
            self._headed(
                str(period_name(self.period)) if self.period else say(C_("energy", "Value"))
            ),
        ]
        codes = sorted(self.order)
        rows: list[list[object]] = [
            [code, self.name(code), self.values[code].value if code in self.values else None]
            for code in codes
        ]
        return head, rows

    def _headed(self, title: str) -> str:
        if self.each():
            return f"{title} ({say(self.scale.unit)})"
        return in_unit(title, self.loaded.fact)

    def places(self) -> int:
        return len(self.order)

    def first_place(self) -> int:
        return 0

    def step(self, place: int, right: int, down: int) -> int:
        return min(max(place + right + down, 0), len(self.order) - 1)

    def told(self, place: int) -> str:
        code = self.order[place]
        if code not in self.values:
            return say(N_("{item}: no figure"), item=self.name(code))
        rank = say(N_("{n} of {of}"), n=place + 1, of=len(self.values))
        return f"{period_name(self.period)} · {self._told(code)} · {rank}"

    # --- drawing

    def picture(self, area: QRectF) -> Mapped:
        """Lay the map and its legend out in an area; kept until what is shown changes."""
        key = (area.getRect(), theme.scale)
        if self._laid is None or self._laid[0] != key:
            self._laid = key, self._lay(area)
        return self._laid[1]

    def _lay(self, area: QRectF) -> Mapped:
        placed = []
        for shape in self.ground.shapes:
            point = self.values.get(shape.code)
            value = None if point is None else point.value / self.scale.by
            placed.append(
                Placed(
                    shape.code,
                    self.name(shape.code),
                    tuple(tuple(ring) for polygon in shape.polygons for ring in polygon),
                    value,
                    point is not None and (unsure(point.status) or point.status == "partial"),
                )
            )
        return Mapped.of(placed, self.classes, say(self.scale.unit), self.digits, area)

    def draw(self, painter: QPainter, area: QRectF) -> None:
        if self.ground is None or not self.ground.shapes:
            return
        here = self.order[self.place] if self.place is not None else ""
        self.picture(area).draw(painter, here)

    def hit(self, at: QPointF, area: QRectF) -> int | None:
        if self.ground is None or not self.order:
            return None
        code = self.picture(area).hit((at.x(), at.y()))
        return self.order.index(code) if code else None


VIEW = MapView
