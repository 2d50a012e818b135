"""The calendar of all bodies: a year, a month or a list, with holidays and the day in front."""

from __future__ import annotations

import datetime as dt

from PySide6.QtWidgets import QStackedWidget

from gwangju_desktop import clock
from gwangju_desktop.meetings import daybook, holidays, series
from gwangju_desktop.members import queries as members
from gwangju_desktop.members.rules import named
from ui import theme
from ui.meetings.calendar_days import INKS, MOVES, add_months
from ui.meetings.calendar_files import CalendarImport, ask_where, export
from ui.meetings.calendar_holidays import HolidayDialog
from ui.meetings.calendar_list import MEETINGS, OF_DAY, Holiday, grouped
from ui.meetings.calendar_month import MonthView
from ui.meetings.calendar_series import SeriesDialog
from ui.meetings.calendar_year import YearView
from ui.meetings.copying import Copies
from ui.meetings.dialogs import MeetingDialog
from ui.models.rows import RowTable
from ui.text import C_, N_, NN_, say
from ui.widgets.forms import Choice
from ui.widgets.lists import RowList
from ui.widgets.page import Hollow, Page, State
from ui.widgets.painted import Segment
from ui.widgets.parts import Button, Label, column, frame, row, rule, scrolled

WIDTH = 300
YEAR, MONTH, LIST = range(3)
ALL = N_("All bodies")


