"""What a monitor does with the answers to a copy: others laid beside, sheets, remarks, signing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from gwangju_desktop.errors import UserError
from gwangju_desktop.reviews import drafts, questionnaire, review_file
from ui import alerts
from ui.snapshots.answering_forms import CommentDialog, FindingDialog, SignDialog
from ui.text import C_, N_, NN_, say

SHEETS = N_("Sheets ({pattern})")
ANSWERS = N_("Signed answers ({pattern})")


class AnsweringDeeds:
    """The deeds of the face of answers; mix in before QWidget.

    Needs `page`, `copy`, `draft`, `subject`, `others`, `facts`, `put_remark`, `offer`, `lay`,
    `save` and `say_key`.
    """

    def on_beside(self) -> None:
        """Choose the signed answers of another monitor, to be read beside one's own."""
        name, _filter = QFileDialog.getOpenFileName(
            self,
            say(C_("review", "Lay another’s answers beside")),
            str(Path.home()),
            say(ANSWERS, pattern="*.gwreview"),
        )
        if name:
            self.lay_beside(Path(name))

    def lay_beside(self, path: Path) -> None:
        """Read another monitor's file and show its answers under the questions."""
        try:
            found = review_file.read(path)
            if not self._fits(found):
                raise UserError(
                    N_("{file} answers another form, or another office’s copy."), file=path.name
                )
        except (UserError, OSError) as error:
            alerts.tell(error)
            return
        self.others = [one for one in self.others if one.key != found.key] + [found]
        self.lay()
        self.page.toast(N_("Beside yours: the answers of {name}."), name=found.written.monitor)

    def _fits(self, other) -> bool:
        theirs, mine = other.written, self.draft
        places = [(one.office, one.plan, one.form, one.commitment) for one in (theirs, mine)]
        return places[0] == places[1]

    def on_comment(self) -> None:
        """Add a comment."""
        dialog = CommentDialog(self.window(), self.facts())
        dialog.accepted.connect(self.on_commented)
        dialog.open()

    def on_commented(self) -> None:
        self.put_remark("comments", None, self.sender().value)

    def on_finding(self) -> None:
        """Add a finding."""
        dialog = FindingDialog(self.window(), self.facts())
        dialog.accepted.connect(self.on_found)
        dialog.open()

    def on_found(self) -> None:
        self.put_remark("findings", None, self.sender().value)

    def on_write(self) -> None:
        """Choose where the questions go as a sheet."""
        kind, commitment, plan = self.subject
        name, _filter = QFileDialog.getSaveFileName(
            self,
            say(C_("review", "Questions as a sheet")),
            str(Path.home() / f"{commitment or plan}-{kind}.xlsx"),
            say(SHEETS, pattern="*.xlsx"),
        )
        if name:
            self.write_sheet(Path(name))

    def write_sheet(self, path: Path) -> None:
        """Write the questions with the answers so far as a sheet."""
        kind, commitment, plan = self.subject
        self.page.desk.work(
            write_sheet,
            title=N_("Writing the questions"),
            then=self.on_written,
            path=path,
            plan=plan,
            kind=kind,
            commitments=[(one.code, one.title) for one in self.facts()],
            commitment=commitment,
            snapshot=self.copy.snapshot,
            given=self.draft,
        )

    def on_written(self, path: Path) -> None:
        self.page.toast(N_("Saved to {path}."), path=path)

    def on_read(self) -> None:
        """Choose a sheet that was filled in."""
        name, _filter = QFileDialog.getOpenFileName(
            self,
            say(C_("review", "Read a sheet")),
            str(Path.home()),
            say(SHEETS, pattern="*.xlsx"),
        )
        if name:
            self.read_sheet(Path(name))

    def read_sheet(self, path: Path) -> None:
        """Take what a sheet says into the draft."""
        self.page.desk.work(read_sheet, title=N_("Reading a sheet"), then=self.on_sheet, path=path)

    def on_sheet(self, filled) -> None:
        try:
            self.draft = drafts.filled_in(self.draft, filled)
        except UserError as error:
            alerts.tell(error)
            return
        self.save()
        self.offer()
        self.lay()
        self.page.toast(
            NN_("{n} answer taken from the sheet.", "{n} answers taken from the sheet."),
            n=len(filled.answers),
        )

    def on_sign(self) -> None:
        """Sign the answers and save them for the office."""
        self.save()
        if not self.said_something():
            alerts.tell(UserError(N_("There is no answer, comment or finding to sign yet.")))
            return
        dialog = SignDialog(self.window(), self.page.desk, self.draft)
        dialog.accepted.connect(self.on_signed)
        dialog.open()

    def on_signed(self) -> None:
        dialog = self.sender()
        target, _fingerprint = dialog.value
        signed_as = {"monitor": dialog.name.value(), "agreed": dialog.names()}
        self.draft = replace(self.draft, **signed_as)
        self.save()
        self.say_key()
        self.page.toast(N_("Signed answers saved to {path}."), path=target)


def write_sheet(work, *, path: Path, **asked) -> Path:
    """Write the questions of a form as a workbook."""
    questionnaire.write(path, **asked)
    return path


def read_sheet(work, *, path: Path):
    """Read a filled-in workbook."""
    return questionnaire.read(path)
