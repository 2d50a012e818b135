"""What is done with a change: put into one's review, or the whole list saved as a file."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from gwangju_desktop.reviews import own_key
from gwangju_desktop.snapshots import listing
from ui.snapshots import changes
from ui.snapshots.answering_forms import CommentDialog
from ui.text import C_, N_, say
from ui.widgets.parts import Button

SHEETS = N_("Lists ({pattern})")


class ChangesOut(QObject):
    """The two buttons under a chosen change."""

    def __init__(self, page) -> None:
        super().__init__(page)
        self.page = page
        self.note = Button(
            N_("Put into the review"), "primary", "message-square-text", slot=self.on_note
        )
        self.export = Button(N_("Export the list"), icon="download", slot=self.on_export)

    def buttons(self) -> tuple:
        """Return what can be done here: a review needs a plan in the copy and a key of one's own."""
        if self.page.answering.draft is not None and own_key.place().exists():
            return (self.note, self.export)
        return (self.export,)

    # --- the review
    def on_note(self) -> None:
        """Ask for the comment, begun with what changed and what it is about."""
        line = self.page.change_line()
        if line is None:
            return
        answering = self.page.answering
        dialog = CommentDialog(self.page.window(), answering.facts())
        dialog.text.field.setPlainText(self.words(line))
        code = line.change.row.get("code") if line.table.name == "commitment" else None
        if code:
            dialog.about.field.choose(code)
            dialog.on_about()
        dialog.accepted.connect(self.on_noted)
        dialog.open()

    def words(self, line) -> str:
        """Return the change in one sentence, with the copies it was seen in."""
        comparison = self.page.comparison
        kind = say(changes.KINDS[line.change.kind][0])
        return say(
            N_("[{kind}] {what} (copies no. {old} and {new}, {register})"),
            kind=kind,
            what=line.what,
            old=comparison.old.manifest.sequence,
            new=comparison.new.manifest.sequence,
            register=changes.named(line.table),
        )

    def on_noted(self) -> None:
        self.page.answering.put_remark("comments", None, self.sender().value)
        self.page.toast(N_("Put into your answers to the forms."))

    # --- the list
    def on_export(self) -> None:
        """Ask where the list goes."""
        new = self.page.comparison.new.manifest
        old = self.page.comparison.old.manifest
        title = say(C_("review copies", "Changes {old}-{new}"), old=old.sequence, new=new.sequence)
        name, _filter = QFileDialog.getSaveFileName(
            self.page,
            say(N_("Export the list")),
            str(Path.home() / f"{title}.xlsx"),
            say(SHEETS, pattern="*.xlsx *.csv"),
        )
        if name:
            self.export_to(Path(name))

    def export_to(self, path: Path) -> None:
        """Write the changes the filter shows as CSV or, by any other suffix, as a workbook."""
        page = self.page
        if path.suffix.lower() not in (".csv", ".xlsx"):
            path = path.with_name(path.name + ".xlsx")
        page.desk.work(
            write_list,
            title=N_("Writing the list of changes"),
            then=self.on_written,
            path=path,
            name=say(C_("review copies", "Changes")),
            head=changes.head(),
            rows=changes.rows(
                page.comparison, page.wanted_kind(), page.records, page.view.moved.rows
            ),
        )

    def on_written(self, path: Path) -> None:
        self.page.toast(N_("Saved to {path}."), path=path)


def write_list(_work, *, path: Path, name: str, head: list[str], rows: list[list[str]]) -> Path:
    """Write a list of changes on the work's own thread."""
    listing.write(path, name, head, rows)
    return path
