"""Which documents fit the record in front, and how one is composed: the makers behind one door."""

from __future__ import annotations

from typing import NamedTuple

from gwangju_desktop.documents.composed import Composed, Document
from gwangju_desktop.meetings.documents import making as meetings
from gwangju_desktop.meetings.documents import minutes
from gwangju_desktop.meetings.documents.press import KINDS as SHEETS
from gwangju_desktop.members.letters import making as letters
from gwangju_desktop.members.letters.press import KINDS as LETTERS
from ui.text import N_, Msg


class Kind(NamedTuple):
    name: str
    label: Msg
    about: str
    options: tuple = ()
    outgoing: bool = False


KINDS = {
    **{n: Kind(n, LETTERS[n], "body", ("on", *letters.OPTIONS[n])) for n in LETTERS},
    **{n: Kind(n, SHEETS[n], "item") for n in ("excerpt", "comparison")},
    **{n: Kind(n, SHEETS[n], "meeting") for n in ("ballots", "payment", "actions")},
    "minutes": Kind("minutes", N_("Minutes"), "meeting"),
    **{n: Kind(n, SHEETS[n], "office") for n in ("register", "all_actions")},
}


def fitting(name: str) -> list[Kind]:
    about = KINDS[name].about
    if about == "office":
        return [KINDS[name]]
    return [kind for kind in KINDS.values() if kind.about == about]


def compose(read, *, name: str, id, language: str, options: dict) -> Composed:
    kind = KINDS[name]
    if kind.about == "body":
        given = {k: options.pop(k, None) for k in ("membership_ids", "on")}
        made = letters.make(
            read, kind=name, body_id=id, language=language, options=options, **given
        )
    elif name == "minutes":
        return minutes.compose(read, meeting_id=id, language=language)
    else:
        about = {f"{kind.about}_id": id} if kind.about != "office" else options
        return meetings.compose(read, kind=name, language=language, **about)
    document: Document = made.document
    return Composed(
        document.title,
        made.name,
        None,
        language,
        (),
        drawn=lambda: document,
        people=getattr(made, "people", ()),
    )
