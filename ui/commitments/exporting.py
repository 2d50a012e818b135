"""How a drawing of the room leaves it: copied as a picture or as cells, saved as PNG, SVG or PDF."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from gwangju_desktop import clock
from ui.text import C_, N_, Msg, say

KINDS: dict[str, Msg] = {
    ".png": N_("Image (PNG)"),
    ".svg": N_("Drawing (SVG)"),
    ".pdf": Msg("PDF"),
}
UNSAFE = str.maketrans(dict.fromkeys('<>:"/\\|?*', " "))


class Exporting:
    """A pane that gives away what it draws; mix in before Page. `picture()` and `cells()` say what."""

    def picture(self):
        """Return what is drawn (with `draw`, `drawn_size`, `sentence`) and its title; None, "" without."""
        return None, ""

    def cells(self) -> list[list[str]]:
        """Return the same as rows of cells, titles first."""
        return []

    def words(self, title: str):
        """Return what stands round the picture."""
        from ui.energy.picture import Words

        office = self.place.plan
        meta = say(C_("picture", "{plan} · as of {day:full}"), plan=office.code, day=clock.today())
        return Words(title, meta, self.below())

    def below(self) -> tuple[str, ...]:
        """Return the sentences under the picture."""
        return ()

    def on_picture(self) -> None:
        """Copy what is drawn as a picture."""
        from ui.energy.picture import copied

        drawing, title = self.picture()
        if drawing is not None:
            QGuiApplication.clipboard().setImage(copied(drawing, self.words(title)))
            self.toast(N_("The chart has been copied as an image."))

    def on_cells(self) -> None:
        """Copy what is drawn as cells with their titles."""
        lines = ["\t".join(" ".join(cell.split()) for cell in line) for line in self.cells()]
        QGuiApplication.clipboard().setText("\n".join(lines))
        self.toast(N_("The figures have been copied as cells."))

    def on_save(self) -> None:
        """Ask where to save what is drawn."""
        drawing, title = self.picture()
        if drawing is None:
            return
        kinds = {f"{say(words)} (*{kind})": kind for kind, words in KINDS.items()}
        asked, chosen = QFileDialog.getSaveFileName(
            self, say(N_("Save picture")), title.translate(UNSAFE) + ".png", ";;".join(kinds)
        )
        if asked:
            path = Path(asked)
            if path.suffix.lower() not in KINDS:
                path = path.with_name(path.name + kinds.get(chosen, ".png"))
            self.save_to(path)

    def save_to(self, path: Path) -> None:
        """Write what is drawn to a file of the kind its suffix names."""
        from ui.energy.picture import write

        drawing, title = self.picture()
        write(path, drawing, self.words(title))
        self.toast(N_("Saved to {path}."), path=path.name)
