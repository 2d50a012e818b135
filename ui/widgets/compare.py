"""Field by field: what stands in a record now and what a form would write."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QGridLayout, QWidget

from ui import theme
from ui.text import C_, N_, Msg
from ui.widgets.forms import Dialog
from ui.widgets.painted import Segment
from ui.widgets.parts import Align, Label, rule, scrolled

WIDTH, HIGH = 760, 420
CUT = 600  # characters of a value; the whole text stands in the form


@dataclass(frozen=True, slots=True)
class Line:
    """One field: what stands now, what was typed; `own` begins with the latter.

    A `fixed` line is not chosen: it goes with the record as a whole.
    """

    key: str
    label: str
    theirs: str
    mine: str
    own: bool = True
    fixed: bool = False


class Compare(Dialog):
    """Choose for each field; `decided` gets the keys of those that stay as they stand."""

    drafts = False

    def __init__(
        self,
        parent: QWidget,
        lines: list[Line],
        decided: Callable[[set[str]], object],
        told: Msg,
        *,
        button: Msg,
        **values: object,
    ) -> None:
        self.lines, self.decided = lines, decided
        self.choices: dict[str, Segment] = {}
        inside = QWidget()
        self._lay(inside)
        self.pane = scrolled(inside)
        high = inside.sizeHint().height()
        width = theme.px(WIDTH) - 60
        if inside.layout().hasHeightForWidth():
            high = inside.layout().totalHeightForWidth(width)
        self.pane.setMinimumHeight(min(high + 4, theme.px(HIGH)))
        super().__init__(
            parent,
            N_("Compare field by field"),
            Label(told, "sec", wrap=True, **values),
            (self.pane, 1),
            button=button,
            width=WIDTH,
        )

    def _lay(self, inside: QWidget) -> None:
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, 8, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        for n, word in enumerate(
            (C_("compare", "Field"), N_("Stands now"), N_("Yours"), N_("Keep"))
        ):
            grid.addWidget(Label(word, "capb"), 0, n)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        for n, line in enumerate(self.lines):
            at = 2 * n + 1
            grid.addWidget(rule(), at, 0, 1, 4)
            grid.addWidget(
                Label(line.label, "secb", wrap=True).wide(130), at + 1, 0, Align.AlignTop
            )
            grid.addWidget(Label(_short(line.theirs), "sec", wrap=True), at + 1, 1, Align.AlignTop)
            grid.addWidget(Label(_short(line.mine), "sec", wrap=True), at + 1, 2, Align.AlignTop)
            if line.fixed:
                words = N_("goes with the save")
                grid.addWidget(Label(words, "cap", wrap=True).wide(120), at + 1, 3, Align.AlignTop)
                continue
            parts = (C_("compare", "As it stands"), C_("compare", "Mine"))
            choice = Segment(parts, int(line.own), line.label)
            self.choices[line.key] = choice
            grid.addWidget(choice, at + 1, 3, Align.AlignTop)

    def confirm(self) -> None:
        theirs = {key for key, choice in self.choices.items() if choice.current() == 0}
        self.accept()
        self.decided(theirs)


def _short(text: str) -> str:
    return text if len(text) <= CUT else text[:CUT] + "…"
