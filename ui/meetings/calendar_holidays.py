"""The days off of a year: the public holidays, and what the office adds to them or takes away."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from gwangju_desktop.errors import UserError
from gwangju_desktop.meetings import holidays
from ui import theme
from ui.models.rows import Cell, Column, RowTable, Table
from ui.text import C_, N_, day, say
from ui.widgets.forms import Choice, DateField, Dialog, Field, Labelled, beside
from ui.widgets.lists import RowList
from ui.widgets.parts import Button, Label, column, row

HIGH = 250  # px of the list
STATES = {
    "public": (C_("holiday", "Public holiday"), "neu"),
    "added": (C_("holiday", "Added"), "acc"),
    "taken": (C_("holiday", "Working day"), "warn"),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """One named day of the list; `id` is the day's number."""

    id: int
    day: dt.date
    entry: holidays.DayOff

    @property
    def state(self) -> str:
        """Return what the day is, as STATES knows it."""
        if self.entry.id is None:
            return "public"
        return "added" if self.entry.off else "taken"


def _name(one: Shown) -> Cell:
    law = one.entry.public if one.entry.id is not None and one.entry.public else ""
    return Cell(one.entry.name, law or one.entry.source, role="secb")


def _state(one: Shown) -> Cell:
    message, tone = STATES[one.state]
    return Cell(chip=say(message), tone=tone)


DAYS = Table(
    (
        Column("day", N_("Date"), 150, cell=lambda one: Cell(day(one.day, "long"))),
        Column("name", C_("holiday", "Name"), cell=_name),
        Column("state", C_("holiday", "State"), 120, cell=_state),
    )
)


class HolidayDialog(Dialog):
    """The named days of a year above the form that adds one or makes one a working day."""

    def __init__(self, parent, desk, on: dt.date) -> None:
        self.desk, self.year = desk, on.year
        self.model = RowTable(DAYS)
        self.list = RowList(self.model, N_("Days off"), height=44)
        self.list.setFixedHeight(theme.px(HIGH))
        self.title = Label("", "h3")
        self.back = Button("", "ghost", "chevron-left", name=N_("Year before"), slot=self.on_back)
        self.on = Button("", "ghost", "chevron-right", name=N_("Year after"), slot=self.on_on)
        self.day = Labelled(C_("holiday", "Date"), DateField(N_("Date"), on, 0))
        self.kind = Labelled(
            C_("holiday", "State"),
            Choice([(True, N_("Day off")), (False, N_("Working day"))], N_("Day off")),
        )
        self.name = Labelled(C_("holiday", "Name"), Field())
        self.source = Labelled(N_("Source"), Field(N_("Notice or decree that declared it")))
        self.remove = Button(N_("Take the entry away"), "danger", "trash-2", slot=self.on_remove)
        self.form = column(beside(self.day, self.kind), beside(self.name, self.source), gap=12)
        super().__init__(
            parent,
            N_("Days off"),
            row(self.back, self.title, self.on, None, self.remove, gap=6),
            self.list,
            self.form,
            button=C_("holiday", "Enter"),
            width=620,
        )
        self.cancel_button.say(N_("Close"))
        self.list.previewed.connect(self.on_row)
        for widget in (self.form, self.button, self.remove):
            widget.setVisible(not desk.read_only)
        desk.changed.connect(self.on_changed)
        self.ask()

    # --- what is shown
    def ask(self) -> None:
        """Read the year's named days."""
        self.title.say(C_("calendar", "{year}"), year=self.year)
        first, last = dt.date(self.year, 1, 1), dt.date(self.year, 12, 31)
        self.desk.read(holidays.days, then=self.on_days, first=first, last=last)

    def on_days(self, days) -> None:
        rows = [Shown(on.toordinal(), on, entry) for on, entry in days.items()]
        self.model.show(rows)
        try:
            wanted = self.day.field.value()
        except UserError:
            wanted = None
        ids = [one.id for one in rows]
        if wanted is not None and wanted.toordinal() in ids:
            self.list.choose(wanted.toordinal())
        self._judge()

    def _chosen(self) -> Shown | None:
        at = self.model.place(self.list.current()) if self.list.current() is not None else -1
        return self.model.row(at) if at >= 0 else None

    def _judge(self) -> None:
        chosen = self._chosen()
        own = chosen is not None and chosen.entry.id is not None
        self.remove.why_not("" if own else N_("Only the office's own entries can be taken away."))

    # --- slots
    def on_row(self, _id) -> None:
        """Bring the day of the row into the form."""
        chosen = self._chosen()
        if chosen is not None and not self.form.isAncestorOf(self.focusWidget()):
            self.day.field.show_date(chosen.day)
            self.name.field.setText(chosen.entry.name)
            self.source.field.setText(chosen.entry.source)
            self.kind.field.choose(chosen.entry.off)
        self._judge()

    def on_back(self) -> None:
        self._turn(-1)

    def on_on(self) -> None:
        self._turn(1)

    def _turn(self, by: int) -> None:
        year = self.year + by
        if holidays.FIRST_YEAR <= year <= holidays.LAST_YEAR:
            self.year = year
            self.ask()

    def on_remove(self) -> None:
        chosen = self._chosen()
        if chosen is not None and chosen.entry.id is not None:
            self.desk.do(holidays.remove_holiday, otherwise=self.on_refused, id=chosen.entry.id)

    def confirm(self) -> None:
        """Enter the day; the dialog stays for the next."""
        on = self.day.value()
        if on is None:
            message = N_("Which day is it?")
            self.day.wrong(str(UserError(message)))
            raise UserError(message)
        self.desk.do(
            holidays.set_holiday,
            then=self.on_entered,
            otherwise=self.on_refused,
            day=on,
            name=self.name.value(),
            off=self.kind.value(),
            source=self.source.value(),
        )

    def on_entered(self, _id) -> None:
        on = self.day.value()
        if on is not None and on.year != self.year:
            self.year = on.year
            self.ask()

    def on_changed(self, changes) -> None:
        if changes.touches("holiday"):
            self.ask()
