"""What goes out of a meeting's pack: issues, supplements and revisions, and what follows them."""

from __future__ import annotations

from PySide6.QtCore import QObject

from db.vocab import IssueKind
from gwangju_desktop.errors import Cancelled
from gwangju_desktop.meetings import queries
from gwangju_desktop.packs import issues
from gwangju_desktop.packs.changes import changes_since
from gwangju_desktop.packs.copies import print_runs
from ui import alerts
from ui.meetings.step_dialogs import DistributeDialog
from ui.packs.history import issue_title
from ui.packs.office import issue, revise, supplement
from ui.packs.send_dialogs import IssueDialog, RevisionDialog, SupplementDialog
from ui.packs.words import SHORT_EDITIONS
from ui.text import N_, say

TABLES = ("pack_issue", "pack_file", "print_run")


class Sending(QObject):
    """The history at the right, and the dialogs that add to it."""

    def __init__(self, page) -> None:
        super().__init__(page)
        self.page, self.desk, self.pane = page, page.desk, page.facts.history
        self.issues: list = []
        self.changes = None
        self.meeting = None
        self.shown: int | None = None  # the issue that is shown, None for the working draft
        self.pane.chosen.connect(self.show)
        self.pane.issued.connect(self.on_issue)
        self.pane.supplemented.connect(self.on_supplement)
        self.pane.revised.connect(self.on_revise)
        self.pane.distributed.connect(self.on_distribute)
        self.pane.kept.connect(page.output.ask_folder)

    # --- reading
    def read(self) -> None:
        """Read what went out of the meeting in front."""
        id = self.page.meeting_id
        if id is not None:
            self.desk.read(issues.of_meeting, then=self.on_issues, meeting_id=id)
            self.desk.read(print_runs, then=self.on_runs, meeting_id=id)
            self.desk.read(queries.meeting, then=self.on_meeting, otherwise=self.on_gone, id=id)

    def forget(self) -> None:
        """Show nothing of a meeting."""
        self.issues, self.changes, self.meeting, self.shown = [], None, None, None
        self.pane.show_runs([])
        self.renew()

    def on_issues(self, found: list) -> None:
        """Show what went out; compare it with the pack as it is now."""
        if found and found[0].meeting_id != self.page.meeting_id:
            return
        self.issues = found
        if not found:
            self.changes = None
        self.renew()
        self.compare()

    def on_runs(self, runs: list) -> None:
        if not runs or runs[0].meeting_id == self.page.meeting_id:
            self.pane.show_runs(runs)

    def on_meeting(self, meeting) -> None:
        if meeting.id == self.page.meeting_id:
            self.meeting = meeting
            self.renew()

    def on_gone(self, _error) -> None:
        """The meeting was deleted meanwhile; the list of meetings says so."""

    def compare(self) -> None:
        """Ask what changed since the pack went out."""
        if self.issues and self.desk.store is not None:
            self.desk.read(
                changes_since,
                then=self.on_changes,
                otherwise=self.on_gone,
                papers=self.desk.store.papers,
                meeting_id=self.page.meeting_id,
            )

    def on_changes(self, changes) -> None:
        self.changes = changes if self.issues else None
        self.renew()

    def renew(self) -> None:
        """Show the history, and the step that comes next on the button of the page."""
        changeable = self.page.putting.changeable
        self.pane.show_issues(self.issues, self.changes, self.shown)
        self.pane.let_send(
            changeable,
            bool(self.issues),
            self.changes,
            sent=self.meeting is not None and self.meeting.distributed_on is not None,
        )
        self.pane.show_chosen(self.row(self.shown))
        button = self.page.issue_button
        proposed = self.changes.proposes if self.changes is not None else ()
        if not self.issues:
            button.say(N_("Issue the pack…"))
        elif IssueKind.SUPPLEMENT in proposed:
            button.say(N_("Supplement…"))
        elif proposed:
            button.say(N_("Revision…"))
        button.setVisible(changeable and bool(not self.issues or proposed))

    # --- looking
    def show(self, id: int | None) -> None:
        """Show an issue in the middle, or the working draft."""
        if id != self.shown:
            self.shown = id
            self.page.ask()

    def mark(self, id: int | None) -> None:
        """Mark what is really in front: an issue that cannot be shown is not."""
        if id != self.shown:
            self.shown = id
            self.renew()

    def row(self, id: int | None):
        """Return what went out under that id, or None."""
        return next((row for row in self.issues if row.id == id), None)

    def front(self):
        """Return the issue whose pages are in front; None for a draft.

        The working draft is the issue itself as long as nothing of it changed.
        """
        if self.shown is not None:
            return self.row(self.shown)
        if self.changes is not None and not self.changes.any:
            return self.row(self.changes.issue_id)
        return None

    def seats(self) -> int:
        """Return how many seats a numbered copy can be printed for: none of what is not an issue.

        Covers are written from the office as it is now, so nothing may have changed since.
        """
        front = self.front()
        same = self.changes is not None and not self.changes.any
        if front is None or front.kind != IssueKind.ISSUE or not same or self.meeting is None:
            return 0
        return self.meeting.quorum.enrolled if self.page.putting.changeable else 0

    def number(self, kind: IssueKind) -> int:
        """Return the number the next one of a kind gets."""
        return 1 + max((row.number for row in self.issues if row.kind == kind), default=0)

    # --- sending
    def on_next(self) -> None:
        """Take the step the page's button names."""
        proposed = self.changes.proposes if self.changes is not None else ()
        if not self.issues:
            self.on_issue()
        elif IssueKind.SUPPLEMENT in proposed:
            self.on_supplement()
        elif proposed:
            self.on_revise()

    def on_issue(self) -> None:
        """Ask whether the pack as it is now shall go out."""
        if self.page.putting.changeable:
            self.show(None)
            self.page.when_true(self.ask_issue)

    def ask_issue(self) -> None:
        """Open the form with the pack that was bound just now."""
        bound = self.page.bound
        faults = sum(not check.fine for check in bound.checks)
        pages = bound.facts.frozen.total or bound.facts.pages
        dialog = IssueDialog(self.page.window(), self.number(IssueKind.ISSUE), pages, faults)
        dialog.ordered.connect(self.on_issue_ordered)
        dialog.open()

    def on_issue_ordered(self, values: dict) -> None:
        self._work(issue, N_("Issuing the pack"), language=self.page.language(), **values)

    def on_supplement(self) -> None:
        """Ask what of the new parts goes out, and why."""
        if self.page.putting.changeable and self.changes is not None and self.changes.new:
            last = max(row.last_page for row in self.issues if row.kind != IssueKind.REVISION)
            number = self.number(IssueKind.SUPPLEMENT)
            dialog = SupplementDialog(self.page.window(), number, last + 1, self.changes)
            dialog.ordered.connect(self.on_supplement_ordered)
            dialog.open()

    def on_supplement_ordered(self, values: dict) -> None:
        self._work(supplement, N_("Making the supplement"), **values)

    def on_revise(self) -> None:
        """Ask which changes go out, and why."""
        changes = self.changes
        if self.page.putting.changeable and changes and (changes.changed or changes.withdrawn):
            dialog = RevisionDialog(self.page.window(), self.number(IssueKind.REVISION), changes)
            dialog.ordered.connect(self.on_revision_ordered)
            dialog.open()

    def on_revision_ordered(self, values: dict) -> None:
        self._work(revise, N_("Making the revision"), **values)

    def _work(self, job, title, **values: object) -> None:
        self.desk.work(
            job,
            title=title,
            then=self.on_sent,
            otherwise=self.on_unsent,
            meeting_id=self.page.meeting_id,
            **values,
        )

    def on_sent(self, done) -> None:
        """Show what went out; offer the meeting's own step if it is still to be taken."""
        if self.page.meeting_id != done.meeting_id:
            return
        self.shown = done.id
        self.page.ask()
        self.read()
        waits = self.meeting is not None and self.meeting.distributed_on is None
        self.page.offer.tell_sent(issue_title(done), step=waits)
        if done.left:
            names = ", ".join(say(SHORT_EDITIONS[edition]) for edition in done.left)
            self.page.toast(N_("Not made: {editions}"), editions=names)

    def on_unsent(self, error: Exception) -> None:
        if isinstance(error, Cancelled):
            self.page.toast(N_("Stopped; nothing went out."))
        else:
            alerts.tell(error)

    # --- the meeting's step
    def on_distribute(self) -> None:
        """Open the form of the step that papers went out."""
        if self.meeting is not None and self.page.putting.changeable:
            dialog = DistributeDialog(self.page.window(), self.desk, self.meeting)
            dialog.accepted.connect(self.page.offer.hide)
            dialog.open()
