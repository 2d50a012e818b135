"""The energy room: indicators at the left, the chosen one or what it rests on at the right."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtWidgets import QWidget

from gwangju_desktop.energy import rollup
from gwangju_desktop.members.rules import named
from ui import theme
from ui.energy import load
from ui.energy.picker import Picker
from ui.settings import kept
from ui.text import C_, N_
from ui.widgets.page import RAIL_BELOW
from ui.widgets.parts import row
from ui.widgets.room import Pane, Room

FIGURES = "figures"
LAST = "energy/indicator"
TABLES = (
    *("dataset", "indicator", "target", "indicator_source", "energy_source", "area"),
    *("factor", "energy_result", "annotation", "boundary"),
)


class EnergyPage(Room):
    """Indicators at the left; at the right the pane of the chosen one, or one of the picker's foot.

    A pane of the foot reads for itself; what all of them need of the room is `names` and `found`.
    """

    title = N_("Energy indicators")
    panes_of_room = (
        Pane(
            FIGURES,
            C_("energy", "Indicators"),
            "ui.energy.indicator",
            ("indicator", "target"),
            runs=(
                *("on_table", "on_csv", "on_picture", "on_cells", "on_pack"),
                *("on_compare", "on_known", "on_monthly", "on_statement"),
            ),
        ),
        Pane("datasets", C_("energy", "Datasets"), "ui.energy.datasets", ("dataset",)),
        Pane("coverage", C_("energy", "Coverage"), "ui.energy.coverage", ("energy_source",)),
        Pane(
            "basis",
            C_("energy", "Basis"),
            "ui.energy.basis",
            ("factor", "energy_result", "annotation", "boundary", "area"),
        ),
    )

    def __init__(self, desk) -> None:
        self.found: load.Found | None = None
        self.code = kept.text(LAST, "EL01")
        self._stale = True
        self._wanted: tuple[int | None, str] = (None, "")
        # The place, the day as of which, and the (indicator, place) beside it.
        self._asked: dict[str, object] = {}
        self.picker = Picker()
        super().__init__(desk)
        self.picker.picked.connect(self.on_picked)
        self.picker.went.connect(self.on_foot)
        self.picker.import_button.clicked.connect(self.on_import)
        self.writing(self.picker.import_button)
        desk.changed.connect(self.on_changed)

    def lay_out(self) -> None:
        """Lay the picker beside the pane: its foot stands for tabs."""
        self.picker.show_links([(pane.key, pane.title) for pane in self.parts[1:]])
        row(self.picker, (self.stack, 1), gap=0, into=self)
        # Title and tabs of a room are not wanted here, but have to belong to it.
        for part in (self.bar, self.line):
            part.setParent(self)
            part.hide()

    # --- what the panes ask

    @property
    def figures(self):
        """Return the pane of the chosen indicator."""
        return self.pane(FIGURES)

    def names(self) -> dict[str, str]:
        """Return the names of indicators and areas by their codes, in the language shown."""
        if self.found is None:
            return {}
        rows = (*self.found.indicators, *self.found.areas)
        return {held.code: named(held.name_ko, held.name_en) for held in rows}

    # --- what a page says of itself

    def show_pane(self, key: str):
        """Show a pane and mark its link in the picker's foot."""
        page = super().show_pane(key)
        self.picker.mark(key)
        return page

    def panes(self) -> list[QWidget]:
        """Return the stops of F6."""
        return [self.picker.list, *self.front.panes()]

    def open(self, id: int | None = None, table: str = "") -> None:
        """Show an indicator, or a record in the pane that opens its table."""
        self._wanted = (id, table)
        self._show_wanted()

    def _show_wanted(self) -> None:
        """Show what was asked for, once the indicators are here."""
        id, table = self._wanted
        if id is None or self.found is None:
            return
        self._wanted = (None, "")
        if table in ("", "indicator"):
            self.show_pane(FIGURES)
            self.picker.search.clear()
            self.picker.list.choose(id)
        else:
            super().open(id, table)

    def take(self, paths: list[Path]) -> None:
        """Import files dropped on the window."""
        if not self.desk.read_only:
            self._import(paths)

    # --- reading

    def showEvent(self, event) -> None:
        super().showEvent(event)
        if self._stale:
            self.read()

    def read(self, *, figures: bool = False) -> None:
        """Ask for the indicators and everything of the current one, or for its `figures` alone."""
        found = self.found if figures and not self._stale else None
        self._stale = False
        self.desk.read(load.page, then=self.on_loaded, code=self.code, found=found, **self._asked)

    def look(self, **asked: object) -> None:
        """Show another place (`area`), day (`known_on`) or comparison (`other`); None ends it."""
        held = self._asked | asked
        self._asked = {name: value for name, value in held.items() if value is not None}
        self.read(figures=True)

    def on_loaded(self, found: load.Found) -> None:
        """Show what was read."""
        self.found = found
        if found.loaded is not None:
            self.code = found.loaded.fact.code
        self.picker.show_indicators(found.indicators, self.code)
        self.picker.show_basis(found)
        self.fit()
        self.figures.show_found(found)
        QTimer.singleShot(0, self.picker, self.picker.keep_in_sight)
        self._show_wanted()
        if found.due and not self.desk.read_only:
            # The figures are right either way; settled, they are read in a tenth of the time.
            self.desk.do(rollup.settle, otherwise=self.on_unsettled)

    def on_unsettled(self, _error) -> None:
        """Leave it: the next one who looks tries again."""

    # --- slots

    def on_changed(self, changes) -> None:
        """Read again what a change concerns; off screen, later."""
        if not changes.touches(*TABLES):
            return
        if self.isVisible():
            self.read()
        else:
            self._stale = True

    def on_picked(self, code: str) -> None:
        """Show another indicator."""
        self.code = code
        for name in ("other", "hours"):
            self._asked.pop(name, None)
        kept.keep(LAST, code)
        self.show_pane(FIGURES)
        id = next((fact.id for fact in self.picker.facts if fact.code == code), None)
        if id is not None:
            self.moved.emit(id, "indicator")
        self.read(figures=True)

    def on_foot(self, key: str) -> None:
        """Show a pane of the picker's foot; a second time, go back to the indicator."""
        page = self.show_pane(FIGURES if key == self.picker.marked else key)
        stop = next((pane for pane in page.panes() if pane.isVisible()), page)
        stop.setFocus()

    def on_indicators(self) -> None:
        """Go back to the indicator."""
        self.show_pane(FIGURES)
        self.picker.list.setFocus()

    def on_datasets(self) -> None:
        """Show the imported files."""
        self.show_pane("datasets")

    def on_find(self) -> None:
        """Type to find an indicator."""
        self.picker.search.setFocus()
        self.picker.search.selectAll()

    def on_import(self) -> None:
        """Choose files to import."""
        self._import([])

    def _import(self, paths: list[Path]) -> None:
        # Only who imports needs what reads spreadsheets.
        from ui.energy.import_dialog import ImportDialog

        ImportDialog(self.window(), self.desk, paths, self.names()).open()

    # --- events

    def fit(self) -> None:
        """Leave out what a narrow window has no room for."""
        narrow = self.window().width() < theme.px(RAIL_BELOW)
        self.picker.fit(narrow)
        self.figures.fit(narrow, self.width() - self.picker.minimumWidth())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and self.found is not None:
            QTimer.singleShot(0, self, self.renew)

    def renew(self) -> None:
        """Say what is loaded in another language."""
        if self.found is not None:
            self.picker.show_basis(self.found)
            self.fit()
            self.figures.show_found(self.found)


PAGE = EnergyPage
