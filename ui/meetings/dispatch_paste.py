"""Numbers copied from the city's own document system, looked at beside their documents first."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.outgoing import pasting, usecases
from gwangju_desktop.outgoing.queries import OutgoingRow
from ui import theme
from ui.models.rows import Cell, Column, RowTable, Table
from ui.text import C_, N_, NN_, day
from ui.widgets.forms import DateField, Dialog, Labelled
from ui.widgets.lists import RowList
from ui.widgets.page import Hollow, State
from ui.widgets.parts import Align, Button, Label, row

SIZE = (860, 560)


@dataclass(frozen=True, slots=True)
class Pair:
    """One pasted line and the document it is for."""

    line: pasting.Line
    title: str


def number_cell(pair: Pair) -> Cell:
    """Show the number read, or the line as it was pasted."""
    if pair.line.trouble is None:
        return Cell(pair.line.number, role="secb")
    return Cell(pair.line.text, ink="text3")


def day_cell(pair: Pair) -> Cell:
    """Show the day read, or why the line was not."""
    if pair.line.trouble is None:
        return Cell(day(pair.line.dispatched_on, "full"))
    return Cell(pair.line.why, icon="circle-alert", ink="bad")


PAIRS = Table(
    columns=(
        Column("place", C_("pasted", "Line"), 56, cell=lambda p: Cell(str(p.line.place))),
        Column("title", C_("outgoing", "Document"), 190, cell=lambda p: Cell(p.title or "–")),
        Column("number", C_("outgoing", "Document no."), 160, cell=number_cell),
        Column("day", C_("outgoing", "Dispatched on"), cell=day_cell),
    )
)


class PasteDialog(Dialog):
    """What was copied, line by line, for the documents that wait; nothing is kept before the button."""

    def __init__(self, parent: QWidget, desk, waiting: list[OutgoingRow], text: str) -> None:
        self.desk, self.waiting, self.text = desk, waiting, text
        self.pasted = pasting.Pasted(())
        self.day = Labelled(
            N_("Day of dispatch of lines that name none"),
            DateField(N_("Day of dispatch"), clock.today(), 160),
        )
        self.day.field.editingFinished.connect(self.look)
        again = Button(N_("Paste again"), icon="copy", slot=self.on_again)
        again.setAutoDefault(False)
        self.list = RowList(RowTable(PAIRS), N_("Pasted lines"), height=36)
        empty = State(
            "copy",
            N_("Nothing to paste"),
            N_(
                "Copy the column of numbers in the city's system, with the days beside it if it can."
            ),
        )
        self.sums = Label("", "cap", elide=True)
        super().__init__(
            parent,
            N_("Paste document numbers"),
            Label(
                N_("The lines are for the documents that wait, from the row in front on."),
                "sec",
                wrap=True,
            ),
            row((self.day, 1), (again, Align.AlignBottom), gap=12),
            (Hollow(self.list, empty), 1),
            self.sums,
            button=N_("Fill in"),
        )
        self.resize(theme.px(SIZE[0]), theme.px(SIZE[1]))
        self.look()

    def on_again(self) -> None:
        """Take what is on the clipboard now."""
        self.text = QGuiApplication.clipboard().text()
        self.look()

    def look(self) -> None:
        """Read the lines and show them beside their documents."""
        try:
            on = self.day.value()
        except UserError:
            on = None
        ids = [one.id for one in self.waiting]
        titles = {one.id: one.title for one in self.waiting}
        self.pasted = pasting.preview(self.text, ids, today=clock.today(), day=on)
        pairs = [Pair(line, titles.get(line.id, "")) for line in self.pasted.lines]
        self.list.model().show(pairs)
        n, bad = len(self.pasted.filled), len(self.pasted.troubles)
        self.button.say(NN_("Fill in {n} document", "Fill in {n} documents"), n=n)
        self.button.why_not("" if n else N_("No line could be read."))
        self.sums.say(NN_("{n} line is left out", "{n} lines are left out") if bad else "", n=bad)

    def confirm(self) -> None:
        self.desk.do(
            usecases.fill_many,
            then=self.on_accepted,
            otherwise=self.on_refused,
            filled=self.pasted.filled,
        )
