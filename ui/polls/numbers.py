"""The figures of a number or a scale: mean, spread and middle, and how many they are of."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from gwangju_desktop.polls.table import Table
from ui.polls.shown import number
from ui.text import C_, Msg, say
from ui.widgets.parts import Label, row


class Numbers(QWidget):
    """A row of small figures, each named above; those a table does not have are left out."""

    NAMES: tuple[tuple[str, Msg], ...] = (
        ("n", C_("poll table", "Answered")),
        ("mean", C_("poll table", "Mean")),
        ("sd", C_("poll table", "Standard deviation")),
        ("median", C_("poll table", "Median")),
        ("quartiles", C_("poll figures", "Middle half")),
    )

    def __init__(self) -> None:
        super().__init__()
        self.figures = {key: (Label(name, "cap"), Label("", "figm")) for key, name in self.NAMES}
        self.groups = {
            key: row(name, 6, figure, gap=0) for key, (name, figure) in self.figures.items()
        }
        row(*self.groups.values(), None, margins=(8, 8, 0, 4), gap=28, into=self)

    def show_table(self, table: Table) -> None:
        """Show the figures of a table."""
        told = {key: value for key, value in figures(table).items() if value}
        for key, group in self.groups.items():
            group.setVisible(key in told)
            self.figures[key][1].say(told.get(key, ""))
        self.setVisible(table.mean is not None)
        self.setAccessibleName(
            ", ".join(f"{say(name)} {told[key]}" for key, name in self.NAMES if key in told)
        )


def figures(table: Table) -> dict[str, str]:
    """Return the figures of a table as they are written, "" for one it does not have."""
    quartiles = table.quartiles
    return {
        "n": number(table.base.answered) if table.base.answered is not None else "",
        "mean": _two(table.mean),
        "sd": _two(table.sd),
        "median": _short(table.median),
        "quartiles": f"{_short(quartiles[0])}–{_short(quartiles[1])}" if quartiles else "",
    }


def _two(value: float | None) -> str:
    return "" if value is None else f"{value:,.2f}"


def _short(value: float | None) -> str:
    return "" if value is None else f"{value:,.2f}".rstrip("0").rstrip(".")
