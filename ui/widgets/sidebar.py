"""The rooms at the left, and the truth about storage at its foot."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from ui import theme
from ui.actions import APART, ROOMS
from ui.text import N_, language, say
from ui.widgets.parts import Button, Icon, KeyCap, Label, Policy, column, row, rule

WIDE, NARROW = 208, 56


class RoomButton(Button):
    """One room, with the number of things in it that need doing."""

    def __init__(self, room, narrow: bool, slot) -> None:
        title = "" if narrow else room.title
        size = 18 if narrow else 16
        super().__init__(title, "nav", room.icon, on=False, name=room.title, slot=slot, size=size)
        self.key = room.key
        self.count: Label | None = None
        if not narrow:
            self.setToolTip("")
            self.count = Label("", "capb")
            inside = QHBoxLayout(self)
            inside.setContentsMargins(0, 0, 8, 0)
            inside.addStretch(1)
            inside.addWidget(self.count)

    def named(self, message: str, **values: object) -> RoomButton:
        super().named(message, **values)
        if self.text():
            self.setToolTip("")
        return self


class Sidebar(QFrame):
    """Rooms in a fixed order; a rail of icons in narrow windows."""

    chosen = Signal(str)
    searched = Signal()
    settled = Signal()  # the settings are wanted

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("side")
        self.narrow: bool | None = None
        self.rooms: dict[str, RoomButton] = {}
        self.counts: dict[str, int] = {}
        self.current = ROOMS[0].key
        self._stored: tuple[str, dict] = (N_("Opening the office"), {})
        self._under: tuple[str, dict] = ("", {})
        self._lock = False
        self._inside: QWidget | None = None
        self.state = self.under = self.storage = None
        # The office's own names by language; before one is open the program's stand there.
        self._names: dict[str, tuple[str, str]] = {}
        self.office = self.city = None
        row(gap=0, into=self)

    def lay_out(self, narrow: bool) -> None:
        """Build the wide or the narrow form."""
        if narrow == self.narrow:
            return
        self.narrow = narrow
        if self._inside is not None:
            # Never at once: Qt may be walking through these widgets.
            self._inside.hide()
            self._inside.deleteLater()
        top, foot = self._rail() if narrow else self._wide()
        self._inside = column(*top, *self._rooms(narrow), None, *foot, gap=2)
        self.layout().addWidget(self._inside)
        self._fix_width()
        self.mark(self.current)
        self.count(self.counts)

    def _rooms(self, narrow: bool) -> list:
        self.rooms = {}
        parts: list = []
        for room in ROOMS:
            if room.key == APART:
                parts += [6, row(rule(), margins=(16, 0, 16, 0)), 6]
            button = RoomButton(room, narrow, self.on_room)
            self.rooms[room.key] = button
            parts.append(row(button, margins=(8, 0, 8, 0)))
        return parts

    def _rail(self) -> tuple[list, list]:
        name = N_("Search and commands")
        search = Button("", "nav", "search", name=name, slot=self.searched, size=18)
        gear = Button("", "ghost", "settings", name=N_("Settings"), slot=self.settled)
        self.state = self.under = self.office = self.city = None
        self.storage = Icon("lock" if self._lock else "hard-drive", "text3", 18)
        self._say_rail()
        top = [10, row(search, margins=(8, 0, 8, 0)), 4]
        truth = row(None, self.storage, None, margins=(0, 4, 0, 4))
        return top, [rule(), 4, truth, row(gear, margins=(12, 0, 12, 0)), 6]

    def _say_rail(self) -> None:
        """Tell in a tool tip what the rail has no room for."""
        told = [say(message, **values) for message, values in (self._stored, self._under)]
        words = "\n".join(filter(None, told))
        self.storage.setToolTip(words)
        self.storage.setAccessibleName(words)

    def _wide(self) -> tuple[list, list]:
        name = N_("Search and commands")
        search = Button(N_("Search"), "search", "search", name=name, slot=self.searched)
        search.setSizePolicy(Policy.Expanding, Policy.Fixed)
        search.setToolTip("")
        cap = QHBoxLayout(search)
        cap.setContentsMargins(0, 0, 8, 0)
        cap.addStretch(1)
        cap.addWidget(KeyCap("Ctrl K"))
        self.office, self.city = Label("", "secb", elide=True), Label("", "cap", elide=True)
        self._say_names()
        titles = column(self.office, self.city, gap=0)
        top = [
            10,
            row(Icon("mark", "acc", 28), (titles, 1), margins=(12, 0, 8, 0), gap=10),
            10,
            row(search, margins=(10, 0, 10, 0)),
            6,
        ]
        message, values = self._stored
        self.state = Label(message, "cap", "text2", elide=True, **values)
        message, values = self._under
        self.under = Label(message, "cap", elide=True, **values)
        self.under.setVisible(bool(message))
        self.storage = Icon("lock" if self._lock else "hard-drive", "text3", 14)
        gear = Button("", "ghost", "settings", name=N_("Settings"), slot=self.settled)
        words = column(self.state, self.under, gap=0)
        foot = [
            rule(),
            6,
            row(self.storage, (words, 1), gear, margins=(16, 0, 4, 0), gap=6),
            6,
        ]
        return top, foot

    def name(self, names: dict[str, tuple[str, str]]) -> None:
        """Show the office's and the city's names, given by language."""
        self._names = names
        self._say_names()

    def _say_names(self) -> None:
        if self.office is None:
            return
        usual = (N_("Carbon Neutrality Office"), N_("Gwangju"))
        office, city = self._names.get(language(), usual)
        self.office.say(office or usual[0])
        self.city.say(city or usual[1])

    def on_room(self) -> None:
        self.chosen.emit(self.sender().key)

    def mark(self, key: str) -> None:
        """Show which room is in front."""
        self.current = key
        for name, button in self.rooms.items():
            button.setChecked(name == key)

    def count(self, counts: dict[str, int]) -> None:
        """Show how many things need doing, by room."""
        self.counts = counts
        for key, button in self.rooms.items():
            if button.count is not None:
                button.count.say(str(counts.get(key) or ""))

    def say_stored(self, message: str, *, lock: bool = False, **values: object) -> None:
        """Tell the truth about storage."""
        self._stored, self._lock = (message, values), lock
        if self.state is not None:
            self.state.say(message, **values)
        elif self.storage is not None:
            self._say_rail()
        if self.storage is not None:
            self.storage.show_icon("lock" if lock else "hard-drive", "text3")

    def say_under(self, message: str, **values: object) -> None:
        """Say a second line at the foot."""
        self._under = message, values
        if self.under is not None:
            self.under.say(message, **values)
            self.under.setVisible(bool(message))
        elif self.storage is not None:
            self._say_rail()

    def _fix_width(self) -> None:
        self.setFixedWidth(theme.px(NARROW if self.narrow else WIDE))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange and self.narrow is not None:
            self._fix_width()
        elif event.type() == QEvent.Type.LanguageChange:
            self._say_names()
            if self.narrow:
                self._say_rail()
        super().changeEvent(event)
