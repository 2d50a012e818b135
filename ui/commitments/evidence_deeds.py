"""What a person does on the evidence shelf: add, drop, check, replace, withdraw, pick, save."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from gwangju_desktop.errors import Cancelled
from gwangju_desktop.evidence import evidence, integrity
from gwangju_desktop.evidence.integrity import Occasion
from gwangju_desktop.papers.lending import safe_name
from ui import alerts
from ui.commitments import evidence_jobs as jobs
from ui.commitments.evidence_best import BestDialog
from ui.commitments.evidence_forms import AddEvidence, EditEvidence
from ui.commitments.evidence_links import ClaimDialog, Links, links
from ui.commitments.evidence_rows import size_text
from ui.text import C_, N_, NN_, say


class EvidenceDeeds:
    """Mixed into the pane: it has the desk, the place, the list, the card and the shelf."""

    # --- what a person does
    def on_add_evidence(self) -> None:
        """Choose files that become evidence."""
        paths, _kind = QFileDialog.getOpenFileNames(self, say(N_("Add evidence")))
        self.take([Path(path) for path in paths])

    def take(self, paths: list[Path]) -> None:
        """Add files as evidence."""
        if paths and self.place.plan_id is not None and not self.desk.read_only:
            self._with_links("add", paths)

    def on_upload(self) -> None:
        """Pick the files of the official upload."""
        self._with_links("best", None)

    def on_check_files(self) -> None:
        """Read all evidence files again."""
        self.desk.work(
            jobs.check,
            title=jobs.CHECKING,
            then=self.on_checked,
            otherwise=self.on_stopped,
            occasion=Occasion.ASKED.value,
        )

    def on_checked(self, checked: integrity.Checked) -> None:
        """Say what was found; what is broken stands over the shelf."""
        if checked.whole:
            self.toast(
                NN_(
                    "{n} evidence file is what it was ({size}).",
                    "{n} evidence files are what they were ({size}).",
                ),
                n=checked.files,
                size=size_text(checked.bytes),
            )

    def on_stopped(self, error: Exception) -> None:
        """Tell what went wrong; stopping is nothing wrong."""
        if not isinstance(error, Cancelled):
            alerts.tell(error)

    def on_asked(self, what: str, claim) -> None:
        """Do with the piece of evidence in front what its card asks."""
        held = self.current()
        if held is None:
            return
        if what == "open":
            self.lender.open(held.sha256, held.name)
        elif what == "save":
            self.on_save()
        elif what == "edit":
            EditEvidence(self, held).open()
        elif what == "replace":
            self.on_replace()
        elif what == "withdraw":
            self.desk.do(evidence.remove_evidence, id=held.id)
        elif what == "claim":
            self._with_links("claim", claim)

    def on_save(self) -> None:
        """Choose where a copy of the file goes."""
        held = self.current()
        name, _kind = QFileDialog.getSaveFileName(
            self, say(N_("Save a copy")), safe_name(held.name)
        )
        if name:
            self.desk.work(
                jobs.save,
                title=jobs.SAVING,
                then=self.on_saved,
                otherwise=self.on_stopped,
                copies=[(held.sha256, Path(name))],
            )

    def on_saved(self, written: list[Path]) -> None:
        self.toast(N_("Saved to {path}."), path=written[0])

    def on_replace(self) -> None:
        """Choose the file that takes its place."""
        name, _kind = QFileDialog.getOpenFileName(self, say(C_("evidence", "Replace")))
        if name:
            self.replace(Path(name))

    def replace(self, path: Path) -> None:
        """Let a file take the place of the one in front."""
        held = self.current()
        if held is not None:
            self.desk.work(
                jobs.replace,
                title=jobs.REPLACING,
                then=self.on_replaced,
                otherwise=self.on_stopped,
                id=held.id,
                path=path,
            )

    def on_replaced(self, id: int) -> None:
        """Show the evidence with its new file."""
        self._wanted = id
        self.ask()

    # --- forms that offer what claims can be linked to
    def _with_links(self, what: str, value) -> None:
        self._next = (what, value)
        self.desk.read(links, then=self.on_links, plan_id=self.place.plan_id)

    def on_links(self, found: Links) -> None:
        """Open the form that was asked for."""
        what, value = self._next
        whose = self.whose.value() or self.place.commitment_id
        if what == "add":
            dialog = AddEvidence(self, value, found, whose)
            dialog.accepted.connect(self.on_added)
            dialog.open()
        elif what == "best":
            BestDialog(self, found, whose).open()
        elif self.current() is not None:
            held = self.current()
            claim = next((one for one in held.claims if one.id == value), None)
            ClaimDialog(self, held, found, claim).open()

    def on_added(self) -> None:
        """Show the last one that was added."""
        self._widen()
        self.put_front(self.sender().value or ())
        self.ask()

    # --- files dropped
    def dragEnterEvent(self, event) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()
            self.hint.show()

    def dragLeaveEvent(self, _event) -> None:
        self.hint.hide()

    def dropEvent(self, event) -> None:
        self.hint.hide()
        event.acceptProposedAction()
        files, others = dropped_files(event.mimeData())
        if others and not files:
            self.toast(N_("A link proves nothing by itself: save the page and drop the file."))
        self.take(files)


def dropped_files(data) -> tuple[list[Path], list[str]]:
    """Return the files of a drag, and what is none: links and folders."""
    files, others = [], []
    for url in data.urls():
        path = Path(url.toLocalFile()) if url.isLocalFile() else None
        if path is not None and path.is_file():
            files.append(path)
        else:
            others.append(url.toString())
    return files, others
