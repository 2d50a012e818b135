"""One way to every document of meetings but the minutes: what it is called, how it is made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from db.files import atomic_write
from gwangju_desktop import clock
from gwangju_desktop.meetings import queries, register, written
from gwangju_desktop.meetings.documents import action_list, payment
from gwangju_desktop.meetings.documents.ballots import ballots
from gwangju_desktop.meetings.documents.comparison import comparison
from gwangju_desktop.meetings.documents.excerpt import excerpt
from gwangju_desktop.meetings.documents.model import decided, roll_of
from gwangju_desktop.meetings.documents.registered import registered
from gwangju_desktop.members.letters.model import gather
from gwangju_desktop.members.letters.press import Document


@dataclass(frozen=True, slots=True)
class Made:
    """A finished document and the name of its file."""

    document: Document
    name: str


def _excerpt(read: Session, language: str, *, item_id: int) -> Made:
    data = decided(read, item_id=item_id)
    made = excerpt(data, language=language)
    return Made(made, f"{data.meeting.starts_at:%Y-%m-%d} {made.title}")


def _comparison(read: Session, language: str, *, item_id: int) -> Made:
    data = decided(read, item_id=item_id)
    made = comparison(data, language=language)
    return Made(made, f"{data.meeting.starts_at:%Y-%m-%d} {made.title}")


def _ballots(read: Session, language: str, *, meeting_id: int) -> Made:
    meeting = queries.meeting(read, id=meeting_id)
    made = ballots(
        roll_of(read, meeting),
        meeting,
        written.state(read, meeting_id=meeting_id),
        language=language,
    )
    return Made(made, f"{meeting.starts_at:%Y-%m-%d} {made.title}")


def _register(
    read: Session,
    language: str,
    *,
    year: int | None = None,
    body_id: int | None = None,
    search: str = "",
) -> Made:
    rows = register.of_year(read, year=year, body_id=body_id, search=search)
    last = rows[-1] if rows else None
    body = body_id or (last.body_id if last else 0)
    roll = gather(read, body_id=body, on=last.day if last else clock.today())
    made = registered(roll, rows, year=year, language=language)
    return Made(made, made.title)


def _payment(read: Session, language: str, *, meeting_id: int) -> Made:
    return Made(*payment.document(read, meeting_id=meeting_id, language=language))


def _actions(read: Session, language: str, *, meeting_id: int) -> Made:
    today = clock.today()
    return Made(
        *action_list.of_meeting(read, meeting_id=meeting_id, today=today, language=language)
    )


def _all_actions(read: Session, language: str, **narrowed: Any) -> Made:
    return Made(*action_list.of_bodies(read, today=clock.today(), language=language, **narrowed))


_MAKERS: Mapping[str, Callable[..., Made]] = {
    "excerpt": _excerpt,
    "comparison": _comparison,
    "ballots": _ballots,
    "register": _register,
    "payment": _payment,
    "actions": _actions,
    "all_actions": _all_actions,
}


def make(read: Session, *, kind: str, language: str = "ko", **about: Any) -> Made:
    """Make one document; raises UserError when there is nothing to print.

    Of an item (`item_id`): `excerpt`, `comparison`. Of a meeting (`meeting_id`): `ballots`,
    `payment`, `actions`. `register` takes year, body_id and search, `all_actions` what narrows
    actionlist.listed.
    """
    return _MAKERS[kind](read, language, **about)


def write(read: Session, target: Path, **asked: Any) -> Made:
    """Make a document as `make` does and write it to `target`, whole or not at all."""
    made = make(read, **asked)
    with atomic_write(target) as out:
        out.write(made.document.data)
    return made
