"""Forms of factors: one factor, its last day, and turning a number into another unit."""

from __future__ import annotations

import datetime as dt

from gwangju_desktop import clock
from gwangju_desktop.energy import conversion, factors
from gwangju_desktop.energy.factors import FactorRow
from gwangju_desktop.errors import UserError
from ui.energy.amount import AmountField, plain
from ui.text import C_, N_, Msg, say
from ui.widgets.forms import Choice, DateField, Dialog, Field, Labelled, beside
from ui.widgets.parts import Label

OTHER = "other"


def _filled(title, value: str = "", help: str = "") -> Labelled:
    field = Field("", title)
    field.setText(value)
    field.setCursorPosition(0)
    return Labelled(title, field, help)


def _dated(title, value: dt.date | None, help: str = "") -> Labelled:
    return Labelled(title, DateField(title, value, 0), help)


class FactorForm(Dialog):
    """Add a factor, change one, or add the value that `follows` one."""

    edits = ("factor", "row")

    def __init__(
        self, parent, desk, row: FactorRow | None = None, *, follows: bool = False
    ) -> None:
        self.desk, self.row = desk, None if follows else row
        first, last = (row.valid_from, row.valid_to) if row else (None, None)
        if follows and row is not None:
            first, last = _after(row)
        kinds = list(factors.KINDS.items())
        if row is not None and row.kind not in factors.KINDS:
            kinds.append((row.kind, Msg(row.kind)))
        title = N_("What it is for")
        self.kind = Labelled(title, Choice(kinds, title, row.kind if row else factors.GRID))
        self.variant = Labelled(
            C_("factor", "Variant"),
            Choice([], C_("factor", "Variant")),
            N_("Tells apart what holds on the same days."),
        )
        self.name = _filled(N_("Name (Korean)"), "" if follows or not row else row.name_ko)
        self.english = _filled(N_("Name (English)"), "" if follows or not row else row.name_en)
        value = row.value if row and not follows else None
        self.value_field = Labelled(N_("Value"), AmountField(N_("Value"), value))
        self.unit = _filled(C_("energy", "Unit"), row.unit if row else "")
        self.first = _dated(
            N_("Holds from"), first, N_("Empty: always, or the first day is not known.")
        )
        self.last = _dated(N_("Holds to"), last, N_("Empty: until another one follows."))
        self.basis = _filled(C_("factor", "Basis"), row.basis if row else "")
        self.source = _filled(
            C_("factor", "Source"),
            row.source if row and not follows else "",
            N_("Where the value stands: document, number, day."),
        )
        heading = N_("Change factor") if self.row else N_("New factor")
        super().__init__(
            parent,
            heading,
            beside(self.kind, self.variant),
            beside(self.name, self.english),
            beside(self.value_field, self.unit),
            beside(self.first, self.last),
            self.basis,
            self.source,
            Label(
                N_("Figures are computed with it at once; what was recorded stays, and differs."),
                "cap",
                wrap=True,
            ),
            button=N_("Save") if self.row else C_("button", "Add"),
            width=600,
        )
        self._wanted = row.variant if row else ""
        self.kind.field.currentIndexChanged.connect(self.on_kind)
        self.on_kind()
        (self.value_field if row else self.name).field.setFocus()

    def on_kind(self, *_chosen) -> None:
        """Offer the variants of the kind, and its unit."""
        kind = self.kind.field.value()
        known = factors.variants_of(kind)
        if self._wanted and self._wanted not in known:
            known = (*known, self._wanted)
        self.variant.field.show_options(
            [(one, factors.VARIANTS.get(one, one)) for one in known], self._wanted
        )
        self.variant.setVisible(len(known) > 1)
        if not self.unit.field.value() and kind in factors.UNITS:
            self.unit.field.setText(factors.UNITS[kind])

    def confirm(self) -> None:
        for part, message in (
            (self.name, N_("A factor needs a Korean name.")),
            (self.unit, N_("A factor needs its unit.")),
            (self.source, N_("A factor needs the source its value stands in.")),
        ):
            if not part.value():
                part.wrong(say(message))
                raise UserError(message)
        values = {
            "kind": self.kind.value(),
            "variant": self.variant.value() or "",
            "name_ko": self.name.value(),
            "name_en": self.english.value(),
            "value": self.value_field.value(),
            "unit": self.unit.value(),
            "valid_from": self.first.value(),
            "valid_to": self.last.value(),
            "basis": self.basis.value(),
            "source": self.source.value(),
        }
        if values["value"] is None:
            message = N_("A factor is a number above zero.")
            self.value_field.wrong(say(message))
            raise UserError(message)
        use, more = factors.add_factor, {}
        if self.row is not None:
            use, more = factors.edit_factor, {"id": self.row.id}
        self.desk.do(use, then=self.on_accepted, otherwise=self.on_refused, **values, **more)


