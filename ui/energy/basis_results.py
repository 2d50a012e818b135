"""Results as they were recorded for reports, beside what is computed now."""

from __future__ import annotations

from dataclasses import dataclass

from gwangju_desktop import clock
from gwangju_desktop.energy import results, words
from gwangju_desktop.energy.results import Changed, ResultRow
from gwangju_desktop.energy.scales import unit_words
from ui import theme
from ui.energy.amount import plain
from ui.energy.basis_result_form import RecordForm
from ui.models.rows import Cell, Column, RowTable, Table
from ui.text import C_, N_, NN_, day, say
from ui.widgets.lists import RowList
from ui.widgets.page import Hollow, Page, State, pair
from ui.widgets.parts import Align, Button, Icon, Label, column, frame, row, rule, scrolled

WIDTH = 330


@dataclass(frozen=True, slots=True)
class Line:
    """A recorded result and, where it differs now, how."""

    row: ResultRow
    area: str
    changed: Changed | None

    @property
    def id(self) -> int:
        return self.row.id


def _name(line: Line) -> Cell:
    return Cell(line.row.name, f"{line.area} · {line.row.period}", role="strong")


def _value(line: Line) -> Cell:
    return Cell(plain(round(line.row.value, 4)), say(unit_words(line.row.unit)), role="body")


def _now(line: Line) -> Cell:
    if line.changed is None:
        return Cell(chip=say(C_("result", "Unchanged")), tone="ok")
    if line.changed.now is None:
        return Cell(chip=say(C_("result", "Not computable")), tone="warn")
    return Cell(plain(round(line.changed.now, 4)), say(C_("result", "now")), ink="warn")


def _recorded(line: Line) -> Cell:
    return Cell(day(clock.local(line.row.recorded_at), "full"))


RESULTS = Table(
    (
        Column("name", C_("result", "Indicator · area and period"), cell=_name),
        Column("value", C_("result", "Recorded"), 118, "right", cell=_value),
        Column("now", C_("result", "Computed now"), 118, "right", cell=_now),
        Column("recorded", C_("result", "Recorded on"), 112, "right", cell=_recorded, wide=True),
    )
)


def lines(read) -> list[Line]:
    """Return all recorded results with what changed of each."""
    from gwangju_desktop.energy.areas import areas

    names = {area.code: area.name for area in areas(read)}
    differing = {one.id: one for one in results.changed(read)}
    return [
        Line(one, names.get(one.area, one.area), differing.get(one.id))
        for one in results.results(read)
    ]


