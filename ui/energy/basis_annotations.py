"""Annotations: what explains a line of the charts, with its days and its source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from gwangju_desktop.energy import annotations, areas, queries
from gwangju_desktop.energy.annotations import AnnotationRow
from gwangju_desktop.energy.words import ANNOTATIONS
from gwangju_desktop.errors import UserError
from gwangju_desktop.text import words as language
from ui.energy.basis_list import ListSection
from ui.energy.form_parts import filled, labelled
from ui.models.rows import Cell, Column, Table
from ui.text import C_, N_, day, say
from ui.widgets.forms import Choice, DateField, Dialog, beside
from ui.widgets.parts import Button

TONES = {"policy": "acc", "weather": "warn", "method": "info", "event": "neu"}
EVERY = C_("annotation", "Every indicator")
EVERYWHERE = C_("annotation", "Every place")


@dataclass(frozen=True, slots=True)
class Shown:
    """An annotation with the names of its indicator and place."""

    id: int
    row: AnnotationRow
    indicator: str
    area: str


def shown(read) -> list[Shown]:
    """Read all annotations, the latest first."""
    facts = {fact.code: fact.name for fact in queries.indicators(read)}
    places = {area.code: area.name for area in areas.areas(read)}
    return [
        Shown(row.id, row, facts.get(row.indicator, ""), places.get(row.area, row.area))
        for row in reversed(annotations.annotations(read))
    ]


def offered(read) -> tuple[list, list]:
    """Return the indicators and places an annotation may be of."""
    facts = [(fact.code, fact.name) for fact in queries.indicators(read)]
    places = [(row.code, row.name) for row in areas.areas(read) if row.level != "dong"]
    return [("", EVERY), *facts], [("", EVERYWHERE), *places]


def days(row: AnnotationRow) -> str:
    """Return the days of an annotation."""
    if row.last_on is None or row.last_on == row.first_on:
        return day(row.first_on, "full")
    return language().days(row.first_on, row.last_on)


def _text(one: Shown) -> Cell:
    concerned = [one.indicator or say(EVERY), one.area or say(EVERYWHERE)]
    return Cell(one.row.text, " · ".join(concerned), role="strong")


def _kind(one: Shown) -> Cell:
    return Cell(chip=say(ANNOTATIONS[one.row.kind]), tone=TONES.get(one.row.kind, "neu"))


def _days(one: Shown) -> Cell:
    return Cell(days(one.row))


class AnnotationForm(Dialog):
    """Note what explains a line, or say it otherwise."""

    edits = ("annotation", "id")

    def __init__(self, parent, desk, offers: tuple[list, list], one: Shown | None) -> None:
        self.desk, self.id = desk, one.id if one else None
        row = one.row if one else None
        facts, places = offers
        self.text = labelled(
            C_("annotation", "Words"),
            filled(row.text if row else ""),
            N_("They stand in the chart: a few words."),
        )
        self.kind = labelled(N_("Kind"), Choice(ANNOTATIONS.items(), "", row.kind if row else ""))
        self.indicator = labelled(
            C_("energy", "Indicator"), Choice(facts, "", row.indicator if row else "")
        )
        self.area = labelled(C_("energy", "Area"), Choice(places, "", row.area if row else ""))
        self.first = labelled(N_("First day"), DateField("", row.first_on if row else None, 0))
        self.last = labelled(
            N_("Last day"),
            DateField("", row.last_on if row else None, 0),
            N_("Empty: a single day."),
        )
        self.source = labelled(C_("factor", "Source"), filled(row.source if row else ""))
        super().__init__(
            parent,
            C_("form", "Change annotation") if row else N_("New annotation"),
            self.text,
            self.kind,
            beside(self.indicator, self.area),
            beside(self.first, self.last),
            self.source,
            button=N_("Save") if row else C_("button", "Add"),
            width=520,
        )
        self.text.field.setFocus()

    def confirm(self) -> None:
        values = {
            "text": self.text.value(),
            "kind": self.kind.value(),
            "indicator": self.indicator.value(),
            "area": self.area.value(),
            "first_on": self.first.value(),
            "last_on": self.last.value(),
            "source": self.source.value(),
        }
        if values["first_on"] is None:
            message = N_("An annotation needs its first day.")
            self.first.wrong(say(message))
            raise UserError(message)
        use, more = annotations.add_annotation, {}
        if self.id is not None:
            use, more = annotations.edit_annotation, {"id": self.id}
        self.desk.do(use, then=self.on_accepted, otherwise=self.on_refused, **values, **more)


class AnnotationsPage(ListSection):
    """The annotations by year, the latest first."""

    NAME = C_("energy", "Annotations")
    FIND = N_("Find annotation")
    NOTHING = (
        "message-square-text",
        N_("There is no annotation."),
        N_("Note a policy, a heat wave or a change of method; the charts show it at its days."),
    )
    LINES = (
        ("days", N_("Days")),
        ("indicator", C_("energy", "Indicator")),
        ("area", C_("energy", "Area")),
        ("source", C_("factor", "Source")),
    )
    TABLE = Table(
        (
            Column("text", C_("annotation", "Annotation"), cell=_text),
            Column("kind", N_("Kind"), 84, cell=_kind),
            Column("days", N_("Days"), 190, "right", cell=_days),
        )
    )
    TOUCHES = ("annotation", "indicator", "area")
    QUERY = staticmethod(shown)
    REMOVE = staticmethod(annotations.remove_annotation)

    def __init__(self, desk) -> None:
        self.offers: tuple[list, list] = ([("", EVERY)], [("", EVERYWHERE)])
        super().__init__(desk)

    def buttons(self) -> Sequence:
        return (self.writing(Button(N_("Add annotation"), "primary", "plus", slot=self.on_add)),)

    def ask(self) -> None:
        """Ask for the annotations, and for what a form offers."""
        super().ask()
        self.desk.read(offered, then=self.on_offered)

    def on_offered(self, offers) -> None:
        self.offers = offers

    def words(self, one: Shown) -> str:
        return f"{one.row.text} {one.row.source} {one.indicator} {one.area}"

    def grouped(self, rows: list[Shown]) -> list[tuple[str, list]]:
        return [
            (say(C_("period", "{year}"), year=year), list(inside))
            for year, inside in groupby(rows, key=lambda one: one.row.first_on.year)
        ]

    def tell(self, one: Shown) -> None:
        kind = say(ANNOTATIONS[one.row.kind])
        if one.row.sample:
            kind += " · " + say(C_("energy", "sample"))
        self.card.say(
            one.row.text,
            kind,
            {
                "days": days(one.row),
                "indicator": one.indicator or say(EVERY),
                "area": one.area or say(EVERYWHERE),
                "source": one.row.source,
            },
        )

    def form(self, one: Shown | None) -> AnnotationForm:
        return AnnotationForm(self.window(), self.desk, self.offers, one)


PANE = AnnotationsPage
