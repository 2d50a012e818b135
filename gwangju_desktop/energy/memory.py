"""What was answered for a published table, remembered by its fingerprint; never the period."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.energy import LayoutMemory
from db.store import usecase
from gwangju_desktop import clock
from gwangju_desktop.forms import writable
from gwangju_desktop.sheets.facts import Understanding

# Which answer closes which question.
_ANSWERS = {
    # Of a table nobody knows nothing else is asked until its layout is said.
    "layout": ("layout", "unit"),
    "codes": ("layout",),
    "unit": ("unit",),
    "sheet": ("sheets",),
    "encoding": ("answers",),
    "area": ("answers",),
}


def recall(read: Session, *, prepared: Understanding) -> dict[str, Any]:
    """Return what was answered before to the questions that are open for a file."""
    if prepared.ready or not prepared.fingerprint:
        return {}
    row = read.execute(
        select(LayoutMemory.layout, LayoutMemory.unit, LayoutMemory.answers).where(
            LayoutMemory.fingerprint == prepared.fingerprint
        )
    ).one_or_none()
    if row is None:
        return {}
    held = {"layout": row.layout, "unit": row.unit} | dict(row.answers or {})
    wanted = {name for question in prepared.questions for name in _ANSWERS.get(question.about, ())}
    recalled = {name: held[name] for name in sorted(wanted) if held.get(name)}
    if "layout" in recalled:
        # Another table of the same form is still told by its sizes.
        recalled["answers"] = {**recalled.get("answers", {}), "remembered": True}
    return recalled


@usecase("Remember a table's layout", aside=True)
def remember(tx: Session, *, prepared: Understanding, given: Mapping[str, Any]) -> None:
    """Keep what was answered for a file that was imported; nothing where nothing was asked."""
    answers = {
        name: list(value) if name == "sheets" else dict(value)
        for name, value in given.items()
        if name in ("sheets", "answers") and value
    }
    layout, unit = given.get("layout") or "", given.get("unit") or ""
    if not prepared.fingerprint or not (layout or unit or answers):
        return
    row = tx.scalars(
        select(LayoutMemory).where(LayoutMemory.fingerprint == prepared.fingerprint)
    ).one_or_none()
    if row is None:
        row = LayoutMemory(fingerprint=prepared.fingerprint, layout="", unit="", answers={})
        tx.add(row)
    elif (row.layout, row.unit, row.answers or {}) == (
        layout or row.layout,
        unit or row.unit,
        {**(row.answers or {}), **answers},
    ):
        return
    row.layout = layout or row.layout
    row.unit = unit or row.unit
    row.answers = {**(row.answers or {}), **answers}
    row.file_name = writable(prepared.file)
    row.remembered_at = clock.now()
