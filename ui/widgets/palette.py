"""Ctrl+K: one overlay for screens, commands and records."""

from __future__ import annotations

import re
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPropertyAnimation, Qt, Signal
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QGraphicsOpacityEffect, QWidget

from ui import theme
from ui.actions import BACK_ROOMS, ROOMS, Action, digit
from ui.models.rows import Cell, Column, Group, RowTable, Table
from ui.text import C_, LANGUAGES, N_, Msg, matches, say, words
from ui.widgets.forms import Field
from ui.widgets.lists import RowList
from ui.widgets.palette_filters import FilterRow
from ui.widgets.parts import Icon, KeyCap, Label, column, frame, row, rule

WIDTH, HEIGHT, TOP = 680, 516, 84
FADE_MS = 120
RECORDS_SHOWN = 20
LINK = re.compile(r"gwangju://(\w+)(?:/(\w+)/(\d+))?")
Key = Qt.Key

# table of a found record -> (group, kind, icon)
KINDS = {
    "meeting": (N_("Meetings and agenda items"), N_("Meeting"), "calendar-days"),
    "agenda_item": (N_("Meetings and agenda items"), N_("Agenda item"), "calendar-days"),
    "minutes": (N_("Meetings and agenda items"), C_("palette", "Minutes"), "file-text"),
    "action": (N_("Meetings and agenda items"), C_("palette", "Action"), "circle-check"),
    "outgoing": (N_("Outgoing documents"), C_("palette", "Document"), "file-down"),
    "pack": (N_("Papers"), C_("palette", "Pack"), "book-open"),
    "paper": (N_("Papers"), N_("Paper"), "file-text"),
    "proposal": (N_("Citizen proposals"), C_("palette", "Proposal"), "message-square-text"),
    "poll": (N_("Polls"), C_("palette", "Poll"), "chart-bar"),
    "poll_wave": (N_("Polls"), C_("palette", "Wave"), "chart-bar"),
    "poll_question": (N_("Polls"), C_("palette", "Question"), "chart-bar"),
    "poll_tag": (N_("Polls"), C_("palette", "Tag"), "chart-bar"),
    "poll_finding": (N_("Polls"), C_("palette", "Finding"), "chart-bar"),
    "action_plan": (N_("OGP commitments"), C_("palette", "Plan"), "milestone"),
    "commitment": (N_("OGP commitments"), C_("palette", "Commitment"), "milestone"),
    "milestone": (N_("OGP commitments"), C_("palette", "Milestone"), "milestone"),
    "evidence": (N_("OGP commitments"), C_("palette", "Evidence"), "paperclip"),
    "review": (N_("OGP commitments"), C_("palette", "Review"), "milestone"),
    "review_finding": (N_("OGP commitments"), C_("english", "Finding"), "milestone"),
    "publication": (N_("OGP commitments"), C_("palette", "Publication"), "milestone"),
    "person": (N_("Members and bodies"), N_("Member"), "users"),
    "body": (N_("Members and bodies"), N_("Body"), "building-2"),
    "post": (N_("Members and bodies"), N_("Post"), "users"),
    "organisation": (N_("Members and bodies"), N_("Organisation"), "building-2"),
    "indicator": (N_("Energy indicators"), N_("Indicator"), "zap"),
    "dataset": (N_("Energy indicators"), N_("Dataset"), "file-spreadsheet"),
    "factor": (N_("Energy indicators"), N_("Factor"), "sliders-horizontal"),
    "file_text": (N_("What files say"), C_("palette", "In a file"), "file-text"),
    "annotation": (N_("Energy indicators"), N_("Annotation"), "message-square-text"),
}


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing the palette can open: `target` is ("room" | "action" | "record", …)."""

    icon: str
    title: str
    kind: Msg
    target: tuple
    sub: str = ""
    note: str = ""

    @property
    def height(self) -> int:
        """Return the row's height."""
        return 44 if self.sub else 36


HITS = Table(
    (
        Column(
            "title",
            N_("Title"),
            cell=lambda hit: Cell(say(hit.title), hit.sub, icon=hit.icon, role="secb"),
        ),
        Column("kind", N_("Kind"), 96, "right", cell=lambda hit: Cell(say(hit.kind), role="cap")),
        Column("note", N_("Key or date"), 90, "right", cell=lambda h: Cell(h.note, role="cap")),
    )
)


