"""The agenda of a meeting: the order of business, its time, the papers of the item in front."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from db.vocab import (
    ItemKind,
    ItemState,
    Listing,
    MeetingState,
    Outcome,
    Presence,
    Reply,
)
from gwangju_desktop.meetings import agenda, queries
from gwangju_desktop.meetings.words import (
    ITEM_KINDS,
    ITEM_STATES,
    LISTINGS,
    OUTCOMES,
)
from ui.meetings.item_dialog import WithdrawDialog
from ui.meetings.meters import Budget
from ui.meetings.papers import PaperBox, PaperDeeds
from ui.meetings.running import RunningClock
from ui.meetings.sheet import ITEM_TONES
from ui.meetings.templates import TemplatesDialog
from ui.models.rows import Cell, Column, RowTable, Table
from ui.text import C_, N_, NN_, say
from ui.widgets.lists import RowList
from ui.widgets.page import Hollow, State
from ui.widgets.parts import Button, Label, column, row, rule, scrolled

REPLY_TONES = {Reply.NONE: "neu", Reply.COMING: "acc", Reply.NOT_COMING: "warn"}
PRESENCE_TONES = {
    Presence.UNMARKED: "neu",
    Presence.PRESENT: "ok",
    Presence.LEFT: "warn",
    Presence.ABSENT: "bad",
}


# As short as the column; the whole words stand with the decision and on paper.
SHORT = {
    Outcome.AS_PROPOSED: C_("outcome, list", "Adopted"),
    Outcome.AMENDED: C_("outcome, list", "Amended"),
    Outcome.CONDITIONAL: C_("outcome, list", "Conditional"),
}
OUTCOME_TONES = {
    Outcome.AS_PROPOSED: "ok",
    Outcome.AMENDED: "ok",
    Outcome.CONDITIONAL: "ok",
    Outcome.NOTED: "neu",
    Outcome.DEFERRED: "warn",
    Outcome.REJECTED: "bad",
    Outcome.RETURNED: "warn",
    Outcome.WITHDRAWN: "neu",
}


def attached(item) -> Cell:
    """Say how many papers there are; an item to decide without any is marked."""
    if item.papers:
        return Cell(str(item.papers), icon="paperclip")
    if item.number is None or item.state != ItemState.PENDING:
        return Cell("–", ink="text3")
    return Cell("–", icon="circle-alert", ink="warn")


def label(item) -> Cell:
    """Show the label the item has on the agenda."""
    gone = item.state == ItemState.WITHDRAWN
    return Cell(item.number or "", role="secb", grip=True, struck=gone, indent=int(item.nested))


def title(item) -> Cell:
    """Show the title over the presenter; what came late, was carried over or is closed says so."""
    gone = item.state == ItemState.WITHDRAWN
    chip, tone = "", "neu"
    if item.listing != Listing.NORMAL:
        chip, tone = say(LISTINGS[item.listing]), "warn"
    elif item.carried:
        chip, tone = say(N_("Carried here")), "info"
    elif item.restricted:
        chip, tone = say(N_("Restricted")), "bad"
    sub = " · ".join(filter(None, (item.item_number, item.presenter)))
    heading = item.kind == ItemKind.HEADING
    return Cell(
        item.title,
        "" if heading else sub,
        chip=chip,
        tone=tone,
        role="strong" if heading else "secb",
        ink="text3" if gone else "",
        struck=gone,
        indent=int(item.nested),
    )


def kind(item) -> Cell:
    """Show what became of the item; before that what the body is asked to do with it."""
    if item.outcome:
        return Cell(
            chip=say(SHORT.get(item.outcome, OUTCOMES[item.outcome])),
            tone=OUTCOME_TONES[Outcome(item.outcome)],
        )
    if item.state == ItemState.CARRIED_OVER:
        return Cell(chip=say(ITEM_STATES[item.state]), tone="warn")
    if item.kind == ItemKind.HEADING:
        return Cell("")
    return Cell(chip=say(ITEM_KINDS[item.kind]), tone=ITEM_TONES[item.kind])


def starts(item) -> Cell:
    """Show when the item is planned, under it when it was really taken up."""
    if item.kind == ItemKind.HEADING or item.state == ItemState.WITHDRAWN:
        return Cell("")
    begun = f"→ {item.begun_at:%H:%M}" if item.begun_at else ""
    return Cell(f"{item.starts_at:%H:%M}", begun, ink="bad" if item.late else "")


def took(item) -> int | None:
    """Return the whole minutes an item took, None while it has not ended."""
    if not item.ended_at:
        return None
    taken = item.taken(item.ended_at)
    return None if taken is None else round(taken.total_seconds() / 60)


def length(item) -> Cell:
    """Show the minutes planned, under them those it took; more than planned is marked."""
    if not item.minutes:
        return Cell("")
    planned = say(N_("{n} min"), n=item.minutes)
    real = took(item)
    if real is None:
        return Cell(planned)
    over = real - item.minutes
    words = say(N_("+{n} min"), n=over) if over > 0 else say(N_("took {n} min"), n=real)
    return Cell(planned, words, ink="bad" if over > 0 else "")


AGENDA = Table(
    ids=queries.item_ids,
    rows=queries.item_rows,
    sort="position",
    follows={"agenda_item": "id", "paper": "item_id"},
    # Numbers and clock times of all items follow from the order and the meeting's start.
    derived=frozenset({"agenda_item", "meeting", "stored_file"}),
    move=agenda.move_item,
    columns=(
        Column("number", C_("agenda", "No."), 62, cell=label),
        Column("title", C_("agenda", "Item"), edit=agenda.edit_item, cell=title),
        Column("kind", N_("Kind"), 100, cell=kind),
        Column("starts_at", N_("Starts"), 66, cell=starts),
        Column("minutes", C_("agenda", "Time"), 84, "right", cell=length),
        Column("papers", N_("Papers"), 66, cell=attached),
    ),
)


class AgendaTab(PaperDeeds, QWidget):
    """The order of business, its time, and the papers of the current item."""

    def __init__(self, view) -> None:
        super().__init__()
        self.view, self.running = view, None
        self.model = view.table(RowTable(AGENDA, view.desk))
        self.list = RowList(self.model, N_("Agenda"), height=48, fit=True)
        self.box = PaperBox(view)
        self.papers, self.paper_model = self.box.list, self.box.model
        self.sums, self.budget = Label("", "cap", elide=True), Budget()
        self.clock = RunningClock()
        self.take_up = Button(C_("button", "Take up"), slot=self.on_take_up)
        self.end = Button(C_("button", "Done"), slot=self.on_end_item)
        self.template = Button(N_("Templates"), "link", slot=self.on_templates)
        view.writing(self.take_up, self.end, self.template)
        self.add = Button(N_("Add agenda item"), icon="plus", slot=view.on_add_item)
        self.hint = Label(
            N_("Drag or Alt+↑↓ moves an item; starting times follow."), "cap", elide=True
        )
        view.writing(self.add, self.hint)
        empty = State(
            "clock",
            N_("No agenda yet"),
            N_("Add the first item: its time and number follow from the order."),
        )
        self.hollow = Hollow(self.list, empty)
        # The table's text stands on the page's margin; its selection bleeds 8 px out.
        inside = column(
            row(
                Label(N_("Agenda"), "h2"),
                (self.sums, 1),
                self.clock,
                self.end,
                self.take_up,
                self.template,
                self.add,
                margins=(28, 12, 16, 0),
            ),
            row(self.budget, margins=(28, 6, 16, 2)),
            row(self.hollow, margins=(20, 0, 8, 0)),
            row((self.hint, 1), margins=(28, 4, 16, 4)),
            row(rule(), margins=(28, 0, 16, 0)),
            row(self.box, margins=(28, 6, 16, 12)),
            None,
            gap=4,
        )
        column((scrolled(inside), 1), gap=0, into=self)

    def show_agenda(self, meeting, steps) -> None:
        """Show the sums and the time bar."""
        values = {"n": len(steps), "used": meeting.used, "total": meeting.minutes}
        if meeting.spare >= 0:
            message = NN_(
                "{n} item · {used} of {total} min · {spare} left",
                "{n} items · {used} of {total} min · {spare} left",
            )
            self.sums.ink("text3").say(message, spare=meeting.spare, **values)
        else:
            message = NN_(
                "{n} item · {used} of {total} min · {over} min too long",
                "{n} items · {used} of {total} min · {over} min too long",
            )
            self.sums.ink("bad").say(message, over=-meeting.spare, **values)
        sitting = meeting.state == MeetingState.OPENED and not self.view.desk.read_only
        running = [step for step in steps if step.begun_at and not step.ended_at]
        self.clock.show_item(running[-1] if running and sitting else None)
        self.take_up.setVisible(sitting)
        self.end.setVisible(sitting and bool(running))
        self.running = running[-1].id if running else None
        self.sums.setVisible(not sitting)
        writing = not self.view.desk.read_only
        still = MeetingState(meeting.state).ahead or meeting.state == MeetingState.OPENED
        for part in (self.add, self.hint):
            part.setVisible(writing and still)
        self.list.arranged = writing and still
        self.template.setVisible(writing and meeting.state == MeetingState.PLANNED)
        parts = [(step.number, step.minutes, step.kind) for step in steps if step.minutes]
        self.budget.show_parts(parts, meeting.minutes)
        self.box.show_meeting(meeting)
        self.box.setVisible(bool(steps))

    def show_item(self, item) -> None:
        """Show the papers of an ItemDetail."""
        self.box.show_item(item)

    def on_take_up(self) -> None:
        """Take up the item in front; the one before it ends."""
        meeting = self.view.meeting
        if meeting is None or meeting.state != MeetingState.OPENED or self.view.desk.read_only:
            return
        if self.list.current() is not None:
            self.view.desk.do(agenda.take_up, id=self.list.current())

    def on_end_item(self) -> None:
        """Note that the item that runs is done with."""
        if self.running is not None and not self.view.desk.read_only:
            self.view.desk.do(agenda.end_item, id=self.running)

    def on_withdraw(self) -> None:
        """Withdraw the item in front, or bring it back."""
        item = self.view.side.item
        if item is None or self.view.desk.read_only:
            return
        if item.state == ItemState.WITHDRAWN:
            self.view.desk.do(agenda.restore_item, id=item.id)
        else:
            WithdrawDialog(self.view.window(), self.view.desk, item).open()

    def on_templates(self) -> None:
        """Start from a template of the body, or keep this agenda as one."""
        if self.view.meeting is not None and not self.view.desk.read_only:
            TemplatesDialog(self.view.window(), self.view.desk, self.view.meeting).open()

    def show_meeting(self, meeting) -> None:
        """Show nothing more: the agenda comes with the meeting."""

    def panes(self) -> list:
        """Return the stops of F6."""
        return [self.list, self.papers]


TAB = AgendaTab
