"""The parts of the shell: labels, buttons, icons and how they are laid in rows and columns.

They hold msgids, type roles and icon names, not strings, fonts and pixmaps: a change of language
or scheme needs no code in pages. Nothing here may import more than the first paint needs: not even
Qt's own namespace `Qt`, whose enums take as long to make as a tenth of an empty window.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QSize
from PySide6.QtGui import QFontMetrics, QPainter, QPalette
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ui import theme
from ui.text import say, tip

Policy = QSizePolicy.Policy


def __getattr__(name: str):
    """Give `Align` (Qt.AlignmentFlag) to the parts that come after the first paint."""
    if name == "Align":
        from PySide6.QtCore import Qt

        return Qt.AlignmentFlag
    raise AttributeError(name)


class Said:
    """A widget that keeps its message and values and says them again when anything changes.

    Mix in before the Qt class. `say(N_(...), name=value)` shows a msgid with its values; a plain
    str is data and is shown as it is.
    """

    _message: str = ""
    _values: dict = {}
    _name: str = ""
    _named_values: dict = {}
    _role = "body"

    def say(self, message: str, **values: object):
        """Show a message; return the widget."""
        self._message, self._values = message, values
        self.setText(say(message, **values))
        self.updateGeometry()
        return self

    def named(self, message: str, **values: object):
        """Give a widget without words its accessible name and tool tip; return the widget."""
        self._name, self._named_values = message, values
        spoken = say(message, **values)
        self.setAccessibleName(spoken)
        self.setToolTip(spoken)
        return self

    def dress(self) -> None:
        """Take the font, colours and icons of the present scheme and text size."""
        self.setFont(theme.font(self._role))

    def changeEvent(self, event: QEvent) -> None:
        kind = event.type()
        if kind == QEvent.Type.LanguageChange:
            self.say(self._message, **self._values)
            if self._name:
                self.named(self._name, **self._named_values)
        elif kind == QEvent.Type.StyleChange:
            self.dress()
        super().changeEvent(event)


class Label(Said, QLabel):
    """Words in a type role; `ink` overrides the role's colour, `elide` cuts with an ellipsis."""

    def __init__(
        self,
        message: str = "",
        role: str = "body",
        ink: str = "",
        *,
        wrap: bool = False,
        elide: bool = False,
        align=None,
        **values: object,
    ) -> None:
        super().__init__()
        self._role, self.elide, self._width = role, elide, 0
        self._ink = ink or theme.ROLES[role][2]
        if align is not None:
            from PySide6.QtCore import Qt

            self.setAlignment(align | Qt.AlignmentFlag.AlignVCenter)
        self.setWordWrap(wrap)
        if elide:
            self.setSizePolicy(Policy.Ignored, Policy.Preferred)
        self.dress()
        self.say(message, **values)

    def setText(self, text: str) -> None:
        """Show words as they are: a name in angle brackets is no markup."""
        if "<" in text or "&" in text:
            from PySide6.QtCore import Qt

            self.setTextFormat(Qt.TextFormat.PlainText)
        super().setText(text)

    def ink(self, ink: str) -> Label:
        """Change the colour token."""
        self._ink = ink
        self.dress()
        return self

    def wide(self, width: int) -> Label:
        """Take this width, in px at 100 % text size."""
        self._width = width
        self.dress()
        return self

    def shrink(self) -> Label:
        """Take no more room than the words; with less, end in an ellipsis."""
        self.elide = True
        self.setSizePolicy(Policy.Maximum, Policy.Preferred)
        return self

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        return QSize(0, hint.height()) if self.elide else hint

    def dress(self) -> None:
        super().dress()
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.WindowText, theme.color(self._ink))
        self.setPalette(palette)
        if self._width:
            self.setFixedWidth(theme.px(self._width))

    def paintEvent(self, event) -> None:
        text = self.text()
        cut = self.elide and self.fontMetrics().horizontalAdvance(text) > self.width()
        if self.elide:
            self.setToolTip(tip(text) if cut else "")
        if not cut:
            super().paintEvent(event)
            return
        from PySide6.QtCore import Qt

        short = self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, self.width())
        painter = QPainter(self)
        painter.setPen(theme.color(self._ink))
        painter.drawText(self.rect(), self.alignment(), short)


