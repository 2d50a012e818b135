"""Where a file of answers goes: a wave that is there, a new wave, or a new series."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from db.vocab import WaveState
from gwangju_desktop.errors import UserError
from gwangju_desktop.members.rules import named
from ui.text import C_, N_, say
from ui.widgets.forms import Choice, Field, Labelled
from ui.widgets.parts import row

NEW_WAVE, NEW_SERIES = "wave", "series"


@dataclass(frozen=True, slots=True)
class Target:
    """Where answers go: `wave_id`, or a new wave of `poll_id`, or a new series `name`."""

    wave_id: int | None = None
    poll_id: int | None = None
    name: str = ""
    label: str = ""


class TargetChoice(QObject):
    """Choose the wave (`where`), or name what is to be made (`names`)."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.poll_id: int | None = None
        self.next, self.proposed = 1, ""
        into = C_("poll form", "Into")
        self.where = Labelled(into, Choice((), into, width=290))
        self.name = Labelled(
            C_("poll form", "Name of the series"), Field("", C_("poll form", "Name of the series"))
        )
        self.label = Labelled(
            C_("poll form", "Name of the wave"),
            Field("", C_("poll form", "Name of the wave"), width=150),
        )
        self.names = row((self.name, 1), self.label, gap=12)
        self.where.field.activated.connect(self.on_where)

    def show_places(self, polls, poll, waves, wave, file: str) -> None:
        """Offer the waves of the series in front, and what could be made."""
        self.poll_id = poll.id if poll else None
        taking = [
            one
            for one in waves
            if one.state != WaveState.PUBLISHED and one.erased_on is None and one.source != "totals"
        ]
        offered = [(one.id, one.label) for one in taking]
        if poll is not None and poll.retired_on is None:
            name = named(poll.name, poll.name_en)
            offered.append((NEW_WAVE, say(N_("New wave of {name}"), name=name)))
        offered.append((NEW_SERIES, C_("poll form", "New series of polls")))
        ids = [one.id for one in taking]
        first = wave.id if wave is not None and wave.id in ids else offered[-1][0]
        if first == NEW_SERIES and poll is not None and poll.retired_on is None:
            first = NEW_WAVE
        self.where.field.show_options(offered, first)
        names = {one.name for one in polls}
        self.name.field.setText(file if file not in names else "")
        self.next = len(waves) + 1
        self.label.field.setText("")
        self.on_where()

    def on_where(self, *_chosen) -> None:
        """Ask for the names of what is to be made."""
        where = self.where.field.value()
        self.name.setVisible(where == NEW_SERIES)
        self.names.setVisible(where in (NEW_WAVE, NEW_SERIES))
        label = say(C_("name of a wave", "Wave {n}"), n=1 if where == NEW_SERIES else self.next)
        if self.label.field.text() in ("", self.proposed):
            self.label.field.setText(label)
            self.proposed = label
        self.changed.emit()

    @property
    def wave_id(self) -> int | None:
        """Return the wave that is there, None where one is to be made."""
        where = self.where.field.value()
        return where if isinstance(where, int) else None

    def value(self) -> Target:
        """Return where it goes; raise UserError where a name is missing."""
        where = self.where.field.value()
        if isinstance(where, int):
            return Target(wave_id=where)
        label, name = self.label.value(), self.name.value()
        if not label:
            message = N_("The new wave needs a name.")
            self.label.wrong(say(message))
            raise UserError(message)
        if where == NEW_WAVE:
            return Target(poll_id=self.poll_id, label=label)
        if not name:
            message = N_("The series needs a name.")
            self.name.wrong(say(message))
            raise UserError(message)
        return Target(name=name, label=label)
