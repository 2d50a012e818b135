"""How a file of answers is read: its layout, its encoding, its codebook, and every column."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from db.vocab import QuestionKind
from gwangju_desktop.polls.reading.encodings import NAMES
from gwangju_desktop.polls.reading.model import LAYOUTS, ROLES, Column, Layout, Preview, Role
from gwangju_desktop.polls.reading.taking import changed
from gwangju_desktop.polls.words import KINDS
from gwangju_desktop.sheets.guards import letters
from ui.importing.words import FORMS
from ui.models.rows import Cell, RowTable, Table
from ui.models.rows import Column as Shown
from ui.text import C_, N_, NN_, say
from ui.widgets.forms import Choice, Field, Labelled
from ui.widgets.lists import RowList
from ui.widgets.parts import Align, Button, Icon, Label, column, frame, row

SEPARATORS = (
    ("", C_("separator", "None")),
    (",", C_("separator", "Comma ,")),
    (";", C_("separator", "Semicolon ;")),
    ("|", C_("separator", "Bar |")),
    ("/", C_("separator", "Slash /")),
    ("\n", C_("separator", "New line")),
)
UNSURE = 0.6
MOST_DOUBTS = 3
TAKEN = frozenset({Role.QUESTION, Role.ATTRIBUTE})


class Line:
    """A column as the list shows it."""

    def __init__(self, one: Column, sample: str) -> None:
        self.id, self.one, self.sample = one.index, one, sample


def header_cell(line: Line) -> Cell:
    """Show a column's letter and title."""
    title = line.one.header or line.one.name
    return Cell(f"{letters(line.one.index)}  {title}", role="secb")


def role_cell(line: Line) -> Cell:
    """Show what a column is for, marked where the reader is not sure."""
    one = line.one
    words = say(ROLES[one.role])
    if one.role in TAKEN and one.kind is not None:
        words = say(KINDS[one.kind])
    if one.role is Role.SKIP:
        return Cell(words, ink="text3")
    if one.sure < UNSURE:
        return Cell(words, icon="circle-alert", ink="warn")
    return Cell(words)


def question_cell(line: Line) -> Cell:
    """Show to which question a column belongs."""
    one = line.one
    if one.role not in TAKEN:
        return Cell("–", ink="text3")
    part = f" › {one.part_label or one.part}" if one.part else ""
    return Cell(f"{one.question}{part}")


COLUMNS = Table(
    (
        Shown("header", C_("poll form", "Column"), cell=header_cell),
        Shown(
            "sample",
            C_("poll form", "First values"),
            220,
            cell=lambda line: Cell(line.sample, ink="text3"),
            wide=True,
        ),
        Shown("role", C_("poll form", "Read as"), 150, cell=role_cell),
        Shown("question", C_("poll form", "Question"), 170, cell=question_cell),
    )
)


