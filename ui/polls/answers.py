"""Entry of answers: files brought in, ballots typed, published totals; weights; and their end."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QStackedWidget

from db.vocab import PollSource, WaveState
from gwangju_desktop.polls import ballots, intake, published
from ui import alerts
from ui.models.rows import RowTable
from ui.polls import place
from ui.polls.answer_lists import BALLOTS, BATCHES, TOTALS, Came, came, keeping
from ui.polls.heads import WaveChoice
from ui.text import C_, N_, NN_, say
from ui.widgets.lists import RowList
from ui.widgets.page import Hollow, Page, State
from ui.widgets.painted import Segment
from ui.widgets.parts import Button, Icon, Label, column, row, rule

FILES, TYPED, PUBLISHED = range(3)
WORDS = (
    C_("poll form", "Files {n:,}"),
    C_("poll form", "Ballots {n:,}"),
    C_("poll form", "Published totals {n:,}"),
)
OPEN = frozenset({WaveState.PLANNED, WaveState.FIELDING, WaveState.CLOSED})


class AnswersPage(Page):
    """What came in for the wave in front, three ways."""

    def __init__(self, desk) -> None:
        super().__init__(desk)
        self.place = place.of(desk)
        self.came: Came | None = None
        self.asked_key: tuple | None = None
        self.choice = WaveChoice(desk)
        self._make_head()
        self._make_lists()
        self._lay_out()
        self.parts.chosen.connect(self.on_part)
        self.place.changed.connect(self.on_place)
        self.place.ask()
        self.on_place()

    def _make_head(self) -> None:
        self.meta = Label("", "sec", elide=True)
        self.bring = Button(
            C_("poll form", "Import a file"), "primary", "upload", slot=self.on_import_poll
        )
        self.type = Button(
            C_("poll form", "Type ballots"), icon="pencil", slot=self.on_type_ballots
        )
        self.total = Button(C_("poll form", "Enter totals"), icon="table", slot=self.on_totals)
        self.weights = Button(C_("poll form", "Known shares"), "link", slot=self.on_weights)
        self.erase = Button(C_("poll form", "Erase raw answers"), "link", slot=self.on_erase)
        self.writing(self.bring, self.type, self.total, self.weights, self.erase)
        self.weight_sign = Icon("weight", "text3", 14)
        self.weight_words = Label("", "sec", wrap=True)
        self.keep_sign = Icon("clock", "text3", 14)
        self.keep_words = Label("", "sec", wrap=True)
        self.weight_row = row(self.weight_sign, (self.weight_words, 1), self.weights, gap=8)
        self.keep_row = row(self.keep_sign, (self.keep_words, 1), self.erase, gap=8)

    def _make_lists(self) -> None:
        self.parts = Segment(["–"] * 3, FILES, C_("poll form", "Shown"))
        self.remove = self.writing(
            Button(C_("poll form", "Delete"), "ghost", "trash-2", slot=self.on_remove)
        )
        self.change = self.writing(
            Button(C_("button", "Change"), "ghost", "pencil", slot=self.on_change)
        )
        made = (
            (BATCHES, C_("poll form", "Files of answers"), 36),
            (BALLOTS, C_("poll form", "Ballots"), 34),
            (TOTALS, C_("poll form", "Published totals"), 48),
        )
        empty = (
            State(
                "file-spreadsheet",
                N_("No file of answers yet"),
                N_("Import a CSV or XLSX file, or drop it here."),
            ),
            State(
                "pencil",
                N_("No ballots typed yet"),
                N_("Digits choose the options, Enter goes to the next question."),
            ),
            State(
                "table",
                N_("No questions to enter totals of"),
                N_("Put questions into the questionnaire of this wave first."),
            ),
        )
        self.stack = QStackedWidget()
        self.lists = []
        for (table, title, height), hollow in zip(made, empty, strict=True):
            each = RowList(RowTable(table), title, height=height)
            each.opened.connect(self.on_opened)
            each.previewed.connect(self.on_row)
            self.lists.append(each)
            self.stack.addWidget(Hollow(each, hollow))

    def _lay_out(self) -> None:
        self.head = row(
            (self.choice.widget, 1),
            self.total,
            self.type,
            self.bring,
            margins=(28, 14, 24, 4),
            gap=8,
        )
        self.body = column(
            row((self.meta, 1), margins=(28, 2, 24, 6)),
            column(self.weight_row, self.keep_row, gap=2, margins=(28, 0, 24, 8)),
            rule(),
            row(self.parts, None, self.change, self.remove, margins=(28, 10, 24, 6), gap=4),
            (row(self.stack, margins=(20, 0, 16, 8)), 1),
            gap=0,
        )
        self.empty = State(
            "inbox",
            N_("No wave to enter answers for"),
            N_("Import a file of answers: it makes a series and its first wave."),
            self.writing(
                Button(C_("poll form", "Import a file"), "default", slot=self.on_import_poll)
            ),
        )
        column(self.head, (self.body, 1), (self.empty, 1), gap=0, into=self)

    def panes(self) -> list:
        return [self.lists[self.parts.current()], self.parts]

    @property
    def settled(self) -> bool:
        return self.place.settled

    def open(self, id: int | None = None, table: str = "") -> None:
        """Show the files, or the ballots, of the wave in front."""
        self.on_part(TYPED if table == "poll_ballot" else FILES)
        if id is not None:
            self.lists[self.parts.current()].choose(id)

    def take(self, paths: list[Path]) -> None:
        """Import a file that was dropped on the window."""
        if not self.desk.read_only:
            self._import(paths[0])

    # --- what is shown
    def on_place(self) -> None:
        """Show what came in for the wave in front."""
        here = self.place
        self.choice.show()
        wave = here.wave
        self.body.setVisible(wave is not None)
        self.empty.setVisible(here.known and wave is None)
        if wave is None:
            self.total.setEnabled(False)
            self.type.setEnabled(False)
            return
        self.show_wave(wave)
        self.desk.read(came, then=self.on_came, wave=wave, asked=here.asked)

    def show_wave(self, wave) -> None:
        """Show how far a wave is, and what may be entered."""
        people = say(NN_("{n:,} respondent", "{n:,} respondents"), n=wave.responses)
        told = [people]
        if wave.invited:
            told.append(say(N_("of {n:,} invited"), n=wave.invited))
        if wave.state == WaveState.FIELDING:
            told.append(say(N_("in the field: shares are shown once the wave is closed")))
        self.meta.say(" · ".join(told))
        if self.desk.read_only:
            return
        totals = wave.source == PollSource.TOTALS
        may = wave.state in OPEN and wave.erased_on is None
        closed = N_("The wave is published: its figures stay as they are.")
        self.bring.why_not(
            N_("This wave holds published totals.") if totals and wave.responses else ""
        )
        if totals and wave.responses:
            self.type.why_not(N_("This wave holds published totals."))
        elif wave.state != WaveState.FIELDING:
            self.type.why_not(N_("Ballots are typed while a wave is in the field."))
        else:
            self.type.why_not("" if wave.questions else N_("The wave asks nothing yet."))
        held = wave.batches or wave.ballots
        self.weights.setVisible(may)
        if not may:
            self.total.why_not(closed)
        elif held:
            self.total.why_not(N_("This wave is counted from its answers."))
        else:
            self.total.why_not("" if wave.questions else N_("The wave asks nothing yet."))
        self.erase.setVisible(bool(held) and wave.counted and wave.erased_on is None)

    def on_came(self, found: Came) -> None:
        """Show the lists."""
        if found.wave_id != self.place.wave_id:
            return
        self.came = found
        wave = self.place.wave
        rows = (found.batches, found.ballots, found.totals)
        counts = (len(found.batches), len(found.ballots), sum(one.kept for one in found.totals))
        for part, words, n in zip(self.parts.parts, WORDS, counts, strict=True):
            part.say(words, n=n)
        # Totals counted from answers are results; only published ones are entered here.
        entered = not (wave.batches or wave.ballots) and wave.erased_on is None
        self.parts.parts[PUBLISHED].setVisible(entered)
        if self.parts.current() == PUBLISHED and not entered:
            self.on_part(FILES)
        for each, lines in zip(self.lists, rows, strict=True):
            each.model().show(lines)
            each.choose_first()
        if self.asked_key != (found.wave_id,):
            self.asked_key = (found.wave_id,)
            first = PUBLISHED if wave.source == PollSource.TOTALS else FILES
            self.on_part(TYPED if first == FILES and counts[1] and not counts[0] else first)
        self._say_weights(found)
        self._say_keeping(found)
        self.fit_buttons()

    def _say_weights(self, found: Came) -> None:
        wave = self.place.wave
        self.weight_row.setVisible(wave.source != PollSource.TOTALS and bool(wave.questions))
        if found.fault is not None:
            self.weight_sign.show_icon("circle-alert", "bad")
            self.weight_words.ink("bad").say(alerts.sentence(found.fault))
            return
        if found.weighting is None:
            words = (
                N_("Weighted once answers are in.")
                if wave.weighted
                else N_("Results are not weighted.")
            )
            self.weight_sign.show_icon("weight", "text3")
            self.weight_words.ink("text2").say(words)
            return
        warned = found.weighting.warnings
        self.weight_sign.show_icon(
            "circle-alert" if warned else "weight", "warn" if warned else "text3"
        )
        told = N_("Weighted: as good as {n_eff:,.1f} respondents, design effect {deff:.2f}.")
        words = [say(told, n_eff=found.weighting.n_eff, deff=found.weighting.deff)]
        self.weight_words.ink("text2").say(" ".join([*words, *(str(one) for one in warned)]))

    def _say_keeping(self, found: Came) -> None:
        told = keeping(self.place.wave, found.due)
        self.keep_row.setVisible(told is not None)
        if told is not None:
            icon, ink, words = told
            self.keep_sign.show_icon(icon, ink)
            self.keep_words.ink("warn" if ink == "warn" else "text2").say(words)

    def fit_buttons(self) -> None:
        """Show what can be done with the row that is chosen."""
        if self.desk.read_only or self.came is None or self.place.wave is None:
            return
        part, wave = self.parts.current(), self.place.wave
        there = self.lists[part].currentIndex().isValid()
        may = wave.state in OPEN and wave.erased_on is None
        if part == TYPED:
            may = wave.state == WaveState.FIELDING
        elif part == PUBLISHED:
            may = may and not (wave.batches or wave.ballots)
        self.change.setVisible(there and may and part != FILES)
        self.remove.setVisible(there and may and (part != PUBLISHED or self._kept()))

    def _kept(self) -> bool:
        id = self.lists[PUBLISHED].current()
        return any(one.id == id and one.kept for one in self.came.totals)

    # --- slots
    def on_row(self, _id) -> None:
        self.fit_buttons()

    def on_part(self, n: int) -> None:
        """Show the files, the ballots or the totals."""
        self.parts.choose(n)
        self.stack.setCurrentIndex(n)
        self.fit_buttons()

    def on_opened(self, _id) -> None:
        self.on_change()

    def on_change(self) -> None:
        """Correct the ballot, or the totals, that are chosen."""
        part = self.parts.current()
        id = self.lists[part].current()
        if id is None or self.desk.read_only or self.change.isHidden():
            return
        if part == TYPED:
            from ui.polls.ballots import BallotDialog

            ballot = next(one for one in self.came.ballots if one.id == id)
            here = self.place
            BallotDialog(self.window(), self.desk, here.wave, here.asked, ballot).open()
        elif part == PUBLISHED:
            self._totals(id)

    def on_remove(self) -> None:
        """Take out the file, the ballot or the totals that are chosen; undo brings them back."""
        part = self.parts.current()
        id = self.lists[part].current()
        if id is None or self.remove.isHidden():
            return
        if part == FILES:
            self.desk.do(intake.remove_batch, batch_id=id)
        elif part == TYPED:
            self.desk.do(ballots.remove_ballot, id=id)
        else:
            self.desk.do(published.remove_totals, wave_question_id=id)

    def on_import_poll(self) -> None:
        """Import a file of answers."""
        if not self.desk.read_only:
            self._import(None)

    def _import(self, path: Path | None) -> None:
        from ui.polls.importing import ImportDialog

        dialog = ImportDialog(self.window(), self.desk, path)
        dialog.accepted.connect(self.on_imported)
        dialog.open()

    def on_imported(self) -> None:
        """Show the wave the answers went into."""
        self.asked_key = None
        self.place.find("poll_wave", self.sender().value)

    def on_type_ballots(self) -> None:
        """Type paper ballots of the wave in front."""
        here = self.place
        if here.wave is None or not here.asked or self.desk.read_only:
            return
        if here.wave.state != WaveState.FIELDING:
            self.toast(N_("Ballots are typed while a wave is in the field."))
            return
        from ui.polls.ballots import BallotDialog

        self.on_part(TYPED)
        BallotDialog(self.window(), self.desk, here.wave, here.asked).open()

    def on_totals(self) -> None:
        """Enter totals published elsewhere."""
        self.on_part(PUBLISHED)
        self._totals(self.lists[PUBLISHED].current())

    def _totals(self, id: int | None) -> None:
        from ui.polls.totals_form import TotalsDialog

        here = self.place
        if here.asked:
            TotalsDialog(self.window(), self.desk, here.wave, here.asked, id).open()

    def on_weights(self) -> None:
        """Set the known shares of the population."""
        from ui.polls.weights_form import WeightsForm

        WeightsForm(self.window(), self.desk, self.place.wave).open()

    def on_erase(self) -> None:
        """Erase the raw answers for good."""
        from ui.polls.erase_form import EraseAnswersDialog

        EraseAnswersDialog(self.window(), self.desk, self.place.wave).open()

    def changeEvent(self, event) -> None:
        if event.type() == event.Type.LanguageChange and hasattr(self, "empty"):
            # Not now: the parts change their own words after this.
            QTimer.singleShot(0, self, self.on_place)
        super().changeEvent(event)

    def keyPressEvent(self, event) -> None:
        if event.key() == Qt.Key.Key_Delete and self.lists[self.parts.current()].hasFocus():
            self.on_remove()
        else:
            super().keyPressEvent(event)


PANE = AnswersPage
