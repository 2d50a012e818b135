"""The report of a meeting (회의 결과보고): one page, the same day, from what was decided.

However long the agenda, it stays one page: what does not fit is counted, and stands in the minutes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from db.schema.meetings import Meeting
from db.vocab import GuestKind, ItemState, MeetingState, Outcome, Presence
from gwangju_desktop.catalogue import frame
from gwangju_desktop.catalogue.scenario import following
from gwangju_desktop.catalogue.sittings import Sitting, Step, sitting
from gwangju_desktop.documents.blocks import Block, Column, para, table
from gwangju_desktop.documents.composed import Composed
from gwangju_desktop.documents.fonts import metrics
from gwangju_desktop.documents.layout import Layout
from gwangju_desktop.documents.official import ended
from gwangju_desktop.documents.paper_settings import of_office, theme_of
from gwangju_desktop.documents.styles import Theme
from gwangju_desktop.errors import UserError
from gwangju_desktop.meetings import actionlist, publishing, sheet, votes
from gwangju_desktop.meetings.actionlist import ActionRow
from gwangju_desktop.meetings.votes import VoteRow
from gwangju_desktop.meetings.words import (
    ADJOURNMENTS,
    ITEM_KINDS,
    ITEM_STATES,
    OUTCOMES,
    VOTE_METHODS,
)
from gwangju_desktop.text import C_, N_, NN_, Msg, Words

TITLE = C_("title", "Report of the meeting")
DISCUSSED = C_("report", "Discussed")
CARRIED = ITEM_STATES[ItemState.CARRIED_OVER]
NOT_DECIDED = C_("report", "Not decided")
# Rows of items and of actions, and the length texts are cut to, tried until the page holds them:
# texts are cut before rows go.
_FITS = (
    (40, 20, 90),
    (40, 20, 45),
    (16, 8, 60),
    (16, 8, 26),
    (12, 6, 40),
    (12, 6, 24),
    (8, 4, 30),
    (6, 3, 24),
    (3, 2, 24),
)

_SCALES = (1.0, 0.8, 0.64, 0.5)
# Where texts are cut shorter, conditions and reasons are left to the minutes.
_WITH_REMARKS = 45


def report(read: Session, *, id: int, language: str = "ko") -> Composed:
    """Return the report of a meeting; raises UserError before it was held."""
    data = sitting(read, id=id, language=language)
    if MeetingState(data.meeting.state).ahead:
        raise UserError(
            N_("{meeting} was not held yet: there is nothing to report."),
            hint=N_("The report is made once the meeting is closed."),
            meeting=data.meeting.title,
        )
    title = data.say(TITLE)
    whole = data.called(title)
    blocks, theme = _one_page(read, data)
    return Composed(
        whole, data.name(title), data.about, language, (blocks,), head=title, theme=theme
    )


def _one_page(read: Session, data: Sitting) -> tuple[tuple[Block, ...], Theme | None]:
    """Return the report as much of it as one page of the office's paper holds.

    Where large type or small paper leaves no room for the least of it, the type is made smaller;
    the theme is None where it is the office's own.
    """
    usual = theme_of(of_office(read))
    blocks: tuple[Block, ...] = ()
    theme = usual
    for scale in _SCALES:
        styles = {
            name: replace(style, size=style.size * scale) for name, style in usual.styles.items()
        }
        theme = usual if scale == 1 else replace(usual, styles=styles)
        for fit in _FITS:
            blocks = tuple(_page(read, data, *fit))
            if len(Layout(metrics(), theme).flow(blocks)) == 1:
                return blocks, None if scale == 1 else theme
    return blocks, theme


def _page(read: Session, data: Sitting, items: int, actions: int, length: int) -> list[Block]:
    say = data.say
    given = actionlist.of_meeting(read, meeting_id=data.meeting.id, today=data.about.on)
    return [
        *frame.head(_cut(data.body, length), _cut(data.called(say(TITLE)), length)),
        frame.section(1, C_("report", "Outline"), say),
        frame.facts(_outline(read, data, length), say, share=0.16, row=7),
        frame.section(2, C_("report", "Results"), say),
        *_results(read, data, items, length),
        frame.section(3, C_("report", "To be done"), say),
        *_given(given, actions, length, say),
        frame.section(4, C_("report", "What follows"), say),
        *frame.numbered(_ahead(read, data), say),
    ]


def _outline(read: Session, data: Sitting, length: int) -> list[tuple[Msg, str]]:
    meeting = data.meeting
    row = read.get_one(Meeting, meeting.id)
    return [
        (C_("report", "Held"), _held(data)),
        (C_("report", "Place"), "" if data.written else _cut(meeting.place, length)),
        (C_("report", "In the chair"), _cut(meeting.presiding, length)),
        (C_("report", "Attendance"), _attendance(read, data, row)),
    ]


def _held(data: Sitting) -> str:
    meeting, say = data.meeting, data.say
    if meeting.opened_at is None:
        return data.when()
    opened = say.day(meeting.opened_at, "when")
    if meeting.closed_at is None:
        return opened
    same = meeting.closed_at.date() == meeting.opened_at.date()
    closed = say.day(meeting.closed_at, "time" if same else "when")
    ended = ADJOURNMENTS.get(meeting.adjournment)
    mark = f" ({say(ended)})" if ended is not None else ""
    until = "~" if say.language == "ko" else "–" if same else " – "
    return f"{opened}{until}{closed}{mark}"


def _attendance(read: Session, data: Sitting, row: Meeting) -> str:
    meeting, say = data.meeting, data.say
    seats = [seat for seat in sheet.seats(read, meeting_id=meeting.id) if seat.voting]
    came = sum(seat.presence in (Presence.PRESENT, Presence.LEFT) for seat in seats)
    enrolled = row.enrolled_at_opening or meeting.quorum.enrolled
    if data.written:
        return say(C_("report", "{n} enrolled"), n=enrolled)
    said = say(N_("{came} of {enrolled} enrolled attended"), came=came, enrolled=enrolled)
    others = sum(
        guest.kind == GuestKind.OBSERVER for guest in sheet.guests(read, meeting_id=meeting.id)
    )
    if others:
        said += say(N_(", {n} in attendance"), n=others)
    return said


def _results(read: Session, data: Sitting, most: int, length: int) -> list[Block]:
    say = data.say
    last = {
        vote.item_id: vote
        for vote in votes.of_meeting(read, meeting_id=data.meeting.id)
        if vote.item_id is not None and vote.result
    }
    if not data.items:
        return [para(say(N_("No item was dealt with.")))]
    shown = data.items[:most]
    blocks: list[Block] = [para(_counted(data.items, say), "note")]
    blocks.append(
        table(
            [
                Column(say(C_("report", "No.")), 0.08, style="strong"),
                Column(say(C_("report", "Item")), 0.44),
                Column(say(C_("report", "Kind")), 0.15),
                Column(say(C_("report", "Result")), 0.33),
            ],
            [
                [
                    step.label,
                    _cut(step.shown, length),
                    say(ITEM_KINDS[step.kind]),
                    _cut(_result(step, last.get(step.id), length, say), length),
                ]
                for step in shown
            ],
            caption=say(C_("report", "Results")),
        )
    )
    if len(data.items) > len(shown):
        message = NN_("and {n} item more, see the minutes", "and {n} items more, see the minutes")
        blocks.append(para(say(message, n=len(data.items) - len(shown)), "note"))
    return blocks


def _counted(items: Sequence[Step], say: Words) -> str:
    """Count the results: "5건: 원안의결 2 · 보고접수 2 · 보류 1"."""
    total = say(NN_("{n} item", "{n} items"), n=len(items))
    said = [
        f"{say(OUTCOMES[outcome])} {n}"
        for outcome in Outcome
        if (n := sum(step.outcome == outcome for step in items))
    ]
    for message in (DISCUSSED, CARRIED, NOT_DECIDED):
        n = sum(step.outcome is None and _open(step) == message for step in items)
        if n:
            said.append(f"{say(message)} {n}")
    return f"{total}: {' · '.join(said)}"


def _open(step: Step) -> Msg:
    """Return what became of an item that has no outcome: most kinds need none."""
    if step.state == ItemState.CARRIED_OVER:
        return CARRIED
    return NOT_DECIDED if step.voted or step.state == ItemState.PENDING else DISCUSSED


def _result(step: Step, vote: VoteRow | None, length: int, say: Words) -> str:
    if step.outcome is None:
        return say(_open(step))
    said = [say(OUTCOMES[step.outcome])]
    if vote is not None:
        if vote.yes is not None and not vote.uncounted:
            message = N_("for {yes}, against {no}, abstained {abstain}")
            counted = say(message, yes=vote.yes, no=vote.no or 0, abstain=vote.abstain or 0)
            said.append(counted)
        else:
            said.append(say(VOTE_METHODS[vote.method]))
    # What was decided on a closed item is no more public than its title.
    if step.remark and not step.restricted and length >= _WITH_REMARKS:
        said.append(step.remark)
    return " · ".join(said)


def _given(rows: Sequence[ActionRow], most: int, length: int, say: Words) -> list[Block]:
    if not rows:
        return [para(say(C_("report", "None.")))]
    shown = rows[:most]
    blocks: list[Block] = [
        table(
            [
                Column(say(C_("report", "What")), 0.52),
                Column(say(C_("report", "Department")), 0.24),
                Column(say(C_("report", "Until")), 0.24),
            ],
            [
                [_cut(row.text, length), _cut(row.department, 24), say.day(row.due_on, "long")]
                for row in shown
            ],
            caption=say(C_("report", "To be done")),
        )
    ]
    if len(rows) > len(shown):
        message = NN_(
            "and {n} more, see the list of actions", "and {n} more, see the list of actions"
        )
        blocks.append(para(say(message, n=len(rows) - len(shown)), "note"))
    return blocks


def _ahead(read: Session, data: Sitting) -> list[frame.Said]:
    say = data.say
    meeting = read.get_one(Meeting, data.meeting.id)
    said: list[str] = []
    public = publishing.due(read, meeting)
    if meeting.state == MeetingState.PUBLISHED:
        said.append(say(N_("The minutes are published")))
    elif public is not None:
        message = N_("Minutes drafted, confirmed and published by {day:long}")
        said.append(say(message, day=public))
    next_one = following(read, data)
    if next_one is not None:
        said.append(say(N_("Next meeting: {when:when}"), when=next_one))
    else:
        said.append(say(N_("The day of the next meeting is not set yet")))
    said[-1] = ended(said[-1], say)
    return [(1, "", text) for text in said]


def _cut(text: str, length: int) -> str:
    """Return one line of a text, cut with an ellipsis where it is longer."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[: length - 1].rstrip() + "…"
