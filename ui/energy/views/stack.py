"""What a total is made of over time: bars of parts that add up; rates stay side by side as lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from gwangju_desktop.energy import derived, items, queries
from gwangju_desktop.energy.scales import Scale
from gwangju_desktop.members.rules import named
from gwangju_desktop.text import words
from ui.energy.figures import period_name
from ui.energy.views import bars, lines, paint
from ui.energy.views.base import MONTHS, YEARS, Cells, View
from ui.energy.views.stacking import MOST, REST, ROUNDING, Stack, grouped, largest, stack
from ui.energy.views.words import amount, digits_of, in_unit, name_of, percentage
from ui.text import C_, N_, say
from ui.widgets.chart_scale import moment
from ui.widgets.fields import Choice

ENERGY = derived.ENERGY
PLACES = "area"  # the districts, as a dimension beside those of the figures
DISTRICT = C_("dimension", "Area")
AMOUNTS, SHARES = "amounts", "shares"
WAYS = {AMOUNTS: C_("stack", "Amounts"), SHARES: C_("stack", "Shares")}
NOT_DIVIDED = C_("stack", "Not divided")
MOST_MONTHS = 60  # columns of the months shown where the brush asks for more


def dimension_label(dimension: str) -> str:
    """Name what a total is split by."""
    return DISTRICT if dimension == PLACES else items.dimension_label(dimension)


def parts(read, *, indicator: str, area: str, by: str, dimension: str):
    """Read an area's figures split by a dimension."""
    found = queries.breakdown(read, indicator=indicator, area=area, by=by, dimension=dimension)
    return dimension, by, found


