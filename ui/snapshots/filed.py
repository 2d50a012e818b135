"""The evidence of a copy: what lies inside it to be opened or saved, and what is known by hash."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from gwangju_desktop.commitments.words import EVIDENCE
from gwangju_desktop.errors import UserError
from gwangju_desktop.paths import person_folder
from gwangju_desktop.snapshots import filed
from ui import alerts
from ui.models.rows import Cell, Column, Group, RowTable, Table
from ui.snapshots.facts import Selectable, digest_in_lines, fact, megabytes, when
from ui.text import C_, N_, Msg, language, say
from ui.widgets.lists import RowList
from ui.widgets.page import Hollow, State
from ui.widgets.parts import Button, column

INSIDE = C_("review copies", "In this copy")
BY_HASH = C_("review copies", "Known by its hash only")


class FiledLine:
    """A piece of evidence as the list shows it."""

    def __init__(self, id: int, one) -> None:
        self.id, self.one = id, one

    @property
    def title(self) -> str:
        """Return its title, or that it was withheld."""
        spoken = self.one.title if language() == "ko" else self.one.title_en or self.one.title
        return spoken or say(N_("Title withheld"))


def _title(line: FiledLine) -> Cell:
    icon = "paperclip" if line.one.member else "lock"
    return Cell(line.title, icon=icon, role="secb" if line.one.member else "sec")


def _size(line: FiledLine) -> Cell:
    return Cell(megabytes(line.one.bytes) if line.one.bytes is not None else "–")


FILED = Table(
    columns=(
        Column("title", C_("review copies", "Evidence"), cell=_title),
        Column(
            "kind",
            C_("review copies", "Kind"),
            130,
            cell=lambda line: Cell(say(EVIDENCE.get(line.one.kind, Msg(line.one.kind)))),
        ),
        Column(
            "obtained",
            N_("Obtained on"),
            104,
            cell=lambda line: Cell(when(line.one.obtained_on)),
        ),
        Column("size", C_("review copies", "Size"), 84, "right", cell=_size),
    )
)


class Files(QWidget):
    """The list, and the two buttons that the card beside it shows."""

    def __init__(self, page) -> None:
        super().__init__()
        self.page = page
        self.list = RowList(RowTable(FILED), C_("review copies", "Evidence files"), height=36)
        self.list.previewed.connect(page.on_file)
        self.list.opened.connect(self.on_open)
        self.list.peeked.connect(page.on_peek)
        self.open = Button(N_("Open the file"), "primary", "eye", slot=self.on_open)
        self.save = Button(N_("Save the file"), icon="download", slot=self.on_save)
        empty = State(
            "paperclip",
            N_("This copy names no evidence"),
            N_("Evidence of commitments stands here, public files with their contents."),
        )
        column(Hollow(self.list, empty), gap=0, into=self)
        self.setFocusProxy(self.list)

    def show_view(self, view) -> None:
        """List the evidence of a copy."""
        rows: list = []
        for title, inside in ((INSIDE, True), (BY_HASH, False)):
            part = [one for one in filed.listed(view) if bool(one.member) is inside]
            if part:
                rows.append(Group(title, len(part)))
                rows += [FiledLine(len(rows) + n, one) for n, one in enumerate(part)]
        self.list.model().show(rows)
        if rows:
            self.list.choose(1)

    def line(self) -> FiledLine | None:
        """Return the piece of evidence in front."""
        index = self.list.currentIndex()
        found = self.list.model().row(index.row()) if index.isValid() else None
        return found if isinstance(found, FiledLine) else None

    def details(self) -> list:
        """Return what the card shows of it."""
        line = self.line()
        if line is None:
            return []
        one = line.one
        parts = [
            fact(C_("review copies", "Kind"), Selectable(say(EVIDENCE.get(one.kind, Msg("")))))
        ]
        parts.append(fact(N_("Obtained on"), Selectable(when(one.obtained_on) or "–")))
        if one.sha256:
            parts.append(fact(N_("SHA-256"), Selectable(digest_in_lines(one.sha256))))
        if not one.member:
            words = N_("Only its hash went out; ask the office to show the file.")
            parts.append(Selectable(say(words), "cap"))
        return parts

    def buttons(self) -> tuple:
        """Return the buttons for the file in front: none for one that is not inside."""
        line = self.line()
        if line is None or not line.one.member:
            return ()
        if not line.one.opens:
            return (self.save,)
        return (self.open, self.save)

    # --- slots
    def on_open(self, _id=None) -> None:
        """Write a copy of the day and hand it to its own program."""
        line = self.line()
        if line is not None and line.one.opens:
            folder = person_folder() / "opened" / line.one.sha256[:16]
            self._write(line, folder / line.one.name, self.on_written_to_open)

    def on_written_to_open(self, path: Path) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            alerts.tell(UserError(N_("No program on this PC opens {name}."), name=path.name))

    def on_save(self) -> None:
        """Ask where the file goes."""
        line = self.line()
        if line is None or not line.one.member:
            return
        name, _filter = QFileDialog.getSaveFileName(
            self, say(N_("Save the file")), str(Path.home() / line.one.name)
        )
        if name:
            self._write(line, Path(name), self.on_saved)

    def on_saved(self, path: Path) -> None:
        self.page.toast(N_("Saved to {path}."), path=path)

    def _write(self, line: FiledLine, target: Path, then) -> None:
        self.page.desk.work(
            written,
            title=N_("Taking the file out of the copy"),
            then=then,
            view=self.page.view,
            one=line.one,
            target=target,
        )


def written(work, *, view, one, target: Path) -> Path:
    """Write a file of the copy on the work's own thread."""
    return filed.write(view, one, target, cancelled=work.cancelled)
