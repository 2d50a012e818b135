"""Meetings: agenda, public papers and pack, decisions with their votes, minutes that are public."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from db.vocab import ActionState, Disclosure, IssueKind, ItemKind, MeetingState, Outcome, VoteState
from gwangju_desktop.site import filed
from gwangju_desktop.site.copy import Copy, Record
from gwangju_desktop.site.filed import Held
from gwangju_desktop.site.page import Asset, Page, Section
from gwangju_desktop.site.records import (
    Left,
    Pages,
    Place,
    day_of,
    in_order,
    item_title,
    joined,
    latest,
    meeting_address,
    meeting_title,
)
from gwangju_desktop.text import C_, Words

_TITLE = C_("site", "Meetings")
_ACTIONS = C_("site", "Actions after meetings")
_KIND = C_("site record", "Meeting")
_AHEAD = frozenset(
    {
        *(MeetingState.PLANNED, MeetingState.NOTICED, MeetingState.DISTRIBUTED),
        MeetingState.OPENED,
    }
)
_OFF = frozenset({MeetingState.NO_QUORUM, MeetingState.POSTPONED, MeetingState.CANCELLED})
_OUTCOMES = {
    Outcome.AS_PROPOSED: "ok",
    Outcome.AMENDED: "ok",
    Outcome.CONDITIONAL: "ok",
    Outcome.DEFERRED: "warn",
    Outcome.REJECTED: "bad",
}
_ABOUT = C_("site", "Agenda, papers, decisions and minutes of the committee’s meetings.")
_ABOUT_ACTIONS = C_("site", "What was to be done after a meeting, by whom and by when.")


@dataclass(frozen=True, slots=True)
class Vote:
    """A vote on an item: what it was on, how, its counts and result."""

    row: Record
    label: str
    method: str
    result: str
    tone: str


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper of an item; one for members alone has neither title nor file."""

    title: str
    public: bool
    ground: str
    pages: int | None


@dataclass(frozen=True, slots=True)
class Item:
    """An item of the agenda with what was decided."""

    row: Record
    title: str
    number: str
    kind: str
    listing: str
    restricted: bool
    outcome: str
    tone: str
    votes: tuple[Vote, ...]
    papers: tuple[Paper, ...]
    before: tuple[Place, ...]
    after: tuple[Place, ...]
    amendments: tuple[Record, ...]


@dataclass(frozen=True, slots=True)
class Action:
    """Something to be done: by whom, by when, how far."""

    row: Record
    state: str
    tone: str
    left: Left | None
    meeting: Place | None


@dataclass(frozen=True, slots=True)
class Sitting:
    """A meeting as the lists show it."""

    row: Record
    title: str
    address: str
    body: str
    state: str
    tone: str
    left: Left | None
    decided: int

    @property
    def year(self) -> str:
        """Return the year it is held in."""
        return str(self.row["starts_at"])[:4]


def pages(copy: Copy, say: Words) -> Iterator[Page]:
    """Give the list of meetings, each meeting's page and the list of actions."""
    made = Pages(copy, say)
    rows = sorted(copy.of("meeting"), key=lambda row: (str(row["starts_at"]), str(row["id"])))
    sittings = [_sitting(made, row) for row in rows]
    ahead = [one for one in sittings if one.left is not None]
    past = [one for one in reversed(sittings) if one.left is None]
    facts = made.facts(ahead=ahead, past=past, years=sorted({one.year for one in past})[::-1])
    yield Page(
        "meetings/index.html", "meetings/index.html", "meetings", say(_TITLE), facts, say(_ABOUT)
    )
    for one in sittings:
        yield _page(made, one)
    actions = [_action(made, row) for row in copy.of("action")]
    actions.sort(key=lambda one: (str(one.row["due_on"] or ""), str(one.row["id"])), reverse=True)
    yield Page(
        "meetings/actions.html",
        "meetings/actions.html",
        "meetings",
        say(_ACTIONS),
        made.facts(actions=actions),
        say(_ABOUT_ACTIONS),
        text=joined(*(one.row.get("text") for one in actions)),
    )


def assets(copy: Copy, _languages: tuple[str, ...]) -> Iterator[Asset]:
    """Give the files of public packs."""
    for row in copy.of("pack_file"):
        held = filed.of(copy, row.get("file_id"))
        if held is not None:
            yield held.asset(copy)


def _sitting(pages: Pages, row: Record) -> Sitting:
    body = pages.copy.one("body", row.get("body_id"))
    day = day_of(row["starts_at"])
    coming = row["state"] in _AHEAD and day is not None and day >= pages.copy.day
    decided = sum(
        1 for item in pages.copy.by("agenda_item", "meeting_id", row["id"]) if item["outcome"]
    )
    return Sitting(
        row,
        meeting_title(pages, row),
        meeting_address(row["id"]),
        pages.text(body, "name") if body else "",
        pages.word("meeting", "state", row["state"]),
        "bad" if row["state"] in _OFF else "info" if coming else "ok",
        pages.left(row["starts_at"], ahead=True) if coming else None,
        decided,
    )


