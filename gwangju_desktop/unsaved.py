"""Drafts of forms, and what a form is told of a record that somebody else changed meanwhile."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from db import erase, schema, unsaved
from db.schema.journal import change_log
from db.stale import Look, Stale, changed_since
from db.unsaved import Drafts, Unsaved
from gwangju_desktop import settings
from gwangju_desktop.paths import person_folder

__all__ = ["Drafts", "Look", "Stale", "Standing", "Unsaved", "changed_by", "forget", "office"]
__all__ += ["place", "standing"]


@dataclass(frozen=True, slots=True)
class Standing:
    """How a record stands: its version's token, and the journal's newest entry."""

    version: str
    entry: int


def place() -> Path:
    """Return the file of drafts, in this person's own folder."""
    return person_folder() / unsaved.NAME


def office(read: Session) -> str:
    """Return the office's own number, by which its drafts are known wherever its file lies."""
    return str(settings.value(read, settings.OFFICE_ID) or "")


def forget(texts: Sequence[str]) -> int:
    """Forget this person's drafts that hold one of the texts; return how many."""
    if not texts:
        return 0
    return unsaved.forget(place(), lambda held: any(erase.says(held, text) for text in texts))


def standing(read: Session, *, table: str, id: int) -> Standing:
    """Return how a record stands now; its version is "" where it is gone."""
    schema.everything()
    of = schema.table(table)
    version = read.execute(select(of.c.version).where(of.c.id == id)).scalar()
    newest = select(change_log.c.id).order_by(change_log.c.id.desc()).limit(1)
    entry = read.execute(newest).scalar() or 0
    return Standing("" if version is None else str(version), entry)


def changed_by(read: Session, *, table: str, id: int, look: Look) -> tuple[str, dt.datetime] | None:
    """Return who changed a record last after `look`, and when; None when nobody did."""
    return changed_since(read.connection(), table, (id,), look)
