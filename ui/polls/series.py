"""Series and waves: the series at the left, its settings and waves beside, one wave below."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from db.vocab import HolidayShift, PollSource, WaveState
from gwangju_desktop.members.rules import named
from gwangju_desktop.polls import series, waves
from gwangju_desktop.polls.words import MODES, MOVES, REOPEN, SAMPLINGS, SHIFTS
from ui import theme
from ui.models.rows import Cell, Column, RowTable, Table
from ui.polls import place
from ui.polls.heads import state_chip
from ui.polls.series_forms import PlanForm, SeriesForm, WaveForm
from ui.text import C_, N_, NN_, day, say
from ui.text import words as spoken
from ui.widgets.lists import RowList
from ui.widgets.page import Page, State, pair
from ui.widgets.painted import Chip
from ui.widgets.parts import Button, Label, column, frame, row, rule, scrolled

LEFT = 260


def series_cell(poll) -> Cell:
    """Show a series with its number of waves and the next one's day."""
    parts = [say(NN_("{n} wave", "{n} waves"), n=poll.waves)]
    if poll.retired_on is not None:
        parts.append(say(C_("poll form", "ended")))
    elif poll.next_on is not None:
        parts.append(say(N_("next {day:full}"), day=poll.next_on))
    return Cell(named(poll.name, poll.name_en), " · ".join(parts), role="secb")


def field_cell(wave) -> Cell:
    """Show the days of the fieldwork."""
    if wave.from_on is None and wave.until_on is None:
        return Cell("–", ink="text3")
    return Cell(spoken().days(wave.from_on, wave.until_on))


def way_cell(wave) -> Cell:
    """Show how people were asked and found."""
    return Cell(f"{say(MODES[wave.mode])} · {say(SAMPLINGS[wave.sampling])}")


def answers_cell(wave) -> Cell:
    """Show how many took part, of how many asked to."""
    n = wave.respondents if wave.respondents is not None else wave.responses
    if not n:
        return Cell("–", ink="text3")
    return Cell(f"{n:,} / {wave.invited:,}" if wave.invited else f"{n:,}")


def state_cell(wave) -> Cell:
    """Show where a wave stands."""
    words, tone, _icon = state_chip(wave.state)
    return Cell(chip=say(words), tone=tone, icon="")


SERIES = Table((Column("name", C_("poll form", "Series"), cell=series_cell),))
WAVES = Table(
    (
        Column("label", C_("poll form", "Wave"), 130, cell=lambda w: Cell(w.label, role="secb")),
        Column("state", C_("poll form", "State"), 96, cell=state_cell),
        Column(
            "planned",
            C_("poll form", "Planned day"),
            112,
            cell=lambda w: Cell(day(w.planned_on, "full")),
            wide=True,
        ),
        Column("field", C_("poll form", "Fieldwork"), 0, cell=field_cell),
        Column("way", C_("poll form", "Mode and sampling"), 190, cell=way_cell, wide=True),
        Column(
            "questions",
            C_("poll form", "Questions"),
            76,
            "right",
            cell=lambda w: Cell(f"{w.questions:,}"),
        ),
        Column("answers", C_("poll form", "Respondents"), 110, "right", cell=answers_cell),
    )
)


