"""Proposals that look alike: side by side, made one, told apart; and one cut in two."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QStackedWidget, QWidget

from gwangju_desktop.proposals import listing, merging, queries
from gwangju_desktop.proposals.similar import similar
from gwangju_desktop.proposals.words import CHANNELS
from ui import theme
from ui.models.rows import Cell, Column, RowTable, Table
from ui.text import C_, N_, NN_, day, say
from ui.widgets.forms import Dialog, Field, Labelled, NumberField, Prose
from ui.widgets.lists import RowList
from ui.widgets.page import Hollow, State
from ui.widgets.painted import Segment
from ui.widgets.parts import Button, Label, column, frame, row, rule, scrolled

MERGE, SPLIT = range(2)
SURE, LIKELY = 75, 55
MOST = 8
SHOWN = 4000  # characters of a text side by side


@dataclass(frozen=True, slots=True)
class TwinRow:
    """A proposal that may be the same; `score` 0 for one that was searched for."""

    id: int
    number: str
    title: str
    score: int


def _what(twin: TwinRow) -> Cell:
    return Cell(twin.title, twin.number, role="secb")


def _sure(twin: TwinRow) -> Cell:
    if not twin.score:
        return Cell("")
    tone = "warn" if twin.score >= SURE else "acc" if twin.score >= LIKELY else "neu"
    return Cell("", chip=f"{twin.score}%", tone=tone)


TWINS = Table(
    (Column("what", N_("Proposals"), cell=_what), Column("sure", N_("How alike"), 72, cell=_sure))
)


def alike(read, *, id: int, title: str, text: str, words: str) -> list[TwinRow]:
    """Return what looks like a proposal, or what is found by some words."""
    if not words:
        found = similar(read, title=title, text=text, exclude=id, limit=MOST)
        return [TwinRow(one.id, one.number, one.title, one.score) for one in found]
    ids = [one for one in listing.proposal_ids(read, words=words)[: MOST + 1] if one != id]
    rows = listing.proposal_rows(read, ids=ids[:MOST])
    return [TwinRow(one.id, one.number or "", one.title, 0) for one in rows]


def other_side(read, *, id: int, beside: int):
    """Return a proposal whole, and whoever proposed it or the one beside it."""
    told = [*merging.told(read, id=beside), *merging.told(read, id=id)]
    return queries.detail(read, id=id), told


class Side(QWidget):
    """One of the two proposals."""

    def __init__(self) -> None:
        super().__init__()
        self.number, self.kept = Label("", "cap", elide=True), Label("", "capb", "acc")
        self.title = Label("", "h3", wrap=True)
        self.facts = Label("", "cap", wrap=True)
        self.text = Label("", "sec", "text", wrap=True)
        inside = frame("card")
        column(
            row((self.number, 1), self.kept),
            self.title,
            self.facts,
            rule(),
            self.text,
            None,
            margins=(14, 12, 14, 12),
            gap=6,
            into=inside,
        )
        column((inside, 1), into=self)

    def show_proposal(self, record) -> None:
        """Write what is known of a proposal; contact data is not shown."""
        outside = " · ".join(f"{one.system} {one.number}" for one in record.outside)
        self.number.say(" · ".join(filter(None, (record.number or "–", outside))))
        self.title.say(record.title)
        people = ", ".join(one.name for one in record.proposers) or say(C_("proposal", "Anonymous"))
        facts = (
            say(N_("Received {day}"), day=day(record.received_on, "full")),
            say(CHANNELS[record.channel]),
            record.state_name,
            people,
            say(N_("Supports {n:,}"), n=record.supports) if record.supports else "",
        )
        self.facts.say(" · ".join(filter(None, facts)))
        cut = record.text[:SHOWN]
        self.text.say(cut + (" …" if len(record.text) > SHOWN else "") or "–")


class TwinsDialog(Dialog):
    """What looks like a proposal beside it, to be made one or told apart; or a part cut off it."""

    def __init__(self, page, record) -> None:
        self.page, self.desk, self.record = page, page.desk, record
        self.other = None
        self.mode = Segment(
            (C_("proposal", "Merge"), C_("proposal", "Split")), MERGE, N_("Merge or split")
        )
        self.model = RowTable(TWINS)
        self.list = RowList(self.model, N_("Proposals that look alike"), height=48)
        self.search = Field(N_("Find by number or words"), search=True, width=250)
        self.left, self.right = Side(), Side()
        self.told = Label("", "cap", wrap=True)
        self.apart = Button(N_("Not the same"), slot=self.on_apart)
        self.show_other = Button(N_("Open it"), "ghost", slot=self.on_open_other)
        self.stack = QStackedWidget()
        self.stack.addWidget(self._merging())
        self.stack.addWidget(self._splitting())
        super().__init__(
            page.window(),
            N_("Merge and split proposals"),
            row(self.mode, None),
            (self.stack, 1),
            button=C_("proposal", "Merge"),
            width=900,
        )
        self.setMinimumHeight(min(theme.px(600), max(theme.px(380), self.parent().height() - 40)))
        self.left.show_proposal(record)
        self.part_title.field.setText("")
        self.mode.chosen.connect(self.on_mode)
        self.list.previewed.connect(self.on_chosen)
        self.search.typing.connect(self.on_typing)
        self._judge()
        self.ask("")

    def _merging(self) -> QWidget:
        self.sides = scrolled(row((self.left, 1), (self.right, 1), gap=10))
        nothing = State("files", N_("Nothing looks alike"), N_("Search by number or words."))
        nothing.hint.setMinimumWidth(0)  # narrower than a page's
        beside = column(self.search, (Hollow(self.list, nothing), 1), gap=8)
        beside.setFixedWidth(theme.px(250))
        right = column((self.sides, 1), row((self.told, 1), self.show_other, self.apart), gap=8)
        return row(beside, (right, 1), gap=14)

    def _splitting(self) -> QWidget:
        self.part_title = Labelled(N_("Title of the part"), Field("", "", width=0))
        self.part_text = Labelled(N_("Text of the part"), Prose(N_("Text of the part")))
        self.part_supports = Labelled(
            N_("Supports that go along"), NumberField(N_("Supports that go along"))
        )
        note = Label(
            N_(
                "The part gets its own number, and the receipt, the proposers and the time limit"
                " of the whole. The whole keeps its words."
            ),
            "cap",
            wrap=True,
        )
        self.whole = Side()
        self.whole.show_proposal(self.record)
        form = column(self.part_title, (self.part_text, 1), self.part_supports, note, gap=10)
        return row((scrolled(self.whole), 1), (form, 1), gap=14)

    # --- what is shown
    def ask(self, words: str) -> None:
        """Ask for what looks alike, or for what is searched."""
        self.desk.read(
            alike,
            then=self.on_found,
            otherwise=self.on_refused,
            id=self.record.id,
            title=self.record.title,
            text=self.record.text,
            words=words,
        )

    def _judge(self) -> None:
        """Say on the button what it does, and why it cannot."""
        splits = self.mode.current() == SPLIT
        self.stack.setCurrentIndex(self.mode.current())
        self.button.say(C_("proposal", "Split") if splits else C_("proposal", "Merge"))
        found = self.other is not None
        self.right.setVisible(found)
        self.told.setVisible(found)
        for button in (self.apart, self.show_other):
            button.setVisible(found)
        self.button.why_not("" if splits or found else N_("Choose a proposal at the left."))

    # --- slots
    def on_mode(self, _n: int) -> None:
        """Merge or split."""
        self._judge()
        (self.part_title.field if self.mode.current() == SPLIT else self.list).setFocus()

    def on_typing(self, words: str) -> None:
        """Find another proposal."""
        self.ask(words.strip())

    def on_found(self, rows) -> None:
        """Show what was found, the most alike first."""
        self.model.show(rows)
        if rows:
            self.list.choose_first()
            self.on_chosen(self.list.current())
        else:
            self.other = None
            self._judge()

    def on_chosen(self, id) -> None:
        """Lay a proposal beside."""
        if id is not None:
            self.desk.read(
                other_side,
                then=self.on_side,
                otherwise=self.on_refused,
                id=id,
                beside=self.record.id,
            )

    def on_side(self, found) -> None:
        """Show the other side, which of the two counts, and who is told."""
        self.other, told = found
        self.right.show_proposal(self.other)
        first = min((self.record, self.other), key=_age)
        for side, record in ((self.left, self.record), (self.right, self.other)):
            side.kept.say(C_("proposal", "Counts") if record is first else "")
        names = ", ".join(dict.fromkeys(one.name for one in told))
        message = NN_(
            "{number} counts: it came first. {n} proposer is told: {names}.",
            "{number} counts: it came first. {n} proposers are told: {names}.",
        )
        nobody = N_("{number} counts: it came first.")
        self.told.say(
            message if names else nobody, number=first.number or "–", n=len(told), names=names
        )
        self._judge()

    def on_apart(self) -> None:
        """Note that the two are not the same; the next is shown."""
        self.desk.do(
            merging.distinct,
            then=self.on_told_apart,
            otherwise=self.on_refused,
            a=self.record.id,
            b=self.other.id,
        )

    def on_told_apart(self, _changes) -> None:
        """Show what else looks alike."""
        self.search.clear()
        self.ask("")

    def on_open_other(self) -> None:
        """Show the other proposal on the page."""
        other = self.other.id
        self.reject()
        self.page.open(other, "proposal")

    def confirm(self) -> None:
        """Make the two one, or cut the part off."""
        if self.mode.current() == SPLIT:
            part = {
                "title": self.part_title.value(),
                "text": self.part_text.value(),
                "supports": self.part_supports.value() or 0,
            }
            self.desk.do(
                merging.split,
                then=self.on_accepted,
                otherwise=self.on_refused,
                id=self.record.id,
                parts=[part],
            )
        elif self.other is not None:
            self.desk.do(
                merging.merge,
                then=self.on_accepted,
                otherwise=self.on_refused,
                ids=[self.record.id, self.other.id],
            )


def _age(record) -> tuple:
    return record.received_on, record.number or "", record.id
