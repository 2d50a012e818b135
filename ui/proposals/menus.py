"""What else can be done with a proposal, and the proposals that look like it."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtWidgets import QMenu

from db.vocab import ProposalState
from gwangju_desktop.proposals.words import STATES
from ui import theme
from ui.text import C_, N_, Msg, say

S = ProposalState
APART = None  # a line between groups
# States in which the words and the department may no longer change hands.
OUT = frozenset({S.CIVIL_PETITION, S.TRANSFERRED, S.MERGED, S.WITHDRAWN})


class Entry(NamedTuple):
    """One line of the menu: its words, icon, the method of the card, and when it is offered."""

    label: Msg
    icon: str
    deed: str
    offered: Callable[[object], bool] = bool
    writes: bool = True


ENTRIES: tuple[Entry | None, ...] = (
    Entry(C_("proposal", "Edit…"), "pencil", "on_edit"),
    Entry(
        C_("proposal", "Assign department…"),
        "building-2",
        "assign",
        lambda one: one.state not in OUT and one.number is not None,
    ),
    Entry(C_("proposal", "Private notes…"), "lock", "on_notes", writes=False),
    Entry(C_("proposal", "Assessment…"), "table", "on_scores"),
    Entry(C_("proposal", "Review board…"), "users", "on_board"),
    Entry(C_("proposal", "Attach files…"), "paperclip", "on_attach"),
    APART,
    Entry(
        C_("proposal", "Transfer a part…"),
        "arrow-right",
        "on_part",
        lambda one: one.due_on is not None,
    ),
    Entry(
        C_("proposal", "Number of the other agency…"),
        "arrow-right",
        "on_agency_number",
        lambda one: one.state == S.TRANSFERRED,
    ),
    Entry(C_("proposal", "Merge and split…"), "files", "on_twins"),
    Entry(
        C_("proposal", "Same content came again…"),
        "history",
        "on_repeat",
        lambda one: one.number is not None and one.state not in OUT,
    ),
    APART,
    Entry(C_("proposal", "Documents…"), "printer", "on_documents", writes=False),
    Entry(N_("Copy link to this record"), "link", "on_link", writes=False),
    Entry(
        C_("proposal", "Erase a proposer…"),
        "trash-2",
        "on_erase",
        lambda one: any(who.name for who in one.proposers),
    ),
    Entry(
        C_("proposal", "Remove draft"),
        "trash-2",
        "on_remove",
        lambda one: one.state == S.DRAFT,
    ),
)


class MoreMenu(QMenu):
    """The other deeds of a proposal."""

    def __init__(self, card) -> None:
        super().__init__(card)
        self.card = card

    def open_below(self, button) -> None:
        """List what fits the proposal in front, below a button."""
        self.clear()
        self.setFont(theme.font("sec"))
        for entry in ENTRIES:
            if entry is APART:
                self.addSeparator()
            elif self._fits(entry):
                icon = theme.icon(entry.icon, "text2")
                deed = self.addAction(icon, say(entry.label))
                deed.triggered.connect(getattr(self.card, entry.deed))
        corner = button.mapToGlobal(button.rect().bottomRight())
        corner.setX(corner.x() - self.sizeHint().width())
        self.popup(corner)

    def _fits(self, entry: Entry) -> bool:
        if entry.writes and self.card.desk.read_only:
            return False
        return bool(entry.offered(self.card.record))


PANE_ENTRIES: tuple[Entry, ...] = (
    Entry(C_("proposal", "Calls for proposals…"), "calendar-days", "on_calls"),
    Entry(C_("proposal", "Fields…"), "table", "on_fields"),
    Entry(C_("proposal", "Reply templates…"), "file-text", "on_templates"),
    Entry(C_("proposal", "List of receipts…"), "printer", "on_register", writes=False),
)


class PaneMenu(QMenu):
    """What concerns all proposals."""

    def __init__(self, page) -> None:
        super().__init__(page)
        self.page = page

    def open_below(self, button) -> None:
        """List what there is, below a button."""
        self.clear()
        self.setFont(theme.font("sec"))
        for entry in PANE_ENTRIES:
            if entry.writes and self.page.desk.read_only:
                continue
            deed = self.addAction(theme.icon(entry.icon, "text2"), say(entry.label))
            deed.triggered.connect(getattr(self.page, entry.deed))
        self.popup(button.mapToGlobal(button.rect().bottomLeft()))


class TwinsMenu(QMenu):
    """The proposals that look like the one in front; choosing one shows it."""

    def __init__(self, card) -> None:
        super().__init__(card)
        self.card = card

    def open_below(self, button) -> None:
        """List the look-alikes below a button."""
        self.clear()
        self.setFont(theme.font("sec"))
        for one in self.card.twins:
            words = (one.number or "", one.title, say(STATES[one.state]))
            deed = self.addAction(" · ".join(filter(None, words)).replace("&", "&&"))
            deed.setData(one.id)
            deed.triggered.connect(self.on_chosen)
        if not self.card.desk.read_only:
            self.addSeparator()
            deed = self.addAction(say(C_("proposal", "Merge and split…")))
            deed.triggered.connect(self.card.on_twins)
        self.popup(button.mapToGlobal(button.rect().bottomLeft()))

    def on_chosen(self) -> None:
        self.card.page.open(self.sender().data(), "proposal")
