"""The ballot sheets of a written resolution (서면의결서): one for each member, each from page 1."""

from __future__ import annotations

from gwangju_desktop.documents.blocks import (
    Answer,
    Answers,
    Block,
    Box,
    Column,
    Rule,
    Space,
    para,
    prose,
    table,
)
from gwangju_desktop.documents.composed import Composed
from gwangju_desktop.documents.styles import MM
from gwangju_desktop.errors import UserError
from gwangju_desktop.meetings.documents.press import KINDS, composed
from gwangju_desktop.meetings.rows import MeetingDetail
from gwangju_desktop.meetings.rules import spoken_title
from gwangju_desktop.meetings.words import CHOICES
from gwangju_desktop.meetings.written import GIVEN, ItemRow, ReplyRow, Sheet
from gwangju_desktop.members.letters.model import RollData
from gwangju_desktop.text import C_, N_, Words, words


def ballots(
    roll: RollData, meeting: MeetingDetail, state: Sheet, *, language: str = "ko"
) -> Composed:
    """Return a ballot sheet for each voting member; raises UserError when there is no item."""
    if not state.items:
        raise UserError(
            N_("There is nothing to be resolved in writing."),
            hint=N_("Add an item for decision first."),
        )
    say = words(language)
    title = say(KINDS["ballots"])
    parts = [_sheet(roll, meeting, state, member, say) for member in state.members]
    name = f"{title} {spoken_title(meeting.title, say)}"
    return composed(roll, name, parts, say(SHEET), say, day=meeting.starts_at)


SHEET = C_("ballot", "Written ballot")


def _sheet(
    roll: RollData, meeting: MeetingDetail, state: Sheet, member: ReplyRow, say: Words
) -> list[Block]:
    facts = [
        (C_("ballot", "Meeting"), spoken_title(meeting.title, say)),
        (C_("ballot", "Ground"), state.ground),
        (
            C_("ballot", "Reply until"),
            say.day(state.reply_by, "when") if state.reply_by else "",
        ),
    ]
    blocks: list[Block] = [
        para(say(SHEET), "h1"),
        Rule(),
        Space(2 * MM),
        para(roll.name(say), "lead"),
        table(
            [Column("", 0.2, style="strong"), Column("", 0.8)],
            [[say(label), value] for label, value in facts if value],
            head=False,
            row_head=True,
            grid=True,
            min_row=9 * MM,
        ),
    ]
    for item in state.items:
        blocks += _item(item, item.id in member.recused, say)
    english = say.language == "en" and member.organisation_en
    office = " ".join(
        part
        for part in (
            member.organisation_en if english else member.organisation_ko,
            member.post,
        )
        if part
    )
    return [
        *blocks,
        Space(6 * MM),
        para(say(N_("I reply as above.")), "body"),
        Answers((Answer(say(C_("form", "Date"))),), 0.5),
        para(office, "note"),
        Answers(
            (
                Answer(
                    f"{say(C_('form', 'Name'))} {member.name}",
                    say(N_("(signature or seal)")),
                ),
            ),
            0.8,
        ),
        Space(4 * MM),
        para(say(N_("To {office}"), office=roll.office(say)), "lead"),
    ]


def _item(item: ItemRow, recused: bool, say: Words) -> list[Block]:
    head = f"{item.label}. {item.title}" if item.label else item.title
    blocks: list[Block] = [para(head, "h2", keep=True)]
    if item.request:
        blocks.append(Box(prose(item.request)))
    if recused:
        blocks.append(para(say(N_("You take no part in this item (recused).")), "note"))
        return blocks
    ticks = tuple(Answer("", say(CHOICES[choice]), tick=True, share=0.3) for choice in GIVEN[:3])
    return [
        *blocks,
        Answers(ticks, 0.8),
        Answers((Answer(say(C_("ballot", "Opinion"))),)),
        Answers((Answer(""),)),
    ]