class CalendarPage(Copies, Page):
    """Year, month and list of one span of days; beside them the day in front."""

    takes = (".ics",)

    def __init__(self, desk) -> None:
        super().__init__(desk)
        self.day = clock.today()
        self.span = None
        self.body_id: int | None = None
        self.inks: dict[int, str] = {}
        self.options: list = []
        self.month, self.year = MonthView(), YearView()
        self.views = (self.year, self.month)
        self.faces = QStackedWidget()
        for face in (scrolled(self.year), scrolled(self.month), self._listed()):
            self.faces.addWidget(face)
        left = column(
            self._head(),
            self._tools(),
            rule(),
            (row(self.faces, margins=(20, 8, 16, 0)), 1),
            row((Label(MOVES, "cap", elide=True), 1), margins=(28, 6, 24, 8)),
            gap=0,
        )
        row((left, 1), self.dock(self._side()), gap=0, into=self)
        self.dress()
        for view in self.views:
            view.chosen.connect(self.on_day)
            view.opened.connect(self.on_opened)
            view.planned.connect(self.on_planned)
            view.peeked.connect(self.on_peek)
        desk.changed.connect(self.on_changed)
        self.segment.choose(MONTH)
        self.show_face(MONTH)
        self.desk.read(members.bodies, then=self.on_bodies)

    def _head(self):
        self.segment = Segment(
            (C_("calendar", "Year"), C_("calendar", "Month"), C_("calendar", "List")),
            MONTH,
            N_("What the calendar shows"),
        )
        self.segment.chosen.connect(self.on_face)
        self.title = Label("", "h2")
        before = Button("", "default", "chevron-left", name=N_("Earlier"), slot=self.on_before)
        after = Button("", "default", "chevron-right", name=N_("Later"), slot=self.on_after)
        self.now = Button(N_("Today"), slot=self.on_today)
        self.body = Choice([(None, ALL)], N_("Bodies shown"))
        self.body.currentIndexChanged.connect(self.on_body)
        self.new = self.writing(Button(N_("New meeting"), "primary", "plus", slot=self.on_new))
        return row(
            self.segment,
            6,
            before,
            self.now,
            after,
            6,
            self.title,
            None,
            self.body,
            self.new,
            margins=(28, 12, 24, 8),
            gap=6,
        )

    def _tools(self):
        self.total = Label("", "sec", elide=True)
        self.again = self.writing(
            Button(N_("Recurring meetings"), icon="calendar-plus", slot=self.on_series)
        )
        self.free = Button(N_("Days off"), icon="sun", slot=self.on_holidays)
        self.bring = self.writing(
            Button(C_("calendar", "Import"), icon="upload", slot=self.on_import_calendar)
        )
        self.give = Button(C_("calendar", "Export"), icon="download", slot=self.on_export_calendar)
        return row(
            (self.total, 1),
            self.again,
            self.free,
            self.bring,
            self.give,
            margins=(28, 0, 24, 8),
            gap=6,
        )

    def _listed(self):
        self.model = self.table(RowTable(MEETINGS))
        self.list = RowList(self.model, N_("Meetings of the year"), height=48)
        self.list.opened.connect(self.on_opened)
        self.list.previewed.connect(self.on_listed)
        self.list.peeked.connect(self.on_peek)
        empty = State(
            "calendar-days",
            N_("No meetings in this year"),
            N_("Plan one, or take a calendar in."),
            self.writing(Button(N_("New meeting"), icon="plus", slot=self.on_new)),
        )
        return Hollow(self.list, empty)

    def _side(self):
        self.head = Label("", "h3", wrap=True)
        self.why = Label("", "cap", "bad", wrap=True)
        self.of_day = self.table(RowTable(OF_DAY))
        self.day_list = RowList(self.of_day, N_("Meetings of the day"), height=48, header=False)
        self.day_list.opened.connect(self.on_opened)
        self.plan = self.writing(
            Button(N_("Plan a meeting on this day"), icon="plus", slot=self.on_new)
        )
        self.last = self.writing(
            Button(N_("Copy the last meeting"), icon="copy", slot=self.on_copy)
        )
        self.notice = Button(
            N_("Copy the notice"), icon="message-square-text", slot=self.on_copy_notice
        )
        self.none = Label(N_("No meeting on this day."), "sec", "text3", wrap=True)
        self.side = frame("inspector")
        return column(
            column(self.head, self.why, margins=(20, 14, 20, 8), gap=3),
            rule(),
            row(self.none, margins=(20, 12, 20, 0)),
            (row(self.day_list, margins=(12, 4, 12, 0)), 1),
            column(self.notice, self.plan, self.last, margins=(20, 8, 20, 16), gap=6),
            gap=0,
            into=self.side,
        )

    def dress(self) -> None:
        self.side.setFixedWidth(theme.px(WIDTH))

    def changeEvent(self, event) -> None:
        if event.type() == event.Type.StyleChange and hasattr(self, "side"):
            self.dress()
        elif event.type() == event.Type.LanguageChange and hasattr(self, "side"):
            self.desk.read(members.bodies, then=self.on_bodies)
        super().changeEvent(event)

    def panes(self) -> list:
        face = self.segment.current()
        first = self.list if face == LIST else self.views[face]
        return [first, self.day_list, self.segment.parts[face]]

    def open(self, id: int | None = None, table: str = "") -> None:
        """Show the day of a holiday of the office, or the first one of a series."""
        query = {"holiday": holidays.day_of, "meeting_series": series.day_of}.get(table)
        if id is not None and query is not None:
            self.desk.read(query, then=self.on_found_day, id=id)

    # --- what is shown
    def show_face(self, face: int) -> None:
        """Show the year, the month or the list."""
        self.faces.setCurrentIndex(face)
        self.go_to(self.day)

    def go_to(self, on: dt.date) -> None:
        """Put the cursor on a day; the calendar turns to it."""
        if not holidays.FIRST_YEAR <= on.year <= holidays.LAST_YEAR:
            on = self.day
        self.day = on
        for view in self.views:
            view.choose(on)
        self._reveal()
        month = self.faces.currentIndex() == MONTH
        title = C_("calendar", "{day:month}") if month else C_("calendar", "{year}")
        self.title.say(title, day=on, year=on.year)
        first, last = self._wanted()
        if self.span is None or first < self.span.first or last > self.span.last:
            self.ask()
        else:
            self._show_day()

    def _reveal(self) -> None:
        """Bring the day in front into view where the window is low."""
        face = self.faces.currentIndex()
        if face != LIST:
            cell = self.views[face].place_of(self.day)
            middle = cell.center().toPoint()
            margins = int(cell.width() / 2), int(cell.height() / 2) + 2
            self.faces.widget(face).ensureVisible(middle.x(), middle.y(), *margins)

    def _wanted(self) -> tuple[dt.date, dt.date]:
        if self.faces.currentIndex() == MONTH:
            return self.month.first, self.month.last
        return dt.date(self.day.year, 1, 1), dt.date(self.day.year, 12, 31)

    def ask(self) -> None:
        """Read the year of the day in front, with the weeks its months reach into."""
        first = dt.date(self.day.year, 1, 1) - dt.timedelta(days=7)
        last = dt.date(self.day.year, 12, 31) + dt.timedelta(days=14)
        asked = {"first": first, "last": last, "body_id": self.body_id}
        if self.span is None:
            # The library of holidays takes its time to load; the meetings need not wait for it.
            self.desk.read(daybook.span, then=self.on_first_span, law=False, **asked)
        self.desk.read(daybook.span, then=self.on_span, **asked)

    def on_changed(self, changes) -> None:
        if changes.touches("meeting", "holiday", "agenda_item"):
            self.ask()
        if changes.touches("body"):
            self.desk.read(members.bodies, then=self.on_bodies)

    def on_bodies(self, bodies) -> None:
        self.options = [(body.id, named(body.short_ko, body.short_en)) for body in bodies]
        self.inks = {body.id: INKS[n % len(INKS)] for n, body in enumerate(bodies)}
        self.body.show_options([(None, ALL), *self.options], self.body_id)
        self.ask()

    def on_first_span(self, span) -> None:
        if self.span is None:
            self.on_span(span)

    def on_span(self, span) -> None:
        self.span = span
        today = clock.today()
        for view in self.views:
            view.show_span(span, today, self.inks)
        of_year = [one for one in span.meetings if one.starts_at.year == self.day.year]
        off = [on for on, known in span.days.items() if on.year == self.day.year and known.off]
        self.total.say(
            NN_("{year}: {n} meeting, {off} holidays", "{year}: {n} meetings, {off} holidays"),
            year=self.day.year,
            n=len(of_year),
            off=len(off),
        )
        self.model.show(grouped(of_year, span.days, self.day.year))
        self._show_day()

    def _show_day(self) -> None:
        entries = []
        why = ""
        if self.span is not None:
            entries = [one for one in self.span.meetings if one.starts_at.date() == self.day]
            why = holidays.why_off(self.span.days, self.day)
        self.head.say(C_("calendar", "{day:long}"), day=self.day)
        self.why.say(why)
        self.why.setVisible(bool(why))
        self.of_day.show(entries)
        self.day_list.setVisible(bool(entries))
        self.none.setVisible(not entries)
        self.notice.setVisible(bool(entries))
        if entries:
            self.day_list.choose_first()

    # --- slots
    def on_face(self, face: int) -> None:
        self.show_face(face)
        if face == LIST:
            self._choose_in_list()

    def _choose_in_list(self) -> None:
        """Put the cursor of the list on the first meeting from the day in front on."""
        rows = [one for one in self.span.meetings if one.starts_at.year == self.day.year]
        ahead = [one for one in rows if one.starts_at.date() >= self.day]
        if rows:
            self.list.choose((ahead or rows)[0].id)

    def on_day(self, on: dt.date) -> None:
        self.go_to(on)

    def on_listed(self, id) -> None:
        at = self.model.place(id) if id is not None else -1
        if at < 0:
            return
        one = self.model.row(at)
        on = one.day if isinstance(one, Holiday) else one.starts_at.date()
        if on != self.day and self.faces.currentIndex() == LIST:
            self.go_to(on)

    def on_found_day(self, on) -> None:
        if on is not None:
            self.go_to(on)

    def on_before(self) -> None:
        self._turn(-1)

    def on_after(self) -> None:
        self._turn(1)

    def _turn(self, by: int) -> None:
        months = 1 if self.faces.currentIndex() == MONTH else 12
        self.go_to(add_months(self.day, by * months))

    def on_today(self) -> None:
        self.go_to(clock.today())

    def on_body(self, _n) -> None:
        self.body_id = self.body.value()
        self.ask()

    def on_opened(self, id) -> None:
        if id is not None and id > 0:
            self.go("meetings", id, "meeting")

    def on_planned(self, on: dt.date) -> None:
        if not self.desk.read_only:
            self.go_to(on)
            self.on_new()

    def on_new(self) -> None:
        """Plan a meeting on the day in front."""
        if not self.options:
            self.go("members")
            return
        dialog = MeetingDialog(self.window(), self.desk, self.options)
        dialog.day.field.show_date(self.day)
        dialog.body.field.choose(self.body_id)
        dialog.accepted.connect(self.on_made)
        dialog.open()

    def on_made(self) -> None:
        self.go("meetings", self.sender().value, "meeting")

    def on_series(self) -> None:
        """Plan meetings that come again, from the day in front on."""
        if self.options:
            dialog = SeriesDialog(self.window(), self.desk, self.options, self.body_id, self.day)
            dialog.open()

    def on_holidays(self) -> None:
        """Show the days off of the year."""
        HolidayDialog(self.window(), self.desk, self.day).open()

    def on_import_calendar(self) -> None:
        """Take a calendar in."""
        self._import(None)

    def take(self, paths) -> None:
        """Take a calendar in that was dropped on the window."""
        found = [path for path in paths if path.suffix.lower() in self.takes]
        if found and not self.desk.read_only:
            self._import(found[0])

    def _import(self, path) -> None:
        CalendarImport(self.window(), self.desk, self.body_id, path).open()

    def on_export_calendar(self) -> None:
        """Write the meetings shown to a calendar file."""
        name = self.body.currentText() if self.body_id is not None else say(N_("Meetings"))
        path = ask_where(self.window(), name)
        if path is not None:
            self.write(path)

    def write(self, path) -> None:
        """Write the calendar to a file."""
        self.path = path
        self.desk.work(
            export,
            title=N_("Exporting the calendar"),
            then=self.on_written,
            path=path,
            body_id=self.body_id,
            keep=not self.desk.read_only,
        )

    def on_written(self, n: int) -> None:
        message = NN_("{n} meeting saved to {name}.", "{n} meetings saved to {name}.")
        self.toast(message, n=n, name=self.path.name)

    # --- what is copied
    def copied_id(self) -> int | None:
        return self.day_list.current() if self.of_day.rowCount() else None

    def copied_body(self) -> int | None:
        return self.body_id or (self.options[0][0] if self.options else None)

    def copied_day(self) -> dt.date | None:
        return self.day


PANE = CalendarPage
