"""Open questions of a spreadsheet, each with what answers it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from gwangju_desktop.sheets.facts import Question, Understanding, Wrong
from ui.text import C_, N_, Msg, say
from ui.widgets.chart_scale import number
from ui.widgets.fields import Choice, Field
from ui.widgets.parts import Align, Button, Icon, Label, column, frame, row

PERIOD, UNIT, LAYOUT, SHEET = "period", "unit", "layout", "sheet"
TOTALS, CODES, AREA, ENCODING = "totals", "codes", "area", "encoding"
TYPED = {PERIOD: "2021", UNIT: "MWh"}  # what is typed, with an example
MANY = 6  # names or cells that are told one by one
ACCEPT = "accept"


def exact(value: float) -> str:
    """Write a published number with the digits it has."""
    return number(value, 3).rstrip("0").rstrip(".")


def wrong_total(wrong: Wrong) -> str:
    """Say which total does not add up: its cell, what is stated, what its parts make."""
    return say(
        N_("{place}: {stated} stated, its parts make {parts}"),
        place=wrong.place,
        stated=exact(wrong.stated),
        parts=exact(wrong.parts),
    )


class Ask(QWidget):
    """One open question: its sentence, what more is known of it, and ways to answer."""

    answered = Signal(str, object)  # about, answer
    declared = Signal(object)  # the path of a table layout to add

    def __init__(self, question: Question, found: Understanding, names: dict[str, str]) -> None:
        super().__init__()
        self.about, self.question, self.found, self.names = question.about, question, found, names
        self.proposals: list[Button] = []
        self.field: Field | None = None
        self.choice: Choice | None = None
        told = Label(question.text.message, "secb", wrap=True, **question.text.values)
        parts: list = [row((Icon("circle-alert", "warn"), Align.AlignTop), (told, 1))]
        parts += [Label(line, "sec", wrap=True) for line in self._more()]
        parts.append(self._answers())
        box = frame("card")
        column(*parts, margins=(14, 10, 14, 10), gap=8, into=box)
        column(box, gap=0, into=self)

    def _more(self) -> list[str]:
        """Return what a person looks at before answering."""
        if self.about == TOTALS:
            wrong = [one for table in self.found.tables for one in table.totals_wrong]
            # The question itself names the first.
            return ["\n".join(wrong_total(one) for one in wrong[:MANY])] if wrong[1:] else []
        if self.about == CODES and self.found.expected:
            codes = ", ".join(self.names.get(one, one) for one in self.found.expected[:MANY])
            return [say(N_("Not in this file: {names}"), names=codes)]
        if self.about == LAYOUT and not self.question.proposals:
            hint = N_("A table that is published regularly can be declared in a small file.")
            return [say(hint)]
        return []

    def _answers(self) -> QWidget:
        if self.about in TYPED:
            return self._typed()
        if self.about in (LAYOUT, SHEET, ENCODING):
            return self._proposed()
        if self.about == TOTALS:
            return row(Button(N_("Accept them as published"), slot=self.on_accept), None)
        if self.about == CODES:
            return row(Button(N_("Read it without them"), slot=self.on_accept), None)
        if self.about == AREA and self._place():
            return self._placed()
        told = N_("This cannot be answered here. Correct the file or choose another one.")
        return Label(told, "sec", wrap=True)

    def _typed(self) -> QWidget:
        self.proposals = [Button(p, slot=self.on_proposal) for p in self.question.proposals]
        self.field = Field(TYPED[self.about], N_("Another answer"), width=120)
        self.field.returnPressed.connect(self.on_typed)
        send = Button(C_("question", "Answer"), slot=self.on_typed)
        guessed = self.about == PERIOD and self.proposals
        why = [Label(N_("from the file's name"), "cap")] if guessed else []
        return row(*self.proposals, *why, None, self.field, send)

    def _proposed(self) -> QWidget:
        # Of a layout the names say its title, of the others the proposal is its name.
        self.proposals = []
        for one in self.question.proposals[:MANY]:
            title = self.names.get(one, one) if self.about == LAYOUT else one
            button = Button(Msg(title), slot=self.on_proposal)
            button.setProperty("answer", one)
            self.proposals.append(button)
        if self.about == LAYOUT:
            add = Button(N_("Add a table layout …"), icon="file-plus", slot=self.on_layout)
            return column(*[row(one, None) for one in self.proposals], row(add, None), gap=6)
        return row(*self.proposals, None)

    def _place(self) -> str:
        """Return the name a code is asked for; a row without any name has none."""
        return str(self.question.text.values.get("name") or "")

    def _placed(self) -> QWidget:
        areas = [(code, Msg(name)) for code, name in self.names.items() if code[:5].isdigit()]
        self.choice = Choice(areas, C_("energy", "Area"), "29000", width=220)
        return row(self.choice, Button(C_("question", "Answer"), slot=self.on_placed), None)

    # --- slots

    def on_proposal(self) -> None:
        """Take a proposal."""
        self.answered.emit(self.about, self.sender().property("answer") or self.sender().text())

    def on_typed(self) -> None:
        """Take what was typed."""
        if self.field.value():
            self.answered.emit(self.about, self.field.value())

    def on_accept(self) -> None:
        """Take the file as it is."""
        self.answered.emit(self.about, ACCEPT)

    def on_placed(self) -> None:
        """Take the area that was chosen for a name of the file."""
        # The reader knows a place by its words in a row, without what parts them here.
        name = self._place().replace("/", "")
        self.answered.emit(self.about, {name: self.choice.value()})

    def on_layout(self) -> None:
        """Choose a file that declares the table."""
        path = ask_for_layout(self)
        if path is not None:
            self.declared.emit(path)


def ask_for_layout(parent: QWidget) -> Path | None:
    """Ask for a file that declares a table."""
    title, kinds = N_("Add a table layout"), N_("Table layouts (*.toml)")
    chosen, _filter = QFileDialog.getOpenFileName(parent, say(title), "", say(kinds))
    return Path(chosen) if chosen else None
