"""Made-up proposals taken in and brought on by the product's own verbs."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import select

from db.schema.proposals import Proposal
from db.store import Store
from gwangju_desktop.proposals import replies, steps, usecases

D = dt.date
RECEIVED = D(2021, 9, 6)
TODAY = D(2021, 12, 1)


def received(store: Store, **values: Any) -> int:
    """Register a made-up proposal."""
    asked = {
        "title": "가상 햇빛 놀이터",
        "text": "놀이터 지붕에 햇빛발전소를 올려 주십시오. (예시)",
        "channel": "letter",
        "received_on": RECEIVED,
        "consent": "full",
        "proposers": [{"name": "가상인"}],
        **values,
    }
    return store.run(usecases.register, **asked).value


def decided(store: Store, to: str = "not_adopted", **values: Any) -> int:
    """Register a proposal and decide it."""
    id = received(store, **values)
    store.run(steps.move, id=id, to="review", on_day=D(2021, 9, 7))
    more: dict[str, Any] = {"reason": "이미 시행 중(예시)"}
    if to in ("adopted", "partly"):
        more["planned_on"] = D(2022, 6, 30)
    if to == "deferred":
        more["review_on"] = D(2022, 1, 10)
    store.run(steps.move, id=id, to=to, on_day=D(2021, 9, 20), **more)
    return id


def answered(store: Store, **values: Any) -> int:
    """Register, decide and reply to a proposal."""
    id = decided(store, **values)
    store.run(
        replies.write_reply, id=id, text="살펴보았습니다.(예시)", reasons="이미 합니다.(예시)"
    )
    store.run(replies.send_reply, id=id, on_day=D(2021, 9, 24), how="우편")
    return id


def row(store: Store, id: int) -> Proposal:
    """Return a proposal as it lies in the office."""
    with store.reading() as read:
        found = read.get_one(Proposal, id)
        read.expunge(found)
        return found


def all_of(store: Store, kind: Any) -> list[Any]:
    """Return the rows of a table in their order."""
    with store.reading() as read:
        rows = list(read.scalars(select(kind).order_by(kind.id)).all())
        read.expunge_all()
        return rows
