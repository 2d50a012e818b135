"""The papers of the item in front: those attached, those that wait for their PDF, those to come."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from db.vocab import Disclosure, MeetingState
from gwangju_desktop.errors import UserError
from gwangju_desktop.meetings import awaited, paper_lines, papers
from gwangju_desktop.meetings.words import DISCLOSURES
from gwangju_desktop.packs.papers import reason
from gwangju_desktop.papers import converting, kinds, security
from ui import alerts
from ui.lending import Lender
from ui.meetings import papers_jobs
from ui.meetings.papers_dialogs import (
    AwaitedDialog,
    PaperDialog,
    PaperSettingsDialog,
    PasswordDialog,
)
from ui.meetings.papers_watch import PaperWatch, folder_text
from ui.models.rows import Cell, Column, RowTable, Table
from ui.text import C_, N_, NN_, say
from ui.widgets.lists import RowList
from ui.widgets.parts import Button, Label, column, row

# Said by a chip where the pages stand; other troubles are said beside the title.
SHORT_TROUBLES = {
    "waits": (N_("PDF to come"), "warn"),
    "encrypted": (N_("Locked"), "bad"),
}
LONGEST_NAME = 20  # characters of a folder's name on the button
NO_FOLDER = N_("Choose where PDFs arrive")


def title_cell(line) -> Cell:
    """Show the title; a file that cannot be bound says why."""
    if line.announced:
        return Cell(line.title, icon="clock", ink="text2")
    if line.trouble and line.trouble not in SHORT_TROUBLES:
        words = f"{line.title} – {say(reason(line.trouble))}"
        return Cell(words, icon="circle-alert", ink="bad")
    if line.warnings:
        return Cell(line.title, icon="triangle-alert")
    icon = "file-text" if line.disclosure == Disclosure.PUBLIC else "file-lock"
    return Cell(line.title, icon=icon)


def readers_cell(line) -> Cell:
    """Show who may read a paper; of one to come the office that submits it."""
    if line.announced:
        return Cell(line.office, ink="text3")
    closed = line.disclosure == Disclosure.MEMBERS
    return Cell(say(DISCLOSURES[line.disclosure]), ink="warn" if closed else "")


def pages_cell(line) -> Cell:
    """Show the pages, or what is still to come."""
    if line.announced and line.tabled:
        return Cell(chip=say(N_("On the table")), tone="info")
    if line.announced:
        due = say(N_("Due {day}"), day=line.due_on) if line.due_on else say(N_("To follow"))
        return Cell(chip=due, tone="acc")
    if line.trouble in SHORT_TROUBLES:
        words, tone = SHORT_TROUBLES[line.trouble]
        return Cell(chip=say(words), tone=tone)
    return Cell(say(N_("{n} p."), n=line.pages) if line.pages else "–")


PAPERS = Table(
    ids=paper_lines.line_ids,
    rows=paper_lines.lines,
    sort="position",
    follows={"paper": "id"},
    derived=frozenset({"stored_file", "awaited_paper"}),
    move=papers.move_paper,
    columns=(
        Column("title", N_("Paper"), edit=awaited.rename_line, cell=title_cell),
        Column("disclosure", N_("Who may read it"), 150, cell=readers_cell),
        Column("pages", N_("Pages"), 96, "right", cell=pages_cell),
    ),
)


def dropped_files(event) -> list[Path]:
    """Return the files a drag brings, none when it brings anything else."""
    urls = event.mimeData().urls()
    if not urls or not all(url.isLocalFile() for url in urls):
        return []
    return [Path(url.toLocalFile()) for url in urls]


class PaperList(RowList):
    """The list; a file dropped on a row takes its paper's place."""

    dropped = Signal(object, object)  # id or None, paths

    def __init__(self, model: RowTable) -> None:
        super().__init__(model, N_("Papers"), height=32, header=False, fit=True)
        self.writable = True
        self.setAcceptDrops(True)

    def dragEnterEvent(self, event) -> None:
        if dropped_files(event) and self.writable:
            event.acceptProposedAction()
        else:
            super().dragEnterEvent(event)

    def dragMoveEvent(self, event) -> None:
        if dropped_files(event) and self.writable:
            self._hover(self.rowAt(event.position().toPoint().y()))
            event.acceptProposedAction()
        else:
            super().dragMoveEvent(event)

    def dragLeaveEvent(self, event) -> None:
        self._hover(-1)
        super().dragLeaveEvent(event)

    def dropEvent(self, event) -> None:
        paths = dropped_files(event)
        if not paths or not self.writable:
            super().dropEvent(event)
            return
        self._hover(-1)
        n = self.rowAt(event.position().toPoint().y())
        event.acceptProposedAction()
        self.dropped.emit(self.model().id_at(n) if n >= 0 else None, paths)