class Palette(QWidget):
    """The overlay; the window decides what opening a target means.

    `find(read, *, words, limit, filters)` returns rows as `gwangju_desktop.search_records.Found`,
    `bodies(read)` pairs of id and name to narrow by.
    """

    opened = Signal(tuple, bool)  # target, and whether only a preview is wanted

    def __init__(self, window, find=None, bodies=None) -> None:
        super().__init__(window)
        self.find, self.bodies, self.desk = find, bodies, None
        self.words = ""
        self.records: list = []
        self.before: QWidget | None = None
        self.ground = QPixmap()
        self.actions_shown: list[tuple[Action, str]] = []
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.box = frame("palette")
        self.box.setParent(self)
        self.field = Field(N_("Search screens, commands and records"), role="h2")
        self.field.setObjectName("big")
        self.field.typing.connect(self.on_typing)
        self.field.installEventFilter(self)
        self.list = RowList(RowTable(HITS), N_("Results"), height=44, header=False)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.opened.connect(self.on_open)
        self.list.clicked.connect(self.on_open)
        self.filters = FilterRow(KINDS)
        self.filters.changed.connect(self.on_narrowed)
        self.nothing = Label("", "sec", "text3")
        self.nothing.setContentsMargins(8, 12, 8, 12)
        self._lay_out()
        self._fade = self._make_fade()
        self.hide()

    def _lay_out(self) -> None:
        keys = row(
            *(KeyCap("↑"), KeyCap("↓"), Label(N_("Move"), "cap"), 8),
            *(KeyCap("Enter"), Label(N_("Open"), "cap"), 8),
            *(KeyCap("Ctrl Enter"), Label(N_("Preview"), "cap"), None),
            Label(N_("Initial consonants work: ㅇㄴㅈ"), "cap"),
            margins=(20, 8, 16, 10),
            gap=6,
        )
        asked = row(
            Icon("search", "text3", 20),
            (self.field, 1),
            KeyCap("Esc"),
            margins=(20, 0, 16, 0),
            gap=12,
        )
        found = column(self.nothing, (self.list, 1), gap=0)
        middle = row(found, margins=(10, 2, 10, 0))
        column(asked, rule(), self.filters, (middle, 1), rule(), keys, gap=0, into=self.box)

    def _make_fade(self) -> QPropertyAnimation:
        self._effect = QGraphicsOpacityEffect(self.box)
        self._effect.setEnabled(False)
        self.box.setGraphicsEffect(self._effect)
        fade = QPropertyAnimation(self._effect, b"opacity", self)
        fade.setDuration(FADE_MS)
        fade.setStartValue(0.0)
        fade.setEndValue(1.0)
        # The effect paints through a pixmap: off as soon as it is done.
        fade.finished.connect(self.on_faded)
        return fade

    def on_faded(self) -> None:
        self._effect.setEnabled(False)

    def open(self, actions: list[tuple[Action, str]], desk) -> None:
        """Come up with these (action, title) pairs on offer."""
        window = self.window()
        self.before, self.desk, self.actions_shown = window.focusWidget(), desk, actions
        self.ground = window.grab()
        self.setGeometry(window.rect())
        self.records = []
        self.field.blockSignals(True)
        self.field.clear()
        self.field.blockSignals(False)
        self.words = ""
        self.filters.clear()
        self.filters.setVisible(desk is not None and desk.store is not None)
        if self.bodies is not None and self.filters.isVisibleTo(self):
            desk.read(self.bodies, then=self.filters.offer)
        self.fill()
        if QApplication.isEffectEnabled(Qt.UIEffect.UI_General):
            self._effect.setEnabled(True)
            self._fade.start()
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def close(self) -> None:
        """Go away and give the focus back."""
        self.hide()
        self.ground = QPixmap()
        if self.before is not None:
            self.before.setFocus(Qt.FocusReason.OtherFocusReason)
            self.before = None

    # --- what is found
    def on_typing(self, words: str) -> None:
        self.words = words.strip()
        if not self.words:
            self.records = []
        self.fill()
        self._ask()

    def on_narrowed(self) -> None:
        self.fill()
        self._ask()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask(self) -> None:
        ready = self.desk is not None and self.desk.store is not None
        if self.find is not None and ready and self.words:
            asked = {"words": self.words, "limit": RECORDS_SHOWN, "filters": self.filters.value()}
            self.desk.read(self.find, then=self.on_records, **asked)

    def on_records(self, records) -> None:
        self.records = list(records) if self.words else []
        self.fill()

    def fill(self) -> None:
        """Show what the words find, screens and commands first."""
        # Who narrows a search looks for a record.
        rows = [] if self.filters.value().narrow else self._places()
        rows += self._found()
        self.list.model().show(rows)
        self.nothing.setVisible(not rows)
        if not rows:
            self.nothing.say(N_("Nothing found for “{words}”."), words=self.words)
        first = next((n for n, hit in enumerate(rows) if isinstance(hit, Hit)), -1)
        if first >= 0:
            self.list.setCurrentIndex(self.list.model().index(first, 0))
            self.list.scrollToTop()

    def _places(self) -> list:
        link = LINK.fullmatch(self.words)
        if link and link[1] in {r.key for r in (*ROOMS, *BACK_ROOMS)}:
            target = ("room", link[1])
            if link[3]:
                target = ("record", link[1], int(link[3]), link[2])
            return [Group(N_("Go to")), Hit("link", self.words, N_("Link"), target)]
        ranked: list[tuple[int, Hit]] = []
        for n, place in enumerate((*ROOMS, *BACK_ROOMS)):
            fit = _fit(self.words, place.title)
            # A command of that name leads there too.
            if fit and place.key not in {action.key for action, _title in self.actions_shown}:
                hit = Hit(place.icon, place.title, N_("Screen"), ("room", place.key))
                ranked.append((fit, _noted(hit, f"Ctrl {digit(n)}" if digit(n) else "")))
        if self.words:
            for action, title in self.actions_shown:
                fit = max(_fit(self.words, action.title), matches(self.words, title))
                if fit:
                    kind, icon = C_("palette", "Command"), action.icon or "chevron-right"
                    hit = Hit(icon, title, kind, ("action", action.key))
                    ranked.append((fit, _noted(hit, action.keys.replace("+", " "))))
        ranked.sort(key=lambda pair: -pair[0])
        hits = [hit for _fit, hit in ranked]
        return [Group(N_("Go to")), *hits] if hits else []

    def _found(self) -> list:
        groups: dict[str, list[Hit]] = {}
        for record in self.records:
            known = KINDS.get(record.table)
            if known is None:
                continue
            title, kind, icon = known
            table, id = record.record
            target = ("record", record.page, id, table)
            sub = " · ".join(filter(None, (record.excerpt, record.detail)))
            note = say("{day:full}", day=record.day) if record.day else ""
            hit = Hit(icon, record.title, kind, target, sub, note)
            groups.setdefault(title, []).append(hit)
        rows: list = []
        for title, hits in groups.items():
            rows += [Group(title, len(hits)), *hits]
        return rows

    # --- keys and mouse
    def on_open(self, *_ignored) -> None:
        self._open_current(False)

    def _open_current(self, preview: bool) -> None:
        n = self.list.currentIndex().row()
        if n < 0:
            return
        hit = self.list.model().row(n)
        if isinstance(hit, Hit):
            self.close()
            self.opened.emit(hit.target, preview)

    def eventFilter(self, _watched, event) -> bool:
        if event.type() != QEvent.Type.KeyPress:
            return False
        key = event.key()
        if key == Key.Key_Escape:
            self.close()
        elif key in (Key.Key_Return, Key.Key_Enter):
            control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            self._open_current(bool(control))
        elif key in (Key.Key_Up, Key.Key_Down, Key.Key_PageUp, Key.Key_PageDown):
            self.list.keyPressEvent(event)
        elif key not in (Key.Key_Tab, Key.Key_Backtab):
            return False
        return True

    def keyPressEvent(self, event) -> None:
        if event.key() == Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event) -> None:
        if not self.box.geometry().contains(event.position().toPoint()):
            self.close()

    def resizeEvent(self, _event) -> None:
        width = min(theme.px(WIDTH), self.width() - 32)
        height = min(theme.px(HEIGHT), self.height() - 100)
        left, top = (self.width() - width) // 2, min(TOP, self.height() // 8)
        self.box.setGeometry(left, top, width, height)

    def paintEvent(self, event) -> None:
        painter = QPainter(self)
        painter.setClipRect(event.rect())
        # A picture of the window, so that a key repaints the list and not the page below it.
        painter.drawPixmap(0, 0, self.ground)
        painter.fillRect(event.rect(), theme.color("scrim", 0.42 if theme.mode == "light" else 0.6))


def _fit(asked: str, title: Msg) -> int:
    """Return how well a title answers in any language: people type the one their keys are on."""
    return max(matches(asked, words(language)(title)) for language in LANGUAGES)


def _noted(hit: Hit, note: str) -> Hit:
    return Hit(hit.icon, hit.title, hit.kind, hit.target, hit.sub, note)
