"""The fields of a person and those of a seat, as forms lay them out."""

from __future__ import annotations

from db.vocab import Capacity, Role
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.members import access, queries, succession
from gwangju_desktop.members.words import CAPACITIES, CHANNELS, END_REASONS, GENDERS, ROLES
from ui.members.pickers import Completing, Decades, Masked
from ui.text import C_, N_
from ui.widgets.forms import Check, Choice, DateField, Field, Labelled, Lines, beside
from ui.widgets.parts import rule

SEXES = ((None, N_("Not entered")), *GENDERS.items())
YES_NO = (
    (None, N_("Not entered")),
    (True, C_("yes or no", "Yes")),
    (False, C_("yes or no", "No")),
)
NO_REASON = ((None, C_("end of term", "Still in office")), *END_REASONS.items())
NO_CHANNEL = (("", N_("Not entered")), *CHANNELS.items())


class PersonForm:
    """The fields of a person; those for counts only stand apart."""

    KEYS = ("name", "hanja", "latin", "phone", "email", "note")
    COUNTED = ("gender", "birth_decade", "disability", "youth")

    def __init__(self, person=None) -> None:
        self.whole = person is None  # what is for counts only comes with the whole record
        self.name = Labelled(N_("Name"), Field())
        self.hanja = Labelled(N_("Name in Hanja"), Field())
        self.latin = Labelled(N_("Name in Latin letters"), Field())
        phone, email = (person.phone, person.email) if person else ("", "")
        self.phone = Labelled(N_("Mobile"), Masked(phone, access.masked_phone(phone)))
        self.email = Labelled(N_("E-mail"), Masked(email, access.masked_email(email)))
        self.note = Labelled(N_("Note"), Lines(N_("Note"), person.note if person else "", 60))
        sex = person.gender if person else None
        self.gender = Labelled(N_("Sex"), Choice(SEXES, N_("Sex"), sex))
        self.birth_decade = Labelled(N_("Decade of birth"), Decades())
        self.disability = Labelled(N_("Disability"), Choice(YES_NO, N_("Disability")))
        self.youth = Labelled(N_("Youth"), Choice(YES_NO, N_("Youth")))
        for key in ("name", "hanja", "latin"):
            getattr(self, key).field.setText(getattr(person, key) if person else "")

    def show_counted(self, record) -> None:
        """Choose what is entered for counts."""
        self.whole = True
        for key in self.COUNTED:
            getattr(self, key).field.choose(getattr(record, key))

    def values(self) -> dict:
        """Return what was typed."""
        keys = (*self.KEYS, *self.COUNTED) if self.whole else self.KEYS
        return {key: getattr(self, key).value() for key in keys}


def usual(read, **asked) -> list:
    """Return the usual last day in a list: None inside is a seat without one."""
    return [succession.usual_end(read, **asked)]


class SeatForm:
    """The fields of a membership.

    For a new one the last day follows the first, by the body's rule, until another is typed.
    """

    KEYS = ("organisation", "post", "capacity", "role", "starts_on", "ends_on", "voting")
    MORE = ("field", "channel", "recommender", "appointment_number", "letter_on")

    def __init__(self, desk, seat=None, body_id: int | None = None) -> None:
        self.desk, self.body_id = desk, body_id
        self.whole = seat is None  # a row of a list has not all fields
        start = seat.starts_on if seat else clock.today()
        capacity = seat.capacity if seat else Capacity.APPOINTED.value
        role = seat.role if seat else Role.MEMBER.value
        self.organisation = Labelled(N_("Organisation"), Completing())
        self.post = Labelled(N_("Post"), Field())
        self.capacity = Labelled(
            N_("Capacity"), Choice(CAPACITIES.items(), N_("Capacity"), capacity)
        )
        self.role = Labelled(C_("in a body", "Role"), Choice(ROLES.items(), N_("Role"), role))
        self.starts_on = Labelled(N_("First day"), DateField(N_("First day"), start, 0))
        self.ends_on = Labelled(
            N_("Last day"), DateField(N_("Last day"), seat.ends_on if seat else None, 0)
        )
        self.voting = Check(N_("Has a vote"), seat.voting if seat else True)
        self.field = Labelled(N_("Seat group"), Field())
        self.channel = Labelled(N_("Found by"), Choice(NO_CHANNEL, N_("Found by")))
        self.recommender = Labelled(N_("Recommended by"), Completing())
        self.appointment_number = Labelled(N_("Number of the letter"), Field())
        self.letter_on = Labelled(
            N_("Day of the letter"), DateField(N_("Day of the letter"), None, 0)
        )
        self.offered = None
        if seat:
            self.organisation.field.setText(seat.organisation_ko)
            self.post.field.setText(seat.post)
        else:
            self.follow()
        self.role.field.currentIndexChanged.connect(self.on_role)
        desk.read(queries.organisations, then=self.on_organisations)

    def on_organisations(self, known: list[str]) -> None:
        """Complete the names of organisations."""
        self.organisation.field.show_known(known)
        self.recommender.field.show_known(known)

    def on_role(self) -> None:
        """An observer has no vote."""
        observer = self.role.field.value() == Role.OBSERVER.value
        self.voting.setEnabled(not observer)
        if observer:
            self.voting.setChecked(False)

    def show_detail(self, seat) -> None:
        """Write what only the seat's whole record has."""
        self.whole = True
        for key in ("field", "recommender", "appointment_number"):
            getattr(self, key).field.setText(getattr(seat, key))
        self.channel.field.choose(seat.channel)
        self.letter_on.field.show_date(seat.letter_on)
        self.on_role()
        for part in (self.starts_on, self.ends_on):
            part.field.setEnabled(not seat.follows)

    def follow(self) -> None:
        """Offer the last day by the body's rule, or none for a post, unless another was typed."""
        try:
            start, end = self.starts_on.field.value(), self.ends_on.field.value()
        except UserError:
            return
        if start is None or self.body_id is None or end != self.offered:
            return
        asked = {"body_id": self.body_id, "starts_on": start, "capacity": self.capacity.value()}
        offered = self.desk.peek(usual, **asked)
        if offered:
            self.offered = offered[0]
            self.ends_on.field.show_date(self.offered)

    def parts(self) -> list:
        """Return the fields laid out."""
        return [
            beside(self.capacity, self.role),
            beside(self.organisation, self.post),
            beside(self.starts_on, self.ends_on),
            self.voting,
            rule(),
            beside(self.field, self.channel, self.recommender),
            beside(self.appointment_number, self.letter_on),
        ]

    def values(self) -> dict:
        """Return what was typed; raise UserError when there is no first day."""
        keys = (*self.KEYS, *self.MORE) if self.whole else self.KEYS
        values = {key: getattr(self, key).value() for key in keys}
        if values["starts_on"] is None:
            message = N_("The first day is needed.")
            self.starts_on.wrong(str(UserError(message)))
            raise UserError(message)
        return values
