"""Recording a result: which indicator, area and year, and what it comes to, before it is kept."""

from __future__ import annotations

from gwangju_desktop import clock
from gwangju_desktop.energy import derived, factors, queries, results
from gwangju_desktop.energy.areas import areas
from gwangju_desktop.errors import UserError
from ui.text import C_, N_, say
from ui.widgets.forms import Choice, Dialog, Labelled, NumberField, beside
from ui.widgets.parts import Label


def choices(read):
    """Return what can be recorded: computed indicators, and the city with its districts."""
    facts = [row for row in queries.indicators(read) if row.computed and not row.ended]
    places = [row for row in areas(read) if row.level in ("city", "district")]
    return facts, places


class RecordForm(Dialog):
    """Choose a figure; what it comes to is shown before it is recorded."""

    def __init__(self, parent, desk) -> None:
        self.desk = desk
        self.facts: list = []
        title = C_("energy", "Indicator")
        self.fact = Labelled(title, Choice([], title))
        title = C_("energy", "Area")
        self.area = Labelled(title, Choice([], title))
        title = C_("energy", "Year")
        last = clock.today().year - 1
        self.year = Labelled(title, NumberField(title, last, low=1950, high=2100, width=0))
        title = N_("Factors by")
        modes = [("", N_("As the indicator says")), *factors.MODES.items()]
        self.mode = Labelled(title, Choice(modes, title))
        title = C_("energy", "Definition")
        self.definition = Labelled(title, Choice([("", N_("As the indicator says"))], title))
        self.outcome = Label("", "h2", wrap=True)
        self.formula = Label("", "sec", wrap=True)
        self.notes = Label("", "cap", wrap=True)
        super().__init__(
            parent,
            N_("Record a result"),
            beside(self.fact, self.area, self.year),
            beside(self.definition, self.mode),
            self.outcome,
            self.formula,
            self.notes,
            button=N_("Record it"),
            width=600,
        )
        self.fact.field.currentIndexChanged.connect(self.on_fact)
        for part in (self.area, self.mode, self.definition):
            part.field.currentIndexChanged.connect(self.on_asked)
        self.year.field.textChanged.connect(self.on_asked)
        self.button.setEnabled(False)
        desk.read(choices, then=self.on_choices)

    def on_choices(self, found) -> None:
        """Offer what there is, what has figures first."""
        self.facts, places = found
        held = sorted(self.facts, key=lambda one: not one.held)
        self.fact.field.show_options([(one.code, f"{one.name} ({one.code})") for one in held])
        self.area.field.show_options([(one.code, one.name) for one in places], "29000")
        self.on_fact()

    def on_fact(self, *_chosen) -> None:
        """Offer the definitions of the indicator, and the last year it has."""
        fact = next((one for one in self.facts if one.code == self.fact.field.value()), None)
        if fact is None:
            return
        known = derived.definitions_of(fact.rule)
        own = ("", N_("As the indicator says"))
        self.definition.field.show_options([own, *known.items()])
        self.definition.setVisible(len(known) > 1)
        if fact.last_period:
            self.year.field.setText(fact.last_period[:4])
        self.on_asked()

    def on_asked(self, *_typed) -> None:
        """Compute what is chosen."""
        self.button.setEnabled(False)
        try:
            year = self.year.value()
        except UserError:
            return
        if year is None or not self.facts:
            return
        self.desk.read(
            derived.compute,
            then=self.on_computed,
            otherwise=self.on_nothing,
            indicator=self.fact.field.value(),
            area=self.area.field.value(),
            year=year,
            mode=self.mode.field.value(),
            definition=self.definition.field.value(),
        )

    def on_computed(self, made) -> None:
        """Show the value, its formula and what is to be known of it."""
        there = made.value is not None
        self.button.setEnabled(there)
        shown = f"{made.value:,.1f} {made.unit}" if there else N_("It cannot be computed.")
        self.outcome.say(shown)
        self.formula.say(made.formula)
        self.notes.say("\n".join(map(str, made.notes)))
        self.adjustSize()

    def on_nothing(self, error: Exception) -> None:
        """Say why nothing is computed."""
        self.outcome.say(N_("It cannot be computed."))
        self.formula.say(str(error))
        self.notes.say("")

    def confirm(self) -> None:
        year = self.year.value()
        if year is None:
            message = N_("Give the year.")
            self.year.wrong(say(message))
            raise UserError(message)
        self.desk.do(
            results.record,
            then=self.on_accepted,
            otherwise=self.on_refused,
            indicator=self.fact.value(),
            area=self.area.value(),
            year=year,
            mode=self.mode.value(),
            definition=self.definition.value(),
        )