class EndForm(Dialog):
    """Say on which day a factor holds for the last time."""

    edits = ("factor", "row")

    def __init__(self, parent, desk, row: FactorRow) -> None:
        self.desk, self.row = desk, row
        self.last = _dated(N_("Holds to"), row.valid_to or clock.today())
        super().__init__(
            parent,
            N_("End “{name}”"),
            self.last,
            button=C_("button", "End it"),
            name=row.name,
        )

    def confirm(self) -> None:
        last = self.last.value()
        if last is None:
            message = N_("Give the last day it holds.")
            self.last.wrong(say(message))
            raise UserError(message)
        self.desk.do(
            factors.end_factor,
            then=self.on_accepted,
            otherwise=self.on_refused,
            id=self.row.id,
            valid_to=last,
        )


class ConvertDialog(Dialog):
    """Turn a number into another unit of energy, with the factors of a day."""

    def __init__(self, parent, desk) -> None:
        self.desk = desk
        units = [(unit, Msg(unit)) for unit in conversion.UNITS]
        self.amount = Labelled(C_("energy", "Amount"), AmountField(C_("energy", "Amount"), 1.0))
        self.unit = Labelled(C_("energy", "Unit"), Choice(units, C_("energy", "Unit"), "MWh"))
        self.into = Labelled(N_("Into"), Choice(units, N_("Into"), "toe"))
        self.on = _dated(N_("With the factors of"), clock.today())
        oils = [(one, conversion.PRODUCTS[one]) for one in conversion.PRODUCTS]
        self.product = Labelled(
            C_("dimension", "Product"), Choice(oils, C_("dimension", "Product"))
        )
        self.heat = Labelled(
            N_("Heat content it was supplied with (MJ/m³)"),
            AmountField(N_("Heat content it was supplied with (MJ/m³)")),
            N_("Only for metered m³ of city gas: they become Nm³ first."),
        )
        self.result = Label("", "h2", wrap=True)
        self.steps = Label("", "sec", wrap=True)
        self.sources = Label("", "cap", wrap=True)
        super().__init__(
            parent,
            N_("Convert units"),
            beside(self.amount, self.unit, self.into),
            beside(self.on, self.product),
            self.heat,
            self.result,
            self.steps,
            self.sources,
            button=C_("button", "Close"),
            width=560,
        )
        self.cancel_button.hide()
        for field in (self.amount.field, self.on.field, self.heat.field):
            field.textChanged.connect(self.on_typed)
        for field in (self.unit.field, self.into.field, self.product.field):
            field.currentIndexChanged.connect(self.on_typed)
        self.on_typed()

    def on_typed(self, *_typed) -> None:
        """Convert what is typed so far."""
        unit, into = self.unit.field.value(), self.into.field.value()
        self.product.setVisible("kL" in (unit, into))
        self.heat.setVisible(unit == "m3")
        try:
            amount, on = self.amount.value(), self.on.value() or clock.today()
            heat = self.heat.value() if unit == "m3" else None
        except UserError:
            return
        if amount is None:
            self.on_refused_quietly(UserError(N_("Type an amount.")))
            return
        self.desk.read(
            conversion.convert,
            then=self.on_converted,
            otherwise=self.on_refused_quietly,
            value=amount,
            unit=unit,
            into=into,
            carrier=self.product.field.value() if "kL" in (unit, into) else "",
            on=on,
            supplied=heat,
        )

    def on_converted(self, found) -> None:
        """Show the result, its steps and the factors with their sources."""
        if found.value is None:
            self.result.say("–")
        else:
            self.result.say(f"{plain(round(found.value, 6))} {found.unit}")
        self.steps.say(found.formula)
        lines = [f"{row.name}: {row.source}" for row in found.factors]
        self.sources.say("\n".join([*lines, *map(str, found.remarks)]))
        self.adjustSize()

    def on_refused_quietly(self, error: Exception) -> None:
        """Say why nothing comes out."""
        self.result.say("–")
        self.steps.say(str(error))
        self.sources.say("")


def _after(row: FactorRow) -> tuple[dt.date | None, dt.date | None]:
    """Return the days of the value after one: the next year's for a year, else from the day after."""
    if row.valid_to is None:
        return None, None
    first = row.valid_to + dt.timedelta(days=1)
    if row.valid_from is None:
        return first, None
    whole_year = (row.valid_from.month, row.valid_from.day) == (1, 1)
    one_year = whole_year and row.valid_to == dt.date(row.valid_from.year, 12, 31)
    return first, dt.date(first.year, 12, 31) if one_year else None
