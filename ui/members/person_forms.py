"""Parts of the forms of people and seats: fields, and the lists that save at once."""

from __future__ import annotations

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtWidgets import QCompleter, QWidget

from db.vocab import Capacity, ConsentField, ConsentPurpose, Role
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.members import access, memberships, people, queries, rules
from gwangju_desktop.members.words import CAPACITIES, CHANNELS, END_REASONS, GENDERS, ROLES
from ui.text import C_, N_, say, words
from ui.widgets.forms import Check, Choice, DateField, Field, Labelled, Lines
from ui.widgets.painted import Chip
from ui.widgets.parts import Button, Label, column, row, rule, scrolled

SEXES = ((None, N_("Not entered")), *GENDERS.items())
YES_NO = (
    (None, N_("Not entered")),
    (True, C_("yes or no", "Yes")),
    (False, C_("yes or no", "No")),
)
NO_REASON = ((None, C_("end of term", "Still in office")), *END_REASONS.items())
NO_CHANNEL = (("", N_("Not entered")), *CHANNELS.items())
PURPOSES = {
    ConsentPurpose.CONTACT: C_("consent", "Getting in touch"),
    ConsentPurpose.STATISTICS: C_("consent", "Counts (sex, youth)"),
    ConsentPurpose.PUBLICATION: C_("consent", "Publishing"),
    ConsentPurpose.PAYMENT: C_("consent", "Paying allowances"),
}
CONSENTED = {
    ConsentField.PHONE: N_("Mobile"),
    ConsentField.EMAIL: N_("E-mail"),
    ConsentField.GENDER: N_("Sex"),
    ConsentField.BIRTH: N_("Decade of birth"),
    ConsentField.DISABILITY: N_("Disability"),
    ConsentField.NAME: N_("Name"),
    ConsentField.PHOTO: N_("Photograph"),
}


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


class Decades(Choice):
    """The decade of birth, "1980년대"."""

    def __init__(self, value: int | None = None) -> None:
        years = range(people.FIRST_DECADE + 30, people.LAST_DECADE, 10)
        options = [(None, N_("Not entered"))]
        options += [(year, say(N_("{year}s"), year=year)) for year in years]
        super().__init__(options, N_("Decade of birth"), value)


