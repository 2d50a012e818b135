"""The order of precedence of a body (서열): a preset, or the seats as they are dragged."""

from __future__ import annotations

from db.vocab import Precedence
from gwangju_desktop.members import precedence
from gwangju_desktop.members.precedence import PRESETS
from gwangju_desktop.members.rules import named
from gwangju_desktop.members.words import CAPACITIES, ROLES
from ui import theme
from ui.models.rows import Cell, Column, RowTable, Table
from ui.text import C_, N_, say
from ui.widgets.forms import Choice, Dialog, Labelled
from ui.widgets.lists import RowList
from ui.widgets.parts import Label

LIST_HEIGHT, HEIGHT = 220, 580  # px: the list's least height, the dialog's where there is room
WATCHED = ("membership", "body", "person", "post", "organisation")


def who(seat) -> Cell:
    """Show the name over affiliation and post; the grip says that rows can be dragged."""
    affiliation = " ".join(
        filter(None, (named(seat.organisation_ko, seat.organisation_en), seat.post))
    )
    return Cell(seat.name, affiliation, role="secb", grip=True)


def part(seat) -> Cell:
    """Show the role, or for a plain member how the seat was come by."""
    role = ROLES[seat.role]
    plain = seat.role == "member"
    return Cell(say(CAPACITIES[seat.capacity] if plain else role), seat.field)


class Seats(RowTable):
    """The seats of a day, moved among those of that day."""

    def __init__(self, table: Table, desk, on) -> None:
        super().__init__(table, desk)
        self.on = on

    def move(self, id: int, by: int) -> None:
        if by and self.movable():
            self.desk.do(self.table.move, id=id, by=by, on=self.on)


class OrderDialog(Dialog):
    """Choose a preset or drag the seats (Alt+↑↓); each step is done at once and can be undone."""

    def __init__(self, parent, desk, body_id: int, on) -> None:
        self.desk, self.body_id, self.on = desk, body_id, on
        self.preset = Choice(PRESETS.items(), C_("order", "Ordered by"), Precedence.OFFICE.value)
        table = Table(
            columns=(
                Column("name", N_("Name · affiliation"), cell=who),
                Column("part", C_("order", "Role or capacity"), 150, cell=part),
            ),
            move=precedence.move_seat,
        )
        self.model = Seats(table, desk, on)
        self.list = RowList(self.model, N_("Order of precedence"), height=44)
        self.list.setMinimumHeight(theme.px(LIST_HEIGHT))
        hint = N_("Drag a row, or move it with Alt+↑ and Alt+↓.")
        super().__init__(
            parent,
            N_("Order of precedence"),
            Labelled(C_("order", "Ordered by"), self.preset),
            (self.list, 1),
            Label(hint, "cap", wrap=True),
            button=N_("Close"),
            width=520,
        )
        self.cancel_button.hide()
        self.resize(self.minimumWidth(), theme.px(HEIGHT))
        self.preset.activated.connect(self.on_preset)
        desk.changed.connect(self.on_changed)
        self.ask()

    def ask(self) -> None:
        """Ask for the seats in their order."""
        self.desk.read(precedence.roster, then=self.on_seats, body_id=self.body_id, on=self.on)

    def on_seats(self, found) -> None:
        preset, seats = found
        chosen = self.list.current()
        self.preset.choose(preset)
        self.model.show(seats)
        if chosen is not None and self.model.place(chosen) >= 0:
            self.list.choose(chosen)
        else:
            self.list.choose_first()

    def on_preset(self, _index: int) -> None:
        self.desk.do(
            precedence.set_precedence,
            otherwise=self.on_refused,
            body_id=self.body_id,
            preset=self.preset.value(),
        )

    def on_changed(self, changes) -> None:
        if changes.touches(*WATCHED):
            self.ask()
