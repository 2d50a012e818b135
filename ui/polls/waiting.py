"""What stands in place of results: nothing yet, a wave in the field, answers in own words."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from db.vocab import WaveState
from gwangju_desktop.polls.table import Base
from ui.polls.shown import number, wave_span, wave_title
from ui.text import C_, N_, NN_, say
from ui.widgets.page import State
from ui.widgets.parts import Align, Button, Label, column, row


class Waiting(QWidget):
    """One statement, one sentence, and what can be done about it."""

    def __init__(self, page) -> None:
        super().__init__()
        self.page = page
        self.count = Label("", "display")
        self.new = Button(N_("New series of polls"), "primary", "plus", slot=self.on_new)
        self.file = Button(N_("Import answers…"), icon="upload", slot=self.on_import)
        self.entry = Button(N_("Enter answers"), icon="pencil", slot=self.on_entry)
        self.waves = Button(N_("Waves and settings"), slot=self.on_waves)
        self.ask = Button(N_("Questionnaire"), slot=self.on_questionnaire)
        self.read = Button(N_("Read the answers"), "primary", slot=self.on_read)
        self.buttons = (self.new, self.file, self.entry, self.waves, self.ask, self.read)
        self._offered: tuple[Button, ...] = ()
        self.state = State("chart-bar", "", "")
        inside = self.state.icon.parentWidget().layout()
        inside.insertWidget(1, self.count, 0, Align.AlignHCenter)
        inside.addWidget(row(None, *self.buttons, None, gap=8))
        column(self.state, margins=(0, 8, 0, 0), into=self)

    # --- what is shown
    def show_place(self, place) -> None:
        """Say why there are no results where one is."""
        wave = place.wave
        if place.poll is None:
            self._say(
                "chart-bar",
                N_("No polls yet"),
                N_("Begin a series and plan its first wave, or import answers you have."),
                self.new,
                self.file,
            )
        elif wave is None:
            words = N_("“{name}” has no wave yet")
            hint = N_("Plan the first wave; its questions and days are set there.")
            self._say("calendar-days", words, hint, self.waves, name=place.poll.name)
        elif wave.state == WaveState.PLANNED:
            self._say(
                "calendar-days",
                N_("{wave} has not begun yet"),
                N_("Planned for {span}. Results are shown once it is closed."),
                self.ask,
                self.waves,
                wave=wave_title(wave),
                span=wave_span(wave) or "–",
            )
        elif wave.state == WaveState.FIELDING:
            self._say(
                "users",
                N_("{wave} is in the field"),
                N_("Only the number of responses is shown until it is closed: no share, no trend."),
                self.entry,
                self.waves,
                wave=wave_title(wave),
            )
            self._count(wave)
        else:
            self._say(
                "chart-bar",
                N_("{wave} has no questions"),
                N_("Put questions in its questionnaire."),
                self.ask,
                wave=wave_title(wave),
            )

    def show_refusal(self, why) -> None:
        """Say why there is no table."""
        self._say("circle-alert", str(why), getattr(why, "hint", "") or "", self.entry)

    def show_open(self, base: Base) -> None:
        """Say how many answered in their own words."""
        self._say(
            "message-square-text",
            N_("Answers in own words"),
            N_("{asked} were asked; what they wrote is read and tagged in its own pane."),
            self.read,
            asked=number(base.asked) if base.asked is not None else "–",
        )
        self.count.say(NN_("{n} answer", "{n} answers"), n=round(base.answered or 0))
        self.count.show()

    def _count(self, wave) -> None:
        words = NN_("{n} response", "{n} responses")
        told = [say(words, n=wave.responses)]
        if wave.invited:
            told.append(say(C_("poll", "of {invited:,} invited"), invited=wave.invited))
        self.count.say(" ".join(told))
        self.count.show()

    def _say(self, icon: str, title: str, hint: str, *buttons: Button, **values) -> None:
        self.count.hide()
        self.state.icon.show_icon(icon, "text2")
        self.state.title.say(title, **values)
        self.state.hint.say(hint, **values)
        self._offered = buttons
        self._offer()

    def _offer(self) -> None:
        """Show the buttons that lead somewhere: a pane is not in its room while it is made."""
        room = self.page.room if hasattr(self.page, "room") else None
        known = {pane.key for pane in room.parts} if room is not None else set()
        needs = {
            self.new: "series",
            self.file: "answers",
            self.entry: "answers",
            self.waves: "series",
            self.ask: "questionnaire",
            self.read: "open",
        }
        writes = (self.new, self.file, self.entry)
        for button in self.buttons:
            there = button in self._offered and needs[button] in known
            button.setVisible(there and not (button in writes and self.page.desk.read_only))

    def showEvent(self, event) -> None:
        super().showEvent(event)
        self._offer()

    # --- what a person does
    def on_new(self) -> None:
        self.page.room.on_new_poll()

    def on_import(self) -> None:
        self.page.room.on_import_poll()

    def on_entry(self) -> None:
        self.page.room.show_pane("answers")

    def on_waves(self) -> None:
        self.page.room.show_pane("series")

    def on_questionnaire(self) -> None:
        self.page.room.show_pane("questionnaire")

    def on_read(self) -> None:
        self.page.room.show_pane("open")
