"""A made-up poll for documents: two waves that answered every kind of question, and a finding."""

from __future__ import annotations

import dataclasses
import datetime as dt
import random

from db.schema.polls import PollWave
from db.store import Store, usecase
from gwangju_desktop.polls import findings, intake, opened, questions, waves
from gwangju_desktop.polls.model import Answers
from tests.gwangju_desktop.polls import taken
from tests.gwangju_desktop.polls.asked import goals_answered

WORDING = "광주광역시 열린정부가 가장 먼저 이루어야 할 목표는 무엇입니까?"
OPINION = "사람이쓴의견9731"


def polled(store: Store) -> dict[str, int]:
    """Poll twice; return the ids of the second wave and of a finding in it."""
    first = _goals("목표는 무엇입니까?")
    poll = store.run(
        intake.import_new,
        name="시민 설문(예시)",
        reading=taken.reading(first, _heard(1), name="first"),
        file_name="1차(예시).csv",
        label="1차",
    ).value["poll"]
    with store.reading() as read:
        asked_first = questions.bank(read, poll)[0]
    reworded = store.run(questions.edit_question, id=asked_first.id, wording=WORDING).value
    wave = store.run(waves.plan_wave, poll_id=poll, label="2차").value
    reading = taken.reading(
        _goals(WORDING),
        _heard(2),
        taken.answers(taken.GRID, [[str(1 + n % 5), str(2 + n % 4)] for n in range(51)]),
        taken.answers(taken.RANKS, [["1", "2"], ["3", "1"], ["1", None]] * 17),
        taken.answers(taken.AGE, [18 + n for n in range(51)]),
        taken.answers(taken.SAYS, [OPINION if n % 3 else None for n in range(51)]),
        name="second",
    )
    store.run(questions.put_in_wave, wave_id=wave, question_ids=[reworded])
    store.run(_open, wave=wave)
    store.run(intake.take_in, wave_id=wave, reading=reading, file_name="2차(예시).csv")
    store.run(waves.close_wave, id=wave)
    with store.reading() as read:
        asked = {one.question.code: one for one in questions.questionnaire(read, wave)}
        goals, says = asked["goals"], asked["says"]
        said = findings.suggested(read, goals.wave_question_id, goals.option_ids["1"])
        keys = [one.key for one in opened.answers(read, says.wave_question_id)]
    tag = store.run(opened.add_tag, wave_question_id=says.wave_question_id, name="예산").value
    store.run(opened.tag, id=tag, keys=keys[:7])
    made = store.run(
        findings.add_finding,
        wave_question_id=goals.wave_question_id,
        option_id=goals.option_ids["1"],
        sentence=said,
    ).value
    return {"wave": wave, "finding": made}


@usecase("Opened in a test")
def _open(tx, *, wave: int) -> None:
    """Let a wave into the field with the facts paper must tell."""
    row = tx.get_one(PollWave, wave)
    row.state = "fielding"
    row.from_on, row.until_on = dt.date(2022, 1, 31), dt.date(2022, 2, 11)
    row.mode, row.sampling, row.population = "paper", "convenience", "시민과 시민사회단체"
    row.commissioner, row.invited = "예시시", 80


def _goals(wording: str) -> Answers:
    made = goals_answered()
    asked = dataclasses.replace(made.question, title="열린정부의 목표", wording=wording)
    return dataclasses.replace(made, question=asked)


def _heard(seed: int) -> Answers:
    chance = random.Random(seed)
    return taken.answers(taken.HEARD, chance.choices(["1", "1", "2", "9", None], k=51))
