"""The bodies of the office as a tree, the dissolved ones greyed, and one of them beside it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QStackedWidget

from gwangju_desktop import clock, settings
from gwangju_desktop.errors import UserError
from gwangju_desktop.members import bodies, terms
from gwangju_desktop.members.rules import named
from gwangju_desktop.members.words import BODY_KINDS
from ui import theme
from ui.members.body_card import NEAR, BodySheet
from ui.members.body_forms import BodyForm
from ui.members.office_card import OfficeCard
from ui.models.rows import Cell, Column, RowTable, Table
from ui.text import C_, N_, NN_, day, language, say
from ui.widgets.forms import DateField
from ui.widgets.lists import RowList
from ui.widgets.page import Page
from ui.widgets.parts import Button, Icon, Label, column, frame, row, rule

WIDTH, WIDER, WIDE_FROM = 600, 760, 1600
INDENT = 18
OFFICE = 0  # the row of the office itself, above its bodies


@dataclass(frozen=True, slots=True)
class OfficeRow:
    """The office at the head of the tree."""

    name: str
    sub: str
    id: int = OFFICE


def body_name(node) -> Cell:
    """Show a body under its parent, greyed where it is dissolved."""
    if isinstance(node, OfficeRow):
        return Cell(node.name, node.sub, icon="building-2", role="secb")
    kind = say(BODY_KINDS[node.kind])
    gone = node.dissolved_on is not None
    return Cell(
        named(node.name_ko, node.name_en),
        kind,
        ink="text3" if gone else "",
        role="sec" if gone else "secb",
        indent=theme.px(INDENT * (node.depth + 1)),
    )


def body_members(node) -> Cell:
    """Show how many sit in it, of how many legal seats."""
    if isinstance(node, OfficeRow):
        return Cell()
    if node.seats is None:
        return Cell(str(node.members), ink="text2")
    return Cell(f"{node.members}/{node.seats}", ink="text2")


def body_end(node) -> Cell:
    """Show the day a body was dissolved, else its sunset date, amber when it is near."""
    if isinstance(node, OfficeRow):
        return Cell()
    if node.dissolved_on is not None:
        return Cell(day(node.dissolved_on, "full"), say(C_("body", "dissolved")), ink="text3")
    if node.sunset_on is None:
        return Cell("–", ink="text3")
    left = (node.sunset_on - clock.today()).days
    ink = "bad" if left < 0 else "warn" if left <= NEAR else ""
    return Cell(day(node.sunset_on, "full"), ink=ink)


TREE = Table(
    name="bodies",
    move=bodies.move_body,
    columns=(
        Column("name", C_("body", "Name · kind"), cell=body_name),
        Column("members", N_("Members"), 76, "right", cell=body_members),
        Column("ends", C_("body", "Sunset"), 108, "right", cell=body_end),
    ),
)


def office_and_bodies(read, *, on):
    """Return the names of the office and the tree of its bodies on a day."""
    return settings.names(read, on), bodies.tree(read, on=on)


class Tree(RowTable):
    """The tree's rows; a row dragged moves among its siblings."""

    def move(self, id: int, by: int) -> None:
        """Move a body among its siblings: one step by keys, past as many as a drag passed."""
        n = self.place(id)
        node = self.row(n)
        if id == OFFICE or node is None or not by:
            return
        if abs(by) > 1:
            first, last = (n + 1, n + by) if by > 0 else (n + by, n - 1)
            passed = [self.row(at) for at in range(max(first, 0), last + 1)]
            steps = sum(getattr(other, "parent_id", id) == node.parent_id for other in passed)
            by = steps if by > 0 else -steps
        super().move(id, by)


