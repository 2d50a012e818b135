"""What went out of a meeting's pack, and what was printed."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.models.rows import Cell, Column, RowTable, Table
from ui.packs.words import ISSUES, SHORT_EDITIONS
from ui.text import C_, N_, NN_, day, say
from ui.widgets.lists import RowList
from ui.widgets.parts import Button, Label, column, row

PDF = "PDF"  # the printer that writes a file
FEW = 3  # printings shown until all are asked for
SAVE_ALL = NN_("Save {n} edition…", "Save {n} editions…")
DRAFT = 0  # the row of what is being put together


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the list: an issue, or the draft."""

    id: int
    title: str
    sub: str
    draft: bool = False


def _shown(one: Row) -> Cell:
    icon = "pencil" if one.draft else "files"
    return Cell(one.title, one.sub, icon=icon, role="secb")


ROWS = Table(columns=(Column("title", C_("issues", "Issue"), cell=_shown),))


def issue_title(issue) -> str:
    """Return what an issue is called: 제1차 배부본."""
    return say(ISSUES[issue.kind], n=issue.number)


class History(QWidget):
    """The issues with the draft above them: what is chosen is shown in the middle."""

    chosen = Signal(object)  # an issue's id, None for the draft
    issued = Signal()
    supplemented = Signal()
    revised = Signal()
    distributed = Signal()
    kept = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.issues: list = []
        self.runs: list = []
        self._all = False
        self._changes = None
        self._following = False
        self.none = Label(N_("No pack has gone out yet."), "sec", "text2", wrap=True)
        self.list = RowList(
            RowTable(ROWS), N_("Packs that went out"), height=46, header=False, fit=True
        )
        self.list.previewed.connect(self.on_previewed)
        self.supplement = Button(N_("Supplement…"), slot=self.supplemented)
        self.revision = Button(N_("Revision…"), slot=self.revised)
        self.again = Button(N_("Issue all anew…"), "link", slot=self.issued)
        self.send = Button(N_("Record that the papers went out…"), "link", slot=self.distributed)
        self.keep = Button(SAVE_ALL, "link", "download", slot=self.kept, size=14, n=0)
        self.keep.hide()
        self.reason = Label("", "cap", wrap=True)
        self.reason.hide()
        self.buttons = row(self.supplement, self.revision, None)
        self.printed = column(gap=6)
        self.more = Button(N_("All {n}"), "link", slot=self.on_more, n=0)
        self.prints = column(
            Label(N_("Print history"), "h3"), self.printed, row(self.more, None), gap=6
        )
        column(
            Label(N_("Went out"), "h3"),
            self.none,
            self.list,
            self.reason,
            self.buttons,
            column(*(row(part, None) for part in (self.keep, self.again, self.send)), gap=0),
            self.prints,
            gap=8,
            into=self,
        )
        self.prints.hide()
        self.show_issues((), None, None)
        self.let_send(False, False, None, sent=False)

    def show_issues(self, issues, changes, current: int | None) -> None:
        """Show the issues, the newest first; `changes` is what differs by now (Changes or None)."""
        self.issues, self._changes = list(issues), changes
        self.none.setVisible(not self.issues)
        self.list.setVisible(bool(self.issues))
        rows = [Row(DRAFT, say(C_("pack", "Working draft")), self._state(), draft=True)]
        rows += [
            Row(issue.id, issue_title(issue), self._sub(issue)) for issue in reversed(self.issues)
        ]
        self._following = True
        self.list.model().show(rows if self.issues else [])
        self.list.choose(current or DRAFT)
        self._following = False

    def _state(self) -> str:
        """Say how the working draft differs from what went out."""
        changes = self._changes
        if changes is None:
            return ""
        n = len(changes.new) + len(changes.changed) + len(changes.withdrawn)
        if n:
            message = NN_("{n} change since it went out", "{n} changes since it went out")
            return say(message, n=n)
        return say(N_("Nothing changed since it went out"))

    def show_chosen(self, issue) -> None:
        """Say why the issue that is shown went out, and offer to save all its files."""
        why = issue.reason if issue is not None else ""
        self.reason.say(N_("Reason: {reason}"), reason=why)
        self.reason.setVisible(bool(why))
        self.keep.setVisible(issue is not None and len(issue.files) > 1)
        if issue is not None:
            self.keep.say(SAVE_ALL, n=len(issue.files))

    def let_send(self, changeable: bool, issued: bool, changes, *, sent: bool) -> None:
        """Offer what can be sent now, with the reason where it cannot."""
        for part in (self.buttons, self.again):
            part.setVisible(changeable and issued)
        self.send.setVisible(changeable and issued and not sent)
        new = changes is not None and bool(changes.new)
        other = changes is not None and bool(changes.changed or changes.withdrawn)
        self.supplement.why_not("" if new else N_("Nothing came since the pack went out."))
        self.revision.why_not("" if other else N_("The pages on paper are as they were."))

    def _sub(self, issue) -> str:
        at = issue.issued_at
        file = issue.file()
        pages = say(NN_("{n} page", "{n} pages"), n=file.pages if file else 0)
        return f"{day(at.date())} {at:%H:%M} · {pages} · {issue.short_hash}"

    def on_previewed(self, id: int) -> None:
        if not self._following:
            self.chosen.emit(id or None)

    # --- printing
    def show_runs(self, runs) -> None:
        """Show what was printed, the newest first."""
        self.runs = list(runs)
        self.prints.setVisible(bool(self.runs))
        layout = self.printed.layout()
        while layout.count():
            old = layout.takeAt(0).widget()
            old.hide()
            old.deleteLater()
        shown = self.runs if self._all else self.runs[:FEW]
        for run in shown:
            layout.addWidget(self._line(run))
        self.more.setVisible(len(self.runs) > FEW and not self._all)
        self.more.say(N_("All {n}"), n=len(self.runs))

    def _line(self, run) -> QWidget:
        at = run.printed_at
        what = Label(
            N_("{edition} · pages {pages} · {copies}"),
            "sec",
            wrap=True,
            edition=SHORT_EDITIONS[run.edition],
            pages=run.pages,
            copies=say(NN_("{n} copy", "{n} copies"), n=run.copies),
        )
        sides = say(C_("print", "both sides") if run.duplex else C_("print", "one side"))
        # A file has no sides.
        parts = (f"{day(at.date())} {at:%H:%M}", "" if run.printer == PDF else sides, run.printer)
        where = " · ".join(filter(None, parts))
        return column(what, Label(where, "cap", elide=True), gap=1)

    def on_more(self) -> None:
        self._all = True
        self.show_runs(self.runs)
