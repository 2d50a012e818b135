"""Across the window of an office that was handed over: who has it, and what can be done."""

from __future__ import annotations

from PySide6.QtCore import QObject

from gwangju_desktop.handover.state import Standing, State
from ui.handover import giving, taking
from ui.handover.giving import AgainDialog, BreakDialog
from ui.text import N_
from ui.widgets.parts import Button

TITLE = N_("The office file was handed over")


class Ribbon(QObject):
    """Speaks for one open office; it goes with its desk."""

    def __init__(self, shell) -> None:
        super().__init__(shell.desk)
        self.shell = shell
        self.told: State | None = None
        self._show(N_("{who}. Here it is only read until it comes back."))
        shell.desk.work(giving.look, title=N_("Looking who has the office file"), then=self.on_told)

    def _show(self, message: str, *buttons: Button, title: str = TITLE, bad: bool = False) -> None:
        who = self.shell.desk.store.away
        self.shell.show_ribbon(title, message, buttons=buttons, bad=bad, who=who)

    def on_told(self, told: State) -> None:
        """Say what was found beside the office, and offer what fits it."""
        self.told = told
        if told.standing is Standing.UNFINISHED:
            again = Button(N_("Write the file again…"), slot=self.on_again)
            other = (
                Button(N_("Keep the office here"), slot=self.on_stay)
                if told.reachable
                else Button(N_("Break off…"), slot=self.on_break)
            )
            cut = N_("{who}. The file was not written: write it again, or keep the office here?")
            self._show(cut, again, other, title=N_("A handover was cut off"), bad=True)
        elif told.standing is Standing.AWAY:
            take = Button(N_("Take over the file that came back…"), slot=self.on_take)
            end = Button(N_("Break off…"), slot=self.on_break)
            self._show(N_("{who}. Here it is only read until it comes back."), take, end)

    def on_take(self) -> None:
        taking.ask(self.shell)

    def on_again(self) -> None:
        AgainDialog(self.shell, self.told).open()

    def on_break(self) -> None:
        BreakDialog(self.shell, self.told).open()

    def on_stay(self) -> None:
        self.shell.desk.work(
            giving.stay, title=N_("Breaking off the handover"), then=self.on_stayed
        )

    def on_stayed(self, _value: object) -> None:
        self.shell.open_office(self.shell.where)
