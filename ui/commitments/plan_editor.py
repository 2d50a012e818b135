"""A text in Korean and English beside each other, with what is counted and a button to copy."""

from __future__ import annotations

from collections import deque
from collections.abc import Hashable

from PySide6.QtCore import QEvent, QKeyCombination, Qt, Signal
from PySide6.QtGui import QGuiApplication, QTextBlockFormat
from PySide6.QtWidgets import QWidget

from gwangju_desktop.forms import writable
from ui.text import C_, N_, Msg
from ui.widgets.fields import Prose
from ui.widgets.parts import Button, Label, column, row

KOREAN, ENGLISH = C_("plan text", "Korean"), C_("plan text", "English")
COUNTED = N_("{n} characters · {words} words")
Key, CONTROL = Qt.Key, Qt.KeyboardModifier.ControlModifier
LEADING, PARAGRAPH = 150, 4  # per cent of a line; px below a paragraph
LEAST = 64  # px an editor needs at least


KEPT_BY = (QKeyCombination(CONTROL, Key.Key_Return), QKeyCombination(CONTROL, Key.Key_Enter))
SAVE = QKeyCombination(CONTROL, Key.Key_S)


class Writing(Prose):
    """Paragraphs somebody writes; `left` when the focus goes elsewhere than to a menu.

    Ctrl+Enter and Ctrl+S ask for them to be kept: `asked`.
    """

    left = Signal()
    asked = Signal()

    def show_text(self, text: str) -> None:
        """Show paragraphs, with every space as it was typed; there is nothing to undo then."""
        if text == self.toPlainText():
            return
        self.document().setUndoRedoEnabled(False)
        self.setPlainText(text)
        leading = QTextBlockFormat()
        proportional = QTextBlockFormat.LineHeightTypes.ProportionalHeight.value
        leading.setLineHeight(LEADING, proportional)
        leading.setBottomMargin(PARAGRAPH)
        cursor = self.textCursor()
        cursor.select(cursor.SelectionType.Document)
        cursor.mergeBlockFormat(leading)
        self.document().setUndoRedoEnabled(True)

    def event(self, event) -> bool:
        """Take Ctrl+S from the window, where it saves something else."""
        if event.type() == QEvent.Type.ShortcutOverride and event.keyCombination() == SAVE:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event) -> None:
        if event.keyCombination() in (*KEPT_BY, SAVE):
            self.asked.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event) -> None:
        super().focusOutEvent(event)
        passing = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
        if event.reason() not in passing:
            self.left.emit()


class Side(QWidget):
    """One language of a text."""

    def __init__(self, language: Msg, copied) -> None:
        super().__init__()
        self.copied = copied
        self.kept = ""
        self.editor = Writing(language, "body")
        self.editor.setMinimumHeight(LEAST)
        self.count = Label("", "cap")
        self.copy = Button("", "ghost", "copy", name=N_("Copy the text"), slot=self.on_copy)
        column(
            row(Label(language, "secb"), 8, self.count, None, self.copy, gap=0),
            (self.editor, 1),
            gap=4,
            into=self,
        )
        self.editor.textChanged.connect(self.on_text)
        self.on_text()

    def show_text(self, text: str) -> None:
        """Show a text as it is kept; what was typed and not saved goes."""
        self.editor.show_text(text)
        # As the editor holds it, which knows no hard spaces: to look at a text is no change of it.
        self.taken()
        self.on_text()

    def value(self) -> str:
        """Return what stands there, without spaces around it."""
        return self.editor.value()

    @property
    def typed(self) -> bool:
        """Say whether it differs from what is kept."""
        return writable(self.value()) != self.kept

    def taken(self) -> None:
        """Count what stands there as kept."""
        self.kept = writable(self.value())

    def locked(self, locked: bool) -> None:
        """Let it be read only, still to be copied."""
        if self.editor.isReadOnly() != locked:
            self.editor.setReadOnly(locked)
            self.editor.setProperty("locked", locked)
            self.editor.style().unpolish(self.editor)
            self.editor.style().polish(self.editor)

    def on_text(self) -> None:
        """Count what stands there."""
        text = self.value()
        self.count.say(COUNTED, n=f"{len(text):,}", words=f"{len(text.split()):,}")
        self.copy.setEnabled(bool(text))

    def on_copy(self) -> None:
        """Put the text on the clipboard."""
        QGuiApplication.clipboard().setText(self.value())
        self.copied()