class ColumnsStep(QWidget):
    """The file as it is read, and what can be put right."""

    layout_wanted = Signal(str)
    encoding_wanted = Signal(str)
    codebook_wanted = Signal()

    def __init__(self, target) -> None:
        super().__init__()
        self.preview: Preview | None = None
        self.columns: dict[int, Column] = {}
        self.touched = False
        self._make_file()
        self._make_detail()
        self.model = RowTable(COLUMNS)
        self.list = RowList(
            self.model, C_("poll form", "Columns of the file"), height=30, multi=True
        )
        self.list.selectionModel().selectionChanged.connect(self.on_selected)
        column(
            row((column(self.file, self.form, gap=2), 1), self.book_name, self.book, gap=10),
            row(target.where, self.layouts, self.encodings, None, gap=12),
            target.names,
            self.doubt,
            (self.list, 1),
            self.detail,
            gap=8,
            into=self,
        )

    def _make_file(self) -> None:
        self.file, self.form = Label("", "h3", elide=True), Label("", "cap", elide=True)
        self.book_name = Label("", "cap")
        self.book = Button(
            C_("poll form", "Codebook…"), icon="book-open", slot=self.codebook_wanted.emit
        )
        self.book.setAutoDefault(False)
        layout = C_("poll form", "Layout")
        self.layouts = Labelled(
            layout, Choice([(one.value, LAYOUTS[one]) for one in Layout], layout, width=230)
        )
        encoding = C_("poll form", "Encoding")
        self.encodings = Labelled(encoding, Choice((), encoding, width=150))
        self.doubt = frame("inset")
        self.doubts = Label("", "sec", wrap=True)
        row(
            (Icon("circle-alert", "warn"), Align.AlignTop),
            (self.doubts, 1),
            margins=(12, 8, 12, 8),
            into=self.doubt,
        )
        self.layouts.field.activated.connect(self.on_layout)
        self.encodings.field.activated.connect(self.on_encoding)

    def _make_detail(self) -> None:
        self.detail = frame("inset")
        self.chosen = Label("", "secb", elide=True)
        role, kind = C_("poll form", "Role"), C_("poll form", "Kind")
        self.role = Choice([(one.value, ROLES[one]) for one in Role], role, width=200)
        self.kind = Choice([(one.value, KINDS[one]) for one in QuestionKind], kind, width=150)
        self.code = Field(C_("poll form", "Code"), C_("poll form", "Code"))
        self.separator = Choice(SEPARATORS, C_("poll form", "Separator"), width=120)
        self.options = Label("", "cap", elide=True)
        column(
            row((self.chosen, 1), (self.options, 1), gap=12),
            row(self.role, self.kind, self.separator, (self.code, 40), None, gap=8),
            margins=(12, 8, 12, 8),
            gap=4,
            into=self.detail,
        )
        self.role.activated.connect(self.on_role)
        self.kind.activated.connect(self.on_kind)
        self.separator.activated.connect(self.on_kind)
        self.code.editingFinished.connect(self.on_code)

    # --- what is shown
    def show_preview(self, preview: Preview, asked: str, remembered: bool, book: str) -> None:
        """Show what the reader takes the file for."""
        self.preview, self.touched = preview, False
        source = preview.source
        self.columns = {one.index: one for one in preview.columns}
        self.file.say(source.name)
        rows = say(NN_("{n:,} row", "{n:,} rows"), n=source.rows)
        told = [say(FORMS[source.form]), NAMES.get(source.encoding, ""), rows]
        if remembered:
            told.append(say(N_("columns read as last time")))
        if asked == Layout.AUTO:
            words = N_("taken for “{layout}” ({sure:.0f}% sure)")
            told.append(say(words, layout=LAYOUTS[preview.layout], sure=100 * preview.sure))
        self.form.say(" · ".join(part for part in told if part))
        self.book_name.say(book)
        self.layouts.field.choose(asked)
        self._show_encodings()
        self._fill()

    def _show_encodings(self) -> None:
        source = self.preview.source
        known = [one for one in source.encodings if one in NAMES]
        self.encodings.setVisible(len(known) > 1)
        present = source.encoding.removesuffix("-sig")
        self.encodings.field.show_options([(one, NAMES[one]) for one in known], present)
        self.doubt.setVisible(bool(source.doubts))
        lines = [
            say(
                N_("Row {row}, column {column}: {readings}"),
                row=one.row,
                column=one.column,
                readings="   /   ".join(f"{NAMES.get(e, e)} “{text}”" for e, text in one.readings),
            )
            for one in source.doubts[:MOST_DOUBTS]
        ]
        head = say(N_("Some letters may be decoded wrongly. Choose the encoding that reads right."))
        self.doubts.say("\n".join([head, *lines]))

    def _fill(self) -> None:
        samples = self.preview.sample
        lines = []
        for one in self.preview.columns:
            seen = dict.fromkeys(each[one.index] for each in samples if each[one.index])
            lines.append(
                Line(self.columns[one.index], " · ".join(" ".join(s.split()) for s in seen))
            )
        self.model.show(lines)
        self.list.choose_first()
        self.on_selected()

    def mapping(self) -> dict[str, Column]:
        """Return every column by its name as it is to be read."""
        return {one.name: one for one in self.columns.values()}

    # --- slots
    def selected(self) -> list[Column]:
        """Return the columns that are chosen."""
        return [self.columns[id] for id in self.list.chosen() if id in self.columns]

    def on_selected(self, *_changed) -> None:
        """Show how the chosen columns are read."""
        chosen = self.selected()
        self.detail.setVisible(bool(chosen))
        if not chosen:
            return
        one = chosen[0]
        if len(chosen) == 1:
            self.chosen.say(f"{letters(one.index)}  {one.header or one.name}")
        else:
            self.chosen.say(NN_("{n} column", "{n} columns"), n=len(chosen))
        taken = one.role in TAKEN
        self.role.choose(one.role.value)
        self.kind.choose((one.kind or QuestionKind.OPEN).value)
        self.separator.choose(one.separator)
        self.code.setText(one.question)
        self.code.setCursorPosition(0)
        for part in (self.kind, self.code):
            part.setVisible(taken)
        self.code.setEnabled(len(chosen) == 1)
        self.separator.setVisible(taken and one.kind is QuestionKind.MULTIPLE)
        listed = " · ".join(
            f"{o.code} {o.label}" if o.code != o.label else o.label for o in one.options
        )
        self.options.say(listed)
        self.options.setVisible(bool(listed) and len(chosen) == 1)

    def _change(self, changed_ones: list[Column]) -> None:
        for one in changed_ones:
            self.columns[one.index] = one
        self.touched = True
        lines = [Line(self.columns[line.id], line.sample) for line in self.model.kept.values()]
        self.model.show(lines)
        self.on_selected()

    def on_role(self, _n: int) -> None:
        """Read the chosen columns for another purpose."""
        role = Role(self.role.value())
        found = []
        for one in self.selected():
            told = replace(one, role=role, sure=1.0)
            if role in TAKEN and one.kind is None:
                told = changed(self.preview, told, QuestionKind.SINGLE)
                told = replace(told, role=role)
            found.append(told)
        self._change(found)

    def on_kind(self, _n: int) -> None:
        """Read the chosen columns as another kind of question."""
        kind = QuestionKind(self.kind.value())
        separator = str(self.separator.value() or "") if kind is QuestionKind.MULTIPLE else ""
        self._change([changed(self.preview, one, kind, separator) for one in self.selected()])

    def on_code(self) -> None:
        """Give a column to another question."""
        code, chosen = self.code.text().strip(), self.selected()
        if code and len(chosen) == 1 and code != chosen[0].question:
            self._change([replace(chosen[0], question=code)])

    def on_layout(self, _n: int) -> None:
        self.layout_wanted.emit(self.layouts.field.value())

    def on_encoding(self, _n: int) -> None:
        self.encoding_wanted.emit(self.encodings.field.value())