class StackView(View):
    """Columns of parts; ←→ read the columns, ↑↓ the parts of one."""

    NAME = C_("energy", "Parts")
    MODES = (YEARS, MONTHS)

    def __init__(self, desk) -> None:
        super().__init__(desk)
        self.series: Mapping[str, Sequence[queries.Point]] = {}
        self.stack = Stack((), ())
        self.answered = False
        self.scale = Scale.of("", ())
        self.digits = 0
        self.dimension = ""
        # Items of a rate that are not drawn: unlike amounts they go into no rest.
        self.left: tuple[str, ...] = ()
        self.apart = False
        self.districts: dict[str, tuple[str, str]] = {}
        self.by = Choice((), N_("Split by"), width=128)
        self.what = Choice(list(WAYS.items()), N_("Shown as"), AMOUNTS, width=100)
        self.by.currentIndexChanged.connect(self.on_by)
        self.what.currentIndexChanged.connect(self.on_what)

    @classmethod
    def offered(cls, loaded) -> bool:
        return bool(cls.dimensions(loaded))

    @staticmethod
    def dimensions(loaded) -> list[str]:
        """Return what the indicator's figures of this area can be split by."""
        found = [name for name, held in loaded.dimensions.items() if len(held) > 1]
        if loaded.known_on is not None:
            # What was known on a day is known of whole figures, not of their parts.
            found = []
        held = [d for d in (*loaded.district_years, *loaded.district_months) if d.points]
        if len({d.code for d in held}) > 1 and loaded.fact.kind != "rate":
            found.append(PLACES)
        order = [*items.DIMENSIONS, PLACES]
        return sorted(found, key=lambda name: order.index(name) if name in order else len(order))

    def show_loaded(self, loaded, span, *, mode=YEARS) -> None:
        """Show the parts of an indicator; those that are dimensions are asked of the desk."""
        offered = self.dimensions(loaded)
        # The districts stand under the chart already: another split says more.
        best = next((name for name in offered if name != PLACES), PLACES)
        if self.loaded is None or self.loaded.fact.code != loaded.fact.code:
            self.dimension = best
        if self.dimension not in offered:
            self.dimension = best
        self.by.show_options([(name, dimension_label(name)) for name in offered], self.dimension)
        self.by.setVisible(len(offered) > 1)
        self.series, self.stack, self.answered = {}, Stack((), ()), False
        super().show_loaded(loaded, span, mode=mode)
        self._ask()

    def _ask(self) -> None:
        loaded, monthly = self.loaded, self.mode == MONTHS
        if self.dimension == PLACES:
            held = loaded.district_months if monthly else loaded.district_years
            self.districts = {d.code: (d.name_ko, d.name_en) for d in held}
            self._show({d.code: d.points for d in held if d.points})
            return
        self.desk.read(
            parts,
            then=self.on_parts,
            indicator=loaded.fact.code,
            area=loaded.area,
            by="month" if monthly else "year",
            dimension=self.dimension,
        )

    def on_parts(self, found) -> None:
        """Show what was read, unless something else was asked for meanwhile."""
        dimension, by, series = found
        if dimension == self.dimension and (by == "month") == (self.mode == MONTHS):
            self._show(series)

    def _show(self, series: Mapping[str, Sequence[queries.Point]]) -> None:
        self.answered = True
        self.left = ()
        if self.rated():
            series, self.left = largest(series)
        elif self.dimension != PLACES and len(series) > MOST + 1:
            series = grouped(series, self._headings())
        self.series = {item: self._within(points) for item, points in series.items()}
        whole = self.loaded.months if self.mode == MONTHS else self.loaded.years
        # What was published of a whole that is computed here from energies counts other things.
        self.apart = self.dimension == ENERGY and any(p.origin == "published" for p in whole)
        plain = not self.rated() and not self.apart
        known = {p.period: p.value for p in whole if plain and p.value is not None}
        # What is computed from energies is only known with all of them.
        self.stack = stack(self.series, known, whole=self.dimension == ENERGY)
        values = [part.value for column in self.stack.columns for part in column.parts]
        totals = values if self.rated() else [column.total for column in self.stack.columns]
        self.scale = Scale.of(self.loaded.fact.unit, totals or values)
        self.digits = digits_of(value / self.scale.by for value in values)
        self.what.setVisible(self.shareable())
        self.renew()
        self.changed.emit()

    def _headings(self) -> dict[str, str]:
        """Return the codes that stand for a publisher's own headings: 산업용 is `industrial`."""
        korean = words("ko")
        codes = self.loaded.dimensions.get(self.dimension, ())
        return {korean(items.label(self.dimension, code)): code for code in codes}

    def _within(self, points: Sequence[queries.Point]) -> list[queries.Point]:
        """Return the months of the brush, the newest MOST_MONTHS of them; of years all."""
        held = [point for point in points if point.value is not None]
        if self.mode != MONTHS or not held:
            return held
        left, right = self.span
        last = max(moment(point.period) for point in held)
        first = max(left, min(right, last) - MOST_MONTHS + 1)
        shown = [point for point in held if first <= moment(point.period) <= right]
        # Outside of everything there is, the newest months say more than nothing.
        return shown or held[-MOST_MONTHS:]

    def rated(self) -> bool:
        """Say whether the parts are rates, which never add up."""
        return self.loaded is not None and self.loaded.fact.kind == "rate"

    def shareable(self) -> bool:
        """Say whether shares of a whole can be shown at all."""
        return not self.rated() and any(
            column.share(item) is not None
            for column in self.stack.columns
            for item in self.stack.items
        )

    def shares(self) -> bool:
        """Say whether shares are shown."""
        return self.what.value() == SHARES and self.shareable()

    def controls(self) -> Sequence[QWidget]:
        return self.by, self.what

    def on_by(self, _n: int) -> None:
        """Another split was chosen."""
        if self.by.value() in (None, self.dimension):
            return
        self.dimension = self.by.value()
        self._ask()

    def on_what(self, _n: int) -> None:
        """Amounts or shares were chosen."""
        self.renew()
        self.changed.emit()

    # --- words

    def label(self, item: str) -> str:
        """Name an item in the language shown."""
        if item == REST:
            n = len(self.stack.folded)
            return say(N_("{n} others"), n=n) if n else say(NOT_DIVIDED)
        if self.dimension == PLACES:
            return named(*self.districts.get(item, (item, item)))
        return say(items.label(self.dimension, item))

    def head(self) -> str:
        if not self.stack.columns:
            return ""
        first, last = (str(period_name(self.stack.columns[n].period)) for n in (0, -1))
        values = {
            "by": say(dimension_label(self.dimension)),
            "first": first,
            "last": last,
        }
        if self.shares():
            return say(N_("{first} to {last} · shares by {by}, %"), **values)
        return say(N_("{first} to {last} · by {by}, {unit}"), **values, unit=say(self.scale.unit))

    def notes(self) -> Sequence[str]:
        said = []
        if self.rated():
            said.append(say(N_("Rates do not add up; they stand side by side.")))
        if self.left:
            names = ", ".join(self.label(one) for one in self.left[:MOST])
            more = len(self.left) - MOST
            if more > 0:
                names += " " + say(N_("and {n} others"), n=more)
            said.append(say(N_("Not drawn: {names}"), names=names))
        if self.stack.folded:
            names = ", ".join(self.label(one) for one in self.stack.folded)
            said.append(say(N_("Others: {names}"), names=names))
        if self.rated():
            return said
        if self.apart:
            said.append(say(N_("Computed from energies; what was published counts other things.")))
        cuts = {frozenset(p.item for p in c.parts) for c in self.stack.columns if not c.lacking}
        if any(one - other and other - one for one in cuts for other in cuts):
            said.append(say(N_("The publishers divide the whole differently in some periods.")))
        over = [str(period_name(column.period)) for column in self.stack.columns if column.over]
        if over:
            periods = ", ".join(over[:3]) + (" …" if len(over) > 3 else "")
            said.append(
                say(N_("The parts add up to more than was published: {periods}."), periods=periods)
            )
        if any(column.lacking for column in self.stack.columns):
            said.append(
                say(N_("A dotted top: a part has no figure there; the whole is not known."))
            )
        return said

    def sentence(self) -> str:
        whole = [c for c in self.stack.columns if c.status != "partial"]
        whole = [c for c in whole if not c.lacking] or whole
        if not whole:
            return ""
        column = whole[-1]
        held = {part.item for part in column.parts}
        shown = [item for item in reversed(self.stack.items) if item in held]
        told = ", ".join(self._part(column, item) for item in shown)
        return say(
            N_("{name} in {period} by {by}: {parts}."),
            name=name_of(self.loaded.fact),
            period=str(period_name(column.period)),
            by=say(dimension_label(self.dimension)),
            parts=told,
        )

    def _part(self, column, item: str) -> str:
        part = column.part(item)
        if part is None:
            return say(N_("{item}: no figure"), item=self.label(item))
        words = f"{self.label(item)} " + amount(part.value, self.scale, self.digits, part.status)
        share = None if self.rated() else column.share(item)
        return words + (f" ({percentage(share)})" if share is not None else "")

    def cells(self) -> Cells:
        head = [self.label(item) for item in self.series]
        by_period = {item: {p.period: p.value for p in held} for item, held in self.series.items()}
        rows: list[list[object]] = []
        over: list[float | None] = []
        for column in self.stack.columns:
            held = [values.get(column.period) for values in by_period.values()]
            rows.append([column.period, *held])
            known = column.total - sum(value for value in held if value is not None)
            beyond = not column.lacking and abs(known) > ROUNDING * abs(column.total)
            over.append(known if beyond else None)
        if self.rated():
            return self._headed(head), rows
        if any(value is not None for value in over):
            head.append(say(NOT_DIVIDED))
            rows = [[*row, value] for row, value in zip(rows, over, strict=True)]
        head.append(say(C_("stack", "Sum")))
        for row, column in zip(rows, self.stack.columns, strict=True):
            row.append(None if column.lacking else column.total)
        return self._headed(head), rows

    def _headed(self, titles: Sequence[str]) -> list[str]:
        return [say(C_("energy", "Period")), *(in_unit(one, self.loaded.fact) for one in titles)]

    # --- places: a column and a part of it

    def places(self) -> int:
        return len(self.stack.columns) * len(self.stack.items)

    def _at(self, place: int):
        column, item = divmod(place, len(self.stack.items))
        return self.stack.columns[column], self.stack.items[item]

    def first_place(self) -> int:
        return max(0, self.places() - 1)

    def step(self, place: int, right: int, down: int) -> int:
        many = len(self.stack.items)
        column = min(max(place // many + right, 0), len(self.stack.columns) - 1)
        item = min(max(place % many - down, 0), many - 1)
        return column * many + item

    def told(self, place: int) -> str:
        column, item = self._at(place)
        words = f"{period_name(column.period)} · {self._part(column, item)}"
        if not self.rated() and not column.lacking:
            whole = amount(column.total, self.scale, self.digits)
            words += " · " + say(N_("all {amount}"), amount=whole)
        if column.lacking:
            names = ", ".join(self.label(one) for one in column.lacking)
            words += " · " + say(N_("no figure: {names}"), names=names)
        return words

    # --- drawing

    def picture(self, area: QRectF) -> bars.Bars | lines.Lines:
        """Lay out what is drawn: bars, or lines of what does not add up."""
        labels = {item: self.label(item) for item in self.stack.items}
        kind = lines.Lines if self.rated() else bars.Bars
        return kind.of(self.stack, labels, self.scale, area, shares=self.shares())

    def draw(self, painter: QPainter, area: QRectF) -> None:
        if self.stack.columns:
            self.picture(area).draw(painter)
        elif self.answered:
            paint.nothing(painter, area)

    def hit(self, at: QPointF, area: QRectF) -> int | None:
        if not self.stack.columns:
            return None
        found = self.picture(area).hit(at)
        return None if found is None else found[0] * len(self.stack.items) + found[1]

    def framed(self, place: int, area: QRectF) -> QRectF | None:
        return self.picture(area).box(*divmod(place, len(self.stack.items)))


VIEW = StackView
