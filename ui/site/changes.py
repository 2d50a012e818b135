"""What publishing would do: pages that appear, change and disappear, by their titles."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtWidgets import QFrame

from ui.models.rows import Cell, Column, Group, RowTable, Table
from ui.text import C_, N_, NN_, say
from ui.widgets.lists import RowList
from ui.widgets.parts import Label, column, row


@dataclass(frozen=True, slots=True)
class Line:
    """A page of the site that publishing touches."""

    id: int
    address: str
    title: str


LINES = Table(
    columns=(
        Column("title", C_("site page", "Page"), cell=lambda one: Cell(one.title, role="secb")),
        Column("address", C_("site page", "Address"), 260, cell=lambda one: Cell(one.address)),
    ),
)


class ChangesPane(QFrame):
    """The list of pages by what happens to them, under one line of sums."""

    def __init__(self, page) -> None:
        super().__init__()
        self.report = None
        self.sums = Label("", "sec", wrap=True)
        self.model = page.table(RowTable(LINES))
        self.list = RowList(self.model, N_("What would change"), height=34)
        column(
            row((self.sums, 1), margins=(28, 8, 24, 8)),
            (row(self.list, margins=(20, 0, 16, 8)), 1),
            gap=0,
            into=self,
        )

    def show_report(self, report) -> None:
        """Show what publishing would do."""
        self.report = report
        self._fill()

    def _fill(self) -> None:
        report = self.report
        if report.nothing:
            self.sums.say(
                NN_(
                    "The folder holds this very site: {n:,} file, nothing to publish.",
                    "The folder holds this very site: {n:,} files, nothing to publish.",
                ),
                n=report.unchanged,
            )
        else:
            self.sums.say(
                N_("{written} files to write, {removed} to remove, {unchanged} stay as they are."),
                written=f"{len(report.written):,}",
                removed=f"{len(report.removed):,}",
                unchanged=f"{report.unchanged:,}",
            )
        self.model.show(_lines(report))

    def changeEvent(self, event) -> None:
        super().changeEvent(event)
        if event.type() == event.Type.LanguageChange and self.report is not None:
            self._fill()


def _lines(report) -> Iterator[Line | Group]:
    n = 0
    for head, pages in (
        (C_("site page", "Appear"), report.appear),
        (C_("site page", "Change"), report.change),
        (C_("site page", "Disappear"), report.disappear),
    ):
        if pages:
            yield Group(say(head), f"{len(pages):,}")
        for address, title in pages.items():
            n += 1
            yield Line(n, address, title)
