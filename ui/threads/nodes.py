"""The records of a thread under each other, each with its day, its kind and what is open."""

from __future__ import annotations

from dataclasses import dataclass

from ui.models.rows import Cell, Column, Table
from ui.text import C_, N_, day, say
from ui.threads import look


@dataclass(frozen=True, slots=True)
class NodeRow:
    """One node in its place; `here` is the record the thread was asked for."""

    id: int
    node: object
    here: bool = False
    note: str = ""


def _title(one: NodeRow) -> Cell:
    node = one.node
    if node.kind == "decision":
        text, parts = node.state, [node.where, node.title]
    elif node.kind == "proposal":
        text, parts = node.title, [node.number, node.state]
    elif node.kind == "item":
        label = say(C_("thread", "Item {number}"), number=node.number) if node.number else ""
        text, parts = node.title, [node.where, label, node.state]
    else:
        text, parts = node.title, [node.where, node.state]
    if one.here:
        parts.insert(0, say(C_("thread", "This record")))
    if one.note:
        parts.append(one.note)
    sub = " · ".join(filter(None, parts))
    return Cell(text.split("\n")[0], sub, role="secb" if one.here else "sec")


def _end(one: NodeRow) -> Cell:
    end = one.node.open_end
    if end is None:
        return Cell("")
    return Cell(str(end), ink=look.INKS[end.tone])


NODES = Table(
    name="thread_nodes",
    columns=(
        Column(
            "day",
            C_("thread", "Day"),
            104,
            cell=lambda one: Cell(day(one.node.day, "full") if one.node.day else "–", ink="text2"),
        ),
        Column(
            "kind",
            C_("thread", "Kind"),
            106,
            cell=lambda one: Cell(
                chip=say(look.label(one.node.kind)), tone=look.TONES.get(one.node.kind, "neu")
            ),
        ),
        Column("title", N_("Record"), cell=_title),
        Column("end", C_("thread", "Open end"), 250, cell=_end),
    ),
)
