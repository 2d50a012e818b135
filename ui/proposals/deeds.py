"""What a person does with the proposal in front: every form, opened when it is first wanted."""

from __future__ import annotations

from gwangju_desktop.proposals import usecases

RESULT = "proposal-result"  # the letter with the reply, in the catalogue of documents
RECEIPT = "proposal-receipt"


class Deeds:
    """The forms of one proposal; `record` is it, `page` what they open over."""

    # --- steps
    def step(self, to_state: str) -> None:
        """Open the form of a step."""
        if self.writes:
            from ui.proposals.step_dialogs import open_step

            open_step(self.page, self.record, to_state)

    def assign(self) -> None:
        """Open the form that assigns a department."""
        if self.writes:
            from ui.proposals.step_dialogs import open_assign

            open_assign(self.page, self.record)

    def on_part(self) -> None:
        """Split a part off and transfer it."""
        from ui.proposals.step_dialogs import open_partial_transfer

        open_partial_transfer(self.page, self.record)

    def on_repeat(self) -> None:
        """Note that the same content was sent in again."""
        from ui.proposals.step_dialogs import open_note
        from ui.proposals.step_forms import REPEATED

        open_note(self.page, self.record, REPEATED)

    def on_agency_number(self) -> None:
        """Note the number the other agency gave."""
        from ui.proposals.step_dialogs import open_note
        from ui.proposals.step_forms import NUMBERED

        open_note(self.page, self.record, NUMBERED)

    def end_wait(self, wait) -> None:
        """Do what ends something the proposal waits for."""
        if wait.deed == "assign":
            self.assign()
        elif wait.deed == "came":
            from ui.proposals.step_dialogs import open_note
            from ui.proposals.step_forms import CAME

            open_note(self.page, self.record, CAME)
        elif wait.deed == "decided":
            from ui.threads.flowing import FlowBackDialog

            FlowBackDialog(self.window(), self.desk, wait.about).open()
        elif wait.deed == "answer":
            from ui.proposals.opinion_forms import AnswerDialog

            AnswerDialog(self.page, wait.about).open()
        else:
            from ui.proposals.notice_forms import ToldDialog

            ToldDialog(self.page, self.record, wait.about).open()

    def on_delay(self) -> None:
        """Make the notice that the decision comes later."""
        from ui.proposals.notice_forms import DelayDialog

        DelayDialog(self.page, self.record).open()

    # --- what belongs to it
    def on_edit(self) -> None:
        """Correct what is known of it."""
        if self.writes:
            from ui.proposals.entry import edit

            edit(self.page, self.record)

    def on_notes(self) -> None:
        """Show the office's private notes."""
        from ui.proposals.notes import NotesDialog

        NotesDialog(self.page, self.record).open()

    def on_scores(self) -> None:
        """Show the assessment."""
        from ui.proposals.grid import GridDialog

        GridDialog(self.page, self.record).open()

    def on_board(self) -> None:
        """Enter a sitting of the review board."""
        from ui.proposals.boards import BoardDialog

        BoardDialog(self.page, self.record).open()

    def on_attach(self) -> None:
        """Attach files."""
        self.files.on_attach()

    def on_twins(self) -> None:
        """Merge look-alikes, or split one."""
        from ui.proposals.twins import TwinsDialog

        TwinsDialog(self.page, self.record).open()

    def on_erase(self) -> None:
        """Erase one of those who proposed."""
        from ui.proposals.erase import EraseProposerDialog

        EraseProposerDialog(self.window(), self.desk, self.record).open()

    def on_remove(self) -> None:
        """Remove a draft."""
        self.desk.do(usecases.remove_draft, id=self.record.id)

    # --- leading elsewhere
    def preview(self) -> None:
        """Show the letter with the reply as it will be printed; what is typed is recorded first."""
        if self.record is not None:
            self.reply.when_safe(self._preview)

    def _preview(self) -> None:
        self._documents(RESULT)

    def on_documents(self) -> None:
        """Show the documents of the proposal."""
        self._documents(RECEIPT)

    def _documents(self, name: str) -> None:
        from ui.documents.dialog import DocumentsDialog

        DocumentsDialog(self.window(), self.desk, name, self.record.id).open()

    @property
    def has_threads(self) -> bool:
        """Say whether the room has a pane that shows threads."""
        return any(part.key == "threads" for part in self.page.room.parts)

    def on_thread(self) -> None:
        """Show what it came from and what it led to."""
        self.page.room.show_pane("threads").open(self.id, "proposal")

    def on_link(self) -> None:
        """Copy a link to it."""
        self.window().shell.act("link")

    @property
    def writes(self) -> bool:
        """Say whether there is a proposal that may be changed."""
        return self.record is not None and not self.desk.read_only
