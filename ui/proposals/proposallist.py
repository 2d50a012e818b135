"""The list of proposals: its columns, and the keys that walk it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence

from gwangju_desktop import clock
from gwangju_desktop.members.inclusion import SECTORS
from gwangju_desktop.proposals import listing
from gwangju_desktop.proposals.rows import SOON_DAYS
from gwangju_desktop.proposals.words import CHANNELS
from ui.models.rows import Cell, Column, Table
from ui.proposals.days import near
from ui.proposals.listmodel import ProposalModel
from ui.text import C_, N_, NN_, day, say
from ui.widgets.lists import RowList

DOWN, UP = (Qt.Key.Key_J, "ㅓ"), (Qt.Key.Key_K, "ㅏ")  # with the Korean letters on, too
DISTRICTS: dict[str, str] = {}  # names of areas in the language spoken, told by the pane


def which(row) -> Cell:
    """Show the title over number, district and sector."""
    sector = say(SECTORS[row.sector]) if row.sector in SECTORS else ""
    number = row.number or say(C_("proposal", "Draft"))
    parts = (number, DISTRICTS.get(row.district, ""), sector)
    return Cell(row.title, " · ".join(filter(None, parts)), role="secb")


def due(row) -> Cell:
    """Show the last day and how far it is: amber within a week, red once over."""
    if row.due_on is None:
        return Cell("–")
    left = row.days(clock.today())
    if left < 0:
        return Cell(
            f"{near(row.due_on)} {say(NN_('{n} day over', '{n} days over'), n=-left)}", ink="bad"
        )
    return Cell(f"{near(row.due_on)} D-{left}", ink="warn" if left <= SOON_DAYS else "")


PROPOSALS = Table(
    name="proposals",
    ids=listing.proposal_ids,
    rows=listing.proposal_rows,
    sort="due_on",
    follows={
        "proposal": "id",
        "proposer": "proposal_id",
        "outside_number": "proposal_id",
        "proposal_opinion": "proposal_id",
    },
    derived=frozenset({"profile_state"}),
    columns=(
        Column("title", C_("proposal", "Proposal"), sort="title", cell=which),
        Column(
            "state",
            C_("proposal", "State"),
            120,
            sort="state",
            cell=lambda row: Cell(row.state_name),
            wide=True,
        ),
        Column(
            "channel",
            N_("Channel"),
            126,
            sort="channel",
            cell=lambda row: Cell(say(CHANNELS[row.channel])),
            wide=True,
        ),
        Column(
            "received_on",
            C_("proposal", "Received"),
            104,
            "right",
            sort="received_on",
            cell=lambda row: Cell(day(row.received_on, "full")),
            wide=True,
        ),
        Column(
            "supports",
            C_("proposal", "Supports"),
            84,
            "right",
            sort="supports",
            cell=lambda row: Cell(f"{row.supports:,}" if row.supports else "–"),
            wide=True,
        ),
        Column(
            "department",
            C_("column", "Department"),
            112,
            sort="department",
            cell=lambda row: Cell(row.department or "–"),
        ),
        Column("due_on", C_("proposal", "Due"), 138, "right", sort="due_on", cell=due),
    ),
)


class ProposalList(RowList):
    """Rows one walks with J and K as with the arrows; digits choose a stage, / goes to search."""

    staged = Signal(int)
    searched = Signal()
    picked = Signal()  # the selection changed
    pasted = Signal(str)

    def __init__(self, model: ProposalModel) -> None:
        super().__init__(model, C_("proposal", "Proposals"), height=52, multi=True)
        model.top = self.first_row
        self.selectionModel().selectionChanged.connect(self.on_selected)

    def first_row(self) -> int:
        """Return the first row on screen."""
        return max(0, self.rowAt(1))

    def on_selected(self, *_which) -> None:
        self.picked.emit()

    def keyPressEvent(self, event) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            self.pasted.emit(QGuiApplication.clipboard().text())
            return
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if held or not self._meant(event.key(), event.text()):
            super().keyPressEvent(event)

    def _meant(self, key: int, text: str) -> bool:
        """Do what a key without modifiers means here; say whether it means anything."""
        if key in DOWN or text in DOWN:
            self._step(1)
        elif key in UP or text in UP:
            self._step(-1)
        elif key == Qt.Key.Key_Slash:
            self.searched.emit()
        elif Qt.Key.Key_0 <= key <= Qt.Key.Key_6:
            self.staged.emit(key - Qt.Key.Key_0)
        else:
            return False
        return True

    def _step(self, by: int) -> None:
        n = self.currentIndex().row() + by
        if 0 <= n < self.model().rowCount():
            self.choose(self.model().id_at(n))

    def step(self, by: int) -> None:
        """Go to the row `by` places further."""
        self._step(by)
