"""How an indicator leaves the room: copied as a picture or cells, saved as a table or a picture."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QMenu

from db.files import atomic_write
from gwangju_desktop.energy.export import write_csv
from ui import theme
from ui.energy import picture
from ui.text import C_, N_, Msg, say

# suffix -> what it is called; the first is what a name without a suffix becomes.
TABLES: dict[str, Msg] = {".csv": Msg("CSV"), ".xlsx": N_("Excel (XLSX)")}
PICTURES: dict[str, Msg] = {
    ".png": N_("Image (PNG)"),
    ".svg": N_("Drawing (SVG)"),
    ".pdf": Msg("PDF"),
}
KINDS = TABLES | PICTURES
CELLS = N_("Copy the figures as cells")
MONTHLY, STATEMENT = "energy-monthly", "energy-statement"
REPORTS: dict[str, Msg] = {
    MONTHLY: C_("document", "Monthly energy report"),
    STATEMENT: C_("document", "Yearly statement of greenhouse gas emissions"),
}


class Exporting:
    """What the indicator's pane can give away; `words()` says what stands round it."""

    def words(self) -> picture.Words:
        """Return title, line below it, and the sentences under the picture."""
        raise NotImplementedError

    def build_menu(self) -> QMenu:
        """Make the menu of the export button; its words are said when it opens."""
        self.menu = QMenu(self)
        self.menu.triggered.connect(self.on_kind)
        return self.menu

    def on_menu(self) -> None:
        """Show below the button how the view can be saved or copied."""
        self.menu.clear()
        self.menu.setFont(theme.font("sec"))
        self.menu.addAction(theme.icon("copy", "text2"), say(CELLS)).setData("cells")
        self.menu.addAction(theme.icon("image", "text2"), say(N_("Copy image"))).setData("picture")
        self.menu.addSeparator()
        for suffix, words in KINDS.items():
            icon = "table" if suffix in TABLES else "image"
            self.menu.addAction(theme.icon(icon, "text2"), say(words)).setData(suffix)
        self.menu.addSeparator()
        for name, words in REPORTS.items():
            self.menu.addAction(theme.icon("file-text", "text2"), say(words)).setData(name)
        corner = self.export_button.mapToGlobal(self.export_button.rect().bottomRight())
        corner.setX(corner.x() - self.menu.sizeHint().width())
        self.menu.popup(corner)

    def on_kind(self, action) -> None:
        """Do what was chosen."""
        if action.data() == "cells":
            self.on_cells()
        elif action.data() == "picture":
            self.on_picture()
        elif action.data() in REPORTS:
            self._report(action.data())
        else:
            self._ask(action.data())

    def on_monthly(self) -> None:
        """Make the page of a month."""
        self._report(MONTHLY)

    def on_statement(self) -> None:
        """Make the statement of a year's emissions."""
        self._report(STATEMENT)

    def _report(self, name: str) -> None:
        # Only who makes a document needs what documents are made of.
        from ui.documents.dialog import DocumentsDialog

        DocumentsDialog(self.window(), self.desk, name).open()

    def on_csv(self) -> None:
        """Save the figures shown as CSV."""
        self._ask(".csv")

    def _ask(self, suffix: str) -> None:
        if not self.can_export():
            return
        kinds = {f"{say(words)} (*{kind})": kind for kind, words in KINDS.items()}
        first = next(kind for kind, of in kinds.items() if of == suffix)
        name = f"{self.loaded.fact.code} {self.words().title}{suffix}".replace("/", "·")
        asked, chosen = QFileDialog.getSaveFileName(
            self, say(N_("Save what is shown")), name, ";;".join(kinds), first
        )
        if asked:
            path = Path(asked)
            if path.suffix.lower() not in KINDS:
                path = path.with_name(path.name + kinds.get(chosen, suffix))
            self.save(path)

    def save(self, path: Path) -> None:
        """Write what is shown to a file of the kind its suffix names."""
        suffix = path.suffix.lower()
        head, rows = self.panel.view.cells()
        if suffix in PICTURES:
            picture.write(path, self.panel.view, self.words())
        elif suffix == ".csv":
            write_csv(path, head, rows)
        else:
            with atomic_write(path) as file:
                file.write(picture.workbook(head, rows, self.words()))
        self.toast(C_("energy", "Saved: {name}"), name=path.name)

    def on_picture(self) -> None:
        """Copy what is shown as a picture with its title and sources."""
        if self.can_export():
            image = picture.copied(self.panel.view, self.words())
            QGuiApplication.clipboard().setImage(image)
            self.toast(N_("The chart has been copied as an image."))

    def on_cells(self) -> None:
        """Copy what is shown as cells with their titles, for a spreadsheet."""
        if self.can_export():
            head, rows = self.panel.view.cells()
            lines = [head, *(["" if cell is None else str(cell) for cell in row] for row in rows)]
            text = "\n".join("\t".join(" ".join(cell.split()) for cell in line) for line in lines)
            QGuiApplication.clipboard().setText(text)
            self.toast(N_("The figures have been copied as cells."))
