"""The left pane of the polls room: the series, its waves, the questions of one, and its base."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QWidget

from db.vocab import WaveState
from gwangju_desktop.members.rules import named
from gwangju_desktop.polls.words import how_answered
from ui import theme
from ui.models.rows import Cell, Column, RowTable, Table
from ui.polls.shown import wave_span, wave_title
from ui.text import C_, N_, NN_, Msg, say
from ui.widgets.forms import Choice
from ui.widgets.lists import RowList
from ui.widgets.painted import Segment
from ui.widgets.parts import Label, advance, column, row, rule

WIDTH, NARROW = 280, 212  # px at 100 % text size; narrow in windows with the icon rail
AROUND = 20  # px at both sides of what stands in the pane
PART = 28  # px a part of a segment needs around its words


def _number(asked) -> Cell:
    return Cell(str(asked.number), role="cap")


def _question(asked) -> Cell:
    question = asked.question
    return Cell(question.title or question.wording, str(how_answered(question)), role="secb")


QUESTIONS = Table(
    (
        Column("number", C_("poll", "No."), 30, cell=_number),
        Column("title", C_("poll", "Question"), cell=_question),
    )
)


class Numbered:
    """A question as the list shows it: the row, and the number it has there."""

    __slots__ = ("id", "number", "question")

    def __init__(self, number: int, asked) -> None:
        self.number, self.question, self.id = number, asked.question, asked.wave_question_id


class Side(QFrame):
    """Choose series, wave and question; what is chosen is the room's place."""

    def __init__(self, place) -> None:
        super().__init__()
        self.setObjectName("leftpane")
        self.place = place
        self.narrow = False
        self._waves: list[tuple[int, str]] = []
        self.series = Choice([(None, "")], C_("poll", "Series"), None)
        self.name = Label("", "secb", elide=True)
        self.choice = Choice([(None, "")], C_("poll", "Wave"), None)
        self.segment: Segment | None = None
        self.dates = Label("", "cap", elide=True)
        self.waves_title = Label(C_("poll", "Waves"), "capb")
        self.count = Label("", "cap")
        self.list = RowList(RowTable(QUESTIONS), C_("poll", "Questions"), height=52, header=False)
        self.base = Label("", "secb", elide=True)
        self.whom = Label("", "cap", elide=True)
        self.rhythm = Label("", "cap", wrap=True)
        self.holder = QWidget()
        row(self.choice, None, gap=0, into=self.holder)
        self.foot = column(rule(), 4, self.base, self.whom, self.rhythm, gap=2)
        column(
            column(
                self.series,
                self.name,
                6,
                row(self.waves_title, (self.dates, 1), gap=8),
                self.holder,
                8,
                row(Label(C_("poll", "Questions"), "capb"), self.count, None, gap=8),
                margins=(AROUND, 14, AROUND, 4),
                gap=4,
            ),
            (row(self.list, margins=(12, 0, 12, 0)), 1),
            row((self.foot, 1), margins=(AROUND, 8, AROUND, 14)),
            gap=0,
            into=self,
        )
        self.series.activated.connect(self.on_series)
        self.choice.activated.connect(self.on_choice)
        self.list.previewed.connect(self.on_question)
        place.changed.connect(self.renew)
        self.fit(False)
        place.ask()

    # --- what is shown
    def renew(self) -> None:
        """Show where one is."""
        place = self.place
        several = len(place.polls) > 1
        self.series.setVisible(several)
        self.name.setVisible(not several and bool(place.polls))
        self.series.show_options(
            [(poll.id, named(poll.name, poll.name_en)) for poll in place.polls], place.poll_id
        )
        self.name.say(named(place.poll.name, place.poll.name_en) if place.poll else "")
        self._show_waves()
        self._show_questions()
        self._show_base()

    def _show_waves(self) -> None:
        waves = [(wave.id, wave_title(wave)) for wave in self.place.waves]
        if waves != self._waves:
            self._waves = waves
            self._offer()
        ids = [id for id, _title in waves]
        at = ids.index(self.place.wave_id) if self.place.wave_id in ids else -1
        if self.segment is not None and at >= 0:
            self.segment.choose(at)
        elif at >= 0:
            self.choice.choose(self.place.wave_id)
        wave = self.place.wave
        self.dates.say(wave_span(wave) if wave else "")
        self.waves_title.setVisible(bool(waves))

    def _offer(self) -> None:
        """Offer the waves as parts of a segment, or where they do not fit as a choice."""
        if self.segment is not None:
            self.holder.layout().removeWidget(self.segment)
            self.segment.hide()
            self.segment.deleteLater()
            self.segment = None
        titles = [title for _id, title in self._waves]
        needed = sum(advance("secb", title) + theme.px(PART) for title in titles)
        fits = needed <= self.width() - 2 * AROUND
        self.choice.setVisible(bool(titles) and not fits)
        self.choice.show_options(self._waves or [(None, "")], self.place.wave_id)
        if titles and fits:
            self.segment = Segment(titles, len(titles) - 1, C_("poll", "Wave"))
            self.segment.chosen.connect(self.on_segment)
            self.holder.layout().insertWidget(0, self.segment)
            # Made last, it would be the last stop of the window.
            before = self.choice
            for part in self.segment.parts:
                QWidget.setTabOrder(before, part)
                before = part

    def _show_questions(self) -> None:
        rows = [Numbered(n, asked) for n, asked in enumerate(self.place.asked, 1)]
        self.count.say(str(len(rows)) if rows else "")
        self.list.model().show(rows)
        if self.place.question_id is not None:
            self.list.choose(self.place.question_id)

    def _show_base(self) -> None:
        wave, poll = self.place.wave, self.place.poll
        self.foot.setVisible(wave is not None)
        if wave is None:
            return
        words, n = _base(wave)
        self.base.say(words, n=n)
        self.whom.say(wave.population)
        self.whom.setVisible(bool(wave.population))
        words = NN_("Every {n} month", "Every {n} months")
        told = [say(words, n=poll.every_months)]
        if poll.next_on is not None:
            told.append(say(N_("next wave {date:full}"), date=poll.next_on))
        # A day is never torn apart between two lines.
        self.rhythm.say(("\n" if self.narrow else " · ").join(told))

    # --- what a person does
    def on_series(self) -> None:
        self.place.show_poll(self.series.value())

    def on_choice(self) -> None:
        self.place.show_wave(self.choice.value())

    def on_segment(self, n: int) -> None:
        self.place.show_wave(self._waves[n][0])

    def on_question(self, id) -> None:
        if id is not None and id != self.place.question_id:
            self.place.show_question(id)

    # --- events
    def fit(self, narrow: bool) -> None:
        """Take less room where the window has little."""
        if narrow != self.narrow or not self.maximumWidth() < 4_000:
            self.narrow = narrow
            self.dress()

    def dress(self) -> None:
        """Take the width of the present text size."""
        self.setFixedWidth(theme.px(NARROW if self.narrow else WIDTH))
        if self._waves:
            self._offer()
            self._show_waves()
            self._show_base()

    def changeEvent(self, event) -> None:
        super().changeEvent(event)
        if event.type() == event.Type.LanguageChange and self.place.known:
            self._waves = []
            self.place.settle.start()


def _base(wave) -> tuple[Msg, int]:
    if wave.state == WaveState.FIELDING:
        return NN_("{n:,} response so far", "{n:,} responses so far"), wave.responses
    n = wave.responses if wave.respondents is None else wave.respondents
    return NN_("{n:,} respondent", "{n:,} respondents"), n
