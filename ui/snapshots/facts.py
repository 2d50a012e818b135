"""Small parts of the room: facts in pairs, before and after, fingerprints in lines."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFrame, QWidget

from ui import theme
from ui.actions import COPY_SUFFIXES
from ui.text import C_, N_, Msg, day, language, say
from ui.widgets.page import pair
from ui.widgets.parts import Align, Label, column, row

CAPTION = 104
GROUPS_A_LINE = 4
LINE = 16  # letters of a hash on a line
WIDE = 372  # px of the inspector
SUFFIX = ".gwsnap"
NONE = "–"  # a value that is not there
PATTERN = " ".join(f"*{suffix}" for suffix in COPY_SUFFIXES)
FILES = N_("Review copies ({pattern})")


def in_lines(fingerprint: str) -> str:
    """Return a fingerprint in lines short enough to read to somebody."""
    groups = fingerprint.split(" ")
    lines = [groups[i : i + GROUPS_A_LINE] for i in range(0, len(groups), GROUPS_A_LINE)]
    return "\n".join(" ".join(line) for line in lines)


def digest_in_lines(digest: str) -> str:
    """Return a hash in lines: it has no spaces at which it could break."""
    return "\n".join(digest[i : i + LINE] for i in range(0, len(digest), LINE))


def short(digest: str) -> str:
    """Return the beginning and end of a hash."""
    return f"{digest[:8]}…{digest[-8:]}"


def moment(text: str) -> dt.datetime:
    """Return the moment a manifest writes."""
    return dt.datetime.fromisoformat(text)


def when(text: str) -> str:
    """Write a date or moment of a copy the usual way; anything else as it is."""
    try:
        if "T" in text:
            return day(dt.datetime.fromisoformat(text), "when")
        return day(dt.date.fromisoformat(text), "full")
    except ValueError:
        return text


def as_day(value: object) -> dt.date | None:
    """Return the day a date or moment of a copy names, None for anything else."""
    try:
        return dt.date.fromisoformat(str(value)[:10])
    except ValueError:
        return None


def megabytes(size: int) -> str:
    """Say how large a file is."""
    if size < 2**20:
        return say(N_("{n} KB"), n=max(1, round(size / 1024)))
    return say(N_("{n} MB"), n=f"{size / 2**20:.1f}")


def named(part) -> str:
    """Return what a copy's own codebook calls a table or column, in the current language."""
    return str(part.ko if language() == "ko" else part.en)


def in_english(column: str | None, row) -> str:
    """Return a record's English name where English is spoken and it has one, else ""."""
    if language() != "en" or column is None:
        return ""
    return str(row.get(f"{column.removesuffix('_ko')}_en") or "")


def shown(value: object) -> str:
    """Write one value of a copy."""
    if value is None or value == "":
        return NONE
    if isinstance(value, float):
        return f"{value:,.10g}"
    return str(value)


class Selectable(Label):
    """Words that can be marked and copied with the mouse."""

    def __init__(self, message: str = "", role: str = "sec", **options) -> None:
        super().__init__(message, role, wrap=True, **options)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)


def fact(caption: str, value: Label) -> QWidget:
    """Return a caption beside its value."""
    return pair(Label(caption, "cap", wrap=True), value, CAPTION)


class CopyFacts(QWidget):
    """What identifies a copy: the key, the moment, the hashes, how much it holds."""

    def __init__(self, *above: QWidget, words: Label | None = None, gap: int = 10) -> None:
        super().__init__()
        self.fingerprint, self.made_at, self.digest = Selectable(), Selectable(), Selectable()
        self.audit, self.content = Selectable(), Selectable()
        column(
            *above,
            fact(N_("Key fingerprint"), self.fingerprint),
            *([fact(N_("In words"), words)] if words else ()),
            fact(N_("Made at"), self.made_at),
            fact(N_("Hash (SHA-256)"), self.digest),
            fact(N_("Audit hash"), self.audit),
            fact(C_("review copies", "Contents"), self.content),
            gap=gap,
            into=self,
        )

    def show_copy(
        self, fingerprint: str, made: dt.datetime, digest: str, audit: tuple[int, str]
    ) -> None:
        """Show a copy; `digest` as it is written there, `audit` an entry of the journal."""
        self.fingerprint.say(in_lines(fingerprint))
        self.made_at.say(N_("{made:when}"), made=made)
        self.digest.say(digest)
        self.audit.say(N_("Entry {n} · {hash}"), n=audit[0], hash=audit[1][:8])

    def say_content(self, message: Msg, **values: object) -> None:
        """Say how much the copy holds."""
        self.content.say(message, **values)


class Block(QFrame):
    """A value before or after a change: a sign, a word and the value, never colour alone."""

    def __init__(self, sign: str, word: str, value: str, tone: str) -> None:
        super().__init__()
        self.tone = tone
        sign_label = Label(sign, "strong", tone)
        word_label = Label(word, "cap")
        value_label = Selectable(value, "secb")
        parts = [(part, Align.AlignTop) for part in (sign_label, word_label)]
        row(*parts, (value_label, 1), margins=(12, 7, 10, 7), gap=8, into=self)

    def paintEvent(self, _event) -> None:
        painter = QPainter(self)
        area = QRectF(self.rect())
        painter.fillRect(area, theme.color(f"{self.tone}Bg"))
        painter.fillRect(QRectF(0, 0, theme.px(3), area.height()), theme.color(self.tone))


class Details(QWidget):
    """Parts one below the other that are put anew for every record chosen."""

    def __init__(self) -> None:
        super().__init__()
        column(gap=8, into=self)

    def put(self, *parts: QWidget) -> None:
        """Show these parts and nothing else."""
        layout = self.layout()
        while layout.count():
            old = layout.takeAt(0).widget()
            old.hide()
            old.deleteLater()
        for part in parts:
            layout.addWidget(part)
