"""A question by group: stacked bars and a table, small cells hidden wherever they are shown."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QStackedWidget, QWidget

from db.vocab import QuestionKind
from gwangju_desktop.errors import UserError
from gwangju_desktop.polls import answers
from gwangju_desktop.polls.cells import HIDDEN
from gwangju_desktop.polls.table import Group, Share, Table
from ui import theme
from ui.models.rows import Cell
from ui.polls import copying, place
from ui.polls.crosstable import CrossRow, CrossTable
from ui.polls.exporting import Exporting
from ui.polls.sharetable import RESPONDENTS, VOTES
from ui.polls.shown import number, numbered, percent, wave_title
from ui.polls.stacked import Bar, StackedBars
from ui.polls.waiting import Waiting
from ui.text import C_, N_, say
from ui.widgets.forms import Choice
from ui.widgets.page import RAIL_BELOW, Page, State
from ui.widgets.painted import Segment
from ui.widgets.parts import Align, Button, Icon, Label, column, row, scrolled

BASES = (VOTES, RESPONDENTS)
ALL = "all"
ONE_BASE = N_("Large: share of the group’s respondents · small: responses")
# What stands in a cell, by whether it holds two percentages, and the basis that is emphasised.
CELLS = {
    False: (ONE_BASE, ONE_BASE),
    True: (
        N_("Large: share of the group’s responses · small: share of its respondents, responses"),
        N_("Large: share of the group’s respondents · small: share of its responses, responses"),
    ),
}
SPLITS = (QuestionKind.SINGLE, QuestionKind.SCALE)


def crossed(read, *, wave_question_id: int, by: int, part: str | None) -> Table | UserError:
    """Tabulate a question by another; return the refusal where that cannot be."""
    try:
        return answers.table(read, wave_question_id, by=by, part=part)
    except UserError as error:
        return error


class CrosstabPage(Exporting, Page):
    """The question in front by an attribute of the same wave."""

    side = True

    def __init__(self, desk) -> None:
        super().__init__(desk)
        self.place = place.of(desk)
        self.table: Table | None = None
        self.by_id: int | None = None
        self._reading = False
        self.title = Label("", "h2", wrap=True)
        self.wording = Label("", "sec", wrap=True)
        self.meta = Label("", "sec", elide=True)
        self.by = Choice([(None, "")], C_("poll", "Split by"), None, 190)
        self.part = Choice([(None, "")], C_("poll table", "Row"), None, 190)
        self.switch = Segment(
            (C_("poll basis", "Of responses"), C_("poll basis", "Of respondents")),
            0,
            C_("poll", "Basis"),
        )
        self.copy = Button(N_("Copy table"), icon="copy", slot=self.on_copy)
        self.picture = Button(N_("Copy picture"), icon="image", slot=self.on_picture)
        self.export = Button(N_("Export…"), icon="download", slot=self.on_export)
        self.bars = StackedBars()
        self.bars_unit = Label("", "cap")
        self.cells_unit = Label("", "cap", wrap=True)
        self.cross = CrossTable(C_("poll pane", "By group"))
        self.note = Label("", "cap", wrap=True)
        self.refusal = State("users", "", "")
        self.waiting = Waiting(self)
        self._lay_out()
        self.by.activated.connect(self.on_by)
        self.part.activated.connect(self.read)
        self.switch.chosen.connect(self.on_basis)
        self.place.changed.connect(self.on_place)
        self.place.ask()

    def _lay_out(self) -> None:
        inside = QWidget()
        self.note_row = row(
            (Icon("info", "text3", 14), Align.AlignTop), (self.note, 1), gap=6, margins=(8, 0, 0, 0)
        )
        self.sheet = column(
            column(self.bars_unit, self.bars, gap=6, margins=(8, 0, 0, 0)),
            10,
            row((self.cells_unit, 1), margins=(8, 0, 0, 0)),
            self.cross,
            self.note_row,
            gap=6,
        )
        head = row(
            (column(self.title, self.wording, gap=3), 1),
            (self.part, Align.AlignTop),
            (self.switch, Align.AlignTop),
            gap=16,
            margins=(8, 0, 0, 8),
        )
        column(head, self.sheet, None, gap=4, margins=(20, 4, 24, 20), into=inside)
        self.body = QStackedWidget()
        self.body.addWidget(scrolled(inside))
        self.body.addWidget(self.waiting)
        self.body.addWidget(self.refusal)
        self.choosing = row(
            Label(C_("poll", "Split by"), "cap"),
            self.by,
            (self.meta, 1),
            self.copy,
            self.picture,
            self.export,
            margins=(28, 12, 24, 8),
            gap=8,
        )
        # Nothing stands there before it was read.
        self.sheet.hide()
        self.switch.hide()
        column(self.choosing, (self.body, 1), gap=0, into=self)

    # --- what a page says of itself
    @property
    def settled(self) -> bool:
        return self.place.settled and not self._reading

    def panes(self) -> list[QWidget]:
        shown = self.cross.list is not None and self.cross.list.isVisible()
        return [self.cross.list] if shown else [self.by]

    # --- what is shown
    def on_place(self) -> None:
        """Offer what the question in front can be split by, and read it."""
        wave, asked = self.place.wave, self.place.question
        ready = wave is not None and asked is not None and wave.counted
        self.choosing.setVisible(ready)
        self.meta.say(wave_title(wave) if wave else "")
        if not ready:
            self.table = None
            self.waiting.show_place(self.place)
            self.body.setCurrentWidget(self.waiting)
            return
        offered = self.splits(asked)
        ids = [id for id, _title in offered]
        if self.by_id not in ids:
            self.by_id = ids[0] if ids else None
        self.by.show_options(offered or [(None, "–")], self.by_id)
        grid = asked.question.kind is QuestionKind.GRID
        parts = [(part.code, part.label) for part in asked.question.parts] if grid else []
        kept = self.part.value()
        first = parts[0][0] if parts else None
        known = [code for code, _label in parts]
        self.part.show_options(parts or [(None, "")], kept if kept in known else first)
        self.part.setVisible(grid)
        self.read()

    def splits(self, asked) -> list[tuple[int, str]]:
        """Return the questions to split by: attributes of respondents, or where none is marked
        all with one answer."""
        single = [
            one
            for one in self.place.asked
            if one.question.kind in SPLITS and one.question_id != asked.question_id
        ]
        marked = [one for one in single if one.attribute]
        return [
            (one.question_id, one.question.title or one.question.code) for one in marked or single
        ]

    def read(self) -> None:
        """Ask for the table."""
        asked = self.place.question
        if self.by_id is None:
            self._refuse(
                N_("There is nothing to split by"),
                N_("Mark a question of the wave as an attribute of respondents."),
            )
            return
        if asked.question.kind is QuestionKind.OPEN:
            self._refuse(
                N_("Answers in own words have no table"),
                N_("Choose another question at the left."),
            )
            return
        self._reading = True
        self.desk.read(
            crossed,
            then=self.on_table,
            wave_question_id=asked.wave_question_id,
            by=self.by_id,
            part=self.part.value(),
        )

    def _refuse(self, title: str, hint: str) -> None:
        self.table = None
        self.refusal.title.say(title)
        self.refusal.hint.say(hint)
        self._offer(False)
        self.body.setCurrentWidget(self.refusal)

    def _offer(self, ready: bool) -> None:
        for button in (self.copy, self.picture):
            button.setVisible(ready)
        self.fold()

    def on_table(self, found: Table | UserError) -> None:
        """Show what was read, or why it cannot be split."""
        self._reading = False
        if isinstance(found, UserError):
            self._refuse(str(found), str(found.hint or ""))
            return
        self.table = found
        self._offer(True)
        self.body.setCurrentIndex(0)
        self.sheet.show()
        question = found.question
        self.title.say(numbered(self.place, question))
        self.wording.say(question.wording)
        self.wording.setVisible(bool(question.wording))
        self.renew()

    def renew(self) -> None:
        """Show the table on the basis that is chosen."""
        table = self.table
        shares = bool(table.options)
        self.switch.setVisible(shares and self._two_bases(table))
        self.bars.setVisible(shares)
        self.bars_unit.setVisible(shares)
        if shares:
            self._show_bars(table)
        self.cells_unit.setVisible(shares)
        self.cells_unit.say(CELLS[self._two_bases(table)][self.switch.current()])
        self.cross.show_rows(C_("poll table", "Option"), *self._rows(table))
        self.note.say(" ".join(str(note) for note in table.notes))
        self.note_row.setVisible(bool(table.notes))

    @staticmethod
    def _two_bases(table: Table) -> bool:
        """Tell whether responses and respondents are different numbers."""
        return table.question.kind in (QuestionKind.MULTIPLE, QuestionKind.RANKING)

    def _show_bars(self, table: Table) -> None:
        self.bars_unit.say(N_("Shares of responses, 100% a group; n = people who answered"))
        options = [(s.code, s.label) for s in table.options if not s.missing and s.count]
        bars = [_bar(say(C_("poll", "All")), table.options, table.counted.answered, False)]
        bars += [_bar(g.label, g.options, g.n, g.small) for g in table.groups]
        self.bars.show_bars(bars, options)

    def _rows(self, table: Table) -> tuple[list[tuple[str, str]], list[CrossRow]]:
        basis = BASES[self.switch.current()]
        columns = [(ALL, say(C_("poll", "All")))]
        columns += [(f"g{group.code}", group.label) for group in table.groups]
        base = {ALL: Cell(number(table.counted.answered), role="secb")}
        for group in table.groups:
            base[f"g{group.code}"] = _base_cell(group)
        rows = [CrossRow(-1, say(C_("poll table", "Respondents (n)")), "", base, True)]
        shown = [s for s in table.options if not s.missing or _by_group(table, s.code)]
        for n, share in enumerate(shown):
            cells = {ALL: _cell(share, basis, False)}
            for group in table.groups:
                here = next((s for s in group.options if s.code == share.code), None)
                cells[f"g{group.code}"] = _cell(here, basis, group.small)
            rows.append(CrossRow(n, share.label, "", cells))
        if table.mean is not None:
            cells = {ALL: Cell(f"{table.mean:.2f}", role="secb")}
            for group in table.groups:
                mean = HIDDEN if group.mean is None else f"{group.mean:.2f}"
                cells[f"g{group.code}"] = Cell(mean, role="secb")
            rows.append(CrossRow(-2, say(C_("poll table", "Mean")), "", cells, True))
        return columns, rows

    # --- what a person does
    def on_by(self) -> None:
        """Split by another question."""
        self.by_id = self.by.value()
        self.read()

    def on_basis(self, _n: int) -> None:
        """Emphasise the other percentage."""
        if self.table is not None:
            self.renew()

    def on_copy(self) -> None:
        """Put the table on the clipboard as cells and as a table of a document."""
        if self.table is None:
            return
        columns, rows = self._rows(self.table)
        lines = [[self.title.text()], ["", *(title for _key, title in columns)]]
        for one in rows:
            cells = [one.cells.get(key, Cell()) for key, _title in columns]
            lines.append([one.label, *(_flat(cell) for cell in cells)])
        lines += [[str(note)] for note in self.table.notes]
        copying.copy_cells(lines)
        self.toast(N_("Table copied."))

    def on_picture(self) -> None:
        """Put bars and table on the clipboard as one picture."""
        if self.table is not None:
            question = self.table.question
            copying.copy_picture(self.sheet, question.title, question.wording, self.meta.text())
            self.toast(N_("The picture is on the clipboard."))

    # --- events
    def fold(self) -> None:
        super().fold()
        narrow = self.window().width() < theme.px(RAIL_BELOW)
        self.picture.setHidden(self.copy.isHidden() or narrow)

    def showEvent(self, event) -> None:
        super().showEvent(event)
        if self.table is None and self.place.known:
            self.on_place()

    def changeEvent(self, event) -> None:
        super().changeEvent(event)
        if event.type() == event.Type.LanguageChange and hasattr(self, "waiting"):
            QTimer.singleShot(0, self, self.on_place)


def _bar(label: str, shares, n: float | None, small: bool) -> Bar:
    parts = {share.code: share.pct_votes for share in shares if not share.missing}
    figure = say(C_("poll bars", "n={n}"), n=number(n)) if n is not None else ""
    if small:
        figure += " " + say(C_("poll bars", "(few)"))
    return Bar(label, figure, parts, "warn" if small else "text3")


def _base_cell(group: Group) -> Cell:
    few = say(C_("poll table", "under 30")) if group.small else ""
    return Cell(f"{group.n:,}", few, role="secb")


def _by_group(table: Table, code: str) -> bool:
    """Tell whether an option is shown in any group."""
    return any(share.code == code for group in table.groups for share in group.options)


def _cell(share: Share | None, basis: str, small: bool) -> Cell:
    """Show both percentages and the count; nobody of a group chose what is left out of it."""
    if share is None:
        return Cell("0.0%", "0", role="sec", ink="text3")
    if share.hidden:
        return Cell(HIDDEN, role="secb", ink="text3")
    if share.missing:
        return Cell("–", number(share.count), ink="text3")
    first, second = share.pct_votes, share.pct_respondents
    if basis == RESPONDENTS:
        first, second = second, first
    same = first == second
    sub = number(share.count) if same else f"{percent(second)} · {number(share.count)}"
    return Cell(percent(first), sub, role="sec" if small else "strong")


def _flat(cell: Cell) -> str:
    return f"{cell.text} ({cell.sub})" if cell.sub else cell.text


PANE = CrosstabPage
