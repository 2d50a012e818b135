"""Fill an empty office with the sample, through use cases only.

The texts are resources/sample/*.toml; everything invented is marked 예시 or 가상 there.
"""

from __future__ import annotations

import datetime as dt
import tempfile
import tomllib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from pathlib import Path
from typing import Any

import resources
from db.store import Store
from db.vocab import Capacity, Disclosure, Presence, Reply
from gwangju_desktop import clock, settings
from gwangju_desktop.energy import rollup
from gwangju_desktop.meetings import (
    actions,
    agenda,
    awaited,
    confirming,
    minutes,
    movements,
    notes,
    publishing,
    replies,
    reviews,
    steps,
    votes,
)
from gwangju_desktop.meetings import papers as meeting_papers
from gwangju_desktop.meetings import queries as meeting_queries
from gwangju_desktop.meetings import usecases as meetings
from gwangju_desktop.members import inclusion, posts, ruling, terms
from gwangju_desktop.members import usecases as members
from gwangju_desktop.packs import outlining
from gwangju_desktop.packs.papers import PaperFacts, take_in
from gwangju_desktop.sample import commitments, energy, papers, polls, proposals

TODAY = dt.date(2022, 3, 11)
PRESIDING = "공동위원장"
SECRETARIAT = "사무국"
PUBLISHED = "시 누리집(예시)"
# Papers are examined in children; more at once than this does not pay on a small machine.
AT_ONCE = 2
STEPS = 9

Progress = Callable[[int, int], None]
Texts = dict[str, Any]


def fill(store: Store, *, progress: Progress | None = None) -> None:
    """Fill a new office; `progress(done, total)` counts the steps.

    The office lives on a fixed day, and so does this process from here on.
    """
    tell = progress or _silent
    store.run(settings.change_setting, key=settings.TODAY, value=TODAY.isoformat())
    clock.fix(TODAY)
    bodies = _bodies(store, _texts("bodies"))
    tell(1, STEPS)
    _members(store, _texts("members"), bodies)
    tell(2, STEPS)
    store.run(energy.add_figures, texts=energy.texts())
    tell(3, STEPS)
    sheets = _texts("papers")
    facts = _take_in(store, sheets)
    tell(4, STEPS)
    held = _texts("meetings")["meeting"]
    items = [
        _hold(store, _add_meeting(store, bodies["committee"], text), text) for text in held[:-1]
    ]
    tell(5, STEPS)
    ahead = _add_meeting(store, bodies["committee"], held[-1])
    items.append(_prepare(store, ahead, held[-1], sheets, facts))
    tell(6, STEPS)
    asked = _texts("polls")
    found = polls.fill(store, asked)
    tell(7, STEPS)
    voices = _texts("proposals")
    made = proposals.fill(store, voices, items)
    polls.lead_on(store, asked, found, items, made, ahead)
    # After the notice of the meeting ahead, whose agenda is to stay as the papers have it.
    for ids, text in zip(items[:-1], held[:-1], strict=True):
        _follow_up(store, ids, text["action"], facts)
    proposals.lead_on(store, voices)
    commitments.fill(store, _texts("commitments"), bodies, items, facts, found)
    tell(8, STEPS)
    rollup.settle_quietly(store)
    tell(STEPS, STEPS)


def _silent(_done: int, _total: int) -> None:
    """Tell nobody."""


def _texts(name: str) -> Texts:
    return tomllib.loads(resources.path(f"sample/{name}.toml").read_text("utf-8"))


def _bodies(store: Store, texts: Texts) -> dict[str, int]:
    ids: dict[str, int] = {}
    for text in texts["body"]:
        fields = {name: text[name] for name in text if name not in ("key", "parent", "name")}
        parent_id = ids[text["parent"]] if "parent" in text else None
        id = store.run(members.add_body, parent_id=parent_id, **_complete(fields)).value
        ids[text["key"]] = id
        for name in text.get("name", ()):
            store.run(members.add_name, body_id=id, **name)
        store.run(ruling.set_rules, body_id=id, **texts["rule"])
    return ids


def _complete(fields: Texts) -> Texts:
    """Give the columns that a text may leave out."""
    return {"founded_on": None, "dissolved_on": None, "seats": None, **fields}


