"""The sample's proposals: what came in and what happened to each, in order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import select

from db.schema.actions import Action
from db.schema.energy import Indicator
from db.schema.meetings import AgendaItem
from db.schema.proposals import Proposal
from db.store import Store
from db.vocab import ProposalState, ProposerKind
from gwangju_desktop.proposals import checks, notices, opinions, replies, steps, tabling, usecases
from gwangju_desktop.threads import links

HOW = "전자우편(예시)"
Texts = dict[str, Any]
Meetings = Sequence[Sequence[int]]


def fill(store: Store, texts: Texts, meetings: Meetings) -> dict[str, int]:
    """Enter the proposals; `meetings` are the items of each meeting. Returns the ids by key."""
    made: dict[str, int] = {}
    for text in texts["proposal"]:
        made[text["key"]] = _register(store, texts, text)
    for text in texts["proposal"]:
        id = made[text["key"]]
        for event in text["then"]:
            _HAPPENS[event["do"]](store, id, text, event, meetings)
        _tell(store, id)
    for check in texts["checks"]:
        store.run(checks.made, **check)
    return made


def lead_on(store: Store, texts: Texts) -> None:
    """Link an action to the indicator it bears on, so that a thread runs to its end."""
    for link in texts["leads"]:
        with store.reading() as read:
            action = read.scalar(select(Action.id).where(Action.text == link["action"]))
            indicator = read.scalar(select(Indicator.id).where(Indicator.code == link["indicator"]))
        store.run(links.link, before=("action", action), after=("indicator", indicator))


def _register(store: Store, texts: Texts, text: Texts) -> int:
    fields = ("title", "text", "received_on", "channel", "field", "district", "sector", "consent")
    given = {name: text[name] for name in fields}
    id: int = store.run(
        usecases.register,
        **{**given, "text": text["text"].strip()},
        consent_on=text["received_on"],
        anonymous=text.get("anonymous", False),
        supports=text.get("supports", 0),
        outside=text.get("outside", ()),
        proposers=_proposers(texts, text),
    ).value
    return id


def _proposers(texts: Texts, text: Texts) -> list[Texts]:
    person = ProposerKind.PERSON.value
    joint = text.get("proposers", ())
    if "proposer" in text:
        joint = [[text.get("kind", person), text["proposer"], 10000]]
    contact = {"phone": texts["phone"], "email": texts["email"]}
    return [{"kind": kind, "name": name, "share": share, **contact} for kind, name, share in joint]


# --- what happens ---------------------------------------------------------------------------------


def _assign(store: Store, id: int, text: Texts, event: Texts, _meetings: Meetings) -> None:
    store.run(steps.assign, id=id, department=text["department"], on_day=event["on"])


def _move(store: Store, id: int, _text: Texts, event: Texts, _meetings: Meetings) -> None:
    given = {name: event[name] for name in event if name not in ("do", "on")}
    store.run(steps.move, id=id, on_day=event["on"], **given)


def _ask(store: Store, id: int, _text: Texts, event: Texts, _meetings: Meetings) -> None:
    asked = {name: event[name] for name in ("department", "leads", "question")}
    store.run(opinions.ask_opinion, id=id, on_day=event["on"], how=HOW, **asked)


def _answer(store: Store, id: int, _text: Texts, event: Texts, _meetings: Meetings) -> None:
    with store.reading() as read:
        asked = next(
            one.id
            for one in opinions.of(read, id)
            if one.department == event["department"] and one.answered_on is None
        )
    store.run(
        opinions.answer_opinion,
        opinion_id=asked,
        stance=event["stance"],
        text=event["text"],
        on_day=event["on"],
    )


def _table(store: Store, id: int, text: Texts, event: Texts, meetings: Meetings) -> None:
    item = meetings[event["meeting"]][event["item"]]
    with store.reading() as read:
        decided = read.scalar(select(AgendaItem.ended_at).where(AgendaItem.id == item))
    if decided is None:
        store.run(tabling.table_proposal, ids=[id], item_id=item, on_day=event["on"])
        return
    # The meeting was held long before today: what was done then is entered afterwards.
    tabled = ProposalState.TABLED.value
    store.run(steps.move, id=id, to=tabled, on_day=event["on"])
    store.run(links.link, before=("proposal", id), after=("item", item))


def _draft(store: Store, id: int, _text: Texts, event: Texts, _meetings: Meetings) -> None:
    store.run(replies.write_reply, id=id, text=event["text"], reasons=event["reasons"])


def _reply(store: Store, id: int, text: Texts, event: Texts, meetings: Meetings) -> None:
    _draft(store, id, text, event, meetings)
    store.run(replies.send_reply, id=id, on_day=event["on"], how=HOW)
    if "published_on" in event:
        store.run(replies.publish_reply, id=id, on_day=event["published_on"])


def _tell(store: Store, id: int) -> None:
    """Let the proposer have been told of every step on its day."""
    with store.reading() as read:
        anonymous = read.scalar(select(Proposal.anonymous).where(Proposal.id == id))
        waiting = [one for one in notices.notices(read, id) if one.told_on is None]
    for one in waiting if not anonymous else ():
        store.run(notices.told, notice_id=one.id, on_day=one.made_on, how=HOW)


_HAPPENS: dict[str, Callable[[Store, int, Texts, Texts, Meetings], None]] = {
    "assign": _assign,
    "move": _move,
    "ask": _ask,
    "answer": _answer,
    "table": _table,
    "draft": _draft,
    "reply": _reply,
}
