"""Targets: the points of each path with their sources, how far it is to the next, what it takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from db.vocab import TargetKind
from gwangju_desktop.energy import areas, paths, queries, targets
from gwangju_desktop.energy.rules import CITY
from gwangju_desktop.energy.scales import unit_words
from gwangju_desktop.energy.targets import TargetRow
from gwangju_desktop.energy.words import TARGETS
from gwangju_desktop.errors import UserError
from ui.energy.amount import AmountField, plain
from ui.energy.basis_list import ListSection
from ui.energy.form_parts import filled, labelled
from ui.models.rows import Cell, Column, Table
from ui.text import C_, N_, day, say
from ui.widgets.chart_scale import figure, percent
from ui.widgets.forms import Choice, DateField, Dialog, NumberField, beside
from ui.widgets.parts import Button

TONES = {TargetKind.TARGET: "acc", TargetKind.LEAST: "neu", TargetKind.START: "neu"}
OVER = N_("{year}: {n} {unit} more than the target")
UNDER = N_("{year}: {n} {unit} less than the target")
ABOVE = N_("{year}: {n} {unit} more than the guide path")
BELOW = N_("{year}: {n} {unit} less than the guide path")
EVEN = N_("{year}: as much as the path says")
NEEDED = N_("{change} {unit} a year until {year}")
NEEDED_RATE = N_("{change} {unit} ({rate} a year) until {year}")


@dataclass(frozen=True, slots=True)
class Shown:
    """A point with the names around it, and where its indicator stands on its path."""

    id: int
    row: TargetRow
    name: str
    unit: str
    area: str
    since: float | None
    gap: tuple[int, paths.Gap] | None
    pace: paths.Pace | None


def shown(read) -> list[Shown]:
    """Read all points; of each path the last whole year is compared with it."""
    facts = {fact.code: fact for fact in queries.indicators(read)}
    places = {area.code: area.name for area in areas.areas(read)}
    found = []
    for (code, area), points in groupby(
        targets.listed(read), key=lambda row: (row.indicator, row.area)
    ):
        path = list(points)
        fact = facts[code]
        since = paths.since_start(path)
        last = _last(read, code, area)
        gap = paths.gap(last[1], last[0], path) if last else None
        found += [
            Shown(
                row.id,
                row,
                fact.name,
                fact.unit,
                places.get(area, area),
                since.get(row.year) if fact.unit != "%" else None,
                (last[0], gap) if last and gap else None,
                paths.pace(last[0], last[1], path) if last else None,
            )
            for row in path
        ]
    return found


def _last(read, code: str, area: str) -> tuple[int, float] | None:
    """Return the last whole year's figure."""
    series = queries.series(read, indicator=code, area=area, by="year")
    whole = [point for point in series.points if point.status != "partial"]
    return (int(whole[-1].period), whole[-1].value) if whole else None


def _year(one: Shown) -> Cell:
    return Cell(say(C_("period", "{year}"), year=one.row.year), role="strong")


def _value(one: Shown) -> Cell:
    return Cell(f"{plain(one.row.value)} {say(unit_words(one.unit))}")


def _kind(one: Shown) -> Cell:
    return Cell(chip=say(TARGETS[one.row.kind]), tone=TONES.get(one.row.kind, "neu"))


def _since(one: Shown) -> Cell:
    return Cell(percent(one.since) if one.since is not None else "–")


def _source(one: Shown) -> Cell:
    return Cell(one.row.source)


class TargetForm(Dialog):
    """Set a point of a path, or say one otherwise."""

    edits = ("target", "id")

    def __init__(self, parent, desk, facts, places, one: Shown | None, code: str = "") -> None:
        self.desk, self.id = desk, one.id if one else None
        row = one.row if one else None
        indicators = [(fact.code, f"{fact.name} ({fact.unit})") for fact in facts]
        self.indicator = labelled(
            C_("energy", "Indicator"), Choice(indicators, "", row.indicator if row else code)
        )
        self.area = labelled(C_("energy", "Area"), Choice(places, "", row.area if row else CITY))
        self.year = labelled(
            C_("period", "Year"),
            NumberField("", row.year if row else None, low=1950, high=2200, width=0),
        )
        self.value_field = labelled(N_("Value"), AmountField("", row.value if row else None))
        kinds = list(TARGETS.items())
        self.kind = labelled(N_("What it is"), Choice(kinds, "", row.kind if row else "target"))
        self.set_on = labelled(N_("Set on"), DateField("", row.set_on if row else None, 0))
        self.source = labelled(C_("factor", "Source"), filled(row.source if row else ""))
        self.note = labelled(C_("energy", "Note"), filled(row.note if row else ""))
        super().__init__(
            parent,
            C_("form", "Change target") if row else N_("New target"),
            self.indicator,
            beside(self.area, self.kind),
            beside(self.year, self.value_field),
            beside(self.set_on, self.note),
            self.source,
            button=N_("Save") if row else C_("button", "Add"),
            width=560,
        )
        (self.value_field if row else self.indicator).field.setFocus()

    def confirm(self) -> None:
        values = {
            "indicator": self.indicator.value(),
            "area": self.area.value(),
            "year": self.year.value(),
            "value": self.value_field.value(),
            "kind": self.kind.value(),
            "set_on": self.set_on.value(),
            "source": self.source.value(),
            "note": self.note.value(),
        }
        for part, key, message in (
            (self.year, "year", N_("A target needs its year.")),
            (self.value_field, "value", N_("A target needs a number.")),
        ):
            if values[key] is None:
                part.wrong(say(message))
                raise UserError(message)
        use, more = targets.add_target, {}
        if self.id is not None:
            use, more = targets.edit_target, {"id": self.id}
        self.desk.do(use, then=self.on_accepted, otherwise=self.on_refused, **values, **more)


