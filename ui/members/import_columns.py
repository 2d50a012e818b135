"""Which column of a list holds what: one line a column, with sample values."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from gwangju_desktop.members.importing import mapping
from gwangju_desktop.members.importing.fields import FIELDS
from gwangju_desktop.members.importing.model import Options
from gwangju_desktop.members.importing.reading import Source
from gwangju_desktop.members.rules import named
from ui import theme
from ui.text import C_, N_, NN_, Msg, say
from ui.widgets.forms import Check, Choice, DateField, Labelled
from ui.widgets.parts import Label, column, row, scrolled

IGNORED = (("", C_("import", "Not read")),)
FORMS: dict[str, Msg] = {
    "csv": N_("Text file (CSV)"),
    "workbook": C_("energy", "Workbook"),
    "web": N_("Web page saved as a spreadsheet"),
    "clipboard": C_("import", "Pasted rows"),
    "popolo": C_("import", "Popolo JSON"),
    "oparl": C_("import", "OParl JSON"),
}


class Columns(QWidget):
    """The columns of a source and what the person said of the whole file."""

    retitled = Signal(bool)  # the first row holds titles, or is a member

    def __init__(self) -> None:
        super().__init__()
        self.source: Source | None = None
        self.choices: list[Choice] = []
        self.file = Label("", "h3", elide=True)
        self.form = Label("", "cap", elide=True)
        self.titles = Check(N_("The first row holds titles"))
        self.titles.clicked.connect(self.on_titles)
        self.body = Labelled(N_("Seats in"), Choice((), N_("Seats in"), width=300))
        self.start = Labelled(N_("First day where the file names none"), DateField(N_("First day")))
        self.new_bodies = Check(N_("Add bodies that are not there yet"))
        self.same_name = Check(N_("A person of the same name is the same when there is only one"))
        self.grid = QWidget()
        self.lines = QGridLayout(self.grid)
        self.lines.setContentsMargins(2, 2, 10, 8)
        self.lines.setHorizontalSpacing(14)
        self.lines.setVerticalSpacing(6)
        self.lines.setColumnMinimumWidth(0, theme.px(170))
        self.lines.setColumnStretch(1, 1)
        column(
            row((column(self.file, self.form, gap=2), 1), self.titles),
            row(self.body, 12, self.start, None),
            row(self.new_bodies, 16, self.same_name, None),
            2,
            Label(N_("Columns of the file"), "secb"),
            (scrolled(self.grid), 1),
            Label(N_("Empty cells change nothing. The day of birth itself is not kept."), "cap"),
            gap=8,
            into=self,
        )

    def show_source(self, source: Source, mapped: tuple[str, ...], bodies, body_id) -> None:
        """Show a file's columns and how they are taken."""
        self.source = source
        self.file.say(source.name)
        encoding = source.encoding.removesuffix("-sig").upper()
        told = NN_("{n:,} row", "{n:,} rows")
        parts = (say(FORMS[source.form]), encoding, say(told, n=source.count))
        remarks = (str(remark) for remark in source.remarks)
        self.form.say(" · ".join(part for part in (*parts, *remarks) if part))
        self.titles.setVisible(source.form not in ("popolo", "oparl"))
        self.titles.setChecked(source.head is not None)
        options = [(None, N_("The bodies the file names"))]
        options += [(one.id, named(one.name_ko, one.name_en)) for one in bodies]
        self.body.field.show_options(options, body_id)
        self._fill(source, mapped)

    def _fill(self, source: Source, mapped: tuple[str, ...]) -> None:
        while (item := self.lines.takeAt(0)) is not None:
            item.widget().hide()
            item.widget().deleteLater()
        known = [(key, FIELDS[key].title) for key in mapping.CHOICES]
        self.choices = []
        for at, title in enumerate(source.titles):
            name = Label("", "sec", elide=True)
            name.say(title)
            sample = Label("", "sec", "text3", elide=True)
            sample.say(" · ".join(" ".join(one.split()) for one in source.sample(at)) or "–")
            offered = [*IGNORED, *known]
            if mapped[at] == "entity":
                offered.append(("entity", FIELDS["entity"].title))
            choice = Choice(offered, N_("Field"), mapped[at], width=190)
            choice.setAccessibleName(say(N_("Field of column {name}"), name=title))
            self.choices.append(choice)
            for place, widget in enumerate((name, sample, choice)):
                self.lines.addWidget(widget, at, place)
        self.lines.setRowStretch(len(source.titles), 1)

    def mapped(self) -> tuple[str, ...]:
        """Return each column's field; raise UserError when they name nobody or one twice."""
        chosen = tuple(str(choice.value() or "") for choice in self.choices)
        mapping.check(self.source, chosen)
        return chosen

    def options(self) -> Options:
        """Return what was said of the whole file; raise UserError when a day is none."""
        return Options(
            body_id=self.body.value(),
            starts_on=self.start.value(),
            new_bodies=self.new_bodies.value(),
            same_name=self.same_name.value(),
        )

    def on_titles(self) -> None:
        """Take the first row for titles, or for a member."""
        self.retitled.emit(self.titles.value())
