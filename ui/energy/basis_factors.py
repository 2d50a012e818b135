"""The factors measures are turned into another by: value, days, basis, source; and a converter."""

from __future__ import annotations

from gwangju_desktop.energy import factors
from gwangju_desktop.energy.factors import FactorRow
from gwangju_desktop.errors import UserError
from ui import theme
from ui.energy.amount import plain
from ui.energy.basis_factor_form import ConvertDialog, EndForm, FactorForm
from ui.models.rows import Cell, Column, Group, RowTable, Table
from ui.text import C_, N_, day, matches, say
from ui.widgets.forms import DateField, Field
from ui.widgets.lists import RowList
from ui.widgets.page import Hollow, Page, State, pair
from ui.widgets.painted import Chip
from ui.widgets.parts import Align, Button, Label, column, frame, row, rule, scrolled

WIDTH = 320
GROUPS = (
    (("grid.", "power."), C_("energy", "Electricity")),
    (("gas.",), C_("energy", "City gas")),
    (("heat.",), N_("District heat")),
    (("kerosene.", "diesel.", "propane.", "lng."), N_("Oil and other fuels")),
    (("gwp.",), N_("Warming potentials")),
    (("cal", "toe"), N_("Measures of heat")),
)
OTHERS = C_("energy", "Others")
TONES = {"R": "ok", "r": "neu", "C": "neu", "G": "warn", "": "neu"}


def days(row: FactorRow) -> str:
    """Return the days a factor holds, in words."""
    if row.valid_from is None and row.valid_to is None:
        return say(N_("always"))
    first = day(row.valid_from, "full") if row.valid_from else ""
    last = day(row.valid_to, "full") if row.valid_to else ""
    return say(C_("range", "{first} – {last}"), first=first, last=last).strip()


def _name(row: FactorRow) -> Cell:
    return Cell(row.name, row.source, role="strong")


def _value(row: FactorRow) -> Cell:
    return Cell(plain(row.value), row.unit, role="body")


def _days(row: FactorRow) -> Cell:
    return Cell(days(row))


def _mark(row: FactorRow) -> Cell:
    return Cell(chip=say(factors.MARKS.get(row.mark, row.mark)), tone=TONES.get(row.mark, "neu"))


FACTORS = Table(
    (
        Column("name", N_("Factor and source"), cell=_name),
        Column("value", N_("Value"), 106, "right", cell=_value),
        Column("days", N_("Holds"), 182, cell=_days),
        Column("mark", C_("factor", "Mark"), 128, cell=_mark, wide=True),
    )
)


class FactorCard:
    """One factor beside the list."""

    def __init__(self, page: FactorsPage) -> None:
        self.row = None
        self.name, self.kind = Label("", "h2", wrap=True), Label("", "sec", wrap=True)
        self.value, self.unit = Label("", "title"), Label("", "sec")
        self.mark = Chip("")
        self.days, self.basis = Label("", "sec", wrap=True), Label("", "sec", wrap=True)
        self.variant, self.source = Label("", "sec", wrap=True), Label("", "sec", wrap=True)
        self.edit = Button(C_("button", "Change"), slot=page.on_edit)
        self.next = Button(N_("Add the next value"), "link", "plus", slot=page.on_next)
        self.end = Button(N_("End it"), "link", slot=page.on_end)
        self.remove = Button(C_("button", "Remove"), "link", slot=page.on_remove)
        page.writing(self.edit, self.next, self.end, self.remove)
        self.inside = frame("inspector")
        column(
            row((column(self.name, self.kind, gap=2), 1), (self.edit, Align.AlignTop), gap=12),
            row(self.value, (self.unit, Align.AlignBottom), None, gap=6),
            row(self.mark, None),
            rule(),
            pair(Label(N_("Holds"), "cap"), self.days, 66),
            pair(Label(C_("factor", "Variant"), "cap"), self.variant, 66),
            pair(Label(C_("factor", "Basis"), "cap"), self.basis, 66),
            pair(Label(C_("factor", "Source"), "cap"), self.source, 66),
            rule(),
            row(self.next, self.end, self.remove, None, gap=14),
            None,
            margins=(20, 18, 20, 16),
            gap=9,
            into=self.inside,
        )
        self.pane = scrolled(self.inside)
        self.inside.hide()

    def show_row(self, row: FactorRow | None) -> None:
        """Write a factor into the card."""
        self.row = row
        self.inside.setVisible(row is not None)
        if row is None:
            return
        self.name.say(row.name)
        self.kind.say(factors.KINDS.get(row.kind, row.kind))
        self.value.say(plain(row.value))
        self.unit.say(row.unit)
        self.mark.say(factors.MARKS.get(row.mark, row.mark), TONES.get(row.mark, "neu"))
        self.days.say(days(row))
        self.variant.say(factors.VARIANTS.get(row.variant, row.variant) if row.variant else "–")
        self.basis.say(row.basis or "–")
        self.source.say(row.source)


