"""The indicators of the office: what each says of itself, in which order, and how it is computed."""

from __future__ import annotations

from gwangju_desktop.energy import factors, indicators, words
from gwangju_desktop.energy.derived.model import described, rule_of
from gwangju_desktop.energy.publishers import publisher_name
from gwangju_desktop.energy.queries import IndicatorRow
from gwangju_desktop.energy.scales import unit_words
from gwangju_desktop.energy.words import SECTIONS
from gwangju_desktop.members.rules import named
from ui import theme
from ui.energy.basis_indicator_form import IndicatorForm
from ui.models.rows import Cell, Column, RowTable, Table
from ui.text import C_, N_, Msg, say
from ui.widgets.forms import Field
from ui.widgets.lists import RowList
from ui.widgets.page import Hollow, Page, State, pair
from ui.widgets.painted import Chip
from ui.widgets.parts import Align, Button, Label, column, frame, row, rule, scrolled

WIDTH = 320
COMPUTED = C_("indicator", "Computed")


def _name(fact: IndicatorRow) -> Cell:
    sub = " · ".join(filter(None, (fact.code, _origin(fact))))
    ink = "text3" if fact.ended else ""
    return Cell(named(fact.name_ko, fact.name_en), sub, role="strong", ink=ink, grip=True)


def _origin(fact: IndicatorRow) -> str:
    """Say who publishes it; how it is computed is written in Korean, and stands in the formula."""
    return named(fact.origin, say(COMPUTED)) if fact.computed else publisher_name(fact.origin)


def _section(fact: IndicatorRow) -> Cell:
    return Cell(say(SECTIONS.get(fact.section, Msg(fact.section))))


def _unit(fact: IndicatorRow) -> Cell:
    return Cell(say(unit_words(fact.unit)))


def _frequency(fact: IndicatorRow) -> Cell:
    return Cell(say(words.FREQUENCIES.get(fact.frequency, Msg(fact.frequency))))


def _state(fact: IndicatorRow) -> Cell:
    if fact.ended:
        return Cell(chip=say(C_("indicator", "Ended")), tone="neu")
    if fact.computed:
        return Cell(chip=say(COMPUTED), tone="info")
    return Cell()


def _last(fact: IndicatorRow) -> Cell:
    # The day of an hour is enough here.
    return Cell((fact.last_period or "–").partition("T")[0], ink="" if fact.held else "text3")


INDICATORS = Table(
    name="basis_indicators",
    ids=indicators.indicator_ids,
    rows=indicators.indicator_rows,
    follows={"indicator": "id", "indicator_source": "indicator_id"},
    derived=frozenset({"dataset", "factor", "energy_source"}),
    sort="position",
    move=indicators.move_indicator,
    paste=indicators.paste,
    columns=(
        Column(
            "name", C_("energy", "Indicator"), cell=_name, edit=indicators.rename, sort="position"
        ),
        Column("section", N_("Section"), 120, cell=_section, wide=True),
        Column("unit", C_("energy", "Unit"), 130, cell=_unit, wide=True),
        Column("frequency", C_("indicator", "Frequency"), 84, cell=_frequency, wide=True),
        Column("last", N_("Figures up to"), 100, cell=_last),
        Column("state", Msg(""), 90, cell=_state, wide=True),
    ),
)


