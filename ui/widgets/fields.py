"""Fields to type in: words, dates, times, numbers, choices. Each has `value()`."""

from __future__ import annotations

import datetime as dt
import re

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QTextEdit,
)

from gwangju_desktop.errors import UserError
from ui import theme
from ui.text import N_, day, say, tip
from ui.widgets.parts import Align, Said

EXAMPLE = dt.date(2022, 3, 17)  # the day an empty field of dates shows


class Field(Said, QLineEdit):
    """One line of typing; `typing(str)` tells what is typed while a syllable is still composed."""

    typing = Signal(str)

    def __init__(
        self,
        hint: str = "",
        name: str = "",
        *,
        search: bool = False,
        role: str = "sec",
        width: int = 0,
    ) -> None:
        super().__init__()
        self._role, self._width, self._lens = role, width, None
        if search:
            self.setObjectName("search")
            lens = theme.icon("search", "text3")
            self._lens = self.addAction(lens, QLineEdit.ActionPosition.LeadingPosition)
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.dress()
        self.say(hint)
        self.named(name or hint)
        self.textChanged.connect(self.typing)

    def say(self, message: str, **values: object) -> Field:
        """Show a hint while the field is empty; a label above it says what it is."""
        self._message, self._values = message, values
        self.setPlaceholderText(say(message, **values))
        return self

    def named(self, message: str, **values: object) -> Field:
        """Give the accessible name."""
        self._name, self._named_values = message, values
        self.setAccessibleName(say(message, **values))
        for action in self.actions():
            action.setText(say(message, **values))  # the lens is a button to a screen reader
        return self

    def dress(self) -> None:
        super().dress()
        if self._width:
            self.setFixedWidth(theme.px(self._width))
        if self._lens is not None:
            self._lens.setIcon(theme.icon("search", "text3"))
            self.setMinimumWidth(theme.px(110))
            self.setMaximumWidth(theme.px(220))

    def value(self) -> str:
        """Return what was typed, without spaces around it."""
        return self.text().strip()

    def inputMethodEvent(self, event) -> None:
        super().inputMethodEvent(event)
        if event.preeditString():
            text, at = self.text(), self.cursorPosition()
            self.typing.emit(text[:at] + event.preeditString() + text[at:])


class DateField(Field):
    """A date typed as 2022-03-17, 2022. 3. 17. or 20220317; `value()` is a date or None."""

    def __init__(self, name: str = "", value: dt.date | None = None, width: int = 140) -> None:
        super().__init__("", name, width=width)
        self.show_hint()
        self.show_date(value)
        self.editingFinished.connect(self.on_finished)

    def show_hint(self) -> None:
        """Show an empty field how a date is written in this language."""
        self.setPlaceholderText(day(EXAMPLE, "full"))

    def show_date(self, value: dt.date | None) -> None:
        """Write a date into the field."""
        self.setText(day(value, "full") if value else "")

    def value(self) -> dt.date | None:
        """Return the date; raise UserError when it is none."""
        return parse_date(self.text())

    def on_finished(self) -> None:
        """Write the date the usual way once it is one."""
        try:
            self.show_date(self.value())
        except UserError:
            return

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.show_hint()
            self.on_finished()


class TimeField(Field):
    """A time of day typed as 14:00, 1400 or 14; `value()` is a time or None."""

    def __init__(self, name: str = "", value: dt.time | None = None, width: int = 90) -> None:
        super().__init__("14:00", name, width=width)
        if value is not None:
            self.setText(f"{value:%H:%M}")

    def value(self) -> dt.time | None:
        """Return the time; raise UserError when it is none."""
        return parse_time(self.text())


class NumberField(Field):
    """A whole number; `value()` is an int or None."""

    def __init__(
        self, name: str = "", value: int | None = None, *, low: int = 0, high: int = 9999, width=90
    ) -> None:
        super().__init__("", name, width=width)
        self._low, self._high = low, high
        self.setAlignment(Align.AlignRight)
        if value is not None:
            self.setText(str(value))

    def value(self) -> int | None:
        """Return the number; raise UserError when it is none or out of bounds."""
        typed = self.text().strip().replace(",", "")
        if not typed:
            return None
        if not re.fullmatch(r"-?\d{1,9}", typed) or not self._low <= int(typed) <= self._high:
            message = N_("Please give a whole number from {low} to {high}.")
            raise UserError(message, low=self._low, high=self._high)
        return int(typed)


