"""The lists of a new term: seats and candidates as rows, the ticks of papers, the notice."""

from __future__ import annotations

from itertools import groupby

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from db.vocab import Decision
from gwangju_desktop import clock
from gwangju_desktop.members import candidates, preparation, queries, terms
from gwangju_desktop.members.rules import named
from gwangju_desktop.members.words import CHANNELS, DECISIONS
from ui.models.rows import Cell, Column, Group, Table
from ui.text import C_, N_, NN_, say, words
from ui.widgets.forms import Check
from ui.widgets.lists import RowList
from ui.widgets.parts import Label, column, row

TONES = {
    Decision.OPEN: "neu",
    Decision.RENEW: "ok",
    Decision.REPLACE: "acc",
    Decision.VACANT: "warn",
}
ORDER = (Decision.OPEN, Decision.RENEW, Decision.REPLACE, Decision.VACANT)
DIGITS = "0123"
NO_FIELD = N_("Without a field")
TERM = C_("body", "Term {n}")


def holder(seat) -> Cell:
    """Show who sat on the seat, or that nobody did."""
    if seat.membership_id is None:
        return Cell(say(N_("Vacant seat")), ink="text3")
    office = named(seat.organisation_ko, seat.organisation_en)
    return Cell(seat.name, " ".join(filter(None, (office, seat.post))), role="secb", avatar=True)


def times(seat) -> Cell:
    """Show how often the holder was appointed."""
    if seat.membership_id is None:
        return Cell("–")
    if seat.most is None:
        return Cell(str(seat.appointments))
    return Cell(f"{seat.appointments}/{seat.most}", ink="bad" if seat.beyond else "")


def decided(seat) -> Cell:
    """Show what becomes of the seat."""
    return Cell("", chip=say(DECISIONS[seat.decision]), tone=TONES[Decision(seat.decision)])


def candidate(one) -> Cell:
    """Show whether the candidate is chosen, the name and the affiliation."""
    office = named(one.organisation_ko, one.organisation_en)
    sub = " ".join(filter(None, (office, one.post)))
    return Cell(one.name, sub, role="secb", check=one.chosen)


def papers(one) -> Cell:
    """Show how many papers are in; amber while one is missing that is needed."""
    there = sum(getattr(one, name) for name in preparation.PAPERS)
    text = f"{there}/{len(preparation.PAPERS)}"
    return Cell("", chip=text, tone="warn" if one.missing else "ok")


def others(one) -> Cell:
    """Show the committees the office knows of, and what the candidate said."""
    ink = "bad" if one.too_many else ""
    if one.other_bodies is None or one.other_bodies == one.bodies:
        return Cell(str(one.bodies), ink=ink)
    told = say(N_("{known} ({told} said)"), known=one.bodies, told=one.other_bodies)
    return Cell(told, ink=ink)


SEATS = Table(
    name="newterm.seats",
    columns=(
        Column("holder", N_("Seat · holder so far"), cell=holder),
        Column("appointments", C_("newterm", "Times"), 84, "center", cell=times),
        Column("decision", N_("Decision"), 92, cell=decided),
    ),
)
CANDIDATES = Table(
    name="newterm.candidates",
    columns=(
        Column("name", N_("Candidate"), cell=candidate),
        Column("channel", N_("How found"), 128, cell=lambda one: Cell(say(CHANNELS[one.channel]))),
        Column("papers", C_("newterm", "Papers"), 64, cell=papers),
        Column("bodies", N_("Other committees"), 96, "center", cell=others),
    ),
)


def grouped(rows, field) -> list:
    """Return rows under the fields of their seats."""
    found: list = []
    ordered = sorted(rows, key=lambda one: (not field(one), field(one)))
    for name, members in groupby(ordered, key=field):
        held = list(members)
        found += [Group(name or say(NO_FIELD), len(held)), *held]
    return found


def prepared(read, *, body_id: int):
    """Return the body, its latest term, and its preparation where one is under way."""
    body = queries.body(read, id=body_id, on=clock.today())
    latest = terms.upcoming(read, body_id=body_id)
    if latest is None or not latest.planned:
        return body, latest, None
    body = queries.body(read, id=body_id, on=latest.starts_on)
    return body, latest, preparation.preparation(read, term_id=latest.id)


class SeatList(RowList):
    """The seats; 1, 2, 3 reappoint, replace and leave vacant the chosen ones, 0 leaves them open."""

    decided = Signal(int)

    def keyPressEvent(self, event) -> None:
        if event.text() and event.text() in DIGITS:
            self.decided.emit(DIGITS.index(event.text()))
        else:
            super().keyPressEvent(event)


class Ticks(QWidget):
    """The papers of the candidate in front, ticked one by one."""

    def __init__(self, page) -> None:
        super().__init__()
        self.page, self.one = page, None
        self.boxes = {name: Check(label) for name, label in preparation.PAPERS.items()}
        for box in self.boxes.values():
            box.clicked.connect(self.on_ticked)
        self.name = Label("", "capb", elide=True)
        pairs = list(self.boxes.values())
        column(
            self.name,
            row((pairs[0], 1), (pairs[1], 1)),
            row((pairs[2], 1), (pairs[3], 1)),
            gap=4,
            into=self,
        )

    def show_candidate(self, one) -> None:
        """Show a candidate's ticks; None shows nobody's."""
        self.one = one
        self.setVisible(one is not None)
        if one is None:
            return
        self.name.say(N_("Papers of {name}"), name=one.name)
        for name, box in self.boxes.items():
            box.setChecked(getattr(one, name))
            box.setEnabled(not self.page.desk.read_only)

    def on_ticked(self, checked: bool) -> None:
        name = next(name for name, box in self.boxes.items() if box is self.sender())
        self.page.desk.do(candidates.edit_candidate, id=self.one.id, **{name: checked})


def notice(plan) -> str:
    """Return the notice of an appointment: the body, the term, who sits from when."""
    body = named(plan.body_ko, plan.body_en)
    lines = [
        say(N_("[Appointment] {body} Term {n}"), body=body, n=plan.term.number),
        say(N_("Term: {days}"), days=words().days(plan.term.starts_on, plan.term.ends_on)),
        say(NN_("{n} member appointed:", "{n} members appointed:"), n=len(plan.appointed_names)),
    ]
    return "\n".join([*lines, *(f"- {name}" for name in plan.appointed_names)])
