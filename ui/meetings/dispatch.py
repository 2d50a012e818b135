"""Outgoing documents: what waits for its number and day stands first, filled in in the list."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence

from gwangju_desktop import clock
from gwangju_desktop.catalogue.filed import RELEASES
from gwangju_desktop.members.rules import named
from gwangju_desktop.outgoing import cells, queries, usecases
from ui.documents import kinds
from ui.documents.dispatch import tone
from ui.meetings.dispatch_paste import PasteDialog
from ui.models.rows import Cell, Column, RowTable, Table
from ui.text import C_, N_, NN_, day, say
from ui.widgets.forms import Choice, Field
from ui.widgets.lists import RowList
from ui.widgets.page import Hollow, Page, State
from ui.widgets.parts import Button, Label, column, row, rule

ALL = "all"


@dataclass(frozen=True, slots=True)
class Sent:
    """An outgoing document as its cells are typed."""

    id: int
    row: queries.OutgoingRow

    @property
    def number(self) -> str:
        """Return 문서번호."""
        return self.row.number

    @property
    def dispatched_on(self) -> str:
        """Return 시행일자 as it is typed."""
        return day(self.row.dispatched_on, "full") if self.row.dispatched_on else ""

    @property
    def release(self) -> str:
        """Return 공개구분 in words."""
        return say(RELEASES[self.row.release])

    @property
    def ground(self) -> str:
        """Return the ground of what is not public."""
        return self.row.ground


def ids(read, *, sort: str, descending: bool, held: tuple[int, ...] = (), **narrowed) -> list[int]:
    """Return the documents' ids, those that wait first.

    Those `held` stay on top although they are filled by now: a row must not run from its editor.
    """
    asked = {"sort": sort, "descending": descending, **narrowed}
    everything = queries.outgoing_ids(read, **asked)
    first = {*queries.outgoing_ids(read, **asked, state="waiting"), *held}
    return [id for id in everything if id in first] + [id for id in everything if id not in first]


def rows(read, *, ids: list[int]) -> list[Sent]:
    """Return the rows of these ids."""
    found = queries.outgoing_rows(read, ids=ids, today=clock.today())
    return [Sent(row.id, row) for row in found]


def title_cell(sent: Sent) -> Cell:
    """Show the title over what kind of document it is and to whom it goes."""
    kind = say(sent.row.label)
    sub = f"{kind} · {sent.row.recipient}" if sent.row.recipient else kind
    return Cell(sent.row.title, sub, role="secb")


def typed_cell(name: str, wanted: str):
    """Return what shows a cell to type in; empty ones say what they wait for."""

    def shown(sent: Sent) -> Cell:
        text = getattr(sent, name)
        return Cell(text) if text else Cell(say(wanted), ink="text3")

    return shown


def ground_cell(sent: Sent) -> Cell:
    """Show why something is not public."""
    return Cell(sent.ground or "–", ink="" if sent.ground else "text3")


def state_cell(sent: Sent) -> Cell:
    """Show whether it went out."""
    return Cell(chip=say(sent.row.state), tone=tone(sent.row)[0])


OUTGOING = Table(
    name="outgoing",
    ids=ids,
    rows=rows,
    sort="made_on",
    follows={"outgoing": "id"},
    columns=(
        Column("title", C_("outgoing", "Document"), sort="title", cell=title_cell),
        Column(
            "meeting",
            C_("outgoing", "Meeting"),
            150,
            cell=lambda s: Cell(s.row.meeting or named(s.row.body_ko, s.row.body_en)),
            wide=True,
        ),
        Column(
            "made_on",
            C_("outgoing", "Made on"),
            92,
            sort="made_on",
            cell=lambda s: Cell(day(s.row.made_on, "full")),
            wide=True,
        ),
        Column(
            "number",
            C_("outgoing", "Document no."),
            160,
            sort="number",
            cell=typed_cell("number", C_("outgoing", "to be filled in")),
            edit=cells.set_number,
        ),
        Column(
            "dispatched_on",
            C_("outgoing", "Dispatched on"),
            112,
            sort="dispatched_on",
            cell=typed_cell("dispatched_on", C_("outgoing", "to be filled in")),
            edit=cells.set_day,
        ),
        Column(
            "release",
            C_("outgoing", "Openness"),
            92,
            cell=lambda s: Cell(s.release),
            edit=cells.set_openness,
        ),
        Column(
            "ground",
            C_("outgoing", "Ground"),
            120,
            cell=ground_cell,
            edit=cells.set_ground,
        ),
        Column("state", C_("outgoing", "State"), 150, cell=state_cell),
    ),
)


NOT_SENT, AGAIN = N_("Not to be dispatched"), N_("Let it wait again")
NUMBER = next(n for n, one in enumerate(OUTGOING.columns) if one.key == "number")


class FillList(RowList):
    """A list whose F2 begins at the number where the cursor stands on nothing to type in."""

    pasted = Signal()

    def to_fill(self):
        """Return the cell to type into: the one in front, else the row's number."""
        index = self.currentIndex()
        fits = index.isValid() and OUTGOING.columns[index.column()].edit
        return index if fits else index.siblingAtColumn(NUMBER)

    def keyPressEvent(self, event) -> None:
        if event.key() == Qt.Key.Key_F2 and self.currentIndex().isValid():
            self.setCurrentIndex(self.to_fill())
        if event.matches(QKeySequence.StandardKey.Paste):
            self.pasted.emit()
        else:
            super().keyPressEvent(event)


