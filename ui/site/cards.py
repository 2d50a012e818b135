"""Picture cards for the press and networks: chosen, looked at, saved, their text copied."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QPixmap
from PySide6.QtWidgets import QFileDialog, QFrame, QLabel

from db.files import atomic_write
from gwangju_desktop.site import cards
from gwangju_desktop.site.card_picture import png
from gwangju_desktop.text import words
from ui import theme
from ui.models.rows import Cell, Column, RowTable, Table
from ui.text import C_, N_, language, say
from ui.widgets.lists import RowList
from ui.widgets.painted import Segment
from ui.widgets.parts import Button, Label, column, row, scrolled

WIDE, ROOM = 420, 40  # px of the picture's side, and of them beside the picture
NAMES = {"ko": N_("Korean"), "en": N_("English")}


@dataclass(frozen=True, slots=True)
class Line:
    """A card in the list."""

    id: int
    card: object


LINES = Table(
    columns=(
        Column("said", C_("card", "About"), 104, cell=lambda one: Cell(one.card.said)),
        Column("title", C_("card", "Title"), cell=lambda one: Cell(one.card.title, role="secb")),
    ),
)


class CardsPane(QFrame):
    """The cards of the prepared site at the left, the one in front at the right."""

    def __init__(self, page) -> None:
        super().__init__()
        self.page, self.draft, self.shown, self.data = page, None, None, b""
        self.languages: list[str] = list(NAMES)
        self.spoken = Segment(list(NAMES.values()), 0, C_("card", "Language of the cards"))
        self.model = page.table(RowTable(LINES))
        self.list = RowList(self.model, N_("Picture cards"), height=34)
        self.picture = QLabel()
        self.picture.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.text = Label("", "sec", wrap=True)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.save = Button(N_("Save the picture…"), icon="download", slot=self.on_save)
        self.copy = Button(N_("Copy the text"), icon="copy", slot=self.on_copy)
        side = column(
            self.picture,
            self.text,
            row(self.save, self.copy, None),
            None,
            margins=(8, 8, 24, 16),
            gap=12,
        )
        self.side = scrolled(side)
        left = column(
            row(self.spoken, None, margins=(28, 8, 8, 8)),
            (row(self.list, margins=(20, 0, 8, 8)), 1),
            gap=0,
        )
        row((left, 1), self.side, gap=0, into=self)
        self.spoken.chosen.connect(self.on_language)
        self.list.previewed.connect(self.on_chosen)
        self.dress()

    def dress(self) -> None:
        """Give the picture its room, at most half of what there is."""
        wide = min(theme.px(WIDE), max(self.width() // 2, theme.px(WIDE) // 2))
        if wide != self.side.width():
            self.side.setFixedWidth(wide)
            if self.shown is not None:
                self._paint()

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        self.dress()

    def changeEvent(self, event) -> None:
        super().changeEvent(event)
        if event.type() == event.Type.StyleChange and hasattr(self, "side"):
            self.dress()

    def show_draft(self, draft) -> None:
        """Show the cards of a prepared site, in the language of the window if it speaks that."""
        self.draft = draft
        spoken = [one for one in NAMES if one in draft.cards]
        for name, part in zip(NAMES, self.spoken.parts, strict=True):
            part.setEnabled(name in spoken)
        first = language() if language() in spoken else spoken[0]
        self.spoken.choose(list(NAMES).index(first))
        self.on_language(self.spoken.current())

    def on_language(self, n: int) -> None:
        """List the cards in a language."""
        own = self.draft.cards[list(NAMES)[n]]
        self.model.show(Line(number, card) for number, card in enumerate(own))
        self.shown = None
        if own:
            if self.list.current() is None:
                self.list.choose_first()
            # As many rows as before keep the selection, which tells nobody then.
            self.on_chosen(self.list.current() or 0)
        for button in (self.save, self.copy):
            button.setEnabled(bool(own))

    def on_chosen(self, id) -> None:
        """Draw the card in front."""
        own = self.draft.cards[list(NAMES)[self.spoken.current()]] if self.draft else []
        if id is not None and id < len(own):
            self.shown = own[id]
            self._draw()

    def _draw(self) -> None:
        card = self.shown
        self.data = png(card)
        self._paint()
        self.picture.setAccessibleName(card.alt)
        self.text.say(cards.short(card, words(card.language), self.draft.link(card)))

    def _paint(self) -> None:
        """Show the picture as wide as there is room."""
        picture = QPixmap()
        picture.loadFromData(self.data, "PNG")
        ratio = self.devicePixelRatioF()
        wide = self.side.width() - ROOM
        picture = picture.scaledToWidth(
            round(wide * ratio), Qt.TransformationMode.SmoothTransformation
        )
        picture.setDevicePixelRatio(ratio)
        self.picture.setPixmap(picture)

    def on_save(self) -> None:
        """Save the picture in front where the person says."""
        if self.shown is None:
            return
        name = re.sub(r'[\\/:*?"<>|\s]+', " ", self.shown.title).strip(" .")
        chosen, _filter = QFileDialog.getSaveFileName(
            self,
            say(N_("Save the picture")),
            str(Path.home() / f"{name}.png"),
            say(N_("Pictures ({pattern})"), pattern="*.png"),
        )
        if chosen:
            path = Path(chosen)
            path = path if path.suffix.lower() == ".png" else path.with_name(path.name + ".png")
            with atomic_write(path) as file:
                file.write(self.data)
            self.page.toast(N_("Saved to {path}."), path=path)

    def on_copy(self) -> None:
        """Put the text to post on the clipboard."""
        QGuiApplication.clipboard().setText(self.text.text())
        self.page.toast(N_("Text copied."))
