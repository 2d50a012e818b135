"""Files dropped on the page of packs become appendices of the pack in front."""

from __future__ import annotations

from pathlib import Path

from gwangju_desktop.papers.kinds import PICTURES, suffix
from ui.text import N_
from ui.widgets.parts import Align, Label, column, frame

TAKEN = (".pdf", *PICTURES)
EDGE = 12


def dropped(data) -> list[Path]:
    """Return the files of a drag if a pack can bind all of them, else none."""
    paths = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    return paths if all(suffix(path.name) in TAKEN for path in paths) else []


class DropHint:
    """What is shown over a pane while files are held over it."""

    def __init__(self, pane, words: str = N_("Drop to add as an appendix")) -> None:
        self._pane, self._frame = pane, frame("drop")
        self._frame.setParent(pane)
        said = Label(words, "strong", "acc", wrap=True)
        said.setAlignment(Align.AlignCenter)
        column(None, said, None, margins=(16, 16, 16, 16), into=self._frame)
        self._frame.hide()

    def show(self) -> None:
        """Cover the pane."""
        area = self._pane.rect().adjusted(EDGE, EDGE, -EDGE, -EDGE)
        self._frame.setGeometry(area)
        self._frame.show()
        self._frame.raise_()

    def hide(self) -> None:
        """Uncover the pane."""
        self._frame.hide()
