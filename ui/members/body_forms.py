"""Forms of a body: what it is, its other names, its end."""

from __future__ import annotations

import datetime as dt

from db.vocab import BodyKind, Layout, NameKind, Precedence
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.members import bodies, usecases
from gwangju_desktop.members.precedence import PRESETS
from gwangju_desktop.members.rules import named
from gwangju_desktop.members.words import BODY_KINDS, NAME_KINDS
from ui.text import C_, N_, NN_
from ui.widgets.forms import Choice, DateField, Dialog, Field, Labelled, Lines, NumberField, beside
from ui.widgets.parts import Label, column

LAYOUTS = {
    Layout.U_SHAPE: C_("tables", "U shape"),
    Layout.ROWS: C_("tables", "In rows"),
    Layout.OVAL: C_("tables", "Around one table"),
}
LANGUAGES = (("ko", C_("language", "Korean")), ("en", C_("language", "English")))


def filled(label: str, value: str, help: str = "") -> Labelled:
    """Return a labelled field that shows the beginning of its text."""
    field = Field("", label)
    field.setText(value)
    field.setCursorPosition(0)
    return Labelled(label, field, help)


def dated(label: str, value: dt.date | None = None) -> Labelled:
    """Return a labelled field for a day, as wide as its place."""
    return Labelled(label, DateField(label, value, 0))


class BodyForm(Dialog):
    """Add or change a body."""

    edits = ("body", "id")
    TEXTS = ("name_ko", "name_en", "short_ko", "short_en", "contact_office", "ordinance")

    def __init__(self, parent, desk, bodies, body=None) -> None:
        self.desk, self.id = desk, body.id if body else None
        self.name_ko = filled(N_("Name (Korean)"), body.name_ko if body else "")
        self.name_en = filled(N_("Name (English)"), body.name_en if body else "")
        self.short_ko = filled(N_("Short name (Korean)"), body.short_ko if body else "")
        self.short_en = filled(N_("Short name (English)"), body.short_en if body else "")
        self.contact_office = filled(N_("Contact office"), body.contact_office if body else "")
        self.ordinance = filled(N_("Ordinance"), body.ordinance if body else "")
        kind = body.kind if body else BodyKind.COMMITTEE.value
        self.kind = Labelled(N_("Kind"), Choice(BODY_KINDS.items(), N_("Kind"), kind))
        above = [(None, C_("body", "None")), *(pair for pair in bodies if pair[0] != self.id)]
        parent_id = body.parent_id if body else None
        self.parent_id = Labelled(N_("Belongs to"), Choice(above, N_("Belongs to"), parent_id))
        self.founded_on = dated(N_("Founded on"), body.founded_on if body else None)
        self.sunset_on = dated(N_("Sunset date"), body.sunset_on if body else None)
        self.seats = Labelled(N_("Legal seats"), NumberField(N_("Legal seats"), width=0))
        if body and body.seats is not None:
            self.seats.field.setText(str(body.seats))
        order = body.precedence if body else Precedence.OFFICE.value
        self.precedence = Labelled(
            N_("Precedence"), Choice(PRESETS.items(), N_("Precedence"), order)
        )
        layout = body.layout if body else Layout.U_SHAPE.value
        self.tables = Labelled(
            N_("Room layout"), Choice(LAYOUTS.items(), N_("Room layout"), layout)
        )
        note = body.note if body else ""
        self.note = Labelled(N_("Note"), Lines(N_("Note"), note, 56))
        days = [self.founded_on, self.sunset_on, self.seats]
        self.dissolved_on = None
        if body and body.dissolved_on:
            self.dissolved_on = dated(N_("Dissolved on"), body.dissolved_on)
            days.append(self.dissolved_on)
        super().__init__(
            parent,
            N_("Edit body") if body else N_("Add body"),
            beside(self.name_ko, self.name_en),
            beside(self.short_ko, self.short_en),
            beside(self.kind, self.parent_id),
            beside(*days),
            beside(self.contact_office, self.ordinance),
            beside(self.precedence, self.tables),
            self.note,
            button=N_("Save") if body else C_("button", "Add"),
            width=600,
        )

    def confirm(self) -> None:
        keys = [*self.TEXTS, "kind", "parent_id", "founded_on", "sunset_on", "seats", "precedence"]
        values = {key: getattr(self, key).value() for key in [*keys, "note"]}
        values["layout"] = self.tables.value()
        if self.dissolved_on is not None:
            values["dissolved_on"] = self.dissolved_on.value()
        if self.id is not None:
            values["id"] = self.id
        usecase = usecases.add_body if self.id is None else usecases.edit_body
        self.desk.do(usecase, then=self.on_accepted, otherwise=self.on_refused, **values)