class ResultsPage(Page):
    """Recorded results at the left, what one of them came from at the right."""

    def __init__(self, desk) -> None:
        super().__init__(desk)
        self.lines: list[Line] = []
        self.line: Line | None = None
        self._settled, self._wanted = False, None
        self.list = RowList(RowTable(RESULTS), C_("energy", "Results"), height=48)
        self.meta = Label("", "sec", elide=True)
        self.record = self.writing(
            Button(N_("Record a result"), "primary", "plus", slot=self.on_record)
        )
        self.again = self.writing(
            Button(N_("Record all again"), icon="history", slot=self.on_again)
        )
        nothing = State(
            "file-text",
            N_("No result has been recorded yet."),
            N_("What is recorded keeps its formula and factors, and is compared with later ones."),
        )
        left = column(
            row((row(self.meta), 1), self.again, self.record, margins=(28, 10, 24, 8), gap=10),
            (row(Hollow(self.list, nothing), margins=(20, 0, 16, 0)), 1),
            gap=0,
        )
        self._make_card()
        row((left, 1), self.dock(self.pane), gap=0, into=self)
        self.list.previewed.connect(self.on_previewed)
        self.list.peeked.connect(self.on_peek)
        desk.changed.connect(self.on_changed)
        self.dress()
        self.ask()

    def _make_card(self) -> None:
        self.name, self.about = Label("", "h2", wrap=True), Label("", "sec", wrap=True)
        self.sentence = Label("", "sec", wrap=True)
        self.change = row(
            (Icon("triangle-alert", "warn"), Align.AlignTop), (self.sentence, 1), gap=8
        )
        self.formula, self.factors = Label("", "sec", wrap=True), Label("", "cap", wrap=True)
        self.status, self.how = Label("", "sec"), Label("", "sec", wrap=True)
        self.once = self.writing(Button(N_("Record again"), slot=self.on_once))
        self.remove = self.writing(Button(C_("button", "Remove"), "link", slot=self.on_remove))
        self.inside = frame("inspector")
        column(
            self.name,
            self.about,
            self.change,
            row(self.once, self.remove, None, gap=12),
            rule(),
            Label(N_("Formula"), "h3"),
            self.formula,
            pair(Label(C_("result", "Status"), "cap"), self.status, 72),
            pair(Label(C_("energy", "Definition"), "cap"), self.how, 72),
            rule(),
            Label(N_("Factors as they were"), "h3"),
            self.factors,
            None,
            margins=(20, 18, 20, 16),
            gap=9,
            into=self.inside,
        )
        self.pane = scrolled(self.inside)
        self.inside.hide()

    # --- what a page says of itself
    @property
    def settled(self) -> bool:
        return self._settled

    def panes(self) -> list:
        return [self.list, self.pane]

    def inspects(self) -> bool:
        return self.line is not None

    def open(self, id: int | None = None, table: str = "") -> None:
        """Show a recorded result."""
        self._wanted = id
        if self._settled:
            self.fill()

    # --- reading
    def ask(self) -> None:
        """Ask for the recorded results."""
        self.desk.read(lines, then=self.on_lines)

    def on_lines(self, found: list[Line]) -> None:
        self.lines, self._settled = found, True
        self.fill()

    def on_changed(self, changes) -> None:
        if changes.touches("energy_result", "factor", "dataset", "indicator"):
            self.ask()

    def fill(self) -> None:
        """Show the results, those that differ counted above."""
        n = sum(line.changed is not None for line in self.lines)
        differing = sum(1 for line in self.lines if line.changed and line.changed.now is not None)
        self.meta.say(
            NN_("{n} result comes to another value now.", "{n} results come to another value now.")
            if n
            else NN_("{n} result, as computed now.", "{n} results, as computed now."),
            n=n or len(self.lines),
        )
        self.meta.setVisible(bool(self.lines))
        self.again.setVisible(bool(differing) and not self.desk.read_only)
        if any(line.id == self._wanted for line in self.lines):
            current, self._wanted = self._wanted, None
        else:
            # What was just recorded may not have been read yet.
            current = self.line.id if self.line else None
        self.list.model().show(self.lines)
        here = next((line for line in self.lines if line.id == current), None)
        if here is not None:
            self.list.choose(here.id)
            self.show_line(here)
        elif self.lines:
            self.list.choose_first()
        else:
            self.show_line(None)

    def show_line(self, line: Line | None) -> None:
        """Write a result into the card."""
        self.line = line
        self.inside.setVisible(line is not None)
        if line is None:
            return
        held, changed = line.row, line.changed
        self.name.say(held.name)
        self.about.say(f"{line.area} · {held.period}")
        self.change.setVisible(changed is not None)
        self.sentence.say(str(changed.sentence) if changed else "")
        usable = changed is not None and changed.now is not None
        self.once.setVisible(usable and not self.desk.read_only)
        self.formula.say(held.formula)
        self.status.say(words.STATUSES.get(held.status, held.status))
        self.how.say(held.read_as or "–")
        told = [
            f"{one['name']}: {plain(one['value'])} {one['unit']} ({one['source']})"
            for one in held.factors
        ]
        self.factors.say("\n".join(told) or "–")

    def on_previewed(self, id: int) -> None:
        self.show_line(next((line for line in self.lines if line.id == id), None))

    # --- doing
    def on_record(self) -> None:
        """Ask what is recorded."""
        form = RecordForm(self.window(), self.desk)
        form.accepted.connect(self.on_recorded)
        form.open()

    def on_recorded(self) -> None:
        self._wanted = self.sender().value
        self.ask()

    def on_once(self) -> None:
        """Bring the one shown to what is computed now."""
        self.desk.do(results.record_again, ids=[self.line.id])

    def on_again(self) -> None:
        """Bring all that differ to what is computed now, in one step."""
        self.desk.do(results.record_again)

    def on_remove(self) -> None:
        """Forget the one shown; undo brings it back."""
        self.desk.do(results.remove, id=self.line.id)

    def dress(self) -> None:
        self.pane.setFixedWidth(theme.px(WIDTH))

    def changeEvent(self, event) -> None:
        super().changeEvent(event)
        if event.type() == event.Type.StyleChange:
            self.dress()
        elif event.type() == event.Type.LanguageChange:
            self.ask()


PANE = ResultsPage
