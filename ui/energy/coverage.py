"""Coverage: which published table is held of which month, and what is overdue."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QStackedWidget

from gwangju_desktop import clock
from gwangju_desktop.energy import calendars, coverage, duties
from gwangju_desktop.energy.coverage import Cell, Grid, HeldFile
from gwangju_desktop.energy.duties import Duty
from gwangju_desktop.energy.publishers import publisher_name
from ui import theme
from ui.energy.coverage_forms import DutyForm
from ui.energy.coverage_grid import STATES, CoverageGrid, Key, rule_words
from ui.energy.typed_form import TypedForm
from ui.text import C_, N_, NN_, day, say
from ui.widgets.page import Page, State, header
from ui.widgets.painted import Chip
from ui.widgets.parts import Button, Label, column, frame, row, rule, scrolled

TABLES = ("dataset", "energy_source")
# Years shown side by side, by the width of the pane in px at 100 %.
ROOM = ((0, 1), (620, 2), (900, 3), (1240, 4))
TONES = {
    "have": ("ok", "circle-check"),
    "provisional": ("info", "circle-dashed"),
    "partial": ("warn", "circle-dot"),
    "missing": ("bad", "circle-alert"),
    "not_due": ("neu", "clock"),
    "none": ("neu", ""),
}


@dataclass(frozen=True, slots=True)
class Found:
    """What the pane shows, and the years anything is held of."""

    grid: Grid
    first: int
    last: int


def found(read, *, last: int | None, years: int, wanted: int | None = None) -> Found:
    """Read the grid of so many years up to `last`, by default up to this year.

    Of a table that is `wanted` the years are those its first missing edition lies in.
    """
    today = clock.today()
    span = coverage.span(read)
    first_year = span[0] // 100 if span else today.year
    end = last or today.year
    if wanted is not None:
        late = [row.period // 100 for row in duties.due(read, today) if row.id == wanted]
        end = min(end, late[0] + years - 1) if late else end
    grid = coverage.grid(read, (end - years + 1) * 100 + 1, end * 100 + 12, today=today)
    latest = max(today.year, span[1] // 100 if span else today.year)
    return Found(grid, min(first_year, end), max(latest, end))


class CoveragePage(Page):
    """The grid, what its marks mean, and the current edition below."""

    def __init__(self, desk) -> None:
        super().__init__(desk)
        self.found: Found | None = None
        self.last: int | None = None
        self.years = 3
        self._stale = True
        self._wanted: int | None = None
        self.file: HeldFile | None = None
        self.meta = Label("", "sec", elide=True)
        self.earlier = Button(
            "", "ghost", "chevron-left", name=N_("A year earlier"), slot=self.on_back
        )
        self.later = Button("", "ghost", "chevron-right", name=N_("A year later"), slot=self.on_on)
        self.span = Label("", "secb")
        self.grid = CoverageGrid()
        self.key = Key()
        self.about = Label("", "h3", elide=True)
        self.state = Chip("")
        self.due = Label("", "sec", elide=True)
        self.from_file = Label("", "sec", elide=True)
        self.rule_button = Button(N_("Set the due day"), icon="calendar-days", slot=self.on_rule)
        self.file_button = Button(N_("Show the file"), icon="files", slot=self.on_file)
        self.import_button = Button(N_("Import figures"), "primary", "upload", slot=self.on_import)
        self.type_button = Button(N_("Type a figure"), icon="pencil", slot=self.on_type)
        self.writing(self.rule_button, self.import_button, self.type_button)
        self.detail = frame("inset")
        column(
            rule(),
            row(
                (
                    column(
                        row(self.about.shrink(), self.state, None, gap=10),
                        self.due,
                        self.from_file,
                        gap=3,
                    ),
                    1,
                ),
                self.rule_button,
                self.file_button,
                self.import_button,
                margins=(28, 10, 24, 12),
                gap=8,
            ),
            gap=0,
            into=self.detail,
        )
        empty = State(
            "inbox",
            N_("No published table is known yet."),
            N_("Import a spreadsheet as it was published; its table then stands here."),
        )
        self.body = QStackedWidget()
        self.body.addWidget(scrolled(self.grid))
        self.body.addWidget(empty)
        column(
            header(
                Label(C_("energy", "Coverage"), "title"),
                self.meta,
                row(self.earlier, self.span, self.later, gap=2),
                self.type_button,
            ),
            row((self.key, 1), margins=(28, 0, 24, 6)),
            (self.body, 1),
            self.detail,
            gap=0,
            into=self,
        )
        self.detail.hide()
        self.grid.chosen.connect(self.on_chosen)
        self.grid.opened.connect(self.on_opened)
        desk.changed.connect(self.on_changed)

    # --- what a page says of itself
    def panes(self) -> list:
        return [self.grid]

    def open(self, id: int | None = None, table: str = "") -> None:
        """Show a published table: its first missing edition."""
        self._wanted = id
        self.read()

    def _show_wanted(self) -> None:
        if self._wanted is None:
            return
        id, self._wanted = self._wanted, None
        code = next((duty.code for duty in self.found.grid.sources if duty.id == id), "")
        self.grid.choose(code)
        self.grid.setFocus()

    # --- reading
    def showEvent(self, event) -> None:
        super().showEvent(event)
        if self._stale:
            self.read()

    def read(self) -> None:
        """Ask for the grid of the years that fit."""
        self._stale = False
        asked = {"last": self.last, "years": self.years, "wanted": self._wanted}
        self.desk.read(found, then=self.on_found, **asked)

    def on_found(self, answer: Found) -> None:
        """Show what was read."""
        self.found = answer
        if self._wanted is not None:
            self.last = answer.grid.periods[-1] // 100
        self.renew()
        self.grid.show_grid(answer.grid)
        self.body.setCurrentIndex(0 if answer.grid.sources else 1)
        if self.grid.current() is None:
            self.detail.hide()
        self._show_wanted()

    def renew(self) -> None:
        """Say what is shown: after a read and after a change of language."""
        if self.found is None:
            return
        grid = self.found.grid
        missing = NN_("{n} edition is overdue", "{n} editions are overdue")
        none = N_("Nothing is overdue in these years")
        tables = NN_("{n} published table", "{n} published tables")
        words = [say(tables, n=len(grid.sources))]
        words.append(say(missing, n=grid.missing) if grid.missing else say(none))
        self.meta.say(" · ".join(words))
        first, last = grid.periods[0] // 100, grid.periods[-1] // 100
        if first == last:
            self.span.say(C_("period", "{year}"), year=first)
        else:
            self.span.say(C_("years", "{first} – {last}"), first=first, last=last)
        self.earlier.setEnabled(first > self.found.first)
        self.later.setEnabled(last < self.found.last)

    # --- slots
    def on_changed(self, changes) -> None:
        """Read again what a change concerns; off screen, later."""
        if not changes.touches(*TABLES):
            return
        if self.isVisible():
            self.read()
        else:
            self._stale = True

    def on_back(self) -> None:
        """Show a year earlier."""
        self._move(-1)

    def on_on(self) -> None:
        """Show a year later."""
        self._move(1)

    def _move(self, by: int) -> None:
        if self.found is not None:
            self.last = self.found.grid.periods[-1] // 100 + by
            self.read()

    def on_chosen(self, duty: Duty, cell: Cell) -> None:
        """Say below what the current edition is, and ask where it came from."""
        self.detail.show()
        tone, icon = TONES[cell.state]
        self.about.say(duty.title)
        self.state.say(STATES[cell.state], tone, icon)
        words = [publisher_name(duty.publisher), calendars.named(cell.period)]
        if cell.due_on is not None:
            words.append(say(N_("due on {day}"), day=day(cell.due_on, "full")))
        if duty.due_source:
            words.append(duty.due_source)
        elif not rule_words(duty):
            words.append(say(N_("no due day is set")))
        self.due.say(" · ".join(words))
        self.import_button.setVisible(cell.state == "missing" and not self.desk.read_only)
        self.file = None
        self.file_button.hide()
        self.from_file.hide()
        if cell.state not in ("missing", "not_due", "none"):
            self.desk.read(coverage.files, then=self.on_files, source=duty.id, period=cell.period)

    def on_files(self, files: list[HeldFile]) -> None:
        """Name the files an edition came from."""
        if not files:
            return
        self.file = files[0]
        more = NN_(
            "{file}, imported {day}, {readings} figures, and {n} more file",
            "{file}, imported {day}, {readings} figures, and {n} more files",
        )
        alone = N_("{file}, imported {day}, {readings} figures")
        self.from_file.say(
            more if len(files) > 1 else alone,
            file=self.file.file_name,
            day=day(clock.local(self.file.imported_at).date(), "full"),
            readings=f"{self.file.readings:,}",
            n=len(files) - 1,
        )
        self.from_file.show()
        self.file_button.show()

    def on_opened(self, _duty: Duty, cell: Cell) -> None:
        """Go on from an edition: to its file, or to the import of the one that is missing."""
        if self.file is not None:
            self.on_file()
        elif cell.state == "missing" and not self.desk.read_only:
            self.on_import()

    def on_file(self) -> None:
        """Show the file an edition came from."""
        if self.file is not None:
            self.go("energy", self.file.dataset, "dataset")

    def on_import(self) -> None:
        """Choose files to import."""
        self.room.on_import()

    def on_type(self) -> None:
        """Type a figure nobody publishes as a file."""
        TypedForm(self.window(), self.desk, self.room.code).open()

    def on_rule(self) -> None:
        """Say when the current table is due."""
        current = self.grid.current()
        if current is not None:
            DutyForm(self.window(), self.desk, current[0]).open()

    # --- events
    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Show as many years as have room."""
        years = max(n for room, n in ROOM if self.width() >= theme.px(room))
        if years != self.years:
            self.years = years
            if self.isVisible():
                self.read()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and self.found is not None:
            # Names of tables are data in two languages: they are read anew.
            self.read()


PANE = CoveragePage
