"""Questions of the bank as tabulation and readers take them, many at once."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.polls import PollOption, PollPart, PollQuestion
from db.vocab import OptionRole, QuestionKind
from gwangju_desktop import text
from gwangju_desktop.polls.model import Option, Part, Question

# Fewer than the variables one statement of SQLite takes.
_BLOCK = 500


def questions(
    read: Session, ids: Iterable[int], *, language: str | None = None
) -> dict[int, Question]:
    """Return questions by their ids; words in the language spoken, Korean where there are none."""
    english = (language or text.language()) == "en"
    wanted = sorted(set(ids))
    found: dict[int, Question] = {}
    for at in range(0, len(wanted), _BLOCK):
        found |= _block(read, wanted[at : at + _BLOCK], english)
    return found


def _block(read: Session, ids: list[int], english: bool) -> dict[int, Question]:
    options: dict[int, list[Option]] = {}
    parts: dict[int, list[Part]] = {}
    for row in read.execute(
        select(
            PollOption.question_id,
            PollOption.code,
            PollOption.label,
            PollOption.label_en,
            PollOption.role,
            PollOption.value,
        )
        .where(PollOption.question_id.in_(ids))
        .order_by(PollOption.question_id, PollOption.position, PollOption.id)
    ):
        label = (row.label_en if english else "") or row.label
        option = Option(row.code, label, OptionRole(row.role), row.value)
        options.setdefault(row.question_id, []).append(option)
    for part in read.execute(
        select(PollPart.question_id, PollPart.code, PollPart.label, PollPart.label_en)
        .where(PollPart.question_id.in_(ids))
        .order_by(PollPart.question_id, PollPart.position, PollPart.id)
    ):
        label = (part.label_en if english else "") or part.label
        parts.setdefault(part.question_id, []).append(Part(part.code, label))
    q = PollQuestion
    rows = read.execute(
        select(
            q.id,
            q.code,
            q.kind,
            q.title,
            q.title_en,
            q.wording,
            q.wording_en,
            q.max_choices,
            q.low,
            q.high,
        ).where(q.id.in_(ids))
    ).all()
    return {
        row.id: Question(
            row.code,
            QuestionKind(row.kind),
            (row.title_en if english else "") or row.title,
            (row.wording_en if english else "") or row.wording,
            tuple(options.get(row.id, ())),
            tuple(parts.get(row.id, ())),
            row.max_choices,
            row.low,
            row.high,
        )
        for row in rows
    }
