"""What the city's own document system knows of a letter: its number and day, or blanks for them."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.packs import Outgoing
from db.vocab import Release
from gwangju_desktop.text import C_, N_, Msg, Words

RELEASES: dict[str, Msg] = {
    Release.PUBLIC: C_("release", "Public"),
    Release.PARTLY: C_("release", "Partly public"),
    Release.CLOSED: C_("release", "Not public"),
}
_BLANK = "______________"
_LINE = N_("Dispatched as {number} ({day}) · {release}")


def sent(read: Session, say: Words, *, kind: str, about_id: int) -> str:
    """Return the line at the foot of a letter: 시행 문서번호(시행일자), 공개구분."""
    row = read.scalars(
        select(Outgoing)
        .where(Outgoing.kind == kind, Outgoing.about_id == about_id, Outgoing.dropped.is_(False))
        .order_by(Outgoing.id.desc())
    ).first()
    if row is None:
        return say(_LINE, number=_BLANK, day=_BLANK, release=RELEASES[Release.PUBLIC])
    release = say(RELEASES[row.release])
    if row.ground:
        release = f"{release} ({row.ground})"
    return say(
        _LINE,
        number=row.number or _BLANK,
        day=say.day(row.dispatched_on, "full") if row.dispatched_on else _BLANK,
        release=release,
    )
