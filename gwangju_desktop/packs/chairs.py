"""What stands in the chair's copy alone: the words to say for every outcome, and room for notes.

The sentences are those of gwangju_desktop.meetings.script, in 16 pt.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gwangju_desktop.documents.blocks import Block, Box, Heading, Para, para, words
from gwangju_desktop.documents.figures import NoteLines
from gwangju_desktop.meetings import rules, script
from gwangju_desktop.meetings.script import Line
from gwangju_desktop.meetings.words import OUTCOMES
from gwangju_desktop.packs.model import ItemData
from gwangju_desktop.packs.pages.agenda import majority
from gwangju_desktop.packs.pages.frame import Frame
from gwangju_desktop.text import C_, N_

_NOTE_LINES = 16


def opening(frame: Frame) -> list[Block]:
    """Return the report of the quorum and the words that open the meeting."""
    data, say = frame.data, frame.say
    lines = script.opening(
        say,
        body=data.body,
        meeting=data.title,
        enrolled=data.quorum.enrolled,
        required=data.quorum.required,
    )
    return [
        Heading(2, say(C_("chair", "Words to open the meeting"))),
        para(frame.enrolled(), "note"),
        *_lines(frame, lines),
    ]


def words_for(frame: Frame, item: ItemData) -> list[Block]:
    """Return the words on an item with a branch for every outcome; nothing for bare steps."""
    if item.number is None or item.withdrawn:
        return []
    say = frame.say
    passage = script.passage(
        say,
        label=item.number,
        title=item.title,
        kind=item.kind.value,
        presenter=item.presenter,
        presiding=item.presiding,
        recused=item.conflicts,
    )
    blocks: list[Block] = [
        Heading(2, say(C_("chair", "Words on item {number}"), number=item.number)),
        *_needed(frame, item),
        *_lines(frame, passage.lines),
    ]
    for branch in passage.branches:
        blocks.append(para(say(OUTCOMES[branch.outcome]), "script-head", keep=True))
        blocks += _lines(frame, branch.lines, heads=False)
    return blocks


def notes(frame: Frame, item: ItemData) -> list[Block]:
    """Return a page to take notes on an item."""
    title = frame.say(C_("chair", "Notes on item {number}"), number=item.number or item.title)
    return [Heading(2, title), NoteLines(_NOTE_LINES)]


def closing(frame: Frame) -> list[Block]:
    """Return the words that close the meeting."""
    data, say = frame.data, frame.say
    lines = script.closing(say, body=data.body, meeting=data.title, following=data.following)
    return [
        Heading(2, say(C_("chair", "Words to close the meeting"))),
        *_lines(frame, lines),
    ]


def hers(frame: Frame, item: ItemData) -> bool:
    """Tell whether the chair presides over an item of a meeting that others chair in part."""
    shared = any(one.presiding for one in frame.data.items)
    return shared and item.number is not None and not item.presiding


def _needed(frame: Frame, item: ItemData) -> list[Block]:
    """Return what the item needs to be carried and who takes no part in it, in a box."""
    say, quorum = frame.say, frame.data.quorum
    said = []
    if item.votes:
        said.append(majority(frame))
        rule = rules.Rule(decides=quorum.decides)
        least, most = (
            rules.majority(rule, enrolled=quorum.enrolled, present=n, votes=n)
            for n in (quorum.required, quorum.enrolled)
        )
        said.append(
            say(
                N_("With {few} present {least} in favour, with all {all} present {most}."),
                few=quorum.required,
                least=least,
                all=quorum.enrolled,
                most=most,
            )
        )
    if item.conflicts:
        said.append(say(N_("Takes no part: {names}."), names=", ".join(item.conflicts)))
    elif item.votes:
        said.append(say(N_("No recusal is known.")))
    return [Box(tuple(para(line, "note") for line in said))] if said else []


def _lines(frame: Frame, lines: Sequence[Line], *, heads: bool = True) -> list[Block]:
    """Return sentences, each after who says it; what the chair says stands in quotes."""
    blocks: list[Block] = []
    speaker = ""
    for line in lines:
        if heads and line.who != speaker and line.who != script.ROOM:
            blocks.append(para(frame.say(line.who), "script-head", keep=True))
            speaker = line.who
        room = line.who == script.ROOM
        text = line.text if room else f"“{line.text}”"
        strike = script.gavel(frame.say, line)
        said = Para((*words(text), *(words(strike, "B") if strike else ())), "script")
        blocks.append(replace(said, style="note") if room else said)
    return blocks
