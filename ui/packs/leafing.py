"""The pages of the pack in front: drawn in children, in colour or grey, found by their number."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QImage

from gwangju_desktop.errors import UserError
from ui import alerts
from ui.packs.labels import page_of, sheet_of
from ui.text import N_


class Leafing(QObject):
    """Bring the workshop's pictures into the view, and the outline and the pages together."""

    def __init__(self, page) -> None:
        super().__init__(page)
        self.page, self.view = page, page.reader.view
        self._told: Path | None = None
        page.workshop.drawn.connect(self.on_drawn)
        page.workshop.undrawn.connect(self.on_undrawn)
        page.facts.greyed.connect(self.on_greyed)
        page.facts.wanted.connect(self.go)
        page.outline.picked.connect(self.on_part)
        page.outline.list.paged.connect(self.view.scroll)
        page.reader.turned.connect(self.on_turned)
        self.view.wanted.connect(self.on_wanted)

    def go(self, page: int) -> None:
        """Go to a page the members know by that number."""
        bound = self.page.bound
        self.view.go(sheet_of(bound.labels, page) if bound else page)

    def on_part(self, part) -> None:
        self.go(part.page)

    def on_turned(self, sheet: int) -> None:
        """Mark the part the sheet in front is of."""
        if self.page.bound is not None:
            self.page.outline.follow(page_of(self.page.bound.labels, sheet))

    def on_wanted(self, wishes: list) -> None:
        if self.page.bound is not None:
            self.page.workshop.want(self.page.bound.file, wishes)

    def on_drawn(self, drawn) -> None:
        bound = self.page.bound
        if bound is None or drawn.file != bound.file:
            return
        picture = drawn.picture
        if self.page.facts.grey.isChecked():
            picture = picture.convertToFormat(QImage.Format.Format_Grayscale8)
        self.view.put(drawn.page, picture)

    def on_greyed(self, _grey: bool) -> None:
        """Draw the pages anew, in black and white or as they are."""
        self.view.show_document(self.view.count)

    def on_undrawn(self, undrawn) -> None:
        """Say once for each pack that a page cannot be shown; saving still works."""
        bound = self.page.bound
        if bound is None or undrawn.file != bound.file or self._told == undrawn.file:
            return  # of a pack that is no longer shown, or told already
        self._told = undrawn.file
        alerts.tell(
            UserError(
                N_("Page {page} cannot be drawn."),
                hint=N_("Make the pack anew and try again."),
                page=undrawn.pages[0] + 1,
            )
        )
