"""What the results of a question need, read at once."""

from __future__ import annotations

from dataclasses import dataclass

from db.vocab import QuestionKind
from gwangju_desktop.errors import UserError
from gwangju_desktop.polls import answers, comparing, waves
from gwangju_desktop.polls.table import Table
from gwangju_desktop.text import Msg

# The kinds whose shares, or means, make a line over waves.
DRAWN = frozenset(
    {
        QuestionKind.SINGLE,
        QuestionKind.MULTIPLE,
        QuestionKind.SCALE,
        QuestionKind.RANKING,
        QuestionKind.NUMBER,
    }
)


@dataclass(frozen=True, slots=True)
class Found:
    """A question's table, how its wave was made, and the trend on each basis.

    Without a table `why` says why there is none.
    """

    table: Table | None
    why: UserError | None
    method: tuple[tuple[Msg, str], ...]
    trends: dict[str, comparing.Trend]


def results(
    read, *, poll_id: int, wave_id: int, wave_question_id: int, code: str, weighted: bool | None
) -> Found:
    """Read the results of a question in a wave that is closed."""
    table = why = None
    try:
        table = answers.table(read, wave_question_id, weighted=weighted)
    except UserError as error:
        why = error
    trends = {}
    if table is not None and table.question.kind in DRAWN:
        trends = comparing.trends(read, poll_id, code)
    return Found(table, why, tuple(waves.method_box(read, wave_id)), trends)


def counted(read, *, wave_id: int) -> answers.Counts:
    """Read how many answers came in."""
    return answers.counts(read, wave_id)
