"""What was understood of a spreadsheet, on one screen, before anything counts."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from gwangju_desktop.energy import rules
from gwangju_desktop.energy.imports import Compared
from gwangju_desktop.energy.publishers import publisher_name
from gwangju_desktop.energy.rules import CITY
from gwangju_desktop.energy.scales import unit_words
from gwangju_desktop.members.rules import named
from gwangju_desktop.sheets.facts import Reading, TableFacts, Understanding
from ui.energy.asking import MANY, Ask, wrong_total
from ui.energy.changes import Changes
from ui.energy.item_words import item_words
from ui.energy.period_words import period_text, span_text
from ui.energy.sheet_boxes import Sheets
from ui.importing.words import FORMS
from ui.models.rows import Cell, Column, RowTable, Table
from ui.text import C_, N_, NN_, Msg, say
from ui.widgets.chart_scale import number
from ui.widgets.lists import RowList
from ui.widgets.painted import Chip
from ui.widgets.parts import Align, Icon, Label, column, row

SAID: dict[str, Msg] = {
    "cells": N_("said in the cells"),
    "title": N_("said in the title"),
    "layout": N_("known of this table"),
    "given": N_("given by you"),
}
ROLES: dict[str, Msg] = {
    "province": C_("energy", "Province"),
    "sub": C_("energy", "District"),
    "year": C_("axis of a table", "Year"),
    "month": C_("axis of a table", "Month"),
    "day": C_("axis of a table", "Day"),
    "hour": C_("axis of a table", "Hour"),
    "period": C_("energy", "Period"),
    "items": C_("energy", "Items"),
    "item": C_("energy", "Item"),
    "unit": C_("energy", "Unit"),
    "code": C_("energy", "Code"),
    "note": C_("energy", "Note"),
    "value": C_("energy", "Value"),
}
MISSING: dict[str, Msg] = {
    "blank": N_("empty {n}"),
    "dash": N_("dash {n}"),
    "withheld": N_("withheld {n}"),
    "na": N_("not available {n}"),
}


def _cell(key: str, role: str = "sec"):
    return lambda held: Cell(str(getattr(held, key) or ""), role=role)


def _period(held: Reading) -> Cell:
    return Cell(str(period_text(held.period)) if held.period else say(N_("not known yet")))


def _value(held: Reading) -> Cell:
    if held.value is None:
        return Cell(say(C_("energy", "missing")), ink="text3")
    return Cell(number(held.value, 3).rstrip("0").rstrip("."), role="secb")


def _item(held: Reading) -> Cell:
    # Of 산업용 / 제조업 / 섬유 the last word tells it from its neighbours.
    return Cell(held.item.rpartition(" / ")[2], role="sec")


def _unit(held: Reading) -> Cell:
    return Cell(say(unit_words(held.unit)) if held.unit else "", role="sec")


LEFT = "left"
FACTS: dict[str, Msg] = {
    "layout": C_("energy", "Table"),
    "unit": C_("energy", "Unit"),
    "period": C_("energy", "Period"),
    "axes": N_("Rows and columns"),
    "totals": C_("energy", "Totals"),
    "missing": N_("Missing figures"),
    LEFT: N_("Not read"),
}
SAMPLE = Table(
    (
        Column("place", C_("energy", "Cell"), 96, cell=_cell("place")),
        Column("indicator", C_("energy", "Indicator"), cell=_cell("indicator")),
        Column("area", C_("energy", "Area"), 104, cell=_cell("area")),
        Column("period", C_("energy", "Period"), 108, cell=_period),
        Column("item", C_("energy", "Item"), 96, cell=_item),
        Column("value", C_("energy", "Value"), 100, "right", cell=_value),
        Column("unit", C_("energy", "Unit"), 86, cell=_unit),
    )
)


class Preview(QWidget):
    """The screen between reading a file and importing it."""

    answered = Signal(str, object)  # what about, the answer
    declared = Signal(object)  # the path of a table layout to add

    def __init__(self) -> None:
        super().__init__()
        self.asks: list[Ask] = []
        self.file = Label("", "h3", elide=True)
        self.form = Label("", "cap", elide=True)
        self.state = Chip("")
        self.questions = column(gap=8)
        self.changes = Changes()
        self.repeat = Label("", "sec", "warn", wrap=True)
        self.repeat_row = row(
            (Icon("triangle-alert", "warn"), Align.AlignTop), (self.repeat, 1), gap=8
        )
        self.facts = {key: Label("", "sec", wrap=True) for key in FACTS}
        self.pairs = {key: _pair(title, self.facts[key]) for key, title in FACTS.items()}
        self.sheets = Sheets()
        self.sheets.chosen.connect(self.on_sheets)
        self.sheets_row = _pair(N_("Sheets"), self.sheets)
        self.heading = Label(N_("Six cells as they were read"), "secb")
        self.sample = RowList(
            RowTable(SAMPLE), N_("Six cells as they were read"), height=28, fit=True
        )
        column(
            column(row((self.file, 1), self.state), self.form, gap=2),
            self.questions,
            self.changes,
            self.repeat_row,
            self.heading,
            self.sample,
            4,
            *(self.pairs[key] for key in FACTS if key != LEFT),
            self.sheets_row,
            self.pairs[LEFT],
            None,
            margins=(2, 0, 10, 4),
            gap=8,
            into=self,
        )

    def show_file(
        self, found: Understanding, compared: Compared | None, names: dict[str, str]
    ) -> None:
        """Show what a file holds and, when nothing is left to ask, what importing it changes."""
        names = {**found.area_names, **names}
        self.file.say(found.file)
        parts = [say(FORMS.get(found.form, Msg(found.form))), _encoding(found.encoding)]
        self.form.say(" · ".join(part for part in parts if part))
        ready = found.ready
        self.state.say(
            N_("Nothing left to ask") if ready else N_("An answer is needed"),
            "ok" if ready else "warn",
            "circle-check" if ready else "circle-alert",
        )
        self._show_questions(found, names)
        self.changes.show_compared(compared, names)
        self.repeat_row.setVisible(compared is not None and compared.repeats is not None)
        if compared is not None and compared.repeats:
            self.repeat.say(
                N_("The same numbers were imported from {file}. Is the period right?"),
                file=compared.repeats,
            )
        self._show_facts(found, names)
        self.sheets.show_sheets(found)
        self.sheets_row.setVisible(len(found.sheet_choice) > 1)
        self.sample.model().show(_six(found.readings, names))
        self.sample.setVisible(bool(found.readings))
        self.heading.setVisible(bool(found.readings))

    def _show_questions(self, found: Understanding, names: dict[str, str]) -> None:
        for ask in self.asks:
            self.questions.layout().removeWidget(ask)
            ask.hide()
            ask.deleteLater()
        self.asks = [Ask(question, found, names) for question in found.questions]
        for ask in self.asks:
            self.questions.layout().addWidget(ask)
            ask.answered.connect(self.answered)
            ask.declared.connect(self.declared)
        self.questions.setVisible(bool(self.asks))

    def _show_facts(self, found: Understanding, names: dict[str, str]) -> None:
        layout = found.layout
        units = sorted({reading.unit for reading in found.readings if reading.unit})
        missing = [
            say(MISSING[kind], n=number(n)) for kind, n in found.missing.items() if kind in MISSING
        ]
        told = {
            "layout": f"{named(layout.title_ko, layout.title_en)} · {publisher_name(layout.publisher)}"
            if layout
            else say(C_("energy", "not known")),
            "unit": with_source(", ".join(say(unit_words(u)) for u in units), found.unit_from),
            "period": with_source(_span(found), found.period_from),
            "axes": _tables(found.tables),
            "totals": _totals(found),
            "missing": ", ".join(missing) or say(C_("energy", "none")),
            LEFT: "\n".join(str(remark) for remark in found.remarks),
        }
        for key, text in told.items():
            self.facts[key].say(text)
        self.pairs[LEFT].setVisible(bool(found.remarks))

    # --- slots

    def on_sheets(self, names: object) -> None:
        """Read only the sheets that were chosen."""
        self.answered.emit("sheets", names)


def _pair(title: Msg, value: QWidget) -> QWidget:
    what = Label(title, "cap")
    what.setFixedWidth(110)
    return row((what, Align.AlignTop), (value, 1), gap=8)


def with_source(what: str, sources: set[str]) -> str:
    """Return what was understood, and where it was said."""
    said = ", ".join(say(SAID[source]) for source in sorted(sources) if source in SAID)
    if not what:
        return say(N_("not known yet"))
    return f"{what} ({said})" if said else what


def _tables(tables: list[TableFacts]) -> str:
    """Say how the first table is read, and how many more there are like it."""
    told = [_axes(table) for table in tables[:1]]
    if len(tables) > 1:
        told.append(say(NN_("and {n} more table", "and {n} more tables"), n=len(tables) - 1))
    return " · ".join(told)


def _axes(table: TableFacts) -> str:
    named_roles = [
        f"{name} = {say(ROLES.get(role.removeprefix('part:'), Msg(role)))}"
        for name, role in table.roles
        if name
    ]
    columns = ", ".join(table.columns[:4]) + (" …" if len(table.columns) > 4 else "")
    parts = [*named_roles]
    if columns:
        parts.append(say(N_("columns {names}"), names=columns))
    parts.append(say(NN_("{n:,} row", "{n:,} rows"), n=table.rows))
    return " · ".join(parts)


def _span(found: Understanding) -> str:
    """Return the first and the last period of what is read."""
    periods = sorted({reading.period for reading in found.readings if reading.period})
    if found.columns:
        ends = [end for one in found.columns for end in (one.periods[0], one.periods[-1])]
        periods = sorted(rules.period_text(int(end)) for end in ends)
    if not periods:
        return ""
    if not found.ready:
        # Only some readings are here before everything is answered.
        return f"{period_text(periods[0])} …"
    return span_text(periods[0], periods[-1])


def _totals(found: Understanding) -> str:
    """Say how many totals were checked, which are wrong, and which of them were accepted."""
    checked = sum(table.totals_checked for table in found.tables)
    if not checked:
        return say(N_("no totals in it"))
    wrong = [one for table in found.tables for one in table.totals_wrong]
    lines = [say(N_("{n} checked") if wrong else N_("{n} checked, all right"), n=number(checked))]
    if found.accepted:
        lines.append(say(N_("Accepted as published:")))
    lines += [wrong_total(one) for one in (found.accepted or wrong)[:MANY]]
    unexplained = [name for table in found.tables for name in table.totals_unexplained]
    if unexplained:
        lines.append(say(N_("not explained: {names}"), names=", ".join(unexplained[:3])))
    return "\n".join(lines)


def _six(readings: list[Reading], names: dict[str, str]) -> list[Reading]:
    """Return six readings spread over what the file says of the city, with names for codes."""
    own = [one for one in readings if one.area.startswith(CITY[:2])] or readings
    step = max(1, len(own) // 6)
    return [
        one._replace(
            indicator=names.get(one.indicator, one.indicator),
            area=names.get(one.area, one.area.removeprefix("?").rpartition("/")[2]),
            item=item_words(one.dimension, one.item) if one.item else "",
        )
        for one in own[::step][:6]
    ]


def _encoding(name: str) -> str:
    """Name an encoding as people know it."""
    return "UTF-8" if name.startswith("utf-8") else name.upper()
