"""When a published table is due: the form."""

from __future__ import annotations

import datetime as dt

from gwangju_desktop.energy import calendars, duties
from gwangju_desktop.energy.duties import Duty
from gwangju_desktop.energy.rules import grain, period_number
from gwangju_desktop.energy.words import FREQUENCIES
from gwangju_desktop.errors import UserError
from ui.text import C_, N_, day
from ui.widgets.forms import Choice, Dialog, Field, Labelled, NumberField, beside
from ui.widgets.parts import Label

EXAMPLE = C_("coverage", "Figures of {period} are due on {day}.")


class MonthField(Field):
    """A month typed as 2022-01; `value()` is 202201 or None."""

    def __init__(self, name: str, value: int | None = None) -> None:
        super().__init__("2022-01", name, width=120)
        if value is not None:
            self.setText(f"{value // 100:04}-{value % 100:02}")

    def value(self) -> int | None:
        """Return the month; raise UserError when it is none."""
        typed = self.text().strip().replace(".", "-").replace(" ", "").rstrip("-")
        if not typed:
            return None
        year, _, month = typed.partition("-")
        period = period_number(f"{year}-{month.zfill(2)}") if month else None
        if period is None or grain(period) != "month":
            raise UserError(N_("The first month is written like 2022-01."))
        return period


class DutyForm(Dialog):
    """Say how often a table comes, and by which day it is to be here."""

    def __init__(self, parent, desk, duty: Duty) -> None:
        self.desk, self.duty = desk, duty
        offered = [("", FREQUENCIES[""])]
        offered += [(value, FREQUENCIES[value]) for value in calendars.DUE]
        self.frequency = Choice(offered, C_("coverage", "How often"), duty.frequency)
        self.months = NumberField(
            N_("Months after the period ends"), duty.due_months, high=duties.MOST_MONTHS
        )
        self.day = NumberField(N_("Day of that month"), duty.due_day, low=1, high=31)
        self.start = MonthField(N_("Asked for from"), duty.expected_from)
        self.basis = Field("", C_("coverage", "Source of this rule"))
        self.basis.setText(duty.due_source)
        self.example = Label("", "cap", wrap=True)
        self.how = Labelled(C_("coverage", "How often"), self.frequency)
        self.after = Labelled(N_("Months after the period ends"), self.months)
        self.on = Labelled(N_("Day of that month"), self.day)
        self.first = Labelled(
            N_("Asked for from"),
            self.start,
            N_("Empty: from the first that is held, by month from two in a row."),
        )
        super().__init__(
            parent,
            C_("coverage", "When {table} is due"),
            self.how,
            beside(self.after, self.on),
            self.example,
            self.first,
            Labelled(C_("coverage", "Source of this rule"), self.basis),
            table=duty.title,
        )
        self.frequency.activated.connect(self.on_changed)
        self.months.typing.connect(self.on_changed)
        self.day.typing.connect(self.on_changed)
        self.on_changed()

    def on_changed(self, *_typed) -> None:
        """Show with an example what the rule means."""
        frequency = self.frequency.value()
        for part in (self.after, self.on, self.first):
            part.setEnabled(bool(frequency))
        self.example.hide()
        if not frequency:
            return
        try:
            after, on = self.months.value(), self.day.value()
        except UserError:
            return
        if after is None or on is None:
            return
        period = calendars.period_of(calendars.month_on(dt.date(2022, 2, 1)), frequency)
        due = calendars.due_on(period, due_day=on, due_months=after)
        self.example.say(EXAMPLE, period=calendars.named(period), day=day(due, "full"))
        self.example.show()

    def confirm(self) -> None:
        self.desk.do(
            duties.set_duty,
            then=self.on_accepted,
            otherwise=self.on_refused,
            source=self.duty.code,
            frequency=self.how.value(),
            due_months=self.after.value(),
            due_day=self.on.value(),
            expected_from=self.first.value(),
            due_source=self.basis.value(),
        )
