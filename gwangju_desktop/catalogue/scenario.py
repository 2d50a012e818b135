"""The script of a meeting (회의 진행 시나리오) from live data, with the places for the gavel.

성원보고 – 개회선포 – for each item 상정, 제안설명, 질의, 표결, 선포 with a branch for every outcome –
폐회 (domain 2.4). For the chair and the secretary: closed items stand under their own title. The
sentences are those of `gwangju_desktop.meetings.script`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.schema.meetings import Meeting
from db.vocab import AHEAD, ItemKind, ItemState, MeetingKind, MeetingState
from gwangju_desktop import clock
from gwangju_desktop.catalogue import frame
from gwangju_desktop.catalogue.sittings import Sitting, Step, sitting
from gwangju_desktop.documents.blocks import Block, Box, Column, Para, para, table, words
from gwangju_desktop.documents.composed import Composed
from gwangju_desktop.errors import UserError
from gwangju_desktop.meetings import presence, recusals, script, sheet, standing
from gwangju_desktop.meetings.script import Line
from gwangju_desktop.meetings.words import OUTCOMES
from gwangju_desktop.text import C_, N_, Words

NAME = C_("document", "Script of the meeting")
# Beside the title of a meeting the short form is enough.
TITLE = C_("title", "Script of the meeting")
# Lines of a standing item that are read out.
_MOST_READ = 8


def scenario(read: Session, *, id: int, language: str = "ko") -> Composed:
    """Return the script of a sitting; raises UserError for a written resolution."""
    data = sitting(read, id=id, language=language)
    say = data.say
    if data.written:
        raise UserError(
            N_("{meeting} is resolved in writing: nobody sits, so there is no script."),
            meeting=data.meeting.title,
        )
    title = say(TITLE)
    blocks: list[Block] = [
        *frame.head(data.whole, say(NAME)),
        para(" · ".join(filter(None, (data.when(), data.meeting.place))), "meta"),
        para(
            say(N_("Numbers still open are blanks to fill in the room; the mark is the gavel.")),
            "note",
        ),
        frame.heading(say(C_("scenario", "Opening"))),
        _lines(_opening(read, data), say),
    ]
    blocks += _steps(read, data)
    blocks += [
        frame.heading(say(C_("scenario", "Closing"))),
        _lines(
            script.closing(
                say, body=data.body, meeting=data.title, following=following(read, data)
            ),
            say,
        ),
    ]
    whole = data.called(title)
    return Composed(whole, data.name(title), data.about, language, (tuple(blocks),), head=title)


def _opening(read: Session, data: Sitting) -> tuple[Line, ...]:
    """Report the quorum as it was announced, or with a blank while nobody has come."""
    row = read.get_one(Meeting, data.meeting.id)
    enrolled = row.enrolled_at_opening or data.meeting.quorum.enrolled
    required = row.required_at_opening or data.meeting.quorum.required
    present = row.present_at_opening
    if present is None and data.meeting.quorum.present:
        present = data.meeting.quorum.present
    return script.opening(
        data.say,
        body=data.body,
        meeting=data.title,
        enrolled=enrolled,
        required=required,
        present=present,
    )


def _steps(read: Session, data: Sitting) -> list[Block]:
    say = data.say
    blocks: list[Block] = []
    for step in data.steps:
        if step.state == ItemState.WITHDRAWN:
            continue
        if step.kind == ItemKind.HEADING:
            blocks.append(para(step.title, "h2", keep=True))
        elif not step.label:
            blocks += _procedure(read, step, say)
        else:
            blocks += _item(read, data, step)
    return blocks


def _procedure(read: Session, step: Step, say: Words) -> list[Block]:
    """Return a step without a number: its title, who speaks, what is told there."""
    told = standing.lines(read, item_id=step.id)
    shown = told[:_MOST_READ]
    if len(told) > len(shown):
        shown.append(say(N_("and {n} more"), n=len(told) - len(shown)))
    blocks: list[Block] = [frame.heading(step.title)]
    if step.presenter:
        blocks.append(para(step.presenter, "note"))
    return blocks + [Para(words(line), "body", "-", 1) for line in shown]


def _item(read: Session, data: Sitting, step: Step) -> list[Block]:
    say, meeting = data.say, data.meeting
    room = presence.standing(read, meeting_id=meeting.id, item_id=step.id)
    aside = [one.name for one in recusals.of_item(read, item_id=step.id) if not one.lost]
    there = meeting.state not in AHEAD and bool(room.present)
    passage = script.passage(
        say,
        label=step.label,
        title=step.title,
        kind=step.kind,
        presenter=step.presenter,
        presiding=sheet.presiding_over(read, item_id=step.id)[1],
        recused=aside,
        present=room.present if there else None,
    )
    head = f"{step.label}. {step.title}"
    if step.restricted:
        closed = say(C_("scenario", "closed"))
        head = f"{head} ({closed})"
    blocks: list[Block] = [frame.heading(head)]
    if step.request:
        blocks.append(Box((para(step.request, "note"),)))
    if step.voted:
        need = room.majority if there else None
        message = N_("To be carried: {n} in favour of the {present} present.")
        if need is not None:
            blocks.append(para(say(message, n=need, present=room.present), "note"))
    blocks.append(_lines(passage.lines, say))
    if passage.branches:
        blocks.append(
            table(
                [
                    Column(say(C_("scenario", "If it ends in")), 0.16, style="strong"),
                    Column(say(C_("scenario", "the chair says")), 0.84),
                ],
                [
                    [say(OUTCOMES[branch.outcome]), tuple(_said(branch.lines, say))]
                    for branch in passage.branches
                ],
                row_head=True,
                grid=True,
                caption=say(
                    N_("What the chair says for each outcome of item {label}"), label=step.label
                ),
            )
        )
    return blocks


def _lines(lines: Sequence[Line], say: Words) -> Block:
    """Return sentences beside who says them."""
    return table(
        [Column("", 0.13, style="strong"), Column("", 0.87, style="body")],
        [[say(line.who), _sentence(line, say)] for line in lines],
        head=False,
        row_head=True,
        plain=True,
    )


def _said(lines: Sequence[Line], say: Words) -> list[Block]:
    return [_sentence(line, say, "cell") for line in lines]


def _sentence(line: Line, say: Words, style: str = "body") -> Block:
    strike = script.gavel(say, line)
    return Para((*words(line.text), *words(strike, "B")), style)


def following(read: Session, data: Sitting) -> dt.datetime | None:
    """Return when the body sits next, where that is planned."""
    starts = read.scalars(
        select(Meeting.starts_at)
        .where(
            Meeting.body_id == data.meeting.body_id,
            Meeting.starts_at > data.meeting.starts_at,
            Meeting.kind != MeetingKind.WRITTEN.value,
            Meeting.state.in_((*AHEAD, MeetingState.OPENED.value)),
        )
        .order_by(Meeting.starts_at)
    ).first()
    return clock.local(starts) if starts is not None else None
