"""The head of a pane about one wave: which wave, where it stands, and what it is made of."""

from __future__ import annotations

from db.vocab import WaveState
from gwangju_desktop.members.rules import named
from gwangju_desktop.polls.words import STATES
from ui.polls import place
from ui.text import C_, say
from ui.widgets.forms import Choice
from ui.widgets.painted import Chip
from ui.widgets.parts import row

TONES = {
    WaveState.PLANNED: ("neu", "clock"),
    WaveState.FIELDING: ("info", "circle-dot"),
    WaveState.CLOSED: ("ok", "lock"),
    WaveState.PUBLISHED: ("acc", "circle-check"),
}


def state_chip(state: str) -> tuple:
    """Return words, tone and icon of a wave's state, for chips and cells."""
    return STATES[state], *TONES[state]


class WaveChoice:
    """Choices of the series and the wave in front; they follow the room's other panes."""

    def __init__(self, desk) -> None:
        self.place = place.of(desk)
        self.polls = Choice((), C_("poll form", "Series"))
        self.waves = Choice((), C_("poll form", "Wave"))
        self.chip = Chip()
        self.widget = row(self.polls, self.waves, self.chip, None, gap=8)
        self.polls.activated.connect(self.on_poll)
        self.waves.activated.connect(self.on_wave)

    def show(self) -> None:
        """Show what is in front."""
        here = self.place
        self.polls.show_options(
            [(one.id, named(one.name, one.name_en)) for one in here.polls], here.poll_id
        )
        self.polls.setVisible(len(here.polls) > 1)
        self.waves.show_options([(one.id, one.label) for one in here.waves], here.wave_id)
        self.waves.setVisible(bool(here.waves))
        wave = here.wave
        self.chip.say(*(state_chip(wave.state) if wave else ("",)))

    def on_poll(self, _n: int) -> None:
        self.place.show_poll(self.polls.value())

    def on_wave(self, _n: int) -> None:
        self.place.show_wave(self.waves.value())


def state_words(state: str) -> str:
    """Return what a state is called."""
    return say(STATES[state])
