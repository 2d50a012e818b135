"""One commitment: its milestones, what was promised, its own status and the monitors' rating."""

from __future__ import annotations

import datetime as dt

from PySide6.QtWidgets import QBoxLayout, QMenu, QStackedWidget, QWidget

from gwangju_desktop import clock
from gwangju_desktop.commitments import lacking, queries
from gwangju_desktop.commitments.months import span
from gwangju_desktop.commitments.words import VALUES
from gwangju_desktop.members.rules import named
from ui import theme
from ui.commitments import place, shown
from ui.commitments.adjust import PromiseLine
from ui.commitments.commitment_cards import (
    DaysCard,
    EditionsCard,
    NotesCard,
    RatingCard,
    StatusCard,
)
from ui.commitments.commitment_deeds import Deeds
from ui.commitments.commitment_texts import Texts
from ui.commitments.milestone_list import MilestoneList
from ui.history.link import HistoryButton
from ui.text import C_, N_, say
from ui.widgets.forms import Choice
from ui.widgets.page import Page, State
from ui.widgets.painted import Chip
from ui.widgets.parts import Align, Button, Icon, Label, column, row, scrolled

SIDE = 324  # px at 100 % text size
TIGHT = 900  # px under which commitments are offered by their numbers
FEW = 2  # lacking things named at the top
BELOW = 960  # px under which the cards stand below the milestones


def whole_of(read, *, id: int, today: dt.date):
    """Return a commitment whole, and what is lacking in it."""
    return queries.commitment(read, id, today), tuple(lacking.commitment(read, id))


