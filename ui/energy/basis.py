"""What figures are reckoned from: indicators, factors, targets, areas, annotations; one at a time."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import NamedTuple

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QStackedWidget, QWidget

from ui import theme
from ui.text import C_, N_, Msg
from ui.widgets.forms import Choice
from ui.widgets.page import Page
from ui.widgets.painted import Segment
from ui.widgets.parts import Label, column, row, rule


class Section(NamedTuple):
    """One part of the basis: `module` has `PANE`; `tables` are the records it opens."""

    key: str
    title: Msg
    module: str
    tables: tuple[str, ...] = ()


SECTIONS = (
    Section("indicators", C_("energy", "Indicators"), "ui.energy.basis_indicators", ("indicator",)),
    Section("factors", C_("energy", "Factors"), "ui.energy.basis_factors", ("factor",)),
    Section("results", C_("energy", "Results"), "ui.energy.basis_results", ("energy_result",)),
    Section("targets", C_("energy", "Targets"), "ui.energy.basis_targets", ("target",)),
    Section("areas", C_("energy", "Areas"), "ui.energy.basis_areas", ("area", "boundary")),
    Section(
        "annotations",
        C_("energy", "Annotations"),
        "ui.energy.basis_annotations",
        ("annotation",),
    ),
)


class Basis(Page):
    """The sections of the basis under one title; each is imported when it is first shown."""

    def __init__(self, desk) -> None:
        super().__init__(desk)
        self.parts = [part for part in SECTIONS if find_spec(part.module) is not None]
        self.built: dict[str, Page] = {}
        self.stack = QStackedWidget()
        titles = [part.title for part in self.parts]
        self.title = Label(C_("energy", "Basis of calculation"), "title")
        self.segment = Segment(titles, 0, N_("Section"))
        self.short = Choice(enumerate(titles), N_("Section"))
        column(
            row(self.title, 16, self.segment, self.short, None, margins=(28, 12, 24, 8), gap=0),
            rule(),
            (self.stack, 1),
            gap=0,
            into=self,
        )
        self.segment.chosen.connect(self.on_section)
        self.short.activated.connect(self.on_section)
        self.show_section(self.parts[0].key)

    def section(self, key: str) -> Page:
        """Return a section, importing and building it the first time."""
        if key not in self.built:
            module = next(part.module for part in self.parts if part.key == key)
            page = import_module(module).PANE(self.desk)
            page.basis = self
            page.wanted.connect(self.wanted)
            page.moved.connect(self.moved)
            self.built[key] = page
            self.stack.addWidget(page)
        return self.built[key]

    def show_section(self, key: str) -> Page:
        """Show a section and return it."""
        page = self.section(key)
        self.stack.setCurrentWidget(page)
        n = [part.key for part in self.parts].index(key)
        self.segment.choose(n)
        self.short.setCurrentIndex(n)
        return page

    @property
    def front(self) -> Page:
        """Return the section that is shown."""
        return self.stack.currentWidget()

    # --- what a page says of itself
    @property
    def settled(self) -> bool:
        return self.front.settled

    def open(self, id: int | None = None, table: str = "") -> None:
        """Show a record in the section that opens its table."""
        key = next((part.key for part in self.parts if table in part.tables), self.parts[0].key)
        page = self.show_section(key)
        if id is not None:
            page.open(id, table)

    def panes(self) -> list[QWidget]:
        """Return the stops of F6."""
        return [*self.front.panes(), self.short if self.short.isVisible() else self.segment]

    # --- slots
    def on_section(self, n: int) -> None:
        """Show the section chosen above."""
        self.show_section(self.parts[n].key)

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        self.fit()

    def changeEvent(self, event) -> None:
        super().changeEvent(event)
        if event.type() in (event.Type.LanguageChange, event.Type.StyleChange):
            # Not now: the words of the segment change after this.
            QTimer.singleShot(0, self, self.fit)

    def fit(self) -> None:
        """Turn the segment into a choice where there is no room for all its words."""
        room = self.width() - theme.px(72) - self.title.sizeHint().width()
        wide = self.segment.sizeHint().width() <= room
        self.segment.setVisible(wide)
        self.short.setVisible(not wide)


PANE = Basis
