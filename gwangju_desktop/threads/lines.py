"""A thread in one line with its dates, for the screen, the front sheet and the command line."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import groupby

from gwangju_desktop.text import C_, NN_, Msg, Words
from gwangju_desktop.threads.model import Key, Node

# So many records of one kind are named, the others counted; titles are cut after so many letters.
NAMED = 2
LONGEST = 28
# A line of more steps than this says its beginning and its end.
STEPS = 12
ARROW = " → "
MORE = NN_("{names} and {n} other", "{names} and {n} others")
HERE = C_("thread", "this item")
_NAMES: dict[str, Msg] = {
    "proposal": C_("thread", "Citizen proposal {names}"),
    "item": C_("thread", "{names}"),
    "decision": C_("thread", "{names}"),
    "action": C_("thread", "Action {names}"),
    "evidence": C_("thread", "Evidence {names}"),
    "indicator": C_("thread", "Indicator {names}"),
}


def said(nodes: Sequence[Node], say: Words, here: Key | None = None) -> str:
    """Return nodes in reading order as one line; neighbours of one kind stand together.

    `here` is the item whose own sheet says the line.
    """
    groups = groupby(nodes, key=lambda node: (node.kind, node.key == here))
    steps = [say(HERE) if own else step(list(group), say) for (_, own), group in groups]
    if len(steps) > STEPS:
        steps = [*steps[: STEPS // 2], "…", *steps[-STEPS // 2 :]]
    return ARROW.join(steps)


def step(nodes: Sequence[Node], say: Words) -> str:
    """Return nodes of one kind by what they are called, with their days."""
    names = ", ".join(_called(node, say) for node in nodes[:NAMED])
    if len(nodes) > NAMED:
        names = say(MORE, names=names, n=len(nodes) - NAMED)
    return say(_NAMES[nodes[0].kind], names=names)


def _called(node: Node, say: Words) -> str:
    name = node.number or short(node.title)
    if node.kind == "item":
        words = {"meeting": node.where, "number": node.number}
        name = say(C_("thread", "{meeting}, item {number}"), **words) if node.number else node.where
        if not node.number:
            name = f"{name} “{short(node.title)}”"
    elif node.kind == "decision":
        name = node.state
    return name + _dated(node.day, say)


def _dated(day: dt.date | None, say: Words) -> str:
    if day is None:
        return ""
    return f"({say.day(day, 'full')})" if say.language == "ko" else f" ({say.day(day, 'full')})"


def short(text: str, most: int = LONGEST) -> str:
    """Return the first line of a text, cut where it is long."""
    line = " ".join(text.split("\n", 1)[0].split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"
