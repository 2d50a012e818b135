"""What a search of the palette is narrowed to: kind, body, days."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from gwangju_desktop import clock
from gwangju_desktop.search_found import Filters
from ui.text import C_, N_
from ui.widgets.fields import Choice
from ui.widgets.parts import row

ANY = None
YEAR, TWELVE, THIRTY, COMING = "year", "twelve", "thirty", "coming"
TIMES = (
    (ANY, C_("search", "Any time")),
    (COMING, N_("From today on")),
    (THIRTY, N_("The last 30 days")),
    (YEAR, N_("This year")),
    (TWELVE, N_("The last 12 months")),
)


def days(time: str | None, today: dt.date) -> tuple[dt.date | None, dt.date | None]:
    """Return the first and the last day of a choice of TIMES, None for open."""
    if time == COMING:
        return today, None
    if time == THIRTY:
        return today - dt.timedelta(days=30), today
    if time == TWELVE:
        return today - dt.timedelta(days=365), today
    if time == YEAR:
        return today.replace(month=1, day=1), today.replace(month=12, day=31)
    return None, None


class FilterRow(QWidget):
    """Three choices beside each other; `changed` on a person's choice."""

    changed = Signal()

    def __init__(self, kinds: dict[str, tuple]) -> None:
        super().__init__()
        groups: dict[str, tuple[str, ...]] = {}
        for table, (group, _kind, _icon) in kinds.items():
            groups[group] = (*groups.get(group, ()), table)
        offered = [((), C_("search", "All records"))]
        offered += [(tables, group) for group, tables in groups.items()]
        self.kind = Choice(offered, N_("Kind of record"), (), 190)
        self.body = Choice([(ANY, C_("search", "All bodies"))], N_("Body"), ANY, 190)
        self.time = Choice(TIMES, C_("search", "Days"), ANY, 150)
        for choice in (self.kind, self.body, self.time):
            choice.currentIndexChanged.connect(self.on_chosen)
        row(self.kind, self.body, self.time, None, margins=(20, 6, 16, 6), gap=8, into=self)

    def offer(self, bodies) -> None:
        """Offer these bodies, (id, name) each, and keep the chosen one where it is still there."""
        chosen = self.body.value()
        known = [ANY, *(id for id, _name in bodies)]
        options = [(ANY, C_("search", "All bodies")), *bodies]
        self.body.show_options(options, chosen if chosen in known else ANY)

    def clear(self) -> None:
        """Narrow nothing."""
        for choice, value in ((self.kind, ()), (self.body, ANY), (self.time, ANY)):
            choice.blockSignals(True)
            choice.choose(value)
            choice.blockSignals(False)

    def value(self) -> Filters:
        """Return what is chosen."""
        since, until = days(self.time.value(), clock.today())
        return Filters(self.kind.value(), self.body.value(), since, until)

    def on_chosen(self, _n: int) -> None:
        self.changed.emit()
