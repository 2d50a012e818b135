"""What a person sees or hears of a window: words that do not fit, widgets without a name."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtGui import QAccessible, QFontMetrics
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QComboBox,
    QLabel,
    QPushButton,
    QStyle,
    QStyleOptionButton,
    QStyleOptionComboBox,
    QWidget,
)

from ui import theme
from ui.models.rows import Group
from ui.text import say
from ui.widgets.cells import PADDING, lead
from ui.widgets.lists import RowList
from ui.widgets.painted import chip_width

SLACK = 1  # px, of rounding
SQUEEZED = 24  # px under which an eliding label says nothing

Role = QAccessible.Role
NAMED = {
    Role.Button,
    Role.EditableText,
    Role.Table,
    Role.CheckBox,
    Role.ComboBox,
    Role.RadioButton,
    Role.List,
    Role.ProgressBar,
    Role.Slider,
}
CLOSED = {Role.Table, Role.List, Role.Tree}


def advance(words: str, role: str = "capb") -> int:
    return QFontMetrics(theme.font(role)).horizontalAdvance(words)


def shown(window: QWidget) -> Iterator[QWidget]:
    """Yield a window and what it shows; what is inside a hidden widget is not looked at."""
    yield window
    for child in window.children():
        if isinstance(child, QWidget) and not child.isHidden():
            yield from shown(child)


def clipped(window: QWidget) -> list[tuple[str, str, int]]:
    """Return (what, words, room) of everything on screen whose words do not fit."""
    bad: list[tuple[str, str, int]] = []
    for widget in shown(window):
        if not widget.isVisible() or widget.visibleRegion().isEmpty():
            continue
        if isinstance(widget, QLabel) and widget.text():
            bad += _label(widget)
        elif isinstance(widget, QPushButton) and widget.text():
            bad += _button(widget)
        elif isinstance(widget, QCheckBox) and widget.width() < widget.sizeHint().width() - SLACK:
            bad.append(("check", widget.text(), widget.width()))
        elif isinstance(widget, QComboBox):
            bad += _choice(widget)
        elif isinstance(widget, RowList):
            bad += _list(widget)
    return bad


def _label(label: QLabel) -> Iterator[tuple[str, str, int]]:
    text, room = label.text(), label.contentsRect().width()
    needed = label.fontMetrics().horizontalAdvance(text)
    elides = getattr(label, "elide", False)
    if elides and room < min(SQUEEZED, needed):
        yield "squeezed", text, room
    if not elides and not label.wordWrap() and needed > room + SLACK:
        yield "label", text, room
    if label.wordWrap() and label.height() + SLACK < label.heightForWidth(label.width()):
        yield "wrapped", text, label.height()
    if label.fontMetrics().height() > label.height() + 2:
        yield "low", text, label.height()


def _button(button: QPushButton) -> Iterator[tuple[str, str, int]]:
    option = QStyleOptionButton()
    button.initStyleOption(option)
    part = QStyle.SubElement.SE_PushButtonContents
    room = button.style().subElementRect(part, option, button).width()
    if not button.icon().isNull():
        room -= button.iconSize().width() + 4
    needed = button.fontMetrics().horizontalAdvance(button.text())
    if needed > room + SLACK:
        yield "button", button.text(), room
    inside = [label for label in button.findChildren(QLabel) if label.text()]
    if inside and needed + 30 > min(label.x() for label in inside):
        yield "under", button.text(), inside[0].x()


def _choice(choice: QComboBox) -> Iterator[tuple[str, str, int]]:
    option = QStyleOptionComboBox()
    choice.initStyleOption(option)
    kind, part = QStyle.ComplexControl.CC_ComboBox, QStyle.SubControl.SC_ComboBoxEditField
    room = choice.style().subControlRect(kind, option, part, choice).width()
    if choice.fontMetrics().horizontalAdvance(choice.currentText()) > room + SLACK:
        yield "choice", choice.currentText(), room


def _list(view: RowList) -> Iterator[tuple[str, str, int]]:
    model = view.model()
    shown = [n for n in range(len(model.columns)) if not view.isColumnHidden(n)]
    if not view.horizontalHeader().isHidden():
        for n in shown:
            title = say(model.columns[n].title)
            if advance(title) > view.columnWidth(n) - 2 * PADDING + SLACK:
                yield "title", title, view.columnWidth(n)
    last = view.rowAt(view.viewport().height() - 2)
    rows = range(max(0, view.rowAt(1)), (last if last >= 0 else model.rowCount() - 1) + 1)
    for n in rows:
        if isinstance(model.row(n), Group):
            continue
        for c in shown:
            if model.columns[c].width:
                yield from _cell(model.cell(n, c), view.columnWidth(c))


def _cell(cell, width: int) -> Iterator[tuple[str, str, int]]:
    room = width - 2 * PADDING + SLACK
    if cell.chip and chip_width(cell.chip) > room:
        yield "chip", cell.chip, width
    # Numbers and dates must be whole; words may end in an ellipsis and have a tool tip.
    exact = any(character.isdigit() for character in cell.text)
    if exact and advance(cell.text, cell.role) + lead(cell) > room:
        yield "cell", cell.text, width


def nameless(window: QWidget) -> list[tuple[str, str, str]]:
    """Return (role, class, object name) of what a screen reader meets without a name."""
    top = QAccessible.queryAccessibleInterface(window)
    bare = []
    for part in _walk(top):
        if part.role() in NAMED and not part.text(QAccessible.Text.Name):
            widget = part.object()
            name = widget.objectName() if widget else ""
            bare.append((part.role().name, type(widget).__name__, name))
    return bare


def _walk(part) -> Iterator:
    for n in range(part.childCount()):
        child = part.child(n)
        if child is None or child.state().invisible:
            continue
        yield child
        if child.role() not in CLOSED:
            yield from _walk(child)


def hangul(window: QWidget) -> list[str]:
    """Return the visible words of labels and buttons that hold Hangul."""
    kinds = (QLabel, QAbstractButton)
    texts = [w.text() for w in window.findChildren(QWidget) if isinstance(w, kinds)]
    return [text for text in texts if any("가" <= character <= "힣" for character in text)]


def spoken(window: QWidget) -> set[str]:
    """Return all a person can read or hear of what is on screen, tool tips and cells too."""
    words: set[str] = set()
    for widget in shown(window):
        words |= {widget.toolTip(), widget.accessibleName(), widget.accessibleDescription()}
        for name in ("text", "toPlainText", "placeholderText", "windowTitle", "sentence"):
            said = getattr(widget, name, None)
            if callable(said):
                words.add(str(said()))
        if isinstance(widget, QComboBox):
            words |= {widget.itemText(n) for n in range(widget.count())}
        if isinstance(widget, RowList):
            words |= _cells(widget)
    return words - {""}


def _cells(view: RowList) -> set[str]:
    model = view.model()
    words = {say(column.title) for column in model.columns}
    for n in range(min(30, model.rowCount())):
        row = model.row(n)
        if isinstance(row, Group):
            words.add(say(row.title))
            continue
        for c in range(len(model.columns)):
            cell = model.cell(n, c)
            words |= {cell.text, cell.sub, cell.chip}
    return words
