"""Where one is in the polls room: the series, the wave and the question all its panes show."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from db.vocab import WaveState
from gwangju_desktop.polls import questions, series, waves

SETTLE_MS = 60
TABLES = frozenset(
    {
        "poll",
        "poll_wave",
        "poll_question",
        "poll_option",
        "poll_part",
        "wave_question",
        "poll_batch",
        "poll_ballot",
        "poll_total",
        "poll_target",
    }
)
COUNTED = frozenset({WaveState.CLOSED, WaveState.PUBLISHED})


def of(desk) -> Place:
    """Return the place all panes on this desk share."""
    return desk.findChild(Place) or Place(desk)


class Place(QObject):
    """The series, wave and question in front, and the rows one chooses them from.

    A pane connects `changed`, calls `ask()` once, and shows `poll`, `wave` and `question`; each is
    None where there is none.
    """

    changed = Signal()

    def __init__(self, desk) -> None:
        super().__init__(desk)
        self.desk = desk
        self.polls, self.waves, self.asked = (), (), ()
        self.poll_id = self.wave_id = self.question_id = None
        self.known = False
        self._waiting = False
        self._wanted: tuple[str, int] | None = None
        self.settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self.settle.timeout.connect(self.read)
        desk.changed.connect(self.on_changed)

    # --- what is in front
    @property
    def poll(self):
        """The series in front, a row of `series.polls`."""
        return next((one for one in self.polls if one.id == self.poll_id), None)

    @property
    def wave(self):
        """The wave in front, a row of `waves.waves`."""
        return next((one for one in self.waves if one.id == self.wave_id), None)

    @property
    def question(self):
        """The question in front as its wave asks it, an `Asked` of `questions.questionnaire`."""
        found = (one for one in self.asked if one.wave_question_id == self.question_id)
        return next(found, None)

    @property
    def settled(self) -> bool:
        """Say whether nothing is still to be read."""
        return not self._waiting and not self.settle.isActive()

    # --- moving
    def ask(self) -> None:
        """Read once; a pane calls it when it is first shown."""
        if not self.known and not self._waiting:
            self.read()

    def show_poll(self, id: int) -> None:
        """Put a series in front, with its latest counted wave."""
        if id != self.poll_id:
            self.poll_id, self.wave_id, self.question_id = id, None, None
            self.read()

    def show_wave(self, id: int) -> None:
        """Put a wave in front; the question stays where the wave asks it too."""
        if id == self.wave_id:
            return
        if any(one.id == id for one in self.waves):
            self._same_question()
            self.wave_id = id
            self.read()
        else:
            self.find("poll_wave", id)

    def show_question(self, id: int) -> None:
        """Put a question of a wave in front, by its place in the questionnaire."""
        if id == self.question_id:
            return
        if any(one.wave_question_id == id for one in self.asked):
            self.question_id = id
            self.changed.emit()
        else:
            self.find("wave_question", id)

    def find(self, table: str, id: int) -> None:
        """Put a record in front, whichever series it belongs to."""
        self._waiting = True
        self.desk.read(where, then=self.on_found, table=table, id=id)

    # --- reading
    def read(self) -> None:
        """Read series, waves and questions anew."""
        self._waiting = True
        self.desk.read(everything, then=self.on_read, poll_id=self.poll_id, wave_id=self.wave_id)

    def on_found(self, found) -> None:
        """Go where a record was found."""
        if found is not None:
            self.poll_id, self.wave_id, self.question_id = found
        self.read()

    def on_read(self, found) -> None:
        """Take what was read; what is gone is left for what stands beside it."""
        self.polls, self.poll_id, self.waves, self.wave_id, self.asked = found
        wanted, self._wanted = self._wanted, None
        ids = [one.wave_question_id for one in self.asked]
        if self.question_id not in ids:
            codes = {("code", one.question.code): one.wave_question_id for one in self.asked}
            self.question_id = codes.get(wanted, ids[0] if ids else None)
        self.known, self._waiting = True, False
        self.changed.emit()

    def on_changed(self, changes) -> None:
        """Follow what anybody writes."""
        if self.known and changes.touches(*TABLES):
            self.settle.start()

    def _same_question(self) -> None:
        """Remember the question by its code, which is the same in every wave."""
        if self.question is not None:
            self._wanted = ("code", self.question.question.code)


def everything(read, *, poll_id: int | None, wave_id: int | None):
    """Return the series, the one in front, its waves, the one in front, and its questions."""
    polls = tuple(series.polls(read))
    poll_id = _kept(polls, poll_id, polls[0].id if polls else None)
    if poll_id is None:
        return polls, None, (), None, ()
    held = tuple(waves.waves(read, poll_id=poll_id))
    counted = [one for one in held if one.state in COUNTED] or list(held)
    wave_id = _kept(held, wave_id, counted[-1].id if counted else None)
    asked = tuple(questions.questionnaire(read, wave_id=wave_id)) if wave_id else ()
    return polls, poll_id, held, wave_id, asked


def where(read, *, table: str, id: int):
    """Return series, wave and question of a record of a poll; None for one that is gone."""
    for poll in series.polls(read):
        if table == "poll" and poll.id == id:
            return poll.id, None, None
        for wave in waves.waves(read, poll_id=poll.id):
            if table == "poll_wave" and wave.id == id:
                return poll.id, wave.id, None
            if table not in ("wave_question", "poll_question"):
                continue
            for one in questions.questionnaire(read, wave_id=wave.id):
                if id == (one.question_id if table == "poll_question" else one.wave_question_id):
                    return poll.id, wave.id, one.wave_question_id
    return None


def _kept(rows, id: int | None, other: int | None) -> int | None:
    return id if any(one.id == id for one in rows) else other
