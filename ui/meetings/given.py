"""The book of numbers: every number a body has given out, and why one stands for nothing."""

from __future__ import annotations

from db.vocab import DrawnKind
from gwangju_desktop.meetings import numbers
from gwangju_desktop.members.rules import named
from ui import theme
from ui.models.rows import Cell, Column, RowTable, Table
from ui.text import C_, N_, NN_, day, say
from ui.widgets.forms import Choice, Dialog
from ui.widgets.lists import RowList
from ui.widgets.page import Hollow, State
from ui.widgets.parts import Label, row

KINDS = {
    DrawnKind.MEETING: C_("book of numbers", "Meeting"),
    DrawnKind.ITEM: C_("book of numbers", "Agenda item"),
}
HEIGHT = 420


def _named(given) -> Cell:
    if given.gap:
        title = given.title or say(N_("Nothing stands under it"))
        return Cell(title, sub=given.gap, ink="text2" if not given.title else "")
    return Cell(given.title)


GIVEN = Table(
    columns=(
        Column(
            "text", C_("book of numbers", "Number"), 130, cell=lambda g: Cell(g.text, role="secb")
        ),
        Column("kind", C_("book of numbers", "Kind"), 96, cell=lambda g: Cell(say(KINDS[g.kind]))),
        Column("title", C_("book of numbers", "Stands for · why not used"), cell=_named),
        Column(
            "drawn_at",
            C_("book of numbers", "Given on"),
            110,
            cell=lambda g: Cell(day(g.drawn_at.date(), "full")),
        ),
    )
)


class NumbersDialog(Dialog):
    """All numbers of a body, newest last; gaps say why."""

    def __init__(self, parent, desk, bodies, body_id: int | None) -> None:
        self.desk = desk
        options = [(one.id, named(one.short_ko, one.short_en)) for one in bodies]
        chosen = body_id if body_id is not None else (options[0][0] if options else None)
        self.body = Choice(options, N_("Body"), chosen)
        self.total = Label("", "cap")
        self.list = RowList(RowTable(GIVEN), N_("Book of numbers"), height=46)
        self.hollow = Hollow(
            self.list,
            State(
                "inbox",
                N_("No number was given out yet"),
                N_("A meeting and its items get theirs when the notice goes out."),
            ),
        )
        self.hollow.setMinimumHeight(theme.px(HEIGHT))
        super().__init__(
            parent,
            N_("Book of numbers"),
            row(self.body, None, self.total),
            self.hollow,
            width=760,
        )
        self.button.hide()
        self.cancel_button.say(N_("Close"))
        self.body.currentIndexChanged.connect(self.ask)
        self.ask()

    def ask(self, _n: int = 0) -> None:
        """Read the numbers of the chosen body."""
        if self.body.value() is not None:
            self.desk.read(numbers.book, then=self.on_book, body_id=self.body.value())

    def on_book(self, given) -> None:
        """Show the numbers."""
        self.list.model().show(given)
        gaps = sum(bool(one.gap) for one in given)
        if gaps:
            self.total.say(N_("{n} numbers, {gaps} of them unused"), n=len(given), gaps=gaps)
        else:
            self.total.say(NN_("{n} number", "{n} numbers"), n=len(given))