def _members(store: Store, texts: Texts, bodies: dict[str, int]) -> None:
    other_ends = {(name, body): end for name, body, end in texts["other_ends"]}
    committee = bodies["committee"]
    for name, sex, ko, en, post, capacity, role, end, also in texts["people"]:
        field, sector, official = _organisation(texts, ko)
        if ko not in _known_organisations(store):
            store.run(
                members.add_organisation, name_ko=ko, name_en=en, sector=sector, official=official
            )
        person_id = store.run(
            members.add_member,
            person={
                "name": name,
                "gender": sex,
                "phone": texts["phone"],
                "email": texts["email"],
                "fictional": True,
                **_counted(texts["counted"], name),
            },
            membership={
                "body_id": committee,
                "capacity": capacity,
                "role": role,
                "organisation": ko,
                "post": post,
                "field": field,
                "starts_on": texts["starts_on"],
                "ends_on": dt.date.fromisoformat(end) if end else None,
            },
        ).value
        if capacity == Capacity.EX_OFFICIO:
            _hold_post(store, texts, person_id, committee, ko, post, role)
        for body in also.split():
            last = other_ends.get((name, body))
            store.run(
                members.add_membership,
                person_id=person_id,
                body_id=bodies[body],
                capacity=Capacity.APPOINTED.value,
                organisation=ko,
                post=post,
                field=field,
                starts_on=texts["joined_on"],
                ends_on=dt.date.fromisoformat(last) if last else texts["ends_on"],
            )
    store.run(terms.add_term, body_id=committee, **texts["term"])
    for consultation in texts["consultation"]:
        store.run(inclusion.add_consultation, **consultation)


def _organisation(texts: Texts, name: str) -> tuple[str, str, bool]:
    """Return an organisation's field of seats, its sector, whether its people are officials."""
    if name in texts["organisation"]:
        field, sector, official = texts["organisation"][name]
        return field, sector, official
    other = texts["other_organisation"]
    return other["field"], other["sector"], False


def _counted(texts: Texts, name: str) -> Texts:
    """Return what is counted of a person."""
    decade = next(
        (int(decade) for decade, names in texts["decades"].items() if name in names),
        texts["other_decade"],
    )
    return {
        "birth_decade": decade,
        "youth": name in texts["youth"],
        "disability": name in texts["disability"],
    }


def _hold_post(
    store: Store,
    texts: Texts,
    person_id: int,
    body_id: int,
    organisation: str,
    post: str,
    role: str,
) -> None:
    """Let the seat follow the post, so that its next holder takes it."""
    id = store.run(posts.add_post, name_ko=post, organisation=organisation).value
    starts_on = texts["starts_on"]
    store.run(posts.add_holding, post_id=id, person_id=person_id, starts_on=starts_on)
    store.run(posts.add_seat, post_id=id, body_id=body_id, role=role, starts_on=starts_on)


def _known_organisations(store: Store) -> list[str]:
    from gwangju_desktop.members import queries

    with store.reading() as read:
        return queries.organisations(read)


def _take_in(store: Store, sheets: Texts) -> dict[str, PaperFacts]:
    """Write the sample's papers and take them into the office as any paper is taken in."""
    with tempfile.TemporaryDirectory(prefix="gwangju-sample-") as folder:
        paths = [papers.write(sheets[key], Path(folder) / f"{key}.pdf") for key in sheets]

        def examine(key: str, path: Path) -> PaperFacts:
            return take_in(store.papers, path, name=sheets[key]["file"])

        with ThreadPoolExecutor(AT_ONCE) as pool:
            return dict(zip(sheets, pool.map(examine, sheets, paths), strict=True))


def _add_meeting(store: Store, body_id: int, text: Texts) -> int:
    starts = dt.datetime.fromisoformat(text["starts_at"]).replace(tzinfo=clock.KST)
    id: int = store.run(
        meetings.add_meeting,
        body_id=body_id,
        starts_at=starts,
        number=text["number"],
        title=f"제{text['number']}회 정기회의",
        minutes=text["minutes"],
        place=text["place"],
        presiding=PRESIDING,
        secretariat=SECRETARIAT,
    ).value
    return id


def _call(store: Store, id: int, text: Texts) -> None:
    """Send the notice, and the papers where they have gone out."""
    store.run(steps.notice, id=id, day=text["noticed_on"], at=_noon(text["noticed_on"]))
    if "distributed_on" in text:
        sent = text["distributed_on"]
        store.run(steps.distribute, id=id, day=sent, at=_noon(sent))


def _noon(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(12), clock.KST)


def _add_items(store: Store, meeting_id: int, text: Texts) -> list[int]:
    made = []
    for item in text["item"]:
        fields: dict[str, Any] = {
            name: value.strip() if isinstance(value, str) else value
            for name, value in item.items()
            if name not in ("papers", "notes", "awaited")
        }
        made.append(store.run(agenda.add_item, meeting_id=meeting_id, **fields).value)
    return made


def _seats(store: Store, meeting_id: int) -> list[int]:
    with store.reading() as read:
        return [row.id for row in meeting_queries.attendance(read, meeting_id=meeting_id)]


