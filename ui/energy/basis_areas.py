"""Areas: their codes in both systems, the days they hold, what follows; and the boundary files."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from gwangju_desktop import clock
from gwangju_desktop.energy import area_codes, areas, boundaries
from gwangju_desktop.energy.areas import AreaRow
from gwangju_desktop.energy.boundaries import BoundaryRow
from gwangju_desktop.energy.words import LEVELS
from gwangju_desktop.text import words as language
from ui.energy.basis_list import ListSection
from ui.energy.form_parts import filled, labelled
from ui.models.rows import Cell, Column, RowTable, Table
from ui.text import C_, N_, NN_, day, say
from ui.widgets.forms import Choice, DateField, Dialog, beside
from ui.widgets.lists import RowList
from ui.widgets.parts import Button, Label, row, rule

LISTS = N_("Lists of codes (*.csv *.xlsx *.xls *.txt *.json)")
KINDS = N_("Boundary files (*.geojson *.json)")
# The latest boundary files; one that is removed shows the one before.
SHOWN = 4
ORDER = ("city", "district", "dong", "nation", "province", "other", "")


@dataclass(frozen=True, slots=True)
class Shown:
    """An area with the names of the one above and the one that follows."""

    id: int
    row: AreaRow
    parent: str
    successor: str


def shown(read) -> list[Shown]:
    """Read all areas, the city first."""
    rows = areas.areas(read)
    names = {row.code: row.name for row in rows}
    found = [
        Shown(
            row.id,
            row,
            names.get(row.parent or "", ""),
            f"{names.get(row.successor, '')} ({row.successor})" if row.successor else "",
        )
        for row in rows
    ]
    return sorted(found, key=lambda one: ORDER.index(one.row.level))


def days(row: AreaRow) -> str:
    """Return the days a code holds."""
    return language().days(row.valid_from, row.valid_to)


def _name(one: Shown) -> Cell:
    return Cell(one.row.name, role="strong", ink="" if one.row.holds(clock.today()) else "text3")


def _days(one: Shown) -> Cell:
    ended = one.row.valid_to is not None and one.row.valid_to < clock.today()
    return Cell(days(one.row), ink="warn" if ended and not one.row.successor else "")


def _level(file: BoundaryRow) -> Cell:
    return Cell(say(LEVELS[file.level]))


def _drawn(file: BoundaryRow) -> Cell:
    return Cell(say(NN_("{n} area", "{n} areas"), n=file.features))


def _file(file: BoundaryRow) -> Cell:
    return Cell(file.title, role="strong")


def _from(file: BoundaryRow) -> Cell:
    return Cell(" · ".join(part for part in (file.source, file.licence) if part) or "–")


def _year(file: BoundaryRow) -> Cell:
    return Cell(str(file.year) if file.year else "–")


FILES = Table(
    (
        Column("file", C_("energy", "Boundary file"), cell=_file),
        Column("level", N_("Level"), 84, cell=_level),
        Column("features", N_("Areas drawn"), 90, "right", cell=_drawn),
        Column("year", C_("period", "Year"), 60, "right", cell=_year),
        Column("source", C_("factor", "Source"), 120, cell=_from, wide=True),
    )
)


class AreaForm(Dialog):
    """Call an area otherwise; say its other code, its days and what follows it."""

    edits = ("area", "id")

    def __init__(self, parent, desk, one: Shown, others: list[Shown]) -> None:
        self.desk, self.id = desk, one.id
        held = one.row
        followers = [("", C_("area", "None"))]
        followers += [
            (other.row.code, f"{other.row.name} ({other.row.code})")
            for other in others
            if other.row.code != held.code and other.row.level == held.level
        ]
        self.name = labelled(N_("Name (Korean)"), filled(held.name_ko))
        self.english = labelled(N_("Name (English)"), filled(held.name_en))
        self.kostat = labelled(N_("Code of the statistics office"), filled(held.kostat))
        self.successor = labelled(N_("Code that follows"), Choice(followers, "", held.successor))
        self.first = labelled(N_("Holds from"), DateField("", held.valid_from, 0))
        self.last = labelled(N_("Holds to"), DateField("", held.valid_to, 0))
        super().__init__(
            parent,
            N_("Change area {code}"),
            beside(self.name, self.english),
            beside(self.kostat, self.successor),
            beside(self.first, self.last),
            width=520,
            code=held.code,
        )

    def confirm(self) -> None:
        self.desk.do(
            area_codes.edit_area,
            then=self.on_accepted,
            otherwise=self.on_refused,
            id=self.id,
            name_ko=self.name.value(),
            name_en=self.english.value(),
            kostat=self.kostat.value(),
            successor=self.successor.value() or "",
            valid_from=self.first.value() or clock.today(),
            valid_to=self.last.value(),
        )


class BoundaryForm(Dialog):
    """Say where a boundary file is from, and import it."""

    def __init__(self, parent, desk, path: Path) -> None:
        self.desk, self.path = desk, path
        self.named = labelled(C_("energy", "Name"), filled(path.stem))
        self.source = labelled(C_("factor", "Source"), filled(""))
        self.licence = labelled(C_("energy", "Licence"), filled(""))
        super().__init__(
            parent,
            N_("Import boundary file"),
            Label(
                N_("{file}: its dongs become areas where they are new."),
                "sec",
                wrap=True,
                file=path.name,
            ),
            self.named,
            beside(self.source, self.licence),
            button=C_("button", "Import"),
            icon="upload",
        )

    def confirm(self) -> None:
        self.desk.work(
            boundaries.importing,
            title=N_("Reading the boundaries"),
            then=self.on_accepted,
            otherwise=self.on_refused,
            path=self.path,
            name=self.named.value(),
            source=self.source.value(),
            licence=self.licence.value(),
        )


class AreasPage(ListSection):
    """The areas by level, the boundary files below."""

    NAME = C_("energy", "Areas")
    FIND = N_("Find area")
    NOTHING = ("map", N_("No area is called so."), N_("Type a name or a code."))
    LINES = (
        ("code", N_("Code")),
        ("kostat", N_("Statistics office")),
        ("parent", N_("Lies in")),
        ("days", N_("Holds")),
        ("successor", N_("Followed by")),
        ("source", C_("factor", "Source")),
    )
    TABLE = Table(
        (
            Column("name", C_("energy", "Name"), cell=_name),
            Column("code", N_("Code"), 100, cell=lambda one: Cell(one.row.code)),
            Column(
                "kostat", N_("Statistics office"), 124, cell=lambda one: Cell(one.row.kostat or "–")
            ),
            Column("days", N_("Holds"), 200, "right", cell=_days, wide=True),
        )
    )
    TOUCHES = ("area",)
    QUERY = staticmethod(shown)
    HEIGHT = 34

    def __init__(self, desk) -> None:
        self.files = RowList(RowTable(FILES), C_("energy", "Boundary files"), height=34, fit=True)
        self.import_button = Button(
            N_("Import boundary file"), icon="upload", slot=self.on_boundary
        )
        self.remove_button = Button(
            N_("Remove boundary file"), "ghost", "trash-2", slot=self.on_remove_file
        )
        self.no_files = Label(
            N_("None yet: the map is drawn from a GeoJSON file of districts or dongs."),
            "sec",
            wrap=True,
        )
        super().__init__(desk)

    def buttons(self) -> Sequence[QWidget]:
        load = Button(N_("Load codes"), icon="upload", slot=self.on_load)
        return (self.writing(load),)

    def below(self) -> Sequence[QWidget]:
        heading = Label(C_("energy", "Boundary files"), "h3")
        return (
            rule(),
            row(
                heading,
                None,
                self.writing(self.remove_button),
                self.writing(self.import_button),
                margins=(28, 8, 24, 2),
                gap=8,
            ),
            row(self.no_files, margins=(28, 0, 24, 10)),
            row(self.files, margins=(20, 0, 16, 10)),
        )

    # --- reading
    def ask(self) -> None:
        """Ask for the areas and the boundary files."""
        super().ask()
        self.desk.read(boundaries.boundaries, then=self.on_files)

    def on_files(self, files: list[BoundaryRow]) -> None:
        self.files.model().show(files[:SHOWN])
        self.files.setVisible(bool(files))
        self.no_files.setVisible(not files)
        self.remove_button.setVisible(bool(files) and not self.desk.read_only)
        if files:
            self.files.choose_first()

    def on_changed(self, changes) -> None:
        if changes.touches("area", "boundary"):
            self.ask()

    def open(self, id: int | None = None, table: str = "") -> None:
        """Show an area or a boundary file."""
        if table == "boundary":
            self.files.choose(id)
        else:
            super().open(id, table)

    # --- what a section is made of
    def panes(self) -> list:
        return [self.list, self.search, self.card.pane, self.files]

    def words(self, one: Shown) -> str:
        row = one.row
        return f"{row.name_ko} {row.name_en} {row.code} {row.kostat}"

    def grouped(self, rows: list[Shown]) -> list[tuple[str, list]]:
        found = []
        for (level, parent), inside in itertools.groupby(
            rows, key=lambda one: (one.row.level, one.parent if one.row.level == "dong" else "")
        ):
            title = say(LEVELS[level])
            found.append((f"{title} · {parent}" if parent else title, list(inside)))
        return found

    def tell(self, one: Shown) -> None:
        held = one.row
        self.card.say(
            held.name,
            say(LEVELS[held.level]),
            {
                "code": held.code,
                "kostat": held.kostat or "–",
                "parent": one.parent,
                "days": days(held),
                "successor": one.successor or self._unknown(held),
                "source": held.source,
            },
        )

    def _unknown(self, held: AreaRow) -> str:
        """Say what to do about a code that ended without one that follows."""
        if held.valid_to is None:
            return ""
        return say(
            N_("Not known: load the codes that hold from {day}."), day=day(_after(held), "full")
        )

    def form(self, one: Shown | None) -> AreaForm:
        return AreaForm(self.window(), self.desk, one, self.rows)

    # --- doing
    def on_load(self) -> None:
        """Choose a list of codes and load it."""
        chosen = self._chosen(N_("Load codes"), LISTS)
        if chosen is not None:
            self.load(chosen)

    def load(self, path: Path) -> None:
        """Load a list of codes."""
        self.desk.work(area_codes.loading, title=N_("Reading the codes"), path=path)

    def on_boundary(self) -> None:
        """Choose a boundary file and import it."""
        chosen = self._chosen(N_("Import boundary file"), KINDS)
        if chosen is not None:
            BoundaryForm(self.window(), self.desk, chosen).open()

    def on_remove_file(self) -> None:
        """Remove the boundary file that is current; undo brings it back."""
        id = self.files.current()
        if id is not None:
            self.desk.do(boundaries.remove_boundary, id=id)

    def _chosen(self, title, kinds) -> Path | None:
        name, _filter = QFileDialog.getOpenFileName(self.window(), say(title), "", say(kinds))
        return Path(name) if name else None


def _after(held: AreaRow) -> dt.date:
    return held.valid_to + dt.timedelta(days=1)


PANE = AreasPage