class IndicatorCard:
    """One indicator beside the list."""

    def __init__(self, page: IndicatorsPage) -> None:
        self.page, self.fact = page, None
        self.name, self.other = Label("", "h2", wrap=True), Label("", "sec", wrap=True)
        self.chip = Chip("")
        self.facts = {
            key: Label("", "sec", wrap=True)
            for key in (
                "unit",
                "kind",
                "direction",
                "frequency",
                "level",
                "dimensions",
                "baseline",
                "quality",
                "origin",
                "sources",
            )
        }
        self.formula = Label("", "sec", wrap=True)
        self.definition, self.mode = Label("", "sec", wrap=True), Label("", "sec", wrap=True)
        self.note = Label("", "cap", wrap=True)
        self.edit = Button(C_("button", "Change"), slot=page.on_edit)
        self.end = Button("", "link", slot=page.on_end)
        page.writing(self.edit, self.end)
        self.computed = column(
            rule(),
            Label(N_("Formula"), "h3"),
            self.formula,
            pair(Label(C_("energy", "Definition"), "cap"), self.definition, 92),
            pair(Label(N_("Factors by"), "cap"), self.mode, 92),
            gap=6,
        )
        titles = (
            ("unit", C_("energy", "Unit")),
            ("kind", C_("indicator", "Kind")),
            ("direction", C_("indicator", "Direction")),
            ("frequency", C_("indicator", "Frequency")),
            ("level", C_("indicator", "Smallest area")),
            ("dimensions", C_("indicator", "Told apart by")),
            ("baseline", C_("indicator", "Baseline year")),
            ("quality", C_("indicator", "Quality")),
            ("origin", C_("indicator", "Published by")),
            ("sources", C_("indicator", "Read from")),
        )
        self.inside = frame("inspector")
        column(
            row((column(self.name, self.other, gap=2), 1), (self.edit, Align.AlignTop), gap=12),
            row(self.chip, None),
            rule(),
            *(pair(Label(title, "cap"), self.facts[key], 92) for key, title in titles),
            self.computed,
            rule(),
            self.note,
            row(self.end, None),
            None,
            margins=(20, 18, 20, 16),
            gap=7,
            into=self.inside,
        )
        self.pane = scrolled(self.inside)
        self.inside.hide()

    def show_fact(self, fact: IndicatorRow) -> None:
        """Write an indicator into the card."""
        self.fact = fact
        self.inside.show()
        self.name.say(named(fact.name_ko, fact.name_en))
        both = {fact.name_ko, fact.name_en} - {named(fact.name_ko, fact.name_en)}
        self.other.say(" · ".join((fact.code, *both)))
        self.chip.say(C_("indicator", "Ended") if fact.ended else "", "neu")
        known = lambda table, value: say(table.get(value, Msg(value)))  # noqa: E731
        shown = {
            "unit": say(unit_words(fact.unit)),
            "kind": known(words.KINDS, fact.kind),
            "direction": known(words.DIRECTIONS, fact.better),
            "frequency": known(words.FREQUENCIES, fact.frequency),
            "level": known(words.LEVELS, fact.level),
            "dimensions": ", ".join(known(DIMENSIONS, one) for one in fact.dimensions) or "–",
            "baseline": str(fact.baseline_year or "–"),
            "quality": known(words.STATUSES, fact.quality) or "–",
            "origin": _origin(fact) or "–",
            "sources": " → ".join(self.page.titles.get(c, c) for c in fact.sources) or "–",
        }
        for key, value in shown.items():
            self.facts[key].say(value)
        self.computed.setVisible(fact.computed)
        if fact.computed:
            read = rule_of(fact.rule)
            self.formula.say(described(read, self.page.names))
            self.definition.say(read.title or "–")
            self.mode.say(factors.MODES[read.mode])
        self.note.say(named(fact.note_ko, fact.note_en) if fact.note_ko else "")
        self.end.say(N_("Use again") if fact.ended else N_("End its use"))


DIMENSIONS: dict[str, Msg] = {
    "use": C_("dimension", "Use"),
    "building": C_("dimension", "Building type"),
    "energy": C_("dimension", "Energy"),
    "gas": C_("dimension", "Gas"),
    "supplier": C_("dimension", "Supplier"),
    "source": C_("dimension", "Source of energy"),
    "product": C_("dimension", "Product"),
    "way": C_("dimension", "Way it was procured"),
    "vehicle": C_("dimension", "Kind of vehicle"),
}