class Choice(QComboBox):
    """One of a list: pairs of (value, message); `value()` is the chosen value.

    What is too long for it ends in dots, and a tip says it whole.
    """

    FRAME = 42  # of its width are no words: the arrow, and what is left free at both sides

    def __init__(self, options, name: str = "", value: object = None, width: int = 0) -> None:
        super().__init__()
        self._cut = ""
        self._name, self._width, self.options = name, width, []
        self.show_options(options, value)
        self.dress()
        self.setAccessibleName(say(name))

    def show_options(self, options, value: object = None) -> None:
        """Offer these pairs and choose the one of `value`."""
        self.blockSignals(True)
        self.options = list(options)
        self.clear()
        self.addItems([say(message) for _value, message in self.options])
        self.choose(value)
        self.blockSignals(False)

    def choose(self, value: object) -> None:
        """Choose the option of that value, else the first."""
        values = [option for option, _message in self.options]
        self.setCurrentIndex(values.index(value) if value in values else 0)

    def value(self) -> object:
        """Return the chosen option's value, None without options."""
        return self.options[self.currentIndex()][0] if self.currentIndex() >= 0 else None

    def dress(self) -> None:
        self.setFont(theme.font("sec"))
        if self._width:
            self.setFixedWidth(theme.px(self._width))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            self.dress()
        elif event.type() == QEvent.Type.LanguageChange:
            self.setAccessibleName(say(self._name))
            for n, (_value, message) in enumerate(self.options):
                self.setItemText(n, say(message))
            self._measure()
        super().changeEvent(event)

    def initStyleOption(self, option) -> None:
        """Cut what is too long before it is drawn."""
        super().initStyleOption(option)
        whole = option.currentText
        room = self.width() - theme.px(self.FRAME)
        shown = self.fontMetrics().elidedText(whole, Qt.TextElideMode.ElideRight, room)
        option.currentText = shown
        cut = tip(whole) if shown != whole else ""
        # A tip that says something else is left alone.
        if cut != self._cut and self.toolTip() in ("", self._cut):
            self._cut = cut
            self.setToolTip(cut)

    def _measure(self) -> None:
        """Take the width of the words as they are now; Qt measures them once, at the first show."""
        policy = self.sizeAdjustPolicy()
        self.setSizeAdjustPolicy(self.SizeAdjustPolicy.AdjustToContents)
        self.setSizeAdjustPolicy(policy)

    def wheelEvent(self, event) -> None:
        """Leave the wheel to the pane: a choice must not change under a scrolling hand."""
        event.ignore()


class Check(Said, QCheckBox):
    """A box to tick; `value()` is a bool."""

    def __init__(self, message: str, value: bool = False, **values: object) -> None:
        super().__init__()
        self._role = "sec"
        self.say(message, **values)
        self.dress()
        self.setChecked(value)

    def value(self) -> bool:
        """Return whether it is ticked."""
        return self.isChecked()


class Lines(QPlainTextEdit):
    """Several lines of plain typing; `value()` is the text."""

    def __init__(self, name: str = "", value: str = "", height: int = 84) -> None:
        super().__init__(value)
        self._name, self._height = name, height
        self.setTabChangesFocus(True)
        self.setAccessibleName(say(name))
        self.dress()

    def dress(self) -> None:
        self.setFont(theme.font("sec"))
        self.setFixedHeight(theme.px(self._height))

    def value(self) -> str:
        """Return what was typed, without spaces around it."""
        return self.toPlainText().strip()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            self.dress()
        elif event.type() == QEvent.Type.LanguageChange:
            self.setAccessibleName(say(self._name))
        super().changeEvent(event)


class Prose(QTextEdit):
    """Plain paragraphs with their leading, to write or to read."""

    LEADING = '<p style="line-height:150%;margin:0 0 4px 0">'

    def __init__(self, name: str = "", role: str = "sec", *, read_only: bool = False) -> None:
        super().__init__()
        self._name, self._role = name, role
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setReadOnly(read_only)
        self.setProperty("bare", read_only)
        self.setAccessibleName(say(name))
        self.setFont(theme.font(role))

    def show_text(self, text: str) -> None:
        """Show paragraphs, one a line."""
        if text == self.toPlainText():
            return
        escaped = text.replace("&", "&amp;").replace("<", "&lt;")
        lines = escaped.split("\n")
        self.setHtml("".join(f"{self.LEADING}{line or '<br>'}</p>" for line in lines))
        self.document().setModified(False)

    def value(self) -> str:
        """Return the text, without spaces around it."""
        return self.toPlainText().strip()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            self.setFont(theme.font(self._role))
        elif event.type() == QEvent.Type.LanguageChange:
            self.setAccessibleName(say(self._name))
        super().changeEvent(event)


_DATE = re.compile(r"(\d{4})[-./년 ]*(\d{1,2})[-./월 ]*(\d{1,2})[.일 ]*")
_PACKED = re.compile(r"(\d{4})(\d{2})(\d{2})")


def parse_date(typed: str) -> dt.date | None:
    """Read a date as people write it; None when empty, UserError when it is none."""
    typed = typed.strip()
    if not typed:
        return None
    found = _PACKED.fullmatch(typed) or _DATE.fullmatch(typed)
    if found:
        try:
            return dt.date(*(int(part) for part in found.groups()))
        except ValueError:
            pass
    raise UserError(N_("There is no such date: {typed}. Example: 2022-03-17"), typed=typed)


def parse_time(typed: str) -> dt.time | None:
    """Read a time of day as people write it; None when empty, UserError when it is none."""
    typed = typed.strip()
    if not typed:
        return None
    found = re.fullmatch(r"(\d{1,2})(?::?(\d{2}))?", typed)
    if found:
        hour, minute = int(found[1]), int(found[2] or 0)
        if hour < 24 and minute < 60:
            return dt.time(hour, minute)
    raise UserError(N_("There is no such time: {typed}. Example: 14:00"), typed=typed)
