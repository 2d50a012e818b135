"""What can be asked of a chart: beside what it is shown, and as of which day."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.members.rules import named
from ui.energy.load import CITY, Found
from ui.text import C_, N_, Msg
from ui.widgets.forms import Choice, DateField, Dialog, Labelled


class Compare(Dialog):
    """Choose an indicator and a place to show beside the one in front; `value` is both codes."""

    def __init__(self, parent: QWidget, found: Found) -> None:
        self.here = found.loaded.fact.code, found.loaded.area
        held = [fact for fact in found.indicators if fact.held]
        known = {row.code: row for row in found.areas}
        names = [(fact.code, Msg(named(fact.name_ko, fact.name_en))) for fact in held]
        places = [(code, Msg(named(row.name_ko, row.name_en))) for code, row in known.items()]
        other = next((row.code for row in found.loaded.places if row.code != self.here[1]), CITY)
        self.indicator = Labelled(
            C_("energy", "Indicator"), Choice(names, C_("energy", "Indicator"), self.here[0])
        )
        self.place = Labelled(
            C_("energy", "Place"),
            Choice(places, C_("energy", "Place"), other),
            N_("Different units are drawn as an index or on a scale each."),
        )
        super().__init__(
            parent,
            N_("Compare with"),
            self.indicator,
            self.place,
            button=C_("energy", "Compare"),
        )

    def confirm(self) -> None:
        chosen = str(self.indicator.value()), str(self.place.value())
        if chosen == self.here:
            raise UserError(N_("That is what is shown already."))
        self.value = chosen
        self.accept()


class AsKnown(Dialog):
    """Choose a day: figures are shown as the imports until then had them; `value` is the day."""

    def __init__(self, parent: QWidget) -> None:
        self.day = Labelled(
            C_("energy", "Day"),
            DateField(C_("energy", "Day"), clock.today()),
            N_("Figures imported or revised later are left out."),
        )
        super().__init__(
            parent, N_("Show what was known on a day"), self.day, button=C_("energy", "Show")
        )

    def confirm(self) -> None:
        day = self.day.value()
        if day is None:
            raise UserError(N_("Write a day."))
        self.value = day
        self.accept()
