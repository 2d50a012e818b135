"""The register of copies made: to whom each went, what to read out about it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from gwangju_desktop import clock
from gwangju_desktop.snapshots import register
from gwangju_desktop.snapshots.words import PROFILES
from ui import theme
from ui.models.rows import Cell, Column, RowTable, Table
from ui.snapshots.facts import WIDE, megabytes, short
from ui.snapshots.made_card import MadeCard
from ui.text import C_, N_, NN_, day, say
from ui.widgets.forms import Field
from ui.widgets.lists import RowList
from ui.widgets.page import Hollow, Page, State, header
from ui.widgets.parts import Button, Label, column, row

SHEETS = N_("Lists ({pattern})")


def _count(n: int) -> str:
    return f"{n:,}"


def _recipients(copy) -> Cell:
    """Show who has it; a copy nobody has been given says so in plain ink."""
    if not copy.recipients:
        return Cell(say(C_("review copies", "nobody yet")), ink="text3")
    return Cell(", ".join(copy.recipients))


MADE = Table(
    name="snapshots",
    ids=register.ids,
    rows=register.rows,
    sort="sequence",
    follows={"snapshot": "id", "snapshot_delivery": "snapshot_id"},
    columns=(
        Column(
            "sequence",
            C_("review copies", "No."),
            84,
            sort="sequence",
            cell=lambda s: Cell(say(C_("review copies", "No. {n}"), n=s.sequence), role="secb"),
        ),
        Column(
            "made_at",
            N_("Made at"),
            176,
            sort="made_at",
            cell=lambda s: Cell(day(s.made_at, "when")),
        ),
        Column(
            "profile",
            C_("review copies", "For whom"),
            104,
            sort="profile",
            cell=lambda s: Cell(say(PROFILES[s.profile])),
        ),
        Column("recipients", N_("Handed over to"), sort="recipients", cell=_recipients),
        Column(
            "rows",
            C_("review copies", "Rows"),
            74,
            "right",
            sort="rows",
            cell=lambda s: Cell(_count(s.rows)),
        ),
        Column(
            "withheld",
            C_("review copies", "Masked"),
            74,
            "right",
            sort="withheld",
            cell=lambda s: Cell(_count(s.withheld)),
        ),
        Column(
            "file_name",
            C_("review copies", "File"),
            200,
            sort="file_name",
            cell=lambda s: Cell(s.file_name),
            wide=True,
        ),
        Column(
            "bytes",
            C_("review copies", "Size"),
            96,
            "right",
            sort="bytes",
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
    """The register at the left, the copy in front at the right."""

    def __init__(self, desk, on_make, on_open) -> None:
        super().__init__(desk)
        self.wanted_id: int | None = None
        self.meta = Label("", "sec")
        make = self.writing(
            Button(N_("Make a review copy"), "primary", "shield-check", slot=on_make)
        )
        open_ = Button(N_("Open and verify a file"), icon="folder-open", slot=on_open)
        self.key = Button(N_("Signing key…"), icon="key-round", slot=self.on_key)
        self.search = Field(N_("Find copies"), search=True)
        self.search.typing.connect(self.ask)
        self.export = Button(N_("Export the register…"), icon="download", slot=self.on_export)
        self.model = self.table(RowTable(MADE, desk))
        self.model.descending = True
        self.list = RowList(self.model, N_("Review copies"), height=40)
        self.list.previewed.connect(self.on_chosen)
        self.list.peeked.connect(self.on_peek)
        self.first = self.writing(Button(N_("Make a review copy"), slot=on_make))
        self.other = Button(N_("Open and verify a file"), slot=on_open)
        self.empty = State("shield-check", "", "", self.first, self.other)
        self.front = Hollow(self.list, self.empty)
        self.card = MadeCard(self)
        self.tools = row((self.search, 1), None, self.export, margins=(28, 0, 24, 8))
        left = column(
            header(Label(N_("Review copies"), "title"), self.meta, self.key, open_, make),
            self.tools,
            (row(self.front, margins=(20, 0, 16, 8)), 1),
            gap=0,
        )
        row((left, 1), self.dock(self.card), gap=0, into=self)
        self.dress()
        self.model.arrived.connect(self.on_arrived)
        desk.changed.connect(self.on_changed)
        self.look()

    def dress(self) -> None:
        self.card.setFixedWidth(theme.px(WIDE))
        self.search.setMaximumWidth(theme.px(320))

    def changeEvent(self, event) -> None:
        super().changeEvent(event)
        if event.type() == event.Type.StyleChange and hasattr(self, "card"):
            self.dress()

    def inspects(self) -> bool:
        return self.model.rowCount() > 0

    def panes(self) -> list:
        return [self.list, self.card, self.search]

    # --- what is asked
    def look(self) -> None:
        """Ask how many there are, and for the list."""
        self.desk.read(register.count, then=self.on_count)
        self.ask()

    def ask(self, typed: str | None = None) -> None:
        """Ask for the copies that hold every word of the search."""
        words = self.search.text() if typed is None else typed
        if words:
            self.empty.title.say(N_("No such copy"))
            self.empty.hint.say(N_("Look for a number, a recipient, a file or a hash."))
        else:
            self.empty.title.say(N_("No review copy has been made yet"))
            self.empty.hint.say(
                N_(
                    "A signed, masked copy lets an outside monitor look at the office"
                    " without changing it."
                )
            )
        self.first.setVisible(not words and not self.desk.read_only)
        self.other.setVisible(not words)
        self.model.ask(words=words)

    def on_find(self) -> None:
        """Go to the search."""
        self.search.setFocus()
        self.search.selectAll()

    def choose(self, id: int) -> None:
        """Bring a copy in front, as soon as the list has it."""
        self.wanted_id = id
        if self.model.place(id) < 0 and self.search.text():
            self.search.clear()
        self.on_arrived()

    # --- slots
    def on_changed(self, changes) -> None:
        if changes.touches("snapshot", "snapshot_delivery", "signing_key"):
            self.look()

    def on_count(self, n: int) -> None:
        self.meta.say(NN_("{n} copy made", "{n} copies made"), n=n)
        self.tools.setVisible(n > 0)

    def on_arrived(self) -> None:
        if not self.narrow:
            self.card.setVisible(self.inspects())
        if self.wanted_id is not None and self.model.place(self.wanted_id) >= 0:
            self.list.choose(self.wanted_id)
            self.wanted_id = None
        elif self.inspects() and self.list.current() is None:
            self.list.choose_first()
        self.on_chosen(self.list.current())

    def chosen(self):
        """Return the copy in front, None without one."""
        index = self.list.currentIndex()
        return self.model.row(index.row()) if index.isValid() else None

    def on_chosen(self, _id) -> None:
        copy = self.chosen()
        if copy is not None:
            self.card.show_copy(copy)
            self.moved.emit(copy.id, "snapshot")

    def on_key(self) -> None:
        """Open the office's signing key."""
        from ui.snapshots.keys import KeyDialog

        self.asked = KeyDialog(self.window(), self.desk)
        self.asked.open()

    # --- the register as a file
    def on_export(self) -> None:
        """Ask where the register goes."""
        title = say(N_("Register of review copies {day}"), day=clock.today().isoformat())
        name, _filter = QFileDialog.getSaveFileName(
            self,
            say(N_("Export the register")),
            str(Path.home() / f"{title}.csv"),
            say(SHEETS, pattern="*.csv *.xlsx"),
        )
        if name:
            path = Path(name)
            if path.suffix.lower() not in (".csv", ".xlsx"):
                path = path.with_name(path.name + ".csv")
            self.path = path
            self.desk.read(
                register.write,
                then=self.on_written,
                path=path,
                sort=self.model.sort_key,
                descending=self.model.descending,
                words=self.search.text(),
            )

    def on_written(self, _count: int) -> None:
        self.toast(N_("Saved to {path}."), path=self.path)
