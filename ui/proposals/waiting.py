"""What a proposal waits for: opinions, a supplement, notices nobody was told of; each with its step."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtWidgets import QWidget

from db.vocab import ProposalState
from gwangju_desktop import clock
from gwangju_desktop.meetings.words import OUTCOMES
from gwangju_desktop.proposals.words import NOTICES
from ui.text import C_, N_, NN_, Msg
from ui.widgets.parts import Button, Icon, Label, column, row

NO_VALUES: dict = {}
AWAITING = frozenset(
    {
        ProposalState.SUPPLEMENT,
        ProposalState.RECEIVED,
        ProposalState.REVIEW,
        ProposalState.OPINION,
        ProposalState.TABLED,
    }
)


class Wait(NamedTuple):
    """One thing waited for: its words and values, whether it is late, and what ends it."""

    message: Msg
    values: dict
    late: bool
    button: Msg
    deed: str
    about: object = None


def waits(one, told=None) -> list[Wait]:
    """Return what a ProposalDetail waits for; `told` is what the committee decided on it."""
    today = clock.today()
    found = []
    if told is not None:
        values = {"outcome": OUTCOMES[told.outcome], "day": told.decided_on}
        message = N_("The committee decided on {day}: {outcome}")
        found.append(Wait(message, values, False, N_("Take it over…"), "decided", told))
    if one.number is not None and one.due_on is not None and not one.department:
        found.append(
            Wait(
                N_("No department is in charge yet"),
                NO_VALUES,
                False,
                C_("proposal", "Assign department"),
                "assign",
            )
        )
    for opinion in one.opinions:
        if opinion.open:
            found.append(_opinion(opinion, opinion.days(today)))
    for supplement in one.supplements[-1:]:
        # One may still come after the office went on without it, until it is decided.
        if supplement.came_on is None and one.state in AWAITING:
            message = N_("A supplement is awaited until {day}")
            late = supplement.until_on < today
            values = {"day": supplement.until_on}
            found.append(Wait(message, values, late, N_("Enter what came"), "came"))
    for notice in one.notices:
        if notice.told_on is None:
            message = N_("{notice} of {day}: not told yet")
            values = {"notice": NOTICES[notice.kind], "day": notice.made_on}
            late = not one.anonymous and (today - notice.made_on).days > 7
            found.append(Wait(message, values, late, N_("Record telling"), "told", notice))
    return found


def _opinion(opinion, left: int) -> Wait:
    values = {"department": opinion.department, "day": opinion.due_on, "n": abs(left)}
    if left < 0:
        message = NN_(
            "Opinion of {department}: {n} day overdue",
            "Opinion of {department}: {n} days overdue",
        )
    else:
        message = NN_(
            "Opinion of {department} due {day} D-{n}", "Opinion of {department} due {day} D-{n}"
        )
    return Wait(message, values, left < 0, N_("Enter opinion"), "answer", opinion)


class Line(QWidget):
    """One thing waited for and the button that ends it."""

    def __init__(self, box) -> None:
        super().__init__()
        self.box, self.wait = box, None
        self.mark = Icon("clock", "text3", 14)
        self.words = Label("", "sec", elide=True)
        self.button = box.card.writing(Button(N_("Enter opinion"), "link", slot=self.on_pressed))
        row(self.mark, (self.words, 1), self.button, gap=6, into=self)

    def show_wait(self, wait: Wait) -> None:
        """Show a Wait."""
        self.wait = wait
        self.mark.show_icon(
            "circle-alert" if wait.late else "clock", "bad" if wait.late else "text3"
        )
        self.words.ink("bad" if wait.late else "text2").say(wait.message, **wait.values)
        self.button.say(wait.button)
        self.button.setAccessibleDescription(self.words.text())

    def on_pressed(self) -> None:
        self.box.card.end_wait(self.wait)


class Waiting(QWidget):
    """All a proposal waits for; nothing is no line."""

    def __init__(self, card) -> None:
        super().__init__()
        self.card = card
        self.lines: list[Line] = []
        column(gap=2, into=self)

    def show_proposal(self, one, told) -> None:
        """Show what a ProposalDetail waits for, and what the committee decided on it."""
        found = waits(one, told)
        while len(self.lines) < len(found):
            line = Line(self)
            self.lines.append(line)
            self.layout().addWidget(line)
        for n, line in enumerate(self.lines):
            line.setVisible(n < len(found))
            if n < len(found):
                line.show_wait(found[n])
        self.setVisible(bool(found))
