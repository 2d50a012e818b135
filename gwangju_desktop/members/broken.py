"""The rules of their own law that bodies do not keep, body by body, for the first page."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.members import Body
from gwangju_desktop.text import Msg


@dataclass(frozen=True, slots=True)
class Broken:
    """A rule a body does not keep: which, in a few words, and whole."""

    body_id: int
    body_ko: str
    body_en: str
    rule: str
    label: Msg
    brief: Msg
    values: dict[str, object]
    sentence: str


def broken_rules(read: Session, *, today: dt.date) -> list[Broken]:
    """List the rules that bodies do not keep today, body by body."""
    # Not on the way to the first page, which asks for this after its rows are painted.
    from gwangju_desktop.members import checks

    names = {
        row.id: (row.short_ko, row.short_en)
        for row in read.execute(select(Body.id, Body.short_ko, Body.short_en))
    }
    return [
        Broken(
            body_id,
            *names[body_id],
            verdict.rule,
            checks.LABELS[verdict.rule],
            verdict.brief,
            verdict.value,
            verdict.sentence,
        )
        for body_id, verdict in checks.broken(read, on=today)
    ]
