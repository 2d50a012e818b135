"""The two panes of a meeting: its agenda with papers, and who comes."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from db.vocab import Capacity, Disclosure, MeetingState, Presence, Reply, Role
from gwangju_desktop.meetings import papers, queries, usecases
from gwangju_desktop.meetings.words import DISCLOSURES, ITEM_KINDS, PRESENCES, REPLIES
from gwangju_desktop.members.rules import named
from gwangju_desktop.members.words import CAPACITIES, ROLES
from gwangju_desktop.packs.papers import reason
from ui.meetings.dialogs import PaperDialog
from ui.meetings.meters import Budget
from ui.meetings.side import ITEM_TONES
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


def attached(item) -> Cell:
    """Say how many papers there are; an item to decide without any is marked."""
    if item.papers:
        return Cell(str(item.papers), icon="paperclip")
    if item.number is None:
        return Cell("–", ink="text3")
    return Cell("–", icon="circle-alert", ink="warn")


AGENDA = Table(
    ids=queries.item_ids,
    rows=queries.item_rows,
    sort="position",
    follows={"agenda_item": "id", "paper": "item_id"},
    # Numbers and clock times of all items follow from the order and the meeting's start.
    derived=frozenset({"agenda_item", "meeting", "stored_file"}),
    move=usecases.move_item,
    columns=(
        Column(
            "number",
            C_("agenda", "No."),
            56,
            cell=lambda i: Cell(str(i.number or ""), role="secb", grip=True),
        ),
        Column(
            "title",
            C_("agenda", "Item"),
            edit=usecases.edit_item,
            cell=lambda i: Cell(i.title, i.presenter, role="secb"),
        ),
        Column(
            "kind",
            N_("Kind"),
            100,
            cell=lambda i: Cell(chip=say(ITEM_KINDS[i.kind]), tone=ITEM_TONES[i.kind]),
        ),
        Column(
            "starts_at",
            N_("Starts"),
            62,
            cell=lambda i: Cell(f"{i.starts_at:%H:%M}", ink="bad" if i.late else ""),
        ),
        Column(
            "minutes",
            C_("agenda", "Time"),
            64,
            "right",
            cell=lambda i: Cell(say(N_("{n} min"), n=i.minutes)),
        ),
        Column("papers", N_("Papers"), 66, cell=attached),
    ),
)


def paper_title(paper) -> Cell:
    """Show the title; a file that cannot be bound says why."""
    if paper.trouble:
        words = f"{paper.title} – {say(reason(paper.trouble))}"
        return Cell(words, icon="circle-alert", ink="bad")
    icon = "file-text" if paper.disclosure == Disclosure.PUBLIC else "file-lock"
    return Cell(paper.title, icon=icon)


PAPERS = Table(
    ids=queries.paper_ids,
    rows=queries.paper_rows,
    sort="position",
    follows={"paper": "id"},
    derived=frozenset({"stored_file"}),
    move=papers.move_paper,
    columns=(
        Column("title", N_("Paper"), edit=papers.edit_paper, cell=paper_title),
        Column(
            "disclosure",
            N_("Who may read it"),
            150,
            cell=lambda p: Cell(
                say(DISCLOSURES[p.disclosure]),
                ink="warn" if p.disclosure == Disclosure.MEMBERS else "",
            ),
        ),
        Column(
            "pages",
            N_("Pages"),
            64,
            "right",
            cell=lambda p: Cell(say(N_("{n} p."), n=p.pages) if p.pages else "–"),
        ),
    ),
)


class AgendaPane(QWidget):
    """The order of business, its time, and the papers of the current item."""

    def __init__(self, page) -> None:
        super().__init__()
        self.page = page
        self.model = page.table(RowTable(AGENDA, page.desk))
        self.list = RowList(self.model, N_("Agenda"), height=48, fit=True)
        self.paper_model = page.table(RowTable(PAPERS, page.desk))
        self.papers = RowList(self.paper_model, N_("Papers"), height=32, header=False, fit=True)
        self.sums, self.budget = Label("", "cap", elide=True), Budget()
        self.papers_of, self.papers_sum = Label("", "h3"), Label("", "cap")
        add = Button(N_("Add agenda item"), icon="plus", slot=page.on_add_item)
        attach = Button(N_("Attach papers"), "link", "paperclip", slot=page.on_attach)
        hint = Label(N_("Drag or Alt+↑↓ moves an item; starting times follow."), "cap", elide=True)
        page.writing(add, attach, hint)
        empty = State(
            "clock",
            N_("No agenda yet"),
            N_("Add the first item: its time and number follow from the order."),
        )
        self.hollow = Hollow(self.list, empty)
        self.paper_box = column(
            row(self.papers_of, self.papers_sum, None, attach), self.papers, gap=2
        )
        # The table's text stands on the page's margin; its selection bleeds 8 px out.
        inside = column(
            row(Label(N_("Agenda"), "h2"), (self.sums, 1), add, margins=(28, 12, 16, 0)),
            row(self.budget, margins=(28, 6, 16, 2)),
            row(self.hollow, margins=(20, 0, 8, 0)),
            row((hint, 1), margins=(28, 4, 16, 4)),
            row(rule(), margins=(28, 0, 16, 0)),
            row(self.paper_box, margins=(28, 6, 16, 12)),
            None,
            gap=4,
        )
        column((scrolled(inside), 1), gap=0, into=self)
        self.papers.opened.connect(self.on_paper)

    def show_meeting(self, meeting, steps) -> None:
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
        parts = [(step.number, step.minutes, step.kind) for step in steps]
        self.budget.show_parts(parts, meeting.minutes)
        self.paper_box.setVisible(bool(steps))

    def show_item(self, item) -> None:
        """Show the papers of an ItemDetail."""
        if item.number:
            self.papers_of.say(N_("Papers of item {n}"), n=item.number)
        else:
            self.papers_of.say(N_("Papers of this step"))
        pages = sum(paper.pages for paper in item.papers)
        message = NN_("{n} paper · {pages} p.", "{n} papers · {pages} p.")
        self.papers_sum.say(message if item.papers else "", n=len(item.papers), pages=pages)
        self.paper_model.ask(item_id=item.id)

    def on_paper(self, id) -> None:
        if self.page.desk.read_only:
            return
        paper = self.paper_model.row(self.paper_model.place(id))
        PaperDialog(self.page.window(), self.page.desk, paper).open()


def seat(row_) -> Cell:
    """Show the name over organisation and post; the mark is coming, later present."""
    organisation = named(row_.organisation_ko, row_.organisation_en)
    sub = " ".join(filter(None, (organisation, row_.post)))
    if row_.fictional:
        sub = f"{sub} · {say(N_('Made up'))}"
    return Cell(row_.name, sub, role="secb", avatar=True)


def capacity(row_) -> Cell:
    """Show the role where it is one, else the capacity."""
    if row_.role != Role.MEMBER:
        return Cell(say(ROLES[row_.role]))
    return Cell(say(CAPACITIES[Capacity(row_.capacity)]))


ATTENDANCE = Table(
    columns=(
        Column("name", N_("Name · affiliation"), cell=seat),
        Column("capacity", N_("Capacity"), 96, cell=capacity),
        Column(
            "reply",
            N_("Reply"),
            104,
            cell=lambda a: Cell(chip=say(REPLIES[a.reply]), tone=REPLY_TONES[Reply(a.reply)]),
        ),
        Column(
            "presence",
            C_("sheet", "Attendance"),
            110,
            cell=lambda a: Cell(
                chip=say(PRESENCES[a.presence]), tone=PRESENCE_TONES[Presence(a.presence)]
            ),
        ),
    )
)


class AttendancePane(QWidget):
    """Who said they come and, once the roll call has begun, who is there."""

    REPLY_BUTTONS = (
        (Reply.COMING, N_("Coming")),
        (Reply.NOT_COMING, N_("Not coming")),
        (Reply.NONE, N_("No reply")),
    )
    PRESENCE_BUTTONS = (
        (Presence.PRESENT, N_("Present")),
        (Presence.LEFT, N_("Left early")),
        (Presence.ABSENT, N_("Absent")),
    )

    def __init__(self, page) -> None:
        super().__init__()
        self.page, self.meeting = page, None
        self.list = RowList(RowTable(ATTENDANCE), N_("Attendance"), height=48, multi=True)
        self.sums = Label("", "cap", elide=True)
        self.words = Label("", "sec")
        self.replies = {
            value: Button(message, slot=self.on_reply) for value, message in self.REPLY_BUTTONS
        }
        self.presences = {
            value: Button(message, slot=self.on_presence)
            for value, message in self.PRESENCE_BUTTONS
        }
        buttons = (*self.replies.values(), *self.presences.values())
        page.writing(self.words, *buttons)
        empty = State(
            "users",
            N_("Nobody is in office on that day"),
            N_("Add members to the body; they appear here by themselves."),
        )
        self.hollow = Hollow(self.list, empty)
        column(
            row(Label(N_("Attendance"), "h2"), (self.sums, 1), margins=(28, 12, 16, 0)),
            row(self.words, *buttons, None, margins=(28, 4, 16, 4), gap=6),
            (row(self.hollow, margins=(20, 0, 8, 8)), 1),
            gap=4,
            into=self,
        )
        self.list.peeked.connect(self.on_space)

    def show_meeting(self, meeting) -> None:
        """Offer what fits the meeting's state."""
        self.meeting = meeting
        planned = meeting.state == MeetingState.PLANNED
        opened = meeting.state == MeetingState.OPENED
        writing = not self.page.desk.read_only
        for buttons, fits in ((self.replies, planned), (self.presences, opened)):
            for button in buttons.values():
                button.setVisible(writing and fits)
        self.words.setVisible(writing and (planned or opened))
        self.words.say(N_("Chosen members:"))
        self.sums.say(
            N_("{n} enrolled · opens with {needed}"),
            n=meeting.quorum.enrolled,
            needed=meeting.quorum.required,
        )
        self.list.setColumnHidden(3, planned)
        self.ask()

    def ask(self) -> None:
        """Read the sheet anew."""
        self.page.desk.read(queries.attendance, then=self.on_rows, meeting_id=self.meeting.id)

    def on_rows(self, rows) -> None:
        chosen = self.list.current()
        self.list.model().show(rows)
        if chosen is not None and self.list.current() != chosen:
            self.list.choose(chosen)

    def on_reply(self) -> None:
        pressed = self.sender()
        value = next(key for key, button in self.replies.items() if button is pressed)
        self._set_replies(self.list.chosen(), value)

    def on_presence(self) -> None:
        pressed = self.sender()
        value = next(key for key, button in self.presences.items() if button is pressed)
        self._set_presences(self.list.chosen(), value)

    def on_space(self) -> None:
        """Turn the current member's mark: coming or not, present or not."""
        if self.page.desk.read_only or self.list.current() is None:
            return
        row_ = self.list.model().row(self.list.currentIndex().row())
        if self.meeting.state == MeetingState.PLANNED:
            coming = row_.reply == Reply.COMING
            self._set_replies([row_.id], Reply.NOT_COMING if coming else Reply.COMING)
        elif self.meeting.state == MeetingState.OPENED:
            there = row_.presence == Presence.PRESENT
            self._set_presences([row_.id], Presence.ABSENT if there else Presence.PRESENT)

    def _set_replies(self, ids, value) -> None:
        if ids:
            self.page.desk.do(usecases.set_reply, ids=ids, reply=str(value))

    def _set_presences(self, ids, value) -> None:
        if ids:
            self.page.desk.do(usecases.mark_presence, ids=ids, presence=str(value))