def _page(pages: Pages, one: Sitting) -> Page:
    copy, row = pages.copy, one.row
    items = [
        _item(pages, item) for item in in_order(copy.by("agenda_item", "meeting_id", row["id"]))
    ]
    minutes = next(iter(copy.by("minutes", "meeting_id", row["id"])), None)
    shown = minutes if minutes and minutes.get("text") else None
    counted = next(iter(copy.by("attendance_count", "meeting_id", row["id"])), None)
    decided = [item for item in items if item.outcome]
    actions = [
        _action(pages, held) for held in in_order(copy.by("action", "meeting_id", row["id"]))
    ]
    facts = pages.facts(
        one=one,
        meeting=row,
        items=items,
        decided=decided,
        minutes=shown,
        minutes_row=minutes,
        counted=counted if one.left is None else None,
        actions=actions,
        packs=list(_packs(pages, row)),
        other_votes=[
            _vote(pages, vote)
            for vote in _votes(copy, "meeting_id", row["id"])
            if not vote["item_id"]
        ],
    )
    published = minutes.get("published_on") if minutes else None
    return Page(
        one.address,
        "meetings/meeting.html",
        "meetings",
        one.title,
        facts,
        description=joined(one.body, str(row["starts_at"])[:10], *(item.title for item in items)),
        text=joined(
            one.body,
            row.get("place"),
            *(item.number for item in items),
            *(item.row.get("resolution") for item in items),
            *(item.row.get("contents") for item in items),
            minutes["text"] if shown and minutes else "",
        ),
        kind=pages.say(_KIND),
        updated=latest(published, row.get("closed_at"), row.get("noticed_on")),
        feed=bool(decided) or one.left is not None,
    )


def _item(pages: Pages, row: Record) -> Item:
    copy = pages.copy
    outcome = row.get("outcome")
    before, after = pages.thread("item", row["id"])
    heading = row["kind"] == ItemKind.HEADING
    return Item(
        row,
        item_title(pages, row),
        str(row.get("number") or ""),
        "" if heading else pages.word("agenda_item", "kind", row["kind"]),
        "" if row["listing"] == "normal" else pages.word("agenda_item", "listing", row["listing"]),
        bool(row.get("restricted")),
        pages.word("agenda_item", "outcome", outcome) if outcome else "",
        _OUTCOMES.get(Outcome(outcome), "") if outcome else "",
        tuple(_vote(pages, vote) for vote in _votes(copy, "item_id", row["id"])),
        tuple(_paper(paper) for paper in in_order(copy.by("paper", "item_id", row["id"]))),
        tuple(before),
        tuple(after),
        tuple(in_order(copy.by("amendment", "item_id", row["id"]))),
    )


def _votes(copy: Copy, column: str, code: object) -> list[Record]:
    return [
        row for row in in_order(copy.by("vote", column, code)) if row["state"] == VoteState.CLOSED
    ]


def _vote(pages: Pages, row: Record) -> Vote:
    result = row.get("result")
    return Vote(
        row,
        str(row.get("label") or pages.word("vote", "subject", row["subject"])),
        pages.word("vote", "method", row["method"]),
        pages.word("vote", "result", result) if result else "",
        "ok" if result == "carried" else "bad" if result else "",
    )


def _paper(row: Record) -> Paper:
    public = row["disclosure"] == Disclosure.PUBLIC
    return Paper(
        str(row.get("title") or "") if public else "", public, str(row.get("ground") or ""), None
    )


def _action(pages: Pages, row: Record) -> Action:
    over = row["state"] in (ActionState.DONE, ActionState.IMPOSSIBLE)
    left = None if over else pages.left(row.get("due_on"))
    held = pages.copy.one("meeting", row.get("meeting_id"))
    meeting = None
    if held:
        meeting = Place(pages.say(_KIND), meeting_title(pages, held), meeting_address(held["id"]))
    tone = {ActionState.DONE: "ok", ActionState.IMPOSSIBLE: "bad"}.get(row["state"], "info")
    return Action(row, pages.word("action", "state", row["state"]), tone, left, meeting)


def _packs(pages: Pages, meeting: Record) -> Iterator[Mapping[str, Any]]:
    """Give the public editions of a meeting's packs that are in the copy."""
    copy = pages.copy
    issues = sorted(
        copy.by("pack_issue", "meeting_id", meeting["id"]),
        key=lambda row: (str(row["kind"]), row["number"] or 0, str(row["id"])),
    )
    for issue in issues:
        for row in copy.by("pack_file", "issue_id", issue["id"]):
            held: Held | None = filed.of(copy, row.get("file_id"))
            if held is not None:
                yield {
                    "held": held,
                    "title": _issue(pages.say, issue),
                    "language": row["language"],
                    "pages": row.get("pages"),
                    "issued_on": issue.get("issued_at"),
                }


def _issue(say: Words, issue: Record) -> str:
    # Drawing packs loads the library of PDF files; few copies hold a pack.
    from gwangju_desktop.packs.drawing import ISSUES

    return say(ISSUES[IssueKind(issue["kind"])], number=issue["number"])


SECTION = Section("meetings", _TITLE, pages, assets)
