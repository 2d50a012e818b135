"""What a person does with the rounds of monitoring: planned, taken a step on, answers taken in."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from db.vocab import ReviewKind, ReviewState
from gwangju_desktop.reviews import rounds
from ui import theme
from ui.commitments.review_forms import RoundDialog
from ui.commitments.review_rounds import take_reviews
from ui.text import C_, N_, NN_, say

REVIEW_FILES = N_("Signed answers of a monitor ({pattern})")


class RoundDeeds:
    """The deeds of the pane of monitoring; mix in before Page.

    Needs `place`, `whole`, `files`, `more`, `menu`, `current`, `show_form` and `ask`.
    """

    def subjects(self) -> tuple:
        """Return the commitments of the plan in front."""
        return tuple(self.place.commitments)

    def on_add(self) -> None:
        """Plan a round."""
        if self.place.plan_id is not None and not self.desk.read_only:
            dialog = RoundDialog(self.window(), self.desk, self.place.plan_id, self.subjects())
            dialog.accepted.connect(self.on_added)
            dialog.open()

    def on_added(self) -> None:
        self._wanted = self.sender().value
        self.ask()

    def on_opened(self, _id) -> None:
        self.on_edit()

    def on_edit(self) -> None:
        """Change what is said of the round in front."""
        one = self.current()
        if one is not None and not self.desk.read_only:
            RoundDialog(self.window(), self.desk, one.plan_id, self.subjects(), shown=one).open()

    def on_next(self) -> None:
        """Take the round in front one step on."""
        if self.whole is None or self.desk.read_only:
            return
        one = self.whole.row
        if one.state == ReviewState.PLANNED:
            self.desk.do(rounds.open_review, id=one.id)
        elif one.state == ReviewState.OPEN and self.whole.form is not None:
            self.desk.do(rounds.submit_review, id=one.id)
        else:
            self.desk.do(rounds.close_review, id=one.id)

    def on_more(self) -> None:
        """Offer what is seldom done."""
        if self.whole is None:
            return
        self.menu.clear()
        self.menu.setFont(theme.font("sec"))
        state, form = self.whole.row.state, self.whole.form
        again = state in (ReviewState.SUBMITTED, ReviewState.CLOSED)
        for key, words, icon, fits in (
            ("reopen", C_("review", "Open again"), "undo-2", again),
            ("sheet", C_("review", "Take in a sheet"), "file-spreadsheet", form is not None),
            ("remove", C_("review", "Remove round"), "trash-2", True),
        ):
            if fits:
                self.menu.addAction(theme.icon(icon, "text2"), say(words)).setData(key)
        corner = self.more.mapToGlobal(self.more.rect().bottomRight())
        corner.setX(corner.x() - self.menu.sizeHint().width())
        self.menu.popup(corner)

    def on_menu(self, chosen) -> None:
        """Do what was chosen."""
        id = self.whole.row.id
        if chosen.data() == "reopen":
            self.desk.do(rounds.open_review, id=id)
        elif chosen.data() == "remove":
            self.desk.do(rounds.remove_review, id=id)
        else:
            self.files.on_sheet()

    def on_paper(self) -> None:
        """Show the official form as it is printed."""
        if self.whole is None:
            return
        from ui.documents.dialog import DocumentsDialog

        one = self.whole.row
        if one.kind == ReviewKind.INCEPTION:
            name, about = "inception-form", one.plan_id
        else:
            name, about = "closing-form", one.commitment_id
        DocumentsDialog(self.window(), self.desk, name, about).open()

    # --- signed answers come in
    def on_import(self) -> None:
        """Choose a signed file of a monitor."""
        name, _filter = QFileDialog.getOpenFileName(
            self,
            say(C_("review", "Take in answers")),
            str(Path.home()),
            say(REVIEW_FILES, pattern="*.gwreview"),
        )
        if name:
            self.import_files([Path(name)])

    def import_files(self, paths: list[Path]) -> None:
        """Check signed files and take their answers in."""
        self.desk.work(
            take_reviews, title=N_("Checking signed answers"), then=self.on_taken, paths=paths
        )

    def on_taken(self, taken) -> None:
        """Say what came in, and show it."""
        self.toast(
            NN_(
                "{n} answer of {signer} taken in; the signature is right.",
                "{n} answers of {signer} taken in; the signature is right.",
            ),
            n=sum(one.answers for one in taken),
            signer=", ".join(dict.fromkeys(one.signer for one in taken)),
        )
        self._wanted = taken[-1].review_id
        self.show_form()
        self.ask()
