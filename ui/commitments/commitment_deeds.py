"""What a person does with the commitment in front: forms, moves, completions, notes."""

from __future__ import annotations

from gwangju_desktop.commitments import progress, promises
from ui import theme
from ui.commitments import shown
from ui.commitments.commitment_forms import (
    CloseDialog,
    CommitmentDialog,
    NoteDialog,
    StatusDialog,
)
from ui.commitments.milestone_forms import CauseDialog
from ui.text import C_, say


class Deeds:
    """The deeds of the commitment's page; mix in before Page.

    Needs `whole`, `place`, `promise`, `milestones`, `more` and `menu`.
    """

    def on_edit(self) -> None:
        """Change what is said of the commitment."""
        if self.whole is not None and not self.desk.read_only:
            frozen = self.promise.frozen
            of = self.whole.row.plan_id
            CommitmentDialog(self.window(), self.desk, of, self.whole, frozen).open()

    def on_add_milestone(self) -> None:
        """Promise another milestone."""
        self.milestones.on_add()

    def on_more(self) -> None:
        """Show what else can be done with the commitment."""
        self.menu.clear()
        self.menu.setFont(theme.font("sec"))
        for label, icon, slot in (
            (C_("commitment", "Move up"), "arrow-up", self.on_up),
            (C_("commitment", "Move down"), "arrow-down", self.on_down),
            (C_("commitment", "Remove"), "trash-2", self.on_remove),
        ):
            if slot != self.on_remove or not self.whole.frozen:
                self.menu.addAction(theme.icon(icon, "text2"), say(label)).triggered.connect(slot)
        corner = self.more.mapToGlobal(self.more.rect().bottomRight())
        corner.setX(corner.x() - self.menu.sizeHint().width())
        self.menu.popup(corner)

    def _do(self, usecase, **given) -> None:
        if self.whole is not None and not self.desk.read_only:
            self.desk.do(usecase, commitment_id=self.whole.row.id, **given)

    def on_up(self) -> None:
        """Move the commitment up in its plan."""
        self._do(promises.move_commitment, by=-1)

    def on_down(self) -> None:
        """Move the commitment down in its plan."""
        self._do(promises.move_commitment, by=1)

    def on_remove(self) -> None:
        """Take the commitment away; undo brings it back."""
        self._do(promises.remove_commitment)

    def _form(self, kind, *given, **named_) -> None:
        if self.whole is not None and not self.desk.read_only:
            kind(self.window(), self.desk, self.whole, *given, **named_).open()

    def on_status(self) -> None:
        """Set the own status by hand."""
        others = [one for one in self.place.commitments if one.id != self.whole.row.id]
        self._form(StatusDialog, others)

    def on_computed(self) -> None:
        """Let the status be what is worked out again."""
        self._do(progress.clear_own_status)

    def on_cause(self) -> None:
        """Ask why the commitment is late."""
        if self.whole is not None:
            one = self.whole.row
            cause = (one.delay_cause, self.whole.delay_cause_en)
            title = f"{one.code} {shown.title(one)}"
            CauseDialog(self.window(), self.desk, title, cause, commitment_id=one.id).open()

    def on_complete(self) -> None:
        """Ask on which day the whole commitment was completed."""
        self._form(CloseDialog)

    def on_reopen(self) -> None:
        """Take the completion of the commitment back."""
        self._do(promises.reopen_commitment)

    def on_note(self) -> None:
        """Write down how it goes."""
        self._form(NoteDialog)

    def on_milestone_note(self, id: int) -> None:
        """Write down how a milestone goes."""
        self._form(NoteDialog, milestone_id=id)

    def on_edit_note(self, note) -> None:
        """Say a note otherwise."""
        self._form(NoteDialog, note)

    def on_remove_note(self, note) -> None:
        """Take a note away; undo brings it back."""
        self.desk.do(progress.remove_note, note_id=note.id)
