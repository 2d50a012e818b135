"""Indicators on the thread: where what was done is to be seen in figures."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.energy import Indicator
from db.schema.threads import ThreadLink
from gwangju_desktop.text import C_, N_
from gwangju_desktop.threads.model import Key, Lens, Node, Noun

KEY = "indicator"


def nodes(read: Session, ids: Sequence[int], lens: Lens) -> list[Node]:
    """Return the nodes of indicators; all of them are public."""
    query = select(Indicator.id, Indicator.name_ko, Indicator.name_en, Indicator.unit).where(
        Indicator.id.in_(ids)
    )
    return [
        Node(
            Key(KEY, row.id),
            "indicator",
            lens.name(row.name_ko, row.name_en),
            state=row.unit,
            done=True,
            record=("energy", row.id, "indicator"),
        )
        for row in read.execute(query)
    ]


def find(read: Session, typed: str) -> int | None:
    """Return the id of the indicator of a code."""
    return read.scalar(select(Indicator.id).where(Indicator.code == typed))


NOUN = Noun(
    key=KEY,
    table="indicator",
    rank=6,
    label=C_("thread", "Indicator"),
    missing=N_("There is no indicator {id}."),
    nodes=nodes,
    links_to=ThreadLink.to_indicator_id,
    find=find,
)
