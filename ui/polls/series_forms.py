"""Forms of a series and its waves: what is asked of whom, when, and how it is told."""

from __future__ import annotations

import datetime as dt

from db.vocab import HolidayShift, PollSource, Sampling
from gwangju_desktop.errors import UserError
from gwangju_desktop.meetings import holidays
from gwangju_desktop.polls import cadence, defaults, series, waves
from gwangju_desktop.polls.words import MODES, SAMPLINGS, SHIFTS, SOURCES
from ui.text import C_, N_, day, say
from ui.widgets.forms import (
    Check,
    Choice,
    DateField,
    Dialog,
    Field,
    Labelled,
    Lines,
    NumberField,
    beside,
)
from ui.widgets.parts import Label

MOST = 99_999_999  # people of a population
SHOWN, NEXT = 4, 3  # waves whose days the forms show ahead
MARGIN = dt.timedelta(days=31)  # holidays are looked up so far beyond the last wave


def days_ahead(
    read, *, anchor: dt.date, months: int, shift: str, first: int, n: int
) -> dict[int, dt.date]:
    """Return the days of `n` places of a cadence from the place `first` on."""
    found = {k: cadence.wave_day(anchor, k, months) for k in range(first, first + n)}
    last = max(found.values()) + MARGIN
    named = holidays.days(read, first=min(found.values()), last=last)
    return {k: cadence.shifted(on, shift, named) for k, on in found.items()}


def filled(message, value: str | None = "", help: str = "", hint: str = "") -> Labelled:
    """Return a labelled field with words in it, shown from their beginning."""
    field = Field(hint, message)
    field.setText(value or "")
    field.setCursorPosition(0)
    return Labelled(message, field, help)


def many(message, value: int | None, *, low: int = 0, high: int = MOST, help: str = "") -> Labelled:
    """Return a labelled field for a whole number, as wide as the form lets it."""
    return Labelled(message, NumberField(message, value, low=low, high=high, width=0), help)


def dated(message, value: dt.date | None) -> Labelled:
    """Return a labelled field for a day."""
    return Labelled(message, DateField(message, value, 0))


def chosen(message, words, value: str, help: str = "") -> Labelled:
    """Return a labelled choice among the words of an enum."""
    options = [(one.value, words[one]) for one in words]
    return Labelled(message, Choice(options, message, value), help)


class SeriesForm(Dialog):
    """A series: what it is called, who asks whom, and how often."""

    edits = ("poll", "poll")

    def __init__(self, parent, desk, poll=None) -> None:
        self.desk, self.poll = desk, poll
        held = _Held(poll)
        self.name = filled(C_("poll form", "Name"), held.name)
        self.english = filled(C_("poll form", "Name in English"), held.name_en)
        self.purpose = filled(C_("poll form", "Purpose"), held.purpose)
        self.commissioner = filled(C_("poll form", "Commissioned by"), held.commissioner)
        self.population = filled(C_("poll form", "Population"), held.population)
        self.size = many(C_("poll form", "Size of the population"), held.population_size)
        self.anchor = dated(C_("poll form", "First day of the cadence"), held.anchor_on)
        self.months = many(
            C_("poll form", "Every … months"),
            held.every_months or defaults.whole("every_months"),
            low=1,
            high=120,
        )
        self.shift = chosen(
            C_("poll form", "On holidays"), SHIFTS, held.shift or HolidayShift.NONE.value
        )
        self.days = Label("", "cap", wrap=True)
        self.cell = many(
            C_("poll form", "Group counts hidden below"),
            held.small_cell or defaults.whole("small_cell"),
            low=2,
            high=99,
        )
        keep = held.keep_months if poll else defaults.whole("keep_months")
        self.keep = many(C_("poll form", "Raw answers kept (months)"), keep, low=1, high=240)
        super().__init__(
            parent,
            N_("Settings of the series") if poll else N_("New series of polls"),
            beside(self.name, self.english),
            self.purpose,
            beside(self.commissioner, self.population, self.size),
            beside(self.anchor, self.months, self.shift),
            self.days,
            beside(self.cell, self.keep),
            button=N_("Save") if poll else C_("poll form", "Add the series"),
            width=640,
        )
        for field in (self.anchor.field, self.months.field):
            field.textChanged.connect(self.on_cadence)
        self.shift.field.currentIndexChanged.connect(self.on_cadence)
        self.on_cadence()
        self.name.field.setFocus()

    def on_cadence(self, *_typed) -> None:
        """Show the days the cadence gives while it is typed."""
        try:
            anchor, months = self.anchor.field.value(), self.months.field.value()
        except UserError:
            return
        if anchor is None or not months:
            self.days.say(N_("Without a first day the waves are planned one by one."))
            return
        self.desk.read(
            days_ahead,
            then=self.on_days,
            otherwise=self.on_refused,
            anchor=anchor,
            months=months,
            shift=self.shift.field.value(),
            first=0,
            n=SHOWN,
        )

    def on_days(self, days: dict[int, dt.date]) -> None:
        """Show the days of the first waves."""
        self.days.say(
            N_("Waves: {days} … each counted from the first day."),
            days=" · ".join(day(one, "full") for one in days.values()),
        )
        # The line may have become two.
        self.adjustSize()

    def confirm(self) -> None:
        values = {
            "name": self.name.value(),
            "name_en": self.english.value(),
            "purpose": self.purpose.value(),
            "commissioner": self.commissioner.value(),
            "population": self.population.value(),
            "population_size": self.size.value(),
            "anchor_on": self.anchor.value(),
            "every_months": self.months.value() or defaults.whole("every_months"),
            "shift": self.shift.value(),
            "small_cell": self.cell.value() or defaults.whole("small_cell"),
            "keep_months": self.keep.value(),
        }
        if not values["name"]:
            message = N_("The series needs a name.")
            self.name.wrong(say(message))
            raise UserError(message)
        usecase = series.edit_poll if self.poll else series.add_poll
        more = {"id": self.poll.id} if self.poll else {}
        self.desk.do(usecase, then=self.on_accepted, otherwise=self.on_refused, **more, **values)