class PaperBox(QWidget):
    """An item's papers with what can be done to the one in front."""

    def __init__(self, view) -> None:
        super().__init__()
        self.view, self.desk = view, view.desk
        self.setAcceptDrops(True)
        self.model = view.table(RowTable(PAPERS, view.desk))
        self.list = PaperList(self.model)
        self.of, self.sum = Label("", "h3"), Label("", "cap", elide=True)
        self.announce = Button(N_("Announce a paper"), "link", "clock", slot=self.on_announce)
        self.attach = Button(N_("Attach papers"), "link", "paperclip", slot=self.on_attach)
        self.lender = Lender(self, view.desk)
        self.lender.opened.connect(self.on_lent)
        own = C_("open in", "Open in its own program")
        self.open_own = Button(own, "link", slot=self.on_open_paper)
        self.open_pdf = Button(C_("open in", "Open the PDF"), "link", slot=self.on_open_pdf)
        self.swap = Button(C_("paper", "Replace"), "link", slot=self.on_replace_paper)
        self.convert = Button(N_("Make the PDF with LibreOffice"), "link", slot=self.on_convert)
        self.unlock = Button(N_("Enter the password"), "link", slot=self.on_unlock)
        self.where = Button(NO_FOLDER, "link", "folder-open", slot=self.on_paper_settings)
        self.deeds = row(
            self.open_own, self.open_pdf, self.swap, self.convert, self.unlock, None, self.where
        )
        view.writing(self.announce, self.attach, self.swap, self.convert, self.unlock)
        column(
            row(self.of, (self.sum, 1), self.announce, self.attach),
            self.list,
            self.deeds,
            gap=2,
            into=self,
        )
        self.watch = PaperWatch(self, view.desk)
        self.list.opened.connect(self.on_form)
        self.list.previewed.connect(self.on_line)
        self.list.dropped.connect(self.on_dropped)
        self.model.arrived.connect(self.on_line)
        self.on_line()

    # --- what is shown
    def show_item(self, item) -> None:
        """Show the papers of an ItemDetail."""
        if item.number:
            self.of.say(N_("Papers of item {n}"), n=item.number)
        else:
            self.of.say(N_("Papers of this step"))
        pages = sum(paper.pages for paper in item.papers)
        message = NN_("{n} paper · {pages} p.", "{n} papers · {pages} p.")
        self.sum.say(message if item.papers else "", n=len(item.papers), pages=pages)
        self.model.ask(item_id=item.id)

    def show_meeting(self, meeting) -> None:
        """Offer what may still be done at this state of the meeting."""
        state = MeetingState(meeting.state)
        writing = not self.desk.read_only and (state.ahead or state == MeetingState.OPENED)
        self.list.writable = writing
        for part in (self.announce, self.attach):
            part.setVisible(writing)
        self.on_line()

    def line(self):
        """Return the PaperLine in front, or None."""
        id = self.list.current()
        place = self.model.place(id) if id is not None else -1
        return self.model.row(place) if place >= 0 else None

    def on_line(self, _id=None) -> None:
        """Offer what can be done to the paper in front."""
        line, writing = self.line(), self.list.writable and not self.desk.read_only
        held = line is not None and not line.announced
        own = (line.source_name or line.file_name) if held else ""
        self.open_own.setVisible(kinds.suffix(own) in kinds.TAKEN)
        self.open_own.say(kinds.opened_in(own))
        self.open_pdf.setVisible(held and bool(line.source_name) and not line.waits)
        self.swap.setVisible(writing and line is not None)
        self.swap.say(C_("paper", "Replace") if held else C_("paper", "Attach it"))
        waits = held and line.waits
        self.convert.setVisible(
            bool(writing and waits and converting.converts(own) and converting.program())
        )
        self.unlock.setVisible(bool(writing and held and line.trouble == "encrypted"))
        self._show_where()
        self.deeds.setVisible(line is not None)

    def _show_where(self) -> None:
        folder = folder_text()
        waits = any(line.waits for line in self.model.kept.values())
        self.where.setVisible(self.list.writable and waits)
        name = Path(folder).name or folder
        if len(name) > LONGEST_NAME:
            name = f"{name[:LONGEST_NAME]}…"
        self.where.say(N_("PDFs from “{folder}”") if folder else NO_FOLDER, folder=name)

    # --- what a person does
    def on_form(self, id) -> None:
        """Open the form of a line."""
        line = self.model.row(self.model.place(id))
        if self.desk.read_only or line is None:
            return
        if line.announced:
            AwaitedDialog(self.window(), self.desk, line.item_id, line).open()
        else:
            PaperDialog(self.window(), self.desk, line).open()

    def on_announce(self) -> None:
        """Announce a paper of the item in front."""
        if self.view.item_id is not None and self.list.writable:
            AwaitedDialog(self.window(), self.desk, self.view.item_id).open()

    def on_attach(self) -> None:
        """Choose files and attach them."""
        if self.view.item_id is not None and self.list.writable:
            self.take(self._chosen(several=True))

    def on_replace_paper(self) -> None:
        """Choose the file that takes the paper's place, or is the one announced."""
        line = self.line()
        if line is not None and self.list.writable:
            self.on_dropped(line.id, self._chosen(several=False))

    def _chosen(self, *, several: bool) -> list[Path]:
        title = say(N_("Attach papers") if several else N_("Choose the file"))
        kinds_of = " ".join(f"*{suffix}" for suffix in kinds.TAKEN)
        wanted = f"{say(N_('Papers'))} ({kinds_of})"
        if several:
            names, _kind = QFileDialog.getOpenFileNames(self.window(), title, "", wanted)
        else:
            names = [QFileDialog.getOpenFileName(self.window(), title, "", wanted)[0]]
        return [Path(name) for name in names if name]

    def take(self, paths: list[Path]) -> None:
        """Attach files to the item in front."""
        if paths and self.view.item_id is not None and not self.desk.read_only:
            self._attach(paths, None)

    def on_dropped(self, id: int | None, paths: list[Path]) -> None:
        """Files fell on a row: the first takes its place, others are attached behind."""
        if not paths or self.view.item_id is None or self.desk.read_only:
            return
        if id is None:
            self._attach(paths, None)
        elif id < 0:
            self._attach(paths, -id)
        else:
            self.desk.work(
                papers_jobs.replace,
                title=N_("Replacing the paper"),
                then=self.on_attached,
                paper_id=id,
                path=paths[0],
            )
            if paths[1:]:
                self._attach(paths[1:], None)

    def _attach(self, paths: list[Path], awaited_id: int | None) -> None:
        self.desk.work(
            papers_jobs.attach,
            title=N_("Attaching papers"),
            then=self.on_attached,
            item_id=self.view.item_id,
            paths=paths,
            awaited_id=awaited_id,
        )

    def on_attached(self, attached) -> None:
        """Go to the last paper, ask for passwords, say what was refused."""
        self.list.choose(attached.last)
        if attached.refused:
            alerts.tell(UserError("\n".join(attached.refused)))
        if attached.locked:
            PasswordDialog(self.window(), self.desk, attached.locked).open()

    def on_open_paper(self) -> None:
        """Open the original in its own program."""
        line = self.line()
        if line is None or line.announced:
            return
        if line.source_name:
            self.lender.open(line.source_sha256, line.source_name)
        else:
            self.lender.open(line.sha256, line.file_name)

    def on_open_pdf(self) -> None:
        """Open the PDF made from the original."""
        line = self.line()
        if line is not None and not line.announced:
            self.lender.open(line.sha256, line.file_name)

    def on_lent(self) -> None:
        """Say what opens."""
        message = N_("A read-only copy opens; drop a changed file on the paper's row.")
        self.view.page.toast(message)

    def on_convert(self) -> None:
        """Let LibreOffice make the PDF."""
        line = self.line()
        if line is not None and line.waits:
            self.desk.work(
                papers_jobs.convert,
                title=N_("Making the PDF"),
                paper_id=line.id,
                sha256=line.source_sha256,
                name=line.source_name,
            )

    def on_unlock(self) -> None:
        """Ask for the password of the paper in front."""
        line = self.line()
        if line is not None and line.trouble == "encrypted":
            locked = [papers_jobs.Locked(line.id, line.sha256, line.file_name)]
            PasswordDialog(self.window(), self.desk, locked).open()

    def on_paper_settings(self) -> None:
        """Say where PDFs arrive, and how document security is told."""
        self.desk.read(security.heads, then=self.on_heads)

    def on_heads(self, heads) -> None:
        dialog = PaperSettingsDialog(self.window(), self.desk, heads, self.desk.read_only)
        dialog.accepted.connect(self.on_settings)
        dialog.open()

    def on_settings(self) -> None:
        """Watch the folder that is set now."""
        self.watch.begin()
        self._show_where()

    def on_delete(self) -> None:
        """Take the paper in front off the item."""
        if self.list.current() is not None:
            self.desk.do(awaited.remove_line, id=self.list.current())

    # --- files dropped beside the rows
    def dragEnterEvent(self, event) -> None:
        if dropped_files(event) and self.list.writable:
            event.acceptProposedAction()

    def dragMoveEvent(self, event) -> None:
        event.acceptProposedAction()

    def dropEvent(self, event) -> None:
        event.acceptProposedAction()
        self.on_dropped(None, dropped_files(event))


class PaperDeeds:
    """What the commands of papers do, for the tab that holds the box."""

    box: PaperBox

    def on_announce(self) -> None:
        """Announce a paper."""
        self.box.on_announce()

    def on_open_paper(self) -> None:
        """Open the paper in its own program."""
        self.box.on_open_paper()

    def on_replace_paper(self) -> None:
        """Replace the paper."""
        self.box.on_replace_paper()

    def on_paper_settings(self) -> None:
        """Say where papers arrive."""
        self.box.on_paper_settings()
