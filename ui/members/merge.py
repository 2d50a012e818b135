"""People entered twice: the pairs that were found, and two of them side by side to make one."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from gwangju_desktop.errors import UserError
from gwangju_desktop.members import access, duplicates, merging, personrecord, queries
from gwangju_desktop.members.rules import named
from gwangju_desktop.members.words import GENDERS, ROLES
from ui import theme
from ui.models.rows import Cell, Column, RowTable, Table
from ui.text import C_, N_, NN_, say, words
from ui.widgets.forms import Dialog
from ui.widgets.lists import RowList
from ui.widgets.page import Hollow, State, pair
from ui.widgets.painted import Segment
from ui.widgets.parts import Button, Label, column, frame, row, rule, scrolled

SURE, LIKELY = 75, 55


@dataclass(frozen=True, slots=True)
class PairRow:
    """A pair as a row of a list; its place is its id."""

    id: int
    pair: duplicates.Pair


def both(found) -> Cell:
    """Show the two names over the organisations."""
    pair_ = found.pair
    names = pair_.name if pair_.name == pair_.other_name else f"{pair_.name} · {pair_.other_name}"
    told = dict.fromkeys((*pair_.organisations, *pair_.other_organisations))
    return Cell(names, " · ".join(told), role="secb", avatar=True)


def why(found) -> Cell:
    """Say the reasons, the strongest first."""
    return Cell(", ".join(say(duplicates.REASONS[name]) for name in found.pair.reasons))


def how_sure(found) -> Cell:
    """Show the score as a chip."""
    score = found.pair.score
    if score >= SURE:
        return Cell("", chip=say(C_("duplicates", "Very likely")), tone="warn")
    if score >= LIKELY:
        return Cell("", chip=say(C_("duplicates", "Likely")), tone="acc")
    return Cell("", chip=say(C_("duplicates", "Possible")))


def look(work) -> list[duplicates.Pair]:
    """Read everybody, then compare without holding the office."""
    with work.reading() as read:
        everybody = duplicates.faces(read)
    work.progress(1, 2)
    return duplicates.pairs(everybody)


PAIRS = Table(
    name="duplicates",
    columns=(
        Column("both", N_("Persons"), cell=both),
        Column("why", N_("Why"), 250, cell=why),
        Column("sure", N_("How likely"), 96, cell=how_sure),
    ),
)


class DuplicatesDialog(Dialog):
    """The pairs that may be one person; Enter or the button lays two side by side."""

    def __init__(self, parent, desk) -> None:
        self.desk = desk
        self.model = RowTable(PAIRS)
        self.list = RowList(self.model, N_("People entered twice"), height=48)
        self.list.setMinimumHeight(theme.px(330))
        self.found = Label(N_("Looking for people entered twice…"), "sec")
        self.hollow = Hollow(
            self.list,
            State(
                "users",
                N_("Nobody seems to be entered twice"),
                N_("Names, organisations, initial consonants, numbers and other names differ."),
            ),
        )
        super().__init__(
            parent,
            N_("Find people entered twice"),
            self.found,
            (self.hollow, 1),
            button=N_("Compare"),
            width=700,
        )
        self.cancel_button.say(N_("Close"))
        self.list.opened.connect(self.on_opened)
        desk.changed.connect(self.on_changed)
        self.ask()

    def ask(self) -> None:
        """Ask for the pairs."""
        self.desk.work(
            look,
            title=N_("Looking for people entered twice…"),
            then=self.on_found,
            otherwise=self.on_refused,
        )

    def on_found(self, pairs) -> None:
        """Show the pairs, the surest first."""
        self.model.show([PairRow(n, found) for n, found in enumerate(pairs, start=1)])
        message = NN_("{n} pair may be one person.", "{n} pairs may be one person each.")
        self.found.say(message if pairs else "", n=len(pairs))
        self.button.setVisible(bool(pairs))
        self.list.choose_first()

    def on_changed(self, changes) -> None:
        if changes.touches("person", "membership", "person_alias", "distinct_pair"):
            self.ask()

    def on_opened(self, _id) -> None:
        self.on_confirm()

    def confirm(self) -> None:
        id = self.list.current()
        if id is not None:
            found = self.model.row(self.model.place(id)).pair
            MergeDialog(self, self.desk, found.id, found.other_id).open()


def sides(read, *, first: int, second: int):
    """Return two people whole, and what stands against making them one."""
    return (
        [(personrecord.record(read, id=id), queries.member(read, id=id)) for id in (first, second)],
        merging.overlaps(read, keep_id=first, other_id=second),
    )


class Side(QWidget):
    """One of the two people."""

    def __init__(self) -> None:
        super().__init__()
        self.name, self.kept = Label("", "h3", wrap=True), Label("", "capb", "acc")
        self.facts = [Label("", "sec", "text", wrap=True) for _n in range(6)]
        captions = (
            N_("Other names"),
            N_("Mobile"),
            N_("E-mail"),
            N_("Sex"),
            N_("Affiliations"),
            N_("Meetings"),
        )
        self.seats = column(gap=6)
        inside = frame("card")
        column(
            row(self.name, None, self.kept),
            rule(),
            *(pair(Label(c, "cap"), f) for c, f in zip(captions, self.facts, strict=True)),
            rule(),
            Label(C_("member", "Seats held"), "h3"),
            self.seats,
            None,
            margins=(16, 14, 16, 14),
            gap=8,
            into=inside,
        )
        column((inside, 1), into=self)

    def show_person(self, record, member) -> None:
        """Write what is known of the person; contact data stays masked."""
        said = words()
        self.name.say(" ".join(filter(None, (record.name, record.hanja))))
        works = [
            " ".join(filter(None, (named(w.organisation_ko, w.organisation_en), w.post)))
            for w in record.affiliations
        ]
        values = (
            ", ".join(alias.name for alias in record.aliases),
            access.masked_phone(record.phone),
            access.masked_email(record.email),
            say(GENDERS[record.gender]) if record.gender else "",
            ", ".join(works),
            say(N_("{n} on the sheet"), n=len(member.attendance)) if member.attendance else "",
        )
        for label, value in zip(self.facts, values, strict=True):
            label.say(value or "–")
        layout = self.seats.layout()
        while layout.count():
            layout.takeAt(0).widget().deleteLater()
        for seat in member.memberships:
            place = Label(named(seat.body_ko, seat.body_en), "secb", wrap=True)
            from_ = named(seat.organisation_ko, seat.organisation_en)
            told = Label(" · ".join(filter(None, (say(ROLES[seat.role]), from_))), "cap", wrap=True)
            days = Label(said.days(seat.starts_on, seat.ends_on), "cap")
            layout.addWidget(column(place, told, days, gap=1))
        if not member.memberships:
            layout.addWidget(Label(N_("No seat"), "cap"))


class MergeDialog(Dialog):
    """Two people side by side; one is kept and takes the history of both."""

    drafts = False

    def __init__(self, parent, desk, person_id: int, other_id: int) -> None:
        self.desk, self.ids = desk, (person_id, other_id)
        self.left, self.right = Side(), Side()
        self.keep = Segment((N_("Keep the left"), N_("Keep the right")), 0, N_("Who is kept"))
        self.apart = Button(N_("These are two persons"), slot=self.on_apart)
        self.clash = Label("", "sec", "bad", wrap=True)
        self.clash.hide()
        super().__init__(
            parent,
            N_("Are these one person?"),
            row(self.keep, None, self.apart),
            scrolled(row((self.left, 1), (self.right, 1), gap=12)),
            self.clash,
            Label(
                N_(
                    "The kept one takes the seats, posts, attendance, consents and names of both;"
                    " what is empty is filled. Undo takes it back whole."
                ),
                "cap",
                wrap=True,
            ),
            button=N_("Make one person"),
            width=760,
        )
        self.setMinimumHeight(theme.px(560))
        self.button.setEnabled(False)
        self.keep.chosen.connect(self.on_keep)
        desk.read(
            sides, then=self.on_sides, otherwise=self.on_refused, first=person_id, second=other_id
        )

    def on_sides(self, found) -> None:
        """Show both, and the days that stand against it."""
        both_of, clashes = found
        for side, (record, member) in zip((self.left, self.right), both_of, strict=True):
            side.show_person(record, member)
        self.on_keep(self.keep.current())
        self.button.setEnabled(not clashes)
        if clashes:
            clash = clashes[0]
            said = words()
            refused = UserError(
                N_("Both are in {what}: {first} and {second}."),
                hint=merging.HINT,
                what=named(clash.what_ko, clash.what_en),
                first=said.days(*clash.first),
                second=said.days(*clash.second),
            )
            self.clash.say(str(refused))
        self.clash.setVisible(bool(clashes))

    def on_keep(self, n: int) -> None:
        """Mark the one that is kept."""
        self.left.kept.say(N_("Kept") if n == 0 else "")
        self.right.kept.say(N_("Kept") if n == 1 else "")

    def on_apart(self) -> None:
        """Note that they are two, so that the pair is offered no more."""
        self.desk.do(
            merging.keep_apart,
            then=self.on_accepted,
            otherwise=self.on_refused,
            person_id=self.ids[0],
            other_id=self.ids[1],
        )

    def confirm(self) -> None:
        n = self.keep.current()
        self.desk.do(
            merging.merge_people,
            then=self.on_accepted,
            otherwise=self.on_refused,
            keep_id=self.ids[n],
            other_id=self.ids[1 - n],
        )