class SeriesPage(Page):
    """The series of polls, and all that is set of one."""

    def __init__(self, desk) -> None:
        super().__init__(desk)
        self.place = place.of(desk)
        self.wave = None
        self.box: list[QWidget] = []
        self.model = RowTable(SERIES)
        self.list = RowList(self.model, C_("poll form", "Series"), height=52, header=False)
        self.wave_model = RowTable(WAVES)
        self.waves = RowList(self.wave_model, C_("poll form", "Waves"), height=36)
        self._make_head()
        self._make_wave()
        self._lay_out()
        self.list.previewed.connect(self.place.show_poll)
        self.list.opened.connect(self.on_opened_poll)
        self.waves.previewed.connect(self.place.show_wave)
        self.waves.opened.connect(self.on_opened_wave)
        self.place.changed.connect(self.on_place)
        self.place.ask()
        self.on_place()

    def _make_head(self) -> None:
        self.name, self.purpose = Label("", "h2", wrap=True), Label("", "cap", wrap=True)
        self.ended = Chip()
        self.facts = Label("", "sec", wrap=True)
        self.edit = Button(C_("button", "Change"), slot=self.on_edit)
        self.end = Button(C_("poll form", "End the series"), slot=self.on_end)
        self.remove = Button(C_("poll form", "Delete"), slot=self.on_remove)
        self.plan = Button(
            C_("poll form", "Plan a wave"), "primary", "plus", slot=self.on_plan_wave
        )
        self.add = Button(C_("poll form", "New series"), "link", "plus", slot=self.on_new_poll)
        self.writing(self.edit, self.end, self.remove, self.plan, self.add)

    def _make_wave(self) -> None:
        self.title = Label("", "h3")
        self.forth = Button("", slot=self.on_forth)
        self.back = Button(REOPEN, slot=self.on_reopen)
        self.change = Button(C_("button", "Change"), icon="pencil", slot=self.on_edit_wave)
        self.weights = Button(
            C_("poll form", "Known shares"), icon="sliders-horizontal", slot=self.on_weights
        )
        self.drop = Button("", "ghost", "trash-2", name=N_("Delete the wave"), slot=self.on_drop)
        self.writing(self.forth, self.back, self.change, self.weights, self.drop)
        self.lines = column(gap=6)

    def _lay_out(self) -> None:
        self.left = frame("leftpane")
        column(
            (row(self.list, margins=(12, 8, 8, 0)), 1),
            row(self.add, None, margins=(19, 8, 12, 12)),
            gap=0,
            into=self.left,
        )
        self.below = frame("inset")
        column(
            row(self.title, None, self.weights, self.change, self.back, self.forth, self.drop),
            (scrolled(column(self.lines, None)), 1),
            margins=(16, 10, 12, 8),
            gap=8,
            into=self.below,
        )
        self.right = column(
            row(
                self.name,
                self.ended,
                None,
                self.edit,
                self.end,
                self.remove,
                self.plan,
                margins=(28, 14, 24, 0),
                gap=8,
            ),
            column(self.purpose, self.facts, gap=4, margins=(28, 4, 24, 10)),
            rule(),
            (row(self.waves, margins=(20, 0, 16, 0)), 1),
            (row(self.below, margins=(28, 8, 24, 14)), 1),
            gap=0,
        )
        self.empty = State(
            "chart-bar",
            N_("No series of polls yet"),
            N_("A series asks the same questions again, wave by wave."),
            self.writing(Button(C_("poll form", "New series"), "primary", slot=self.on_new_poll)),
        )
        row(self.left, (self.right, 1), (self.empty, 1), gap=0, into=self)
        self.dress()

    def dress(self) -> None:
        self.left.setFixedWidth(theme.px(LEFT if self.width() > theme.px(900) else 190))

    def resizeEvent(self, event) -> None:
        self.dress()
        super().resizeEvent(event)

    def changeEvent(self, event) -> None:
        if event.type() == event.Type.StyleChange and hasattr(self, "left"):
            self.dress()
        elif event.type() == event.Type.LanguageChange and hasattr(self, "right"):
            # Not now: the parts change their own words after this.
            QTimer.singleShot(0, self, self.on_place)
        super().changeEvent(event)

    def panes(self) -> list:
        return [self.waves, self.list] if self.place.polls else [self.empty]

    @property
    def settled(self) -> bool:
        return self.place.settled

    def open(self, id: int | None = None, table: str = "") -> None:
        """Show a series or one of its waves."""
        if id is not None and table in ("poll", "poll_wave"):
            self.place.find(table, id)

    # --- what is shown
    def on_place(self) -> None:
        """Show the series and waves, and those in front."""
        here = self.place
        self.model.show(here.polls)
        self.left.setVisible(bool(here.polls))
        self.right.setVisible(here.poll is not None)
        self.empty.setVisible(here.known and not here.polls)
        if here.poll is None:
            return
        self.list.choose(here.poll_id)
        self.show_poll(here.poll)
        self.wave_model.show(here.waves)
        self.below.setVisible(here.wave is not None)
        if here.wave is not None:
            self.waves.choose(here.wave_id)
            self.show_wave(here.wave)

    def show_poll(self, poll) -> None:
        """Show the settings of a series."""
        self.name.say(named(poll.name, poll.name_en))
        self.purpose.say(poll.purpose)
        self.purpose.setVisible(bool(poll.purpose))
        ended = poll.retired_on is not None
        self.ended.say(N_("Ended {day:full}") if ended else "", "neu", day=poll.retired_on)
        facts = " · ".join(self.facts_of(poll))
        self.facts.say(facts[:1].upper() + facts[1:])
        if self.desk.read_only:
            return
        self.end.say(C_("poll form", "Take it up again") if ended else C_("poll form", "End it"))
        self.remove.setVisible(not any(one.responses for one in self.place.waves))
        self.plan.why_not(N_("The series has ended.") if ended else "")

    def facts_of(self, poll) -> list[str]:
        """Return what is set of a series, each in a few words."""
        said = []
        if poll.anchor_on is not None:
            told = N_("every {n} months from {day:full}")
            said.append(say(told, n=poll.every_months, day=poll.anchor_on))
            if poll.shift != HolidayShift.NONE:
                said.append(say(SHIFTS[poll.shift]))
        if poll.commissioner:
            said.append(say(N_("commissioned by {name}"), name=poll.commissioner))
        if poll.population:
            size = f" {poll.population_size:,}" if poll.population_size else ""
            said.append(poll.population + size)
        said.append(say(N_("group counts below {k} hidden"), k=poll.small_cell))
        if poll.keep_months:
            said.append(say(N_("raw answers kept {n} months"), n=poll.keep_months))
        return said

    def show_wave(self, wave) -> None:
        """Show what can be done with a wave, and how it was conducted."""
        self.wave = wave
        self.title.say(wave.label)
        if not self.desk.read_only:
            forth = waves_forth(wave)
            self.forth.setVisible(forth is not None)
            self.forth.say(MOVES[forth] if forth else "")
            self.back.setVisible(wave.state == WaveState.CLOSED)
            self.drop.setVisible(not wave.responses and not wave.counted)
            self.weights.setVisible(wave.weighted and wave.state != WaveState.PUBLISHED)
        self.desk.read(waves.method_box, then=self.on_method, wave_id=wave.id)

    def on_method(self, box) -> None:
        """Show the method box, in two columns where it is long."""
        for part in self.box:
            part.hide()
            part.deleteLater()
        self.box = [
            pair(Label(label, "cap"), Label(text, "sec", wrap=True), 108) for label, text in box
        ]
        for part in self.box:
            self.lines.layout().addWidget(part)

    # --- slots
    def on_new_poll(self) -> None:
        """Ask for a new series."""
        dialog = SeriesForm(self.window(), self.desk)
        dialog.accepted.connect(self.on_made_poll)
        dialog.open()

    def on_made_poll(self) -> None:
        """Show the series that was made."""
        self.place.find("poll", self.sender().value)

    def on_edit(self) -> None:
        if self.place.poll is not None and not self.desk.read_only:
            SeriesForm(self.window(), self.desk, self.place.poll).open()

    def on_opened_poll(self, _id) -> None:
        self.on_edit()

    def on_end(self) -> None:
        """End the series, or take it up again."""
        poll = self.place.poll
        usecase = series.end_poll if poll.retired_on is None else series.continue_poll
        self.desk.do(usecase, id=poll.id)

    def on_remove(self) -> None:
        self.desk.do(series.remove_poll, id=self.place.poll_id)

    def on_plan_wave(self) -> None:
        """Plan the next wave."""
        if self.place.poll is None:
            self.on_new_poll()
            return
        dialog = PlanForm(self.window(), self.desk, self.place.poll, self.place.waves)
        dialog.accepted.connect(self.on_made_wave)
        dialog.open()

    def on_made_wave(self) -> None:
        """Show the wave that was planned."""
        self.place.find("poll_wave", self.sender().value)

    def on_edit_wave(self) -> None:
        if self.wave is not None and not self.desk.read_only:
            WaveForm(self.window(), self.desk, self.wave, self.place.poll).open()

    def on_opened_wave(self, _id) -> None:
        self.on_edit_wave()

    def on_forth(self) -> None:
        """Lead the wave to its next state."""
        forth = waves_forth(self.wave)
        if forth is not None:
            self.desk.do(STEPS[forth], id=self.wave.id)

    def on_reopen(self) -> None:
        self.desk.do(waves.reopen_wave, id=self.wave.id)

    def on_drop(self) -> None:
        self.desk.do(waves.remove_wave, id=self.wave.id)

    def on_weights(self) -> None:
        from ui.polls.weights_form import WeightsForm

        WeightsForm(self.window(), self.desk, self.wave).open()


STEPS = {
    WaveState.FIELDING: waves.open_wave,
    WaveState.CLOSED: waves.close_wave,
    WaveState.PUBLISHED: waves.publish_wave,
}


def waves_forth(wave) -> str | None:
    """Return the state a wave goes to next; of published totals nobody is asked."""
    if wave.source == PollSource.TOTALS and wave.state == WaveState.PLANNED:
        return WaveState.CLOSED
    return {
        WaveState.PLANNED: WaveState.FIELDING,
        WaveState.FIELDING: WaveState.CLOSED,
        WaveState.CLOSED: WaveState.PUBLISHED,
    }.get(wave.state)


PANE = SeriesPage
