"""What came before: the minutes to confirm, what was decided and what became of it."""

from __future__ import annotations

from gwangju_desktop.documents.blocks import (
    Answer,
    Answers,
    Block,
    Column,
    Heading,
    Rule,
    Space,
    para,
    table,
)
from gwangju_desktop.documents.styles import MM
from gwangju_desktop.packs.model import ActionData
from gwangju_desktop.packs.pages.frame import Frame, joined
from gwangju_desktop.text import C_, N_, NN_


def minutes(frame: Frame) -> list[Block]:
    """Return the minutes of the sitting before, with the line that confirms them."""
    found, say = frame.data.previous, frame.say
    if found is None:
        return []
    state = C_("minutes", "Confirmed") if found.confirmed else N_("To be confirmed")
    blocks: list[Block] = [
        Heading(
            1,
            say(C_("pack", "Minutes of the previous meeting")),
            "previous_minutes",
            say(state),
        ),
        para(joined(found.meeting, say.day(found.held, "long")), "meta"),
        *found.blocks,
    ]
    if not found.confirmed and not frame.public:
        blocks += _confirming(frame, found.signers)
    return blocks


def _confirming(frame: Frame, signers: tuple[str, ...]) -> list[Block]:
    say = frame.say
    words = N_("These minutes are confirmed as a true record of the meeting.")
    lines = signers or (say(N_("Chair")),)
    return [
        Space(6 * MM),
        Rule(0.8),
        para(say(words), keep=True),
        Answers(
            (
                Answer(say(N_("As submitted")), tick=True),
                Answer(say(N_("With these corrections")), share=2),
            )
        ),
        *(Answers((Answer(signer, say(N_("(signature)"))),), width=0.75) for signer in lines),
    ]


def actions(frame: Frame) -> list[Block]:
    """Return what earlier meetings asked for and what became of it, said in words."""
    found, say = frame.data.actions, frame.say
    done = sum(action.done for action in found)
    late = sum(action.late for action in found)
    other = len(found) - done - late
    aside = joined(
        say(COUNT, n=len(found)),
        say(C_("pack", "done {n}"), n=done) if done else "",
        say(C_("pack", "late {n}"), n=late) if late else "",
        say(C_("pack", "open {n}"), n=other) if other else "",
    )
    columns = [
        Column(say(N_("Meeting · item")), 0.2),
        Column(say(N_("What was asked · result")), 0.42),
        Column(say(C_("pack", "In charge · due")), 0.2),
        Column(say(C_("pack", "Result")), 0.18),
    ]
    return [
        Heading(1, say(C_("pack", "What we decided last time")), "previous_actions", aside),
        table(
            columns,
            [_row(frame, action) for action in found],
            min_row=11.5 * MM,
            caption=say(C_("pack", "What we decided last time")),
        ),
        para(say(N_("As of {day:full}."), day=frame.data.printed), "note"),
    ]


COUNT = NN_("{n} action", "{n} actions")


def _row(frame: Frame, action: ActionData) -> tuple[Block | tuple[Block, ...], ...]:
    say = frame.say
    text: list[Block] = [para(action.text, "strong")]
    if action.result:
        text.append(para(action.result, "cell"))
    charge = (para(action.department, "cell"), para(say.day(action.due, "full"), "cell"))
    return (para(action.origin, "small"), tuple(text), charge, _mark(frame, action))


def _mark(frame: Frame, action: ActionData) -> tuple[Block, ...]:
    """Return the result as a mark: black what is late, framed what is done, plain the rest."""
    if action.late:
        days = frame.say(N_("{n} days late"), n=action.late_days)
        return (para(action.mark, "solid"), para(days, "middle"))
    return (para(action.mark, "open" if action.done else "middle"),)