class PlanForm(Dialog):
    """Plan a wave: on its day of the cadence, or outside it; the last one is its model."""

    def __init__(self, parent, desk, poll, held) -> None:
        self.desk, self.poll = desk, poll
        self.outside = (None, C_("poll form", "Outside the cadence"))
        place = C_("poll form", "Place in the cadence")
        self.k = Labelled(place, Choice([self.outside], place))
        self.begins = dated(C_("poll form", "Fieldwork from"), None)
        self.label = filled(C_("poll form", "Name of the wave"))
        models = [(one.id, one.label) for one in reversed(held) if one.questions]
        model = C_("poll form", "Settings and questions from")
        nothing = (None, C_("poll form", "Nothing, start empty"))
        first = models[0][0] if models else None
        self.model = Labelled(model, Choice([*models, nothing], model, first))
        super().__init__(
            parent,
            N_("Plan a wave"),
            self.k,
            self.begins,
            self.label,
            self.model,
            button=C_("poll form", "Plan the wave"),
        )
        self.model.setVisible(bool(models))
        self.k.field.currentIndexChanged.connect(self.on_k)
        self.on_k()
        if poll.anchor_on is None:
            self.k.hide()
            self.label.field.setFocus()
        else:
            taken = [one.k for one in held if one.k is not None]
            self.desk.read(
                days_ahead,
                then=self.on_days,
                otherwise=self.on_refused,
                anchor=poll.anchor_on,
                months=poll.every_months,
                shift=poll.shift,
                first=max(taken, default=-1) + 1,
                n=NEXT,
            )

    def on_days(self, days: dict[int, dt.date]) -> None:
        """Offer the next places of the cadence."""
        words = N_("Wave {n}: {day:full}")
        offered = [(k, say(words, n=k + 1, day=on)) for k, on in days.items()]
        self.k.field.show_options([*offered, self.outside], offered[0][0])
        self.k.field.setFocus()
        self.on_k()

    def on_k(self, *_chosen) -> None:
        """Ask for a name and a day where the cadence gives none."""
        outside = self.k.field.value() is None
        self.begins.setVisible(outside)
        self.label.field.setPlaceholderText(
            say(N_("For example: Baseline") if outside else N_("From its place in the cadence"))
        )
        self.adjustSize()

    def confirm(self) -> None:
        k, label, begins = self.k.value(), self.label.value(), self.begins.value()
        if k is None and not label:
            message = N_("A wave outside the cadence needs a name.")
            self.label.wrong(say(message))
            raise UserError(message)
        if k is None and begins is None and self.poll.anchor_on is not None:
            message = N_("A wave outside the cadence needs its first day.")
            self.begins.wrong(say(message))
            raise UserError(message)
        model = self.model.field.value()
        more = {"from_on": begins} if k is None and begins else {}
        self.desk.do(
            waves.plan_wave,
            then=self.on_accepted,
            otherwise=self.on_refused,
            poll_id=self.poll.id,
            k=k,
            label=label,
            copy_from=model,
            empty=model is None,
            **more,
        )


