"""Forms of papers: who may read one, one to come, a password, where PDFs are looked for."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QLineEdit

from db.vocab import Disclosure
from gwangju_desktop.errors import UserError
from gwangju_desktop.meetings import awaited, papers
from gwangju_desktop.meetings.words import DISCLOSURES
from gwangju_desktop.packs.papers import WARNINGS, sentence
from gwangju_desktop.papers import security
from ui.meetings import papers_jobs, papers_watch
from ui.text import C_, N_, say
from ui.widgets.forms import Check, Choice, DateField, Dialog, Field, Labelled, Lines, beside
from ui.widgets.parts import Button, Label, column, row


class PaperDialog(Dialog):
    """Rename a paper, say who may read it and on what ground not everybody."""

    edits = ("paper", "id")

    def __init__(self, parent, desk, paper) -> None:
        self.desk, self.id = desk, paper.id
        self.title = Labelled(N_("Title"), Field())
        self.title.field.setText(paper.title)
        self.disclosure = Labelled(
            N_("Who may read it"),
            Choice(DISCLOSURES.items(), N_("Who may read it"), paper.disclosure),
        )
        self.ground = Labelled(
            N_("Ground for not publishing it"),
            Field(N_("e.g. Official Information Disclosure Act, Art. 9(1)5")),
        )
        self.ground.field.setText(paper.ground)
        told = [say(WARNINGS[code]) for code in paper.warnings if code in WARNINGS]
        if paper.changed:
            pages = ", ".join(str(page) for page in paper.changed)
            told.append(say(N_("Compare with the original: p. {pages}."), pages=pages))
        if paper.trouble:
            told.insert(0, sentence(paper.trouble))
        super().__init__(
            parent,
            N_("Edit paper"),
            self.title,
            self.disclosure,
            self.ground,
            _file_line(N_("File: {name}"), paper.file_name),
            *(
                [_file_line(N_("Made from: {name}"), paper.source_name)]
                if paper.source_name and not paper.waits
                else []
            ),
            *(Label(words, "cap", "warn", wrap=True) for words in told),
        )
        self.on_disclosure()
        self.disclosure.field.activated.connect(self.on_disclosure)

    def on_disclosure(self, _n: int = 0) -> None:
        """Ask for the ground of a paper that is not public."""
        self.ground.setVisible(self.disclosure.value() == Disclosure.MEMBERS)
        self.adjustSize()

    def confirm(self) -> None:
        closed = self.disclosure.value() == Disclosure.MEMBERS
        ground = self.ground.value()
        if closed and not ground:
            message = N_("A paper that is not public needs the ground for it.")
            self.ground.wrong(say(message))
            raise UserError(message)
        self.desk.do(
            papers.edit_paper,
            then=self.on_accepted,
            otherwise=self.on_refused,
            id=self.id,
            title=self.title.value(),
            disclosure=self.disclosure.value(),
            ground=ground if closed else "",
        )


class AwaitedDialog(Dialog):
    """Announce a paper that is not there yet, or change what is said of it."""

    edits = ("awaited_paper", "line")

    def __init__(self, parent, desk, item_id: int, line=None) -> None:
        self.desk, self.item_id, self.line = desk, item_id, line
        self.title = Labelled(N_("Title"), Field())
        self.office = Labelled(N_("Submitting office"), Field())
        self.due = Labelled(N_("Due on"), DateField(N_("Due on"), line.due_on if line else None, 0))
        self.tabled = Check(N_("Laid on the table at the meeting"), bool(line and line.tabled))
        if line:
            self.title.field.setText(line.title)
            self.office.field.setText(line.office)
        super().__init__(
            parent,
            N_("Edit announced paper") if line else N_("Announce a paper"),
            Label(N_("The agenda names it, and the pack keeps no pages for it."), "sec", wrap=True),
            self.title,
            beside(self.office, self.due),
            self.tabled,
            button=N_("Save") if line else C_("button", "Announce"),
        )

    def confirm(self) -> None:
        values = {
            "title": self.title.value(),
            "office": self.office.value(),
            "due_on": self.due.value(),
            "tabled": self.tabled.value(),
        }
        if self.line:
            usecase, values["id"] = awaited.edit_announced, -self.line.id
        else:
            usecase, values["item_id"] = awaited.announce_paper, self.item_id
        self.desk.do(usecase, then=self.on_accepted, otherwise=self.on_refused, **values)


class PasswordDialog(Dialog):
    """Ask for the password of locked papers; it opens them and is kept nowhere."""

    drafts = False

    def __init__(self, parent, desk, locked) -> None:
        self.desk, self.locked = desk, list(locked)
        self.files = Label("", "sec", "text", wrap=True)
        self.password = Labelled(N_("Password"), Field())
        self.password.field.setEchoMode(QLineEdit.EchoMode.Password)
        super().__init__(
            parent,
            N_("Enter the password"),
            self.files,
            self.password,
            Label(
                N_("The office keeps the file as it came and a copy that opens; no password."),
                "cap",
                wrap=True,
            ),
            button=C_("button", "Open"),
        )
        self.cancel_button.say(N_("Leave locked"))
        self._show_files()

    def _show_files(self) -> None:
        self.files.say("\n".join(paper.name for paper in self.locked))

    def confirm(self) -> None:
        self.button.setEnabled(False)
        self.desk.work(
            papers_jobs.unlock,
            title=N_("Opening locked papers"),
            then=self.on_opened,
            otherwise=self.on_refused,
            locked=self.locked,
            # A password keeps the blanks it was given with.
            password=self.password.field.text(),
        )

    def on_opened(self, left) -> None:
        """Close, or ask for the password of those that another one locks."""
        self.button.setEnabled(True)
        if not left:
            self.on_accepted(None)
            return
        self.locked = left
        self._show_files()
        self.password.field.clear()
        self.password.wrong(say(N_("The others have another password.")))
        self.adjustSize()


class PaperSettingsDialog(Dialog):
    """Where this PC looks for PDFs, and how the office tells document security."""

    def __init__(self, parent, desk, heads: tuple[str, ...], read_only: bool) -> None:
        self.desk, self.read_only = desk, read_only
        self.folder = Labelled(
            N_("Folder watched for PDFs (on this PC)"),
            Field(N_("None: PDFs are dropped by hand")),
            say(N_("A PDF named like a document that waits is taken as soon as it is saved here.")),
        )
        self.folder.field.setText(papers_watch.folder_text())
        browse = Button(N_("Choose…"), icon="folder-open", slot=self.on_browse)
        self.heads = Labelled(
            N_("Files under document security begin with (one a line)"),
            Lines(N_("Beginnings of files under document security"), "\n".join(heads), 110),
            say(N_("Such a file is refused; an empty list brings back the usual one.")),
        )
        self.heads.field.setReadOnly(read_only)
        super().__init__(
            parent,
            N_("Receiving papers"),
            column(self.folder, row(browse, None), gap=6),
            self.heads,
            width=520,
        )

    def on_browse(self) -> None:
        """Choose the folder."""
        title = say(N_("Folder watched for PDFs (on this PC)"))
        chosen = QFileDialog.getExistingDirectory(self, title, self.folder.field.text())
        if chosen:
            self.folder.field.setText(str(Path(chosen)))

    def confirm(self) -> None:
        folder = self.folder.value()
        if folder and not Path(folder).is_dir():
            message = N_("The folder {folder} is not there.")
            self.folder.wrong(say(message, folder=folder))
            raise UserError(message, folder=folder)
        papers_watch.keep_folder(folder)
        if self.read_only:
            self.on_accepted(None)
            return
        self.desk.do(
            security.change_heads,
            then=self.on_accepted,
            otherwise=self.on_refused,
            text=self.heads.value(),
        )


def _file_line(message, name: str) -> Label:
    return Label(message, "cap", elide=True, name=name)