class Twins(QWidget):
    """Both languages; `saved` tells that somebody wants what was typed to be kept."""

    saved = Signal()

    def __init__(self, page) -> None:
        super().__init__()
        self.page = page
        self.key: Hashable = None
        # What was sent and is not known to be kept yet, in order: its key and both texts.
        self.sent: deque[tuple[Hashable, str, str]] = deque()
        self.korean, self.english = Side(KOREAN, self.on_copied), Side(ENGLISH, self.on_copied)
        self.state = Label("", "cap", elide=True)
        self.refusal = Label("", "cap", "bad", wrap=True)
        self.save = Button(N_("Save"), slot=self.saved.emit)
        self.save.setToolTip("Ctrl+Enter")
        page.writing(self.save)
        column(
            (row((self.korean, 1), (self.english, 1), gap=16), 1),
            self.refusal,
            row((self.state, 1), self.save, gap=8),
            gap=6,
            into=self,
        )
        self.refusal.hide()
        for side in (self.korean, self.english):
            side.editor.textChanged.connect(self.on_typed)
            side.editor.left.connect(self.on_left)
            side.editor.asked.connect(self.saved)
            side.locked(page.desk.read_only)

    def show_texts(self, key: Hashable, korean: str, english: str) -> None:
        """Show both texts as they are kept under `key`."""
        self.key = key
        self.refusal.hide()
        self.korean.show_text(korean)
        self.english.show_text(english)
        self.on_typed()

    def renew(self, korean: str, english: str) -> None:
        """Take what is kept now; what somebody is typing stays."""
        for side, text in ((self.korean, korean), (self.english, english)):
            # Neither what is being typed nor the place of the cursor may go.
            if side.typed:
                side.kept = writable(text)
            elif writable(side.value()) != writable(text):
                side.show_text(text)
        self.on_typed()

    @property
    def typed(self) -> bool:
        """Say whether anything is not saved."""
        return self.korean.typed or self.english.typed

    def send(self) -> dict[str, str]:
        """Return what was typed and is to be kept now, as `text` and `text_en`.

        It counts as kept until `back` says otherwise: leaving the field must not send it again.
        """
        sides = {"text": self.korean, "text_en": self.english}
        typed = {name: side.value() for name, side in sides.items() if side.typed}
        self.sent.append((self.key, self.korean.value(), self.english.value()))
        for side in sides.values():
            side.taken()
        self.refusal.hide()
        self.on_typed()
        return typed

    def on_kept(self, _value: object = None) -> None:
        """Forget what was sent first: it is kept."""
        self.sent.popleft()

    def back(self) -> tuple[Hashable, str, str]:
        """Return the key and both texts of what was sent first: it was refused."""
        return self.sent.popleft()

    def restore(self, korean: str, english: str, error: Exception) -> None:
        """Show what was typed and refused once more, and why."""
        from ui import alerts

        self.korean.editor.show_text(korean)
        self.english.editor.show_text(english)
        sentence = alerts.sentence(error)
        if sentence is None:
            alerts.tell(error)
        else:
            self.refusal.say(sentence)
            self.refusal.show()

    # --- slots
    def on_typed(self) -> None:
        """Say whether what stands there is saved."""
        typed = self.typed
        self.save.setEnabled(typed)
        self.state.say(N_("Not saved yet: Ctrl+Enter, or go on.") if typed else "")

    def on_left(self) -> None:
        """Keep what was typed."""
        if self.typed and not self.page.desk.read_only:
            self.saved.emit()

    def on_copied(self) -> None:
        """Say that it can be pasted."""
        self.page.toast(N_("The text has been copied."))

    def changeEvent(self, event) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.korean.on_text()
            self.english.on_text()
