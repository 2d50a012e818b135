"""The polls room: results first, then tables by group, open answers, findings, questions, entry.

The series, the wave and the question in front are the room's (`ui.polls.place`): one left pane
chooses them for every pane whose class says `side = True`.
"""

from __future__ import annotations

from pathlib import Path

from ui import theme
from ui.polls import place
from ui.polls.side import Side
from ui.text import C_, N_
from ui.widgets.page import RAIL_BELOW
from ui.widgets.parts import column, row
from ui.widgets.room import Pane, Room

PANES = (
    Pane(
        "results",
        C_("poll pane", "Results"),
        "ui.polls.results",
        ("wave_question",),
        ("on_export",),
    ),
    Pane("crosstab", C_("poll pane", "By group"), "ui.polls.crosstab"),
    Pane("open", C_("poll pane", "Open answers"), "ui.polls.open", ("poll_tag",)),
    Pane("findings", C_("poll pane", "Findings"), "ui.polls.findings", ("poll_finding",)),
    Pane(
        "questionnaire",
        C_("poll pane", "Questionnaire"),
        "ui.polls.questionnaire",
        ("poll_question",),
        ("on_add_question",),
    ),
    Pane(
        "answers",
        C_("poll pane", "Entry of answers"),
        "ui.polls.answers",
        ("poll_batch", "poll_ballot"),
        ("on_import_poll", "on_type_ballots"),
    ),
    Pane(
        "series",
        C_("poll pane", "Waves and settings"),
        "ui.polls.series",
        ("poll_target",),
        ("on_new_poll", "on_plan_wave"),
    ),
)
# Records that only say where one is: the pane in front shows them where it can.
PLACES = ("poll", "poll_wave", "poll_question", "wave_question")


class PollsPage(Room):
    """The panes of the polls room, with the waves and questions beside those that show them."""

    title = N_("Polls")
    panes_of_room = PANES
    keeps_title = True

    def __init__(self, desk) -> None:
        self.place = place.of(desk)
        self.side = Side(self.place)
        super().__init__(desk)

    def lay_out(self) -> None:
        """Lay the left pane beside title, tabs and pane."""
        right = column(self.bar, self.line, (self.stack, 1), gap=0)
        row(self.side, (right, 1), gap=0, into=self)

    def width_for_tabs(self) -> int:
        """Return the width right of the left pane."""
        beside = self.side.width() if self.side.isVisibleTo(self) else 0
        return self.width() - beside

    def show_pane(self, key: str):
        """Show a pane, with the left pane if it wants that."""
        before = getattr(self, "front", None)
        page = super().show_pane(key)
        if before is not page and hasattr(before, "give_back"):
            before.give_back()
        beside = getattr(page, "side", False)
        focus = self.window().focusWidget()
        if not beside and focus is not None and self.side.isAncestorOf(focus):
            # What has the focus goes: Qt would hand it to a tab just before the tabs move.
            next((part for part in page.panes() if part.isVisible()), page).setFocus()
        self.side.setVisible(beside)
        self.fit()
        return page

    def open(self, id: int | None = None, table: str = "") -> None:
        """Show a record; a series, a wave or a question in the pane in front."""
        if id is not None and table in PLACES:
            if not getattr(self.front, "side", False):
                self.show_pane(self.parts[0].key)
            self.place.find(table, id)
        else:
            super().open(id, table)

    def panes(self) -> list:
        first = [self.side.list] if self.side.isVisibleTo(self) else []
        return [*first, *super().panes()]

    @property
    def settled(self) -> bool:
        return self.place.settled and self.front.settled

    def take(self, paths: list[Path]) -> None:
        """Take files of answers."""
        self.show_pane("answers").take(paths)

    def on_documents(self) -> None:
        """Show the papers of the wave in front: questionnaire, tally sheet, report."""
        if self.place.wave is None:
            self.toast(N_("Choose a wave first."))
            return
        from ui.documents.dialog import DocumentsDialog

        name = "poll-report" if self.place.wave.counted else "poll-questionnaire"
        DocumentsDialog(self.window(), self.desk, name, self.place.wave.id).open()

    def fit(self) -> None:
        """Narrow the left pane where the sidebar is a rail too."""
        self.side.fit(self.window().width() < theme.px(RAIL_BELOW))
        super().fit()


PAGE = PollsPage
