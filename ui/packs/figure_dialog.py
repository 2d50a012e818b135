"""The form that puts a figure into a pack, from the pack's page or from the figure's own."""

from __future__ import annotations

import datetime as dt

from PySide6.QtWidgets import QWidget

from db.vocab import MeetingState
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.meetings import queries
from gwangju_desktop.packs import figures, outlining
from gwangju_desktop.packs.outline import Outline, outline
from ui.packs.part_dialogs import BEHIND_ALL, Placing
from ui.text import N_, day, say, words
from ui.widgets.forms import Choice, Dialog, Field, Labelled


def open_meetings(read, *, today: dt.date) -> tuple[list, int | None]:
    """Return the meetings whose packs can still change, and the one most likely meant."""
    found = []
    for meeting in queries.meetings(read):
        state = MeetingState(meeting.state)
        if not state.over and not state.dropped:
            found.append(meeting)
    return found, queries.next_meeting_id(read, today=today)


def items_of(found: Outline) -> list[tuple[int, str]]:
    """Return the items of an outline with their numbers and titles."""
    return [
        (line.item_id, f"{line.number} {say(line.title)}".strip())
        for line in found.lines
        if line.item_id is not None and line.key == f"item-{line.item_id}"
    ]


class FigureDialog(Dialog):
    """Choose a figure, the pack it goes into, its place there and who may read it.

    `indicator` narrows it to one indicator, `finding` to one finding of a poll; `shown` is what
    is on screen (packs.figure_lines) and comes first. Without `meeting_id` the meeting is asked for.
    """

    def __init__(
        self,
        parent: QWidget,
        desk,
        *,
        meeting_id: int | None = None,
        indicator: str = "",
        finding: int | None = None,
        shown: dict | None = None,
    ) -> None:
        self.desk, self.wanted = desk, {"indicator": indicator, "finding": finding}
        self.meeting_id = meeting_id
        self.meeting = Labelled(N_("Meeting"), Choice([], N_("Meeting")))
        self.meeting.setVisible(meeting_id is None)
        self.figure = Labelled(N_("Figure"), Choice([], N_("Figure")))
        self.name = Labelled(
            N_("Heading"), Field(), N_("Empty: what the figure shows, in one sentence.")
        )
        self.placing = Placing([])
        super().__init__(
            parent,
            N_("Put a figure into the pack"),
            self.meeting,
            self.figure,
            self.name,
            *self.placing.parts,
            button=N_("Put it into the pack"),
            width=480,
        )
        self.placing.setParent(self)
        self.placing.grown.connect(self.adjustSize)
        self.meeting.field.currentIndexChanged.connect(self.on_meeting)
        desk.read(
            figures.choices,
            then=self.on_figures,
            say=words(),
            indicator=indicator,
            finding=finding,
            shown=shown,
        )
        if meeting_id is None:
            desk.read(open_meetings, then=self.on_meetings, today=clock.today())
        else:
            self._ask_items()

    def on_figures(self, found: list) -> None:
        """Offer the figures that have numbers."""
        asked = {(key, value) for key, value in self.wanted.items() if value}
        wanted = [one for one in found if asked <= one.spec.items()]
        self.figure.field.show_options([(n, one.label) for n, one in enumerate(wanted)])
        self.found = wanted
        if not wanted:
            self.button.why_not(N_("There are no figures yet. Import some on the energy page."))

    def on_meetings(self, found: tuple) -> None:
        """Offer the meetings whose packs can still change."""
        meetings, likely = found
        options = [(one.id, f"{day(one.starts_at.date(), 'full')} {one.title}") for one in meetings]
        self.meeting.field.show_options(options, likely)
        self.on_meeting()
        if not options:
            self.button.why_not(N_("There is no meeting to make a pack for"))

    def chosen(self) -> str:
        """Return the words of the meeting whose pack the figure went into."""
        return self.meeting.field.currentText()

    def on_meeting(self, _n: int = 0) -> None:
        self.meeting_id = self.meeting.field.value()
        self._ask_items()

    def _ask_items(self) -> None:
        if self.meeting_id is not None:
            self.desk.read(outline, then=self.on_outline, meeting_id=self.meeting_id)

    def on_outline(self, found: Outline) -> None:
        if found.meeting_id == self.meeting_id:
            self.placing.show_items(items_of(found), BEHIND_ALL)

    def confirm(self) -> None:
        n = self.figure.value()
        if n is None or self.meeting_id is None:
            raise UserError(N_("Choose a figure and a meeting."))
        self.desk.do(
            outlining.add_figure,
            then=self.on_accepted,
            otherwise=self.on_refused,
            meeting_id=self.meeting_id,
            figure=self.found[n].spec,
            title=self.name.value(),
            **self.placing.values(),
        )
