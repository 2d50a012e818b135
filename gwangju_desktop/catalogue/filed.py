"""What the city's own document system knows of a letter: its number and day, or blanks for them."""

from __future__ import annotations

import datetime as dt

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
# Names of people who are no officials (공공기관의 정보공개에 관한 법률 제9조제1항제6호).
PERSONAL_GROUND = "정보공개법 제9조제1항제6호"
_LINE = N_("Dispatched as {number} ({day}) · {release}")


def sent(
    read: Session,
    say: Words,
    *,
    kind: str,
    about_id: int,
    since: dt.date | None = None,
    personal: bool = False,
) -> str:
    """Return the line at the foot of a letter: 시행 문서번호(시행일자), 공개구분.

    One noted before `since` is an earlier letter of this kind. A letter that is `personal` names
    somebody, and is public in part until somebody says otherwise.
    """
    query = select(Outgoing).where(
        Outgoing.kind == kind, Outgoing.about_id == about_id, Outgoing.dropped.is_(False)
    )
    if since is not None:
        query = query.where(Outgoing.made_on >= since)
    row = read.scalars(query.order_by(Outgoing.id.desc())).first()
    if row is None:
        release, ground = usual(personal)
        return say(_LINE, number=_BLANK, day=_BLANK, release=_openness(release, ground, say))
    return say(
        _LINE,
        number=row.number or _BLANK,
        day=say.day(row.dispatched_on, "full") if row.dispatched_on else _BLANK,
        release=_openness(row.release, row.ground, say),
    )


def usual(personal: bool) -> tuple[str, str]:
    """Return how public a letter is unless somebody says otherwise, and on which ground."""
    if personal:
        return Release.PARTLY.value, PERSONAL_GROUND
    return Release.PUBLIC.value, ""


def _openness(release: str, ground: str, say: Words) -> str:
    said = say(RELEASES[release])
    return f"{said} ({ground})" if ground else said
