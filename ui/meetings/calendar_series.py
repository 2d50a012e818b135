"""Plan meetings that come again: how often, and what becomes of each date."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from PySide6.QtCore import QTimer

from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.meetings import series
from gwangju_desktop.meetings.planning import names
from gwangju_desktop.members.rules import named
from ui import theme
from ui.models.rows import Cell, Column, RowTable, Table
from ui.text import C_, N_, NN_, day, say
from ui.widgets.forms import (
    Choice,
    DateField,
    Dialog,
    Field,
    Labelled,
    NumberField,
    TimeField,
    beside,
)
from ui.widgets.lists import RowList
from ui.widgets.parts import Label

HIGH = 230  # px of the list
USUAL_COUNT, USUAL_TIME, USUAL_MINUTES = 12, dt.time(14), 120
DELAY = 150  # ms after the last key


@dataclass(frozen=True, slots=True)
class Shown:
    """One date of the preview; `wanted` is its tick."""

    id: int
    one: series.Occurrence
    wanted: bool


def _date(row: Shown) -> Cell:
    at = row.one.starts_at or row.one.planned
    struck = row.one.starts_at is None
    check = None if struck else row.wanted
    return Cell(day(at, "when"), role="secb", check=check, struck=struck or not row.wanted)


def _note(row: Shown) -> Cell:
    one = row.one
    told = []
    if one.taken:
        told.append(say(N_("The body meets then already")))
    elif one.starts_at is None:
        told.append(say(N_("Left out: {why}"), why=one.off))
    elif one.moved:
        told.append(say(N_("From {day:short}, {why}"), day=one.planned, why=one.off))
    elif one.off:
        told.append(one.off)
    if one.starts_at is not None and one.notice_missed:
        told.append(say(N_("Too late for the notice")))
    for clash in one.clashes:
        if clash.people:
            where = named(clash.body_ko, clash.body_en)
            told.append(say(N_("{people} in {body}"), people=names(clash.people), body=where))
        if clash.room:
            told.append(say(N_("Room taken")))
    icon = ("triangle-alert", "warn") if told else ("circle-check", "ok")
    return Cell(" · ".join(told), icon=icon[0], ink="" if told else icon[1])


DATES = Table(
    (
        Column("date", C_("series", "Date and time"), 230, cell=_date),
        Column("note", C_("series", "Note"), cell=_note),
    )
)


class SeriesDialog(Dialog):
    """The rule above, each date it gives below; all are planned in one step."""

    def __init__(self, parent, desk, bodies, body_id: int | None, on: dt.date) -> None:
        self.desk = desk
        self.dates: list[series.Occurrence] = []
        self.without: set[dt.date] = set()
        self.body = Labelled(N_("Body"), Choice(bodies, N_("Body"), body_id))
        self.pattern = Labelled(
            C_("series", "How often"),
            Choice(series.PATTERNS.items(), N_("How often"), series.Pattern.MONTHLY_WEEKDAY),
        )
        self.count = Labelled(
            C_("series", "Meetings"),
            NumberField(N_("Meetings"), USUAL_COUNT, low=1, high=series.MOST, width=0),
        )
        self.day = Labelled(C_("series", "First on"), DateField(N_("First on"), on, 0))
        self.time = Labelled(N_("Starts at"), TimeField(N_("Starts at"), USUAL_TIME, 0))
        self.minutes = Labelled(
            N_("Minutes planned"),
            NumberField(N_("Minutes planned"), USUAL_MINUTES, low=1, width=0),
        )
        self.place = Labelled(N_("Place"), Field())
        self.off = Labelled(
            C_("series", "On days off"),
            Choice(series.ON_DAY_OFF.items(), N_("On days off"), series.OnDayOff.LATER),
        )
        self.model = RowTable(DATES)
        self.list = RowList(self.model, N_("Dates of the series"), height=34)
        self.list.setFixedHeight(theme.px(HIGH))
        self.list.ticked.connect(self.on_ticked)
        self.told = Label("", "cap")
        super().__init__(
            parent,
            N_("Recurring meetings"),
            beside(self.body, self.pattern, self.count),
            beside(self.day, self.time, self.minutes),
            beside(self.place, self.off),
            self.list,
            self.told,
            button=N_("Plan"),
            width=720,
        )
        self.settle = QTimer(self)
        self.settle.setSingleShot(True)
        self.settle.setInterval(DELAY)
        self.settle.timeout.connect(self.ask)
        for part in (self.count, self.day, self.time, self.minutes, self.place):
            part.field.typing.connect(self.on_typed)
        for part in (self.body, self.pattern, self.off):
            part.field.currentIndexChanged.connect(self.on_typed)
        self.ask()

    def asked(self) -> dict[str, object]:
        """Return what is typed; raises UserError while something is missing."""
        on, time = self.day.field.value(), self.time.field.value()
        count = self.count.field.value()
        if on is None or time is None or count is None:
            raise UserError(N_("A series needs its first day, a time and a number of meetings."))
        return {
            "body_id": self.body.field.value(),
            "rule": series.rule_text(self.pattern.field.value(), on, count),
            "first_at": dt.datetime.combine(on, time, clock.KST),
            "minutes": self.minutes.field.value() or USUAL_MINUTES,
            "place": self.place.field.value(),
            "on_day_off": str(self.off.field.value()),
        }

    def ask(self) -> None:
        """Ask what each date would become."""
        try:
            asked = self.asked()
        except UserError as error:
            self.on_wrong(error)
            return
        self.desk.read(
            series.preview,
            then=self.on_dates,
            otherwise=self.on_wrong,
            today=clock.today(),
            **asked,
        )

    # --- answers
    def on_dates(self, dates) -> None:
        self.dates = dates
        # A date the rule gives no longer is forgotten; others stay left out.
        self.without &= {one.planned.date() for one in dates}
        self._show()

    def on_wrong(self, error: Exception) -> None:
        """Show no dates while what is typed gives none; what is our bug goes to the alerts."""
        if not isinstance(error, UserError):
            self.on_refused(error)
            return
        self.dates = []
        self._show()
        self.told.say(str(error)).ink("bad")

    def _show(self) -> None:
        rows = [
            Shown(n, one, one.planned.date() not in self.without)
            for n, one in enumerate(self.dates)
        ]
        self.model.show(rows)
        n = sum(row.wanted and row.one.starts_at is not None for row in rows)
        self.button.say(NN_("Plan {n} meeting", "Plan {n} meetings"), n=n)
        self.button.why_not("" if n else N_("No date is left."))
        self.told.say(N_("Space or a click on the box leaves a date out.")).ink("text3")

    # --- slots
    def on_typed(self, *_what) -> None:
        self.settle.start()

    def on_ticked(self, id) -> None:
        """Leave a date out, or take it in again."""
        self.without ^= {self.dates[id].planned.date()}
        self._show()

    def confirm(self) -> None:
        for part in (self.count, self.day, self.time, self.minutes):
            part.value()
        self.desk.do(
            series.create_series,
            then=self.on_accepted,
            otherwise=self.on_refused,
            leave_out=sorted(self.without),
            **self.asked(),
        )
