"""The dialog of a person: fields on the first tab, lists that save at once on the others."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget

from gwangju_desktop.members import personrecord, usecases
from ui.members.person_forms import PersonForm
from ui.members.person_lists import Consents, Names, Works
from ui.text import C_, N_
from ui.widgets.forms import Dialog, beside
from ui.widgets.painted import Tabs
from ui.widgets.parts import Label, column, row, rule


class PersonDialog(Dialog):
    """Change what is known of a person; the lists on the other tabs save at once."""

    edits = ("person", "id")
    TABS = (C_("person", "Person"), N_("Names and affiliations"), N_("Consents"))

    def __init__(self, parent, desk, person) -> None:
        self.desk, self.id = desk, person.id
        self.person = PersonForm(person)
        self.names, self.works = Names(desk, person.id), Works(desk, person.id)
        self.consents = Consents(desk, person.id)
        self.tabs, self.stack = Tabs(self.TABS), QStackedWidget()
        for pane in (
            self._fields(),
            row(
                (column(Label(N_("Other names"), "h3"), (self.names, 1)), 1),
                (column(Label(N_("Affiliations"), "h3"), (self.works, 1)), 1),
                gap=12,
            ),
            column(
                Label(
                    N_(
                        "One line for one kind of data and one purpose. Data for counts only"
                        " needs its own consent, and no list, paper or copy shows it."
                    ),
                    "cap",
                    wrap=True,
                ),
                (self.consents, 1),
            ),
        ):
            self.stack.addWidget(pane)
        super().__init__(parent, N_("Edit person"), self.tabs, rule(), (self.stack, 1), width=720)
        self.at_once = Label(N_("Changes on this tab are saved at once."), "cap")
        self.at_once.hide()
        self.buttons.layout().insertWidget(0, self.at_once)
        self.tabs.chosen.connect(self.on_tab)
        desk.changed.connect(self.on_changed)
        self.ask(self.on_record)

    def _fields(self):
        form = self.person
        return column(
            beside(form.name, form.hanja, form.latin),
            beside(form.phone, form.email),
            form.note,
            rule(),
            Label(N_("For counts only"), "h3"),
            beside(form.gender, form.birth_decade, form.disability, form.youth),
            Label(
                N_("Shown in no list and on no paper; small groups stay hidden in counts."),
                "cap",
                wrap=True,
            ),
            None,
            gap=12,
        )

    def ask(self, then) -> None:
        """Ask for the person's whole record."""
        self.desk.read(personrecord.record, then=then, otherwise=self.on_refused, id=self.id)

    def on_record(self, record) -> None:
        """Fill what only the whole record has, once."""
        self.person.show_counted(record)
        self.on_lists(record)

    def on_lists(self, record) -> None:
        """Show the lists anew; what is typed on the first tab stays."""
        for part in (self.names, self.works, self.consents):
            part.show_record(record)

    def on_changed(self, changes) -> None:
        if changes.touches("person_alias", "affiliation", "consent"):
            self.ask(self.on_lists)

    def on_tab(self, n: int) -> None:
        self.stack.setCurrentIndex(n)
        self.at_once.setVisible(n > 0)
        self.button.setVisible(n == 0)
        self.cancel_button.say(N_("Cancel") if n == 0 else N_("Close"))

    def confirm(self) -> None:
        self.desk.do(
            usecases.edit_person,
            then=self.on_accepted,
            otherwise=self.on_refused,
            id=self.id,
            **self.person.values(),
        )
