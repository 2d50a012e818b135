"""A save that would overwrite what somebody else changed, told field by field."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from db.stale import Clash
from gwangju_desktop.history import labels, values, words
from gwangju_desktop.history.images import Row
from gwangju_desktop.history.naming import Names


@dataclass(frozen=True, slots=True)
class Compared:
    """One value of a clash in words: its field, what stands now, what the form would write."""

    clash: Clash
    field: str
    theirs: str
    mine: str


def compared(read: Session, *, clashes: Sequence[Clash]) -> list[Compared]:
    """Say clashes in words; what stands in the form itself is masked nowhere."""
    rows = [
        Row(clash.table, clash.pk[0] if clash.pk else 0, image, image)
        for clash in clashes
        if clash.column
        for image in ({clash.column: clash.theirs}, {clash.column: clash.mine})
    ]
    names = Names(read, rows)
    known = labels.load()
    return [
        Compared(
            clash,
            known.column(clash.table, clash.column)
            if clash.column
            else known.table(clash.table).said,
            _said(names, clash, clash.theirs),
            _said(names, clash, clash.mine),
        )
        for clash in clashes
    ]


def _said(names: Names, clash: Clash, held: Any) -> str:
    if not clash.column:
        texts = [text for text in (held or {}).values() if isinstance(text, str) and text]
        return " · ".join(texts) or values.NOTHING
    meant = words.meanings().get((clash.table, clash.column), {})
    if isinstance(held, str) and held not in meant:
        return held or values.NOTHING
    return values.said(names, clash.table, clash.column, {clash.column: held})
