"""The proposals room: the list first, then department opinions, statistics, threads, profiles."""

from __future__ import annotations

from ui.proposals.actions import ACTIONS
from ui.text import C_, N_
from ui.widgets.room import Pane, Room

PANES = (
    Pane(
        "list",
        C_("pane", "Proposals"),
        "ui.proposals.listpane",
        ("proposal",),
        tuple(action.run for action in ACTIONS),
    ),
    Pane(
        "board",
        C_("pane", "Department opinions"),
        "ui.proposals.board",
        ("proposal_opinion",),
    ),
    Pane("statistics", C_("pane", "Statistics"), "ui.proposals.statistics", ("proposal_check",)),
    Pane(
        "threads",
        C_("pane", "Thread"),
        "ui.proposals.threads",
        (
            *("thread_link", "thread.finding", "thread.proposal", "thread.item"),
            *("thread.decision", "thread.action", "thread.evidence", "thread.indicator"),
            *("thread.commitment", "thread.review_finding"),
        ),
    ),
    Pane("profiles", C_("pane", "Handling profiles"), "ui.proposals.profile"),
)


class ProposalsPage(Room):
    """The panes of the proposals room."""

    title = N_("Citizen proposals")
    panes_of_room = PANES


PAGE = ProposalsPage
