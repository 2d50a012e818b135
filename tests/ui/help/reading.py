"""A new user with the manual open: reads a step, presses what it names, fills what it names."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QDialog, QLabel, QWidget

from gwangju_desktop import manual
from tests.ui.acting import click, type_into
from tests.ui.conftest import rest, spin
from ui.text import Msg, say
from ui.widgets.forms import Choice, Labelled
from ui.widgets.parts import Button
from ui.window import Window

PATIENCE = 15  # s until what a step names can be pressed


class Reader:
    """Follows numbered steps. `values` are what is typed into fields, by the words above them."""

    def __init__(self, window: Window) -> None:
        self.window = window
        self.pressed: list[str] = []

    def follow(
        self,
        chapter: str,
        part: int,
        *,
        values: Mapping[str, object] | None = None,
        before: Mapping[int, Callable[[], object]] | None = None,
        after: Mapping[int, Callable[[], object]] | None = None,
        steps: slice | None = None,
    ) -> None:
        """Carry out the steps under the `part`-th heading of a chapter, counted from 0.

        `before` and `after` are what a step says without naming a word: a row that is chosen, a file.
        """
        written = manual.sections(chapter, "ko")[part].steps
        for number, step in list(enumerate(written, 1))[steps or slice(None)]:
            if number in (before or {}):
                before[number]()
            for word in manual.quotes(step):
                self.do(word, values or {})
            if number in (after or {}):
                after[number]()

    def do(self, word: Msg, values: Mapping[str, object]) -> None:
        """Press the button of that name, or fill the field of that name; wait for what follows."""
        self.press(word, values)
        rest(self.window)

    def press(self, word: Msg, values: Mapping[str, object]) -> None:
        """Press or fill without waiting, where the office itself may be closed by it."""
        found: list[QWidget] = []

        def there() -> bool:
            found[:] = self._found(word)
            return bool(found)

        try:
            spin(there, PATIENCE)
        except AssertionError:
            told = [one.text() for one in self.top.findChildren(QLabel) if one.isVisible()]
            raise AssertionError(f"nothing is called “{say(word)}” ({word}) on {told}") from None
        target = found[0]
        if isinstance(target, QAbstractButton):
            click(target)
        else:
            assert str(word) in values, f"nothing to write into “{say(word)}”"
            self._fill(target, values[str(word)])
        self.pressed.append(str(word))

    @property
    def top(self) -> QWidget:
        """Return what the hand can reach: the form in front, else the window."""
        modal = QApplication.activeModalWidget()
        if modal is not None:
            return modal
        shown = [one for one in self.window.findChildren(QDialog) if one.isVisible()]
        return shown[-1] if shown else self.window

    def _found(self, word: Msg) -> list[QWidget]:
        top = self.top
        fields = [
            one.field
            for one in top.findChildren(Labelled)
            if one.isVisible() and _same(one.label._message, word)
        ]
        buttons = [
            one
            for one in top.findChildren(Button)
            if one.isVisible() and one.isEnabled() and _named(one, word)
        ]
        return fields or buttons

    def _fill(self, field: QWidget, value: object) -> None:
        boxes = [field, *field.findChildren(QWidget)]
        choice = next((one for one in boxes if isinstance(one, QComboBox)), None)
        if isinstance(choice, Choice):
            choice.choose(value)
            choice.activated.emit(choice.currentIndex())
            return
        edit = next(one for one in boxes if hasattr(one, "selectAll"))
        type_into(edit, str(value))


def _named(button: Button, word: Msg) -> bool:
    return _same(button._message, word) or (not button._message and _same(button._name, word))


def _same(message: str, word: Msg) -> bool:
    return str(message) == str(word) and getattr(message, "context", "") == word.context
