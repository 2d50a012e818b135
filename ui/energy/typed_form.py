"""Type one figure by hand, with its source."""

from __future__ import annotations

from gwangju_desktop.energy import areas, queries, typed
from gwangju_desktop.energy.rules import CITY
from gwangju_desktop.energy.words import STATUSES
from gwangju_desktop.errors import UserError
from ui.energy.amount import AmountField
from ui.energy.form_parts import labelled
from ui.text import C_, N_, say
from ui.widgets.forms import Choice, DateField, Dialog, Field, beside
from ui.widgets.parts import Label


def offered(read) -> tuple[list, list]:
    """Return the indicators a figure may be typed for, with their units, and the places."""
    facts = [
        (fact.code, f"{fact.name} ({fact.unit})")
        for fact in queries.indicators(read)
        if not fact.ended
    ]
    places = [(row.code, row.name) for row in areas.areas(read) if row.level != "dong"]
    return facts, places


class TypedForm(Dialog):
    """One figure: of what, where, when, how much, and who says so."""

    def __init__(self, parent, desk, code: str = "") -> None:
        self.desk, self._code = desk, code
        self.indicator = labelled(C_("energy", "Indicator"), Choice([]))
        self.area = labelled(C_("energy", "Area"), Choice([]))
        self.period = labelled(C_("energy", "Period"), Field("2021"), EXAMPLES)
        self.amount = labelled(N_("Value"), AmountField())
        statuses = [(value, STATUSES[value]) for value in typed.STATUSES]
        self.status = labelled(C_("energy", "Status"), Choice(statuses, "", "final"))
        self.published = labelled(C_("figure", "Published on"), DateField("", None, 0))
        self.source = labelled(
            C_("factor", "Source"), Field(""), N_("Who said it, in which document, when.")
        )
        self.note = labelled(C_("energy", "Note"), Field(""))
        super().__init__(
            parent,
            N_("Type a figure"),
            Label(N_("For what nobody publishes as a file."), "sec", wrap=True),
            self.indicator,
            beside(self.area, self.period),
            beside(self.amount, self.status),
            self.source,
            beside(self.published, self.note),
            button=C_("button", "Add"),
            width=540,
        )
        desk.read(offered, then=self.on_offered)

    def on_offered(self, offers) -> None:
        """Offer the indicators and places."""
        facts, places = offers
        self.indicator.field.show_options(facts, self._code)
        self.area.field.show_options(places, CITY)

    def confirm(self) -> None:
        for part, message in (
            (self.period, N_("A figure needs its period.")),
            (self.amount, N_("A figure is a number.")),
            (self.source, N_("A typed figure needs its source: who said it, where.")),
        ):
            if part.value() in ("", None):
                part.wrong(say(message))
                raise UserError(message)
        self.desk.do(
            typed.type_reading,
            then=self.on_accepted,
            otherwise=self.on_refused,
            indicator=self.indicator.value(),
            area=self.area.value(),
            period=self.period.value().upper(),
            value=self.amount.value(),
            status=self.status.value(),
            source=self.source.value(),
            published_on=self.published.value(),
            note=self.note.value(),
        )


EXAMPLES = N_("2021, 2021-Q1 or 2021-03")
