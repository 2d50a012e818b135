"""The copies that left the office, and what to read out about each."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication

from gwangju_desktop.snapshots import queries
from ui import theme
from ui.models.rows import Cell, Column, RowTable, Table
from ui.snapshots.facts import WIDE, CopyFacts, digest_in_lines, megabytes, short
from ui.text import C_, N_, NN_, day, say
from ui.widgets.lists import RowList
from ui.widgets.page import Hollow, Page, State, header
from ui.widgets.parts import Button, Label, column, frame, row, rule, scrolled


def _count(n: int) -> str:
    return f"{n:,}"


MADE = Table(
    name="snapshots",
    columns=(
        Column(
            "sequence",
            C_("review copies", "No."),
            84,
            cell=lambda s: Cell(say(C_("review copies", "No. {n}"), n=s.sequence), role="secb"),
        ),
        Column("made_at", N_("Made at"), 190, cell=lambda s: Cell(day(s.made_at, "when"))),
        Column("file_name", C_("review copies", "File"), cell=lambda s: Cell(s.file_name)),
        Column(
            "rows", C_("review copies", "Rows"), 84, "right", cell=lambda s: Cell(_count(s.rows))
        ),
        Column(
            "withheld",
            C_("review copies", "Masked"),
            84,
            "right",
            cell=lambda s: Cell(_count(s.withheld)),
        ),
        Column(
            "bytes",
            C_("review copies", "Size"),
            96,
            "right",
            cell=lambda s: Cell(megabytes(s.bytes)),
            wide=True,
        ),
        Column(
            "sha256",
            N_("SHA-256"),
            170,
            cell=lambda s: Cell(short(s.sha256), role="cap"),
            wide=True,
        ),
    ),
)


class MadePage(Page):
    """The list of copies made here, with the facts that go into the minutes."""

    def __init__(self, desk, on_make, on_open) -> None:
        super().__init__(desk)
        self.meta = Label("", "sec")
        make = self.writing(
            Button(N_("Make a review copy"), "primary", "shield-check", slot=on_make)
        )
        open_ = Button(N_("Open and verify a file"), icon="folder-open", slot=on_open)
        self.list = RowList(RowTable(MADE), N_("Review copies"), height=40)
        self.list.previewed.connect(self.on_chosen)
        self.list.peeked.connect(self.on_peek)
        first = self.writing(Button(N_("Make a review copy"), slot=on_make))
        empty = State(
            "shield-check",
            N_("No review copy has been made yet"),
            N_(
                "A signed, masked copy lets an outside monitor look at the office"
                " without changing it."
            ),
            first,
            Button(N_("Open and verify a file"), slot=on_open),
        )
        self.front = Hollow(self.list, empty)
        self.card = self._card()
        left = column(
            header(Label(N_("Review copies"), "title"), self.meta, open_, make),
            (row(self.front, margins=(20, 0, 16, 8)), 1),
            gap=0,
        )
        row((left, 1), self.dock(self.card), gap=0, into=self)
        self.dress()
        desk.changed.connect(self.on_changed)
        self.look()

    def _card(self):
        self.title = Label("", "h2")
        self.under = Label("", "cap")
        self.facts = CopyFacts()
        self.copy_fingerprint = Button(
            N_("Copy fingerprint"), icon="copy", slot=self.on_fingerprint
        )
        self.copy_digest = Button(N_("Copy hash"), icon="copy", slot=self.on_digest)
        hint = Label(
            N_(
                "Read the fingerprint out at the meeting and put it in the minutes:"
                " whoever opens the copy compares it with what is shown there."
            ),
            "cap",
            wrap=True,
        )
        box = frame("inspector")
        inside = column(
            column(self.title, self.under, gap=2),
            self.facts,
            rule(),
            hint,
            row(self.copy_fingerprint, self.copy_digest, None),
            None,
            margins=(20, 20, 20, 16),
            gap=14,
        )
        column((scrolled(inside), 1), margins=(0, 0, 0, 0), into=box)
        return box

    def dress(self) -> None:
        self.card.setFixedWidth(theme.px(WIDE))

    def changeEvent(self, event) -> None:
        super().changeEvent(event)
        if event.type() == event.Type.StyleChange and hasattr(self, "card"):
            self.dress()

    def inspects(self) -> bool:
        return self.list.model().rowCount() > 0

    def panes(self) -> list:
        return [self.list, self.card]

    # --- slots
    def look(self) -> None:
        """Ask for the list."""
        self.desk.read(queries.snapshots, then=self.on_rows)

    def on_changed(self, changes) -> None:
        if changes.touches("snapshot", "signing_key"):
            self.look()

    def on_rows(self, rows) -> None:
        self.list.model().show(rows)
        self.meta.say(NN_("{n} copy made", "{n} copies made"), n=len(rows))
        self.card.setVisible(self.inspects() and not self.narrow)
        self.list.choose_first()
        self.on_chosen(self.list.current())

    def choose(self, sequence: int) -> None:
        """Bring the copy of that number in front."""
        for row_ in self.list.model().kept.values():
            if row_.sequence == sequence:
                self.list.choose(row_.id)

    def chosen(self):
        """Return the copy in front, None without one."""
        index = self.list.currentIndex()
        return self.list.model().row(index.row()) if index.isValid() else None

    def on_chosen(self, _id) -> None:
        copy = self.chosen()
        if copy is None:
            return
        self.title.say(N_("Review copy no. {n}"), n=copy.sequence)
        self.under.say(copy.file_name)
        audit = copy.audit_id, copy.audit_hash
        digest = digest_in_lines(copy.sha256)
        self.facts.show_copy(copy.fingerprint, copy.made_at, digest, audit)
        self.facts.say_content(
            N_("{rows} rows · {masked} texts masked"),
            rows=_count(copy.rows),
            masked=_count(copy.withheld),
        )

    def on_fingerprint(self) -> None:
        copy = self.chosen()
        if copy is not None:
            QGuiApplication.clipboard().setText(copy.fingerprint)
            self.toast(N_("Fingerprint copied."))

    def on_digest(self) -> None:
        copy = self.chosen()
        if copy is not None:
            QGuiApplication.clipboard().setText(copy.sha256)
            self.toast(N_("Hash copied."))
