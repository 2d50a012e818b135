"""Findings of polls on the thread: what people said, before it is put to anybody."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.answers import PollFinding
from db.schema.polls import Poll, PollWave, WaveQuestion
from db.schema.threads import ThreadLink
from db.vocab import WaveState
from gwangju_desktop.text import C_, N_
from gwangju_desktop.threads.model import Key, Lens, Node, Noun, OpenEnd
from gwangju_desktop.threads.rows import named_by, rows

KEY = "finding"
NO_FINDING = N_("There is no finding {id}.")


def nodes(read: Session, ids: Sequence[int], lens: Lens) -> list[Node]:
    """Return the nodes of findings; to the public those of published waves only."""
    query = (
        select(
            PollFinding.id,
            PollFinding.sentence,
            PollFinding.found_on,
            Poll.name,
            Poll.name_en,
            PollWave.label,
            named_by(ThreadLink.from_finding_id, PollFinding.id).label("led"),
        )
        .join(WaveQuestion, WaveQuestion.id == PollFinding.wave_question_id)
        .join(PollWave, PollWave.id == WaveQuestion.wave_id)
        .join(Poll, Poll.id == PollWave.poll_id)
    )
    published = PollWave.state == WaveState.PUBLISHED.value
    return [
        Node(
            Key(KEY, row.id),
            "poll_finding",
            row.sentence,
            where=f"{lens.name(row.name, row.name_en)} {row.label}".strip(),
            day=row.found_on,
            open_end=None if row.led else OpenEnd(N_("not put before anybody yet")),
            done=row.led,
            record=("polls", row.id, "poll_finding"),
        )
        for row in rows(read, query, PollFinding.id, ids, lens, published)
    ]


NOUN = Noun(
    key=KEY,
    table="poll_finding",
    rank=0,
    label=C_("thread", "Finding"),
    missing=NO_FINDING,
    nodes=nodes,
    links_from=ThreadLink.from_finding_id,
)
