"""The roll: who sits in a body on a day, and one member or the body beside it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget

from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.members import listing, queries
from gwangju_desktop.members.rules import MOST_APPOINTMENTS, SOON_DAYS, named
from gwangju_desktop.members.words import CAPACITIES, ROLES
from ui.members.cards import BodyCard, MemberCard, width
from ui.members.dialogs import AddMemberDialog, BodyDialog
from ui.members.strip import RatioStrip
from ui.models.rows import Cell, Column, RowTable, Table
from ui.text import C_, N_, day, language, say
from ui.widgets.forms import Choice, DateField, Field
from ui.widgets.lists import RowList
from ui.widgets.page import Hollow, Page, State, header
from ui.widgets.parts import Button, Icon, Label, column, row, rule

EVERYBODY = 0


def who(member) -> Cell:
    """Show the name over organisation and post, and that the person is made up."""
    organisation = named(member.organisation_ko, member.organisation_en)
    sub = " ".join(filter(None, (organisation, member.post)))
    if member.fictional:
        sub = " · ".join(filter(None, (sub, say(N_("Made up")))))
    return Cell(member.name, sub, role="secb", avatar=True)


def seats(member) -> Cell:
    """Show the role where it is one, else the bodies."""
    names = member.bodies_en if language() == "en" else member.bodies
    role = "" if member.role in ("", "member") else say(ROLES[member.role])
    first = " ".join(filter(None, (names[0] if names else "", role)))
    return Cell(" · ".join([first, *names[1:]]))


def until(member) -> Cell:
    """Show the last day: amber within a month, red when it has passed or cannot be renewed."""
    if member.ends_on is None:
        return Cell(say(N_("In office")) if member.starts_on else "–")
    left = (member.ends_on - clock.today()).days
    ink = ""
    if left <= SOON_DAYS:
        ink = "bad" if left < 0 or member.appointments >= MOST_APPOINTMENTS else "warn"
    return Cell(day(member.ends_on, "full"), ink=ink)


def came(member) -> Cell:
    """Show the share of meetings attended."""
    if member.came is None:
        return Cell("–")
    return Cell(f"{member.came:.0%}", bar=member.came, ink="acc" if member.came > 0.6 else "d3")


MEMBERS = Table(
    name="members",
    ids=listing.member_ids,
    rows=listing.member_rows,
    sort="name",
    follows={"person": "id", "membership": "person_id", "attendance": "person_id"},
    derived=frozenset({"organisation", "body", "meeting"}),
    columns=(
        Column("name", N_("Name · affiliation"), sort="name", cell=who),
        Column(
            "capacity",
            N_("Capacity"),
            92,
            sort="capacity",
            cell=lambda m: Cell(say(CAPACITIES[m.capacity]) if m.capacity else "–"),
        ),
        Column("bodies", N_("Body"), 180, cell=seats),
        Column(
            "starts_on",
            N_("Since"),
            120,
            sort="starts_on",
            wide=True,
            cell=lambda m: Cell(day(m.starts_on, "full")),
        ),
        Column("ends_on", N_("Term ends"), 112, sort="ends_on", cell=until),
        Column(
            "appointments",
            N_("Appointments"),
            84,
            "center",
            sort="appointments",
            cell=lambda m: Cell(f"{m.appointments}/{MOST_APPOINTMENTS}" if m.ends_on else "–"),
        ),
        Column("came", N_("Attendance rate"), 150, wide=True, cell=came),
        Column("phone", N_("Phone"), 190, wide=True),
    ),
)


class RollPage(Page):
    """The roll at the left, the member or the body at the right."""

    def __init__(self, desk) -> None:
        super().__init__(desk)
        self.body_id: int | None = None
        self.on = clock.today()
        self.bodies: list = []
        self._wanted: int | None = None
        self._settled = False
        self.model = self.table(RowTable(MEMBERS, desk))
        self.list = RowList(self.model, N_("Members"), height=48)
        self.body = Choice((), N_("Body"), width=220)
        self.day = DateField(N_("Members on"), self.on, 116)
        self.search = Field(N_("Find name or affiliation"), search=True)
        self.about = Button("", icon="building-2", name=N_("Show body"), slot=self.on_body_card)
        self.heading, self.meta = Label("", "h2"), Label("", "sec", elide=True)
        self.foot = Label("", "cap", elide=True)
        self.card, self.body_card = MemberCard(self), BodyCard(self)
        self.side = QStackedWidget()
        self.side.addWidget(self.card)
        self.side.addWidget(self.body_card)
        self._lay_out()
        self._connect()
        desk.read(queries.bodies, then=self.on_bodies, on=self.on)

    def _lay_out(self) -> None:
        self.ratios = RatioStrip(self.desk)
        add_body = Button(N_("Add body"), icon="building-2", slot=self.on_add_body)
        add = Button(N_("Add member"), "primary", "plus", slot=self.on_add)
        self.writing(add_body, add)
        self.strip = row((self.ratios, 1), margins=(28, 8, 24, 8))
        self.first_body = Button(N_("Add body"), icon="building-2", slot=self.on_add_body)
        self.empty = State(
            "users",
            N_("No bodies yet"),
            N_("Add the first body, then its members."),
            self.writing(self.first_body),
        )
        self.hollow = Hollow(self.list, self.empty)
        self.no_day = Label("", "cap", "bad", wrap=True)
        self.wrong_day = row(
            Icon("circle-alert", "bad", 14), (self.no_day, 1), margins=(28, 0, 24, 8), gap=6
        )
        self.wrong_day.hide()
        tools = row(
            self.body,
            self.about,
            4,
            Label(N_("Members on"), "cap"),
            self.day,
            None,
            (self.search, 3),
            margins=(28, 0, 24, 8),
        )
        left = column(
            header(self.heading, self.meta, add_body, add),
            tools,
            self.wrong_day,
            rule(),
            self.strip,
            rule(),
            (row(self.hollow, margins=(20, 0, 16, 0)), 1),
            row(
                (self.foot, 1),
                Label(N_("Space previews · Enter edits"), "cap"),
                margins=(28, 6, 24, 8),
            ),
            gap=0,
        )
        row((left, 1), self.dock(self.side), gap=0, into=self)
        self.dress()

    def _connect(self) -> None:
        self.body.currentIndexChanged.connect(self.on_body)
        self.day.editingFinished.connect(self.on_day)
        self.search.typing.connect(self.on_typing)
        self.list.previewed.connect(self.on_previewed)
        self.list.opened.connect(self.on_opened)
        self.list.peeked.connect(self.on_peek)
        self.model.arrived.connect(self.on_arrived)
        self.body_card.edited.connect(self.on_edit_body)
        self.desk.changed.connect(self.on_changed)

    def dress(self) -> None:
        self.side.setFixedWidth(width())

    def changeEvent(self, event) -> None:
        if event.type() == event.Type.StyleChange and hasattr(self, "side"):
            self.dress()
        elif event.type() == event.Type.LanguageChange and self.bodies:
            self.on_bodies(self.bodies)
        super().changeEvent(event)

    def inspects(self) -> bool:
        return bool(self.bodies)

    def panes(self) -> list:
        return [self.list, self.side.currentWidget(), self.search]

    def open(self, id: int | None = None, table: str = "") -> None:
        """Show a person, or a body (its id, or minus its id)."""
        if id is None:
            return
        if table == "body" or id < 0:
            self.show_body(abs(id))
            self.side.setCurrentWidget(self.body_card)
            return
        self._wanted = id
        self.search.clear()
        self.side.setCurrentWidget(self.card)
        self.card.open(id)
        if self.model.place(id) >= 0:
            self.on_arrived()
        else:
            self.show_body(EVERYBODY)

    # --- what is shown
    def body_options(self) -> list[tuple[int, str]]:
        """Return the bodies as options of a choice."""
        return [(body.id, named(body.short_ko, body.short_en)) for body in self.bodies]

    def show_body(self, id: int) -> None:
        """Show the roll of a body; EVERYBODY is all there are."""
        self.body_id = id or None
        self.body.blockSignals(True)
        self.body.choose(id)
        self.body.blockSignals(False)
        self.ask()

    def ask(self) -> None:
        """Ask for the roll of the body and day chosen."""
        asked = {"on": self.on if self.body_id else None, "body_id": self.body_id}
        self.model.table = replace(MEMBERS, rows=partial(listing.member_rows, **asked))
        self.model.kept.clear()
        self._say_empty()
        self.model.ask(words=self.search.text(), **asked)
        self.strip.setVisible(bool(self.body_id))
        self.about.setVisible(bool(self.body_id))
        if self.body_id:
            self.desk.read(queries.body, then=self.on_detail, id=self.body_id, on=self.on)
            self.body_card.open(self.body_id)
        else:
            self.heading.say(C_("members", "Everybody"))
            self.meta.say(N_("Everybody, with or without a seat"))
            self.foot.say("")

    # --- slots
    def on_bodies(self, bodies) -> None:
        self.bodies = bodies
        self._say_empty()
        if not self.narrow:
            self.side.setVisible(self.inspects())
        below = {body.id for body in bodies if body.parent_id}
        options = [(EVERYBODY, C_("members", "Everybody"))]
        for body in bodies:
            name = named(body.short_ko, body.short_en)
            indent = "　" if body.id in below else ""
            options.append((body.id, f"{indent}{name} {body.members}"))
        self.body.show_options(options, self.body_id or EVERYBODY)
        if not self._settled:
            self._settled = True
            self.show_body(bodies[0].id if bodies and self._wanted is None else EVERYBODY)
        else:
            self.ask()

    def _say_empty(self, typed: str = "") -> None:
        """Say why there may be nobody to show."""
        self.first_body.setVisible(not self.bodies and not self.desk.read_only)
        if (typed or self.search.text()).strip():
            self.empty.title.say(N_("Nobody found"))
            self.empty.hint.say(N_("Try part of a name or an affiliation, or another body."))
        elif not self.bodies:
            self.empty.title.say(N_("No bodies yet"))
            self.empty.hint.say(N_("Add the first body, then its members."))
        else:
            self.empty.title.say(N_("Nobody on that day"))
            self.empty.hint.say(N_("Choose another body or day, or add the first member."))

    def on_detail(self, body) -> None:
        if body.id != self.body_id:
            return
        self.heading.say(named(body.name_ko, body.name_en))
        self.meta.say(body.ordinance)
        self.strip.setVisible(bool(body.appointed))
        self.ratios.show_body(body.id, self.on)
        values = {"n": body.members, "x": body.ex_officio, "a": body.appointed}
        if body.vacant is None:
            self.foot.say(N_("{n} members · ex officio {x} · appointed {a}"), **values)
        else:
            message = N_("{n} members · ex officio {x} · appointed {a} · vacant {v}")
            self.foot.say(message, v=body.vacant, **values)

    def on_changed(self, changes) -> None:
        if changes.touches("body", "membership"):
            self.desk.read(queries.bodies, then=self.on_bodies, on=self.on)

    def on_arrived(self) -> None:
        if self._wanted is not None and self.model.place(self._wanted) >= 0:
            self.list.choose(self._wanted)
            self._wanted = None
        elif self._wanted is None:
            self.list.choose_first()

    def on_previewed(self, id) -> None:
        self.side.setCurrentWidget(self.card)
        self.card.open(id)
        self.moved.emit(id, "person")

    def on_opened(self, _id) -> None:
        self.on_edit()

    def on_body(self, _index) -> None:
        self.show_body(self.body.value() or EVERYBODY)

    def _say_day(self, wrong: str) -> None:
        """Say under the field what is wrong with the day."""
        self.no_day.say(wrong)
        self.wrong_day.setVisible(bool(wrong))
        self.day.setAccessibleDescription(wrong)

    def on_day(self) -> None:
        try:
            chosen = self.day.value() or clock.today()
        except UserError as error:
            self._say_day(str(error))
            self.day.setProperty("wrong", True)
            self.day.style().polish(self.day)
            return
        self._say_day("")
        self.day.setProperty("wrong", False)
        self.day.style().polish(self.day)
        self.day.show_date(chosen)
        if chosen != self.on:
            self.on = chosen
            self.desk.read(queries.bodies, then=self.on_bodies, on=self.on)

    def on_typing(self, typed: str) -> None:
        asked = {"on": self.on if self.body_id else None, "body_id": self.body_id}
        self._say_empty(typed)
        self.model.ask(words=typed, **asked)

    def on_find(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def on_body_card(self) -> None:
        if self.body_id:
            self.side.setCurrentWidget(self.body_card)
            if self.narrow:
                self.on_peek()

    def on_edit(self) -> None:
        if not self.desk.read_only:
            self.card.on_edit()

    def on_add(self) -> None:
        if not self.bodies:
            self.on_add_body()
            return
        dialog = AddMemberDialog(self.window(), self.desk, self.body_options(), self.body_id)
        dialog.accepted.connect(self.on_added)
        dialog.open()

    def on_added(self) -> None:
        self._wanted = self.sender().value
        self.on_arrived()

    def on_add_body(self) -> None:
        BodyDialog(self.window(), self.desk, self.body_options()).open()

    def on_edit_body(self) -> None:
        if self.body_card.record:
            BodyDialog(self.window(), self.desk, self.body_options(), self.body_card.record).open()


PANE = RollPage
