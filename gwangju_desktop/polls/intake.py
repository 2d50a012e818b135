"""A file of answers taken into a wave: its questions found or made, its respondents kept nameless."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db import columns as raw
from db.schema.answers import PollBatch, PollFinding, PollTagging
from db.schema.polls import Poll, PollWave, WaveQuestion
from db.store import usecase
from db.vocab import PollMode, PollSource, QuestionKind, Sampling, WaveState
from gwangju_desktop import clock
from gwangju_desktop.backups.why import Why, saved_first
from gwangju_desktop.errors import UserError
from gwangju_desktop.forms import found, required, writable
from gwangju_desktop.members import barred
from gwangju_desktop.polls import answers, columns, defaults, loaded, matching, planning, targets
from gwangju_desktop.polls.held import WEIGHT
from gwangju_desktop.polls.locks import answered
from gwangju_desktop.polls.model import Answers, Question
from gwangju_desktop.polls.reading import model as reading_model
from gwangju_desktop.polls.reading.model import Column, Reading
from gwangju_desktop.polls.series import NO_NAME, NO_POLL
from gwangju_desktop.polls.wave_rows import NO_WAVE
from gwangju_desktop.text import N_

if TYPE_CHECKING:
    from numpy.typing import NDArray

NO_BATCH = N_("There is no file of answers {id}.")
# A registration or account number has at least so many figures.
_FIGURES = 10
# So many respondents do not answer alike by chance, one after the other.
_BY_CHANCE = 10


@dataclass(frozen=True, slots=True)
class BatchRow:
    """One file of a wave: `rejected` counts its cells and rows that were not taken."""

    id: int
    wave_id: int
    file_name: str
    at: dt.datetime
    rows: int
    taken: int
    layout: str
    encoding: str
    rejected: int


@saved_first(Why.IMPORT)
@usecase("Import answers", large=True)
def take_in(tx: Session, *, wave_id: int, reading: Reading, file_name: str) -> int:
    """Take a file's answers into a wave and return the batch's id.

    Questions are found by their code, those that are missing are made. A planned wave is in the
    field from then on, a closed one is counted anew. Raises UserError for a file without answers
    or taken in before, for questions that do not agree, and for a wave that is published, has
    totals of its own or findings, or whose answers were erased.
    """
    wave = found(tx, PollWave, wave_id, NO_WAVE)
    _refuse(tx, wave, reading, file_name)
    if wave.source != PollSource.ANSWERS:
        # Who took part is counted from now on, whatever was noted before.
        wave.source, wave.respondents = PollSource.ANSWERS.value, None
    if wave.state == WaveState.PLANNED:
        wave.state = WaveState.FIELDING.value
    ids = matching.questions(tx, wave, reading)
    return _keep(tx, wave, reading, file_name, ids)


@saved_first(Why.IMPORT)
@usecase("Import a poll", large=True)
def import_new(
    tx: Session, *, name: str, reading: Reading, file_name: str, label: str
) -> dict[str, int]:
    """Make a series with one closed wave out of a file; return the ids of poll, wave and batch."""
    poll = Poll(
        name=_free_name(tx, required(name, NO_NAME)),
        every_months=defaults.whole("every_months"),
        small_cell=defaults.whole("small_cell"),
        keep_months=defaults.whole("keep_months"),
    )
    tx.add(poll)
    tx.flush()
    return _new_wave(tx, poll, reading, file_name, label)


@saved_first(Why.IMPORT)
@usecase("Import a wave", large=True)
def import_wave(
    tx: Session, *, poll_id: int, reading: Reading, file_name: str, label: str
) -> dict[str, int]:
    """Add a closed wave to a series out of a file; return the ids of poll, wave and batch."""
    poll = found(tx, Poll, poll_id, NO_POLL)
    return _new_wave(tx, poll, reading, file_name, label)


@usecase("Remove a file of answers")
def remove_batch(tx: Session, *, batch_id: int) -> int:
    """Take a file's answers out of its wave; the questions stay. Returns the wave's id.

    It can be brought back by undoing. Raises UserError for a wave that is published, has findings,
    or whose answers were erased.
    """
    batch = found(tx, PollBatch, batch_id, NO_BATCH)
    wave = tx.get_one(PollWave, batch.wave_id)
    _refuse_final(tx, wave)
    targets.refuse_erased(wave)
    for tagging in tx.scalars(select(PollTagging).where(PollTagging.batch_id == batch_id)):
        tx.delete(tagging)
    tx.flush()
    tx.delete(batch)
    answers.recount(tx, wave)
    return wave.id


def batches(read: Session, wave_id: int) -> list[BatchRow]:
    """Return the files of a wave in the order they came."""
    rows = read.execute(
        select(
            PollBatch.id,
            PollBatch.file_name,
            PollBatch.at,
            PollBatch.rows,
            PollBatch.taken,
            PollBatch.facts,
        )
        .where(PollBatch.wave_id == wave_id)
        .order_by(PollBatch.id)
    ).all()
    return [
        BatchRow(
            row.id,
            wave_id,
            row.file_name,
            row.at,
            row.rows,
            row.taken,
            row.facts.get("layout", ""),
            row.facts.get("encoding", ""),
            row.facts.get("rejected", 0),
        )
        for row in rows
    ]


def remembered(read: Session, poll_id: int) -> dict[str, Column] | None:
    """Return how the columns of the series' latest file were read, by their names.

    Words and what may be chosen are found anew in each file: another wave may have others.
    """
    facts = read.scalars(
        select(PollBatch.facts)
        .join(PollWave, PollWave.id == PollBatch.wave_id)
        .where(PollWave.poll_id == poll_id)
        .order_by(PollBatch.id.desc())
        .limit(1)
    ).first()
    if not facts or not facts.get("columns"):
        return None
    return reading_model.mapping(facts["columns"])


def known(read: Session, wave_id: int) -> tuple[Question, ...]:
    """Return the questions of a wave as a reader is to find them in a file."""
    ids = list(
        read.scalars(
            select(WaveQuestion.question_id)
            .where(WaveQuestion.wave_id == wave_id)
            .order_by(WaveQuestion.position)
        )
    )
    held = loaded.questions(read, ids, language="ko")
    return tuple(held[id] for id in ids)


def _free_name(tx: Session, name: str) -> str:
    """Return the name, with a number where another series has it: by its name a series is found."""
    taken = set(tx.scalars(select(Poll.name)))
    numbered = (f"{name} ({n})" for n in itertools.count(2))
    return name if name not in taken else next(one for one in numbered if one not in taken)


def _new_wave(
    tx: Session, poll: Poll, reading: Reading, file_name: str, label: str
) -> dict[str, int]:
    label = required(label, planning.NO_NAME)
    wave = PollWave(
        poll_id=poll.id,
        position=0,
        label=label,
        state=WaveState.CLOSED.value,
        source=PollSource.ANSWERS.value,
        mode=PollMode.UNKNOWN.value,
        sampling=Sampling.UNKNOWN.value,
        closed_on=clock.today(),
    )
    planning.check(tx, wave)
    wave.position = planning.free_position(tx, wave)
    tx.add(wave)
    tx.flush()
    _refuse(tx, wave, reading, file_name)
    ids = matching.questions(tx, wave, reading)
    batch = _keep(tx, wave, reading, file_name, ids)
    return {"poll": poll.id, "wave": wave.id, "batch": batch}


def _refuse_final(tx: Session, wave: PollWave) -> None:
    """Refuse to change figures that were published, or that a finding stands on."""
    targets.refuse_published(wave)
    finding = (
        select(PollFinding.id)
        .join(WaveQuestion, WaveQuestion.id == PollFinding.wave_question_id)
        .where(WaveQuestion.wave_id == wave.id)
    )
    if tx.scalars(finding).first() is not None:
        raise UserError(
            N_("Findings stand on the figures of “{wave}”."),
            hint=N_("Remove them first."),
            wave=wave.label,
        )


def _refuse(tx: Session, wave: PollWave, reading: Reading, file_name: str) -> None:
    _refuse_final(tx, wave)
    if not reading.n_taken or not reading.answers:
        raise UserError(
            N_("{file} holds no answers that can be taken."),
            hint=N_("Look at the list of what was refused, and at how its columns are read."),
            file=file_name,
        )
    if wave.erased_on is not None:
        raise UserError(
            N_("The answers of “{wave}” were erased; others cannot be added."),
            hint=N_("Import the file as another wave."),
            wave=wave.label,
        )
    if wave.source == PollSource.TOTALS and answered(tx, [wave.id]):
        raise UserError(
            N_("“{wave}” holds published totals; answers cannot be added to them."),
            hint=N_("Remove the totals first."),
            wave=wave.label,
        )
    same = tx.scalars(
        select(PollBatch.file_name).where(
            PollBatch.wave_id == wave.id, PollBatch.sha256 == reading.sha256
        )
    ).first()
    if same is not None:
        raise UserError(
            N_("{file} is already in “{wave}”, as {same}."),
            hint=N_("Remove it there to import it again."),
            file=file_name,
            wave=wave.label,
            same=same,
        )


def _keep(tx: Session, wave: PollWave, reading: Reading, file_name: str, ids: Sequence[int]) -> int:
    """Keep a reading's answers under the ids of their questions; return the batch's id."""
    held = loaded.questions(tx, ids, language="ko")
    barred_cells = 0
    names: list[str] = []
    data: list[bytes] = []
    for id, given in zip(ids, reading.answers, strict=True):
        named = Answers(matching.clean(given.question), given.asked, given.chosen)
        kept = columns.restated(named, held[id])
        if kept.question.kind is QuestionKind.OPEN:
            kept, n = _without_barred(kept)
            barred_cells += n
        names.append(str(id))
        data.append(columns.encode(kept))
    if reading.weights is not None:
        names.append(WEIGHT)
        data.append(columns.encode_weights(reading.weights))
    digests = raw.put(tx, data)
    filed = dict(zip(names, digests, strict=True))
    _refuse_same(tx, wave, reading.n_taken, filed, file_name)
    batch = PollBatch(
        wave_id=wave.id,
        file_name=writable(file_name),
        sha256=reading.sha256,
        at=clock.now(),
        rows=reading.n_rows,
        taken=reading.n_taken,
        columns=filed,
        facts={
            "layout": reading.layout.value,
            "encoding": reading.encoding,
            "rejected": len(reading.rejects) + barred_cells,
            "columns": reading_model.plain(tuple(_bare(one) for one in reading.columns)),
        },
    )
    tx.add(batch)
    tx.flush()
    answers.recount(tx, wave)
    return batch.id


def _bare(column: Column) -> Column:
    """Return how a column is read, without what it says."""
    return replace(column, title="", wording="", part_label="", options=())


def _refuse_same(
    tx: Session, wave: PollWave, taken: int, filed: dict[str, str], file_name: str
) -> None:
    """Refuse a file that says, respondent by respondent, what another one of the wave says.

    It is that file, saved anew. Few respondents may agree in all by chance.
    """
    if taken < _BY_CHANCE:
        return
    others = select(PollBatch.file_name, PollBatch.columns).where(
        PollBatch.wave_id == wave.id, PollBatch.taken == taken
    )
    for other in tx.execute(others).all():
        both = filed.keys() & other.columns.keys()
        if both and all(filed[name] == other.columns[name] for name in both):
            raise UserError(
                N_("{file} holds the answers of {same}, which is in “{wave}” already."),
                hint=N_("Remove it there to import it again."),
                file=file_name,
                wave=wave.label,
                same=other.file_name,
            )


def _without_barred(answers: Answers) -> tuple[Answers, int]:
    """Return open answers without those that hold a number no office may keep, and how many."""
    wrong = [row for row, text in enumerate(answers.chosen.tolist()) if _is_barred(text)]
    if not wrong:
        return answers, 0
    chosen: NDArray[Any] = answers.chosen.copy()
    chosen[wrong] = ""
    return Answers(answers.question, answers.asked, chosen), len(wrong)


def _is_barred(text: str) -> bool:
    if len(text) < _FIGURES or sum(map(str.isdigit, text)) < _FIGURES:
        return False
    return barred.holds_registration_number(text) or barred.holds_account_number(text)
