"""Before and after: the rows of an entry as a table that can be read, marked and copied."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QTextEdit

from gwangju_desktop.history import differing, images
from ui import theme
from ui.text import C_, N_, say

GONE = N_("What it held was erased with personal data; nothing is left of it.")


class BeforeAfter(QTextEdit):
    """The rows of one entry, read only; texts of people are shown as they wrote them."""

    def __init__(self) -> None:
        super().__init__()
        self.changes: tuple = ()
        self.hidden = 0
        self.setReadOnly(True)
        self.setProperty("bare", True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(say(N_("Before and after")))
        self.setFont(theme.font("sec"))

    def show_changes(self, changes, hidden: int) -> None:
        """Show the rows of an entry; `hidden` more are only counted."""
        if (changes, hidden) == (self.changes, self.hidden):
            return  # what is marked stays marked
        self.changes, self.hidden = changes, hidden
        self._write()

    def _write(self) -> None:
        parts = [_change(change) for change in self.changes]
        if self.hidden:
            more = say(N_("{n:,} more rows are not shown."), n=self.hidden)
            parts.append(f'<p style="color:{_ink("text3")}">{escape(more)}</p>')
        self.setHtml("".join(parts))
        self.verticalScrollBar().setValue(0)

    def changeEvent(self, event) -> None:
        kind = event.type()
        if kind == event.Type.StyleChange:
            self.setFont(theme.font("sec"))
            self._write()
        elif kind == event.Type.LanguageChange:
            self.setAccessibleName(say(N_("Before and after")))
        super().changeEvent(event)


def _ink(name: str) -> str:
    return theme.color(name).name()


def _change(change) -> str:
    head = (
        f'<p style="margin:14px 0 4px 0"><b>{escape(_capital(change.record))}</b>'
        f'&nbsp;&nbsp;<span style="color:{_ink("text3")}">{escape(say(change.did))}</span></p>'
    )
    if change.act == images.ERASED:
        return head + f'<p style="color:{_ink("text3")}"><i>{escape(say(GONE))}</i></p>'
    both = change.act == images.CHANGED
    titles = [say(C_("history", "Field"))]
    titles += (
        [say(C_("history", "Before")), say(C_("history", "After"))]
        if both
        else [say(C_("history", "Value"))]
    )
    widths = ("26%", "37%", "37%") if both else ("26%", "74%")
    rows = [
        "<tr>"
        + "".join(
            f'<td width="{width}" style="color:{_ink("text3")}">{escape(title)}</td>'
            for width, title in zip(widths, titles, strict=True)
        )
        + "</tr>"
    ]
    rows += [_field(change.act, field) for field in change.fields]
    return (
        head + f'<table width="100%" cellspacing="0" cellpadding="5" border="0">{"".join(rows)}'
        "</table>"
    )


def _field(act: str, field) -> str:
    line = f"border-top:1px solid {_ink('line')}"
    label = f'<td style="{line};color:{_ink("text2")}">{escape(field.label)}</td>'
    if field.pieces:
        told = "".join(map(_piece, field.pieces))
        return f'<tr>{label}<td colspan="2" style="{line}">{told}</td></tr>'
    before = f'<td style="{line};color:{_ink("text2")}">{_lines(field.before)}</td>'
    after = f'<td style="{line};color:{_ink("text")}">{_lines(field.after)}</td>'
    if act == images.CHANGED:
        return f"<tr>{label}{before}{after}</tr>"
    return f"<tr>{label}{after if act == images.ADDED else before}</tr>"


def _piece(piece) -> str:
    text = _lines(piece.text)
    if piece.kind == differing.OUT:
        return f'<s style="color:{_ink("bad")};background:{_ink("badBg")}">{text}</s>'
    if piece.kind == differing.IN:
        return f'<u style="color:{_ink("ok")};background:{_ink("okBg")}">{text}</u>'
    if piece.kind == differing.LEFT_OUT:
        return f'<span style="color:{_ink("text3")}"> … </span>'
    return text


def _lines(text: str) -> str:
    return escape(text).replace("\n", "<br>")


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