class CommitmentPage(Deeds, Page):
    """The commitment in front."""

    def __init__(self, desk) -> None:
        super().__init__(desk)
        self.place = place.of(desk)
        self.whole, self.lacks = None, ()
        self._asked: tuple[int, int] | None = None
        self._wanted: int | None = None
        self._make()
        self._lay_out()
        self._connect()
        self.place.changed.connect(self.on_place)
        self.place.ask()
        self.on_place()

    def _make(self) -> None:
        self.choice = Choice([(None, "")], C_("commitment", "Commitment"), None)
        self.before = Button("", "ghost", "chevron-left", name=N_("Commitment before"))
        self.after = Button("", "ghost", "chevron-right", name=N_("Commitment after"))
        self.title = Label("", "h2", wrap=True)
        self.english = Label("", "sec", wrap=True)
        self.meta = Label("", "sec", wrap=True)
        self.with_ = Label("", "sec", wrap=True)
        self.source = Label("", "cap", wrap=True)
        self.status = Chip()
        self.sample = Chip()
        self.thread = Button(C_("thread", "Thread"), icon="link", slot=self.on_thread)
        self.papers = Button(C_("commitment", "Documents"), icon="files", slot=self.on_documents)
        self.edit = Button(C_("commitment", "Edit"), icon="pencil", slot=self.on_edit)
        self.more = Button("", "ghost", "ellipsis", name=N_("More about the commitment"))
        self.menu = QMenu(self)
        self.writing(self.edit, self.more)
        self.promise = PromiseLine(self)
        self.lacking = Label("", "sec", "warn", wrap=True)
        self.lack_row = row(
            (Icon("info", "warn"), Align.AlignTop), (self.lacking, 1), gap=8, margins=(8, 0, 0, 0)
        )
        self.milestones = MilestoneList(self)
        self.texts = Texts(self)
        self.state_card = StatusCard(self)
        self.rating_card = RatingCard(self)
        self.notes = NotesCard(self)
        self.editions = EditionsCard()
        self.days = DaysCard()

    def _lay_out(self) -> None:
        tools = row(
            self.before,
            self.after,
            (self.choice, 1),
            12,
            self.thread,
            self.papers,
            self.edit,
            HistoryButton(),
            self.more,
            gap=6,
            margins=(24, 12, 24, 4),
        )
        head = column(
            row((self.title, 1), (row(self.sample, self.status, gap=6), Align.AlignTop), gap=10),
            self.english,
            self.meta,
            self.with_,
            gap=3,
            margins=(8, 0, 0, 0),
        )
        left = column(
            head,
            self.promise,
            self.lack_row,
            self.milestones,
            8,
            column(self.texts, self.source, margins=(8, 0, 0, 0)),
            None,
            gap=12,
        )
        self.cards = column(
            self.state_card, self.rating_card, self.days, self.notes, self.editions, None, gap=12
        )
        inside = QWidget()
        row(
            (left, 1),
            (self.cards, Align.AlignTop),
            gap=20,
            margins=(20, 4, 24, 20),
            into=inside,
        )
        self.body = inside
        self.scroller = scrolled(inside)
        self.nothing = State(
            "target",
            N_("No commitment in front"),
            N_("Choose one in the overview, or add the first."),
            Button(N_("To the overview"), slot=self.on_overview),
        )
        self.stack = QStackedWidget()
        self.stack.addWidget(column(tools, (self.scroller, 1), gap=0))
        self.stack.addWidget(column(self.nothing, None))
        column(self.stack, gap=0, into=self)

    def _connect(self) -> None:
        self.choice.activated.connect(self.on_choice)
        self.before.clicked.connect(self.on_before)
        self.after.clicked.connect(self.on_after)
        self.more.clicked.connect(self.on_more)
        self.milestones.evidence_wanted.connect(self.on_evidence)
        self.milestones.note_wanted.connect(self.on_milestone_note)
        self.state_card.by_hand.connect(self.on_status)
        self.state_card.back.connect(self.on_computed)
        self.state_card.caused.connect(self.on_cause)
        self.state_card.completed.connect(self.on_complete)
        self.state_card.reopened.connect(self.on_reopen)
        self.rating_card.wanted.connect(self.on_reviews)
        self.notes.added.connect(self.on_note)
        self.notes.changed.connect(self.on_edit_note)
        self.notes.removed.connect(self.on_remove_note)
        self.days.opened.connect(self.on_deadline)

    # --- what a page says of itself
    @property
    def settled(self) -> bool:
        if not self.place.settled:
            return False
        id = self.place.commitment_id
        return id is None or (self.whole is not None and self.whole.row.id == id)

    def panes(self) -> list:
        return [self.milestones.list, self.choice]

    def open(self, id: int | None = None, table: str = "") -> None:
        """Show a commitment, or a milestone in it."""
        if id is None:
            return
        if table == "milestone":
            self._wanted = id
        self.place.find(table or "commitment", id)

    # --- what is shown
    def on_place(self) -> None:
        """Follow the commitment in front."""
        rows, id = self.place.commitments, self.place.commitment_id
        self.stack.setCurrentIndex(0 if id is not None or not self.place.known else 1)
        self.offer()
        at = next((n for n, one in enumerate(rows) if one.id == id), 0)
        self.before.setEnabled(at > 0)
        self.after.setEnabled(at < len(rows) - 1)
        if id is not None and self._asked != (id, self.place.serial):
            self._asked = (id, self.place.serial)
            self.desk.read(whole_of, then=self.on_whole, id=id, today=clock.today())

    def offer(self) -> None:
        """Offer the commitments of the plan, in a narrow window by their numbers alone."""
        tight = self.width() < theme.px(TIGHT)
        options = [
            (one.id, one.code if tight else f"{one.code} {shown.title(one)}")
            for one in self.place.commitments
        ]
        if options != self.choice.options or self.choice.value() != self.place.commitment_id:
            self.choice.show_options(options, self.place.commitment_id)

    def on_whole(self, found) -> None:
        """Show a commitment."""
        other = self.whole is None or self.whole.row.id != found[0].row.id
        self.whole, self.lacks = found
        self.show_whole()
        if other:
            self.scroller.verticalScrollBar().setValue(0)
        if self._wanted is not None:
            self.milestones.choose(self._wanted)
            self._wanted = None
        if self.isVisible():
            self.moved.emit(self.whole.row.id, "commitment")

    def show_whole(self) -> None:
        """Say all of the commitment in front."""
        whole, one = self.whole, self.whole.row
        first = shown.title(one)
        self.title.say(first)
        other = one.title if first != one.title else one.title_en
        self.english.say(other or say(C_("section", "English is missing")))
        self.english.ink("text2" if one.title_en else "warn")
        self.status.say(
            shown.STATUSES[one.status], shown.tone(one.status), shown.ICONS.get(one.status, "")
        )
        self.sample.say(C_("milestone", "Sample") if one.sample else "")
        self._say_meta()
        name = f"{one.code} {first}"
        self.promise.show_promise(one.id, name, whole.frozen, whole.editions)
        frozen = whole.frozen and self.promise.frozen
        self.lack_row.setVisible(bool(self.lacks))
        said = [str(lack.what) for lack in self.lacks[:FEW]]
        if len(self.lacks) > FEW:
            said.append(say(N_("and {n} more, listed with the plan"), n=len(self.lacks) - FEW))
        self.lacking.say("\n".join(said))
        self.milestones.show_whole(whole, frozen)
        self.texts.show_whole(whole, frozen)
        for card in (self.state_card, self.rating_card, self.days, self.notes, self.editions):
            card.show_whole(whole)

    def _say_meta(self) -> None:
        whole, one = self.whole, self.whole.row
        said = [one.code, span(one.starts, one.ends)]
        if one.edition > 1:
            said.append(say(N_("edition {n}"), n=one.edition))
        values = [say(VALUES[value]) for value in whole.open_values]
        said.append(", ".join(values))
        said.append(named(whole.policy_area, whole.policy_area_en))
        said.append(named(whole.sector, whole.sector_en))
        leads = [named(i.name, i.name_en) for i in whole.institutions if i.role == "lead"]
        if leads:
            said.append(say(C_("action plan", "Lead: {names}"), names=", ".join(leads)))
        rows = self.place.commitments
        into = next((other.code for other in rows if other.id == whole.merged_into_id), "")
        if into:
            said.append(say(N_("went into {code}"), code=into))
        self.meta.say(" · ".join(filter(None, said)))
        others = [named(i.name, i.name_en) for i in whole.institutions if i.role != "lead"]
        self.with_.setVisible(bool(others))
        self.with_.say(N_("With: {names}"), names=", ".join(others))
        self.source.setVisible(bool(whole.source or whole.url))
        source = " · ".join(filter(None, (whole.source, whole.url)))
        self.source.say(N_("Source: {source}"), source=source)

    # --- moving
    def on_choice(self, n: int) -> None:
        id = self.choice.options[n][0]
        if id is not None:
            self.place.show_commitment(id)

    def _step(self, by: int) -> None:
        ids = [one.id for one in self.place.commitments]
        if self.place.commitment_id in ids:
            at = ids.index(self.place.commitment_id) + by
            if 0 <= at < len(ids):
                self.place.show_commitment(ids[at])

    def on_before(self) -> None:
        """Show the commitment before this one."""
        self._step(-1)

    def on_after(self) -> None:
        """Show the commitment after this one."""
        self._step(1)

    def on_overview(self) -> None:
        self.room.show_pane("overview")

    def on_evidence(self, milestone_id: int) -> None:
        """Show the evidence of a milestone."""
        self.go("commitments", milestone_id, "milestone.evidence")

    def on_reviews(self) -> None:
        """Show the round the rating is from, else the rounds of this commitment."""
        held = self.whole.ratings
        rating = held.get("completion") or next(iter(held.values()), None)
        if rating is not None:
            self.go("commitments", rating.review_id, "review")
        else:
            self.go("commitments", self.whole.row.id, "commitment.review")

    def on_deadline(self, one) -> None:
        """Go to the record a deadline is about."""
        self.go("commitments", one.row_id, one.table)

    def on_thread(self) -> None:
        """Show what led to the commitment and what followed."""
        if self.whole is not None:
            self.go("proposals", self.whole.row.id, "thread.commitment")

    def on_documents(self) -> None:
        """Show the papers of the commitment."""
        from ui.documents.dialog import DocumentsDialog

        if self.whole is not None:
            DocumentsDialog(self.window(), self.desk, "closing-form", self.whole.row.id).open()

    # --- events
    def fit(self) -> None:
        """Lay the cards beside the milestones, or below them where it is narrow."""
        self.offer()
        narrow = self.width() < theme.px(BELOW)
        ways = QBoxLayout.Direction
        self.body.layout().setDirection(ways.TopToBottom if narrow else ways.LeftToRight)
        most = 16_777_215
        self.cards.setMinimumWidth(0 if narrow else theme.px(SIDE))
        self.cards.setMaximumWidth(most if narrow else theme.px(SIDE))

    def resizeEvent(self, event) -> None:
        super().resizeEvent(event)
        self.fit()

    def changeEvent(self, event) -> None:
        super().changeEvent(event)
        if not hasattr(self, "stack"):
            return
        if event.type() == event.Type.LanguageChange:
            self._asked = None
            self.on_place()
            if self.whole is not None:
                self.show_whole()
        elif event.type() == event.Type.StyleChange:
            self.fit()


PANE = CommitmentPage