class TargetsPage(ListSection):
    """The paths, each as a group of its points."""

    NAME = C_("energy", "Targets")
    FIND = N_("Find target")
    NOTHING = (
        "target",
        N_("No target is called so."),
        N_("A target is a year, a value and where it was set. Between two the chart has a guide."),
    )
    LINES = (
        ("value", N_("Value")),
        ("since", N_("On the start")),
        ("now", N_("Last figure")),
        ("pace", N_("It takes")),
        ("set_on", N_("Set on")),
        ("note", C_("energy", "Note")),
        ("source", C_("factor", "Source")),
    )
    TABLE = Table(
        (
            Column("year", C_("period", "Year"), 76, cell=_year),
            Column("kind", N_("What it is"), 128, cell=_kind),
            Column("value", N_("Value"), 160, "right", cell=_value),
            Column("since", N_("On the start"), 84, "right", cell=_since, wide=True),
            Column("source", C_("factor", "Source"), cell=_source),
        )
    )
    TOUCHES = ("target", "indicator", "area", "dataset", "factor")
    QUERY = staticmethod(shown)
    REMOVE = staticmethod(targets.remove_target)
    HEIGHT = 36

    def __init__(self, desk) -> None:
        self.facts, self.places = [], []
        super().__init__(desk)

    def buttons(self) -> Sequence:
        return (self.writing(Button(N_("Add target"), "primary", "plus", slot=self.on_add)),)

    def ask(self) -> None:
        """Ask for the targets, and for what a form offers."""
        super().ask()
        self.desk.read(offered, then=self.on_offered)

    def on_offered(self, offers) -> None:
        self.facts, self.places = offers

    def words(self, one: Shown) -> str:
        return f"{one.name} {one.area} {one.row.year} {one.row.source}"

    def grouped(self, rows: list[Shown]) -> list[tuple[str, list]]:
        return [
            (f"{name} · {area}", list(points))
            for (name, area), points in groupby(rows, key=lambda one: (one.name, one.area))
        ]

    def tell(self, one: Shown) -> None:
        row, unit = one.row, say(unit_words(one.unit))
        kind = say(TARGETS[row.kind])
        if row.sample:
            kind += " · " + say(C_("energy", "sample"))
        self.card.say(
            f"{one.name} {row.year}",
            f"{one.area} · {kind}",
            {
                "value": f"{plain(row.value)} {unit}",
                "since": percent(one.since) if one.since is not None else "",
                "now": _now(one, unit),
                "pace": _pace(one, unit),
                "set_on": day(row.set_on, "full") if row.set_on else "",
                "note": row.note,
                "source": row.source,
            },
        )

    def form(self, one: Shown | None) -> TargetForm:
        code = self.shown.row.indicator if self.shown else ""
        return TargetForm(self.window(), self.desk, self.facts, self.places, one, code)


def offered(read) -> tuple[list, list]:
    """Return the indicators and areas a target may be set for."""
    facts = [fact for fact in queries.indicators(read) if not fact.ended]
    rows = areas.areas(read)
    names = {row.code: row.name for row in rows}
    places = [
        (row.code, row.name if row.level != "dong" else f"{names.get(row.parent)} {row.name}")
        for row in rows
    ]
    return facts, places


def _now(one: Shown, unit: str) -> str:
    """Say how far the last figure is from what stands for its year: a guide is never a target."""
    if one.gap is None:
        return ""
    year, gap = one.gap
    if abs(gap.difference) < 1e-9 * max(1.0, abs(gap.aim)):
        return say(EVEN, year=year)
    more = gap.difference > 0
    if gap.kind == "target":
        message = OVER if more else UNDER
    else:
        message = ABOVE if more else BELOW
    return say(message, year=year, n=figure(abs(gap.difference)), unit=unit)


def _pace(one: Shown, unit: str) -> str:
    """Say which change a year leads to the next target."""
    pace = one.pace
    if pace is None:
        return ""
    sign = "+" if pace.yearly > 0 else "−" if pace.yearly < 0 else ""
    change = sign + figure(abs(pace.yearly))
    if pace.rate is None or one.unit == "%":
        return say(NEEDED, change=change, unit=unit, year=pace.year)
    return say(NEEDED_RATE, change=change, unit=unit, rate=percent(pace.rate), year=pace.year)


PANE = TargetsPage