class NameForm(Dialog):
    """Add or change a former or parallel name of a body."""

    edits = ("body_name", "id")

    def __init__(self, parent, desk, body_id: int, name=None) -> None:
        self.desk, self.body_id, self.id = desk, body_id, name.id if name else None
        self.name = filled(C_("body", "Name"), name.name if name else "")
        hint = N_("Where the name stands, such as a law.")
        self.source = filled(N_("Source"), name.source if name else "", hint)
        kind = name.kind if name else NameKind.FORMER.value
        self.kind = Labelled(N_("Kind"), Choice(NAME_KINDS.items(), N_("Kind"), kind))
        spoken = name.language if name else "ko"
        self.language = Labelled(N_("Language"), Choice(LANGUAGES, N_("Language"), spoken))
        self.valid_from = dated(N_("First day"), name.valid_from if name else None)
        self.valid_to = dated(N_("Last day"), name.valid_to if name else None)
        super().__init__(
            parent,
            N_("Edit another name") if name else N_("Add another name"),
            self.name,
            beside(self.kind, self.language),
            beside(self.valid_from, self.valid_to),
            self.source,
            button=N_("Save") if name else C_("button", "Add"),
            width=480,
        )

    def confirm(self) -> None:
        keys = ("name", "kind", "language", "valid_from", "valid_to", "source")
        values = {key: getattr(self, key).value() for key in keys}
        if self.id is None:
            usecase, values["body_id"] = usecases.add_name, self.body_id
        else:
            usecase, values["id"] = bodies.edit_name, self.id
        self.desk.do(usecase, then=self.on_accepted, otherwise=self.on_refused, **values)


class DissolveDialog(Dialog):
    """Dissolve a body: the button names what ends with it."""

    edits = ("body", "body")

    def __init__(self, parent, desk, body) -> None:
        self.desk, self.body = desk, body
        self.on = dated(N_("Last day"), clock.today())
        self.memberships, self.posts, self.left = (Label("", "sec", wrap=True) for _n in range(3))
        super().__init__(
            parent,
            N_("Dissolve {body}"),
            self.on,
            column(self.memberships, self.posts, self.left, gap=4),
            Label(N_("One step: undo brings everything back."), "cap", wrap=True),
            button=N_("Dissolve body"),
            kind="danger",
            body=named(body.name_ko, body.name_en),
            width=460,
        )
        self.on.field.typing.connect(self.on_day)
        self.on_day()

    def on_day(self, *_typed) -> None:
        try:
            day = self.on.field.value()
        except UserError:
            return
        if day is not None:
            self.desk.read(bodies.ending, then=self.on_ending, id=self.body.id, on=day)

    def on_ending(self, counted) -> None:
        self.memberships.say(
            NN_("{n} membership ends on that day.", "{n} memberships end on that day."),
            n=counted.memberships,
        )
        self.posts.say(
            NN_(
                "{n} seat that goes with a post ends too.", "{n} seats that go with posts end too."
            ),
            n=counted.post_seats,
        )
        self.posts.setVisible(bool(counted.post_seats))
        self.left.say(
            N_("Not changed: meetings planned later {meetings}, bodies below it {below}."),
            meetings=counted.meetings,
            below=counted.below,
        )
        self.left.setVisible(bool(counted.meetings or counted.below))
        self.button.say(
            NN_("Dissolve · end {n} membership", "Dissolve · end {n} memberships"),
            n=counted.memberships,
        )

    def confirm(self) -> None:
        day = self.on.value()
        if day is None:
            raise UserError(N_("The last day is needed."))
        self.desk.do(
            bodies.dissolve_body,
            then=self.on_accepted,
            otherwise=self.on_refused,
            id=self.body.id,
            on=day,
        )
