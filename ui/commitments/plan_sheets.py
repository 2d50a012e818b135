"""Progress and English as sheets for those without this program: out, filled in, and in again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from PySide6.QtWidgets import QFileDialog

from gwangju_desktop.commitments import roundtrip, sheet_file
from gwangju_desktop.commitments.words import SHEETS
from gwangju_desktop.errors import UserError
from ui.text import C_, N_, NN_, Msg, say
from ui.widgets.forms import Dialog, Field, Labelled
from ui.widgets.parts import Button, Label, row

OUT, IN = "Excel (*.xlsx)", "Excel, CSV (*.xlsx *.xls *.csv)"
UNSAFE = str.maketrans(dict.fromkeys('<>:"/\\|?*', " "))
SAVED = C_("energy", "Saved: {name}")


class Kind(NamedTuple):
    """A sheet: how it is made and taken in, and what is said of it."""

    export: Callable
    take: Callable
    name: Msg
    save: Msg
    read: Msg
    told: Msg
    button: Msg


PROGRESS = Kind(
    roundtrip.export_progress,
    roundtrip.import_progress,
    SHEETS["progress"],
    N_("Save progress as a sheet"),
    N_("Read progress from a sheet"),
    N_(
        "The sheet has the columns it was saved with. A day that was emptied is taken away, a"
        " column that was left out changes nothing, and a new note is added. Either every row is"
        " taken or none."
    ),
    C_("plan sheet", "Read and take over"),
)
ENGLISH = Kind(
    roundtrip.export_english,
    roundtrip.import_english,
    SHEETS["english"],
    N_("Save missing English as a sheet"),
    N_("Read English from a sheet"),
    N_(
        "Only the column with the English is read, by the key of each row. Rows left empty change"
        " nothing. Either every row is taken or none."
    ),
    C_("plan sheet", "Read and take over"),
)


def write(work, *, kind: Kind, plan_id: int, path: Path) -> str:
    """Write a sheet of a plan; return the file's name."""
    with work.reading() as read:
        rows = kind.export(read, plan_id)
    sheet_file.write(path, say(kind.name), rows)
    return path.name


def take(work, *, kind: Kind, plan_id: int, path: Path) -> dict[str, int]:
    """Take a sheet in; return how much it changed. Raises UserError naming the file or the row."""
    return work.run(kind.take, plan_id=plan_id, rows=sheet_file.read(path)).value


class SheetDialog(Dialog):
    """Choose a sheet that was filled in, and take it over; `saved` tells what came of it."""

    def __init__(self, parent, desk, plan, kind: Kind, saved) -> None:
        self.desk, self.plan, self.kind, self.saved = desk, plan, kind, saved
        self.path = Labelled(C_("plan sheet", "File"), Field("", C_("plan sheet", "File")))
        self.choose = Button(
            C_("plan sheet", "Choose file"), icon="folder-open", slot=self.on_choose
        )
        self.choose.setAutoDefault(False)
        super().__init__(
            parent,
            kind.read,
            Label(kind.told, "sec", wrap=True),
            self.path,
            row(self.choose, None),
            button=kind.button,
            icon="upload",
            width=520,
        )
        self.setAcceptDrops(True)
        self.choose.setFocus()

    def on_choose(self) -> None:
        """Ask for the file."""
        asked, _kind = QFileDialog.getOpenFileName(self, say(self.kind.read), "", IN)
        if asked:
            self.path.field.setText(asked)
            self.button.setFocus()

    def confirm(self) -> None:
        typed = self.path.value()
        if not typed:
            message = N_("Choose the file first.")
            self.path.wrong(say(message))
            raise UserError(message)
        self.button.setEnabled(False)
        self.desk.work(
            take,
            title=self.kind.read,
            then=self.on_taken,
            otherwise=self.on_refused,
            kind=self.kind,
            plan_id=self.plan.id,
            path=Path(typed),
        )

    def on_taken(self, found: dict[str, int]) -> None:
        """Say what came of it."""
        self.saved(self.kind, found)
        self.on_accepted(found)

    def dragEnterEvent(self, event) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event) -> None:
        """Take the path of a file that was dropped on the form."""
        found = [url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()]
        if found:
            self.path.field.setText(found[0])


class Sheets:
    """What the pane does with sheets; mixed into its page, which has `plan` and `desk`."""

    def on_export_progress(self) -> None:
        """Ask where to save the milestones with their progress."""
        self._save(PROGRESS)

    def on_import_progress(self) -> None:
        """Ask for a sheet with progress."""
        self._open(PROGRESS)

    def on_export_english(self) -> None:
        """Ask where to save the texts that have no English."""
        self._save(ENGLISH)

    def on_import_english(self) -> None:
        """Ask for a sheet with English."""
        self._open(ENGLISH)

    def _save(self, kind: Kind) -> None:
        if self.plan is None:
            return
        name = f"{self.plan.code} {say(kind.name)}.xlsx".translate(UNSAFE)
        asked, _filter = QFileDialog.getSaveFileName(self, say(kind.save), name, OUT)
        if asked:
            path = Path(asked)
            self.save_sheet(kind, path if path.suffix else path.with_name(path.name + ".xlsx"))

    def save_sheet(self, kind: Kind, path: Path) -> None:
        """Write a sheet of the plan in front."""
        self.desk.work(
            write,
            title=kind.save,
            then=self.on_sheet_saved,
            kind=kind,
            plan_id=self.plan.id,
            path=path,
        )

    def on_sheet_saved(self, name: str) -> None:
        self.toast(SAVED, name=name)

    def _open(self, kind: Kind) -> None:
        if self.plan is not None and not self.desk.read_only:
            self.front.leave()
            SheetDialog(self.window(), self.desk, self.plan, kind, self.on_sheet_taken).open()

    def on_sheet_taken(self, kind: Kind, found: dict[str, int]) -> None:
        """Say what a sheet changed."""
        if kind is PROGRESS:
            self.toast(
                N_("Rows read {rows} · milestones changed {changed} · notes added {notes}"), **found
            )
        else:
            self.toast(
                NN_("{n} text has its English now.", "{n} texts have their English now."),
                n=found["changed"],
            )
