"""How the kinds of a thread look: icon and tone, and the words they are counted with."""

from __future__ import annotations

import re

from gwangju_desktop.threads.nouns import BY_KEY
from ui.text import NN_, Msg, say

ICONS = {
    "finding": "lightbulb",
    "review_finding": "shield-check",
    "proposal": "message-square-text",
    "item": "calendar-days",
    "decision": "circle-check",
    "commitment": "target",
    "action": "users",
    "evidence": "paperclip",
    "indicator": "chart-bar",
}
TONES = {
    "decision": "ok",
    "proposal": "acc",
    "finding": "info",
    "review_finding": "info",
    "commitment": "acc",
    "indicator": "info",
    "item": "neu",
}
INKS = {"neu": "text2", "warn": "warn", "bad": "bad"}
_INSIDE_A_DAY = re.compile(r"(?<=\d\.) (?=\d)")
COUNT = NN_("{n:,} record", "{n:,} records")


def label(kind: str) -> Msg:
    """Return what a kind is called."""
    return BY_KEY[kind].label


def called(node) -> str:
    """Return a node's name in one line, as lists and menus show it."""
    return " ".join(filter(None, (say(label(node.kind)), node.number, node.title.split("\n")[0])))


def titled(node) -> str:
    """Return what a node is, a colon, and its name: the title of its thread."""
    kind = " ".join(filter(None, (say(label(node.kind)), node.number)))
    name = node.title.split("\n")[0]
    return f"{kind}: {name}" if name else kind


def unbroken(sentence: str) -> str:
    """Return a sentence whose days are not torn apart at the end of a line."""
    return _INSIDE_A_DAY.sub("\u00a0", sentence)
