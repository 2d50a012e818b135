"""What narrows the list of proposals beside stage and words."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from gwangju_desktop.members.inclusion import SECTORS
from gwangju_desktop.proposals import listing, offered
from gwangju_desktop.proposals.words import CHANNELS
from ui.text import C_, N_
from ui.widgets.forms import Check, Choice
from ui.widgets.parts import Button, column, row

ANY = ""
NARROWEST = 96  # px of a choice: the longest name must not widen the page


def known(read):
    """Return what forms offer, the departments in charge, and the years of receipt there are."""
    return offered.offered(read), listing.options(read, column="department"), listing.years(read)


class FilterBar(QWidget):
    """Choices in two lines, opened by a button; `changed` when one was made."""

    changed = Signal()

    def __init__(self, desk) -> None:
        super().__init__()
        self.desk = desk
        self.choices = {
            "department": Choice([(ANY, N_("Any department"))], N_("Department in charge")),
            "field": Choice([(ANY, C_("filter", "Any field"))], C_("proposal", "Field")),
            "district": Choice([(ANY, N_("Any district"))], N_("District")),
            "sector": Choice([(ANY, N_("Any sector")), *SECTORS.items()], N_("Sector")),
            "channel": Choice([(ANY, N_("Any channel")), *CHANNELS.items()], N_("Channel")),
            "year": Choice([(ANY, N_("Any year"))], N_("Year of receipt")),
        }
        self.overdue = Check(N_("Over due only"))
        self.clear = Button(N_("Clear"), "link", slot=self.on_clear)
        for choice in self.choices.values():
            choice.setMinimumWidth(NARROWEST)
            choice.currentIndexChanged.connect(self.on_chosen)
        self.overdue.toggled.connect(self.on_chosen)
        first, second = list(self.choices.values())[:3], list(self.choices.values())[3:]
        column(
            row(*((one, 1) for one in first), gap=6),
            row(*((one, 1) for one in second), self.overdue, self.clear, gap=6),
            margins=(28, 0, 24, 8),
            gap=6,
            into=self,
        )

    def look(self) -> None:
        """Ask what there is to choose from."""
        self.desk.read(known, then=self.on_known)

    def on_known(self, found) -> None:
        given, departments, years = found
        options = {
            "department": [(name, name) for name in departments],
            "field": list(given.fields),
            "district": list(given.districts),
            "year": [(year, str(year)) for year in years],
        }
        for key, values in options.items():
            choice = self.choices[key]
            choice.show_options([choice.options[0], *values], choice.value())

    def asked(self) -> dict:
        """Return the conditions chosen."""
        values = {key: choice.value() for key, choice in self.choices.items()}
        if self.overdue.isChecked():
            values["overdue"] = True
        return {key: value for key, value in values.items() if value not in (ANY, None)}

    def put(self, asked: dict) -> None:
        """Show conditions without telling anyone."""
        for widget in (*self.choices.values(), self.overdue):
            widget.blockSignals(True)
        for key, choice in self.choices.items():
            value = asked.get(key, ANY)
            if value not in [held for held, _message in choice.options]:
                choice.show_options([*choice.options, (value, str(value))], value)
            choice.choose(value)
        self.overdue.setChecked(bool(asked.get("overdue")))
        for widget in (*self.choices.values(), self.overdue):
            widget.blockSignals(False)

    def on_chosen(self, _value) -> None:
        self.changed.emit()

    def on_clear(self) -> None:
        self.put({})
        self.changed.emit()