class IndicatorsPage(Page):
    """All indicators at the left, one of them at the right."""

    def __init__(self, desk) -> None:
        super().__init__(desk)
        self.names: dict[str, str] = {}
        self.titles: dict[str, str] = {}
        self._wanted: int | None = None
        self.model = self.table(RowTable(INDICATORS, desk))
        self.list = RowList(self.model, C_("energy", "Indicators"), height=48)
        self.search = Field(N_("Find indicator"), search=True)
        self.count = Label("", "sec")
        self.add = self.writing(Button(N_("Add indicator"), "primary", "plus", slot=self.on_add))
        self.complete = self.writing(
            Button(N_("Add what is new"), "default", "download", slot=self.on_complete)
        )
        self.complete.hide()
        self.hint = Label(N_("Alt+↑↓ moves an indicator · F2 renames · Enter edits"), "cap")
        self.writing(self.hint)
        self.card = IndicatorCard(self)
        nothing = State(
            "search", N_("No indicator is called so."), N_("Type part of its name or code.")
        )
        left = column(
            row(
                self.search,
                self.count,
                None,
                self.complete,
                self.add,
                margins=(28, 10, 24, 8),
                gap=10,
            ),
            (row(Hollow(self.list, nothing), margins=(20, 0, 16, 0)), 1),
            row(self.hint, margins=(28, 4, 24, 8)),
            gap=0,
        )
        row((left, 1), self.dock(self.card.pane), gap=0, into=self)
        self.search.typing.connect(self.on_typing)
        self.list.previewed.connect(self.on_previewed)
        self.list.opened.connect(self.on_opened)
        self.list.peeked.connect(self.on_peek)
        self.model.arrived.connect(self.on_arrived)
        desk.changed.connect(self.on_changed)
        self.dress()
        self.model.ask(words="")
        self.ask_names()

    # --- what a page says of itself
    @property
    def settled(self) -> bool:
        return self.model.asked

    def panes(self) -> list:
        return [self.list, self.search, self.card.pane]

    def inspects(self) -> bool:
        return self.card.fact is not None

    def open(self, id: int | None = None, table: str = "") -> None:
        """Show an indicator."""
        self._wanted = id
        self.search.clear()
        if self.model.asked and id is not None:
            self.list.choose(id)

    # --- reading
    def ask_names(self) -> None:
        """Ask for the names of indicators and tables, which formulas and orders are written with."""
        self.desk.read(_named, then=self.on_names)

    def on_names(self, found) -> None:
        self.names, self.titles, lacking = found
        self.complete.setVisible(lacking and not self.desk.read_only)
        if self.card.fact is not None:
            self.card.show_fact(self.card.fact)

    def on_changed(self, changes) -> None:
        """Read the names again when one of them changed."""
        if changes.touches("indicator", "energy_source", "setting"):
            self.ask_names()

    def on_typing(self, typed: str) -> None:
        """Narrow the list to what is typed."""
        self.model.ask(words=typed)

    def on_arrived(self) -> None:
        self.count.say(N_("{n} indicators"), n=self.model.rowCount())
        if self._wanted is not None and self.model.place(self._wanted) >= 0:
            wanted, self._wanted = self._wanted, None
            self.list.choose(wanted)
        elif self.list.current() is None:
            self.list.choose_first()
        else:
            self.on_previewed(self.list.current())

    def on_previewed(self, id: int) -> None:
        """Show one in the card."""
        place = self.model.place(id) if id is not None else -1
        fact = self.model.row(place) if place >= 0 else None
        if fact is not None:
            self.card.show_fact(fact)

    def on_opened(self, _id: int) -> None:
        """Edit on Enter or a double click."""
        if not self.desk.read_only:
            self.on_edit()

    # --- doing
    def on_add(self) -> None:
        """Ask for a new indicator."""
        form = IndicatorForm(self.window(), self.desk, None, self.names)
        form.accepted.connect(self.on_added)
        form.open()

    def on_added(self) -> None:
        self.open(self.sender().value)

    def on_edit(self) -> None:
        """Ask what changes of the one shown."""
        if self.card.fact is not None:
            IndicatorForm(self.window(), self.desk, self.card.fact, self.names, self.titles).open()

    def on_end(self) -> None:
        """End the one shown, or take it up again."""
        fact = self.card.fact
        use = indicators.resume_indicator if fact.ended else indicators.end_indicator
        self.desk.do(use, id=fact.id)

    def on_complete(self) -> None:
        """Add what this program's catalogue has and an older office lacks."""
        from gwangju_desktop.energy import catalogue

        self.desk.do(catalogue.complete)

    def dress(self) -> None:
        self.card.pane.setFixedWidth(theme.px(WIDTH))

    def changeEvent(self, event) -> None:
        super().changeEvent(event)
        if event.type() == event.Type.StyleChange:
            self.dress()
        elif event.type() == event.Type.LanguageChange:
            self.ask_names()


def _named(read) -> tuple[dict[str, str], dict[str, str], bool]:
    """Return the names of indicators and of tables by code, and whether the office lacks any."""
    from gwangju_desktop.energy import catalogue, queries

    return (*queries.titles(read), catalogue.incomplete(read))


PANE = IndicatorsPage
