"""Fields that know the office: completing words, picking people, masked contact data."""

from __future__ import annotations

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtWidgets import QCompleter

from gwangju_desktop.errors import UserError
from gwangju_desktop.members import people
from ui.text import N_, say
from ui.widgets.forms import Choice, Field


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
