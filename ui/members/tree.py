"""The bodies beside the roll as a tree that folds, and under them the filters somebody saved."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal

from gwangju_desktop.members.rules import named
from ui import theme
from ui.models.rows import Cell, Column, Group, RowTable, Table
from ui.text import C_, N_, say
from ui.widgets.lists import RowList

EVERYBODY = 0
INDENT = 16
Key = Qt.Key


@dataclass(frozen=True, slots=True)
class Branch:
    """One row: a body (its id), everybody (0), or a saved filter (minus its id).

    `folded` is None for what has nothing below it.
    """

    id: int
    name: str
    count: int | None = None
    depth: int = 0
    folded: bool | None = None
    gone: bool = False


def branch_name(branch: Branch) -> Cell:
    """Show the name under its parent, with the mark that folds it."""
    icon = "users" if branch.id == EVERYBODY else ""
    if branch.id < 0:
        icon = "sliders-horizontal"
    if branch.folded is not None:
        icon = "chevron-right" if branch.folded else "chevron-down"
    indent = theme.px(INDENT * branch.depth)
    if not icon:
        indent += theme.px(14 if branch.depth else 22)
    return Cell(
        branch.name,
        icon=icon,
        indent=indent,
        role="sec" if branch.gone else "body",
        ink="text3" if branch.gone else "",
    )


def branch_count(branch: Branch) -> Cell:
    """Show how many sit in it."""
    return Cell("" if branch.count is None else str(branch.count), ink="text3")


TREE = Table(
    columns=(
        Column("name", C_("pane", "Bodies"), cell=branch_name),
        Column("count", N_("Members"), 42, "right", cell=branch_count),
    )
)


class BodyTree(RowList):
    """Bodies and filters; `chosen` tells the id a person went to."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__(RowTable(TREE), N_("Bodies and filters"), height=32, header=False)
        self.nodes: list = []
        self.filters: list = []
        self.folded: set[int] = set()
        self.on = None
        self._telling = True
        self.previewed.connect(self.on_previewed)

    def show_nodes(self, nodes, filters, on) -> None:
        """Show the bodies of a day and the filters, keeping what is folded and chosen."""
        self.nodes, self.filters, self.on = nodes, filters, on
        self.renew()

    def renew(self) -> None:
        """Lay out the rows anew."""
        held, self._telling = self.current(), False
        rows: list = [Branch(EVERYBODY, say(C_("members", "Everybody")))]
        rows += self._branches()
        if self.filters:
            rows.append(Group(N_("Saved filters"), len(self.filters)))
            rows += [Branch(-kept.id, kept.name) for kept in self.filters]
        self.model().show(rows)
        if held is not None:
            self.choose(held)
        self._telling = True

    def _branches(self) -> list[Branch]:
        parents = {node.parent_id for node in self.nodes}
        hidden: set[int] = set()
        rows = []
        for node in self.nodes:
            below = node.parent_id in hidden or node.parent_id in self.folded
            if below and node.parent_id is not None:
                hidden.add(node.id)
                continue
            rows.append(
                Branch(
                    node.id,
                    named(node.short_ko, node.short_en),
                    node.members,
                    node.depth,
                    node.id in self.folded if node.id in parents else None,
                    node.gone(self.on),
                )
            )
        return rows

    def mark(self, id: int) -> None:
        """Make a row current without telling anyone; unfold what hides it."""
        above = {node.id: node.parent_id for node in self.nodes}
        parent = above.get(id)
        while parent is not None:
            self.folded.discard(parent)
            parent = above.get(parent)
        if self.model().place(id) < 0:
            self.renew()
        self._telling = False
        self.choose(id)
        self._telling = True

    def fold(self, id: int, folded: bool) -> None:
        """Fold or unfold a body."""
        parents = {node.parent_id for node in self.nodes}
        if id in parents and folded != (id in self.folded):
            self.folded ^= {id}
            self.renew()

    def on_previewed(self, id) -> None:
        if self._telling and id is not None:
            self.chosen.emit(id)

    def keyPressEvent(self, event) -> None:
        id = self.current()
        if id is not None and event.key() in (Key.Key_Left, Key.Key_Right):
            self._step(id, event.key() == Key.Key_Left)
        else:
            super().keyPressEvent(event)

    def _step(self, id: int, left: bool) -> None:
        """Fold, or go to the parent; unfold, or go to the first child (as trees do)."""
        parents = {node.parent_id for node in self.nodes}
        open_ = id in parents and id not in self.folded
        if left and open_:
            self.fold(id, True)
        elif left:
            parent = next((n.parent_id for n in self.nodes if n.id == id), None)
            if parent is not None:
                self.choose(parent)
        elif open_:
            self.choose(next(n.id for n in self.nodes if n.parent_id == id))
        else:
            self.fold(id, False)

    def mouseReleaseEvent(self, event) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid():
            branch = self.model().row(index.row())
            folded = getattr(branch, "folded", None)
            if folded is not None:
                edge = theme.px(INDENT * branch.depth + 30)
                if event.position().x() < edge:
                    self.fold(branch.id, not folded)
        super().mouseReleaseEvent(event)
