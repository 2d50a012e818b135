"""Replies to several proposals at once: one text for all, the reasons of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from db.store import usecase
from gwangju_desktop.proposals import filling, receipt, replies


@dataclass(frozen=True, slots=True)
class Written:
    """What is written to one proposal so far; `sent` says that it stays as it is."""

    id: int
    number: str | None
    title: str
    text: str
    reasons: str
    sent: bool


def written(read: Session, *, ids: Sequence[int]) -> list[Written]:
    """Return the replies of the examinations these proposals are in, in their order."""
    found = []
    for id in ids:
        proposal, row = receipt.proposal_of(read, id), replies.current(read, id)
        found.append(
            Written(
                id,
                proposal.number,
                proposal.title,
                row.text if row is not None else "",
                row.reasons if row is not None else "",
                row is not None and row.sent_on is not None,
            )
        )
    return found


@usecase("Write replies")
def write_replies(tx: Session, *, text: str, reasons: Mapping[int, str]) -> list[int]:
    """Write one text to several proposals, each with its own reasons, words in brackets filled.

    `reasons` holds a text per proposal id. Raises UserError for a reply that was sent; nothing is
    written then.
    """
    done = []
    for asked, why in reasons.items():
        # Keys of a JSON command are texts.
        id = int(asked)
        values = filling.values_of(tx, id=id)
        replies.write_reply(
            tx, id=id, text=filling.fill(text, values), reasons=filling.fill(why, values)
        )
        done.append(id)
    return done
