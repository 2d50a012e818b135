"""The copy before: found beside the one that was opened, chosen or dropped, and held against it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject

from gwangju_desktop.snapshots import chain
from ui.text import N_
from ui.widgets.parts import Button


class Linking(QObject):
    """What a page of an opened copy does about the one before; `page.link` is what was found."""

    def __init__(self, page) -> None:
        super().__init__(page)
        self.page = page
        self.compare = Button("", "primary", "history", slot=self.on_compare)

    def begin(self) -> None:
        """Look for the copy before in the folder of a proved one."""
        view = self.page.view
        self.compare.hide()
        if view.proved and view.manifest.previous is not None:
            self.page.desk.work(
                found_beside,
                title=N_("Looking for the copy before"),
                then=self.on_linked,
                otherwise=self.on_not_linked,
                view=view,
            )

    def on_linked(self, link) -> None:
        page = self.page
        # Another copy may have been opened meanwhile.
        if link is None or link.newer is not page.view.verdict:
            return
        page.link = link
        sequence = link.older.manifest.sequence
        self.compare.say(N_("Compare with no. {n} ({file})"), n=sequence, file=link.path.name)
        self.compare.show()
        page.show_verification()

    def on_not_linked(self, _error: Exception) -> None:
        """Leave it at the copy's own words: nobody asked for the file that was looked at."""

    def on_compare(self) -> None:
        """Lay the copy beside the older one that was found."""
        self.page.compare_with(self.page.link.path)

    def on_previous(self) -> None:
        """Choose the copy before this one."""
        name = self.page.ask_older(N_("Choose the copy before"))
        if name:
            self.take(Path(name))

    def take(self, path: Path) -> None:
        """Verify an older copy and hold this one against it."""
        self.page.desk.work(
            linked,
            title=N_("Verifying the copy before"),
            then=self.on_linked,
            view=self.page.view,
            path=path,
        )


def found_beside(work, *, view):
    """Hold a copy against the one before it where that lies in the same folder."""
    older = chain.beside(view)
    return chain.link(view, older, cancelled=work.cancelled) if older else None


def linked(work, *, view, path: Path):
    """Hold a copy against the one a person chose."""
    return chain.link(view, path, cancelled=work.cancelled)
