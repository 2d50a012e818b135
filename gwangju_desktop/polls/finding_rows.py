"""Findings as they are read: their figures, where they led, and the sentence figures make."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.answers import PollFinding
from db.schema.polls import (
    Poll,
    PollOption,
    PollPart,
    PollQuestion,
    PollWave,
    WaveQuestion,
)
from db.schema.threads import ThreadLink
from db.vocab import QuestionKind, WaveState
from gwangju_desktop import clock
from gwangju_desktop.errors import UserError
from gwangju_desktop.members.rules import named
from gwangju_desktop.polls import answers, questions
from gwangju_desktop.polls.table import Table
from gwangju_desktop.text import C_, N_, say
from gwangju_desktop.text import words as spoken
from gwangju_desktop.threads.findings import NO_FINDING
from gwangju_desktop.threads.model import Key, Lens, Node
from gwangju_desktop.threads.nouns import BY_KEY
from gwangju_desktop.threads.walk import ends_of

# What is chosen there ("yes", "4") says nothing without the question.
NAMELESS = frozenset({QuestionKind.SINGLE, QuestionKind.SCALE})
_ONE = C_("finding", "{count:,} of {answered:,} respondents ({share:.1f}%) chose “{option}”.")
_OF_ONE = C_(
    "finding",
    "On “{title}”, {count:,} of {answered:,} respondents ({share:.1f}%) chose “{option}”.",
)
_WEIGHTED = C_("finding", "Weighted, {share:.1f}% of {people:,} respondents chose “{option}”.")
_OF_RESPONSES = C_("finding", "{count:,} of {votes:,} responses ({share:.1f}%) are “{option}”.")
_MEAN = C_("finding", "The mean of “{title}” is {mean:.2f} ({people:,} respondents).")


@dataclass(frozen=True, slots=True)
class FindingRow:
    """One finding: where it was found, what it says, the figures it stands on.

    `count`, `votes` and `answered` are as they were when it was written. `led` are the records it
    was put to: agenda items, proposals and what else it was linked with.
    """

    id: int
    poll_id: int
    poll: str
    wave_id: int
    wave: str
    published: bool
    wave_question_id: int
    code: str
    question: str
    option_code: str
    option: str
    part_code: str
    part: str
    sentence: str
    found_on: dt.date
    count: float | None
    votes: float | None
    answered: float | None
    led: tuple[Node, ...] = ()

    @property
    def of_votes(self) -> float | None:
        """Return the share of responses, 0 to 100; None where it is unknown."""
        return _share(self.count, self.votes)

    @property
    def of_respondents(self) -> float | None:
        """Return the share of respondents, 0 to 100; None where it is unknown."""
        return _share(self.count, self.answered)


def findings(
    read: Session, poll_id: int | None = None, wave_id: int | None = None
) -> list[FindingRow]:
    """Return the findings of a wave, of a series, or all of them; the latest wave first."""
    query = _query().order_by(PollWave.position.desc(), PollFinding.position, PollFinding.id)
    if wave_id is not None:
        query = query.where(PollWave.id == wave_id)
    if poll_id is not None:
        query = query.where(Poll.id == poll_id)
    return _rows(read, query)


def finding(read: Session, id: int) -> FindingRow:
    """Return one finding; raise UserError when there is none."""
    rows = _rows(read, _query().where(PollFinding.id == id))
    if not rows:
        raise UserError(NO_FINDING, id=id)
    return rows[0]


def suggested(
    read: Session,
    wave_question_id: int,
    option_id: int | None = None,
    part_id: int | None = None,
) -> str:
    """Return the sentence the figures make by themselves, with its base; "" where they make none."""
    option, part = codes(read, wave_question_id, option_id, part_id)
    return sentence_of(answers.table(read, wave_question_id, part=part), option)


def sentence_of(table: Table, option: str | None) -> str:
    """Say one share of a table, of respondents where they are known, or its mean."""
    people = round(table.counted.answered or 0)
    title = table.question.title or table.question.wording
    if option is None:
        if table.mean is None:
            return ""
        return say(_MEAN, title=title, mean=table.mean, people=people)
    share = table.share(option)
    if share.missing or share.count is None:
        return ""
    if share.pct_respondents is None:
        if share.pct_votes is None:
            return ""
        return say(
            _OF_RESPONSES,
            count=round(share.count),
            votes=round(table.base.votes),
            share=share.pct_votes,
            option=share.label,
        )
    values = {"share": share.pct_respondents, "option": share.label, "people": people}
    if table.weighting is not None or table.counted != table.base:
        return say(_WEIGHTED, **values)
    count, answered = round(share.count), round(table.base.answered or 0)
    if table.question.kind in NAMELESS and title:
        return say(_OF_ONE, **values, count=count, answered=answered, title=title)
    return say(_ONE, **values, count=count, answered=answered)


def led_to(read: Session, ids: Sequence[int]) -> dict[int, tuple[Node, ...]]:
    """Return what findings were put to, by finding, in the order in which they were linked."""
    query = (
        select(ThreadLink.__table__)
        .where(ThreadLink.from_finding_id.in_(ids))
        .order_by(ThreadLink.id)
    )
    pairs = [ends_of(row) for row in read.execute(query).mappings()]
    lens = Lens(clock.today(), False, spoken())
    held: dict[Key, Node] = {}
    for kind in dict.fromkeys(after.kind for _before, after in pairs):
        wanted = [after.id for _before, after in pairs if after.kind == kind]
        held |= {
            node.key: node for node in BY_KEY[kind].nodes(read, wanted, lens) if node.of is None
        }
    found_nodes: dict[int, tuple[Node, ...]] = defaultdict(tuple)
    for before, after in pairs:
        if after in held:
            found_nodes[before.id] += (held[after],)
    return found_nodes


def of_item(read: Session, item_id: int) -> list[FindingRow]:
    """Return the findings an agenda item was made of, in the order in which they were linked."""
    query = (
        select(ThreadLink.from_finding_id)
        .where(ThreadLink.to_item_id == item_id, ThreadLink.from_finding_id.is_not(None))
        .order_by(ThreadLink.id)
    )
    return [finding(read, id) for id in dict.fromkeys(read.scalars(query)) if id is not None]


def codes(
    read: Session, wave_question_id: int, option_id: int | None, part_id: int | None
) -> tuple[str | None, str | None]:
    """Return the codes of an option and a part; raise UserError where they are of another question."""
    asked = questions.asked_one(read, wave_question_id)
    options = {id: code for code, id in asked.option_ids.items()}
    parts = {id: code for code, id in asked.part_ids.items()}
    wrong = option_id is not None and option_id not in options
    if wrong or (part_id is not None and part_id not in parts):
        raise UserError(
            N_("The option does not belong to the question “{code}”."),
            hint=N_("Choose one of its own options."),
            code=asked.question.code,
        )
    if asked.question.kind is QuestionKind.GRID and option_id is not None and part_id is None:
        raise UserError(
            N_("An answer to a grid is of one of its rows."), hint=N_("Choose the row too.")
        )
    return (
        None if option_id is None else options[option_id],
        None if part_id is None else parts[part_id],
    )


def _query() -> Any:
    return (
        select(PollFinding, Poll, PollWave, PollQuestion, PollOption, PollPart)
        .join(WaveQuestion, WaveQuestion.id == PollFinding.wave_question_id)
        .join(PollQuestion, PollQuestion.id == WaveQuestion.question_id)
        .join(PollWave, PollWave.id == WaveQuestion.wave_id)
        .join(Poll, Poll.id == PollWave.poll_id)
        .outerjoin(PollOption, PollOption.id == PollFinding.option_id)
        .outerjoin(PollPart, PollPart.id == PollFinding.part_id)
    )


def _rows(
    read: Session,
    query: Any,
) -> list[FindingRow]:
    rows = read.execute(query).all()
    led = led_to(read, [row[0].id for row in rows])
    return [
        FindingRow(
            one.id,
            poll.id,
            named(poll.name, poll.name_en),
            wave.id,
            wave.label,
            wave.state == WaveState.PUBLISHED,
            one.wave_question_id,
            question.code,
            named(question.title, question.title_en) or question.code,
            option.code if option is not None else "",
            named(option.label, option.label_en) if option is not None else "",
            part.code if part is not None else "",
            named(part.label, part.label_en) if part is not None else "",
            one.sentence,
            one.found_on,
            one.count,
            one.votes,
            one.answered,
            led.get(one.id, ()),
        )
        for one, poll, wave, question, option, part in rows
    ]


def _share(part: float | None, whole: float | None) -> float | None:
    return None if part is None or not whole else 100 * part / whole
