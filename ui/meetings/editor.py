"""The Markdown editor of notes and minutes: bold, lists, time marks, members after "@"."""

from __future__ import annotations

import re

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QFont, QSyntaxHighlighter, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit

from db.vocab import Role
from gwangju_desktop import clock
from gwangju_desktop.meetings.notes import MARK
from gwangju_desktop.members.words import ROLES
from ui import theme
from ui.meetings.seats import affiliation
from ui.models.rows import Cell, Column, RowTable, Table
from ui.text import C_, matches, say
from ui.widgets.lists import RowList
from ui.widgets.parts import column, frame

SHOWN = 6
MEMBER = C_("minutes", "Member")
_HEADING = re.compile(r"#{1,4}\s.*")
_BOLD = re.compile(r"\*\*(?=\S)(.+?)\*\*")
_LIST = re.compile(r"(\s*)([-*•○]|(\d{1,3})([.)]))(\s+)(.*)")
_MENTION = re.compile(r"@(\S{0,12})$")

NAMES = Table(
    columns=(
        Column("name", C_("comings", "Name"), 110, cell=lambda s: Cell(s.name, role="secb")),
        Column("of", C_("comings", "Affiliation"), cell=lambda s: Cell(affiliation(s))),
    )
)


class Marks(QSyntaxHighlighter):
    """Show headings and bold words as such, the stars and time marks quietly."""

    def __init__(self, edit: QPlainTextEdit) -> None:
        super().__init__(edit.document())
        self.dress()

    def dress(self) -> None:
        """Take the inks of the present scheme."""
        self.bold, self.quiet, self.time = QTextCharFormat(), QTextCharFormat(), QTextCharFormat()
        self.bold.setFontWeight(QFont.Weight.Bold)
        self.quiet.setForeground(theme.color("text3"))
        self.time.setForeground(theme.color("acc"))

    def highlightBlock(self, text: str) -> None:
        if _HEADING.fullmatch(text):
            self.setFormat(0, len(text), self.bold)
        for found in _BOLD.finditer(text):
            self.setFormat(found.start(), 2, self.quiet)
            self.setFormat(found.start(1), len(found[1]), self.bold)
            self.setFormat(found.end(1), 2, self.quiet)
        for found in MARK.finditer(text):
            self.setFormat(found.start(), len(found[0]), self.time)


