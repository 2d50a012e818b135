"""What was answered: both percentages of each option, and how they moved from wave to wave."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QStackedWidget, QWidget

from db.vocab import QuestionKind
from gwangju_desktop.members.rules import named
from ui import alerts, theme
from ui.polls import copying, place, reading
from ui.polls.exporting import Exporting
from ui.polls.findings import why_no_finding
from ui.polls.method import MethodBox
from ui.polls.numbers import Numbers
from ui.polls.parttable import PartTable
from ui.polls.sharetable import RESPONDENTS, VOTES, ShareTable
from ui.polls.shown import number, numbered, wave_span, wave_title
from ui.polls.trendbox import TrendBox
from ui.polls.waiting import Waiting
from ui.settings import kept
from ui.text import C_, N_, Msg, say
from ui.widgets.forms import Check
from ui.widgets.page import RAIL_BELOW, Page
from ui.widgets.painted import Segment
from ui.widgets.parts import Align, Button, Icon, Label, column, row, scrolled

BASES = (VOTES, RESPONDENTS)
KEPT = "polls/basis"
BASIS_NAMES: dict[str, Msg] = {
    VOTES: C_("poll basis", "Of {n} responses"),
    RESPONDENTS: C_("poll basis", "Of {n} respondents"),
}


class ResultsPage(Exporting, Page):
    """The results of one question in one wave."""

    side = True

    def __init__(self, desk) -> None:
        super().__init__(desk)
        self.place = place.of(desk)
        self.found: reading.Found | None = None
        self._asked: tuple | None = None
        self._counted_as: tuple | None = None
        self._reading = False
        self.basis = kept.text(KEPT, VOTES)
        self.copy = Button(N_("Copy table"), icon="copy", slot=self.on_copy)
        self.picture = Button(N_("Copy picture"), icon="image", slot=self.on_picture)
        self.export = Button(N_("Export…"), icon="download", slot=self.on_export)
        self.finding = Button(N_("Write a finding"), "primary", "lightbulb", slot=self.on_finding)
        self.title = Label("", "h2", elide=True)
        self.wording = Label("", "sec", wrap=True)
        self.switch = Segment(
            tuple(BASIS_NAMES.values()), BASES.index(self.basis), C_("poll", "Basis")
        )
        for part in self.switch.parts:
            part.say("")
        self.weighted = Check(C_("poll", "Weighted"))
        self.table = ShareTable()
        self.parts = PartTable()
        self.numbers = Numbers()
        self.note = Label("", "cap", wrap=True)
        self.trend = TrendBox()
        self.method = MethodBox()
        self.waiting = Waiting(self)
        self._lay_out()
        self.switch.chosen.connect(self.on_basis)
        self.weighted.clicked.connect(self.on_weighted)
        self.table.previewed.connect(self.on_option)
        self.place.changed.connect(self.on_place)
        self.place.ask()

    def _lay_out(self) -> None:
        self.inside = QWidget()
        self.note_row = row(
            (Icon("info", "text3", 14), Align.AlignTop), (self.note, 1), gap=6, margins=(8, 6, 0, 0)
        )
        self.sheet = column(
            self.table, self.parts, self.numbers, self.note_row, 12, self.trend, gap=0
        )
        column(
            self.sheet,
            12,
            row((self.method, 1), margins=(8, 0, 0, 0)),
            None,
            gap=4,
            margins=(20, 0, 24, 20),
            into=self.inside,
        )
        self.body = QStackedWidget()
        self.body.addWidget(scrolled(self.inside))
        self.body.addWidget(self.waiting)
        self.head = column(
            row(
                (self.title, 1),
                self.copy,
                self.picture,
                self.export,
                self.writing(self.finding),
                gap=8,
            ),
            row((self.wording, 1), self.weighted, self.switch, gap=12),
            margins=(28, 12, 24, 6),
            gap=5,
        )
        # Nothing stands there before it was read.
        self.head.hide()
        self.sheet.hide()
        self.method.hide()
        column(self.head, (self.body, 1), gap=0, into=self)

    # --- what a page says of itself
    @property
    def settled(self) -> bool:
        return self.place.settled and not self._reading

    def panes(self) -> list[QWidget]:
        return [self.table] if self.table.isVisible() else [self.export]

    # --- what is shown
    def on_place(self) -> None:
        """Read the question in front, or say why there is nothing to read."""
        wave, asked = self.place.wave, self.place.question
        ready = wave is not None and asked is not None and wave.counted
        self._offer(ready)
        if not ready:
            self.found, self._asked = None, None
            self.waiting.show_place(self.place)
            self.head.hide()
            self.body.setCurrentWidget(self.waiting)
            return
        if not self.desk.read_only:
            self.finding.why_not(why_no_finding(asked.question))
        # A wave without weights of its own has nothing to choose.
        self.weighted.setVisible(wave.weighted and wave.erased_on is None)
        if self._counted_as != (wave.id, wave.weighted):
            self._counted_as = (wave.id, wave.weighted)
            self.weighted.setChecked(wave.weighted)
        self.read()

    def read(self) -> None:
        """Ask for the table, the trend and the method of what is in front."""
        wave, asked = self.place.wave, self.place.question
        self._reading = True
        self._asked = (self.place.poll_id, wave.id, asked.wave_question_id)
        self.desk.read(
            reading.results,
            then=self.on_found,
            poll_id=self.place.poll_id,
            wave_id=wave.id,
            wave_question_id=asked.wave_question_id,
            code=asked.question.code,
            weighted=self.weighted.isChecked() if wave.weighted else None,
        )

    def on_found(self, found: reading.Found) -> None:
        """Show what was read."""
        self._reading = False
        wave = self.place.wave
        if found.table is None and wave is not None and self._other_way(wave):
            # What may not be told beside the rest is said, and what was there stays.
            self.weighted.setChecked(wave.weighted)
            alerts.tell(found.why)
            self.read()
            return
        self.found = found
        if found.table is None:
            self._offer(False)
            self.waiting.show_refusal(found.why)
            self.head.hide()
            self.body.setCurrentWidget(self.waiting)
            return
        self.head.show()
        self.sheet.show()
        self.body.setCurrentIndex(0)
        question = found.table.question
        self.title.say(numbered(self.place, question))
        self.wording.say(question.wording)
        self.method.show_facts(found.method)
        self.renew()
        self._settle()
        self.moved.emit(self._asked[2], "wave_question")

    def _other_way(self, wave) -> bool:
        """Tell whether figures are asked for otherwise than the wave is counted."""
        return wave.weighted and not self.weighted.isChecked()

    def renew(self) -> None:
        """Show what was read on the basis that is chosen."""
        table = self.found.table
        shares = bool(table.options)
        for part, basis in zip(self.switch.parts, BASES, strict=True):
            n = table.base.votes if basis == VOTES else table.base.answered
            part.say(BASIS_NAMES[basis], n=number(n) if n is not None else "?")
        # Each row of a grid has a base of its own and one percentage: there is nothing to switch.
        self.switch.setVisible(shares)
        self.table.setVisible(shares)
        if shares:
            self.table.show_table(table, self.basis)
        grid = table.question.kind is QuestionKind.GRID
        self.parts.setVisible(grid)
        if grid:
            self.parts.show_table(table)
        self.numbers.show_table(table)
        notes = [str(note) for note in (self._counted(), *table.notes) if note]
        self.note.say(" ".join(notes))
        self.note_row.setVisible(bool(notes))
        self._show_trend()
        if table.question.kind is QuestionKind.OPEN:
            self._offer(True)
            self.copy.hide()
            self.picture.hide()
            self.finding.hide()
            self.waiting.show_open(table.base)
            self.body.setCurrentWidget(self.waiting)

    def _settle(self) -> None:
        """Give all its height before it is painted: Qt would lay nested parts out one by one."""
        for part in (self.trend, self.sheet, self.inside):
            part.layout().activate()
        self.inside.resize(self.inside.width(), self.inside.minimumSizeHint().height())

    def _show_trend(self) -> None:
        trend = self.found.trends.get(self.basis)
        self.trend.show_trend(trend, self.found.table, self.basis, self.leads())

    def leads(self) -> tuple[str, ...]:
        """Return the codes of the two options whose lines have inks of their own."""
        lines = [line for line in self.table.lines() if not line.share.missing]
        ranked = [line.share.code for line in sorted(lines, key=lambda line: line.rank)]
        chosen = self.table.current()
        here = next((line.share.code for line in lines if line.id == chosen), None)
        others = [code for code in ranked if code != here]
        return tuple(([here] if here else []) + others)[:2]

    def _counted(self) -> str:
        """Say who was asked and is not in the shares; "" where everybody is."""
        base = self.found.table.base
        if not base.blank and not base.missing and base.asked in (None, base.answered):
            return ""
        told = []
        if base.asked is not None:
            told.append(say(N_("Asked {n}"), n=number(base.asked)))
        if base.answered is not None:
            told.append(say(N_("answered {n}"), n=number(base.answered)))
        if base.blank:
            told.append(say(N_("blank {n}"), n=number(base.blank)))
        if base.missing:
            told.append(say(N_("don’t know or no answer {n}"), n=number(base.missing)))
        return " · ".join(told) + "." if told else ""

    def _meta(self) -> str:
        poll, wave = self.place.poll, self.place.wave
        if poll is None:
            return ""
        if wave is None:
            return named(poll.name, poll.name_en)
        told = [named(poll.name, poll.name_en), wave_title(wave), wave_span(wave)]
        return " · ".join(part for part in told if part)

    def _offer(self, ready: bool) -> None:
        """Show the buttons that need results only where there are any."""
        for button in (self.copy, self.picture, self.export):
            button.setVisible(ready)
        self.fold()
        room = getattr(self, "room", None)
        there = room is not None and any(pane.key == "findings" for pane in room.parts)
        self.finding.setVisible(ready and there and not self.desk.read_only)

    # --- what a person does
    def on_basis(self, n: int) -> None:
        """Emphasise the other percentage; no number changes."""
        self.basis = BASES[n]
        kept.keep(KEPT, self.basis)
        if self.found is not None and self.found.table is not None:
            self.renew()

    def on_weighted(self) -> None:
        """Tabulate with or without weights."""
        if self._asked is not None:
            self.read()

    def on_option(self, _id) -> None:
        """Draw the line of the option in front in an ink of its own."""
        if self.found is not None and self.found.table is not None:
            self._show_trend()

    def on_finding(self) -> None:
        """Put what is in front before the committee."""
        self.room.show_pane("findings").on_add()

    def on_copy(self) -> None:
        """Put the table on the clipboard as cells and as a table of a document."""
        if self.found is not None and self.found.table is not None:
            copying.copy_cells(copying.cells(self.found.table, self._meta()))
            self.toast(N_("Table copied."))

    def on_picture(self) -> None:
        """Put table and trend on the clipboard as one picture."""
        if self.found is None or self.found.table is None:
            return
        table = self.found.table
        method = " · ".join(text for _name, text in self.found.method)
        copying.copy_picture(self.sheet, table.question.title, table.question.wording, method)
        self.toast(N_("The picture is on the clipboard."))

    # --- events
    def showEvent(self, event) -> None:
        super().showEvent(event)
        if self.found is None and self.place.known:
            self.on_place()

    def fold(self) -> None:
        super().fold()
        narrow = self.window().width() < theme.px(RAIL_BELOW)
        self.picture.setHidden(self.copy.isHidden() or narrow)

    def changeEvent(self, event) -> None:
        super().changeEvent(event)
        if event.type() == event.Type.LanguageChange and hasattr(self, "method"):
            # Titles and notes are made of data in two languages: they are read anew.
            QTimer.singleShot(0, self, self.on_place)


PANE = ResultsPage
