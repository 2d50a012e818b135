"""The office beside the tree of its bodies: names, codes and ordinances, each from a day on."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtWidgets import QWidget

from gwangju_desktop import settings
from gwangju_desktop.errors import UserError
from gwangju_desktop.settings import DECLARED, PERIODIC
from gwangju_desktop.text import language
from ui.members.body_forms import dated, filled
from ui.members.rule_forms import NO_DAY
from ui.models.rows import Cell, Column, RowTable, Table
from ui.text import C_, N_, say
from ui.text import words as said
from ui.widgets.forms import Dialog, beside
from ui.widgets.lists import RowList
from ui.widgets.parts import Button, Label, column, row, rule

SOURCE_HELP = N_("The law and article that changes it.")


@dataclass(frozen=True, slots=True)
class Line:
    """One value of a setting in its time; `period` is None for the setting's own value."""

    key: str
    value: str
    until: dt.date | None
    now: bool
    first: bool
    period: settings.Period | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """The names of the office: the settings' own values, and those with days."""

    own: dict[str, str]
    periods: list[settings.Period]


def kept(read) -> Kept:
    """Read the names, codes and ordinances with all their days."""
    own = settings.values(read)
    return Kept({key: own[key] for key in PERIODIC}, settings.periods(read))


def lines(names: Kept, on: dt.date) -> list[Line]:
    """List every value of every setting, the earliest first, and mark those of the day."""
    listed = []
    for key in PERIODIC:
        periods = [period for period in names.periods if period.key == key]
        held = [p for p in periods if p.valid_from <= on and (p.valid_to or on) >= on]
        until = periods[0].valid_from - settings.EVE if periods else None
        listed.append(Line(key, names.own[key], until, not held, True))
        listed += [
            Line(key, period.value, period.valid_to, period in held, False, period)
            for period in periods
        ]
    return listed


def line_days(line: Line) -> Cell:
    """Show from which day to which a value holds."""
    since = line.period.valid_from if line.period else None
    if since is None and line.until is None:
        return Cell("–", ink="text3")
    return Cell(said().days(since, line.until), ink="text2")


LINES = Table(
    name="office_names",
    columns=(
        Column(
            "key",
            C_("setting", "What"),
            148,
            cell=lambda line: Cell(say(DECLARED[line.key].label) if line.first else ""),
        ),
        Column(
            "value",
            C_("setting", "Value · source"),
            cell=lambda line: Cell(
                line.value,
                line.period.source if line.period else "",
                role="secb" if line.now else "sec",
            ),
        ),
        Column("days", C_("setting", "In force"), 148, cell=line_days),
        Column(
            "now",
            width=72,
            cell=lambda line: Cell(chip=say(C_("setting", "Now")) if line.now else "", tone="acc"),
        ),
    ),
)


class OfficeCard(QWidget):
    """The names of the city and the office, its codes and ordinances, as a table of days."""

    def __init__(self, page) -> None:
        super().__init__()
        self.page, self.desk = page, page.desk
        self.record: Kept | None = None
        self.name, self.other = Label("", "h2", wrap=True), Label("", "sec", wrap=True)
        self.change = Button(N_("Change names"), icon="calendar-plus", slot=self.on_change)
        self.edit = Button(N_("Edit"), icon="pencil", slot=self.on_edit)
        self.gone = Button(N_("Remove"), "danger", slot=self.on_remove)
        page.writing(self.change, self.edit, self.gone)
        self.model = RowTable(LINES)
        self.list = RowList(self.model, N_("Names, codes and ordinances"), height=44)
        self.list.previewed.connect(self.on_line)
        self.list.opened.connect(self.on_edit)
        hint = N_("Documents printed for a day carry the names of that day.")
        column(
            column(
                row((column(self.name, self.other, gap=2), 1), self.change, gap=12),
                margins=(20, 14, 20, 12),
            ),
            rule(),
            (row(self.list, margins=(12, 0, 12, 0)), 1),
            rule(),
            row((Label(hint, "cap", wrap=True), 1), self.edit, self.gone, margins=(20, 8, 20, 10)),
            gap=0,
            into=self,
        )
        self.desk.changed.connect(self.on_changed)

    def ask(self) -> None:
        """Read the names again."""
        self.desk.read(kept, then=self.on_kept)

    def on_changed(self, changes) -> None:
        if changes.touches("setting", "setting_period"):
            self.ask()

    def on_kept(self, names: Kept) -> None:
        self.record = names
        self.renew()

    def renew(self) -> None:
        """Write the names into the table."""
        listed = lines(self.record, self.page.on)
        now = {line.key: line.value for line in listed if line.now}
        english = language() == "en"
        keys = (settings.CITY_KO, settings.OFFICE_NAME_KO)
        if english:
            keys = (settings.CITY_EN, settings.OFFICE_NAME_EN)
        self.name.say(now[keys[0]])
        self.other.say(now[keys[1]])
        self.model.show(listed)
        self.list.choose_first()
        self.on_line(None)

    def line(self) -> Line | None:
        """Return the line chosen in the table."""
        at = self.list.currentIndex()
        return self.model.row(at.row()) if at.isValid() else None

    def on_line(self, _n) -> None:
        line = self.line()
        self.gone.why_not("" if line and line.period else N_("This value has no days of its own."))

    def on_change(self) -> None:
        if self.record:
            NamesForm(self.window(), self.desk, self.record, self.page.on).open()

    def on_edit(self, *_id) -> None:
        line = self.line()
        if line is not None and not self.desk.read_only:
            LineForm(self.window(), self.desk, line).open()

    def on_remove(self) -> None:
        line = self.line()
        if line is not None and line.period is not None:
            self.desk.do(settings.remove_period, id=line.period.id)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange and self.record:
            QTimer.singleShot(0, self, self.renew)
        super().changeEvent(event)


