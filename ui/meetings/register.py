"""The register of decisions: every item a body decided, by year, searched and printed."""

from __future__ import annotations

from gwangju_desktop.meetings import register
from gwangju_desktop.meetings.words import OUTCOMES, VOTE_METHODS
from gwangju_desktop.members import queries as members
from gwangju_desktop.members.rules import named
from ui.documents.dialog import DocumentsDialog
from ui.meetings.decision import TONES
from ui.models.rows import Cell, Column, RowTable, Table
from ui.text import C_, N_, NN_, day, say
from ui.widgets.forms import Choice, Field
from ui.widgets.lists import RowList
from ui.widgets.page import Hollow, Page, State
from ui.widgets.parts import Button, Label, column, row, rule

ALL = "all"


def title_cell(decision) -> Cell:
    """Show the item with the text decided."""
    text = " ".join((decision.resolution or decision.remark).split())
    return Cell(decision.title, sub=text, icon="lock" if decision.restricted else "", role="secb")


def meeting_cell(decision) -> Cell:
    """Show the meeting with its body."""
    return Cell(decision.meeting, sub=register.named(decision))


def outcome_cell(decision) -> Cell:
    """Show what was decided."""
    return Cell(chip=say(OUTCOMES[decision.outcome]), tone=TONES[decision.outcome])


def count_cell(decision) -> Cell:
    """Show the count; a majority that was not counted has no numbers."""
    if not decision.method:
        return Cell("–", ink="text3")
    method = say(VOTE_METHODS[decision.method])
    if decision.yes is None:
        return Cell(say(N_("not counted")), sub=method, ink="text2")
    return Cell(f"{decision.yes} · {decision.no or 0} · {decision.abstain or 0}", sub=method)


DECISIONS = Table(
    name="decisions",
    ids=register.decision_ids,
    rows=register.decision_rows,
    sort="day",
    follows={"agenda_item": "id"},
    derived=frozenset({"vote", "meeting"}),
    columns=(
        Column(
            "day", C_("decisions", "Day"), 96, sort="day", cell=lambda d: Cell(day(d.day, "full"))
        ),
        Column("number", C_("decisions", "Item number"), 112, sort="number"),
        Column("title", C_("decisions", "Item and decision"), sort="title", cell=title_cell),
        Column("meeting", C_("decisions", "Meeting"), 170, cell=meeting_cell, wide=True),
        Column("count", C_("decisions", "Count"), 110, cell=count_cell),
        Column("outcome", C_("decisions", "Result"), 168, sort="outcome", cell=outcome_cell),
    ),
)


