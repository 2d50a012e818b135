"""What was understood of a spreadsheet, on one screen, before anything counts."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from gwangju_desktop.energy.imports import Compared
from gwangju_desktop.energy.scales import unit_words
from gwangju_desktop.members.rules import named
from gwangju_desktop.sheets.facts import Question, Reading, TableFacts, Understanding
from ui.energy.figures import period_name
from ui.importing.words import FORMS
from ui.models.rows import Cell, Column, RowTable, Table
from ui.text import C_, N_, NN_, Msg, say
from ui.widgets.chart_scale import number
from ui.widgets.forms import Field
from ui.widgets.lists import RowList
from ui.widgets.painted import Chip
from ui.widgets.parts import Align, Button, Icon, Label, column, frame, row

ANSWERED = ("period", "unit")  # the questions a person answers here; others need another file
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
USES: dict[str, Msg] = {
    "residential": N_("residential"),
    "general": C_("electricity use", "general"),
    "education": C_("electricity use", "education"),
    "industrial": C_("electricity use", "industrial"),
    "agricultural": N_("agricultural"),
    "streetlight": N_("street lighting"),
    "night": N_("night storage"),
    "public": C_("electricity use", "public"),
    "service": C_("electricity use", "services"),
    "business": C_("electricity use", "business in all"),
    "manufacturing": N_("manufacturing in all"),
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
    return Cell(str(period_name(held.period)) if held.period else say(N_("to be answered")))


def _value(held: Reading) -> Cell:
    if held.value is None:
        return Cell(say(C_("energy", "missing")), ink="text3")
    return Cell(number(held.value, 3).rstrip("0").rstrip("."), role="secb")


SAMPLE = Table(
    (
        Column("place", C_("energy", "Cell"), 110, cell=_cell("place")),
        Column("indicator", C_("energy", "Indicator"), 150, cell=_cell("indicator")),
        Column("area", C_("energy", "Area"), 80, cell=_cell("area")),
        Column("period", C_("energy", "Period"), 110, cell=_period),
        Column("item", C_("energy", "Item"), cell=_cell("item")),
        Column("value", C_("energy", "Value"), 130, "right", cell=_value),
        Column("unit", C_("energy", "Unit"), 70, cell=_cell("unit")),
    )
)


class Ask(QWidget):
    """One open question: its sentence, the proposals as buttons, a field for another answer."""

    answered = Signal(str, str)  # about, answer

    def __init__(self, question: Question) -> None:
        super().__init__()
        self.about = question.about
        box = frame("card")
        head = row(
            (Icon("circle-alert", "warn"), Align.AlignTop),
            (Label(question.text.message, "secb", wrap=True, **question.text.values), 1),
        )
        parts: list = [head]
        self.proposals: list[Button] = []
        self.field: Field | None = None
        if question.about in ANSWERED:
            self.proposals = [Button(p, slot=self.on_proposal) for p in question.proposals]
            hint = "2021" if question.about == "period" else "MWh"
            self.field = Field(hint, N_("Another answer"), width=120)
            self.field.returnPressed.connect(self.on_typed)
            self.send = Button(C_("question", "Answer"), slot=self.on_typed)
            why = [Label(N_("from the file's name"), "cap")] if self.proposals else []
            parts.append(row(*self.proposals, *why, None, self.field, self.send))
        else:
            told = N_("This cannot be answered here. Correct the file or choose another one.")
            parts.append(Label(told, "sec", wrap=True))
        column(*parts, margins=(14, 10, 14, 10), gap=8, into=box)
        column(box, gap=0, into=self)

    def on_proposal(self) -> None:
        """Take a proposal."""
        self.answered.emit(self.about, self.sender().text())

    def on_typed(self) -> None:
        """Take what was typed."""
        if self.field.value():
            self.answered.emit(self.about, self.field.value())


class Preview(QWidget):
    """The screen between reading a file and importing it."""

    answered = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self.asks: list[Ask] = []
        self.file = Label("", "h3", elide=True)
        self.form = Label("", "cap", elide=True)
        self.layout_chip = Chip("")
        self.questions = column(gap=8)
        self.counts = [(Label("", "figm"), Label("", "cap")) for _n in range(4)]
        boxes = [column(value, words, gap=0) for value, words in self.counts]
        self.counts_row = row(*[p for box in boxes for p in (box, 20)], None, gap=6)
        self.repeat = Label("", "sec", "warn", wrap=True)
        self.repeat_row = row(
            (Icon("triangle-alert", "warn"), Align.AlignTop), (self.repeat, 1), gap=8
        )
        self.facts = {
            key: Label("", "sec", wrap=True)
            for key in ("layout", "unit", "period", "axes", "totals", "missing")
        }
        titles = {
            "layout": C_("energy", "Table"),
            "unit": C_("energy", "Unit"),
            "period": C_("energy", "Period"),
            "axes": N_("Rows and columns"),
            "totals": C_("energy", "Totals"),
            "missing": N_("Missing figures"),
        }
        pairs = [_pair(titles[key], label) for key, label in self.facts.items()]
        self.sample = RowList(
            RowTable(SAMPLE), N_("Six cells as they were read"), height=28, fit=True
        )
        self.left_out = Label("", "sec", wrap=True)
        self.left_row = _pair(N_("Not read"), self.left_out)
        column(
            column(row((self.file, 1), self.layout_chip), self.form, gap=2),
            self.questions,
            self.counts_row,
            self.repeat_row,
            *pairs,
            self.left_row,
            Label(N_("Six cells as they were read"), "secb"),
            self.sample,
            None,
            margins=(2, 0, 10, 4),
            gap=8,
            into=self,
        )

    def show_file(
        self, found: Understanding, compared: Compared | None, names: dict[str, str]
    ) -> None:
        """Show what a file holds and, when nothing is left to ask, what importing it changes."""
        self.file.say(found.file)
        parts = [say(FORMS.get(found.form, Msg(found.form))), _encoding(found.encoding)]
        if found.sheets:
            parts.append(say(N_("Sheets: {names}"), names=", ".join(found.sheets[:4])))
        self.form.say(" · ".join(part for part in parts if part))
        ready = found.ready
        self.layout_chip.say(
            N_("Nothing left to ask") if ready else N_("An answer is needed"),
            "ok" if ready else "warn",
            "circle-check" if ready else "circle-alert",
        )
        self._show_questions(found.questions)
        self._show_counts(compared)
        self._show_facts(found)
        self.sample.model().show(_six(found.readings, names))
        self.sample.setVisible(bool(found.readings))

    def _show_questions(self, questions: list[Question]) -> None:
        for ask in self.asks:
            self.questions.layout().removeWidget(ask)
            ask.hide()
            ask.deleteLater()
        self.asks = [Ask(question) for question in questions]
        for ask in self.asks:
            self.questions.layout().addWidget(ask)
            ask.answered.connect(self.answered)
        self.questions.setVisible(bool(self.asks))

    def _show_counts(self, compared: Compared | None) -> None:
        self.counts_row.setVisible(compared is not None)
        self.repeat_row.setVisible(False)
        if compared is None:
            return
        told = (
            (compared.new, N_("new figures")),
            (compared.same, N_("same as held")),
            (compared.revised, C_("energy", "revised")),
            (compared.conflicting, N_("differ from another file")),
        )
        for (value, words), (n, message) in zip(self.counts, told, strict=True):
            value.say(number(n))
            words.say(message)
        if compared.repeats:
            self.repeat.say(
                N_("The same numbers were imported from {file}. Is the period right?"),
                file=compared.repeats,
            )
            self.repeat_row.setVisible(True)

    def _show_facts(self, found: Understanding) -> None:
        layout = found.layout
        self.facts["layout"].say(
            f"{named(layout.title_ko, layout.title_en)} · {layout.publisher}"
            if layout
            else say(C_("energy", "not known"))
        )
        units = sorted({reading.unit for reading in found.readings if reading.unit})
        units = [say(unit_words(unit)) for unit in units]
        self.facts["unit"].say(_with_source(", ".join(units), found.unit_from))
        periods = sorted({reading.period for reading in found.readings if reading.period})
        span = ""
        if periods:
            first, last = str(period_name(periods[0])), str(period_name(periods[-1]))
            span = first
            if first != last:
                span = say(C_("range", "{first} – {last}"), first=first, last=last)
        self.facts["period"].say(_with_source(span, found.period_from))
        self.facts["axes"].say(" · ".join(_axes(table) for table in found.tables[:2]))
        self.facts["totals"].say(_totals(found.tables))
        missing = [
            say(MISSING[kind], n=number(n)) for kind, n in found.missing.items() if kind in MISSING
        ]
        self.facts["missing"].say(", ".join(missing) or say(C_("energy", "none")))
        remarks = [str(remark) for remark in found.remarks]
        self.left_out.say("\n".join(remarks))
        self.left_row.setVisible(bool(remarks))


def _pair(title: Msg, value: QWidget) -> QWidget:
    what = Label(title, "cap")
    what.setFixedWidth(110)
    return row((what, Align.AlignTop), (value, 1), gap=8)


def _with_source(what: str, sources: set[str]) -> str:
    said = ", ".join(say(SAID[source]) for source in sorted(sources) if source in SAID)
    if not what:
        return say(N_("not known yet"))
    return f"{what} ({said})" if said else what


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


def _totals(tables: list[TableFacts]) -> str:
    checked = sum(table.totals_checked for table in tables)
    if not checked:
        return say(N_("no totals in it"))
    wrong_ones = any(table.totals_wrong for table in tables)
    parts = [
        say(
            N_("{n} checked") if wrong_ones else N_("{n} checked, all right"),
            n=number(checked),
        )
    ]
    for table in tables:
        for wrong in table.totals_wrong[:3]:
            parts.append(
                say(
                    N_("{place}: {stated} stated, its parts make {parts}"),
                    place=wrong.place,
                    stated=number(wrong.stated, 3).rstrip("0").rstrip("."),
                    parts=number(wrong.parts, 3).rstrip("0").rstrip("."),
                )
            )
        if table.totals_unexplained:
            names = ", ".join(table.totals_unexplained[:3])
            parts.append(say(N_("not explained: {names}"), names=names))
    return " · ".join(parts)


def _six(readings: list[Reading], names: dict[str, str]) -> list[Reading]:
    """Return six readings spread over the file, with names for codes."""
    step = max(1, len(readings) // 6)
    return [
        one._replace(
            indicator=names.get(one.indicator, one.indicator),
            area=names.get(one.area, one.area),
            item=_item(one.item),
        )
        for one in readings[::step][:6]
    ]


def _item(code: str) -> str:
    words = USES.get(code)
    return say(words) if words is not None else code


def _encoding(name: str) -> str:
    """Name an encoding as people know it."""
    return "UTF-8" if name.startswith("utf-8") else name.upper()