class NamesForm(Dialog):
    """Give names, codes and ordinances new values from a day on, all in one step."""

    def __init__(self, parent, desk, names: Kept, on: dt.date) -> None:
        self.desk = desk
        now = {line.key: line.value for line in lines(names, on) if line.now}
        self.fields = {key: filled(DECLARED[key].label, now[key]) for key in PERIODIC}
        self.valid_from = dated(C_("rule", "In force from"))
        self.source = filled(N_("Source"), "", SOURCE_HELP)
        shown = self.fields
        super().__init__(
            parent,
            N_("Change names and codes"),
            Label(N_("What differs takes effect on the day; the rest stays."), "cap", wrap=True),
            beside(self.valid_from, self.source),
            rule(),
            beside(shown[settings.CITY_KO], shown[settings.CITY_EN]),
            beside(shown[settings.OFFICE_NAME_KO], shown[settings.OFFICE_NAME_EN]),
            beside(shown[settings.CITY_CODE], shown[settings.ORDINANCE_COMMITTEES]),
            beside(shown[settings.ORDINANCE_CLIMATE], shown[settings.ORDINANCE_ENERGY]),
            width=640,
        )

    def confirm(self) -> None:
        day = self.valid_from.value()
        if day is None:
            self.valid_from.wrong(say(NO_DAY))
            raise UserError(NO_DAY)
        self.desk.do(
            settings.change_from,
            then=self.on_accepted,
            otherwise=self.on_refused,
            values={key: field.value() for key, field in self.fields.items()},
            valid_from=day,
            source=self.source.value(),
        )


class LineForm(Dialog):
    """Correct one value, with its days and source where it has any."""

    def __init__(self, parent, desk, line: Line) -> None:
        self.desk, self.line = desk, line
        self.field = filled(DECLARED[line.key].label, line.value)
        parts = [self.field]
        period = line.period
        if period is not None:
            self.valid_from = dated(C_("rule", "In force from"), period.valid_from)
            self.valid_to = dated(N_("Last day"), period.valid_to)
            self.source = filled(N_("Source"), period.source, SOURCE_HELP)
            parts += [beside(self.valid_from, self.valid_to), self.source]
        title = N_("Edit a dated name or code") if period else N_("Change a setting")
        super().__init__(parent, title, *parts, width=520)

    def confirm(self) -> None:
        text = self.field.value()
        if self.line.period is None:
            usecase, asked = settings.change_setting, {"key": self.line.key, "value": text}
        else:
            day = self.valid_from.value()
            if day is None:
                self.valid_from.wrong(say(NO_DAY))
                raise UserError(NO_DAY)
            usecase = settings.edit_period
            asked = {
                "id": self.line.period.id,
                "value": text,
                "valid_from": day,
                "valid_to": self.valid_to.value(),
                "source": self.source.value(),
            }
        self.desk.do(usecase, then=self.on_accepted, otherwise=self.on_refused, **asked)
