"""One wave of six respondents taken in, and what tests of answers ask of it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.polls import PollQuestion, WaveQuestion
from db.store import Store, usecase
from gwangju_desktop.polls import (
    answers,
    intake,
)
from tests.gwangju_desktop.polls import taken

D = dt.date


@usecase("Set")
def fit(tx: Session, *, kind: Any, id: int, **values: Any) -> None:
    row = tx.get_one(kind, id)
    for name, value in values.items():
        setattr(row, name, value)


@usecase("Ask if")
def ask_if(tx: Session, *, place: int, before: int, codes: list[str]) -> None:
    row = tx.get_one(WaveQuestion, place)
    row.ask_if_id, row.ask_if = before, codes


def import_six(store: Store, **more: Any) -> dict[str, int]:
    made: dict[str, int] = store.run(
        intake.import_new,
        name="시민 설문(가상)",
        reading=taken.six(**more),
        file_name="응답.csv",
        label="1차",
    ).value
    return made


def places(store: Store, wave_id: int = 1) -> dict[str, int]:
    """Return the wave's questions by code."""
    with store.reading() as read:
        rows = read.execute(
            select(PollQuestion.code, WaveQuestion.id)
            .join(WaveQuestion, WaveQuestion.question_id == PollQuestion.id)
            .where(WaveQuestion.wave_id == wave_id)
        ).all()
    return {row.code: row.id for row in rows}


def bank(store: Store, code: str) -> int:
    with store.reading() as read:
        return read.scalars(
            select(PollQuestion.id)
            .where(PollQuestion.code == code)
            .order_by(PollQuestion.edition.desc())
            .limit(1)
        ).one()


def shown(store: Store, code: str, wave: int = 1, **how: Any) -> Any:
    with store.reading() as read:
        return answers.table(read, places(store, wave)[code], **how)


def counted(table: Any) -> dict[str, Any]:
    return {share.code: share.count for share in table.options}


BALLOT = {
    "sex": "1", "heard": "1", "where": ["1", "3"], "agree": {"agree_2": "4"},
    "urgent": ["2", None], "age": 33, "says": " 잘 부탁합니다 ",
}  # fmt: skip


def ballot(store: Store, **given: Any) -> dict[int, Any]:
    return {bank(store, code): value for code, value in (BALLOT | given).items()}
