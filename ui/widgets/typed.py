"""What stands in the fields of a form, by names that stay the same the next time it is opened.

A field's name is the path of attributes that leads to it from its form (`title`, `fields.due_on`,
`opinions.lines.2.text`), so a form declares nothing. States are what JSON keeps: what was typed as
it was typed, of a choice what it stands for.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from enum import Enum

from PySide6.QtCore import QObject
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)
from shiboken6 import isValid

from ui.text import C_, say
from ui.widgets.fields import Choice

State = str | bool | None
TEXTS = (QPlainTextEdit, QTextEdit)
KINDS = (QLineEdit, QComboBox, QAbstractButton, *TEXTS)
DEPTH = 5
MOST_LINES = 40  # that a list in a form is made longer by
NOT_TYPED = "notTyped"  # the property of a field that is no part of what a form says


def fields(form: QWidget) -> dict[str, QWidget]:
    """Return a form's fields by name, in the order of its attributes."""
    found: dict[str, QWidget] = {}
    here = [part for kind in KINDS for part in form.findChildren(kind) if _counts(part)]
    wanted = {id(part) for part in here}
    for path, part in _walk(form, form, "", set(), 0):
        if id(part) in wanted:
            wanted.remove(id(part))
            found[path] = part
    nameless = [part for part in here if id(part) in wanted]
    for n, part in enumerate(nameless):
        found[f"{type(part).__name__}#{n}"] = part
    return found


def _counts(part: QWidget) -> bool:
    """Say whether a person writes or chooses something here that the form will use."""
    if part.property(NOT_TYPED) or part.objectName() == "search":
        return False
    if isinstance(part, QAbstractButton):
        return part.isCheckable() and part.property("kind") not in ("tab", "nav")
    if isinstance(part, QLineEdit):
        inside = isinstance(part.parent(), (QComboBox, QAbstractSpinBox))
        secret = part.echoMode() != QLineEdit.EchoMode.Normal
        return not (inside or secret or part.isReadOnly())
    if isinstance(part, TEXTS):
        return not part.isReadOnly()
    return True


def _walk(form, owner, path: str, seen: set[int], depth: int) -> Iterator[tuple[str, QWidget]]:
    if depth > DEPTH or id(owner) in seen:
        return
    seen.add(id(owner))
    if isinstance(owner, dict):
        parts = [(str(getattr(key, "value", key)), part) for key, part in owner.items()]
    elif isinstance(owner, (list, tuple)):
        parts = [(str(n), part) for n, part in enumerate(owner)]
    else:
        parts = list(vars(owner).items())
    for name, part in parts:
        # A form may hold on to a field that it has taken away.
        if isinstance(part, QObject) and not isValid(part):
            continue
        inside = isinstance(part, QWidget) and part is not form and form.isAncestorOf(part)
        # The field of a label is called what the label is called.
        here = path if name == "field" and path else f"{path}.{name}" if path else name
        if inside and isinstance(part, KINDS):
            yield here, part
        elif inside or isinstance(part, (dict, list, tuple)) or _holder(part):
            yield from _walk(form, part, here, seen, depth + 1)


def _holder(part: object) -> bool:
    """Say whether something that is no widget may hold fields: a part of a form's own code."""
    kind = type(part)
    return kind.__module__.startswith("ui.") and not isinstance(part, QWidget) and _open(part)


def _open(part: object) -> bool:
    return hasattr(part, "__dict__") and not callable(part)


def state(part: QWidget) -> State:
    """Return what stands in a field."""
    if isinstance(part, QLineEdit):
        return part.text()
    if isinstance(part, TEXTS):
        return part.toPlainText()
    if isinstance(part, QAbstractButton):
        return part.isChecked()
    if isinstance(part, Choice):
        return _code(part, part.currentIndex())
    return part.currentText()


def _code(part: Choice, n: int) -> str | None:
    if not 0 <= n < len(part.options):
        return None
    value, words = part.options[n]
    if isinstance(value, Enum):
        value = value.value
    if isinstance(value, str):
        return f"'{value}"
    plain = (bool, int, float, tuple, dt.date, type(None))
    return repr(value) if isinstance(value, plain) else say(words)


def put(part: QWidget, wanted: State) -> bool:
    """Write a state into a field as a person would, telling everyone who listens; say if it took."""
    if not part.isEnabled() or state(part) == wanted:
        return state(part) == wanted
    if isinstance(part, QLineEdit):
        part.setText(str(wanted or ""))
        part.textEdited.emit(part.text())
    elif isinstance(part, TEXTS):
        part.setPlainText(str(wanted or ""))
    elif isinstance(part, QAbstractButton):
        part.click()
    elif isinstance(part, Choice):
        codes = [_code(part, n) for n in range(part.count())]
        if wanted in codes:
            _choose(part, codes.index(wanted))
    elif (n := part.findText(str(wanted or ""))) >= 0:
        _choose(part, n)
    elif part.isEditable():
        part.setEditText(str(wanted or ""))
    return state(part) == wanted


def _choose(part: QComboBox, n: int) -> None:
    part.setCurrentIndex(n)
    part.activated.emit(n)


def listen(part: QWidget, told: Callable[..., object]) -> None:
    """Call a slot for what a person does to a field; what the program writes is not told.

    Of a text of several lines everything is told that makes it differ from what was shown.
    """
    if isinstance(part, QLineEdit):
        part.textEdited.connect(told)
    elif isinstance(part, TEXTS):
        part.textChanged.connect(told)
    elif isinstance(part, QAbstractButton):
        part.clicked.connect(told)
    else:
        part.activated.connect(told)
        if part.isEditable():
            part.editTextChanged.connect(told)


def grow(form: QWidget, name: str) -> None:
    """Make a list of lines long enough for a line's field, as its button for one more does."""
    steps = name.split(".")
    for n, step in enumerate(steps):
        if not step.isdigit() or n < 2:
            continue
        owner, lines = _at(form, steps[: n - 1]), _at(form, steps[:n])
        more = getattr(owner, "on_add", None) or getattr(
            getattr(owner, "field", None), "on_add", None
        )
        if isinstance(lines, list) and more is not None:
            for _n in range(min(int(step) + 1 - len(lines), MOST_LINES)):
                more()


def _at(form: QWidget, steps: list[str]) -> object:
    part: object = form
    for step in steps:
        if isinstance(part, dict):
            part = part.get(step)
        elif isinstance(part, (list, tuple)):
            part = part[int(step)] if step.isdigit() and int(step) < len(part) else None
        else:
            found = getattr(part, step, None)
            part = found if found is not None else getattr(getattr(part, "field", None), step, None)
    return part


def label_of(form: QWidget, name: str, part: QWidget) -> str:
    """Return what a field is called in its form."""
    at: QWidget | None = part
    while at is not None and at is not form:
        label = getattr(at, "label", None)
        if isinstance(label, QWidget) and getattr(at, "field", None) is not None:
            return str(label.text())
        at = at.parentWidget()
    own = part.text() if isinstance(part, QAbstractButton) else ""
    return own or part.accessibleName() or name


def spoken(part: QWidget | None, held: State) -> str:
    """Return a state in words, as its field shows it."""
    if isinstance(held, bool):
        return say(C_("value", "Yes") if held else C_("value", "No"))
    if isinstance(part, Choice):
        codes = {_code(part, n): part.itemText(n) for n in range(part.count())}
        return codes.get(held) or str(held or "–").lstrip("'")
    return str(held or "") or "–"
