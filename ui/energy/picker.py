"""The left pane: indicators in their groups, found by typing, with what they rest on below."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QFrame, QWidget

from gwangju_desktop.energy.publishers import publisher_name
from gwangju_desktop.energy.queries import IndicatorRow
from gwangju_desktop.energy.words import SECTIONS
from gwangju_desktop.members.rules import named
from ui import theme
from ui.energy.figures import period_name
from ui.energy.load import Found
from ui.models.rows import Cell, Column, Group, RowTable, Table
from ui.text import C_, N_, Msg, matches
from ui.widgets.forms import Field
from ui.widgets.lists import RowList
from ui.widgets.parts import Button, Label, advance, column, row, rule

# px at 100 % text size: in windows with the icon rail; the least and the most in others
NARROW, LEAST, MOST = 228, 260, 304
AROUND = 100  # px of a line that are not its name: margins, the year, the scroll bar


def _indicator(fact: IndicatorRow) -> Cell:
    name = named(fact.name_ko, fact.name_en)
    return Cell(name, role="body", indent=8, ink="" if fact.held else "text3")


def _last(fact: IndicatorRow) -> Cell:
    """Say up to when there are figures: ink alone would not tell an indicator without any."""
    return Cell((fact.last_period or "–")[:4], role="cap")


LIST = Table(
    (
        Column("name", C_("energy", "Indicator"), cell=_indicator),
        Column("last", N_("Figures up to"), 48, "right", cell=_last),
    )
)


class Picker(QFrame):
    """Choose an indicator (`picked(code)`), or at the foot what its figures rest on (`went(key)`)."""

    picked = Signal(str)
    went = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("leftpane")
        self.facts: Sequence[IndicatorRow] = []
        self.current = ""
        self.narrow = False
        self.marked = ""
        self.search = Field(N_("Find indicator"), search=True)
        self.import_button = Button("", "ghost", "upload", name=N_("Import figures"))
        self.list = RowList(RowTable(LIST), C_("energy", "Indicators"), height=32, header=False)
        self.as_of = Label("", "capb")
        self.whose = Label("", "cap", elide=True)
        self.sample = Label("", "cap", elide=True)
        self.links: dict[str, Button] = {}
        self.foot = QWidget()
        column(
            row((self.search, 1), self.import_button, margins=(12, 16, 8, 6), gap=4),
            (row(self.list, margins=(8, 0, 8, 0)), 1),
            rule(),
            column(
                self.as_of,
                self.whose,
                self.sample,
                self.foot,
                margins=(16, 8, 8, 8),
                gap=2,
            ),
            gap=0,
            into=self,
        )
        self.search.typing.connect(self.on_typing)
        self.search.returnPressed.connect(self.on_return)
        self.list.previewed.connect(self.on_previewed)
        self.dress()

    def show_indicators(self, facts: Sequence[IndicatorRow], current: str) -> None:
        """Show the indicators, those with figures in full ink, and mark the current one."""
        self.facts, self.current = facts, current
        self.dress()
        self._fill(self.search.value())

    def show_basis(self, found: Found) -> None:
        """Say below the list what the figures of the current indicator rest on."""
        loaded = found.loaded
        points = (loaded.months or loaded.years) if loaded is not None else ()
        files = loaded.datasets if loaded is not None else ()
        as_of = str(period_name(points[-1].period)) if points else ""
        sample = any(held.sample for held in files)
        self.as_of.say(N_("Figures up to {period}") if as_of else "", period=as_of)
        self.whose.say(" · ".join(sorted({publisher_name(held.publisher) for held in files})))
        self.sample.say(N_("Sample figures are among them.") if sample else "")
        self.sample.setVisible(sample)

    def keep_in_sight(self) -> None:
        """Show the current line whole: what stands below it takes more room or less."""
        index = self.list.currentIndex()
        if index.isValid():
            self.list.scrollTo(index)

    def show_links(self, parts: Sequence[tuple[str, Msg]]) -> None:
        """Make the links of the foot: (key, words) of the panes that are there."""
        self.links = {
            key: Button(words, "link", on=False, slot=self.on_link) for key, words in parts
        }
        row(*self.links.values(), None, gap=4, into=self.foot)

    def mark(self, key: str) -> None:
        """Mark the link of the pane in front, if it is one of the foot."""
        self.marked = key if key in self.links else ""
        for name, link in self.links.items():
            link.setChecked(name == self.marked)

    def on_link(self) -> None:
        """Tell which link was followed."""
        self.went.emit(next(key for key, link in self.links.items() if link is self.sender()))

    def on_typing(self, typed: str) -> None:
        """Narrow the list to what is typed."""
        self._fill(typed)

    def on_return(self) -> None:
        """Take the first one found."""
        self.list.choose_first()
        self.list.setFocus()

    def on_previewed(self, id: int) -> None:
        """Tell which indicator became current."""
        code = next((fact.code for fact in self.facts if fact.id == id), "")
        if code and code != self.current:
            self.current = code
            self.picked.emit(code)

    def _fill(self, typed: str) -> None:
        # One whose use has ended is found by its name, and shown while it is in front.
        found = [
            fact
            for fact in self.facts
            if _found(fact, typed)
            and (typed.strip() or not fact.ended or fact.code == self.current)
        ]
        rows: list[object] = []
        section = None
        for fact in found:
            if fact.section != section:
                section = fact.section
                rows.append(Group(SECTIONS.get(section, Msg(section))))
            rows.append(fact)
        self.list.model().show(rows)
        here = next((fact.id for fact in found if fact.code == self.current), None)
        if here is not None:
            self.list.choose(here)

    def fit(self, narrow: bool) -> None:
        """Take less room where the window has little."""
        self.narrow = narrow
        self.dress()

    def dress(self) -> None:
        # The year gives way to the names: without figures they are in weaker ink all the same.
        self.list.setColumnHidden(1, self.narrow)
        if self.narrow:
            self.setFixedWidth(theme.px(NARROW))
            return
        names = (named(fact.name_ko, fact.name_en) for fact in self.facts)
        longest = max((advance("body", name) for name in names), default=0)
        wanted = longest + theme.px(AROUND)
        self.setFixedWidth(min(max(wanted, theme.px(LEAST)), theme.px(MOST)))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.StyleChange):
            self.dress()


def _found(fact: IndicatorRow, typed: str) -> bool:
    if not typed.strip():
        return True
    return any(matches(typed, words) for words in (fact.name_ko, fact.name_en, fact.code))
