"""Forms of the members room; what is typed stays until it was accepted."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter

from db.vocab import BodyKind, Capacity, EndReason, Role
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.members import queries, rules, usecases
from gwangju_desktop.members.words import BODY_KINDS, CAPACITIES, END_REASONS, GENDERS, ROLES
from ui.text import C_, N_
from ui.widgets.forms import (
    Check,
    Choice,
    DateField,
    Dialog,
    Field,
    Labelled,
    Lines,
    NumberField,
)
from ui.widgets.parts import Label, row, rule

SEXES = ((None, N_("Not entered")), *GENDERS.items())
NO_REASON = ((None, C_("end of term", "Still in office")), *END_REASONS.items())


def side_by_side(*parts):
    """Return parts of equal width beside each other."""
    return row(*((part, 1) for part in parts), gap=12)


class Completing(Field):
    """A field that completes what is known already."""

    def show_known(self, known: list[str]) -> None:
        """Offer these."""
        completer = QCompleter(known, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setCompleter(completer)


class PersonForm:
    """The fields of a person."""

    KEYS = ("name", "hanja", "gender", "phone", "email", "note")

    def __init__(self, person=None) -> None:
        sex = person.gender if person else None
        self.name = Labelled(N_("Name"), Field())
        self.hanja = Labelled(N_("Name in Hanja"), Field())
        self.gender = Labelled(N_("Sex"), Choice(SEXES, N_("Sex"), sex))
        self.phone = Labelled(N_("Mobile"), Field())
        self.email = Labelled(N_("E-mail"), Field())
        self.note = Labelled(N_("Note"), Lines(N_("Note"), person.note if person else "", 60))
        for key in ("name", "hanja", "phone", "email"):
            getattr(self, key).field.setText(getattr(person, key) if person else "")

    def values(self) -> dict:
        """Return what was typed."""
        return {key: getattr(self, key).value() for key in self.KEYS}


class SeatForm:
    """The fields of a membership.

    For a new one the last day follows the first by a usual term until another is typed.
    """

    KEYS = ("organisation", "post", "capacity", "role", "starts_on", "ends_on", "voting")

    def __init__(self, desk, seat=None) -> None:
        start = seat.starts_on if seat else clock.today()
        self.offered = None if seat else rules.term_end(start)
        capacity = seat.capacity if seat else Capacity.APPOINTED.value
        role = seat.role if seat else Role.MEMBER.value
        self.organisation = Labelled(N_("Organisation"), Completing())
        self.post = Labelled(N_("Post"), Field())
        self.capacity = Labelled(
            N_("Capacity"), Choice(CAPACITIES.items(), N_("Capacity"), capacity)
        )
        self.role = Labelled(C_("in a body", "Role"), Choice(ROLES.items(), N_("Role"), role))
        self.starts_on = Labelled(N_("First day"), DateField(N_("First day"), start, 0))
        last = seat.ends_on if seat else self.offered
        self.ends_on = Labelled(N_("Last day"), DateField(N_("Last day"), last, 0))
        self.voting = Check(N_("Has a vote"), seat.voting if seat else True)
        if seat:
            self.organisation.field.setText(seat.organisation_ko)
            self.post.field.setText(seat.post)
        desk.read(queries.organisations, then=self.organisation.field.show_known)

    def follow(self) -> None:
        """Offer the last day of a usual term, or none for a post, unless another was typed."""
        try:
            start, end = self.starts_on.field.value(), self.ends_on.field.value()
        except UserError:
            return
        if start is None or end != self.offered:
            return
        appointed = self.capacity.field.value() == Capacity.APPOINTED.value
        self.offered = rules.term_end(start) if appointed else None
        self.ends_on.field.show_date(self.offered)

    def parts(self) -> list:
        """Return the fields laid out."""
        return [
            side_by_side(self.capacity, self.role),
            side_by_side(self.organisation, self.post),
            side_by_side(self.starts_on, self.ends_on),
            self.voting,
        ]

    def values(self) -> dict:
        """Return what was typed; raise UserError when there is no first day."""
        values = {key: getattr(self, key).value() for key in self.KEYS}
        if values["starts_on"] is None:
            message = N_("The first day is needed.")
            self.starts_on.wrong(str(UserError(message)))
            raise UserError(message)
        return values


class SeatDialog(Dialog):
    """A form with a membership in it."""

    def __init__(self, parent, desk, title, *parts, seat=None, **more) -> None:
        self.desk, self.seat = desk, SeatForm(desk, seat)
        super().__init__(parent, title, *parts, *self.seat.parts(), width=520, **more)
        if seat is None:
            self.seat.starts_on.field.editingFinished.connect(self.on_start)
            self.seat.capacity.field.currentIndexChanged.connect(self.on_start)

    def on_start(self) -> None:
        self.seat.follow()


class AddMemberDialog(SeatDialog):
    """Add a person with a seat in a body."""

    def __init__(self, parent, desk, bodies, body_id: int | None) -> None:
        self.person = PersonForm()
        self.body = Labelled(N_("Body"), Choice(bodies, N_("Body"), body_id))
        super().__init__(
            parent,
            desk,
            N_("Add member"),
            side_by_side(self.person.name, self.person.gender),
            side_by_side(self.person.phone, self.person.email),
            rule(),
            self.body,
            button=C_("button", "Add"),
        )

    def confirm(self) -> None:
        person = self.person.values()
        membership = {"body_id": self.body.value(), **self.seat.values()}
        self.desk.do(
            usecases.add_member,
            then=self.on_accepted,
            otherwise=self.on_refused,
            person=person,
            membership=membership,
        )


class AddSeatDialog(SeatDialog):
    """Seat a person who is known already in another body."""

    def __init__(self, parent, desk, bodies, person) -> None:
        self.person_id = person.id
        self.body = Labelled(N_("Body"), Choice(bodies, N_("Body")))
        super().__init__(
            parent,
            desk,
            N_("Add membership of {name}"),
            self.body,
            button=C_("button", "Add"),
            name=person.name,
        )
        if person.memberships:
            last = person.memberships[-1]
            self.seat.organisation.field.setText(last.organisation_ko)
            self.seat.post.field.setText(last.post)

    def confirm(self) -> None:
        self.desk.do(
            usecases.add_membership,
            then=self.on_accepted,
            otherwise=self.on_refused,
            person_id=self.person_id,
            body_id=self.body.value(),
            **self.seat.values(),
        )


class EditSeatDialog(SeatDialog):
    """Change a membership."""

    def __init__(self, parent, desk, seat) -> None:
        self.id = seat.id
        self.reason = Labelled(
            N_("Reason of the end"), Choice(NO_REASON, N_("Reason of the end"), seat.end_reason)
        )
        title = N_("Edit membership in {body}")
        body = rules.named(seat.body_ko, seat.body_en)
        super().__init__(parent, desk, title, seat=seat, body=body)
        self.layout().insertWidget(self.layout().count() - 3, self.reason)

    def confirm(self) -> None:
        self.desk.do(
            usecases.edit_membership,
            then=self.on_accepted,
            otherwise=self.on_refused,
            id=self.id,
            end_reason=self.reason.value(),
            **self.seat.values(),
        )


class EndSeatDialog(Dialog):
    """End a membership on a day, for a reason."""

    def __init__(self, parent, desk, seat, name: str) -> None:
        self.desk, self.id = desk, seat.id
        today = clock.today()
        self.ends_on = Labelled(N_("Last day in office"), DateField(N_("Last day"), today, 0))
        self.reason = Labelled(
            N_("Reason of the end"),
            Choice(END_REASONS.items(), N_("Reason of the end"), EndReason.RESIGNED.value),
        )
        super().__init__(
            parent,
            N_("End {name}'s membership in {body}"),
            side_by_side(self.ends_on, self.reason),
            Label(N_("Meetings after that day no longer list this member."), "cap", wrap=True),
            button=N_("End membership"),
            name=name,
            body=rules.named(seat.body_ko, seat.body_en),
        )

    def confirm(self) -> None:
        ends_on = self.ends_on.value()
        if ends_on is None:
            raise UserError(N_("The last day is needed."))
        self.desk.do(
            usecases.end_membership,
            then=self.on_accepted,
            otherwise=self.on_refused,
            id=self.id,
            ends_on=ends_on,
            reason=self.reason.value(),
        )


class PersonDialog(Dialog):
    """Change what is known of a person."""

    def __init__(self, parent, desk, person) -> None:
        self.desk, self.id = desk, person.id
        self.person = PersonForm(person)
        super().__init__(
            parent,
            N_("Edit person"),
            side_by_side(self.person.name, self.person.hanja),
            self.person.gender,
            side_by_side(self.person.phone, self.person.email),
            self.person.note,
            width=520,
        )

    def confirm(self) -> None:
        self.desk.do(
            usecases.edit_person,
            then=self.on_accepted,
            otherwise=self.on_refused,
            id=self.id,
            **self.person.values(),
        )


class BodyDialog(Dialog):
    """Add or change a body."""

    TEXTS = ("name_ko", "name_en", "short_ko", "short_en", "ordinance")

    def __init__(self, parent, desk, bodies, body=None) -> None:
        self.desk, self.id = desk, body.id if body else None
        self.name_ko = Labelled(N_("Name (Korean)"), Field())
        self.name_en = Labelled(N_("Name (English)"), Field())
        self.short_ko = Labelled(N_("Short name (Korean)"), Field())
        self.short_en = Labelled(N_("Short name (English)"), Field())
        self.ordinance = Labelled(N_("Ordinance"), Field())
        kind = body.kind if body else BodyKind.COMMITTEE.value
        self.kind = Labelled(N_("Kind"), Choice(BODY_KINDS.items(), N_("Kind"), kind))
        above = [(None, C_("body", "None")), *(pair for pair in bodies if pair[0] != self.id)]
        parent_id = body.parent_id if body else None
        self.parent_id = Labelled(N_("Belongs to"), Choice(above, N_("Belongs to"), parent_id))
        self.founded_on = Labelled(
            N_("Founded on"), DateField(N_("Founded on"), body.founded_on if body else None, 0)
        )
        self.dissolved_on = Labelled(
            N_("Dissolved on"),
            DateField(N_("Dissolved on"), body.dissolved_on if body else None, 0),
        )
        self.seats = Labelled(N_("Seats"), NumberField(N_("Seats"), body.seats if body else None))
        for key in self.TEXTS:
            getattr(self, key).field.setText(getattr(body, key) if body else "")
        super().__init__(
            parent,
            N_("Edit body") if body else N_("Add body"),
            side_by_side(self.name_ko, self.name_en),
            side_by_side(self.short_ko, self.short_en),
            side_by_side(self.kind, self.parent_id),
            side_by_side(self.founded_on, self.dissolved_on, self.seats),
            self.ordinance,
            button=N_("Save") if body else C_("button", "Add"),
            width=560,
        )

    def confirm(self) -> None:
        keys = (*self.TEXTS, "kind", "parent_id", "founded_on", "dissolved_on", "seats")
        values = {key: getattr(self, key).value() for key in keys}
        if self.id is not None:
            values["id"] = self.id
        usecase = usecases.add_body if self.id is None else usecases.edit_body
        self.desk.do(usecase, then=self.on_accepted, otherwise=self.on_refused, **values)