class PersonPicker(Field):
    """Somebody of the office, found by name or initial consonants while typing."""

    def __init__(self, desk, name: str) -> None:
        super().__init__("", name)
        self.desk, self.known = desk, {}
        self.offers = QStringListModel(self)
        completer = QCompleter(self.offers, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self.setCompleter(completer)
        self.typing.connect(self.on_typing)

    def on_typing(self, typed: str) -> None:
        """Ask who that may be."""
        if typed.strip() and typed not in self.known:
            self.desk.read(people.lookup, then=self.on_found, words=typed)

    def on_found(self, found) -> None:
        """Offer them, namesakes told apart by where they are from."""
        for person in found:
            self.known[self.called(person)] = person.id
        self.offers.setStringList([self.called(person) for person in found])
        self.settle()
        if self.hasFocus() and found and self.value() is None:
            self.completer().complete()

    def settle(self) -> None:
        """Take the only namesake without asking."""
        typed = self.text().strip()
        same = {id for called, id in self.known.items() if called.split(" · ")[0] == typed}
        if len(same) == 1:
            self.known.setdefault(typed, same.pop())

    def called(self, person) -> str:
        """Return how somebody is offered."""
        label = " · ".join(filter(None, (person.name, person.organisation)))
        other = self.known.get(label, person.id)
        return label if other == person.id else f"{label} ({person.id})"

    def value(self) -> int | None:
        """Return the person's id, None when nobody known is named."""
        return self.known.get(self.text().strip())


class Masked(Field):
    """Contact data in a form: masked until something else is typed in its place."""

    def __init__(self, kept: str, mask: str) -> None:
        super().__init__()
        self.kept, self.mask = kept, mask
        self.setText(mask)

    def value(self) -> str:
        """Return what was typed, or what is kept when the mask still stands."""
        typed = super().value()
        if typed == self.mask:
            return self.kept
        if "*" in typed:
            raise UserError(N_("Type the whole of it; what is masked cannot be kept in part."))
        return typed


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
    return [memberships.usual_end(read, **asked)]


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
            side_by_side(self.capacity, self.role),
            side_by_side(self.organisation, self.post),
            side_by_side(self.starts_on, self.ends_on),
            self.voting,
            rule(),
            side_by_side(self.field, self.channel, self.recommender),
            side_by_side(self.appointment_number, self.letter_on),
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


class SavedList(QWidget):
    """Rows of a person's record and a line to add one; each change is saved at once."""

    def __init__(self, desk, empty: str) -> None:
        super().__init__()
        self.desk = desk
        self.rows = column(gap=6)
        self.empty = Label(empty, "cap")
        self.wrong = Label("", "cap", "bad", wrap=True)
        self.wrong.hide()
        self.removers: list[Button] = []
        inside = column(self.empty, self.rows, None, gap=6)
        self.pane = scrolled(inside)
        column((self.pane, 1), rule(), self.adding(), self.wrong, gap=8, into=self)

    def adding(self) -> QWidget:
        """Return the line that adds one."""
        raise NotImplementedError

    def show_rows(self, parts) -> None:
        """Show these rows in the place of the last."""
        layout = self.rows.layout()
        while layout.count():
            layout.takeAt(0).widget().deleteLater()
        for part in parts:
            layout.addWidget(part)
        self.empty.setVisible(not parts)
        self.wrong.hide()

    def on_refused(self, error: Exception) -> None:
        """Say why a change was refused."""
        from ui import alerts

        sentence = alerts.sentence(error)
        if sentence is None:
            alerts.tell(error)
            return
        self.wrong.say(sentence)
        self.wrong.show()

    def run(self, usecase, then, **asked) -> None:
        """Save a change."""
        self.desk.do(usecase, then=then, otherwise=self.on_refused, **asked)


class Names(SavedList):
    """Other names of a person."""

    def __init__(self, desk, person_id: int) -> None:
        self.person_id = person_id
        self.name = Labelled(N_("Another name"), Field())
        self.add = Button(C_("button", "Add"), icon="plus", slot=self.on_add)
        super().__init__(desk, N_("No other names"))

    def adding(self) -> QWidget:
        return _line(self.name, add=self.add)

    def show_record(self, record) -> None:
        """Show the names of a record."""
        self.removers = [
            _Remover(alias.id, people.remove_alias, self, N_("Remove another name of the person"))
            for alias in record.aliases
        ]
        self.show_rows(
            [
                row((Label(alias.name, "sec", "text", wrap=True), 1), remover)
                for alias, remover in zip(record.aliases, self.removers, strict=True)
            ]
        )

    def on_add(self) -> None:
        self.run(people.add_alias, self.on_added, person_id=self.person_id, name=self.name.value())

    def on_added(self, _id) -> None:
        self.name.field.clear()


class Works(SavedList):
    """Where a person works or worked."""

    def __init__(self, desk, person_id: int) -> None:
        self.person_id = person_id
        self.organisation = Labelled(N_("Organisation"), Completing())
        self.post = Labelled(N_("Post"), Field())
        self.starts_on = Labelled(C_("affiliation", "From"), DateField(N_("First day"), None, 0))
        self.ends_on = Labelled(C_("affiliation", "To"), DateField(N_("Last day"), None, 0))
        self.add = Button(C_("button", "Add"), icon="plus", slot=self.on_add)
        super().__init__(desk, N_("No affiliations apart from the seats"))
        desk.read(queries.organisations, then=self.organisation.field.show_known)

    def adding(self) -> QWidget:
        return column(
            side_by_side(self.organisation, self.post),
            _line(self.starts_on, self.ends_on, add=self.add),
        )

    def show_record(self, record) -> None:
        """Show the affiliations of a record."""
        said = words()
        self.removers, parts = [], []
        for work in record.affiliations:
            name = rules.named(work.organisation_ko, work.organisation_en)
            first = Label(" ".join(filter(None, (name, work.post))), "sec", "text", wrap=True)
            second = Label("", "cap")
            if work.starts_on or work.ends_on:
                second.say(said.days(work.starts_on, work.ends_on))
            else:
                second.say(N_("Days not entered"))
            remover = _Remover(work.id, people.remove_affiliation, self, N_("Remove affiliation"))
            self.removers.append(remover)
            parts.append(row((column(first, second, gap=1), 1), remover))
        self.show_rows(parts)

    def on_add(self) -> None:
        keys = ("organisation", "post", "starts_on", "ends_on")
        values = {key: getattr(self, key).value() for key in keys}
        self.run(people.add_affiliation, self.on_added, person_id=self.person_id, **values)

    def on_added(self, _id) -> None:
        for part in (self.organisation, self.post, self.starts_on, self.ends_on):
            part.field.clear()


class Consents(SavedList):
    """What a person agreed to, field by field and purpose by purpose."""

    def __init__(self, desk, person_id: int) -> None:
        self.person_id = person_id
        self.field = Labelled(N_("Data"), Choice(CONSENTED.items(), N_("Data")))
        self.purpose = Labelled(N_("Purpose"), Choice(PURPOSES.items(), N_("Purpose")))
        self.on = Labelled(N_("Day"), DateField(N_("Day"), clock.today(), 0))
        self.add = Button(N_("Record consent"), icon="plus", slot=self.on_add)
        super().__init__(desk, N_("No consent recorded"))

    def adding(self) -> QWidget:
        return _line(self.field, self.purpose, self.on, add=self.add)

    def show_record(self, record) -> None:
        """Show the consents of a record."""
        self.removers, parts = [], []
        for held in record.consents:
            what = say(
                N_("{data} for: {purpose}"),
                data=say(CONSENTED[held.field]),
                purpose=say(PURPOSES[held.purpose]),
            )
            words_of = Label(what, "sec", "text", wrap=True)
            if held.withdrawn_on:
                days = Label(
                    N_("Given {given:full}, withdrawn {withdrawn:full}"),
                    "cap",
                    given=held.given_on,
                    withdrawn=held.withdrawn_on,
                )
                parts.append(row((column(words_of, days, gap=1), 1), Chip(N_("Withdrawn"), "neu")))
                continue
            days = Label(N_("Given {given:full}"), "cap", given=held.given_on)
            remover = _Withdrawer(held.id, self)
            self.removers.append(remover)
            parts.append(row((column(words_of, days, gap=1), 1), remover))
        self.show_rows(parts)

    def on_add(self) -> None:
        given_on = self.on.value()
        if given_on is None:
            self.on_refused(UserError(N_("The day of the consent is needed.")))
            return
        self.run(
            people.give_consent,
            self.on_added,
            person_id=self.person_id,
            field=self.field.value(),
            purpose=self.purpose.value(),
            given_on=given_on,
        )

    def on_added(self, _id) -> None:
        self.wrong.hide()


def _line(*parts, add) -> QWidget:
    """Return fields with a button on the line of the fields, below their labels."""
    return row(*((part, 1) for part in parts), column(None, add, gap=0), gap=12)


class _Remover(Button):
    """Takes one row of a person's record away; undo brings it back."""

    def __init__(self, id: int, usecase, of: SavedList, name: str) -> None:
        super().__init__("", "ghost", "trash-2", name=name, slot=self.on_remove)
        self.id, self.usecase, self.of = id, usecase, of

    def on_remove(self) -> None:
        self.of.desk.do(self.usecase, otherwise=self.of.on_refused, id=self.id)


class _Withdrawer(Button):
    """Withdraws one consent on the day in the field."""

    def __init__(self, id: int, of: Consents) -> None:
        super().__init__(N_("Withdraw"), slot=self.on_withdraw)
        self.id, self.of = id, of

    def on_withdraw(self) -> None:
        on = self.of.on.value() or clock.today()
        self.of.desk.do(people.withdraw_consent, otherwise=self.of.on_refused, id=self.id, on=on)
