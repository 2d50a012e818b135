"""The mix of one body or consultation in one respect: as bars, as lines of a table, as figures."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter

from gwangju_desktop.members import inclusion
from gwangju_desktop.members.inclusion import DIMENSIONS, HIDDEN
from ui import theme
from ui.models.rows import Cell, Column, Table
from ui.text import C_, N_, NN_, say
from ui.widgets.painted import Painted
from ui.widgets.parts import Align, Label, column, row, rule

LINE = 28  # px of a bar's line
LABEL_SHARE, LABEL_MOST, NUMBER_WIDTH = 0.34, 180, 92
INKS = {
    inclusion.SECTOR: "d1",
    inclusion.GENDER: "d2",
    inclusion.AGE: "d3",
    inclusion.DISABILITY: "dGrey",
}


def number(people: int | None) -> str:
    """Return a count, or the mark of a hidden one."""
    return HIDDEN if people is None else f"{people:,}"


def share(people: int | None, total: int | None) -> str:
    """Return a count's share of the total; hidden where one of the two is."""
    if people is None or not total:
        return HIDDEN
    return f"{people / total:.1%}"


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the table view."""

    label: str
    people: int | None
    total: int | None


LINES = Table(
    columns=(
        Column("label", C_("mix", "Group"), cell=lambda r: Cell(r.label)),
        Column("people", C_("mix", "People"), 100, "right", cell=lambda r: Cell(number(r.people))),
        Column(
            "share", C_("mix", "Share"), 100, "right", cell=lambda r: Cell(share(r.people, r.total))
        ),
    )
)


class SplitBars(Painted):
    """One respect of a mix as bars; a hidden group is a hatched stub with a star."""

    def __init__(self) -> None:
        self.split = None
        super().__init__(LINE)

    def show_split(self, split) -> None:
        """Show a Split."""
        self.split = split
        self._height = LINE * max(1, len(split.parts))
        self.dress()
        self.renew()

    def _words(self) -> list[tuple[str, str]]:
        total = self.split.total
        return [
            (say(part.label, **part.values), self._figure(part.people, total))
            for part in self.split.parts
        ]

    def _figure(self, people: int | None, total: int | None) -> str:
        if people is None:
            return HIDDEN
        if not total:
            return number(people)
        return f"{number(people)} · {share(people, total)}"

    def sentence(self) -> str:
        if self.split is None:
            return ""
        return ", ".join(f"{label} {figure}" for label, figure in self._words())

    def draw(self, painter: QPainter, area: QRectF) -> None:
        if self.split is None:
            return
        line, figures = theme.px(LINE), theme.px(NUMBER_WIDTH)
        labels = min(area.width() * LABEL_SHARE, theme.px(LABEL_MOST))
        room = max(20.0, area.width() - labels - figures - 16)
        whole = self.split.total or 1
        for n, (part, (label, figure)) in enumerate(
            zip(self.split.parts, self._words(), strict=True)
        ):
            top = n * line
            painter.setFont(theme.font("sec"))
            painter.setPen(theme.color("text2"))
            short = painter.fontMetrics().elidedText(
                label, Qt.TextElideMode.ElideRight, int(labels - 8)
            )
            painter.drawText(QRectF(0, top, labels, line), Align.AlignVCenter, short)
            bar = QRectF(labels, top + line / 2 - theme.px(6), room, theme.px(12))
            painter.fillRect(bar, theme.color("track"))
            if part.people is None:
                bar.setWidth(theme.px(24))
                painter.fillRect(bar, Qt.BrushStyle.BDiagPattern)
            else:
                bar.setWidth(room * part.people / whole)
                painter.fillRect(bar, theme.color(INKS[self.split.dimension]))
            painter.setFont(theme.font("secb"))
            painter.setPen(theme.color("text3" if part.people is None else "text"))
            place = QRectF(area.width() - figures, top, figures, line)
            painter.drawText(place, Align.AlignRight | Align.AlignVCenter, figure)


class SplitCard:
    """The bars of one respect under its name and total."""

    def __init__(self, dimension: str) -> None:
        self.dimension = dimension
        self.title, self.total = Label(DIMENSIONS[dimension], "h3"), Label("", "cap")
        self.bars = SplitBars()
        self.widget = column(
            row(self.title, None, self.total), self.bars, rule(), gap=8, margins=(0, 0, 0, 10)
        )

    def show_split(self, split) -> None:
        """Show a Split, or nothing where there is none."""
        self.widget.setVisible(split is not None)
        if split is None:
            return
        if split.total is None:
            self.total.say(N_("Total hidden"))
        else:
            self.total.say(NN_("{n} person in all", "{n} people in all"), n=split.total)
        self.bars.show_split(split)
