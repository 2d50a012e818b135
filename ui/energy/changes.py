"""What importing a file would change: four counts, and the cells that differ."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from gwangju_desktop.energy.imports import Compared, Example
from gwangju_desktop.energy.scales import unit_words
from ui.energy.asking import exact
from ui.energy.item_words import item_words
from ui.energy.period_words import period_text
from ui.models.rows import Cell, Column, RowTable, Table
from ui.text import C_, N_, Msg, say
from ui.widgets.chart_scale import number
from ui.widgets.lists import RowList
from ui.widgets.parts import Label, column, row

COUNTS: dict[str, Msg] = {
    "new": N_("new figures"),
    "same": N_("same as held"),
    "revised": C_("energy", "revised"),
    "conflicting": N_("differ from another file"),
}
KINDS: dict[str, tuple[Msg, str]] = {
    "revised": (C_("energy change", "Revised"), "acc"),
    "conflicting": (C_("energy change", "Differs"), "warn"),
}


def _what(one: Example) -> Cell:
    item = f" · {item_words('', one.item)}" if one.item else ""
    return Cell(f"{one.indicator}{item}", role="sec")


def _kind(one: Example) -> Cell:
    words, tone = KINDS.get(one.kind, (Msg(one.kind), "neu"))
    return Cell(chip=say(words), tone=tone)


def _before(one: Example) -> Cell:
    return Cell("–" if one.before is None else exact(one.before), ink="text2")


def _after(one: Example) -> Cell:
    return Cell("–" if one.after is None else exact(one.after), role="secb")


CHANGED = Table(
    (
        Column("kind", Msg(""), 82, cell=_kind),
        Column("what", C_("energy", "Indicator"), cell=_what),
        Column("area", C_("energy", "Area"), 104, cell=lambda one: Cell(one.area)),
        Column(
            "period", C_("energy", "Period"), 84, cell=lambda o: Cell(str(period_text(o.period)))
        ),
        Column("before", C_("energy", "Held"), 92, "right", cell=_before),
        Column("after", C_("energy", "In the file"), 92, "right", cell=_after),
        Column("unit", C_("energy", "Unit"), 60, cell=lambda one: Cell(say(unit_words(one.unit)))),
    )
)


class Changes(QWidget):
    """Counts of new, same, revised and conflicting figures over the cells that differ."""

    def __init__(self) -> None:
        super().__init__()
        self.counts = {
            key: (Label("", "figm"), Label(words, "cap")) for key, words in COUNTS.items()
        }
        boxes = [column(value, words, gap=0) for value, words in self.counts.values()]
        self.heading = Label(N_("Cells that differ from what is held"), "secb")
        self.list = RowList(
            RowTable(CHANGED), N_("Cells that differ from what is held"), height=28, fit=True
        )
        column(
            row(*[part for box in boxes for part in (box, 20)], None, gap=6),
            self.heading,
            self.list,
            gap=6,
            into=self,
        )

    def show_compared(self, compared: Compared | None, names: dict[str, str]) -> None:
        """Show what was compared; hide where nothing could be."""
        self.setVisible(compared is not None)
        if compared is None:
            return
        for key, (value, words) in self.counts.items():
            n = getattr(compared, key)
            value.say(number(n))
            value.ink("warn" if key == "conflicting" and n else "text")
            words.say(COUNTS[key])
        rows = [
            replace(
                one,
                indicator=names.get(one.indicator, one.indicator),
                area=names.get(one.area, one.area),
            )
            for one in compared.examples
            if one.kind in KINDS
        ]
        self.list.model().show(rows)
        for part in (self.heading, self.list):
            part.setVisible(bool(rows))
