"""Shift+F1: the keys of the page in front."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QWidget

from ui.actions import ROOMS, WINDOW, declared, digit, room
from ui.text import C_, N_, Msg
from ui.widgets.forms import Dialog
from ui.widgets.parts import Align, KeyCap, Label, row, scrolled

# Keys of lists and panes, which are no actions.
LISTS: tuple[tuple[str, Msg], ...] = (
    ("↑ ↓ Home End", N_("Move in the list")),
    ("Enter", N_("Open or edit the row")),
    ("Space", N_("Show the row beside the list")),
    ("Alt+↑ Alt+↓", N_("Move the row up or down")),
    ("Ctrl+C", N_("Copy the chosen rows")),
    ("Ctrl+Enter", N_("Confirm the form")),
    ("Esc", N_("Close what lies over the page")),
)


class KeysDialog(Dialog):
    """What the keyboard can do here."""

    def __init__(self, parent: QWidget, key: str) -> None:
        here = [(a.keys, a.title) for a in declared(key)[0] if a.keys]
        everywhere = [(a.keys, a.title) for a in WINDOW if a.keys]
        everywhere.append((f"Ctrl+1 … {digit(len(ROOMS[:9]) - 1)}", N_("Go to a screen")))
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(5)
        for title, keys in (
            (room(key).title, here),
            (N_("Lists"), list(LISTS)),
            (N_("Everywhere"), everywhere),
        ):
            self._add(grid, title, keys)
        pane = scrolled(inside)
        pane.setMinimumHeight(360)
        super().__init__(parent, N_("Keys on this page"), pane, button=C_("dialog", "Close"))
        self.cancel_button.hide()

    def _add(self, grid: QGridLayout, title: Msg, keys: list[tuple[str, Msg]]) -> None:
        if not keys:
            return
        if grid.count():
            grid.setRowMinimumHeight(grid.rowCount(), 12)
        grid.addWidget(Label(title, "h3"), grid.rowCount() + 1, 0, 1, 2)
        for pressed, words in keys:
            n = grid.rowCount()
            caps = [KeyCap(part) for part in pressed.replace("+", " ").split()]
            grid.addWidget(row(*caps, None, gap=4), n, 0)
            grid.addWidget(Label(words, "sec", wrap=True), n, 1, Align.AlignVCenter)
        grid.setColumnStretch(1, 1)
