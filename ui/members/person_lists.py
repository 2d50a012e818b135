"""Lists of a person's record that save at once: other names, affiliations, consents."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from db.vocab import ConsentField, ConsentPurpose
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.members import organisations, people, queries, rules
from ui.members.pickers import Completing
from ui.text import C_, N_, say, words
from ui.widgets.forms import Choice, DateField, Field, Labelled, beside
from ui.widgets.painted import Chip
from ui.widgets.parts import Button, Label, column, row, rule, scrolled

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
            beside(self.organisation, self.post),
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
            remover = _Remover(
                work.id, organisations.remove_affiliation, self, N_("Remove affiliation")
            )
            self.removers.append(remover)
            parts.append(row((column(first, second, gap=1), 1), remover))
        self.show_rows(parts)

    def on_add(self) -> None:
        keys = ("organisation", "post", "starts_on", "ends_on")
        values = {key: getattr(self, key).value() for key in keys}
        self.run(organisations.add_affiliation, self.on_added, person_id=self.person_id, **values)

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
