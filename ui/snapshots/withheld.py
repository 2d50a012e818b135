"""What the office left out of a copy, on which ground, and how much."""

from __future__ import annotations

from dataclasses import dataclass

from ui.models.rows import Cell, Column, Group, Table
from ui.snapshots.facts import Selectable, fact, named, shown
from ui.text import C_, N_, Msg, say

ACTIONS = {
    "drop": N_("left out"),
    "few": C_("withheld", "left out (few)"),
    "omit": N_("internal, left out"),
    "review": N_("masked in the text"),
    "part": N_("left out in part"),
}


@dataclass(frozen=True, slots=True)
class Ground:
    """A ground in both languages."""

    ko: str
    en: str


@dataclass(frozen=True, slots=True)
class HiddenLine:
    """One column that does not go out, or not whole."""

    id: int
    table: str
    column: str
    action: Msg
    ground: Ground
    count: int | None


LEFT_OUT = Table(
    columns=(
        Column("table", C_("review copies", "Register"), 140, cell=lambda line: Cell(line.table)),
        Column(
            "column",
            C_("review copies", "Field"),
            170,
            cell=lambda line: Cell(line.column, role="secb"),
        ),
        Column(
            "action",
            C_("review copies", "Treatment"),
            120,
            cell=lambda line: Cell(say(line.action)),
        ),
        Column("ground", C_("review copies", "Ground"), cell=lambda line: Cell(named(line.ground))),
        Column(
            "count",
            C_("review copies", "Count"),
            64,
            "right",
            cell=lambda line: Cell(shown(line.count)),
        ),
    )
)


def lines(rows) -> list:
    """Return the list: what people ask about first, then the program's own values."""
    told = [row for row in rows if row.action != "omit"]
    internal = [row for row in rows if row.action == "omit"]
    found: list = []
    for title, part in ((_NOT_DISCLOSED, told), (_INTERNAL, internal)):
        if part:
            found.append(Group(title, len(part)))
            start = len(found)
            found += [_line(start + n, row) for n, row in enumerate(part)]
    return found


def details(line: HiddenLine) -> list:
    """Return what the inspector shows: the ground in full."""
    return [
        fact(C_("review copies", "Register"), Selectable(line.table)),
        fact(C_("review copies", "Treatment"), Selectable(line.action)),
        fact(C_("review copies", "Ground"), Selectable(named(line.ground))),
        fact(C_("review copies", "Count"), Selectable(shown(line.count))),
    ]


_NOT_DISCLOSED = N_("Not disclosed")
_INTERNAL = N_("Values the program keeps for itself")


def _line(id: int, row) -> HiddenLine:
    return HiddenLine(
        id,
        named(row.table),
        named(row.column),
        ACTIONS.get(row.action, Msg("")),
        Ground(row.ground_ko, row.ground_en),
        row.count,
    )
