"""Findings of a wave: what was said, on which figures, and before whom it was put."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QBoxLayout, QStackedWidget

from db.vocab import QuestionKind
from gwangju_desktop.members.rules import named
from gwangju_desktop.polls import findings
from gwangju_desktop.threads import coverage
from ui import theme
from ui.models.rows import Cell, Column, RowTable, Table
from ui.polls import place
from ui.polls.finding_forms import FindingDialog, ItemDialog, ProposalDialog, SentenceDialog
from ui.polls.shown import number, percent, wave_title
from ui.polls.waiting import Waiting
from ui.text import C_, N_, NN_, say
from ui.threads import look
from ui.threads.reach import ReachStrip
from ui.widgets.lists import RowList
from ui.widgets.page import Page, State
from ui.widgets.parts import Align, Button, Icon, Label, column, frame, row, rule

TABLES = frozenset(
    {"poll_finding", "thread_link", "agenda_item", "meeting", "proposal", "action", "poll_wave"}
)
LOW = 480  # px at 100 %
ROOM = 110  # px at 100 % that gaps and margins of a card's buttons take
SAYING = 3  # records a finding led to that are named in its card
ALWAYS = (dt.date.min, dt.date.max)


def figures_of(one: findings.FindingRow) -> str:
    """Return the figures of a finding on both bases, each with its base."""
    if one.count is None:
        if one.answered is None:
            return ""
        return say(NN_("{n:,} respondent", "{n:,} respondents"), n=round(one.answered))
    told = [say(C_("poll paper", "{n:,}"), n=round(one.count))]
    if one.of_votes is not None:
        words = C_("finding", "{share} of {n} responses")
        told.append(say(words, share=percent(one.of_votes), n=number(one.votes)))
    if one.of_respondents is not None:
        words = C_("finding", "{share} of {n} respondents")
        told.append(say(words, share=percent(one.of_respondents), n=number(one.answered)))
    return " · ".join(told)


def why_no_finding(question) -> str:
    """Say why no finding can be of a question; "" where one can."""
    if question.kind is QuestionKind.OPEN:
        return N_("Answers in own words are tagged; a finding stands on figures.")
    return ""


def _sentence(one: findings.FindingRow) -> Cell:
    about = " – ".join(filter(None, (one.question, one.part, one.option)))
    return Cell(one.sentence, f"{one.wave} · {about}", role="secb")


def _led(one: findings.FindingRow) -> Cell:
    if not one.led:
        return Cell("", chip=say(C_("finding", "Not put forward")), tone="warn")
    node = one.led[-1]
    more = say(C_("finding", " and {n} more"), n=len(one.led) - 1) if len(one.led) > 1 else ""
    where = " ".join(filter(None, (node.where, node.number)))
    return Cell(say(look.label(node.kind)) + more, where, icon="circle-check")


FINDINGS = Table(
    name="poll_findings",
    columns=(
        Column("sentence", C_("finding", "Finding"), cell=_sentence),
        Column("led", C_("finding", "Led to"), 192, cell=_led),
    ),
)


def read_all(read, *, poll_id: int):
    """Return the findings of a series, and how far all findings reached."""
    return findings.findings(read, poll_id=poll_id), coverage.of_findings(read, *ALWAYS)


class FindingsPage(Page):
    """The findings of the series in front, the latest wave first."""

    side = True

    def __init__(self, desk) -> None:
        super().__init__(desk)
        self.place = place.of(desk)
        self.rows: list[findings.FindingRow] = []
        self._asked: int | None = None
        self._wanted: int | None = None
        self._reading = False
        self._make()
        self._lay_out()
        self.list.previewed.connect(self.on_row)
        self.list.opened.connect(self.on_opened)
        self.place.changed.connect(self.on_place)
        desk.changed.connect(self.on_changed)
        self.wait = QTimer(self, singleShot=True, interval=60)
        self.wait.timeout.connect(self.ask)
        self.place.ask()
        self.on_place()

    def _make(self) -> None:
        self.meta = Label("", "sec", elide=True)
        self.add = Button(N_("Write a finding"), "primary", "lightbulb", slot=self.on_add)
        self.papers = Button(N_("Documents of the wave"), icon="files", slot=self.on_papers)
        self.reach = ReachStrip()
        self.reach.setAccessibleName(say(N_("How far findings reached")))
        self.model = RowTable(FINDINGS)
        self.list = RowList(self.model, C_("poll pane", "Findings"), height=56)
        self.sentence = Label("", "h3", wrap=True)
        self.figures = Label("", "sec", wrap=True)
        self.found_on = Label("", "cap")
        self.links = [Button("", "link", "link") for _n in range(SAYING)]
        for link in self.links:
            link.clicked.connect(self.on_link)
        self.item = Button(N_("Put on an agenda"), "primary", "calendar-plus", slot=self.on_item)
        self.proposal = Button(
            C_("finding", "Register as a proposal"),
            icon="message-square-text",
            slot=self.on_proposal,
        )
        self.pack = Button(C_("finding", "Put into the pack"), icon="files", slot=self.on_pack)
        self.summary = Button(N_("One-page summary"), icon="file-text", slot=self.on_summary)
        self.thread = Button(C_("thread", "Thread"), icon="link", slot=self.on_thread)
        self._buttons = (self.item, self.proposal, self.pack, self.summary, self.thread)
        self.edit = Button("", "ghost", "pencil", name=N_("Edit finding"), slot=self.on_edit)
        self.remove = Button("", "ghost", "trash-2", name=N_("Remove finding"), slot=self.on_remove)

    def _lay_out(self) -> None:
        self.card = frame("card")
        leads = row(self.item, self.proposal, self.pack, None, gap=8)
        tells = row(self.summary, self.thread, None, gap=8)
        self.doing = row(leads, (tells, 1), gap=8)
        self.writing(self.item, self.proposal, self.pack, self.edit, self.remove)
        column(
            row(
                (Icon("lightbulb", "acc", 18), Align.AlignTop),
                (column(self.sentence, self.figures, self.found_on, gap=4), 1),
                (row(self.edit, self.remove, gap=2), Align.AlignTop),
                gap=10,
            ),
            row(*self.links, None, gap=14),
            rule(),
            self.doing,
            margins=(16, 14, 12, 14),
            gap=9,
            into=self.card,
        )
        self.nothing = State(
            "lightbulb",
            N_("No findings yet"),
            N_("A finding is a sentence with the figures it stands on; it becomes an agenda item."),
        )
        self.waiting = Waiting(self)
        shown = column(
            row(self.reach, margins=(8, 0, 4, 6)),
            (self.list, 1),
            self.card,
            margins=(20, 0, 24, 16),
            gap=8,
        )
        self.stack = QStackedWidget()
        for part in (shown, self.nothing, self.waiting):
            self.stack.addWidget(part)
        self.writing(self.add)
        tools = row((self.meta, 1), self.papers, self.add, margins=(28, 12, 24, 8), gap=8)
        column(tools, (self.stack, 1), gap=0, into=self)

    # --- what a page says of itself
    @property
    def settled(self) -> bool:
        return self.place.settled and not self._reading and not self.wait.isActive()

    def panes(self) -> list:
        return [self.list, self.add]

    def open(self, id: int | None = None, table: str = "") -> None:
        """Show a finding, whichever series it is of."""
        if id is not None:
            self._wanted = id
            self.desk.read(findings.finding, then=self.on_wanted, id=id)

    def on_wanted(self, found: findings.FindingRow) -> None:
        """Go to the question of a finding that was asked for."""
        self.place.find("wave_question", found.wave_question_id)
        self.ask()

    # --- what is shown
    def on_place(self) -> None:
        """Follow the series, wave and question in front."""
        poll, wave, asked = self.place.poll, self.place.wave, self.place.question
        told = [named(poll.name, poll.name_en) if poll else "", wave_title(wave) if wave else ""]
        if asked is not None:
            told.append(asked.question.title or asked.question.code)
        self.meta.say(" · ".join(filter(None, told)))
        self.papers.setVisible(wave is not None)
        self.add.setVisible(self.may_add() and not self.desk.read_only)
        if asked is not None and not self.desk.read_only:
            self.add.why_not(why_no_finding(asked.question))
        if self._asked != self.place.poll_id:
            self._asked = self.place.poll_id
            self.ask()
        self._show_state()

    def may_add(self) -> bool:
        """Say whether the question in front has figures a finding can stand on."""
        wave, asked = self.place.wave, self.place.question
        return wave is not None and wave.counted and asked is not None

    def ask(self) -> None:
        """Read the findings of the series in front."""
        if self.place.poll_id is None:
            self.rows = []
            self._show_state()
            return
        self._reading = True
        self.desk.read(read_all, then=self.on_read, poll_id=self.place.poll_id)

    def on_read(self, found) -> None:
        """Show what was read, the finding in front still in front."""
        self._reading = False
        self.rows, reached = found
        current = self._wanted if self._wanted is not None else self.list.current()
        self._wanted = None
        self.reach.show_coverage(reached)
        self.model.show(self.rows)
        if any(one.id == current for one in self.rows):
            self.list.choose(current)
        else:
            self.list.choose_first()
        self._show_state()
        self.show_card()

    def _show_state(self) -> None:
        if self.rows:
            self.stack.setCurrentIndex(0)
        elif self.place.wave is not None and self.may_add():
            self.stack.setCurrentIndex(1)
        else:
            self.waiting.show_place(self.place)
            self.stack.setCurrentIndex(2)

    def current(self) -> findings.FindingRow | None:
        """Return the finding in front."""
        return next((one for one in self.rows if one.id == self.list.current()), None)

    def show_card(self) -> None:
        """Show the finding in front whole."""
        one = self.current()
        self.card.setVisible(one is not None)
        if one is None:
            return
        self.sentence.say(one.sentence)
        self.figures.say(figures_of(one))
        self.found_on.say(
            N_("{question} · found on {day:full}"),
            question=" – ".join(filter(None, (one.question, one.part, one.option))),
            day=one.found_on,
        )
        for n, link in enumerate(self.links):
            link.setVisible(n < len(one.led))
            if n < len(one.led):
                node = one.led[n]
                where = " ".join(filter(None, (node.where, node.number))) or node.title
                link.say(f"{say(look.label(node.kind))}: {where}")
        self.moved.emit(one.id, "poll_finding")

    # --- what a person does
    def on_row(self, _id) -> None:
        self.show_card()

    def on_opened(self, _id) -> None:
        self.on_edit()

    def on_add(self) -> None:
        """Write a finding of the question in front."""
        asked = self.place.question
        if not self.may_add() or self.desk.read_only or why_no_finding(asked.question):
            return
        dialog = FindingDialog(self.window(), self.desk, asked, self.place.wave)
        dialog.accepted.connect(self.ask)
        dialog.open()

    def _form(self, kind) -> None:
        one = self.current()
        if one is not None and not self.desk.read_only:
            kind(self.window(), self.desk, one).open()

    def on_edit(self) -> None:
        """Say the finding in front in other words."""
        self._form(SentenceDialog)

    def on_item(self) -> None:
        """Put the finding in front on an agenda."""
        self._form(ItemDialog)

    def on_proposal(self) -> None:
        """Register the finding in front as a proposal."""
        self._form(ProposalDialog)

    def on_remove(self) -> None:
        """Take the finding in front away; undo brings it back."""
        one = self.current()
        if one is not None and not self.desk.read_only:
            self.desk.do(findings.remove_finding, id=one.id)

    def on_pack(self) -> None:
        """Put the one-page summary into the pack of a meeting."""
        one = self.current()
        if one is not None and not self.desk.read_only:
            from ui.packs.figure_dialog import FigureDialog

            FigureDialog(self.window(), self.desk, finding=one.id).open()

    def on_summary(self) -> None:
        """Show the one-page summary as it is printed."""
        one = self.current()
        if one is not None:
            from ui.documents.dialog import DocumentsDialog

            DocumentsDialog(self.window(), self.desk, "poll-summary", one.id).open()

    def on_papers(self) -> None:
        """Show questionnaire, tally sheet and report of the wave in front."""
        self.room.on_documents()

    def on_thread(self) -> None:
        """Show what the finding led to."""
        one = self.current()
        if one is not None:
            self.go("proposals", one.id, "thread.finding")

    def on_link(self) -> None:
        """Go to a record the finding led to."""
        one = self.current()
        n = self.links.index(self.sender())
        if one is not None and n < len(one.led):
            room, id, table = one.led[n].record
            self.go(room, id, table)

    # --- events
    def resizeEvent(self, event) -> None:
        """Keep to the list and what can be done with a finding where the window is low."""
        super().resizeEvent(event)
        low = self.height() < theme.px(LOW)
        wanted = sum(one.sizeHint().width() for one in self._buttons) + theme.px(ROOM)
        ways = QBoxLayout.Direction
        narrow = self.width() < wanted
        self.doing.layout().setDirection(ways.TopToBottom if narrow else ways.LeftToRight)
        self.reach.setVisible(not low)
        self.found_on.setVisible(not low)
        self.list.setMinimumHeight(theme.px(84))

    def on_changed(self, changes) -> None:
        """Follow what anybody writes."""
        if self._asked is not None and changes.touches(*TABLES):
            self.wait.start()

    def changeEvent(self, event) -> None:
        super().changeEvent(event)
        if event.type() == event.Type.LanguageChange and hasattr(self, "wait"):
            self.reach.setAccessibleName(say(N_("How far findings reached")))
            self.wait.start()


PANE = FindingsPage
