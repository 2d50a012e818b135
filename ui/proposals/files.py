"""Files of a proposal: dropped on it, opened in their own programs, renamed, taken off."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from gwangju_desktop.errors import UserError
from gwangju_desktop.meetings.words import DISCLOSURES
from gwangju_desktop.proposals import files
from ui.lending import Lender
from ui.models.rows import Cell, Column, RowTable, Table
from ui.receiving import receive
from ui.text import C_, N_, NN_, say
from ui.widgets.forms import Choice, Dialog, Field, Labelled
from ui.widgets.lists import RowList
from ui.widgets.parts import Button, Label, column, row


def attach(work, *, id: int, paths: list[Path]) -> list[str]:
    """Take files into the office and attach them; return why some were refused.

    Raises UserError where the only one was refused.
    """
    refused = []
    for n, path in enumerate(paths):
        work.progress(n, len(paths), path.name)
        try:
            facts = receive(work, path)
            work.run(files.add_file, id=id, **asdict(facts))
        except UserError as error:
            if len(paths) == 1:
                raise
            refused.append(f"{path.name}: {error}")
    return refused


def dropped(event) -> list[Path]:
    """Return the files that are dragged, none where something else is."""
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]


FILES = Table(
    columns=(
        Column("title", N_("File"), cell=lambda f: Cell(f.title, icon="paperclip")),
        Column(
            "disclosure",
            N_("Who may read it"),
            120,
            "right",
            cell=lambda f: Cell(say(DISCLOSURES[f.disclosure]), role="cap"),
        ),
    )
)


class FilesBox(QWidget):
    """The files of one proposal; files dropped here are attached."""

    attached = Signal()

    def __init__(self, view) -> None:
        super().__init__()
        self.view, self.desk, self.id, self.rows = view, view.desk, None, []
        self.lender = Lender(self, view.desk)
        self.head, self.count = Label(N_("Files"), "h3"), Label("", "cap")
        self.add = view.writing(
            Button(C_("button", "Attach files"), "link", "paperclip", slot=self.on_attach)
        )
        self.model = RowTable(FILES)
        self.list = RowList(self.model, N_("Files"), height=32, header=False, fit=True)
        self.list.opened.connect(self.on_open)
        self.change = view.writing(
            Button(C_("button", "Change"), "link", "pencil", slot=self.on_change)
        )
        self.show_button = Button(C_("button", "Open"), "link", "eye", slot=self.on_show)
        self.deeds = row(self.show_button, self.change, None, gap=6)
        self.wrong = Label("", "cap", "bad", wrap=True)
        self.wrong.hide()
        column(
            row(self.head, self.count, None, self.add),
            self.list,
            self.deeds,
            self.wrong,
            gap=4,
            into=self,
        )
        self.setAcceptDrops(not view.desk.read_only)

    def show_files(self, id: int, rows) -> None:
        """Show the files of a proposal (FileRow)."""
        if id != self.id:
            self.wrong.hide()
        self.id, self.rows = id, list(rows)
        self.model.show(self.rows)
        self.count.say(NN_("{n} file", "{n} files") if self.rows else "", n=len(self.rows))
        self.list.setVisible(bool(self.rows))
        self.deeds.setVisible(bool(self.rows))
        self.list.choose_first()

    def chosen(self):
        """Return the file that is chosen."""
        return next((one for one in self.rows if one.id == self.list.current()), None)

    # --- what a person does
    def on_attach(self) -> None:
        paths, _kind = QFileDialog.getOpenFileNames(self, say(C_("button", "Attach files")))
        self.take([Path(path) for path in paths])

    def take(self, paths: list[Path]) -> None:
        """Attach files."""
        if paths and self.id is not None:
            self.wrong.hide()
            self.desk.work(
                attach,
                title=N_("Attaching files"),
                then=self.on_attached,
                otherwise=self.on_refused,
                id=self.id,
                paths=paths,
            )

    def on_attached(self, refused) -> None:
        self.wrong.say("\n".join(refused))
        self.wrong.setVisible(bool(refused))
        self.attached.emit()

    def on_refused(self, error) -> None:
        from ui import alerts

        sentence = alerts.sentence(error)
        if sentence is None:
            alerts.tell(error)
            return
        self.wrong.say(sentence)
        self.wrong.show()

    def on_open(self, _id) -> None:
        self.on_show()

    def on_show(self) -> None:
        """Open the chosen file in its own program."""
        if self.chosen():
            self.lender.open(self.chosen().sha256, self.chosen().name)

    def on_change(self) -> None:
        if self.chosen():
            dialog = FileDialog(self.view, self.chosen())
            dialog.accepted.connect(self.attached)
            dialog.open()

    # --- files dropped
    def dragEnterEvent(self, event) -> None:
        if dropped(event):
            event.acceptProposedAction()

    def dropEvent(self, event) -> None:
        event.acceptProposedAction()
        self.take(dropped(event))


class FileDialog(Dialog):
    """Rename a file, say who may read it, or take it off."""

    edits = ("proposal_file", "file")

    def __init__(self, view, file) -> None:
        self.desk, self.file = view.desk, file
        self.title = Labelled(N_("Title"), Field())
        self.title.field.setText(file.title)
        self.disclosure = Labelled(
            N_("Who may read it"),
            Choice(DISCLOSURES.items(), N_("Who may read it"), file.disclosure),
        )
        super().__init__(
            view.window(),
            N_("Edit file"),
            self.title,
            self.disclosure,
            Label(N_("File: {name}"), "cap", wrap=True, name=file.name),
        )
        self.remove = Button(N_("Take it off"), "link", "trash-2", slot=self.on_remove)
        self.buttons.layout().insertWidget(0, self.remove)
        self.title.field.setFocus()

    def confirm(self) -> None:
        self.desk.do(
            files.edit_file,
            then=self.on_accepted,
            otherwise=self.on_refused,
            file_id=self.file.id,
            title=self.title.value(),
            disclosure=self.disclosure.value(),
        )

    def on_remove(self) -> None:
        self.desk.do(
            files.remove_file,
            then=self.on_accepted,
            otherwise=self.on_refused,
            file_id=self.file.id,
        )