class WaveForm(Dialog):
    """A wave: its days, how people were found and asked, and who stands for it.

    What is left empty is the series'.
    """

    edits = ("poll_wave", "wave")

    def __init__(self, parent, desk, wave, poll) -> None:
        self.desk, self.wave = desk, wave
        self._make_times(wave)
        self._make_people(wave, poll)
        totals = wave.source == PollSource.TOTALS
        super().__init__(
            parent,
            N_("Wave: {wave}"),
            beside(self.label, self.planned),
            beside(self.begins, self.ends),
            beside(self.mode, self.sampling),
            beside(self.population, self.size),
            self.frame,
            beside(self.commissioner, self.conductor, self.invited),
            beside(self.source, self.published, self.respondents),
            self.weighted,
            self.note,
            width=640,
            wave=wave.label,
        )
        self.published.setVisible(totals)
        self.respondents.setVisible(totals)
        self.source.field.currentIndexChanged.connect(self.on_source)
        self.sampling.field.currentIndexChanged.connect(self.on_sampling)
        self.on_sampling()
        self.begins.field.setFocus()

    def _make_times(self, wave) -> None:
        self.label = filled(C_("poll form", "Name of the wave"), wave.label)
        self.respondents = many(C_("poll form", "People who took part"), wave.respondents)
        self.planned = dated(C_("poll form", "Planned day"), wave.planned_on)
        self.begins = dated(C_("poll form", "Fieldwork from"), wave.from_on)
        self.ends = dated(C_("poll form", "Fieldwork until"), wave.until_on)
        self.mode = chosen(C_("poll form", "Mode"), MODES, wave.mode)
        self.sampling = chosen(
            C_("poll form", "Sampling"),
            SAMPLINGS,
            wave.sampling,
            help=" ",
        )

    def _make_people(self, wave, poll) -> None:
        # The row shows the series' words where the wave has none of its own.
        own = wave.population if wave.population != poll.population else ""
        self.population = filled(C_("poll form", "Population"), own, hint=poll.population)
        size = wave.population_size if own or wave.population_size != poll.population_size else None
        self.size = many(C_("poll form", "Size of the population"), size)
        if poll.population_size:
            self.size.field.setPlaceholderText(f"{poll.population_size:,}")
        self.frame = filled(
            C_("poll form", "Sampling frame"),
            wave.frame,
            hint=N_("The list the people were drawn from"),
        )
        self.commissioner = filled(
            C_("poll form", "Commissioned by"),
            wave.commissioner if wave.commissioner != poll.commissioner else "",
            hint=poll.commissioner,
        )
        self.conductor = filled(C_("poll form", "Conducted by"), wave.conductor)
        self.invited = many(C_("poll form", "People invited"), wave.invited)
        self.source = chosen(C_("poll form", "Figures come from"), SOURCES, wave.source)
        self.published = filled(
            C_("poll form", "Published in"),
            wave.published,
            hint=N_("Title, publisher, date"),
        )
        self.weighted = Check(N_("Weight the results to known shares"), wave.weighted)
        self.note = Labelled(
            C_("poll form", "Note"), Lines(C_("poll form", "Note"), wave.note, height=52)
        )

    def on_source(self, *_chosen) -> None:
        """Ask where totals were published."""
        totals = self.source.field.value() == PollSource.TOTALS
        self.published.setVisible(totals)
        self.respondents.setVisible(totals)
        self.adjustSize()

    def on_sampling(self, *_chosen) -> None:
        """Say what the sampling means for the figures."""
        said = {
            Sampling.PROBABILITY: N_("The sampling error is stated."),
            Sampling.CENSUS: N_("Everybody was asked: there is no sampling error."),
        }.get(self.sampling.field.value(), N_("No sampling error can be stated."))
        self.sampling.help.say(said)

    def confirm(self) -> None:
        values = {
            "label": self.label.value(),
            "planned_on": self.planned.value(),
            "from_on": self.begins.value(),
            "until_on": self.ends.value(),
            "mode": self.mode.value(),
            "sampling": self.sampling.value(),
            "population": self.population.value(),
            "population_size": self.size.value(),
            "frame": self.frame.value(),
            "commissioner": self.commissioner.value(),
            "conductor": self.conductor.value(),
            "invited": self.invited.value(),
            "source": self.source.value(),
            "published": self.published.value(),
            **self.counted(),
            "weighted": self.weighted.value(),
            "note": self.note.value(),
        }
        begins, ends = values["from_on"], values["until_on"]
        if begins and ends and ends < begins:
            message = N_("The last day of the fieldwork is before its first.")
            self.ends.wrong(say(message))
            raise UserError(message)
        self.desk.do(
            waves.edit_wave,
            then=self.on_accepted,
            otherwise=self.on_refused,
            id=self.wave.id,
            **values,
        )

    def counted(self) -> dict[str, object]:
        """Return who took part where that was published; elsewhere it is counted."""
        if self.source.field.value() != PollSource.TOTALS:
            return {}
        return {"respondents": self.respondents.value()}


class _Held:
    """The values of a series, or nothing of a new one."""

    def __init__(self, poll) -> None:
        self.poll = poll

    def __getattr__(self, name: str):
        return getattr(self.poll, name, None)