class RegisterPage(Page):
    """Decisions of a year of a body, or of all."""

    title = N_("Decisions of the year")

    def __init__(self, desk) -> None:
        super().__init__(desk)
        self.model = self.table(RowTable(DECISIONS, desk))
        self.list = RowList(self.model, N_("Decisions of the year"), height=48)
        self.list.opened.connect(self.on_go_to)
        self.list.previewed.connect(self.on_current)
        self.model.arrived.connect(self.on_arrived)
        self.meta = Label("", "cap", elide=True)
        self.year = Choice([(ALL, N_("Every year"))], N_("Every year"))
        self.body = Choice([(ALL, N_("Every body"))], N_("Every body"))
        self.search = Field(N_("Search decisions"), search=True)
        self.year.currentIndexChanged.connect(self.ask)
        self.body.currentIndexChanged.connect(self.ask)
        self.search.typing.connect(self.on_typing)
        self.typed, self.bodies = "", []
        self.sheet = Button(N_("Decision sheet"), icon="file-text", slot=self.on_excerpt)
        self.book = Button(N_("Book of numbers"), "link", slot=self.on_book)
        self.half_year = Button(N_("Half-year report…"), "link", slot=self.on_half_year)
        self.print_button = Button(N_("Print the register"), icon="printer", slot=self.on_register)
        self.go_to = Button(N_("Go to the item"), slot=self.on_go_to)
        self.hollow = Hollow(
            self.list,
            State(
                "inbox",
                N_("No decision yet"),
                N_("What a body decides in its meetings is listed here."),
            ),
        )
        column(
            row(
                Label(C_("pane", "Decisions"), "h2"),
                (self.meta, 1),
                self.go_to,
                self.sheet,
                self.print_button,
                margins=(28, 14, 24, 2),
                gap=10,
            ),
            row(
                self.year,
                self.body,
                self.book,
                self.half_year,
                None,
                self.search,
                margins=(28, 2, 24, 8),
                gap=8,
            ),
            rule(),
            (row(self.hollow, margins=(20, 0, 16, 0)), 1),
            gap=0,
            into=self,
        )
        desk.changed.connect(self.on_changed)
        self.look()
        self.ask()

    def panes(self) -> list:
        """Return the stops of F6."""
        return [self.list, self.search, self.year]

    def look(self) -> None:
        """Read which years and bodies there are."""
        self.desk.read(register.years, then=self.on_years)
        self.desk.read(members.bodies, then=self.on_bodies)

    def on_years(self, years) -> None:
        options = [(ALL, N_("Every year")), *((n, str(n)) for n in years)]
        if options != self.year.options:
            self.year.show_options(options, self.year.value())

    def on_bodies(self, rows) -> None:
        self.bodies = list(rows)
        options = [(one.id, named(one.short_ko, one.short_en)) for one in rows]
        self.body.show_options([(ALL, N_("Every body")), *options], self.body.value())

    def on_typing(self, text: str) -> None:
        self.typed = text
        self.ask()

    def asked(self) -> dict:
        """Return what the list is narrowed to."""
        year, body = self.year.value(), self.body.value()
        return {
            "year": None if year == ALL else year,
            "body_id": None if body == ALL else body,
            "search": self.typed.strip(),
        }

    def ask(self, _n: int = 0) -> None:
        """Show the decisions asked for."""
        self.model.ask(**self.asked())

    def on_arrived(self) -> None:
        n, asked = self.model.rowCount(), self.asked()
        self.meta.say(NN_("{n} decision", "{n} decisions"), n=n)
        empty = self.hollow.empty
        if asked["search"] or asked["year"] or asked["body_id"]:
            empty.title.say(N_("No decision answers to this"))
            empty.hint.say(N_("Choose another year, or search for other words."))
        else:
            empty.title.say(N_("No decision yet"))
            empty.hint.say(N_("What a body decides in its meetings is listed here."))
        if n:
            self.list.choose_first()
        self.on_current()

    def on_current(self, _id=None) -> None:
        there = self.list.current() is not None and self.model.rowCount() > 0
        for button in (self.sheet, self.go_to, self.print_button):
            button.setEnabled(there)

    def on_changed(self, changes) -> None:
        if changes.touches("meeting", "agenda_item", "body"):
            self.look()

    def changeEvent(self, event) -> None:
        super().changeEvent(event)
        if event.type() == event.Type.LanguageChange:
            self.on_bodies(self.bodies)

    # --- what a person does
    def open(self, id: int | None = None, table: str = "") -> None:
        """Show a decision; of a vote or an amendment, the item it belongs to."""
        if id is not None and table in ("vote", "amendment"):
            self.desk.read(register.item_of, then=self.on_item, table=table, id=id)
        elif id is not None:
            self.list.choose(id)

    def on_item(self, item_id: int | None) -> None:
        if item_id is not None:
            self.go("meetings", item_id, "agenda_item")

    def on_go_to(self, _id=None) -> None:
        """Put the item in front where it was decided."""
        if self.list.current() is not None:
            self.go("meetings", self.list.current(), "agenda_item")

    def on_excerpt(self) -> None:
        """Show the decision sheet of the row."""
        if self.list.current() is not None:
            DocumentsDialog(self.window(), self.desk, "excerpt", self.list.current()).open()

    def on_book(self) -> None:
        """Show the numbers a body has given out, and why some stand for nothing."""
        from ui.meetings.given import NumbersDialog

        NumbersDialog(self.window(), self.desk, self.bodies, self.asked()["body_id"]).open()

    def on_half_year(self) -> None:
        """Show how the committees ran in the last half-year."""
        body_id = self.asked()["body_id"]
        DocumentsDialog(self.window(), self.desk, "half-year", body_id).open()

    def on_register(self) -> None:
        """Show the register as it will be printed."""
        asked = self.asked()
        DocumentsDialog(
            self.window(),
            self.desk,
            "register",
            asked["body_id"],
            period=str(asked["year"] or ""),
            search=asked["search"],
        ).open()


PANE = RegisterPage
