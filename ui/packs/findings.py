"""What to look at before a pack goes out, each with the way to where it can be seen or mended."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui import theme
from ui.text import N_, NN_
from ui.widgets.painted import Chip
from ui.widgets.parts import Align, Button, Icon, Label, column, row

FEW = 8  # findings shown at first: a window may not stand still for hundreds of lines
TEXT_AT = 19  # px a link's own padding and the icon before it bring its words under the sentence


class Line(QWidget):
    """One finding: an icon, the sentence, and links to its page and its record."""

    wanted = Signal(int)
    mended = Signal(int, str)

    def __init__(self, check) -> None:
        super().__init__()
        self.check = check
        icon, ink = ("circle-check", "ok") if check.fine else ("circle-alert", "warn")
        self.words = Label(check.message, "sec", wrap=True, **check.values)
        said = row((column(2, Icon(icon, ink), gap=0), Align.AlignTop), (self.words, 1), gap=8)
        self.links: list[Button] = []
        if check.page is not None:
            self.links.append(
                Button(N_("Go to page {page}"), "link", slot=self.on_link, page=check.page)
            )
        if check.record is not None:
            self.links.append(Button(N_("Mend it"), "link", slot=self.on_mend))
        parts = [said]
        if self.links:
            parts.append(row(theme.px(TEXT_AT), *self.links, None, gap=2))
        column(*parts, gap=0, into=self)

    def on_link(self) -> None:
        self.wanted.emit(self.check.page)

    def on_mend(self) -> None:
        self.mended.emit(*self.check.record)


class Findings(QWidget):
    """The check before a pack goes out: how many findings, and each of them."""

    wanted = Signal(int)  # a page
    mended = Signal(int, str)  # a record and its table

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[Line] = []
        self.checks: tuple = ()
        self._all = False
        self.count = Chip()
        self.box = column(gap=10)
        self.more = Button(N_("All {n}"), "link", slot=self.on_more, n=0)
        column(
            row(Label(N_("Before it goes out"), "h3"), self.count, None),
            self.box,
            row(self.more, None),
            gap=8,
            into=self,
        )

    def show_checks(self, checks) -> None:
        """Show what to look at, faults first as they come; of many only the first until asked."""
        self.checks, self._all = tuple(checks), False
        faults = sum(not check.fine for check in self.checks)
        if faults:
            self.count.say(NN_("{n} finding", "{n} findings"), "warn", n=faults)
        else:
            self.count.say(N_("Nothing to look at"), "ok", "check")
        self._fill()

    def _fill(self) -> None:
        layout = self.box.layout()
        while layout.count():
            old = layout.takeAt(0).widget()
            old.hide()
            old.deleteLater()
        shown = self.checks if self._all else self.checks[:FEW]
        self.lines = [Line(check) for check in shown]
        for line in self.lines:
            line.wanted.connect(self.wanted)
            line.mended.connect(self.mended)
            layout.addWidget(line)
        self.more.setVisible(len(shown) < len(self.checks))
        self.more.say(N_("All {n}"), n=len(self.checks))

    def on_more(self) -> None:
        """Show every finding."""
        self._all = True
        self._fill()
