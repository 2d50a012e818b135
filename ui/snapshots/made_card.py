"""One copy of the register: what identifies it, to whom it went, and how to send it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QFrame, QWidget

from db.vocab import Profile
from gwangju_desktop.snapshots import deliveries
from gwangju_desktop.snapshots.words import CHANNELS
from ui.models.rows import Cell, Column, RowTable, Table
from ui.snapshots.delivery_form import DeliveryDialog
from ui.snapshots.facts import FILES, PATTERN, CopyFacts, digest_in_lines
from ui.snapshots.keys import Fingerprint
from ui.snapshots.send import SendDialog
from ui.text import C_, N_, day, say
from ui.widgets.lists import RowList
from ui.widgets.parts import Button, Label, column, frame, row, rule, scrolled

HANDED = Table(
    columns=(
        Column(
            "recipient",
            C_("handing over", "To"),
            cell=lambda d: Cell(d.recipient, d.note, role="secb"),
        ),
        Column(
            "channel",
            C_("handing over", "Way"),
            136,
            cell=lambda d: Cell(say(CHANNELS[d.channel]), day(d.delivered_on, "full")),
        ),
    ),
)


class MadeCard(QFrame):
    """The inspector of the register."""

    def __init__(self, page) -> None:
        super().__init__()
        self.page, self.desk, self.copy = page, page.desk, None
        self.title, self.under = Label("", "h2"), Label("", "cap", wrap=True)
        self.words = Fingerprint(words=True)
        self.facts = CopyFacts(words=self.words)
        self.copy_fingerprint = Button(
            N_("Copy fingerprint"), icon="copy", slot=self.on_fingerprint
        )
        self.copy_digest = Button(N_("Copy hash"), icon="copy", slot=self.on_digest)
        self.send = Button(N_("Save for sending…"), icon="upload", slot=self.on_send)
        self.model = RowTable(HANDED)
        self.handed = RowList(self.model, N_("Handed over to"), height=48, header=False, fit=True)
        self.handed.previewed.connect(self.on_handed)
        self.handed.opened.connect(self.on_correct)
        self.nobody = Label(N_("Nobody has been given this copy yet."), "sec", wrap=True)
        self.add = Button(N_("Note a handing over…"), icon="plus", slot=self.on_add)
        self.correct = Button(N_("Correct…"), slot=self.on_correct)
        self.remove = Button(N_("Remove"), slot=self.on_remove)
        self.page.writing(self.add, self.correct, self.remove)
        inside = frame("inspector")
        column(
            column(self.title, self.under, gap=2),
            self.facts,
            rule(),
            Label(
                N_(
                    "Read the fingerprint out at the meeting and put it in the minutes:"
                    " whoever opens the copy compares it with what is shown there."
                ),
                "cap",
                wrap=True,
            ),
            row(self.copy_fingerprint, self.copy_digest, None),
            row(self.send, None),
            rule(),
            Label(N_("Handed over to"), "h3"),
            self.nobody,
            self.handed,
            row(self.add, None),
            row(self.correct, self.remove, None),
            None,
            margins=(20, 20, 20, 16),
            gap=12,
            into=inside,
        )
        column((scrolled(inside), 1), margins=(0, 0, 0, 0), into=self)
        self.on_handed(None)

    def show_copy(self, copy) -> None:
        """Show a copy of the register."""
        self.copy = copy
        public = copy.profile == Profile.PUBLIC
        title = N_("Public copy no. {n}") if public else N_("Review copy no. {n}")
        self.title.say(title, n=copy.sequence)
        self.under.say(copy.file_name)
        self.facts.show_copy(
            copy.fingerprint,
            copy.made_at,
            digest_in_lines(copy.sha256),
            (copy.audit_id, copy.audit_hash),
        )
        self.facts.say_content(
            N_("{rows} rows · {masked} texts masked"),
            rows=f"{copy.rows:,}",
            masked=f"{copy.withheld:,}",
        )
        self.words.show_key(copy.fingerprint)
        self.desk.read(deliveries.deliveries, then=self.on_deliveries, snapshot_id=copy.id)

    # --- handing over
    def on_deliveries(self, rows) -> None:
        """Show to whom the copy in front went."""
        self.model.show(rows)
        self.nobody.setVisible(not rows)
        self.handed.setVisible(bool(rows))
        if rows and self.handed.current() is None:
            self.handed.choose_first()
        self.on_handed(self.handed.current())

    def delivery(self):
        """Return the handing over in front, None without one."""
        index = self.handed.currentIndex()
        return self.model.row(index.row()) if index.isValid() else None

    def on_handed(self, _id) -> None:
        """Offer to correct and remove only what is chosen."""
        shown = self.handed.isVisibleTo(self) and not self.desk.read_only
        for button in (self.correct, self.remove):
            button.setVisible(shown)
            button.setEnabled(self.delivery() is not None and not self.desk.read_only)

    def on_add(self) -> None:
        self._ask(None)

    def on_correct(self, _id=None) -> None:
        if self.delivery() is not None and not self.desk.read_only:
            self._ask(self.delivery())

    def _ask(self, delivery) -> None:
        self.asked = DeliveryDialog(self.window(), self.desk, self.copy, delivery)
        self.asked.open()

    def on_remove(self) -> None:
        """Take the chosen handing over back; undo brings it again."""
        one = self.delivery()
        if one is not None:
            self.desk.do(deliveries.remove_delivery, id=one.id)

    # --- copying and sending
    def on_fingerprint(self) -> None:
        QGuiApplication.clipboard().setText(self.copy.fingerprint)
        self.page.toast(N_("Fingerprint copied."))

    def on_digest(self) -> None:
        QGuiApplication.clipboard().setText(self.copy.sha256)
        self.page.toast(N_("Hash copied."))

    def on_send(self) -> None:
        """Ask for the file of this copy: the register knows its hash, not where it lies."""
        name, _filter = QFileDialog.getOpenFileName(
            self,
            say(N_("Choose the file of review copy no. {n}"), n=self.copy.sequence),
            str(Path.home() / self.copy.file_name),
            say(FILES, pattern=PATTERN),
        )
        if name:
            self.send_file(Path(name))

    def send_file(self, path: Path) -> QWidget:
        """Ask how the file of the copy in front is to be sent."""
        self.asked = SendDialog(self.window(), self.desk, path, self.copy.sha256)
        self.asked.open()
        return self.asked
