"""What a document may be told besides whom it is about: one field for each thing it asks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from db.vocab import Layout
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from ui.text import C_, N_
from ui.widgets.forms import Check, Choice, DateField, Field, Labelled, NumberField
from ui.widgets.parts import Label, column

LAYOUTS = (
    (Layout.U_SHAPE.value, C_("layout", "U")),
    (Layout.ROWS.value, C_("layout", "Rows")),
    (Layout.OVAL.value, C_("layout", "Oval")),
)
EVERYBODY, CHOSEN = "all", "chosen"


class Day(Labelled):
    """The day a document is made for; it cannot do without one."""

    def __init__(self) -> None:
        super().__init__(N_("On the day"), DateField(N_("On the day"), clock.today(), 0))

    def value(self) -> dt.date:
        """Return the day; raise UserError where there is none."""
        day = super().value()
        if day is None:
            raise UserError(N_("The day is needed."))
        return day


class Recorded(QWidget):
    """Whether contacts stand on the document, with what follows from it."""

    def __init__(self) -> None:
        super().__init__()
        self.box = self.field = Check(N_("With phone and e-mail"))
        said = Label(N_("This is written to the access record."), "cap", wrap=True)
        column(self.box, said, gap=4, into=self)

    def value(self) -> bool:
        """Return whether it is ticked."""
        return self.box.value()


class Many(Labelled):
    """How many people are asked for, one without a number."""

    def __init__(self) -> None:
        super().__init__(C_("request", "How many"), NumberField(N_("How many"), 1))

    def value(self) -> int:
        """Return the number."""
        return super().value() or 1


def _signatory() -> Labelled:
    return Labelled(C_("document", "Signed by"), Field(), N_("Empty: whoever signs it usually."))


FIELDS: Mapping[str, Callable[[], QWidget]] = {
    "on": Day,
    "recipient": lambda: Labelled(C_("letter", "To"), Field()),
    "field": lambda: Labelled(N_("Field of the seat"), Field()),
    "people": Many,
    "seats": lambda: Labelled(N_("Seats for spectators"), NumberField(N_("Seats for spectators"))),
    "period": lambda: Labelled(
        N_("Period"),
        Field(),
        N_("2022; its first half 2022-1, its first quarter 2022-Q1, its March 2022-03"),
    ),
    "due": lambda: Labelled(C_("document", "Until"), DateField(C_("document", "Until"), None, 0)),
    "signatory": _signatory,
    "layout": lambda: Labelled(N_("Layout of the room"), Choice(LAYOUTS, N_("Layout of the room"))),
    "contacts": Recorded,
}


def fill(field: QWidget, value: object) -> None:
    """Put what the caller knows already into a field."""
    if value in (None, ""):
        return
    if isinstance(field, DateField):
        field.show_date(value)
    elif isinstance(field, Choice):
        field.choose(value)
    elif isinstance(field, Check):
        field.setChecked(bool(value))
    else:
        field.setText(str(value))


class Options(QWidget):
    """The fields of a document, each made when the first document asks for it."""

    changed = Signal()

    def __init__(self, given: Mapping[str, object]) -> None:
        super().__init__()
        self.given = dict(given)
        self.fields: dict[str, QWidget] = {}
        self.asked: tuple[str, ...] = ()
        column(gap=12, into=self)

    def show_for(self, names: tuple[str, ...]) -> None:
        """Show the fields a document asks for, what was typed before in them."""
        self.asked = tuple(name for name in FIELDS if name in names)
        for name in self.asked:
            if name not in self.fields:
                self._add(name)
        for name, field in self.fields.items():
            field.setVisible(name in self.asked)
        self.setVisible(bool(self.asked))

    def _add(self, name: str) -> None:
        field = FIELDS[name]()
        self.fields[name] = field
        fill(field.field, self.given.get(name))
        layout: QVBoxLayout = self.layout()
        held = [one for one in FIELDS if one in self.fields]
        layout.insertWidget(held.index(name), field)
        inner = field.field
        if isinstance(inner, Choice):
            inner.currentIndexChanged.connect(self.on_changed)
        elif isinstance(inner, Check):
            inner.toggled.connect(self.on_changed)
        elif isinstance(inner, DateField):
            inner.editingFinished.connect(self.on_changed)
        else:
            inner.textChanged.connect(self.on_changed)

    def on_changed(self, *_ignored) -> None:
        self.changed.emit()

    def values(self) -> dict[str, object]:
        """Return what the fields hold; raise UserError where one is wrong."""
        return {name: self.fields[name].value() for name in self.asked}
