"""What editions, issues and dividers are called on screen."""

from __future__ import annotations

from db.vocab import Dividers, Edition, IssueKind
from ui.text import C_, Msg

EDITIONS: tuple[tuple[Edition, Msg], ...] = (
    (Edition.MEMBERS, C_("edition", "Members (closed papers too)")),
    (Edition.PUBLIC, C_("edition", "Public")),
    (Edition.CHAIR, C_("edition", "For the chair")),
    (Edition.LARGE, C_("edition", "Large print")),
)
SHORT_EDITIONS: dict[str, Msg] = {
    Edition.MEMBERS: C_("edition", "Members"),
    Edition.PUBLIC: C_("edition", "Public"),
    Edition.CHAIR: C_("edition", "Chair"),
    Edition.LARGE: C_("edition", "Large print"),
}
DIVIDERS: tuple[tuple[Dividers, Msg], ...] = (
    (Dividers.NONE, C_("dividers", "None")),
    (Dividers.ITEMS, C_("dividers", "Before each item")),
    (Dividers.SECTIONS, C_("dividers", "Before each section")),
)
ISSUES: dict[str, Msg] = {
    IssueKind.ISSUE: C_("issue", "Issue {n}"),
    IssueKind.SUPPLEMENT: C_("issue", "Supplement {n}"),
    IssueKind.REVISION: C_("issue", "Revision {n}"),
}
