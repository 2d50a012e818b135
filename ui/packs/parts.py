"""The rows of the outline: parts of a pack with their pages, checked where they are taken in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from PySide6.QtCore import QMimeData, Qt, Signal

from db.vocab import PartKind
from gwangju_desktop.packs.issues import IssueRow
from gwangju_desktop.packs.model import PackFacts
from gwangju_desktop.packs.outline import Line
from ui import theme
from ui.models.rows import ROW_DRAG, Cell, Column, RowTable, Table
from ui.text import C_, N_, Msg, say
from ui.widgets.lists import RowList

INDENT, BOX = 16, 24  # px of a level, and of a check box with its room
LOCK = "lock"
Key = Qt.Key


@dataclass(frozen=True, slots=True)
class Place:
    """Where the members find a part: its first page, how many it has, why a paper has none.

    `title` is what stands on the page, empty where the edition does not show it.
    """

    page: int
    count: int
    trouble: str | None = None
    title: str = ""


@dataclass(frozen=True, slots=True)
class PartRow:
    """A row of the outline: a line of it, and where it stands on paper once it is bound."""

    id: int
    line: Line
    on_paper: Place | None = None
    fixed: bool = False  # as it went out: nothing of it can be chosen any more
    bare: bool = False  # an item that still waits for its papers

    @property
    def key(self) -> str:
        """Return the part's key, the same for good."""
        return self.line.key

    @property
    def page(self) -> int:
        """Return the members' first page of the part; 0 while it has none."""
        return self.on_paper.page if self.on_paper else 0


def _title(part: PartRow) -> Cell:
    line = part.line
    ink = "" if line.included else "text3"
    role = "secb" if line.level == 1 else "sec"
    indent = theme.px(INDENT) * (line.level - 1)
    words = f"{line.number}  {say(line.title)}" if line.number else say(line.title)
    if line.kind == PartKind.FIGURE and isinstance(line.title, Msg) and part.on_paper:
        # A figure without a heading of its own is headed by what it shows.
        words = part.on_paper.title or words
    icon = LOCK if line.closed or line.members_only else ""
    if part.fixed:
        return Cell(words, role=role, indent=indent, icon=icon)
    if not line.switchable:
        # The words stand under those of the rows with a box.
        return Cell(words, role=role, indent=theme.px(BOX) + indent, ink=ink, icon=icon)
    return Cell(words, check=line.included, role=role, indent=indent, ink=ink, icon=icon)


def _count(part: PartRow) -> Cell:
    line, place = part.line, part.on_paper
    if not line.included:
        return Cell()
    if place is None:
        return Cell("–" if line.empty else "", ink="text3")
    if place.trouble:
        return Cell(say(C_("paper pages", "none")), ink="warn")
    if part.bare:
        return Cell(say(C_("paper pages", "to come")), ink="warn")
    return Cell(str(place.count))


def _page(part: PartRow) -> Cell:
    shown = part.page and part.line.included
    return Cell(str(part.page) if shown else "", ink="text3")


def _move(*_args, **_values) -> None:
    """Rows are moved by the page, which knows what a place means."""
    raise AssertionError


PARTS = Table(
    columns=(
        Column("title", C_("pack outline", "Part"), cell=_title),
        Column("count", C_("pack outline", "Pages"), 52, "right", cell=_count),
        Column("page", C_("pack outline", "From"), 46, "right", cell=_page),
    ),
    move=_move,
)


def places(facts: PackFacts) -> dict[str, Place]:
    """Return where each part stands in the members' pack, whoever the edition is for."""
    found = {
        entry.key: Place(entry.page, entry.count, entry.trouble, entry.title)
        for entry in facts.entries
    }
    for key, page in facts.frozen.first.items():
        known = found.get(key, Place(0, 0))
        found[key] = replace(known, page=page, count=facts.frozen.count[key])
    return found