def _hold(store: Store, id: int, text: Texts) -> list[int]:
    """Let a meeting have been: who came, who left early, what was decided; return its items."""
    items = _add_items(store, id, text)
    _call(store, id, text)
    starts = dt.datetime.fromisoformat(text["starts_at"]).replace(tzinfo=clock.KST)
    ends = starts + dt.timedelta(minutes=text["minutes"])
    seats = _spread(_seats(store, id), text["number"])
    came, left = text["present"], text["left"]
    answered = _noon(text["noticed_on"])
    store.run(replies.set_reply, ids=seats[: came + left], reply=Reply.COMING.value, at=answered)
    store.run(movements.mark_presence, ids=seats[: came + left], presence=Presence.PRESENT.value)
    store.run(steps.open_meeting, id=id, at=starts)
    at = starts
    for item_id, item in zip(items, text["item"], strict=True):
        store.run(agenda.take_up, id=item_id, at=at)
        at += dt.timedelta(minutes=item["minutes"])
        if item["kind"] == "deliberation":
            store.run(votes.no_objection, item_id=item_id, at=at)
        store.run(agenda.end_item, id=item_id, at=at)
        if "notes" in item:
            store.run(notes.record, meeting_id=id, item_id=item_id, text=item["notes"])
    gone = seats[came : came + left]
    store.run(movements.mark_presence, ids=gone, presence=Presence.LEFT.value, at=at)
    store.run(steps.close_meeting, id=id, at=ends)
    _minute(store, id, text)
    return items


def _follow_up(
    store: Store, items: list[int], texts: list[Texts], facts: dict[str, PaperFacts]
) -> None:
    """Give the actions of a meeting, as far as they are, with what shows that they were done."""
    for text in texts:
        given = {name: text[name] for name in ("text", "department", "due_on")}
        id = store.run(actions.add_action, item_id=items[text["item"]], **given).value
        if "state" in text:
            store.run(
                actions.set_state,
                ids=[id],
                state=text["state"],
                result=text["result"],
                day=text.get("done_on"),
            )
        if "evidence" in text:
            store.run(actions.attach_evidence, action_id=id, **asdict(facts[text["evidence"]]))


def _minute(store: Store, id: int, text: Texts) -> None:
    """Let the minutes have been drafted, reviewed by all, signed by the chairs and published."""
    drafted, confirmed = text["drafted_on"], text["confirmed_on"]
    published = text["published_on"]
    store.run(minutes.draft, meeting_id=id, on=drafted, at=_noon(drafted))
    with store.reading() as read:
        rows = reviews.reviewers(read, meeting_id=id)
    answered = {"meeting_id": id, "on": confirmed}
    store.run(reviews.answer, ids=[row.id for row in rows], agrees=True, **answered)
    store.run(reviews.sign, ids=[row.id for row in rows if row.signs], **answered)
    store.run(confirming.confirm, meeting_id=id, on=confirmed, at=_noon(confirmed))
    store.run(publishing.publish, meeting_id=id, on=published, where=PUBLISHED, at=_noon(published))


def _prepare(
    store: Store, id: int, text: Texts, sheets: Texts, facts: dict[str, PaperFacts]
) -> list[int]:
    """Let a meeting be ahead: called, items with papers, some replies in; return its items."""
    items = _add_items(store, id, text)
    _call(store, id, text)
    for item_id, item in zip(items, text["item"], strict=True):
        for key in item.get("papers", ()):
            store.run(
                meeting_papers.attach_paper,
                item_id=item_id,
                title=sheets[key]["title"],
                disclosure=sheets[key].get("disclosure", Disclosure.PUBLIC.value),
                **asdict(facts[key]),
            )
        for paper in item.get("awaited", ()):
            store.run(awaited.announce_paper, item_id=item_id, **paper)
    for figure in text["figures"]:
        spec = {name: figure[name] for name in ("kind", "indicator")}
        item_id = items[figure["item"]]
        store.run(outlining.add_figure, meeting_id=id, figure=spec, item_id=item_id)
    store.run(outlining.set_plan, meeting_id=id, abbreviations=text["abbreviations"].strip())
    seats = _spread(_seats(store, id), text["number"])
    coming, not_coming = text["coming"], text["not_coming"]
    answered = _noon(text["noticed_on"])
    store.run(replies.set_reply, ids=seats[:coming], reply=Reply.COMING.value, at=answered)
    rest = seats[coming : coming + not_coming]
    store.run(replies.set_reply, ids=rest, reply=Reply.NOT_COMING.value, at=answered)
    return items


def _spread(seats: list[int], number: int) -> list[int]:
    """Put seats in an order that is always the same but not that of the roll.

    A step that shares no factor with the 33 seats visits each once; the chairs stay first.
    """
    step = (10, 13, 17)[number % 3]
    return seats[:2] + [seats[2:][n * step % len(seats[2:])] for n in range(len(seats[2:]))]
