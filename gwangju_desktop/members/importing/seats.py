"""Where a row's person sits or belongs: seats of bodies with days, else affiliations."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from db.vocab import Capacity, Role
from gwangju_desktop.members import rules
from gwangju_desktop.members.importing import refusals
from gwangju_desktop.members.importing.fields import FIELDS
from gwangju_desktop.members.importing.known import (
    HeldAffiliation,
    HeldPerson,
    HeldSeat,
    Known,
    name_key,
)
from gwangju_desktop.members.importing.model import (
    Attached,
    Change,
    Choice,
    Kind,
    Options,
    Plan,
    Row,
    Seat,
    Somebody,
)
from gwangju_desktop.members.importing.people import ANOTHER, LEAVE_OUT, facts
from gwangju_desktop.members.seatrules import SITS_FROM_TO, SITS_SINCE
from gwangju_desktop.sheets.model import remark
from gwangju_desktop.text import N_

if TYPE_CHECKING:
    from gwangju_desktop.members.importing.preview import Entry

NO_BODY = N_("There is no body “{name}”.")
_MANY_BODIES = N_("Several bodies are called “{name}”.")
_NO_START = N_("The first day is missing.")
_NO_DAYS = N_("The file names no first day, so people come in without seats in bodies.")
_NO_TERM = N_("{body} has no term {n}; its seats come in without one.")
_AGAIN = N_("Line {line} already seats {name} in {body} on these days.")
_CORRECT = N_("Correct the days of that membership")
_SEAT = {key: field.column for key, field in FIELDS.items() if field.of == "seat"}
_ATTACHED = {"post": "post", "start": "starts_on", "end": "ends_on"}


@dataclass(slots=True)
class Span:
    """Days somebody sits in a body, held already or by a line of the file."""

    starts_on: dt.date
    ends_on: dt.date | None
    held: HeldSeat | None = None
    line: int = 0


class Seating:
    """Turn rows whose person is known into seats and affiliations of the plan."""

    def __init__(
        self,
        known: Known,
        options: Options,
        choices: Mapping[int, str],
        plan: Plan,
        has_days: bool,
    ) -> None:
        self.known, self.options, self.choices, self.plan = known, options, choices, plan
        self.can_seat = has_days or options.starts_on is not None
        self.spans: dict[tuple[object, int | str], list[Span]] = {}
        self.attached: dict[tuple[object, str], list[dict[str, Any]]] = {}
        self.organisations: set[str] = set()
        self.people: dict[int, Somebody] = {}
        self.unseated = False
        self.termless: dict[tuple[str, int], None] = {}

    def seat(self, entries: list[Entry]) -> None:
        """Place every row; those that are about a seat already held come first."""
        placed: list[tuple[Entry, list[int | str]]] = []
        for entry in entries:
            bodies = self._bodies(entry)
            if bodies is not None:
                placed.append((entry, bodies))
        placed.sort(key=lambda pair: not self._about_held(*pair))
        for entry, bodies in placed:
            self._place(entry, bodies)
        if self.unseated:
            self.plan.remarks.append(remark(_NO_DAYS))
        for name, n in self.termless:
            self.plan.remarks.append(remark(_NO_TERM, body=name, n=n))
        self.plan.people = list(self.people.values())

    def records(self, entries: list[Entry]) -> None:
        """Take organisations and posts that stand alone in a file."""
        for entry in entries:
            told = entry.told
            organisation, post = told.get("organisation", ""), told.get("post", "")
            fresh = self._is_new(organisation) if organisation else False
            key = (name_key(post), name_key(organisation))
            if post and key not in self.known.posts:
                self.known.posts.add(key)
                self.plan.posts.append((post, organisation))
                fresh = True
            kind: Kind = "add" if fresh else "same"
            adds = ("post" if post else "organisation",) if fresh else ()
            entry.row = Row(entry.line, kind, post or organisation, organisation, adds=adds)

    # --- bodies

    def _bodies(self, entry: Entry) -> list[int | str] | None:
        """Return the bodies a row is about, none for a person alone; None when it was refused."""
        if self.options.body_id is not None:
            return [self.options.body_id]
        said = entry.told.get("body", "")
        if not said:
            return []
        whole = self.known.bodies_called(said)
        names = [said] if whole else [part.strip() for part in said.replace(";", ",").split(",")]
        found: list[int | str] = []
        for name in filter(None, names):
            ids = self.known.bodies_called(name)
            if len(ids) > 1:
                ids = {id for id in ids if self._held(entry, id)} or ids
            if len(ids) > 1:
                entry.refuse(_MANY_BODIES, name=name)
                return None
            if ids:
                found.append(next(iter(ids)))
            elif self.options.new_bodies:
                found.append(name)
            elif self.can_seat:
                entry.refuse(NO_BODY, name=name)
                return None
            else:
                self.unseated = True
        return found

    def _held(self, entry: Entry, body: int | str) -> HeldSeat | None:
        """Return the seat already held that a row is about: of that first day, or the latest."""
        person = self._person(entry)
        if person is None:
            return None
        mine = [seat for seat in person.seats if seat.body_id == body]
        chosen = self.choices.get(entry.line, "")
        if chosen.startswith("days:"):
            return next((one for one in mine if chosen == f"days:{one.id}"), None)
        start = entry.told.get("start")
        if start is None:
            return mine[-1] if mine else None
        return next((one for one in mine if one.values["starts_on"] == start), None)

    def _about_held(self, entry: Entry, bodies: list[int | str]) -> bool:
        return all(self._held(entry, body) is not None for body in bodies)

    def _person(self, entry: Entry) -> HeldPerson | None:
        assert entry.who is not None
        return self.known.people[entry.who.id] if entry.who.id is not None else None

    # --- one row

    def _place(self, entry: Entry, bodies: list[int | str]) -> None:
        who, person = entry.who, self._person(entry)
        assert who is not None
        seats: list[Seat] = []
        attached: list[Attached] = []
        spans: list[tuple[tuple[object, int | str], Span]] = []
        changes: list[Change] = []
        for body in bodies:
            held = self._held(entry, body)
            if held is None and not self._start(entry) and not self.can_seat:
                self.unseated = True
                continue
            key: tuple[object, int | str] = (who.id or id(who), body)
            made = self._seat(entry, body, held, self._spans(key, person, body), changes)
            if made is None:
                return
            seat, span = made
            spans.append((key, span))
            seats.extend([seat] if seat is not None else [])
        if not spans and "organisation" in entry.told:
            attached = self._attach(entry, person, changes)
        told = facts(who, entry, person)
        if told is None:
            return
        changes = told + changes
        for key, span in spans:
            if span not in self.spans[key]:
                self.spans[key].append(span)
        self._take(entry, who, bool(spans), seats, attached, changes)

    def _take(
        self,
        entry: Entry,
        who: Somebody,
        bodies: bool,
        seats: list[Seat],
        attached: list[Attached],
        changes: list[Change],
    ) -> None:
        fresh = who.id is None and id(who) not in self.people
        news = {
            "person": fresh,
            "seat": any(seat.id is None for seat in seats),
            "affiliation": any(one.id is None for one in attached),
        }
        adds = tuple(what for what, new in news.items() if new)
        if who.facts or who.aliases or fresh:
            self.people[id(who)] = who
        self.plan.seats += seats
        self.plan.attached += attached
        for name in [
            *(seat.organisation for seat in seats),
            *(one.organisation for one in attached),
        ]:
            if name:
                self._is_new(name)
        for seat in seats:
            if isinstance(seat.body, str) and seat.body not in self.plan.bodies:
                self.plan.bodies.append(seat.body)
        entry.row = Row(
            entry.line,
            "add" if adds else ("change" if changes else "same"),
            entry.name or str(self._named(entry)),
            self._where(entry, bool(bodies)),
            changes=tuple(changes),
            chosen=self.choices.get(entry.line, ""),
            adds=adds,
        )

    def _where(self, entry: Entry, seated: bool) -> str:
        if not seated:
            return str(entry.told.get("organisation", ""))
        return self._called(self.options.body_id) or entry.where

    def _named(self, entry: Entry) -> Any:
        person = self._person(entry)
        return person.values["name"] if person else ""

    def _start(self, entry: Entry) -> dt.date | None:
        start = entry.told.get("start") or self.options.starts_on
        assert start is None or isinstance(start, dt.date)
        return start

    def _spans(
        self, key: tuple[object, int | str], person: HeldPerson | None, body: int | str
    ) -> list[Span]:
        if key not in self.spans:
            mine = person.seats if person else []
            self.spans[key] = [
                Span(seat.values["starts_on"], seat.values["ends_on"], seat)
                for seat in mine
                if seat.body_id == body
            ]
        return self.spans[key]

    def _seat(
        self,
        entry: Entry,
        body: int | str,
        held: HeldSeat | None,
        spans: list[Span],
        changes: list[Change],
    ) -> tuple[Seat | None, Span] | None:
        """Return the seat to write, if any, and its days; None when the row was refused."""
        told = {_SEAT[key]: value for key, value in entry.told.items() if key in _SEAT}
        term = self._term(entry, body)
        if term is None and "term" in entry.told:
            self.termless.setdefault((self._called(body), entry.told["term"]))
        own = next((span for span in spans if held is not None and span.held is held), None)
        start = self._start(entry) or (own.starts_on if own else None)
        if start is None:
            entry.refuse(_NO_START)
            return None
        end = told.get("ends_on", own.ends_on if own else None)
        if end is not None and end < start:
            from gwangju_desktop.members.importing.preview import BACKWARDS

            entry.refuse(BACKWARDS, start=start, end=end)
            return None
        if own is not None and own.line:
            self._twice(entry, body, own)
            return None
        for other in spans:
            days = (other.starts_on, other.ends_on)
            if other is not own and rules.overlap((start, end), days):
                self._overlap(entry, body, other)
                return None
        assert entry.who is not None
        if held is None or own is None:
            refused = refusals.of_body(self.known, body, end)
            if refused is not None:
                entry.refuse(refused[0], **refused[1])
                return None
            told["starts_on"] = start
            seat = Seat(entry.who, None, body, _whole(told), entry.told.get("organisation"), term)
            return seat, Span(start, end, None, entry.line)
        if entry.told.get("start") is None:
            told.pop("starts_on", None)
        return self._changed(entry, held, own, told, term, changes)

    def _changed(
        self,
        entry: Entry,
        held: HeldSeat,
        own: Span,
        told: dict[str, Any],
        term: int | None,
        changes: list[Change],
    ) -> tuple[Seat | None, Span] | None:
        if told.get("role", held.values["role"]) == Role.OBSERVER:
            told["voting"] = False
        differing = {name: value for name, value in told.items() if held.values[name] != value}
        start = differing.get("starts_on", held.values["starts_on"])
        end = differing.get("ends_on", held.values["ends_on"])
        refused = refusals.of_held(self.known, held, differing, start, end)
        if refused is not None:
            entry.refuse(refused[0], **refused[1])
            return None
        for key, name in _SEAT.items():
            if name in differing:
                changes.append(Change(key, held.values[name], differing[name]))
        organisation = entry.told.get("organisation")
        if organisation is not None and name_key(organisation) == name_key(held.organisation):
            organisation = None
        if organisation is not None:
            changes.append(Change("organisation", held.organisation, organisation))
        if entry.told.get("term") == held.term:
            term = None
        if term is not None:
            changes.append(Change("term", held.term, entry.told["term"]))
        own.starts_on, own.ends_on, own.line = start, end, entry.line
        if not differing and organisation is None and term is None:
            return None, own
        assert entry.who is not None
        return Seat(entry.who, held.id, held.body_id, differing, organisation, term), own

    def _term(self, entry: Entry, body: int | str) -> int | None:
        number = entry.told.get("term")
        return self.known.terms.get((body, number)) if isinstance(body, int) and number else None

    def _called(self, body: int | str | None) -> str:
        if isinstance(body, int):
            return rules.named(*self.known.body_names[body])
        return body or ""

    def _twice(self, entry: Entry, body: int | str, other: Span) -> None:
        """Two lines for one seat: the same line twice, or two people of one name."""
        why = remark(_AGAIN, line=other.line, name=entry.name, body=self._called(body))
        if {"uid", "external"} & set(entry.told):
            entry.row = Row(entry.line, "refused", entry.name, entry.where, why)
            return
        choices = (ANOTHER, LEAVE_OUT)
        entry.row = Row(entry.line, "conflict", entry.name, entry.where, why, choices=choices)

    def _overlap(self, entry: Entry, body: int | str, other: Span) -> None:
        if other.line and other.held is None:
            self._twice(entry, body, other)
            return
        values = {"name": entry.name, "body": self._called(body), "start": other.starts_on}
        why = remark(SITS_SINCE, **values)
        if other.ends_on is not None:
            why = remark(SITS_FROM_TO, **values, end=other.ends_on)
        held = other.held
        choices: tuple[Choice, ...] = (LEAVE_OUT,)
        if held is not None and not other.line:
            choices = (Choice(f"days:{held.id}", remark(_CORRECT)), LEAVE_OUT)
        entry.row = Row(entry.line, "conflict", entry.name, entry.where, why, choices=choices)

    # --- affiliations

    def _attach(
        self, entry: Entry, person: HeldPerson | None, changes: list[Change]
    ) -> list[Attached]:
        assert entry.who is not None
        organisation = entry.told["organisation"]
        told = {_ATTACHED[key]: value for key, value in entry.told.items() if key in _ATTACHED}
        key = (entry.who.id or id(entry.who), name_key(organisation))
        seen = self.attached.setdefault(key, [])
        if told in seen:
            return []
        mine = person.affiliations if person else []
        mine = [one for one in mine if name_key(one.organisation) == key[1]]
        match = _matching(mine, told)
        if (
            match is None
            and not told.keys() - {"post"}
            and person
            and key[1] in person.organisations
        ):
            # Known from a seat on that organisation's behalf.
            return []
        seen.append(told)
        if match is None:
            return [Attached(entry.who, None, organisation, told)]
        differing = {name: value for name, value in told.items() if match.values[name] != value}
        for field, name in _ATTACHED.items():
            if name in differing:
                changes.append(Change(field, match.values[name], differing[name]))
        return [Attached(entry.who, match.id, organisation, differing)] if differing else []

    def _is_new(self, name: str) -> bool:
        """Note an organisation; say whether neither the office nor the file so far knows it."""
        key = name_key(name)
        if key in self.known.organisations or key in self.organisations:
            return False
        self.organisations.add(key)
        self.plan.organisations.append(name)
        return True


def _matching(mine: list[HeldAffiliation], told: dict[str, Any]) -> HeldAffiliation | None:
    """Return the affiliation a row is about: of that first day, else of that last, else any."""
    for name in ("starts_on", "ends_on"):
        if name in told:
            return next((one for one in mine if one.values[name] == told[name]), None)
    return mine[-1] if mine else None


def _whole(told: dict[str, Any]) -> dict[str, Any]:
    """Fill what a new seat needs and the row does not say."""
    role = told.get("role") or Role.MEMBER.value
    return {
        "capacity": Capacity.APPOINTED.value,
        "ends_on": None,
        "end_reason": None,
        **told,
        "role": role,
        # An observer has no vote, whatever the file says.
        "voting": told.get("voting", True) and role != Role.OBSERVER.value,
    }