def rows_of(
    lines: Iterable[Line], found: Mapping[str, Place], ids: dict[str, int]
) -> list[PartRow]:
    """Return the rows of an outline; `ids` gives each key a number that stays."""
    lines = list(lines)
    with_papers = {line.item_id for line in lines if line.paper_id is not None}
    return [
        PartRow(
            ids.setdefault(line.key, len(ids) + 1),
            line,
            found.get(line.key),
            bare=bool(line.number) and line.item_id not in with_papers,
        )
        for line in lines
    ]


def rows_of_issue(issue: IssueRow, lines: Iterable[Line], ids: dict[str, int]) -> list[PartRow]:
    """Return the parts of an issue as they went out.

    What is not public is kept there without its title, which today's outline may still know.
    """
    known = {line.key: line for line in lines}
    rows = []
    for part in issue.parts:
        line = known.get(part.key)
        title = part.title or (say(line.title) if line else say(N_("Not public (for members)")))
        kind = line.kind if line else PartKind.ITEM
        place = Place(part.first, part.count, part.trouble)
        shown = Line(part.key, kind, title, part.level)
        rows.append(PartRow(ids.setdefault(part.key, len(ids) + 1), shown, place, fixed=True))
    return rows


def peers(one: Line, other: Line) -> bool:
    """Say whether a part changes places with another one when it is moved.

    Items do with items, papers and figures with their like behind the same item, what stands by
    itself with everything that does.
    """
    if one.level > 1:
        like = (one.paper_id is None) == (other.paper_id is None)
        return other.level > 1 and other.item_id == one.item_id and like
    if one.kind == PartKind.ITEM:
        return other.level == 1 and other.kind == PartKind.ITEM
    return other.level == 1


class PartTable(RowTable):
    """The model: `moving_asked(key, by)` says by how many parts one is to be moved."""

    moving_asked = Signal(str, int)

    def __init__(self) -> None:
        super().__init__(PARTS)
        self.changeable = False

    def movable(self) -> bool:
        return self.changeable

    def data(self, index, role: int = Qt.ItemDataRole.DisplayRole):
        """Say of a part behind a lock what the lock means."""
        said = super().data(index, role)
        spoken = role == Qt.ItemDataRole.AccessibleTextRole and index.column() == 0
        if spoken and self.cell(index.row(), 0).icon == LOCK:
            return f"{said}, {say(N_('Not public (for members)'))}"
        return said

    def part(self, id: int | None) -> PartRow | None:
        """Return the row of that id."""
        n = -1 if id is None else self.place(id)
        return self.kept[self.order[n]] if n >= 0 else None

    def move(self, id: int, by: int) -> None:
        """Ask for a part to be moved by so many parts; what comes with another stays with it."""
        part = self.part(id)
        if part is not None and by and self.movable():
            self.moving_asked.emit(part.key, by)

    def dropMimeData(self, data: QMimeData, _action, row, _column, parent) -> bool:
        if not data.hasFormat(ROW_DRAG) or not self.movable():
            return False
        part = self.part(int(bytes(data.data(ROW_DRAG).data())))
        target = row if row >= 0 else parent.row() if parent.isValid() else len(self.order)
        if part is not None:
            like = [p for p in self.rows() if p.key == part.key or peers(part.line, p.line)]
            above = [p for p in self.rows()[:target] if p in like and p.key != part.key]
            self.move(part.id, len(above) - like.index(part))
        return False  # the office moves the part; Qt must not remove the row

    def rows(self) -> list[PartRow]:
        """Return the rows from top to bottom."""
        return [self.kept[key] for key in self.order]


class PartList(RowList):
    """A list whose page keys turn the pages beside it, and whose Delete takes a part out."""

    paged = Signal(int)
    removed = Signal()

    def keyPressEvent(self, event) -> None:
        if event.key() == Key.Key_PageDown:
            self.paged.emit(1)
        elif event.key() == Key.Key_PageUp:
            self.paged.emit(-1)
        elif event.key() == Key.Key_Delete:
            self.removed.emit()
        else:
            super().keyPressEvent(event)
