"""Calendars of other programs: what an import would do, and the file that goes out."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from gwangju_desktop.errors import UserError
from gwangju_desktop.meetings import calendar_intake, calendar_reading, calendars
from gwangju_desktop.members import queries
from gwangju_desktop.members.rules import named
from ui.importing.frame import FIRST, ImportFrame, Words
from ui.importing.preview import ROWS, Preview
from ui.models.rows import Cell, Column, Table
from ui.text import C_, N_, NN_, Msg, day, say
from ui.widgets.forms import Choice
from ui.widgets.parts import Label, column, row

PREVIEW = FIRST
WORDS = Words(
    title=N_("Import a calendar"),
    drop=N_("Drop a calendar file here"),
    forms=N_("iCalendar (.ics), as calendars and mail programs export it."),
    choose=N_("Choose a file"),
    refused=N_("This calendar cannot be read."),
    kinds=N_("Calendars ({suffixes})"),
    suffixes=calendar_reading.SUFFIXES,
)
AS_SAID = N_("The body each event names")
FIELDS: dict[str, Msg] = {
    "title": N_("Title"),
    "starts_at": C_("calendar", "Date and time"),
    "minutes": N_("Minutes planned"),
    "place": N_("Place"),
}
EVENTS = Table(
    (
        ROWS.columns[0],
        Column("name", N_("Title"), 210, cell=lambda one: Cell(one.row.name, role="secb")),
        Column("where", N_("Body"), 130, cell=lambda one: Cell(one.row.where)),
        ROWS.columns[3],
    )
)


def change_words(change) -> str:
    """Say a change of a meeting: the field, what was held, what would be."""
    old, new = (
        day(value, "when") if isinstance(value, dt.datetime) else str(value)
        for value in (change.old, change.new)
    )
    told = N_("{field}: {old} → {new}")
    return say(told, field=FIELDS[change.field], old=old or "–", new=new or "–")


def read_calendar(work, *, path: Path, body_id: int | None):
    """Read a calendar and say what each event would do."""
    source = calendar_reading.read(path, cancelled=work.cancelled)
    with work.reading() as read:
        made = calendar_intake.plan(read, source=source, body_id=body_id)
        return source, made.plan, queries.bodies(read)


def plan_calendar(work, *, source, body_id: int | None):
    """Say what each event would do for another body."""
    with work.reading() as read:
        return calendar_intake.plan(read, source=source, body_id=body_id).plan


def take_in(work, *, source, body_id: int | None):
    """Write the import in one step."""
    return work.run(calendar_intake.import_calendar, source=source, body_id=body_id).value


def export(work, *, path: Path, body_id: int | None, keep: bool) -> int:
    """Write the meetings to a file; `keep` notes the identifiers they have in it."""
    if keep:
        work.run(calendars.give_uids, body_id=body_id)
    with work.reading() as read:
        made = calendars.calendar(read, body_id=body_id)
    calendars.write(path, made)
    return made.meetings


def ask_where(parent, name: str) -> Path | None:
    """Ask where the calendar is to be written."""
    asked, _kind = QFileDialog.getSaveFileName(
        parent, say(N_("Export the calendar")), f"{name}.ics", "iCalendar (*.ics)"
    )
    if not asked:
        return None
    path = Path(asked)
    suffix = path.suffix.lower() == calendars.SUFFIX
    return path if suffix else path.with_name(path.name + calendars.SUFFIX)


class CalendarImport(ImportFrame):
    """Choose a calendar, see what each event would do, take it in."""

    def __init__(self, parent, desk, body_id: int | None = None, path: Path | None = None) -> None:
        self.body_id = body_id
        self.source = self.plan = None
        self.preview = Preview(change_words, {}, EVENTS)
        self.body = Choice([(None, AS_SAID)], N_("Meetings of"))
        self.body.currentIndexChanged.connect(self.on_body)
        step = column(
            row(Label(N_("Meetings of"), "sec"), self.body, None, gap=10),
            (self.preview, 1),
            gap=10,
        )
        super().__init__(parent, desk, WORDS, step, button=C_("calendar", "Import"))
        if path is not None:
            self.begin([path])

    def read(self, paths: list[Path]) -> None:
        self.preview.forget()
        self.wait(
            read_calendar,
            N_("Reading {file}"),
            self.on_read,
            file=paths[0].name,
            path=paths[0],
            body_id=self.body_id,
        )

    def arrived(self, step: int) -> None:
        if step == PREVIEW:
            self._judge()
            self.preview.list.setFocus()

    def _judge(self) -> None:
        counts = self.plan.counts
        n = counts["add"] + counts["change"]
        self.button.say(NN_("Import {n:,} event", "Import {n:,} events"), n=n)
        why = ""
        if not n:
            refused = counts["refused"] > 0
            why = N_("No event can be taken in.") if refused else N_("Nothing in the file is new.")
        self.button.why_not(why)

    # --- slots
    def on_read(self, found) -> None:
        self.source, self.plan, bodies = found
        options = [(None, AS_SAID)]
        options += [(body.id, named(body.short_ko, body.short_en)) for body in bodies]
        self.body.show_options(options, self.body_id)
        self._shown(self.plan)

    def on_body(self, _n) -> None:
        """Take the events for meetings of another body and look again."""
        if self.source is None:
            return
        self.body_id = self.body.value()
        self.button.why_not(N_("The events are being compared."))
        self.work = self.desk.work(
            plan_calendar,
            title=N_("Comparing the calendar"),
            then=self._shown,
            otherwise=self.on_trouble,
            source=self.source,
            body_id=self.body_id,
        )

    def _shown(self, plan) -> None:
        self.plan = plan
        self.preview.show_plan(plan)
        self.show_step(PREVIEW)

    def confirm(self) -> None:
        """Take the events in."""
        if self.step != PREVIEW:
            raise UserError(N_("Choose a file first."))
        if self.button.isEnabled():
            self.wait(
                take_in,
                N_("Importing {file}"),
                self.on_accepted,
                file=self.source.name,
                source=self.source,
                body_id=self.body_id,
            )
