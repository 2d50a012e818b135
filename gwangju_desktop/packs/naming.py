"""How the files of packs are called."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from db.vocab import Edition, IssueKind
from gwangju_desktop.meetings import queries
from gwangju_desktop.packs.saving import pack_name
from gwangju_desktop.text import C_, Msg, words

EDITIONS: dict[Edition, Msg] = {
    Edition.MEMBERS: C_("edition", "Pack (members)"),
    Edition.PUBLIC: C_("edition", "Pack (public)"),
    Edition.CHAIR: C_("edition", "Pack (chair)"),
    Edition.LARGE: C_("edition", "Pack (large print)"),
}
_FOLLOWING: dict[IssueKind, Msg] = {
    IssueKind.SUPPLEMENT: C_("edition", "Supplement {n}"),
    IssueKind.REVISION: C_("edition", "Revision {n}"),
}
_DRAFT = C_("edition", "Draft")


def file_of(
    read: Session,
    *,
    meeting_id: int,
    at: dt.datetime,
    edition: Edition = Edition.MEMBERS,
    kind: IssueKind = IssueKind.ISSUE,
    number: int = 1,
    language: str = "ko",
    draft: bool = False,
) -> str:
    """Return the name of a file: body, meeting, what it is, and the moment it was made.

    Raises UserError when there is no such meeting.
    """
    meeting = queries.meeting(read, id=meeting_id)
    say = words(language)
    what = say(EDITIONS[edition])
    if kind is not IssueKind.ISSUE:
        what = say(_FOLLOWING[kind], n=number)
    elif number > 1:
        what += f" {number}"
    if draft:
        what = f"{what} {say(_DRAFT)}"
    body = meeting.body_ko if language == "ko" else meeting.body_en or meeting.body_ko
    return pack_name(body, meeting.title, what, at)
