"""Several files on their way in: each with its name and how far it is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from ui.models.rows import Cell, Column, Table
from ui.text import C_, Msg, say


class State(Enum):
    """How far a file is: its words, an icon and the icon's ink."""

    READY = (C_("energy file", "To be imported"), "circle-check", "ok")
    ASKS = (C_("energy file", "Needs an answer"), "circle-alert", "warn")
    SAME = (C_("energy file", "Nothing new"), "circle-dot", "text3")
    REPEATS = (C_("energy file", "Held for other periods"), "triangle-alert", "warn")
    REFUSED = (C_("energy file", "Cannot be imported"), "circle-alert", "bad")

    @property
    def words(self) -> Msg:
        """What it is called."""
        return self.value[0]


@dataclass(frozen=True, slots=True)
class Shown:
    """One line of the list."""

    id: int
    name: str
    state: State


def _file(one: Shown) -> Cell:
    _words, icon, ink = one.state.value
    return Cell(one.name, say(one.state.words), role="sec", icon=icon, ink=ink)


FILES = Table((Column("file", C_("energy", "File"), cell=_file),))
