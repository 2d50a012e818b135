"""What the faces share that list texts at the left and write the one in front at the right."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtWidgets import QWidget

from ui import theme
from ui.commitments.plan_editor import Twins
from ui.commitments.plan_face import Face
from ui.models.rows import RowTable, Table
from ui.text import Msg
from ui.widgets.lists import RowList
from ui.widgets.parts import frame

NARROW = 1000  # px of a face under which its list is narrow


class TwinsFace(Face):
    """Lines with an `id` (their place) and a `key`, and the twins of the one in front.

    What was typed is kept by `keep` whenever another line, face, plan or page comes.
    """

    TABLE: ClassVar[Table]
    NAME: ClassVar[Msg]
    HEIGHT: ClassVar[int]
    WIDTHS: ClassVar[tuple[int, int]]  # of the list, where there is room and where there is not

    def __init__(self, pane) -> None:
        super().__init__(pane)
        self.lines: list = []
        self.line = None
        self.list = RowList(RowTable(self.TABLE), self.NAME, height=self.HEIGHT, header=False)
        self.twins = Twins(pane)
        self.left = frame("leftpane")
        self.list.previewed.connect(self.on_previewed)
        self.list.opened.connect(self.on_opened)
        self.twins.saved.connect(self.keep)
        self.dress()

    def show_line(self, line) -> None:
        """Show a text."""
        raise NotImplementedError

    def keep(self) -> None:
        """Save what was typed of the text in front."""
        raise NotImplementedError

    def choose(self, line) -> None:
        """Put a text in front without keeping what was typed of the one before."""
        self.list.blockSignals(True)
        self.list.choose(line.id)
        self.list.blockSignals(False)
        self.show_line(line)

    # --- what the pane asks
    def leave(self) -> None:
        self.twins.on_left()

    def forget(self) -> None:
        self.line = None

    def panes(self) -> list[QWidget]:
        return [self.list, self.twins.korean.editor, self.twins.english.editor]

    # --- slots
    def on_previewed(self, id: int) -> None:
        """Show a text; what was typed of the one before is kept."""
        found = next((one for one in self.lines if one.id == id), None)
        if found is not None and (self.line is None or found.key != self.line.key):
            self.leave()
            self.show_line(found)

    def on_opened(self, _id: int) -> None:
        """Write."""
        frozen = self.twins.korean.editor.isReadOnly()
        (self.twins.english if frozen else self.twins.korean).editor.setFocus()

    # --- events
    def dress(self) -> None:
        wide, narrow = self.WIDTHS
        self.left.setFixedWidth(theme.px(narrow if self.width() < theme.px(NARROW) else wide))

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        self.dress()

    def changeEvent(self, event) -> None:
        super().changeEvent(event)
        if event.type() == event.Type.StyleChange and hasattr(self, "left"):
            self.dress()
