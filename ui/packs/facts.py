"""The right pane: for whom the pack is, how its paper runs, what to look at, what went out."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QWidget

from db.vocab import Dividers, Edition, Sides
from gwangju_desktop.text import LANGUAGES
from ui import theme
from ui.packs.findings import Findings
from ui.packs.history import History
from ui.packs.words import DIVIDERS, EDITIONS
from ui.text import C_, N_, NN_
from ui.widgets.forms import Check, Choice
from ui.widgets.page import pair
from ui.widgets.painted import Segment
from ui.widgets.parts import Button, Label, Policy, column, row, rule, scrolled

WIDTH = 264
MEGABYTE = 1024 * 1024
SHORT = 12  # letters of a digest that are shown


class Facts(QFrame):
    """The right pane; it says what a person chose and never acts by itself."""

    wanted = Signal(int)  # a page, counted from 1
    mended = Signal(int, str)  # a record to go to, and its table
    spoken = Signal(str)  # the pack's language
    chosen = Signal(object)  # an Edition
    greyed = Signal(bool)  # pages in black and white
    planned = Signal(object)  # {sides or dividers: value}
    abbreviated = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("inspector")
        self.sha256 = ""
        self.findings = Findings()
        self.findings.wanted.connect(self.wanted)
        self.findings.mended.connect(self.mended)
        self.history = History()
        self._make_choices()
        self.checked = column(self.findings, 4, rule(), 4, gap=8)
        inside = column(
            Label(C_("pack", "Edition"), "h3"),
            self.edition,
            row(self.language, None),
            4,
            Label(C_("pack sheets", "Paper"), "h3"),
            Label(N_("A4, both sides, turned over the long edge"), "cap"),
            self.sides,
            self.grey,
            self.plan,
            4,
            rule(),
            4,
            self.checked,
            self.history,
            self._bound(),
            None,
            margins=(16, 14, 14, 14),
            gap=8,
        )
        column((scrolled(inside), 1), gap=0, into=self)
        self.dress()
        self.show_nothing()

    def _make_choices(self) -> None:
        self.dividers = Choice(DIVIDERS, N_("Dividers"))
        self.dividers.activated.connect(self.on_dividers)
        self.edition = Choice(EDITIONS, N_("Edition of the pack"))
        self.edition.currentIndexChanged.connect(self.on_edition)
        # As wide as the pane: the longest name may be cut in large letters, its list is not.
        for choice in (self.edition, self.dividers):
            choice.setSizePolicy(Policy.Ignored, Policy.Fixed)
        self.language = Segment(
            (C_("pack", "Korean"), C_("pack", "English")), 0, N_("Language of the pack")
        )
        self.language.chosen.connect(self.on_language)
        self.sides = Check(N_("Items begin on a right-hand page"))
        self.sides.clicked.connect(self.on_sides)
        self.grey = Check(N_("Show in black and white"))
        self.grey.toggled.connect(self.greyed)
        self.short = Button(N_("Abbreviations…"), "link", slot=self.abbreviated)
        self.plan = column(
            row(Label(N_("Dividers"), "sec"), (self.dividers, 1)),
            row(Label(N_("Abbreviations"), "sec"), self.short, None, gap=2),
            gap=6,
        )

    def _bound(self) -> QWidget:
        """Return the facts of the file that is shown."""
        self.pages, self.size, self.made = (Label("", "sec", "text") for _n in range(3))
        self.papers = Label("", "sec", "text")
        self.digest = Label("", "sec", "text")
        self.copy_button = Button(
            "", "link", "copy", name=N_("Copy digest (SHA-256)"), slot=self.on_copy, size=14
        )
        what = Label(C_("pack facts", "Digest"), "cap").wide(64)
        self.bound = column(
            4,
            rule(),
            4,
            Label(N_("Pack"), "h3"),
            self._pair(C_("pack facts", "Pages"), self.pages),
            self._pair(C_("pack facts", "Papers"), self.papers),
            self._pair(C_("pack facts", "File size"), self.size),
            self._pair(C_("pack facts", "Made"), self.made),
            row(what, self.digest, self.copy_button, None),
            gap=8,
        )
        return self.bound

    def _pair(self, what, value: QWidget) -> QWidget:
        return pair(Label(what, "cap"), value, 64)

    def dress(self) -> None:
        self.setFixedWidth(theme.px(WIDTH))

    # --- what is chosen
    def speak(self, language: str) -> None:
        """Mark the pack's language."""
        self.language.choose(LANGUAGES.index(language))

    def choose(self, edition: Edition) -> None:
        """Mark the edition that is shown."""
        self.edition.blockSignals(True)
        self.edition.choose(edition)
        self.edition.blockSignals(False)

    def show_plan(self, plan, *, changeable: bool) -> None:
        """Show how the pack is put together; None is a meeting's whose plan is not read yet."""
        self.sides.blockSignals(True)
        self.sides.setChecked(plan is None or plan.sides == Sides.RIGHT_HAND)
        self.sides.blockSignals(False)
        self.dividers.choose(Dividers.NONE if plan is None else Dividers(plan.dividers))
        lines = len(plan.abbreviations.split("\n")) if plan and plan.abbreviations else 0
        if lines:
            self.short.say(NN_("{n} line…", "{n} lines…"), n=lines)
        else:
            self.short.say(C_("abbreviations", "Write…"))
        for part in (self.sides, self.plan):
            part.setVisible(changeable)

    def on_language(self, n: int) -> None:
        self.spoken.emit(LANGUAGES[n])

    def on_edition(self, _n: int) -> None:
        self.chosen.emit(self.edition.value())

    def on_sides(self, right: bool) -> None:
        sides = Sides.RIGHT_HAND if right else Sides.RUNNING
        self.planned.emit({"sides": sides.value})

    def on_dividers(self, _n: int) -> None:
        self.planned.emit({"dividers": self.dividers.value().value})

    # --- the file
    def show_nothing(self) -> None:
        """Show nothing of a pack: there is none yet."""
        self.bound.hide()
        self.checked.hide()

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
        self.findings.show_checks(checks)
        self.checked.setVisible(bool(checks))
        self.bound.show()

    def on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.sha256)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            QTimer.singleShot(0, self, self.dress)
        super().changeEvent(event)
