"""What was bound and what to look at before it goes out."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QWidget

from gwangju_desktop.text import LANGUAGES
from ui import theme
from ui.text import C_, N_, NN_
from ui.widgets.page import pair
from ui.widgets.painted import Chip, Segment
from ui.widgets.parts import Align, Button, Icon, Label, column, row, rule, scrolled

WIDTH = 232
MEGABYTE = 1024 * 1024
SHORT = 12  # letters of a digest that are shown


class Line(QWidget):
    """One line of the check: an icon, the sentence, and the page it is about."""

    wanted = Signal(int)

    def __init__(self, check) -> None:
        super().__init__()
        self.check = check
        icon, ink = ("circle-check", "ok") if check.fine else ("circle-alert", "warn")
        self.words = Label(check.message, "sec", wrap=True, **check.values)
        said = row((column(2, Icon(icon, ink), gap=0), Align.AlignTop), (self.words, 1), gap=8)
        parts = [said]
        if check.page is not None:
            self.link = Button(N_("Go to page {page}"), "link", slot=self.on_link, page=check.page)
            # Its own padding brings its words under the sentence.
            parts.append(row(theme.px(16) + 3, self.link, None, gap=0))
        column(*parts, gap=0, into=self)

    def on_link(self) -> None:
        self.wanted.emit(self.check.page)


class Facts(QFrame):
    """The right pane."""

    wanted = Signal(int)  # a page, counted from 1
    spoken = Signal(str)  # the pack's language

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("inspector")
        self.sha256 = ""
        self.lines: list[Line] = []
        self.language = Segment(
            (C_("pack", "Korean"), C_("pack", "English")), 0, N_("Language of the pack")
        )
        self.language.chosen.connect(self.on_language)
        self.pages, self.size, self.made = (Label("", "sec", "text") for _n in range(3))
        self.papers = Label("", "sec", "text")
        self.digest = Label("", "sec", "text")
        self.copy_button = Button(
            "", "link", "copy", name=N_("Copy digest (SHA-256)"), slot=self.on_copy, size=14
        )
        self.count = Chip()
        self.checks = column(gap=10)
        self.bound = column(
            Label(N_("Pack"), "h3"),
            self._pair(C_("pack facts", "Pages"), self.pages),
            self._pair(C_("pack facts", "Papers"), self.papers),
            self._pair(C_("pack facts", "File size"), self.size),
            self._pair(C_("pack facts", "Made"), self.made),
            self._digest(),
            4,
            rule(),
            4,
            row(Label(N_("Before it goes out"), "h3"), self.count, None),
            self.checks,
            gap=8,
        )
        self.bound.hide()
        inside = column(
            Label(N_("Language of the pack"), "h3"),
            row(self.language, None),
            4,
            rule(),
            4,
            self.bound,
            None,
            margins=(16, 14, 14, 14),
            gap=8,
        )
        column((scrolled(inside), 1), gap=0, into=self)
        self.dress()

    def _pair(self, what, value: QWidget) -> QWidget:
        return pair(Label(what, "cap"), value, 64)

    def _digest(self) -> QWidget:
        what = Label(C_("pack facts", "Digest"), "cap").wide(64)
        return row(what, self.digest, self.copy_button, None)

    def dress(self) -> None:
        self.setFixedWidth(theme.px(WIDTH))

    def speak(self, language: str) -> None:
        """Mark the pack's language."""
        self.language.choose(LANGUAGES.index(language))

    def on_language(self, n: int) -> None:
        self.spoken.emit(LANGUAGES[n])

    def show_nothing(self) -> None:
        """Show nothing of a pack: there is none yet."""
        self.bound.hide()

    def show_pack(self, facts, size: int, made: dt.datetime, checks) -> None:
        """Show the facts of a bound pack and what to look at."""
        papers = [entry for entry in facts.entries if entry.level > 1]
        left = sum(entry.trouble is not None for entry in papers)
        self.sha256 = facts.sha256
        self.pages.say(NN_("{n} page", "{n} pages"), n=facts.pages)
        if papers:
            self.papers.say(N_("{n} attached"), n=len(papers) - left)
        else:
            self.papers.say(C_("pack facts", "None"))
        if size < MEGABYTE:
            self.size.say(N_("{size} KB"), size=f"{max(1, round(size / 1024)):,}")
        else:
            self.size.say(N_("{size} MB"), size=f"{size / MEGABYTE:,.1f}")
        self.made.say(f"{made:%H:%M}")
        self.digest.say(facts.sha256[:SHORT])
        self.digest.setToolTip(facts.sha256)
        self._show_checks(checks)
        self.bound.show()

    def _show_checks(self, checks) -> None:
        layout = self.checks.layout()
        while layout.count():
            old = layout.takeAt(0).widget()
            old.hide()
            old.deleteLater()
        self.lines = [Line(check) for check in checks]
        for line in self.lines:
            line.wanted.connect(self.wanted)
            layout.addWidget(line)
        faults = sum(not check.fine for check in checks)
        if faults:
            self.count.say(NN_("{n} finding", "{n} findings"), "warn", n=faults)
        else:
            self.count.say(N_("Nothing to look at"), "ok", "check")

    def on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.sha256)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            QTimer.singleShot(0, self.dress)
        super().changeEvent(event)
