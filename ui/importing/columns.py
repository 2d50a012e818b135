"""Which column of a source holds what: one line a column, with sample values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from ui import theme
from ui.importing.words import FORMS
from ui.text import C_, N_, NN_, Msg, say
from ui.widgets.forms import Check, Choice
from ui.widgets.parts import Label, column, row, scrolled

IGNORED = (("", C_("import", "Not read")),)


class Read(Protocol):
    """What was read of a file: see `members.importing.reading.Source`."""

    name: str
    form: str
    encoding: str
    head: int | None
    titles: tuple[str, ...]
    remarks: tuple[Any, ...]
    count: int

    def sample(self, column: int) -> list[str]:
        """Return the first different values of a column."""


class Columns(QWidget):
    """What the import asks of the whole file, and below it the columns.

    `fields` are what a column may hold; `special` ones are offered only where they were found.
    """

    retitled = Signal(bool)  # the first row holds titles, or is a row like the others

    def __init__(
        self,
        fields: Mapping[str, Msg],
        *asked: QWidget,
        note: Msg,
        special: tuple[str, ...] = (),
        untitled: tuple[str, ...] = (),
    ) -> None:
        super().__init__()
        self.fields, self.special, self.untitled = fields, special, untitled
        self.choices: list[Choice] = []
        self.file = Label("", "h3", elide=True)
        self.form = Label("", "cap", elide=True)
        self.titles = Check(N_("The first row holds titles"))
        self.titles.clicked.connect(self.on_titles)
        self.grid = QWidget()
        self.lines = QGridLayout(self.grid)
        self.lines.setContentsMargins(2, 2, 10, 8)
        self.lines.setHorizontalSpacing(14)
        self.lines.setVerticalSpacing(6)
        self.lines.setColumnMinimumWidth(0, theme.px(170))
        self.lines.setColumnStretch(1, 1)
        column(
            row((column(self.file, self.form, gap=2), 1), self.titles),
            *asked,
            2,
            Label(N_("Columns of the file"), "secb"),
            (scrolled(self.grid), 1),
            Label(note, "cap"),
            gap=8,
            into=self,
        )

    def show_source(self, source: Read, mapped: tuple[str, ...]) -> None:
        """Show a file's columns and how they are taken."""
        self.file.say(source.name)
        encoding = source.encoding.removesuffix("-sig").upper()
        told = NN_("{n:,} row", "{n:,} rows")
        parts = (say(FORMS[source.form]), encoding, say(told, n=source.count))
        remarks = (str(remark) for remark in source.remarks)
        self.form.say(" · ".join(part for part in (*parts, *remarks) if part))
        self.titles.setVisible(source.form not in self.untitled)
        self.titles.setChecked(source.head is not None)
        self._fill(source, mapped)

    def _fill(self, source: Read, mapped: tuple[str, ...]) -> None:
        while (item := self.lines.takeAt(0)) is not None:
            item.widget().hide()
            item.widget().deleteLater()
        self.choices = []
        for at, title in enumerate(source.titles):
            name = Label("", "sec", elide=True)
            name.say(title)
            sample = Label("", "sec", "text3", elide=True)
            sample.say(" · ".join(" ".join(one.split()) for one in source.sample(at)) or "–")
            known = self.fields.items()
            offered = [one for one in known if one[0] not in self.special or one[0] == mapped[at]]
            choice = Choice([*IGNORED, *offered], N_("Field"), mapped[at], width=190)
            choice.setAccessibleName(say(N_("Field of column {name}"), name=title))
            self.choices.append(choice)
            for place, widget in enumerate((name, sample, choice)):
                self.lines.addWidget(widget, at, place)
        self.lines.setRowStretch(len(source.titles), 1)

    def chosen(self) -> tuple[str, ...]:
        """Return each column's field, "" for one that is not read."""
        return tuple(str(choice.value() or "") for choice in self.choices)

    def on_titles(self) -> None:
        """Take the first row for titles, or for a row like the others."""
        self.retitled.emit(self.titles.value())
