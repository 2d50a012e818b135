"""The answers of one wave as they are held: files and typed ballots, one row a respondent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db import columns as store
from db.schema.answers import PollBallot, PollBatch
from db.schema.polls import PollWave, WaveQuestion
from db.vocab import QuestionKind
from gwangju_desktop.errors import UserError
from gwangju_desktop.polls import columns, loaded
from gwangju_desktop.polls.model import BLANK, Answers, Question
from gwangju_desktop.polls.table import Groups
from gwangju_desktop.polls.tally import ONE_CHOICE
from gwangju_desktop.text import N_

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

WEIGHT = "weight"


@dataclass(frozen=True, slots=True)
class _Batch:
    file_name: str
    taken: int
    columns: dict[str, str]


@dataclass(frozen=True, slots=True)
class _Place:
    """A question's place in the wave: whom it was put to."""

    ask_if_id: int | None
    ask_if: frozenset[str]


class Held:
    """All answers held of one wave; questions are read as they are wanted, within one reading.

    Respondents come in one order for every question: files in the order they came, then ballots.
    `n` is how many there are.
    """

    def __init__(self, read: Session, wave_id: int) -> None:
        self._read = read
        # What was erased stays so, even where undoing brought the row of a removed file back.
        here = select(PollWave.id).where(PollWave.id == wave_id, PollWave.erased_on.is_(None))
        self._batches = [
            _Batch(row.file_name, row.taken, row.columns)
            for row in read.execute(
                select(PollBatch.file_name, PollBatch.taken, PollBatch.columns)
                .where(PollBatch.wave_id.in_(here))
                .order_by(PollBatch.id)
            )
        ]
        self._ballots: list[dict[str, Any]] = list(
            read.scalars(
                select(PollBallot.answers)
                .where(PollBallot.wave_id.in_(here))
                .order_by(PollBallot.serial)
            )
        )
        self.places = {
            row.question_id: _Place(row.ask_if_id, frozenset(row.ask_if or ()))
            for row in read.execute(
                select(WaveQuestion.question_id, WaveQuestion.ask_if_id, WaveQuestion.ask_if)
                .where(WaveQuestion.wave_id == wave_id)
                .order_by(WaveQuestion.position)
            )
        }
        self.n = sum(batch.taken for batch in self._batches) + len(self._ballots)
        self._questions: dict[int, Question] = {}
        self._known: dict[int, Answers] = {}

    def question(self, question_id: int) -> Question:
        """Return a question of the wave; KeyError when the wave does not ask it."""
        if question_id not in self._questions:
            # One table wants one question, a report wants them all.
            wanted = self.places if self._questions else [question_id]
            self._questions |= loaded.questions(self._read, wanted)
        return self._questions[question_id]

    def of(self, question_id: int) -> Answers:
        """Return all answers to a question of the wave; who was not asked left it blank.

        Where the questionnaire has a condition it decides who was asked; else the file does.
        Raises UserError when the answers of a file are gone.
        """
        if question_id not in self._known:
            self._known[question_id] = self._asked(question_id, frozenset())
        return self._known[question_id]

    def groups(self, question_id: int) -> Groups:
        """Return respondents told apart by an attribute; UserError for one with several answers."""
        question = self.question(question_id)
        if question.kind not in ONE_CHOICE:
            raise UserError(
                N_("“{question}” gives no groups: it is not a choice of one."),
                hint=N_("Choose a question with one choice, such as sex or age band."),
                question=question.title or question.wording or question.code,
            )
        return Groups(question, self.of(question_id).chosen)

    def weights(self) -> NDArray[np.float64] | None:
        """Return the weights that came with the files, 1 for who has none; None without any."""
        import numpy as np

        names = [batch.columns.get(WEIGHT) for batch in self._batches]
        data = store.get(self._read, [name for name in names if name])
        if not any(names):
            return None
        pieces = []
        for batch, name in zip(self._batches, names, strict=True):
            if name:
                pieces.append(columns.decode_weights(self._found(data, name, batch)))
            else:
                pieces.append(np.ones(batch.taken))
        return np.concatenate([*pieces, np.ones(len(self._ballots))])

    def _asked(self, question_id: int, within: frozenset[int]) -> Answers:
        """Return the answers of those a question was put to; `within` are questions that wait."""
        answers = self._everybody(question_id)
        place = self.places[question_id]
        before = place.ask_if_id
        if before is None or before not in self.places or before in within | {question_id}:
            return answers
        asked = answers.asked & _chose(self._asked(before, within | {question_id}), place.ask_if)
        empty = columns.blank(answers.question, self.n)
        chosen = answers.chosen.copy()
        chosen[~asked] = empty[~asked]
        return Answers(answers.question, asked, chosen)

    def _everybody(self, question_id: int) -> Answers:
        import numpy as np

        question = self.question(question_id)
        names = [batch.columns.get(str(question_id)) for batch in self._batches]
        data = store.get(self._read, [name for name in names if name])
        pieces = []
        for batch, name in zip(self._batches, names, strict=True):
            if name:
                pieces.append(columns.decode(self._found(data, name, batch), question))
            else:
                nobody = np.zeros(batch.taken, dtype=np.bool_)
                pieces.append(Answers(question, nobody, columns.blank(question, batch.taken)))
        if self._ballots:
            pieces.append(_typed(question, str(question_id), self._ballots))
        if len(pieces) == 1:
            return pieces[0]
        if not pieces:
            return Answers(question, np.zeros(0, dtype=np.bool_), columns.blank(question, 0))
        return Answers(
            question,
            np.concatenate([piece.asked for piece in pieces]),
            np.concatenate([piece.chosen for piece in pieces]),
        )

    @staticmethod
    def _found(data: dict[str, bytes], name: str, batch: _Batch) -> bytes:
        if name not in data:
            raise UserError(
                N_("The answers of “{file}” are gone for good."),
                hint=N_("Remove the file from the wave."),
                file=batch.file_name,
            )
        return data[name]


