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
_OWN_DAYS = ("item", "decision")
_NAMES: dict[str, Msg] = {
    "finding": C_("thread", "Finding {names}"),
    "review_finding": C_("thread", "Review finding {names}"),
    "proposal": C_("thread", "Citizen proposal {names}"),
    "item": C_("thread", "{names}"),
    "decision": C_("thread", "{names}"),
    "commitment": C_("thread", "Commitment {names}"),
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
    """Return nodes of one kind by what they are called, with their days.

    Several of a kind share one span of days; meetings and decisions keep their own.
    """
    kind = nodes[0].kind
    alone = len(nodes) == 1 or kind in _OWN_DAYS
    names = ", ".join(
        _called(node, say) + (_dated([node], say) if alone else "") for node in nodes[:NAMED]
    )
    if len(nodes) > NAMED:
        names = say(MORE, names=names, n=len(nodes) - NAMED)
    return say(_NAMES[kind], names=names) + ("" if alone else _dated(nodes, say))


def span(first: dt.date, last: dt.date, say: Words) -> str:
    """Write a day or a span of days, the second without the year it shares."""
    if first == last:
        return say.day(first, "full")
    if first.year != last.year:
        return say.days(first, last)
    sign = "~" if say.language == "ko" else " – "
    return f"{say.day(first, 'full')}{sign}{say.day(last, 'short')}"


def _called(node: Node, say: Words) -> str:
    if node.kind == "decision":
        return node.state
    if node.kind != "item":
        return node.number or short(node.title)
    if node.number:
        return say(C_("thread", "{meeting}, item {number}"), meeting=node.where, number=node.number)
    return f"{node.where} “{short(node.title)}”"


def _dated(nodes: Sequence[Node], say: Words) -> str:
    held = sorted(node.day for node in nodes if node.day is not None)
    if not held:
        return ""
    days = span(held[0], held[-1], say)
    return f"({days})" if say.language == "ko" else f" ({days})"


def short(text: str, most: int = LONGEST) -> str:
    """Return the first line of a text, cut where it is long."""
    line = " ".join(text.split("\n", 1)[0].split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"