class BodiesPage(Page):
    """The tree at the left, the office or one body at the right."""

    def __init__(self, desk) -> None:
        super().__init__(desk)
        self.on = clock.today()
        self.nodes: list = []
        self.id: int | None = None
        self.meta = Label("", "sec", elide=True)
        self.day = DateField(N_("As of"), self.on, 112)
        self.no_day = Label("", "cap", "bad", wrap=True)
        self.wrong_day = row(
            Icon("circle-alert", "bad", 14), (self.no_day, 1), margins=(28, 0, 24, 8), gap=6
        )
        self.wrong_day.hide()
        self.add = self.writing(Button(N_("Add body"), "primary", "plus", slot=self.on_add_body))
        self.model = self.table(Tree(TREE, desk))
        self.list = RowList(self.model, C_("pane", "Bodies"), height=48)
        self.hint = Label(N_("Alt+↑↓ moves a body · Enter edits"), "cap")
        self.writing(self.hint)
        self.sheet, self.office = BodySheet(self), OfficeCard(self)
        self.side = QStackedWidget()
        self.side.addWidget(self.sheet)
        self.side.addWidget(self.office)
        self.frame = frame("inspector")
        column((self.side, 1), gap=0, into=self.frame)
        left = column(
            row(
                Label(C_("pane", "Bodies"), "h2"),
                (self.meta, 1),
                Label(N_("As of"), "cap"),
                self.day,
                self.add,
                margins=(28, 14, 24, 12),
            ),
            self.wrong_day,
            rule(),
            (row(self.list, margins=(20, 0, 16, 0)), 1),
            row(None, self.hint, margins=(28, 6, 24, 8)),
            gap=0,
        )
        row((left, 1), self.dock(self.frame), gap=0, into=self)
        self.dress()
        self.list.previewed.connect(self.on_previewed)
        self.list.opened.connect(self.on_opened)
        self.list.peeked.connect(self.on_peek)
        self.day.editingFinished.connect(self.on_day)
        desk.changed.connect(self.on_changed)
        self.ask()

    def dress(self) -> None:
        wide = self.window().width() >= theme.px(WIDE_FROM)
        self.frame.setFixedWidth(theme.px(WIDER if wide else WIDTH))

    def resizeEvent(self, event) -> None:
        self.dress()
        super().resizeEvent(event)

    def changeEvent(self, event) -> None:
        if event.type() == event.Type.StyleChange and hasattr(self, "frame"):
            self.dress()
        elif event.type() == event.Type.LanguageChange:
            self.ask()
            if not self.wrong_day.isHidden():
                self.on_day()
        super().changeEvent(event)

    def panes(self) -> list:
        return [self.list, self.side.currentWidget().list, self.day]

    def open(self, id: int | None = None, table: str = "") -> None:
        """Show a body."""
        if id is not None:
            self.id = id
            self.list.choose(id)
            self.show_one(id)
            if self.narrow:
                self.frame.show()
                self.frame.raise_()

    # --- what is shown
    def ask(self) -> None:
        """Ask for the tree and the office's name on the day."""
        self.desk.read(office_and_bodies, then=self.on_tree, on=self.on)

    def on_tree(self, found) -> None:
        names, self.nodes = found
        nodes, (office, city) = self.nodes, names[language()]
        self.model.show([OfficeRow(city, office), *nodes])
        gone = sum(node.dissolved_on is not None for node in nodes)
        message = NN_("{n} body, {gone} dissolved", "{n} bodies, {gone} dissolved")
        self.meta.say(message if nodes else N_("No bodies yet"), n=len(nodes), gone=gone)
        if self.id is None or self.model.place(self.id) < 0:
            self.id = nodes[0].id if nodes else OFFICE
        if self.list.current() != self.id:
            self.list.choose(self.id)
        else:
            self.show_one(self.id)

    def show_one(self, id: int) -> None:
        """Show the office, or a body, beside the tree."""
        self.id = id
        if id == OFFICE:
            self.office.ask()
            self.side.setCurrentWidget(self.office)
        else:
            self.sheet.open(id)
            self.side.setCurrentWidget(self.sheet)

    def body_options(self) -> list[tuple[int, str]]:
        """Return the bodies as options of a choice."""
        return [(node.id, named(node.short_ko, node.short_en)) for node in self.nodes]

    def start_term(self, body) -> None:
        """Begin the body's next term on the page for it; the first one by its days."""
        coming = [term.id for term in body.terms if term.starts_on > clock.today()]
        if coming:
            self.on_term(coming[-1])
        elif body.terms:
            self.desk.do(terms.open_term, then=self.on_term, body_id=body.id)
        else:
            from ui.members.newterm_dialogs import TermDialog

            TermDialog(self.window(), self.desk, body.id).open()

    def on_term(self, id) -> None:
        self.go("members", id, "term")

    # --- slots
    def on_changed(self, changes) -> None:
        if changes.touches("body", "membership", "setting", "setting_period"):
            self.ask()

    def on_previewed(self, id) -> None:
        self.show_one(id)
        if id != OFFICE:
            self.moved.emit(id, "body")

    def on_opened(self, id) -> None:
        if id == OFFICE:
            self.office.on_edit()
        else:
            self.sheet.on_edit()

    def on_day(self) -> None:
        try:
            chosen = self.day.value() or clock.today()
        except UserError as error:
            self._say_day(str(error))
            return
        self._say_day("")
        self.day.show_date(chosen)
        if chosen != self.on:
            self.on = chosen
            self.ask()

    def _say_day(self, wrong: str) -> None:
        """Say under the field what is wrong with the day."""
        self.no_day.say(wrong)
        self.wrong_day.setVisible(bool(wrong))
        self.day.setAccessibleDescription(wrong)
        self.day.setProperty("wrong", bool(wrong))
        self.day.style().polish(self.day)

    def on_add_body(self) -> None:
        dialog = BodyForm(self.window(), self.desk, self.body_options())
        dialog.accepted.connect(self.on_added)
        dialog.open()

    def on_added(self) -> None:
        self.id = self.sender().value
        self.ask()


PANE = BodiesPage