class MarkdownEdit(QPlainTextEdit):
    """Plain typing with the few marks there are; `seats` are who "@" and initials may name."""

    typed = Signal()

    def __init__(self, name: str, height: int = 0) -> None:
        super().__init__()
        self._name, self._height = name, height
        self.seats: list = []
        self.preedit = ""
        self.popup = self.names = None
        self.setTabChangesFocus(True)
        self.setAccessibleName(say(name))
        self.marks = Marks(self)
        self.dress()
        self.textChanged.connect(self.on_changed)
        self.cursorPositionChanged.connect(self.on_moved)

    def dress(self) -> None:
        self.setFont(theme.font("sec"))
        if self._height:
            self.setMinimumHeight(theme.px(self._height))

    def changeEvent(self, event) -> None:
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "marks"):
            self.dress()
            self.marks.dress()
            # A highlighter formats the document: that is no typing.
            blocked = self.blockSignals(True)
            self.marks.rehighlight()
            self.blockSignals(blocked)
        elif event.type() == QEvent.Type.LanguageChange:
            self.setAccessibleName(say(self._name))
        super().changeEvent(event)

    # --- text
    def show_text(self, text: str) -> None:
        """Show another text; its own undo begins anew."""
        self.hide_names()
        blocked = self.blockSignals(True)
        self.setPlainText(text)
        self.document().setModified(False)
        self.blockSignals(blocked)

    def on_changed(self) -> None:
        # Formats of the highlighter come here too, but leave the document unmodified.
        if self.document().isModified():
            self.typed.emit()
            self.on_moved()

    def stamp(self) -> None:
        """Write the time of the office's clock at the cursor."""
        if self.isReadOnly():
            return
        mark = f"[{clock.local(clock.now()):%H:%M}] "
        cursor = self.textCursor()
        before = cursor.block().text()[: cursor.positionInBlock()]
        if before and not before.endswith(" "):
            mark = f" {mark}"
        cursor.insertText(mark)
        self.setTextCursor(cursor)
        self.setFocus()

    def embolden(self) -> None:
        """Make the chosen words bold, or plain again; without a choice write the stars."""
        if self.isReadOnly():
            return
        cursor = self.textCursor()
        words = cursor.selectedText()
        bare = words[2:-2] if len(words) > 4 and words[:2] == words[-2:] == "**" else None
        said = bare if bare is not None else f"**{words}**"
        start = cursor.selectionStart()
        cursor.insertText(said)
        if words:
            cursor.setPosition(start)
            cursor.setPosition(start + len(said), QTextCursor.MoveMode.KeepAnchor)
        else:
            cursor.movePosition(QTextCursor.MoveOperation.Left, n=2)
        self.setTextCursor(cursor)

    def mark_here(self) -> str:
        """Return the time mark of the line the cursor is on, or above it."""
        block = self.textCursor().block()
        while block.isValid():
            found = MARK.search(block.text())
            if found:
                return found[0]
            block = block.previous()
        return ""

    # --- keys
    def event(self, event) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and self._own(event):
            event.accept()
            return True
        return super().event(event)

    def _own(self, event) -> bool:
        """Say whether a key is the editor's and no command of the window."""
        if event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            return event.key() == Qt.Key.Key_B
        chooses = (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter)
        return self._popping and event.key() in chooses

    def keyPressEvent(self, event) -> None:
        key, control = event.key(), event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if self._popping and self._choose_by(key):
            return
        if control and key == Qt.Key.Key_B:
            self.embolden()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._new_line()
        else:
            super().keyPressEvent(event)

    def _new_line(self) -> None:
        """Begin a line; after an entry of a list, the next one, after an empty one, none."""
        cursor = self.textCursor()
        found = _LIST.fullmatch(cursor.block().text())
        if self.isReadOnly() or found is None or not cursor.atBlockEnd():
            if not self.isReadOnly():
                cursor.insertText("\n")
        elif not found[6]:
            cursor.movePosition(
                QTextCursor.MoveOperation.StartOfBlock, QTextCursor.MoveMode.KeepAnchor
            )
            cursor.removeSelectedText()
        else:
            mark = f"{int(found[3]) + 1}{found[4]}" if found[3] else found[2]
            cursor.insertText(f"\n{found[1]}{mark}{found[5]}")
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def inputMethodEvent(self, event) -> None:
        super().inputMethodEvent(event)
        self.preedit = event.preeditString()
        self.on_moved()

    # --- members after "@"
    @property
    def _popping(self) -> bool:
        return self.popup is not None and self.popup.isVisible()

    def mention(self) -> str | None:
        """Return what is typed after an "@" before the cursor, a syllable being composed too."""
        cursor = self.textCursor()
        if cursor.hasSelection() or self.isReadOnly():
            return None
        before = cursor.block().text()[: cursor.positionInBlock()] + self.preedit
        found = _MENTION.search(before)
        return found[1] if found else None

    def on_moved(self) -> None:
        """Offer the members that fit what follows an "@"."""
        asked = self.mention() if self.seats else None
        if asked is None or not self.hasFocus():
            self.hide_names()
            return
        if asked:
            ranked = [(matches(asked, seat.name), seat) for seat in self.seats]
            fitting = [seat for rank, seat in sorted(ranked, key=_rank) if rank]
        else:
            fitting = self.seats
        if not fitting:
            self.hide_names()
            return
        self._show_names(fitting[:SHOWN])

    def _show_names(self, seats: list) -> None:
        if self.popup is None:
            self.names = RowList(RowTable(NAMES), MEMBER, height=30, header=False, fit=True)
            self.names.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self.names.opened.connect(self.on_named)
            self.popup = frame("card")
            column(self.names, margins=(4, 4, 4, 4), gap=0, into=self.popup)
            self.popup.setParent(self.window())
        self.names.model().show(seats)
        self.names.setCurrentIndex(self.names.model().index(0, 0))
        width = min(theme.px(340), self.width())
        self.popup.resize(width, theme.px(30) * len(seats) + theme.px(12))
        corner = self.cursorRect().bottomLeft() + QPoint(0, theme.px(4))
        at = self.viewport().mapTo(self.window(), corner)
        room = self.window().rect()
        if at.y() + self.popup.height() > room.bottom():
            at.setY(at.y() - self.popup.height() - self.cursorRect().height() - theme.px(8))
        at.setX(max(0, min(at.x(), room.right() - width)))
        self.popup.move(at)
        self.popup.show()
        self.popup.raise_()

    def hide_names(self) -> None:
        """Offer nobody."""
        if self.popup is not None:
            self.popup.hide()

    def _choose_by(self, key: int) -> bool:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(key))
        if step is not None:
            n = self.names.currentIndex().row() + step
            if 0 <= n < self.names.model().rowCount():
                self.names.setCurrentIndex(self.names.model().index(n, 0))
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.on_named(self.names.current())
            return True
        if key == Qt.Key.Key_Escape:
            self.hide_names()
            return True
        return False

    def on_named(self, id) -> None:
        """Write a member in the place of the "@" and what follows it."""
        seat = next((seat for seat in self.seats if seat.id == id), None)
        asked = self.mention()
        if seat is None or asked is None:
            return
        cursor = self.textCursor()
        typed = len(asked) - len(self.preedit)
        for _n in range(typed + 1):
            cursor.deletePreviousChar()
        before = MARK.sub("", cursor.block().text()[: cursor.positionInBlock()]).strip()
        title = say(ROLES[Role(seat.role)] if seat.role != Role.MEMBER else MEMBER)
        cursor.insertText(f"{seat.name} {title}" + (" " if before else ": "))
        self.setTextCursor(cursor)
        self.hide_names()

    def focusOutEvent(self, event) -> None:
        super().focusOutEvent(event)
        self.hide_names()

    def hideEvent(self, event) -> None:
        super().hideEvent(event)
        self.hide_names()


def _rank(pair) -> int:
    return -pair[0]