class DispatchPage(Page):
    """The documents that go out, those not dispatched yet first."""

    title = N_("Outgoing documents")

    def __init__(self, desk) -> None:
        super().__init__(desk)
        self.held: tuple[int, ...] = ()
        self.typed, self._wanted = "", None
        self.model = self.table(RowTable(OUTGOING, desk))
        self.list = FillList(self.model, N_("Outgoing documents"), height=48)
        self.list.opened.connect(self.on_show)
        self.list.previewed.connect(self.on_current)
        self.list.pasted.connect(self.on_paste)
        self.model.arrived.connect(self.on_arrived)
        self.meta = Label("", "cap", elide=True)
        self.year = Choice([(ALL, N_("Every year"))], N_("Year of the documents"))
        self.year.currentIndexChanged.connect(self.on_narrowed)
        self.search = Field(N_("Search documents"), search=True)
        self.search.typing.connect(self.on_typing)
        self.hint = Label(
            N_(
                "F2 fills in a cell, Tab the next one; Ctrl+V takes what was copied from the city's system."
            ),
            "cap",
            elide=True,
        )
        self.writing(self.hint)
        self.paste = self.writing(Button(N_("Paste numbers"), icon="copy", slot=self.on_paste))
        self.drop = self.writing(Button(NOT_SENT, slot=self.on_drop))
        self.show_button = Button(N_("Show the document"), icon="file-text", slot=self.on_show)
        empty = State(
            "inbox",
            N_("No outgoing document yet"),
            N_("A notice, a request or another letter is registered where it is made."),
        )
        self.hollow = Hollow(self.list, empty)
        column(
            row(
                Label(N_("Outgoing documents"), "h2"),
                (self.meta, 1),
                self.drop,
                self.paste,
                self.show_button,
                margins=(28, 14, 24, 2),
                gap=10,
            ),
            row(self.year, (self.hint, 1), self.search, margins=(28, 2, 24, 8), gap=12),
            rule(),
            (row(self.hollow, margins=(20, 0, 16, 0)), 1),
            gap=0,
            into=self,
        )
        desk.changed.connect(self.on_changed)
        self.look()

    def panes(self) -> list:
        """Return the stops of F6."""
        return [self.list, self.search, self.year]

    def showEvent(self, event) -> None:
        """Sort anew what was filled in since the list was last shown."""
        self.hold()
        super().showEvent(event)

    # --- what is shown
    def look(self) -> None:
        """Read which years there are."""
        self.desk.read(queries.years, then=self.on_years)

    def on_years(self, years) -> None:
        options = [(ALL, N_("Every year")), *((n, str(n)) for n in years)]
        if options != self.year.options:
            self.year.show_options(options, self.year.value())

    def on_narrowed(self, _n: int = 0) -> None:
        self.hold()

    def on_typing(self, text: str) -> None:
        self.typed = text
        self.hold()

    def hold(self) -> None:
        """Show the waiting documents first, as they wait now."""
        self.desk.read(queries.outgoing_ids, then=self.on_waiting, state="waiting")

    def on_waiting(self, waiting) -> None:
        self.held = tuple(waiting)
        year = self.year.value()
        self.model.ask(
            year=None if year == ALL else year, search=self.typed.strip(), held=self.held
        )

    def on_arrived(self) -> None:
        n = self.model.rowCount()
        waiting = sum(self.model.row(at).row.waiting for at in range(min(n, 200)))
        self.meta.say(
            N_("{n} documents · not dispatched yet {waiting}")
            if waiting
            else NN_("{n} document", "{n} documents"),
            n=n,
            waiting=waiting,
        )
        if self._wanted is not None and self.model.place(self._wanted) >= 0:
            self.list.choose(self._wanted)
            self._wanted = None
        elif n:
            self.list.choose_first()
        self.on_current()

    def on_current(self, _id=None) -> None:
        there = self.list.current() is not None and self.model.rowCount() > 0
        for button in (self.show_button, self.drop, self.paste):
            button.setEnabled(there)
        sent = self.current() if there else None
        self.drop.say(AGAIN if sent is not None and sent.row.dropped else NOT_SENT)

    def on_changed(self, changes) -> None:
        if changes.touches("outgoing"):
            self.look()

    def open(self, id: int | None = None, table: str = "") -> None:
        """Show a document in the list."""
        self._wanted = id
        self.hold()

    # --- what a person does
    def on_outgoing(self) -> None:
        """Go to the first document that waits."""
        self.list.setFocus()

    def current(self) -> Sent | None:
        """Return the document in front."""
        index = self.list.currentIndex()
        return self.model.row(index.row()) if index.isValid() else None

    def on_show(self, _id=None) -> None:
        """Show the document as it is made now."""
        from ui.documents.dialog import DocumentsDialog

        sent = self.current()
        if sent is not None:
            name, id, given = kinds.of_row(sent.row)
            DocumentsDialog(self.window(), self.desk, name, id, **given).open()

    def on_paste(self) -> None:
        """Show what is on the clipboard beside the documents from the row in front on."""
        n = self.list.currentIndex().row()
        if n < 0 or self.desk.read_only:
            return
        below = [self.model.row(at) for at in range(n, self.model.rowCount())]
        waiting = [sent.row for sent in below if sent is not None and sent.row.waiting]
        if not waiting:
            self.toast(N_("No document below waits for a number."))
            return
        text = QGuiApplication.clipboard().text()
        PasteDialog(self.window(), self.desk, waiting, text).open()

    def on_drop(self) -> None:
        """Note that a document does not go out, or let it wait again."""
        sent = self.current()
        if sent is not None:
            usecase = usecases.restore if sent.row.dropped else usecases.drop
            self.desk.do(usecase, then=self.on_dropped, ids=[sent.id])

    def on_dropped(self, _value) -> None:
        """Put the document where it stands now."""
        self.hold()


PANE = DispatchPage