class Button(Said, QPushButton):
    """A button of a kind: primary (one per screen), default, ghost, danger, link, nav, seg or tab.

    `icon` names a Lucide icon; `name` is the accessible name of a button without words; `on`
    makes it checkable; `writes` removes it where the office is read-only (see Page.writing).
    """

    ROLE = {"nav": "body", "tab": "body"}
    ROLE_ON = {"nav": "strong", "tab": "strong"}
    ICON_INK = {"primary": "accOn", "danger": "bad", "search": "text3", "link": "acc"}

    def __init__(
        self,
        message: str = "",
        kind: str = "default",
        icon: str = "",
        *,
        name: str = "",
        slot=None,
        on: bool | None = None,
        size: int = 16,
        **values: object,
    ) -> None:
        super().__init__()
        self._role = self.ROLE.get(kind, "sec")
        self._role_on = self.ROLE_ON.get(kind, "secb")
        self._icon, self._size, self.kind = icon, size, kind
        self._reason: str = ""
        self._reason_values: dict = {}
        self.setProperty("kind", kind)
        self.setProperty("bare", not message)
        self._message = message
        if on is not None:
            self.setCheckable(True)
            self.setChecked(on)
            self.toggled.connect(self.dress)
        if kind != "nav":
            self.setSizePolicy(Policy.Fixed, Policy.Fixed)
        self.say(message, **values)
        self.dress()
        if name:
            self.named(name)
        if slot:
            self.clicked.connect(slot)

    def say(self, message: str, **values: object) -> Button:
        """Show a message; a button made without words is as wide as its icon until it has some."""
        worded = bool(self._message)
        super().say(message, **values)
        if bool(message) != worded:
            self.setProperty("bare", not message)
            self.style().unpolish(self)
            self.style().polish(self)
            self.updateGeometry()
        if self._icon and self.text():
            self.setText(" " + self.text())
        # "&" in a name would become a mnemonic.
        if "&" in self.text():
            self.setText(self.text().replace("&", "&&"))
        if self.text():
            self.setAccessibleName(say(message, **values))
        return self

    def icon_named(self, icon: str) -> Button:
        """Change the icon."""
        self._icon = icon
        self.dress()
        return self

    def as_kind(self, kind: str) -> Button:
        """Become a button of another kind: a screen whose part leads has no second primary."""
        if kind != self.kind:
            self.kind = kind
            self.setProperty("kind", kind)
            self.style().unpolish(self)
            self.style().polish(self)
            self.dress()
            self.updateGeometry()
        return self

    def why_not(self, reason: str = "", **values: object) -> Button:
        """Disable the button and say why in its tool tip; no reason enables it."""
        self._reason, self._reason_values = reason, values
        self.setEnabled(not reason)
        self.setToolTip(say(reason, **values) if reason else "")
        return self

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and self._reason:
            self.setToolTip(say(self._reason, **self._reason_values))

    def dress(self, *_ignored) -> None:
        on = self.isChecked()
        bold = on or self.kind == "primary"
        self.setFont(theme.font(self._role_on if bold else self._role))
        if self._icon:
            ink = "acc" if on else self.ICON_INK.get(self.kind, "text2")
            self.setIcon(theme.icon(self._icon, ink, self._size, greys=self.kind != "nav"))
            side = theme.px(self._size)
            self.setIconSize(QSize(side, side))

    def sizeHint(self) -> QSize:
        """Wide enough for the bold words, so that choosing a part moves nothing."""
        hint = super().sizeHint()
        if self.isCheckable() and self.text() and not self.isChecked():
            more = advance(self._role_on, self.text()) - advance(self._role, self.text())
            hint.setWidth(hint.width() + max(0, more))
        return hint


class Icon(Said, QLabel):
    """A picture that repeats what words beside it say; screen readers skip it."""

    def __init__(self, name: str, ink: str = "text2", size: int = 16) -> None:
        super().__init__()
        self._icon, self._ink, self._size = name, ink, size
        self.dress()

    def show_icon(self, name: str, ink: str) -> Icon:
        """Change the picture and its colour token."""
        self._icon, self._ink = name, ink
        self.dress()
        return self

    def say(self, *_message, **_values) -> Icon:
        return self

    def dress(self) -> None:
        self.setPixmap(theme.pixmap(self._icon, self._ink, self._size))
        self.setFixedSize(theme.px(self._size), theme.px(self._size))


class KeyCap(Said, QLabel):
    """A key as it stands on the keyboard."""

    def __init__(self, keys: str) -> None:
        super().__init__(keys)
        self._role = "cap"
        self.setObjectName("keycap")
        self.setSizePolicy(Policy.Maximum, Policy.Fixed)
        self.dress()

    def say(self, *_message, **_values) -> KeyCap:
        return self

    def dress(self) -> None:
        super().dress()
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.WindowText, theme.color("text2"))
        self.setPalette(palette)


def advance(role: str, text: str) -> int:
    """Return how wide words are in a type role."""
    return QFontMetrics(theme.font(role)).horizontalAdvance(text)


def frame(kind: str) -> QFrame:
    """Return a frame the style sheet knows: card, state, inspector, leftpane, inset, …"""
    part = QFrame()
    part.setObjectName(kind)
    return part


def rule() -> QFrame:
    """Return a hairline."""
    return frame("hline")


class Pane(QScrollArea):
    """A pane that scrolls rather than squeezes what is inside when the window is low."""

    def __init__(self, inside: QWidget) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        from PySide6.QtCore import Qt

        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(inside)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Bring what Tab reached into view."""
        moved = super().focusNextPrevChild(forward)
        focused = self.focusWidget()
        if moved and focused and self.isAncestorOf(focused):
            self.ensureWidgetVisible(focused)
        return moved


def scrolled(inside: QWidget) -> Pane:
    """Return `inside` in a Pane."""
    return Pane(inside)


def row(*parts, margins=(0, 0, 0, 0), gap: int = 8, into: QWidget | None = None) -> QWidget:
    """Lay parts side by side.

    None stretches, a number is a space, (widget, n) stretches the widget, (widget, alignment)
    aligns it. `into` takes the layout, by default a new plain widget.
    """
    return _lay(QHBoxLayout, parts, margins, gap, into)


def column(*parts, margins=(0, 0, 0, 0), gap: int = 8, into: QWidget | None = None) -> QWidget:
    """Lay parts under each other; parts as in `row`."""
    return _lay(QVBoxLayout, parts, margins, gap, into)


def _lay(kind, parts, margins, gap, into):
    box = into or QWidget()
    layout = kind(box)
    layout.setContentsMargins(*margins)
    layout.setSpacing(gap)
    for part in parts:
        if part is None:
            layout.addStretch(1)
        elif isinstance(part, QWidget):
            layout.addWidget(part)
        elif isinstance(part, int):
            layout.addSpacing(part)
        elif type(part[1]) is int:
            layout.addWidget(*part)
        else:
            layout.addWidget(part[0], 0, part[1])
    return box


def around(rect: QRect, by: int) -> QRect:
    """Return a rectangle grown by `by` on each side."""
    return rect.adjusted(-by, -by, by, by)
