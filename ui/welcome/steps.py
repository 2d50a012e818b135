"""The second and third step: what the office is called, who writes, and where it lies."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from PySide6.QtWidgets import QFileDialog, QWidget

from gwangju_desktop.errors import UserError
from gwangju_desktop.settings import (
    CITY_EN,
    CITY_KO,
    DECLARED,
    OFFICE_NAME_EN,
    OFFICE_NAME_KO,
)
from ui.settings import kept
from ui.text import C_, N_, Msg, say
from ui.widgets.fields import Choice, Field
from ui.widgets.forms import Labelled, beside
from ui.widgets.parts import Align, Button, Label, column, row

SUFFIX = ".gwoffice"
REGISTERS: tuple[tuple[str, Msg], ...] = (
    ("members", N_("Roll of members")),
    ("meetings", N_("Register of past meetings")),
    ("proposals", N_("Register of citizens’ proposals")),
)


class Beginning(NamedTuple):
    """What the first run was told: the office, how to make it, its names, and what comes first.

    `make` is "" for an office that is there; `room` takes `file` once it is open.
    """

    where: str
    make: str = ""
    names: dict[str, str] | None = None
    room: str = ""
    file: str = ""


class Names(QWidget):
    """What the office and the city are called, in both languages."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, Labelled] = {}
        for key in (OFFICE_NAME_KO, OFFICE_NAME_EN, CITY_KO, CITY_EN):
            field = Field()
            field.setText(DECLARED[key].default)
            self.fields[key] = Labelled(DECLARED[key].label, field)
        parts = [*self.fields.values()]
        column(beside(*parts[:2]), beside(*parts[2:]), gap=12, into=self)

    def value(self) -> dict[str, str]:
        """Return the names; raise UserError for an empty one."""
        names = {}
        for key, part in self.fields.items():
            names[key] = part.value()
            if not names[key]:
                error = UserError(N_("“{name}” may not be empty."), name=DECLARED[key].label)
                part.wrong(str(error))
                part.field.setFocus()
                raise error
        return names


class FromFile(QWidget):
    """Which list is brought in first, and from which file."""

    def __init__(self) -> None:
        super().__init__()
        self.register = Labelled(N_("What is brought in"), Choice(REGISTERS, "", "members"))
        self.path = Labelled(N_("File"), Field())
        self.choose = Button(N_("Choose…"), slot=self.on_choose)
        file = row((self.path, 1), (self.choose, Align.AlignBottom), gap=8)
        column(self.register, file, gap=12, into=self)

    def value(self) -> tuple[str, str]:
        """Return the room that takes it and the file; raise UserError for one that is not there."""
        path = self.path.value()
        try:
            if not path:
                raise UserError(N_("Choose the file that is brought in."))
            if not Path(path).is_file():
                raise UserError(N_("{what} is not there. Check the name."), what=path)
        except UserError as error:
            self.path.wrong(str(error))
            self.path.field.setFocus()
            raise
        self.path.right()
        return str(self.register.value()), path

    def on_choose(self) -> None:
        file, _filter = QFileDialog.getOpenFileName(
            self.window(),
            say(N_("Bring in from Excel")),
            str(Path.home()),
            say(N_("Tables ({pattern})"), pattern="*.xlsx *.csv"),
        )
        if file:
            self.path.field.setText(file)
            self.path.right()


class Writer(QWidget):
    """Who writes on this PC: the journal says this name."""

    def __init__(self) -> None:
        super().__init__()
        field = Field(N_("For example Kim Gasang"))
        field.setText(kept.text("who"))
        self.name = Labelled(
            N_("Who writes on this PC"),
            field,
            N_("The history names this person; it can be changed later."),
        )
        column(self.name, gap=0, into=self)

    def value(self) -> str:
        """Return the name; raise UserError where there is none."""
        name = " ".join(self.name.value().split())
        if not name:
            error = UserError(N_("Give the name of the person who writes."))
            self.name.wrong(str(error))
            self.name.field.setFocus()
            raise error
        self.name.right()
        return name


class Place(QWidget):
    """Where a new office is kept: a file on this PC."""

    def __init__(self) -> None:
        super().__init__()
        field = Field()
        field.setText(str(Path.home() / say(N_("Carbon Neutrality Office"))) + SUFFIX)
        self.path = Labelled(
            N_("Office file"),
            field,
            N_("On this PC or a secured USB drive; not on a network share."),
        )
        self.choose = Button(N_("Choose…"), slot=self.on_choose)
        self.help = Label(
            C_("office file", "Papers are kept beside it, in a folder of the same name."),
            "cap",
            wrap=True,
        )
        file = row((self.path, 1), (self.choose, Align.AlignTop), gap=8)
        file.layout().setAlignment(self.choose, Align.AlignVCenter)
        column(file, self.help, gap=4, into=self)

    def value(self) -> str:
        """Return the file's path with its suffix; raise UserError for one that cannot be."""
        path = Path(self.path.value())
        if path.suffix.lower() != SUFFIX:
            path = path.with_name(path.name + SUFFIX) if path.name else path
        try:
            if not path.name or not path.is_absolute():
                raise UserError(N_("Choose where the office file is kept."))
            if not path.parent.is_dir():
                raise UserError(N_("{what} is not there. Check the name."), what=path.parent)
            if path.exists():
                raise UserError(N_("{what} is there already. Choose another name."), what=path)
        except UserError as error:
            self.path.wrong(str(error))
            self.path.field.setFocus()
            raise
        self.path.right()
        return str(path)

    def on_choose(self) -> None:
        name, _filter = QFileDialog.getSaveFileName(
            self.window(),
            say(N_("New office")),
            self.path.value(),
            say(N_("Offices ({pattern})"), pattern=f"*{SUFFIX}"),
        )
        if name:
            self.path.field.setText(name if name.endswith(SUFFIX) else name + SUFFIX)
            self.path.right()