def _chose(answers: Answers, codes: frozenset[str]) -> NDArray[np.bool_]:
    """Tell who chose one of some options, at any place of a ranking or row of a grid."""
    import numpy as np

    hit = np.array([option.code in codes for option in answers.question.options] + [False])
    chosen = answers.chosen
    if answers.question.kind is QuestionKind.MULTIPLE:
        found: NDArray[np.bool_] = (chosen & hit[:-1]).any(axis=1)
        return found
    if answers.question.kind in (QuestionKind.NUMBER, QuestionKind.OPEN):
        return answers.asked
    # BLANK is -1, so the last entry, False, answers for it.
    marked: NDArray[np.bool_] = hit[chosen.reshape(len(chosen), -1)].any(axis=1)
    return marked


def _typed(question: Question, key: str, ballots: Sequence[dict[str, Any]]) -> Answers:
    """Return what was typed from ballots as answers to one question; all were asked."""
    import numpy as np

    chosen = columns.blank(question, len(ballots))
    options = {option.code: i for i, option in enumerate(question.options)}
    rows = {part.code: i for i, part in enumerate(question.parts)}
    for row, ballot in enumerate(ballots):
        given = ballot.get(key)
        if given is None:
            continue
        match question.kind:
            case QuestionKind.MULTIPLE:
                for code in given:
                    chosen[row, options[code]] = True
            case QuestionKind.RANKING:
                for place, code in enumerate(given):
                    chosen[row, place] = BLANK if code is None else options[code]
            case QuestionKind.GRID:
                for part, code in given.items():
                    chosen[row, rows[part]] = options[code]
            case QuestionKind.NUMBER | QuestionKind.OPEN:
                chosen[row] = given
            case _:
                chosen[row] = options[given]
    return Answers(question, np.ones(len(ballots), dtype=np.bool_), chosen)