class FactorsPage(Page):
    """All factors at the left, one of them at the right."""

    def __init__(self, desk) -> None:
        super().__init__(desk)
        self.rows: list[FactorRow] = []
        self._settled, self._wanted = False, None
        self.list = RowList(RowTable(FACTORS), C_("energy", "Factors"), height=48)
        self.search = Field(N_("Find factor"), search=True)
        self.on_day = DateField(N_("Those that hold on"), None, 108)
        self.fault = Label("", "cap", "bad")
        self.fault.hide()
        self.add = self.writing(Button(N_("Add factor"), "primary", "plus", slot=self.on_add))
        self.convert = Button(N_("Convert units"), icon="sliders-horizontal", slot=self.on_convert)
        self.card = FactorCard(self)
        nothing = State(
            "search",
            N_("No factor is called so."),
            N_("Type part of its name, and empty the field of the day."),
        )
        self.day_label = Label(N_("Those that hold on"), "cap")
        left = column(
            row(
                self.search,
                self.day_label,
                self.on_day,
                None,
                self.convert,
                self.add,
                margins=(28, 10, 24, 8),
                gap=6,
            ),
            row(self.fault, None, margins=(28, 0, 24, 0)),
            (row(Hollow(self.list, nothing), margins=(20, 0, 16, 0)), 1),
            gap=0,
        )
        row((left, 1), self.dock(self.card.pane), gap=0, into=self)
        self.search.typing.connect(self.on_typing)
        self.on_day.editingFinished.connect(self.fill)
        self.list.previewed.connect(self.on_previewed)
        self.list.opened.connect(self.on_opened)
        self.list.peeked.connect(self.on_peek)
        desk.changed.connect(self.on_changed)
        self.dress()
        self.ask()

    # --- what a page says of itself
    @property
    def settled(self) -> bool:
        return self._settled

    def panes(self) -> list:
        return [self.list, self.search, self.card.pane]

    def inspects(self) -> bool:
        return self.card.row is not None

    def open(self, id: int | None = None, table: str = "") -> None:
        """Show a factor."""
        self._wanted = id
        self.search.clear()
        self.on_day.clear()
        self.fill()

    # --- reading
    def ask(self) -> None:
        """Ask for the factors."""
        self.desk.read(factors.factors, then=self.on_rows)

    def on_rows(self, rows: list[FactorRow]) -> None:
        self.rows, self._settled = rows, True
        self.fill()

    def on_changed(self, changes) -> None:
        if changes.touches("factor"):
            self.ask()

    def on_typing(self, _typed: str) -> None:
        self.fill()

    def fill(self) -> None:
        """Show the factors found, in their groups."""
        typed = self.search.value()
        try:
            on = self.on_day.value()
            self.fault.hide()
        except UserError as error:
            self.fault.say(str(error))
            self.fault.show()
            return
        found = [
            row
            for row in self.rows
            if (on is None or row.holds(on))
            and (not typed or matches(typed, f"{row.name_ko} {row.name_en} {row.source}"))
        ]
        if any(row.id == self._wanted for row in found):
            current, self._wanted = self._wanted, None
        else:
            # What was just saved may not have been read yet.
            current = self.card.row.id if self.card.row else None
        shown: list = []
        for title, rows in _grouped(found):
            shown += [Group(title, len(rows)), *rows]
        self.list.model().show(shown)
        here = next((row for row in found if row.id == current), None)
        if here is not None:
            self.list.choose(here.id)
            self.card.show_row(here)
        elif found:
            self.list.choose_first()
        else:
            self.card.show_row(None)

    def on_previewed(self, id: int) -> None:
        self.card.show_row(next((row for row in self.rows if row.id == id), None))

    def on_opened(self, _id: int) -> None:
        if not self.desk.read_only:
            self.on_edit()

    # --- doing
    def on_add(self) -> None:
        """Ask for a new factor."""
        self._ask_form(FactorForm(self.window(), self.desk))

    def on_edit(self) -> None:
        """Ask what changes of the one shown."""
        if self.card.row is not None:
            self._ask_form(FactorForm(self.window(), self.desk, self.card.row))

    def on_next(self) -> None:
        """Ask for the value that follows the one shown."""
        self._ask_form(FactorForm(self.window(), self.desk, self.card.row, follows=True))

    def _ask_form(self, form: FactorForm) -> None:
        form.accepted.connect(self.on_saved)
        form.open()

    def on_saved(self) -> None:
        """Show what was saved once it is read again."""
        self._wanted = self.sender().value
        self.fill()

    def on_end(self) -> None:
        """Ask for the last day of the one shown."""
        EndForm(self.window(), self.desk, self.card.row).open()

    def on_remove(self) -> None:
        """Remove the one shown; undo brings it back."""
        self.desk.do(factors.remove_factor, id=self.card.row.id)

    def on_convert(self) -> None:
        """Turn a number into another unit by these factors."""
        ConvertDialog(self.window(), self.desk).open()

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        beside = 0 if self.narrow else self.card.pane.width()
        self.day_label.setVisible(self.width() - beside > theme.px(660))

    def dress(self) -> None:
        self.card.pane.setFixedWidth(theme.px(WIDTH))

    def changeEvent(self, event) -> None:
        super().changeEvent(event)
        if event.type() == event.Type.StyleChange:
            self.dress()
        elif event.type() == event.Type.LanguageChange:
            self.ask()


def _grouped(rows: list[FactorRow]):
    """Yield the groups that have factors, with them; what belongs to none comes last."""
    left = list(rows)
    for kinds, title in GROUPS:
        own = [row for row in left if row.kind.startswith(kinds)]
        left = [row for row in left if row not in own]
        if own:
            yield title, own
    if left:
        yield OTHERS, left


PANE = FactorsPage
